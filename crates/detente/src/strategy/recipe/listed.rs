//! What is known by name.

use super::entry::{Entry, Named};
use crate::strategy::acceptance::{self, Acceptance};
use crate::strategy::model::{self, Model};
use crate::strategy::{agents, baseline, genius_time, hybrid, negmas_time, negolog_time, time, zeuthen};

/// The strategies known by name.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    let lists: [&'static [Entry]; 8] = [
        time::ENTRIES,
        genius_time::ENTRIES,
        negmas_time::ENTRIES,
        negolog_time::ENTRIES,
        hybrid::ENTRIES,
        baseline::ENTRIES,
        zeuthen::ENTRIES,
        agents::AGENTS,
    ];
    lists.into_iter().flatten()
}

/// The models of others known by name.
#[must_use]
pub fn models() -> &'static [Named<Model>] {
    model::ENTRIES
}

/// The conditions for accepting known by name.
#[must_use]
pub fn acceptances() -> &'static [Named<Acceptance>] {
    acceptance::ENTRIES
}

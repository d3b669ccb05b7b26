//! What is known by name.

use super::entry::{Entry, Named};
use crate::strategy::acceptance::{self, Acceptance};
use crate::strategy::model::{self, Model};
use crate::strategy::{
    agents, baseline, boa, genius_time, hybrid, micro, negmas_time, negolog_time, optimal, time, tit_for_tat, zeuthen,
};

/// The strategies known by name.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    let lists: [&'static [Entry]; 12] = [
        time::ENTRIES,
        genius_time::ENTRIES,
        negmas_time::ENTRIES,
        negolog_time::ENTRIES,
        hybrid::ENTRIES,
        tit_for_tat::ENTRIES,
        micro::ENTRIES,
        boa::ENTRIES,
        baseline::ENTRIES,
        zeuthen::ENTRIES,
        agents::AGENTS,
        optimal::ENTRIES,
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

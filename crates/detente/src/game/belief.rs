//! The distribution over games that fit a case.

use super::{Game, Rule, Space};
use crate::case::Case;
use crate::text::Diagnostics;
use std::sync::Arc;

/// A party as every game of a belief has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BeliefParty {
    /// Its id in the case.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether an agreement needs its consent.
    pub consents: bool,
}

/// The distribution over games that fit a case.
#[derive(Debug, Clone)]
pub struct Belief {
    space: Arc<Space>,
    rules: Arc<[Rule]>,
    parties: Vec<BeliefParty>,
}

impl Belief {
    /// The belief a case gives. `None`, with diagnostics, when there is nothing to negotiate or the
    /// claims on a party's preferences contradict each other.
    #[must_use]
    pub fn of(_case: &Case, _diagnostics: &mut Diagnostics) -> Option<Belief> {
        None
    }

    /// The same belief without some claims (by id). `None` when the rest cannot hold together.
    #[must_use]
    pub fn without(&self, _dropped: &dyn Fn(&str) -> bool) -> Option<Belief> {
        None
    }

    /// The outcome space.
    #[must_use]
    pub fn space(&self) -> &Arc<Space> {
        &self.space
    }

    /// Linkages and red lines.
    #[must_use]
    pub fn rules(&self) -> &Arc<[Rule]> {
        &self.rules
    }

    /// The parties in file order.
    #[must_use]
    pub fn parties(&self) -> &[BeliefParty] {
        &self.parties
    }

    /// Whether every number is a point, so that there is one game only.
    #[must_use]
    pub fn is_point(&self) -> bool {
        false
    }

    /// The game at an address. The same address gives the same game, whatever was drawn before.
    #[must_use]
    pub fn draw(&self, seed: u64, index: u64) -> Game {
        self.draw_mixed(seed, index, seed, &|_| false)
    }

    /// The game at an address, with the inputs of the claims that `fresh` picks (by claim id) drawn
    /// from `other` instead of `seed`: the two games share everything else (for variance by input,
    /// Jansen 1999).
    #[must_use]
    pub fn draw_mixed(&self, _seed: u64, _index: u64, _other: u64, _fresh: &dyn Fn(&str) -> bool) -> Game {
        Game { space: self.space.clone(), players: Vec::new(), rules: self.rules.clone(), binding: Vec::new() }
    }
}

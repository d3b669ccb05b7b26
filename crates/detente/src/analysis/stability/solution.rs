//! What is asked of a conflict, and what every engine answers.

use super::Concept;
use crate::game::Outcome;
use num_bigint::BigUint;
use std::collections::BTreeMap;

/// A question about the states of a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Which concepts.
    pub concepts: Vec<Concept>,
    /// How many states to list of each answer, in increasing order; counts are of all.
    pub listed: usize,
}

impl Default for Ask {
    /// All five concepts, the first thousand states of each answer.
    fn default() -> Self {
        Ask { concepts: Concept::ALL.to_vec(), listed: 1000 }
    }
}

/// A state with its ordinal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// One value for every issue.
    pub outcome: Outcome,
    /// How many feasible states there are up to this one, itself included, the first issue fastest; `None` where an
    /// engine cannot tell.
    pub ordinal: Option<BigUint>,
}

/// Some of the states of a conflict: how many, and the first of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// How many, exactly.
    pub count: BigUint,
    /// The first of them in increasing order of their number (the first issue fastest).
    pub states: Vec<State>,
}

/// The stable states and equilibria of a conflict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Solution {
    /// How many states are feasible.
    pub feasible: BigUint,
    /// For each decision maker, the states stable for it by each concept asked.
    pub stable: Vec<BTreeMap<Concept, Found>>,
    /// The states stable for all decision makers, by each concept asked.
    pub equilibria: BTreeMap<Concept, Found>,
}

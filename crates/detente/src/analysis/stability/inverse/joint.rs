//! The inverse question for all decision makers together.

use super::{Budget, Inverse, Refusal, of_conflict, of_graph};
use crate::analysis::stability::Concept;
use crate::game::Outcome;
use crate::game::conflict::{Conflict, Graph};
use num_bigint::BigUint;
use num_rational::Ratio;
use num_traits::One;

/// What would make a state an equilibrium: each decision maker's own condition, the others' preferences as given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joint<S> {
    /// The answer of each decision maker, in their order.
    pub makers: Vec<Inverse<S>>,
    /// Whether the conditions may be met at once, each without a look at the others: by R, GMR and SMR what counts for
    /// one does not depend on what the others prefer. By SEQ and SSEQ it does: the answer of one holds while the
    /// others keep their preferences, and a preference changed elsewhere calls for the question to be asked again.
    pub independent: bool,
}

impl<S> Joint<S> {
    /// Whether the state is an equilibrium by the ranks given.
    #[must_use]
    pub fn equilibrium(&self) -> bool {
        self.makers.iter().all(|maker| maker.stable)
    }

    /// The share of profiles of strict rankings, one of each decision maker, in which the state is an equilibrium.
    /// `None` where the conditions are not independent, or a share is not known.
    #[must_use]
    pub fn share(&self) -> Option<Ratio<BigUint>> {
        if !self.independent {
            return None;
        }
        self.makers.iter().try_fold(Ratio::one(), |all: Ratio<BigUint>, maker| Some(all * maker.share.as_ref()?))
    }
}

/// Asks the inverse question of a graph for every decision maker.
///
/// # Errors
///
/// As for [`of_graph`].
pub fn joint_of_graph(graph: &Graph, state: u32, concept: Concept, budget: &Budget) -> Result<Joint<u32>, Refusal> {
    let makers = (0..graph.makers.len()).map(|maker| of_graph(graph, state, maker, concept, budget));
    Ok(Joint { makers: makers.collect::<Result<_, _>>()?, independent: !concept.credible() })
}

/// Asks the inverse question of an option form for every decision maker.
///
/// # Errors
///
/// As for [`of_conflict`].
pub fn joint_of_conflict(
    conflict: &Conflict,
    state: &Outcome,
    concept: Concept,
    budget: &Budget,
) -> Result<Joint<Outcome>, Refusal> {
    let makers = (0..conflict.makers.len()).map(|maker| of_conflict(conflict, state, maker, concept, budget));
    Ok(Joint { makers: makers.collect::<Result<_, _>>()?, independent: !concept.credible() })
}

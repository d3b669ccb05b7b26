//! Why a state is stable for a decision maker, or not: each improvement with what answers it.

use super::Concept;
use crate::game::Outcome;

/// Why a state is stable for a decision maker by a concept, or why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The decision maker.
    pub maker: usize,
    /// The concept.
    pub concept: Concept,
    /// Whether the state is stable for it.
    pub stable: bool,
    /// How many improvements it has from the state, where that was counted.
    pub improvements: Option<u64>,
    /// Improvements with what answers them, most preferred first; at most as many as were asked for. Where the state is
    /// not stable, one that nothing sanctions is the first.
    pub answers: Vec<Answer>,
}

/// An improvement of a decision maker and what answers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Where the decision maker would move.
    pub to: Outcome,
    /// The shortest sanction: moves of the others from there, in turns. `None` where nothing sanctions the improvement
    /// by the concept.
    pub sanction: Option<Vec<Step>>,
    /// Whether each move of the sanction is an improvement of the one who makes it.
    pub credible: bool,
}

/// One move. A move by consent is a step of each who agrees, to the same state, one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Who moves.
    pub maker: usize,
    /// Where to.
    pub to: Outcome,
}

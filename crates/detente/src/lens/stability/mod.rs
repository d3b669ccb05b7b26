//! Would it hold? Whether anybody gains by leaving a state of affairs, given what the others could do next.
//!
//! The Graph Model for Conflict Resolution (Fang, Hipel and Kilgour 1993) asked of a case. What one party or actor can
//! move alone (`held_by`) are the moves of the model; what is agreed moves by consent only, so it stays as it is while
//! the question is who would go back on it. A *situation* is one state asked about: what is agreed in it is fixed,
//! and what everybody does can change.
//!
//! What a decision maker prefers are its `priorities`, statements from the most to the least important, in every
//! order that the case leaves open; a party without any has the utilities of the games that fit the case, with its red
//! lines on top. So an answer is a share of draws, as elsewhere.

mod answer;
mod board;
mod hangs_on;
mod lens;
mod priorities;
mod situation;
mod tally;
#[cfg(test)]
mod tests;

pub use answer::{
    DecisionMaker, Departure, Equilibria, Holding, LeadsTo, Move, PreferenceFrom, Resting, Situation, StabilityAnswer,
    Without,
};
pub use lens::Stability;

//! Who is asked for what.

use super::{Clause, Held};
use crate::game::Outcome;
use crate::talks::Ask;

/// What a course waits for.
#[derive(Debug, Clone, PartialEq)]
pub enum Request<'a> {
    /// A move of a delegation.
    Move {
        /// Its seat.
        seat: usize,
        /// What it is asked.
        ask: &'a Ask,
        /// What keeps it from accepting what is on the table, if anything.
        held: Option<Held>,
    },
    /// The answer of a principal.
    Answer(Referral<'a>),
}

/// What a delegation refers to its principal.
#[derive(Debug, Clone, PartialEq)]
pub struct Referral<'a> {
    /// The seat.
    pub seat: usize,
    /// The outcome.
    pub outcome: &'a Outcome,
    /// What the mandate does not cover.
    pub clauses: &'a [Clause],
    /// Whether it is an offer to be cleared before it is made; else it is what all have accepted.
    pub first: bool,
}

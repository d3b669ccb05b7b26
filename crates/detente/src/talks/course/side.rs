//! What a course keeps of each seat.

use super::{Clause, Held};
use crate::game::{Formula, Outcome};
use crate::talks::{Move, Seat};
use std::sync::Arc;

/// One seat in a course.
#[derive(Debug)]
pub(super) struct Side {
    /// The seat as it was given.
    pub(super) seat: Arc<Seat>,
    /// The seat under what binds it now; strategies see this one.
    pub(super) bound: Arc<Seat>,
    /// What binds it, and from where the talks went on when it was bound.
    pub(super) keeps: Vec<Formula>,
    pub(super) base: Outcome,
    /// The claim about its mandate that holds.
    pub(super) claim: Option<usize>,
    /// Clauses its principal has allowed it for good.
    pub(super) extended: Vec<Clause>,
    /// What its principal has approved: the clauses of each outcome.
    pub(super) cleared: Vec<Vec<Clause>>,
    /// What its principal has refused, with what no agreement was worth to the principal then.
    pub(super) refused: Vec<(Vec<Clause>, Option<i128>)>,
    /// Its last offer.
    pub(super) last: Option<Outcome>,
    /// What its first offer is worth to itself, and the least any of its offers is.
    pub(super) asked: Option<(i128, i128)>,
    /// The least that any of its offers before the press is worth to itself.
    pub(super) stand: Option<i128>,
    /// What it wanted to do and was kept from, until the move that it makes instead is put down.
    pub(super) instead_of: Option<(Move, Held)>,
    /// Whether its next move was put off until its principal answered.
    pub(super) after_answer: bool,
    /// What no agreement is worth to it, as told last.
    pub(super) told: Option<Option<i128>>,
    /// What escalations added to the cost of each recess.
    pub(super) raised: i128,
    pub(super) costs: i128,
    pub(super) audience: i128,
    pub(super) counts: Counts,
}

/// How often things happened to a seat.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) walked_out: u32,
    pub(super) referred: u32,
    pub(super) approved: u32,
    pub(super) refused: u32,
    pub(super) extended: u32,
    pub(super) recalled: u32,
    pub(super) held: u32,
}

impl Side {
    pub(super) fn new(seat: &Arc<Seat>) -> Self {
        Side {
            seat: seat.clone(),
            bound: seat.clone(),
            keeps: Vec::new(),
            base: seat.space.status_quo(),
            claim: None,
            extended: Vec::new(),
            cleared: Vec::new(),
            refused: Vec::new(),
            last: None,
            asked: None,
            stand: None,
            instead_of: None,
            after_answer: false,
            told: None,
            raised: 0,
            costs: 0,
            audience: 0,
            counts: Counts::default(),
        }
    }
}

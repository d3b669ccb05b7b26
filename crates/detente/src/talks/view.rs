//! What one seat may see.

use super::{Event, Seat, Table};
use crate::game::Outcome;

/// What one seat may see: its own preferences, what happened in front of it, the clock. The preferences of others are
/// nowhere in it.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    seat: &'a Seat,
    table: &'a Table,
}

impl<'a> View<'a> {
    pub(super) fn new(seat: &'a Seat, table: &'a Table) -> Self {
        View { seat, table }
    }

    /// The seat's own preferences.
    #[must_use]
    pub fn seat(&self) -> &'a Seat {
        self.seat
    }

    /// The round, from 1 on.
    #[must_use]
    pub fn round(&self) -> u32 {
        self.table.round
    }

    /// The number of rounds after which it ends without agreement; `None` when the seats do not know.
    #[must_use]
    pub fn rounds(&self) -> Option<u32> {
        self.table.clock.known.then_some(self.table.clock.rounds)
    }

    /// The share of rounds that have passed, 0 in the first and below 1 in the last. Without a known end, it nears 1 in
    /// such a way that it is a half in round 100.
    #[must_use]
    pub fn time(&self) -> f64 {
        let passed = f64::from(self.table.round.saturating_sub(1));
        match self.rounds() {
            Some(rounds) => passed / f64::from(rounds.max(1)),
            None => passed / (passed + 99.0),
        }
    }

    /// How many sit at the table.
    #[must_use]
    pub fn seats(&self) -> usize {
        self.table.seats
    }

    /// What no agreement is worth to the seat by now, in its own units; `None`: nothing is said of it.
    #[must_use]
    pub fn floor(&self) -> Option<i128> {
        self.table.floors.get(self.seat.at).copied().flatten().or(self.seat.reservation)
    }

    /// Whether an outcome is no worse to the seat than no agreement, and not ruled out for it.
    #[must_use]
    pub fn tolerates(&self, outcome: &Outcome) -> bool {
        self.floor().is_none_or(|floor| self.seat.utility(outcome) >= floor) && self.seat.permits(outcome)
    }

    /// What happened that the seat may see, from the first to the last.
    pub fn events(&self) -> impl DoubleEndedIterator<Item = &'a Event> {
        let at = self.seat.at;
        self.table.log.iter().filter(move |event| event.seen_by(at))
    }

    /// Events from a position of the log on, for a strategy that keeps its place; ask [`View::heard`] for the next one.
    pub fn since(&self, position: usize) -> impl DoubleEndedIterator<Item = &'a Event> {
        let at = self.seat.at;
        self.table.log.get(position..).unwrap_or_default().iter().filter(move |event| event.seen_by(at))
    }

    /// The length of the log: the position from which [`View::since`] gives what is new next time.
    #[must_use]
    pub fn heard(&self) -> usize {
        self.table.log.len()
    }

    /// The offers made in front of the seat, its own among them, with who made each, from the first to the last.
    pub fn offers(&self) -> impl DoubleEndedIterator<Item = (usize, &'a Outcome)> {
        self.events().filter_map(Event::offer)
    }

    /// The last offer of somebody else.
    #[must_use]
    pub fn last_received(&self) -> Option<&'a Outcome> {
        let at = self.seat.at;
        self.offers().rev().find(|(by, _)| *by != at).map(|(_, outcome)| outcome)
    }

    /// The last offer of the seat itself.
    #[must_use]
    pub fn last_made(&self) -> Option<&'a Outcome> {
        let at = self.seat.at;
        self.offers().rev().find(|(by, _)| *by == at).map(|(_, outcome)| outcome)
    }
}

//! Stacked alternating offers (Aydoğan, Festen, Hindriks and Jonker 2017), for two seats or more.

use crate::game::Outcome;
use crate::talks::{Actor, Ask, Asked, Ending, How, Move, Moves, Protocol, Table, What};
use smallvec::smallvec;

/// What happens when a seat walks away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Leaving {
    /// The session ends without agreement.
    #[default]
    Ends,
    /// Those who stay go on without it, as long as two do (NegMAS's rule where leaving is allowed).
    OthersGoOn,
}

/// Seats take turns in their order. The one whose turn it is accepts the offer on the table or makes another, which takes
/// its place. When all others have accepted an offer, it is agreed. A round is one turn of every seat.
///
/// The named variants: [`StackedAlternating::genius`] and [`StackedAlternating::negmas`]. Both give the same sessions
/// between two seats; they differ in what leaving does among more.
#[derive(Debug, Clone, Default)]
pub struct StackedAlternating {
    leaving: Leaving,
    /// The offer on the table: whose, and what.
    standing: Option<(usize, Outcome)>,
    /// Acceptances of it in a row.
    accepted: usize,
    /// Whose turn.
    turn: usize,
    /// Who has left.
    left: Vec<bool>,
}

impl StackedAlternating {
    /// GENIUS's rules: whoever ends the negotiation ends it for all.
    #[must_use]
    pub fn genius() -> Self {
        Self::default()
    }

    /// NegMAS's rules (`SAOMechanism` with its defaults): among three seats or more, the others go on when one leaves.
    #[must_use]
    pub fn negmas() -> Self {
        StackedAlternating { leaving: Leaving::OthersGoOn, ..Self::default() }
    }

    fn stays(&self, seat: usize) -> bool {
        !self.left.get(seat).copied().unwrap_or(false)
    }

    /// Goes to the next seat that stays, and to the next round after the last.
    fn pass_on(&mut self, table: &mut Table) {
        for _ in 0..table.seats {
            self.turn += 1;
            if self.turn >= table.seats {
                self.turn = 0;
                if !table.next_round() {
                    return;
                }
            }
            if self.stays(self.turn) {
                return;
            }
        }
    }
}

impl Protocol for StackedAlternating {
    fn name(&self) -> &'static str {
        match self.leaving {
            Leaving::Ends => "sao",
            Leaving::OthersGoOn => "sao-negmas",
        }
    }

    fn open(&self, seats: usize) -> Box<dyn Protocol> {
        let left = if self.leaving == Leaving::Ends { Vec::new() } else { vec![false; seats] };
        Box::new(StackedAlternating { leaving: self.leaving, left, ..Self::default() })
    }

    fn asks(&self, _table: &Table) -> Asked {
        let ask = match &self.standing {
            Some((by, outcome)) if *by != self.turn => Ask::Answer(outcome.clone()),
            _ => Ask::Propose,
        };
        smallvec![(self.turn, ask)]
    }

    fn take(&mut self, table: &mut Table, moves: Moves) {
        for (seat, what) in moves {
            match &what {
                Move::Offer(outcome) => {
                    self.standing = Some((seat, outcome.clone()));
                    self.accepted = 0;
                }
                Move::Accept => self.accepted += 1,
                _ => {}
            }
            let leaves = what == Move::Leave;
            table.tell(Actor::Seat(seat), What::Move(what));
            let staying = table.seats - self.left.iter().filter(|left| **left).count();
            if leaves {
                if self.leaving == Leaving::Ends || staying <= 2 {
                    return table.fail(How::Left(seat));
                }
                if let Some(left) = self.left.get_mut(seat) {
                    *left = true;
                }
                if self.standing.as_ref().is_some_and(|(by, _)| *by == seat) {
                    self.standing = None;
                    self.accepted = 0;
                }
                self.settle(table, staying - 1);
            } else {
                self.settle(table, staying);
            }
            if table.ending.is_none() {
                self.pass_on(table);
            }
        }
    }
}

impl StackedAlternating {
    /// Ends the session when all who stay, save the one who made the offer, have accepted it.
    fn settle(&mut self, table: &mut Table, staying: usize) {
        if self.accepted + 1 < staying {
            return;
        }
        let Some((by, outcome)) = &self.standing else { return };
        let seats: Vec<usize> = (0..table.seats).filter(|seat| self.stays(*seat)).collect();
        if seats.len() < 2 || !seats.contains(by) {
            return;
        }
        let agreed = crate::talks::Agreed { seats, outcome: outcome.clone() };
        table.end(Ending { how: How::Agreed, round: table.round, agreements: vec![agreed] });
    }
}

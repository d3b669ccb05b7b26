//! Monotonic concession (Rosenschein and Zlotkin 1994, *Rules of Encounter*).

use super::draft::tells_and_ends;
use crate::game::Outcome;
use crate::talks::{Ask, Asked, How, Move, Moves, Protocol, Table};

/// Two seats make offers at the same time. When one would take what the other offers rather than its own, that is agreed;
/// when both would, chance decides between the two offers. Otherwise each may concede or stand still in the next round;
/// when both stand still, it ends without agreement.
///
/// In the book one takes the other's offer when it is worth at least as much as its own, and concedes by an offer that is
/// better for the other. The table sees offers and no utilities, so that it asks each seat whether it takes the other's
/// offer, and it takes every offer a seat has not made before for a concession. An offer made before stands still: the
/// last new one remains on the table. Who must concede is told by Zeuthen's rule of risk, which is a matter for the seats.
#[derive(Debug, Clone, Default)]
pub struct MonotonicConcession {
    /// Each seat's offers so far, the one that stands last.
    offers: [Vec<Outcome>; 2],
    /// Whether answers are asked for now.
    answering: bool,
    /// Whether somebody has conceded in this round.
    conceded: bool,
}

impl MonotonicConcession {
    /// The protocol.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn standing(&self, seat: usize) -> Option<&Outcome> {
        self.offers.get(seat).and_then(|offers| offers.last())
    }

    fn settle(&mut self, table: &mut Table, moves: &Moves) {
        let accepts = |seat: usize| moves.iter().any(|(at, what)| *at == seat && *what == Move::Accept);
        // Who takes the other's offer, by whose offer it is.
        let by = match (accepts(1), accepts(0)) {
            (true, true) => usize::from(table.chance.below(2) == 1),
            (true, false) => 0,
            (false, true) => 1,
            (false, false) if !self.conceded => return table.fail(How::Refused),
            (false, false) => {
                self.answering = false;
                table.next_round();
                return;
            }
        };
        match self.standing(by).cloned() {
            Some(outcome) => table.agree(outcome),
            None => table.fail(How::Refused),
        }
    }
}

impl Protocol for MonotonicConcession {
    fn name(&self) -> &'static str {
        "monotonic-concession"
    }

    fn seats(&self) -> (usize, usize) {
        (2, 2)
    }

    fn open(&self, _seats: usize) -> Box<dyn Protocol> {
        Box::new(Self::default())
    }

    fn asks(&self, _table: &Table) -> Asked {
        let ask = |seat: usize| {
            if self.answering { self.standing(1 - seat).cloned().map(Ask::Decide) } else { Some(Ask::Propose) }
        };
        (0..2).filter_map(|seat| Some((seat, ask(seat)?))).collect()
    }

    fn take(&mut self, table: &mut Table, moves: Moves) {
        if tells_and_ends(table, &moves) {
            return;
        }
        if self.answering {
            return self.settle(table, &moves);
        }
        self.conceded = false;
        for (seat, what) in moves {
            let (Move::Offer(offer), Some(offers)) = (what, self.offers.get_mut(seat)) else { continue };
            if !offers.contains(&offer) {
                offers.push(offer);
                self.conceded = true;
            }
        }
        self.answering = true;
        if let Some(outcome) = self.standing(0).filter(|first| self.standing(1) == Some(first)).cloned() {
            table.agree(outcome);
        }
    }
}

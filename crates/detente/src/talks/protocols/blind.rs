//! Blind bidding, as in services that settle disputes online (Katsh and Rifkin 2001, *Online Dispute Resolution*).

use super::draft::ends_by_leaving;
use super::ladder::{self, Split};
use crate::talks::{Actor, Ask, Asked, Illegal, Move, Moves, Protocol, Setting, Table, What};

/// Two seats, one issue whose values are in order, such as a sum of money; one seat, which is named, wants it up and the
/// other down. In each round both bid under seal. When the one who wants it up bids no more than the other, or at most a
/// given span more, it is settled half way between the two bids, between two values as near by chance; else the bids stay
/// sealed, the seats learn only that talks go on, and both bid again. The span is in the numbers of the issue where its
/// values are numbers, and in positions elsewhere.
///
/// A bid within the span may thus be settled at less than it says: at most half the span.
#[derive(Debug, Clone)]
pub struct BlindBidding {
    up: usize,
    span: f64,
}

impl BlindBidding {
    /// Seat `up` wants the issue up. `span`: how far apart bids may be; what is not a number above 0 counts as 0.
    #[must_use]
    pub fn new(up: usize, span: f64) -> Self {
        BlindBidding { up, span: if span.is_finite() { span.max(0.0) } else { 0.0 } }
    }
}

impl Protocol for BlindBidding {
    fn name(&self) -> &'static str {
        "blind-bidding"
    }

    fn text(&self) -> String {
        format!("blind-bidding(up={}, span={})", self.up, self.span)
    }

    fn seats(&self) -> (usize, usize) {
        (2, 2)
    }

    fn fits(&self, setting: &Setting) -> Result<(), Illegal> {
        ladder::fits(self.name(), self.up, setting)
    }

    fn open(&self, _seats: usize) -> Box<dyn Protocol> {
        Box::new(self.clone())
    }

    fn asks(&self, table: &Table) -> Asked {
        (0..table.seats).map(|seat| (seat, Ask::Propose)).collect()
    }

    fn take(&mut self, table: &mut Table, moves: Moves) {
        for (seat, what) in &moves {
            if *what == Move::Leave {
                table.tell(Actor::Seat(*seat), What::Move(what.clone()));
            } else {
                table.tell_sealed(*seat, What::Move(what.clone()));
            }
        }
        if ends_by_leaving(table, &moves) {
            return;
        }
        let bid = |sought: usize| {
            moves.iter().find_map(|(seat, what)| match what {
                Move::Offer(bid) if *seat == sought => Some(bid.clone()),
                _ => None,
            })
        };
        if let (Some(high), Some(low)) = (bid(self.up), 1usize.checked_sub(self.up).and_then(bid)) {
            let apart = ladder::place(&table.setting, high.digit(0)) - ladder::place(&table.setting, low.digit(0));
            if apart <= self.span
                && let Some(outcome) = ladder::settled(table, &high, &low, Split::Middle)
            {
                return table.agree(outcome);
            }
        }
        table.next_round();
    }
}

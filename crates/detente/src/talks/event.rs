//! What happens at a table.

use super::{Agreed, How};
use crate::game::Outcome;
use serde::{Deserialize, Serialize};

/// What a seat does when it is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Move {
    /// Proposes an outcome; where demands are sealed, demands it.
    Offer(Outcome),
    /// Accepts what is on the table.
    Accept,
    /// Turns down what is on the table, without a proposal.
    Reject,
    /// Says which of the proposals on the table it accepts, in their order.
    Votes(Vec<Vote>),
    /// Says how a draft compares with the one before.
    Compare(Comparison),
    /// Says what it would have otherwise in a draft: issues and values, the most important first.
    Criticise(Vec<(usize, u16)>),
    /// Says nothing this time.
    Pass,
    /// Walks away.
    Leave,
}

/// A vote on one proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// Whether the seat would take the proposal.
    pub yes: bool,
    /// With how many seats at least, itself included; for protocols of coalitions. 0: any number.
    pub least: u8,
    /// With how many at most; 255: any number.
    pub most: u8,
}

impl Vote {
    /// A plain yes or no.
    #[must_use]
    pub fn plain(yes: bool) -> Self {
        Vote { yes, least: 0, most: u8::MAX }
    }
}

/// How a draft compares with another, to one seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    /// Better.
    Better,
    /// As good.
    Same,
    /// Worse.
    Worse,
}

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// A seat.
    Seat(usize),
    /// The table itself: the protocol, a mediator's draft, chance.
    Table,
}

/// Who sees an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// Everybody at the table.
    #[default]
    All,
    /// The seat that did it and the table.
    Own,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// A seat moved.
    Move(Move),
    /// A mediator put a draft on the table.
    Draft(Outcome),
    /// A demand or an offer made under seal was opened, of the seat.
    Opened(usize, Outcome),
    /// Some of the seats agreed among themselves; the others go on.
    Agreed(Agreed),
    /// The session ended.
    Ended(How),
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The round, from 1 on.
    pub round: u32,
    /// Who did it.
    pub by: Actor,
    /// What.
    pub what: What,
    /// Who sees it.
    pub seen: Seen,
}

impl Event {
    /// The outcome that a seat proposed with it, if it did.
    #[must_use]
    pub fn offer(&self) -> Option<(usize, &Outcome)> {
        match (&self.by, &self.what) {
            (Actor::Seat(seat), What::Move(Move::Offer(outcome))) => Some((*seat, outcome)),
            _ => None,
        }
    }

    /// Whether a seat may see it.
    #[must_use]
    pub fn seen_by(&self, seat: usize) -> bool {
        self.seen == Seen::All || self.by == Actor::Seat(seat)
    }
}

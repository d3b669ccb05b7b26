//! How a session ended.

use crate::game::Outcome;
use serde::{Deserialize, Serialize};

/// Why a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// With an agreement, of all or of some.
    Agreed,
    /// The last round passed without one.
    Deadline,
    /// A seat walked away.
    Left(usize),
    /// Talks broke down by chance.
    Breakdown,
    /// A seat made a move that the protocol does not allow.
    Breach(usize),
    /// What was on the table was turned down at the end, or nothing was left to try.
    Refused,
}

/// Those who agreed, and on what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// The seats, in order.
    pub seats: Vec<usize>,
    /// What they agreed on.
    pub outcome: Outcome,
}

/// The end of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// Why.
    pub how: How,
    /// The round in which it ended, from 1 on.
    pub round: u32,
    /// The agreements: none, one of all seats, or, under a protocol of coalitions, one for each group. No seat is in two.
    pub agreements: Vec<Agreed>,
}

impl Ending {
    /// An agreement of all seats.
    #[must_use]
    pub fn agreed(round: u32, seats: usize, outcome: Outcome) -> Self {
        Ending { how: How::Agreed, round, agreements: vec![Agreed { seats: (0..seats).collect(), outcome }] }
    }

    /// An end without agreement.
    #[must_use]
    pub fn without(how: How, round: u32) -> Self {
        Ending { how, round, agreements: Vec::new() }
    }

    /// What was agreed, where it was by one group only.
    #[must_use]
    pub fn agreement(&self) -> Option<&Outcome> {
        match self.agreements.as_slice() {
            [one] => Some(&one.outcome),
            _ => None,
        }
    }

    /// What a seat agreed to, if anything.
    #[must_use]
    pub fn of(&self, seat: usize) -> Option<&Outcome> {
        self.agreements.iter().find(|a| a.seats.contains(&seat)).map(|a| &a.outcome)
    }
}

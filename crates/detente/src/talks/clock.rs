//! How long a session may take.

use serde::{Deserialize, Serialize};

/// How long a session may take: rounds, and what may cut it short.
///
/// Time is counted in rounds alone, so that a session is the same on every machine. Clocks for people are the business of
/// whoever drives the session: it makes [`super::Move::Pass`] or [`super::Move::Leave`] of a seat that took too long.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Clock {
    /// The session ends without agreement after so many rounds. At least 1.
    pub rounds: u32,
    /// Whether the seats know it. Else they see a round count without an end.
    pub known: bool,
    /// The chance that talks break down after a round, 0 to 1.
    pub breakdown: f64,
    /// The most moves of a seat, seat by seat; empty, or `None` for a seat: no limit. A seat without moves left has left.
    pub moves: Vec<Option<u32>>,
}

impl Clock {
    /// So many rounds, known to all, without breakdown. 0 counts as 1.
    #[must_use]
    pub fn rounds(rounds: u32) -> Self {
        Clock { rounds: rounds.max(1), known: true, breakdown: 0.0, moves: Vec::new() }
    }

    /// The same with a chance of breakdown after each round, in whole trillionths: that many decimals come back the same
    /// when a record has been written down and read.
    #[must_use]
    pub fn breaking(self, chance: f64) -> Self {
        let chance = if chance.is_finite() { chance.clamp(0.0, 1.0) } else { 0.0 };
        Clock { breakdown: (chance * 1e12).round() / 1e12, ..self }
    }

    /// The same with the number of rounds kept from the seats.
    #[must_use]
    pub fn hidden(self) -> Self {
        Clock { known: false, ..self }
    }
}

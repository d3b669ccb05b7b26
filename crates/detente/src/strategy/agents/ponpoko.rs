//! PonPoko, the winner of 2017.
//!
//! Results in Aydoğan, Fujita, Baarslag, Jonker and Ito, *ANAC 2017: Repeated Multilateral Negotiation League* (in:
//! Advances in Automated Negotiations, Springer 2021).

use super::seated::{Agent, Turn};
use crate::game::Outcome;
use crate::talks::Choice;

/// The number of patterns.
const PATTERNS: u64 = 6;

/// Needs: nothing. For two seats or more.
///
/// At the start it draws one of several patterns of two thresholds over time, most of them waves. It proposes an
/// outcome between the two by chance and accepts what is worth more than the lower. So the others cannot learn how it
/// behaves.
///
/// Known behaviour: never gives way far (to about 0.7 at the very end in one pattern, to 0.78 or more in the others),
/// so it does well against those who give way and fails against the stubborn.
///
/// The first pattern is that of the description used; the others are as they are reported of the agent of the
/// competition, from memory, not confirmed. Chosen here: where nothing lies between the two, it proposes the cheapest
/// outcome above the lower one; the last round counts as later than any moment.
#[derive(Debug, Clone, Default)]
pub(super) struct PonPoko {
    pattern: Option<u64>,
}

impl PonPoko {
    /// The lower and the higher threshold of a pattern at a time. `late`: whether 0.99 of the time have passed.
    pub(super) fn thresholds(pattern: u64, time: f64, late: bool) -> (f64, f64) {
        let wave = |speed: f64| (speed * time).sin().abs();
        match pattern {
            0 => (1.0 - 0.1 * time - 0.1 * wave(40.0), 1.0 - 0.1 * time),
            1 => (1.0 - 0.22 * time, 1.0),
            2 => (1.0 - 0.1 * time - 0.15 * wave(20.0), 1.0 - 0.1 * time),
            3 if late => (1.0 - 0.3 * time, 1.0 - 0.05 * time),
            3 => (1.0 - 0.1 * time, 1.0 - 0.05 * time),
            4 => (1.0 - 0.21 * time * wave(20.0), 1.0 - 0.15 * time * wave(20.0)),
            _ => (1.0 - 0.2 * wave(40.0), 1.0 - 0.1 * time),
        }
    }

    fn now(&mut self, turn: &mut Turn<'_>) -> (f64, f64) {
        let pattern = *self.pattern.get_or_insert_with(|| turn.stream.below(PATTERNS));
        Self::thresholds(pattern, turn.own.time(), turn.own.late(0.99))
    }
}

impl Agent for PonPoko {
    fn next(&mut self, turn: &mut Turn<'_>) -> Choice {
        let (low, high) = self.now(turn);
        let low = turn.own.aim(low);
        turn.own.pick(low, high.max(low), turn.stream)
    }

    fn takes(&mut self, turn: &mut Turn<'_>, _: &Outcome, worth: f64, _: &Choice) -> bool {
        worth > self.now(turn).0
    }
}

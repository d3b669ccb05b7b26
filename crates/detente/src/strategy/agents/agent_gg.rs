//! AgentGG, the winner of 2019.
//!
//! Results in Aydoğan et al., *Challenges and Main Results of the Automated Negotiating Agents Competition (ANAC) 2019*
//! (in: Multi-Agent Systems and Agreement Technologies, Springer 2020).

use super::guess::Guess;
use super::heard::Received;
use super::own::Own;
use super::seated::{Agent, Turn};
use crate::game::Outcome;
use crate::strategy::model::Model;
use crate::talks::Choice;

/// How many outcomes near the threshold are looked at.
const LOOKED_AT: usize = 32;
/// How far above the threshold it proposes.
const ABOVE: f64 = 0.05;
/// How far below the Nash point it goes at the end.
const BELOW: f64 = 0.1;

/// Needs: a model of what the other side wants (a map of how important values are, from how often it offers them).
///
/// Its threshold falls in pieces: 0.9999 up to 0.01 of the time, 0.99 up to 0.02, then `0.99 - 0.5 (t - 0.02)` up to
/// 0.2; from there in straight lines through `n + 0.3 (1 - n)` at 0.5, `n + 0.15 (1 - n)` at 0.9, `n + 0.05 (1 - n)` at
/// 0.98, `n` at 0.995, and below `n` at the end, with `n` its guess of its own share at the Nash point, from the first
/// offer. It proposes by chance above the threshold what is worth most to the other side, and accepts what is worth
/// more than the threshold.
///
/// Known behaviour: gives way early to about what it takes for fair, and lands there; rarely fails, except against
/// those who give way only to new proposals (MiCRO) in small spaces, where it repeats itself.
///
/// It was made for preferences known only as a ranking of some outcomes, which it turns into a map of importance; here
/// its own preferences are known, so that shares of its own utility stand in the place of that map.
///
/// Left open by the description, and chosen here:
/// - `n = b + (1 - b) / 1.7`, with `b` the share of the other side's best outcome, for which its first offer is taken.
///   (The 1.7 is recalled, not confirmed.)
/// - At the end it goes 0.1 below `n`; the last round is the end.
/// - It looks at 32 outcomes drawn up to 0.05 above the threshold.
#[derive(Debug, Clone)]
pub(super) struct AgentGg {
    guess: Guess,
    nash: Option<f64>,
}

impl AgentGg {
    pub(super) fn new(model: Model) -> Self {
        AgentGg { guess: Guess::new(model), nash: None }
    }

    /// The guess of its own share at the Nash point from what the other side's best outcome is worth to it.
    pub(super) fn nash(best_of_other: f64) -> f64 {
        let best = best_of_other.clamp(0.0, 1.0);
        best + (1.0 - best) / 1.7
    }

    /// The threshold at a time.
    pub(super) fn threshold(time: f64, nash: f64) -> f64 {
        let blend = |part: f64| nash + part * (1.0 - nash);
        let line = |(from, high): (f64, f64), (to, low): (f64, f64)| high + (low - high) * (time - from) / (to - from);
        match time {
            t if t < 0.01 => 0.9999,
            t if t < 0.02 => 0.99,
            t if t < 0.2 => 0.99 - 0.5 * (t - 0.02),
            t if t < 0.5 => line((0.2, 0.9), (0.5, blend(0.3))),
            t if t < 0.9 => line((0.5, blend(0.3)), (0.9, blend(0.15))),
            t if t < 0.98 => line((0.9, blend(0.15)), (0.98, blend(0.05))),
            t if t < 0.995 => line((0.98, blend(0.05)), (0.995, nash)),
            _ => line((0.995, nash), (1.0, nash - BELOW)),
        }
    }

    fn now(&self, own: &Own<'_>) -> f64 {
        // Before the first offer it guesses that the other side's best is worth nothing to it.
        let nash = self.nash.unwrap_or_else(|| Self::nash(0.0));
        let time = if own.left() == Some(0) { 1.0 } else { own.time() };
        own.aim(Self::threshold(time, nash))
    }
}

impl Agent for AgentGg {
    fn hears(&mut self, own: &Own<'_>, news: &[Received]) {
        self.guess.hear(own, news);
        if let (None, Some(first)) = (self.nash, news.first()) {
            self.nash = Some(Self::nash(first.worth));
        }
    }

    fn next(&mut self, turn: &mut Turn<'_>) -> Choice {
        let low = self.now(&turn.own);
        self.guess.best_between(&turn.own, (low, low + ABOVE), LOOKED_AT, turn.stream)
    }

    fn takes(&mut self, turn: &mut Turn<'_>, _: &Outcome, worth: f64, next: &Choice) -> bool {
        worth > self.now(&turn.own) || worth >= turn.own.share(next.utility)
    }
}

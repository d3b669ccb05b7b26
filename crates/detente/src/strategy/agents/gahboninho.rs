//! Gahboninho, second in 2011.
//!
//! Ben Adar, Sofy and Elimelech, *Gahboninho: Strategy for Balancing Pressure and Compromise in Automated Negotiation*
//! (in: Complex Automated Negotiations, Springer 2013).

use super::guess::Guess;
use super::heard::Received;
use super::own::Own;
use super::seated::{Agent, Turn};
use crate::game::Outcome;
use crate::strategy::model::Model;
use crate::talks::Choice;
use std::collections::BTreeSet;

/// The proposals of the first phase.
const FIRST: usize = 40;
/// When the first phase ends at the latest.
const FIRST_UNTIL: f64 = 0.15;
/// What it goes down to in the first phase.
const POLITE: f64 = 0.925;
/// What it accepts at any time.
const GOOD: f64 = 0.95;
/// When the last phase begins.
const FRENZY: f64 = 0.98;

/// Needs: a model of what the other side wants, to choose among outcomes that are worth the same to itself.
///
/// In the first phase (forty proposals, up to 0.15 of the time) it goes from 1 to 0.925 and so looks like one that
/// gives way, while it watches how much the other side moves. Then it keeps up pressure: the more the other side moves,
/// the less it gives way itself. In the last phase ("frenzy") it proposes the best that the other side offered.
///
/// Known behaviour: exploits those who give way; comes to terms with the stubborn at the very end.
///
/// Left open by the description, and chosen here:
/// - How much the other side moves ("niceness") is the share of values that it tried in the first phase, of those it
///   could have tried, averaged over the issues.
/// - After the first phase the target is `0.925 - (0.925 - least) s^2` with `s` the share of the rest of the time, and
///   `least = best + (0.925 - best) niceness`, `best` being the best offer so far and at most 0.925.
/// - The last phase begins at 0.98 of the time, or in the last round.
#[derive(Debug, Clone)]
pub(super) struct Gahboninho {
    guess: Guess,
    /// The values tried by the other side in the first phase, issue by issue, and its offers in it.
    tried: Vec<BTreeSet<u16>>,
    offers: usize,
    /// Whether the first phase is over.
    pressing: bool,
}

impl Gahboninho {
    pub(super) fn new(model: Model) -> Self {
        Gahboninho { guess: Guess::new(model), tried: Vec::new(), offers: 0, pressing: false }
    }

    /// How much the other side moved in the first phase, from 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "numbers of values")]
    pub(super) fn niceness(tried: impl Iterator<Item = (usize, usize)>, offers: usize) -> f64 {
        let (mut sum, mut issues) = (0.0, 0.0);
        for (tried, values) in tried {
            let possible = values.min(offers).saturating_sub(1);
            if possible > 0 {
                sum += tried.saturating_sub(1) as f64 / possible as f64;
                issues += 1.0;
            }
        }
        if issues > 0.0 { sum / issues } else { 0.0 }
    }

    /// The target of the first phase at a proposal, counted from 0.
    #[expect(clippy::cast_precision_loss, reason = "at most forty")]
    pub(super) fn polite(proposal: usize) -> f64 {
        1.0 - (1.0 - POLITE) * proposal.min(FIRST) as f64 / FIRST as f64
    }

    /// The target under pressure.
    pub(super) fn pressed(time: f64, best: f64, niceness: f64) -> f64 {
        let best = best.min(POLITE);
        let least = best + (POLITE - best) * niceness;
        let share = ((time - FIRST_UNTIL) / (1.0 - FIRST_UNTIL)).clamp(0.0, 1.0);
        POLITE - (POLITE - least) * share * share
    }
}

impl Agent for Gahboninho {
    fn hears(&mut self, own: &Own<'_>, news: &[Received]) {
        self.guess.hear(own, news);
        if self.pressing {
            return;
        }
        for offer in news {
            self.offers += 1;
            self.tried.resize(offer.outcome.digits().len(), BTreeSet::new());
            for (tried, digit) in self.tried.iter_mut().zip(offer.outcome.digits()) {
                tried.insert(*digit);
            }
        }
    }

    fn next(&mut self, turn: &mut Turn<'_>) -> Choice {
        let time = turn.own.time();
        if let Some((_, best)) = turn.granted().filter(|_| turn.own.late(FRENZY)) {
            return best;
        }
        self.pressing = self.pressing || turn.heard.made >= FIRST || time >= FIRST_UNTIL;
        let target = if self.pressing {
            let tried = self.tried.iter().map(BTreeSet::len).zip(turn.own.view.seat().space.sizes());
            Self::pressed(time, turn.heard.best_worth(), Self::niceness(tried, self.offers))
        } else {
            Self::polite(turn.heard.made)
        };
        let target = turn.own.aim(target);
        let near = (target, target + 0.03);
        self.guess.best_between(&turn.own, near, 32, turn.stream)
    }

    fn takes(&mut self, turn: &mut Turn<'_>, _: &Outcome, worth: f64, next: &Choice) -> bool {
        worth > GOOD || worth >= turn.own.share(next.utility)
    }
}

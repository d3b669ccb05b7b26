//! HardHeaded, the winner of 2011.
//!
//! Van Krimpen, Looije and Hajizadeh, *HardHeaded* (in: Complex Automated Negotiations, Springer 2013).

use super::guess::Guess;
use super::heard::Received;
use super::own::Own;
use super::seated::{Agent, Turn};
use crate::game::Outcome;
use crate::strategy::model::Model;
use crate::talks::Choice;

/// The least it goes down to, as a share of its best.
const LEAST: f64 = 0.585;
/// How wide a band of its own utility is.
const BAND: f64 = 0.01;
/// How many outcomes of a band it proposes at most.
const PER_BAND: usize = 4;
/// How many outcomes of a band it looks at, at most.
const LOOKED_AT: usize = 64;
/// A discount of this or more is taken for none.
const NO_DISCOUNT: f64 = 0.9;

/// Needs: a model of what the other side wants (its own frequency model).
///
/// It goes down its outcomes in bands of 0.01 of its utility, as far as `p(t) = min + (1 - F(t)) (max - min)` allows,
/// with `F(t) = k + (1 - k) (min(t, d) / d)^(1/e)`, `k = e = 0.05` and `d` the discount. Of a band it proposes the
/// outcomes that are worth most to the other side, four at most. When the next band lies below `p`, it repeats itself.
/// When the other side has offered something at least as good as what comes next, it proposes that. It accepts what is
/// worth more than the least it ever proposed, or as much as what it would propose next.
///
/// Known behaviour: hardly moves until the last moments, then goes down to 0.585 of its best. Strong against those who
/// give way; fails with its like on domains of strong opposition.
///
/// Left open by the description, and chosen here: which of its old proposals it repeats (any, by chance); what happens
/// after `d` on domains with discount (it stays at its least); the least is the floor when that is higher.
#[derive(Debug, Clone)]
pub(super) struct HardHeaded {
    /// `e`: how late it gives way.
    pub(super) exponent: f64,
    guess: Guess,
    /// What is left of the band it is at, the next last.
    band: Vec<Choice>,
    /// Where the next band begins; `None` at the start.
    below: Option<f64>,
    /// Whether there are no more bands.
    over: bool,
    /// What it proposed.
    proposed: Vec<Choice>,
}

impl HardHeaded {
    pub(super) fn new(exponent: f64, model: Model) -> Self {
        let guess = Guess::new(model);
        HardHeaded { exponent, guess, band: Vec::new(), below: None, over: false, proposed: Vec::new() }
    }

    /// The least it asks for at a time.
    pub(super) fn least(&self, time: f64, discount: f64, floor: f64) -> f64 {
        let k = 0.05;
        let end = if discount >= NO_DISCOUNT || discount <= 0.0 { 1.0 } else { discount };
        let passed = k + (1.0 - k) * (time.min(end) / end).powf(1.0 / self.exponent);
        let least = LEAST.max(floor).min(1.0);
        least + (1.0 - passed) * (1.0 - least)
    }

    /// The next outcome of the queue, if it is worth at least `least`.
    fn pull(&mut self, turn: &mut Turn<'_>, least: f64) -> Option<Choice> {
        while self.band.is_empty() && !self.over {
            let menu = turn.own.view.seat().menu();
            let head = match self.below {
                None => Some(turn.own.best.clone()),
                Some(below) => menu.at_most(turn.own.whole(below) - 1),
            };
            let Some(head) = head else {
                self.over = true;
                break;
            };
            let top = turn.own.share(head.utility);
            if top < least {
                return None;
            }
            let low = top - BAND;
            self.below = Some(low.min(top - 2e-9));
            let mut band = turn.own.band(low, top, LOOKED_AT, turn.stream);
            if band.is_empty() {
                band.push(head);
            }
            self.band = self.guess.order(band);
            self.band.truncate(PER_BAND);
            self.band.reverse();
        }
        self.band.last().filter(|next| turn.own.share(next.utility) >= least)?;
        self.band.pop()
    }
}

impl Agent for HardHeaded {
    fn hears(&mut self, own: &Own<'_>, news: &[Received]) {
        self.guess.hear(own, news);
    }

    fn next(&mut self, turn: &mut Turn<'_>) -> Choice {
        let least = self.least(turn.own.time(), turn.own.discount(), turn.own.floor());
        let pulled = self.pull(turn, least);
        let worth = pulled.as_ref().map_or(least, |next| turn.own.share(next.utility));
        if let Some((_, best)) = turn.granted().filter(|(granted, _)| *granted >= worth) {
            self.band.extend(pulled);
            return best;
        }
        if let Some(next) = pulled {
            self.proposed.push(next.clone());
            return next;
        }
        let drawn = turn.stream.below(self.proposed.len() as u64);
        let again = usize::try_from(drawn).ok().and_then(|at| self.proposed.get(at).cloned());
        again.unwrap_or_else(|| turn.own.best.clone())
    }

    fn takes(&mut self, turn: &mut Turn<'_>, _: &Outcome, worth: f64, next: &Choice) -> bool {
        worth >= turn.own.share(next.utility) || turn.heard.cheapest.is_some_and(|least| worth > least)
    }
}

//! What the others want, as far as an agent can tell.

use super::heard::Received;
use super::own::Own;
use crate::game::{Outcome, Stream};
use crate::strategy::model::Model;
use crate::talks::Choice;

/// One model for each of the others, opened when it makes its first offer.
#[derive(Debug, Clone)]
pub(super) struct Guess {
    model: Model,
    others: Vec<(usize, Model)>,
}

impl Guess {
    pub(super) fn new(model: Model) -> Self {
        Guess { model, others: Vec::new() }
    }

    pub(super) fn hear(&mut self, own: &Own<'_>, news: &[Received]) {
        for offer in news {
            let at = self.others.iter().position(|(seat, _)| *seat == offer.by).unwrap_or_else(|| {
                self.others.push((offer.by, self.model.open(&own.view.seat().space, offer.by)));
                self.others.len() - 1
            });
            if let Some((_, model)) = self.others.get_mut(at) {
                model.hear(&offer.outcome, offer.time);
            }
        }
    }

    /// What an outcome is worth to the others on average, about 0 to 1; 0 before any of them was heard.
    #[expect(clippy::cast_precision_loss, reason = "a number of seats")]
    pub(super) fn worth(&self, outcome: &Outcome) -> f64 {
        let sum: f64 = self.others.iter().map(|(_, model)| model.worth(outcome)).sum();
        sum / self.others.len().max(1) as f64
    }

    /// Outcomes in the order of what they are worth to the others, the best first; of equals in the order given.
    pub(super) fn order(&self, mut choices: Vec<Choice>) -> Vec<Choice> {
        choices.sort_by_cached_key(|choice| std::cmp::Reverse(Ordered(self.worth(&choice.outcome))));
        choices
    }

    /// Of up to `most` outcomes between two shares of one's own: what is worth most to the others. The cheapest above
    /// the lower share when there is none between.
    pub(super) fn best_between(
        &self,
        own: &Own<'_>,
        (low, high): (f64, f64),
        most: usize,
        stream: &mut Stream,
    ) -> Choice {
        let found = self.order(own.band(low, high, most, stream)).into_iter().next();
        found.unwrap_or_else(|| own.cheapest(low))
    }
}

/// A real number in the order of `total_cmp`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ordered(pub(super) f64);

impl Eq for Ordered {}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

//! What an agent remembers of the offers made so far.

use super::own::Own;
use crate::game::Outcome;

/// An offer of somebody else.
#[derive(Debug, Clone)]
pub(super) struct Received {
    /// Whose.
    pub(super) by: usize,
    /// The time it was heard at.
    pub(super) time: f64,
    /// What it is worth to the one who remembers, as a share.
    pub(super) worth: f64,
    /// What was offered.
    pub(super) outcome: Outcome,
}

/// The offers made so far, as one seat remembers them.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard {
    /// The length of the log up to here.
    pub(super) position: usize,
    /// Offers of others, from the first to the last.
    pub(super) received: Vec<Received>,
    /// The position of the best of them; of several, the first.
    best: Option<usize>,
    /// The number of own offers.
    pub(super) made: usize,
    /// What the cheapest own offer is worth to the seat itself.
    pub(super) cheapest: Option<f64>,
}

impl Heard {
    /// Hears what is new. Gives the position of the first offer of others that is.
    pub(super) fn listen(&mut self, own: &Own<'_>) -> usize {
        let first = self.received.len();
        let me = own.view.seat().at;
        for (by, outcome) in own.view.since(self.position).filter_map(crate::talks::Event::offer) {
            let worth = own.worth(outcome);
            if by == me {
                self.made += 1;
                self.cheapest = Some(self.cheapest.map_or(worth, |least| least.min(worth)));
                continue;
            }
            if self.best().is_none_or(|best| worth > best.worth) {
                self.best = Some(self.received.len());
            }
            self.received.push(Received { by, time: own.time(), worth, outcome: outcome.clone() });
        }
        self.position = own.view.heard();
        first
    }

    /// The best offer of others.
    pub(super) fn best(&self) -> Option<&Received> {
        self.received.get(self.best?)
    }

    /// What the best offer of others is worth; 0 before there is one.
    pub(super) fn best_worth(&self) -> f64 {
        self.best().map_or(0.0, |best| best.worth)
    }
}

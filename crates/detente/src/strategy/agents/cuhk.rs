//! CUHKAgent, the winner of 2012.
//!
//! Hao and Leung, *ABiNeS: An Adaptive Bilateral Negotiating Strategy over Multiple Items* (IAT 2012), and *CUHKAgent:
//! An Adaptive Negotiation Strategy for Bilateral Negotiations over Multiple Items* (in: Novel Insights in Agent-based
//! Complex Automated Negotiation, Springer 2014).

use super::guess::Guess;
use super::heard::Received;
use super::own::Own;
use super::seated::{Agent, Turn};
use crate::game::Outcome;
use crate::strategy::model::Model;
use crate::talks::Choice;
use std::collections::BTreeSet;

/// How many outcomes at or above the threshold are looked at.
const LOOKED_AT: usize = 64;
/// How often it proposes by chance, so that the model is not fed by its own habits.
const BY_CHANCE: f64 = 0.1;
/// Spaces of more outcomes than this are large, and very large.
const LARGE: u64 = 3_000;
const VERY_LARGE: u64 = 10_000;

/// Needs: a count of which values the other side offers.
///
/// Until the point `l` from which it is not exploited any more it takes and asks for at least `m - (m - m d^(1 - l)) (t
/// / l)^a`, from then on `m d^(1 - t)`, with `m` its best and `d` the discount. `l` is moved by how the other side
/// gives way. Without discount that is its best, but in spaces of more than 3,000 outcomes it asks for `m - 0.05`, and
/// at 0.98 of the time in those of more than 10,000 for `m - 0.25`. It proposes the best offer of the other side when
/// that reaches its threshold, else what it thinks best for the other side. In the last rounds it falls back on the
/// best offer it has had.
///
/// Known behaviour: without discount it yields nothing until the last rounds, and then takes what it can have.
///
/// Left open by the description, and chosen here:
/// - `l = l0 + (1 - l0) n^2` with `l0 = 0.5 + 0.5 d` and `n` the share of the last twenty offers that were new: it
///   waits longer for one that still moves. `a = 2`.
/// - One proposal in ten is drawn by chance from all at or above the threshold.
/// - The last rounds are the last two; in them it takes what is worth the best offer it has had.
#[derive(Debug, Clone)]
pub(super) struct Cuhk {
    guess: Guess,
    known: BTreeSet<Outcome>,
    /// Whether each offer was new.
    new: Vec<bool>,
}

impl Cuhk {
    pub(super) fn new(model: Model) -> Self {
        Cuhk { guess: Guess::new(model), known: BTreeSet::new(), new: Vec::new() }
    }

    /// The point from which it is not exploited any more.
    pub(super) fn turning(discount: f64, moving: f64) -> f64 {
        let least = 0.5 + 0.5 * discount;
        least + (1.0 - least) * moving * moving
    }

    /// What it takes and asks for at least. `outcomes`: how many there are, `None` for more than fit.
    pub(super) fn threshold(time: f64, discount: f64, turning: f64, outcomes: Option<u64>, late: bool) -> f64 {
        if discount >= 1.0 {
            return match outcomes {
                Some(count) if count <= LARGE => 1.0,
                Some(count) if count <= VERY_LARGE || !late => 0.95,
                None if !late => 0.95,
                _ => 0.75,
            };
        }
        if time < turning {
            1.0 - (1.0 - discount.powf(1.0 - turning)) * (time / turning).powi(2)
        } else {
            discount.powf(1.0 - time)
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "at most twenty")]
    fn moving(&self) -> f64 {
        let last = self.new.get(self.new.len().saturating_sub(20)..).unwrap_or_default();
        last.iter().filter(|new| **new).count() as f64 / last.len().max(1) as f64
    }

    fn asks(&self, own: &Own<'_>) -> f64 {
        let discount = own.discount();
        let outcomes = own.view.seat().space.small_count();
        let turning = Self::turning(discount, self.moving());
        own.aim(Self::threshold(own.time(), discount, turning, outcomes, own.late(0.98)))
    }
}

/// Whether this is one of the last two rounds.
fn last(own: &Own<'_>) -> bool {
    own.left().is_some_and(|left| left <= 1)
}

impl Agent for Cuhk {
    fn hears(&mut self, own: &Own<'_>, news: &[Received]) {
        self.guess.hear(own, news);
        for offer in news {
            self.new.push(self.known.insert(offer.outcome.clone()));
        }
    }

    fn next(&mut self, turn: &mut Turn<'_>) -> Choice {
        let asks = self.asks(&turn.own);
        if let Some((_, best)) = turn.granted().filter(|(worth, _)| *worth >= asks || last(&turn.own)) {
            return best;
        }
        if turn.stream.uniform() < BY_CHANCE {
            return turn.own.pick(asks, 1.0, turn.stream);
        }
        self.guess.best_between(&turn.own, (asks, 1.0), LOOKED_AT, turn.stream)
    }

    fn takes(&mut self, turn: &mut Turn<'_>, _: &Outcome, worth: f64, next: &Choice) -> bool {
        worth >= self.asks(&turn.own)
            || worth >= turn.own.share(next.utility)
            || (last(&turn.own) && worth >= turn.heard.best_worth())
    }
}

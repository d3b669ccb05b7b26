//! AgentK, the winner of 2010.
//!
//! Kawaguchi, Fujita and Ito, *AgentK: Compromising Strategy based on Estimated Maximum Utility for Automated
//! Negotiating Agents* (in: New Trends in Agent-Based Complex Automated Negotiations, Springer 2012).

use super::heard::Received;
use super::own::Own;
use super::seated::{Agent, Turn};
use crate::game::Outcome;
use crate::talks::Choice;

/// Needs: offers of the other side, nothing else. It takes their mean `m` and their spread `d = sqrt(12 var)` (the
/// width of a uniform distribution with that variance) for what the other side may still offer, at most `m + (1 - m)
/// d`, and gives way towards that by the end, the faster the less there is to be had; late on it moves nearer to the
/// offers.
///
/// Known behaviour: random offers at its target; acceptance by chance, likelier late and near the target; few failures.
///
/// Left open by the description, and chosen here:
/// - When the target rises again, the one for proposals follows by `r f / m` with `r` the gap and `m = 400 - 300 t^3`;
///   `f = min(1 / r^2, m)` is chosen, so that it follows at once when the gap is small.
/// - Outcomes at or above the target are all as likely, which is what its search by chance comes to.
/// - It was written for profiles without a reservation value; here the target stays above the floor.
#[derive(Debug, Clone, Default)]
pub(super) struct AgentK {
    /// How much the speed of giving way may vary with what was offered.
    pub(super) tremor: f64,
    count: f64,
    sum: f64,
    squares: f64,
    /// The target for proposals.
    bid: Option<f64>,
}

/// What it reads from the offers at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reading {
    /// The most that the other side may be expected to offer.
    pub(super) most: f64,
    /// The target.
    pub(super) target: f64,
    /// How much time presses, from 0 to 1.
    pub(super) pressure: f64,
}

impl AgentK {
    pub(super) fn new(tremor: f64) -> Self {
        AgentK { tremor, ..Self::default() }
    }

    /// The target at a time, from the mean of the offers and their variance.
    pub(super) fn read(&self, time: f64, mean: f64, variance: f64) -> Reading {
        let width = (12.0 * variance.max(0.0)).sqrt();
        let most = mean + (1.0 - mean) * width;
        let power = 1.0 + self.tremor + 10.0 * mean - 2.0 * self.tremor * mean;
        let pressure = time.powf(power.max(0.0));
        let plain = 1.0 - pressure * (1.0 - most);
        let away = 1.0 - plain;
        let ratio = if away <= 0.0 { 2.0 } else { ((width + 0.1) / away).min(2.0) };
        Reading { most, target: ratio * plain + 1.0 - ratio, pressure }
    }

    fn now(&self, time: f64) -> Reading {
        let count = self.count.max(1.0);
        let mean = self.sum / count;
        self.read(time, mean, self.squares / count - mean * mean)
    }

    /// The chance that an offer worth `worth` is accepted.
    pub(super) fn chance(worth: f64, reading: Reading) -> f64 {
        let chance = reading.pressure / 5.0 + (worth - reading.most) + (worth - reading.target);
        if chance < 0.1 { 0.0 } else { chance }
    }
}

impl Agent for AgentK {
    fn hears(&mut self, _: &Own<'_>, news: &[Received]) {
        for offer in news {
            self.count += 1.0;
            self.sum += offer.worth;
            self.squares += offer.worth * offer.worth;
        }
    }

    fn next(&mut self, turn: &mut Turn<'_>) -> Choice {
        let time = turn.own.time();
        let target = self.now(time).target;
        let bid = match self.bid {
            Some(last) if target > last => {
                let gap = target - last;
                let most = 400.0 - 300.0 * time.powi(3);
                last + gap * (1.0 / (gap * gap)).min(most) / most
            }
            _ => target,
        };
        self.bid = Some(bid);
        turn.own.pick(turn.own.aim(bid), 1.0, turn.stream)
    }

    fn takes(&mut self, turn: &mut Turn<'_>, _: &Outcome, worth: f64, _: &Choice) -> bool {
        let chance = Self::chance(worth, self.now(turn.own.time()));
        chance > 0.0 && turn.stream.uniform() < chance
    }
}

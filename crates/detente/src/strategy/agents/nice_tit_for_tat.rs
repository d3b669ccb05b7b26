//! Nice Tit for Tat (2011).
//!
//! Baarslag, Hindriks and Jonker, *A Tit for Tat Negotiation Strategy for Real-Time Bilateral Negotiations* (in:
//! Complex Automated Negotiations, Springer 2013).

use super::guess::Guess;
use super::heard::Received;
use super::own::Own;
use super::seated::{Agent, Turn};
use crate::game::Outcome;
use crate::strategy::model::Model;
use crate::talks::Choice;

/// How many outcomes the Nash point is sought among, at most.
const SOUGHT: usize = 2048;
/// How near to the target an outcome is to be.
const NEAR: f64 = 0.02;
/// How many outcomes near the target are looked at.
const LOOKED_AT: usize = 100;
/// When it begins to give way because time is short.
const SHORT: f64 = 0.91;
/// When it begins to weigh whether something better will come.
const LATE: f64 = 0.98;
/// How often it proposes the best offer of the other side.
const RETURNED: u32 = 3;

/// Needs: a model of what the other side wants (scalable Bayesian, as published).
///
/// It guesses the Nash point, takes as its own share there `n (1.4 - 0.6 g)`, with `g` the share that the first offer
/// left it short of, between 0.5 and 1, and gives way by the same part of its way there as the other side has of its
/// own: from the first offer to what it grants now. Late on it goes all the way. It proposes one of the outcomes near
/// its target that are worth most to the other side. It accepts what is worth as much as what it would propose next,
/// and at the very end what is worth more than waiting promises.
///
/// Known behaviour: answers in kind; agrees early with those who give way and with itself; waits for the stubborn.
///
/// Left open by the description, and chosen here:
/// - What the other side has given way by is measured in one's own utility: the best offer against the first.
/// - From 0.91 of the time on, `20 (t - 0.91)` is added to the part of the way, at most the whole (so from 0.96 on);
///   with a discount `d`, at least `0.5 - 0.4 d`. These figures are recalled, not confirmed.
/// - It draws among the best `n` of up to a hundred outcomes within 0.02 of the target, `n` a tenth of them, from 3 to
///   20.
/// - What waiting promises: of as many of the last offers as are still to come, the mean of those that were better,
///   times the chance that one such comes. In the last round nothing is to come, so it takes what it tolerates.
/// - The best offer is proposed back, three times at most, when it is worth the target.
/// - The Nash point is sought among 2,048 outcomes, evenly along one's own order, and sought again after each of the
///   first ten offers and every tenth from then on.
#[derive(Debug, Clone)]
pub(super) struct NiceTitForTat {
    guess: Guess,
    sought: Vec<Choice>,
    /// Its own share at the Nash point, and the number of offers it was worked out from.
    nash: Option<(f64, usize)>,
    returned: u32,
}

impl NiceTitForTat {
    pub(super) fn new(model: Model) -> Self {
        NiceTitForTat { guess: Guess::new(model), sought: Vec::new(), nash: None, returned: 0 }
    }

    /// What it hopes for: its share at the Nash point, corrected by how far the first offer was from its best.
    pub(super) fn hope(nash: f64, first: f64) -> f64 {
        (nash * (1.4 - 0.6 * (1.0 - first))).clamp(0.5, 1.0)
    }

    /// The part of the way that it goes, from 0 to 1.
    pub(super) fn part(first: f64, best: f64, hope: f64, time: f64, discount: f64) -> f64 {
        let way = hope - first;
        let mirrored = if way <= 0.0 { 1.0 } else { ((best - first) / way).clamp(0.0, 1.0) };
        let short = (20.0 * (time - SHORT)).clamp(0.0, 1.0);
        let shrinking = if discount < 1.0 { 0.5 - 0.4 * discount } else { 0.0 };
        (mirrored + short.max(shrinking)).min(1.0)
    }

    /// What waiting promises while so many offers are to come, against an offer of this worth: as many of the last
    /// offers are looked at.
    pub(super) fn waiting(received: &[f64], to_come: usize, worth: f64) -> f64 {
        let last = received.get(received.len().saturating_sub(to_come)..).unwrap_or_default();
        let better: Vec<f64> = last.iter().copied().filter(|other| *other > worth).collect();
        if better.is_empty() {
            return 0.0;
        }
        let mean = better.iter().sum::<f64>() / better.len() as f64;
        let worse = 1.0 - better.len() as f64 / last.len() as f64;
        (1.0 - worse.powf(to_come as f64)) * mean
    }

    fn nash(&mut self, turn: &mut Turn<'_>) -> f64 {
        let heard = turn.heard.received.len();
        if let Some((nash, at)) = self.nash {
            let again = if heard <= 10 { heard > at } else { heard >= at + 10 };
            if !again {
                return nash;
            }
        }
        if self.sought.is_empty() {
            self.sought = match turn.own.view.seat().menu().list() {
                Some(list) => list.iter().step_by(list.len().div_ceil(SOUGHT).max(1)).cloned().collect(),
                None => (0..16u32).flat_map(|_| turn.own.band(0.0, 1.0, usize::MAX, turn.stream)).collect(),
            };
        }
        let (mut found, mut most) = (1.0, 0.0);
        for choice in &self.sought {
            let share = turn.own.share(choice.utility);
            let product = share * self.guess.worth(&choice.outcome);
            if product > most {
                (found, most) = (share, product);
            }
        }
        self.nash = Some((found, heard));
        found
    }
}

impl Agent for NiceTitForTat {
    fn hears(&mut self, own: &Own<'_>, news: &[Received]) {
        self.guess.hear(own, news);
    }

    fn next(&mut self, turn: &mut Turn<'_>) -> Choice {
        let Some(first) = turn.heard.received.first().map(|offer| offer.worth) else { return turn.own.best.clone() };
        let hope = Self::hope(self.nash(turn), first).max(turn.own.floor()).min(1.0);
        let (time, discount) = (turn.own.time(), turn.own.discount());
        let time = if turn.own.left() == Some(0) { 1.0 } else { time };
        let part = Self::part(first, turn.heard.best_worth(), hope, time, discount);
        let target = turn.own.aim(1.0 - part * (1.0 - hope));
        if let Some((_, best)) = turn.granted().filter(|(worth, _)| *worth >= target && self.returned < RETURNED) {
            self.returned += 1;
            return best;
        }
        let near = self.guess.order(turn.own.band(target, target + NEAR, LOOKED_AT, turn.stream));
        let best = (near.len() / 10).clamp(3, 20).min(near.len());
        let drawn = usize::try_from(turn.stream.below(best as u64)).unwrap_or(0);
        near.get(drawn).cloned().unwrap_or_else(|| turn.own.cheapest(target))
    }

    fn takes(&mut self, turn: &mut Turn<'_>, _: &Outcome, worth: f64, next: &Choice) -> bool {
        if worth >= turn.own.share(next.utility) {
            return true;
        }
        if !turn.own.late(LATE) {
            return false;
        }
        let received: Vec<f64> = turn.heard.received.iter().map(|offer| offer.worth).collect();
        let since = 2.0 * turn.own.time() - 1.0;
        let looking_back = || turn.heard.received.iter().rev().take_while(|offer| offer.time >= since).count();
        let to_come = turn.own.left().map_or_else(looking_back, |left| left as usize);
        worth > Self::waiting(&received, to_come, worth)
    }
}

//! TheFawkes, the winner of 2013.
//!
//! By a team of Delft University of Technology; results in Gal and Ilany, *The Fourth Automated Negotiation
//! Competition* (in: Next Frontier in Agent-Based Complex Automated Negotiation, Springer 2015). It builds on the
//! forecast of OMAC: Chen and Weiss, *An Efficient and Adaptive Approach to Negotiation in Complex Environments* (ECAI
//! 2012).

use super::guess::Guess;
use super::heard::Received;
use super::own::Own;
use super::seated::{Agent, Turn};
use crate::game::Outcome;
use crate::strategy::model::Model;
use crate::talks::Choice;

/// The intervals that time is cut into.
const INTERVALS: u32 = 100;
/// When its final phase begins.
const LATE: f64 = 0.98;
/// How many of the last offers count at the end.
const LAST: usize = 10;
/// How many outcomes near the target are looked at.
const LOOKED_AT: usize = 48;

/// Needs: the offers of the other side, a known end, a model of what it wants.
///
/// It smooths the best offers of the intervals of time so far with wavelets and forecasts from them what will be
/// offered. Its reserve is `rv + (1 - t^(1/0.002)) (max d^0.2 - rv)`, which stays up until the very end. Where the
/// forecast with its spread reaches the reserve, it gives way in a straight line to where it does first (optimistic);
/// else it asks for `0.8` of the reserve and `0.2` of the forecast (pessimistic). It accepts what is worth as much as
/// what it would propose next, but never less than the mean of all outcomes; near the end, the best of the last ten
/// offers.
///
/// Known behaviour: firm; moves when the other side does.
///
/// Left open by the descriptions at hand, which give the parts and their figures but not how they are joined, and
/// chosen here:
/// - The wavelet is Haar's: two levels of detail are dropped, and their root mean square is the spread. The forecast is
///   the line of least squares through the last half of what is left.
/// - How 0.8 enters, as above; the line starts at the last target.
/// - Of the outcomes up to 0.03 above the target it proposes what is worth most to the other side.
/// - The final phase begins at 0.98 of the time, or in the last round.
#[derive(Debug, Clone)]
pub(super) struct Fawkes {
    guess: Guess,
    /// The best offer in each interval seen so far, and the interval it goes on in.
    best: Vec<f64>,
    at: Option<u32>,
    /// The mean of all outcomes.
    mean: Option<f64>,
    /// The last target and when it was.
    last: (f64, f64),
}

/// What is forecast: a line in time and the spread about it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Forecast {
    /// The height at time 0.
    pub(super) height: f64,
    /// The slope.
    pub(super) slope: f64,
    /// The spread.
    pub(super) spread: f64,
}

/// Drops the details of one level of Haar's transform: gives the means of pairs, and the sum of squares of what was
/// dropped. An odd one at the end is kept as it is.
pub(super) fn coarser(series: &[f64]) -> (Vec<f64>, f64) {
    let mut dropped = 0.0;
    let mean = |pair: &[f64]| {
        let mean = pair.iter().sum::<f64>() / pair.len().max(1) as f64;
        dropped += pair.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
        mean
    };
    let means = series.chunks(2).map(mean).collect();
    (means, dropped)
}

impl Fawkes {
    pub(super) fn new(model: Model) -> Self {
        Fawkes { guess: Guess::new(model), best: Vec::new(), at: None, mean: None, last: (0.0, 1.0) }
    }

    /// The reserve at a time.
    pub(super) fn reserve(time: f64, discount: f64, floor: f64) -> f64 {
        floor + (1.0 - time.powf(1.0 / 0.002)) * (discount.powf(0.2) - floor)
    }

    /// The forecast from the best offers of the intervals so far, the last at the interval `end`. `None` for fewer than
    /// four.
    pub(super) fn forecast(series: &[f64], end: u32) -> Option<Forecast> {
        if series.len() < 4 {
            return None;
        }
        let (once, first) = coarser(series);
        let (twice, second) = coarser(&once);
        // A detail of the second level stands for two places of the series.
        let spread = ((first + 2.0 * second) / series.len() as f64).sqrt();
        let begin = f64::from(end) + 1.0 - series.len() as f64;
        let place = |at: usize| (begin + 4.0 * at as f64 + 2.0) / f64::from(INTERVALS);
        let half = twice.len() / 2;
        let at: Vec<f64> = (half..twice.len()).map(place).collect();
        let (height, slope) = super::gaussian::line(&at, twice.get(half..).unwrap_or_default());
        Some(Forecast { height, slope, spread })
    }

    /// The target at a time, going on from the last one.
    pub(super) fn target(forecast: Forecast, last: (f64, f64), now: f64, discount: f64, floor: f64) -> f64 {
        let at = |time: f64| (forecast.height + forecast.slope * time).clamp(0.0, 1.0);
        for step in 1..=INTERVALS {
            let time = now + (1.0 - now) * f64::from(step) / f64::from(INTERVALS);
            let reached = (at(time) + forecast.spread).min(1.0);
            if reached >= Self::reserve(time, discount, floor) && time < 1.0 {
                let part = if time <= last.0 { 1.0 } else { (now - last.0) / (time - last.0) };
                return last.1 + (reached - last.1) * part.clamp(0.0, 1.0);
            }
        }
        0.8 * Self::reserve(now, discount, floor) + 0.2 * at(1.0)
    }

    /// The mean of all outcomes.
    fn mean(&mut self, own: &Own<'_>) -> f64 {
        *self.mean.get_or_insert_with(|| {
            let seat = own.view.seat();
            let sum = match seat.menu().list() {
                // Evenly along its own order: the mean of a thousand is near enough to that of a million.
                Some(list) => {
                    let step = list.len().div_ceil(1000).max(1);
                    let all: Vec<f64> = list.iter().step_by(step).map(|c| own.share(c.utility)).collect();
                    all.iter().sum::<f64>() / all.len().max(1) as f64
                }
                None => {
                    let issue = |worth: &Vec<i128>| {
                        worth.iter().map(|w| seat.real(*w)).sum::<f64>() / worth.len().max(1) as f64
                    };
                    let middle = seat.real(seat.function.constant) + seat.function.worth.iter().map(issue).sum::<f64>();
                    own.share(seat.whole(middle))
                }
            };
            if sum.is_finite() { sum } else { 0.0 }
        })
    }
}

impl Agent for Fawkes {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a time from 0 to 1")]
    fn hears(&mut self, own: &Own<'_>, news: &[Received]) {
        self.guess.hear(own, news);
        for offer in news {
            let interval = ((offer.time * f64::from(INTERVALS)) as u32).min(INTERVALS - 1);
            match (self.at, self.best.last_mut()) {
                (Some(at), Some(best)) if at == interval => *best = best.max(offer.worth),
                (Some(at), Some(best)) => {
                    // Intervals in which nothing was heard count as the one before them.
                    let before = *best;
                    self.best.extend((at + 1..interval).map(|_| before));
                    self.best.push(offer.worth);
                }
                _ => self.best.push(offer.worth),
            }
            self.at = Some(interval);
        }
    }

    fn next(&mut self, turn: &mut Turn<'_>) -> Choice {
        let (time, discount, floor) = (turn.own.time(), turn.own.discount(), turn.own.floor());
        let forecast = self.at.and_then(|at| Self::forecast(&self.best, at));
        let target = match forecast {
            Some(forecast) => Self::target(forecast, self.last, time, discount, floor),
            None => Self::reserve(time, discount, floor),
        };
        let target = turn.own.aim(target.max(self.mean(&turn.own)));
        self.last = (time, target);
        self.guess.best_between(&turn.own, (target, target + 0.03), LOOKED_AT, turn.stream)
    }

    fn takes(&mut self, turn: &mut Turn<'_>, _: &Outcome, worth: f64, next: &Choice) -> bool {
        if worth < self.mean(&turn.own) {
            return false;
        }
        let last = || turn.heard.received.iter().rev().take(LAST).all(|offer| worth >= offer.worth);
        worth >= turn.own.share(next.utility) || (turn.own.late(LATE) && last())
    }
}

//! Models that ride along: they hear the offers of a session apart from those who negotiate, and are held against what the
//! seat truly wants.
//!
//! The measures are those of Baarslag, Hendrikx, Hindriks and Jonker, *Measuring the performance of online opponent models
//! in automated bilateral negotiation* (2012): how far the order of outcomes agrees (Kendall, Spearman), how far utilities
//! move together (Pearson), how far they are off (root mean square error).
//!
//! ```
//! use detente::game::{Issue, Outcome, Space, Utility};
//! use detente::strategy::model::Model;
//! use detente::strategy::observe::{Observer, accuracy};
//! use detente::talks::{Actor, Event, Move, Seen, What};
//! let space = Space { issues: vec![Issue::named("share", &["all", "half", "none"])] };
//! let truth = Utility { unit: 2, worth: vec![vec![2, 1, 0]], ..Utility::default() };
//! let mut observer = Observer::new(&Model::Frequency(Default::default()), &space, None, 0);
//! let offer = |digit| What::Move(Move::Offer(Outcome::new([digit])));
//! let log = [0, 0, 1].map(|digit| Event { round: 1, by: Actor::Seat(0), what: offer(digit), seen: Seen::All });
//! observer.watch(&log, Some(10));
//! let found = accuracy(&space, observer.model(), &truth, 0);
//! assert!(found.exact && found.spearman > Some(0.9));
//! ```

use super::acceptance::time_of;
use super::model::Model;
use crate::game::{Outcome, Space, Stream, Utility};
use crate::talks::{Event, Seen};
use serde::{Deserialize, Serialize};

/// The most outcomes that are compared one and all; of larger spaces a sample is.
const ALL: u64 = 1 << 14;
/// How many outcomes a sample has.
const SAMPLE: u64 = 10_000;

/// A model of one seat that hears a session.
#[derive(Debug, Clone)]
pub struct Observer {
    of: usize,
    model: Model,
    heard: usize,
}

impl Observer {
    /// A model of the seat at a position. `own`: what the one beside whom it rides wants itself, for models that start from
    /// the opposite.
    #[must_use]
    pub fn new(model: &Model, space: &Space, own: Option<&Utility>, of: usize) -> Self {
        let model = match own {
            Some(own) => model.open_beside(space, own, of),
            None => model.open(space, of),
        };
        Observer { of, model, heard: 0 }
    }

    /// Hears what is new in the log of a session: open offers of the seat, no sealed ones. `rounds`: how long the session
    /// may take.
    pub fn watch(&mut self, log: &[Event], rounds: Option<u32>) {
        for event in log.get(self.heard..).unwrap_or_default() {
            match event.offer() {
                Some((by, outcome)) if by == self.of && event.seen == Seen::All => {
                    self.model.hear(outcome, time_of(rounds, event.round));
                }
                _ => {}
            }
        }
        self.heard = log.len();
    }

    /// The model, with what it has learned so far.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The seat that it is a model of.
    #[must_use]
    pub fn of(&self) -> usize {
        self.of
    }
}

/// How well a model knows a seat.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Accuracy {
    /// Kendall's tau-b of the two orders of outcomes, -1 to 1; `None`, here and below, where one of the two does not tell
    /// outcomes apart.
    pub kendall: Option<f64>,
    /// Spearman's rank correlation, -1 to 1.
    pub spearman: Option<f64>,
    /// Pearson's correlation of the utilities, -1 to 1.
    pub pearson: Option<f64>,
    /// The root of the mean squared difference, with both utilities scaled from 0 for their worst to 1 for their best of the
    /// outcomes compared; one that does not tell outcomes apart counts as 0.
    pub rmse: f64,
    /// How many outcomes were compared.
    pub outcomes: u64,
    /// Whether these were all; else they were drawn.
    pub exact: bool,
}

/// Holds a model against a true utility: over all outcomes where they are 16 384 at most, else over 10 000 drawn by `seed`.
#[must_use]
pub fn accuracy(space: &Space, model: &Model, truth: &Utility, seed: u64) -> Accuracy {
    let all = space.small_count().filter(|count| *count <= ALL);
    let mut guessed = Vec::new();
    let mut real = Vec::new();
    let mut compare = |outcome: &Outcome| {
        guessed.push(model.worth(outcome));
        real.push(truth.real(truth.of(outcome)));
    };
    match all {
        Some(_) => space.outcomes().for_each(|outcome| compare(&outcome)),
        None => {
            let mut stream = Stream::new(seed, 0, Stream::lane("outcomes"));
            let sizes: Vec<u64> = space.sizes().map(|size| size as u64).collect();
            for _ in 0..SAMPLE {
                let digit = |size: &u64| u16::try_from(stream.below(*size)).unwrap_or(0);
                let digits: Vec<u16> = sizes.iter().map(digit).collect();
                compare(&Outcome::new(digits));
            }
        }
    }
    let (guessed, real) = (scaled(&guessed), scaled(&real));
    Accuracy {
        kendall: kendall(&guessed, &real),
        spearman: pearson(&ranks(&guessed), &ranks(&real)),
        pearson: pearson(&guessed, &real),
        rmse: rmse(&guessed, &real),
        outcomes: guessed.len() as u64,
        exact: all.is_some(),
    }
}

/// From 0 for the least to 1 for the greatest; rounded far below what matters, so that equal sums are equal.
fn scaled(numbers: &[f64]) -> Vec<f64> {
    let low = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let high = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let range = high - low;
    let scale = |number: &f64| if range > 1e-12 { ((number - low) / range * 1e9).round() / 1e9 } else { 0.0 };
    numbers.iter().map(scale).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of outcomes compared")]
fn rmse(a: &[f64], b: &[f64]) -> f64 {
    let sum: f64 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
    (sum / a.len().max(1) as f64).sqrt()
}

#[expect(clippy::cast_precision_loss, reason = "counts of outcomes compared")]
fn pearson(a: &[f64], b: &[f64]) -> Option<f64> {
    let count = a.len() as f64;
    let (mean_a, mean_b) = (a.iter().sum::<f64>() / count, b.iter().sum::<f64>() / count);
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        ab += (a - mean_a) * (b - mean_b);
        aa += (a - mean_a) * (a - mean_a);
        bb += (b - mean_b) * (b - mean_b);
    }
    (aa > 0.0 && bb > 0.0).then(|| (ab / (aa * bb).sqrt()).clamp(-1.0, 1.0))
}

/// Ranks from 1 on; those that are equal share the mean of theirs.
#[expect(clippy::cast_precision_loss, reason = "counts of outcomes compared")]
fn ranks(numbers: &[f64]) -> Vec<f64> {
    let mut order: Vec<(f64, usize)> = numbers.iter().copied().zip(0..).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut ranks = vec![0.0; numbers.len()];
    let mut before = 0;
    for run in order.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let rank = before as f64 + (run.len() + 1) as f64 / 2.0;
        for (_, at) in run {
            if let Some(place) = ranks.get_mut(*at) {
                *place = rank;
            }
        }
        before += run.len();
    }
    ranks
}

/// Kendall's tau-b by counting exchanges in a merge sort (Knight, 1966).
#[expect(clippy::cast_precision_loss, reason = "counts of pairs")]
fn kendall(a: &[f64], b: &[f64]) -> Option<f64> {
    let mut pairs: Vec<(f64, f64)> = a.iter().copied().zip(b.iter().copied()).collect();
    pairs.sort_by(|x, y| x.0.total_cmp(&y.0).then(x.1.total_cmp(&y.1)));
    let of = |count: usize| (count as u64) * (count as u64).saturating_sub(1) / 2;
    let whole = of(pairs.len());
    let tied_a: u64 = pairs.chunk_by(|x, y| x.0.total_cmp(&y.0).is_eq()).map(|run| of(run.len())).sum();
    let tied_both: u64 = pairs.chunk_by(|x, y| x == y).map(|run| of(run.len())).sum();
    let mut second: Vec<f64> = pairs.iter().map(|pair| pair.1).collect();
    let mut space = second.clone();
    let exchanges = exchanges(&mut second, &mut space);
    let tied_b: u64 = second.chunk_by(|x, y| x.total_cmp(y).is_eq()).map(|run| of(run.len())).sum();
    let agree = whole as i128 - i128::from(tied_a) - i128::from(tied_b) + i128::from(tied_both);
    let tau = (agree - 2 * i128::from(exchanges)) as f64;
    let (left, right) = ((whole - tied_a) as f64, (whole - tied_b) as f64);
    (left > 0.0 && right > 0.0).then(|| (tau / (left * right).sqrt()).clamp(-1.0, 1.0))
}

/// Sorts, and counts how many pairs stood the wrong way round.
fn exchanges(numbers: &mut [f64], space: &mut [f64]) -> u64 {
    let middle = numbers.len() / 2;
    if middle == 0 {
        return 0;
    }
    let mut count = 0;
    {
        let (Some((left, right)), Some((space_left, space_right))) =
            (numbers.split_at_mut_checked(middle), space.split_at_mut_checked(middle))
        else {
            return 0;
        };
        count += exchanges(left, space_left) + exchanges(right, space_right);
        let (mut i, mut j) = (0, 0);
        for place in space_left.iter_mut().chain(space_right) {
            let (a, b) = (left.get(i), right.get(j));
            let takes_right = match (a, b) {
                (Some(a), Some(b)) => b < a,
                (None, _) => true,
                (_, None) => false,
            };
            if let Some(number) = if takes_right { b } else { a } {
                *place = *number;
            }
            if takes_right {
                count += (left.len() - i) as u64;
                j += 1;
            } else {
                i += 1;
            }
        }
    }
    numbers.copy_from_slice(space);
    count
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]
    use super::*;
    use proptest::prelude::*;

    /// By the definition, over all pairs.
    fn literal_kendall(a: &[f64], b: &[f64]) -> Option<f64> {
        let (mut agree, mut left, mut right) = (0.0, 0.0, 0.0);
        for i in 0..a.len() {
            for j in 0..i {
                let sign = |x: f64| {
                    if x > 0.0 {
                        1.0
                    } else if x < 0.0 {
                        -1.0
                    } else {
                        0.0
                    }
                };
                let (x, y): (f64, f64) = (sign(a[i] - a[j]), sign(b[i] - b[j]));
                agree += x * y;
                left += x * x;
                right += y * y;
            }
        }
        (left > 0.0 && right > 0.0).then(|| agree / f64::sqrt(left * right))
    }

    proptest! {
        #[test]
        fn kendall_is_the_count_over_pairs(pairs in prop::collection::vec((0u8..6, 0u8..6), 0..40)) {
            let a: Vec<f64> = pairs.iter().map(|p| f64::from(p.0)).collect();
            let b: Vec<f64> = pairs.iter().map(|p| f64::from(p.1)).collect();
            match (kendall(&a, &b), literal_kendall(&a, &b)) {
                (Some(fast), Some(slow)) => prop_assert!((fast - slow).abs() < 1e-12, "{fast} {slow}"),
                (fast, slow) => prop_assert_eq!(fast, slow),
            }
        }
    }

    #[test]
    fn ranks_of_equals_are_shared() {
        assert_eq!(ranks(&[3.0, 1.0, 3.0, 2.0]), [3.5, 1.0, 3.5, 2.0]);
        assert_eq!(pearson(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]), Some(1.0));
        assert_eq!(pearson(&[1.0, 2.0], &[5.0, 5.0]), None);
        assert_eq!(kendall(&[], &[]), None);
    }
}

//! Scalable Bayesian learning: hypotheses about each weight and about the shape over each issue's values, learned apart.
//!
//! Hindriks and Tykhonov, *Opponent modelling in automated multi-issue negotiation using Bayesian learning* (AAMAS 2008),
//! with the details of GENIUS's implementation. The weight of an issue is one of 0, 0.1, …, 1, small ones likelier at
//! first; the worth of its values rises along their order, falls, or has a peak between. Each new offer is expected to be
//! worth what the other asks for by then: 1 at first, 0.003 less after each new offer. Hypotheses under which the offer is
//! worth about that, within a quarter, gain probability. Offers heard before teach nothing.
//!
//! Known behaviour: shapes go by the order of the values as the domain gives it, so that an issue whose values stand in no
//! order is learned badly.

use super::Estimate;
use crate::game::{Outcome, Space};
use std::collections::HashSet;

/// Hypotheses about one weight.
const WEIGHTS: usize = 11;
/// How far the worth of an offer may be from what is expected: standard deviation of the relative difference.
const SPREAD: f64 = 0.25;
/// How much less each new offer is expected to be worth.
const STEP: f64 = 0.003;

/// A scalable Bayesian model.
#[derive(Debug, Clone, Default)]
pub struct Bayesian {
    /// Of each issue, how likely each weight is.
    weights: Vec<[f64; WEIGHTS]>,
    /// Of each issue, the shapes: how likely, and what the values are worth.
    shapes: Vec<Vec<(f64, Vec<f64>)>>,
    /// What the next new offer is expected to be worth.
    asks: f64,
    heard: HashSet<Outcome>,
    /// Expected weights, not scaled, and expected worths of values.
    expected: Estimate,
    estimate: Estimate,
}

#[expect(clippy::cast_precision_loss, reason = "small counts")]
fn shapes(size: usize) -> Vec<(f64, Vec<f64>)> {
    let last = size.saturating_sub(1).max(1) as f64;
    let up: Vec<f64> = (0..size).map(|at| at as f64 / last).collect();
    let down: Vec<f64> = up.iter().map(|share| 1.0 - share).collect();
    let peak = |peak: usize| -> Vec<f64> {
        let rise = |at: usize| at as f64 / peak as f64;
        let fall = |at: usize| (size - 1 - at) as f64 / (size - 1 - peak) as f64;
        (0..size).map(|at| if at < peak { rise(at) } else { fall(at) }).collect()
    };
    let all: Vec<Vec<f64>> = [up, down].into_iter().chain((1..size.saturating_sub(1)).map(peak)).collect();
    let likely = 1.0 / all.len() as f64;
    all.into_iter().map(|shape| (likely, shape)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "eleven at most")]
fn weight(hypothesis: usize) -> f64 {
    hypothesis as f64 / (WEIGHTS - 1) as f64
}

/// How likely an offer of this worth is when another is expected, up to a factor.
fn likelihood(worth: f64, expected: f64) -> f64 {
    let off = (expected - worth) / expected.max(1e-9) / SPREAD;
    (-off * off / 2.0).exp()
}

/// Scales to a sum of 1; leaves what has no sum as it is.
fn scale(shares: &mut [f64]) {
    let sum: f64 = shares.iter().sum();
    if sum > 1e-300 && sum.is_finite() {
        shares.iter_mut().for_each(|share| *share /= sum);
    }
}

impl Bayesian {
    /// The model over a space, before any offer.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "eleven at most")]
    pub fn open(space: &Space) -> Self {
        let mut prior: [f64; WEIGHTS] = std::array::from_fn(|at| (1.0 - (at + 1) as f64 / WEIGHTS as f64).powi(3));
        scale(&mut prior);
        let mut model = Bayesian {
            weights: vec![prior; space.issues.len()],
            shapes: space.sizes().map(shapes).collect(),
            asks: 1.0,
            heard: HashSet::new(),
            expected: Estimate::flat(space, 0.0),
            estimate: Estimate::default(),
        };
        model.expect();
        model
    }

    /// Works out the expected weights and worths.
    fn expect(&mut self) {
        for ((likely, shapes), (mean, values)) in
            self.weights.iter().zip(&self.shapes).zip(self.expected.weights.iter_mut().zip(&mut self.expected.values))
        {
            *mean = likely.iter().enumerate().map(|(at, likely)| likely * weight(at)).sum();
            for (at, value) in values.iter_mut().enumerate() {
                *value = shapes.iter().map(|(likely, shape)| likely * shape.get(at).copied().unwrap_or(0.0)).sum();
            }
        }
        self.estimate.clone_from(&self.expected);
        scale(&mut self.estimate.weights);
    }

    /// Hears an offer.
    pub fn hear(&mut self, offer: &Outcome) {
        if !self.heard.insert(offer.clone()) {
            return;
        }
        // The first offer says which values are liked, and nothing of the weights.
        if self.heard.len() > 1 {
            self.learn_weights(offer);
            self.expect();
        }
        self.learn_shapes(offer);
        self.expect();
        self.asks = (self.asks - STEP).max(0.0);
    }

    fn learn_weights(&mut self, offer: &Outcome) {
        let whole = self.expected.of(offer);
        let means = self.expected.weights.iter().zip(&self.expected.values);
        for ((likely, (mean, values)), digit) in self.weights.iter_mut().zip(means).zip(offer.digits()) {
            let value = values.get(usize::from(*digit)).copied().unwrap_or(0.0);
            let others = whole - mean * value;
            for (at, likely) in likely.iter_mut().enumerate() {
                *likely *= likelihood(others + weight(at) * value, self.asks);
            }
            scale(likely);
        }
    }

    fn learn_shapes(&mut self, offer: &Outcome) {
        let whole = self.expected.of(offer);
        let means = self.expected.weights.iter().zip(&self.expected.values);
        for ((shapes, (mean, values)), digit) in self.shapes.iter_mut().zip(means).zip(offer.digits()) {
            let digit = usize::from(*digit);
            let others = whole - mean * values.get(digit).copied().unwrap_or(0.0);
            let mut likely: Vec<f64> = shapes
                .iter()
                .map(|(likely, shape)| {
                    likely * likelihood(others + mean * shape.get(digit).copied().unwrap_or(0.0), self.asks)
                })
                .collect();
            scale(&mut likely);
            for ((old, _), new) in shapes.iter_mut().zip(likely) {
                *old = new;
            }
        }
    }

    /// What it has learned.
    #[must_use]
    pub fn estimate(&self) -> &Estimate {
        &self.estimate
    }
}

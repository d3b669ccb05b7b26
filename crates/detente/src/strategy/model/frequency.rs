//! The frequency model of HardHeaded: what it keeps is important to it, what it asks for often it likes.
//!
//! Van Krimpen, Looije and Hajizadeh, *HardHeaded*, in *Complex Automated Negotiations* (2013), the winner of the
//! competition of 2011. All issues start with the same weight and all values with a count of 1. With each offer after the
//! first, issues with the value they had in the offer before gain weight, the others lose it; each value asked for gains a
//! count. A value is worth its count over the greatest count of its issue.

use super::Estimate;
use crate::game::{Outcome, Space};

/// How much weight is shared out per offer.
const LEARN: f64 = 0.2;

/// HardHeaded's frequency model.
#[derive(Debug, Clone, Default)]
pub struct Frequency {
    /// As published: where a weight has stopped growing, they add up to less than 1.
    weights: Vec<f64>,
    estimate: Estimate,
    counts: Vec<Vec<f64>>,
    last: Option<Outcome>,
}

impl Frequency {
    /// The model over a space, before any offer.
    #[must_use]
    pub fn open(space: &Space) -> Self {
        let estimate = Estimate::flat(space, 1.0);
        Frequency { weights: estimate.weights.clone(), counts: estimate.values.clone(), estimate, last: None }
    }

    /// Hears an offer.
    #[expect(clippy::cast_precision_loss, reason = "spaces have fewer issues than that")]
    pub fn hear(&mut self, offer: &Outcome) {
        if let Some(last) = &self.last {
            let kept: Vec<bool> = last.digits().iter().zip(offer.digits()).map(|(a, b)| a == b).collect();
            let count = self.weights.len().max(1) as f64;
            let gain = LEARN / count;
            let sum = 1.0 + gain * kept.iter().filter(|kept| **kept).count() as f64;
            // Above this, a weight no longer grows.
            let most = 1.0 - count * gain / sum;
            for (weight, kept) in self.weights.iter_mut().zip(&kept) {
                *weight = if *kept && *weight < most { (*weight + gain) / sum } else { *weight / sum };
            }
            let sum: f64 = self.weights.iter().sum();
            for (share, weight) in self.estimate.weights.iter_mut().zip(&self.weights) {
                *share = weight / sum;
            }
        }
        for ((counts, values), digit) in self.counts.iter_mut().zip(&mut self.estimate.values).zip(offer.digits()) {
            if let Some(count) = counts.get_mut(usize::from(*digit)) {
                *count += 1.0;
            }
            let most = counts.iter().copied().fold(1.0, f64::max);
            for (value, count) in values.iter_mut().zip(counts) {
                *value = *count / most;
            }
        }
        self.last = Some(offer.clone());
    }

    /// What it has learned, with weights that add up to 1.
    #[must_use]
    pub fn estimate(&self) -> &Estimate {
        &self.estimate
    }
}

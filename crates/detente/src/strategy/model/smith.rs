//! The frequency model of AgentSmith: how often each value was asked for.
//!
//! Van Galen Last, *Agent Smith: opponent model estimation in bilateral multi-issue negotiation*, in *New Trends in
//! Agent-Based Complex Automated Negotiations* (2012). A value is worth the share of offers that ask for it; an issue weighs
//! as much as its most frequent value has of them, next to the other issues.

use super::Estimate;
use crate::game::{Outcome, Space};

/// AgentSmith's frequency model.
#[derive(Debug, Clone, Default)]
pub struct Smith {
    estimate: Estimate,
    counts: Vec<Vec<f64>>,
    heard: f64,
}

impl Smith {
    /// The model over a space, before any offer.
    #[must_use]
    pub fn open(space: &Space) -> Self {
        let estimate = Estimate::flat(space, 0.0);
        Smith { counts: estimate.values.clone(), estimate, heard: 0.0 }
    }

    /// Hears an offer.
    pub fn hear(&mut self, offer: &Outcome) {
        self.heard += 1.0;
        let Estimate { weights, values } = &mut self.estimate;
        for (((counts, values), weight), digit) in
            self.counts.iter_mut().zip(values).zip(weights.iter_mut()).zip(offer.digits())
        {
            if let Some(count) = counts.get_mut(usize::from(*digit)) {
                *count += 1.0;
            }
            for (value, count) in values.iter_mut().zip(counts) {
                *value = *count / self.heard;
            }
            *weight = values_max(values);
        }
        let sum: f64 = weights.iter().sum();
        if sum > 0.0 {
            weights.iter_mut().for_each(|weight| *weight /= sum);
        }
    }

    /// What it has learned.
    #[must_use]
    pub fn estimate(&self) -> &Estimate {
        &self.estimate
    }
}

fn values_max(values: &[f64]) -> f64 {
    values.iter().copied().fold(0.0, f64::max)
}

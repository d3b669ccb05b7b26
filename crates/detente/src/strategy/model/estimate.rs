//! An estimated additive utility.

use crate::game::{Outcome, Space, Utility};

/// An additive utility in real numbers: a weight for every issue and a share from 0 to 1 for every value of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Estimate {
    /// The weights of the issues; their sum is 1 unless there are no issues.
    pub weights: Vec<f64>,
    /// What each value of each issue is worth within its issue.
    pub values: Vec<Vec<f64>>,
}

impl Estimate {
    /// All issues weigh the same and all values are worth the same.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "spaces have fewer issues than that")]
    pub fn flat(space: &Space, worth: f64) -> Self {
        let weight = 1.0 / space.issues.len().max(1) as f64;
        Estimate {
            weights: vec![weight; space.issues.len()],
            values: space.sizes().map(|size| vec![worth; size]).collect(),
        }
    }

    /// The utility of an outcome.
    #[must_use]
    pub fn of(&self, outcome: &Outcome) -> f64 {
        let value = |((weight, values), digit): ((&f64, &Vec<f64>), &u16)| {
            weight * values.get(usize::from(*digit)).copied().unwrap_or(0.0)
        };
        self.weights.iter().zip(&self.values).zip(outcome.digits()).map(value).sum()
    }

    /// The additive part of a utility, moved and scaled so that the worst outcome is worth 0 and the best 1; `None` when it
    /// is not a sum over single issues, or all outcomes are worth the same.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "an estimate in real numbers")]
    pub fn exact(utility: &Utility) -> Option<Self> {
        if !utility.is_additive() || utility.cap.is_some() {
            return None;
        }
        let ends = |worth: &Vec<i128>| Some((*worth.iter().min()?, *worth.iter().max()?));
        let ends: Vec<(i128, i128)> = utility.worth.iter().map(ends).collect::<Option<_>>()?;
        let whole: f64 = ends.iter().map(|(low, high)| (high - low) as f64).sum();
        if whole <= 0.0 {
            return None;
        }
        let share = |(worth, (low, high)): (&Vec<i128>, &(i128, i128))| {
            let range = ((high - low) as f64).max(1.0);
            worth.iter().map(|w| (w - low) as f64 / range).collect()
        };
        Some(Estimate {
            weights: ends.iter().map(|(low, high)| (high - low) as f64 / whole).collect(),
            values: utility.worth.iter().zip(&ends).map(share).collect(),
        })
    }

    /// The opposite: what was worth most is worth least, with the same weights.
    #[must_use]
    pub fn opposite(mut self) -> Self {
        self.values.iter_mut().flatten().for_each(|value| *value = 1.0 - *value);
        self
    }
}

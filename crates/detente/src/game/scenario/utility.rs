//! A utility function in exact whole numbers.

use crate::game::{Formula, Outcome};

/// A utility function: a sum over issues, parts over several issues, and a cap, in whole numbers of `1 / unit`.
///
/// Whole numbers make comparisons exact. `slack` says how far a utility may be from what was meant, where
/// exact numbers did not fit or a real range was cut into points; it is 0 nearly always.
#[derive(Debug, Clone, PartialEq)]
pub struct Utility {
    /// What a utility of 1 is in whole numbers. At least 1.
    pub unit: i128,
    /// What every outcome counts.
    pub constant: i128,
    /// What each value of each issue counts: issue, then digit.
    pub worth: Vec<Vec<i128>>,
    /// What combinations of values count.
    pub parts: Vec<Part>,
    /// No outcome counts more than this (GENIUS cuts the sum at 1).
    pub cap: Option<i128>,
    /// An outcome for which one of these does not hold counts 0 (GENIUS's constraint profiles).
    pub zero_unless: Vec<Formula>,
    /// How far a utility may be off, in whole numbers: rounding, and points standing for a real range.
    pub slack: i128,
}

/// What a combination of values of several issues counts.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// This much when the condition holds (a hyper-rectangle, a rule of thumb).
    When(Formula, i128),
    /// A table over a few issues: `worth[((d0 * n1) + d1) * n2 + d2 …]`, digits in the order of `issues`.
    Table {
        /// The issues, each once.
        issues: Vec<usize>,
        /// The number of values of each of them.
        sizes: Vec<usize>,
        /// One entry per combination, the last issue fastest.
        worth: Vec<i128>,
    },
}

impl Default for Utility {
    fn default() -> Self {
        Utility {
            unit: 1,
            constant: 0,
            worth: Vec::new(),
            parts: Vec::new(),
            cap: None,
            zero_unless: Vec::new(),
            slack: 0,
        }
    }
}

impl Part {
    /// What it counts for an outcome.
    #[must_use]
    pub fn of(&self, outcome: &Outcome) -> i128 {
        match self {
            Part::When(formula, worth) if formula.holds(outcome) => *worth,
            Part::When(..) => 0,
            Part::Table { issues, sizes, worth } => {
                let at = issues.iter().zip(sizes).fold(0usize, |at, (issue, size)| {
                    at.saturating_mul(*size).saturating_add(usize::from(outcome.digit(*issue)))
                });
                worth.get(at).copied().unwrap_or(0)
            }
        }
    }

    /// The issues it speaks of, sorted, each once.
    #[must_use]
    pub fn scope(&self) -> Vec<usize> {
        match self {
            Part::When(formula, _) => formula.scope(),
            Part::Table { issues, .. } => {
                let mut issues = issues.clone();
                issues.sort_unstable();
                issues.dedup();
                issues
            }
        }
    }

    /// The least and the most it can count.
    #[must_use]
    pub fn range(&self) -> (i128, i128) {
        match self {
            Part::When(_, worth) => ((*worth).min(0), (*worth).max(0)),
            Part::Table { worth, .. } => {
                (worth.iter().copied().min().unwrap_or(0), worth.iter().copied().max().unwrap_or(0))
            }
        }
    }
}

impl Utility {
    /// The utility of an outcome, in whole numbers of `1 / unit`. Digits outside the space count nothing.
    #[must_use]
    pub fn of(&self, outcome: &Outcome) -> i128 {
        if !self.zero_unless.iter().all(|f| f.holds(outcome)) {
            return 0;
        }
        let additive =
            self.worth.iter().zip(outcome.digits()).map(|(v, d)| v.get(usize::from(*d)).copied().unwrap_or(0));
        self.capped(self.constant + additive.sum::<i128>() + self.parts.iter().map(|p| p.of(outcome)).sum::<i128>())
    }

    /// A sum, cut at the cap.
    #[must_use]
    pub fn capped(&self, sum: i128) -> i128 {
        self.cap.map_or(sum, |cap| sum.min(cap))
    }

    /// Whether it is a sum over single issues, up to the cap.
    #[must_use]
    pub fn is_additive(&self) -> bool {
        self.parts.is_empty() && self.zero_unless.is_empty()
    }

    /// A utility in whole numbers as a real number.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "for showing, not for comparing")]
    pub fn real(&self, whole: i128) -> f64 {
        let unit = self.unit.max(1);
        // In machine words where they fit, as they nearly always do: the same steps, many times quicker.
        if let (Ok(whole), Ok(unit)) = (i64::try_from(whole), i64::try_from(unit)) {
            if (-unit..unit).contains(&whole) {
                return whole as f64 / unit as f64;
            }
            return whole.div_euclid(unit) as f64 + whole.rem_euclid(unit) as f64 / unit as f64;
        }
        // The whole part and the rest apart, so that large units lose nothing that a float can hold.
        let (full, rest) = (whole.div_euclid(unit), whole.rem_euclid(unit));
        if full == 0 || full == -1 { whole as f64 / unit as f64 } else { full as f64 + rest as f64 / unit as f64 }
    }

    /// The sum before the cap lies between these, whatever the outcome: issue by issue and part by part.
    #[must_use]
    pub fn range(&self) -> (i128, i128) {
        let ends = |v: &Vec<i128>| (v.iter().copied().min().unwrap_or(0), v.iter().copied().max().unwrap_or(0));
        let all = self.worth.iter().map(ends).chain(self.parts.iter().map(Part::range));
        all.fold((self.constant, self.constant), |(low, high), (l, h)| (low.saturating_add(l), high.saturating_add(h)))
    }
}

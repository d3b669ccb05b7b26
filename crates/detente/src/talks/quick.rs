//! Utilities that are sums over single issues in machine words.

use crate::game::{Outcome, Space, Utility};

/// The worth of every value, one issue after the other.
#[derive(Debug)]
pub(super) struct Quick {
    constant: i64,
    values: Box<[i64]>,
    /// Where each issue begins, and how many values it has.
    issues: Box<[(u32, u32)]>,
}

impl Quick {
    /// `None` where utilities are more than such a sum, or huge.
    pub(super) fn of(utility: &Utility) -> Option<Self> {
        if !utility.is_additive() || utility.cap.is_some() {
            return None;
        }
        // Sums of a thousand issues stay far from the ends of a machine word.
        let small = |worth: i128| i64::try_from(worth).ok().filter(|w| w.unsigned_abs() < 1 << 50);
        // Room for all from the start: seats are made by the million, and growing takes as long as all the rest.
        let mut values = Vec::with_capacity(utility.worth.iter().map(Vec::len).sum());
        let mut issues = Vec::with_capacity(utility.worth.len());
        for worth in &utility.worth {
            issues.push((u32::try_from(values.len()).ok()?, u32::try_from(worth.len()).ok()?));
            for worth in worth {
                values.push(small(*worth)?);
            }
        }
        let constant = small(utility.constant)?;
        (issues.len() <= 1000).then(|| Quick { constant, values: values.into(), issues: issues.into() })
    }

    /// Whether every value of every issue of a space has its worth here, and no more.
    pub(super) fn covers(&self, space: &Space) -> bool {
        self.issues.iter().map(|(_, len)| *len as usize).eq(space.sizes())
    }

    /// What is counted whatever is agreed.
    pub(super) fn constant(&self) -> i64 {
        self.constant
    }

    /// The worth of the values, issue by issue.
    pub(super) fn issues(&self) -> impl DoubleEndedIterator<Item = &[i64]> {
        self.issues
            .iter()
            .map(|(start, len)| self.values.get(*start as usize..(start + len) as usize).unwrap_or_default())
    }

    /// The utility of an outcome; a value that is not there is worth nothing.
    pub(super) fn of_outcome(&self, outcome: &Outcome) -> i64 {
        let value = |((start, len), digit): (&(u32, u32), &u16)| {
            let digit = u32::from(*digit);
            if digit < *len { self.values.get((start + digit) as usize).copied().unwrap_or(0) } else { 0 }
        };
        self.constant + self.issues.iter().zip(outcome.digits()).map(value).sum::<i64>()
    }
}

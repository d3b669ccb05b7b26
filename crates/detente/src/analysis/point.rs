//! Outcomes with their utilities.

use crate::game::Outcome;

/// An outcome with its utility to each party.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Point {
    /// In the order of the parties, each in the units of that party's [`crate::game::Utility`].
    pub utilities: Vec<i128>,
    /// The outcome.
    pub outcome: Outcome,
}

/// The Pareto frontier: the outcomes than which no other is as good for everybody and better for somebody.
///
/// One outcome stands for all with the same utilities. Points are in decreasing order of the utilities of the
/// first party, then of the second, and so on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    /// The points.
    pub points: Vec<Point>,
}

impl Frontier {
    /// Sorts points into the order of a frontier, and keeps of those with equal utilities the least outcome.
    #[must_use]
    pub fn of(mut points: Vec<Point>) -> Self {
        points.sort_unstable_by(|a, b| b.utilities.cmp(&a.utilities).then_with(|| a.outcome.cmp(&b.outcome)));
        points.dedup_by(|later, first| later.utilities == first.utilities);
        Frontier { points }
    }

    /// The utilities alone, in order.
    #[must_use]
    pub fn utilities(&self) -> Vec<Vec<i128>> {
        self.points.iter().map(|p| p.utilities.clone()).collect()
    }
}

//! Outcomes with their utilities.

use crate::game::{Outcome, Scenario};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

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

/// A point in names and real numbers, as it is shown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Package {
    /// Utility of each party, in the order of the parties and on the scale of its file.
    pub utilities: Vec<f64>,
    /// The value of every issue, by id.
    pub outcome: IndexMap<String, String>,
}

impl Package {
    /// A point of a scenario in names.
    #[must_use]
    pub fn of(scenario: &Scenario, point: &Point) -> Self {
        let utilities = scenario.parties.iter().zip(&point.utilities).map(|(p, u)| p.utility.real(*u)).collect();
        Package { utilities, outcome: scenario.space.named(&point.outcome) }
    }
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

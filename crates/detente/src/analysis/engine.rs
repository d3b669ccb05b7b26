//! Which engine finds the frontier.

use super::{Finding, Frontier, Limits, branch, linked};
use crate::game::Scenario;

/// The Pareto frontier of a scenario, exact where that can be had within the limits.
///
/// ```
/// use detente::analysis::{Limits, frontier};
/// use detente::game::{Draft, Issue, Scenario, Space, decimal};
/// let space = Space { issues: vec![Issue::named("price", &["low", "high"])] };
/// let mut buyer = Draft::over(&space);
/// buyer.worth[0][0] = decimal("1").unwrap();
/// let mut seller = Draft::over(&space);
/// seller.worth[0][1] = decimal("1").unwrap();
/// let sale = Scenario::new("a sale", space, vec![buyer.settle("buyer"), seller.settle("seller")]);
/// assert_eq!(frontier(&sale, Limits::default()).answer.points.len(), 2);
/// ```
#[must_use]
pub fn frontier(scenario: &Scenario, limits: Limits) -> Finding<Frontier> {
    linked::frontier(scenario, limits).unwrap_or_else(|| branch::frontier(scenario, limits))
}

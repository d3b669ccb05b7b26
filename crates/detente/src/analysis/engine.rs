//! The engine for a frontier, chosen by the structure of the scenario.

use super::{Finding, Frontier, Limits, additive, branch, enumerate, linked};
use crate::game::Scenario;

/// Spaces of this many outcomes are looked through at once, whatever ties their issues.
const FEW: u64 = 100_000;

/// The Pareto frontier of a scenario, exact where that can be had within the limits; what was proven is said.
///
/// Sums over single issues are merged issue by issue at any size. Otherwise small spaces are gone through; rules
/// and parts over few issues are solved along a tree decomposition; then spaces within `limits.steps` are gone
/// through; and what is left is searched by branch and bound.
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
    let few = Limits { steps: limits.steps.min(FEW), ..limits };
    additive::frontier(scenario, limits)
        .or_else(|| enumerate::frontier(scenario, few))
        .or_else(|| linked::frontier(scenario, limits))
        .or_else(|| enumerate::frontier(scenario, limits))
        .unwrap_or_else(|| branch::frontier(scenario, limits))
}

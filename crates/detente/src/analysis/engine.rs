//! The engine for a frontier, chosen by the structure of the scenario.

use super::additive::{self, Counts};
use super::{Exactness, Finding, Frontier, Limits, branch, enumerate, linked};
use crate::game::Scenario;

/// Spaces of this many outcomes are looked through at once, whatever ties their issues.
const FEW: u64 = 100_000;
/// Spaces of this many outcomes are looked through before any branch and bound.
const MANY: u64 = 20_000_000;
/// Entries of tables up to which they are always tried first.
const SMALL_TABLES: u64 = 1 << 16;

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
    counted(scenario, limits).0
}

/// The frontier, with a way to count the outcomes of its points where the structure gives one.
pub(super) fn counted(scenario: &Scenario, limits: Limits) -> (Finding<Frontier>, Option<Counts>) {
    match additive::counted(scenario, limits) {
        Some((finding, counts)) => (finding, Some(counts)),
        None => (tied(scenario, limits), None),
    }
}

/// The frontier where issues are tied to each other.
fn tied(scenario: &Scenario, limits: Limits) -> Finding<Frontier> {
    let up_to = |outcomes: u64| Limits { steps: limits.steps.min(outcomes), ..limits };
    // Of two parties, branch and bound knows more bounds than larger tables are worth.
    let small = if scenario.parties.len() <= 2 { SMALL_TABLES } else { linked::MOST_CELLS };
    let sure = enumerate::frontier(scenario, up_to(FEW))
        .or_else(|| linked::in_tables(scenario, limits, small))
        .or_else(|| enumerate::frontier(scenario, up_to(MANY)));
    if let Some(found) = sure {
        return found;
    }
    let searched = branch::frontier(scenario, limits);
    if !matches!(searched.made.exactness, Exactness::Within(_) | Exactness::CutOff { .. }) {
        return searched;
    }
    enumerate::frontier(scenario, limits).or_else(|| linked::frontier(scenario, limits)).unwrap_or(searched)
}

/// The frontier within a distance of the exact one: every outcome has a point in which nobody has less by more than
/// `epsilon`, in utility. Fewer points, sooner; how far it is in the end is said, as limits may make it more.
///
/// Only sums over single issues are thinned; any other scenario gets its whole frontier.
///
/// ```
/// use detente::analysis::{Limits, frontier_within};
/// use detente::game::{Draft, Issue, Scenario, Space, decimal};
/// let space = Space { issues: ["price", "date"].map(|id| Issue::named(id, &["low", "middle", "high"])).to_vec() };
/// let (mut a, mut b) = (Draft::over(&space), Draft::over(&space));
/// for issue in 0..2 {
///     a.worth[issue] = ["0.5", "0.3", "0"].map(|x| decimal(x).unwrap()).to_vec();
///     b.worth[issue] = ["0", "0.2", "0.5"].map(|x| decimal(x).unwrap()).to_vec();
/// }
/// let sale = Scenario::new("a sale", space, vec![a.settle("a"), b.settle("b")]);
/// assert!(frontier_within(&sale, 1.0, Limits::default()).answer.points.len() < 6);
/// ```
#[must_use]
pub fn frontier_within(scenario: &Scenario, epsilon: f64, limits: Limits) -> Finding<Frontier> {
    additive::within(scenario, epsilon, limits).unwrap_or_else(|| frontier(scenario, limits))
}

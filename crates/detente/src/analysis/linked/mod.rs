//! Exact frontiers where terms tie few issues together: linkages, tables, conditions, hyper-rectangles.
//!
//! `problem` is the scenario as terms over issues, `reduce` makes it smaller, `order` says in which order issues
//! are taken out and what that costs, `eliminate` does it, `decode` finds the outcomes.

pub(crate) mod decode;
pub(crate) mod eliminate;
pub(crate) mod order;
pub(crate) mod problem;
pub(crate) mod prune;
mod reduce;
#[cfg(test)]
pub(crate) mod tests;

use super::number::Whole;
use super::{Exactness, Finding, Frontier, Limits, Made, Point};
use crate::game::{Outcome, Scenario};
use decode::Found;
use eliminate::{Elimination, Stopped};
use order::Order;
use problem::Problem;

/// Entries that the tables of all issues may have together.
pub(crate) const MOST_CELLS: u64 = 1 << 24;
/// More parties than this whose utility can become 0 are too many combinations.
pub(crate) const MOST_ZEROED: usize = 6;
/// The most parties the engines are made for.
pub(crate) const MOST_PARTIES: usize = 32;

/// Calls a function that is generic in the type of numbers and in the number of parties, rounded up to one
/// of a few: parties that are missing have the utility 0 everywhere.
macro_rules! for_parties {
    ($scenario:expr, $function:ident, $($argument:expr),*) => {{
        let narrow = $crate::analysis::linked::narrow($scenario);
        match ($scenario.parties.len(), narrow) {
            (0..=2, true) => $function::<i64, 2>($($argument),*),
            (3, true) => $function::<i64, 3>($($argument),*),
            (4, true) => $function::<i64, 4>($($argument),*),
            (5..=8, true) => $function::<i64, 8>($($argument),*),
            (_, true) => $function::<i64, 32>($($argument),*),
            (0..=2, false) => $function::<i128, 2>($($argument),*),
            (3..=4, false) => $function::<i128, 4>($($argument),*),
            (_, false) => $function::<i128, 32>($($argument),*),
        }
    }};
}
pub(crate) use for_parties;

/// The exact frontier by elimination, or `None` when the tables or the frontiers would be too large: then
/// [`super::branch::frontier`] is the one to ask.
pub(crate) fn frontier(scenario: &Scenario, limits: Limits) -> Option<Finding<Frontier>> {
    in_tables(scenario, limits, MOST_CELLS)
}

/// The same with tables of `cells` entries at the most, all together.
pub(crate) fn in_tables(scenario: &Scenario, limits: Limits, cells: u64) -> Option<Finding<Frontier>> {
    if scenario.parties.len() > MOST_PARTIES || magnitude(scenario) > LARGEST {
        return None;
    }
    for_parties!(scenario, solve, scenario, limits, cells)
}

/// Numbers beyond this are refused: sums of them would not be exact.
pub(crate) const LARGEST: u128 = 1 << 124;

/// An upper bound of every sum of a party's numbers, in absolute value.
pub(crate) fn magnitude(scenario: &Scenario) -> u128 {
    let of = |p: &crate::game::Profile| {
        let u = &p.utility;
        let largest = |v: &Vec<i128>| v.iter().map(|w| w.unsigned_abs()).max().unwrap_or(0);
        let parts = u.parts.iter().map(|part| {
            let (low, high) = part.range();
            low.unsigned_abs().max(high.unsigned_abs())
        });
        let single = [u.constant.unsigned_abs(), u.cap.map_or(0, i128::unsigned_abs)];
        // A condition may be counted as its opposite, so terms count twice.
        u.worth
            .iter()
            .map(largest)
            .chain(parts)
            .chain(single)
            .fold(0u128, |sum, n| sum.saturating_add(n))
            .saturating_mul(2)
    };
    scenario.parties.iter().map(of).max().unwrap_or(0)
}

/// Whether 64 bits are enough for every sum on the way.
pub(crate) fn narrow(scenario: &Scenario) -> bool {
    magnitude(scenario) < 1 << 60
}

fn solve<T: Whole, const N: usize>(scenario: &Scenario, limits: Limits, cells: u64) -> Option<Finding<Frontier>> {
    let mut problem = Problem::<T, N>::of(scenario);
    problem.reduce();
    if problem.is_empty() {
        let method = "the rules leave no outcome".to_string();
        return Some(finding(scenario, Vec::<Found<T, N>>::new(), method, limits));
    }
    let order = affordable(&problem, limits).filter(|order| order.cells <= cells)?;
    let (found, _) = eliminated(&problem, &order, limits).ok()?;
    let method = format!("{}; {}", reduced(scenario, &problem), described(&order));
    Some(finding(scenario, found, method, limits))
}

/// An order of elimination whose tables stay within limits.
pub(crate) fn affordable<T: Whole, const N: usize>(problem: &Problem<T, N>, limits: Limits) -> Option<Order> {
    if !problem.wide.is_empty() || problem.zeroed.len() > MOST_ZEROED {
        return None;
    }
    // A few steps for every entry at the least.
    order::order(problem, MOST_CELLS.min(limits.steps / 4) >> problem.zeroed.len())
}

/// The frontier of a problem by an order, and the steps it took.
pub(crate) fn eliminated<T: Whole, const N: usize>(
    problem: &Problem<T, N>,
    order: &Order,
    limits: Limits,
) -> Result<(Vec<Found<T, N>>, u64), Stopped> {
    let elimination = Elimination::run(problem, order, limits)?;
    Ok((elimination.found(), elimination.steps))
}

/// What reducing did, in words.
pub(crate) fn reduced<T: Whole, const N: usize>(scenario: &Scenario, problem: &Problem<T, N>) -> String {
    let before: usize = scenario.space.sizes().sum();
    let after: usize = problem.values.iter().map(Vec::len).sum();
    let open = problem.values.iter().filter(|v| v.len() > 1).count();
    let terms = problem.regions.len() + problem.tables.len() + problem.wide.len();
    format!(
        "values that another of the same issue makes needless were left out ({after} of {before} stay), which leaves \
         {open} issues to decide with {terms} terms over several"
    )
}

fn described(order: &Order) -> String {
    format!(
        "issues were taken out one by one, each tied to at most {} others then, with the efficient sums for \
         each of {} combinations",
        order.width, order.cells
    )
}

/// The finding of an engine that has proven its frontier.
pub(crate) fn finding<T: Whole, const N: usize>(
    scenario: &Scenario,
    found: Vec<Found<T, N>>,
    method: String,
    limits: Limits,
) -> Finding<Frontier> {
    let exactness = match slack(scenario) {
        0.0 => Exactness::Exact,
        slack => Exactness::Within(slack),
    };
    let limits = vec![format!("{} points", limits.points), format!("{} steps", limits.steps)];
    Finding { answer: points(scenario, found), made: Made { method, exactness, limits, seed: None } }
}

/// How far a point that looks efficient may be from the frontier because utilities were rounded.
pub(crate) fn slack(scenario: &Scenario) -> f64 {
    // A point may count too much, and the one that beats it too little.
    scenario.parties.iter().map(|p| 2.0 * p.utility.real(p.utility.slack)).fold(0.0, f64::max)
}

fn points<T: Whole, const N: usize>(scenario: &Scenario, found: Vec<Found<T, N>>) -> Frontier {
    let parties = scenario.parties.len();
    let point = |found: Found<T, N>| Point {
        utilities: found.utilities.iter().take(parties).map(|u| u.wide()).collect(),
        outcome: Outcome::new(found.digits),
    };
    Frontier::of(found.into_iter().map(point).collect())
}

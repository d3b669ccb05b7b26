//! The frontier of additive scenarios, at any size and for up to 64 parties.
//!
//! A dominated value is dominated in every completion, and a dominated sum over some issues as well. So
//! frontiers are merged issue by issue ([`stages`]), and the work is polynomial in the number of points that
//! come out, not in the number of outcomes. How one issue is merged depends on the number of parties that want
//! different things: two ([`two`]), three ([`sweep`]) or more ([`tree`]).
//!
//! Where there are more points than the limits allow, points are left out at a known loss ([`thin`]).

mod count;
mod many;
mod reading;
mod row;
mod stages;
mod sweep;
mod thin;
mod tree;
mod two;

pub(crate) use stages::Stages;

use super::number::Whole;
use super::{Exactness, Finding, Frontier, Limits, Made, Point};
use crate::game::Scenario;
use num_bigint::BigUint;
use reading::Reading;
use row::{Budget, Row};
use stages::Loss;

/// Runs a generic function with the least number of columns that is enough, in 64 or 128 bits.
macro_rules! with_columns {
    ($columns:expr, $wide:expr, $run:ident($($argument:expr),*)) => {
        with_columns!(@ $columns, $wide, $run($($argument),*), [1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 32, 64])
    };
    (@ $columns:expr, $wide:expr, $run:ident $arguments:tt, [$($n:literal),*]) => {
        match ($columns, $wide) {
            $((columns, false) if columns <= $n => with_columns!(@run $run, i64, $n, $arguments),)*
            $((columns, true) if columns <= $n => with_columns!(@run $run, i128, $n, $arguments),)*
            _ => None,
        }
    };
    (@run $run:ident, $whole:ty, $n:literal, ($($argument:expr),*)) => { $run::<$whole, $n>($($argument),*) };
}

/// The Pareto frontier of an additive scenario. `None` when it is not additive, has more than 64 parties that
/// want different things, or numbers of more than 124 bits.
///
/// Exact unless that takes more points or steps than the limits allow; then no party loses more than the
/// distance said, in utility: for each outcome there is a point in which everybody has at most that much less.
pub(crate) fn frontier(scenario: &Scenario, limits: Limits) -> Option<Finding<Frontier>> {
    let reading = Reading::of(scenario)?;
    with_columns!(reading.columns.len(), !reading.fits_in_64_bits(), find(scenario, &reading, limits, Loss::None))
}

/// The same within a given distance (utility, 0 to 1): fewer points, sooner. Limits may make it more; the
/// finding says how much it is.
pub(crate) fn within(scenario: &Scenario, epsilon: f64, limits: Limits) -> Option<Finding<Frontier>> {
    let reading = Reading::of(scenario)?;
    let loss = if epsilon > 0.0 { Loss::UpTo(epsilon) } else { Loss::None };
    with_columns!(reading.columns.len(), !reading.fits_in_64_bits(), find(scenario, &reading, limits, loss))
}

/// How many outcomes have exactly the utilities of each point of the frontier. Their sum is the number of
/// efficient outcomes.
///
/// `None` when a cap cuts some outcome, when a point is not efficient, or when the exact frontier is beyond the
/// default limits.
pub(crate) fn multiplicities(scenario: &Scenario, frontier: &Frontier) -> Option<Vec<BigUint>> {
    let reading = Reading::of(scenario)?;
    if reading.is_capped(scenario) {
        return None;
    }
    with_columns!(reading.columns.len(), !reading.fits_in_64_bits(), multiplicities_in(&reading, frontier))
}

fn multiplicities_in<T: Whole, const N: usize>(reading: &Reading, frontier: &Frontier) -> Option<Vec<BigUint>> {
    if !reading.has_outcomes() {
        return frontier.points.is_empty().then(Vec::new);
    }
    let stages = Stages::<T, N>::of(reading, Limits::default(), Loss::None)?;
    let counts = count::count(&stages)?;
    let of = |point: &Point| {
        let mut sums = [T::default(); N];
        sums.iter_mut().zip(reading.sums(&point.utilities)?).for_each(|(sum, x)| *sum = T::from_wide(x));
        let at = stages.points().binary_search_by(|other| sums.cmp(other)).ok()?;
        counts.get(at).cloned()
    };
    frontier.points.iter().map(of).collect()
}

fn find<T: Whole, const N: usize>(
    scenario: &Scenario,
    reading: &Reading,
    limits: Limits,
    loss: Loss,
) -> Option<Finding<Frontier>> {
    if !reading.has_outcomes() {
        let made = made(scenario, limits, "no outcome keeps the rules".to_string(), 0.0);
        return Some(Finding { answer: Frontier::default(), made });
    }
    let Some(stages) = Stages::<T, N>::of(reading, limits, loss) else {
        let mut made = made(scenario, limits, method::<N>(reading), 0.0);
        made.exactness = Exactness::CutOff { limit: format!("{} steps", limits.steps) };
        return Some(Finding { answer: Frontier::default(), made });
    };
    let points = stages.points().iter().filter_map(|sums| {
        let outcome = stages.decode(sums)?;
        let utilities = reading.utilities(scenario, |column| sums.get(column).map_or(0, |x| x.wide()));
        Some(Point { utilities, outcome })
    });
    let mut points: Vec<Point> = points.collect();
    if reading.is_capped(scenario) {
        points = capped(points)?;
    }
    let lost = reading.lost(scenario, |column| stages.lost().get(column).map_or(0, |x| x.wide()));
    let mut method = method::<N>(reading);
    if lost > 0.0 {
        method.push_str("; stages thinned, and what that loses added up");
    }
    let made = made(scenario, limits, method, lost);
    Some(Finding { answer: Frontier::of(points), made })
}

/// The efficient ones of points after caps.
///
/// That they hold the frontier of all outcomes after caps: a cap is monotone. Every outcome `x` has a point `f` of
/// the frontier without caps that is as much for everybody, so capped `f` is as much as capped `x` for everybody.
/// So nothing outside the capped images of that frontier dominates one of them, or is efficient with utilities that
/// none of them has. With a loss `e` likewise: a cap brings numbers no further apart.
fn capped(points: Vec<Point>) -> Option<Vec<Point>> {
    let points = Frontier::of(points).points;
    let parties = points.first().map_or(0, |p| p.utilities.len());
    with_columns!(parties, true, capped_in(points))
}

fn capped_in<T: Whole, const N: usize>(points: Vec<Point>) -> Option<Vec<Point>> {
    // 16 bits do not number all points, so rows are found again by what they hold.
    let rows = points.iter().map(|point| {
        let mut sums = [T::default(); N];
        sums.iter_mut().zip(&point.utilities).for_each(|(sum, x)| *sum = T::from_wide(*x));
        Row { point: sums, choice: 0, origin: 0 }
    });
    let rows = many::efficient(rows.collect(), &mut Budget(u64::MAX))?;
    let mut rows = rows.into_iter().peekable();
    let stays = |point: &Point| {
        let same = |row: &Row<T, N>| point.utilities.iter().zip(&row.point).all(|(x, sum)| *x == sum.wide());
        rows.next_if(same).is_some()
    };
    let mut stays = stays;
    Some(points.into_iter().filter(|point| stays(point)).collect())
}

fn method<const N: usize>(reading: &Reading) -> String {
    let columns = reading.columns.len();
    let merge = match N {
        1 => "the best value of each issue".to_string(),
        2 => "sorted lists merged with pruning, issue by issue (Nemhauser and Ullmann, 1969)".to_string(),
        3 => "issue by issue, a sweep with a staircase (Kung, Luccio and Preparata, 1975)".to_string(),
        _ => format!("issue by issue, dominance in {columns} columns asked of a k-d tree (Bentley, 1975)"),
    };
    format!("Frontier of sums over single issues: {merge}")
}

fn made(scenario: &Scenario, limits: Limits, method: String, lost: f64) -> Made {
    let slack = scenario.parties.iter().map(|p| p.utility.real(p.utility.slack)).fold(0.0, f64::max);
    let off = slack + lost;
    let exactness = if off > 0.0 { Exactness::Within(off) } else { Exactness::Exact };
    let limits = vec![format!("{} points in a stage", limits.points), format!("{} steps", limits.steps)];
    Made { method, exactness, limits, seed: None }
}

#[cfg(test)]
mod tests;

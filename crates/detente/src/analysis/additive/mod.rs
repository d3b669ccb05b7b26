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

use super::number::Whole;
use super::{Exactness, Finding, Frontier, Limits, Made, Point};
use crate::game::Scenario;
use num_bigint::BigUint;
use reading::Reading;
use row::{Budget, Row};
use stages::{Loss, Stages};

/// Runs a generic function with the least number of columns that is enough, in 64 or 128 bits.
macro_rules! with_columns {
    ($columns:expr, $wide:expr, $run:ident($($argument:expr),*)) => {
        // Few sizes, the rest padded: each is compiled apart. Numbers beyond 64 bits are rare.
        with_columns!(@ $columns, $wide, $run($($argument),*), [1, 2, 3, 4, 6, 8, 16, 64], [2, 4, 8, 64])
    };
    (@ $columns:expr, $wide:expr, $run:ident $arguments:tt, [$($n:literal),*], [$($w:literal),*]) => {
        match ($columns, $wide) {
            $((columns, false) if columns <= $n => with_columns!(@run $run, i64, $n, $arguments),)*
            $((columns, true) if columns <= $w => with_columns!(@run $run, i128, $w, $arguments),)*
            _ => None,
        }
    };
    (@run $run:ident, $whole:ty, $n:literal, ($($argument:expr),*)) => { $run::<$whole, $n>($($argument),*) };
}

/// How many outcomes have exactly the utilities of each point of a frontier, in its order; their sum is the number
/// of efficient outcomes. Counted when asked for.
///
/// `None` when a cap cuts some outcome, or stages were thinned.
pub(crate) type Counts = Box<dyn FnOnce() -> Option<Vec<BigUint>>>;

/// The Pareto frontier of an additive scenario, with the outcomes of its points counted if asked. `None` when it is
/// not additive, has more than 64 parties that want different things, or numbers of more than 124 bits.
///
/// Exact unless that takes more points or steps than the limits allow; then no party loses more than the
/// distance said, in utility: for each outcome there is a point in which everybody has at most that much less.
pub(crate) fn counted(scenario: &Scenario, limits: Limits) -> Option<(Finding<Frontier>, Counts)> {
    let reading = Reading::of(scenario)?;
    with_columns!(reading.columns.len(), !reading.fits_in_64_bits(), find(scenario, &reading, limits, Loss::None))
}

/// The frontier within a given distance (utility, 0 to 1): fewer points, sooner. Limits may make it more; the
/// finding says how much it is.
pub(crate) fn within(scenario: &Scenario, epsilon: f64, limits: Limits) -> Option<Finding<Frontier>> {
    let reading = Reading::of(scenario)?;
    let loss = if epsilon > 0.0 { Loss::UpTo(epsilon) } else { Loss::None };
    let found =
        with_columns!(reading.columns.len(), !reading.fits_in_64_bits(), find(scenario, &reading, limits, loss));
    found.map(|(finding, _)| finding)
}

fn find<T: Whole, const N: usize>(
    scenario: &Scenario,
    reading: &Reading,
    limits: Limits,
    loss: Loss,
) -> Option<(Finding<Frontier>, Counts)> {
    if !reading.has_outcomes() {
        let made = made(scenario, limits, "no outcome keeps the rules".to_string(), 0.0);
        return Some((Finding { answer: Frontier::default(), made }, Box::new(|| Some(Vec::new()))));
    }
    let Some(stages) = Stages::<T, N>::of(reading, limits, loss) else {
        let mut made = made(scenario, limits, method::<N>(reading), 0.0);
        made.exactness = Exactness::CutOff { limit: format!("{} steps", limits.steps) };
        return Some((Finding { answer: Frontier::default(), made }, Box::new(|| None)));
    };
    let points = stages.points().iter().enumerate().map(|(at, sums)| {
        let utilities = reading.utilities(scenario, |column| sums.get(column).map_or(0, |x| x.wide()));
        Some(Point { utilities, outcome: stages.outcome(at)? })
    });
    // Columns are in the order of the parties, and more in a column is more to its parties: points are in order.
    let points: Vec<Point> = points.collect::<Option<_>>()?;
    let lost = reading.lost(scenario, |column| stages.lost().get(column).map_or(0, |x| x.wide()));
    let mut method = method::<N>(reading);
    if lost > 0.0 {
        method.push_str("; stages thinned, and what that loses added up");
    }
    let made = made(scenario, limits, method, lost);
    if reading.is_capped(scenario) {
        let answer = Frontier { points: capped(points)? };
        return Some((Finding { answer, made }, Box::new(|| None)));
    }
    Some((Finding { answer: Frontier { points }, made }, Box::new(move || count::count(&stages))))
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

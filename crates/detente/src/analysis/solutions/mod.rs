//! The named solutions of bargaining theory, each under its own name.
//!
//! Two tools of the field rarely mean the same by "Kalai" or "Nash". Here a solution is what its author wrote,
//! and what a tool computes under a borrowed name has a name that says what it is. All comparisons are in whole
//! numbers; every solution is one outcome, with a rule for ties.
//!
//! **Disagreement point.** The utility of no agreement is the reservation value. Where none is given it is 0, as
//! GENIUS has it, or for a function with negative utilities the least that it can sum up to, so that no gain is
//! negative. A *gain* is a utility less the disagreement point. An outcome is *rational* when nobody has less than
//! its reservation value, that is, when no gain is negative.
//!
//! **The frontier is enough.** Let x be a rational outcome. Some outcome y of the frontier is at least as good for
//! everybody, so y is rational too, and every criterion below except the smallest difference, which is defined
//! over the frontier, never falls when a gain rises. So the best rational point of the frontier is the best
//! rational outcome; and what a party gets at most in a rational outcome it gets at some point of the frontier.
//!
//! **Ties.** Of outcomes that a criterion holds equal, the one whose smallest gain is larger is taken, then next
//! smallest and so on, on the parties' own scales; then the one that is better for the first party, the second and
//! so on.
//!
//! [`pick`] takes a solution from a frontier. [`solve`] finds it without a frontier where utilities are sums over
//! single issues, for any number of parties, and proves it best.

mod compare;
mod core;
mod lottery;
mod measures;
mod solve;
#[cfg(test)]
mod tests;

pub use lottery::{Lottery, hull, lottery};
pub use measures::{Measures, PairMeasures, measures};
pub use solve::solve;

use super::{Frontier, Point};
use crate::game::{Exact, Profile, Scenario};
use compare::{Kind, Measure};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Zero};
use std::cmp::Ordering;

/// A named solution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Solution {
    /// Largest product of gains over rational outcomes (Nash 1950). GENIUS's Nash, too, subtracts reservation values.
    Nash,
    /// Largest smallest share, the share of a party being its gain over the gain it has in the rational outcome
    /// that is best for it (Kalai and Smorodinsky 1975); over finitely many outcomes their ray rarely meets a
    /// point, so the smallest share is maximised, then the next smallest (Imai 1983). A party that gains nothing
    /// in any rational outcome has no say.
    KalaiSmorodinsky,
    /// Largest smallest gain on the parties' own scales over rational outcomes, then the next smallest (Kalai 1977).
    Egalitarian,
    /// Largest sum of gains on the parties' own scales over rational outcomes (Harsanyi 1955).
    Utilitarian,
    /// Largest sum of shares, as in Kalai and Smorodinsky's solution, over rational outcomes: relative
    /// utilitarianism (Cao 1982; Pivato 2009). A party that gains nothing in any rational outcome has no say.
    RelativeWelfare,
    /// The point of the whole frontier where the differences between the utilities of every two parties add up to
    /// the least, reservation values ignored. GENIUS calls it Kalai.
    MinDifference,
    /// Largest sum of utilities over all outcomes, reservation values ignored. NegoLog calls it Kalai.
    LargestSum,
    /// Largest product of utilities over all outcomes, reservation values ignored; where utilities can be negative
    /// they are counted from the least that the function can sum up to. NegoLog calls it Nash.
    LargestProduct,
}

impl Solution {
    /// All of them, in the order of a report.
    pub const ALL: [Solution; 8] = [
        Solution::Nash,
        Solution::KalaiSmorodinsky,
        Solution::Egalitarian,
        Solution::Utilitarian,
        Solution::RelativeWelfare,
        Solution::MinDifference,
        Solution::LargestSum,
        Solution::LargestProduct,
    ];

    /// Its key in data.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Solution::Nash => "nash",
            Solution::KalaiSmorodinsky => "kalai_smorodinsky",
            Solution::Egalitarian => "egalitarian",
            Solution::Utilitarian => "utilitarian",
            Solution::RelativeWelfare => "relative_welfare",
            Solution::MinDifference => "min_difference",
            Solution::LargestSum => "largest_sum",
            Solution::LargestProduct => "largest_product",
        }
    }

    /// Its name on a page.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Solution::Nash => "Nash",
            Solution::KalaiSmorodinsky => "Kalai-Smorodinsky",
            Solution::Egalitarian => "Egalitarian",
            Solution::Utilitarian => "Utilitarian",
            Solution::RelativeWelfare => "Relative welfare",
            Solution::MinDifference => "Smallest difference",
            Solution::LargestSum => "Largest sum",
            Solution::LargestProduct => "Largest product",
        }
    }

    /// Whether only rational outcomes count.
    #[must_use]
    pub fn is_rational(self) -> bool {
        !matches!(self, Solution::MinDifference | Solution::LargestSum | Solution::LargestProduct)
    }

    /// Whether gains are measured against the ideal point.
    fn needs_ideal(self) -> bool {
        matches!(self, Solution::KalaiSmorodinsky | Solution::RelativeWelfare)
    }

    /// The criterion over outcomes, given the ideal point where it is needed.
    fn measure(self, scenario: &Scenario, ideal: Option<&[i128]>) -> Measure {
        let parties = &scenario.parties;
        let offset: Vec<i128> =
            if self.is_rational() { disagreement(scenario) } else { parties.iter().map(least).collect() };
        let units: Vec<i128> = parties.iter().map(|p| p.utility.unit.max(1)).collect();
        let scale = match ideal {
            Some(ideal) => ideal.iter().zip(&offset).map(|(most, d)| most.saturating_sub(*d).max(0)).collect(),
            None => units.clone(),
        };
        let kind = match self {
            Solution::Nash | Solution::LargestProduct => Kind::Product,
            Solution::KalaiSmorodinsky | Solution::Egalitarian => Kind::Smallest,
            Solution::Utilitarian | Solution::RelativeWelfare | Solution::LargestSum => Kind::Sum,
            Solution::MinDifference => Kind::Difference,
        };
        Measure::new(kind, offset, scale, units)
    }
}

/// What no utility of the party is below, or 0 if that is less.
fn least(party: &Profile) -> i128 {
    let low = party.utility.range().0;
    party.utility.cap.map_or(low, |cap| low.min(cap)).min(0)
}

/// The disagreement point: for each party, in its units, its reservation value; where none is given 0, or for a
/// function with negative utilities the least that it can sum up to.
///
/// ```
/// use detente::analysis::solutions::disagreement;
/// use detente::game::{Draft, Issue, Scenario, Space, decimal};
/// let space = Space { issues: vec![Issue::named("border", &["east", "west"])] };
/// let (mut a, mut b) = (Draft::over(&space), Draft::over(&space));
/// a.reservation = decimal("3");
/// b.worth[0] = vec![decimal("-2").unwrap(), decimal("5").unwrap()];
/// let scenario = Scenario::new("two towns", space, vec![a.settle("a"), b.settle("b")]);
/// assert_eq!(disagreement(&scenario), [3, -2]);
/// ```
#[must_use]
pub fn disagreement(scenario: &Scenario) -> Vec<i128> {
    scenario.parties.iter().map(|p| p.reservation.unwrap_or_else(|| least(p))).collect()
}

/// Whether nobody has less than its reservation value.
#[must_use]
pub fn is_rational(scenario: &Scenario, utilities: &[i128]) -> bool {
    scenario.parties.iter().zip(utilities).all(|(p, u)| p.reservation.is_none_or(|r| *u >= r))
}

/// The ideal point: for each party, in its units, the most it gets in any rational outcome. `None` when no point of
/// the frontier is rational. `frontier` is the whole frontier.
#[must_use]
pub fn ideal(scenario: &Scenario, frontier: &Frontier) -> Option<Vec<i128>> {
    let mut rational = points(scenario, frontier, true);
    let mut most = rational.next()?.utilities.clone();
    rational.for_each(|p| most.iter_mut().zip(&p.utilities).for_each(|(most, u)| *most = (*most).max(*u)));
    Some(most)
}

/// The solution, from the whole frontier. `None` when there is none: no outcome, or no rational one.
///
/// ```
/// use detente::analysis::{Frontier, Point, solutions::{Solution, pick}};
/// use detente::game::{Outcome, Profile, Scenario, Space, Utility};
/// let parties = ["buyer", "seller"].map(|name| Profile::new(name, Utility::default()));
/// let scenario = Scenario::new("a sale", Space::default(), parties.to_vec());
/// let point = |a, b| Point { utilities: vec![a, b], outcome: Outcome::new([]) };
/// let frontier = Frontier::of(vec![point(12, 1), point(7, 5), point(5, 8)]);
/// assert_eq!(pick(&scenario, &frontier, Solution::Nash).unwrap().utilities, [5, 8]);
/// assert_eq!(pick(&scenario, &frontier, Solution::KalaiSmorodinsky).unwrap().utilities, [7, 5]);
/// ```
#[must_use]
pub fn pick<'a>(scenario: &Scenario, frontier: &'a Frontier, which: Solution) -> Option<&'a Point> {
    let ideal = if which.needs_ideal() { Some(ideal(scenario, frontier)?) } else { None };
    let measure = which.measure(scenario, ideal.as_deref());
    best(scenario, frontier, which.is_rational(), &measure)
}

/// All of them, in the order of [`Solution::ALL`], from the whole frontier: as [`pick`] has each, sooner.
#[must_use]
pub fn pick_all<'a>(scenario: &Scenario, frontier: &'a Frontier) -> [Option<&'a Point>; 8] {
    let ideal = ideal(scenario, frontier);
    let rational = Gains::of(points(scenario, frontier, true), &disagreement(scenario));
    let lows: Vec<i128> = scenario.parties.iter().map(least).collect();
    let all = Gains::of(points(scenario, frontier, false), &lows);
    Solution::ALL.map(|which| {
        let ideal = if which.needs_ideal() { Some(ideal.as_deref()?) } else { None };
        let measure = which.measure(scenario, ideal);
        match if which.is_rational() { &rational } else { &all } {
            Some(gains) if measure.kind != Kind::Difference => gains.best(&measure),
            _ => best(scenario, frontier, which.is_rational(), &measure),
        }
    })
}

/// Points with their gains in 64 bits, one row after another.
struct Gains<'a> {
    parties: usize,
    points: Vec<&'a Point>,
    gains: Vec<i64>,
}

impl<'a> Gains<'a> {
    /// `None` when a gain does not fit, or there are no parties.
    fn of(points: impl Iterator<Item = &'a Point>, offset: &[i128]) -> Option<Self> {
        let mut all = Gains { parties: offset.len(), points: Vec::new(), gains: Vec::new() };
        for point in points {
            all.points.push(point);
            for (u, d) in point.utilities.iter().zip(offset) {
                all.gains.push(i64::try_from(u.checked_sub(*d)?).ok()?);
            }
        }
        (all.parties > 0 && all.gains.len() == all.points.len() * all.parties).then_some(all)
    }

    fn best(&self, measure: &Measure) -> Option<&'a Point> {
        let rows = self.gains.chunks_exact(self.parties);
        let scores = rows.map(|row| measure.score_of(row.iter().map(|gain| Some(*gain))));
        most(measure, self.points.iter().copied().zip(scores))
    }
}

/// The asymmetric Nash solution (Harsanyi and Selten 1972; Kalai 1977): the largest product of gains, each raised to
/// the power of the party in `powers`, over rational outcomes. From the whole frontier.
///
/// `None` when no outcome is rational, or when there is not one power per party. A party of power 0 has no say.
#[must_use]
pub fn pick_weighted<'a>(scenario: &Scenario, frontier: &'a Frontier, powers: &[u32]) -> Option<&'a Point> {
    if powers.len() != scenario.parties.len() {
        return None;
    }
    let mut measure = Solution::Nash.measure(scenario, None);
    measure.powers = Some(powers.to_vec());
    best(scenario, frontier, true, &measure)
}

/// The largest weight of [`proportion`].
const MOST_WEIGHT: u32 = 1_000;

/// Weights as powers for [`pick_weighted`]: the least whole numbers in the same proportion. `None` when a weight is
/// negative, all are 0, or one of the whole numbers is beyond 1000.
///
/// ```
/// use detente::analysis::solutions::proportion;
/// use detente::game::decimal;
/// let weights = ["0.6", "0.4"].map(|w| decimal(w).unwrap());
/// assert_eq!(proportion(&weights), Some(vec![3, 2]));
/// ```
#[must_use]
pub fn proportion(weights: &[Exact]) -> Option<Vec<u32>> {
    let below = weights.iter().fold(BigInt::one(), |all, w| all.lcm(w.denom()));
    let above: Vec<BigInt> = weights.iter().map(|w| w.numer() * (&below / w.denom())).collect();
    let common = above.iter().fold(BigInt::zero(), |all, w| all.gcd(w));
    if common.is_zero() {
        return None;
    }
    above.iter().map(|w| u32::try_from(w / &common).ok().filter(|w| *w <= MOST_WEIGHT)).collect()
}

fn points<'a>(scenario: &Scenario, frontier: &'a Frontier, rational: bool) -> impl Iterator<Item = &'a Point> {
    let bound = rational && scenario.parties.iter().any(|p| p.reservation.is_some());
    frontier.points.iter().filter(move |p| !bound || is_rational(scenario, &p.utilities))
}

fn best<'a>(scenario: &Scenario, frontier: &'a Frontier, rational: bool, measure: &Measure) -> Option<&'a Point> {
    let points = points(scenario, frontier, rational);
    most(measure, points.map(|point| (point, measure.score(&point.utilities))))
}

/// The point that a measure prefers to all others, by their scores where these tell.
fn most<'a>(measure: &Measure, points: impl Iterator<Item = (&'a Point, Option<i128>)>) -> Option<&'a Point> {
    let better = |best: (&'a Point, Option<i128>), here: (&'a Point, Option<i128>)| {
        let better = match (here.1, best.1) {
            (Some(score), Some(most)) if score != most => score > most,
            _ => measure.compare(&here.0.utilities, &best.0.utilities) == Ordering::Greater,
        };
        if better { here } else { best }
    };
    points.reduce(better).map(|(point, _)| point)
}

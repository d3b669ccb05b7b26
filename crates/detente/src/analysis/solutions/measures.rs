//! How far apart preferences are.

use super::{Solution, pick};
use crate::analysis::{Frontier, Limits};
use crate::game::{Exact, Outcome, Scenario};
use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};
use schemars::JsonSchema;
use serde::Serialize;

/// Scenarios that are not additive are enumerated for means and correlations, and pairs of outcomes counted, up to
/// this many outcomes.
const MOST_OUTCOMES: u64 = 20_000;

/// How far apart preferences are, by measures of the literature, utilities as the file has them. What cannot be had
/// exactly at the size of the scenario is `None`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Measures {
    /// Euclidean distance from the point of the frontier with the smallest difference
    /// ([`Solution::MinDifference`]) to the point where everybody has 1. GENIUS's opposition.
    pub opposition: Option<f64>,
    /// The least Euclidean distance from any point of the frontier to the point where everybody has 1.
    pub distance_to_best: Option<f64>,
    /// Euclidean distance from the point with the largest sum of utilities ([`Solution::LargestSum`]) to the point
    /// where everybody has 1. NegoLog's opposition.
    pub opposition_of_largest_sum: Option<f64>,
    /// The mean utility of each party over all permitted outcomes.
    pub means: Option<Vec<f64>>,
    /// The mean of the first party less that of the second, for two parties: NegoLog's balance score, which is the
    /// mean of the differences between their utilities sorted apart. The order does not change the mean.
    pub balance: Option<f64>,
    /// Every two parties.
    pub pairs: Vec<PairMeasures>,
}

/// How far apart the preferences of two parties are.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PairMeasures {
    /// The two, by position.
    pub parties: [usize; 2],
    /// Pearson's correlation of their utilities over all permitted outcomes, from exact moments: where utilities are
    /// sums over issues, variances and covariances are sums over issues too. `None` when a party is indifferent.
    pub correlation: Option<f64>,
    /// The share of pairs of different outcomes that one of them ranks one way and the other the other way: the
    /// discordant pairs of Kendall (1938). 0: never opposed; 1: always.
    pub conflict: Option<f64>,
}

/// The measures of a scenario; those of points need the whole frontier.
#[must_use]
pub fn measures(scenario: &Scenario, frontier: Option<&Frontier>, limits: Limits) -> Measures {
    let n = scenario.parties.len();
    let point = |which| distance(scenario, &pick(scenario, frontier?, which)?.utilities);
    let nearest = frontier.and_then(|f| {
        let all = f.points.iter().filter_map(|p| distance(scenario, &p.utilities));
        all.reduce(f64::min)
    });
    let all = listed(scenario, limits);
    let moments = Moments::of(scenario, all.as_deref());
    let means = moments.as_ref().map(|m| (0..n).map(|p| m.mean(p)).collect::<Vec<f64>>());
    let pairs = (0..n).flat_map(|a| (a + 1..n).map(move |b| [a, b])).map(|[a, b]| PairMeasures {
        parties: [a, b],
        correlation: moments.as_ref().and_then(|m| m.correlation(a, b)),
        conflict: all.as_deref().and_then(|all| conflict(all, a, b)),
    });
    Measures {
        opposition: point(Solution::MinDifference),
        distance_to_best: nearest,
        opposition_of_largest_sum: point(Solution::LargestSum),
        balance: moments.as_ref().filter(|_| n == 2).map(|m| (&m.means[0] - &m.means[1]).to_f64().unwrap_or(0.0)),
        means,
        pairs: pairs.collect(),
    }
}

fn distance(scenario: &Scenario, utilities: &[i128]) -> Option<f64> {
    let parts = scenario.parties.iter().zip(utilities).map(|(p, u)| 1.0 - p.utility.real(*u));
    Some(parts.map(|x| x * x).sum::<f64>().sqrt())
}

/// The utilities of every permitted outcome, where there are few.
fn listed(scenario: &Scenario, limits: Limits) -> Option<Vec<Vec<i128>>> {
    let count = scenario.space.small_count()?;
    if count > MOST_OUTCOMES.min(limits.steps) {
        return None;
    }
    let permitted = scenario.space.outcomes().filter(|o| scenario.permits(o));
    Some(permitted.map(|o| scenario.utilities(&o)).collect())
}

/// Means and covariances over all permitted outcomes, each as likely as the others, utilities as real numbers.
struct Moments {
    means: Vec<Exact>,
    covariances: Vec<Vec<Exact>>,
}

impl Moments {
    fn of(scenario: &Scenario, all: Option<&[Vec<i128>]>) -> Option<Moments> {
        let n = scenario.parties.len();
        let mut moments = Moments { means: vec![Exact::zero(); n], covariances: vec![vec![Exact::zero(); n]; n] };
        if scenario.is_additive() && scenario.parties.iter().all(|p| p.utility.cap.is_none()) {
            // Over all outcomes issues are independent, so that what each adds is added up.
            let anywhere = Outcome::new(vec![0; scenario.space.issues.len()]);
            if !scenario.rules.iter().filter(|r| r.scope().is_empty()).all(|r| r.holds(&anywhere)) {
                return None;
            }
            for (at, size) in scenario.space.sizes().enumerate() {
                let rules: Vec<_> = scenario.rules.iter().filter(|r| r.scope() == [at]).collect();
                let digits =
                    (0..u16::try_from(size).ok()?).filter(|d| rules.iter().all(|r| r.holds(&anywhere.with(at, *d))));
                let worth = |d: u16| {
                    let value = |p: &crate::game::Profile| p.utility.worth.get(at)?.get(usize::from(d)).copied();
                    scenario.parties.iter().map(|p| value(p).unwrap_or(0)).collect::<Vec<i128>>()
                };
                moments.add(&digits.map(worth).collect::<Vec<_>>())?;
            }
            for (mean, party) in moments.means.iter_mut().zip(&scenario.parties) {
                *mean += Exact::from(BigInt::from(party.utility.constant));
            }
        } else {
            moments.add(all?)?;
        }
        let units: Vec<BigInt> = scenario.parties.iter().map(|p| BigInt::from(p.utility.unit.max(1))).collect();
        for (a, unit) in units.iter().enumerate() {
            moments.means[a] /= unit;
            for (b, other) in units.iter().enumerate() {
                moments.covariances[a][b] /= unit * other;
            }
        }
        Some(moments)
    }

    /// Adds what one independent part counts: each row is as likely as the others. `None` when there is none.
    fn add(&mut self, rows: &[Vec<i128>]) -> Option<()> {
        let n = self.means.len();
        rows.first()?;
        let count = BigInt::from(rows.len());
        let sums: Vec<BigInt> = (0..n).map(|p| rows.iter().map(|r| BigInt::from(r[p])).sum()).collect();
        for a in 0..n {
            self.means[a] += Exact::new(sums[a].clone(), count.clone());
            for b in 0..=a {
                let product = |r: &Vec<i128>| match r[a].checked_mul(r[b]) {
                    Some(small) => BigInt::from(small),
                    None => BigInt::from(r[a]) * r[b],
                };
                let products: BigInt = rows.iter().map(product).sum();
                let covariance = Exact::new(products * &count - &sums[a] * &sums[b], &count * &count);
                self.covariances[a][b] += &covariance;
                if a != b {
                    self.covariances[b][a] += covariance;
                }
            }
        }
        Some(())
    }

    fn mean(&self, party: usize) -> f64 {
        self.means.get(party).and_then(ToPrimitive::to_f64).unwrap_or(0.0)
    }

    fn correlation(&self, a: usize, b: usize) -> Option<f64> {
        let spread = &self.covariances[a][a] * &self.covariances[b][b];
        if spread.is_zero() {
            return None;
        }
        let both = &self.covariances[a][b];
        let square = (both * both / spread).to_f64()?.sqrt().min(1.0);
        Some(if *both < Exact::zero() { -square } else { square })
    }
}

/// The share of pairs of outcomes ranked oppositely: sorted by the first party, equals by the second, these are the
/// pairs that a merge sort by the second party turns round (Knight 1966).
fn conflict(all: &[Vec<i128>], a: usize, b: usize) -> Option<f64> {
    if all.len() < 2 {
        return None;
    }
    let mut list: Vec<(i128, i128)> = all.iter().map(|u| (u[a], u[b])).collect();
    list.sort_unstable();
    let mut list: Vec<i128> = list.into_iter().map(|(_, second)| second).collect();
    let turned = turned(&mut list);
    let pairs = all.len() as f64 * (all.len() - 1) as f64 / 2.0;
    Some(turned as f64 / pairs)
}

/// Sorts, and counts the pairs in which the first was larger.
fn turned(list: &mut [i128]) -> u64 {
    if list.len() < 2 {
        return 0;
    }
    let middle = list.len() / 2;
    let (left, right) = list.split_at_mut(middle);
    let mut count = turned(left) + turned(right);
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        if right[j] < left[i] {
            count += (left.len() - i) as u64;
            merged.push(right[j]);
            j += 1;
        } else {
            merged.push(left[i]);
            i += 1;
        }
    }
    merged.extend_from_slice(&left[i..]);
    merged.extend_from_slice(&right[j..]);
    list.copy_from_slice(&merged);
    count
}

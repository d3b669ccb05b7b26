//! What the ends of sessions are measured against, worked out once per scenario.

use crate::analysis::solutions::{Solution, disagreement};
use crate::analysis::{Exactness, Finding, Limits, Solved, solved};
use crate::game::{Discount, Scenario};

/// What the ends of sessions of a scenario are measured against. Utilities are on the scales of the files.
#[derive(Debug, Clone)]
pub struct Yardstick {
    /// What no agreement is worth to each party, in its whole numbers: its reservation value; where none is given 0, or
    /// for a function with negative utilities the least that it can sum up to.
    pub nothing: Vec<i128>,
    /// The most each party can have in an outcome that keeps the rules, in its whole numbers.
    pub most: Vec<i128>,
    /// The frontier, in decreasing order of the first party's utility.
    pub frontier: Vec<Vec<f64>>,
    /// The Nash solution.
    pub nash: Option<Vec<f64>>,
    /// The Kalai-Smorodinsky solution.
    pub kalai_smorodinsky: Option<Vec<f64>>,
    /// How good frontier and solutions are.
    pub exactness: Exactness,
    /// How they were found.
    pub method: String,
}

impl Yardstick {
    /// Works the yardstick of a scenario out. `most`: what each party can have at most, in its whole numbers.
    #[must_use]
    pub fn of(scenario: &Scenario, most: Vec<i128>, limits: Limits) -> Self {
        let Finding { answer: Solved { frontier, solutions, .. }, made } = solved(scenario, limits);
        let real = |utilities: &[i128]| -> Vec<f64> {
            scenario.parties.iter().zip(utilities).map(|(party, u)| party.utility.real(*u)).collect()
        };
        let solution = |which: Solution| {
            let at = Solution::ALL.iter().position(|one| *one == which)?;
            solutions.get(at)?.as_ref().map(|point| real(&point.utilities))
        };
        Yardstick {
            nothing: disagreement(scenario),
            most,
            frontier: frontier.points.iter().map(|point| real(&point.utilities)).collect(),
            nash: solution(Solution::Nash),
            kalai_smorodinsky: solution(Solution::KalaiSmorodinsky),
            exactness: made.exactness,
            method: made.method,
        }
    }

    /// The distance from a point to the nearest of the frontier, Euclidean; `None` without a frontier.
    #[must_use]
    pub fn to_frontier(&self, point: &[f64]) -> Option<f64> {
        let first = point.first()?;
        // From the point of the frontier that is as good for the first party outward: once the first party alone is
        // farther off than the nearest found, nothing beyond is nearer.
        let start = self.frontier.partition_point(|there| there.first().is_some_and(|u| u > first));
        let mut nearest = f64::INFINITY;
        for there in self.frontier.get(start..).unwrap_or_default() {
            if there.first().is_some_and(|u| (first - u) * (first - u) > nearest) {
                break;
            }
            nearest = nearest.min(square(there, point));
        }
        for there in self.frontier.get(..start).unwrap_or_default().iter().rev() {
            if there.first().is_some_and(|u| (u - first) * (u - first) > nearest) {
                break;
            }
            nearest = nearest.min(square(there, point));
        }
        nearest.is_finite().then(|| rounded(nearest.sqrt()))
    }

    /// The gain of a party over no agreement as a fraction of the most it can gain: above and below the line. `None`
    /// where it can gain nothing.
    #[must_use]
    pub fn advantage(&self, party: usize, utility: i128) -> Option<(i128, i128)> {
        let nothing = *self.nothing.get(party)?;
        let most = self.most.get(party)?.checked_sub(nothing).filter(|most| *most > 0)?;
        Some((utility.saturating_sub(nothing), most))
    }
}

fn square(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

/// The distance between two points, Euclidean.
pub(super) fn distance(a: &[f64], b: &[f64]) -> f64 {
    rounded(square(a, b).sqrt())
}

/// Twelve decimals: the same on every machine.
pub(super) fn rounded(value: f64) -> f64 {
    if value.abs() < 1e3 { (value * 1e12).round() / 1e12 } else { value }
}

/// What a utility is worth when it is had in a round, counted from 1, of so many. `settled` is whether it comes from an
/// agreement: else it is what no agreement is worth, which shrinks only where the file says so.
///
/// GENIUS's rule multiplies by `factor^t` with `t = round / (rounds + 1)`, its clock of rounds; NegMAS's wrappers count
/// steps from 0.
pub(super) fn discounted(utility: f64, discount: &Discount, (round, rounds): (u32, u32), settled: bool) -> f64 {
    let steps = f64::from(round.saturating_sub(1));
    let share = (f64::from(round) / (f64::from(rounds) + 1.0)).clamp(0.0, 1.0);
    let value = match *discount {
        Discount::OverDeadline { factor, reservation } if settled || reservation => utility * factor.powf(share),
        Discount::PerStep { factor, reservation } if settled || reservation => utility * factor.powf(steps),
        Discount::Cost { cost, power, over_deadline } if settled => {
            utility - cost * (if over_deadline { share } else { steps }).powf(power)
        }
        _ => utility,
    };
    rounded(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::Stream;

    fn yardstick(frontier: Vec<Vec<f64>>) -> Yardstick {
        Yardstick {
            nothing: vec![0, 10],
            most: vec![100, 10],
            frontier,
            nash: None,
            kalai_smorodinsky: None,
            exactness: Exactness::Exact,
            method: String::new(),
        }
    }

    #[test]
    fn the_nearest_point_is_that_of_a_plain_search() {
        let mut stream = Stream::new(3, 0, 0);
        for parties in 2..4 {
            for _ in 0..300 {
                let mut point = || (0..parties).map(|_| (stream.uniform() * 20.0).round() / 20.0).collect::<Vec<f64>>();
                let mut frontier: Vec<Vec<f64>> = (0..12).map(|_| point()).collect();
                let from = point();
                let plain = frontier.iter().map(|there| distance(there, &from)).fold(f64::INFINITY, f64::min);
                frontier.sort_by(|a, b| b[0].total_cmp(&a[0]));
                assert_eq!(yardstick(frontier).to_frontier(&from), Some(plain));
            }
        }
        assert_eq!(yardstick(Vec::new()).to_frontier(&[0.5, 0.5]), None);
    }

    #[test]
    fn an_advantage_counts_from_no_agreement_to_the_most() {
        let yardstick = yardstick(Vec::new());
        assert_eq!(yardstick.advantage(0, 30), Some((30, 100)));
        assert_eq!(yardstick.advantage(1, 10), None, "nothing to gain");
    }

    #[test]
    fn discounts_are_those_of_the_tools() {
        let genius = Discount::OverDeadline { factor: 0.5, reservation: true };
        assert_eq!(discounted(0.8, &genius, (50, 99), true), rounded(0.8 * 0.5_f64.sqrt()));
        let kept = Discount::OverDeadline { factor: 0.5, reservation: false };
        assert_eq!(discounted(0.8, &kept, (50, 99), false), 0.8);
        let steps = Discount::PerStep { factor: 0.9, reservation: false };
        assert_eq!(discounted(1.0, &steps, (3, 10), true), rounded(0.9 * 0.9));
        let cost = Discount::Cost { cost: 0.1, power: 1.0, over_deadline: false };
        assert_eq!(discounted(1.0, &cost, (3, 10), true), 0.8);
    }
}

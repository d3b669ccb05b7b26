//! A few good outcomes to start with, so that the filter has something to compare with.

use super::archive::Found;
use crate::analysis::Point;
use crate::game::{Outcome, Scenario, Stream};

/// Directions tried.
const DIRECTIONS: u64 = 128;

/// Outcomes that are best for weighted sums of the additive parts, where the rules permit them.
///
/// Any outcomes would do; the better they are, the fewer are computed exactly. Nothing is claimed of them.
pub(super) fn seeds(scenario: &Scenario, outcomes: u64) -> Vec<Found> {
    let widths: Vec<f64> = scenario
        .parties
        .iter()
        .map(|p| {
            let (low, high) = p.utility.range();
            (high.saturating_sub(low) as f64).max(1.0)
        })
        .collect();
    if scenario.space.sizes().any(|size| size == 0) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for index in 0..DIRECTIONS.min(outcomes / 64) {
        let mut dice = Stream::new(index, 0, Stream::lane("seeds of an enumeration"));
        let weights: Vec<f64> = widths.iter().map(|width| dice.exponential() / width).collect();
        let digits: Vec<u16> = scenario
            .space
            .sizes()
            .enumerate()
            .map(|(issue, size)| {
                let sum = |digit: usize| -> f64 {
                    let worth = |at: usize| {
                        let values = scenario.parties[at].utility.worth.get(issue);
                        values.and_then(|v| v.get(digit)).copied().unwrap_or(0) as f64
                    };
                    weights.iter().enumerate().map(|(at, w)| w * worth(at)).sum()
                };
                (0..size).max_by(|a, b| sum(*a).total_cmp(&sum(*b))).unwrap_or(0) as u16
            })
            .collect();
        let outcome = Outcome::new(digits);
        if scenario.permits(&outcome) {
            found.push(Found { point: Point { utilities: scenario.utilities(&outcome), outcome }, seen: 0 });
        }
    }
    found
}

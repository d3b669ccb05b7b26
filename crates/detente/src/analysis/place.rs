//! Where one outcome stands: how far from the frontier and from the named solutions.

use super::{Frontier, Package, Point};
use crate::game::{Outcome, Scenario};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

/// Where one outcome stands. Distances are Euclidean, in the utilities of the files.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Standing {
    /// The outcome.
    pub package: Package,
    /// Whether it keeps every rule.
    pub permitted: bool,
    /// Whether each party has no less than its reservation value.
    pub rational: Vec<bool>,
    /// Whether it is on the frontier.
    pub efficient: bool,
    /// Points of the frontier that are as good for everybody and better for somebody.
    pub dominated_by: u64,
    /// What each party could gain while nobody loses.
    pub gains_left: Vec<f64>,
    /// The nearest point of the frontier.
    pub nearest: Option<Package>,
    /// How far that is.
    pub distance: Option<f64>,
    /// How far each named solution is.
    pub from_solutions: IndexMap<String, f64>,
}

/// Where an outcome stands, given the frontier and the solutions.
#[must_use]
pub fn standing(
    scenario: &Scenario,
    outcome: &Outcome,
    frontier: &Frontier,
    solutions: &IndexMap<String, Option<Package>>,
) -> Standing {
    let own = Point { utilities: scenario.utilities(outcome), outcome: outcome.clone() };
    let package = Package::of(scenario, &own);
    let as_good = |p: &&Point| p.utilities.iter().zip(&own.utilities).all(|(a, b)| a >= b);
    let better: Vec<&Point> = frontier.points.iter().filter(as_good).filter(|p| p.utilities != own.utilities).collect();
    let most = |at: usize| better.iter().filter_map(|p| p.utilities.get(at)).max().copied();
    let gains_left = scenario
        .parties
        .iter()
        .enumerate()
        .zip(&own.utilities)
        .map(|((at, party), here)| most(at).map_or(0.0, |most| party.utility.real(most - here)));
    let permitted = scenario.permits(outcome);
    let near = frontier.points.iter().map(|p| {
        let there = Package::of(scenario, p);
        (distance(&there.utilities, &package.utilities), there)
    });
    let (distance_to, nearest) = near.min_by(|a, b| a.0.total_cmp(&b.0)).unzip();
    let from = |(name, solution): (&String, &Option<Package>)| {
        Some((name.clone(), distance(&solution.as_ref()?.utilities, &package.utilities)))
    };
    Standing {
        permitted,
        rational: scenario
            .parties
            .iter()
            .zip(&own.utilities)
            .map(|(p, u)| p.reservation.is_none_or(|floor| *u >= floor))
            .collect(),
        efficient: permitted && better.is_empty(),
        dominated_by: better.len() as u64,
        gains_left: gains_left.collect(),
        nearest,
        distance: distance_to,
        from_solutions: solutions.iter().filter_map(from).collect(),
        package,
    }
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    let square: f64 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
    // Twelve decimals: the same on every machine.
    (square.sqrt() * 1e12).round() / 1e12
}

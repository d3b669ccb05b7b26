//! All that is asked of a scenario at once: what `detente zone` prints.

use super::additive::Counts;
use super::solutions::{Measures, Solution, measures};
use super::{Finding, Frontier, Limits, Package, Point, Rational, Solved, enumerate, rational, solved};
use crate::game::Scenario;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

/// Outcomes gone through to count the efficient ones, where the structure gives no shorter way.
const MOST_SURVEYED: u64 = 20_000_000;

/// What there is to know of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Study {
    /// Number of outcomes, exactly, in decimal.
    pub outcomes: String,
    /// The parties by name, in order. Lists per party keep this order.
    pub parties: Vec<String>,
    /// The utility of no agreement to each party, where one is given.
    pub reservations: Vec<Option<f64>>,
    /// The outcomes that give every party its reservation value.
    pub rational: Rational,
    /// The number of efficient outcomes, where it is known: several may be worth the same to everybody.
    pub efficient: Option<String>,
    /// The frontier.
    pub frontier: FrontierPoints,
    /// The named solutions, `null` where there is none.
    pub solutions: IndexMap<String, Option<Package>>,
    /// Distance from the point of least difference to a utility of 1 for everybody (GENIUS's opposition).
    pub opposition: Option<f64>,
    /// How far the parties are apart, by other measures of the field.
    pub measures: Measures,
}

/// A frontier in names.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct FrontierPoints {
    /// Number of points.
    pub size: u64,
    /// The points, best for the first party first.
    pub points: Vec<Package>,
}

/// All there is to know of a scenario, with the frontier in whole numbers beside it.
///
/// Solutions are picked from the frontier where it was found whole; otherwise each is searched for by itself and
/// proven best where the structure allows. What was proven and what was cut off is in `made`.
///
/// ```
/// use detente::exchange::{Input, read};
/// let file = |name: &str, text: &str| Input { name: name.into(), bytes: text.as_bytes().to_vec() };
/// let one = r#"{"reservationValue": 0, "issueWeights": {"a": 1}, "issues": {"a": {"x": 1, "y": 0.4, "z": 0}}}"#;
/// let other = r#"{"reservationValue": 0, "issueWeights": {"a": 1}, "issues": {"a": {"x": 0, "y": 0.5, "z": 1}}}"#;
/// let loaded = read(&[file("one.json", one), file("other.json", other)], None);
/// let (finding, frontier) = detente::analysis::study(&loaded.scenario.unwrap(), Default::default());
/// assert_eq!(frontier.points.len(), 3);
/// assert_eq!(finding.answer.solutions["nash"].as_ref().unwrap().utilities, [0.4, 0.5]);
/// ```
#[must_use]
pub fn study(scenario: &Scenario, limits: Limits) -> (Finding<Study>, Frontier) {
    let (Finding { answer: Solved { frontier, whole, solutions }, made }, counts) = solved::counted(scenario, limits);
    let named = |(which, point): (Solution, Option<Point>)| {
        (which.name().to_string(), point.map(|point| Package::of(scenario, &point)))
    };
    let solutions = Solution::ALL.into_iter().zip(solutions).map(named).collect();
    let rational = rational(scenario, limits, 0);
    let efficient = whole.then(|| efficient(scenario, counts, limits)).flatten();
    let measures = measures(scenario, whole.then_some(&frontier), limits);
    let answer = Study {
        outcomes: scenario.space.count(),
        parties: scenario.parties.iter().map(|p| p.name.clone()).collect(),
        reservations: scenario.parties.iter().map(|p| p.reservation.map(|r| p.utility.real(r))).collect(),
        rational: rational.answer,
        efficient,
        frontier: FrontierPoints {
            size: frontier.points.len() as u64,
            points: frontier.points.iter().map(|p| Package::of(scenario, p)).collect(),
        },
        solutions,
        opposition: measures.opposition,
        measures,
    };
    (Finding { answer, made }, frontier)
}

/// The number of efficient outcomes, where it can be had: several may be worth the same to everybody.
fn efficient(scenario: &Scenario, counts: Option<Counts>, limits: Limits) -> Option<String> {
    if let Some(counts) = counts.and_then(|counts| counts()) {
        return Some(counts.into_iter().sum::<num_bigint::BigUint>().to_string());
    }
    let few = Limits { steps: limits.steps.min(MOST_SURVEYED), ..limits };
    enumerate::survey(scenario, few).map(|found| found.answer.efficient.to_string())
}

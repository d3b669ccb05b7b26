//! All that is asked of a scenario at once: what `detente zone` prints.

use super::additive::Counts;
use super::solutions::{Lottery, Measures, Solution, lottery, measures, pick_weighted};
use super::{Finding, Frontier, Limits, Package, Point, Rational, Solved, enumerate, rational, solved};
use crate::game::{Exact, Scenario};
use indexmap::IndexMap;
use num_traits::{One, ToPrimitive, Zero};
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
    /// The weights of `weighted_nash` among the solutions, one per party, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weights: Option<Vec<u32>>,
    /// The solutions when the parties may also agree on a lottery over packages, `null` where there is none: of two
    /// parties whose frontier was found whole, those that count from the reservation values. Empty otherwise.
    pub lotteries: IndexMap<String, Option<Mixture>>,
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

/// A lottery over packages, or one that is certain.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Mixture {
    /// The utility that each party expects.
    pub expected: Vec<f64>,
    /// What is drawn from.
    pub lots: Vec<Lot>,
}

/// A package in a lottery.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Lot {
    /// The chance that it is drawn, above 0; the chances of a lottery add up to 1.
    pub chance: f64,
    /// The package.
    pub package: Package,
}

impl Mixture {
    /// A lottery of a scenario in names.
    #[must_use]
    pub fn of(scenario: &Scenario, lottery: &Lottery) -> Self {
        let real = |x: Exact| x.to_f64().unwrap_or(f64::NAN);
        let expected = lottery.expected().into_iter().zip(&scenario.parties);
        let expected = expected.map(|(u, p)| real(u / Exact::from_integer(p.utility.unit.max(1).into()))).collect();
        let both = [(&lottery.first, Exact::one() - &lottery.chance), (&lottery.second, lottery.chance.clone())];
        let lots = both.into_iter().filter(|(_, chance)| !chance.is_zero());
        let lots = lots.map(|(point, chance)| Lot { chance: real(chance), package: Package::of(scenario, point) });
        Mixture { expected, lots: lots.collect() }
    }
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
    let drawn = Solution::ALL.into_iter().filter(|which| which.is_rational() && whole && scenario.parties.len() == 2);
    let drawn = drawn.map(|which| {
        let found = lottery(scenario, &frontier, which);
        (which.name().to_string(), found.map(|l| Mixture::of(scenario, &l)))
    });
    let lotteries = drawn.collect();
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
        weights: None,
        lotteries,
        opposition: measures.opposition,
        measures,
    };
    (Finding { answer, made }, frontier)
}

/// The key of the Nash solution with weights.
pub const WEIGHTED_NASH: &str = "weighted_nash";

/// Adds the Nash solution with weights, one per party, to a study and says so where it is not proven: the largest
/// product of gains, each raised to the weight of the party (see [`pick_weighted`]). `frontier` is that of the study.
///
/// A party of weight 0 has no say. Nothing is added when there is not one weight per party.
pub fn weigh(scenario: &Scenario, frontier: &Frontier, weights: &[u32], finding: &mut Finding<Study>) {
    if weights.len() != scenario.parties.len() {
        return;
    }
    let found = pick_weighted(scenario, frontier, weights).map(|point| Package::of(scenario, point));
    finding.answer.solutions.insert(WEIGHTED_NASH.to_string(), found);
    finding.answer.weights = Some(weights.to_vec());
    if !solved::is_whole(scenario, &finding.made.exactness) {
        finding.made.limits.push("Weighted Nash: the best of the points found, not proven".to_string());
    }
}

/// The number of efficient outcomes, where it can be had: several may be worth the same to everybody.
fn efficient(scenario: &Scenario, counts: Option<Counts>, limits: Limits) -> Option<String> {
    if let Some(counts) = counts.and_then(|counts| counts()) {
        return Some(counts.into_iter().sum::<num_bigint::BigUint>().to_string());
    }
    let few = Limits { steps: limits.steps.min(MOST_SURVEYED), ..limits };
    enumerate::survey(scenario, few).map(|found| found.answer.efficient.to_string())
}

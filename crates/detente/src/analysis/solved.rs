//! The frontier and every named solution of a scenario, as points.

use super::additive::Counts;
use super::solutions::{Solution, pick, pick_all, solve};
use super::{Exactness, Finding, Frontier, Limits, Made, Point, engine};
use crate::game::Scenario;

/// The frontier and the named solutions of a scenario, in whole numbers and digits.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Solved {
    /// The frontier.
    pub frontier: Frontier,
    /// Whether the frontier is whole: exact, or off by no more than the utilities themselves are.
    pub whole: bool,
    /// The named solutions in the order of [`Solution::ALL`]; `None` where there is none.
    pub solutions: [Option<Point>; 8],
}

/// The frontier and every named solution.
///
/// Solutions are picked from the frontier where it was found whole; otherwise each is searched for by itself and
/// proven best where the structure allows. What was proven and what was cut off is in `made`. [`super::study`] has
/// the same in names, with counts and measures.
///
/// ```
/// use detente::analysis::{Limits, solved, solutions::Solution};
/// use detente::game::{Draft, Issue, Scenario, Space, decimal};
/// let space = Space { issues: vec![Issue::named("border", &["east", "middle", "west"])] };
/// let (mut a, mut b) = (Draft::over(&space), Draft::over(&space));
/// a.worth[0] = ["1", "0.4", "0"].map(|x| decimal(x).unwrap()).to_vec();
/// b.worth[0] = ["0", "0.5", "1"].map(|x| decimal(x).unwrap()).to_vec();
/// let scenario = Scenario::new("two towns", space, vec![a.settle("a"), b.settle("b")]);
/// let found = solved(&scenario, Limits::default()).answer;
/// assert_eq!(found.frontier.points.len(), 3);
/// let (_, nash) = Solution::ALL.iter().zip(&found.solutions).find(|(which, _)| **which == Solution::Nash).unwrap();
/// assert_eq!(nash.as_ref().unwrap().outcome.digits(), [1]);
/// ```
#[must_use]
pub fn solved(scenario: &Scenario, limits: Limits) -> Finding<Solved> {
    counted(scenario, limits).0
}

/// The same, with a way to count the outcomes of the points where the structure gives one.
pub(super) fn counted(scenario: &Scenario, limits: Limits) -> (Finding<Solved>, Option<Counts>) {
    let (Finding { answer: frontier, mut made }, counts) = engine::counted(scenario, limits);
    let whole = is_whole(scenario, &made.exactness);
    let solutions = if whole {
        pick_all(scenario, &frontier).map(Option::<&Point>::cloned)
    } else {
        Solution::ALL.map(|which| alone(scenario, &frontier, which, limits, &mut made))
    };
    (Finding { answer: Solved { frontier, whole, solutions }, made }, counts)
}

/// A solution without the whole frontier: proven where the structure allows, else the best of what was found.
fn alone(scenario: &Scenario, frontier: &Frontier, which: Solution, limits: Limits, made: &mut Made) -> Option<Point> {
    match solve(scenario, which, limits) {
        Some(found) => {
            if found.made.exactness != Exactness::Exact {
                made.limits.push(format!("{}: {}", which.title(), words(&found.made.exactness)));
            }
            found.answer
        }
        None => {
            made.limits.push(format!("{}: the best of the points found, not proven", which.title()));
            pick(scenario, frontier, which).cloned()
        }
    }
}

fn words(exactness: &Exactness) -> String {
    match exactness {
        Exactness::Exact => "proven".to_string(),
        Exactness::Within(distance) => format!("within {distance} of the best, proven"),
        Exactness::CutOff { limit } => format!("the search was cut off ({limit})"),
        Exactness::Sampled { .. } | Exactness::Heuristic => "good, not proven the best".to_string(),
    }
}

/// Whether a frontier is whole: exact, or off by no more than the utilities themselves are.
pub(super) fn is_whole(scenario: &Scenario, exactness: &Exactness) -> bool {
    let slack = scenario.parties.iter().map(|p| p.utility.real(p.utility.slack)).fold(0.0, f64::max);
    match exactness {
        Exactness::Exact => true,
        // A point may count too much, and the one that beats it too little.
        Exactness::Within(distance) => *distance <= 2.0 * slack,
        _ => false,
    }
}

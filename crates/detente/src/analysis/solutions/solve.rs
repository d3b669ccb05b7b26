//! Solutions of additive scenarios without their frontier.

use super::Solution;
use super::compare::{Kind, Measure};
use super::core::{Found, Goal, Problem, Search};
use crate::analysis::{Exactness, Finding, Limits, Made, Point};
use crate::game::{Outcome, Scenario};

/// The solution of an additive scenario, found without the frontier and proven, for any number of parties and
/// outcomes. The answer is `None` when there is no solution: no outcome, or no rational one.
///
/// Returns `None` when the scenario is not additive ([`Scenario::is_additive`]), and for
/// [`Solution::MinDifference`], which is defined over the frontier.
///
/// When `limits.steps` (values looked at) run out, the answer is the best found and the finding says
/// [`Exactness::Within`]: no outcome has more by the criterion (the product of gains, the smallest share or the
/// smallest gain, the sum; utilities as real numbers) than the answer and that much.
///
/// ```
/// use detente::analysis::{Limits, solutions::{Solution, solve}};
/// use detente::game::{Draft, Issue, Scenario, Space, decimal};
/// let space = Space { issues: vec![Issue::named("water", &["north", "shared", "south"])] };
/// let draft = |worth: [&str; 3]| {
///     let mut draft = Draft::over(&space);
///     draft.worth[0] = worth.map(|w| decimal(w).unwrap()).to_vec();
///     draft
/// };
/// let parties = vec![draft(["1", "0.6", "0"]).settle("north"), draft(["0", "0.7", "1"]).settle("south")];
/// let scenario = Scenario::new("a river", space.clone(), parties);
/// let found = solve(&scenario, Solution::Nash, Limits::default()).unwrap();
/// assert_eq!(found.answer.unwrap().outcome.digits(), [1]);
/// ```
#[must_use]
pub fn solve(scenario: &Scenario, which: Solution, limits: Limits) -> Option<Finding<Option<Point>>> {
    if which == Solution::MinDifference || !scenario.is_additive() {
        return None;
    }
    let mut work = Work { steps: limits.steps, nodes: 0, proven: true, equals: true, excess: 0.0 };
    let answer = work.answer(scenario, which);
    let exactness = match (work.proven, answer.is_some() && work.excess.is_finite()) {
        (true, _) => Exactness::Exact,
        (false, true) => Exactness::Within(work.excess),
        (false, false) => Exactness::CutOff { limit: format!("{} steps", limits.steps) },
    };
    let mut method = format!(
        "search without the frontier under bounds by multipliers for the parties, {} nodes opened, compared in whole numbers",
        work.nodes
    );
    if !work.proven {
        method.push_str("; stopped by the limit of steps");
    } else if !work.equals {
        method.push_str("; the criterion is proven, of its equals not all were compared");
    }
    let made = Made { method, exactness, limits: vec![format!("{} steps", limits.steps)], seed: None };
    Some(Finding { answer, made })
}

/// What the searches for one solution share.
struct Work {
    steps: u64,
    nodes: u64,
    proven: bool,
    equals: bool,
    /// How much more, by the criterion, some outcome might have.
    excess: f64,
}

impl Work {
    fn answer(&mut self, scenario: &Scenario, which: Solution) -> Option<Point> {
        let offset = which.measure(scenario, None).offset;
        let problem = Problem::of(scenario, &offset)?;
        if problem.parties == 0 {
            return Some(point(scenario, problem.outcome(&vec![0; problem.issues.len()])));
        }
        let start = self.rational(&problem, &offset)?;
        let ideal = if which.needs_ideal() { Some(self.ideal(scenario, &problem, &offset, &start)) } else { None };
        let measure = which.measure(scenario, ideal.as_deref());
        if measure.scale.iter().all(|s| *s == 0) {
            // Nobody gains anything in any rational outcome: all of them are the same to everybody.
            return Some(point(scenario, problem.outcome(&start)));
        }
        let choice = match measure.kind {
            Kind::Product => self.product(&problem, &measure, scenario, start),
            Kind::Smallest => {
                let goal = Goal::Smallest { weights: measure.scale.clone(), any: false };
                self.search(&problem, goal, &measure, start, true)
            }
            Kind::Sum | Kind::Difference => {
                let share = |(scale, whole): (&f64, &i128)| if *whole > 0 { scale / *whole as f64 } else { 0.0 };
                let factors = problem.scale.iter().zip(&measure.scale).map(share).collect();
                let goal = Goal::Sum { factors, grain: measure.grain() };
                self.search(&problem, goal, &measure, start, true)
            }
        };
        choice.map(|c| point(scenario, problem.outcome(&c)))
    }

    /// Any outcome in which nobody loses; none when there is none, or when none was found before the limit.
    fn rational(&mut self, problem: &Problem, offset: &[i128]) -> Option<Vec<usize>> {
        if problem.most().iter().any(|m| *m < 0) {
            return None;
        }
        let start = super::core::first(problem);
        if problem.gains(&start).iter().all(|g| *g >= 0) {
            return Some(start);
        }
        let weights: Vec<i128> = problem.scale.iter().map(|s| *s as i128).collect();
        let ones = vec![1; weights.len()];
        let measure = Measure::new(Kind::Smallest, offset.to_vec(), ones.clone(), ones);
        let goal = Goal::Smallest { weights, any: true };
        let found = self.search(problem, goal, &measure, start, false);
        if found.is_none() && !self.proven {
            self.excess = f64::INFINITY;
        }
        found
    }

    /// The most each party has in any rational outcome.
    fn ideal(&mut self, scenario: &Scenario, problem: &Problem, offset: &[i128], start: &[usize]) -> Vec<i128> {
        let most = problem.most();
        let free = scenario.parties.iter().all(|p| p.reservation.is_none());
        let mut ideal = Vec::new();
        for (party, most) in most.iter().enumerate() {
            let gain = if free { *most } else { self.most(problem, offset, start, party) };
            ideal.push(gain.saturating_add(offset.get(party).copied().unwrap_or(0)));
        }
        ideal
    }

    fn most(&mut self, problem: &Problem, offset: &[i128], start: &[usize], party: usize) -> i128 {
        let mut scale = vec![0; problem.parties];
        let mut factors = vec![0.0; problem.parties];
        if let (Some(s), Some(f)) = (scale.get_mut(party), factors.get_mut(party)) {
            (*s, *f) = (1, problem.scale.get(party).copied().unwrap_or(1.0));
        }
        let measure = Measure::new(Kind::Sum, offset.to_vec(), scale.clone(), scale);
        let equals = self.equals;
        let goal = Goal::Sum { factors, grain: 1.0 };
        let best = self.search(problem, goal, &measure, start.to_vec(), false);
        // Only the number matters here, not which of the equals has it.
        self.equals = equals;
        if !self.proven {
            self.excess = f64::INFINITY;
        }
        best.and_then(|c| problem.gains(&c).get(party).copied()).unwrap_or(0)
    }

    /// The largest product. Where it is 0 whatever the outcome, ties decide, and they are the egalitarian criterion.
    fn product(
        &mut self,
        problem: &Problem,
        measure: &Measure,
        scenario: &Scenario,
        start: Vec<usize>,
    ) -> Option<Vec<usize>> {
        let units: Vec<i128> = scenario.parties.iter().map(|p| p.utility.unit.max(1)).collect();
        let goal = Goal::Smallest { weights: units.clone(), any: false };
        let gains = |c: &[usize]| problem.gains(c);
        let mut start = start;
        super::core::improve(problem, &Goal::Product, &mut start);
        if gains(&start).iter().any(|g| *g <= 0) {
            let smallest = Measure::new(Kind::Smallest, measure.offset.clone(), units.clone(), units);
            start = self.search(problem, goal, &smallest, start, true)?;
            if gains(&start).iter().any(|g| *g <= 0) {
                return Some(start);
            }
            self.equals = true;
        }
        self.search(problem, Goal::Product, measure, start, true)
    }

    fn search(
        &mut self,
        problem: &Problem,
        goal: Goal,
        measure: &Measure,
        start: Vec<usize>,
        last: bool,
    ) -> Option<Vec<usize>> {
        let product = matches!(goal, Goal::Product);
        let values = |c: &[usize]| criterion(problem, &goal, c);
        let search = Search { problem, goal: goal.clone(), measure, steps: &mut self.steps };
        let Found { choice, proven, equals, bound, nodes } = search.run(start);
        self.nodes += nodes;
        self.equals &= equals;
        if !proven {
            self.proven = false;
            if let (true, Some(choice)) = (last, &choice) {
                // Products were over the scale of the problem; shown are gains as real numbers.
                let real = |(scale, unit): (&f64, &i128)| scale / *unit as f64;
                let factor: f64 =
                    if product { problem.scale.iter().zip(&measure.scale).map(real).product() } else { 1.0 };
                let more = (bound - values(choice)).max(0.0) * factor * (1.0 + 1e-9);
                self.excess = self.excess.max(more + factor * problem.slack());
            }
        }
        choice
    }
}

/// The value of the criterion over the scale of the problem.
fn criterion(problem: &Problem, goal: &Goal, choice: &[usize]) -> f64 {
    let gains = problem.gains(choice);
    let rough = gains.iter().zip(&problem.scale).map(|(g, s)| *g as f64 / s);
    match goal {
        Goal::Smallest { weights, .. } => {
            let shares = gains.iter().zip(weights).filter(|(_, w)| **w > 0).map(|(g, w)| *g as f64 / *w as f64);
            shares.fold(f64::INFINITY, f64::min)
        }
        Goal::Sum { factors, .. } => rough.zip(factors).map(|(g, f)| g * f).sum(),
        Goal::Product => rough.product(),
    }
}

fn point(scenario: &Scenario, outcome: Outcome) -> Point {
    Point { utilities: scenario.utilities(&outcome), outcome }
}

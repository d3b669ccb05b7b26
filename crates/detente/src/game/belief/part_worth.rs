//! Whether statements with comparisons of packages can hold together: a linear program.
//!
//! Weight times level is not linear, but the *part-worth* x of a value on its issue is: 0 ≤ x ≤ w. In
//! part-worths every statement is linear (the idea of UTA, Jacquet-Lagrèze and Siskos 1982). "Better" is
//! strict: all strict comparisons get a common slack, and the statements hold together when it can be
//! more than [`SLACK`]. Which value is the best and which the worst of an issue (x = w and x = 0) is a
//! choice where the statements leave it open; it is searched depth first, guided by the program without it.

use super::mind::{Mind, State};
use super::values::{Levels, Values};
use good_lp::{
    Expression, ProblemVariables, Solution, SolverModel, Variable, constraint, solvers::microlp::microlp, variable,
};

/// A common slack at most this large is none.
pub(super) const SLACK: f64 = 1e-9;
/// A value this near to an end of its scale is at the end.
const NEAR: f64 = 1e-7;
/// Programs solved before the search gives up.
const MOST_PROGRAMS: usize = 200;

/// What the search found.
pub(super) enum Verdict {
    /// The statements hold together, as in this state.
    Room(Box<State>),
    /// They do not.
    None,
    /// The limit came first.
    Unknown,
}

/// Ends of the scale by coupled issue, where chosen.
type Ends = Vec<Option<(usize, usize)>>;

/// A solution of a program.
struct Point {
    slack: f64,
    weights: Vec<f64>,
    /// Part-worths by coupled issue and class.
    worth: Vec<Vec<f64>>,
}

/// A row: the expression must not be negative, and must be positive where strict.
struct Row {
    left: Expression,
    strict: bool,
}

/// Looks for preferences that keep every statement. Where `spans` is false for an issue, its best and worst
/// value need not be at the ends of the scale.
pub(super) fn solve(mind: &Mind, spans: &dyn Fn(usize) -> bool) -> Verdict {
    let open = |i: usize| mind.values.get(i).is_some_and(|v| v.spanning) && spans(i);
    let mut stack: Vec<Ends> = vec![vec![None; mind.coupled.len()]];
    let mut solved = 0;
    while let Some(ends) = stack.pop() {
        solved += 1;
        if solved > MOST_PROGRAMS {
            return Verdict::Unknown;
        }
        let Some(point) = program(mind, &ends, None).filter(|p| p.slack > SLACK) else { continue };
        let mut settled = ends.clone();
        let mut branch = None;
        for (at, issue) in mind.coupled.iter().enumerate().filter(|(_, i)| open(**i)) {
            if ends.get(at).is_some_and(Option::is_some) {
                continue;
            }
            let (Some(values), Some(worth)) = (mind.values.get(*issue), point.worth.get(at)) else { continue };
            let weight = point.weights.get(*issue).copied().unwrap_or(0.0);
            let choices = choices(values, worth, weight);
            match choices.first() {
                Some((miss, pair)) if *miss <= NEAR => settled.get_mut(at).into_iter().for_each(|e| *e = Some(*pair)),
                _ => branch = branch.or(Some((at, choices))),
            }
        }
        match branch {
            Some((at, choices)) => stack.extend(choices.into_iter().rev().map(|(_, pair)| {
                let mut next = ends.clone();
                next.get_mut(at).into_iter().for_each(|e| *e = Some(pair));
                next
            })),
            None => {
                if let Some(state) = inside(mind, &settled) {
                    return Verdict::Room(Box::new(state));
                }
                if settled != ends {
                    stack.push(settled);
                }
            }
        }
    }
    Verdict::None
}

/// The pairs of best and worst class, those first that the point is nearest to.
fn choices(values: &Values, worth: &[f64], weight: f64) -> Vec<(f64, (usize, usize))> {
    let x = |class: usize| worth.get(class).copied().unwrap_or(0.0);
    let mut all: Vec<(f64, (usize, usize))> = values
        .tops
        .iter()
        .flat_map(|t| values.bottoms.iter().map(move |b| (*t, *b)))
        .filter(|(t, b)| t != b)
        .map(|(t, b)| ((weight - x(t)).max(x(b)), (t, b)))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all
}

/// A state away from every boundary that it can be away from.
fn inside(mind: &Mind, ends: &Ends) -> Option<State> {
    let best = program(mind, ends, None).filter(|p| p.slack > SLACK)?;
    let point = program(mind, ends, Some((best.slack / 2.0).min(1e-3))).unwrap_or(best);
    let mut levels: Vec<Levels> = mind.values.iter().map(|v| v.start()).collect();
    for (at, issue) in mind.coupled.iter().enumerate() {
        let (values, worth) = (mind.values.get(*issue)?, point.worth.get(at)?);
        let chosen = ends.get(at).copied().flatten();
        let slot = levels.get_mut(*issue)?;
        let first = slot.ends.filter(|_| chosen.is_none());
        let weight = *point.weights.get(*issue)?;
        *slot = values.start_with(chosen.or(first));
        if weight > SLACK {
            slot.at = worth.iter().map(|x| x / weight).collect();
            values.mend(slot);
        }
    }
    let mut state = State { weights: point.weights, levels };
    mind.weights.mend(&mut state.weights);
    mind.holds(&state).then_some(state)
}

/// Solves the program: for the largest common slack, or with `margin` for distance (up to the margin) from
/// as many boundaries as possible.
fn program(mind: &Mind, ends: &Ends, margin: Option<f64>) -> Option<Point> {
    let mut variables = ProblemVariables::new();
    let weights: Vec<Variable> = mind
        .weights
        .low
        .iter()
        .zip(&mind.weights.high)
        .map(|(low, high)| variables.add(variable().min(*low).max(*high)))
        .collect();
    let worth: Vec<Vec<Variable>> = mind
        .coupled
        .iter()
        .map(|i| {
            let count = mind.values.get(*i).map_or(0, |v| v.count());
            (0..count).map(|_| variables.add(variable().min(0.0).max(1.0))).collect()
        })
        .collect();
    let rows = rows(mind, ends, &weights, &worth);
    let slack = variables.add(variable().min(if margin.is_some() { 0.0 } else { -1.0 }).max(1.0));
    let mut away: Vec<Variable> = Vec::new();
    if let Some(margin) = margin {
        let least = |row: &Row| if row.strict { margin / 2.0 } else { 0.0 };
        away = rows.iter().map(|r| variables.add(variable().min(least(r)).max(margin))).collect();
    }
    let objective: Expression =
        if margin.is_some() { away.iter().map(|v| Expression::from(*v)).sum() } else { slack.into() };
    let mut problem = variables.maximise(objective).using(microlp);
    if !mind.weights.is_point() {
        let sum: Expression = weights.iter().map(|v| Expression::from(*v)).sum();
        problem = problem.with(constraint!(sum == 1.0));
    }
    for (n, row) in rows.into_iter().enumerate() {
        problem = match away.get(n) {
            Some(away) => problem.with(constraint!(row.left - *away >= 0.0)),
            None if row.strict => problem.with(constraint!(row.left - slack >= 0.0)),
            None => problem.with(constraint!(row.left >= 0.0)),
        };
    }
    let solution = problem.solve().ok()?;
    Some(Point {
        slack: solution.value(slack),
        weights: weights.iter().map(|v| solution.value(*v)).collect(),
        worth: worth.iter().map(|all| all.iter().map(|v| solution.value(*v)).collect()).collect(),
    })
}

fn rows(mind: &Mind, ends: &Ends, weights: &[Variable], worth: &[Vec<Variable>]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut row = |left: Expression, strict: bool| rows.push(Row { left, strict });
    for (a, b) in &mind.weights.pairs {
        if let (Some(a), Some(b)) = (weights.get(*a), weights.get(*b)) {
            row(*a - *b, true);
        }
    }
    for ((at, issue), worth) in mind.coupled.iter().enumerate().zip(worth) {
        let (Some(values), Some(weight)) = (mind.values.get(*issue), weights.get(*issue)) else { continue };
        let ends = ends.get(at).copied().flatten();
        for (class, x) in worth.iter().enumerate() {
            let (low, high) = match ends {
                Some((top, _)) if top == class => (1.0, 1.0),
                Some((_, bottom)) if bottom == class => (0.0, 0.0),
                _ => values.bounds(class),
            };
            row(*x - low * *weight, false);
            row(high * *weight - *x, false);
        }
        for pair in &values.pairs {
            if let (Some(a), Some(b)) = (worth.get(pair.0), worth.get(pair.1)) {
                row(*a - *b, values.strict.contains(pair));
            }
        }
    }
    for comparison in &mind.comparisons {
        let mut left = Expression::from(0.0);
        for (issue, worth) in mind.coupled.iter().zip(worth) {
            for (x, coefficient) in worth.iter().zip(comparison.get(*issue).map_or(&[][..], Vec::as_slice)) {
                left += *coefficient * *x;
            }
        }
        row(left, true);
    }
    rows
}

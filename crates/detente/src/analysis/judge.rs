//! The judge of every engine: all outcomes looked at one by one, by the definitions and nothing else; and
//! random scenarios to judge on. For tests.

use super::{Frontier, Point};
use crate::game::{Formula, Issue, IssueKind, Part, Profile, Scenario, Space, Stream, Utility, Value};

/// Every outcome that keeps the rules, with its utilities.
pub(crate) fn all(scenario: &Scenario) -> Vec<Point> {
    let outcomes = scenario.space.outcomes().filter(|o| scenario.permits(o));
    outcomes.map(|outcome| Point { utilities: scenario.utilities(&outcome), outcome }).collect()
}

/// Whether the first is at least as good for everybody and better for somebody.
pub(crate) fn dominates(a: &[i128], b: &[i128]) -> bool {
    a.iter().zip(b).all(|(a, b)| a >= b) && a.iter().zip(b).any(|(a, b)| a > b)
}

/// The frontier.
pub(crate) fn frontier(scenario: &Scenario) -> Frontier {
    let all = all(scenario);
    let efficient = |p: &&Point| !all.iter().any(|q| dominates(&q.utilities, &p.utilities));
    Frontier::of(all.iter().filter(efficient).cloned().collect())
}

/// Whether nobody has less than its reservation value.
pub(crate) fn rational(scenario: &Scenario, point: &Point) -> bool {
    scenario.parties.iter().zip(&point.utilities).all(|(p, u)| p.reservation.is_none_or(|r| *u >= r))
}

/// Asserts that a frontier an engine found is the frontier: the same utilities, and outcomes that have them.
pub(crate) fn assert_frontier(scenario: &Scenario, found: &Frontier) {
    let right = frontier(scenario);
    assert_eq!(found.utilities(), right.utilities(), "{scenario:?}");
    for point in &found.points {
        assert!(scenario.permits(&point.outcome), "{point:?} breaks a rule of {scenario:?}");
        assert_eq!(scenario.utilities(&point.outcome), point.utilities, "{scenario:?}");
    }
}

/// What a random scenario may have.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Shape {
    /// Number of parties.
    pub(crate) parties: usize,
    /// Outcomes at most.
    pub(crate) outcomes: usize,
    /// Linkages over two or three issues.
    pub(crate) rules: bool,
    /// Tables over two issues.
    pub(crate) tables: bool,
    /// Hyper-rectangles over up to four issues, inside or outside.
    pub(crate) boxes: bool,
    /// Conditions without which utility is 0.
    pub(crate) zeros: bool,
    /// Caps that cut some sums.
    pub(crate) caps: bool,
    /// Two parties want exactly the opposite.
    pub(crate) zero_sum: bool,
}

/// A random scenario: ties are frequent, some weights are 0, some parties have a reservation value.
pub(crate) fn random(shape: Shape, seed: u64) -> Scenario {
    let mut dice = Dice(Stream::new(seed, 0, 0));
    let space = space(shape.outcomes, &mut dice);
    let coarse = dice.chance(60);
    let mut parties: Vec<Profile> =
        (0..shape.parties).map(|at| profile(at, &space, shape, coarse, &mut dice)).collect();
    if shape.zero_sum && parties.len() > 1 {
        let opposite = parties[0].utility.worth.iter().map(|v| v.iter().map(|w| -*w).collect()).collect();
        parties[1].utility_mut().worth = opposite;
        parties[1].utility_mut().parts = Vec::new();
        parties[1].reservation = None;
    }
    let mut scenario = Scenario::new("random", space.clone(), parties);
    if shape.rules {
        scenario.rules = (0..dice.below(4)).map(|_| rule(&space, &mut dice)).collect();
    }
    scenario
}

/// A random additive scenario of any size: `issues` issues of `values` values.
///
/// `kind` 0: every value drawn by itself. 1: parties opposed, every value efficient on its issue.
pub(crate) fn large(parties: usize, issues: usize, values: usize, kind: u8, seed: u64) -> Scenario {
    let mut dice = Dice(Stream::new(seed, 1, 0));
    let space = Space { issues: (0..issues).map(|i| issue(i, values)).collect() };
    let draw = |dice: &mut Dice| dice.0.below(1_000_000) as i128;
    let mut worth = vec![Vec::with_capacity(issues); parties];
    for _ in 0..issues {
        let mut columns: Vec<Vec<i128>> =
            (0..parties).map(|_| (0..values).map(|_| draw(&mut dice)).collect()).collect();
        if kind == 1 {
            // Along a random direction for each party, one value's gain is another's loss.
            for (at, column) in columns.iter_mut().enumerate() {
                column.sort_unstable();
                if at % 2 == 1 {
                    column.reverse();
                }
            }
        }
        for (worth, column) in worth.iter_mut().zip(columns) {
            worth.push(column);
        }
    }
    let unit = 1_000_000 * issues as i128;
    let profile = |(at, worth)| Profile::new(format!("p{at}"), Utility { unit, worth, ..Utility::default() });
    Scenario::new("large", space, worth.into_iter().enumerate().map(profile).collect())
}

/// Dice with a memory of where they are.
pub(crate) struct Dice(pub(crate) Stream);

impl Dice {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0.below(n as u64) as usize
    }

    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

fn issue(at: usize, size: usize) -> Issue {
    let values = (0..size).map(|v| Value { id: format!("v{v}"), label: format!("v{v}") }).collect();
    Issue { id: format!("i{at}"), name: format!("i{at}"), values, status_quo: 0, kind: IssueKind::Named }
}

fn space(outcomes: usize, dice: &mut Dice) -> Space {
    let mut sizes = vec![1 + dice.below(4)];
    let mut count = sizes[0];
    for _ in 0..dice.below(6) {
        let size = 1 + dice.below(4);
        if count * size > outcomes {
            break;
        }
        count *= size;
        sizes.push(size);
    }
    Space { issues: sizes.iter().enumerate().map(|(i, size)| issue(i, *size)).collect() }
}

fn some_digits(space: &Space, issue: usize, dice: &mut Dice) -> Formula {
    let size = space.issues[issue].values.len();
    Formula::In(issue, (0..size as u16).filter(|_| dice.chance(60)).collect())
}

fn rule(space: &Space, dice: &mut Dice) -> Formula {
    let literals = (0..2 + dice.below(2)).map(|_| {
        let literal = some_digits(space, dice.below(space.issues.len()), dice);
        if dice.chance(30) { literal.not() } else { literal }
    });
    Formula::Or(literals.collect())
}

fn profile(at: usize, space: &Space, shape: Shape, coarse: bool, dice: &mut Dice) -> Profile {
    let value = |dice: &mut Dice| {
        if coarse { dice.below(5) as i128 } else { dice.0.below(1_000) as i128 }
    };
    let mut utility = Utility { unit: if coarse { 5 } else { 1_000 }, ..Utility::default() };
    for size in space.sizes() {
        let flat = dice.chance(15);
        utility.worth.push((0..size).map(|_| if flat { 0 } else { value(dice) }).collect());
    }
    let issues = space.issues.len();
    if shape.tables && issues > 1 {
        for _ in 0..dice.below(3) {
            let a = dice.below(issues);
            let b = (a + 1 + dice.below(issues - 1)) % issues;
            let sizes = vec![space.issues[a].values.len(), space.issues[b].values.len()];
            let worth = (0..sizes[0] * sizes[1]).map(|_| value(dice) - value(dice)).collect();
            utility.parts.push(Part::Table { issues: vec![a, b], sizes, worth });
        }
    }
    if shape.boxes {
        for _ in 0..dice.below(5) {
            let sides = (0..1 + dice.below(4)).map(|_| some_digits(space, dice.below(issues), dice));
            let inside = Formula::And(sides.collect());
            let inside = if dice.chance(30) { inside.not() } else { inside };
            utility.parts.push(Part::When(inside, value(dice)));
        }
    }
    if shape.zeros && dice.chance(50) {
        utility.zero_unless.push(rule(space, dice));
    }
    let (low, high) = utility.range();
    if shape.caps && dice.chance(60) {
        utility.cap = Some(low + (high - low) * (1 + dice.below(4) as i128) / 4);
    }
    let mut profile = Profile::new(format!("p{at}"), utility);
    if dice.chance(50) {
        profile.reservation = Some(low + (high - low) * dice.below(4) as i128 / 5);
    }
    profile
}

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use super::*;
use crate::analysis::judge::{self, Dice, Shape};
use crate::game::{Formula, Issue, Part, Profile, Space, Stream, Utility};
use std::path::Path;
use std::time::Instant;

pub(crate) fn shapes() -> Vec<Shape> {
    let plain = Shape { outcomes: 120, ..Shape::default() };
    vec![
        Shape { rules: true, ..plain },
        Shape { tables: true, caps: true, ..plain },
        Shape { boxes: true, ..plain },
        Shape { boxes: true, tables: true, rules: true, caps: true, ..plain },
        Shape { zeros: true, rules: true, ..plain },
        Shape { boxes: true, tables: true, rules: true, caps: true, zeros: true, zero_sum: true, ..plain },
        Shape { boxes: true, tables: true, rules: true, caps: true, zeros: true, ..plain },
        plain,
    ]
}

#[test]
fn the_frontier_is_the_one_of_the_judge() {
    for parties in 1..=5 {
        for (at, shape) in shapes().into_iter().enumerate() {
            for seed in 0..40 {
                let scenario = judge::random(Shape { parties, ..shape }, seed + 1000 * at as u64);
                let found = frontier(&scenario, Limits::default()).expect("small");
                judge::assert_frontier(&scenario, &found.answer);
                assert_eq!(found.made.exactness, Exactness::Exact);
            }
        }
    }
}

#[test]
fn numbers_of_128_bits_give_the_same() {
    for seed in 0..150 {
        let shape = shapes()[seed as usize % 8];
        let scenario = judge::random(Shape { parties: 1 + seed as usize % 4, ..shape }, seed);
        let narrow = frontier(&scenario, Limits::default()).unwrap();
        let wide = solve_wide(&scenario);
        assert_eq!(narrow.answer, wide.answer);
        // And really large ones, by scaling everything.
        let large = scaled(&scenario, 1 << 70);
        let found = frontier(&large, Limits::default()).unwrap();
        judge::assert_frontier(&large, &found.answer);
    }
}

fn solve_wide(scenario: &Scenario) -> Finding<Frontier> {
    match scenario.parties.len() {
        1 | 2 => solve::<i128, 2>(scenario, Limits::default(), MOST_CELLS),
        _ => solve::<i128, 4>(scenario, Limits::default(), MOST_CELLS),
    }
    .unwrap()
}

fn scaled(scenario: &Scenario, by: i128) -> Scenario {
    let mut scenario = scenario.clone();
    for party in &mut scenario.parties {
        let u = party.utility_mut();
        u.unit *= by;
        u.constant *= by;
        u.worth.iter_mut().flatten().for_each(|w| *w *= by);
        u.cap = u.cap.map(|c| c * by);
        for part in &mut u.parts {
            match part {
                Part::When(_, worth) => *worth *= by,
                Part::Table { worth, .. } => worth.iter_mut().for_each(|w| *w *= by),
            }
        }
    }
    scenario
}

fn issue(at: usize, size: usize) -> Issue {
    let names: Vec<String> = (0..size).map(|v| format!("v{v}")).collect();
    Issue::named(&format!("i{at}"), &names.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Issues of ten values in a row, each with a table with the next for every party, and some linkages.
pub(crate) fn chain(parties: usize, issues: usize, seed: u64) -> Scenario {
    let mut dice = Dice(Stream::new(seed, 3, 0));
    let mut scenario = judge::large(parties, issues, 10, 1, seed);
    for party in &mut scenario.parties {
        for first in 0..issues - 1 {
            let worth = (0..100).map(|_| dice.below(300_000) as i128).collect();
            party.utility_mut().parts.push(Part::Table { issues: vec![first, first + 1], sizes: vec![10, 10], worth });
        }
    }
    for first in 0..issues - 1 {
        let digits = |dice: &mut Dice| (0..10u16).filter(|_| dice.chance(70)).collect();
        let (a, b) = (digits(&mut dice), digits(&mut dice));
        scenario.rules.push(Formula::Or(vec![Formula::In(first, a).not(), Formula::In(first + 1, b)]));
    }
    scenario
}

/// Hyper-rectangles over random issues of ten values.
pub(crate) fn wide_boxes(parties: usize, issues: usize, boxes: usize, sides: usize, seed: u64) -> Scenario {
    let mut dice = Dice(Stream::new(seed, 4, 0));
    let space = Space { issues: (0..issues).map(|i| issue(i, 10)).collect() };
    let profile = |at: usize, dice: &mut Dice| {
        let mut utility = Utility { unit: 100 * boxes as i128, worth: vec![vec![0; 10]; issues], ..Utility::default() };
        for _ in 0..boxes {
            let sides = (0..1 + dice.below(sides)).map(|_| {
                let (a, b) = (dice.below(10) as u16, dice.below(10) as u16);
                Formula::In(dice.below(issues), (a.min(b)..=a.max(b)).collect())
            });
            let inside = Formula::And(sides.collect());
            utility.parts.push(Part::When(inside, 1 + dice.below(99) as i128));
        }
        Profile::new(format!("p{at}"), utility)
    };
    let parties = (0..parties).map(|at| profile(at, &mut dice)).collect();
    Scenario::new("boxes", space, parties)
}

/// The same scenario with its issues in another order.
fn permuted(scenario: &Scenario, to: &[usize]) -> Scenario {
    fn formula(of: &Formula, to: &[usize]) -> Formula {
        let all = |of: &[Formula]| of.iter().map(|f| formula(f, to)).collect();
        match of {
            Formula::Constant(holds) => Formula::Constant(*holds),
            Formula::In(issue, digits) => Formula::In(to[*issue], digits.clone()),
            Formula::Not(inner) => Formula::Not(Box::new(formula(inner, to))),
            Formula::And(of) => Formula::And(all(of)),
            Formula::Or(of) => Formula::Or(all(of)),
        }
    }
    let mut other = scenario.clone();
    let mut space = (*scenario.space).clone();
    for (from, to) in to.iter().enumerate() {
        space.issues[*to] = scenario.space.issues[from].clone();
    }
    other.space = space.into();
    other.rules.iter_mut().for_each(|r| *r = formula(r, to));
    for (party, before) in other.parties.iter_mut().zip(&scenario.parties) {
        for (from, to) in to.iter().enumerate() {
            party.utility_mut().worth[*to] = before.utility.worth[from].clone();
        }
        for part in &mut party.utility_mut().parts {
            match part {
                Part::When(f, _) => *f = formula(f, to),
                Part::Table { issues, .. } => issues.iter_mut().for_each(|i| *i = to[*i]),
            }
        }
    }
    other
}

fn assert_attained(scenario: &Scenario, found: &Frontier) {
    for point in &found.points {
        assert!(scenario.permits(&point.outcome) && scenario.utilities(&point.outcome) == point.utilities);
    }
}

#[test]
fn the_order_of_the_issues_changes_nothing() {
    for (seed, parties) in [(1, 2), (2, 2), (3, 3)] {
        let issues = if parties == 2 { 8 } else { 4 };
        let scenario = chain(parties, issues, seed);
        let to: Vec<usize> = (0..issues).map(|i| (i * 3 + 1) % issues).collect();
        let other = permuted(&scenario, &to);
        let (a, b) = (frontier(&scenario, Limits::default()).unwrap(), frontier(&other, Limits::default()).unwrap());
        assert_eq!(a.answer.utilities(), b.answer.utilities());
        assert_attained(&scenario, &a.answer);
        assert_attained(&other, &b.answer);
    }
}

#[test]
fn what_is_too_wide_is_left_to_others() {
    let scenario = chain(2, 12, 1);
    assert!(frontier(&scenario, Limits { steps: 1000, points: 1000 }).is_none());
    assert!(frontier(&scenario, Limits { points: 5, ..Limits::default() }).is_none());
    assert!(frontier(&wide_boxes(2, 40, 300, 12, 1), Limits::default()).is_none());
}

#[test]
#[ignore = "looks at 10^5 outcomes one by one; for release"]
fn a_chain_of_100_000_outcomes_is_judged() {
    for seed in 0..4 {
        let scenario = chain(2 + seed as usize % 2, 5, seed);
        let points = judge::all(&scenario);
        let found = frontier(&scenario, Limits::default()).unwrap();
        let mut labels: Vec<_> = points.iter().map(|p| p.utilities.clone()).collect();
        labels.sort_unstable_by(|a, b| b.cmp(a));
        labels.dedup();
        let mut right: Vec<Vec<i128>> = Vec::new();
        for label in labels {
            if !right.iter().any(|r| judge::dominates(r, &label)) {
                right.push(label);
            }
        }
        assert_eq!(found.answer.utilities(), right);
        assert_attained(&scenario, &found.answer);
    }
}

#[test]
#[ignore = "measures; for release"]
fn chains_of_any_length() {
    for (parties, issues) in [(2, 6), (2, 12), (2, 20), (2, 30), (3, 6), (3, 10), (4, 5)] {
        let scenario = chain(parties, issues, 1);
        let start = Instant::now();
        let found = frontier(&scenario, Limits::default());
        let took = start.elapsed();
        let Some(found) = found else {
            println!("{parties} parties, 10^{issues}: too large, {took:?}");
            continue;
        };
        println!("{parties} parties, 10^{issues}: {} points in {took:?}", found.answer.points.len());
        assert_attained(&scenario, &found.answer);
    }
}

/// A bilateral domain of hyper-rectangles with the points known of its frontier.
pub(crate) struct Known {
    pub(crate) scenario: Scenario,
    pub(crate) pareto: Vec<(f64, f64)>,
}

/// Reads what these tests need of a domain, where the data is at hand.
pub(crate) fn genius(name: &str) -> Option<Known> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/genius").join(name);
    let read = |file: &str| std::fs::read_to_string(folder.join(file)).ok();
    let (Some(one), Some(two), Some(pareto)) = (read("profile-1.xml"), read("profile-2.xml"), read("pareto.xml"))
    else {
        println!("skipped: {} is not at hand", folder.display());
        return None;
    };
    let number = |text: &str, key: &str| -> Option<i128> {
        let rest = text.split_once(&format!("{key}=\""))?.1;
        rest.split_once('"')?.0.parse().ok()
    };
    let issues = one.matches("<issue ").count();
    let profile = |text: &str, name: &str| {
        let unit = number(text, "maxutility").unwrap();
        let mut utility = Utility { unit, worth: vec![vec![0; 10]; issues], ..Utility::default() };
        for rectangle in text.split("<hyperRectangle ").skip(1) {
            let rectangle = rectangle.split("</hyperRectangle>").next().unwrap();
            let sides = rectangle.split("<INCLUDES ").skip(1).map(|side| {
                let end = |key: &str| number(side, key).unwrap() as u16;
                Formula::In(usize::from(end("index")) - 1, (end("min")..=end("max")).collect())
            });
            utility.parts.push(Part::When(Formula::And(sides.collect()), number(rectangle, "utility").unwrap()));
        }
        Profile::new(name, utility)
    };
    let space = Space { issues: (0..issues).map(|i| issue(i, 10)).collect() };
    let scenario = Scenario::new(name, space, vec![profile(&one, "1"), profile(&two, "2")]);
    let pair = |line: &str| {
        let (a, b) = line.split_once(',')?;
        Some((a.trim().parse().ok()?, b.trim().parse().ok()?))
    };
    Some(Known { scenario, pareto: pareto.lines().filter_map(pair).collect() })
}

fn assert_reaches(name: &str) {
    let Some(known) = genius(name) else { return };
    let start = Instant::now();
    let found = frontier(&known.scenario, Limits::default()).expect("narrow enough");
    println!("{name}: {} points in {:?}, {}", found.answer.points.len(), start.elapsed(), found.made.method);
    assert_eq!(found.made.exactness, Exactness::Exact);
    assert_attained(&known.scenario, &found.answer);
    let real = |at: usize, u: i128| known.scenario.parties[at].utility.real(u);
    let ours: Vec<(f64, f64)> =
        found.answer.points.iter().map(|p| (real(0, p.utilities[0]), real(1, p.utilities[1]))).collect();
    for (x, y) in &known.pareto {
        assert!(ours.iter().any(|(a, b)| *a >= x - 1e-6 && *b >= y - 1e-6), "({x}, {y}) is not reached");
        assert!(!ours.iter().any(|(a, b)| *x > a + 1e-6 && *y > b + 1e-6), "({x}, {y}) is better than a point");
    }
    println!("   {} points were known", known.pareto.len());
}

#[test]
fn hyper_rectangles_over_ten_issues() {
    assert_reaches("nonlinear/S-1NIKFRT-1");
    assert_reaches("anac/y2014/10issues");
}

#[test]
#[ignore = "a second in release"]
fn hyper_rectangles_over_forty_issues() {
    assert_reaches("anac/y2014/50issuesDiscountedwithRV");
}

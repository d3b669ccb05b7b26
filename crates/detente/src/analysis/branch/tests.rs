#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use super::*;
use crate::analysis::judge::{self, Shape};
use crate::analysis::linked::tests::{genius, shapes, wide_boxes};
use crate::game::{Formula, Part};

/// The search with small leaves, so that small scenarios are really searched.
fn searched(scenario: &Scenario, leaf: u64) -> Finding<Frontier> {
    for_parties!(scenario, solve, scenario, Limits::default(), leaf)
}

#[test]
fn the_frontier_is_the_one_of_the_judge() {
    for parties in 1..=5 {
        for (at, shape) in shapes().into_iter().enumerate() {
            for seed in 0..30 {
                let scenario = judge::random(Shape { parties, ..shape }, seed + 1000 * at as u64);
                let found = searched(&scenario, 4 * (seed % 4));
                judge::assert_frontier(&scenario, &found.answer);
                assert_eq!(found.made.exactness, Exactness::Exact);
            }
        }
    }
}

/// A formula with alternation three deep over all issues.
fn deep(scenario: &Scenario, dice: &mut judge::Dice, depth: usize) -> Formula {
    if depth == 0 {
        let issue = dice.below(scenario.space.issues.len());
        let digits = (0..scenario.space.issues[issue].values.len() as u16).filter(|_| dice.chance(50)).collect();
        return Formula::In(issue, digits);
    }
    let inner = (0..2 + dice.below(2)).map(|_| deep(scenario, dice, depth - 1)).collect();
    let joined = if dice.chance(50) { Formula::And(inner) } else { Formula::Or(inner) };
    if dice.chance(30) { joined.not() } else { joined }
}

#[test]
fn deep_formulas_are_understood_by_both_engines() {
    for seed in 0..200 {
        let shape = Shape { parties: 2 + seed as usize % 3, outcomes: 150, caps: true, ..Shape::default() };
        let mut scenario = judge::random(shape, seed);
        let mut dice = judge::Dice(crate::game::Stream::new(seed, 7, 0));
        for party in 0..scenario.parties.len() {
            let formula = deep(&scenario, &mut dice, 3);
            let worth = dice.below(9) as i128 - 4;
            scenario.parties[party].utility_mut().parts.push(Part::When(formula, worth));
            if dice.chance(40) {
                let formula = deep(&scenario, &mut dice, 2);
                scenario.parties[party].utility_mut().zero_unless.push(formula);
            }
        }
        if dice.chance(50) {
            scenario.rules.push(deep(&scenario, &mut dice, 3));
        }
        judge::assert_frontier(&scenario, &searched(&scenario, 0).answer);
        judge::assert_frontier(
            &scenario,
            &super::super::linked::frontier(&scenario, Limits::default()).unwrap().answer,
        );
    }
}

#[test]
fn what_is_missing_after_a_stop_is_within_the_bound() {
    for seed in 0..60 {
        let shape =
            Shape { parties: 2 + seed as usize % 2, outcomes: 250, boxes: true, tables: true, ..Shape::default() };
        let scenario = judge::random(shape, seed);
        let limits = Limits { steps: 20 * (seed % 9), ..Limits::default() };
        let found = for_parties!(&scenario, solve, &scenario, limits, 0);
        let most = match found.made.exactness {
            Exactness::Exact => 0.0,
            Exactness::Within(most) => most,
            _ => continue,
        };
        let short = |right: &crate::analysis::Point, point: &crate::analysis::Point| {
            let each = scenario.parties.iter().zip(right.utilities.iter().zip(&point.utilities));
            each.map(|(p, (r, u))| p.utility.real(r - u)).fold(0.0, f64::max)
        };
        for right in judge::frontier(&scenario).points {
            let nearest = found.answer.points.iter().map(|p| short(&right, p)).fold(f64::INFINITY, f64::min);
            assert!(nearest <= most + 1e-12, "{nearest} > {most}");
        }
    }
}

#[test]
fn too_many_parties_are_refused_in_words() {
    let scenario = judge::random(Shape { parties: 40, outcomes: 4, ..Shape::default() }, 1);
    assert!(matches!(frontier(&scenario, Limits::default()).made.exactness, Exactness::CutOff { .. }));
}

#[test]
#[ignore = "seconds in release, minutes in debug"]
fn searching_and_eliminating_agree_on_hyper_rectangles() {
    for name in ["nonlinear/S-1NIKFRT-1", "anac/y2014/10issues", "anac/y2014/50issuesDiscountedwithRV"] {
        let Some(case) = genius(name) else { continue };
        let start = std::time::Instant::now();
        let found = frontier(&case.scenario, Limits::default());
        println!("{name}: {} points, {:?}, {:?}", found.answer.points.len(), start.elapsed(), found.made);
        let right = super::super::linked::frontier(&case.scenario, Limits::default()).unwrap();
        if found.made.exactness == Exactness::Exact {
            assert_eq!(found.answer.utilities(), right.answer.utilities());
        }
    }
    for (issues, boxes, sides) in [(12, 30, 4), (15, 40, 5), (20, 60, 5), (20, 60, 8)] {
        let scenario = wide_boxes(2, issues, boxes, sides, 5);
        let start = std::time::Instant::now();
        let found = frontier(&scenario, Limits { steps: 200_000_000, ..Limits::default() });
        println!(
            "{issues} {boxes} {sides}: {} points, {:?}, {:?}",
            found.answer.points.len(),
            start.elapsed(),
            found.made
        );
        let start = std::time::Instant::now();
        if let Some(right) = super::super::linked::frontier(&scenario, Limits::default()) {
            println!("   eliminated in {:?}: {}", start.elapsed(), right.made.method);
            if found.made.exactness == Exactness::Exact {
                assert_eq!(found.answer.utilities(), right.answer.utilities());
            }
        }
    }
}

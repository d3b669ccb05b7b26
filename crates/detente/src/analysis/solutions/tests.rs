//! Brute force judges, on small random scenarios.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::analysis::judge::{self, Shape};
use crate::analysis::{Exactness, Limits};
use crate::game::Scenario;

/// The units of the parties differ, so that no comparison across parties is right by accident.
fn other_units(scenario: &mut Scenario, seed: u64) {
    for (at, party) in scenario.parties.iter_mut().enumerate() {
        party.utility.unit = [5, 7, 1_000, 3, 12][(at + seed as usize) % 5];
    }
}

/// The best point by a literal reading of the definitions, in floating point, with the value of the criterion.
fn literal(scenario: &Scenario, which: Solution) -> Option<f64> {
    let mut all = judge::all(scenario);
    if which.is_rational() {
        all.retain(|p| judge::rational(scenario, p));
    }
    let d: Vec<i128> =
        if which.is_rational() { disagreement(scenario) } else { scenario.parties.iter().map(least).collect() };
    let ideal: Vec<i128> = (0..d.len()).map(|i| all.iter().map(|p| p.utilities[i]).max().unwrap_or(0)).collect();
    let value = |p: &Point| value(scenario, which, &d, &ideal, p);
    all.iter().map(value).reduce(f64::max)
}

/// The value of the criterion.
fn value(scenario: &Scenario, which: Solution, d: &[i128], ideal: &[i128], p: &Point) -> f64 {
    let units: Vec<f64> = scenario.parties.iter().map(|p| p.utility.unit as f64).collect();
    let gains: Vec<f64> = (0..d.len()).map(|i| (p.utilities[i] - d[i]) as f64).collect();
    let real: Vec<f64> = gains.iter().zip(&units).map(|(g, u)| g / u).collect();
    let shares: Vec<f64> =
        (0..d.len()).filter(|i| ideal[*i] > d[*i]).map(|i| gains[i] / (ideal[i] - d[i]) as f64).collect();
    match which {
        Solution::Nash | Solution::LargestProduct => real.iter().product(),
        Solution::KalaiSmorodinsky => shares.into_iter().fold(f64::INFINITY, f64::min),
        Solution::Egalitarian => real.into_iter().fold(f64::INFINITY, f64::min),
        Solution::Utilitarian | Solution::LargestSum => real.iter().sum(),
        Solution::RelativeWelfare => shares.iter().sum(),
        Solution::MinDifference => {
            let u: Vec<f64> = p.utilities.iter().zip(&units).map(|(u, unit)| *u as f64 / unit).collect();
            let mut sum = 0.0;
            for i in 0..u.len() {
                for j in 0..i {
                    sum += (u[i] - u[j]).abs();
                }
            }
            -sum
        }
    }
}

fn shape(seed: u64) -> Shape {
    Shape { parties: 1 + (seed % 6) as usize, outcomes: 60, caps: seed % 4 == 3, ..Shape::default() }
}

#[test]
fn solutions_of_the_frontier_are_those_of_all_outcomes() {
    for seed in 0..200 {
        let shape = Shape { rules: seed % 2 == 0, tables: seed % 3 == 0, boxes: seed % 5 == 0, ..shape(seed) };
        let mut scenario = judge::random(shape, seed);
        other_units(&mut scenario, seed);
        let frontier = judge::frontier(&scenario);
        for which in Solution::ALL.into_iter().filter(|w| *w != Solution::MinDifference) {
            let picked = pick(&scenario, &frontier, which);
            let right = literal(&scenario, which);
            assert_eq!(picked.is_some(), right.is_some());
            let (Some(picked), Some(right)) = (picked, right) else { continue };
            let d = which.measure(&scenario, None).offset;
            let ideal = ideal(&scenario, &frontier).unwrap_or_else(|| d.clone());
            let value = value(&scenario, which, &d, &ideal, picked);
            assert!(
                value == right || (value - right).abs() <= 1e-9 * right.abs().max(1.0),
                "{which:?} {seed}: {value} {right}"
            );
        }
    }
}

#[test]
fn what_is_solved_is_what_the_frontier_says() {
    let mut some = 0;
    let mut none = 0;
    for seed in 0..500 {
        let mut scenario = judge::random(shape(seed), seed);
        other_units(&mut scenario, seed);
        let frontier = judge::frontier(&scenario);
        for which in Solution::ALL {
            let Some(found) = solve(&scenario, which, Limits::default()) else {
                assert_eq!(which, Solution::MinDifference);
                continue;
            };
            assert_eq!(found.made.exactness, Exactness::Exact);
            let right = pick(&scenario, &frontier, which);
            assert_eq!(
                found.answer.as_ref().map(|p| &p.utilities),
                right.map(|p| &p.utilities),
                "{which:?} seed {seed} {scenario:?}"
            );
            if let Some(point) = &found.answer {
                assert_eq!(scenario.utilities(&point.outcome), point.utilities);
                some += 1;
            } else {
                none += 1;
            }
        }
    }
    assert!(some > 1_000 && none > 100, "{some} {none}");
}

#[test]
#[ignore = "figures, for release builds"]
fn figures() {
    for kind in 0..2 {
        for issues in [10, 20, 30] {
            for which in [Solution::Nash, Solution::KalaiSmorodinsky, Solution::Egalitarian] {
                for parties in 2..=8 {
                    let mut line = Vec::new();
                    for seed in 0..5 {
                        let scenario = judge::large(parties, issues, 10, kind, seed);
                        let clock = std::time::Instant::now();
                        let found =
                            solve(&scenario, which, Limits { steps: 2_000_000_000, ..Limits::default() }).unwrap();
                        let time = clock.elapsed().as_secs_f64() * 1e3;
                        let proven = found.made.exactness == Exactness::Exact;
                        let nodes: u64 =
                            found.made.method.split(", ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
                        line.push((time, nodes, proven));
                    }
                    line.sort_by(|a, b| a.0.total_cmp(&b.0));
                    println!(
                        "kind {kind} issues {issues} {:<20} n={parties} median {:.3} ms ({} nodes) max {:.2} ms ({} nodes) proven {}",
                        which.name(),
                        line[2].0,
                        line[2].1,
                        line[4].0,
                        line[4].1,
                        line.iter().all(|l| l.2)
                    );
                }
            }
        }
    }
}

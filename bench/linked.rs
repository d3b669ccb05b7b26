//! Frontiers where terms tie issues together: chains of tables and linkages, and hyper-rectangles.
//!
//! `cargo bench --bench linked`. Scenarios are drawn with fixed seeds; times include finding an outcome for
//! every point.

#![allow(clippy::unwrap_used, missing_docs)]

use detente::analysis::{Limits, frontier};
use detente::game::{Formula, Issue, Part, Profile, Scenario, Space, Stream, Utility};

fn main() {
    divan::main();
}

fn space(issues: usize) -> Space {
    let values: Vec<String> = (0..10).map(|v| format!("v{v}")).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    Space { issues: (0..issues).map(|i| Issue::named(&format!("i{i}"), &values)).collect() }
}

/// Opposed parties; every issue has a table with the next, and a linkage where asked for.
fn chain(parties: usize, issues: usize, linkages: bool) -> Scenario {
    let mut dice = Stream::new(1, 0, 0);
    let mut draw = |most: u64| i128::from(dice.below(most));
    let mut profiles = Vec::new();
    for party in 0..parties {
        let mut utility = Utility { unit: 1_300_000 * issues as i128, ..Utility::default() };
        for _ in 0..issues {
            let mut worth: Vec<i128> = (0..10).map(|_| draw(1_000_000)).collect();
            worth.sort_unstable();
            if party % 2 == 1 {
                worth.reverse();
            }
            utility.worth.push(worth);
        }
        for first in 0..issues - 1 {
            let worth = (0..100).map(|_| draw(300_000)).collect();
            utility.parts.push(Part::Table { issues: vec![first, first + 1], sizes: vec![10, 10], worth });
        }
        profiles.push(Profile::new(party.to_string(), utility));
    }
    let mut scenario = Scenario::new("chain", space(issues), profiles);
    if linkages {
        for first in 0..issues - 1 {
            let mut digits = || (0..10).filter(|_| draw(10) < 7).collect::<Vec<u16>>();
            let (a, b) = (digits(), digits());
            scenario.rules.push(Formula::Or(vec![Formula::In(first, a).not(), Formula::In(first + 1, b)]));
        }
    }
    scenario
}

/// Two parties with rewards for hyper-rectangles of up to four sides, as in the nonlinear domains of ANAC 2014.
fn rectangles(issues: usize, count: usize) -> Scenario {
    let mut dice = Stream::new(2, 0, 0);
    let mut draw = |most: u64| dice.below(most);
    let mut profiles = Vec::new();
    for party in 0..2 {
        let mut utility = Utility { unit: 100 * count as i128, worth: vec![vec![0; 10]; issues], ..Utility::default() };
        for _ in 0..count {
            let mut side = || {
                let (issue, a, b) = (draw(issues as u64) as usize, draw(10) as u16, draw(10) as u16);
                Formula::In(issue, (a.min(b)..=a.max(b)).collect())
            };
            let sides = vec![side(), side(), side()];
            utility.parts.push(Part::When(Formula::And(sides), 1 + i128::from(draw(99))));
        }
        profiles.push(Profile::new(party.to_string(), utility));
    }
    Scenario::new("rectangles", space(issues), profiles)
}

#[divan::bench(args = [6, 12, 20, 30])]
fn two_parties_along_a_chain(bencher: divan::Bencher<'_, '_>, issues: usize) {
    let scenario = chain(2, issues, false);
    bencher.bench(|| frontier(&scenario, Limits::default()));
}

#[divan::bench(args = [6, 12, 20, 30])]
fn two_parties_along_a_chain_with_linkages(bencher: divan::Bencher<'_, '_>, issues: usize) {
    let scenario = chain(2, issues, true);
    bencher.bench(|| frontier(&scenario, Limits::default()));
}

#[divan::bench(args = [4, 6], sample_count = 10)]
fn three_parties_along_a_chain(bencher: divan::Bencher<'_, '_>, issues: usize) {
    let scenario = chain(3, issues, false);
    bencher.bench(|| frontier(&scenario, Limits::default()));
}

#[divan::bench(args = [(10, 20), (40, 20)], sample_count = 10)]
fn hyper_rectangles(bencher: divan::Bencher<'_, '_>, (issues, count): (usize, usize)) {
    let scenario = rectangles(issues, count);
    bencher.bench(|| frontier(&scenario, Limits::default()));
}

//! Frontiers of additive scenarios at growing sizes: from choosing the engine to packages in hand.
//!
//! `cargo bench --bench frontier`. Kind 0: every value drawn by itself. Kind 1: parties opposed, so that every
//! value is efficient on its issue. The number of points is printed first.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use detente::analysis::{Limits, frontier, solved};
use detente::game::{Issue, Profile, Scenario, Space, Stream, Utility};
use divan::Bencher;

/// Parties, issues of ten values each, kind.
const SIZES: [(usize, usize, u8); 24] = [
    (2, 6, 0),
    (2, 6, 1),
    (2, 12, 1),
    (2, 20, 1),
    (2, 30, 0),
    (2, 30, 1),
    (2, 100, 1),
    (3, 8, 0),
    (3, 12, 0),
    (3, 20, 0),
    (3, 10, 1),
    (3, 12, 1),
    (4, 6, 0),
    (4, 8, 0),
    (4, 12, 0),
    (4, 15, 0),
    (4, 5, 1),
    (4, 6, 1),
    (4, 8, 1),
    (4, 12, 1),
    (6, 4, 0),
    (6, 5, 0),
    (6, 6, 0),
    (6, 4, 1),
];

fn scenario(parties: usize, issues: usize, kind: u8) -> Scenario {
    const VALUES: usize = 10;
    let mut stream = Stream::new(1, 1, 0);
    let ids: Vec<String> = (0..VALUES).map(|v| format!("v{v}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let space = Space { issues: (0..issues).map(|i| Issue::named(&format!("i{i}"), &ids)).collect() };
    let mut worth = vec![Vec::new(); parties];
    for _ in 0..issues {
        for (at, worth) in worth.iter_mut().enumerate() {
            let mut column: Vec<i128> = (0..VALUES).map(|_| i128::from(stream.below(1_000_000))).collect();
            if kind == 1 {
                column.sort_unstable();
                if at % 2 == 1 {
                    column.reverse();
                }
            }
            worth.push(column);
        }
    }
    let unit = 1_000_000 * issues as i128;
    let profile = |worth| Profile::new("", Utility { unit, worth, ..Utility::default() });
    Scenario::new("", space, worth.into_iter().map(profile).collect())
}

#[divan::bench(args = SIZES, max_time = 2, sample_count = 20)]
fn packages(bencher: Bencher, (parties, issues, kind): (usize, usize, u8)) {
    let scenario = scenario(parties, issues, kind);
    bencher.bench(|| frontier(&scenario, Limits::default()));
}

#[divan::bench(args = [(2, 6, 0), (2, 6, 1), (2, 12, 1), (2, 30, 1), (2, 100, 1)], max_time = 2, sample_count = 20)]
fn frontier_and_all_solutions(bencher: Bencher, (parties, issues, kind): (usize, usize, u8)) {
    let scenario = scenario(parties, issues, kind);
    bencher.bench(|| solved(&scenario, Limits::default()));
}

fn main() {
    for (parties, issues, kind) in SIZES {
        let found = frontier(&scenario(parties, issues, kind), Limits::default());
        let points = found.answer.points.len();
        println!("{parties} parties, 10^{issues} outcomes, kind {kind}: {points} points, {:?}", found.made.exactness);
    }
    divan::main();
}

//! What strategies ask of a utility, and looking ahead in alternating offers: microseconds per question, by the size of
//! the space and by how fine utilities are.
//!
//! `cargo bench --bench inverse`. Every question has another target, so that nothing is answered from a cache of the last.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use detente::analysis::inverse::{ForOpponent, Inverse};
use detente::analysis::offers::{Terms, subgame_perfect};
use detente::analysis::{Frontier, Limits, Point};
use detente::game::{Issue, Outcome, Profile, Scenario, Space, Stream, Utility};
use divan::{Bencher, black_box};
use std::cell::Cell;

/// Issues of ten values: 10^6, 10^12 and 10^20 outcomes; and how many steps a value of an issue is drawn from.
const SIZES: [(usize, u64); 9] = [
    (6, 1_000),
    (12, 1_000),
    (20, 1_000),
    (6, 1_000_000),
    (12, 1_000_000),
    (20, 1_000_000),
    (6, 1_000_000_000_000),
    (12, 1_000_000_000_000),
    (20, 1_000_000_000_000),
];

fn main() {
    divan::main();
}

fn scenario(issues: usize, steps: u64) -> Scenario {
    let mut stream = Stream::new(1, 0, 0);
    let labels: Vec<String> = (0..10).map(|v| v.to_string()).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let space = Space { issues: (0..issues).map(|i| Issue::named(&format!("i{i}"), &labels)).collect() };
    let worth = (0..issues).map(|_| (0..10).map(|_| i128::from(stream.below(steps))).collect()).collect();
    let unit = i128::from(steps) * issues as i128;
    Scenario::new("bench", space, vec![Profile::new("party", Utility { unit, worth, ..Utility::default() })])
}

/// Targets between half of what there is and all, one after the other.
struct Targets(Cell<Stream>, i128, i128);

impl Targets {
    fn of(scenario: &Scenario) -> Self {
        let (low, high) = scenario.parties[0].utility.range();
        Targets(Cell::new(Stream::new(2, 0, 0)), low, high)
    }

    fn next(&self) -> i128 {
        let mut stream = self.0.replace(Stream::new(0, 0, 0));
        let share = 0.5 + stream.uniform() / 2.0;
        self.0.set(stream);
        self.1 + ((self.2 - self.1) as f64 * share) as i128
    }
}

#[divan::bench(args = SIZES, max_time = 2)]
fn build(bencher: Bencher<'_, '_>, (issues, steps): (usize, u64)) {
    let scenario = scenario(issues, steps);
    bencher.bench_local(|| Inverse::of(&scenario, 0, &Limits::default()));
}

#[divan::bench(args = SIZES, max_time = 2)]
fn nearest(bencher: Bencher<'_, '_>, (issues, steps): (usize, u64)) {
    let scenario = scenario(issues, steps);
    let inverse = Inverse::of(&scenario, 0, &Limits::default()).unwrap();
    let targets = Targets::of(&scenario);
    bencher.bench_local(|| inverse.nearest(black_box(targets.next())));
}

#[divan::bench(args = SIZES, max_time = 2)]
fn next_best(bencher: Bencher<'_, '_>, (issues, steps): (usize, u64)) {
    let scenario = scenario(issues, steps);
    let inverse = Inverse::of(&scenario, 0, &Limits::default()).unwrap();
    let targets = Targets::of(&scenario);
    bencher.bench_local(|| inverse.next_best(black_box(targets.next())));
}

/// The first 10,000 from the best downwards, one after the other.
#[divan::bench(args = SIZES, max_time = 2)]
fn ten_thousand_best(bencher: Bencher<'_, '_>, (issues, steps): (usize, u64)) {
    let scenario = scenario(issues, steps);
    bencher
        .with_inputs(|| Inverse::of(&scenario, 0, &Limits::default()).unwrap())
        .bench_local_values(|inverse| inverse.descending().take(10_000).map_while(Result::ok).count());
}

/// One of the outcomes in a band of a hundredth.
#[divan::bench(args = SIZES, max_time = 2)]
fn sample(bencher: Bencher<'_, '_>, (issues, steps): (usize, u64)) {
    let scenario = scenario(issues, steps);
    let inverse = Inverse::of(&scenario, 0, &Limits::default()).unwrap();
    let targets = Targets::of(&scenario);
    let width = (targets.2 - targets.1) / 100;
    let mut stream = Stream::new(3, 0, 0);
    bencher.bench_local(|| {
        let low = targets.next();
        inverse.sample(low, low + width, &mut stream)
    });
}

/// A frontier of so many points between two parties.
fn frontier(points: u16) -> (Scenario, Frontier) {
    let labels: Vec<String> = (0..points).map(|v| v.to_string()).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let space = Space { issues: vec![Issue::named("share", &labels)] };
    let last = i128::from(points) - 1;
    let (up, down): (Vec<i128>, Vec<i128>) = (0..=last).map(|v| (v, last - v)).unzip();
    let party = |worth| Profile::new("party", Utility { unit: last, worth: vec![worth], ..Utility::default() });
    let scenario = Scenario::new("bench", space, vec![party(up), party(down)]);
    let point = |v: u16| Point { utilities: vec![i128::from(v), last - i128::from(v)], outcome: Outcome::new([v]) };
    (scenario, Frontier::of((0..points).map(point).collect()))
}

#[divan::bench(args = [100, 1_000, 10_000])]
fn best_for_opponent(bencher: Bencher<'_, '_>, points: u16) {
    let (scenario, frontier) = frontier(points);
    let trade = ForOpponent::of(&frontier, 0, 1);
    let targets = Targets::of(&scenario);
    bencher.bench_local(|| trade.best(black_box(targets.next())));
}

/// A hundred thousand rounds.
#[divan::bench(args = [100, 1_000, 10_000])]
fn alternating_offers(bencher: Bencher<'_, '_>, points: u16) {
    let (scenario, frontier) = frontier(points);
    let terms = Terms { discount: vec![0.999, 0.998], ..Terms::plain(100_000) };
    bencher.bench_local(|| subgame_perfect(&scenario, &frontier, &terms, &Limits::default()));
}

//! Outcomes looked at per second. `cargo bench --bench enumerate`; one thread, unless `RAYON_NUM_THREADS` says more.
//!
//! Additive scenarios of opposed or independent parties, and the same with tables over neighbouring issues. Groups of
//! outcomes that are passed over because a point of the frontier dominates all they could hold count as looked at;
//! the rate without passing over is `cargo test --release -p detente --lib -- --ignored --nocapture rate_of_looking`.

#![allow(clippy::unwrap_used, missing_docs)]

use detente::analysis::Limits;
use detente::analysis::enumerate::{frontier as every_outcome, survey};
use detente::game::{Issue, Part, Profile, Scenario, Space, Stream, Utility};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};

const LIMITS: Limits = Limits { points: 2_000_000, steps: u64::MAX };
const VALUES: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

fn main() {
    let _ = rayon::ThreadPoolBuilder::new().num_threads(1).build_global();
    divan::main();
}

fn scenario(parties: usize, issues: usize, tables: bool) -> Scenario {
    let mut dice = Stream::new(1, 0, 0);
    let space = Space { issues: (0..issues).map(|i| Issue::named(&format!("i{i}"), &VALUES)).collect() };
    let mut numbers = |n: usize| -> Vec<i128> { (0..n).map(|_| i128::from(dice.below(1_000_000))).collect() };
    let mut profile = |at: usize| {
        let worth = (0..issues).map(|_| numbers(10)).collect();
        let mut utility = Utility { unit: 1_000_000 * issues as i128, worth, ..Utility::default() };
        let pairs = if tables { issues - 1 } else { 0 };
        utility.parts.extend((0..pairs).map(|i| Part::Table {
            issues: vec![i, i + 1],
            sizes: vec![10, 10],
            worth: numbers(100),
        }));
        Profile::new(format!("p{at}"), utility)
    };
    Scenario::new("bench", space, (0..parties).map(&mut profile).collect())
}

fn outcomes(scenario: &Scenario) -> ItemsCount {
    ItemsCount::new(scenario.space.small_count().unwrap())
}

#[divan::bench(args = [2, 3, 4, 6], sample_count = 5)]
fn additive(bencher: Bencher, parties: usize) {
    let scenario = scenario(parties, 8, false);
    bencher.counter(outcomes(&scenario)).bench(|| every_outcome(black_box(&scenario), LIMITS).unwrap());
}

#[divan::bench(args = [2, 3, 4], sample_count = 5)]
fn tables_over_neighbours(bencher: Bencher, parties: usize) {
    let scenario = scenario(parties, 7, true);
    bencher.counter(outcomes(&scenario)).bench(|| every_outcome(black_box(&scenario), LIMITS).unwrap());
}

#[divan::bench(args = [2, 3], sample_count = 5)]
fn surveyed(bencher: Bencher, parties: usize) {
    let scenario = scenario(parties, 7, false);
    bencher.counter(outcomes(&scenario)).bench(|| survey(black_box(&scenario), LIMITS).unwrap());
}

//! Stability of random conflicts of a given size: CPU seconds and the most memory, to be set beside other programs.
//!
//! `stability_time MAKERS OPTIONS STATEMENTS CONCEPTS SEED [REPEATS]`, with concepts such as `R,GMR,SMR,SEQ`. Options
//! go to decision makers in turn; statements are of one to three literals. Of several repeats the least is printed.
//! CPU time is that of all threads; `RAYON_NUM_THREADS=1` keeps to one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use detente::analysis::stability::{Ask, Concept, dense};
use detente::game::conflict::{Conflict, Control, Maker, Moves, Preference, Strength};
use detente::game::{Formula, Issue, Space, Stream};
use std::hint::black_box;

const USAGE: &str = "stability_time MAKERS OPTIONS STATEMENTS CONCEPTS SEED [REPEATS]";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| arguments.get(at).and_then(|a| a.parse::<u64>().ok());
    let needed = |at: usize| number(at).expect(USAGE);
    let concepts = arguments.get(3).expect(USAGE).split(',');
    let concepts: Vec<Concept> = concepts.map(|name| Concept::named(name).expect("a concept")).collect();
    let conflict = conflict(needed(0) as usize, needed(1) as usize, needed(2) as usize, needed(4));
    let ask = Ask { concepts, listed: 0 };
    let bounds = dense::Bounds { states: 1 << 34, ..dense::Bounds::default() };
    let mut least = f64::INFINITY;
    let mut found = None;
    for _ in 0..number(5).unwrap_or(1) {
        let before = seconds();
        let mut runs = 0;
        // The clock of CPU time is coarse: short runs are taken many at a time.
        while runs == 0 || (runs < 10_000 && seconds() - before < 0.05) {
            found = black_box(dense::solve(black_box(&conflict), &ask, bounds));
            runs += 1;
        }
        least = least.min((seconds() - before) / f64::from(runs));
    }
    let found = found.expect("a conflict that the dense engine takes");
    let counts = found.equilibria.iter().map(|(concept, found)| format!("\"{}\": {}", concept.short(), found.count));
    let counts: Vec<String> = counts.collect();
    println!(
        "{{\"states\": {}, \"cpu_seconds\": {least:.6}, \"megabytes\": {:.1}, \"equilibria\": {{{}}}}}",
        found.feasible,
        peak(),
        counts.join(", ")
    );
}

/// Options dealt in turn, statements at random: a conjunction, a disjunction or an implication of literals.
fn conflict(makers: usize, options: usize, statements: usize, seed: u64) -> Conflict {
    let mut stream = Stream::new(seed, 0, 0);
    let mut below = |n: usize| stream.below(n as u64) as usize;
    let names: Vec<String> = (0..options).map(|at| format!("o{at}")).collect();
    let space = Space { issues: names.iter().map(|name| Issue::named(name, &["N", "Y"])).collect() };
    let mut statement = || {
        let count = 1 + below(3);
        let mut literals: Vec<Formula> =
            (0..count).map(|_| Formula::In(below(options), vec![below(2) as u16])).collect();
        match below(4) {
            0 => Formula::Or(literals),
            1 if count > 1 => {
                let then = literals.pop().unwrap();
                Formula::Or(vec![Formula::And(literals).not(), then])
            }
            _ => Formula::And(literals),
        }
    };
    let maker = |at: usize| Maker {
        id: format!("m{at}"),
        name: format!("Maker {at}"),
        preference: Preference::Statements((0..statements).map(|_| statement()).collect()),
        strength: Strength::None,
        unknown: Vec::new(),
        unseen: None,
    };
    Conflict {
        space: space.into(),
        makers: (0..makers).map(maker).collect(),
        control: (0..options).map(|at| Control { holders: vec![at % makers], moves: Moves::Free }).collect(),
        rules: Vec::new(),
    }
}

/// CPU seconds of all threads so far: what Linux says of them.
fn seconds() -> f64 {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let nanoseconds = |entry: std::fs::DirEntry| -> Option<f64> {
        let text = std::fs::read_to_string(entry.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse().ok()
    };
    threads.filter_map(nanoseconds).sum::<f64>() / 1e9
}

/// The most memory this process has held, in millions of bytes: what Linux says of it.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes: f64 = line.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(f64::NAN);
    kibibytes * 1024.0 / 1e6
}

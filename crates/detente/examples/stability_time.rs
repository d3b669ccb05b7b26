//! Stability of random conflicts of a given size: CPU seconds and the most memory, to be set beside other programs.
//!
//! `stability_time MAKERS OPTIONS STATEMENTS CONCEPTS SEED [REPEATS] [ENGINE]`, with concepts such as `R,GMR,SMR,SEQ`.
//! Options go to decision makers in turn; statements are of one to three literals. Of several repeats the least is
//! printed. The engine is `dense`, or `symbolic`, or `literal` (up to 4,096 states).
//! CPU time is that of all threads; `RAYON_NUM_THREADS=1` keeps to one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use detente::analysis::stability::{Ask, Concept, dense, literal, symbolic};
use std::hint::black_box;

#[path = "../../../bench/common/cpu.rs"]
mod cpu;
#[path = "../../../bench/common/conflict.rs"]
mod random;

const USAGE: &str = "stability_time MAKERS OPTIONS STATEMENTS CONCEPTS SEED [REPEATS] [ENGINE]";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| arguments.get(at).and_then(|a| a.parse::<u64>().ok());
    let needed = |at: usize| number(at).expect(USAGE);
    let concepts = arguments.get(3).expect(USAGE).split(',');
    let concepts: Vec<Concept> = concepts.map(|name| Concept::named(name).expect("a concept")).collect();
    let conflict = random::conflict(needed(0) as usize, needed(1) as usize, needed(2) as usize, needed(4));
    let ask = Ask { concepts, listed: 0 };
    let bounds = dense::Bounds { states: 1 << 34, bare: 1 << 34, ..dense::Bounds::default() };
    let engine = arguments.get(6).map_or("dense", String::as_str);
    let solve = || match engine {
        "dense" => dense::solve(black_box(&conflict), &ask, bounds),
        "symbolic" => symbolic::solve(black_box(&conflict), &ask, symbolic::Budget::default()).ok(),
        _ => literal::solve(black_box(&conflict), &ask, 1 << 12),
    };
    let least = cpu::least(number(5).unwrap_or(1), solve);
    let found = solve().expect("a conflict that the engine takes");
    let counts = found.equilibria.iter().map(|(concept, found)| format!("\"{}\": {}", concept.short(), found.count));
    let counts: Vec<String> = counts.collect();
    println!(
        "{{\"states\": {}, \"cpu_seconds\": {least:.6}, \"megabytes\": {:.1}, \"equilibria\": {{{}}}}}",
        found.feasible,
        peak(),
        counts.join(", ")
    );
}

/// The most memory this process has held, in millions of bytes: what Linux says of it.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes: f64 = line.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(f64::NAN);
    kibibytes * 1024.0 / 1e6
}

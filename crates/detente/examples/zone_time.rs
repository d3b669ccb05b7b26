//! The frontier of a scenario and its named solutions, over and over: what `bench/peers` takes the time of.
//!
//! `zone_time REPEATS FILE…` reads the files once. With 0 repeats it does no more, so that the difference between
//! two runs is the analysis alone. Packages are written out in names, as whoever asks for them wants them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use detente::analysis::{Limits, Package, Point, solved};
use detente::exchange::{Input, read};
use std::hint::black_box;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let repeats: u64 = arguments.next().and_then(|r| r.parse().ok()).expect("zone_time REPEATS FILE…");
    let inputs: Vec<Input> =
        arguments.map(|name| Input { bytes: std::fs::read(&name).expect("a file"), name }).collect();
    let scenario = read(&inputs, None).scenario.expect("a scenario");
    let mut points = 0;
    for _ in 0..repeats {
        let scenario = black_box(&scenario);
        let found = solved(scenario, Limits::default()).answer;
        let named = |p: &Point| Package::of(scenario, p);
        let packages: Vec<Package> = found.frontier.points.iter().map(named).collect();
        let solutions: Vec<Option<Package>> = found.solutions.iter().map(|s| s.as_ref().map(named)).collect();
        points = black_box(packages).len();
        black_box(solutions);
    }
    println!("{{\"points\": {points}, \"megabytes\": {}}}", peak());
}

/// The most memory this process has held, in millions of bytes: what Linux says of it.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes: f64 = line.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(f64::NAN);
    kibibytes * 1024.0 / 1e6
}

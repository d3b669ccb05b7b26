//! Sessions a second on one core: at the table, walked along, and with everything built for each session.
//!
//! `cargo bench --bench talks`. Two parties, three issues of ten values, 100 rounds, alternating offers, as the figures of
//! NegMAS in `bench/peers` are. The last column is the ratio to sessions at the table of the same pair. Times are those of the
//! thread on the processor where the system tells them (Linux), else of the clock.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use detente::game::{Issue, Profile, Scenario, Space, Stream, Utility};
use detente::strategy::{Duel, Known, Recipe, Strategy, Timetable, end_of_two, play};
use detente::talks::protocols::StackedAlternating;
use detente::talks::{Clock, Seat, Setting};
use std::time::Instant;

/// Seconds of this thread on the processor so far.
fn cpu(start: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| start.elapsed().as_secs_f64(), |n| n / 1e9)
}

fn scenario(seed: u64) -> Scenario {
    let values: Vec<String> = (0..10).map(|v| format!("v{v}")).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let issues = (0..3).map(|i| Issue::named(&format!("i{i}"), &values)).collect();
    let mut stream = Stream::new(seed, 0, 0);
    let parties = ["a", "b"].map(|name| {
        let worth = (0..3).map(|_| (0..10).map(|_| i128::from(stream.below(333_334))).collect()).collect();
        Profile::new(name, Utility { unit: 1_000_000, worth, ..Utility::default() })
    });
    Scenario::new("made", Space { issues }, parties.to_vec())
}

/// Sessions a second of `one`, given the number of the session; it says how many rounds it had.
fn rate(start: Instant, seconds: f64, mut one: impl FnMut(u64) -> u32) -> (f64, f64) {
    let (from, mut sessions, mut rounds) = (cpu(start), 0u64, 0u64);
    let mut spent = 0.0;
    while spent < seconds {
        for _ in 0..200 {
            rounds += u64::from(one(sessions));
            sessions += 1;
        }
        spent = cpu(start) - from;
    }
    (sessions as f64 / spent, rounds as f64 / sessions as f64)
}

fn main() {
    let start = Instant::now();
    let (sao, clock) = (StackedAlternating::default(), Clock::rounds(100));
    let many: Vec<Scenario> = (0..60).map(scenario).collect();
    println!("{:<36}{:>16}{:>10}{:>12}", "", "sessions/s", "rounds", "ratio");
    for pair in [
        ["stochastic", "stochastic"],
        ["stochastic", "stochastic(e=2)"],
        ["boulware", "boulware"],
        ["boulware", "conceder"],
        ["micro", "micro"],
    ] {
        let built = pair.map(|name| name.parse::<Recipe>().unwrap().build(&Known::nothing()).unwrap());
        let strategies: Vec<&dyn Strategy> = built.iter().map(AsRef::as_ref).collect();
        let seats = Seat::all(&many[1]).unwrap();
        let setting = Setting::of(&many[1]);
        println!("{}", pair.join(" and "));
        let line = |label: &str, (rate, rounds): (f64, f64), of: f64| {
            println!("  {label:<34}{rate:>16.0}{rounds:>10.1}{:>12.1}", rate / of);
        };
        let at_the_table =
            rate(start, 1.0, |index| play(&setting, &sao, &clock, &seats, &strategies, (1, index)).ending.round);
        line("at the table", at_the_table, at_the_table.0);
        let fresh = rate(start, 1.0, |index| {
            let scenario = &many[usize::try_from(index % 60).unwrap()];
            let (seats, setting) = (Seat::all(scenario).unwrap(), Setting::of(scenario));
            play(&setting, &sao, &clock, &seats, &strategies, (1, index)).ending.round
        });
        line("at the table, all built each time", fresh, at_the_table.0);
        let table = |seat: usize| Timetable::of(strategies[seat], &seats[seat], &clock);
        if let (Some(first), Some(second)) = (table(0), table(1)) {
            let duel = Duel::of(&seats).unwrap();
            let walked = rate(start, 1.0, |index| duel.end([&first, &second], &clock, (1, index)).unwrap().round);
            line("walked along, turns worked out", walked, at_the_table.0);
        }
        let walked = rate(start, 1.0, |index| end_of_two(&seats, &strategies, &clock, (1, index)).unwrap().round);
        line("walked along", walked, at_the_table.0);
        let fresh = rate(start, 1.0, |index| {
            let seats = Seat::all(&many[usize::try_from(index % 60).unwrap()]).unwrap();
            end_of_two(&seats, &strategies, &clock, (1, index)).unwrap().round
        });
        line("walked along, all built each time", fresh, at_the_table.0);
    }
}

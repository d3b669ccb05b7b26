//! Sessions of talks, offer by offer and by the clock: what `bench/peers` holds beside another program.
//!
//! `talks_time traces PLAN` plays one session per line of the plan and prints its offers. `talks_time speed SECONDS
//! REPEATS PLAN` takes the lines as the scenarios of one measurement, all with the strategies of the first, and prints
//! sessions per CPU second, a figure for each repetition. A line is `ROUNDS`, `STRATEGY; STRATEGY…` and the files of a
//! scenario, set apart by tabs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use detente::exchange::{Input, read};
use detente::game::{Outcome, Scenario};
use detente::strategy::{Duel, Known, Recipe, Strategy, Timetable, end_of_two, play};
use detente::talks::protocols::StackedAlternating;
use detente::talks::{Clock, Seat, Setting};
use std::hint::black_box;
use std::sync::Arc;

/// A session to be played.
struct Asked {
    clock: Clock,
    recipes: Vec<Recipe>,
    scenario: Scenario,
}

/// A scenario with its seats taken.
struct Taken<'a> {
    setting: Setting,
    seats: Vec<Arc<Seat>>,
    strategies: Vec<Box<dyn Strategy>>,
    clock: &'a Clock,
}

impl Asked {
    fn of(line: &str) -> Asked {
        let mut parts = line.split('\t');
        let rounds = parts.next().and_then(|r| r.parse().ok()).expect("a number of rounds");
        let recipes = parts.next().expect("strategies").split(';').map(|r| r.trim().parse().expect("a strategy"));
        let recipes = recipes.collect();
        let open = |name: &str| Input { bytes: std::fs::read(name).expect("a file"), name: name.to_string() };
        let inputs: Vec<Input> = parts.map(open).collect();
        let scenario = read(&inputs, None).scenario.expect("a scenario");
        Asked { clock: Clock::rounds(rounds), recipes, scenario }
    }

    /// Seats with their outcomes in order, and strategies: nothing is kept from an earlier session.
    fn taken(&self) -> Taken<'_> {
        Taken {
            setting: Setting::of(&self.scenario),
            seats: Seat::all(&self.scenario).expect("outcomes that can be listed"),
            strategies: self.recipes.iter().map(|r| r.build(&Known::nothing()).expect("a strategy")).collect(),
            clock: &self.clock,
        }
    }
}

impl Taken<'_> {
    fn strategies(&self) -> Vec<&dyn Strategy> {
        self.strategies.iter().map(AsRef::as_ref).collect()
    }

    fn played(&self, index: u64) -> (Vec<(usize, Outcome)>, Option<Outcome>, u32) {
        let protocol = StackedAlternating::negmas();
        let played = play(&self.setting, &protocol, self.clock, &self.seats, &self.strategies(), (1, index));
        let offers = played.session.log().iter().filter_map(|event| event.offer());
        let offers = offers.map(|(seat, outcome)| (seat, outcome.clone())).collect();
        (offers, played.ending.agreement().cloned(), played.ending.round)
    }

    /// A session at the table, without looking at what was said: `play`.
    fn at_the_table(&self, index: u64) {
        let protocol = StackedAlternating::negmas();
        black_box(play(&self.setting, &protocol, self.clock, &self.seats, &self.strategies(), (1, index)));
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let plan = std::fs::read_to_string(arguments.last().expect("a plan")).expect("a plan");
    let asked: Vec<Asked> = plan.lines().map(Asked::of).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["traces", _] => traces(&asked),
        ["speed", seconds, repeats, _] => {
            speed(&asked, seconds.parse().expect("seconds"), repeats.parse().expect("repeats"));
        }
        _ => panic!("talks_time traces PLAN | talks_time speed SECONDS REPEATS PLAN"),
    }
}

/// One line of JSON per session: the values of every offer by their positions, who made it, what was agreed.
fn traces(asked: &[Asked]) {
    for (index, asked) in (0..).zip(asked) {
        let (offers, agreed, round) = asked.taken().played(index);
        let digits = |outcome: &Outcome| format!("{:?}", outcome.digits());
        let offers: Vec<String> = offers.iter().map(|(seat, o)| format!("[{seat}, {}]", digits(o))).collect();
        let agreed = agreed.as_ref().map_or_else(|| "null".to_string(), digits);
        println!("{{\"offers\": [{}], \"agreed\": {agreed}, \"round\": {round}}}", offers.join(", "));
    }
}

/// Four ways to play the same sessions: with everything built anew for each session or the scenarios kept ready, and
/// at the table or, where two strategies look at nothing but time, without a table in between.
fn speed(asked: &[Asked], seconds: f64, repeats: usize) {
    let some = |index: u64| &asked[usize::try_from(index).unwrap() % asked.len()];
    let fresh = measured(seconds, repeats, |index| some(index).taken().at_the_table(index));

    let kept: Vec<Taken<'_>> = asked.iter().map(Asked::taken).collect();
    let ready = |index: u64| &kept[usize::try_from(index).unwrap() % kept.len()];
    let again = measured(seconds, repeats, |index| ready(index).at_the_table(index));

    let walk = |taken: &Taken<'_>| {
        let [a, b] = taken.seats.as_slice() else { return None };
        let [of_a, of_b] = taken.strategies.as_slice() else { return None };
        let table = |strategy: &dyn Strategy, seat: &Seat| Timetable::of(strategy, seat, taken.clock);
        Some((Duel::of(&taken.seats)?, [table(of_a.as_ref(), a)?, table(of_b.as_ref(), b)?]))
    };
    // Turn by turn, and where turns follow from the time alone, with these worked out.
    let along = |taken: &Taken<'_>, index: u64| end_of_two(&taken.seats, &taken.strategies(), taken.clock, (1, index));
    let (mut walked_fresh, mut walked_again) = (Vec::new(), Vec::new());
    if kept.iter().all(|taken| along(taken, 0).is_some()) {
        let walks: Vec<_> = kept.iter().map(walk).collect();
        walked_fresh = measured(seconds, repeats, |index| {
            black_box(along(&some(index).taken(), index).expect("turns"));
        });
        walked_again = measured(seconds, repeats, |index| {
            let at = usize::try_from(index).unwrap() % walks.len();
            match &walks[at] {
                Some((duel, [a, b])) => black_box(duel.end([a, b], &asked[at].clock, (1, index))),
                None => black_box(along(&kept[at], index)),
            };
        });
    }

    let sessions = 10 * kept.len() as u64;
    let played: Vec<_> = (0..sessions).map(|index| ready(index).played(index)).collect();
    let offers = played.iter().map(|(offers, _, _)| offers.len() as f64).sum::<f64>() / sessions as f64;
    let agreed = played.iter().filter(|(_, agreed, _)| agreed.is_some()).count() as f64 / sessions as f64;
    println!(
        "{{\"fresh\": {fresh:?}, \"again\": {again:?}, \"walked_fresh\": {walked_fresh:?}, \
         \"walked_again\": {walked_again:?}, \"offers\": {offers}, \"agreed\": {agreed}}}"
    );
}

/// Sessions per CPU second, for each repetition of about so many seconds.
fn measured(seconds: f64, repeats: usize, session: impl Fn(u64)) -> Vec<f64> {
    let mut index = 0;
    let mut some = |sessions: u64| {
        let start = cpu();
        for _ in 0..sessions {
            session(index);
            index += 1;
        }
        cpu() - start
    };
    let mut sessions = 20;
    let mut spent = some(sessions);
    while spent < seconds / 10.0 {
        sessions *= 4;
        spent = some(sessions);
    }
    let sessions = ((sessions as f64 * seconds / spent) as u64).max(20);
    (0..repeats).map(|_| sessions as f64 / some(sessions)).collect()
}

/// CPU seconds that this thread has had, as Linux says to the nanosecond. It plays all sessions itself.
fn cpu() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    let nanoseconds: f64 = told.split_whitespace().next().and_then(|n| n.parse().ok()).expect("a number");
    nanoseconds / 1e9
}

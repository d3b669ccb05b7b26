#![allow(clippy::unwrap_used)]

use super::*;
use crate::game::{Issue, Profile, Scenario, Space, Utility};
use crate::strategy::{Curve, Known, Pick, Recipe, TimeDependent, end_of_two, play};
use crate::talks::Setting;
use crate::talks::protocols::StackedAlternating;

fn scenario(seed: u64, issues: usize, values: usize) -> Scenario {
    let names: Vec<String> = (0..values).map(|v| format!("v{v}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let space = Space { issues: (0..issues).map(|i| Issue::named(&format!("i{i}"), &names)).collect() };
    let mut stream = Stream::new(seed, 0, 0);
    let parties = ["a", "b"].map(|name| {
        // Few distinct numbers, so that ties are common.
        let worth = (0..issues).map(|_| (0..values).map(|_| i128::from(stream.below(12))).collect()).collect();
        let mut profile = Profile::new(name, Utility { unit: 12 * issues as i128, worth, ..Utility::default() });
        profile.reservation = (stream.below(2) == 0).then(|| i128::from(stream.below(20)));
        profile
    });
    Scenario::new("s", space, parties.to_vec())
}

const TABLED: [&str; 15] = [
    "micro",
    "negmas-micro",
    "boulware",
    "conceder",
    "linear",
    "exponential",
    "boulware(e=0.5)",
    "stochastic",
    "stochastic(e=2)",
    "genius-boulware",
    "genius-conceder",
    "nearest",
    "negmas-boulware",
    "negmas-linear",
    "negmas-conceder",
];

/// A walk along two timetables ends as the session at the table does.
#[test]
fn a_walk_along_timetables_ends_as_the_session_does() {
    let mut agreements = 0;
    for seed in 0..40 {
        let scenario = scenario(seed, 1 + seed as usize % 3, 2 + seed as usize % 4);
        let seats = Seat::all(&scenario).unwrap();
        let setting = Setting::of(&scenario);
        let duel = Duel::of(&seats).unwrap();
        let clock = if seed % 3 == 0 { Clock::rounds(7).breaking(0.05) } else { Clock::rounds(3 + seed as u32 % 20) };
        for (a, b) in (0..TABLED.len()).flat_map(|a| (0..TABLED.len()).map(move |b| (a, b))) {
            let build = |name: &str| -> Box<dyn Strategy> {
                if name == "nearest" {
                    return Box::new(TimeDependent::new(Curve::Polynomial(0.4), Pick::Nearest));
                }
                name.parse::<Recipe>().unwrap().build(&Known::nothing()).unwrap()
            };
            let built = [build(TABLED[a]), build(TABLED[b])];
            let strategies: Vec<&dyn Strategy> = built.iter().map(AsRef::as_ref).collect();
            let slow = play(&setting, &StackedAlternating::default(), &clock, &seats, &strategies, (9, seed)).ending;
            // Once with outcomes that nobody has asked about before, and once with those in order.
            for seats in [Seat::all(&scenario).unwrap(), seats.clone()] {
                let once = end_of_two(&seats, &strategies, &clock, (9, seed)).unwrap();
                assert_eq!(once, slow, "{} {} {seed}", TABLED[a], TABLED[b]);
            }
            let table = |at: usize| Timetable::of(built[at].as_ref(), &seats[at], &clock);
            let counts = |name: &str| name.ends_with("micro");
            match (table(0), table(1)) {
                (Some(first), Some(second)) => {
                    assert_eq!(duel.end([&first, &second], &clock, (9, seed)).unwrap(), slow);
                }
                _ => assert!(counts(TABLED[a]) || counts(TABLED[b])),
            }
            agreements += usize::from(slow.agreement().is_some());
        }
    }
    assert!(agreements > 1000, "{agreements}");
}

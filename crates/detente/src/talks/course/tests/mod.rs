//! A small case, moves in words, and a log that can be read.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod chances;
mod home;
mod mandates;
mod meanwhile;
mod order;
mod parts;
mod plain;
mod properties;
mod story;
mod tellings;

use super::*;
use crate::game::{Formula, Issue, Outcome, Profile, Scenario, Space, Utility};
use crate::talks::protocols::StackedAlternating;
use crate::talks::{Move, Seat, Setting};
use std::sync::Arc;
pub(super) use tellings::told;

/// North and South talk about a bridge, mines and prisoners. Things stand at the first values.
pub(super) struct Table {
    pub(super) scenario: Scenario,
    pub(super) seats: Vec<Arc<Seat>>,
}

fn scenario() -> Scenario {
    let space = Space {
        issues: vec![
            Issue::named("bridge", &["closed", "tolled", "open"]),
            Issue::named("mines", &["there", "cleared"]),
            Issue::named("prisoners", &["held", "some", "all"]),
        ],
    };
    let party = |name: &str, bridge: [i128; 3], reservation| Profile {
        reservation: Some(reservation),
        ..Profile::new(
            name,
            Utility { unit: 10, worth: vec![bridge.to_vec(), vec![0, 2], vec![0, 1, 2]], ..Utility::default() },
        )
    };
    Scenario::new("river", space, vec![party("North", [0, 3, 6], 2), party("South", [6, 3, 0], 6)])
}

/// The table with the utilities of the case: North 0/3/6 for the bridge, South 6/3/0; both 0/2 for mines, 0/1/2 for
/// prisoners. No agreement is worth 2 to North and 6 to South.
pub(super) fn river() -> Table {
    let scenario = scenario();
    let seats = Seat::all(&scenario).unwrap();
    Table { scenario, seats }
}

/// So many meetings of so many rounds, over a state of things that is known.
pub(super) fn meetings(count: u32, rounds: u32) -> Circumstances {
    Circumstances { status_quo: true, ..Circumstances::plain(count, rounds) }
}

/// One mandate that is not contested.
pub(super) fn mandated(mandate: Mandate) -> Party {
    Party { mandates: vec![(mandate, 1.0)], ..Party::default() }
}

impl Table {
    pub(super) fn open(&self, circumstances: &Circumstances) -> Course {
        self.open_at(circumstances, (7, 0))
    }

    pub(super) fn open_at(&self, circumstances: &Circumstances, address: (u64, u64)) -> Course {
        self.open_shared(&Setting::of(&self.scenario), &Arc::new(circumstances.clone()), address)
    }

    /// For many courses under the same circumstances.
    pub(super) fn open_shared(&self, setting: &Setting, shared: &Arc<Circumstances>, address: (u64, u64)) -> Course {
        Course::open(setting, &self.seats, shared.clone(), &StackedAlternating::default(), address).unwrap()
    }

    /// An outcome by the words of its values: what is not named is at its first value.
    pub(super) fn outcome(&self, words: &str) -> Outcome {
        let space = &self.scenario.space;
        let mut outcome = space.status_quo();
        for word in words.split_whitespace() {
            let found = (0..space.issues.len()).find_map(|issue| Some((issue, space.value(issue, word)?)));
            let (issue, digit) = found.unwrap_or_else(|| panic!("no value `{word}`"));
            outcome = outcome.with(issue, digit);
        }
        outcome
    }

    /// A condition: an issue has one of some values.
    pub(super) fn when(&self, issue: &str, values: &[&str]) -> Formula {
        let at = self.scenario.space.issue(issue).unwrap();
        let mut digits: Vec<u16> = values.iter().map(|v| self.scenario.space.value(at, v).unwrap()).collect();
        digits.sort_unstable();
        Formula::In(at, digits)
    }

    /// Moves in words, one a line: `North: open some`, `South: accepts`, `South leaves`, and answers of principals:
    /// `capital of South: approves`.
    pub(super) fn play(&self, course: &mut Course, script: &str) {
        for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (who, what) = line.split_once(": ").unwrap_or_else(|| panic!("`{line}`"));
            let seat = self.scenario.parties.iter().position(|p| who.ends_with(&p.name)).unwrap();
            let done = if who.starts_with("capital of ") {
                let answer = match what {
                    "approves" => Answer::Approve,
                    "extends" => Answer::Extend,
                    "refuses" => Answer::Refuse,
                    "recalls" => Answer::Recall,
                    "by habit" => course.habit(seat),
                    _ => panic!("`{what}`"),
                };
                course.answer(seat, answer)
            } else {
                let what = match what {
                    "accepts" => Move::Accept,
                    "leaves" => Move::Leave,
                    words => Move::Offer(self.outcome(words)),
                };
                course.step(seat, what)
            };
            done.unwrap_or_else(|why| panic!("`{line}`: {why}\n{}", told(self, course)));
        }
    }

    /// Plays a script and gives the log.
    pub(super) fn log(&self, circumstances: &Circumstances, script: &str) -> String {
        let mut course = self.open(circumstances);
        self.play(&mut course, script);
        self.replays(circumstances, &course);
        told(self, &course)
    }

    /// Holds a course that is over to its replay.
    pub(super) fn replays(&self, circumstances: &Circumstances, course: &Course) {
        self.replays_at(circumstances, course, (7, 0));
    }

    pub(super) fn replays_at(&self, circumstances: &Circumstances, course: &Course, address: (u64, u64)) {
        let Some(record) = CourseRecord::of(course, address) else { return };
        let setting = Setting::of(&self.scenario);
        let sao = StackedAlternating::default();
        let replayed = replay(&record, &setting, &self.seats, Arc::new(circumstances.clone()), &sao);
        assert_eq!(replayed, CourseReplayed::Same, "{}", told(self, course));
    }
}

/// Compares a log with what is expected, line by line, without indentation.
pub(super) fn assert_log(found: &str, expected: &str) {
    let lines = |text: &str| text.lines().map(|l| l.trim().to_string()).filter(|l| !l.is_empty()).collect::<Vec<_>>();
    let (found, expected) = (lines(found), lines(expected));
    assert_eq!(found, expected, "\n{}\n", found.join("\n"));
}

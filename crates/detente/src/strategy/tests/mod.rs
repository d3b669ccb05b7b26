#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod every;
mod known;
mod parts;

use super::{Known, Played, Recipe, Strategy, play};
use crate::game::{Issue, Outcome, Profile, Scenario, Space, Stream, Utility};
use crate::talks::protocols::StackedAlternating;
use crate::talks::{Actor, Clock, Event, Move, Seat, Setting, View, What};
use std::sync::Arc;

fn space(sizes: &[usize]) -> Space {
    let issue = |(at, size): (usize, &usize)| {
        let values: Vec<String> = (0..*size).map(|value| format!("v{value}")).collect();
        Issue::named(&format!("i{at}"), &values.iter().map(String::as_str).collect::<Vec<_>>())
    };
    Space { issues: sizes.iter().enumerate().map(issue).collect() }
}

/// A scenario of this many parties with drawn worths from 0 to 99.
fn drawn(sizes: &[usize], parties: usize, seed: u64) -> Scenario {
    let mut stream = Stream::new(seed, 0, 0);
    let party = |at: usize| {
        let worth: Vec<Vec<i128>> =
            sizes.iter().map(|size| (0..*size).map(|_| i128::from(stream.below(100))).collect()).collect();
        let best: i128 = worth.iter().map(|w| w.iter().max().copied().unwrap()).sum();
        Profile::new(format!("p{at}"), Utility { unit: best.max(1), worth, ..Utility::default() })
    };
    let parties = (0..parties).map(party).collect();
    Scenario::new("drawn", space(sizes), parties)
}

/// One issue with `steps + 1` values: the first party likes the first best, the second the last, evenly.
fn pie(steps: u16) -> Scenario {
    let unit = i128::from(steps);
    let party =
        |name: &str, worth: Vec<i128>| Profile::new(name, Utility { unit, worth: vec![worth], ..Utility::default() });
    let parties = vec![party("a", (0..=unit).rev().collect()), party("b", (0..=unit).collect())];
    Scenario::new("pie", space(&[usize::from(steps) + 1]), parties)
}

fn made(text: &str, scenario: &Scenario) -> Box<dyn Strategy> {
    let utilities: Arc<[Arc<Utility>]> = scenario.parties.iter().map(|party| party.utility.clone()).collect();
    Recipe::parse(text).unwrap_or_else(|faults| panic!("{text}: {faults}")).build(&Known::utilities(utilities)).unwrap()
}

fn session_of(scenario: &Scenario, strategies: &[&dyn Strategy], clock: &Clock, seed: u64) -> Played {
    let seats = Seat::all(scenario).unwrap();
    play(&Setting::of(scenario), &StackedAlternating::default(), clock, &seats, strategies, (seed, 0))
}

fn session(scenario: &Scenario, recipes: &[&str], rounds: u32, seed: u64) -> Played {
    let strategies: Vec<Box<dyn Strategy>> = recipes.iter().map(|text| made(text, scenario)).collect();
    let strategies: Vec<&dyn Strategy> = strategies.iter().map(AsRef::as_ref).collect();
    session_of(scenario, &strategies, &Clock::rounds(rounds), seed)
}

/// What a seat proposed, with the round.
fn offers(played: &Played, seat: usize) -> Vec<(u32, Outcome)> {
    let of = |event: &Event| event.offer().filter(|(by, _)| *by == seat).map(|(_, o)| (event.round, o.clone()));
    played.session.log().iter().filter_map(of).collect()
}

/// The seat that accepted last.
fn acceptor(played: &Played) -> Option<usize> {
    let accepts = |event: &Event| match (event.by, &event.what) {
        (Actor::Seat(seat), What::Move(Move::Accept)) => Some(seat),
        _ => None,
    };
    played.session.log().iter().rev().find_map(accepts)
}

/// Proposes what it is told, one after the other, the last for ever; accepts nothing.
#[derive(Clone)]
struct Script(Vec<Outcome>, usize);

impl Script {
    fn of(digits: &[u16]) -> Self {
        Script(digits.iter().map(|digit| Outcome::new([*digit])).collect(), 0)
    }
}

impl Strategy for Script {
    fn open(&self, _: Stream) -> Box<dyn Strategy> {
        Box::new(self.clone())
    }

    fn propose(&mut self, _: &View<'_>) -> Option<Outcome> {
        let next = self.0.get(self.1).or(self.0.last()).cloned();
        self.1 += 1;
        next
    }

    fn accepts(&mut self, _: &View<'_>, _: &Outcome) -> bool {
        false
    }
}

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod conduct;
mod described;

use crate::game::{Issue, Outcome, Profile, Scenario, Space, Stream, Utility};
use crate::strategy::{Known, Played, Recipe, Strategy, play};
use crate::talks::protocols::StackedAlternating;
use crate::talks::{Clock, Seat, Setting, View};

/// A space of so many values for each issue.
fn space(sizes: &[usize]) -> Space {
    let issue = |(at, size): (usize, &usize)| {
        let values: Vec<String> = (0..*size).map(|v| format!("v{v}")).collect();
        Issue::named(&format!("i{at}"), &values.iter().map(String::as_str).collect::<Vec<_>>())
    };
    Space { issues: sizes.iter().enumerate().map(issue).collect() }
}

/// A party whose best outcome is worth 1 and whose worst is worth 0, drawn.
fn party(sizes: &[usize], stream: &mut Stream) -> Profile {
    let mut worth: Vec<Vec<i128>> = Vec::new();
    for size in sizes {
        let weight = 1 + stream.below(9);
        let mut values: Vec<u64> = (0..*size).map(|_| stream.below(101)).collect();
        let low = *values.iter().min().unwrap();
        values.iter_mut().for_each(|v| *v -= low);
        if values.iter().all(|v| *v == 0) {
            values[0] = 100;
        }
        let high = *values.iter().max().unwrap();
        worth.push(values.iter().map(|v| i128::from(v * weight * 1000 / high)).collect());
    }
    let unit = worth.iter().map(|values| values.iter().max().unwrap()).sum();
    Profile::new("party", Utility { unit, worth, ..Utility::default() })
}

/// A scenario of so many parties, drawn.
fn scenario(sizes: &[usize], parties: usize, seed: u64) -> Scenario {
    let mut stream = Stream::new(seed, 77, 0);
    let parties = (0..parties).map(|_| party(sizes, &mut stream)).collect();
    Scenario::new("drawn", space(sizes), parties)
}

fn strategy(text: &str) -> Box<dyn Strategy> {
    text.parse::<Recipe>().unwrap().build(&Known::nothing()).unwrap()
}

/// A session of strategies by name.
fn session(scenario: &Scenario, names: &[&str], rounds: u32, seed: u64) -> Played {
    let strategies: Vec<Box<dyn Strategy>> = names.iter().map(|name| strategy(name)).collect();
    let strategies: Vec<&dyn Strategy> = strategies.iter().map(Box::as_ref).collect();
    let seats = Seat::all(scenario).unwrap();
    let protocol = StackedAlternating::default();
    play(&Setting::of(scenario), &protocol, &Clock::rounds(rounds), &seats, &strategies, (seed, 0))
}

/// The offers of a seat in a session, with their rounds.
fn offers(played: &Played, seat: usize) -> Vec<(u32, Outcome)> {
    let log = played.session.log().iter();
    log.filter_map(|event| event.offer().filter(|(by, _)| *by == seat).map(|(_, o)| (event.round, o.clone()))).collect()
}

/// Proposes these in turn, and accepts nothing.
#[derive(Clone)]
struct Script(Vec<Outcome>, usize);

impl Strategy for Script {
    fn open(&self, _: Stream) -> Box<dyn Strategy> {
        Box::new(self.clone())
    }

    fn propose(&mut self, _: &View<'_>) -> Option<Outcome> {
        self.1 += 1;
        Some(self.0[(self.1 - 1) % self.0.len()].clone())
    }

    fn accepts(&mut self, _: &View<'_>, _: &Outcome) -> bool {
        false
    }
}

/// A session of a strategy by name against one that proposes, over and over, what is worth 0.2 to 0.5 to it.
fn against_script(scenario: &Scenario, name: &str, rounds: u32, seed: u64) -> Played {
    let (agent, seats) = (strategy(name), Seat::all(scenario).unwrap());
    let list = seats[0].menu().list().unwrap().iter();
    let middling = list.filter(|c| (0.2..0.5).contains(&seats[0].real(c.utility)));
    let script = Script(middling.map(|c| c.outcome.clone()).step_by(3).collect(), 0);
    let strategies: [&dyn Strategy; 2] = [agent.as_ref(), &script];
    let protocol = StackedAlternating::default();
    play(&Setting::of(scenario), &protocol, &Clock::rounds(rounds), &seats, &strategies, (seed, 0))
}

/// A session of a strategy that may know the truth against one that stays where it is.
fn session_of_known(scenario: &Scenario, name: &str, rounds: u32) -> Played {
    let agent = name.parse::<Recipe>().unwrap().build(&Known::of(scenario)).unwrap();
    let (other, seats) = (strategy("tough"), Seat::all(scenario).unwrap());
    let strategies: [&dyn Strategy; 2] = [agent.as_ref(), other.as_ref()];
    let protocol = StackedAlternating::default();
    play(&Setting::of(scenario), &protocol, &Clock::rounds(rounds), &seats, &strategies, (1, 0))
}

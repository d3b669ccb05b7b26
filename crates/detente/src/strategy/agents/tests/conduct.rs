//! What is true of every agent.

use super::super::AGENTS;
use super::{offers, scenario, session, space, strategy};
use crate::game::{Formula, Outcome, Profile, Scenario, Utility};
use crate::strategy::{Strategy, play};
use crate::talks::protocols::StackedAlternating;
use crate::talks::{Clock, How, Seat, Setting};
use std::sync::Arc;

fn names() -> impl Iterator<Item = &'static str> {
    AGENTS.iter().map(|entry| entry.about.name)
}

const OTHERS: [&str; 5] = ["boulware", "conceder", "linear", "random", "tough"];

#[test]
fn the_same_seed_plays_the_same_session() {
    for name in names() {
        for other in OTHERS.into_iter().chain([name]) {
            let scenario = scenario(&[4, 3, 5], 2, 1);
            let (one, two) = (session(&scenario, &[name, other], 40, 5), session(&scenario, &[name, other], 40, 5));
            assert_eq!(one.session.log(), two.session.log(), "{name} against {other}");
        }
    }
}

#[test]
fn sessions_end_without_a_breach_however_short() {
    let scenario = scenario(&[4, 3, 2], 2, 2);
    for name in names() {
        for other in OTHERS.into_iter().chain([name]) {
            for rounds in [1, 2, 3, 10, 60] {
                for (seats, at) in [([name, other], 0), ([other, name], 1)] {
                    let played = session(&scenario, &seats, rounds, 3);
                    assert!(matches!(played.ending.how, How::Agreed | How::Deadline), "{seats:?} {:?}", played.ending);
                    assert!(played.ending.agreement().is_some() || offers(&played, at).len() >= rounds as usize - 1);
                }
            }
        }
    }
}

#[test]
fn nothing_below_the_floor_is_proposed_or_accepted() {
    for seed in 0..6 {
        let mut scenario = scenario(&[4, 4, 3], 2, seed);
        for party in &mut scenario.parties {
            party.reservation = Some(party.utility.unit * 6 / 10);
        }
        for name in names() {
            for other in ["nice", "conceder", "random-walker"] {
                let played = session(&scenario, &[name, other], 30, seed);
                let worth = |outcome: &Outcome| scenario.parties[0].utility.of(outcome);
                let floor = scenario.parties[0].reservation.unwrap();
                assert!(offers(&played, 0).iter().all(|(_, offer)| worth(offer) >= floor), "{name}");
                assert!(played.ending.agreement().is_none_or(|agreed| worth(agreed) >= floor), "{name}");
            }
        }
    }
}

#[test]
fn private_red_lines_are_kept() {
    let scenario = scenario(&[4, 4, 3], 2, 9);
    let refuses = Formula::Not(Box::new(Formula::In(0, vec![1])));
    let seats = [
        Arc::new(Seat::of(&scenario, 0, vec![refuses.clone()]).unwrap()),
        Arc::new(Seat::of(&scenario, 1, Vec::new()).unwrap()),
    ];
    for name in names() {
        let (agent, other) = (strategy(name), strategy("random(accept=0.02)"));
        let strategies: [&dyn Strategy; 2] = [agent.as_ref(), other.as_ref()];
        let protocol = StackedAlternating::default();
        let played = play(&Setting::of(&scenario), &protocol, &Clock::rounds(50), &seats, &strategies, (4, 0));
        assert!(offers(&played, 0).iter().all(|(_, offer)| refuses.holds(offer)), "{name}");
        assert!(played.ending.agreement().is_none_or(|agreed| refuses.holds(agreed)), "{name}");
    }
}

#[test]
fn an_end_that_nobody_knows_is_played_to() {
    let scenario = scenario(&[4, 3, 2], 2, 5);
    let seats = Seat::all(&scenario).unwrap();
    for name in names() {
        let (agent, other) = (strategy(name), strategy("tough"));
        let strategies: [&dyn Strategy; 2] = [agent.as_ref(), other.as_ref()];
        let clock = Clock::rounds(80).hidden();
        let protocol = StackedAlternating::default();
        let played = play(&Setting::of(&scenario), &protocol, &clock, &seats, &strategies, (4, 0));
        assert!(matches!(played.ending.how, How::Agreed | How::Deadline), "{name}");
    }
}

#[test]
fn spaces_that_are_searched_are_played_in() {
    let scenario = scenario(&[10; 12], 2, 6);
    for name in names() {
        let played = session(&scenario, &[name, "conceder"], 12, 2);
        assert!(matches!(played.ending.how, How::Agreed | How::Deadline), "{name} {:?}", played.ending);
    }
}

#[test]
fn utilities_below_zero_and_alike_do_no_harm() {
    let party =
        |worth: &[i128]| Profile::new("party", Utility { unit: 10, worth: vec![worth.to_vec()], ..Utility::default() });
    let below = Scenario::new("below", space(&[3]), vec![party(&[-5, -8, -20]), party(&[-20, -8, -5])]);
    let alike = Scenario::new("alike", space(&[3]), vec![party(&[0, 0, 0]), party(&[7, 7, 7])]);
    for name in names() {
        for scenario in [&below, &alike] {
            let played = session(scenario, &[name, name], 20, 2);
            assert!(matches!(played.ending.how, How::Agreed | How::Deadline), "{name}");
        }
        // AgentK takes by chance, and there is none before time presses.
        let agreed = session(&alike, &[name, name], 5, 2).ending.agreement().is_some();
        assert!(agreed || name == "agent-k", "{name}: all is the same to it");
    }
}

#[test]
fn those_for_many_seats_play_with_three() {
    let scenario = scenario(&[3, 4, 3], 3, 8);
    for entry in AGENTS.iter().filter(|entry| entry.about.seats.1 > 2) {
        let name = entry.about.name;
        let played = session(&scenario, &[name, "conceder", "conceder"], 60, 1);
        assert!(played.ending.agreement().is_some(), "{name}");
    }
}

#[test]
fn those_who_give_way_are_agreed_with() {
    // An opponent that goes down to nothing by the end meets every agent.
    for name in names() {
        let agreed = (0..20).filter(|seed| {
            let scenario = scenario(&[5, 4, 3, 3], 2, *seed);
            session(&scenario, &["conceder", name], 100, *seed).ending.agreement().is_some()
        });
        assert_eq!(agreed.count(), 20, "{name}");
    }
}

//! What is true of every strategy known by name.

use super::{drawn, made, offers, session, session_of, space};
use crate::game::{Formula, Outcome, Profile, Scenario, Utility};
use crate::strategy::{Recipe, Strategy, entries, play};
use crate::talks::protocols::StackedAlternating;
use crate::talks::{Clock, How, Seat, Setting};
use std::sync::Arc;

/// Every name, and some compositions.
fn recipes() -> Vec<&'static str> {
    let composed = [
        "boa(bid=linear, model=frequency, accept=combi-max-in-window)",
        "boa(bid=micro, model=bayesian)",
        "boa(bid=conceder, model=perfect, accept=gap)",
        "boa(bid=tit-for-tat(noise=0.1), model=conflict, accept=previous)",
        "boa(bid=random, model=windowed(size=3), accept=time)",
        "boa(bid=hybrid, model=smith, accept=always)",
        "boa(bid=boa(bid=tough), model=opposite, accept=never)",
    ];
    entries().map(|entry| entry.about.name).chain(composed).collect()
}

fn two(text: &str) -> bool {
    let (fewest, most) = Recipe::parse(text).unwrap().seats();
    (fewest..=most).contains(&2)
}

#[test]
fn the_same_seed_plays_the_same_session() {
    let scenario = drawn(&[4, 3, 5], 2, 1);
    for text in recipes().into_iter().filter(|text| two(text)) {
        for other in ["boulware", "random", text] {
            let (one, two) = (session(&scenario, &[text, other], 30, 5), session(&scenario, &[text, other], 30, 5));
            assert_eq!(one.session.log(), two.session.log(), "{text} against {other}");
        }
    }
}

#[test]
fn a_strategy_opened_again_starts_afresh() {
    let scenario = drawn(&[4, 3, 5], 2, 3);
    for text in recipes().into_iter().filter(|text| two(text)) {
        let (one, other) = (made(text, &scenario), made("conceder", &scenario));
        let play = |seed| session_of(&scenario, &[one.as_ref(), other.as_ref()], &Clock::rounds(20), seed);
        let first = play(1);
        play(2);
        assert_eq!(play(1).session.log(), first.session.log(), "{text}");
    }
}

#[test]
fn sessions_end_without_a_breach_however_short() {
    let scenario = drawn(&[4, 3, 2], 2, 2);
    for text in recipes().into_iter().filter(|text| two(text)) {
        for other in ["boulware", "random", "nice", text] {
            for rounds in [1, 2, 3, 40] {
                for seats in [[text, other], [other, text]] {
                    let how = session(&scenario, &seats, rounds, 3).ending.how;
                    assert!(!matches!(how, How::Breach(_)), "{seats:?} {how:?}");
                }
            }
        }
    }
}

#[test]
fn nothing_below_the_floor_is_accepted() {
    for seed in 0..8 {
        let mut scenario = drawn(&[4, 4, 3], 2, seed);
        for party in &mut scenario.parties {
            party.reservation = Some(party.utility.unit * 6 / 10);
        }
        for text in recipes().into_iter().filter(|text| two(text)) {
            if Recipe::parse(text).unwrap().ignores_reservation() {
                continue;
            }
            for other in ["random-walker", "conceder", "genius-conceder"] {
                let played = session(&scenario, &[text, other], 25, seed);
                // Whoever accepts last, it is the strategy that accepts or proposes.
                let agreed = played.ending.agreement();
                let worth = |outcome: &Outcome| scenario.parties[0].utility.of(outcome);
                if super::acceptor(&played) == Some(0) {
                    let floor = scenario.parties[0].reservation.unwrap();
                    assert!(agreed.is_none_or(|agreed| worth(agreed) >= floor), "{text}");
                }
            }
        }
    }
}

#[test]
fn private_red_lines_are_kept() {
    let scenario = drawn(&[4, 4, 3], 2, 9);
    let refuses = Formula::Not(Box::new(Formula::In(0, vec![1])));
    let seats = [
        Arc::new(Seat::of(&scenario, 0, vec![refuses.clone()]).unwrap()),
        Arc::new(Seat::of(&scenario, 1, Vec::new()).unwrap()),
    ];
    for text in recipes().into_iter().filter(|text| two(text)) {
        let (one, other) = (made(text, &scenario), made("random(accept=0.02)", &scenario));
        let strategies: [&dyn Strategy; 2] = [one.as_ref(), other.as_ref()];
        let protocol = StackedAlternating::default();
        let played = play(&Setting::of(&scenario), &protocol, &Clock::rounds(40), &seats, &strategies, (4, 0));
        assert!(offers(&played, 0).iter().all(|(_, offer)| refuses.holds(offer)), "{text}");
        assert!(played.ending.agreement().is_none_or(|agreed| refuses.holds(agreed)), "{text}");
    }
}

#[test]
fn an_end_that_nobody_knows_is_played_to() {
    let scenario = drawn(&[4, 3, 2], 2, 5);
    for text in recipes().into_iter().filter(|text| two(text)) {
        let (one, other) = (made(text, &scenario), made("tough", &scenario));
        let clock = Clock::rounds(60).hidden();
        let how = session_of(&scenario, &[one.as_ref(), other.as_ref()], &clock, 4).ending.how;
        assert!(!matches!(how, How::Breach(_)), "{text} {how:?}");
    }
}

#[test]
fn spaces_that_are_searched_are_played_in() {
    let scenario = drawn(&[10; 12], 2, 6);
    for text in recipes().into_iter().filter(|text| two(text)) {
        if !Recipe::parse(text).unwrap().needs_list() {
            let played = session(&scenario, &[text, "conceder"], 10, 2);
            assert!(!matches!(played.ending.how, How::Breach(_)), "{text} {:?}", played.ending);
            let made = offers(&played, 0).len();
            assert!(made > 0 || played.ending.agreement().is_some(), "{text} says nothing");
        }
    }
}

#[test]
fn utilities_below_zero_and_alike_do_no_harm() {
    let party =
        |worth: &[i128]| Profile::new("party", Utility { unit: 10, worth: vec![worth.to_vec()], ..Utility::default() });
    let below = Scenario::new("below", space(&[3]), vec![party(&[-5, -8, -20]), party(&[-20, -8, -5])]);
    let alike = Scenario::new("alike", space(&[3]), vec![party(&[0, 0, 0]), party(&[7, 7, 7])]);
    for text in recipes().into_iter().filter(|text| two(text)) {
        for scenario in [&below, &alike] {
            let how = session(scenario, &[text, text], 15, 2).ending.how;
            assert!(!matches!(how, How::Breach(_)), "{text} {how:?}");
        }
    }
}

#[test]
fn those_for_many_seats_play_with_three() {
    let scenario = drawn(&[3, 4, 3], 3, 8);
    for text in recipes() {
        if Recipe::parse(text).unwrap().seats().1 > 2 {
            let how = session(&scenario, &[text, "conceder", "random"], 40, 1).ending.how;
            assert!(!matches!(how, How::Breach(_)), "{text} {how:?}");
        }
    }
}

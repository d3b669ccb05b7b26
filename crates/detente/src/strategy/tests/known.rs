//! Known behaviour, by the words of each definition over whole lists.

use super::{Script, acceptor, drawn, offers, pie, session, session_of};
use crate::game::{Outcome, Scenario};
use crate::strategy::{Answers, Counting, Curve, Micro, NegmasTime, Pick, Strategy, TimeDependent, TitForTat, Tough};
use crate::talks::{Clock, Seat};
use proptest::prelude::*;

fn digits(offers: &[(u32, Outcome)]) -> Vec<u16> {
    offers.iter().map(|(_, outcome)| outcome.digit(0)).collect()
}

/// The utilities of all outcomes, the best first.
fn utilities(scenario: &Scenario, party: usize) -> Vec<i128> {
    let mut all: Vec<i128> = scenario.space.outcomes().map(|o| scenario.parties[party].utility.of(&o)).collect();
    all.sort_unstable_by_key(|u| std::cmp::Reverse(*u));
    all
}

proptest! {
    /// In each round, the cheapest outcome that reaches 1 - t^(1/e) of the way from the worst, or the floor, to the best.
    #[test]
    fn time_dependent_by_brute_force(seed in 0u64..1000, e in 0.05f64..5.0, floor in prop::option::of(0i128..120)) {
        let mut scenario = drawn(&[4, 3, 4], 2, seed);
        scenario.parties[1].reservation = floor.map(|f| f * scenario.parties[1].utility.unit / 100);
        let tactic = TimeDependent::new(Curve::Polynomial(e), Pick::AtLeast);
        let played = session_of(&scenario, &[&Script(vec![scenario.space.status_quo()], 0), &tactic], &Clock::rounds(20), 0);
        let all = utilities(&scenario, 1);
        let (best, worst) = (all[0] as f64, *all.last().unwrap() as f64);
        let low = scenario.parties[1].reservation.map_or(worst, |r| (r as f64).max(worst)).min(best);
        for (round, outcome) in offers(&played, 1) {
            let time = f64::from(round - 1) / 20.0;
            let target = low + (best - low) * (1.0 - time.powf(1.0 / e));
            let least = all.iter().rev().find(|u| **u as f64 >= target - 1e-9).copied().unwrap_or(all[0]);
            prop_assert_eq!(scenario.parties[1].utility.of(&outcome), least, "round {}", round);
        }
    }

    /// The level of NegMAS's negotiators, and the cheapest outcome that reaches it.
    #[test]
    fn negmas_by_brute_force(seed in 0u64..1000, exponent in 0.2f64..5.0, floor in 0i128..90) {
        let mut scenario = drawn(&[4, 3, 4], 2, seed);
        let unit = scenario.parties[1].utility.unit;
        scenario.parties[1].reservation = Some(floor * unit / 100);
        let tactic = NegmasTime::new(exponent);
        let script = Script(scenario.space.outcomes().take(20).collect(), 0);
        let played = session_of(&scenario, &[&script, &tactic], &Clock::rounds(20), 0);
        let all: Vec<f64> = utilities(&scenario, 1).iter().map(|u| *u as f64 / unit as f64).collect();
        let low = (floor * unit / 100) as f64 / unit as f64;
        let low = low.max(all[all.len() - 1]);
        let level = |round: u32| (low + (all[0] - low) * (1.0 - (f64::from(round) / 21.0).powf(exponent)) - 1e-4).max(low);
        let worth = |outcome: &Outcome| scenario.parties[1].utility.of(outcome) as f64 / unit as f64;
        for (round, outcome) in offers(&played, 1) {
            let least = all.iter().rev().find(|u| **u >= level(round) - 1e-9).unwrap();
            prop_assert!((worth(&outcome) - least).abs() < 1e-9, "round {round}");
        }
        for (round, outcome) in offers(&played, 0) {
            let taken = played.ending.agreement().is_some() && played.ending.round == round;
            prop_assert!(taken == (worth(&outcome) >= level(round) - 1e-12), "round {round}");
        }
    }

    /// Each proposal of MiCRO is its next best one if it made no more different ones than it heard, else one of its earlier
    /// ones; and it accepts when it is offered as much as the least it is ready to propose.
    #[test]
    fn micro_by_its_words(seed in 0u64..1000, walks in 1usize..40) {
        let mut scenario = drawn(&[4, 3, 3], 2, seed);
        scenario.parties[1].reservation = Some(scenario.parties[1].utility.unit / 2);
        let seats = Seat::all(&scenario).unwrap();
        let list = seats[1].menu().list().unwrap();
        let rational: Vec<_> = list.iter().filter(|c| c.utility >= scenario.parties[1].reservation.unwrap()).collect();
        // The worst for it, again and again, then better and better.
        let mut script: Vec<Outcome> = list.iter().rev().take(walks).map(|c| c.outcome.clone()).collect();
        let again = script.clone();
        script.extend(again);
        script.extend(list.iter().rev().map(|c| c.outcome.clone()));
        let played = session_of(&scenario, &[&Script(script, 0), &Micro::new(Counting::Fewest)], &Clock::rounds(150), seed);
        let (mut heard, mut said): (Vec<Outcome>, Vec<Outcome>) = (Vec::new(), Vec::new());
        let worth = |outcome: &Outcome| seats[1].utility(outcome);
        for event in played.session.log() {
            match event.offer() {
                Some((0, outcome)) => {
                    if !heard.contains(outcome) {
                        heard.push(outcome.clone());
                    }
                    let ready = said.len() <= heard.len() && said.len() < rational.len();
                    let least = if ready { rational[said.len()].utility } else { worth(said.last().unwrap()) };
                    let takes = worth(outcome) >= least && worth(outcome) >= rational.last().unwrap().utility;
                    let took = played.ending.agreement() == Some(outcome) && event.round == played.ending.round;
                    prop_assert_eq!(takes, took);
                }
                Some((_, outcome)) => {
                    if said.len() <= heard.len() && said.len() < rational.len() {
                        prop_assert_eq!(outcome, &rational[said.len()].outcome);
                        said.push(outcome.clone());
                    } else {
                        prop_assert!(said.contains(outcome));
                    }
                }
                None => {}
            }
        }
        prop_assert!(played.ending.agreement().is_some());
    }
}

/// Over a pie each gives one step per round; they meet in the middle.
#[test]
fn micro_meets_itself_in_the_middle() {
    let played = session(&pie(10), &["micro", "micro"], 100, 1);
    assert_eq!(played.ending.agreement(), Some(&Outcome::new([5])));
    let played = session(&pie(11), &["micro", "micro"], 100, 1);
    assert!([5, 6].contains(&played.ending.agreement().unwrap().digit(0)));
}

/// With three, it waits for the one who gave least; NegMAS's form counts all together.
#[test]
fn micro_among_three() {
    let scenario = drawn(&[5, 4, 3], 3, 3);
    for (counting, least) in [(Counting::Fewest, 2), (Counting::Together, 20)] {
        let micro = Micro::new(counting);
        let all: Vec<Outcome> = scenario.space.outcomes().collect();
        let still = Script(vec![all[0].clone()], 0);
        let moves = Script(all, 0);
        let played = session_of(&scenario, &[&micro, &still, &moves], &Clock::rounds(30), 1);
        let mut made: Vec<Outcome> = offers(&played, 0).into_iter().map(|(_, o)| o).collect();
        made.sort();
        made.dedup();
        if counting == Counting::Fewest {
            assert_eq!(made.len(), least);
        } else {
            assert!(made.len() >= least || played.ending.round < 30, "{}", made.len());
        }
    }
}

/// Over a pie of ten steps; the other offers the tactic 0, 2, 3, 3, 5 steps. The tactic is at the second seat.
#[test]
fn tit_for_tat_by_hand() {
    let scenario = pie(10);
    let other = Script::of(&[0, 2, 3, 3, 5, 4]);
    let answers = |answers: Answers| {
        let tactic = TitForTat::new(answers);
        digits(&offers(&session_of(&scenario, &[&other, &tactic], &Clock::rounds(6), 1), 1))
    };
    // The same amount: 10, then 2, 1, 0, 2 less; then one step back. It is offered 5 when it asks for 5: agreed.
    assert_eq!(answers(Answers::Absolute { lag: 0, noise: 0.0 }), [10, 8, 7, 7]);
    // One move later.
    assert_eq!(answers(Answers::Absolute { lag: 1, noise: 0.0 }), [10, 10, 8, 7, 7, 5]);
    // Shares: nothing can be said of 0 to 2 but that it is all of it (10 · 0/2 = 0): all is given.
    assert_eq!(answers(Answers::Relative { lag: 0 }), [10]);
    // Over two moves: 0 / 3 of 10 in the third round.
    assert_eq!(answers(Answers::Averaged { window: 2 }), [10, 10]);
    // All since the first offer: 2, 3, 3, 5; then it is offered 5 when it asks for 5.
    assert_eq!(answers(Answers::Naive { kindness: 1.0 }), [10, 8, 7, 7]);
    assert_eq!(answers(Answers::Naive { kindness: 0.0 }), [10; 6]);
    let shares = Script::of(&[4, 5, 5, 4]);
    let relative = TitForTat::new(Answers::Relative { lag: 0 });
    let played = session_of(&scenario, &[&shares, &relative], &Clock::rounds(4), 1);
    assert_eq!(digits(&offers(&played, 1)), [10, 8, 8, 10]);
}

/// Those who never move keep to their best; nobody agrees with them but those who take all.
#[test]
fn baselines() {
    let scenario = pie(10);
    let played = session(&scenario, &["tough", "tough"], 10, 1);
    assert!(played.ending.agreement().is_none());
    assert_eq!(digits(&offers(&played, 0)), [0; 10]);
    let played = session(&scenario, &["tough", "nice"], 10, 1);
    assert_eq!((played.ending.agreement(), acceptor(&played)), (Some(&Outcome::new([0])), Some(1)));
    assert_eq!(session(&scenario, &["random-walker", "random-walker"], 10, 1).ending.agreement(), None);
    // `random` takes a quarter of what it is offered.
    let taken = (0..400).filter(|seed| {
        let random = super::made("random", &scenario);
        session_of(&scenario, &[&Tough, random.as_ref()], &Clock::rounds(1), *seed).ending.agreement().is_some()
    });
    assert!((70..130).contains(&taken.count()));
}

/// Boulware holds out longer than linear, linear than Conceder, under every program's rules.
#[test]
fn names_keep_their_meaning() {
    let scenario = pie(100);
    for family in ["", "genius-", "negmas-", "negolog-"] {
        let kept = |name: &str| -> u32 {
            let name = format!("{family}{name}");
            let strategy: Box<dyn Strategy> = super::made(&name, &scenario);
            let played = session_of(&scenario, &[&Script::of(&[0]), strategy.as_ref()], &Clock::rounds(50), 1);
            digits(&offers(&played, 1)).iter().map(|digit| u32::from(*digit)).sum()
        };
        assert!(kept("boulware") > kept("conceder"), "{family}");
        if family != "genius-" {
            assert!(kept("boulware") > kept("linear") && kept("linear") > kept("conceder"), "{family}");
        }
    }
}

/// Both families of curves fall from the start to the end, and hold out longer the smaller e is.
#[test]
fn curves_by_their_words() {
    let families: [fn(f64) -> Curve; 2] = [Curve::Polynomial, Curve::Exponential];
    for family in families {
        for e in [0.02, 0.1, 0.5, 1.0, 2.0, 10.0] {
            let times: Vec<f64> = (0..=100).map(|t| f64::from(t) / 100.0).collect();
            let heights: Vec<f64> = times.iter().map(|t| family(e).at(*t)).collect();
            assert!(heights.is_sorted_by(|a, b| a >= b), "{:?}", family(e));
            assert!(heights[0] >= 0.95 - 1e-12 && heights[100].abs() < 1e-12, "{:?}", family(e));
            assert!(family(e).at(0.5) > family(e * 1.5).at(0.5), "{:?}", family(e));
        }
    }
    // Faratin's formulas at two points.
    assert!((Curve::Polynomial(0.5).at(0.5) - 0.75).abs() < 1e-12);
    let half = (0.5f64.sqrt() * 0.05f64.ln()).exp();
    assert!((Curve::Exponential(0.5).at(0.5) - (1.0 - half)).abs() < 1e-12);
}

/// In a space far too large to list, MiCRO still goes down its outcomes one by one, from the best.
#[test]
fn micro_goes_down_a_space_too_large_to_list() {
    let scenario = drawn(&[10; 12], 2, 4);
    let script = Script(scenario.space.outcomes().take(40).collect(), 0);
    let played = session_of(&scenario, &[&script, &Micro::new(Counting::Fewest)], &Clock::rounds(40), 1);
    let made: Vec<Outcome> = offers(&played, 1).into_iter().map(|(_, outcome)| outcome).collect();
    let worth: Vec<i128> = made.iter().map(|outcome| scenario.parties[1].utility.of(outcome)).collect();
    assert!(worth.is_sorted_by(|a, b| a >= b), "{worth:?}");
    let best: i128 = scenario.parties[1].utility.worth.iter().map(|w| w.iter().max().copied().unwrap()).sum();
    let mut distinct = made.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!((worth[0], distinct.len()), (best, 40));
}

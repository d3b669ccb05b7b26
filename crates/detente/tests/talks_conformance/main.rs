//! What every protocol and every strategy known by name keeps to, checked for each pair of them.
//!
//! The strategy sits at one seat of each setting; time-dependent ones sit at the others. Each check below is a function
//! over one such [`Bout`]. Every pair is tried; what fails is listed together.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs)]

mod bouts;
mod order;

use bouts::{BINDS_WITHOUT_CONSENT, Bout, ROUNDS, SEED, bouts, clock, holds, json, over_all, packages, recipes, sum};
use detente::game::{IssueKind, Outcome, Scenario, Stream};
use detente::strategy::{Known, Recipe, Strategy, ask, play};
use detente::talks::protocols::{listed, named};
use detente::talks::{Actor, Ask, Clock, Event, How, Move, Record, Replayed, Seat, View, replay};
use order::unordered;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The instances have no ties, so that what is equal is equal for a reason.
#[test]
fn nothing_is_worth_the_same() {
    for scenario in [packages(3), sum()] {
        for party in &scenario.parties {
            let worths: BTreeSet<i128> = scenario.space.outcomes().map(|o| party.utility.of(&o)).collect();
            assert_eq!(worths.len() as u64, scenario.space.small_count().unwrap(), "{}", party.name);
        }
    }
}

#[test]
fn every_pair_is_here() {
    let bouts = bouts();
    let seen: BTreeSet<(String, String)> =
        bouts.iter().map(|b| (b.protocol.name().to_string(), b.recipe.to_string())).collect();
    let missing: Vec<_> = listed()
        .iter()
        .flat_map(|p| recipes().into_iter().map(|r| (p.name.to_string(), r.to_string())))
        .filter(|pair| !seen.contains(pair))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    let three = |b: &&Bout| b.seats.len() == 3;
    assert!(bouts.iter().filter(three).count() * 3 > bouts.len(), "three seats where both allow it");
}

/// No move is illegal, every session ends in its time, and what is agreed keeps the rules.
fn legal(bout: &Bout) -> Result<(), String> {
    let course = bout.play(&clock(), SEED);
    holds(!matches!(course.ending.how, How::Breach(_)), || format!("a breach after {:?}", course.trace.last()))?;
    holds(course.ending.round <= ROUNDS, || format!("round {}", course.ending.round))?;
    holds(course.events.iter().all(|e| e.round <= ROUNDS), || "an event after the end".to_string())?;
    let setting = bout.setting();
    for agreed in &course.ending.agreements {
        setting.check(&agreed.outcome).map_err(|why| why.to_string())?;
    }
    // What a seat says under seal, nobody else sees; what happens in the open, all do.
    let hidden = |e: &Event| (0..bout.seats.len()).any(|s| !e.seen_by(s)) && e.by == Actor::Table;
    holds(!course.events.iter().any(hidden), || "the table hides something".to_string())
}

#[test]
fn moves_are_legal_and_sessions_end_in_time() {
    over_all(legal);
}

/// The same seed gives the same bytes, whoever drives it.
fn determined(bout: &Bout) -> Result<(), String> {
    let course = bout.play(&clock(), SEED);
    holds(json(&course) == json(&bout.play(&clock(), SEED)), || "two runs differ".to_string())?;
    let strategies = bout.strategies();
    let strategies: Vec<&dyn Strategy> = strategies.iter().map(AsRef::as_ref).collect();
    let played = play(&bout.setting(), bout.protocol.as_ref(), &clock(), &bout.seats, &strategies, (SEED, 0));
    holds(played.session.log() == course.events, || "`play` gives another session".to_string())
}

#[test]
fn the_same_seed_gives_the_same_session() {
    over_all(determined);
}

/// A session replays byte for byte from its record, through JSON, under the protocol that the record names.
fn replayed(bout: &Bout) -> Result<(), String> {
    for clock in [clock(), clock().breaking(0.125).hidden()] {
        let course = bout.play(&clock, SEED + 1);
        let text = json(&course);
        let again: Record = serde_json::from_str(&text).map_err(|e| e.to_string())?;
        holds(serde_json::to_string(&again).unwrap() == text, || "the record changes on the way".to_string())?;
        let protocol = named(&again.protocol).map_err(|e| e.to_string())?;
        let replayed = replay(&again, &bout.setting(), protocol.as_ref());
        holds(replayed == Replayed::Same, || format!("{replayed:?}"))?;
    }
    Ok(())
}

#[test]
fn sessions_replay_from_their_record() {
    over_all(replayed);
}

/// The same scenario with other preferences at every seat but one.
fn poisoned(scenario: &Scenario, spared: usize) -> Scenario {
    let mut poisoned = scenario.clone();
    for (at, party) in poisoned.parties.iter_mut().enumerate().filter(|(at, _)| *at != spared) {
        for (issue, worth) in party.utility_mut().worth.iter_mut().enumerate() {
            worth.reverse();
            worth.iter_mut().enumerate().for_each(|(v, w)| *w = *w * 3 + (17 * (issue + v + at)) as i128);
        }
        party.utility_mut().unit = 7777;
        party.reservation = Some(party.reservation.unwrap_or(0) * 2 + 5);
        party.name = format!("somebody {at}");
    }
    poisoned
}

/// A strategy does the same when the others want something else and make the same moves. Those that say they need to know
/// the others are left out.
fn blind(bout: &Bout) -> Result<(), String> {
    let course = bout.play(&clock(), SEED);
    let poisoned = poisoned(&bout.scenario, bout.at);
    let seat = Seat::of(&poisoned, bout.at, Vec::new()).unwrap();
    let mut session = bout.session(&clock(), SEED);
    let known = Known::utilities(poisoned.parties.iter().map(|p| p.utility.clone()).collect());
    let mut player = bout.recipe.build(&known).unwrap().open(Stream::new(SEED, 0, bout.at as u64));
    for (number, (at, asked, what)) in course.trace.iter().enumerate() {
        for other in (0..bout.seats.len()).filter(|other| *other != bout.at) {
            session.set_floor(other, Some(424_242));
        }
        let now = session.asks().next().map(|(seat, ask)| (seat, ask.clone()));
        holds(now.as_ref() == Some(&(*at, asked.clone())), || format!("move {number}: {now:?} is asked"))?;
        if *at == bout.at {
            let does = ask(player.as_mut(), &session.view(&seat), asked);
            holds(does == *what, || format!("move {number}: {does:?} in place of {what:?}"))?;
        }
        session.step(*at, what.clone()).map_err(|why| why.to_string())?;
    }
    Ok(())
}

#[test]
fn nobody_looks_at_what_is_hidden() {
    over_all(|bout| if bout.recipe.needs_others() { Ok(()) } else { blind(bout) });
}

/// Nobody accepts, or is bound to, what is worth less to it than no agreement, save by rules that say so.
fn above_the_floor(bout: &Bout) -> Result<(), String> {
    let course = bout.play(&clock(), SEED);
    let seat = &bout.seats[bout.at];
    let fine = |outcome: &Outcome| seat.utility(outcome) >= seat.reservation.unwrap() && seat.permits(outcome);
    for (_, asked, what) in course.trace.iter().filter(|(at, ..)| *at == bout.at) {
        let accepted: Vec<&Outcome> = match (asked, what) {
            (Ask::Answer(offer) | Ask::Decide(offer), Move::Accept) => vec![offer],
            (Ask::Vote(on), Move::Votes(votes)) => {
                on.iter().zip(votes).filter(|(_, vote)| vote.yes).map(|(offer, _)| offer).collect()
            }
            _ => Vec::new(),
        };
        for offer in accepted {
            holds(fine(offer), || format!("accepts {offer:?}, worth {}", seat.utility(offer)))?;
        }
    }
    if !BINDS_WITHOUT_CONSENT.iter().any(|(name, _)| *name == bout.protocol.name())
        && let Some(outcome) = course.ending.of(bout.at)
    {
        holds(fine(outcome), || format!("is bound to {outcome:?}, worth {}", seat.utility(outcome)))?;
    }
    Ok(())
}

#[test]
fn nobody_accepts_less_than_no_agreement() {
    over_all(|bout| if bout.recipe.ignores_reservation() { Ok(()) } else { above_the_floor(bout) });
}

/// Limits on moves, and breakdowns, end sessions when they say. Closing asks in the last round only.
fn limited(bout: &Bout) -> Result<(), String> {
    let mut limited = clock();
    limited.moves = vec![None; bout.at];
    limited.moves.push(Some(3));
    let course = bout.play(&limited, SEED);
    let made = course.trace.iter().filter(|(at, ..)| *at == bout.at).count();
    holds(made <= 3, || format!("{made} moves with a limit of 3"))?;
    let how = course.ending.how;
    let unlimited = bout.play(&clock(), SEED);
    let same = json(&course).replace(&serde_json::to_string(&limited.moves).unwrap(), "[]") == json(&unlimited);
    let apart = !course.ending.agreements.is_empty();
    holds(same || how == How::Left(bout.at) || apart, || format!("{how:?} with a limit of 3"))?;
    let broken = bout.play(&clock().breaking(1.0), SEED);
    let last = bout.protocol.name() == "closing";
    holds(last || broken.ending.round == 1, || format!("round {} when it breaks down at once", broken.ending.round))?;
    let one = bout.play(&Clock::rounds(1), SEED);
    holds(one.ending.round == 1, || "more rounds than one".to_string())
}

#[test]
fn limits_and_breakdowns_are_kept() {
    over_all(limited);
}

/// The same scenario under other names.
fn renamed(scenario: &Scenario) -> Scenario {
    let mut space = (*scenario.space).clone();
    for (i, issue) in space.issues.iter_mut().enumerate() {
        issue.id = format!("z{}", 9 - i);
        issue.name = format!("another {i}");
        for (v, value) in issue.values.iter_mut().enumerate().filter(|_| issue.kind == IssueKind::Named) {
            value.id = format!("y{}", 9 - v);
            value.label = String::new();
        }
    }
    let mut renamed = scenario.clone();
    renamed.space = Arc::new(space);
    for (at, party) in renamed.parties.iter_mut().enumerate() {
        party.name = format!("x{}", 9 - at);
    }
    renamed
}

/// Names of parties, issues and values change nothing, for chance either.
fn unnamed(bout: &Bout) -> Result<(), String> {
    let other = bout.elsewhere(&renamed(&bout.scenario), &bout.protocol.text());
    holds(json(&bout.play(&clock(), SEED)) == json(&other.play(&clock(), SEED)), || "another session".to_string())
}

#[test]
fn names_do_not_matter() {
    over_all(unnamed);
}

/// Strategies that each break one rule.
#[derive(Debug, Clone, PartialEq)]
enum Cheat {
    /// Proposes what the rules of all forbid.
    Illegal,
    /// Accepts anything.
    Gullible,
    /// Goes by something that is not in the session.
    Moody,
    /// Goes by the name of its seat.
    Vain,
    /// Goes by the order of issues and values.
    Orderly,
}

static MOOD: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);

impl Strategy for Cheat {
    fn open(&self, _: Stream) -> Box<dyn Strategy> {
        Box::new(self.clone())
    }

    fn propose(&mut self, view: &View<'_>) -> Option<Outcome> {
        let menu = view.seat().menu();
        let rank = match self {
            Cheat::Illegal => return Some(Outcome::new([0, 0, 0])),
            Cheat::Gullible => 0,
            Cheat::Moody => MOOD.fetch_add(1, std::sync::atomic::Ordering::Relaxed) % 7,
            Cheat::Vain => view.seat().name.len() as u64 % 7,
            Cheat::Orderly => return view.seat().space.outcomes().find(|outcome| view.tolerates(outcome)),
        };
        menu.ranked(usize::try_from(rank).unwrap()).map(|choice| choice.outcome)
    }

    fn accepts(&mut self, _: &View<'_>, _: &Outcome) -> bool {
        *self == Cheat::Gullible
    }
}

/// Each check finds the strategy that breaks its rule, and does not find fault with a plain one.
#[test]
fn the_checks_can_fail() {
    let tough: Recipe = "tough".parse().unwrap();
    let bout = |text: &str, recipe: &Recipe, cheat: Option<Cheat>| {
        let plain = Bout::new(&packages(2), text, recipe, 1).unwrap();
        Bout { cheat, ..plain }
    };
    let fails = |check: fn(&Bout) -> Result<(), String>, cheat: Cheat| {
        assert!(check(&bout("sao", &tough, None)).is_ok());
        assert!(check(&bout("sao", &tough, Some(cheat.clone()))).is_err(), "{cheat:?} is not found out");
    };
    fails(legal, Cheat::Illegal);
    fails(above_the_floor, Cheat::Gullible);
    fails(determined, Cheat::Moody);
    fails(unnamed, Cheat::Vain);
    fails(|bout| unordered(bout).map(|_| ()), Cheat::Orderly);
    // One that says that it knows the others is found to do so.
    let knows: Recipe = "zeuthen".parse().unwrap();
    assert!(knows.needs_others() && blind(&bout("monotonic-concession", &knows, None)).is_err());
    // A record that was tampered with does not replay.
    let bout = bout("sao", &tough, None);
    let mut record = bout.play(&clock(), SEED).record;
    record.events.swap(0, 1);
    assert_ne!(replay(&record, &bout.setting(), bout.protocol.as_ref()), Replayed::Same);
}

//! What every protocol and every strategy known by name keeps to, checked for each pair of them.
//!
//! The strategy sits at one seat of each setting; time-dependent ones sit at the others. Each check below is a function
//! over one such [`Bout`]. Every pair is tried; what fails is listed together.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs)]

use detente::game::{Formula, Issue, IssueKind, Outcome, Profile, Scenario, Space, Stream, Utility, Value};
use detente::strategy::{Known, Recipe, Strategy, ask, entries, play};
use detente::talks::protocols::{listed, named};
use detente::talks::{
    Actor, Ask, Clock, Ending, Event, How, Move, Protocol, Record, Replayed, Seat, Session, Setting, View, What, replay,
};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

const ROUNDS: u32 = 12;
const SEED: u64 = 20;

/// Protocols that bind a seat to what it did not accept itself, and why.
const BINDS_WITHOUT_CONSENT: [(&str, &str); 2] = [
    ("majority", "those who are outvoted are bound too"),
    ("blind-bidding", "bids that are near enough are settled half way, at less than one of them says"),
];

/// Protocols whose issue is an order, so that its values cannot be shuffled.
const ORDERED: [&str; 2] = ["crossing-demands", "blind-bidding"];

/// The pairs are judged over these: a scenario, a protocol, a strategy by name and where it sits.
struct Bout {
    scenario: Scenario,
    seats: Vec<Arc<Seat>>,
    protocol: Box<dyn Protocol>,
    recipe: Recipe,
    /// A strategy in place of the one by name, for the check of the checks.
    cheat: Option<Cheat>,
    at: usize,
}

/// What happened, with what was asked at each move.
struct Course {
    trace: Vec<(usize, Ask, Move)>,
    events: Vec<Event>,
    ending: Ending,
    record: Record,
}

/// Three issues of 3, 3 and 2 values; no two outcomes are worth the same to anybody.
fn packages(seats: usize) -> Scenario {
    let issues = vec![
        Issue { status_quo: 1, ..Issue::named("bridge", &["open", "tolled", "closed"]) },
        Issue::named("mines", &["left", "marked", "cleared"]),
        Issue { status_quo: 1, ..Issue::named("flag", &["one", "both"]) },
    ];
    let worth: [[&[i128]; 3]; 3] = [
        [&[400, 213, 0], &[0, 97, 301], &[299, 0]],
        [&[0, 307, 355], &[311, 170, 0], &[0, 334]],
        [&[101, 503, 0], &[57, 0, 209], &[0, 288]],
    ];
    let party = |(at, worth): (usize, &[&[i128]; 3])| {
        let worth = worth.iter().map(|w| w.to_vec()).collect();
        let utility = Utility { unit: 1000, worth, ..Utility::default() };
        Profile { reservation: Some(170 + 31 * at as i128), ..Profile::new(format!("party {at}"), utility) }
    };
    let parties = worth.iter().take(seats).enumerate().map(party).collect();
    let mut scenario = Scenario::new("packages", Space { issues }, parties);
    scenario.status_quo = true;
    // Open and left is ruled out for all.
    let both = Formula::And(vec![Formula::In(0, vec![0]), Formula::In(1, vec![0])]);
    scenario.rules = vec![Formula::Not(Box::new(both))];
    scenario
}

/// One issue of ten numbers between two seats; the first wants it up.
fn sum() -> Scenario {
    let value = |n: usize| Value { id: (100 * n).to_string(), label: String::new() };
    let issue = Issue { values: (0..10).map(value).collect(), kind: IssueKind::Whole, ..Issue::named("sum", &[]) };
    let up: Vec<i128> = (0..10).map(|n| 100 * n).collect();
    let down: Vec<i128> = (0..10).map(|n| 900 - 97 * n).collect();
    let party = |name: &str, worth: Vec<i128>, floor| Profile {
        reservation: Some(floor),
        ..Profile::new(name, Utility { unit: 1000, worth: vec![worth], ..Utility::default() })
    };
    let parties = vec![party("claimant", up, 150), party("other side", down, 90)];
    Scenario::new("a sum", Space { issues: vec![issue] }, parties)
}

/// Every protocol with parameters that fit.
fn protocols() -> Vec<String> {
    let mut out: Vec<String> = listed()
        .iter()
        .map(|listed| match listed.name {
            "closing" => "closing(package=1/2/1)".to_string(),
            "crossing-demands" => "crossing-demands(up=0, split=middle)".to_string(),
            "blind-bidding" => "blind-bidding(up=0, span=100)".to_string(),
            other => other.to_string(),
        })
        .collect();
    out.push("majority(quota=2)".to_string());
    out
}

fn name_of(text: &str) -> &str {
    text.split('(').next().unwrap()
}

fn recipes() -> Vec<Recipe> {
    entries().map(|entry| entry.about.name.parse::<Recipe>().unwrap()).collect()
}

impl Bout {
    fn new(scenario: &Scenario, text: &str, recipe: &Recipe, at: usize) -> Option<Self> {
        let protocol = named(text).unwrap();
        let (least, most) = recipe.seats();
        let fits = protocol.fits(&Setting::of(scenario)).is_ok() && (least..=most).contains(&scenario.parties.len());
        let seats = Seat::all(scenario).unwrap();
        fits.then(|| Bout { scenario: scenario.clone(), seats, protocol, recipe: recipe.clone(), cheat: None, at })
    }

    /// The same strategy at the same seat of another scenario.
    fn elsewhere(&self, scenario: &Scenario, text: &str) -> Bout {
        let there = Bout::new(scenario, text, &self.recipe, self.at).unwrap();
        Bout { cheat: self.cheat.clone(), ..there }
    }

    /// Who sits where: the strategy in question, and time-dependent ones that give way in different ways.
    fn strategies(&self) -> Vec<Box<dyn Strategy>> {
        let known = Known::utilities(self.scenario.parties.iter().map(|p| p.utility.clone()).collect());
        let others = ["linear", "conceder", "boulware"];
        (0..self.seats.len())
            .map(|seat| {
                let recipe = if seat == self.at { self.recipe.clone() } else { others[seat].parse().unwrap() };
                let cheat = self.cheat.clone().filter(|_| seat == self.at);
                cheat.map_or_else(|| recipe.build(&known).unwrap(), |cheat| Box::new(cheat))
            })
            .collect()
    }

    fn setting(&self) -> Setting {
        Setting::of(&self.scenario)
    }

    fn session(&self, clock: &Clock, seed: u64) -> Session {
        Session::open(&self.setting(), self.protocol.as_ref(), clock.clone(), seed, 0)
    }

    fn play(&self, clock: &Clock, seed: u64) -> Course {
        let mut session = self.session(clock, seed);
        let open = |(at, s): (usize, Box<dyn Strategy>)| s.open(Stream::new(seed, 0, at as u64));
        let mut players: Vec<_> = self.strategies().into_iter().enumerate().map(open).collect();
        let mut trace = Vec::new();
        loop {
            let Some((at, asked)) = session.asks().next().map(|(seat, ask)| (seat, ask.clone())) else { break };
            let what = ask(players[at].as_mut(), &session.view(&self.seats[at]), &asked);
            trace.push((at, asked, what.clone()));
            if session.step(at, what).is_err() {
                session.breach(at);
            }
        }
        let record = Record::of(&session, self.protocol.as_ref(), seed, 0).expect("it has ended");
        Course { trace, events: session.log().to_vec(), ending: session.ending().unwrap().clone(), record }
    }

    fn title(&self) -> String {
        format!("{} × {} at {} of {}", self.protocol.text(), self.recipe, self.at, self.seats.len())
    }
}

/// Every strategy under every protocol, between two and among three, at different seats.
fn bouts() -> Vec<Bout> {
    let (two, three, sum) = (packages(2), packages(3), sum());
    let mut out = Vec::new();
    for text in protocols() {
        for recipe in recipes() {
            let ordered = ORDERED.contains(&name_of(&text));
            let places: &[(&Scenario, usize)] =
                if ordered { &[(&sum, 0), (&sum, 1)] } else { &[(&two, 1), (&three, 0)] };
            out.extend(places.iter().filter_map(|(scenario, at)| Bout::new(scenario, &text, &recipe, *at)));
        }
    }
    out
}

/// Runs a check over every bout and lists all that fail.
fn over_all(check: impl Fn(&Bout) -> Result<(), String> + Sync) {
    let bouts = bouts();
    let faults: Vec<String> = bouts
        .par_iter()
        .filter_map(|bout| check(bout).err().map(|fault| format!("{}: {fault}", bout.title())))
        .collect();
    assert!(faults.is_empty(), "{} of {} fail:\n{}", faults.len(), bouts.len(), faults.join("\n"));
}

fn holds(what: bool, fault: impl FnOnce() -> String) -> Result<(), String> {
    if what { Ok(()) } else { Err(fault()) }
}

fn json(course: &Course) -> String {
    serde_json::to_string(&course.record).unwrap()
}

fn clock() -> Clock {
    Clock::rounds(ROUNDS)
}

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

/// How issues and values are put in another order: for each new issue the old one, and for each new value the old one.
struct Shuffle(Vec<(usize, Vec<u16>)>);

impl Shuffle {
    fn of(space: &Space, values_too: bool) -> Self {
        let last = space.issues.len() - 1;
        let values = |issue: usize| {
            let size = u16::try_from(space.issues[issue].values.len()).unwrap();
            // Turned by one and, in every second issue, turned round.
            let mut values: Vec<u16> = (0..size).map(|v| if values_too { (v + 1) % size } else { v }).collect();
            if values_too && issue.is_multiple_of(2) {
                values.reverse();
            }
            values
        };
        Shuffle((0..=last).map(|new| (new + 1) % (last + 1)).map(|old| (old, values(old))).collect())
    }

    fn new_digit(&self, issue: usize, value: u16) -> (usize, u16) {
        let at = self.0.iter().position(|(old, _)| *old == issue).unwrap();
        (at, u16::try_from(self.0[at].1.iter().position(|old| *old == value).unwrap()).unwrap())
    }

    fn back(&self, outcome: &Outcome) -> Outcome {
        let mut digits = vec![0; self.0.len()];
        for ((old, values), digit) in self.0.iter().zip(outcome.digits()) {
            digits[*old] = values[usize::from(*digit)];
        }
        Outcome::new(digits)
    }

    fn shuffled(&self, outcome: &Outcome) -> Outcome {
        let digits = self.0.iter().map(|(old, values)| {
            u16::try_from(values.iter().position(|v| *v == outcome.digit(*old)).unwrap()).unwrap()
        });
        Outcome::new(digits.collect::<Vec<_>>())
    }

    fn formula(&self, formula: &Formula) -> Formula {
        let all = |fs: &[Formula]| fs.iter().map(|f| self.formula(f)).collect();
        match formula {
            Formula::Constant(b) => Formula::Constant(*b),
            Formula::In(issue, values) => {
                let mut new: Vec<u16> = values.iter().map(|v| self.new_digit(*issue, *v).1).collect();
                new.sort_unstable();
                Formula::In(self.new_digit(*issue, 0).0, new)
            }
            Formula::Not(f) => Formula::Not(Box::new(self.formula(f))),
            Formula::And(fs) => Formula::And(all(fs)),
            Formula::Or(fs) => Formula::Or(all(fs)),
        }
    }

    fn scenario(&self, scenario: &Scenario) -> Scenario {
        let mut out = scenario.clone();
        let issue = |(old, values): &(usize, Vec<u16>)| {
            let issue = &scenario.space.issues[*old];
            Issue {
                values: values.iter().map(|v| issue.values[usize::from(*v)].clone()).collect(),
                status_quo: self.new_digit(*old, issue.status_quo).1,
                ..issue.clone()
            }
        };
        out.space = Arc::new(Space { issues: self.0.iter().map(issue).collect() });
        out.rules = scenario.rules.iter().map(|rule| self.formula(rule)).collect();
        for (party, before) in out.parties.iter_mut().zip(&scenario.parties) {
            let worth = |(old, values): &(usize, Vec<u16>)| {
                values.iter().map(|v| before.utility.worth[*old][usize::from(*v)]).collect()
            };
            party.utility_mut().worth = self.0.iter().map(worth).collect();
        }
        out
    }

    fn old_move(&self, what: &Move) -> Move {
        match what {
            Move::Offer(outcome) => Move::Offer(self.back(outcome)),
            Move::Criticise(wishes) => {
                Move::Criticise(wishes.iter().map(|(i, v)| (self.0[*i].0, self.0[*i].1[usize::from(*v)])).collect())
            }
            other => other.clone(),
        }
    }
}

/// Strategies whose model of another seat goes by the order of an issue's values, as published: the scalable Bayesian model
/// weighs whether worth rises, falls or peaks along it (Hindriks and Tykhonov 2008). They are held to the order of issues.
const GOES_BY_THE_ORDER_OF_VALUES: [&str; 1] = ["nice-tit-for-tat"];

/// Strategies that say that they break ties of their own by order, and which; left out.
const BREAKS_TIES_BY_ORDER: [(&str, &str); 1] = [("caduceus", "as many votes of its experts for two values")];

/// The order of issues and of values changes nothing where chance does not decide. Whether it does is tried out: a pair
/// that plays the same under four seeds is held to it. Where chance decides, sessions in another order draw other
/// numbers, and nothing can be asked for.
///
/// Says whether it was held to it.
fn unordered(bout: &Bout) -> Result<bool, String> {
    if ORDERED.contains(&bout.protocol.name()) {
        return Ok(false);
    }
    let course = bout.play(&clock(), SEED);
    if (1..4).any(|more| bout.play(&clock(), SEED + more).events != course.events) {
        return Ok(false);
    }
    let shuffle = Shuffle::of(&bout.scenario.space, !GOES_BY_THE_ORDER_OF_VALUES.contains(&bout.recipe.about().name));
    let text = match bout.protocol.name() {
        "closing" => {
            let digits = shuffle.shuffled(&Outcome::new([1, 2, 1]));
            let digits: Vec<String> = digits.digits().iter().map(ToString::to_string).collect();
            format!("closing(package={})", digits.join("/"))
        }
        _ => bout.protocol.text(),
    };
    let other = bout.elsewhere(&shuffle.scenario(&bout.scenario), &text);
    let shuffled = other.play(&clock(), SEED);
    let moves = |events: &[Event]| -> Vec<(u32, usize, Move)> {
        let of = |e: &Event| match (&e.by, &e.what) {
            (Actor::Seat(seat), What::Move(what)) => Some((e.round, *seat, what.clone())),
            _ => None,
        };
        events.iter().filter_map(of).collect()
    };
    let before = moves(&course.events);
    let after: Vec<_> =
        moves(&shuffled.events).into_iter().map(|(r, s, what)| (r, s, shuffle.old_move(&what))).collect();
    let parts = before.iter().zip(&after).position(|(a, b)| a != b);
    holds(parts.is_none(), || {
        let at = parts.unwrap();
        format!("move {at}: {:?} in place of {:?}", after[at], before[at])
    })?;
    holds(before.len() == after.len(), || "another number of moves".to_string())?;
    let ends = |ending: &Ending| {
        (ending.how, ending.round, ending.agreements.iter().map(|a| a.seats.clone()).collect::<Vec<_>>())
    };
    holds(ends(&course.ending) == ends(&shuffled.ending), || "another ending".to_string())?;
    Ok(true)
}

#[test]
fn order_does_not_matter() {
    let held = std::sync::atomic::AtomicUsize::new(0);
    over_all(|bout| {
        if BREAKS_TIES_BY_ORDER.iter().any(|(name, _)| *name == bout.recipe.about().name) {
            return Ok(());
        }
        let counts = usize::from(unordered(bout)?);
        held.fetch_add(counts, std::sync::atomic::Ordering::Relaxed);
        Ok(())
    });
    let (held, all) = (held.into_inner(), bouts().len());
    println!("{held} of {all} pairs play without chance and are held to it");
    assert!(held * 4 > all, "{held} of {all}");
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

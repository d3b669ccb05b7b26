//! The talks lens on small cases whose answers can be told by hand, and on the flagship.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use detente::case::{Case, ReadOptions, read};
use detente::game::Belief;
use detente::lens::talks::{End, Talks, TalksAnswer};
use detente::lens::{Exactness, Finding, Lens, Question};
use detente::text::Diagnostics;
use std::path::Path;

fn case_of(text: &str) -> Case {
    let reading = read("case.toml", &|_| Ok(text.as_bytes().to_vec()), ReadOptions::default());
    assert!(!reading.diagnostics.has_errors(), "{:?}", reading.diagnostics);
    reading.case.unwrap()
}

fn asked(case: &Case, sessions: u64, lens: &Talks) -> Finding<TalksAnswer> {
    let belief = Belief::of(case, &mut Diagnostics::default()).unwrap();
    let question = Question { case, belief: &belief, draws: sessions, seed: 1, progress: &|_, _| {} };
    lens.ask(&question)
}

fn answer(text: &str) -> TalksAnswer {
    asked(&case_of(text), 40, &Talks::default()).answer
}

/// Two parties that both want the bridge open.
const BRIDGE: &str = r#"
title = "A bridge"
[issues.bridge]
values = ["closed", "open"]
status_quo = "closed"
[parties.north]
name = "North"
wants = [{ issue = "bridge", prefers = ["open", "closed"], basis = "assumed", why = "example" }]
[parties.south]
name = "South"
wants = [{ issue = "bridge", prefers = ["open", "closed"], basis = "assumed", why = "example" }]
"#;

/// How the talks on the bridge are held: three meetings of two offers, both giving way evenly.
const HELD: &str = r#"
[talks]
meetings = { value = 3, basis = "elicited", who = "nobody" }
offers = { value = 2, basis = "elicited", who = "nobody" }
concedes = [
  { party = "north", e = 1, basis = "elicited", who = "nobody" },
  { party = "south", e = 1, basis = "elicited", who = "nobody" },
]
"#;

#[test]
fn what_both_want_is_signed_at_once() {
    let found = answer(&format!("{BRIDGE}{HELD}"));
    assert_eq!(found.sessions, 40);
    assert_eq!(found.agreement_rate.value, 1.0);
    assert_eq!(found.agreements.len(), 1);
    assert_eq!(found.agreements[0].outcome["bridge"], "open");
    assert_eq!(found.agreements[0].share.hits, 40);
    assert!(found.other_agreements.is_none());
    assert_eq!(found.endings.len(), 1);
    assert_eq!(found.endings[0].how, End::Agreed);
    assert_eq!(found.rounds.high, 1.0, "in the first meeting");
    assert_eq!(found.settled[0].share.hits, 40);
    // The whole space can come up, and one package by chance is the only one.
    assert!(found.packages.all && found.packages.count == 1);
    assert!(found.baselines.iter().all(|b| b.share.is_none_or(|s| s.hits == 40)));
    // Every number is a point, so there is nothing to change but how parts are signed.
    assert!(found.missing.is_empty(), "{:?}", found.missing);
    let told = found.told.unwrap();
    assert_eq!(told.moves.len(), 1);
    assert_eq!(told.moves[0].worth, [1.0, 1.0]);
    assert_eq!(told.floors, [0.0, 0.0]);
}

#[test]
fn what_one_refuses_is_never_signed() {
    let refuses = "refuses = [{ when = \"bridge = open\", basis = \"elicited\", who = \"nobody\" }]\n[parties.south]";
    let found = answer(&format!("{}{HELD}", BRIDGE.replace("[parties.south]", refuses)));
    assert_eq!(found.agreement_rate.value, 0.0);
    assert!(found.agreements.is_empty());
    assert!(found.agreement_rate.high > 0.0, "no number of sessions proves never");
    // A delegation without anything to propose: with no mandate behind it, it leaves.
    assert!(found.endings.iter().all(|e| !e.signed));
}

#[test]
fn a_mandate_is_referred_and_approved() {
    let mandate = r#"
delegation = { basis = "elicited", who = "nobody", mandates = [
  { id = "ask", says = "has to ask", otherwise = "refer", basis = "elicited", who = "nobody" },
] }
[parties.south]"#;
    let answers = "answers = [{ party = \"north\", delay = 1, basis = \"elicited\", who = \"nobody\" }]\n";
    let found = answer(&format!("{}{HELD}{answers}", BRIDGE.replace("[parties.south]", mandate)));
    assert_eq!(found.agreement_rate.value, 1.0);
    let north = &found.parties[0];
    assert_eq!(north.id, "north");
    assert_eq!((north.referrals.sessions, north.referrals.referred, north.referrals.approved), (40, 40, 40));
    assert_eq!((north.referrals.refused, north.referrals.recalled), (0, 0));
    assert_eq!(found.parties[1].referrals.referred, 0);
    assert_eq!(found.rounds.middle, 2.0, "the answer comes before the second meeting");
    let told = found.told.unwrap();
    assert!(told.events.iter().any(|e| e.says.contains("refers at home")), "{:?}", told.events);
    assert!(told.events.iter().any(|e| e.says.contains("approves")), "{:?}", told.events);
    let mandates = found.hangs_on.iter().find(|h| h.what.contains("mandates")).unwrap();
    assert_eq!(mandates.claims, ["ask"]);
}

#[test]
fn a_delegation_that_may_sign_nothing_is_not_said_to_walk_out() {
    let mandate = r#"
delegation = { basis = "elicited", who = "nobody", mandates = [
  { id = "nothing", says = "may sign nothing", otherwise = "never", basis = "elicited", who = "nobody" },
] }
[parties.south]"#;
    let found = answer(&format!("{}{HELD}", BRIDGE.replace("[parties.south]", mandate)));
    assert_eq!(found.agreement_rate.value, 0.0);
    assert_eq!(found.endings[0].how, End::Bound);
    assert_eq!(found.parties[0].walked.hits, 0);
    // Without mandates all is signed: what the answer hangs on comes first.
    assert_eq!(found.hangs_on[0].what, "mandates and referral");
    assert_eq!(found.hangs_on[0].settings[0].1.share, 1.0);
    assert_eq!(found.same_sessions.unwrap().share, 0.0);
}

/// A summit that has to come first.
const SUMMIT: &str = r#"
[steps.summit]
name = "a summit"
[[preconditions]]
id = "summit-first"
claimed_by = "north"
first = "summit"
before = "bridge = open"
strength = "necessary"
basis = "elicited"
who = "nobody"
"#;

#[test]
fn a_gate_that_never_opens_keeps_it_off_the_table_and_one_that_opens_does_not() {
    let happens = |chance: &str| {
        format!("happens = [{{ step = \"summit\", chance = {chance}, basis = \"elicited\", who = \"nobody\" }}]\n")
    };
    let never = answer(&format!("{BRIDGE}{HELD}{}{SUMMIT}", happens("0")));
    assert_eq!(never.agreement_rate.value, 0.0);
    assert_eq!(never.gates.len(), 1);
    assert_eq!(never.gates[0].claim, "summit-first");
    assert_eq!(never.gates[0].closed.hits, 40);
    let surely = answer(&format!("{BRIDGE}{HELD}{}{SUMMIT}", happens("1")));
    assert_eq!(surely.agreement_rate.value, 1.0);
    assert_eq!(surely.gates[0].closed.hits, 0);
    assert_eq!(surely.rounds.middle, 2.0, "it happens before the second meeting at the earliest");
    // A case that does not say how the summit comes about says so instead of playing it.
    let unsaid = answer(&format!("{BRIDGE}{HELD}{SUMMIT}"));
    assert_eq!(unsaid.agreement_rate.value, 1.0);
    assert!(unsaid.gates.is_empty());
    assert!(unsaid.missing.iter().any(|m| m.contains("is not played")), "{:?}", unsaid.missing);
}

#[test]
fn what_is_signed_can_fail_at_home_or_be_undone() {
    let ratification = r#"
ratification = [{ route = "parliament", basis = "elicited", who = "nobody", passes = { id = "passes", value = 0, basis = "elicited", who = "nobody" } }]
[parties.south]"#;
    let found = answer(&format!("{}{HELD}", BRIDGE.replace("[parties.south]", ratification)));
    assert_eq!(found.agreement_rate.value, 1.0, "it is signed");
    let after = found.after.unwrap();
    assert_eq!(after.stands.hits, 0, "and does not stand");
    assert_eq!(after.unratified[0].1.hits, 40);
    let spoiler =
        "spoilers = [{ id = \"spoils\", by = \"south\", chance = 1, basis = \"elicited\", who = \"nobody\" }]\n";
    let found = answer(&format!("{BRIDGE}{HELD}{spoiler}"));
    let after = found.after.unwrap();
    assert_eq!(after.stands.hits, 0);
    assert_eq!(after.undone[0].0, "spoils");
    assert_eq!(after.undone[0].1.hits, 40);
}

#[test]
fn the_conflict_meanwhile_costs_and_drifts() {
    let meanwhile = r#"
[meanwhile]
cost = [{ id = "cost", party = "north", amount = 0.3, basis = "elicited", who = "nobody" }]
shocks = [{ id = "shock", name = "a shock", chance = 1, on = ["south"], cost = 0.1, basis = "elicited", who = "nobody" }]
"#;
    let refuses = "refuses = [{ when = \"bridge = open\", basis = \"elicited\", who = \"nobody\" }]\n[parties.south]";
    let other = "[issues.toll]\nvalues = [\"none\", \"low\"]\nstatus_quo = \"none\"\n[parties.north]";
    // Nothing can be agreed: one side refuses to open the bridge, and neither wants a toll.
    let text = BRIDGE.replace("[parties.south]", refuses).replacen("[parties.north]", other, 1);
    let text = text.replace("wants = [{ issue = \"bridge\"", "wants = [{ issue = \"toll\", prefers = [\"none\", \"low\"], basis = \"assumed\", why = \"example\" }, { issue = \"bridge\"");
    let found = answer(&format!("{text}{HELD}{meanwhile}"));
    assert_eq!(found.agreement_rate.value, 0.0);
    // Three meetings: two recesses between them, each with a third of the cost, and a shock each.
    let (north, south) = (&found.parties[0], &found.parties[1]);
    assert!((north.borne.middle - 0.2).abs() < 0.002, "{:?}", north.borne);
    assert!((south.borne.middle - 0.2).abs() < 0.002, "{:?}", south.borne);
    assert_eq!(found.meanwhile[0].claim, "shock");
    assert_eq!(found.meanwhile[0].share.hits, 40);
    assert_eq!(north.gain.middle, 0.0);
}

fn flagship(name: &str) -> Case {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/istanbul-2025");
    let open = |file: &str| std::fs::read(folder.join(file)).map_err(|_| detente::case::OpenError::Missing);
    read(name, &open, ReadOptions::default()).case.unwrap()
}

#[test]
fn the_flagship_is_played_with_mandates_tracks_and_the_war_and_says_what_it_leans_on() {
    for name in ["2025-05-16.toml", "case.toml"] {
        let case = flagship(name);
        let found = asked(&case, 8, &Talks::default());
        let answer = &found.answer;
        assert_eq!(answer.sessions, 8, "{name}");
        let rate = &answer.agreement_rate;
        assert!(rate.low <= rate.value && rate.value <= rate.high && rate.low < rate.high, "{name}: {rate:?}");
        let all: u64 = answer.endings.iter().map(|e| e.share.hits).sum();
        assert_eq!(all, 8, "{name}: every session ends in one way");
        assert!(!answer.gates.is_empty() && !answer.meanwhile.is_empty() && answer.after.is_some(), "{name}");
        assert!(answer.parties.iter().any(|p| p.referrals.referred > 0), "{name}");
        assert!(answer.baselines.len() >= 3, "{name}");
        for what in [
            "mandates and referral",
            "demands on the order of steps",
            "the conflict meanwhile",
            "parts signed on the way",
        ] {
            assert!(answer.hangs_on.iter().any(|h| h.what == what), "{name}: {what}");
        }
        // Every number that the talks are played from stands on a claim of the case, and most are assumed.
        assert!(answer.inputs.iter().all(|i| i.claim.is_some()), "{name}: {:?}", answer.inputs);
        assert!(
            answer.inputs.iter().filter(|i| i.basis == detente::case::Basis::Assumed).count() * 2 > answer.inputs.len()
        );
        assert!(matches!(found.made.exactness, Exactness::Sampled { draws: 8, .. }));
        // What is signed never breaks a rule by definition of the case.
        assert!(answer.agreements.iter().all(|a| !a.outcome.is_empty()), "{name}");
    }
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let case = flagship("2025-05-16.toml");
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let found = pool.install(|| asked(&case, 3, &Talks::default()));
        serde_json::to_string(&found).unwrap()
    };
    let one = on(1);
    assert!(one == on(2) && one == on(4));
}

#[test]
fn what_is_asked_for_overrides_the_case() {
    let case = case_of(&format!("{BRIDGE}{HELD}"));
    let lens = Talks {
        session: Some(3),
        meetings: Some(1),
        strategies: vec!["boulware".parse().unwrap(), "linear".parse().unwrap()],
    };
    let found = asked(&case, 5, &lens);
    let told = found.answer.told.unwrap();
    assert_eq!(told.session, 3);
    assert!(told.moves.iter().all(|m| m.meeting == 1));
    // The log of that session ends with its end.
    let belief = Belief::of(&case, &mut Diagnostics::default()).unwrap();
    let question = Question { case: &case, belief: &belief, draws: 5, seed: 1, progress: &|_, _| {} };
    let log = lens.log(&question, 3).unwrap();
    assert!(serde_json::to_string(log.last().unwrap()).unwrap().contains("ended"));
}

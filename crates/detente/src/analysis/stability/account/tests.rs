//! Accounts of conflicts in files: names, numbers, and what is refused.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;
use crate::exchange::{Input, Read, read_conflict};

const DILEMMA: &str = r#"{ "options": [{ "name": "a" }, { "name": "b" }], "decisionMakers": [
    { "name": "A", "options": [0], "preferences": [[[1, "Y"]], [[0, "N"]]] },
    { "name": "B", "options": [1], "preferences": [[[0, "Y"]], [[1, "N"]]] } ], "infeasibles": [] }"#;

fn options(text: &str) -> Conflict {
    let loaded = read_conflict(&Input { name: "dilemma.gmcr".into(), bytes: text.into() });
    let Some(Read::Options { conflict, .. }) = loaded.conflict else { panic!("{:?}", loaded.diagnostics) };
    conflict
}

fn codes(listed: &Listed) -> Vec<&str> {
    listed.states.iter().map(|place| place.code.as_str()).collect()
}

#[test]
fn an_account_names_states_reasons_ways_and_what_would_have_to_be_otherwise() {
    let conflict = options(DILEMMA);
    let request = Request {
        listed: 10,
        state: Some(Outcome::new([1, 1])),
        wanted: Some(Outcome::new([1, 1])),
        paths: true,
        ..Request::default()
    };
    let account = account(Model::Options(&conflict), &request).unwrap().answer;
    assert_eq!(account.states, "4");
    assert_eq!(codes(&account.equilibria["R"]), ["NN"]);
    assert_eq!(codes(&account.equilibria["SEQ"]), ["NN", "YY"]);
    assert_eq!(account.equilibria["SEQ"].states[1].ordinal, Some(Number::Small(4)));
    assert_eq!(account.decision_makers[0].holds, ["a"]);
    let seq = account.why.iter().find(|r| r.concept == Concept::Seq).unwrap();
    assert!(seq.stable && seq.decision_maker == "A");
    assert_eq!(seq.answers[0].to.code, "NY");
    let sanction = seq.answers[0].sanction.as_ref().unwrap();
    assert_eq!((sanction[0].by.clone(), sanction[0].to.code.as_str()), (vec!["B".to_string()], "NN"));
    let nash = &account.inverse.as_ref().unwrap().concepts[0];
    assert!(!nash.equilibrium && nash.independent);
    assert_eq!(nash.makers[0].rankings.as_deref(), Some("12"));
    assert_eq!(nash.makers[0].change.as_ref().unwrap().swaps, 1.0);
    let ahead = account.paths.as_ref().unwrap();
    assert_eq!(ahead.from.code, "YY");
    let ways: Vec<(&str, usize)> = ahead.by_improvements.iter().map(|w| (w.to.code.as_str(), w.moves.len())).collect();
    assert_eq!(ways, [("YY", 0), ("NN", 2)]);
}

#[test]
fn a_graph_has_its_own_names() {
    let text = "maker,A\nmaker,B\nstate,quiet\nstate,loud\nmove,A,quiet,loud\nbetter,A,loud,quiet\nrank,B,quiet,1\nrank,B,loud,0\n";
    let loaded = read_conflict(&Input { name: "noise.csv".into(), bytes: text.into() });
    let Some(Read::Graph(graph)) = loaded.conflict else { panic!("{:?}", loaded.diagnostics) };
    let request = Request { listed: 5, wanted: Some(Outcome::new([0])), ..Request::default() };
    let account = account(Model::Graph(&graph), &request).unwrap().answer;
    assert_eq!(codes(&account.equilibria["R"]), ["loud"]);
    assert_eq!(account.equilibria["R"].states[0].values["state"], "loud");
    assert_eq!(account.stable["B"]["R"].count, Number::Small(2));
    assert_eq!(account.inverse.unwrap().concepts[0].makers[0].minimal[0][0].code, "loud");
}

#[test]
fn what_cannot_be_answered_says_why() {
    let conflict = options(DILEMMA);
    let model = Model::Options(&conflict);
    let state = Request { state: Some(Outcome::new([2, 0])), ..Request::default() };
    assert_eq!(account(model, &state).unwrap_err(), Unaccounted::NotAState);
    let none = options(&DILEMMA.replace(r#""infeasibles": []"#, r#""infeasibles": [[[0, "Y"], [1, "Y"]]]"#));
    let listed = account(Model::Options(&none), &Request { listed: 9, ..Request::default() }).unwrap().answer;
    assert_eq!(listed.states, "3");
    let mut nothing = conflict.clone();
    nothing.rules = vec![crate::game::Formula::Constant(false)];
    let refused = account(Model::Options(&nothing), &Request::default()).unwrap_err();
    assert_eq!(refused, Unaccounted::Unsolved(Unsolved::NoState));
}

#[test]
fn a_space_too_large_for_a_list_is_answered_all_the_same() {
    let options: Vec<String> = (0..60).map(|at| format!(r#"{{ "name": "o{at}" }}"#)).collect();
    let held = |from: usize| (from..60).step_by(2).map(|at| at.to_string()).collect::<Vec<_>>().join(",");
    let text = format!(
        r#"{{ "options": [{}], "decisionMakers": [
            {{ "name": "A", "options": [{}], "preferences": [[[1, "Y"]], [[0, "N"]]] }},
            {{ "name": "B", "options": [{}], "preferences": [[[0, "Y"]], [[1, "N"]]] }} ], "infeasibles": [] }}"#,
        options.join(","),
        held(0),
        held(1)
    );
    let conflict = self::options(&text);
    let state = Outcome::new(vec![1u16; 60]);
    let request = Request { listed: 3, state: Some(state), ..Request::default() };
    let finding = account(Model::Options(&conflict), &request).unwrap();
    let account = finding.answer;
    assert_eq!(account.states, (1u64 << 60).to_string());
    assert_eq!(account.equilibria["R"].count, Number::Large((1u64 << 58).to_string()));
    assert_eq!(account.equilibria["R"].states.len(), 3);
    assert!(finding.made.method.contains("diagrams"), "{}", finding.made.method);
    let seq: Vec<bool> = account.why.iter().filter(|r| r.concept == Concept::Seq).map(|r| r.stable).collect();
    assert_eq!(seq, [true, true]);
}

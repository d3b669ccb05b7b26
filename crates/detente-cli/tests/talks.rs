//! `detente talks`, as a person or a script meets it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::{detente, json, out};
use serde_json::Value;

const RIVER: &str = "river-crossing";

#[test]
fn the_keys_that_others_rely_on() {
    let found = json(&["talks", RIVER, "--sessions", "20", "--json"]);
    assert_eq!(found["sessions"], 20);
    for key in ["value", "low", "high"] {
        assert!(found["agreement_rate"][key].is_number(), "{key}");
    }
    for agreement in found["agreements"].as_array().unwrap() {
        assert!(agreement["outcome"].is_object() && agreement["share"].is_number());
    }
    let endings: u64 = found["endings"].as_array().unwrap().iter().map(|e| e["share"]["hits"].as_u64().unwrap()).sum();
    assert_eq!(endings, 20);
    assert!(found["rounds"]["middle"].is_number());
    assert!(found["made"]["method"].is_string() && found["made"]["seed"] == 1);
    assert!(found["hangs_on"].as_array().is_some_and(|all| !all.is_empty()));
    assert!(found["baselines"].as_array().is_some_and(|all| all.len() >= 3));
    // The case says nothing of the course of the talks: the program says what it takes instead.
    assert!(found["missing"].as_array().is_some_and(|all| !all.is_empty()));
}

#[test]
fn the_page_fits_eighty_columns_and_says_what_it_leans_on() {
    let page = out(&["talks", RIVER, "--sessions", "20", "--threads", "2"]);
    let widest = page.lines().max_by_key(|line| line.chars().count()).unwrap();
    assert!(widest.chars().count() <= 80, "{widest}");
    let words: String = page.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in ["Something is signed in", "9 of them assumed", "not a forecast", "What it hangs on", "One session"] {
        assert!(words.contains(said), "{said}\n{page}");
    }
    assert_eq!(page, out(&["talks", RIVER, "--sessions", "20", "--threads", "1"]));
}

#[test]
fn a_session_is_told_and_logged() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("session.jsonl");
    let arguments = ["talks", RIVER, "--sessions", "6", "--session", "4", "--log", log.to_str().unwrap(), "--json"];
    let found = json(&arguments);
    assert_eq!(found["told"]["session"], 4);
    let written = std::fs::read_to_string(&log).unwrap();
    let lines: Vec<Value> = written.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let offers = lines.iter().filter(|line| line["what"]["moved"]["made"]["offer"].is_array()).count();
    assert_eq!(offers, found["told"]["moves"].as_array().unwrap().len());
    assert!(lines.last().unwrap()["what"]["ended"].is_object() || lines.last().unwrap()["what"]["ended"].is_string());
}

#[test]
fn wrong_arguments_are_told() {
    let wrong = |arguments: &[&str]| {
        let output = detente(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(wrong(&["talks", RIVER, "--strategies", "bulware"]).contains("boulware"));
    assert!(wrong(&["talks", RIVER, "--sessions", "5", "--session", "5"]).contains("no session 5"));
    wrong(&["talks", RIVER, "--sessions", "0"]);
}

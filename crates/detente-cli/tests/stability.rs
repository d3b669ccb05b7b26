//! `detente stability`, as a person or a script meets it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use common::{detente, json, out};
use serde_json::Value;

fn ordinals(listed: &Value) -> Vec<u64> {
    listed["states"].as_array().unwrap().iter().map(|s| s["ordinal"].as_u64().unwrap()).collect()
}

const SYRIA: &str = "graph-model/syria-iraq-1975.gmcr";

#[test]
fn the_keys_of_a_conflict_that_others_rely_on() {
    let found = json(&["stability", SYRIA, "--json"]);
    assert_eq!(found["states"], "6");
    assert_eq!(found["decision_makers"][0]["name"], "Syria");
    assert_eq!(found["equilibria"]["GMR"]["count"], 2);
    assert_eq!(ordinals(&found["equilibria"]["GMR"]), [1, 6]);
    assert_eq!(ordinals(&found["stable"]["syria"]["R"]), [1, 6]);
    assert!(found["equilibria"]["R"]["states"][0]["values"].as_object().unwrap().len() == 3);
    assert_eq!(found["made"]["exactness"], "exact");
}

/// The handout of GMCR+ prints 420 for SEQ; by the definition it is 384 of 720.
#[test]
fn the_inverse_counts_of_syria_and_iraq() {
    let found = json(&["stability", SYRIA, "--inverse", "2", "--json"]);
    let concepts = found["inverse"]["concepts"].as_array().unwrap();
    let counts: Vec<(&str, &str)> = concepts
        .iter()
        .map(|c| (c["concept"].as_str().unwrap(), c["makers"][0]["rankings"].as_str().unwrap()))
        .collect();
    assert_eq!(counts, [("R", "240"), ("GMR", "384"), ("SMR", "300"), ("SEQ", "384"), ("SSEQ", "300")]);
}

#[test]
fn pages_fit_eighty_columns_and_tell_why_and_where_to() {
    let page = out(&["stability", SYRIA, "--state", "YNN", "--inverse", "2", "--path"]);
    for line in page.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    for words in ["Why YNN is stable, or not", "1 swap: 6 (NYY) below", "Syria to NYN, then Iraq to NYY"] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    let same = out(&["stability", SYRIA, "--state", "release-water=Y", "--inverse", "2", "--path"]);
    assert_eq!(page, same, "a state by its letters and by its options");
    let graph = out(&["stability", "graph-model/elmira.csv", "--concept", "R,CNash"]);
    assert!(graph.contains("CNash") && graph.contains("9 states"), "{graph}");
}

#[test]
fn csv_has_a_row_per_state_that_rests_for_somebody() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("states.csv");
    out(&["stability", SYRIA, "--csv", file.to_str().unwrap()]);
    let rows = std::fs::read_to_string(&file).unwrap();
    let rows: Vec<&str> = rows.lines().collect();
    assert_eq!(rows[0], "ordinal,state,syria,iraq,all");
    assert_eq!(rows[6], "6,NYY,R GMR SMR SEQ SSEQ,R GMR SMR SEQ SSEQ,R GMR SMR SEQ SSEQ");
}

#[test]
fn a_case_answers_for_its_states_of_affairs() {
    let case = "istanbul-2025/2025-05-16.toml";
    let found = json(&["stability", case, "--draws", "64", "--json", "--concept", "R,SEQ"]);
    assert_eq!(found["states"], "112");
    assert_eq!(found["draws"], 64);
    let ids: Vec<&str> = found["situations"].as_array().unwrap().iter().map(|s| s["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["status-quo", "full-ceasefire", "ceasefire-neutral", "talks-broken-off"]);
    let holds = found["situations"][1]["holds"].as_object().unwrap();
    assert_eq!(holds.keys().collect::<Vec<_>>(), ["R", "SEQ"]);
    assert_eq!(found["equilibria"]["SEQ"], found["situations"][0]["equilibria"]["SEQ"]);
    let one = json(&["stability", case, "--draws", "64", "--json", "--state", "full-ceasefire", "--threads", "1"]);
    assert_eq!(one["situations"].as_array().unwrap().len(), 1);
    assert_eq!(one["situations"][0]["holds"]["SEQ"], found["situations"][1]["holds"]["SEQ"]);
}

#[test]
fn what_cannot_be_answered_says_why_and_how_to_go_on() {
    for (arguments, code, words) in [
        (vec!["stability", "harbour-strike"], 1, "held_by"),
        (vec!["stability", SYRIA, "--concept", "SEK"], 2, "no concept"),
        (vec!["stability", SYRIA, "--state", "YYY"], 2, "breaks a rule"),
        (vec!["stability", SYRIA, "--state", "9"], 2, "no state number 9"),
        (vec!["stability", "graph-model/elmira.csv", "--concept", "NM"], 2, "NM-pessimistic"),
        (vec!["stability", "graph-model/nowhere.gmcr"], 2, "there is no file"),
        (vec!["stability", "graph-model/elmira.json"], 1, "no conflict"),
    ] {
        let output = detente(&arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {told}");
        assert!(told.contains(words), "{arguments:?}: {told}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn conflicts_convert_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_string();
    let (table, again) = (path("syria.csv"), path("syria.gmcr"));
    out(&["convert", SYRIA, &table]);
    out(&["convert", SYRIA, &again]);
    let ordinal_lists = |file: &str| {
        let found = json(&["stability", file, "--json"]);
        ["R", "GMR", "SMR", "SEQ", "SSEQ"].map(|c| ordinals(&found["equilibria"][c]))
    };
    assert_eq!(ordinal_lists(SYRIA), ordinal_lists(&table));
    assert_eq!(ordinal_lists(SYRIA), ordinal_lists(&again));
    let there = detente(&["convert", SYRIA, &table]);
    assert_eq!(there.status.code(), Some(2), "nothing is written over");
}

//! `detente convert` as a person or a script meets it.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::path::Path;
use std::process::{Command, Output};

fn detente(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente")).args(arguments).current_dir(folder).output().expect("the command runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// A folder with a scenario of two NegoLog profiles in `talks`, statistics beside them.
fn talks() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let talks = folder.path().join("talks");
    std::fs::create_dir(&talks).unwrap();
    let profile = |open: &str| {
        format!(
            "{{\"reservationValue\": 0.1, \"issueWeights\": {{\"gate\": 0.4, \"wall\": 0.6}}, \"issues\": {{\"gate\": \
             {{\"open\": {open}, \"shut\": 0.5}}, \"wall\": {{\"up\": 0.3, \"down\": 1}}}}}}"
        )
    };
    std::fs::write(talks.join("north.json"), profile("1")).unwrap();
    std::fs::write(talks.join("south.json"), profile("0")).unwrap();
    std::fs::write(talks.join("specs.json"), "{\"NumberOfBids\": 4}").unwrap();
    folder
}

#[test]
fn a_folder_becomes_a_folder_and_a_case_and_comes_back() {
    let folder = talks();
    let there = detente(folder.path(), &["convert", "talks", "out", "--to", "negmas"]);
    assert!(there.status.success(), "{}", text(&there.stderr));
    let told = text(&there.stdout);
    assert!(told.contains("NegoLog") && told.contains("4 outcomes") && told.contains("south.yml"), "{told}");
    let back = detente(folder.path(), &["convert", "out", "back", "--to", "negolog", "--parties", "south,north"]);
    assert!(back.status.success(), "{}", text(&back.stderr));
    assert!(folder.path().join("back/south.json").exists());
    let case = detente(folder.path(), &["convert", "talks", "deal.toml"]);
    assert!(case.status.success() && text(&case.stdout).contains("status quo"), "{}", text(&case.stdout));
    let check = detente(folder.path(), &["check", "deal.toml", "--strict"]);
    assert!(check.status.success(), "{}", text(&check.stdout));
}

#[test]
fn what_was_done_is_said_in_json() {
    let folder = talks();
    let done = detente(
        folder.path(),
        &["convert", "talks/north.json", "talks/south.json", "out", "--to", "geniusweb", "--json"],
    );
    let json: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
    assert_eq!((&json["from"], &json["to"], &json["outcomes"]), (&"negolog".into(), &"geniusweb".into(), &"4".into()));
    assert!(json["lost"].as_array().unwrap().iter().all(|l| l["code"] == "exchange::lost"));
    let schema = detente(folder.path(), &["schema", "convert"]);
    let schema: serde_json::Value = serde_json::from_slice(&schema.stdout).expect("JSON");
    let described = schema["properties"].as_object().unwrap();
    assert!(json.as_object().unwrap().keys().all(|key| described.contains_key(key)));
}

#[test]
fn nothing_is_written_over_or_left_half_written() {
    let folder = talks();
    let code = |arguments: &[&str]| detente(folder.path(), arguments).status.code().unwrap();
    std::fs::write(folder.path().join("deal.toml"), "mine").unwrap();
    assert_eq!(code(&["convert", "talks", "deal.toml"]), 2);
    assert_eq!(std::fs::read_to_string(folder.path().join("deal.toml")).unwrap(), "mine");
    assert_eq!(code(&["convert", "talks", "out"]), 2);
    assert_eq!(code(&["convert", "talks"]), 2);
    assert_eq!(code(&["convert", "nowhere", "out", "--to", "case"]), 2);
    assert_eq!(code(&["convert", "talks", "out", "--to", "negmas", "--parties", "west"]), 1);
    assert_eq!(code(&["convert", "talks", "out", "--to", "case", "--parties", "north"]), 1);
    let mut left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["deal.toml", "talks"]);
}

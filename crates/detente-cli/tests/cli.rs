//! The command as a person or a script meets it: what it prints, what it writes, how it exits.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn detente(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("COLUMNS")
        .output()
        .expect("the command runs")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it exits by itself")
}

fn empty() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases")
}

fn files_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_starter_case_passes_its_own_check_strictly_and_makes_a_brief() {
    let folder = empty();
    assert_eq!(code(&detente(folder.path(), &["new", "talks"])), 0);
    let check = detente(folder.path(), &["check", "talks", "--strict"]);
    assert_eq!(code(&check), 0, "{}", out(&check));
    let brief = detente(folder.path(), &["brief", "talks", "--draws", "200"]);
    assert_eq!(code(&brief), 0, "{}", err(&brief));
    assert!(std::fs::read_to_string(folder.path().join("talks.brief.html")).unwrap().starts_with("<!DOCTYPE html>"));
}

#[test]
fn new_does_not_touch_what_is_there() {
    let folder = empty();
    std::fs::create_dir(folder.path().join("talks")).unwrap();
    let again = detente(folder.path(), &["new", "talks"]);
    assert_eq!(code(&again), 2);
    assert!(err(&again).contains("already there"));
    assert_eq!(files_in(&folder.path().join("talks")), Vec::<String>::new());
}

#[test]
fn a_name_with_quotes_still_makes_a_sound_case() {
    let folder = empty();
    assert_eq!(code(&detente(folder.path(), &["new", "a \"b\" \\c"])), 0);
    assert_eq!(code(&detente(folder.path(), &["check", "a \"b\" \\c"])), 0);
}

#[test]
fn exit_codes_are_0_1_and_2() {
    let folder = empty();
    std::fs::write(folder.path().join("bad.toml"), "title = 5").unwrap();
    assert_eq!(code(&detente(folder.path(), &["--help"])), 0);
    assert_eq!(code(&detente(folder.path(), &["--version"])), 0);
    assert_eq!(code(&detente(folder.path(), &["check", "bad.toml"])), 1);
    assert_eq!(code(&detente(folder.path(), &["brief", "bad.toml"])), 1);
    assert_eq!(code(&detente(folder.path(), &["zone", "bad.toml"])), 1);
    assert_eq!(code(&detente(folder.path(), &["check", "nowhere"])), 2);
    assert_eq!(code(&detente(folder.path(), &["brief", "nowhere"])), 2);
    assert_eq!(code(&detente(folder.path(), &["frobnicate"])), 2);
    assert_eq!(code(&detente(folder.path(), &[])), 2);
    assert_eq!(code(&detente(folder.path(), &["explain", "evidence::drift"])), 2);
    assert_eq!(code(&detente(folder.path(), &["brief", "bad.toml", "--draws", "0"])), 2);
}

#[test]
fn a_refused_case_leaves_no_file_and_an_earlier_brief_alone() {
    let folder = empty();
    std::fs::write(folder.path().join("bad.toml"), "title = 5").unwrap();
    std::fs::write(folder.path().join("out.html"), "earlier").unwrap();
    assert_eq!(code(&detente(folder.path(), &["brief", "bad.toml", "-o", "out.html"])), 1);
    assert_eq!(std::fs::read_to_string(folder.path().join("out.html")).unwrap(), "earlier");
    assert_eq!(files_in(folder.path()), ["bad.toml", "out.html"]);
}

#[test]
fn a_place_that_cannot_be_written_is_said_and_left_alone() {
    let folder = empty();
    assert_eq!(code(&detente(folder.path(), &["new", "talks"])), 0);
    let brief = detente(folder.path(), &["brief", "talks", "--draws", "50", "-o", "no/such/folder/out.html"]);
    assert_eq!(code(&brief), 1);
    assert!(err(&brief).contains("no/such/folder"), "{}", err(&brief));
    assert_eq!(files_in(folder.path()), ["talks"]);
}

#[test]
fn a_case_cannot_reach_out_of_its_folder() {
    let folder = empty();
    std::fs::write(folder.path().join("secret.md"), "words").unwrap();
    std::fs::create_dir(folder.path().join("talks")).unwrap();
    for file in ["../secret.md", "/etc/hostname"] {
        let case = format!("title = \"x\"\n[sources.a]\nfile = \"{file}\"\n");
        std::fs::write(folder.path().join("talks/case.toml"), case).unwrap();
        let check = detente(folder.path(), &["check", "talks"]);
        assert_eq!(code(&check), 1);
        assert!(out(&check).contains("file::outside-case"), "{}", out(&check));
    }
}

#[test]
fn the_same_bytes_on_1_2_and_4_threads() {
    let folder = empty();
    let case = cases().join("river-crossing");
    let case = case.to_str().unwrap();
    let briefs: Vec<Vec<u8>> = ["1", "2", "4"]
        .iter()
        .map(|threads| {
            let run = detente(folder.path(), &["brief", case, "--draws", "300", "--threads", threads, "-o", "-"]);
            assert_eq!(code(&run), 0, "{}", err(&run));
            run.stdout
        })
        .collect();
    assert!(briefs[0].len() > 10_000);
    assert_eq!(briefs[0], briefs[1]);
    assert_eq!(briefs[0], briefs[2]);
}

#[test]
fn another_seed_gives_another_brief() {
    let folder = empty();
    let case = cases().join("river-crossing");
    let run = |seed| {
        detente(folder.path(), &["zone", case.to_str().unwrap(), "--draws", "100", "--seed", seed, "--json"]).stdout
    };
    assert_ne!(run("1"), run("2"));
}

#[test]
fn every_verb_prints_json_that_its_schema_names() {
    let folder = empty();
    let case = cases().join("harbour-strike");
    let case = case.to_str().unwrap();
    let verbs: [(&str, Vec<&str>); 7] = [
        ("check", vec!["check", case, "--json"]),
        ("brief", vec!["brief", case, "--draws", "50", "--json"]),
        ("zone", vec!["zone", case, "--draws", "50", "--json"]),
        ("order", vec!["order", case, "--json"]),
        ("mandate", vec!["mandate", case, "--draws", "50", "--json"]),
        ("explain", vec!["explain", "--json"]),
        ("new", vec!["new", "made", "--json"]),
    ];
    for (verb, arguments) in verbs {
        let run = detente(folder.path(), &arguments);
        assert_eq!(code(&run), 0, "{verb}: {}", err(&run));
        let value: serde_json::Value = serde_json::from_str(&out(&run)).unwrap_or_else(|e| panic!("{verb}: {e}"));
        let schema: serde_json::Value = serde_json::from_str(&out(&detente(folder.path(), &["schema", verb]))).unwrap();
        if let (Some(object), Some(properties)) = (value.as_object(), schema["properties"].as_object()) {
            for key in object.keys() {
                assert!(properties.contains_key(key), "{verb}: `{key}` is not in its schema");
            }
            for required in schema["required"].as_array().into_iter().flatten() {
                assert!(object.contains_key(required.as_str().unwrap()), "{verb}: {required} is missing");
            }
        }
    }
    assert!(serde_json::from_str::<serde_json::Value>(&out(&detente(folder.path(), &["schema"]))).is_ok());
}

#[test]
fn nothing_is_coloured_and_nothing_moves_when_piped() {
    let folder = empty();
    std::fs::write(folder.path().join("bad.toml"), "title = 5").unwrap();
    let check = detente(folder.path(), &["check", "bad.toml"]);
    assert!(!out(&check).contains('\u{1b}') && !err(&check).contains('\u{1b}'));
    let case = cases().join("harbour-strike");
    let brief = detente(folder.path(), &["brief", case.to_str().unwrap(), "--draws", "100"]);
    assert_eq!(err(&brief), "");
}

#[test]
fn text_fits_eighty_columns() {
    let folder = empty();
    for verb in ["brief", "zone", "order", "mandate"] {
        for case in ["harbour-strike", "river-crossing"] {
            let case = cases().join(case);
            let mut arguments = vec![verb, case.to_str().unwrap(), "--draws", "100"];
            if verb == "brief" {
                arguments.extend(["--format", "text"]);
            }
            let run = Command::new(env!("CARGO_BIN_EXE_detente"))
                .args(&arguments)
                .current_dir(folder.path())
                .env("COLUMNS", "80")
                .output()
                .unwrap();
            assert_eq!(code(&run), 0, "{}", err(&run));
            for line in out(&run).lines() {
                assert!(line.chars().count() <= 80, "{verb}: {line}");
            }
        }
    }
}

/// The first page of each shipped case stands beside it. `DETENTE_BLESS=1` rewrites it; read the difference.
#[test]
fn shipped_cases_find_what_is_expected_of_them() {
    let folder = empty();
    let shipped = [
        ("istanbul-2025", "expected.txt"),
        ("istanbul-2025/2025-05-16.toml", "expected-2025-05-16.txt"),
        ("harbour-strike", "expected.txt"),
        ("river-crossing", "expected.txt"),
    ];
    for (case, expected) in shipped {
        let path = cases().join(case);
        let run = Command::new(env!("CARGO_BIN_EXE_detente"))
            .args(["brief", path.to_str().unwrap(), "--draws", "500"])
            .current_dir(folder.path())
            .env("COLUMNS", "80")
            .output()
            .unwrap();
        assert_eq!(code(&run), 0, "{case}: {}", err(&run));
        let text = out(&run);
        let found = text.split("How this was made").next().unwrap().trim_end().to_string() + "\n";
        let home = if path.is_dir() { path } else { path.parent().unwrap().to_path_buf() };
        if std::env::var_os("DETENTE_BLESS").is_some() {
            std::fs::write(home.join(expected), &found).unwrap();
        }
        let held = std::fs::read_to_string(home.join(expected)).unwrap_or_default();
        assert!(held == found, "{case}: the first page has changed; DETENTE_BLESS=1 rewrites it\n{found}");
    }
}

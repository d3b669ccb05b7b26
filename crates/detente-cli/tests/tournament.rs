//! `detente tournament`, as a person or a script meets it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
    command.arg("tournament").args(arguments).current_dir(examples()).env("COLUMNS", "80");
    command
}

fn detente(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the command runs")
}

fn out(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    assert!(!output.status.success());
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&out(&detente(arguments))).expect("JSON")
}

/// A folder with two scenarios in it: the market hall twice.
fn two() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["hall2", "hall10"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
        for file in ["domain.xml", "owner.xml", "tenant.xml"] {
            std::fs::copy(examples().join("market-hall").join(file), folder.path().join(name).join(file)).unwrap();
        }
    }
    folder
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

const FEW: [&str; 3] = ["market-hall", "--strategies", "boulware, conceder(e=3), random"];

#[test]
fn the_page_fits_a_terminal_and_says_who_leads() {
    let page = out(&detente(&FEW));
    for line in page.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert!(page.contains("18 sessions: 3 strategies in every role of 1 scenario"), "{page}");
    assert!(page.contains("boulware has the highest mean advantage"), "{page}");
    assert!(page.contains("conceder(e=3)"), "{page}");
}

#[test]
fn the_keys_that_others_rely_on() {
    let found = json(&[&FEW[..], &["--json"]].concat());
    let rows = found["rows"].as_array().unwrap();
    assert_eq!((rows.len(), &found["rows_left_out"]), (18, &Value::from(0)));
    for (at, row) in rows.iter().enumerate() {
        assert_eq!(row["index"], at);
        assert_eq!((row["scenario"].as_str(), row["seed"].as_u64()), (Some("market-hall"), Some(1)));
        assert_eq!((row["strategies"].as_array().unwrap().len(), row["utilities"].as_array().unwrap().len()), (2, 2));
        assert!(row["rounds"].as_u64().unwrap() >= 1);
        let agreed = row["ending"] == "agreed";
        assert_eq!(agreed, row["outcome"].is_object());
        if agreed {
            assert!(row["outcome"]["rent"].is_string());
        }
    }
    for score in found["scores"].as_array().unwrap() {
        for key in ["strategy", "place", "sessions", "agreement", "advantage", "utility", "welfare", "rounds"] {
            assert!(!score[key].is_null(), "{key}");
        }
    }
    for key in ["pairs", "endings", "scenarios", "against", "game", "plan", "plan_digest", "made"] {
        assert!(!found[key].is_null(), "{key}");
    }
}

#[test]
fn rows_that_are_left_out_are_said() {
    let found = json(&[&FEW[..], &["--json", "--list", "5"]].concat());
    assert_eq!((found["rows"].as_array().unwrap().len(), &found["rows_left_out"]), (5, &Value::from(13)));
    assert!(found["how_to_get_all"].as_str().unwrap().contains("--csv"));
}

#[test]
fn the_same_bytes_on_1_2_and_4_threads() {
    let folder = tempfile::tempdir().unwrap();
    let run = |threads: &str| {
        let csv = folder.path().join(format!("{threads}.csv"));
        let more = ["--json", "--repetitions", "20", "--breakdown", "0.01", "--threads", threads, "--csv", text(&csv)];
        let page = out(&detente(&[&FEW[..], &more].concat()));
        (page, std::fs::read(csv).unwrap())
    };
    let one = run("1");
    assert!(one.1.len() > 10_000);
    assert_eq!(one, run("2"));
    assert_eq!(one, run("4"));
}

#[test]
fn every_session_is_a_row_of_the_csv() {
    let folder = tempfile::tempdir().unwrap();
    let csv = folder.path().join("rows.csv");
    let found = json(&[&FEW[..], &["--json", "--csv", text(&csv)]].concat());
    let table = std::fs::read_to_string(csv).unwrap();
    let lines: Vec<&str> = table.split("\r\n").collect();
    assert_eq!(lines.len(), 20, "a head, 18 rows, nothing after the last line end");
    assert!(
        lines[0].starts_with("index,scenario,opens,repetition,seed,strategy_1,strategy_2,ending,by,rounds,utility_1")
    );
    for (row, line) in found["rows"].as_array().unwrap().iter().zip(&lines[1..]) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!((cells[0], cells[7]), (row["index"].to_string().as_str(), row["ending"].as_str().unwrap()));
        assert_eq!(cells[10].parse::<f64>().unwrap(), row["utilities"][0].as_f64().unwrap());
    }
}

#[test]
fn each_folder_is_a_scenario() {
    let folder = two();
    let inside = json(&[text(folder.path()), "--each", "--strategies", "boulware,conceder", "--json"]);
    let names: Vec<&Value> = inside["scenarios"].as_array().unwrap().iter().map(|s| &s["scenario"]).collect();
    assert_eq!(names, ["hall2", "hall10"]);
    let paths = ["hall2", "hall10"].map(|name| folder.path().join(name));
    let named = json(&[text(&paths[0]), text(&paths[1]), "--strategies", "boulware,conceder", "--json"]);
    assert_eq!(named, inside);
    // Files that are no cases are one scenario together.
    let files = ["market-hall/domain.xml", "market-hall/owner.xml", "market-hall/tenant.xml"];
    let files = json(&[&files[..], &["--strategies", "boulware,conceder", "--json"]].concat());
    assert_eq!(files["scenarios"].as_array().unwrap().len(), 1);
    assert_eq!(files["rows"][0]["utilities"], inside["rows"][0]["utilities"]);
}

#[test]
fn the_html_page_is_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let html = folder.path().join("page.html");
    out(&detente(&[&FEW[..], &["--html", text(&html)]].concat()));
    let page = std::fs::read_to_string(html).unwrap();
    for part in [
        "<h1>Tournament of 3 strategies over 1 scenario</h1>",
        "Best replies",
        "Advantage by strategy",
        "conceder(e=3)",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("Bottom line"));
}

#[test]
fn what_is_wrong_is_said_before_anything_is_played() {
    let folder = tempfile::tempdir().unwrap();
    let said = |arguments: &[&str]| err(&detente(arguments));
    assert!(said(&["market-hall", "--strategies", "bulware"]).contains("did you mean `boulware`?"));
    assert!(said(&["market-hall", "--strategies", "boulware,boulware(e=0.2)"]).contains("twice"));
    assert!(said(&["market-hall", "--strategies", " , "]).contains("no strategy"));
    assert!(said(&["market-hall", "--protocol", "soa"]).contains("sao"));
    assert!(said(&["market-hall", "--no-self-play", "--strategies", "boulware"]).contains("two"));
    assert!(said(&["nowhere"]).contains("nowhere"));
    assert!(said(&["market-hall", "--csv", "no/such/folder/rows.csv"]).contains("no/such/folder"));
    assert!(said(&["market-hall", "--resume"]).contains("--state"));
    assert!(said(&[text(folder.path()), "--each"]).contains("no folders"));
}

#[test]
fn a_tournament_that_is_kept_is_not_mixed_with_another() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("kept");
    let with = |more: &[&str]| detente(&[&FEW[..], &["--state", text(&state)], more].concat());
    let first = out(&with(&[]));
    assert!(err(&with(&[])).contains("--resume"));
    assert!(err(&with(&["--resume", "--seed", "2"])).contains("the seed differ"));
    assert!(err(&with(&["--resume", "--rounds", "7"])).contains("rounds or breakdown differ"));
    assert_eq!(out(&with(&["--resume"])), first, "what is finished is told again");
    assert_eq!(out(&detente(&FEW)), first);
    // Rows of somebody else are not written over.
    let other = folder.path().join("other");
    std::fs::create_dir(&other).unwrap();
    std::fs::write(other.join("rows.csv"), "name,phone").unwrap();
    assert!(err(&detente(&[&FEW[..], &["--state", text(&other)]].concat())).contains("not of a tournament"));
    assert_eq!(std::fs::read_to_string(other.join("rows.csv")).unwrap(), "name,phone");
    // A file that somebody wrote into is not taken for what was left.
    std::fs::write(state.join("state.json"), "{}").unwrap();
    assert!(err(&with(&["--resume"])).contains("begin anew"));
}

#[test]
fn killed_at_any_moment_and_gone_on_with_gives_the_same_table() {
    let folder = tempfile::tempdir().unwrap();
    let (state, csv, whole) =
        (folder.path().join("kept"), folder.path().join("rows.csv"), folder.path().join("whole.csv"));
    let plan =
        [&FEW[..], &["--repetitions", "150", "--rounds", "60", "--threads", "1", "--json", "--list", "700"]].concat();
    let expected = out(&detente(&[&plan[..], &["--csv", text(&whole)]].concat()));
    let arguments = [&plan[..], &["--csv", text(&csv), "--state", text(&state), "--resume"]].concat();
    let mut kills = 0;
    let told = folder.path().join("told.json");
    loop {
        // Into a file: a pipe that nobody reads from would hold it up.
        let stdout = std::fs::File::create(&told).unwrap();
        let mut child = command(&arguments).stdout(stdout).stderr(Stdio::null()).spawn().unwrap();
        // Longer each time, so that it ends; and never the same, so that it is caught in different places.
        let mut left = 40 + kills * 53;
        while left > 0 && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(left.min(5)));
            left -= left.min(5);
        }
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success());
            break;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
        // What a write that was cut short leaves behind.
        if let Ok(mut rows) = std::fs::OpenOptions::new().append(true).open(state.join("rows.csv")) {
            rows.write_all(b"99,half a row").unwrap();
        }
        if csv.exists() {
            assert!(std::fs::read(&csv).unwrap() == std::fs::read(&whole).unwrap(), "no table before it is whole");
        }
    }
    assert!(kills >= 3, "killed {kills} times only: make the tournament longer");
    assert_eq!(std::fs::read_to_string(&told).unwrap(), expected);
    assert!(std::fs::read(&csv).unwrap() == std::fs::read(&whole).unwrap(), "the tables differ");
}

#[test]
fn models_that_ride_along_are_told_and_written() {
    let folder = tempfile::tempdir().unwrap();
    let (csv, html) = (folder.path().join("rows.csv"), folder.path().join("page.html"));
    let asked = ["--models", "frequency, perfect, windowed(size=5)"];
    let page = out(&detente(&[&FEW[..], &asked, &["--csv", text(&csv), "--html", text(&html)]].concat()));
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    assert!(page.contains("How well models know a party"), "{page}");
    let rows = std::fs::read_to_string(&csv).unwrap();
    assert!(rows.lines().next().unwrap().contains("spearman_frequency_1,spearman_frequency_2,spearman_perfect_1"));
    assert!(rows.lines().next().unwrap().contains("spearman_windowed_size_5_1"));
    assert!(std::fs::read_to_string(&html).unwrap().contains("How well models read the offers"));
    let found = json(&[&FEW[..], &asked, &["--json"]].concat());
    let perfect = found["models"].as_array().unwrap().iter().find(|model| model["model"] == "perfect").unwrap();
    assert_eq!((perfect["spearman"].as_f64(), perfect["watched"].as_u64()), (Some(1.0), Some(36)));
    assert_eq!(found["rows"][0]["watched"].as_array().unwrap().len(), 6);
    let wrong = err(&detente(&[&FEW[..], &["--models", "freqency"]].concat()));
    assert!(wrong.contains("did you mean `frequency`?"), "{wrong}");
}

#[test]
fn issues_can_be_negotiated_one_after_the_other() {
    let page = out(&detente(&[&FEW[..], &["--issue-by-issue", "whole"]].concat()));
    let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("issue by issue, nothing agreed until everything is"), "{page}");
    let wrong = detente(&[&FEW[..], &["--issue-by-issue", "each"]].concat());
    assert_eq!(wrong.status.code(), Some(2));
    assert!(err(&wrong).contains("status quo"));
}

/// `docs/reference/tournament.schema.json` is what the command prints. `DETENTE_BLESS=1` rewrites it.
#[test]
fn the_schema_in_the_documentation_is_fresh() {
    let printed = Command::new(env!("CARGO_BIN_EXE_detente")).args(["schema", "tournament"]).output().unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/tournament.schema.json");
    let made = out(&printed);
    if std::env::var_os("DETENTE_BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let held = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(held == made, "tournament.schema.json is stale; DETENTE_BLESS=1 cargo test --test tournament rewrites it");
}

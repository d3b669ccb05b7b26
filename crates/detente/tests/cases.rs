//! The cases that ship: read from their folders, without an error, with every quote where it says.

#![allow(clippy::unwrap_used)]

use detente::case::{Case, OpenError, ReadOptions, Reading, Status, read};
use detente::lens::mandate::{Allowed, mandate};
use detente::lens::order::{WayKind, order};
use detente::text::{Diagnostics, Severity};
use std::path::{Path, PathBuf};

const TUTORIALS: [&str; 3] = ["ten-lines.toml", "harbour-strike/case.toml", "river-crossing/case.toml"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases")
}

/// Every case file that ships: the TOML files in `cases` and in the folders right below it.
fn files() -> Vec<PathBuf> {
    let listed = |folder: &Path| -> Vec<PathBuf> {
        let mut all: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        all.sort();
        all
    };
    let inside = |path: PathBuf| if path.is_dir() { listed(&path) } else { vec![path] };
    let files = listed(&folder()).into_iter().flat_map(inside);
    files.filter(|file| file.extension().is_some_and(|e| e == "toml")).collect()
}

fn reading(file: &Path) -> Reading {
    let open = |name: &str| std::fs::read(file.parent().unwrap().join(name)).map_err(|_| OpenError::Missing);
    read(file.file_name().unwrap().to_str().unwrap(), &open, ReadOptions::default())
}

fn case(name: &str) -> Case {
    reading(&folder().join(name)).case.unwrap()
}

fn told(diagnostics: &Diagnostics, severity: Severity) -> Vec<String> {
    let picked = diagnostics.iter().filter(|d| d.severity == severity);
    picked.map(|d| format!("{} {} {:?}", d.code, d.message, d.notes)).collect()
}

#[test]
fn every_case_reads_without_an_error() {
    let files = files();
    assert!(files.len() >= 3, "{files:?}");
    for file in files {
        let reading = reading(&file);
        let errors = told(&reading.diagnostics, Severity::Error);
        assert!(reading.case.is_some() && errors.is_empty(), "{}:\n{}", file.display(), errors.join("\n"));
    }
}

/// What the words of a quote do not carry is for the check of evidence to say; the rest leaves nothing to say.
#[test]
fn the_tutorials_have_no_warning() {
    for name in TUTORIALS {
        let reading = reading(&folder().join(name));
        let warnings = told(&reading.diagnostics, Severity::Warning);
        let warnings: Vec<&String> = warnings.iter().filter(|w| !w.starts_with("evidence::")).collect();
        assert!(warnings.is_empty(), "{name}: {warnings:#?}");
    }
}

#[test]
fn the_tutorials_are_short() {
    let lines = |name: &str| std::fs::read_to_string(folder().join(name)).unwrap().lines().count();
    assert_eq!(lines("ten-lines.toml"), 10);
    assert!(lines("harbour-strike/case.toml") <= 150 && lines("river-crossing/case.toml") <= 150);
}

/// Read here without the library: quotation marks and spaces made plain, nothing else.
fn plain(text: &str) -> String {
    let marks = |c| match c {
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    text.chars().map(marks).collect()
}

#[test]
fn every_quote_of_the_tutorials_stands_once_in_its_source() {
    for name in ["harbour-strike/case.toml", "river-crossing/case.toml"] {
        let case = case(name);
        let mut typed_plainly = 0;
        for (id, evidence) in &case.document.evidence {
            let source = case.held[evidence.source.as_str()].text.raw();
            let places = plain(source).matches(&plain(evidence.quote.as_str())).count();
            assert_eq!(places, 1, "{name}: {id}");
            typed_plainly += usize::from(!source.contains(evidence.quote.as_str()));
        }
        assert!(typed_plainly > 0, "{name} shows no quote with other quotation marks");
        for (id, check) in &case.checks {
            assert!(matches!(check.status, Status::Exact | Status::Normalised), "{name}: {id} is {:?}", check.status);
        }
    }
}

#[test]
fn the_two_banks_wait_for_each_other_and_a_footbridge_does_not() {
    let answer = order(&case("river-crossing/case.toml")).answer;
    let cycles: Vec<&[usize]> = answer.cycles.iter().map(|c| c.demands.as_slice()).collect();
    assert_eq!(cycles, [[0, 1]]);
    let partial: Vec<&str> =
        answer.cycles[0].ways.iter().filter(|w| w.kind == WayKind::Partial).map(|w| w.takes.as_str()).collect();
    assert!(partial.iter().any(|takes| takes.contains("“Bridge: people on foot”")), "{partial:?}");
    assert!(partial.iter().any(|takes| takes.contains("“Mines: a lane is marked”")), "{partial:?}");
    // South's demand is the weaker one.
    assert_eq!(answer.cuts[0].demands, [1]);
    assert_eq!(answer.elsewhere.iter().map(|e| e.track.as_str()).collect::<Vec<_>>(), ["capital"]);
}

#[test]
fn the_port_has_an_order_and_a_contested_mandate() {
    let case = case("harbour-strike/case.toml");
    let answer = order(&case).answer;
    assert!(answer.cycles.is_empty());
    assert_eq!(answer.choreography.unwrap().stages.len(), 3);
    let answer = mandate(&case, &[]).answer;
    assert_eq!(answer.contested[0].claims, ["mandate-union", "mandate-operator"]);
    let paper = answer.lights.iter().find(|l| l.package == "paper" && l.claim == "mandate-union").unwrap();
    let allowed: Vec<(&str, Allowed)> = paper.clauses.iter().map(|c| (c.issue.as_str(), c.allowed)).collect();
    let expected = [
        ("pay", Allowed::Refer),
        ("back-pay", Allowed::Sign),
        ("automation", Allowed::Refer),
        ("strike-ban", Allowed::Refer),
    ];
    assert_eq!(allowed, expected);
}

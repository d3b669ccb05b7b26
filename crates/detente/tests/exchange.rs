//! Real domains with known answers: what is read has the utilities that others have published for them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use detente::exchange::{Format, Input, read, write};
use detente::game::{Outcome, Scenario};
use serde_json::Value as Json;
use std::path::{Path, PathBuf};

/// The folder of real domains; says so when it is not there.
fn domains(name: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: no real domains at ../shared/data/{name}");
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    found.sort();
    found
}

fn inputs(folder: &Path) -> Vec<Input> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let input = |p: &PathBuf| Input { name: p.display().to_string(), bytes: std::fs::read(p).unwrap() };
    files.iter().map(input).collect()
}

fn load(folder: &Path, format: Format) -> Scenario {
    let loaded = read(&inputs(folder), None);
    assert_eq!(loaded.format, Some(format), "{}", folder.display());
    loaded.scenario.unwrap_or_else(|| panic!("{}: {:?}", folder.display(), loaded.diagnostics))
}

fn outcome(scenario: &Scenario, bid: &Json) -> Outcome {
    let digits = scenario
        .space
        .issues
        .iter()
        .enumerate()
        .map(|(at, issue)| scenario.space.value(at, bid[&issue.id].as_str().unwrap()).unwrap());
    Outcome::new(digits.collect::<Vec<_>>())
}

fn utilities(scenario: &Scenario, outcome: &Outcome) -> Vec<f64> {
    scenario.parties.iter().map(|p| p.utility.real(p.utility.of(outcome))).collect()
}

fn close(scenario: &Scenario, bid: &Json, right: &[f64], place: &Path) {
    for (is, right) in utilities(scenario, &outcome(scenario, bid)).iter().zip(right) {
        assert!((is - right).abs() < 1e-9, "{}: {is} is not {right}", place.display());
    }
}

fn json(path: PathBuf) -> Json {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn geniusweb_domains_have_the_published_utilities() {
    for folder in domains("anl2022") {
        let scenario = load(&folder, Format::GeniusWeb);
        let specials = json(folder.join("specials.json"));
        assert_eq!(scenario.space.count(), specials["size"].to_string(), "{}", folder.display());
        let points = specials["pareto_front"].as_array().unwrap().iter().chain([&specials["nash"], &specials["kalai"]]);
        for point in points {
            let right: Vec<f64> = point["utility"].as_array().unwrap().iter().map(|u| u.as_f64().unwrap()).collect();
            close(&scenario, &point["bid"], &right, &folder);
        }
    }
}

#[test]
fn negolog_domains_have_the_published_utilities() {
    for folder in domains("negolog") {
        let scenario = load(&folder, Format::NegoLog);
        let specs = json(folder.join("specs.json"));
        assert_eq!(scenario.space.count(), specs["NumberOfBids"].to_string(), "{}", folder.display());
        for name in ["Nash", "Kalai"] {
            let right = ["A", "B"].map(|p| specs[format!("{name}_{p}")].as_f64().unwrap());
            close(&scenario, &specs[format!("{name}Bid")], &right, &folder);
        }
    }
}

#[test]
fn real_domains_survive_every_other_format() {
    let all = domains("anl2022").into_iter().map(|f| (f, Format::GeniusWeb));
    let all = all.chain(domains("negolog").into_iter().map(|f| (f, Format::NegoLog)));
    for (folder, format) in all.step_by(4) {
        let scenario = load(&folder, format);
        for to in [Format::GeniusWeb, Format::NegMas, Format::NegoLog] {
            let written = write(&scenario, to);
            let inputs = written.files.iter().map(|(n, t)| Input { name: n.clone(), bytes: t.clone().into_bytes() });
            let again = read(&inputs.collect::<Vec<_>>(), None);
            let again =
                again.scenario.unwrap_or_else(|| panic!("{} {to:?}: {:?}", folder.display(), again.diagnostics));
            for outcome in scenario.space.outcomes().step_by(7) {
                for (a, b) in utilities(&scenario, &outcome).iter().zip(utilities(&again, &outcome)) {
                    assert!((a - b).abs() < 1e-12, "{} {to:?}: {a} is not {b}", folder.display());
                }
            }
        }
    }
}

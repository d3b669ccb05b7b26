//! Known answers: GENIUS 10.4's own on 34 domains, the stored frontiers of 25 ANL domains, NegoLog's on 33, and
//! stored frontiers of nonlinear domains. Left out, with a line that says so, where the data are not beside the project.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs)]

use detente::analysis::{Exactness, Finding, Limits, Study, study};
use detente::exchange::{Input, read};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn data(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(folder);
    if !path.is_dir() {
        println!("{folder}: no data beside the project, left out");
        return None;
    }
    Some(path)
}

fn input(path: &Path) -> Input {
    Input { name: path.display().to_string(), bytes: std::fs::read(path).unwrap() }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.is_file());
    files.sort();
    files
}

fn studied(paths: &[PathBuf]) -> Finding<Study> {
    let inputs: Vec<Input> = paths.iter().map(|p| input(p)).collect();
    let loaded = read(&inputs, None);
    let scenario = loaded.scenario.unwrap_or_else(|| panic!("{paths:?}: {:?}", loaded.diagnostics));
    study(&scenario, Limits::default()).0
}

/// Whether two lists of utilities are the same to a tolerance, in one order of the parties or the other.
fn near(found: &[f64], known: &[f64], tolerance: f64) -> bool {
    let same = |known: &mut dyn Iterator<Item = &f64>| found.iter().zip(known).all(|(a, b)| (a - b).abs() <= tolerance);
    found.len() == known.len() && (same(&mut known.iter()) || same(&mut known.iter().rev()))
}

fn utilities(study: &Study, name: &str) -> Vec<f64> {
    study.solutions[name].as_ref().map(|p| p.utilities.clone()).unwrap_or_default()
}

/// The files of a known answer: the domain, and the profiles of its variant where there are several in a folder.
fn of_domain(root: &Path, file: &str) -> Vec<PathBuf> {
    let domain = root.join(file);
    let variant = domain.file_stem().unwrap().to_str().unwrap().strip_suffix("-domain").map(str::to_string);
    let name = |p: &PathBuf| p.file_name().unwrap().to_str().unwrap().to_string();
    let mut all = files(domain.parent().unwrap());
    all.retain(|p| variant.as_ref().is_none_or(|v| name(p).starts_with(v.as_str())));
    all
}

#[test]
fn genius_on_its_own_domains() {
    let Some(root) = data("genius") else { return };
    let oracle = std::fs::read_to_string(root.join("oracle_genius104.tsv")).unwrap();
    let numbers = |text: &str| text.split(',').map(|n| n.parse::<f64>().unwrap()).collect::<Vec<f64>>();
    // Whole counts by exact arithmetic, where floats of the program's brute force mislead it.
    let exact = [("Jobs", 21), ("Barter-A", 24), ("Supermarket-A", 39), ("inheritance", 15), ("Car-A", 53)];
    let (mut rows, mut counted) = (0, 0);
    for row in oracle.lines().filter(|l| l.starts_with("DOM")) {
        let fields: Vec<&str> = row.split('\t').collect();
        let value = |key: &str| fields.iter().find_map(|f| f.strip_prefix(key)).unwrap();
        let found = studied(&of_domain(&root, fields[1]));
        let study = &found.answer;
        rows += 1;
        assert_eq!(found.made.exactness, Exactness::Exact, "{row}");
        let smart: u64 = value("smart=").parse().unwrap();
        let size = exact.iter().find(|(name, _)| fields[1].rsplit('/').next().unwrap().starts_with(name));
        if let Some((_, size)) = size {
            counted += 1;
            assert_eq!(study.frontier.size, *size, "{row}");
        }
        assert_eq!(study.frontier.size, smart, "{row}");
        assert!(
            near(&utilities(study, "nash"), &numbers(value("nash=")), 1e-9),
            "{row}\n{:?}",
            study.solutions["nash"]
        );
        let least = utilities(study, "min_difference");
        assert!(near(&least, &numbers(value("kalai=")), 1e-9), "{row}\n{least:?}");
        let opposition: f64 = value("opp=").parse().unwrap();
        assert!((study.opposition.unwrap() - opposition).abs() <= 1e-9, "{row}\n{:?}", study.opposition);
    }
    println!("GENIUS: {rows} of {rows} domains agree, {counted} of them against exact counts");
    assert_eq!((rows, counted), (34, exact.len()));
}

#[test]
fn stored_frontiers_of_anl_2022() {
    let Some(root) = data("anl2022") else { return };
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    for folder in &folders {
        let known: Value = serde_json::from_slice(&std::fs::read(folder.join("specials.json")).unwrap()).unwrap();
        let found = studied(&files(folder));
        let study = &found.answer;
        assert_eq!(study.outcomes, known["size"].to_string(), "{folder:?}");
        let list = |v: &Value| -> Vec<f64> { v.as_array().unwrap().iter().map(|u| u.as_f64().unwrap()).collect() };
        let mut front: Vec<Vec<f64>> =
            known["pareto_front"].as_array().unwrap().iter().map(|p| list(&p["utility"])).collect();
        front.sort_by(|a, b| b[0].total_cmp(&a[0]));
        front.dedup();
        assert_eq!(study.frontier.points.len(), front.len(), "{folder:?}");
        for (point, known) in study.frontier.points.iter().zip(&front) {
            let same = point.utilities.iter().zip(known).all(|(a, b)| (a - b).abs() <= 1e-6);
            assert!(same, "{folder:?}: {:?} {known:?}", point.utilities);
        }
        assert!(near(&utilities(study, "nash"), &list(&known["nash"]["utility"]), 1e-6), "{folder:?}");
        assert!((study.opposition.unwrap() - known["opposition"].as_f64().unwrap()).abs() <= 1e-6, "{folder:?}");
        assert!(near(&utilities(study, "min_difference"), &list(&known["kalai"]["utility"]), 1e-6), "{folder:?}");
    }
    println!("ANL 2022: {} of {} frontiers agree", folders.len(), folders.len());
    assert_eq!(folders.len(), 25);
}

#[test]
fn negolog_on_its_own_domains() {
    let Some(root) = data("negolog") else { return };
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root).unwrap().map(|e| e.unwrap().path()).collect();
    folders.retain(|f| f.join("specs.json").is_file());
    folders.sort();
    let mut tied = 0;
    for folder in &folders {
        let known: Value = serde_json::from_slice(&std::fs::read(folder.join("specs.json")).unwrap()).unwrap();
        let number = |key: &str| known[key].as_f64().unwrap();
        let found = studied(&files(folder));
        let study = &found.answer;
        let product: f64 = utilities(study, "largest_product").iter().product();
        assert!((product - number("Nash Product")).abs() <= 1e-9, "{folder:?}: {product}");
        let sum = utilities(study, "largest_sum");
        assert!((sum.iter().sum::<f64>() - number("Social Welfare")).abs() <= 1e-9, "{folder:?}: {sum:?}");
        assert!((study.measures.balance.unwrap() - number("BalanceScore")).abs() <= 1e-9, "{folder:?}");
        // Where several outcomes have the largest sum, its opposition is that of the one it met first.
        let theirs = [number("Kalai_A"), number("Kalai_B")];
        if near(&sum, &theirs, 1e-9) {
            let distance = study.measures.opposition_of_largest_sum.unwrap();
            assert!((distance - number("Opposition")).abs() <= 1e-9, "{folder:?}: {distance}");
        } else {
            tied += 1;
            assert!((theirs.iter().sum::<f64>() - number("Social Welfare")).abs() <= 1e-9, "{folder:?}");
        }
    }
    println!("NegoLog: {} of {} domains agree; {tied} tie for the largest sum", folders.len(), folders.len());
    assert_eq!(folders.len(), 33);
}

#[test]
fn stored_frontiers_of_nonlinear_domains() {
    let Some(root) = data("genius") else { return };
    for folder in ["nonlinear/S-1NIKFRT-1", "anac/y2014/10issues", "anac/y2014/50issuesDiscountedwithRV"] {
        let folder = root.join(folder);
        let found = studied(&files(&folder));
        let stored = std::fs::read_to_string(folder.join("pareto.xml")).unwrap();
        let numbers: Vec<f64> =
            stored.split(|c: char| c.is_whitespace() || c == ',').filter_map(|w| w.parse().ok()).collect();
        let ours: Vec<&Vec<f64>> = found.answer.frontier.points.iter().map(|p| &p.utilities).collect();
        for known in numbers.chunks_exact(2) {
            let reached = ours.iter().any(|p| p.iter().zip(known).all(|(a, b)| *a >= b - 1e-6));
            assert!(reached, "{folder:?}: nothing as good as {known:?}");
            let beaten = ours.iter().any(|p| known.iter().zip(*p).all(|(a, b)| *a > b + 1e-6));
            assert!(!beaten, "{folder:?}: {known:?} is better than one of ours");
        }
        println!("{}: {} stored points reached, {} found", folder.display(), numbers.len() / 2, ours.len());
        assert_eq!(found.made.exactness, Exactness::Exact);
    }
}

//! `detente zone` on the domain of another program, as a person or a script meets it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn market() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/market-hall")
}

/// Runs the command in the folder of the examples.
fn detente(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(arguments)
        .current_dir(market().parent().unwrap())
        .env("COLUMNS", "80")
        .output()
        .expect("the command runs")
}

fn out(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&out(&detente(arguments))).expect("JSON")
}

/// The page on the market hall stands beside it. `DETENTE_BLESS=1` rewrites it; read the difference.
#[test]
fn the_page_is_the_one_expected() {
    let at = "rent=600 a month; term=3 years; repairs=shared; opening=April; stalls=12";
    let page = out(&detente(&["zone", "market-hall", "--at", at]));
    for line in page.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let expected = market().join("expected.txt");
    if std::env::var_os("DETENTE_BLESS").is_some() {
        std::fs::write(&expected, &page).unwrap();
    }
    let held = std::fs::read_to_string(&expected).unwrap_or_default();
    assert!(held == page, "the page has changed; DETENTE_BLESS=1 rewrites it\n{page}");
}

#[test]
fn the_keys_that_others_rely_on() {
    let found = json(&["zone", "market-hall", "--json"]);
    assert_eq!(found["outcomes"], "324");
    assert_eq!(found["parties"], serde_json::json!(["owner", "tenant"]));
    let size = found["frontier"]["size"].as_u64().unwrap();
    let points = found["frontier"]["points"].as_array().unwrap();
    assert_eq!(points.len() as u64, size);
    for point in points {
        assert_eq!(point["utilities"].as_array().unwrap().len(), 2);
        assert!(point["outcome"]["rent"].is_string());
    }
    for name in [
        "nash",
        "kalai_smorodinsky",
        "egalitarian",
        "utilitarian",
        "relative_welfare",
        "min_difference",
        "largest_sum",
        "largest_product",
    ] {
        assert!(found["solutions"][name]["utilities"][1].is_number(), "{name}");
        assert!(found["solutions"][name]["outcome"]["stalls"].is_string(), "{name}");
    }
    assert!(found["opposition"].is_number());
    assert_eq!(found["made"]["exactness"], "exact");
    assert!(found["made"]["method"].is_string() && found["made"]["limits"].is_array());
}

/// By hand, from the evaluations in the files: 500 a month, 3 years, shared, March, 16 stalls.
#[test]
fn the_nash_solution_is_worth_what_the_files_say() {
    let found = json(&["zone", "market-hall", "--json"]);
    let nash = &found["solutions"]["nash"];
    assert_eq!(nash["outcome"]["rent"], "500 a month");
    let owner = 0.4 * 0.35 + 0.15 * 1.0 + 0.25 * 0.7 + 0.05 * 0.4 + 0.15 * 1.0;
    let tenant = 0.35 * 0.8 + 0.2 * 0.8 + 0.2 * 0.6 + 0.15 * 1.0 + 0.1 * 0.3;
    assert!((nash["utilities"][0].as_f64().unwrap() - owner).abs() < 1e-12);
    assert!((nash["utilities"][1].as_f64().unwrap() - tenant).abs() < 1e-12);
}

/// The product of gains with the owner's squared, and lotteries no worse than packages.
#[test]
fn weights_and_lotteries_are_there_for_who_wants_them() {
    let plain = json(&["zone", "market-hall", "--json"]);
    assert!(plain["weights"].is_null() && plain["solutions"]["weighted_nash"].is_null());
    let found = json(&["zone", "market-hall", "--weights", "owner=1,tenant=0.5", "--json"]);
    assert_eq!(found["weights"], serde_json::json!([2, 1]));
    let gains = |point: &Value| {
        let gain = |at: usize| point["utilities"][at].as_f64().unwrap() - found["reservations"][at].as_f64().unwrap();
        (gain(0), gain(1))
    };
    let product = |point: &Value| {
        let (a, b) = gains(point);
        if a < 0.0 || b < 0.0 { f64::NEG_INFINITY } else { a * a * b }
    };
    let best = found["frontier"]["points"].as_array().unwrap().iter().map(product).fold(0.0, f64::max);
    assert!((product(&found["solutions"]["weighted_nash"]) - best).abs() < 1e-12);
    assert!(out(&detente(&["zone", "market-hall", "--weights", "tenant=0.5"])).contains("Weighted Nash 2:1"));
    // A lottery is drawn from packages of the frontier, and worth what its chances make of them.
    for (name, lottery) in found["lotteries"].as_object().unwrap() {
        let lots = lottery["lots"].as_array().unwrap();
        let expected = |at: usize| -> f64 {
            let part =
                |lot: &Value| lot["chance"].as_f64().unwrap() * lot["package"]["utilities"][at].as_f64().unwrap();
            lots.iter().map(part).sum()
        };
        for at in 0..2 {
            assert!((expected(at) - lottery["expected"][at].as_f64().unwrap()).abs() < 1e-9, "{name}");
        }
    }
    let nash = &found["lotteries"]["nash"]["expected"];
    let (a, b) = gains(&serde_json::json!({ "utilities": nash }));
    let (c, d) = gains(&found["solutions"]["nash"]);
    assert!(a * b >= c * d - 1e-12);
    assert_eq!(found["lotteries"].as_object().unwrap().len(), 5);
    for wrong in ["ownr=2", "owner", "owner=x", "owner=-1", "owner=0,tenant=0", "owner=1,owner=2", "owner=1e6"] {
        let run = detente(&["zone", "market-hall", "--weights", wrong]);
        assert_eq!(run.status.code(), Some(2), "{wrong}");
        assert!(String::from_utf8_lossy(&run.stderr).contains("weight"), "{wrong}");
    }
}

#[test]
fn files_are_written_beside_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let (csv, svg) = (folder.path().join("f.csv"), folder.path().join("s.svg"));
    let page =
        out(&detente(&["zone", "market-hall", "--frontier", csv.to_str().unwrap(), "--plot", svg.to_str().unwrap()]));
    assert!(page.contains("f.csv") && page.contains("s.svg"));
    let csv = std::fs::read_to_string(csv).unwrap();
    assert_eq!(csv.lines().next(), Some("owner,tenant,rent,term,repairs,opening,stalls"));
    let size = json(&["zone", "market-hall", "--json"])["frontier"]["size"].as_u64().unwrap();
    assert_eq!(csv.lines().count() as u64, size + 1);
    let svg = std::fs::read_to_string(svg).unwrap();
    assert!(svg.starts_with("<svg") && svg.contains("Utility of owner") && svg.contains("Nash"));
}

#[test]
fn parties_are_chosen_by_name_and_scenarios_compared() {
    let swapped = json(&["zone", "market-hall", "--parties", "tenant,owner", "--json"]);
    assert_eq!(swapped["parties"], serde_json::json!(["tenant", "owner"]));
    let both = json(&["zone", "--compare", "market-hall", "market-hall", "--json"]);
    let size = both["first"]["frontier"]["size"].as_u64().unwrap();
    assert_eq!(both["common"].as_array().unwrap().len() as u64, size);
    let page = out(&detente(&["zone", "--compare", "market-hall", "market-hall"]));
    assert!(page.contains("Both frontiers have the same packages."));
}

#[test]
fn a_case_of_points_is_studied_too() {
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("case.toml");
    out(&detente(&["convert", "market-hall", case.to_str().unwrap(), "--to", "case"]));
    let plot = folder.path().join("s.svg");
    let arguments = ["zone", case.to_str().unwrap(), "--plot", plot.to_str().unwrap(), "--json"];
    let (found, held) = (json(&arguments), json(&["zone", "market-hall", "--json"]));
    assert_eq!(found["outcomes"], held["outcomes"]);
    // A case's numbers are rounded to nine decimals, so that ties may come apart; that is said.
    assert!(found["made"]["exactness"]["within"].as_f64().unwrap() < 1e-7);
    assert!(found["frontier"]["size"].as_u64() >= held["frontier"]["size"].as_u64());
    // As a case it is asked for agreements; the keys are the same.
    let zone = json(&["zone", case.to_str().unwrap(), "--json"]);
    assert!(zone["frontier"]["size"].as_u64().unwrap() <= found["frontier"]["size"].as_u64().unwrap());
    // Names of a case have no spaces.
    let package = held["solutions"]["nash"]["outcome"].to_string().replace(' ', "-");
    assert_eq!(zone["solutions"]["nash"]["outcome"].to_string(), package);
}

#[test]
fn what_cannot_be_done_is_said_with_a_way_out() {
    let error = |arguments: &[&str]| {
        let run = detente(arguments);
        (run.status.code(), String::from_utf8_lossy(&run.stderr).into_owned())
    };
    let (code, text) = error(&["zone", "market-hall", "--at", "rent=60; term=3 years"]);
    assert_eq!(code, Some(1));
    assert!(text.contains("no value of rent called `60`") && text.contains("600 a month"), "{text}");
    let (code, text) = error(&["zone", "market-hall/domain.xml"]);
    assert_eq!(code, Some(1));
    assert!(text.contains("exchange::no-parties"), "{text}");
    let (code, text) = error(&["zone", "nowhere.xml"]);
    assert_eq!(code, Some(2));
    assert!(text.contains("nowhere.xml"), "{text}");
    let (code, _) = error(&["zone", "--compare", "market-hall"]);
    assert_eq!(code, Some(2));
    let (code, text) = error(&["zone", "market-hall", "--parties", "ownr,tenant"]);
    assert_eq!(code, Some(1));
    assert!(text.contains("did you mean `owner`"), "{text}");
    let (code, text) = error(&["zone", "../cases/istanbul-2025", "--plot", "p.svg"]);
    assert_eq!(code, Some(2));
    assert!(text.contains("leaves numbers open"), "{text}");
}

//! The catalogue of conflicts: every file is read without an error, and the equilibria are those that the catalogue has by
//! the definitions, which were computed apart from this program.

#![allow(clippy::unwrap_used, clippy::panic)]

use detente::analysis::stability::{Concept, Literal};
use detente::exchange::{Input, Read, read_conflict, write_gmcr, write_graph};
use detente::game::conflict::{Graph, GraphMaker, Order};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/graph-model")
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The entries of the catalogue: their names and what is known of them.
fn entries() -> Vec<(String, Value)> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "json") && p.file_stem().unwrap() != "two-by-two");
    paths.sort();
    paths.iter().map(|p| (p.file_stem().unwrap().to_str().unwrap().to_string(), json(p))).collect()
}

fn conflict(name: &str, bytes: Vec<u8>) -> Read {
    let loaded = read_conflict(&Input { name: name.into(), bytes });
    assert!(!loaded.diagnostics.has_errors(), "{name}: {:?}", loaded.diagnostics);
    loaded.conflict.unwrap()
}

fn engine(conflict: &Read) -> Literal {
    match conflict {
        Read::Options { conflict, .. } => Literal::of(conflict, 1 << 12).unwrap(),
        Read::Graph(graph) => Literal::over(graph.clone()).unwrap(),
    }
}

/// Ordinals of the equilibria by a concept.
fn found(engine: &Literal, concept: Concept) -> Vec<u64> {
    engine.equilibria(concept).iter().zip(1..).filter(|(holds, _)| **holds).map(|(_, ordinal)| ordinal).collect()
}

fn numbers(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect()
}

fn held_to(engine: &Literal, known: &Value, name: &str) {
    for concept in Concept::ALL {
        assert_eq!(found(engine, concept), numbers(&known[concept.short()]), "{name} {}", concept.short());
    }
}

#[test]
fn the_equilibria_are_those_of_the_catalogue() {
    let entries = entries();
    for (name, entry) in &entries {
        let file = entry["file"].as_str().unwrap();
        let read = conflict(file, std::fs::read(folder().join(file)).unwrap());
        let engine = engine(&read);
        assert_eq!(engine.states().len(), entry["states"].as_array().unwrap().len(), "{name}");
        let makers = entry["decision_makers"].as_array().unwrap().iter().map(|m| m.as_str().unwrap());
        assert!(makers.eq(engine.graph().makers.iter().map(|m| m.name.as_str())), "{name}");
        let codes = entry["states"].as_array().unwrap().iter().map(|s| s["code"].as_str().unwrap());
        assert!(codes.eq(engine.graph().states.iter().map(String::as_str)), "{name}");
        held_to(&engine, &entry["by_definition"], name);
    }
    assert!(entries.len() >= 14);
}

/// What a source prints is what the definitions give, or the entry says why it is not.
#[test]
fn where_print_and_definition_differ_is_said() {
    for (name, entry) in entries() {
        assert!(!entry["sources"].as_array().unwrap().is_empty(), "{name}");
        let states = entry["states"].as_array().unwrap().len() as u64;
        for printed in entry["published"].as_array().into_iter().flatten() {
            let concept = printed["concept"].as_str().unwrap();
            assert!(numbers(&printed["states"]).iter().all(|n| (1..=states).contains(n)), "{name}");
            let defined = &entry["by_definition"][concept];
            if *defined != Value::Null && numbers(defined) != numbers(&printed["states"]) {
                assert!(entry["notes"].is_array(), "{name} {concept}");
            }
        }
    }
}

/// A conflict of the catalogue is the same when it is written and read again, in its own form or as states and moves.
#[test]
fn the_catalogue_is_written_and_read_again() {
    for (name, entry) in entries() {
        let file = entry["file"].as_str().unwrap();
        let read = conflict(file, std::fs::read(folder().join(file)).unwrap());
        let graph = engine(&read).graph().clone();
        let mut forms = vec![write_graph(&graph)];
        if let Read::Options { conflict, coalitions } = &read {
            forms.push(write_gmcr(conflict, coalitions));
        }
        for written in forms {
            let (file, text) = written.files.into_iter().next().unwrap();
            held_to(&engine(&conflict(&file, text.into_bytes())), &entry["by_definition"], &name);
        }
    }
}

/// All games of two by two, up to the order of strategies and of decision makers.
#[test]
fn the_games_of_two_by_two() {
    let catalogue = json(&folder().join("two-by-two.json"));
    let games = catalogue["games"].as_array().unwrap();
    let mut seen = BTreeSet::new();
    for game in games {
        let ranks = |who: &str| numbers(&game[who]).iter().map(|n| u32::try_from(*n).unwrap()).collect::<Vec<u32>>();
        let (row, column) = (ranks("row"), ranks("column"));
        assert!(seen.insert(same(&row, &column)), "{game}");
        let maker = |id: &str, bit: u32, rank: Vec<u32>| GraphMaker {
            id: id.into(),
            name: id.into(),
            moves: (0..4).map(|state| vec![state ^ bit]).collect(),
            order: Order::of(rank),
        };
        let states = ["NN", "YN", "NY", "YY"].map(String::from).to_vec();
        let makers = vec![maker("row", 1, row), maker("column", 2, column)];
        let engine = Literal::over(Graph { states, makers, joint: Vec::new() }).unwrap();
        held_to(&engine, &game["by_definition"], &game.to_string());
    }
    assert_eq!(seen.len(), 78);
}

/// The first of all ways to write a game down.
fn same(row: &[u32], column: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let ways = (0..8usize).map(|way| {
        let place = |state: usize| {
            let state = state ^ (way & 3);
            if way < 4 { state } else { (state & 1) << 1 | state >> 1 }
        };
        let of = |ranks: &[u32]| (0..4).map(|state| ranks[place(state)]).collect::<Vec<u32>>();
        if way < 4 { (of(row), of(column)) } else { (of(column), of(row)) }
    });
    ways.min().unwrap()
}

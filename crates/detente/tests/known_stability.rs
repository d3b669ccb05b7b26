//! Known answers on stability: the conflicts of the literature in the data beside the project, in every concept that is
//! given for them, and the counts of preferences by which a wanted state is stable. Left out, with a line that says so,
//! where the data are not beside the project.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs)]

use detente::analysis::stability::{Concept, Literal, Rule};
use detente::game::conflict::{Conflict, Control, Graph, GraphMaker, Maker, Moves, Order, Preference, Strength};
use detente::game::{Formula, Issue, Outcome, Space};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

fn data() -> Option<BTreeMap<String, Value>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/gmcr/known_equilibria.json");
    let Ok(bytes) = std::fs::read(path) else {
        println!("no data on stability beside the project, left out");
        return None;
    };
    Some(serde_json::from_slice(&bytes).unwrap())
}

fn numbers(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|t| t.as_str().unwrap().to_string()).collect()
}

/// The outcome of a pattern of Y and N, the first option first.
fn of_pattern(pattern: &str) -> Outcome {
    Outcome::new(pattern.chars().map(|c| u16::from(c == 'Y')).collect::<Vec<u16>>())
}

/// An entry with options: the conflict, and the outcome of each state by the number that the entry gives it.
fn options(entry: &Value) -> (Conflict, BTreeMap<u64, Outcome>) {
    let makers = texts(&entry["dms"]);
    let options = entry["options"].as_array().unwrap();
    let issues = options.iter().map(|o| Issue::named(o["name"].as_str().unwrap(), &["N", "Y"])).collect();
    let control = options.iter().map(|o| Control {
        holders: vec![makers.iter().position(|m| *m == o["owner"]).unwrap()],
        moves: match o["direction"].as_str().unwrap() {
            "both" => Moves::Free,
            "fwd" => Moves::Rising,
            "back" => Moves::Falling,
            other => panic!("{other}"),
        },
    });
    let never = |pattern: String| {
        let fixed = pattern.chars().enumerate().filter(|(_, c)| *c != '-').collect::<Vec<_>>();
        let holds = fixed.into_iter().map(|(at, c)| Formula::In(at, vec![u16::from(c == 'Y')]));
        Formula::Not(Box::new(Formula::And(holds.collect())))
    };
    let mut conflict = Conflict {
        space: Arc::new(Space { issues }),
        makers: Vec::new(),
        control: control.collect(),
        rules: texts(&entry["infeasible"]).into_iter().map(never).collect(),
    };
    let states: BTreeMap<u64, Outcome> = match entry.get("feasible_yn") {
        Some(patterns) => {
            let patterns = patterns.as_object().unwrap().iter();
            patterns.map(|(number, p)| (number.parse().unwrap(), of_pattern(p.as_str().unwrap()))).collect()
        }
        None => numbers(&entry["feasible"]).into_iter().map(|number| (number, conflict.outcome(number))).collect(),
    };
    let preference = entry.get("preference").unwrap_or(&entry["preference_best_first"]);
    conflict.makers = makers
        .iter()
        .map(|name| {
            let best_first = numbers(&preference[name]).iter().map(|s| vec![states[s].clone()]).collect::<Vec<_>>();
            Maker {
                id: name.clone(),
                name: name.clone(),
                preference: Preference::ranking(&best_first),
                strength: Strength::None,
                unknown: Vec::new(),
                unseen: None,
            }
        })
        .collect();
    (conflict, states)
}

/// An entry with states from 1 and moves written out.
fn graph(entry: &Value) -> Graph {
    let count = entry["states"].as_object().unwrap().len();
    let maker = |name: &String| {
        let mut moves = vec![Vec::new(); count];
        for (from, to) in entry["unilateral_moves"][name].as_object().unwrap() {
            moves[from.parse::<usize>().unwrap() - 1] =
                numbers(to).iter().map(|to| u32::try_from(*to).unwrap() - 1).collect();
        }
        let mut rank = vec![0; count];
        for (at, state) in numbers(&entry["preference_best_first"][name]).iter().rev().enumerate() {
            rank[usize::try_from(*state).unwrap() - 1] = u32::try_from(at).unwrap();
        }
        GraphMaker { id: name.clone(), name: name.clone(), moves, order: Order::of(rank) }
    };
    let makers = texts(&entry["dms"]).iter().map(maker).collect();
    Graph { states: (1..=count).map(|s| s.to_string()).collect(), makers, joint: Vec::new() }
}

fn rule(name: &str) -> Rule {
    let name = if name == "SEQ+FH-SIM" { "SEQ+SIM" } else { name };
    Rule::named(name).unwrap_or_else(|| panic!("{name}"))
}

#[test]
fn equilibria_of_the_literature() {
    let Some(entries) = data() else { return };
    let mut checked = 0;
    for (name, entry) in &entries {
        let (literal, number): (Literal, Vec<u64>) = if entry.get("unilateral_moves").is_some() {
            let graph = graph(entry);
            let number = (1..=graph.states.len() as u64).collect();
            (Literal::over(graph).unwrap(), number)
        } else {
            let (conflict, states) = options(entry);
            let literal = Literal::of(&conflict, 1 << 12).unwrap();
            assert_eq!(literal.states().len(), states.len(), "{name}");
            let number = |state| *states.iter().find(|(_, outcome)| *outcome == state).unwrap().0;
            let numbers = literal.states().iter().map(number).collect();
            (literal, numbers)
        };
        for (concept, expected) in entry["brute_force_equilibria"].as_object().unwrap() {
            let found = literal.equilibria_by(rule(concept)).unwrap();
            let mut found: Vec<u64> = number.iter().zip(found).filter(|(_, is)| *is).map(|(n, _)| *n).collect();
            found.sort_unstable();
            assert_eq!(found, numbers(expected), "{name} {concept}");
            checked += 1;
        }
    }
    println!("{checked} lists of equilibria of {} conflicts", entries.len());
    assert!(entries.len() >= 7 && checked >= 45);
}

/// Every strict ranking of one decision maker, tried one by one.
#[test]
fn rankings_by_which_a_wanted_state_is_stable() {
    let Some(entries) = data() else { return };
    let entry = &entries["syria_iraq_1975"];
    let (mut conflict, states) = options(entry);
    let wanted = states[&entry["published_inverse"]["desired_state"].as_u64().unwrap()].clone();
    let mut counts: BTreeMap<Concept, u64> = BTreeMap::new();
    let all: Vec<&Outcome> = states.values().collect();
    for ranking in permutations(all.len()) {
        let best_first: Vec<Vec<Outcome>> = ranking.iter().map(|at| vec![all[*at].clone()]).collect();
        conflict.makers[0].preference = Preference::ranking(&best_first);
        let literal = Literal::of(&conflict, 64).unwrap();
        let at = literal.position(&wanted).unwrap();
        for concept in Concept::ALL {
            *counts.entry(concept).or_default() += u64::from(literal.stable(0, concept)[at]);
        }
    }
    for (concept, expected) in entry["brute_force_inverse"].as_object().unwrap() {
        assert_eq!(Some(counts[&Concept::named(concept).unwrap()]), expected.as_u64(), "{concept}");
    }
}

fn permutations(count: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for at in 0..count {
        let insert = |some: &Vec<usize>| {
            let some = some.clone();
            (0..=at).map(move |place| {
                let mut more = some.clone();
                more.insert(place, at);
                more
            })
        };
        all = all.iter().flat_map(insert).collect();
    }
    all
}

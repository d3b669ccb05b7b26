//! From a graph to rows.

use crate::game::conflict::Graph;
use crate::text::{Code, Diagnostic, Diagnostics, Severity};
use std::collections::HashSet;
use std::fmt::Write;

/// Writes a graph; `None`, with the reason said, where rows could not tell decision makers apart.
pub(crate) fn write(graph: &Graph, lost: &mut Diagnostics) -> Option<String> {
    let mut ids = HashSet::new();
    if let Some(maker) = graph.makers.iter().find(|m| m.id.is_empty() || !ids.insert(m.id.as_str())) {
        let message = format!("rows cannot tell decision makers apart: the id `{}` is empty or there twice", maker.id);
        lost.push(Diagnostic::new(Code::ExchangeLost, message).severity(Severity::Error).hint("give each its own id"));
        return None;
    }
    let mut out = String::new();
    let mut names = HashSet::new();
    let plain = graph.states.iter().all(|s| !s.is_empty() && names.insert(s.as_str()));
    let keys: Vec<String> =
        (1..=graph.states.len()).zip(&graph.states).map(|(n, s)| if plain { cell(s) } else { n.to_string() }).collect();
    for (key, name) in keys.iter().zip(&graph.states) {
        if plain {
            line(&mut out, &["state", key]);
        } else {
            line(&mut out, &["state", key, &cell(name)]);
        }
    }
    let makers: Vec<String> = graph.makers.iter().map(|m| cell(&m.id)).collect();
    for (id, maker) in makers.iter().zip(&graph.makers) {
        if maker.id == maker.name {
            line(&mut out, &["maker", id]);
        } else {
            line(&mut out, &["maker", id, &cell(&maker.name)]);
        }
    }
    let key = |state: u32| keys.get(state as usize).map_or("", String::as_str);
    for (id, maker) in makers.iter().zip(&graph.makers) {
        for (from, to) in (0u32..).zip(&maker.moves).flat_map(|(from, all)| all.iter().map(move |to| (from, *to))) {
            line(&mut out, &["move", id, key(from), key(to)]);
        }
    }
    for joint in &graph.joint {
        let holders: Vec<&str> = joint.holders.iter().filter_map(|h| makers.get(*h)).map(String::as_str).collect();
        for (from, to) in (0u32..).zip(&joint.moves).flat_map(|(from, all)| all.iter().map(move |to| (from, *to))) {
            let row: Vec<&str> = ["joint", key(from), key(to)].into_iter().chain(holders.iter().copied()).collect();
            line(&mut out, &row);
        }
    }
    for (id, maker) in makers.iter().zip(&graph.makers) {
        let order = &maker.order;
        for (at, key) in keys.iter().enumerate() {
            let rank = order.rank.get(at).copied().unwrap_or(0).to_string();
            if order.level.is_empty() {
                line(&mut out, &["rank", id, key, &rank]);
            } else {
                let level = order.level.get(at).copied().unwrap_or(0).to_string();
                line(&mut out, &["rank", id, key, &rank, &level]);
            }
        }
        for (one, other) in &order.unknown {
            line(&mut out, &["unknown", id, key(*one), key(*other)]);
        }
    }
    Some(out)
}

fn line(out: &mut String, cells: &[&str]) {
    let _ = writeln!(out, "{}", cells.join(","));
}

/// A text as a cell: in quotes where it could be taken for something else.
fn cell(text: &str) -> String {
    let plain = !text.is_empty()
        && text.trim() == text
        && !text.starts_with('#')
        && !text.contains([',', ';', '\t', '"', '\n', '\r', '\u{feff}']);
    if plain { text.to_string() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}

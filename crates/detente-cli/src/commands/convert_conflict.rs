//! `detente convert`: a conflict from one form into another.

use super::convert::{Converted, remarks};
use crate::{Ended, Failure, diagnose, output, scenario};
use detente::exchange::{Input, LoadedConflict, Read, Written, read_conflict, write_gmcr, write_graph};
use detente::game::conflict::Graph;
use detente::text::Severity;
use std::path::Path;

/// Outcomes of a space up to which its moves are written out.
const MOST_STATES: u64 = 1 << 12;

/// Whether a file is named as one of a conflict: `.gmcr`, or `.csv`.
pub(super) fn is_conflict(out: &Path) -> bool {
    out.extension().is_some_and(|e| e.eq_ignore_ascii_case("gmcr") || e.eq_ignore_ascii_case("csv"))
}

pub(super) fn run(input: &Path, out: &Path, json: bool) -> Result<Ended, Failure> {
    let bytes = scenario::bytes(input)?;
    let loaded = read_conflict(&Input { name: input.display().to_string(), bytes });
    let Some(read) = &loaded.conflict else {
        output::problem(diagnose::draw(&loaded.diagnostics, &loaded.files, Severity::Note).trim_end());
        output::problem(&format!("\nThe conflict cannot be read: {}.", diagnose::tally(&loaded.diagnostics)));
        return Ok(Ended::Found);
    };
    let gmcr = out.extension().is_some_and(|e| e.eq_ignore_ascii_case("gmcr"));
    let written = written(read, gmcr)?;
    let Some((_, text)) = written.files.first() else {
        output::problem(diagnose::draw(&written.lost, &loaded.files, Severity::Warning).trim_end());
        output::problem("\nNothing was written: the format cannot hold this conflict.");
        return Ok(Ended::Found);
    };
    output::write_whole(out, text.as_bytes())?;
    tell(&loaded, read, &written, out, json)?;
    Ok(Ended::Fine)
}

fn written(read: &Read, gmcr: bool) -> Result<Written, Failure> {
    match (read, gmcr) {
        (Read::Options { conflict, coalitions }, true) => Ok(write_gmcr(conflict, coalitions)),
        (Read::Options { conflict, .. }, false) => match Graph::of(conflict, MOST_STATES) {
            Some((graph, _)) => Ok(write_graph(&graph)),
            None => Err(Failure::found(format!("the moves of more than {MOST_STATES} outcomes are not written out"))
                .hint("a .gmcr file holds options, whatever the number of states")),
        },
        (Read::Graph(graph), false) => Ok(write_graph(graph)),
        (Read::Graph(_), true) => {
            Err(Failure::found("a .gmcr file holds options, and a graph has none").hint("write it as .csv"))
        }
    }
}

fn tell(loaded: &LoadedConflict, read: &Read, written: &Written, out: &Path, json: bool) -> Result<(), Failure> {
    let (from, issues, states, makers): (_, usize, String, Vec<String>) = match read {
        Read::Options { conflict, .. } => {
            let makers = conflict.makers.iter().map(|m| m.name.clone()).collect();
            ("gmcr", conflict.space.issues.len(), conflict.space.count(), makers)
        }
        Read::Graph(graph) => {
            ("graph", 0, graph.states.len().to_string(), graph.makers.iter().map(|m| m.name.clone()).collect())
        }
    };
    let to = if out.extension().is_some_and(|e| e.eq_ignore_ascii_case("gmcr")) { "gmcr" } else { "graph" };
    if json {
        let told = Converted {
            from: Some(from),
            to,
            scenario: String::new(),
            issues,
            outcomes: states,
            parties: makers,
            files: vec![out.display().to_string()],
            found: remarks(&loaded.diagnostics, &loaded.files),
            lost: remarks(&written.lost, &loaded.files),
        };
        return output::print(&output::json(&told)?);
    }
    let what = if issues == 0 { format!("{states} states") } else { format!("{issues} options, {states} outcomes") };
    let mut text = diagnose::draw(&loaded.diagnostics, &loaded.files, Severity::Warning);
    text.push_str(&format!("Read {what}, decision makers {}.\nWrote {}.", makers.join(", "), out.display()));
    for lost in &written.lost {
        text.push_str(&format!("\n  - {}", lost.message));
    }
    output::print(&text)
}

//! What is wrong with the sources: passages the case marks, and what checking the quotes found.

use super::grid::Grid;
use super::ledger::grade;
use super::numbers::count;
use super::prose::{Prose, joined, maybe, toned};
use super::section;
use super::view::{View, readable};
use crate::brief::content::{Block, Inline, Line, Section, Tone, plain};
use crate::text::{Code, Diagnostic, Diagnostics, Severity};

/// The section, unless nothing is wrong.
pub(super) fn write(view: &View<'_>, diagnostics: &Diagnostics) -> Option<Section> {
    let mut blocks = Vec::new();
    blocks.extend(problems(view));
    blocks.extend(found(diagnostics));
    section("source-problems", "Problems of the sources", blocks)
}

fn problems(view: &View<'_>) -> Option<Block> {
    let mut grid = Grid::new(
        "Passages the case marks as doubtful. Each is checked as a quote, and what rests on it bears the mark.",
        &["Evidence", "Quote", "Problem", "What is wrong", "Contradicted by", "Grade", "Claims that rest on it"],
    );
    for (id, evidence) in &view.document().evidence {
        let Some(problem) = &evidence.problem else { continue };
        let against = problem.contradicts.iter().map(|other| {
            let quote = view.evidence(other.as_str()).map(|e| e.quote.text.clone()).unwrap_or_default();
            Prose::new().quote(quote).line(view.marks([other.as_str()])).done()
        });
        grid.row(vec![
            view.marks([id.as_str()]).into(),
            vec![Inline::Quote(evidence.quote.text.clone())].into(),
            toned(readable(problem.kind.as_str()), Tone::Doubt),
            maybe(problem.note.clone()),
            joined(against, "; ").into(),
            grade(view, evidence).into(),
            resting(view, id).into(),
        ]);
    }
    grid.block()
}

fn resting(view: &View<'_>, id: &str) -> Line {
    let claims = view.case.claims.values().filter(|c| c.grounds.because.iter().any(|e| e.as_str() == id));
    let lines: Vec<Line> = claims.map(|claim| vec![view.claim_in_words(&claim.id)]).collect();
    if lines.is_empty() { plain("none") } else { joined(lines, "; ") }
}

/// Whether a code is about quotes, claims and what supports them.
fn about_evidence(code: Code) -> bool {
    let area = code.as_str().split("::").next();
    matches!(area, Some("evidence" | "claim"))
}

fn found(diagnostics: &Diagnostics) -> Option<Block> {
    let about: Vec<&Diagnostic> = diagnostics.iter().filter(|d| about_evidence(d.code)).collect();
    let mut grid = Grid::new("What checking quotes and claims found", &["How bad", "What", "Where and why", "Code"]);
    for diagnostic in &about {
        let (word, tone) = match diagnostic.severity {
            Severity::Error => ("error", Tone::Shut),
            Severity::Warning => ("warning", Tone::Doubt),
            Severity::Note => ("note", Tone::Faint),
        };
        let mut said: Vec<String> = diagnostic.notes.iter().map(|note| shortened(note)).collect();
        said.extend(diagnostic.labels.iter().map(|l| l.text.clone()).filter(|t| !t.is_empty() && t != "here"));
        grid.row(vec![
            toned(word, tone),
            diagnostic.message.clone().into(),
            super::prose::filled(said.join("; ")),
            toned(diagnostic.code.as_str(), Tone::Faint),
        ]);
    }
    let number = |severity| about.iter().filter(|d| d.severity == severity).count();
    let title = format!(
        "Checks of quotes and claims: {}, {}, {}",
        count(number(Severity::Error), "error", "errors"),
        count(number(Severity::Warning), "warning", "warnings"),
        count(number(Severity::Note), "note", "notes"),
    );
    Some(Block::Fold(plain(title), vec![grid.block()?]))
}

/// A note that fits a cell: a long list of ids is cut, and `detente check --verbose` has the whole of it.
fn shortened(note: &str) -> String {
    const LONGEST: usize = 240;
    if note.chars().count() <= LONGEST {
        return note.to_string();
    }
    let head: String = note.chars().take(LONGEST).collect();
    let head = head.rsplit_once(", ").map_or(head.as_str(), |(whole, _)| whole);
    format!("{head} … (`detente check --verbose` lists all)")
}

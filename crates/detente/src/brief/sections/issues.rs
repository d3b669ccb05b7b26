//! What is negotiated: issues, values, positions, wants, interests, rules, levels, notes of law.

use super::grid::Grid;
use super::prose::{Prose, filled, joined, maybe, toned};
use super::section;
use super::stands::about;
use super::strips;
use super::view::{View, readable};
use crate::brief::content::{Block, Cell, Line, Section, Tone, plain};
use crate::case::model::people::Party;
use crate::case::{Expr, Name};
use indexmap::{IndexMap, IndexSet};
use std::collections::BTreeSet;

/// The section, unless the case has neither issues nor anything said about them.
pub(super) fn write(view: &View<'_>) -> Option<Section> {
    let mut blocks = Vec::new();
    blocks.extend(strips::write(view).map(|figure| Block::Figure(Box::new(figure))));
    blocks.extend(issues(view));
    blocks.extend(meanings(view));
    blocks.extend(positions(view));
    blocks.extend(wants(view));
    blocks.extend(interests(view));
    blocks.extend(linkages(view));
    blocks.extend(levels(view));
    blocks.extend(legal_notes(view));
    section("issues", "Issues and positions", blocks)
}

/// The table of issues: question, status quo, what each party is reported to put forward.
fn issues(view: &View<'_>) -> Option<Block> {
    let document = view.document();
    let mut columns: Vec<String> = ["Issue", "Topic", "Question", "As things are"].map(String::from).to_vec();
    columns.extend(document.parties.keys().map(|id| format!("{}: reported position", view.party(id))));
    columns.push("Note".into());
    let mut grid = Grid::with("Issues and what the parties are reported to put forward", columns);
    for (id, issue) in &document.issues {
        let mut row: Vec<Cell> = vec![
            view.issue(id).into(),
            maybe(issue.topic.clone()),
            maybe(issue.question.clone()),
            view.meaning(id, issue.status_quo.as_str()).into(),
        ];
        row.extend(document.parties.iter().map(|(party, record)| stated(view, id, party, record).into()));
        row.push(maybe(issue.note.clone()));
        grid.row(row);
    }
    grid.block()
}

/// What a party is reported to put forward on an issue: positions, then values called best. The same
/// words stand once, with the evidence of all who report them.
fn stated(view: &View<'_>, issue: &str, party: &str, record: &Party) -> Line {
    let positions = view.document().positions.iter().filter(|p| p.party.as_str() == party && p.issue.as_str() == issue);
    let positions = positions.map(|p| (&p.grounds, &p.values));
    let best = record.wants.iter().filter(|w| !w.best.is_empty() && w.issue.as_ref().is_some_and(|i| i.text == issue));
    let best = best.map(|w| (&w.grounds, &w.best));
    let mut said: IndexMap<String, (&str, Vec<&str>)> = IndexMap::new();
    for (grounds, values) in positions.chain(best) {
        let (_, evidence) = said.entry(view.meanings(issue, values)).or_insert((&grounds.id, Vec::new()));
        evidence.extend(grounds.because.iter().map(Name::as_str));
    }
    let lines = said.into_iter().map(|(words, (claim, evidence))| {
        let evidence: IndexSet<&str> = evidence.into_iter().collect();
        Prose::new().piece(view.claim(claim, words)).line(view.marks(evidence)).done()
    });
    joined(lines, " · ")
}

fn meanings(view: &View<'_>) -> Option<Block> {
    let mut grid = Grid::new("What the values mean", &["Issue", "Value", "Meaning"]);
    for (id, issue) in &view.document().issues {
        for (at, (value, meaning)) in issue.values.values.iter().enumerate() {
            let name = if at == 0 { view.issue(id).into() } else { Cell::default() };
            let mark = if value == issue.status_quo.as_str() { " (as things are)" } else { "" };
            grid.row(vec![name, format!("{}{mark}", readable(value)).into(), filled(said(value, meaning))]);
        }
    }
    let table = grid.block()?;
    Some(Block::Fold(plain("What the values of the issues mean"), vec![table]))
}

fn said(value: &str, meaning: &str) -> String {
    if value == meaning { readable(value) } else { meaning.to_string() }
}

fn positions(view: &View<'_>) -> Option<Block> {
    let mut grid = Grid::new(
        "Positions, as reported (a position is not a preference)",
        &["Party", "Issue", "Position", "Said by", "Date", "How firmly", "In public", "Note", "Basis and evidence"],
    );
    for position in &view.document().positions {
        grid.row(vec![
            view.party(position.party.as_str()).into(),
            view.issue(position.issue.as_str()).into(),
            view.claim_cell(&position.grounds, view.meanings(position.issue.as_str(), &position.values)),
            maybe(position.by.as_ref().map(|by| view.who(by.as_str()))),
            maybe(position.date),
            maybe(position.firmness),
            maybe(position.public.map(|p| if p { "yes" } else { "no" })),
            maybe(position.note.clone()),
            view.basis(&position.grounds),
        ]);
    }
    grid.block()
}

fn wants(view: &View<'_>) -> Option<Block> {
    let mut grid = Grid::new(
        "What the case says of preferences (these statements, and no others, bound the preference sets)",
        &["Party", "Statement", "Why", "Basis and evidence"],
    );
    for (id, party) in &view.document().parties {
        for want in &party.wants {
            grid.row(vec![
                view.party(id).into(),
                vec![view.claim_in_words(&want.grounds.id)].into(),
                maybe(want.grounds.why.clone()),
                view.basis(&want.grounds),
            ]);
        }
        if let Some(reservation) = &party.reservation {
            grid.row(vec![
                view.party(id).into(),
                vec![view.claim_in_words(&reservation.grounds.id)].into(),
                maybe(reservation.grounds.why.clone()),
                view.basis(&reservation.grounds),
            ]);
        }
    }
    grid.block()
}

fn interests(view: &View<'_>) -> Option<Block> {
    let document = view.document();
    let mut grid = Grid::new(
        "Interests, needs and fears ascribed to the parties (hypotheses unless quoted)",
        &["Party", "Issue", "Layer", "What", "Basis and evidence"],
    );
    let order = |id: &str| document.parties.get_index_of(id).unwrap_or(usize::MAX);
    let mut interests: Vec<_> = document.interests.iter().collect();
    interests.sort_by_key(|interest| order(interest.party.as_str()));
    for interest in interests {
        grid.row(vec![
            view.party(interest.party.as_str()).into(),
            maybe(interest.issue.as_ref().map(|i| view.issue(i.as_str()))),
            interest.layer.as_str().into(),
            view.claim_cell(&interest.grounds, interest.says.clone()),
            view.basis(&interest.grounds),
        ]);
    }
    grid.block()
}

fn linkages(view: &View<'_>) -> Option<Block> {
    let mut grid =
        Grid::new("Rules between issues", &["Rule", "What every outcome keeps", "Why", "Basis and evidence"]);
    for linkage in &view.document().linkages {
        let words = view.condition(&linkage.rule.expr);
        grid.row(vec![
            view.claim_cell(&linkage.grounds, linkage.says.clone().unwrap_or_else(|| words.clone())),
            words.into(),
            maybe(linkage.grounds.why.clone()),
            view.basis(&linkage.grounds),
        ]);
    }
    grid.block()
}

fn levels(view: &View<'_>) -> Option<Block> {
    let mut grid = Grid::new("Levels of agreement, least first", &["Level", "Stage (PA-X)", "Reached when", "Note"]);
    for level in view.document().levels.values() {
        grid.row(vec![
            level.name.clone().into(),
            maybe(level.stage),
            view.condition(&level.when.expr).into(),
            maybe(level.note.clone()),
        ]);
    }
    grid.block()
}

/// The notes of law as a table, numbered L1, L2 …
fn legal_notes(view: &View<'_>) -> Option<Block> {
    let mut grid = Grid::new(
        "Notes of law, to be read beside every number about these outcomes",
        &["No.", "Outcomes", "Note", "Basis and evidence"],
    );
    for (at, note) in view.document().legal.iter().enumerate() {
        grid.row(vec![
            legal_number(at).into(),
            view.condition(&note.when.expr).into(),
            view.claim_cell(&note.grounds, note.says.clone()),
            view.basis(&note.grounds),
        ]);
    }
    grid.block()
}

fn legal_number(at: usize) -> String {
    format!("L{}", at + 1)
}

/// The numbers of the notes of law about a value that the condition is about too.
pub(super) fn legal_beside(view: &View<'_>, expr: &Expr) -> Cell {
    let here = about(view, expr);
    legal_where(view, |pairs| !pairs.is_disjoint(&here))
}

/// The numbers of the notes of law that are about pairs of issue and value that pass.
pub(super) fn legal_where(view: &View<'_>, passes: impl Fn(&BTreeSet<(String, String)>) -> bool) -> Cell {
    let notes = view.document().legal.iter().enumerate().filter(|(_, note)| passes(&about(view, &note.when.expr)));
    let marks = notes.map(|(at, note)| Prose::new().piece(view.claim(&note.grounds.id, legal_number(at))).done());
    let line = joined(marks, ", ");
    if line.is_empty() { Cell::default() } else { toned(line, Tone::Doubt) }
}

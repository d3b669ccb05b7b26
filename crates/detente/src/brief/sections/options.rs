//! The options matrix: every value of every issue against what each party is reported to say of it.

use super::grid::Grid;
use super::issues::legal_where;
use super::numbers::{count, range_percent};
use super::prose::{Prose, joined, toned};
use super::section;
use super::stands::{Stands, about};
use super::view::View;
use crate::brief::content::{Block, Cell, Figure, Line, Matrix, Plot, Section, Stand, Table, Tone, plain};

/// A value with how each party stands to it.
type Row = (String, Vec<Stand>);

/// The section, unless there are no issues or no parties.
pub(super) fn write(view: &View<'_>) -> Option<Section> {
    let document = view.document();
    if view.space.issues.is_empty() || document.parties.is_empty() {
        return None;
    }
    let stands = Stands::of(view);
    let parties = 0..document.parties.len();
    let issues: Vec<(String, Vec<Row>)> = view
        .space
        .issues
        .iter()
        .enumerate()
        .map(|(at, issue)| {
            let row = |(digit, value): (usize, &crate::game::Value)| {
                (view.value(&value.id), parties.clone().map(|p| stands.stand(p, at, digit)).collect())
            };
            (view.issue(&issue.id), issue.values.iter().enumerate().map(row).collect())
        })
        .collect();
    let figure = Figure {
        id: "options-matrix".into(),
        title: "Options matrix".into(),
        description:
            "Every value of every issue, and per party whether the case reports it as put forward, refused by \
                      a red line, refused together with other values, or says nothing."
                .into(),
        reading: plain(reading(&issues)),
        plot: Plot::Matrix(Matrix { parties: document.parties.keys().map(|id| view.party(id)).collect(), issues }),
        twin: twin(view, &stands),
    };
    section("options", "Options", vec![Block::Figure(Box::new(figure))])
}

fn reading(issues: &[(String, Vec<Row>)]) -> String {
    let values: Vec<&Vec<Stand>> = issues.iter().flat_map(|(_, values)| values.iter().map(|(_, s)| s)).collect();
    let has = |stands: &[Stand], stand: Stand| stands.contains(&stand);
    let number = |test: &dyn Fn(&[Stand]) -> bool| values.iter().filter(|s| test(s)).count();
    let contested = number(&|s| has(s, Stand::States) && has(s, Stand::Refuses));
    let refused = number(&|s| has(s, Stand::Refuses));
    let silent = number(&|s| s.iter().all(|stand| *stand == Stand::Unknown));
    format!(
        "Of {}, {refused} {} refused by a red line of at least one party, {contested} of them put forward by another; \
         on {silent} the case says nothing.",
        count(values.len(), "value", "values"),
        if refused == 1 { "is" } else { "are" },
    )
}

fn twin(view: &View<'_>, stands: &Stands) -> Table {
    let document = view.document();
    let mut columns: Vec<String> = vec!["Issue".into(), "Value".into()];
    columns.extend(document.parties.keys().map(|id| view.party(id)));
    columns.extend(["Polls".into(), "Notes of law".into()]);
    let mut grid = Grid::with("Options: what the case reports of each party", columns);
    for (at, issue) in view.space.issues.iter().enumerate() {
        for (digit, value) in issue.values.iter().enumerate() {
            let mark = if usize::from(issue.status_quo) == digit { " (as things are)" } else { "" };
            let mut row: Vec<Cell> = vec![
                if digit == 0 { view.issue(&issue.id).into() } else { Cell::default() },
                format!("{}{mark}", view.meaning(&issue.id, &value.id)).into(),
            ];
            row.extend((0..document.parties.len()).map(|party| stand_cell(stands, party, at, digit)));
            row.push(polls(view, &issue.id, &value.id).into());
            row.push(legal_where(view, |pairs| pairs.contains(&(issue.id.clone(), value.id.clone()))));
            grid.row(row);
        }
    }
    grid.table()
}

fn stand_cell(stands: &Stands, party: usize, issue: usize, value: usize) -> Cell {
    match (stands.refusal(party, issue, value), stands.states(party, issue, value)) {
        (Stand::Refuses, true) => toned("put forward and refused", Tone::Doubt),
        (Stand::Refuses, false) => toned("refused", Tone::Shut),
        (Stand::Conditional, true) => toned("put forward; refused with other values", Tone::Doubt),
        (_, true) => toned("put forward", Tone::Open),
        (Stand::Conditional, false) => toned("refused with other values", Tone::Doubt),
        (_, false) => toned("not said", Tone::Faint),
    }
}

/// Polls about exactly this value.
fn polls(view: &View<'_>, issue: &str, value: &str) -> Line {
    let exact = view.document().polls.iter().filter(|poll| {
        let Some(when) = &poll.when else { return false };
        let pairs = about(view, &when.expr);
        pairs.len() == 1 && pairs.contains(&(issue.to_string(), value.to_string()))
    });
    let lines = exact.map(|poll| {
        let side =
            |word: &str, share: Option<crate::case::Share>| share.map(|s| format!("{word} {}", range_percent(s.0)));
        let sides: Vec<String> =
            [side("accept", poll.accept), side("reject", poll.reject)].into_iter().flatten().collect();
        let words = format!("{}: {}", view.party(poll.party.as_str()), sides.join(", "));
        Prose::new().piece(view.claim(&poll.grounds.id, words)).done()
    });
    joined(lines, "; ")
}

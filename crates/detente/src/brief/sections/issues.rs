//! What is negotiated: issues, values, positions, wants, interests, rules, levels, notes of law.

use super::grid::Grid;
use super::numbers::count;
use super::prose::{Prose, and, filled, joined, maybe};
use super::section;
use super::stands::{Stands, named};
use super::view::{View, readable};
use crate::brief::content::{Block, Cell, Figure, Line, Plot, Section, Stand, Strip, Strips, Tone, plain};
use crate::case::Expr;
use crate::case::model::people::Party;
use crate::case::model::substance::Package;

/// The section, unless the case has neither issues nor anything said about them.
pub(super) fn write(view: &View<'_>) -> Option<Section> {
    let stands = Stands::of(view);
    let mut blocks = Vec::new();
    blocks.extend(strips(view, &stands).map(|figure| Block::Figure(Box::new(figure))));
    blocks.extend(meanings(view));
    blocks.extend(positions(view));
    blocks.extend(wants(view));
    blocks.extend(interests(view));
    blocks.extend(linkages(view));
    blocks.extend(levels(view));
    blocks.extend(legal_notes(view));
    section("issues", "Issues and positions", blocks)
}

fn strips(view: &View<'_>, stands: &Stands) -> Option<Figure> {
    let document = view.document();
    if view.space.issues.is_empty() {
        return None;
    }
    let parties: Vec<String> = document.parties.keys().map(|id| view.party(id)).collect();
    let strip = |at: usize, issue: &crate::game::Issue| {
        let digits = || 0..issue.values.len();
        let stated = (0..parties.len()).map(|p| digits().filter(|v| stands.states(p, at, *v)).collect());
        let texts = document.texts.values().map(|text| says(text, issue));
        Strip {
            issue: view.issue(&issue.id),
            values: issue.values.iter().map(|v| view.value(&v.id)).collect(),
            status_quo: usize::from(issue.status_quo),
            stands: stated.chain(texts).collect(),
            refused: (0..parties.len())
                .map(|p| digits().filter(|v| stands.refusal(p, at, *v) == Stand::Refuses).collect())
                .collect(),
        }
    };
    let strips: Vec<Strip> = view.space.issues.iter().enumerate().map(|(at, issue)| strip(at, issue)).collect();
    Some(Figure {
        id: "positions".into(),
        title: "Issues and reported positions".into(),
        description:
            "One strip per issue with its values in order. Marks show the values that parties are reported to \
                      put forward or that texts contain; hatched values are refused by a red line of a party."
                .into(),
        reading: plain(reading(&strips, parties.len())),
        twin: issues(view),
        plot: Plot::Strips(Strips {
            parties: parties.len(),
            markers: parties.into_iter().chain(document.texts.values().map(|t| t.name.clone())).collect(),
            strips,
        }),
    })
}

/// Positions of the values that a text has for an issue.
fn says(text: &Package, issue: &crate::game::Issue) -> Vec<usize> {
    let tier = text.values.get(&issue.id).map_or(&[][..], |tier| &tier.0);
    issue.values.iter().enumerate().filter(|(_, v)| tier.iter().any(|n| n.text == v.id)).map(|(at, _)| at).collect()
}

fn reading(strips: &[Strip], parties: usize) -> String {
    let stated = |strip: &Strip| -> Vec<Vec<usize>> {
        strip.stands.iter().take(parties).filter(|s| !s.is_empty()).cloned().collect()
    };
    let many: Vec<(&Strip, Vec<Vec<usize>>)> =
        strips.iter().map(|s| (s, stated(s))).filter(|(_, stated)| stated.len() > 1).collect();
    let common = |stated: &[Vec<usize>]| {
        stated.first().is_some_and(|first| first.iter().any(|v| stated.iter().all(|other| other.contains(v))))
    };
    let shared: Vec<String> = many.iter().filter(|(_, s)| common(s)).map(|(strip, _)| strip.issue.clone()).collect();
    let on = match shared.as_slice() {
        [] => "on none of them do the reported positions share a value".to_string(),
        shared => format!("the reported positions share a value on {}", and(shared)),
    };
    match many.len() {
        0 => format!(
            "{}; the case reports positions of more than one party on none.",
            count(strips.len(), "issue", "issues")
        ),
        n => format!(
            "The case reports positions of more than one party on {n} of {}; {on}.",
            count(strips.len(), "issue", "issues")
        ),
    }
}

/// The table of issues: question, status quo, what each party is reported to put forward.
fn issues(view: &View<'_>) -> crate::brief::content::Table {
    let document = view.document();
    let mut columns: Vec<String> = ["Issue", "Topic", "Question", "As things are"].map(String::from).to_vec();
    columns.extend(document.parties.keys().map(|id| format!("{}: reported position", view.party(id))));
    columns.extend(document.texts.values().map(|text| text.name.clone()));
    columns.push("Note".into());
    let mut grid = Grid::with("Issues, status quo and reported positions", columns);
    for (id, issue) in &document.issues {
        let mut row: Vec<Cell> = vec![
            view.issue(id).into(),
            maybe(issue.topic.clone()),
            maybe(issue.question.clone()),
            view.meaning(id, issue.status_quo.as_str()).into(),
        ];
        row.extend(document.parties.iter().map(|(party, record)| stated(view, id, party, record).into()));
        row.extend(document.texts.values().map(|text| match text.values.get(id) {
            Some(tier) => vec![view.claim(&text.grounds.id, view.meanings(id, &tier.0))].into(),
            None => Cell::default(),
        }));
        row.push(maybe(issue.note.clone()));
        grid.row(row);
    }
    grid.table()
}

/// What a party is reported to put forward on an issue: positions, then values called best.
fn stated(view: &View<'_>, issue: &str, party: &str, record: &Party) -> Line {
    let positions = view.document().positions.iter().filter(|p| p.party.as_str() == party && p.issue.as_str() == issue);
    let positions = positions.map(|p| view.cited(&p.grounds, view.meanings(issue, &p.values)));
    let best = record.wants.iter().filter(|w| !w.best.is_empty() && w.issue.as_ref().is_some_and(|i| i.text == issue));
    let best = best.map(|w| view.cited(&w.grounds, format!("best: {}", view.meanings(issue, &w.best))));
    joined(positions.chain(best), "; ")
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
pub(super) fn legal_notes(view: &View<'_>) -> Option<Block> {
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

/// The numbers of the notes of law that name a value which the condition names too.
pub(super) fn legal_beside(view: &View<'_>, expr: &Expr) -> Cell {
    let about = named(expr);
    legal_where(view, |note| !named(note).is_disjoint(&about))
}

/// The numbers of the notes of law whose condition passes.
pub(super) fn legal_where(view: &View<'_>, passes: impl Fn(&Expr) -> bool) -> Cell {
    let notes = view.document().legal.iter().enumerate().filter(|(_, note)| passes(&note.when.expr));
    let marks = notes.map(|(at, note)| Prose::new().piece(view.claim(&note.grounds.id, legal_number(at))).done());
    Cell { line: joined(marks, ", "), tone: Tone::Doubt }
}

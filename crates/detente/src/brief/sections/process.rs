//! How it is negotiated: tracks, rounds, statements, pressure, and what goes on meanwhile.

use super::grid::Grid;
use super::numbers::{amount, range_percent};
use super::prose::{Prose, filled, maybe};
use super::timeline;
use super::view::{View, readable};
use super::{paragraph, section};
use crate::brief::content::{Block, Cell, Inline, Line, Section};
use crate::case::Grounds;
use crate::case::model::surroundings::{Meanwhile, StateFact};

/// The section, unless the case says nothing of the process.
pub(super) fn write(view: &View<'_>) -> Option<Section> {
    let mut blocks = Vec::new();
    blocks.extend(tracks(view));
    blocks.extend(rounds(view));
    blocks.extend(timeline::write(view).map(|figure| Block::Figure(Box::new(figure))));
    blocks.extend(statements(view));
    blocks.extend(pressure(view));
    if let Some(meanwhile) = &view.document().meanwhile {
        blocks.extend(going_on(view, meanwhile));
    }
    blocks.extend(history(view));
    blocks.extend(signals(view));
    blocks.extend(odds(view));
    section("process", "Process and surroundings", blocks)
}

fn tracks(view: &View<'_>) -> Option<Block> {
    let mut grid = Grid::new("Tracks", &["Track", "Between", "State", "Note", "Basis and evidence"]);
    for track in view.document().tracks.values() {
        grid.row(vec![
            view.claim_cell(&track.grounds, track.name.clone()),
            filled(view.everyone(&track.between)),
            maybe(track.status.clone()),
            maybe(track.note.clone()),
            view.basis(&track.grounds),
        ]);
    }
    grid.block()
}

fn rounds(view: &View<'_>) -> Option<Block> {
    let document = view.document();
    let mut grid = Grid::new("Rounds", &["Round", "When and where", "How", "Aim", "Result", "Basis and evidence"]);
    for (id, round) in &document.rounds {
        let first = document.tracks.keys().next();
        let track = round.track.as_ref().map(|t| t.text.as_str()).or(first.map(String::as_str));
        let name = view.round(id);
        let number = round.number.map(|n| format!("no. {n}")).filter(|_| round.name.is_some());
        let track: Vec<String> = number.into_iter().chain(track.map(|t| view.track(t))).collect();
        let mut about = vec![view.claim(&round.grounds.id, name)];
        if !track.is_empty() {
            about.push(Inline::Under(track.join(", ")));
        }
        let host = round.host.as_ref().map(|h| format!("host: {}", view.who(h.as_str())));
        grid.row(vec![
            about.into(),
            said([round.date.map(|d| d.to_string()), round.venue.clone(), round.site.clone(), host]),
            said([
                round.format.clone(),
                round.publicity.map(|p| p.to_string()),
                round.level.clone(),
                round.duration.clone(),
            ]),
            maybe(round.objective.clone()),
            maybe(round.result.clone()),
            view.basis(&round.grounds),
        ]);
    }
    grid.block()
}

/// What is said of several things, in a cell.
fn said(parts: [Option<String>; 4]) -> Cell {
    filled(parts.into_iter().flatten().collect::<Vec<_>>().join("; "))
}

fn statements(view: &View<'_>) -> Option<Block> {
    let mut grid = Grid::new(
        "Statements, as reported",
        &["Date", "Who", "Act", "To or about", "What", "Words", "Basis and evidence"],
    );
    for statement in &view.document().statements {
        grid.row(vec![
            maybe(statement.date),
            view.who(statement.by.as_str()).into(),
            readable(statement.act.as_str()).into(),
            maybe(statement.to.as_ref().map(|to| view.who(to.as_str()))),
            view.claim_cell(&statement.grounds, statement.says.clone()),
            maybe(statement.verbatim.map(|own| if own { "the speaker's own" } else { "as retold" })),
            view.basis(&statement.grounds),
        ]);
    }
    grid.block()
}

fn pressure(view: &View<'_>) -> Option<Block> {
    let mut grid = Grid::new(
        "Pressure, as reported",
        &["Who presses", "Whom", "With what", "How strongly", "On condition", "Date", "Basis and evidence"],
    );
    for pressure in &view.document().pressure {
        grid.row(vec![
            view.who(pressure.by.as_str()).into(),
            view.everyone(&pressure.on).into(),
            view.claim_cell(&pressure.grounds, pressure.instrument.clone()),
            maybe(pressure.strength),
            maybe(pressure.conditional.clone()),
            maybe(pressure.date),
            view.basis(&pressure.grounds),
        ]);
    }
    grid.block()
}

fn going_on(view: &View<'_>, meanwhile: &Meanwhile) -> Vec<Block> {
    let mut blocks = vec![Block::Heading("Meanwhile".into())];
    blocks.extend(meanwhile.says.iter().map(|says| paragraph(says.clone())));
    let mut state = Grid::new(
        "The state of the conflict",
        &["What", "How much", "What it is like", "How the words were read", "Trend", "Date", "Basis and evidence"],
    );
    for (id, fact) in &meanwhile.state {
        state.row(vec![
            fact.name.clone().unwrap_or_else(|| readable(id)).into(),
            how_much(view, fact),
            maybe(fact.says.clone()),
            maybe(fact.grounds.reading.clone()),
            maybe(fact.trend),
            maybe(fact.date),
            view.basis(&fact.grounds),
        ]);
    }
    blocks.extend(state.block());
    let mut cost = Grid::new(
        "What going on without an agreement costs, as a share of the way from a party's worst outcome to its best",
        &["Party", "#Cost", "Why", "Basis and evidence"],
    );
    for each in &meanwhile.cost {
        cost.row(vec![
            view.party(each.party.as_str()).into(),
            view.claim_cell(&each.grounds, range_percent(each.amount.0)),
            maybe(each.grounds.why.clone()),
            view.basis(&each.grounds),
        ]);
    }
    blocks.extend(cost.block());
    let mut drift = Grid::new(
        "How the status quo may move without an agreement",
        &["Issue", "To", "#Chance", "Why", "Basis and evidence"],
    );
    for each in &meanwhile.drift {
        drift.row(vec![
            view.issue(each.issue.as_str()).into(),
            view.meaning(each.issue.as_str(), each.to.as_str()).into(),
            view.claim_cell(&each.grounds, range_percent(each.chance.0)),
            maybe(each.grounds.why.clone()),
            view.basis(&each.grounds),
        ]);
    }
    blocks.extend(drift.block());
    if blocks.len() > 1 { blocks } else { Vec::new() }
}

fn how_much(view: &View<'_>, fact: &StateFact) -> Cell {
    let unit = fact.unit.as_ref().map(|u| format!("\u{a0}{u}")).unwrap_or_default();
    match fact.value {
        Some(value) => view.claim_cell(&fact.grounds, format!("{}{unit}", amount(value))),
        None => maybe(fact.unit.clone()),
    }
}

fn history(view: &View<'_>) -> Option<Block> {
    let mut grid =
        Grid::new("What came before", &["When", "What", "What came out of it", "Note", "Basis and evidence"]);
    for event in &view.document().history {
        let when = match (event.date, event.until) {
            (Some(from), Some(until)) => Some(format!("{from} to {until}")),
            (from, until) => from.map(|f| f.to_string()).or(until.map(|u| format!("until {u}"))),
        };
        grid.row(vec![
            maybe(when),
            view.claim_cell(&event.grounds, event.name.clone()),
            maybe(event.outcome.clone()),
            maybe(event.note.clone()),
            view.basis(&event.grounds),
        ]);
    }
    grid.block()
}

fn signals(view: &View<'_>) -> Option<Block> {
    let mut grid = Grid::new("Signs of how things stand", &["Sign of", "What", "About", "Date", "Basis and evidence"]);
    for signal in &view.document().signals {
        grid.row(vec![
            signal.of.clone().into(),
            view.claim_cell(&signal.grounds, signal.says.clone()),
            maybe(signal.about.as_ref().map(|a| view.who(a.as_str()))),
            maybe(signal.date),
            view.basis(&signal.grounds),
        ]);
    }
    grid.block()
}

fn odds(view: &View<'_>) -> Option<Block> {
    let mut grid = Grid::new(
        "Likelihoods that the sources put in words (not computed here)",
        &["Of what", "The words", "Read as", "How the words were read", "Basis and evidence"],
    );
    for odds in &view.document().odds {
        grid.row(vec![
            odds.of.clone().into(),
            words(view, &odds.grounds, &odds.words).into(),
            maybe(odds.range.map(|r| range_percent(r.0))),
            maybe(odds.grounds.reading.clone()),
            view.basis(&odds.grounds),
        ]);
    }
    grid.block()
}

fn words(view: &View<'_>, grounds: &Grounds, words: &str) -> Line {
    Prose::new().piece(view.claim(&grounds.id, format!("“{words}”"))).done()
}

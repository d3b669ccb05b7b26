//! Red lines, ratification routes and polls, with notes of law beside them.

use super::grid::Grid;
use super::issues::legal_beside;
use super::numbers::{count, range_percent};
use super::prose::{and, maybe, short};
use super::section;
use super::view::View;
use crate::brief::content::{Bars, Block, Cell, Figure, Plot, Section, Table, plain};
use crate::case::Share;
use crate::case::model::substance::Poll;

/// The section, unless the case has neither red lines, ratification routes nor polls.
pub(super) fn write(view: &View<'_>) -> Option<Section> {
    let mut blocks = Vec::new();
    blocks.extend(red_lines(view));
    blocks.extend(ratification(view));
    blocks.extend(polls(view).map(|figure| Block::Figure(Box::new(figure))));
    section("red-lines", "Red lines and ratification", blocks)
}

fn red_lines(view: &View<'_>) -> Option<Block> {
    let mut grid = Grid::new(
        "Red lines, as reported",
        &[
            "Party",
            "Red line",
            "Refuses",
            "#Firmness",
            "How it may change",
            "Notes of law",
            "Why",
            "Basis and evidence",
        ],
    );
    for (id, party) in &view.document().parties {
        for refusal in &party.refuses {
            let words = view.condition(&refusal.when.expr);
            let firmness = match refusal.firmness {
                Some(share) => range_percent(share.0),
                None => "100\u{a0}% (no firmness given)".to_string(),
            };
            grid.row(vec![
                view.party(id).into(),
                view.claim_cell(&refusal.grounds, refusal.says.clone().unwrap_or_else(|| words.clone())),
                words.into(),
                view.claim_cell(&refusal.grounds, firmness),
                maybe(refusal.drift.clone()),
                legal_beside(view, &refusal.when.expr),
                maybe(refusal.grounds.why.clone()),
                view.basis(&refusal.grounds),
            ]);
        }
    }
    grid.block()
}

fn ratification(view: &View<'_>) -> Option<Block> {
    let mut grid = Grid::new(
        "What an agreement still needs at home",
        &["Party", "Route", "For which agreements", "What stands in its way", "Note", "Basis and evidence"],
    );
    for (id, party) in &view.document().parties {
        for route in &party.ratification {
            let when = route.when.as_ref().map_or("all".to_string(), |when| view.condition(&when.expr));
            grid.row(vec![
                view.party(id).into(),
                view.claim_cell(&route.grounds, route.route.clone()),
                when.into(),
                maybe(route.obstacle.clone()),
                maybe(route.note.clone()),
                view.basis(&route.grounds),
            ]);
        }
    }
    grid.block()
}

fn polls(view: &View<'_>) -> Option<Figure> {
    let polls = &view.document().polls;
    if polls.is_empty() {
        return None;
    }
    let bar = |share: Option<Share>| share.map(|s| [s.0.mean(), s.0.low, s.0.high]);
    let label = |poll: &Poll| format!("{}: {}", view.party(poll.party.as_str()), short(&poll.option, 60));
    Some(Figure {
        id: "polls".into(),
        title: "What surveys say of options".into(),
        description:
            "Share of those asked who accept and who reject an option. Surveys bear on ratification; they are \
                      no party's preferences."
                .into(),
        reading: plain(reading(polls)),
        plot: Plot::Bars(Bars {
            series: vec!["accept".into(), "reject".into()],
            rows: polls.iter().map(|poll| (label(poll), vec![bar(poll.accept), bar(poll.reject)])).collect(),
            axis: "Share of those asked".into(),
        }),
        twin: poll_table(view),
    })
}

fn reading(polls: &[Poll]) -> String {
    let more = |poll: &&Poll| match (poll.accept, poll.reject) {
        (Some(accept), Some(reject)) => accept.0.mean() > reject.0.mean(),
        _ => false,
    };
    let both = polls.iter().filter(|poll| poll.accept.is_some() && poll.reject.is_some()).count();
    let accepted: Vec<String> = polls.iter().filter(more).map(|poll| format!("“{}”", poll.option)).collect();
    let which = if accepted.is_empty() { String::new() } else { format!(": {}", and(&accepted)) };
    let options = count(both, "surveyed option", "surveyed options");
    format!("More people accept than reject {} of {options}{which}.", accepted.len())
}

fn poll_table(view: &View<'_>) -> Table {
    let mut grid = Grid::new(
        "Surveys",
        &[
            "Public of",
            "Option",
            "Stands for",
            "#Accept",
            "#Reject",
            "Who asked",
            "Date",
            "#Asked",
            "Notes of law",
            "Note",
            "Basis and evidence",
        ],
    );
    for poll in &view.document().polls {
        let share = |share: Option<Share>| -> Cell {
            share.map_or_else(Cell::default, |s| view.claim_cell(&poll.grounds, range_percent(s.0)))
        };
        grid.row(vec![
            view.party(poll.party.as_str()).into(),
            view.claim_cell(&poll.grounds, poll.option.clone()),
            maybe(poll.when.as_ref().map(|w| view.condition(&w.expr))),
            share(poll.accept),
            share(poll.reject),
            maybe(poll.pollster.clone()),
            maybe(poll.date),
            maybe(poll.sample),
            poll.when.as_ref().map_or_else(Cell::default, |w| legal_beside(view, &w.expr)),
            maybe(poll.note.clone()),
            view.basis(&poll.grounds),
        ]);
    }
    grid.table()
}

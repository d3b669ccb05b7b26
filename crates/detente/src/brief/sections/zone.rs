//! The zone of agreement: per level, agreements on few issues, whole packages, solutions, who blocks what.

use super::agreements;
use super::frontier;
use super::grid::Grid;
use super::numbers::{bar, in_how_many, in_words, is_likely, is_one_game, large, share, thousands, with_interval};
use super::prose::{Prose, maybe, toned};
use super::section;
use super::view::{ANY_AGREEMENT, View};
use crate::brief::content::{Bars, Block, Cell, Figure, Plot, Section, Table, Tone, plain};
use crate::lens::likelihood::word;
use crate::lens::zone::{RuleEffect, ZoneAnswer};
use crate::lens::{Finding, ShareOf};

/// The section.
pub(super) fn write(view: &View<'_>, zone: &Finding<ZoneAnswer>) -> Option<Section> {
    let answer = &zone.answer;
    let mut blocks = vec![Block::Paragraph(intro(view, answer))];
    blocks.push(Block::Figure(Box::new(levels(view, answer))));
    blocks.extend(agreements::few_issues(view, answer).map(|f| Block::Figure(Box::new(f))));
    blocks.extend(agreements::all_issues(view, answer));
    blocks.extend(frontier::band(view, answer).map(|f| Block::Figure(Box::new(f))));
    blocks.extend(frontier::solutions(view, answer));
    blocks.extend(rules(view, answer));
    section("zone", "Zone of agreement", blocks)
}

fn intro(view: &View<'_>, answer: &ZoneAnswer) -> crate::brief::content::Line {
    let games = if is_one_game(&answer.any) {
        "The numbers of the case are all points, so there is one preference set.".to_string()
    } else {
        format!("{} preference sets that fit the record were drawn.", thousands(&answer.any.draws.to_string()))
    };
    Prose::new()
        .text(format!("The {} issues span {} outcomes. {games} ", view.space.issues.len(), large(&answer.outcomes)))
        .text(
            "An outcome counts as an agreement when it is not the status quo, keeps every rule between issues, crosses \
             no red line that binds, and leaves nobody whose consent is needed worse off than no-deal and somebody \
             better. ",
        )
        .text(
            "A percentage is the share of preference sets in which that is so. It says how far the record settles the \
             question; it is not the probability that an agreement will be made.",
        )
        .done()
}

fn levels(view: &View<'_>, answer: &ZoneAnswer) -> Figure {
    let mut rows = Vec::new();
    // A case without levels has one that every agreement reaches.
    if !view.document().levels.is_empty() {
        rows.push((ANY_AGREEMENT.to_string(), vec![bar(&answer.any), None]));
    }
    rows.extend(answer.levels.iter().map(|l| (view.level(&l.level), vec![bar(&l.zone), bar(&l.all_lines_bind)])));
    Figure {
        id: "zone-levels".into(),
        title: "In how many preference sets there is an agreement, by level".into(),
        description: "Per level of agreement, the share of preference sets in which some outcome reaches it as an \
                      agreement, with its 95\u{a0}% interval; beside it the same if every red line bound, whatever its \
                      firmness."
            .into(),
        reading: plain(reading(view, answer)),
        plot: Plot::Bars(Bars {
            series: vec!["as the case says".into(), "if every red line binds".into()],
            rows,
            axis: "Share of preference sets".into(),
        }),
        twin: level_table(view, answer),
    }
}

fn reading(view: &View<'_>, answer: &ZoneAnswer) -> String {
    let highest = answer.levels.iter().rev().find(|l| is_likely(&l.zone));
    match (highest, answer.levels.first()) {
        (Some(level), _) => format!(
            "The highest level with an agreement in most sets is “{}”: {}.",
            view.level(&level.level),
            in_how_many(&level.zone)
        ),
        (None, Some(lowest)) => format!(
            "No level has an agreement in most sets; the lowest, “{}”, has one {}.",
            view.level(&lowest.level),
            in_how_many(&lowest.zone)
        ),
        (None, None) => format!("Some agreement exists {}.", in_how_many(&answer.any)),
    }
}

fn level_table(view: &View<'_>, answer: &ZoneAnswer) -> Table {
    let mut grid = Grid::new(
        "Zone of agreement by level",
        &[
            "Level",
            "#Share (95\u{a0}% interval)",
            "In words",
            "#If every red line binds",
            "Permitted at all",
            "A package that reaches it",
        ],
    );
    let words = |of: &ShareOf| in_words(of).map_or_else(Cell::default, |word| toned(word, tone(of)));
    if !view.document().levels.is_empty() {
        grid.row(vec![ANY_AGREEMENT.into(), with_interval(&answer.any).into(), words(&answer.any)]);
    }
    for level in &answer.levels {
        let permitted = if level.permitted {
            toned("yes", Tone::Open)
        } else {
            toned("no outcome keeps every rule and every red line", Tone::Shut)
        };
        grid.row(vec![
            view.level(&level.level).into(),
            with_interval(&level.zone).into(),
            words(&level.zone),
            with_interval(&level.all_lines_bind).into(),
            permitted,
            maybe(
                level.example.as_ref().map(|e| format!("{} ({})", view.terms_in_full(&e.terms), share(&e.agreement))),
            ),
        ]);
    }
    grid.table()
}

/// How a share of agreement is to be read: likely, about even, unlikely.
pub(super) fn tone(of: &ShareOf) -> Tone {
    match word(of.share) {
        "likely" | "very likely" | "almost certain" => Tone::Open,
        "roughly even odds" => Tone::Doubt,
        _ => Tone::Shut,
    }
}

fn rules(view: &View<'_>, answer: &ZoneAnswer) -> Option<Block> {
    let mut columns: Vec<String> = vec!["Rule".into(), "Whose".into()];
    columns.extend(answer.levels.iter().map(|l| format!("#{}: with it / without it", view.level(&l.level))));
    columns.push("Texts and packages it blocks".into());
    let mut grid = Grid::with(
        "Who blocks what: share of preference sets with an agreement while a rule binds, and without it",
        columns,
    );
    for rule in &answer.rules {
        let mut row: Vec<Cell> = vec![vec![view.claim_in_words(&rule.claim)].into(), whose(view, rule).into()];
        row.extend(rule.bound.iter().zip(&rule.free).map(|(bound, free)| {
            let cell: Cell = format!("{} / {}", share(bound), share(free)).into();
            let matters = free.share - bound.share >= 0.05;
            Cell { tone: if matters { Tone::Doubt } else { Tone::Plain }, ..cell }
        }));
        row.resize(2 + answer.levels.len(), Cell::default());
        row.push(maybe((!rule.blocks.is_empty()).then(|| blocked(view, rule))));
        grid.row(row);
    }
    grid.block()
}

fn whose(view: &View<'_>, rule: &RuleEffect) -> String {
    match &rule.party {
        Some(party) => format!("red line of {}", view.party(party)),
        None => "rule between issues".to_string(),
    }
}

fn blocked(view: &View<'_>, rule: &RuleEffect) -> String {
    rule.blocks.iter().map(|id| view.package(id)).collect::<Vec<_>>().join("; ")
}

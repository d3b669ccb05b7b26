//! Agreements by how many preference sets they hold in: those that move few issues, then whole packages.

use super::grid::Grid;
use super::numbers::{bar, in_how_many, in_words, share, with_interval};
use super::prose::{maybe, short, toned};
use super::view::View;
use super::zone::tone;
use crate::brief::content::{Bars, Block, Cell, Figure, Plot, Table, plain};
use crate::lens::zone::{RankedPackage, ZoneAnswer};

/// Bars drawn at most; the table has all.
const MOST_BARS: usize = 12;
/// Longest label of a bar, in characters.
const LABEL: usize = 60;

/// The agreements that move few issues, as a figure; none when none was found.
pub(super) fn few_issues(view: &View<'_>, answer: &ZoneAnswer) -> Option<Figure> {
    let first = answer.partial.first()?;
    let row = |(at, package): (usize, &RankedPackage)| {
        (format!("{}. {}", at + 1, short(&view.terms(&package.terms), LABEL)), vec![bar(&package.agreement)])
    };
    Some(Figure {
        id: "partial-agreements".into(),
        title: "Partial agreements, most robust first".into(),
        description:
            "Agreements that move few issues and leave the rest at the status quo, with the share of preference \
                      sets in which each is an agreement."
                .into(),
        reading: plain(format!(
            "The one that holds most often moves {} and is an agreement {}.",
            view.terms(&first.terms),
            in_how_many(&first.agreement),
        )),
        plot: Plot::Bars(Bars {
            series: vec!["agreement".into()],
            rows: answer.partial.iter().enumerate().take(MOST_BARS).map(row).collect(),
            axis: "Share of preference sets".into(),
        }),
        twin: table(view, answer, "Partial agreements", &answer.partial),
    })
}

/// The whole packages, as a table; none when none was found.
pub(super) fn all_issues(view: &View<'_>, answer: &ZoneAnswer) -> Option<Block> {
    let caption = "Packages over all issues that are an agreement in most preference sets, of those the search found";
    (!answer.robust.is_empty()).then(|| Block::Table(table(view, answer, caption, &answer.robust)))
}

fn table(view: &View<'_>, answer: &ZoneAnswer, caption: &str, packages: &[RankedPackage]) -> Table {
    let mut columns: Vec<String> =
        ["#No.", "What it moves", "#Agreement (95\u{a0}% interval)", "In words"].map(String::from).to_vec();
    columns.extend(answer.parties.iter().map(|p| format!("#{} accepts", view.party(p))));
    columns.push("Highest level".into());
    let mut grid = Grid::with(caption, columns);
    for (at, package) in packages.iter().enumerate() {
        let mut row: Vec<Cell> = vec![
            (at + 1).to_string().into(),
            view.terms_in_full(&package.terms).into(),
            with_interval(&package.agreement).into(),
            in_words(&package.agreement).map_or_else(Cell::default, |word| toned(word, tone(&package.agreement))),
        ];
        row.extend(package.accepts.iter().map(|a| Cell::from(share(a))));
        row.resize(4 + answer.parties.len(), Cell::default());
        row.push(maybe(package.level.as_ref().map(|l| view.level(l))));
        grid.row(row);
    }
    grid.table()
}

//! The frontier as a band over preference sets, and the named solutions, each under its own name.

use super::grid::Grid;
use super::numbers::{percent, with_interval};
use super::prose::maybe;
use super::view::View;
use crate::brief::content::{Band, Block, Cell, Figure, Plot, Table, plain};
use crate::lens::zone::{FrontierBand, Solution, ZoneAnswer};

/// The frontier, where two parties must consent and efficient outcomes were found.
pub(super) fn band(view: &View<'_>, answer: &ZoneAnswer) -> Option<Figure> {
    let frontier = answer.frontier.band.as_ref()?;
    let points = points(frontier);
    if points.iter().all(|(_, band)| band.is_none()) {
        return None;
    }
    let [one, other] = frontier.parties.each_ref().map(|id| view.party(id));
    let at = frontier.parties.each_ref().map(|id| answer.parties.iter().position(|p| p == id));
    let marks = answer.solutions.iter().filter(|(_, s)| s.exists.hits > 0).filter_map(|(id, solution)| {
        let gain = |at: Option<usize>| at.and_then(|at| solution.gains.get(at)).copied();
        Some((name(id), gain(at[0])?, gain(at[1])?))
    });
    Some(Figure {
        id: "frontier".into(),
        title: "Frontier of efficient outcomes, as a band".into(),
        description: format!(
            "For each gain of {one}, the best gain of {other} that some outcome gives: the median over the \
             preference sets, and the band between 10\u{a0}% and 90\u{a0}% of them."
        ),
        reading: plain(reading(frontier, &points, &one, &other)),
        plot: Plot::Band(Band {
            x: format!("Gain of {one} (0\u{a0}% no-deal, 100\u{a0}% its best outcome)"),
            y: format!("Gain of {other} (0\u{a0}% no-deal, 100\u{a0}% its best outcome)"),
            marks: marks.collect(),
            points,
        }),
        twin: twin(frontier, &one, &other),
    })
}

fn points(frontier: &FrontierBand) -> Vec<(f64, Option<[f64; 3]>)> {
    let whole = |band: &[Option<f64>; 3]| match band {
        [Some(low), Some(middle), Some(high)] => Some([*low, *middle, *high]),
        _ => None,
    };
    frontier.grid.iter().zip(&frontier.band).map(|(x, band)| (*x, whole(band))).collect()
}

fn reading(frontier: &FrontierBand, points: &[(f64, Option<[f64; 3]>)], one: &str, other: &str) -> String {
    let widest = points
        .iter()
        .filter_map(|(x, band)| band.map(|b| (*x, b)))
        .reduce(|best, point| if point.1[2] - point.1[0] > best.1[2] - best.1[0] { point } else { best });
    let [fewest, median, most] = frontier.size;
    let sizes = format!("{median} outcomes are efficient in the median preference set ({fewest} to {most})");
    match widest {
        Some((x, band)) => format!(
            "{sizes}; where {one} gains {}, the best gain of {other} lies between {} and {} in eight of ten sets. The \
             two scales are each party's own and cannot be compared.",
            percent(x, true),
            percent(band[0], true),
            percent(band[2], true),
        ),
        None => format!("{sizes}."),
    }
}

fn twin(frontier: &FrontierBand, one: &str, other: &str) -> Table {
    let mut grid = Grid::with(
        "The frontier band",
        vec![
            format!("#Gain of {one}"),
            format!("#Gain of {other}: 10\u{a0}% of sets"),
            "#Median".into(),
            "#90\u{a0}% of sets".into(),
        ],
    );
    for (x, band) in frontier.grid.iter().zip(&frontier.band) {
        let mut row: Vec<Cell> = vec![percent(*x, true).into()];
        row.extend(band.iter().map(|y| y.map_or_else(|| "none".into(), |y| Cell::from(percent(y, true)))));
        grid.row(row);
    }
    grid.table()
}

/// The name of a solution as the literature has it.
pub(super) fn name(solution: &str) -> String {
    match solution {
        "nash" => "Nash".into(),
        "kalai_smorodinsky" => "Kalai–Smorodinsky".into(),
        "egalitarian" => "Egalitarian".into(),
        "utilitarian" => "Utilitarian".into(),
        other => super::view::readable(other),
    }
}

/// The named solutions beside each other, issue by issue.
pub(super) fn solutions(view: &View<'_>, answer: &ZoneAnswer) -> Option<Block> {
    let (names, found): (Vec<&String>, Vec<&Solution>) =
        answer.solutions.iter().filter(|(_, s)| s.exists.hits > 0).unzip();
    if found.is_empty() {
        return None;
    }
    let mut columns = vec!["Issue".to_string()];
    columns.extend(names.into_iter().map(|id| name(id)));
    let mut grid = Grid::with(
        "Named solutions: the value each takes most often on an issue, and in how many of the sets where it exists",
        columns,
    );
    for issue in &view.space.issues {
        let value = |solution: &&Solution| {
            let of = solution.issues.iter().find(|i| i.issue == issue.id);
            maybe(of.map(|i| format!("{} ({})", view.meaning(&i.issue, &i.value), percent(i.share, false))))
        };
        grid.row(std::iter::once(view.issue(&issue.id).into()).chain(found.iter().map(value)).collect());
    }
    let mut verdict = |label: String, cell: &dyn Fn(&Solution) -> Cell| {
        grid.row(std::iter::once(label.into()).chain(found.iter().map(|s| cell(s))).collect());
    };
    verdict("Exists in".into(), &|s| with_interval(&s.exists).into());
    for (at, party) in answer.parties.iter().enumerate() {
        let label = format!("Median gain of {} (own scale)", view.party(party));
        verdict(label, &|s| maybe(s.gains.get(at).map(|g| percent(*g, true))));
    }
    verdict("Most often this package".into(), &|s| maybe(s.most_often.as_ref().map(|p| view.terms(&p.terms))));
    verdict("which is an agreement in".into(), &|s| maybe(s.most_often.as_ref().map(|p| with_interval(&p.agreement))));
    grid.block()
}

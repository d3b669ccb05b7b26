//! Texts and packages compared: what each says issue by issue, and what the model says of each.

use super::grid::Grid;
use super::issues::legal_where;
use super::numbers::{bar, in_how_many, share, with_interval};
use super::prose::{and_lines, maybe, toned};
use super::section;
use super::view::View;
use super::zone::tone;
use crate::brief::content::{Bars, Block, Cell, Figure, Line, Plot, Section, Tone, plain};
use crate::case::model::substance::{Package, Silence};
use crate::lens::zone::{PackageVerdict, ZoneAnswer};

/// The section, unless the case has neither texts nor packages.
pub(super) fn write(view: &View<'_>, answer: Option<&ZoneAnswer>) -> Option<Section> {
    let mut blocks = Vec::new();
    blocks.extend(origins(view));
    blocks.extend(compared(view));
    blocks.extend(answer.and_then(|a| verdicts(view, a)).map(|figure| Block::Figure(Box::new(figure))));
    section("packages", "Texts and packages compared", blocks)
}

fn all<'a>(view: &View<'a>) -> impl Iterator<Item = (&'a String, &'a Package, bool)> + use<'a> {
    let document = view.document();
    let texts = document.texts.iter().map(|(id, p)| (id, p, true));
    texts.chain(document.packages.iter().map(|(id, p)| (id, p, false)))
}

fn origins(view: &View<'_>) -> Option<Block> {
    let mut grid = Grid::new(
        "Where they come from",
        &["Name", "Kind", "By", "Date", "Silence means", "Note", "Basis and evidence"],
    );
    for (_, package, is_text) in all(view) {
        grid.row(vec![
            view.claim_cell(&package.grounds, package.name.clone()),
            if is_text { "text" } else { "package" }.into(),
            package.by.as_ref().map_or("the analyst".to_string(), |by| view.who(by.as_str())).into(),
            maybe(package.date),
            match package.silence {
                Some(Silence::Open) => "any value fits",
                Some(Silence::StatusQuo) | None => "the status quo stays",
            }
            .into(),
            maybe(package.note.clone()),
            view.basis(&package.grounds),
        ]);
    }
    grid.block()
}

fn compared(view: &View<'_>) -> Option<Block> {
    let mut columns = vec!["Issue".to_string(), "As things are".to_string()];
    columns.extend(all(view).map(|(_, package, _)| package.name.clone()));
    if columns.len() == 2 {
        return None;
    }
    columns.push("Notes of law".into());
    let mut grid = Grid::with("What each says, issue by issue", columns);
    for (id, issue) in &view.document().issues {
        let mut pairs = Vec::new();
        let mut row: Vec<Cell> =
            vec![view.issue(id).into(), toned(view.meaning(id, issue.status_quo.as_str()), Tone::Faint)];
        for (_, package, _) in all(view) {
            row.push(match package.values.get(id) {
                Some(tier) => {
                    pairs.extend(tier.0.iter().map(|v| (id.clone(), v.text.clone())));
                    view.claim_cell(&package.grounds, view.meanings(id, &tier.0))
                }
                None => toned("silent", Tone::Faint),
            });
        }
        row.push(legal_where(view, |about| about.iter().any(|pair| pairs.contains(pair))));
        grid.row(row);
    }
    grid.block()
}

fn verdicts(view: &View<'_>, answer: &ZoneAnswer) -> Option<Figure> {
    if answer.packages.is_empty() {
        return None;
    }
    let mut series = vec!["agreement".to_string()];
    series.extend(answer.parties.iter().map(|p| format!("{} accepts", view.party(p))));
    let rows = answer.packages.iter().map(|verdict| {
        let bars = std::iter::once(&verdict.agreement).chain(&verdict.accepts).map(bar);
        (view.package(&verdict.package), bars.collect())
    });
    Some(Figure {
        id: "packages-compared".into(),
        title: "What the preference sets say of each".into(),
        description: "Per text or package, the share of preference sets in which some outcome that fits it is an \
                      agreement, and in which each party accepts one."
            .into(),
        reading: plain(reading(view, answer)),
        plot: Plot::Bars(Bars { rows: rows.collect(), series, axis: "Share of preference sets".into() }),
        twin: verdict_table(view, answer),
    })
}

fn reading(view: &View<'_>, answer: &ZoneAnswer) -> String {
    let best = answer.packages.iter().reduce(|best, v| if v.agreement.hits > best.agreement.hits { v } else { best });
    match best {
        Some(best) if best.agreement.hits > 0 => {
            format!("“{}” is an agreement most often, {}.", view.package(&best.package), in_how_many(&best.agreement))
        }
        _ => "None of them is an agreement in any preference set drawn.".to_string(),
    }
}

fn verdict_table(view: &View<'_>, answer: &ZoneAnswer) -> crate::brief::content::Table {
    let mut columns = vec!["What the model says".to_string()];
    columns.extend(answer.packages.iter().map(|v| view.package(&v.package)));
    let mut grid = Grid::with("Verdicts: share of preference sets (95 % interval)", columns);
    let mut row = |label: String, cell: &dyn Fn(&PackageVerdict) -> Cell| {
        grid.row(std::iter::once(label.into()).chain(answer.packages.iter().map(cell)).collect());
    };
    row("Agreement".into(), &|v| toned(with_interval(&v.agreement), tone(&v.agreement)));
    for (at, party) in answer.parties.iter().enumerate() {
        row(format!("{} accepts", view.party(party)), &|v| maybe(v.accepts.get(at).map(share)));
    }
    row("Red lines crossed whatever it leaves open".into(), &|v| claims(view, &v.crosses));
    row("Rules broken whatever it leaves open".into(), &|v| claims(view, &v.breaks));
    row("Notes of law".into(), &|v| law(view, v));
    grid.table()
}

fn claims(view: &View<'_>, ids: &[String]) -> Cell {
    let lines: Vec<Line> = ids
        .iter()
        .map(|id| {
            let whose = view.claim_of(id).and_then(|c| c.party.as_ref()).map(|p| format!("{}: ", view.party(p)));
            super::prose::Prose::new().text(whose.unwrap_or_default()).piece(view.claim_in_words(id)).done()
        })
        .collect();
    if lines.is_empty() { toned("none", Tone::Faint) } else { toned(and_lines(lines), Tone::Shut) }
}

fn law(view: &View<'_>, verdict: &PackageVerdict) -> Cell {
    let found = all(view).find(|(id, _, is_text)| **id == verdict.package && *is_text == verdict.is_text);
    let Some((_, package, _)) = found else { return Cell::default() };
    let cell = legal_where(view, |about| {
        about.iter().any(|(issue, value)| {
            package.values.get(issue).is_some_and(|tier| tier.0.iter().any(|name| name.text == *value))
        })
    });
    if cell.line.is_empty() { toned("none in the case", Tone::Faint) } else { cell }
}

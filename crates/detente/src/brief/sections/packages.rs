//! Texts and packages compared: what each says issue by issue, and what the model says of each.

use super::grid::Grid;
use super::issues::legal_where;
use super::numbers::{bar, count, in_how_many, share, with_interval};
use super::prose::{Prose, joined, maybe, toned};
use super::section;
use super::view::View;
use super::zone::tone;
use crate::brief::content::{Bars, Block, Cell, Figure, Inline, Plot, Section, Tone, plain};
use crate::case::Grounds;
use crate::case::model::substance::{Package, Silence};
use crate::lens::zone::{PackageVerdict, ZoneAnswer};

/// Texts and packages compared in one table at most.
const MOST_COLUMNS: usize = 6;
/// Marks of evidence shown at most; more are a link to the ledger.
const MOST_MARKS: usize = 3;

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
            basis(view, &package.grounds),
        ]);
    }
    grid.block()
}

/// The basis of a package, with the number of its quotes: they stand in the ledger, often a dozen and more.
fn basis(view: &View<'_>, grounds: &Grounds) -> Cell {
    let prose = Prose::new().piece(Inline::Basis(grounds.basis.to_string()));
    match grounds.because.len() {
        0 => prose.done().into(),
        n if n <= MOST_MARKS => prose.line(view.because(grounds)).done().into(),
        n => prose.text(" ").piece(view.claim(&grounds.id, count(n, "quote", "quotes"))).done().into(),
    }
}

/// What each says, issue by issue; texts and packages apart where one table would be too wide.
fn compared(view: &View<'_>) -> Vec<Block> {
    let all: Vec<_> = all(view).collect();
    let (texts, packages): (Vec<_>, Vec<_>) = all.iter().copied().partition(|(_, _, is_text)| *is_text);
    if all.len() > MOST_COLUMNS && !texts.is_empty() && !packages.is_empty() {
        let texts = comparison(view, "What each text says, issue by issue", &texts);
        return texts
            .into_iter()
            .chain(comparison(view, "What each package says, issue by issue", &packages))
            .collect();
    }
    comparison(view, "What each says, issue by issue", &all).into_iter().collect()
}

fn comparison(view: &View<'_>, caption: &str, shown: &[(&String, &Package, bool)]) -> Option<Block> {
    if shown.is_empty() {
        return None;
    }
    let mut columns = vec!["Issue".to_string(), "As things are".to_string()];
    columns.extend(shown.iter().map(|(_, package, _)| package.name.clone()));
    columns.push("Notes of law".into());
    let mut grid = Grid::with(caption, columns);
    for (id, issue) in &view.document().issues {
        let mut pairs = Vec::new();
        let mut row: Vec<Cell> =
            vec![view.issue(id).into(), toned(view.meaning(id, issue.status_quo.as_str()), Tone::Faint)];
        for (_, package, _) in shown {
            row.push(match package.values.get(id) {
                Some(tier) => {
                    pairs.extend(tier.0.iter().map(|v| (id.clone(), v.text.clone())));
                    view.meanings(id, &tier.0).into()
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
    let mut columns = vec!["Text or package".to_string(), "#Agreement (95\u{a0}% interval)".to_string()];
    columns.extend(answer.parties.iter().map(|p| format!("#{} accepts", view.party(p))));
    for title in ["Red lines crossed whatever it leaves open", "Rules broken whatever it leaves open", "Notes of law"] {
        columns.push(title.into());
    }
    let mut grid = Grid::with("What the model says: shares of preference sets", columns);
    for verdict in &answer.packages {
        let mut row: Vec<Cell> = vec![
            view.package(&verdict.package).into(),
            toned(with_interval(&verdict.agreement), tone(&verdict.agreement)),
        ];
        row.extend(verdict.accepts.iter().map(|of| share(of).into()));
        row.resize(2 + answer.parties.len(), Cell::default());
        row.extend([claims(view, &verdict.crosses), claims(view, &verdict.breaks), law(view, verdict)]);
        grid.row(row);
    }
    grid.table()
}

fn claims(view: &View<'_>, ids: &[String]) -> Cell {
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let lines = view.red_lines(&ids, usize::MAX);
    if lines.is_empty() { toned("none", Tone::Faint) } else { toned(joined(lines, "; "), Tone::Shut) }
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

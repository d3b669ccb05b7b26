//! Positions as strips: per issue, who is reported to stand on which value, and what red lines refuse.

use super::grid::Grid;
use super::numbers::count;
use super::prose::{and, filled};
use super::stands::Stands;
use super::view::View;
use crate::brief::content::{Cell, Figure, Plot, Stand, Strip, Strips, Table, plain};
use crate::case::model::substance::Package;

/// The figure, unless the case has no issues.
pub(super) fn write(view: &View<'_>) -> Option<Figure> {
    let stands = Stands::of(view);
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
        twin: twin(view, &stands),
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

/// The marks of the strips as a table, in the short names of the values.
fn twin(view: &View<'_>, stands: &Stands) -> Table {
    let document = view.document();
    let mut columns = vec!["Issue".to_string(), "As things are".to_string()];
    columns.extend(document.parties.keys().map(|id| view.party(id)));
    columns.push("Refused by a red line".into());
    columns.extend(document.texts.values().map(|text| text.name.clone()));
    let mut grid = Grid::with("Issues by reported position, red line and text", columns);
    for (at, issue) in view.space.issues.iter().enumerate() {
        let names = |which: &dyn Fn(usize) -> bool| {
            let named = issue.values.iter().enumerate().filter(|(digit, _)| which(*digit));
            named.map(|(_, v)| view.value(&v.id)).collect::<Vec<_>>().join("; ")
        };
        let mut row: Vec<Cell> =
            vec![view.issue(&issue.id).into(), names(&|digit| digit == usize::from(issue.status_quo)).into()];
        row.extend((0..document.parties.len()).map(|p| filled(names(&|digit| stands.states(p, at, digit)))));
        let refused = document.parties.keys().enumerate().filter_map(|(p, id)| {
            let values = names(&|digit| stands.refusal(p, at, digit) == Stand::Refuses);
            (!values.is_empty()).then(|| format!("{}: {values}", view.party(id)))
        });
        row.push(filled(refused.collect::<Vec<_>>().join(" · ")));
        row.extend(document.texts.values().map(|text| {
            let said = says(text, issue);
            filled(names(&|digit| said.contains(&digit)))
        }));
        grid.row(row);
    }
    grid.table()
}

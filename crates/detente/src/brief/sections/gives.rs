//! What must give: per level, the smallest sets of red lines, rules and reservations whose softening opens it.

use super::grid::Grid;
use super::numbers::{bar, in_how_many, with_interval};
use super::prose::{Prose, and_lines, short, words};
use super::view::View;
use super::{paragraph, section};
use crate::brief::content::{Bars, Block, Figure, Line, Plot, Section, plain};
use crate::lens::zone::{Give, GiveSet, WhatMustGive, ZoneAnswer};

/// Sets shown at most.
const MOST_SETS: usize = 10;
/// Longest label of a bar, in characters.
const LABEL: usize = 140;
/// Costs that differ by less than this read the same.
const SAME_COST: f64 = 0.005;

/// The section, unless nothing has to give.
pub(super) fn write(view: &View<'_>, answer: &ZoneAnswer) -> Option<Section> {
    let mut blocks = Vec::new();
    for gives in answer.gives.iter().filter(|g| !g.sets.is_empty() || g.draws > 0) {
        blocks.push(Block::Heading(format!("To reach “{}”", view.level(&gives.level))));
        match figure(view, gives) {
            Some(figure) => blocks.push(Block::Figure(Box::new(figure))),
            None => blocks.push(paragraph(
                "No set of red lines, rules between issues and reservations was found whose softening opens this level.",
            )),
        }
    }
    if !blocks.is_empty() {
        let intro = "Each row is a smallest set: all of it has to soften, and nothing less is enough in the preference \
                     sets counted. A red line costs its mean firmness; a rule between issues costs 1, and so does \
                     taking less than no-deal. The sum orders the rows and measures nothing else. \
                     This says what stands in the way in the model, not who ought to move.";
        blocks.insert(0, paragraph(intro));
    }
    section("gives", "What must give", blocks)
}

fn figure(view: &View<'_>, gives: &WhatMustGive) -> Option<Figure> {
    let first = gives.sets.first()?;
    let level = view.level(&gives.level);
    let row = |(at, set): (usize, &GiveSet)| {
        (format!("{}. {}", at + 1, short(&words(&by_party(view, &set.gives)), LABEL)), vec![bar(&set.opens)])
    };
    let mut twin = Grid::new(
        format!("Smallest sets that open “{level}”, cheapest first"),
        &[
            "#No.",
            "What softens, by whose it is",
            "#Cost (sum of firmness)",
            "#Opens it in (95\u{a0}% interval)",
            "A package it opens",
        ],
    );
    for (at, set) in gives.sets.iter().enumerate().take(MOST_SETS) {
        twin.row(vec![
            (at + 1).to_string().into(),
            by_party(view, &set.gives).into(),
            format!("{:.2}", set.cost).into(),
            with_interval(&set.opens).into(),
            view.terms_in_full(&set.package).into(),
        ]);
    }
    let complete = if gives.complete { "" } else { " The list may lack some sets." };
    let found = match gives.sets.len() {
        1 => "One smallest set was found".to_string(),
        n if n > MOST_SETS => format!("{n} smallest sets were found; the {MOST_SETS} cheapest are shown"),
        n => format!("{n} smallest sets were found"),
    };
    let same = match cheapest(gives).len() {
        0 | 1 => String::new(),
        n => format!(" {n} sets cost the least; which of them comes first says nothing."),
    };
    let reading = Prose::new()
        .text(format!("{found}. The first: "))
        .line(by_party(view, &first.gives))
        .text(format!(". Softening it is enough {}.{same}{complete}", in_how_many(&first.opens)));
    Some(Figure {
        id: format!("gives-{}", gives.level),
        title: format!("What opens “{level}”"),
        description: "Per smallest set of things that soften, the share of preference sets in which it is enough and \
                      nothing less is."
            .into(),
        reading: reading.done(),
        plot: Plot::Bars(Bars {
            series: vec!["opens the level".into()],
            rows: gives.sets.iter().enumerate().take(MOST_SETS).map(row).collect(),
            axis: "Share of preference sets".into(),
        }),
        twin: twin.table(),
    })
}

/// One thing that softens, leading to its claim.
fn give(view: &View<'_>, give: &Give) -> Line {
    match give {
        Give::RedLine(claim) | Give::Linkage(claim) => view.spoken(claim),
        Give::Reservation(party) => plain(format!("{} takes less than no-deal", view.party(party))),
    }
}

/// Everything that softens, by whose it is: `South (“a toll”) and the rule “…”`.
pub(super) fn by_party(view: &View<'_>, gives: &[Give]) -> Line {
    let claims = gives.iter().filter_map(|g| match g {
        Give::RedLine(claim) | Give::Linkage(claim) => Some(claim.as_str()),
        Give::Reservation(_) => None,
    });
    let mut lines = view.red_lines(&claims.collect::<Vec<_>>(), usize::MAX);
    lines.extend(gives.iter().filter(|g| matches!(g, Give::Reservation(_))).map(|g| give(view, g)));
    if lines.is_empty() { plain("nothing") } else { and_lines(lines) }
}

/// The cheapest sets of a level: the first, and those that cost the same.
pub(super) fn cheapest(gives: &WhatMustGive) -> Vec<&GiveSet> {
    let Some(first) = gives.sets.first() else { return Vec::new() };
    gives.sets.iter().take_while(|set| set.cost <= first.cost + SAME_COST).collect()
}

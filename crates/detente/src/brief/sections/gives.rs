//! What must give: per level, the smallest sets of red lines, rules and reservations whose softening opens it.

use super::grid::Grid;
use super::numbers::{bar, count, in_how_many, with_interval};
use super::prose::{Prose, and_lines, short, words};
use super::view::View;
use super::{paragraph, section};
use crate::brief::content::{Bars, Block, Figure, Line, Plot, Section, plain};
use crate::lens::zone::{Give, GiveSet, WhatMustGive, ZoneAnswer};

/// Bars drawn at most; the table has all.
const MOST_BARS: usize = 10;

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
        let intro = "Each row is a smallest set: all of it has to soften, and nothing less is enough in the sets counted. \
                     The cost is the sum of the firmness of what softens; it orders the rows and measures nothing else. \
                     This says what stands in the way in the model, not who ought to move.";
        blocks.insert(0, paragraph(intro));
    }
    section("gives", "What must give", blocks)
}

fn figure(view: &View<'_>, gives: &WhatMustGive) -> Option<Figure> {
    let first = gives.sets.first()?;
    let level = view.level(&gives.level);
    let row = |(at, set): (usize, &GiveSet)| {
        let gives: Vec<String> = set.gives.iter().map(|g| words(&give(view, g))).collect();
        (format!("{}. {}", at + 1, short(&gives.join(" + "), 70)), vec![bar(&set.opens)])
    };
    let mut twin = Grid::new(
        format!("Smallest sets that open “{level}”, cheapest first"),
        &["#No.", "What softens", "#Cost", "#Opens it in (95 % interval)", "A package it opens"],
    );
    for (at, set) in gives.sets.iter().enumerate() {
        twin.row(vec![
            (at + 1).to_string().into(),
            all(view, set).into(),
            format!("{:.2}", set.cost).into(),
            with_interval(&set.opens).into(),
            view.terms_in_full(&set.package).into(),
        ]);
    }
    let complete = if gives.complete { "" } else { " The list may lack some sets." };
    let reading = Prose::new()
        .text(format!("{}; the cheapest is ", count(gives.sets.len(), "smallest set", "smallest sets")))
        .line(all(view, first))
        .text(format!(", enough {}.{complete}", in_how_many(&first.opens)));
    Some(Figure {
        id: format!("gives-{}", gives.level),
        title: format!("What opens “{level}”"),
        description: "Per smallest set of things that soften, the share of preference sets in which it is enough and \
                      nothing less is."
            .into(),
        reading: reading.done(),
        plot: Plot::Bars(Bars {
            series: vec!["opens the level".into()],
            rows: gives.sets.iter().enumerate().take(MOST_BARS).map(row).collect(),
            axis: "Share of preference sets".into(),
        }),
        twin: twin.table(),
    })
}

/// Everything that softens in a set, in a sentence.
pub(super) fn all(view: &View<'_>, set: &GiveSet) -> Line {
    match set.gives.as_slice() {
        [] => plain("nothing"),
        gives => and_lines(gives.iter().map(|g| give(view, g)).collect()),
    }
}

/// One thing that softens, leading to its claim.
fn give(view: &View<'_>, give: &Give) -> Line {
    match give {
        Give::RedLine(claim) => {
            let whose = view.claim_of(claim).and_then(|c| c.party.as_ref());
            let whose = whose.map(|p| format!("{}: ", view.party(p))).unwrap_or_default();
            Prose::new().text(whose).piece(view.claim_in_words(claim)).done()
        }
        Give::Linkage(claim) => Prose::new().text("the rule ").piece(view.claim_in_words(claim)).done(),
        Give::Reservation(party) => plain(format!("{} takes less than no-deal", view.party(party))),
    }
}

//! What each claim and each piece of evidence carries: the answer with one of them left out.

use super::grid::Grid;
use super::numbers::{bar, count, share, thousands};
use super::prose::{Prose, short, toned};
use super::section;
use super::view::View;
use crate::brief::content::{Bars, Block, Cell, Figure, Inline, Line, Plot, Section, Table, Tone, plain};
use crate::lens::ShareOf;
use crate::lens::zone::{Mover, ZoneAnswer};

/// Bars drawn at most; the table has all that move the answer.
const MOST_BARS: usize = 10;
/// Changes of a share smaller than this are listed together as no change.
pub(super) const SMALLEST: f64 = 0.005;

/// The section, unless nothing was left out in turn.
pub(super) fn write(view: &View<'_>, answer: &ZoneAnswer) -> Option<Section> {
    let mut blocks = Vec::new();
    blocks.extend(part(view, answer, Part::Evidence));
    blocks.extend(part(view, answer, Part::Claims));
    section("leave-one-out", "What carries the answer", blocks)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Evidence,
    Claims,
}

impl Part {
    fn movers(self, answer: &ZoneAnswer) -> &[Mover] {
        match self {
            Part::Evidence => &answer.evidence,
            Part::Claims => &answer.movers,
        }
    }
}

/// Movers with the largest change first; those that change nothing are left out.
pub(super) fn largest_first(movers: &[Mover]) -> Vec<&Mover> {
    let mut moving: Vec<&Mover> = movers.iter().filter(|m| m.without.is_none() || m.largest >= SMALLEST).collect();
    moving.sort_by(|a, b| b.largest.total_cmp(&a.largest));
    moving
}

/// The shares per level with everything, in the same draws that claims and evidence are left out in.
/// These may be fewer than the draws of the zone, so its shares may differ by chance alone.
pub(super) fn baseline(answer: &ZoneAnswer) -> Vec<&ShareOf> {
    if answer.same_draws.len() == answer.levels.len() {
        answer.same_draws.iter().collect()
    } else {
        answer.levels.iter().map(|level| &level.zone).collect()
    }
}

/// The level whose share changes most without something, with both shares in the same draws.
pub(super) fn most_moved<'a>(answer: &'a ZoneAnswer, mover: &'a Mover) -> Option<(usize, &'a ShareOf, &'a ShareOf)> {
    let without = mover.without.as_ref()?;
    let pairs = baseline(answer).into_iter().zip(without).enumerate().map(|(at, (with, w))| (at, with, w));
    let change = |(_, with, without): &(usize, &ShareOf, &ShareOf)| (with.share - without.share).abs();
    pairs.reduce(|best, next| if change(&next) > change(&best) { next } else { best })
}

fn part(view: &View<'_>, answer: &ZoneAnswer, part: Part) -> Vec<Block> {
    let all = part.movers(answer);
    if all.is_empty() {
        return Vec::new();
    }
    let moving = largest_first(all);
    let mut blocks = vec![Block::Heading(
        match part {
            Part::Evidence => "Without one piece of evidence, and what hangs on it alone",
            Part::Claims => "Without one claim",
        }
        .into(),
    )];
    if moving.is_empty() {
        let what = match part {
            Part::Evidence => "piece of evidence",
            Part::Claims => "claim",
        };
        blocks.push(super::paragraph(format!("No single {what} left out changes a level's share by half a point.")));
        return blocks;
    }
    blocks.push(Block::Figure(Box::new(figure(view, answer, part, &moving))));
    let still = all.len() - moving.len();
    if still > 0 {
        let words = match part {
            Part::Evidence => count(still, "further piece of evidence", "further pieces of evidence"),
            Part::Claims => count(still, "further claim", "further claims"),
        };
        blocks.push(super::paragraph(format!("{words}: leaving one out changes no level's share by half a point.")));
    }
    blocks
}

fn figure(view: &View<'_>, answer: &ZoneAnswer, part: Part, moving: &[&Mover]) -> Figure {
    let label = |mover: &Mover| match part {
        Part::Claims => short(&view.claim_words(&mover.id), 60),
        Part::Evidence => {
            let quote = view.evidence(&mover.id).map(|e| e.quote.text.as_str()).unwrap_or(&mover.id);
            let number = view.document().evidence.get_index_of(&mover.id).map(|at| format!("[{}] ", at + 1));
            format!("{}{}", number.unwrap_or_default(), short(quote, 56))
        }
    };
    let row = |mover: &&Mover| {
        let (level, with, without) = most_moved(answer, mover)?;
        let level = answer.levels.get(level).map(|l| view.level(&l.level)).unwrap_or_default();
        Some((format!("{} — {level}", label(mover)), vec![bar(with), bar(without)]))
    };
    let (id, what) = match part {
        Part::Evidence => ("evidence-left-out", "piece of evidence"),
        Part::Claims => ("claims-left-out", "claim"),
    };
    let flips = moving.iter().filter(|m| m.changes_word).count();
    Figure {
        id: id.into(),
        title: format!("The answer with and without one {what}"),
        description: format!(
            "Per {what}, at the level it moves most, the share of preference sets with an agreement with it and without it."
        ),
        reading: plain(format!(
            "{} the answer at some level; leaving out {flips} of them changes the likelihood word of a level.",
            match part {
                Part::Evidence => count(moving.len(), "piece of evidence moves", "pieces of evidence move"),
                Part::Claims => count(moving.len(), "claim moves", "claims move"),
            }
        )),
        plot: Plot::Bars(Bars {
            series: vec!["with it".into(), "without it".into()],
            rows: moving.iter().filter_map(row).take(MOST_BARS).collect(),
            axis: "Share of preference sets with an agreement".into(),
        }),
        twin: table(view, answer, part, moving),
    }
}

fn table(view: &View<'_>, answer: &ZoneAnswer, part: Part, moving: &[&Mover]) -> Table {
    let mut columns =
        vec![if part == Part::Evidence { "Without this evidence" } else { "Without this claim" }.to_string()];
    columns.extend(answer.levels.iter().map(|l| format!("#{}: from, to", view.level(&l.level))));
    columns.push("Changes a word".into());
    let with = baseline(answer);
    let draws = with.first().map(|of| thousands(&of.draws.to_string())).unwrap_or_default();
    let caption = format!("Share of preference sets with an agreement, by level, over the same {draws} draws each");
    let mut grid = Grid::with(caption, columns);
    for mover in moving {
        let mut row: Vec<Cell> = vec![name(view, part, &mover.id).into()];
        match &mover.without {
            Some(without) => row.extend(with.iter().zip(without).map(|(with, without)| {
                let cell: Cell = format!("{} → {}", share(with), share(without)).into();
                let moved = (with.share - without.share).abs() >= SMALLEST;
                Cell { tone: if moved { Tone::Plain } else { Tone::Faint }, ..cell }
            })),
            None => row.extend(answer.levels.iter().map(|_| toned("the rest contradicts itself", Tone::Doubt))),
        }
        row.resize(1 + answer.levels.len(), Cell::default());
        row.push(if mover.changes_word { toned("yes", Tone::Doubt) } else { "no".into() });
        grid.row(row);
    }
    grid.table()
}

fn name(view: &View<'_>, part: Part, id: &str) -> Line {
    match (part, view.evidence(id)) {
        (Part::Evidence, Some(evidence)) => {
            Prose::new().quote(evidence.quote.text.clone()).line(view.marks([id])).done()
        }
        (Part::Evidence, None) => vec![Inline::Text(id.to_string())],
        (Part::Claims, _) => {
            let because = view.claim_of(id).map(|c| view.because(&c.grounds)).unwrap_or_default();
            Prose::new().piece(view.claim_in_words(id)).line(because).done()
        }
    }
}

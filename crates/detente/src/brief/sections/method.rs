//! How the findings were made, and what they cannot say.

use super::confidence;
use super::grid::Grid;
use super::numbers::{percent, thousands};
use super::prose::{Prose, filled, maybe};
use super::section;
use super::view::View;
use crate::brief::compose::{Colophon, Findings};
use crate::brief::content::{Block, Section, plain};
use crate::lens::{Exactness, Made};

/// Bands of likelihood words (ICD 203).
const BANDS: [(&str, &str); 7] = [
    ("almost no chance", "1–5\u{a0}%"),
    ("very unlikely", "5–20\u{a0}%"),
    ("unlikely", "20–45\u{a0}%"),
    ("roughly even odds", "45–55\u{a0}%"),
    ("likely", "55–80\u{a0}%"),
    ("very likely", "80–95\u{a0}%"),
    ("almost certain", "95–99\u{a0}%"),
];

/// What no reader may miss.
const CAVEATS: [&str; 7] = [
    "The brief does not claim to know what anybody really prefers. It uses what the case reports, and says where it \
     reports nothing.",
    "“Acceptable” and “agreement” speak of the model. They are no moral and no legal judgement. The notes of law stand \
     beside the numbers because a model treats a lawful and an unlawful outcome alike.",
    "A percentage is a share of the preference sets that fit the record. It is not the probability that an agreement \
     will be made, kept, or would be good.",
    "Talks are played by rule. A share of sessions is a share of what is not known and of how the rules have parties act; \
     people at a table do other things. It is no forecast of these talks.",
    "Utilities of two parties have no common scale. Nothing here compares how much one gains with how much another gains.",
    "Surveys say what a public told a pollster. They bear on ratification and are no party's preferences.",
    "The program reads no news and asks no one. What is not in the case is not in the brief.",
];

/// The section.
pub(super) fn write(view: &View<'_>, findings: &Findings<'_>, made: &Colophon) -> Option<Section> {
    let mut blocks = Vec::new();
    blocks.extend(methods(findings));
    if findings.zone.is_none() {
        blocks.push(Block::Note(plain(
            "The zone of agreement was not asked: the case gives nothing to negotiate, or its claims about preferences \
             contradict each other.",
        )));
    }
    blocks.push(Block::Heading("What this brief cannot say".into()));
    blocks.push(Block::List(CAVEATS.iter().map(|c| plain(*c)).collect()));
    blocks.push(Block::Heading("Likelihood and confidence".into()));
    blocks.push(Block::Paragraph(
        Prose::new()
            .text("Likelihood words follow ICD 203 and stand beside their number. Confidence is said apart, in a ")
            .text("sentence of its own. ")
            .text(confidence::RULE)
            .done(),
    ));
    let mut bands = Grid::new("Likelihood words", &["Words", "#Share"]);
    for (words, band) in BANDS {
        bands.row(vec![words.into(), band.into()]);
    }
    blocks.extend(bands.block());
    blocks.push(Block::List(made.lines().into_iter().map(plain).collect()));
    if let Some(as_of) = view.document().as_of {
        blocks.push(Block::Paragraph(plain(format!("The case is as of {as_of}: nothing later is in it."))));
    }
    section("method", "Method and limits", blocks)
}

fn methods(findings: &Findings<'_>) -> Option<Block> {
    let mut grid = Grid::new("How each finding was made", &["Question", "Method", "How good", "Limits", "#Seed"]);
    let mut row = |question: &str, made: &Made| {
        grid.row(vec![
            question.into(),
            made.method.clone().into(),
            exactness(&made.exactness).into(),
            filled(made.limits.join("; ")),
            maybe(made.seed),
        ]);
    };
    if let Some(zone) = findings.zone {
        row("Zone of agreement", &zone.made);
    }
    row("Order of steps", &findings.order.made);
    row("Who may sign what", &findings.mandate.made);
    if let Some(stability) = findings.stability {
        row("Would it hold", &stability.made);
    }
    if let Some(talks) = findings.talks {
        row("How the talks would go", &talks.made);
    }
    grid.block()
}

/// How good an answer is, in words.
pub(super) fn exactness(exactness: &Exactness) -> String {
    match exactness {
        Exactness::Exact => "exact".to_string(),
        Exactness::Within(distance) => format!("within {distance} of the truth, proven"),
        Exactness::Sampled { draws, error } => {
            let draws = thousands(&draws.to_string());
            format!("sampled: {draws} draws; 95\u{a0}% intervals of at most ±{} around a share", percent(*error, false))
        }
        Exactness::Heuristic => "a search that found something good and does not claim the best".to_string(),
        Exactness::CutOff { limit } => format!("cut off: {limit}"),
    }
}

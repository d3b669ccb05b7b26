//! What is said about a quote that does not stand in its source as it was written.

use super::{EvidenceCheck, HeldSource, Status};
use crate::case::model::case::Document;
use crate::case::model::sources::Evidence;
use crate::text::{
    Anchor, Beside, Code, Diagnostic, Difference, LONGEST_NEAR, SourceText, difference_text, fold, tell_apart,
};
use indexmap::IndexMap;
use std::ops::Range;

/// Words shown on either side of a change or a place.
const AROUND: usize = 6;

/// Places of an ambiguous quote that are shown.
const MOST_PLACES: usize = 5;

/// Characters of a passage that a hint proposes to copy.
const LONGEST_HINT: usize = 240;

/// The diagnostic for a check, if it has one. A source that the case does not define is reported elsewhere.
pub(super) fn report(
    id: &str,
    evidence: &Evidence,
    check: &EvidenceCheck,
    document: &Document,
    held: &IndexMap<String, HeldSource>,
) -> Option<Diagnostic> {
    let source = evidence.source.as_str();
    let quote = evidence.quote.as_str();
    let new = |code, message: String, label: &str| Diagnostic::new(code, message).at(evidence.quote.at, label);
    let text = held.get(source).map(|h| &h.text);
    match (check.status, &check.anchor, text) {
        (Status::Exact | Status::SourceChanged, ..) => None,
        (Status::Unverifiable, ..) => {
            let known = document.sources.get(source)?;
            let why = if known.file.is_some() { "its file could not be read" } else { "the case has no text of it" };
            Some(
                new(Code::QuoteUnverifiable, format!("the quote `{id}` cannot be checked"), "not checked")
                    .note(format!("`{source}` is not held: {why}")),
            )
        }
        (Status::Normalised, _, text) => {
            let there = check.range.clone().and_then(|range| Some(shown(text?.slice(range))));
            let diagnostic = new(
                Code::QuoteNormalised,
                format!("the quote `{id}` differs from `{source}` in quotation marks, dashes or spaces only"),
                "the words are the same",
            );
            Some(match there {
                Some(there) => diagnostic.note(format!("source: {there}")),
                None => diagnostic,
            })
        }
        (Status::Drifted, Some(Anchor::Drifted { range, difference, .. }), Some(text)) => {
            let diagnostic = new(
                Code::QuoteDrifted,
                format!("the quote `{id}` differs from what stands in `{source}`"),
                "not these words",
            );
            Some(drifted(diagnostic, text, range, difference))
        }
        (Status::Ambiguous, Some(Anchor::Ambiguous(places)), Some(text)) => {
            let message = format!("the quote `{id}` stands in `{source}` {} times", places.len());
            Some(ambiguous(new(Code::QuoteAmbiguous, message, "which place is meant?"), text, places))
        }
        _ if fold(quote).trim().is_empty() => {
            Some(new(Code::QuoteMissing, format!("the quote `{id}` has no words"), "nothing to look for"))
        }
        _ => {
            let diagnostic =
                new(Code::QuoteMissing, format!("the quote `{id}` does not stand in `{source}`"), "not found");
            Some(missing(diagnostic, quote, source, held))
        }
    }
}

fn drifted(diagnostic: Diagnostic, text: &SourceText, range: &Range<usize>, difference: &[Difference]) -> Diagnostic {
    let only = |keep: fn(&Difference) -> bool| -> Vec<Difference> {
        difference.iter().filter(|piece| keep(piece)).cloned().collect()
    };
    let there = only(|piece| !matches!(piece, Difference::Quote(_)));
    let here = only(|piece| !matches!(piece, Difference::Source(_)));
    let (line, _) = text.line_column(range.start);
    let passage = text.slice(range.clone());
    let hint = (passage.chars().count() <= LONGEST_HINT)
        .then(|| format!("if that passage is meant: quote = {}", toml_text(&shown(passage))));
    diagnostic
        .note(format!("source: {} (line {line})", difference_text(&there, Some(AROUND))))
        .note(format!("quote:  {}", difference_text(&here, Some(AROUND))))
        .maybe_hint(hint)
}

fn ambiguous(mut diagnostic: Diagnostic, text: &SourceText, places: &[Range<usize>]) -> Diagnostic {
    for place in places.iter().take(MOST_PLACES) {
        let (line, column) = text.line_column(place.start);
        diagnostic = diagnostic.note(format!("line {line}, column {column}: {}", excerpt(text, place)));
    }
    if places.len() > MOST_PLACES {
        diagnostic = diagnostic.note(format!("and {} more", places.len() - MOST_PLACES));
    }
    let hint = match tell_apart(text, places, 0) {
        Some(Beside::Prefix(words)) => format!("prefix = {} would mean the first", toml_text(&words)),
        Some(Beside::Suffix(words)) => format!("suffix = {} would mean the first", toml_text(&words)),
        None => "quote more of the sentence".to_string(),
    };
    diagnostic.hint(hint)
}

fn missing(mut diagnostic: Diagnostic, quote: &str, source: &str, held: &IndexMap<String, HeldSource>) -> Diagnostic {
    if quote.chars().count() > LONGEST_NEAR {
        diagnostic = diagnostic
            .note(format!("passages like it were not looked for: the quote has more than {LONGEST_NEAR} characters"));
    }
    let elsewhere = held.iter().find(|(id, held)| id.as_str() != source && held.text.holds(quote));
    diagnostic.maybe_hint(elsewhere.map(|(id, _)| format!("these words stand in `{id}`")))
}

/// A place with the words around it on its line, the quote between « and ».
fn excerpt(text: &SourceText, place: &Range<usize>) -> String {
    let before = text.slice(0..place.start).rsplit('\n').next().unwrap_or("");
    let after = text.slice(place.end..text.raw().len()).split('\n').next().unwrap_or("");
    let starts: Vec<usize> = word_starts(before).collect();
    let from = starts.len().checked_sub(AROUND).and_then(|i| starts.get(i)).copied().unwrap_or(0);
    let to = word_starts(after).nth(AROUND).unwrap_or(after.len());
    let head = before.get(from..).unwrap_or("");
    let tail = after.get(..to).unwrap_or("").trim_end();
    let (left, right) = (if from > 0 { "…" } else { "" }, if to < after.len() { " …" } else { "" });
    shown(&format!("{left}{head}«{}»{tail}{right}", text.slice(place.clone())))
}

/// Where the words of a text begin.
fn word_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut space = true;
    text.char_indices().filter_map(move |(at, c)| {
        let starts = space && !c.is_whitespace();
        space = c.is_whitespace();
        starts.then_some(at)
    })
}

/// In one line.
fn shown(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as TOML writes it.
fn toml_text(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out + "\""
}

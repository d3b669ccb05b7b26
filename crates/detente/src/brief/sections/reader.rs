//! The source reader: the text of each source with its quotes marked.

use super::ledger::status;
use super::numbers::count;
use super::prose::capital;
use super::view::{View, readable};
use crate::brief::content::{Block, Reader, Run, plain};
use std::ops::Range;

/// Sources longer than this many bytes show only the paragraphs with quotes and their neighbours.
const LONG: usize = 200_000;

/// A quote in a source: its bytes, which evidence it is, whether the case marks a problem.
struct Mark {
    range: Range<usize>,
    id: String,
    number: usize,
    problem: bool,
}

/// One reader per source whose text is held.
pub(super) fn write(view: &View<'_>) -> Vec<Block> {
    view.document()
        .sources
        .iter()
        .filter_map(|(id, source)| {
            let raw = view.case.held.get(id)?.text.raw();
            let marks = marks(view, id, raw);
            let title = source.title.clone().unwrap_or_else(|| readable(id));
            let mut about: Vec<String> = Vec::new();
            about.extend(source.kind.map(|k| k.to_string()));
            about.extend(source.publisher.clone());
            about.extend(source.published.map(|p| p.to_string()));
            about.extend(source.reliability.map(|r| format!("reliability {r}")));
            about.extend(source.credibility.map(|c| format!("credibility {c}")));
            about.push(count(marks.len(), "quote marked", "quotes marked"));
            let all = paragraphs(raw);
            let shown = if raw.len() > LONG { near(&all, &marks) } else { all.clone() };
            if shown.len() < all.len() {
                let left = count(all.len() - shown.len(), "paragraph", "paragraphs");
                about.push(format!("{left} without quotes left out"));
            }
            Some(Block::Reader(Reader {
                source: id.clone(),
                title,
                about: plain(capital(&about.join(" · "))),
                paragraphs: shown.iter().map(|p| runs(raw, p, &marks)).filter(|runs| !runs.is_empty()).collect(),
            }))
        })
        .collect()
}

fn marks(view: &View<'_>, source: &str, raw: &str) -> Vec<Mark> {
    let evidence = view.document().evidence.iter().enumerate().filter(|(_, (_, e))| e.source.as_str() == source);
    let mark = |(at, (id, evidence)): (usize, (&String, &crate::case::model::sources::Evidence))| {
        let range = view.case.checks.get(id)?.range.clone()?;
        let range = on_boundaries(raw, range);
        (range.start < range.end).then(|| Mark {
            range,
            id: id.clone(),
            number: at + 1,
            problem: evidence.problem.is_some() || status(view, id).0 == "not found",
        })
    };
    evidence.filter_map(mark).collect()
}

/// The range moved outwards to whole characters and into the text.
fn on_boundaries(raw: &str, range: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (range.start.min(raw.len()), range.end.min(raw.len()));
    while !raw.is_char_boundary(start) {
        start -= 1;
    }
    while !raw.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// The lines of a text that are not blank, without the white space around them.
fn paragraphs(raw: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    for line in raw.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let text = line.trim();
        if !text.is_empty() {
            out.push(start..start + text.len());
        }
        at += line.len();
    }
    out
}

/// The paragraphs with a quote in them, and those just before and after.
fn near(all: &[Range<usize>], marks: &[Mark]) -> Vec<Range<usize>> {
    let quoted = |p: &Range<usize>| marks.iter().any(|m| m.range.start < p.end && p.start < m.range.end);
    let quoted: Vec<bool> = all.iter().map(quoted).collect();
    let close = |at: usize| {
        let from = at.saturating_sub(1);
        quoted.iter().skip(from).take(at + 2 - from).any(|q| *q)
    };
    all.iter().enumerate().filter(|(at, _)| close(*at)).map(|(_, p)| p.clone()).collect()
}

/// A paragraph cut wherever a quote begins or ends.
fn runs(raw: &str, paragraph: &Range<usize>, marks: &[Mark]) -> Vec<Run> {
    let here: Vec<&Mark> =
        marks.iter().filter(|m| m.range.start < paragraph.end && paragraph.start < m.range.end).collect();
    let mut cuts: Vec<usize> = here
        .iter()
        .flat_map(|m| [m.range.start, m.range.end])
        .filter(|at| paragraph.start < *at && *at < paragraph.end)
        .chain([paragraph.start, paragraph.end])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let run = |(start, end): (&usize, &usize)| {
        let over: Vec<&&Mark> = here.iter().filter(|m| m.range.start <= *start && *end <= m.range.end).collect();
        let text = raw.get(*start..*end).filter(|t| !t.is_empty())?;
        Some(Run {
            text: text.to_string(),
            evidence: over.iter().map(|m| (m.id.clone(), m.number)).collect(),
            problem: over.iter().any(|m| m.problem),
        })
    };
    cuts.iter().zip(cuts.iter().skip(1)).filter_map(run).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mark(range: Range<usize>, number: usize) -> Mark {
        Mark { range, id: format!("e{number}"), number, problem: number == 2 }
    }

    #[test]
    fn overlapping_quotes_share_a_run() {
        let raw = "One “two” three.\n\nFour.\r\n";
        let all = paragraphs(raw);
        assert_eq!(all.len(), 2);
        let marks = [mark(0..10, 1), mark(4..17, 2)];
        let runs = runs(raw, &all[0], &marks);
        let shown: Vec<(&str, Vec<usize>, bool)> =
            runs.iter().map(|r| (r.text.as_str(), r.evidence.iter().map(|e| e.1).collect(), r.problem)).collect();
        assert_eq!(shown[0], ("One ", vec![1], false));
        assert_eq!(shown[1], ("“two", vec![1, 2], true));
        assert_eq!(runs.iter().map(|r| r.text.as_str()).collect::<String>(), "One “two” three.");
    }

    proptest! {
        #[test]
        fn every_word_of_a_source_is_shown_once(raw in "[a-c“é \n]{0,60}", ends in prop::collection::vec((0usize..80, 0usize..80), 0..6)) {
            let marks: Vec<Mark> = ends.iter().enumerate()
                .map(|(n, (a, b))| mark(on_boundaries(&raw, *a.min(b)..*a.max(b)), n + 1))
                .filter(|m| m.range.start < m.range.end)
                .collect();
            let all = paragraphs(&raw);
            let shown: Vec<String> = all.iter().map(|p| runs(&raw, p, &marks).iter().map(|r| r.text.as_str()).collect()).collect();
            let lines: Vec<String> = raw.lines().map(|l| l.trim().to_string()).filter(|l| !l.is_empty()).collect();
            prop_assert_eq!(shown, lines);
            for m in &marks {
                let marked: usize = all.iter().flat_map(|p| runs(&raw, p, &marks)).filter(|r| r.evidence.iter().any(|e| e.1 == m.number)).map(|r| r.text.len()).sum();
                let inside: usize = all.iter().map(|p| m.range.end.min(p.end).saturating_sub(m.range.start.max(p.start))).sum();
                prop_assert_eq!(marked, inside);
            }
        }
    }
}

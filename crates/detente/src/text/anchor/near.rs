//! The passage of a source that is nearest to a quote that does not stand in it.

use super::SourceText;
use super::context::{Context, Fit};
use super::myers::Pattern;
use std::cell::Cell;
use std::ops::Range;

/// The score at which a passage counts as the quote, drifted, by the quote's characters.
///
/// Chosen between what strangers reach by chance and what slips leave. The best passage for words taken from texts
/// on other subjects, searched in about 0.3 MB of English, scored at the 99th percentile 0.86 for 12 characters, 0.82 for 19,
/// 0.73 for 25, 0.58 for 40 (0.62 at most) and 0.54 for 54; two words of eight exchanged still leave 0.67 to 0.75.
/// So 0.8 up to 20 characters, falling to 0.65 at 40 and staying there. Below it a quote is missing, the safer answer.
pub(super) fn enough(len: usize) -> f64 {
    let shortness = (40 - len.clamp(20, 40)) as f64 / 20.0;
    0.65 + 0.15 * shortness
}

/// Edits allowed at most, as in the Hypothesis client: the less of this and half the quote.
const MOST_EDITS: usize = 256;

/// Passages looked at more closely, those with the fewest edits first.
const MOST_PASSAGES: usize = 64;

/// What the quote and the words around it count in a score. The Hypothesis client also counts the position
/// (2); a case has none, so its weight is left out, as is that of words around that are not given.
const WEIGHTS: [f64; 3] = [50.0, 20.0, 20.0];

/// A passage with its score, 0 to 1.
pub(super) struct Passage {
    pub(super) range: Range<usize>,
    pub(super) score: f64,
}

/// Finds the passage of the highest score; the first of equals. With `least`, the words around must fit so well.
pub(super) fn nearest(source: &SourceText, quote: &str, context: &Context, least: Fit) -> Option<Passage> {
    let text = source.fold.text.as_str();
    let len = quote.chars().count();
    if len > super::LONGEST_NEAR {
        return None;
    }
    let backwards = Pattern::new(quote.chars().rev());
    let mut best: Option<Passage> = None;
    for end in ends(text, quote, len) {
        let Some(start) = start(text, &backwards, len, &end) else { continue };
        let Some(range) = source.fold.to_raw(whole_words(text, quote, start..end.byte)) else { continue };
        if least > Fit::No && context.fit(&source.fold, &range) < least {
            continue;
        }
        let (prefix, suffix) = context.likeness(&source.fold, &range);
        let parts = [Some(1.0 - end.edits as f64 / len as f64), prefix, suffix];
        let (mut sum, mut weights) = (0.0, 0.0);
        for (part, weight) in parts.into_iter().zip(WEIGHTS) {
            if let Some(part) = part {
                sum += part * weight;
                weights += weight;
            }
        }
        let score = sum / weights;
        // The last digits of a sum of weights decide nothing.
        if score + 1e-9 >= enough(len) && best.as_ref().is_none_or(|b| score > b.score) {
            best = Some(Passage { range, score });
        }
    }
    best
}

/// Where a passage ends, and how many edits make the quote of it.
#[derive(Clone, Copy)]
struct End {
    byte: usize,
    chars: usize,
    edits: usize,
}

/// The ends of passages near the quote: of those closer together than half the quote the best.
fn ends(text: &str, quote: &str, len: usize) -> Vec<End> {
    let mut best: Vec<End> = Vec::new();
    let mut open: Option<End> = None;
    let keep_best = |best: &mut Vec<End>| {
        best.sort_by_key(|end| (end.edits, end.byte));
        best.truncate(MOST_PASSAGES);
    };
    let byte = Cell::new(0);
    let chars = text.char_indices().map(|(at, c)| {
        byte.set(at + c.len_utf8());
        c
    });
    Pattern::new(quote.chars()).ends(chars, false, MOST_EDITS.min(len / 2), |chars, edits| {
        let end = End { byte: byte.get(), chars, edits };
        match &mut open {
            Some(last) if chars - last.chars <= (len / 2).max(1) => {
                if edits < last.edits {
                    *last = end;
                }
            }
            _ => {
                best.extend(open.replace(end));
                if best.len() >= 16 * MOST_PASSAGES {
                    keep_best(&mut best);
                }
            }
        }
    });
    best.extend(open);
    keep_best(&mut best);
    best
}

/// Where the passage with these edits begins: of several places the one that gives it the quote's length best.
fn start(text: &str, backwards: &Pattern, len: usize, end: &End) -> Option<usize> {
    let before = text.get(..end.byte)?;
    let byte = Cell::new(end.byte);
    let chars = before.char_indices().rev().take(len + end.edits).map(|(at, c)| {
        byte.set(at);
        c
    });
    let mut found: Option<(usize, usize)> = None;
    backwards.ends(chars, true, end.edits, |taken, edits| {
        let off = taken.abs_diff(len);
        if edits == end.edits && found.is_none_or(|(nearest, _)| off <= nearest) {
            found = Some((off, byte.get()));
        }
    });
    found.map(|(_, start)| start)
}

/// Longest part of a word that a passage is widened by; writing without spaces has no such words.
const LONGEST_PART: usize = 24;

/// Widens a passage that begins or ends inside a word to the whole word, unless the quote ends in a sign there.
fn whole_words(text: &str, quote: &str, range: Range<usize>) -> Range<usize> {
    let letter = |c: &char| c.is_alphanumeric();
    let part = |chars: &mut dyn Iterator<Item = char>| -> usize {
        let part: Vec<usize> = chars.take_while(letter).take(LONGEST_PART + 1).map(char::len_utf8).collect();
        if part.len() > LONGEST_PART { 0 } else { part.iter().sum() }
    };
    let (before, after) = (text.get(..range.start).unwrap_or(""), text.get(range.end..).unwrap_or(""));
    let inside = text.get(range.clone()).unwrap_or("");
    let mut wide = range;
    if quote.starts_with(|c| letter(&c)) && inside.starts_with(|c| letter(&c)) {
        wide.start -= part(&mut before.chars().rev());
    }
    if quote.ends_with(|c| letter(&c)) && inside.ends_with(|c| letter(&c)) {
        wide.end += part(&mut after.chars());
    }
    wide
}

//! Where a quote stands in its source.

mod context;
mod difference;
mod fold;
mod myers;
mod near;

pub use context::{Beside, tell_apart};
pub use difference::{Difference, difference_text};
pub use fold::fold;

use context::{Context, Fit};
use fold::Fold;
use std::ops::Range;

/// Quotes of more characters than this are looked for as they are and folded, not approximately.
pub const LONGEST_NEAR: usize = 8192;

/// A source made ready for looking quotes up: the text and its [fold](fold()).
#[derive(Debug, Clone)]
pub struct SourceText {
    raw: String,
    fold: Fold,
}

impl SourceText {
    /// Prepares a text. O(length) in time; about twice its size in memory.
    #[must_use]
    pub fn new(raw: impl Into<String>) -> Self {
        let raw = raw.into();
        let fold = Fold::new(&raw);
        SourceText { raw, fold }
    }

    /// The text as it was given.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The text folded, as quotes are compared with it.
    #[must_use]
    pub fn folded(&self) -> &str {
        &self.fold.text
    }

    /// The raw characters of a range of bytes; empty when it is none.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> &str {
        self.raw.get(range).unwrap_or("")
    }

    /// Whether a quote stands in the text at least once, as it is or folded.
    #[must_use]
    pub fn holds(&self, quote: &str) -> bool {
        let folded = fold(quote);
        let folded = folded.trim();
        !folded.is_empty() && (self.raw.contains(quote) || self.fold.text.contains(folded))
    }

    /// Line and column of a byte, both from 1, the column in characters.
    #[must_use]
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let mut end = byte.min(self.raw.len());
        while !self.raw.is_char_boundary(end) {
            end -= 1;
        }
        let before = self.raw.get(..end).unwrap_or("");
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        (line, before.rsplit('\n').next().unwrap_or("").chars().count() + 1)
    }
}

/// The words looked for, with the words around them where one place is meant of several.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quote<'a> {
    /// The words themselves.
    pub exact: &'a str,
    /// Words just before.
    pub prefix: Option<&'a str>,
    /// Words just after.
    pub suffix: Option<&'a str>,
}

/// What looking a quote up found. Ranges are bytes of the raw source.
#[derive(Debug, Clone, PartialEq)]
pub enum Anchor {
    /// Letter for letter.
    Exact(Range<usize>),
    /// Up to quotation marks, dashes, spaces and the composition of letters.
    Normalised(Range<usize>),
    /// Something near it, with its score (0 to 1) and the difference.
    Drifted {
        /// Where.
        range: Range<usize>,
        /// How near, 1 the same.
        score: f64,
        /// Quote against source, in order.
        difference: Vec<Difference>,
    },
    /// In several places.
    Ambiguous(Vec<Range<usize>>),
    /// Nowhere.
    Missing,
}

impl Anchor {
    /// The one place it stands at or near, if there is one.
    #[must_use]
    pub fn range(&self) -> Option<Range<usize>> {
        match self {
            Anchor::Exact(range) | Anchor::Normalised(range) | Anchor::Drifted { range, .. } => Some(range.clone()),
            Anchor::Ambiguous(_) | Anchor::Missing => None,
        }
    }
}

/// Looks a quote up in a source.
///
/// First letter for letter, then on the [fold](fold()) of both. Where it stands more than once, the words around it
/// decide (compared folded; a slip in them is forgiven when they fit no place as given; an empty prefix or suffix
/// means the start or end of the text where nothing else decides), and when they mean no one place the answer
/// is [`Anchor::Ambiguous`]. Words around a quote that stands once are not needed and do no harm, unless a passage
/// near the quote has those very words around it: then that passage is meant and the quote has drifted.
///
/// A quote that stands nowhere is looked for approximately: the edit distance by character (Myers 1999) to any
/// passage, at most 256 or half the quote, and a score that weighs the quote 50, prefix and suffix 20 each, as
/// the Hypothesis client does. A score of 0.65 or more (0.8 for quotes up to 20 characters) is [`Anchor::Drifted`],
/// less is [`Anchor::Missing`], as is an empty quote. O(source) for each quote, times its length / 64 when it is
/// looked for approximately.
///
/// ```
/// use detente::text::{Anchor, Quote, SourceText, anchor};
/// let source = SourceText::new("Kyiv’s top priority remains a “ceasefire.” A ceasefire is near.");
/// let find = |exact| anchor(&source, Quote { exact, ..Quote::default() });
/// assert_eq!(find("top priority"), Anchor::Exact(9..21));
/// assert_eq!(find("Kyiv's top priority"), Anchor::Normalised(0..21));
/// assert!(matches!(find("top priorities remain"), Anchor::Drifted { .. }));
/// assert!(matches!(find("ceasefire"), Anchor::Ambiguous(places) if places.len() == 2));
/// assert_eq!(find("an exchange of prisoners"), Anchor::Missing);
/// ```
#[must_use]
pub fn anchor(source: &SourceText, quote: Quote<'_>) -> Anchor {
    let folded = fold(quote.exact);
    let folded = folded.trim();
    let context = Context::new(&quote);
    let exact = occurrences(&source.raw, quote.exact);
    if !exact.is_empty() {
        return decide(source, &quote, folded, &context, exact, Anchor::Exact);
    }
    let mut alike: Vec<Range<usize>> =
        occurrences(&source.fold.text, folded).into_iter().filter_map(|range| source.fold.to_raw(range)).collect();
    alike.dedup();
    if !alike.is_empty() {
        return decide(source, &quote, folded, &context, alike, Anchor::Normalised);
    }
    drifted(source, &quote, folded, &context, Fit::No).unwrap_or(Anchor::Missing)
}

/// Which of the places where a quote stands is meant.
fn decide(
    source: &SourceText,
    quote: &Quote<'_>,
    folded: &str,
    context: &Context,
    places: Vec<Range<usize>>,
    found: fn(Range<usize>) -> Anchor,
) -> Anchor {
    if let Some(place) = context.choose(&source.fold, &places) {
        return found(place);
    }
    if context.fits_none(&source.fold, &places)
        && let Some(elsewhere) = drifted(source, quote, folded, context, Fit::Whole)
    {
        return elsewhere;
    }
    match <[Range<usize>; 1]>::try_from(places) {
        Ok([place]) => found(place),
        Err(places) => Anchor::Ambiguous(places),
    }
}

fn drifted(source: &SourceText, quote: &Quote<'_>, folded: &str, context: &Context, least: Fit) -> Option<Anchor> {
    if folded.is_empty() {
        return None;
    }
    let passage = near::nearest(source, folded, context, least)?;
    let difference = difference::difference(quote.exact.trim(), source.slice(passage.range.clone()));
    Some(Anchor::Drifted { range: passage.range, score: passage.score, difference })
}

/// Every place where `words` stand in `text`, those that overlap too. Linear (Knuth, Morris, Pratt 1977).
fn occurrences(text: &str, words: &str) -> Vec<Range<usize>> {
    let Some(first) = text.find(words).filter(|_| !words.is_empty()) else { return Vec::new() };
    let mut found: Vec<Range<usize>> = std::iter::once(first..first + words.len()).collect();
    let step = words.chars().next().map_or(1, char::len_utf8);
    let Some(rest) = text.get(first + step..) else { return found };
    // The library's search is the faster one; the rest is only walked through when there is a second place.
    let Some(second) = rest.find(words) else { return found };
    let (words, rest) = (words.as_bytes(), rest.as_bytes());
    let border = borders(words);
    let mut matched = 0;
    for (at, byte) in rest.iter().enumerate().skip(second) {
        while matched > 0 && words.get(matched) != Some(byte) {
            matched = border.get(matched - 1).copied().unwrap_or(0);
        }
        matched += usize::from(words.get(matched) == Some(byte));
        if matched == words.len() {
            let end = first + step + at + 1;
            found.push(end - words.len()..end);
            matched = border.get(matched - 1).copied().unwrap_or(0);
        }
    }
    found
}

/// For every beginning of `words` the length of its longest proper beginning that is also its end.
fn borders(words: &[u8]) -> Vec<usize> {
    let mut border = vec![0; words.len()];
    let mut len = 0;
    for at in 1..words.len() {
        while len > 0 && words.get(len) != words.get(at) {
            len = border.get(len - 1).copied().unwrap_or(0);
        }
        len += usize::from(words.get(len) == words.get(at));
        if let Some(slot) = border.get_mut(at) {
            *slot = len;
        }
    }
    border
}

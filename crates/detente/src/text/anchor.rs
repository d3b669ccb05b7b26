//! Where a quote stands in its source.

use std::ops::Range;

/// A source made ready for looking quotes up.
#[derive(Debug, Clone)]
pub struct SourceText {
    raw: String,
}

impl SourceText {
    /// Prepares a text. O(length).
    #[must_use]
    pub fn new(raw: impl Into<String>) -> Self {
        SourceText { raw: raw.into() }
    }

    /// The text as it was given.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
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

/// One piece of a difference between a quote and the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The same in both.
    Same(String),
    /// In the quote only.
    Quote(String),
    /// In the source only.
    Source(String),
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

/// Looks a quote up in a source.
#[must_use]
pub fn anchor(source: &SourceText, quote: Quote<'_>) -> Anchor {
    let found: Vec<Range<usize>> = source.raw.match_indices(quote.exact).map(|(at, s)| at..at + s.len()).collect();
    match found.as_slice() {
        [] => Anchor::Missing,
        [one] => Anchor::Exact(one.clone()),
        _ => Anchor::Ambiguous(found),
    }
}

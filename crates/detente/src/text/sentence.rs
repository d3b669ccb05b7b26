//! Sentences of a text, for reading around a quote.

use std::ops::Range;

/// One sentence: its bytes in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes of the raw text.
    pub range: Range<usize>,
}

/// Splits a text into sentences.
#[must_use]
pub fn sentences(text: &str) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        out.push(Sentence { range: start..start + line.trim_end().len() });
        start += line.len();
    }
    out
}

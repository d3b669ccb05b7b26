//! Whether each quote stands in its source, and what else to doubt about it.

mod amounts;
mod doubt;
mod hash;
mod hedge;
mod number_words;
mod quote;
mod reliance;
mod speaker;
mod turn;

pub(crate) use doubt::doubt;
pub use reliance::{Contradiction, contradictions};

use super::model::case::Document;
use crate::text::{
    Anchor, Diagnostics, Quote, Sentence, SourceText, anchor, difference_text, sentences, sentences_around,
};
use hash::Hash;
use indexmap::IndexMap;
use std::ops::Range;

/// A source whose text the case holds.
#[derive(Debug, Clone)]
pub struct HeldSource {
    /// The text, ready for looking quotes up.
    pub text: SourceText,
    /// SHA-256 of its bytes, hexadecimal, lower case.
    pub sha256: String,
}

/// What checking a quote against its source gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Letter for letter.
    Exact,
    /// Quotation marks, dashes or spaces differ.
    Normalised,
    /// Near, not the same.
    Drifted,
    /// In several places.
    Ambiguous,
    /// Not there.
    Missing,
    /// Found, in a source that is not the one cited.
    SourceChanged,
    /// The source is not held.
    Unverifiable,
}

impl Status {
    /// Every status, in the order of tables.
    pub const ALL: [Status; 7] = [
        Status::Exact,
        Status::Normalised,
        Status::SourceChanged,
        Status::Drifted,
        Status::Ambiguous,
        Status::Missing,
        Status::Unverifiable,
    ];

    /// The word for it, as in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Status::Exact => "exact",
            Status::Normalised => "normalised",
            Status::Drifted => "drifted",
            Status::Ambiguous => "ambiguous",
            Status::Missing => "missing",
            Status::SourceChanged => "source-changed",
            Status::Unverifiable => "unverifiable",
        }
    }

    /// What it means, for a reader of a brief.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Status::Exact => "stands in the source letter for letter",
            Status::Normalised => "stands in the source up to quotation marks, dashes and spaces",
            Status::Drifted => "something like it stands in the source",
            Status::Ambiguous => "stands in the source more than once",
            Status::Missing => "does not stand in the source",
            Status::SourceChanged => "stands in the source, which is not the text that was cited",
            Status::Unverifiable => "cannot be checked: the case does not hold the source",
        }
    }

    /// Whether the words of the quote stand in the source in one place.
    #[must_use]
    pub const fn is_found(self) -> bool {
        matches!(self, Status::Exact | Status::Normalised | Status::SourceChanged)
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// The check of one piece of evidence. Ranges are bytes of the source as it is held.
#[derive(Debug, Clone)]
pub struct EvidenceCheck {
    /// What it gave.
    pub status: Status,
    /// Where the quote, or for a drifted one the passage like it, stands in its source, when it is one place.
    pub range: Option<Range<usize>>,
    /// The sentence, or the sentences, that the range touches.
    pub sentence: Option<Range<usize>>,
    /// Line and column of the range, both from 1, the column in characters.
    pub line_column: Option<(usize, usize)>,
    /// The result of looking it up, when the source is held.
    pub anchor: Option<Anchor>,
}

impl EvidenceCheck {
    /// A check of a quote whose source is not held.
    const UNVERIFIABLE: EvidenceCheck =
        EvidenceCheck { status: Status::Unverifiable, range: None, sentence: None, line_column: None, anchor: None };

    /// For a drifted quote the difference in one line: words of the quote only as `[-…-]`, of the source only as
    /// `{+…+}`.
    #[must_use]
    pub fn difference(&self) -> Option<String> {
        match &self.anchor {
            Some(Anchor::Drifted { difference, .. }) => Some(difference_text(difference, None)),
            _ => None,
        }
    }

    /// Every place that the quote can mean, in file order: one, or several when it is ambiguous.
    #[must_use]
    pub fn places(&self) -> Vec<Range<usize>> {
        match &self.anchor {
            Some(Anchor::Ambiguous(places)) => places.clone(),
            _ => self.range.clone().into_iter().collect(),
        }
    }
}

/// A held source with what is found out once for all its quotes.
struct Prepared<'a> {
    text: &'a SourceText,
    sentences: Vec<Sentence>,
    hash: Hash,
}

/// Looks every quote up in its source.
///
/// A quote found in a source whose hash is not the recorded one is [`Status::SourceChanged`], reported once for
/// the source; quotes that are not found keep their own status and diagnostic.
pub(crate) fn verify(
    document: &Document,
    held: &IndexMap<String, HeldSource>,
    diagnostics: &mut Diagnostics,
) -> IndexMap<String, EvidenceCheck> {
    let mut prepared: IndexMap<&str, Prepared<'_>> = IndexMap::new();
    for (id, source) in &document.sources {
        let hash = hash::compare(source, held.get(id), diagnostics);
        if let Some(HeldSource { text, .. }) = held.get(id) {
            prepared.insert(id, Prepared { text, sentences: sentences(text.raw()), hash });
        }
    }
    let mut checks = IndexMap::new();
    for (id, evidence) in &document.evidence {
        let check = match prepared.get(evidence.source.as_str()) {
            Some(source) => {
                let wanted = Quote {
                    exact: evidence.quote.as_str(),
                    prefix: evidence.prefix.as_deref(),
                    suffix: evidence.suffix.as_deref(),
                };
                check(source, wanted)
            }
            None => EvidenceCheck::UNVERIFIABLE,
        };
        diagnostics.extend(quote::report(id, evidence, &check, document, held));
        checks.insert(id.clone(), check);
    }
    for (id, source) in &prepared {
        let mine: Vec<Status> = checks
            .iter()
            .filter(|(e, _)| document.evidence.get(*e).is_some_and(|e| e.source.as_str() == *id))
            .map(|(_, check): (_, &EvidenceCheck)| check.status)
            .collect();
        if let (Some(source_of), Some(held)) = (document.sources.get(*id), held.get(*id)) {
            diagnostics.extend(hash::report(id, source_of, held, source.hash, &mine));
        }
    }
    checks
}

fn check(source: &Prepared<'_>, quote: Quote<'_>) -> EvidenceCheck {
    let anchor = anchor(source.text, quote);
    let status = match (&anchor, source.hash) {
        (Anchor::Exact(_) | Anchor::Normalised(_), Hash::Other) => Status::SourceChanged,
        (Anchor::Exact(_), _) => Status::Exact,
        (Anchor::Normalised(_), _) => Status::Normalised,
        (Anchor::Drifted { .. }, _) => Status::Drifted,
        (Anchor::Ambiguous(_), _) => Status::Ambiguous,
        (Anchor::Missing, _) => Status::Missing,
    };
    let range = anchor.range();
    let sentence = range.as_ref().and_then(|range| sentences_around(&source.sentences, range));
    let line_column = range.as_ref().map(|range| source.text.line_column(range.start));
    EvidenceCheck { status, range, sentence, line_column, anchor: Some(anchor) }
}

#[cfg(test)]
mod tests;

//! Whether each quote stands in its source, and what else to doubt about it.

use super::claims::Claim;
use super::model::case::Document;
use crate::text::{Anchor, Diagnostics, SourceText};
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

/// The check of one piece of evidence.
#[derive(Debug, Clone)]
pub struct EvidenceCheck {
    /// What it gave.
    pub status: Status,
    /// Where the quote stands in its source, in bytes, when it does.
    pub range: Option<Range<usize>>,
    /// The result of looking it up, when the source is held.
    pub anchor: Option<Anchor>,
}

/// Looks every quote up in its source.
pub(crate) fn verify(
    _document: &Document,
    _held: &IndexMap<String, HeldSource>,
    _diagnostics: &mut Diagnostics,
) -> IndexMap<String, EvidenceCheck> {
    IndexMap::new()
}

/// Looks for what the words of the quotes do not support in the claims that cite them.
pub(crate) fn doubt(
    _document: &Document,
    _claims: &IndexMap<String, Claim>,
    _held: &IndexMap<String, HeldSource>,
    _checks: &IndexMap<String, EvidenceCheck>,
    _diagnostics: &mut Diagnostics,
) {
}

impl Status {
    /// The status as it is printed.
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
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

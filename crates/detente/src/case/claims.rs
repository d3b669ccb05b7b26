//! Every claim of a case in one list, in words, with its grounds.

use super::model::case::Document;
use super::model::grounds::Grounds;
use super::scalars::Range;
use indexmap::IndexMap;

/// What kind of thing a claim says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimKind {
    /// A statement on preferences.
    Want,
    /// A red line.
    RedLine,
    /// A rule between issues.
    Linkage,
    /// A mandate.
    Mandate,
    /// A demand on the order of steps.
    Precondition,
    /// A package or text.
    Package,
    /// A position.
    Position,
    /// A cost or drift of going on without an agreement, or a reservation value.
    NoDeal,
    /// A fact of the conflict.
    State,
    /// Anything else that is shown and not computed with.
    Context,
}

/// A claim of the case.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Its id, the same as `grounds.id`.
    pub id: String,
    /// What kind of thing it says.
    pub kind: ClaimKind,
    /// The claim in a sentence, for tables and links.
    pub words: String,
    /// The party it is about, if one.
    pub party: Option<String>,
    /// The actor whose words the claim reports, if it reports words.
    pub speaker: Option<String>,
    /// The numbers it states.
    pub numbers: Vec<Range>,
    /// Where it comes from.
    pub grounds: Grounds,
}

/// Collects the claims of a document in file order.
pub(crate) fn collect(_document: &Document) -> IndexMap<String, Claim> {
    IndexMap::new()
}

/// Checks that every claim has the grounds its basis asks for.
pub(crate) fn check(
    _document: &Document,
    _claims: &IndexMap<String, Claim>,
    _strict: bool,
    _diagnostics: &mut crate::text::Diagnostics,
) {
}

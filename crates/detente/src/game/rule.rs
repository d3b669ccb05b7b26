//! Rules of a game: linkages between issues and red lines of parties.

use super::Formula;
use crate::case::Range;

/// What a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleKind {
    /// A rule between issues that every outcome keeps.
    Linkage,
    /// A red line of a party, by position.
    RedLine(usize),
}

/// A rule that an agreement must not break while it binds.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The id of the claim it comes from.
    pub claim: String,
    /// What it is.
    pub kind: RuleKind,
    /// In words.
    pub words: String,
    /// What holds when the rule is kept. For a red line, the opposite of what is refused.
    pub holds: Formula,
    /// The probability that it binds. A linkage always binds.
    pub firmness: Range,
    /// Whether it holds by the meaning of the words: nobody can soften it, and no answer asks what if.
    pub by_definition: bool,
}

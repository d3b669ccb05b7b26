//! Solution concepts: the rules by which a state holds for a decision maker.

use schemars::JsonSchema;
use serde::Serialize;

/// A rule by which a state `s` is stable for a decision maker `i`.
///
/// An *improvement* of `i` from `s` is a state that `i` can move to at once and prefers to `s`. What the others can
/// reach from there by moving in turns (nobody twice in a row) is their *response*; a response is *credible* when
/// each of its moves is an improvement of the one who makes it. A *sanction* is a response that `i` does not prefer
/// to `s`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
pub enum Concept {
    /// Nash stability (Nash 1950): `i` has no improvement. Also called rational, R.
    #[serde(rename = "R")]
    Nash,
    /// General metarationality (Howard 1971): every improvement can be sanctioned.
    #[serde(rename = "GMR")]
    Gmr,
    /// Symmetric metarationality (Howard 1971): every improvement can be sanctioned such that no move of `i` after the
    /// sanction leads to a state that it prefers to `s`.
    #[serde(rename = "SMR")]
    Smr,
    /// Sequential stability (Fraser and Hipel 1979): every improvement can be sanctioned credibly.
    #[serde(rename = "SEQ")]
    Seq,
    /// Symmetric sequential stability (Rêgo and Vieira 2017): every improvement can be sanctioned credibly such that no
    /// move of `i` after the sanction leads to a state that it prefers to `s`.
    #[serde(rename = "SSEQ")]
    Sseq,
}

impl Concept {
    /// The five concepts in the order in which they are printed.
    pub const ALL: [Concept; 5] = [Concept::Nash, Concept::Gmr, Concept::Smr, Concept::Seq, Concept::Sseq];

    /// The short name that the field prints.
    #[must_use]
    pub const fn short(self) -> &'static str {
        match self {
            Concept::Nash => "R",
            Concept::Gmr => "GMR",
            Concept::Smr => "SMR",
            Concept::Seq => "SEQ",
            Concept::Sseq => "SSEQ",
        }
    }

    /// The concept of a short or a long name, in capitals or not.
    ///
    /// ```
    /// use detente::analysis::stability::Concept;
    /// assert_eq!(Concept::named("nash"), Some(Concept::Nash));
    /// assert_eq!(Concept::named("R"), Some(Concept::Nash));
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Concept> {
        let name = name.to_ascii_lowercase();
        if name == "nash" {
            return Some(Concept::Nash);
        }
        Concept::ALL.into_iter().find(|c| c.short().eq_ignore_ascii_case(&name))
    }

    /// What it says, in a sentence about a decision maker.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Concept::Nash => "it cannot move to a state that it prefers",
            Concept::Gmr => "the others can answer every move that it prefers, and leave it no better off",
            Concept::Smr => "the others can answer every move that it prefers, and it cannot move out of their answer",
            Concept::Seq => {
                "the others would answer every move that it prefers, to their own advantage, and leave it no better off"
            }
            Concept::Sseq => {
                "the others would answer every move that it prefers, to their own advantage, and it cannot move out of their answer"
            }
        }
    }

    /// Whether the others have to gain by each move of a sanction.
    #[must_use]
    pub const fn credible(self) -> bool {
        matches!(self, Concept::Seq | Concept::Sseq)
    }

    /// Whether a sanction has to hold against a further move.
    #[must_use]
    pub const fn symmetric(self) -> bool {
        matches!(self, Concept::Smr | Concept::Sseq)
    }
}

//! Every claim of a case in one list, in words, with its grounds.

mod collect;
mod grounds;

pub(crate) use collect::collect;
pub(crate) use grounds::check;

use super::model::grounds::Grounds;
use super::scalars::Range;

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
    /// What somebody puts first, or a state of affairs that cannot be.
    Priority,
    /// How the talks are held: meetings, how parties give way, chances on the way.
    Talks,
    /// A fact of the conflict.
    State,
    /// Anything else that is shown and not computed with.
    Context,
}

impl ClaimKind {
    /// The kind in words, for tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            ClaimKind::Want => "preference",
            ClaimKind::RedLine => "red line",
            ClaimKind::Linkage => "linkage",
            ClaimKind::Mandate => "mandate",
            ClaimKind::Precondition => "order of steps",
            ClaimKind::Package => "package",
            ClaimKind::Position => "position",
            ClaimKind::NoDeal => "no-deal",
            ClaimKind::Priority => "priority",
            ClaimKind::Talks => "course of the talks",
            ClaimKind::State => "state of the conflict",
            ClaimKind::Context => "context",
        }
    }
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
    /// The numbers it states, which a quote can be asked to hold.
    pub numbers: Vec<Range>,
    /// The numbers that put a degree on words: firmness, weight, score, cost, chance, odds. No quote holds them.
    pub degrees: Vec<Range>,
    /// Where it comes from.
    pub grounds: Grounds,
}

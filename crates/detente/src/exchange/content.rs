//! What one file says, whatever its format, before the files of a scenario are put together.

use crate::game::{Discount, Draft, Outcome, Space};
use crate::text::Span;

/// A format that is read and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// GENIUS domain and profiles, XML.
    Genius,
    /// GeniusWeb profiles, JSON.
    GeniusWeb,
    /// NegMAS scenario, YAML or JSON.
    NegMas,
    /// NegoLog profiles, JSON.
    NegoLog,
    /// A case of this program, TOML.
    Case,
}

impl Format {
    /// Every format, in the order of their names in help.
    pub const ALL: [Format; 5] = [Format::Genius, Format::GeniusWeb, Format::NegMas, Format::NegoLog, Format::Case];

    /// The word for it on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Format::Genius => "genius",
            Format::GeniusWeb => "geniusweb",
            Format::NegMas => "negmas",
            Format::NegoLog => "negolog",
            Format::Case => "case",
        }
    }

    /// Its name in a sentence.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Format::Genius => "GENIUS",
            Format::GeniusWeb => "GeniusWeb",
            Format::NegMas => "NegMAS",
            Format::NegoLog => "NegoLog",
            Format::Case => "détente",
        }
    }
}

/// What one file says.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// Issues and values, no preferences.
    Domain {
        /// Its name.
        name: String,
        /// Its issues.
        space: Space,
    },
    /// The preferences of one party.
    Profile(Box<Sheet>),
    /// A file that belongs to a scenario and holds no preferences (a stored frontier, statistics): what it is.
    Beside(&'static str),
}

impl Content {
    /// How many values and table entries it has.
    pub(crate) fn numbers(&self) -> usize {
        match self {
            Content::Domain { space, .. } => space.sizes().sum(),
            Content::Profile(sheet) => {
                let tables: usize = sheet.draft.tables.iter().map(|(_, _, worth)| worth.len()).sum();
                sheet.space.sizes().sum::<usize>() + tables
            }
            Content::Beside(_) => 0,
        }
    }
}

/// The preferences of one party as its file has them, over the issues that the file names.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    /// The name of the profile: the file's own, else the name of the file without its ending.
    pub(crate) name: String,
    /// The name of the domain it says it belongs to.
    pub(crate) domain: Option<String>,
    /// Issues and values in the order of the file.
    pub(crate) space: Space,
    /// Its numbers over that space. A value that the file leaves without an evaluation counts 0 (with a warning
    /// once it is known that the domain has it).
    pub(crate) draft: Draft,
    /// Values, by issue and digit, that the file names without an evaluation.
    pub(crate) silent: Vec<(usize, u16)>,
    /// GeniusWeb's reservation bid.
    pub(crate) reservation_outcome: Option<Outcome>,
    /// How utility shrinks with time.
    pub(crate) discount: Option<Discount>,
    /// An order over listed outcomes instead of numbers; then `draft` says nothing.
    pub(crate) ordering: Option<Ordering>,
    /// Where the preferences stand in the file.
    pub(crate) span: Span,
}

/// A partial order over listed outcomes (GeniusWeb's `DefaultPartialOrdering`).
#[derive(Debug, Clone)]
pub(crate) struct Ordering {
    /// The outcomes it speaks of.
    pub(crate) outcomes: Vec<Outcome>,
    /// Pairs of positions in `outcomes`: the first is at least as good as the second.
    pub(crate) better: Vec<(usize, usize)>,
}

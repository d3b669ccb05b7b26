//! Where a claim comes from.

use crate::case::decode::{Definitions, FromTable, Reader, field, property, words};
use crate::case::scalars::{Name, When};
use crate::case::tree::Table;
use crate::text::Span;
use serde_json::{Map, Value as Json};

words! {
    /// What a claim rests on.
    pub enum Basis {
        /// It can be read in the quote.
        Quoted = "quoted",
        /// It follows from other claims or from several quotes, as `why` says.
        Derived = "derived",
        /// Somebody was asked: `who`, `when`, `method`.
        Elicited = "elicited",
        /// The analyst supposes it: needs `why`, and a range where it is a number.
        Assumed = "assumed",
    }
}

/// Where a claim comes from. These keys stand beside the claim's own keys in the same table.
#[derive(Debug, Clone)]
pub struct Grounds {
    /// The claim's id: as given, or its path in the file (`parties.north.wants.2`).
    pub id: String,
    /// What it rests on: as given, or `quoted` with evidence and `assumed` without.
    pub basis: Basis,
    /// Whether the case says the basis itself.
    pub basis_given: bool,
    /// Evidence for it.
    pub because: Vec<Name>,
    /// Claims it is derived from.
    pub from: Vec<Name>,
    /// The reasoning.
    pub why: Option<String>,
    /// How a vague word of the quote was read ("roughly a fifth" as 0.18 to 0.22).
    pub reading: Option<String>,
    /// Who was asked (elicited).
    pub who: Option<String>,
    /// When they were asked (elicited).
    pub when: Option<When>,
    /// How they were asked (elicited).
    pub method: Option<String>,
    /// Where the claim stands.
    pub at: Span,
}

const DOCS: [(&str, &str); 9] = [
    ("id", "A name for the claim, so that others can derive from it. Without one, its path in the file."),
    ("basis", "What the claim rests on. Without it, `quoted` where there is evidence, else `assumed`, with a warning."),
    ("because", "Ids of evidence for the claim."),
    ("from", "Ids of claims it is derived from."),
    ("why", "The reasoning, in a sentence."),
    ("reading", "How a vague word of the quote was read."),
    ("who", "Who was asked, for an elicited claim."),
    ("asked", "When they were asked."),
    ("method", "How they were asked."),
];

impl FromTable for Grounds {
    fn keys(keys: &mut Vec<&'static str>) {
        keys.extend(DOCS.map(|(key, _)| key));
    }

    fn from_table(table: &Table, at: Span, reader: &mut Reader) -> Option<Self> {
        let id = field::<Option<String>>(table, "id", at, reader).flatten();
        let basis = field::<Option<Basis>>(table, "basis", at, reader).flatten();
        let because = field::<Vec<Name>>(table, "because", at, reader).unwrap_or_default();
        let inferred = if because.is_empty() { Basis::Assumed } else { Basis::Quoted };
        Some(Grounds {
            id: id.unwrap_or_else(|| reader.path()),
            basis: basis.unwrap_or(inferred),
            basis_given: table.contains_key("basis"),
            because,
            from: field(table, "from", at, reader).unwrap_or_default(),
            why: field(table, "why", at, reader).flatten(),
            reading: field(table, "reading", at, reader).flatten(),
            who: field(table, "who", at, reader).flatten(),
            when: field(table, "asked", at, reader).flatten(),
            method: field(table, "method", at, reader).flatten(),
            at,
        })
    }

    fn properties(properties: &mut Map<String, Json>, required: &mut Vec<Json>, definitions: &mut Definitions) {
        for (key, doc) in DOCS {
            match key {
                "basis" => property::<Option<Basis>>(key, doc, properties, required, definitions),
                "because" | "from" => property::<Vec<Name>>(key, doc, properties, required, definitions),
                "asked" => property::<Option<When>>(key, doc, properties, required, definitions),
                _ => property::<Option<String>>(key, doc, properties, required, definitions),
            }
        }
    }
}

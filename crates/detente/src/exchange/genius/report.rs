//! What was found while reading one file. A hostile file can be wrong in a million places, so repairs of one kind
//! are one diagnostic, and errors end after some.

use crate::text::{Code, Diagnostic, Diagnostics, FileId, Span};
use std::collections::BTreeMap;
use std::ops::Range;

/// This many errors and warnings are told one by one.
const MOST_TOLD: usize = 30;
/// This many places of one kind of repair are shown.
const MOST_PLACES: usize = 5;
/// A file with more broken tags than this leaves doubt about what is meant.
const MOST_BROKEN_TAGS: usize = 1_000;
/// This many names of elements that were left out are told.
const MOST_NAMES: usize = 8;

/// A fault that leaves no doubt about what is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Repair {
    BeforeDeclaration,
    StrayText,
    NoSpace,
    NoQuotes,
    NoAssignment,
    SameAttribute,
    Ampersand,
    Entity,
    LessThan,
    Unclosed,
    StrayEnd,
    NoName,
    NoIndex,
    SameValue,
    SameElement,
}

impl Repair {
    fn message(self) -> &'static str {
        match self {
            Repair::BeforeDeclaration => "something stands before the XML declaration",
            Repair::StrayText => "text between the tags was left out",
            Repair::NoSpace => "no space stands between two attributes",
            Repair::NoQuotes => "an attribute has no quotation marks",
            Repair::NoAssignment => "an attribute without a value was left out",
            Repair::SameAttribute => "an attribute stands twice with the same value",
            Repair::Ampersand => "an `&` is not written as `&amp;`",
            Repair::Entity => "an entity that XML does not know was kept as it is written",
            Repair::LessThan => "a `<` in an attribute is not written as `&lt;`",
            Repair::Unclosed => "an element is not closed",
            Repair::StrayEnd => "an end tag that ends nothing was left out",
            Repair::NoName => "an issue without a name was named after its number",
            Repair::NoIndex => "an issue without an index got its position as index",
            Repair::SameValue => "a value stands twice in an issue and was counted once",
            Repair::SameElement => "an element stands twice and says the same",
        }
    }

    fn breaks_tags(self) -> bool {
        matches!(self, Repair::Unclosed | Repair::StrayEnd)
    }
}

/// What is found while one file is read.
pub(super) struct Report<'a> {
    file: FileId,
    out: &'a mut Diagnostics,
    repairs: BTreeMap<Repair, (Vec<Range<usize>>, usize)>,
    ignored: BTreeMap<&'static str, Range<usize>>,
    elements: BTreeMap<String, Range<usize>>,
    told: usize,
    failed: bool,
}

impl<'a> Report<'a> {
    pub(super) fn new(file: FileId, out: &'a mut Diagnostics) -> Self {
        Report {
            file,
            out,
            repairs: BTreeMap::new(),
            ignored: BTreeMap::new(),
            elements: BTreeMap::new(),
            told: 0,
            failed: false,
        }
    }

    pub(super) fn span(&self, place: &Range<usize>) -> Span {
        Span::new(self.file, place.clone())
    }

    /// Something that stops the file from being read.
    pub(super) fn refuse(&mut self, code: Code, place: &Range<usize>, message: impl Into<String>, hint: &str) {
        self.failed = true;
        let diagnostic = Diagnostic::new(code, message).at(self.span(place), "");
        self.tell(if hint.is_empty() { diagnostic } else { diagnostic.hint(hint) });
    }

    /// Something to know that does not stop it.
    pub(super) fn warn(&mut self, code: Code, place: &Range<usize>, message: impl Into<String>, note: &str) {
        let diagnostic = Diagnostic::new(code, message).at(self.span(place), "");
        let diagnostic = diagnostic.severity(code.severity().min(crate::text::Severity::Warning));
        self.tell(if note.is_empty() { diagnostic } else { diagnostic.note(note) });
    }

    fn tell(&mut self, diagnostic: Diagnostic) {
        self.told += 1;
        if self.told <= MOST_TOLD {
            self.out.push(diagnostic);
        }
    }

    /// A fault that was repaired.
    pub(super) fn repair(&mut self, repair: Repair, place: Range<usize>) {
        let (places, count) = self.repairs.entry(repair).or_default();
        *count += 1;
        let (first, count) = (places.len() < MOST_PLACES, *count);
        if first {
            places.push(place.clone());
        }
        if repair.breaks_tags() && count == MOST_BROKEN_TAGS {
            let message = format!("more than {MOST_BROKEN_TAGS} tags do not fit together");
            self.refuse(Code::ExchangeSyntax, &place, message, "");
        }
    }

    /// Something that does not change the preferences and was left out.
    pub(super) fn ignore(&mut self, what: &'static str, place: Range<usize>) {
        self.ignored.entry(what).or_insert(place);
    }

    /// An element without a meaning here.
    pub(super) fn ignore_element(&mut self, name: &str, place: Range<usize>) {
        if self.elements.len() < MOST_NAMES && !self.elements.contains_key(name) {
            self.elements.insert(name.to_string(), place);
        }
    }

    /// Whether something stopped the file from being read.
    pub(super) fn failed(&self) -> bool {
        self.failed
    }

    /// Tells of what was repaired and left out.
    pub(super) fn finish(self) {
        let file = self.file;
        for (repair, (places, count)) in self.repairs {
            let mut diagnostic = Diagnostic::new(Code::ExchangeRepaired, repair.message());
            let shown = places.len();
            for place in places {
                diagnostic = diagnostic.at(Span::new(file, place), "");
            }
            if count > shown {
                diagnostic = diagnostic.note(format!("and {} places more", count - shown));
            }
            self.out.push(diagnostic);
        }
        let first = self.ignored.values().chain(self.elements.values()).min_by_key(|place| place.start).cloned();
        if let Some(first) = first {
            let elements =
                self.elements.keys().map(|name| format!("`<{}>`", name.chars().take(40).collect::<String>()));
            let names: Vec<String> = elements.chain(self.ignored.keys().map(ToString::to_string)).collect();
            let message = format!("left out, as the preferences do not depend on it: {}", names.join(", "));
            self.out.push(Diagnostic::new(Code::ExchangeIgnored, message).at(Span::new(file, first), ""));
        }
        if self.told > MOST_TOLD {
            let place = Span::new(file, 0..0);
            let message = format!("{} findings more in this file are not shown", self.told - MOST_TOLD);
            self.out.push(Diagnostic::new(Code::ExchangeIgnored, message).at(place, ""));
        }
    }
}

//! From text to a tree of the elements that mean something.
//!
//! The tree is flat and built without recursion. Elements that mean nothing here are passed over with all that is in
//! them; what is kept is bounded in depth and number, so that a hostile file costs no more than a large honest one.

use super::attribute::{Attribute, attributes, unescape};
use super::report::{Repair, Report};
pub(super) use super::tag::Tag;
use crate::text::Code;
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use std::borrow::Cow;
use std::ops::Range;

/// Elements nest this deep at most.
const MOST_LEVELS: usize = 128;
/// This many elements that mean something are kept at most.
const MOST_ELEMENTS: usize = 1_000_000;
/// A file is at most this long.
const MOST_BYTES: usize = 128 << 20;

/// An element of a [`Tree`], by its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Id(u32);

#[derive(Debug)]
struct Node {
    tag: Tag,
    parent: Option<Id>,
    start: u32,
    end: u32,
    first_attribute: u32,
    attributes: u32,
    /// The first node after those inside.
    after: u32,
}

/// The elements of a file that mean something, in the order of their beginnings.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    text: &'a str,
    nodes: Vec<Node>,
    attributes: Vec<Attribute>,
}

impl<'a> Tree<'a> {
    /// Every element of a kind, in the order of the file.
    pub(super) fn all(&self, tag: Tag) -> impl Iterator<Item = Id> + '_ {
        (0u32..).zip(&self.nodes).filter(move |(_, node)| node.tag == tag).map(|(at, _)| Id(at))
    }

    /// The elements right inside another, in the order of the file.
    pub(super) fn children(&self, of: Id) -> impl Iterator<Item = Id> + '_ {
        let end = self.node(of).map_or(0, |n| n.after);
        let mut next = of.0 + 1;
        std::iter::from_fn(move || {
            let now = Id(next);
            let node = self.node(now).filter(|_| next < end)?;
            next = node.after.max(next + 1);
            Some(now)
        })
    }

    /// The elements of a kind right inside another.
    pub(super) fn inside(&self, of: Id, tag: Tag) -> impl Iterator<Item = Id> + '_ {
        self.children(of).filter(move |id| self.tag(*id) == Some(tag))
    }

    fn node(&self, id: Id) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    pub(super) fn tag(&self, id: Id) -> Option<Tag> {
        self.node(id).map(|n| n.tag)
    }

    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        self.node(id)?.parent
    }

    /// Where the opening tag stands.
    pub(super) fn place(&self, id: Id) -> Range<usize> {
        self.node(id).map_or(0..0, |n| n.start as usize..n.end as usize)
    }

    /// A piece of the file.
    pub(super) fn text_at(&self, place: &Range<usize>) -> Option<&'a str> {
        self.text.get(place.clone())
    }

    /// An attribute with the characters it stands for, without white space around, and where it stands.
    pub(super) fn get(&self, id: Id, name: &str) -> Option<(Cow<'a, str>, Range<usize>)> {
        let node = self.node(id)?;
        let own = node.first_attribute as usize..(node.first_attribute + node.attributes) as usize;
        let place = self.attributes.get(own)?.iter().find(|a| a.name == name)?.place();
        let raw: &'a str = self.text;
        let value = match unescape(raw.get(place.clone())?.trim()).0 {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_string()),
        };
        Some((value, place))
    }
}

/// An element that is open.
struct Open {
    name: Range<usize>,
    /// Its node; `None` inside what is passed over.
    node: Option<Id>,
}

struct Builder<'a, 'r, 'd> {
    tree: Tree<'a>,
    open: Vec<Open>,
    report: &'r mut Report<'d>,
}

/// The tree of a text. `None` when what is meant cannot be told or it is beyond measure; the reason is reported.
pub(super) fn parse<'a>(text: &'a str, report: &mut Report<'_>) -> Option<Tree<'a>> {
    if text.len() > MOST_BYTES {
        let message = format!("the file has {} MiB; {} are read", text.len() >> 20, MOST_BYTES >> 20);
        report.refuse(Code::ExchangeLimit, &(0..0), message, "");
        return None;
    }
    // A byte order mark is no text; the reader would pass over it and count it in some places only.
    let skipped = text.len() - text.trim_start_matches('\u{FEFF}').len();
    let tree = Tree { text, nodes: Vec::new(), attributes: Vec::new() };
    let mut builder = Builder { tree, open: Vec::new(), report };
    let mut reader = Reader::from_str(text.get(skipped..).unwrap_or(""));
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    loop {
        let start = skipped + usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = reader.read_event();
        let end = skipped + usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let goes_on = match event {
            Ok(Event::Eof) => break,
            Ok(event) => builder.take(&event, start..end),
            Err(fault) => {
                let at = skipped + usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
                let at = at.min(text.len());
                builder.report.refuse(Code::ExchangeSyntax, &(at..at), format!("not XML: {fault}"), "");
                false
            }
        };
        if !goes_on || builder.report.failed() {
            return None;
        }
    }
    builder.finish()
}

impl<'a> Builder<'a, '_, '_> {
    /// Takes one event. `false` ends the reading; the reason is reported.
    fn take(&mut self, event: &Event<'_>, place: Range<usize>) -> bool {
        match event {
            Event::Start(_) => self.start(place, false),
            Event::Empty(_) => self.start(place, true),
            Event::End(_) => self.end(place),
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                self.stray(place);
                true
            }
            Event::Decl(_) => {
                if place.start > 0 && self.tree.text.get(..place.start).is_some_and(|t| t != "\u{FEFF}") {
                    self.report.repair(Repair::BeforeDeclaration, place);
                }
                true
            }
            Event::DocType(_) => {
                let message = "a document type declaration; entities that it may define are not put in place";
                let hint = "take the `<!DOCTYPE …>` out";
                self.report.refuse(Code::ExchangeUnsupported, &place, message, hint);
                false
            }
            Event::Comment(_) | Event::PI(_) | Event::Eof => true,
        }
    }

    /// Text outside of tags: white space is nothing; more is a fault, unless in what is passed over, or in an
    /// element that has its value as an attribute.
    fn stray(&mut self, place: Range<usize>) {
        let passed_over = self.open.last().is_some_and(|open| open.node.is_none());
        let text = self.tree.text.get(place.clone()).unwrap_or("");
        if !passed_over && !text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').is_empty() {
            self.report.repair(Repair::StrayText, place);
        }
    }

    fn name(&self, place: &Range<usize>) -> &'a str {
        let text: &'a str = self.tree.text;
        text.get(place.clone()).unwrap_or("")
    }

    fn start(&mut self, place: Range<usize>, empty: bool) -> bool {
        let written = self.name(&place);
        let opening = place.start + usize::from(written.starts_with('<'));
        let closing = place.end - if written.ends_with("/>") { 2 } else { usize::from(written.ends_with('>')) };
        let inner = self.tree.text.get(opening..closing.max(opening)).unwrap_or("");
        let length = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
        let name = opening..opening + length;
        if length == 0 || self.name(&name).contains(['<', '"', '\'', '=', '&']) {
            self.report.refuse(
                Code::ExchangeSyntax,
                &place,
                "a tag cannot be read",
                "write `&lt;` for a `<` in a text",
            );
            return false;
        }
        if self.open.len() >= MOST_LEVELS {
            let message = format!("elements nest deeper than {MOST_LEVELS} levels");
            self.report.refuse(Code::ExchangeLimit, &place, message, "");
            return false;
        }
        let node = match (Tag::of(self.name(&name)), self.passing_over()) {
            (_, true) => None,
            (None, false) => {
                if !self.pass_over(&name) {
                    return false;
                }
                None
            }
            (Some(tag), false) => match self.keep(tag, &place, name.end..closing) {
                Some(node) => Some(node),
                None => return false,
            },
        };
        if empty {
            self.close(node);
        } else {
            self.open.push(Open { name, node });
        }
        true
    }

    fn passing_over(&self) -> bool {
        self.open.last().is_some_and(|open| open.node.is_none())
    }

    /// An element that means nothing here.
    fn pass_over(&mut self, name: &Range<usize>) -> bool {
        let parent = self.open.last().and_then(|open| open.node).and_then(|id| self.tree.tag(id));
        let written = self.name(name);
        if let Some(parent) = parent.filter(|p| p.is_strict()) {
            let short: String = written.chars().take(40).collect();
            let message = format!("`<{short}>` in `<{}>` has no meaning that is known here", parent.name());
            self.report.refuse(Code::ExchangeUnsupported, name, message, "");
            return false;
        }
        match written {
            // Which program plays which side is no part of the preferences.
            "agent" => {}
            "similarity_function" | "criteria_function" => self.report.ignore("similarity functions", name.clone()),
            _ => self.report.ignore_element(written, name.clone()),
        }
        true
    }

    /// An element that means something; what it ends is closed before.
    fn keep(&mut self, tag: Tag, place: &Range<usize>, inner: Range<usize>) -> Option<Id> {
        while let Some(open) = self.open.last() {
            let last = open.node.and_then(|id| self.tree.tag(id));
            if !last.is_some_and(|last| last.ends_before(tag)) {
                break;
            }
            let name = open.name.clone();
            self.report.repair(Repair::Unclosed, name);
            self.pop();
        }
        let parent = self.open.last().and_then(|open| open.node);
        let parent_tag = parent.and_then(|id| self.tree.tag(id));
        if !tag.fits(parent_tag) {
            let around = parent_tag.map_or("outside of all".to_string(), |p| format!("in `<{}>`", p.name()));
            let message = format!("`<{}>` {around} has no meaning that is known here", tag.name());
            self.report.refuse(Code::ExchangeUnsupported, place, message, "");
            return None;
        }
        if self.tree.nodes.len() >= MOST_ELEMENTS {
            let message = format!("more than {MOST_ELEMENTS} elements");
            self.report.refuse(Code::ExchangeLimit, place, message, "");
            return None;
        }
        let first = self.tree.attributes.len();
        if !attributes(self.tree.text, inner.start, inner.end, self.report, &mut self.tree.attributes) {
            return None;
        }
        let at = u32::try_from(self.tree.nodes.len()).ok()?;
        self.tree.nodes.push(Node {
            tag,
            parent,
            start: u32::try_from(place.start).ok()?,
            end: u32::try_from(place.end).ok()?,
            first_attribute: u32::try_from(first).ok()?,
            attributes: u32::try_from(self.tree.attributes.len() - first).ok()?,
            after: at + 1,
        });
        Some(Id(at))
    }

    fn close(&mut self, node: Option<Id>) {
        let after = u32::try_from(self.tree.nodes.len()).unwrap_or(u32::MAX);
        if let Some(node) = node.and_then(|id| self.tree.nodes.get_mut(id.0 as usize)) {
            node.after = after;
        }
    }

    fn pop(&mut self) {
        if let Some(open) = self.open.pop() {
            self.close(open.node);
        }
    }

    fn end(&mut self, place: Range<usize>) -> bool {
        let name = self.name(&place).trim_start_matches(['<', '/']).trim_end_matches('>').trim();
        let same = |open: &Open| self.tree.text.get(open.name.clone()).is_some_and(|n| n.eq_ignore_ascii_case(name));
        let Some(depth) = self.open.iter().rposition(same) else {
            self.report.repair(Repair::StrayEnd, place);
            return !self.report.failed();
        };
        while self.open.len() > depth + 1 {
            let Some(open) = self.open.last() else { break };
            let unclosed = open.name.clone();
            if open.node.is_none() {
                let message =
                    format!("`<{}>` is not closed, so what belongs to it cannot be told", self.name(&unclosed));
                self.report.refuse(Code::ExchangeSyntax, &unclosed, message, "");
                return false;
            }
            self.report.repair(Repair::Unclosed, unclosed);
            self.pop();
        }
        self.pop();
        true
    }

    fn finish(self) -> Option<Tree<'a>> {
        // A file that ends in the middle may lack anything.
        if let Some(open) = self.open.last() {
            let name = self.tree.text.get(open.name.clone()).unwrap_or("");
            let message = format!("the file ends inside `<{name}>`; it may be cut short");
            self.report.refuse(Code::ExchangeSyntax, &open.name, message, &format!("add `</{name}>` if it is whole"));
            return None;
        }
        (!self.report.failed()).then_some(self.tree)
    }
}

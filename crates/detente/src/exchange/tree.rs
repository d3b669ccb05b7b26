//! One tree for JSON and YAML: maps, lists and scalars as written, each with its place.
//!
//! Numbers stay text until somebody asks for them, so that `0.1` is one tenth and not the float next to it.

use super::number;
use crate::game::Exact;
use crate::text::{Code, Diagnostic, Diagnostics, FileId, Span};
use std::collections::{HashMap, HashSet};

/// Files are nested at most this deep.
pub(crate) const DEEPEST: usize = 128;
/// A file has at most this many scalars, lists and maps together; a tree of them takes up to a gigabyte.
pub(crate) const MOST_NODES: usize = 5 << 20;

/// A number as a name is at most this much longer than it is written.
const SPREAD: usize = 32;

/// A piece of a file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    /// What it is.
    pub(crate) kind: Kind,
    /// Where.
    pub(crate) span: Span,
}

/// What a piece of a file is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// A text, number, truth value or nothing, as written; `quoted` says that it can only be a text.
    Scalar {
        /// The characters, escapes resolved.
        text: String,
        /// Whether it stood in quotes or in a block.
        quoted: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order of the file.
    Map(Vec<(Node, Node)>),
    /// Something tagged as an object of a programming language (`!!binary`, `!!python/…`): the tag.
    Unsafe(String),
}

impl Node {
    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|(k, _)| k.text() == Some(key)).map(|(_, v)| v)
    }

    /// Keys that are texts, with their values: for asking many times.
    pub(crate) fn keyed(&self) -> HashMap<&str, &Node> {
        self.entries().iter().filter_map(|(k, v)| Some((k.text()?, v))).collect()
    }

    /// The value of a key, unless it is null.
    pub(crate) fn given(&self, key: &str) -> Option<&Node> {
        self.get(key).filter(|n| !n.is_null())
    }

    /// Keys and values; none when it is no map.
    pub(crate) fn entries(&self) -> &[(Node, Node)] {
        match &self.kind {
            Kind::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The entries of a list, when it is one.
    pub(crate) fn items(&self) -> Option<&[Node]> {
        match &self.kind {
            Kind::List(items) => Some(items),
            _ => None,
        }
    }

    /// Whether it is a map.
    pub(crate) fn is_map(&self) -> bool {
        matches!(self.kind, Kind::Map(_))
    }

    /// The characters of a scalar.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether it says that there is nothing.
    pub(crate) fn is_null(&self) -> bool {
        matches!(&self.kind, Kind::Scalar { text, quoted: false } if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// Whether it is infinite or no number, as Python and YAML write it.
    pub(crate) fn is_boundless(&self) -> bool {
        let Kind::Scalar { text, quoted: false } = &self.kind else { return false };
        let bare = text.trim_start_matches(['-', '+']).trim_start_matches('.').to_ascii_lowercase();
        matches!(bare.as_str(), "inf" | "infinity" | "nan")
    }

    /// The number it is.
    pub(crate) fn number(&self) -> Option<Exact> {
        crate::game::decimal(self.text()?)
    }

    /// The name a scalar gives to an issue or value: texts as they are, numbers in their shortest form.
    pub(crate) fn name(&self) -> Option<String> {
        match &self.kind {
            Kind::Scalar { text, quoted: true } => Some(text.clone()),
            // `1e400` stays as it is: a few characters are not to become hundreds.
            Kind::Scalar { text, .. } => {
                let plain = self.number().map(|x| number::text(&x)).filter(|plain| plain.len() <= text.len() + SPREAD);
                Some(plain.unwrap_or_else(|| text.clone()))
            }
            _ => None,
        }
    }

    /// The first piece in it that would run code when its own program reads it.
    pub(crate) fn code(&self) -> Option<(&Node, &str)> {
        match &self.kind {
            Kind::Unsafe(tag) => Some((self, tag)),
            Kind::Scalar { .. } => None,
            Kind::List(items) => items.iter().find_map(Node::code),
            Kind::Map(entries) => entries.iter().find_map(|(k, v)| match k.text() {
                Some(key) if key.starts_with("__python") => Some((v, key)),
                _ => k.code().or_else(|| v.code()),
            }),
        }
    }

    /// How many pieces it is made of, and how deep they nest.
    pub(crate) fn extent(&self) -> (usize, usize) {
        let join = |(n, d): (usize, usize), node: &Node| {
            let (more, deeper) = node.extent();
            (n + more, d.max(deeper + 1))
        };
        match &self.kind {
            Kind::Scalar { .. } | Kind::Unsafe(_) => (1, 1),
            Kind::List(items) => items.iter().fold((1, 1), join),
            Kind::Map(entries) => entries.iter().flat_map(|(k, v)| [k, v]).fold((1, 1), join),
        }
    }
}

/// The value of a key, or a diagnostic that it is missing.
pub(crate) fn need<'a>(node: &'a Node, key: &str, diagnostics: &mut Diagnostics) -> Option<&'a Node> {
    let found = node.given(key);
    if found.is_none() {
        diagnostics
            .push(Diagnostic::new(Code::ExchangeMissing, format!("`{key}` is missing")).at(node.span, "in here"));
    }
    found
}

/// The value of a key among many, or a diagnostic that it is missing.
pub(crate) fn need_among<'a>(
    keyed: &HashMap<&str, &'a Node>,
    key: &str,
    span: Span,
    diagnostics: &mut Diagnostics,
) -> Option<&'a Node> {
    let found = keyed.get(key).copied().filter(|n| !n.is_null());
    if found.is_none() {
        let message = format!("`{}` is missing", short(key));
        diagnostics.push(Diagnostic::new(Code::ExchangeMissing, message).at(span, "in here"));
    }
    found
}

/// A number, or a diagnostic that it is none.
pub(crate) fn need_number(node: &Node, diagnostics: &mut Diagnostics) -> Option<Exact> {
    let found = node.number();
    if found.is_none() {
        let shown = node.text().map_or("this".to_string(), |t| format!("`{}`", short(t)));
        diagnostics.push(
            Diagnostic::new(Code::ExchangeNumber, format!("{shown} is no number")).at(node.span, "expected a decimal"),
        );
    }
    found
}

/// A name, or a diagnostic that it is none.
pub(crate) fn need_name(node: &Node, diagnostics: &mut Diagnostics) -> Option<String> {
    let found = node.name();
    if found.is_none() {
        diagnostics.push(Diagnostic::new(Code::ExchangeSyntax, "a name is expected").at(node.span, "here"));
    }
    found
}

/// A list, or a diagnostic that it is none.
pub(crate) fn need_items<'a>(node: &'a Node, diagnostics: &mut Diagnostics) -> Option<&'a [Node]> {
    let found = node.items();
    if found.is_none() {
        diagnostics.push(Diagnostic::new(Code::ExchangeSyntax, "a list is expected").at(node.span, "here"));
    }
    found
}

/// The start of a text that may be long.
pub(crate) fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or("")),
        None => text.to_string(),
    }
}

/// A diagnostic that a file holds more than it may.
pub(crate) fn too_large(what: impl Into<String>, span: Span) -> Diagnostic {
    Diagnostic::new(Code::ExchangeLimit, what).at(span, "here")
}

/// A map, in which no key may stand twice.
pub(crate) fn map(entries: Vec<(Node, Node)>, span: Span) -> Result<Node, Diagnostic> {
    let mut seen = HashSet::with_capacity(entries.len());
    let twice = entries.iter().find(|(k, _)| k.text().is_some_and(|t| !seen.insert(t)));
    if let Some((key, _)) = twice {
        let shown = short(key.text().unwrap_or(""));
        return Err(Diagnostic::new(
            Code::ExchangeSyntax,
            format!("`{shown}` is given twice, so it is unclear which is meant"),
        )
        .at(key.span, "again here"));
    }
    drop(seen);
    Ok(Node { kind: Kind::Map(entries), span })
}

/// The tree of a text in JSON or, where that fails, in YAML. `None` when it is neither a map nor a list.
pub(crate) fn read(file: FileId, text: &str) -> Result<Option<Node>, Diagnostic> {
    let braced = text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
    let node = match braced.then(|| super::json::read(file, text)) {
        Some(Ok(node)) => node,
        Some(Err(fault)) if fault.code == Code::ExchangeLimit => return Err(fault),
        // A flow map of YAML begins like JSON; when that fails too, JSON was meant.
        Some(Err(fault)) => match super::yaml::read(file, text) {
            Ok(node) if node.is_map() => node,
            _ => return Err(fault),
        },
        None => super::yaml::read(file, text)?,
    };
    Ok((node.is_map() || node.items().is_some()).then_some(node))
}

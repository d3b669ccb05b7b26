//! YAML with places. Nothing in it is ever run; repeated parts are written out within a limit.

use super::tree::{DEEPEST, Kind, MOST_NODES, Node, map, short, too_large};
use crate::text::{Code, Diagnostic, FileId, Span};
use granit_parser::{Event, Options, Parser, ScalarStyle, Tag};
use std::collections::HashMap;

/// Parts that stand in several places are written out up to this many pieces.
const MOST_REPEATED: usize = 1 << 18;
/// Parts that could be repeated are kept up to this many pieces.
const MOST_KEPT: usize = 1 << 20;

/// Reads the one document of a text.
pub(crate) fn read(file: FileId, text: &str) -> Result<Node, Diagnostic> {
    let mut options = Options::default();
    options.set_emit_comments(false);
    let mut builder =
        Builder { file, open: Vec::new(), anchors: HashMap::new(), nodes: 0, kept: 0, repeated: 0, done: None };
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, span) = next.map_err(|fault| {
            let at = boundary(text, fault.marker().byte_offset().unwrap_or(0));
            Diagnostic::new(Code::ExchangeSyntax, format!("this is not YAML: {}", short(&fault.info())))
                .at(Span::new(file, at..at), "here")
        })?;
        let range = span.byte_range().unwrap_or(0..0);
        builder.take(event, Span::new(file, boundary(text, range.start)..boundary(text, range.end)))?;
    }
    builder
        .done
        .ok_or_else(|| Diagnostic::new(Code::ExchangeSyntax, "the file says nothing").at(Span::new(file, 0..0), ""))
}

fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A list or map that has not ended yet.
struct Open {
    is_map: bool,
    anchor: usize,
    start: usize,
    tag: Option<String>,
    parts: Vec<Node>,
}

struct Builder {
    file: FileId,
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    nodes: usize,
    /// Pieces that an anchor keeps in case they are repeated.
    kept: usize,
    repeated: usize,
    done: Option<Node>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Diagnostic> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.count(1, 1, span)?;
                let kind = match tag.as_deref().and_then(unsafe_tag) {
                    Some(tag) => Kind::Unsafe(tag),
                    None => {
                        let quoted =
                            style != ScalarStyle::Plain || tag.is_some_and(|t| t.is_yaml_core_schema_tag("str"));
                        Kind::Scalar { text: text.into_owned(), quoted }
                    }
                };
                self.put(Node { kind, span }, anchor)
            }
            Event::SequenceStart(_, anchor, tag) => self.begin(false, anchor, tag.as_deref(), span),
            Event::MappingStart(_, anchor, tag) => self.begin(true, anchor, tag.as_deref(), span),
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Alias(id) => {
                let Some(node) = self.anchors.get(&id) else {
                    return Err(Diagnostic::new(Code::ExchangeSyntax, "this refers to something that contains it")
                        .at(span, "here"));
                };
                let (count, depth) = node.extent();
                self.repeated += count;
                if self.repeated > MOST_REPEATED {
                    return Err(too_large("the file repeats its parts too often", span));
                }
                let node = node.clone();
                self.count(count, depth, span)?;
                self.put(node, 0)
            }
            _ => Ok(()),
        }
    }

    /// Counts what is about to be built, before it is.
    fn count(&mut self, nodes: usize, depth: usize, span: Span) -> Result<(), Diagnostic> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.open.len() + depth > DEEPEST {
            return Err(too_large(format!("the file is nested more than {DEEPEST} deep"), span));
        }
        if self.nodes > MOST_NODES {
            return Err(too_large("the file has more entries than a scenario can", span));
        }
        Ok(())
    }

    fn begin(&mut self, is_map: bool, anchor: usize, tag: Option<&Tag>, span: Span) -> Result<(), Diagnostic> {
        self.count(1, 1, span)?;
        self.open.push(Open { is_map, anchor, start: span.start, tag: tag.and_then(unsafe_tag), parts: Vec::new() });
        Ok(())
    }

    fn end(&mut self, span: Span) -> Result<(), Diagnostic> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let whole = Span::new(self.file, open.start..span.end);
        let node = match open.tag {
            Some(tag) => Node { kind: Kind::Unsafe(tag), span: whole },
            None if open.is_map => {
                let mut parts = open.parts.into_iter();
                let mut entries = Vec::new();
                while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
                    entries.push((key, value));
                }
                map(entries, whole)?
            }
            None => Node { kind: Kind::List(open.parts), span: whole },
        };
        self.put(node, open.anchor)
    }

    fn put(&mut self, node: Node, anchor: usize) -> Result<(), Diagnostic> {
        if anchor > 0 {
            // Kept a second time; anchors inside anchors are kept once for each.
            self.kept += node.extent().0;
            if self.kept > MOST_KEPT {
                return Err(too_large("the file has too many parts to repeat", node.span));
            }
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut() {
            Some(open) => open.parts.push(node),
            None if self.done.is_some() => {
                return Err(Diagnostic::new(Code::ExchangeSyntax, "the file holds more than one document")
                    .at(node.span, "a second one"));
            }
            None => self.done = Some(node),
        }
        Ok(())
    }
}

/// The tag, when it is one that makes a program build an object from what follows.
fn unsafe_tag(tag: &Tag) -> Option<String> {
    const HARMLESS: [&str; 11] =
        ["str", "int", "float", "bool", "null", "seq", "map", "omap", "set", "timestamp", "python/tuple"];
    let core = tag.suffix_in_namespace("tag:yaml.org,2002:");
    let harmless = core.is_some_and(|suffix| HARMLESS.contains(&suffix.as_ref())) || tag.original() == "!";
    (!harmless).then(|| tag.original())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Node, Diagnostic> {
        read(FileId(0), text)
    }

    #[test]
    fn a_map_with_lists_as_keys_is_read() {
        let node = of("mapping:\n  ? - a\n    - 1\n  : 0.1\n  ? - b\n    - 2\n  : 0.2\n").unwrap();
        let entries = node.get("mapping").unwrap().entries();
        assert_eq!(entries[1].0.items().unwrap()[1].text(), Some("2"));
        assert_eq!(entries[1].1.text(), Some("0.2"));
    }

    #[test]
    fn quotes_tell_texts_from_numbers() {
        let node = of("a: 'no'\nb: -.inf\nc: null\nd: 'null'\n").unwrap();
        assert!(
            node.get("b").unwrap().is_boundless()
                && node.get("c").unwrap().is_null()
                && !node.get("d").unwrap().is_null()
        );
    }

    #[test]
    fn pickles_are_seen_and_not_opened() {
        let node =
            of("f: !!binary |\n  X19MQU1C\ng: !!python/object:os.system {a: 1}\nh: !!python/tuple [1, 2]\n").unwrap();
        assert!(node.code().is_some_and(|(_, tag)| tag.contains("binary")));
        assert!(node.get("g").unwrap().code().is_some() && node.get("h").unwrap().code().is_none());
    }

    #[test]
    fn a_bomb_of_repeats_is_refused() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_string();
        for i in 1..40 {
            let line = format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 9].join(", "));
            text.push_str(&line);
        }
        assert_eq!(of(&text).unwrap_err().code, Code::ExchangeLimit);
        assert!(of("a: &a [*a]").is_err());
        assert_eq!(of("a: &x {b: 1}\nc: *x").unwrap().get("c").unwrap().get("b").unwrap().text(), Some("1"));
    }

    #[test]
    fn depth_is_bounded_and_one_document_is_enough() {
        assert!(of(&"[".repeat(5_000)).is_err());
        assert!(of("a: 1\n---\nb: 2\n").is_err() && of("a: 1\na: 2\n").is_err() && of("").is_err());
    }
}

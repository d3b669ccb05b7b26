//! A case as a tree of spanned values, whatever syntax it was written in.

use crate::text::{FileId, SourceMap, Span};
use indexmap::IndexMap;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) at: Span,
    pub(crate) value: Value,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    /// Text, and where its characters begin when they stand in the file as they are (no escapes).
    Text(String, Option<usize>),
    Integer(i64),
    Float(f64),
    Bool(bool),
    /// A date as it was written.
    Date(String),
    List(Vec<Node>),
    Table(Table),
    /// A value of the syntax that no case uses (a time of day, an integer past 64 bits).
    Other(&'static str),
}

/// Keys in file order, each with its own span.
pub(crate) type Table = IndexMap<String, Entry>;

/// A key's place and its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: Span,
    pub(crate) node: Node,
}

impl Value {
    /// The type in words, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Value::Text(..) => "a text",
            Value::Integer(_) => "a whole number",
            Value::Float(_) => "a number",
            Value::Bool(_) => "true or false",
            Value::Date(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
            Value::Other(kind) => kind,
        }
    }
}

impl Node {
    /// The span of the characters of a text, without its quotation marks where they are simple.
    pub(crate) fn inner(&self) -> Span {
        match &self.value {
            Value::Text(text, Some(start)) => Span::new(self.at.file, *start..start + text.len()),
            _ => self.at,
        }
    }
}

/// Reads TOML 1.1 into a tree, with every syntax error as `(message, span)`.
pub(crate) fn from_toml(files: &SourceMap, file: FileId) -> (Table, Vec<(String, Span)>) {
    let text = files.text(file);
    let (root, errors) = toml::de::DeTable::parse_recoverable(text);
    let errors = errors
        .iter()
        .map(|e| {
            let range = e.span().unwrap_or(0..0);
            let end = range.end.min(text.len());
            (e.message().to_string(), Span::new(file, range.start.min(end)..end))
        })
        .collect();
    (table(root.get_ref(), text, file), errors)
}

fn table(from: &toml::de::DeTable<'_>, text: &str, file: FileId) -> Table {
    let mut entries: Vec<(String, Entry)> = from
        .iter()
        .map(|(key, value)| {
            let entry = Entry { key: Span::new(file, key.span()), node: node(value, text, file) };
            (key.get_ref().to_string(), entry)
        })
        .collect();
    // A table opened by `[a.b]` before `[a]` stands where it first appears.
    entries.sort_by_key(|(_, e)| e.key.start);
    entries.into_iter().collect()
}

fn node(from: &toml::Spanned<toml::de::DeValue<'_>>, text: &str, file: FileId) -> Node {
    use toml::de::DeValue;
    let at = Span::new(file, from.span());
    let value = match from.get_ref() {
        DeValue::String(s) => {
            let raw = text.get(at.range()).unwrap_or("");
            let inner = raw.find(s.as_ref()).filter(|_| !s.is_empty()).map(|offset| at.start + offset);
            Value::Text(s.to_string(), inner)
        }
        DeValue::Integer(i) => i64::from_str_radix(i.as_str(), i.radix())
            .map_or(Value::Other("a whole number too large to hold"), Value::Integer),
        DeValue::Float(f) => f.as_str().parse().map_or(Value::Other("a number that cannot be read"), Value::Float),
        DeValue::Boolean(b) => Value::Bool(*b),
        DeValue::Datetime(d) if d.date.is_some() => Value::Date(d.date.map(|d| d.to_string()).unwrap_or_default()),
        DeValue::Datetime(_) => Value::Other("a time of day"),
        DeValue::Array(items) => Value::List(items.iter().map(|i| node(i, text, file)).collect()),
        DeValue::Table(t) => Value::Table(table(t, text, file)),
        #[allow(unreachable_patterns)]
        _ => Value::Other("a value of an unknown type"),
    };
    Node { at, value }
}

/// Lays `over` on `base`: sections merge entry by entry and entries field by field; a field given
/// again replaces the earlier one; lists at the top level (`[[steps]]`, …) are joined, earlier first.
pub(crate) fn overlay(base: Table, over: Table) -> Table {
    lay(base, over, 0)
}

fn lay(mut base: Table, over: Table, depth: usize) -> Table {
    for (key, entry) in over {
        let merged = match (base.shift_remove(&key), entry) {
            (
                Some(Entry { node: Node { value: Value::Table(b), .. }, .. }),
                Entry { key, node: Node { at, value: Value::Table(o) } },
            ) if depth < 2 => Entry { key, node: Node { at, value: Value::Table(lay(b, o, depth + 1)) } },
            (
                Some(Entry { node: Node { value: Value::List(mut b), .. }, .. }),
                Entry { key, node: Node { at, value: Value::List(o) } },
            ) if depth == 0 => {
                b.extend(o);
                Entry { key, node: Node { at, value: Value::List(b) } }
            }
            (_, entry) => entry,
        };
        base.insert(key, merged);
    }
    base
}

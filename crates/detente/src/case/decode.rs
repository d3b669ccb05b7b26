//! From the tree to records: one declaration per record gives the type, its reader and its schema.
//!
//! A reader never stops at the first fault: a bad field is reported and left out, a record that
//! lacks a needed field is reported and left out, and everything else goes on.

use super::tree::{Node, Table, Value};
use crate::text::{Code, Diagnostic, Diagnostics, Span, did_you_mean};
use indexmap::IndexMap;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;

/// What readers share: the findings so far and the path of the entry being read.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    pub(crate) diagnostics: Diagnostics,
    /// Names of entries that are written but could not be read.
    pub(crate) broken: BTreeSet<String>,
    path: Vec<String>,
}

impl Reader {
    /// The path of the entry being read, `parties.north.wants.2`.
    pub(crate) fn path(&self) -> String {
        self.path.join(".")
    }

    pub(crate) fn within<T>(&mut self, step: impl Into<String>, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step.into());
        let out = read(self);
        self.path.pop();
        out
    }

    pub(crate) fn wrong_type(&mut self, node: &Node, wanted: &str) {
        let mut d = Diagnostic::new(Code::WrongType, format!("expected {wanted}, found {}", node.value.kind()))
            .at(node.at, format!("this is {}", node.value.kind()));
        if wanted.starts_with("a list") && !matches!(node.value, Value::Table(_) | Value::List(_)) {
            d = d.hint("put it in square brackets: [ … ]");
        }
        self.diagnostics.push(d);
    }
}

/// The definitions of a JSON Schema, collected while a schema is built.
#[derive(Debug, Default)]
pub(crate) struct Definitions(pub(crate) Map<String, Json>);

/// A value that can be read from one node.
pub(crate) trait FromNode: Sized {
    /// Reads it, or reports why not.
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self>;
    /// What stands for it when the key is not there; `None` when the key is needed.
    fn absent() -> Option<Self> {
        None
    }
    /// Its JSON Schema.
    fn schema(definitions: &mut Definitions) -> Json;
}

/// A group of keys that can be read from a table, alone or beside others.
pub(crate) trait FromTable: Sized {
    fn keys(keys: &mut Vec<&'static str>);
    fn from_table(table: &Table, at: Span, reader: &mut Reader) -> Option<Self>;
    fn properties(properties: &mut Map<String, Json>, required: &mut Vec<Json>, definitions: &mut Definitions);
}

/// Reads one field of a record.
pub(crate) fn field<T: FromNode>(table: &Table, key: &str, at: Span, reader: &mut Reader) -> Option<T> {
    match table.get(key) {
        Some(entry) => {
            let read = reader.within(key, |reader| T::from_node(&entry.node, reader));
            // A fault was reported; an optional field is left out, a needed one takes the record with it.
            read.or_else(T::absent)
        }
        None => {
            let absent = T::absent();
            if absent.is_none() {
                reader.diagnostics.push(
                    Diagnostic::new(Code::MissingKey, format!("`{key}` is missing"))
                        .at(at, format!("this entry needs `{key}`")),
                );
            }
            absent
        }
    }
}

/// Reports keys that the record does not know.
pub(crate) fn unknown_keys(table: &Table, known: &[&'static str], reader: &mut Reader) {
    for (key, entry) in table {
        if !known.contains(&key.as_str()) {
            let place = if reader.path.is_empty() { "a case".to_string() } else { format!("`{}`", reader.path()) };
            reader.diagnostics.push(
                Diagnostic::new(Code::UnknownKey, format!("unknown key `{key}` in {place}"))
                    .at(entry.key, "nothing reads this key")
                    .maybe_hint(did_you_mean(key, known.iter().copied())),
            );
        }
    }
}

/// Declares a record: the struct, how it is read and its schema.
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident {
            $( .. $flat:ident : $flat_type:ty , )?
            $( $(#[doc = $field_doc:literal])* $field:ident : $type:ty, )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone)]
        pub struct $name {
            $(
                /// Where the claim comes from.
                pub $flat: $flat_type,
            )?
            $( $(#[doc = $field_doc])* pub $field: $type, )*
            /// Where it stands in the case.
            pub at: $crate::text::Span,
        }

        impl $crate::case::decode::FromTable for $name {
            fn keys(keys: &mut Vec<&'static str>) {
                $( <$flat_type as $crate::case::decode::FromTable>::keys(keys); )?
                keys.extend_from_slice(&[ $( stringify!($field), )* ]);
            }

            #[allow(unused_variables)]
            fn from_table(
                table: &$crate::case::tree::Table,
                at: $crate::text::Span,
                reader: &mut $crate::case::decode::Reader,
            ) -> Option<Self> {
                $( let $flat = <$flat_type as $crate::case::decode::FromTable>::from_table(table, at, reader); )?
                $( let $field = $crate::case::decode::field::<$type>(table, stringify!($field), at, reader); )*
                Some($name { $( $flat: $flat?, )? $( $field: $field?, )* at })
            }

            fn properties(
                properties: &mut serde_json::Map<String, serde_json::Value>,
                required: &mut Vec<serde_json::Value>,
                definitions: &mut $crate::case::decode::Definitions,
            ) {
                $( <$flat_type as $crate::case::decode::FromTable>::properties(properties, required, definitions); )?
                $( $crate::case::decode::property::<$type>(
                    stringify!($field), concat!($($field_doc, "\n",)* ""), properties, required, definitions,
                ); )*
            }
        }

        impl $crate::case::decode::FromNode for $name {
            fn from_node(node: &$crate::case::tree::Node, reader: &mut $crate::case::decode::Reader) -> Option<Self> {
                $crate::case::decode::read_record::<$name>(node, reader)
            }

            fn schema(definitions: &mut $crate::case::decode::Definitions) -> serde_json::Value {
                $crate::case::decode::record_schema::<$name>(stringify!($name), concat!($($doc, "\n",)* ""), definitions)
            }
        }
    };
}
pub(crate) use record;

/// Declares a choice between words.
macro_rules! words {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $( $(#[doc = $word_doc:literal])* $variant:ident = $word:literal, )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
        pub enum $name {
            $( $(#[doc = $word_doc])* #[serde(rename = $word)] $variant, )*
        }

        impl $name {
            /// Every choice, in order.
            pub const ALL: &'static [$name] = &[ $( $name::$variant, )* ];

            /// The word as a case spells it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( $name::$variant => $word, )* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::case::decode::FromNode for $name {
            fn from_node(node: &$crate::case::tree::Node, reader: &mut $crate::case::decode::Reader) -> Option<Self> {
                $crate::case::decode::read_word(node, reader, $name::ALL, $name::as_str)
            }

            fn schema(definitions: &mut $crate::case::decode::Definitions) -> serde_json::Value {
                let choices = [ $( ($word, concat!($($word_doc,)* "")), )* ];
                $crate::case::decode::words_schema(stringify!($name), concat!($($doc, "\n",)* ""), &choices, definitions)
            }
        }
    };
}
pub(crate) use words;

/// Reads a record from a node that must be a table, and reports keys it does not know.
pub(crate) fn read_record<T: FromTable>(node: &Node, reader: &mut Reader) -> Option<T> {
    let Value::Table(table) = &node.value else {
        reader.wrong_type(node, "a table");
        return None;
    };
    let mut known = Vec::new();
    T::keys(&mut known);
    unknown_keys(table, &known, reader);
    T::from_table(table, node.at, reader)
}

/// Reads one of a few words.
pub(crate) fn read_word<T: Copy>(
    node: &Node,
    reader: &mut Reader,
    all: &[T],
    word: impl Fn(T) -> &'static str,
) -> Option<T> {
    let Value::Text(text, _) = &node.value else {
        let choices: Vec<String> = all.iter().map(|w| format!("\"{}\"", word(*w))).collect();
        reader.wrong_type(node, &format!("one of {}", choices.join(", ")));
        return None;
    };
    let found = all.iter().copied().find(|w| word(*w) == text);
    if found.is_none() {
        reader.diagnostics.push(
            Diagnostic::new(Code::UnknownWord, format!("`{text}` is not one of the words that go here"))
                .at(node.inner(), "unknown word")
                .maybe_hint(did_you_mean(text, all.iter().map(|w| word(*w)))),
        );
    }
    found
}

fn describe(mut schema: Json, doc: &str) -> Json {
    let text = doc.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    if let (Json::Object(object), false) = (&mut schema, text.trim().is_empty()) {
        object.insert("description".into(), Json::String(text.trim().to_string()));
    }
    schema
}

/// Adds one field to the schema of a record.
pub(crate) fn property<T: FromNode>(
    key: &str,
    doc: &str,
    properties: &mut Map<String, Json>,
    required: &mut Vec<Json>,
    definitions: &mut Definitions,
) {
    properties.insert(key.to_string(), describe(T::schema(definitions), doc));
    if T::absent().is_none() {
        required.push(Json::String(key.to_string()));
    }
}

/// The schema of a record: defined once, referred to everywhere.
pub(crate) fn record_schema<T: FromTable>(name: &str, doc: &str, definitions: &mut Definitions) -> Json {
    if !definitions.0.contains_key(name) {
        definitions.0.insert(name.to_string(), Json::Null);
        let mut properties = Map::new();
        let mut required = Vec::new();
        T::properties(&mut properties, &mut required, definitions);
        let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
        if let (Json::Object(object), false) = (&mut schema, required.is_empty()) {
            object.insert("required".into(), Json::Array(required));
        }
        definitions.0.insert(name.to_string(), describe(schema, doc));
    }
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// The schema of a choice between words.
pub(crate) fn words_schema(name: &str, doc: &str, choices: &[(&str, &str)], definitions: &mut Definitions) -> Json {
    if !definitions.0.contains_key(name) {
        let choices: Vec<Json> = choices.iter().map(|(word, doc)| describe(json!({ "const": word }), doc)).collect();
        definitions.0.insert(name.to_string(), describe(json!({ "oneOf": choices }), doc));
    }
    json!({ "$ref": format!("#/$defs/{name}") })
}

impl FromNode for String {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.value {
            Value::Text(text, _) => Some(text.clone()),
            _ => {
                reader.wrong_type(node, "a text");
                None
            }
        }
    }
    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "string" })
    }
}

impl FromNode for bool {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        match node.value {
            Value::Bool(b) => Some(b),
            _ => {
                reader.wrong_type(node, "true or false");
                None
            }
        }
    }
    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "boolean" })
    }
}

impl FromNode for f64 {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let number = match node.value {
            Value::Integer(i) => i as f64,
            Value::Float(f) => f,
            _ => {
                reader.wrong_type(node, "a number");
                return None;
            }
        };
        if !number.is_finite() {
            reader
                .diagnostics
                .push(Diagnostic::new(Code::BadRange, "a number must be finite").at(node.at, "not a finite number"));
            return None;
        }
        Some(number)
    }
    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "number" })
    }
}

impl FromNode for u32 {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        if let Value::Integer(i) = node.value
            && let Ok(number) = u32::try_from(i)
        {
            return Some(number);
        }
        if let Value::Integer(i) = node.value {
            reader.diagnostics.push(
                Diagnostic::new(Code::BadRange, format!("{i} is too small or too large here"))
                    .at(node.at, "expected a whole number from 0 up"),
            );
            return None;
        }
        reader.wrong_type(node, "a whole number from 0 up");
        None
    }
    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "integer", "minimum": 0 })
    }
}

impl<T: FromNode> FromNode for Option<T> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        T::from_node(node, reader).map(Some)
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
    fn schema(definitions: &mut Definitions) -> Json {
        T::schema(definitions)
    }
}

impl<T: FromNode> FromNode for Vec<T> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Value::List(items) = &node.value else {
            reader.wrong_type(node, "a list");
            return None;
        };
        let read = items
            .iter()
            .enumerate()
            .filter_map(|(i, item)| reader.within((i + 1).to_string(), |reader| T::from_node(item, reader)));
        Some(read.collect())
    }
    fn absent() -> Option<Self> {
        Some(Vec::new())
    }
    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "type": "array", "items": T::schema(definitions) })
    }
}

/// Words that conditions keep for themselves.
const RESERVED: [&str; 7] = ["and", "or", "not", "in", "true", "false", "moved"];

/// Whether a name can be used in a condition: letters, digits, `-`, `_`, `.`; not a word of the language.
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !RESERVED.contains(&name)
        && !name.starts_with('-')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

impl<T: FromNode> FromNode for IndexMap<String, T> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Value::Table(table) = &node.value else {
            reader.wrong_type(node, "a table of named entries");
            return None;
        };
        let mut out = IndexMap::new();
        for (key, entry) in table {
            if !is_name(key) {
                reader.diagnostics.push(
                    Diagnostic::new(Code::BadName, format!("`{key}` cannot be a name"))
                        .at(entry.key, "names are letters, digits, `-` and `_`"),
                );
                continue;
            }
            if let Some(value) = reader.within(key.as_str(), |reader| T::from_node(&entry.node, reader)) {
                out.insert(key.clone(), value);
            } else {
                reader.broken.insert(key.clone());
            }
        }
        Some(out)
    }
    fn absent() -> Option<Self> {
        Some(IndexMap::new())
    }
    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "type": "object", "additionalProperties": T::schema(definitions) })
    }
}

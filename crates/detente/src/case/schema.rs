//! The JSON Schema of a case file.

use super::decode::{Definitions, FromNode};
use super::model::case::Document;
use serde_json::{Value, json};

/// The JSON Schema (draft 2020-12) of a case file, for editors and checkers.
///
/// ```
/// let schema = detente::case::schema();
/// assert_eq!(schema["$ref"], "#/$defs/Document");
/// ```
#[must_use]
pub fn schema() -> Value {
    let mut definitions = Definitions::default();
    let root = Document::schema(&mut definitions);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A case for détente",
        "$ref": root["$ref"],
        "$defs": definitions.0,
    })
}

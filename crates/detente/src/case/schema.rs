//! The JSON Schema of a case file.

use super::decode::{Definitions, FromNode};
use super::model::case::Document;
use serde_json::{Map, Value, json};

/// The JSON Schema (draft 2020-12) of a case file, for editors and checkers.
///
/// A file that `extends` another may give parts of entries, so for such a file nothing is required;
/// `check` still minds what is missing when both are read together.
///
/// ```
/// let schema = detente::case::schema();
/// assert_eq!(schema["else"]["$ref"], "#/$defs/Document");
/// ```
#[must_use]
pub fn schema() -> Value {
    let mut definitions = Definitions::default();
    Document::schema(&mut definitions);
    let partial: Map<String, Value> = definitions.0.iter().map(|(name, of)| (name.clone(), partial(of))).collect();
    definitions.0.insert("partial".into(), json!({ "$defs": partial }));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A case for détente",
        "if": { "required": ["extends"] },
        "then": { "$ref": "#/$defs/partial/$defs/Document" },
        "else": { "$ref": "#/$defs/Document" },
        "$defs": definitions.0,
    })
}

/// The same definition with nothing required, for files that extend others.
fn partial(definition: &Value) -> Value {
    match definition {
        Value::Object(object) => {
            let kept = object.iter().filter(|(key, value)| !(*key == "required" && value.is_array()));
            let mut out: Map<String, Value> = kept.map(|(key, value)| (key.clone(), partial(value))).collect();
            if let Some(Value::String(reference)) = out.get_mut("$ref") {
                *reference = reference.replacen("#/$defs/", "#/$defs/partial/$defs/", 1);
            }
            Value::Object(out)
        }
        Value::Array(items) => Value::Array(items.iter().map(partial).collect()),
        other => other.clone(),
    }
}

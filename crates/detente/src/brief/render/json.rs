//! A brief as JSON, for other programs.

use crate::brief::content::Brief;

/// A brief as indented JSON with a line break at its end, fields in the order of the content model.
///
/// ```
/// let brief = detente::brief::content::Brief { title: "Talks".into(), subtitle: String::new(), judgements: vec![],
///     load: vec![], changes: vec![], sections: vec![], colophon: vec![] };
/// assert!(detente::brief::render::json(&brief).starts_with("{\n  \"title\": \"Talks\""));
/// ```
#[must_use]
pub fn json(brief: &Brief) -> String {
    // A brief has string keys only and writes to memory, so this cannot fail; if it ever did, the
    // reader learns why instead of getting nothing.
    match serde_json::to_string_pretty(brief) {
        Ok(text) => text + "\n",
        Err(error) => format!("{{ \"error\": {:?} }}\n", error.to_string()),
    }
}

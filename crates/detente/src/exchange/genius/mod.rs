//! GENIUS domains and profiles, XML.

use super::content::Content;
use crate::game::Scenario;
use crate::text::{Diagnostics, FileId};

/// What one file says.
pub(crate) fn read(_: &str, _: FileId, _: &str, _: &mut Diagnostics) -> Option<Content> {
    None
}

/// The text of bytes in any of the encodings met, and the encoding when it is not UTF-8.
pub(crate) fn decode(bytes: &[u8]) -> (String, Option<&'static str>) {
    (String::from_utf8_lossy(bytes).into_owned(), None)
}

/// Whether a text may be a file of GENIUS.
pub(crate) fn looks_like(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('<')
}

/// Files of a scenario: names and texts.
pub(crate) fn write(_: &Scenario, _: &mut Diagnostics) -> Vec<(String, String)> {
    Vec::new()
}

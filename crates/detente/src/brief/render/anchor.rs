//! Ids of places in a brief, the same for everyone who makes or follows a link.
//!
//! Ids of a case are the analyst's own words. An anchor keeps letters and digits of ASCII and
//! `-`, `_`, `.` and writes everything else as `~hex~`, so that different ids stay different.

use std::fmt::Write as _;

/// An id as it can stand in `id="…"` and after `#` in a link, in HTML and Markdown alike.
///
/// ```
/// use detente::brief::render::anchor;
/// assert_eq!(anchor::safe("north.red-line"), "north.red-line");
/// assert_eq!(anchor::safe("a b"), "a~20~b");
/// assert_eq!(anchor::claim("x"), "claim-x");
/// ```
#[must_use]
pub fn safe(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for character in id.chars() {
        if character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.') {
            out.push(character);
        } else {
            let _ = write!(out, "~{:x}~", u32::from(character));
        }
    }
    if out.is_empty() { "~~".to_owned() } else { out }
}

/// Anchor of a claim in the ledger.
#[must_use]
pub fn claim(id: &str) -> String {
    safe(&format!("claim-{id}"))
}

/// Anchor of a piece of evidence in the ledger.
#[must_use]
pub fn evidence(id: &str) -> String {
    safe(&format!("evidence-{id}"))
}

/// Anchor of the words of a piece of evidence in the source reader.
#[must_use]
pub fn mark(id: &str) -> String {
    safe(&format!("mark-{id}"))
}

/// Anchor of a figure.
#[must_use]
pub fn figure(id: &str) -> String {
    safe(&format!("figure-{id}"))
}

/// Anchor of a source in the reader.
#[must_use]
pub fn source(id: &str) -> String {
    safe(&format!("source-{id}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn anchors_are_plain_and_tell_ids_apart(a in "\\PC{0,12}", b in "\\PC{0,12}") {
            prop_assert!(safe(&a).chars().all(|c| c.is_ascii_alphanumeric() || "-_.~".contains(c)));
            prop_assert_eq!(a == b, safe(&a) == safe(&b));
        }
    }
}

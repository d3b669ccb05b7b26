//! Whether a held source is the text that was cited.

use super::{HeldSource, Status};
use crate::case::model::sources::Source;
use crate::text::{Code, Diagnostic, Diagnostics, Severity};
use sha2::{Digest, Sha256};

/// How the recorded hash of a source compares with its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    /// None is recorded, none that can be read, or the text is not held.
    Unknown,
    /// The text is the one that was cited.
    Same,
    /// It is, but for line ends that a program has turned from one convention to the other.
    LineEnds,
    /// It is another text.
    Other,
}

/// Compares them, and reports a hash that is none.
pub(super) fn compare(source: &Source, held: Option<&HeldSource>, diagnostics: &mut Diagnostics) -> Hash {
    let Some(recorded) = &source.sha256 else { return Hash::Unknown };
    let digits = recorded.text.chars().filter(char::is_ascii_hexdigit).count();
    if digits != 64 || recorded.text.len() != 64 {
        let found = match recorded.text.len() {
            64 => "a character here is not a hexadecimal digit".to_string(),
            _ => format!("{} characters here", recorded.text.chars().count()),
        };
        let now = held.map(|h| format!("the file as it is now has sha256 = \"{}\"", h.sha256));
        diagnostics.push(
            Diagnostic::new(Code::BadHash, "`sha256` is 64 hexadecimal digits").at(recorded.at, found).maybe_hint(now),
        );
        return Hash::Unknown;
    }
    let Some(held) = held else { return Hash::Unknown };
    let is = |hash: &str| hash.eq_ignore_ascii_case(&recorded.text);
    if is(&held.sha256) {
        return Hash::Same;
    }
    let lines = held.text.raw().replace("\r\n", "\n");
    if is(&digest(&lines)) || is(&digest(&lines.replace('\n', "\r\n"))) {
        return Hash::LineEnds;
    }
    Hash::Other
}

fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is said about a source that is not the one cited, given how its quotes fared.
pub(super) fn report(
    id: &str,
    source: &Source,
    held: &HeldSource,
    hash: Hash,
    quotes: &[Status],
) -> Option<Diagnostic> {
    let recorded = source.sha256.as_ref()?;
    let short = |hash: &str| hash.chars().take(8).collect::<String>().to_lowercase();
    match hash {
        Hash::Unknown | Hash::Same => None,
        Hash::LineEnds => Some(
            Diagnostic::new(Code::SourceChanged, format!("`{id}` has other line ends than the text that was cited"))
                .severity(Severity::Note)
                .at(recorded.at, "this is the hash with the other line ends")
                .note("the words are the same, so its quotes are checked as usual"),
        ),
        Hash::Other => {
            let found = quotes.iter().filter(|status| status.is_found()).count();
            let quotes = match (found, quotes.len()) {
                (_, 0) => "no evidence quotes it".to_string(),
                (found, all) if found == all => format!("all {all} quotes from it stand in the text as it is now"),
                (found, all) => format!(
                    "{found} of {all} quotes from it stand in the text as it is now; the others are reported one by one"
                ),
            };
            Some(
                Diagnostic::new(Code::SourceChanged, format!("`{id}` is not the text that was cited"))
                    .at(recorded.at, format!("cited: {}…, now: {}…", short(&recorded.text), short(&held.sha256)))
                    .note(quotes)
                    .hint(format!("when its quotes are right as it is now, set sha256 = \"{}\"", held.sha256)),
            )
        }
    }
}

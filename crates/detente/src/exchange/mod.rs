//! The file formats of other programs, read into a [`Scenario`] and written from one; and conflicts, who can move what,
//! read by [`read_conflict`].
//!
//! One folder per format. Readers take bytes and never trust them: what is broken without doubt about
//! what is meant is read with a warning; what would change the preferences is refused with a reason.
//!
//! ```
//! use detente::exchange::{Format, Input, read, write};
//! let profile = br#"{"reservationValue": 0.2, "issueWeights": {"price": 1.0}, "issues": {"price": {"low": 1.0, "high": 0}}}"#;
//! let buyer = Input { name: "buyer.json".into(), bytes: profile.to_vec() };
//! let loaded = read(&[buyer], None);
//! let written = write(&loaded.scenario.unwrap(), Format::NegMas);
//! assert_eq!(written.files[1].0, "buyer.yml");
//! ```

mod align;
mod assemble;
mod casefile;
mod choose;
mod conflict;
mod content;
mod detect;
mod few;
mod genius;
mod geniusweb;
mod gmcr;
mod graph_csv;
mod json;
mod lost;
mod negmas;
mod negolog;
mod number;
mod order;
mod points;
mod split;
mod tree;
mod writing;
mod yaml;

#[cfg(test)]
mod tests;

pub use conflict::{LoadedConflict, Read, read_conflict, write_gmcr, write_graph};
pub use content::Format;

use crate::game::Scenario;
use crate::text::{Diagnostics, SourceMap};
use std::collections::HashSet;

/// A file is at most this large, in bytes; all files of a scenario together four times that.
pub const LARGEST_FILE: usize = 128 << 20;
/// A scenario has at most this many parties.
pub const MOST_PARTIES: usize = 64;

/// A file to read.
#[derive(Debug, Clone)]
pub struct Input {
    /// Its name as the user knows it; without its folders and ending it names a profile that has no name.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What reading gave.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// The scenario; `None` when an error stopped it.
    pub scenario: Option<Scenario>,
    /// The format of the first file with preferences.
    pub format: Option<Format>,
    /// The names of all profiles that there were to choose from, in the order used without a choice.
    pub profiles: Vec<String>,
    /// Everything found, sorted by place.
    pub diagnostics: Diagnostics,
    /// The files that the diagnostics point into.
    pub files: SourceMap,
}

/// What writing gave.
#[derive(Debug, Clone, Default)]
pub struct Written {
    /// Names and texts; empty when the format cannot hold the preferences (`lost` has the errors that say why).
    pub files: Vec<(String, String)>,
    /// What the format cannot hold.
    pub lost: Diagnostics,
}

/// Reads the files of one scenario, each in the format that its content shows: a domain and profiles, or
/// profiles alone, or one case.
///
/// All profiles are used, in the order of their names (`prof2` before `prof10`), unless `parties` names
/// profiles, by their own name or by that of their file without its ending, in the order wanted. Numbers are
/// taken as written, exactly. Errors keep the scenario from being made; each says where and why.
#[must_use]
pub fn read(inputs: &[Input], parties: Option<&[String]>) -> Loaded {
    assemble::read(inputs, parties)
}

/// Writes a scenario in a format: files that [`read`] reads into the same preferences.
///
/// What the format has no place for is left out or put into another form, and said; where that would change
/// the preferences, nothing is written.
#[must_use]
pub fn write(scenario: &Scenario, format: Format) -> Written {
    let mut lost = Diagnostics::default();
    let files = match format {
        Format::Genius => genius::write(scenario, &mut lost),
        Format::GeniusWeb => geniusweb::write(scenario, &mut lost),
        Format::NegMas => negmas::write(scenario, &mut lost),
        Format::NegoLog => negolog::write(scenario, &mut lost),
        Format::Case => casefile::write(scenario, &mut lost),
    };
    Written { files: if lost.has_errors() { Vec::new() } else { files }, lost }
}

/// A name as part of the name of a file.
pub(crate) fn stem(name: &str) -> String {
    let kept: String =
        name.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ') { c } else { '-' }).collect();
    let kept: String = kept.trim_matches(['.', ' ']).chars().take(80).collect();
    if kept.is_empty() { "unnamed".into() } else { kept }
}

/// The parties' names as names of files, no two alike even where case makes no difference.
pub(crate) fn stems(scenario: &Scenario) -> Vec<String> {
    let name = if scenario.name.is_empty() { "domain" } else { &scenario.name };
    let mut taken = HashSet::from([format!("{}-domain", stem(name)).to_lowercase()]);
    let mut stems = Vec::new();
    for party in &scenario.parties {
        let base = stem(&party.name);
        let mut found = base.clone();
        let mut n = 2;
        while !taken.insert(found.to_lowercase()) {
            found = format!("{base}-{n}");
            n += 1;
        }
        stems.push(found);
    }
    stems
}

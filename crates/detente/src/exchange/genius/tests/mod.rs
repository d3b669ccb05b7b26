//! Small files for every feature and quirk; hostile ones; broken ones; and the real ones.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod data;
mod hostile;
mod meaning;
mod mutations;
mod quirks;
mod round;

use super::{read, write};
use crate::exchange::content::{Content, Sheet};
use crate::game::{Exact, Outcome, Profile, Scenario, Space, decimal};
use crate::text::{Code, Diagnostics, FileId, Severity};
use num_bigint::BigInt;

/// Reads a text as a file of the name `some/file.xml`.
fn take(text: &str) -> (Option<Content>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let content = read("some/file.xml", FileId(3), text, &mut diagnostics);
    assert_eq!(content.is_none(), diagnostics.has_errors(), "{diagnostics:?}");
    for diagnostic in &diagnostics {
        for label in &diagnostic.labels {
            assert!(label.span.file == FileId(3) && text.get(label.span.range()).is_some(), "{diagnostic:?}");
        }
        assert!(!diagnostic.labels.is_empty());
    }
    (content, diagnostics)
}

/// The profile of a text, with the codes of what was found.
fn sheet(text: &str) -> (Sheet, Vec<Code>) {
    let (content, diagnostics) = take(text);
    match content {
        Some(Content::Profile(sheet)) => (*sheet, codes(&diagnostics)),
        other => panic!("{other:?} {diagnostics:?}"),
    }
}

/// The space of a text that is a domain, with the codes of what was found.
fn domain(text: &str) -> (String, Space, Vec<Code>) {
    let (content, diagnostics) = take(text);
    match content {
        Some(Content::Domain { name, space }) => (name, space, codes(&diagnostics)),
        other => panic!("{other:?} {diagnostics:?}"),
    }
}

/// Why a text is refused: the codes of its errors.
fn refused(text: &str) -> Vec<Code> {
    let (content, diagnostics) = take(text);
    assert!(content.is_none(), "{content:?}");
    diagnostics.iter().filter(|d| d.severity == Severity::Error).map(|d| d.code).collect()
}

fn codes(diagnostics: &Diagnostics) -> Vec<Code> {
    diagnostics.iter().map(|d| d.code).collect()
}

/// The exact utility of an outcome.
fn worth(sheet: &Sheet, digits: &[u16]) -> Exact {
    let utility = sheet.draft.settle("p").utility;
    of(&utility, &Outcome::new(digits))
}

fn of(utility: &crate::game::Utility, outcome: &Outcome) -> Exact {
    Exact::new(BigInt::from(utility.of(outcome)), BigInt::from(utility.unit))
}

fn number(text: &str) -> Exact {
    decimal(text).unwrap()
}

fn ratio(above: i64, below: i64) -> Exact {
    Exact::new(BigInt::from(above), BigInt::from(below))
}

/// A party from a sheet.
fn party(sheet: &Sheet) -> Profile {
    Profile { discount: sheet.discount, ..sheet.draft.settle(&sheet.name) }
}

/// A scenario of sheets over the same space.
fn scenario(sheets: &[Sheet]) -> Scenario {
    Scenario::new("a scenario", sheets[0].space.clone(), sheets.iter().map(party).collect())
}

/// Writes a scenario and reads the profiles again.
fn there_and_back(scenario: &Scenario) -> (Vec<Sheet>, Vec<String>) {
    let mut lost = Diagnostics::default();
    let files = write(scenario, &mut lost);
    assert_eq!(files.len(), scenario.parties.len() + 1);
    let (_, space, found) = domain(&files[0].1);
    let harmless = |codes: &[Code]| codes.iter().all(|c| *c == Code::ExchangeWeights);
    assert!(harmless(&found), "{found:?}\n{}", files[0].1);
    let sheets = files[1..].iter().map(|(_, text)| {
        let (sheet, found) = sheet(text);
        assert!(harmless(&found), "{found:?}\n{text}");
        assert_eq!(sheet.space, space);
        assert!(sheet.silent.is_empty());
        sheet
    });
    (sheets.collect(), lost.iter().map(|d| d.message.clone()).collect())
}

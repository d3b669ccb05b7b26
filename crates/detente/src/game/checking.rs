//! The findings about a case that only its game can show: contradictions, rules that are too large.

use super::Belief;
use crate::case::Reading;
use crate::text::Diagnostics;

/// Adds to a reading what building its game finds. A case without issues has no game, and that is
/// no fault: it may be about the order of steps or the process only.
///
/// ```
/// use detente::case::{ReadOptions, read};
/// let case = b"title = \"x\"\n[issues.a]\nvalues = [\"b\", \"c\"]\nstatus_quo = \"b\"";
/// let reading = detente::game::check(read("case.toml", &|_| Ok(case.to_vec()), ReadOptions::default()));
/// assert!(reading.diagnostics.has_errors()); // nobody to agree
/// ```
#[must_use]
pub fn check(mut reading: Reading) -> Reading {
    if let Some(case) = &reading.case
        && !case.document.issues.is_empty()
        && !reading.diagnostics.has_errors()
    {
        let mut found = Diagnostics::default();
        let _ = Belief::of(case, &mut found);
        // What is wrong with the case as a whole is shown at its first line.
        let placed =
            found.into_iter().map(|d| if d.span().is_none() { d.at(case.document.at, "this case") } else { d });
        reading.diagnostics.extend(placed);
        reading.diagnostics.sort();
    }
    reading
}

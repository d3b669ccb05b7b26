//! The findings about a case that only its game can show: contradictions, rules that are too large.

use super::Belief;
use crate::case::Reading;

/// Adds to a reading what building its game finds. A case without issues has no game, and that is
/// no fault: it may be about the order of steps or the process only.
#[must_use]
pub fn check(mut reading: Reading) -> Reading {
    if let Some(case) = &reading.case
        && !case.document.issues.is_empty()
        && !reading.diagnostics.has_errors()
    {
        let _ = Belief::of(case, &mut reading.diagnostics);
        reading.diagnostics.sort();
    }
    reading
}

//! A bounded number of findings of a file that may have millions.

use crate::text::{Diagnostic, Diagnostics, Severity};

/// So many findings of each severity are said one by one.
const MOST: usize = 40;

/// Findings of a file: the first of each severity, and how many more there are.
#[derive(Debug, Default)]
pub(crate) struct Few {
    found: Vec<Diagnostic>,
    counts: [usize; 3],
}

impl Few {
    /// Adds one.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        let slot = match diagnostic.severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Note => 2,
        };
        if let Some(count) = self.counts.get_mut(slot) {
            *count += 1;
            if *count <= MOST {
                self.found.push(diagnostic);
            }
        }
    }

    /// Whether another one of a severity would be said: hints that take long to find are for those.
    pub(crate) fn says(&self, severity: Severity) -> bool {
        let slot = match severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Note => 2,
        };
        self.counts.get(slot).is_some_and(|n| *n < MOST)
    }

    /// Whether any is an error.
    pub(crate) fn has_errors(&self) -> bool {
        self.counts.first().is_some_and(|n| *n > 0)
    }

    /// Hands them over. What was left out is counted at the last one of its severity.
    pub(crate) fn into(mut self, diagnostics: &mut Diagnostics) {
        for (severity, count) in [Severity::Error, Severity::Warning, Severity::Note].into_iter().zip(self.counts) {
            if let Some(last) = self.found.iter_mut().rev().find(|d| d.severity == severity && count > MOST) {
                last.notes.push(format!("and {} more like this or other", count - MOST));
            }
        }
        diagnostics.extend(self.found);
    }
}

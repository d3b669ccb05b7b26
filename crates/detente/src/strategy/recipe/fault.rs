//! What is wrong with the text of a recipe.

use std::ops::Range;

/// One thing that is wrong with the text of a recipe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where in the text, in bytes.
    pub at: Range<usize>,
    /// What, in a sentence.
    pub message: String,
    /// What may have been meant.
    pub hint: Option<String>,
}

/// All that was found wrong, in the order of the text; at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Fault {
    /// A fault without a hint.
    pub(super) fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        Fault { at, message: message.into(), hint: None }
    }

    /// The same with a hint.
    pub(super) fn hint(self, hint: Option<String>) -> Self {
        Fault { hint, ..self }
    }
}

impl Faults {
    /// All of them in the order of the text.
    pub(super) fn of(mut faults: Vec<Fault>) -> Self {
        faults.sort_by_key(|fault| (fault.at.start, fault.at.end));
        Faults(faults)
    }
}

impl std::ops::Deref for Faults {
    type Target = [Fault];

    fn deref(&self) -> &[Fault] {
        &self.0
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "at {}: {}", self.at.start, self.message)?;
        self.hint.as_ref().map_or(Ok(()), |hint| write!(f, " ({hint})"))
    }
}

impl std::fmt::Display for Faults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, fault) in self.0.iter().enumerate() {
            write!(f, "{}{fault}", if at == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl std::error::Error for Fault {}

impl std::error::Error for Faults {}

//! What a seat's step from one offer of its own to the next does to both sides.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The class of a step, from one offer of a seat to its next (Hindriks, Jonker and Tykhonov 2007, *Analysis of
/// Negotiation Dynamics*): by what it changes for the seat itself and for another. Every step is in just one class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StepClass {
    /// Better for both.
    Fortunate,
    /// Better for itself, not better for the other.
    Selfish,
    /// Worse for itself, not worse for the other.
    Concession,
    /// Worse for the other, not better for itself.
    Unfortunate,
    /// Better for the other at no cost to itself.
    Nice,
    /// The same for both.
    Silent,
}

impl StepClass {
    /// All classes, in the order in which they are listed.
    pub const ALL: [StepClass; 6] = [
        StepClass::Fortunate,
        StepClass::Selfish,
        StepClass::Concession,
        StepClass::Unfortunate,
        StepClass::Nice,
        StepClass::Silent,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            StepClass::Fortunate => "fortunate",
            StepClass::Selfish => "selfish",
            StepClass::Concession => "concession",
            StepClass::Unfortunate => "unfortunate",
            StepClass::Nice => "nice",
            StepClass::Silent => "silent",
        }
    }
}

/// The class of a step, from what two offers of a seat in a row are worth to itself and to another. Utilities of one
/// party are in the same unit before and after; the two parties need not share a unit. Comparisons are exact.
///
/// ```
/// use detente::talks::{StepClass, classify};
/// // It gives up 2, and the other gains 1.
/// assert_eq!(classify(10, 8, 3, 4), StepClass::Concession);
/// ```
#[must_use]
pub fn classify(own_before: i128, own_after: i128, other_before: i128, other_after: i128) -> StepClass {
    use std::cmp::Ordering::{Equal, Greater, Less};
    match (own_after.cmp(&own_before), other_after.cmp(&other_before)) {
        (Greater, Greater) => StepClass::Fortunate,
        (Greater, _) => StepClass::Selfish,
        (_, Less) => StepClass::Unfortunate,
        (Less, _) => StepClass::Concession,
        (Equal, Greater) => StepClass::Nice,
        (Equal, _) => StepClass::Silent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nine_signs_are_in_the_six_classes() {
        let class = |own: i128, other: i128| classify(0, own, 0, other).name();
        let found: Vec<Vec<&str>> = [1, 0, -1].map(|own| [1, 0, -1].map(|other| class(own, other)).to_vec()).to_vec();
        assert_eq!(
            found,
            [
                ["fortunate", "selfish", "selfish"],
                ["nice", "silent", "unfortunate"],
                ["concession", "concession", "unfortunate"]
            ]
        );
    }
}

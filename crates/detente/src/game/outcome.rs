//! One outcome of a negotiation.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// One value for every issue, as a digit per issue. Spaces reach 10^100, so it is never one number.
///
/// Up to twelve digits are held in place: talks hand outcomes on by the million, and a copy of these is a move of 32 bytes.
#[derive(Clone)]
pub struct Outcome(Digits);

/// Digits past the length are zero.
#[derive(Clone)]
enum Digits {
    Near(u8, Place),
    Far(Box<[u16]>),
}

/// Digits in place, where words begin, so that they are copied in words.
#[derive(Clone, Copy)]
#[repr(align(8))]
struct Place([u16; NEAR]);

const NEAR: usize = 12;

impl Outcome {
    /// An outcome from its digits, one per issue in order.
    #[must_use]
    pub fn new(digits: impl AsRef<[u16]>) -> Self {
        let digits = digits.as_ref();
        let mut near = [0; NEAR];
        match (near.get_mut(..digits.len()), u8::try_from(digits.len())) {
            (Some(place), Ok(len)) => {
                for (place, digit) in place.iter_mut().zip(digits) {
                    *place = *digit;
                }
                Outcome(Digits::Near(len, Place(near)))
            }
            _ => Outcome(Digits::Far(digits.into())),
        }
    }

    /// The digits, one per issue in order.
    #[must_use]
    pub fn digits(&self) -> &[u16] {
        match &self.0 {
            Digits::Near(len, Place(near)) => near.get(..usize::from(*len)).unwrap_or_default(),
            Digits::Far(far) => far,
        }
    }

    /// The digit of one issue; 0 for an issue that is not there.
    #[must_use]
    pub fn digit(&self, issue: usize) -> u16 {
        self.digits().get(issue).copied().unwrap_or(0)
    }

    /// The same with another value on one issue.
    #[must_use]
    pub fn with(&self, issue: usize, digit: u16) -> Self {
        let mut other = self.clone();
        let digits = match &mut other.0 {
            Digits::Near(len, Place(near)) => near.get_mut(..usize::from(*len)).unwrap_or_default(),
            Digits::Far(far) => far,
        };
        if let Some(place) = digits.get_mut(issue) {
            *place = digit;
        }
        other
    }
}

impl std::fmt::Debug for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Outcome").field(&self.digits()).finish()
    }
}

impl PartialEq for Outcome {
    fn eq(&self, other: &Self) -> bool {
        self.digits() == other.digits()
    }
}

impl Eq for Outcome {}

impl PartialOrd for Outcome {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Outcome {
    fn cmp(&self, other: &Self) -> Ordering {
        self.digits().cmp(other.digits())
    }
}

impl Hash for Outcome {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digits().hash(state);
    }
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.digits().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Outcome {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Outcome::new)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use std::collections::BTreeSet;

    /// Short and long ones are lists of digits: they compare, hash, change and are written as those do.
    #[test]
    fn an_outcome_is_its_digits() {
        let lists: Vec<Vec<u16>> = [0usize, 1, 3, 11, 12, 13, 40]
            .into_iter()
            .flat_map(|n| (0..3u16).map(move |k| (0..n).map(|i| k + u16::try_from(i % 7).unwrap()).collect()))
            .collect();
        let outcomes: Vec<Outcome> = lists.iter().map(Outcome::new).collect();
        for (a, of_a) in outcomes.iter().zip(&lists) {
            assert_eq!(a.digits(), of_a);
            assert_eq!(serde_json::to_string(a).unwrap(), serde_json::to_string(of_a).unwrap());
            assert_eq!(serde_json::from_str::<Outcome>(&serde_json::to_string(a).unwrap()).unwrap(), *a);
            assert_eq!(a.digit(of_a.len()), 0);
            for (b, of_b) in outcomes.iter().zip(&lists) {
                assert_eq!(a.cmp(b), of_a.cmp(of_b));
                assert_eq!(a == b, of_a == of_b);
            }
            let changed = a.with(2, 9);
            assert!(of_a.len() <= 2 || changed.digit(2) == 9);
            assert_eq!(changed.with(2, a.digit(2)), *a);
            assert_eq!(a.with(100, 9), *a);
        }
        assert_eq!(outcomes.iter().collect::<BTreeSet<_>>().len(), lists.iter().collect::<BTreeSet<_>>().len());
    }
}

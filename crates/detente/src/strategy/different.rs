//! Different offers, counted.

use crate::game::Outcome;
use crate::talks::Menu;
use smallvec::SmallVec;
use std::collections::HashSet;

/// Offers that have been made, each counted once.
#[derive(Debug, Clone, Default)]
pub(super) struct Different {
    /// A bit for each key.
    seen: SmallVec<[u64; 16]>,
    /// Those without a key; only looked up.
    others: HashSet<Outcome>,
    count: usize,
}

impl Different {
    /// How many.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Counts an offer by a key of its own; a set takes keys of one kind.
    pub(super) fn note(&mut self, key: u32) {
        let (word, bit) = (key as usize / 64, 1u64 << (key % 64));
        if self.seen.len() <= word {
            self.seen.resize(word + 1, 0);
        }
        if let Some(word) = self.seen.get_mut(word) {
            self.count += usize::from(*word & bit == 0);
            *word |= bit;
        }
    }

    /// Counts an offer; `menu`: one of the same space, always the same.
    pub(super) fn note_outcome(&mut self, menu: &Menu, outcome: &Outcome) {
        if let Some(number) = menu.number_of(outcome) {
            self.note(number);
        } else if !self.others.contains(outcome) {
            self.others.insert(outcome.clone());
            self.count += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::game::{Formula, Issue, Profile, Scenario, Space, Stream, Utility};
    use crate::talks::Seat;

    /// With numbers or without, the count is that of a set.
    #[test]
    fn each_offer_counts_once() {
        let space = Space { issues: vec![Issue::named("a", &["x", "y", "z"]), Issue::named("b", &["u", "v"])] };
        let utility = Utility { unit: 9, worth: vec![vec![0, 1, 3], vec![0, 5]], ..Utility::default() };
        let capped = Utility { cap: Some(7), ..utility.clone() };
        for utility in [utility, capped] {
            let scenario = Scenario::new("s", space.clone(), vec![Profile::new("p", utility)]);
            let seat = Seat::of(&scenario, 0, Vec::<Formula>::new()).unwrap();
            let (mut different, mut known, mut stream) = (Different::default(), HashSet::new(), Stream::new(1, 0, 0));
            for _ in 0..20 {
                let digit = |n: u64, stream: &mut Stream| u16::try_from(stream.below(n)).unwrap();
                let outcome = Outcome::new([digit(3, &mut stream), digit(2, &mut stream)]);
                different.note_outcome(seat.menu(), &outcome);
                known.insert(outcome);
                assert_eq!(different.count(), known.len());
            }
        }
    }
}

//! Which numbers of steps can be made at all: one bit each.
//!
//! Subset sums by shifting words of bits. A sixty-fourth or less of the memory of counts, so finer utilities fit.

use super::columns::{Columns, Lexicographic};
use super::{Hit, Searched};
use crate::game::Outcome;
use std::sync::Arc;

/// One set of bits per issue and one more: whether the issues from this one on can make so many steps.
pub(super) struct Reach {
    columns: Arc<Columns>,
    levels: Vec<Vec<u64>>,
}

/// The number of bits that [`Reach::of`] would take.
pub(super) fn bits(columns: &Columns) -> i128 {
    columns.reach.iter().fold(0i128, |sum, reach| sum.saturating_add(*reach).saturating_add(64))
}

/// Adds the bits of `from`, moved up by `shift`.
fn add_shifted(into: &mut [u64], from: &[u64], shift: usize) {
    let (words, bits) = (shift / 64, shift % 64);
    let Some(into) = into.get_mut(words..) else { return };
    if bits == 0 {
        into.iter_mut().zip(from).for_each(|(to, word)| *to |= word);
        return;
    }
    into.iter_mut().zip(from).for_each(|(to, word)| *to |= word << bits);
    into.iter_mut().skip(1).zip(from).for_each(|(to, word)| *to |= word >> (64 - bits));
}

impl Reach {
    /// The bits; [`bits`] was looked at before.
    pub(super) fn of(columns: Arc<Columns>) -> Self {
        let mut levels = vec![vec![1u64]];
        for (at, column) in columns.choices.iter().enumerate().rev() {
            let reach = usize::try_from(columns.reach.get(at).copied().unwrap_or(0)).unwrap_or(0);
            let mut level = vec![0u64; reach / 64 + 1];
            let rest = levels.last().map_or(&[][..], Vec::as_slice);
            let mut shifts: Vec<usize> = column.iter().filter_map(|c| usize::try_from(c.steps).ok()).collect();
            shifts.sort_unstable();
            shifts.dedup();
            shifts.iter().for_each(|shift| add_shifted(&mut level, rest, *shift));
            levels.push(level);
        }
        levels.reverse();
        Reach { columns, levels }
    }

    fn makes(&self, level: usize, steps: i128) -> bool {
        let Ok(steps) = usize::try_from(steps) else { return false };
        let word = self.levels.get(level).and_then(|l| l.get(steps / 64)).copied().unwrap_or(0);
        word >> (steps % 64) & 1 == 1
    }

    /// The fewest steps from here on that some outcome makes.
    fn up(&self, steps: i128) -> Option<i128> {
        let steps = usize::try_from(steps.max(0)).ok()?;
        let words = self.levels.first()?.get(steps / 64..)?;
        let mut mask = u64::MAX << (steps % 64);
        for (at, word) in words.iter().enumerate() {
            let word = word & mask;
            mask = u64::MAX;
            if word != 0 {
                return i128::try_from((steps / 64 + at) * 64 + word.trailing_zeros() as usize).ok();
            }
        }
        None
    }

    /// The most steps up to here that some outcome makes.
    fn down(&self, steps: i128) -> Option<i128> {
        let steps = usize::try_from(steps.min(self.columns.most())).ok()?;
        let words = self.levels.first()?.get(..=steps / 64)?;
        let mut mask = u64::MAX >> (63 - steps % 64);
        for (at, word) in words.iter().enumerate().rev() {
            let word = word & mask;
            mask = u64::MAX;
            if word != 0 {
                return i128::try_from(at * 64 + 63 - word.leading_zeros() as usize).ok();
            }
        }
        None
    }

    fn hit(&self, steps: i128) -> Option<Hit> {
        let outcome = Lexicographic::default().next(&self.columns, |level, sum| self.makes(level, steps - sum))?;
        Some(Hit { steps, outcome, gap: 0 })
    }
}

impl Searched for Reach {
    fn at_least(&self, steps: i128) -> Option<Hit> {
        self.hit(self.up(steps)?)
    }

    fn at_most(&self, steps: i128) -> Option<Hit> {
        self.hit(self.down(steps)?)
    }

    fn band(&self, low: i128, high: i128, most: usize) -> Option<Vec<(i128, Outcome)>> {
        let mut found = Vec::new();
        let mut now = self.down(high);
        while let Some(steps) = now.filter(|s| *s >= low) {
            let mut same = Lexicographic::default();
            while let Some(outcome) = same.next(&self.columns, |level, sum| self.makes(level, steps - sum)) {
                if found.len() >= most {
                    return None;
                }
                found.push((steps, outcome));
            }
            now = self.down(steps - 1);
        }
        Some(found)
    }

    fn count(&self, _low: i128, _high: i128) -> Option<u128> {
        None
    }
}

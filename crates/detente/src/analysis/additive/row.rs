//! What the engines merge: a vector of sums with the value that was added last, and to what.

use crate::analysis::number::Whole;

/// Sums of the columns, with the position of the value that the last issue added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row<T, const N: usize> {
    pub(super) point: [T; N],
    pub(super) choice: u16,
    /// The position of what it was added to.
    pub(super) origin: u32,
}

impl<T: Whole, const N: usize> Row<T, N> {
    /// Less than every row, even with a value added.
    pub(super) const LEAST: Self = Row { point: [T::LEAST; N], choice: 0, origin: 0 };
}

/// The sum, coordinate by coordinate.
#[inline(always)]
pub(super) fn plus<T: Whole, const N: usize>(a: &[T; N], b: &[T; N]) -> [T; N] {
    let mut sum = *a;
    sum.iter_mut().zip(b).for_each(|(s, b)| *s += *b);
    sum
}

/// Whether the first is as much or more in every coordinate.
#[inline(always)]
pub(super) fn covers<T: Whole, const N: usize>(a: &[T; N], b: &[T; N]) -> bool {
    a.iter().zip(b).all(|(a, b)| a >= b)
}

/// How much work is left, in steps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget(pub(super) u64);

impl Budget {
    /// Takes steps about to be made; `None`, and nothing taken, when so many are not left.
    pub(super) fn need(&mut self, steps: u64) -> Option<()> {
        self.0 = self.0.checked_sub(steps)?;
        Some(())
    }

    /// Takes steps that were made; `None` when so many were not left.
    pub(super) fn take(&mut self, steps: u64) -> Option<()> {
        let left = self.0.checked_sub(steps);
        self.0 = left.unwrap_or(0);
        left.map(|_| ())
    }
}

/// A length as a number of steps.
pub(super) fn steps(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

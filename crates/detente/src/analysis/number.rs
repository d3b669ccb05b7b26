//! The whole numbers that engines compute with: 64 bits where sums fit, else 128.

use std::fmt::Debug;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// A whole number of 64 or 128 bits.
pub(crate) trait Whole:
    Copy
    + Ord
    + Default
    + Debug
    + Send
    + Sync
    + Add<Output = Self>
    + Sub<Output = Self>
    + AddAssign
    + SubAssign
    + Neg<Output = Self>
    + 'static
{
    /// Less than every sum.
    const LEAST: Self;
    /// More than every sum.
    const MOST: Self;
    /// From 128 bits; cut to the range of the type, which engines rule out beforehand.
    fn from_wide(wide: i128) -> Self;
    /// To 128 bits.
    fn wide(self) -> i128;
}

impl Whole for i64 {
    const LEAST: Self = i64::MIN / 2;
    const MOST: Self = i64::MAX / 2;

    fn from_wide(wide: i128) -> Self {
        i64::try_from(wide).unwrap_or(if wide < 0 { Self::LEAST } else { Self::MOST })
    }

    fn wide(self) -> i128 {
        i128::from(self)
    }
}

impl Whole for i128 {
    const LEAST: Self = i128::MIN / 2;
    const MOST: Self = i128::MAX / 2;

    fn from_wide(wide: i128) -> Self {
        wide
    }

    fn wide(self) -> i128 {
        self
    }
}

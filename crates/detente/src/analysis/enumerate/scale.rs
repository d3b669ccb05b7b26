//! From the exact utilities of a party to the 32-bit numbers that the filter compares.

use crate::game::{Part, Profile, Space, Utility};
use num_integer::Integer;

/// Sums on the coarse scale stay below 2 to this power, so that sums and differences of two fit in 32 bits.
const COARSE_BITS: u32 = 27;
/// Utilities whose parts add up to more than 2 to this power are not computed with.
const MOST_BITS: u32 = 124;
/// A coarse utility that stands for "no outcome has more".
pub(super) const UNBEATEN: i32 = 1 << 29;

/// How the utilities of one party become coarse numbers.
///
/// Utilities are counted from the least sum, in units of the greatest common divisor of all differences
/// (`grain`), and where that is still more than 27 bits, the lowest bits are rounded off. Sums are rounded up
/// and points of the frontier down, so that what looks dominated is dominated. With `shift` 0 nothing is lost.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    /// The least value of each issue, parts and constant added up: coarse 0.
    low: i128,
    /// Where every sum starts, in grains.
    pub(super) start: i128,
    grain: i128,
    /// Bits rounded off.
    pub(super) shift: u32,
    cap: Option<i128>,
    /// Whether blocks hold sums before the cap, so that a point at the cap has to stand above all of them.
    pub(super) before_cap: bool,
    /// Worth of each value above the least of its issue, in grains: issue, then digit.
    pub(super) worth: Vec<Vec<i128>>,
}

impl Scale {
    /// The scale of a party; `None` when its numbers are too large to add.
    pub(super) fn of(profile: &Profile, space: &Space) -> Option<Self> {
        let utility = &profile.utility;
        let digit = |issue: usize, d: usize| utility.worth.get(issue).and_then(|v| v.get(d)).copied().unwrap_or(0);
        let mut worth: Vec<Vec<i128>> =
            space.sizes().enumerate().map(|(i, size)| (0..size).map(|d| digit(i, d)).collect()).collect();
        let largest = |values: &Vec<i128>| values.iter().map(|w| w.unsigned_abs()).max().unwrap_or(0);
        let ends = [utility.cap.unwrap_or(0), profile.reservation.unwrap_or(0)];
        let parts = utility.parts.iter().map(|p| p.range().0.unsigned_abs().max(p.range().1.unsigned_abs()));
        let numbers = worth.iter().map(largest).chain(parts).chain([utility.constant.unsigned_abs()]);
        let total = numbers.chain(ends.map(i128::unsigned_abs)).fold(0u128, u128::saturating_add);
        if total >= 1 << MOST_BITS {
            return None;
        }
        let least: Vec<i128> = worth.iter().map(|v| v.iter().copied().min().unwrap_or(0)).collect();
        let below = |part: &Part| part.range().0.min(0);
        let sums = utility.constant + least.iter().sum::<i128>() + utility.parts.iter().map(below).sum::<i128>();
        let zeros = !utility.zero_unless.is_empty();
        // What is cut at a cap, or is 0 for a condition that fails, lies on the scale as well.
        let mut low = if zeros { sums.min(0) } else { sums };
        low = utility.cap.map_or(low, |cap| low.min(cap));
        let mut grain = sums - low;
        let mut span = sums - low;
        for (values, least) in worth.iter_mut().zip(&least) {
            for w in values.iter_mut() {
                *w -= least;
                grain = grain.gcd(w);
            }
            span += values.iter().copied().max().unwrap_or(0);
        }
        for part in &utility.parts {
            let least = below(part);
            grain = entries(part).fold(grain, |grain, w| grain.gcd(&(w - least)));
            span += part.range().1.max(0) - least;
        }
        if zeros {
            grain = grain.gcd(&low);
        }
        if let Some(cap) = utility.cap {
            grain = grain.gcd(&(cap - low));
        }
        if zeros {
            span = span.max(-low);
        }
        let grain = grain.max(1);
        worth.iter_mut().flatten().for_each(|w| *w /= grain);
        let bits = 128 - (span / grain).leading_zeros();
        let shift = bits.saturating_sub(COARSE_BITS);
        Some(Scale { low, start: (sums - low) / grain, grain, shift, cap: utility.cap, before_cap: true, worth })
    }

    /// What a part counts above the least it can count, in grains.
    pub(super) fn part(&self, part: &Part, value: i128) -> i128 {
        (value - part.range().0.min(0)) / self.grain
    }

    /// What a utility of 0, for a condition that fails, is in grains.
    pub(super) fn zero(&self) -> i128 {
        -self.low / self.grain
    }

    /// What the cap is in grains.
    pub(super) fn cap(&self) -> Option<i128> {
        self.cap.map(|cap| (cap - self.low) / self.grain)
    }

    /// A sum in grains, rounded up.
    pub(super) fn up(&self, grains: i128) -> i32 {
        let up = if self.shift == 0 { grains } else { -((-grains) >> self.shift) };
        up.clamp(i128::from(-UNBEATEN), i128::from(UNBEATEN)) as i32
    }

    /// The exact utility of an outcome, rounded down; [`UNBEATEN`] when it is at a cap that is not in the blocks.
    pub(super) fn down(&self, utility: i128) -> i32 {
        if self.before_cap && self.cap.is_some_and(|cap| utility >= cap && cap >= 0) {
            return UNBEATEN;
        }
        let floor = (utility - self.low).div_euclid(self.grain) >> self.shift;
        floor.clamp(i128::from(-UNBEATEN), i128::from(UNBEATEN)) as i32
    }

    /// A threshold, rounded up: what a coarse sum has at least when the exact one reaches the threshold.
    pub(super) fn threshold(&self, utility: i128) -> i32 {
        self.up(
            (utility - self.low).div_euclid(self.grain) + i128::from((utility - self.low).rem_euclid(self.grain) > 0)
        )
    }

    /// A mean of coarse sums as a utility.
    #[expect(clippy::cast_precision_loss, reason = "for showing, not for comparing")]
    pub(super) fn real(&self, utility: &Utility, coarse: f64) -> f64 {
        let unit = utility.unit.max(1) as f64;
        self.low as f64 / unit + coarse * (1i128 << self.shift) as f64 * (self.grain as f64 / unit)
    }

    /// The least utility that [`Scale::down`] does not put below a coarse number.
    pub(super) fn reaching(&self, coarse: i32) -> i128 {
        let exact = self.low.saturating_add((i128::from(coarse) << self.shift).saturating_mul(self.grain));
        self.cap.filter(|cap| self.before_cap && *cap >= 0).map_or(exact, |cap| exact.min(cap))
    }
}

/// What a part can count.
fn entries(part: &Part) -> impl Iterator<Item = i128> + '_ {
    let (one, many): (Option<i128>, &[i128]) = match part {
        Part::When(_, worth) => (Some(*worth), &[]),
        Part::Table { worth, .. } => (None, worth),
    };
    one.into_iter().chain([0]).chain(many.iter().copied())
}

//! Outcomes in no order: what each falls short of the best, looked through for every question.

use super::quick::Quick;
use super::scan;
use super::size::Size;

/// Stands for what an outcome falls short of the best where it may not be proposed.
const OUT: u32 = u32::MAX;
/// What outcomes fall short of the best is rounded down to so many bits, so that bounds stay below [`OUT`].
const BITS: u32 = 31;
/// Combinations of values of the last issues, at most.
const MOST_BEHIND: u32 = 1 << 15;

/// What every outcome falls short of the best.
#[derive(Debug)]
pub(super) struct Unordered {
    /// What each combination of values of the first issues falls short of the best, the last of them fastest.
    first: Vec<u64>,
    /// The same for the other issues.
    others: Vec<u64>,
    /// To tell the two apart in a number.
    apart: Size,
    /// By number: what the outcome falls short of `high`, without its last `shift` bits.
    short: Vec<u32>,
    shift: u32,
    /// The greatest sum, whether that outcome may be proposed or not.
    high: i64,
}

impl Unordered {
    /// All outcomes of a sum that lies between `low` and `high`.
    pub(super) fn of(quick: &Quick, sizes: &[Size], (high, low): (i64, i64)) -> Self {
        let count: u32 = sizes.iter().map(|size| size.size).product();
        let shift = (u64::BITS - high.abs_diff(low).leading_zeros()).saturating_sub(BITS);
        let (mut split, mut behind, mut apart) = (sizes.len(), 1u32, Size::ONE);
        for Size { size, .. } in sizes.iter().skip(1).rev() {
            let Some(more) = Size::of((behind * size) as usize).filter(|more| more.size <= MOST_BEHIND) else { break };
            (behind, apart) = (more.size, more);
            split -= 1;
        }
        let part = |from: usize, to: usize| quick.issues().skip(from).take(to - from).map(shortfalls);
        let first = combined(part(0, split), count / behind);
        let others = combined(part(split, sizes.len()), behind);
        let mut short = vec![0; count as usize];
        pulp::Arch::new().dispatch(
            #[inline(always)]
            || crossed(&first, &others, shift, &mut short),
        );
        Unordered { first, others, apart, short, shift, high }
    }

    /// Takes outcomes out that may not be proposed.
    pub(super) fn retain(&mut self, permits: impl Fn(u32) -> bool) {
        for (number, short) in (0..).zip(&mut self.short) {
            if !permits(number) {
                *short = OUT;
            }
        }
    }

    /// The utility of the outcome of a number, whether it may be proposed or not.
    pub(super) fn utility(&self, number: u32) -> i64 {
        self.high.wrapping_sub_unsigned(self.short_of(number))
    }

    /// What the outcome of a number falls short of the best.
    fn short_of(&self, number: u32) -> u64 {
        let first = self.apart.divides(number);
        let others = number - first * self.apart.size;
        let at = |list: &[u64], at: u32| list.get(at as usize).copied().unwrap_or(0);
        at(&self.first, first) + at(&self.others, others)
    }

    /// Those that may be proposed: what each falls short of the best, and its number.
    pub(super) fn all(&self) -> Vec<(u64, u32)> {
        let exact = self.first.iter().flat_map(|first| self.others.iter().map(move |others| first + others));
        let kept = (0u32..).zip(&self.short).zip(exact).filter(|((_, short), _)| **short != OUT);
        kept.map(|((number, _), exact)| (exact, number)).collect()
    }

    /// The cheapest outcome that is worth at least this much: its utility and number.
    pub(super) fn at_least(&self, utility: i128) -> Option<(i64, u32)> {
        let short = u64::try_from(i128::from(self.high).checked_sub(utility).unwrap_or(i128::MAX));
        let most = match short {
            Ok(short) => short,
            Err(_) if utility > i128::from(self.high) => return None,
            Err(_) => u64::MAX,
        };
        let bound = self.cut(most);
        let found = scan::greatest_to(&self.short, bound)?;
        let here = self.among(found, |short| short <= most, |a, b| a > b);
        // Bits are cut: what looks like the bound may be beyond it.
        here.or_else(|| self.among(scan::greatest_to(&self.short, found.checked_sub(1)?)?, |_| true, |a, b| a > b))
    }

    /// The best outcome that is worth at most this much: its utility and number.
    pub(super) fn at_most(&self, utility: i128) -> Option<(i64, u32)> {
        let least = u64::try_from(i128::from(self.high).saturating_sub(utility).max(0)).unwrap_or(u64::MAX);
        let bound = self.cut(least);
        if u64::from(bound) < least >> self.shift {
            return None;
        }
        let kept = |short: &u32| *short != OUT;
        let found = scan::least_from(&self.short, bound).filter(kept)?;
        let here = self.among(found, |short| short >= least, |a, b| a < b);
        let next = || scan::least_from(&self.short, found.checked_add(1)?).filter(kept);
        here.or_else(|| self.among(next()?, |_| true, |a, b| a < b))
    }

    /// What outcomes fall short of the best as it is put down.
    fn cut(&self, short: u64) -> u32 {
        u32::try_from(short >> self.shift).unwrap_or(OUT).min(OUT - 1)
    }

    /// Of the outcomes with this in the table, the first of those that go before all others.
    fn among(&self, found: u32, meets: impl Fn(u64) -> bool, before: impl Fn(u64, u64) -> bool) -> Option<(i64, u32)> {
        let mut best: Option<(u64, u32)> = None;
        scan::places(&self.short, found, |at| {
            let Ok(number) = u32::try_from(at) else { return false };
            let short = self.short_of(number);
            if meets(short) && best.is_none_or(|(best, _)| before(short, best)) {
                best = Some((short, number));
            }
            // Without bits cut all of them are worth the same, so that the first will do.
            self.shift > 0
        });
        best.map(|(short, code)| (self.high.wrapping_sub_unsigned(short), code))
    }
}

/// What each value of an issue falls short of the best.
fn shortfalls(issue: &[i64]) -> Vec<u64> {
    let top = issue.iter().copied().max().unwrap_or(0);
    issue.iter().map(|worth| top.abs_diff(*worth)).collect()
}

/// The sums of one number of each list, the last list fastest.
fn combined(lists: impl Iterator<Item = Vec<u64>>, count: u32) -> Vec<u64> {
    let mut sums = Vec::with_capacity(count as usize);
    sums.push(0);
    for list in lists {
        // Spread out from the end, so that nothing is overwritten before it is read.
        let before = sums.len();
        sums.resize(before * list.len(), 0);
        for at in (0..before).rev() {
            let head = sums.get(at).copied().unwrap_or(0);
            let start = at * list.len();
            for (place, more) in sums.iter_mut().skip(start).zip(&list) {
                *place = head + more;
            }
        }
    }
    sums
}

/// The sums of one number of each list, the second fastest, without the last bits.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "the shift is chosen so that what is left fits")]
fn crossed(first: &[u64], others: &[u64], shift: u32, into: &mut [u32]) {
    for (row, first) in into.chunks_exact_mut(others.len().max(1)).zip(first) {
        for (place, others) in row.iter_mut().zip(others) {
            *place = ((first + others) >> shift) as u32;
        }
    }
}

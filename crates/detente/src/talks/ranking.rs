//! Outcomes in the order of a utility that is a sum over single issues in machine words.
//!
//! Sessions of strategies that look at time alone touch few outcomes, so the list holds a number for each, not the outcome:
//! it is made a hundred times faster, and an outcome is spelled out when it is proposed.

use super::Choice;
use crate::game::Outcome;
use smallvec::SmallVec;

/// Outcomes, the best first; of equal utility in lexicographic order.
#[derive(Debug)]
pub(crate) struct Ranking {
    /// By rank.
    utilities: Vec<i64>,
    /// By rank: the number of the outcome, the digit of the last issue counting least.
    codes: Vec<u32>,
    /// By number: the utility. Those that are not permitted are there too.
    sums: Vec<i64>,
    sizes: SmallVec<[u32; 12]>,
}

impl Ranking {
    /// The ranking of a sum over issues; `None` where an issue has no values or the outcomes are not countable in 32 bits.
    /// `values`: the worth of each value, issue by issue.
    pub(super) fn of(constant: i64, values: &[&[i64]], permits: Option<&dyn Fn(&Outcome) -> bool>) -> Option<Self> {
        let sizes: SmallVec<[u32; 12]> = values.iter().map(|v| u32::try_from(v.len()).ok()).collect::<Option<_>>()?;
        let count = sizes.iter().try_fold(1u32, |n, size| n.checked_mul(*size))?;
        let sums = sums(constant, values, count as usize);
        let (high, low) = (sums.iter().copied().max()?, sums.iter().copied().min()?);
        let bits = u32::BITS - count.leading_zeros();
        let mut ranking = Ranking { utilities: Vec::new(), codes: Vec::new(), sums, sizes };
        let kept = |code: &u32| permits.is_none_or(|permits| permits(&ranking.outcome_of(*code)));
        let codes = (0..count).filter(kept);
        if high.abs_diff(low).leading_zeros() > bits {
            // What falls short of the best, and then the number, in one word: sorting words is quick.
            let word = |code: u32| {
                let short = ranking.sums.get(code as usize).map_or(0, |sum| high.abs_diff(*sum));
                (short << bits) | u64::from(code)
            };
            let mut words: Vec<u64> = codes.map(word).collect();
            words.sort_unstable();
            let mask = (1u64 << bits) - 1;
            ranking.utilities = words.iter().map(|word| high.wrapping_sub_unsigned(word >> bits)).collect();
            ranking.codes = words.iter().map(|word| u32::try_from(word & mask).unwrap_or(0)).collect();
        } else {
            let mut all: Vec<u32> = codes.collect();
            all.sort_by_key(|code| std::cmp::Reverse(ranking.sums.get(*code as usize).copied()));
            ranking.utilities = all.iter().filter_map(|code| ranking.sums.get(*code as usize).copied()).collect();
            ranking.codes = all;
        }
        Some(ranking)
    }

    pub(crate) fn utilities(&self) -> &[i64] {
        &self.utilities
    }

    pub(crate) fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// Utilities by the number of an outcome, whether it is permitted or not.
    pub(crate) fn sums(&self) -> &[i64] {
        &self.sums
    }

    /// The outcome at a rank.
    pub(crate) fn outcome(&self, rank: usize) -> Option<Outcome> {
        self.codes.get(rank).map(|code| self.outcome_of(*code))
    }

    /// The outcome at a rank with its utility.
    pub(super) fn choice(&self, rank: usize) -> Option<Choice> {
        Some(Choice { utility: i128::from(*self.utilities.get(rank)?), outcome: self.outcome(rank)? })
    }

    /// How many are worth at least this much.
    pub(crate) fn from(&self, utility: i128) -> usize {
        self.utilities.partition_point(|u| i128::from(*u) >= utility)
    }

    /// How many are worth more than this.
    pub(crate) fn above(&self, utility: i128) -> usize {
        self.utilities.partition_point(|u| i128::from(*u) > utility)
    }

    fn outcome_of(&self, code: u32) -> Outcome {
        let mut digits: SmallVec<[u16; 12]> = SmallVec::from_elem(0, self.sizes.len());
        let mut rest = code;
        for (digit, size) in digits.iter_mut().zip(&self.sizes).rev() {
            *digit = u16::try_from(rest % size.max(&1)).unwrap_or(0);
            rest /= size.max(&1);
        }
        Outcome::new(digits)
    }
}

/// The utility of every outcome, the last issue fastest.
fn sums(constant: i64, values: &[&[i64]], count: usize) -> Vec<i64> {
    let mut sums = Vec::with_capacity(count);
    let Some((last, before)) = values.split_last() else { return vec![constant] };
    // The sums of all issues but the last are few; each is spread over the values of the last.
    let mut heads = vec![constant];
    for issue in before {
        heads = heads.iter().flat_map(|head| issue.iter().map(move |worth| head + worth)).collect();
    }
    for head in heads {
        sums.extend(last.iter().map(|worth| head + worth));
    }
    sums
}

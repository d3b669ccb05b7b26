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
    sizes: SmallVec<[Size; 12]>,
}

/// The number of values of an issue, and what to multiply by instead of dividing.
#[derive(Debug, Clone, Copy)]
struct Size {
    size: u32,
    inverse: u64,
}

/// Codes are below 2 to this power, sizes below 2^16: then a product with the inverse, cut, is the quotient (Granlund and
/// Montgomery 1994).
const CODE_BITS: u32 = 24;
/// Bits that are cut.
const CUT: u32 = CODE_BITS + 16;

impl Size {
    fn of(size: usize) -> Option<Self> {
        let size = u16::try_from(size).ok().filter(|size| *size > 0)?;
        Some(Size { size: u32::from(size), inverse: (1 << CUT) / u64::from(size) + 1 })
    }

    fn divides(self, code: u32) -> u32 {
        u32::try_from((u64::from(code) * self.inverse) >> CUT).unwrap_or(0)
    }
}

impl Ranking {
    /// The ranking of a sum over issues; `None` where an issue has no values, or there are more than 2^24 outcomes.
    /// `values`: the worth of each value, issue by issue.
    pub(super) fn of(constant: i64, values: &[&[i64]], permits: Option<&dyn Fn(&Outcome) -> bool>) -> Option<Self> {
        let sizes: SmallVec<[Size; 12]> = values.iter().map(|v| Size::of(v.len())).collect::<Option<_>>()?;
        let count = sizes.iter().try_fold(1u32, |n, size| n.checked_mul(size.size))?;
        if count >> CODE_BITS > 0 {
            return None;
        }
        let sums = sums(constant, values, count as usize);
        // The ends of a sum are the sums of the ends.
        let ends = |ends: (i64, i64), issue: &&[i64]| {
            let (high, low) = (issue.iter().copied().max()?, issue.iter().copied().min()?);
            Some((ends.0 + high, ends.1 + low))
        };
        let (high, low) = values.iter().try_fold((constant, constant), ends)?;
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
            let words = sorted(codes.map(word).collect(), high.abs_diff(low), bits);
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

    /// The first rank of the utility at this one: equal ones stand together.
    pub(super) fn first_equal(&self, rank: usize) -> usize {
        let at = |rank: usize| self.utilities.get(rank);
        // Alone nearly always, so its neighbour is looked at before anything else.
        match rank.checked_sub(1) {
            Some(before) if at(before) == at(rank) => {
                at(rank).map_or(rank, |utility| self.utilities.partition_point(|u| u > utility))
            }
            _ => rank,
        }
    }

    /// How many are worth at least this much.
    pub(crate) fn from(&self, utility: i128) -> usize {
        match i64::try_from(utility) {
            Ok(utility) => self.utilities.partition_point(|u| *u >= utility),
            Err(_) if utility > 0 => 0,
            Err(_) => self.utilities.len(),
        }
    }

    /// How many are worth more than this.
    pub(crate) fn above(&self, utility: i128) -> usize {
        utility.checked_add(1).map_or(0, |more| self.from(more))
    }

    fn outcome_of(&self, code: u32) -> Outcome {
        // On the stack where it fits: this is done for every proposal.
        let mut near = [0u16; 24];
        let mut far = Vec::new();
        let digits = match near.get_mut(..self.sizes.len()) {
            Some(digits) => digits,
            None => {
                far.resize(self.sizes.len(), 0);
                far.as_mut_slice()
            }
        };
        let mut rest = code;
        for (digit, size) in digits.iter_mut().zip(&self.sizes).rev() {
            let quotient = size.divides(rest);
            *digit = u16::try_from(rest - quotient * size.size).unwrap_or(0);
            rest = quotient;
        }
        Outcome::new(digits)
    }
}

/// Words in order. Few words are spread over as many buckets by what falls short, which leaves next to nothing to sort;
/// many go to the library's sort, which is kinder to the caches.
fn sorted(mut words: Vec<u64>, range: u64, bits: u32) -> Vec<u64> {
    const FEW: std::ops::Range<usize> = 64..1 << 14;
    if !FEW.contains(&words.len()) || range == 0 {
        words.sort_unstable();
        return words;
    }
    // What falls short, times buckets over range, by a multiplication: divisions would take as long as all the rest.
    let buckets = words.len();
    let factor = ((buckets as u128) << 64) / (u128::from(range) + 1);
    let bucket = |word: u64| usize::try_from((u128::from(word >> bits) * factor) >> 64).unwrap_or(0);
    let mut ends = vec![0u32; buckets + 1];
    let homes: Vec<u32> = words.iter().map(|word| u32::try_from(bucket(*word)).unwrap_or(0)).collect();
    for home in &homes {
        if let Some(end) = ends.get_mut(*home as usize + 1) {
            *end += 1;
        }
    }
    let mut sum = 0;
    for end in &mut ends {
        sum += *end;
        *end = sum;
    }
    let mut placed = vec![0u64; words.len()];
    for (word, home) in words.iter().zip(&homes) {
        if let Some(next) = ends.get_mut(*home as usize) {
            if let Some(place) = placed.get_mut(*next as usize) {
                *place = *word;
            }
            *next += 1;
        }
    }
    // Buckets are in order; within one, and nowhere else, words may still stand the wrong way round.
    let mut before = 0;
    for at in 0..placed.len() {
        let word = placed.get(at).copied().unwrap_or(0);
        if word < before {
            let mut hole = at;
            while let Some(larger) =
                hole.checked_sub(1).and_then(|left| placed.get(left).copied()).filter(|l| *l > word)
            {
                if let Some(place) = placed.get_mut(hole) {
                    *place = larger;
                }
                hole -= 1;
            }
            if let Some(place) = placed.get_mut(hole) {
                *place = word;
            }
        } else {
            before = word;
        }
    }
    placed
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::game::Stream;

    /// Whatever the worth of values, the ranking is the sort of all outcomes by utility and then by digits.
    #[test]
    fn a_ranking_is_a_sort() {
        for seed in 0..200u64 {
            let mut stream = Stream::new(seed, 0, 0);
            let spread = [1, 3, 50, 1 << 20, 1 << 49][seed as usize % 5];
            let issues: Vec<Vec<i64>> = (0..1 + stream.below(4))
                .map(|_| (0..2 + stream.below(8)).map(|_| i64::try_from(stream.below(spread)).unwrap() - 7).collect())
                .collect();
            let values: Vec<&[i64]> = issues.iter().map(Vec::as_slice).collect();
            let odd = |outcome: &Outcome| outcome.digits().iter().sum::<u16>() % 3 != 1;
            let permits = (seed % 2 == 1).then_some(&odd as &dyn Fn(&Outcome) -> bool);
            let ranking = Ranking::of(5, &values, permits).unwrap();
            let mut all: Vec<Vec<u16>> = vec![Vec::new()];
            for issue in &issues {
                let more = |head: &Vec<u16>| -> Vec<Vec<u16>> {
                    (0..issue.len()).map(|v| [head.as_slice(), &[u16::try_from(v).unwrap()]].concat()).collect()
                };
                all = all.iter().flat_map(more).collect();
            }
            let worth = |digits: &Vec<u16>| 5 + issues.iter().zip(digits).map(|(i, d)| i[usize::from(*d)]).sum::<i64>();
            all.retain(|digits| permits.is_none_or(|permits| permits(&Outcome::new(digits))));
            all.sort_by_key(|digits| std::cmp::Reverse(worth(digits)));
            let found: Vec<Outcome> = (0..all.len()).map(|rank| ranking.outcome(rank).unwrap()).collect();
            assert_eq!(found, all.iter().map(Outcome::new).collect::<Vec<_>>(), "{seed}");
            assert_eq!(ranking.utilities(), all.iter().map(worth).collect::<Vec<_>>());
            assert!(ranking.outcome(all.len()).is_none());
        }
    }

    /// Few values and equal ones fall into few buckets; that is slow at worst, never wrong.
    #[test]
    fn words_are_sorted_whatever_they_are() {
        for seed in 0..50u64 {
            let mut stream = Stream::new(seed, 1, 0);
            let range = [0, 1, 5, 1 << 12, 1 << 40][seed as usize % 5];
            let words: Vec<u64> = (0..300u64).map(|code| (stream.below(range + 1) << 9) | code).collect();
            let mut known = words.clone();
            known.sort_unstable();
            assert_eq!(sorted(words, range, 9), known, "{seed}");
        }
    }
}

//! Outcomes, by their numbers, in the order of a utility.

/// The best first; of equal utility in lexicographic order.
#[derive(Debug)]
pub(crate) struct Ranking {
    /// By rank.
    utilities: Vec<i64>,
    /// By rank: the number of the outcome.
    codes: Vec<u32>,
}

impl Ranking {
    /// The ranking of outcomes, given in the order of their numbers, by what they fall short of `high`. `bits`: as many as
    /// the greatest number has.
    pub(super) fn of(high: i64, mut outcomes: Vec<(u64, u32)>, bits: u32) -> Self {
        let most = outcomes.iter().map(|(short, _)| *short).max().unwrap_or(0);
        if most.leading_zeros() <= bits {
            outcomes.sort_unstable();
            let utilities = outcomes.iter().map(|(short, _)| high.wrapping_sub_unsigned(*short)).collect();
            return Ranking { utilities, codes: outcomes.into_iter().map(|(_, code)| code).collect() };
        }
        // What falls short of the best, and then the number, in one word: sorting words is quick.
        let word = |(short, code): &(u64, u32)| (short << bits) | u64::from(*code);
        let words = sorted(outcomes.iter().map(word).collect(), most, bits);
        let mask = (1u64 << bits) - 1;
        Ranking {
            utilities: words.iter().map(|word| high.wrapping_sub_unsigned(word >> bits)).collect(),
            codes: words.iter().map(|word| u32::try_from(word & mask).unwrap_or(0)).collect(),
        }
    }

    /// This one, and then another of outcomes that are worth less.
    pub(super) fn followed_by(&self, worse: Ranking) -> Self {
        Ranking {
            utilities: [self.utilities.as_slice(), &worse.utilities].concat(),
            codes: [self.codes.as_slice(), &worse.codes].concat(),
        }
    }

    pub(crate) fn utilities(&self) -> &[i64] {
        &self.utilities
    }

    pub(crate) fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// The utility and the number at a rank.
    pub(super) fn at(&self, rank: usize) -> Option<(i64, u32)> {
        Some((*self.utilities.get(rank)?, *self.codes.get(rank)?))
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
    pub(super) fn from(&self, utility: i128) -> usize {
        match i64::try_from(utility) {
            Ok(utility) => self.utilities.partition_point(|u| *u >= utility),
            Err(_) if utility > 0 => 0,
            Err(_) => self.utilities.len(),
        }
    }

    /// How many are worth more than this.
    pub(super) fn above(&self, utility: i128) -> usize {
        utility.checked_add(1).map_or(0, |more| self.from(more))
    }
}

/// Words in order. Few words are spread over as many buckets by what falls short, which leaves next to nothing to sort;
/// many go to the library's sort, which is kinder to the caches.
fn sorted(mut words: Vec<u64>, range: u64, bits: u32) -> Vec<u64> {
    const FEW: std::ops::Range<usize> = 256..1 << 14;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::Stream;

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

//! Sets of states, a bit for each.

/// A set of numbers below a bound.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Bits {
    pub(super) words: Vec<u64>,
    pub(super) len: usize,
}

impl Bits {
    pub(super) fn none(len: usize) -> Self {
        Bits { words: vec![0; len.div_ceil(64)], len }
    }

    pub(super) fn all(len: usize) -> Self {
        let mut bits = Bits { words: vec![u64::MAX; len.div_ceil(64)], len };
        bits.trim();
        bits
    }

    /// Clears what is past the bound.
    pub(super) fn trim(&mut self) {
        if let Some(last) = self.words.last_mut()
            && !self.len.is_multiple_of(64)
        {
            *last &= (1 << (self.len % 64)) - 1;
        }
    }

    pub(super) fn has(&self, at: usize) -> bool {
        self.words.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// The bits from a place on, as many as fit; those past the end are 0.
    #[inline(always)]
    pub(super) fn from(&self, at: usize) -> u64 {
        let (word, shift) = (at / 64, at % 64);
        let low = self.words.get(word).copied().unwrap_or(0) >> shift;
        if shift == 0 {
            return low;
        }
        low | self.words.get(word + 1).copied().unwrap_or(0) << (64 - shift)
    }

    pub(super) fn count(&self) -> u64 {
        self.words.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    pub(super) fn is_all(&self) -> bool {
        self.count() == self.len as u64
    }

    /// Keeps what the other has too.
    pub(super) fn keep(&mut self, other: &Bits) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a &= b);
    }

    /// Adds what the other does not have.
    pub(super) fn add_missing(&mut self, other: &Bits) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a |= !b);
        self.trim();
    }

    /// Writes words at a place; what is past `len` bits in them has to be 0, and the place empty.
    pub(super) fn write(&mut self, at: usize, words: &[u64]) {
        let (first, shift) = (at / 64, at % 64);
        for (word, to) in words.iter().zip(first..) {
            if let Some(slot) = self.words.get_mut(to) {
                *slot |= word << shift;
            }
            if shift > 0
                && let Some(slot) = self.words.get_mut(to + 1)
            {
                *slot |= word >> (64 - shift);
            }
        }
    }

    /// The members in increasing order.
    pub(super) fn members(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().filter(|(_, word)| **word != 0).flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros() as usize;
                (rest != 0).then(|| {
                    rest &= rest - 1;
                    at * 64 + bit
                })
            })
        })
    }
}

//! Approximate search for a short text in a long one by edit distance.
//!
//! G. Myers, A fast bit-vector algorithm for approximate string matching based on dynamic programming,
//! Journal of the ACM 46 (1999): a column of the table of distances is held as bits of its differences, 64 rows
//! a word, and rows that cannot come within the limit are left out.

const WORD: usize = 64;

/// A text to search for, as bit masks of where each of its characters stands.
pub(super) struct Pattern {
    len: usize,
    blocks: usize,
    /// The distinct characters, sorted.
    alphabet: Vec<char>,
    /// Per character `blocks` words, after `blocks` words of zero for characters that are not in it.
    masks: Vec<u64>,
    /// Row of `masks` for the ASCII characters.
    ascii: [u32; 128],
}

/// One word of a column: which rows are one more or one less than the row above.
#[derive(Clone, Copy)]
struct Block {
    plus: u64,
    minus: u64,
    /// The distance in the last row of the block.
    score: i64,
}

impl Pattern {
    pub(super) fn new(text: impl Iterator<Item = char> + Clone) -> Self {
        let mut alphabet: Vec<char> = text.clone().collect();
        let len = alphabet.len();
        alphabet.sort_unstable();
        alphabet.dedup();
        let blocks = len.div_ceil(WORD).max(1);
        let mut masks = vec![0; (alphabet.len() + 1) * blocks];
        for (at, c) in text.enumerate() {
            let row = alphabet.binary_search(&c).map_or(0, |i| i + 1);
            if let Some(word) = masks.get_mut(row * blocks + at / WORD) {
                *word |= 1 << (at % WORD);
            }
        }
        let mut ascii = [0; 128];
        for (i, c) in alphabet.iter().enumerate() {
            if let Some(row) = ascii.get_mut(*c as usize) {
                *row = u32::try_from(i + 1).unwrap_or(0);
            }
        }
        Pattern { len, blocks, alphabet, masks, ascii }
    }

    fn masks_of(&self, c: char) -> &[u64] {
        let row = match self.ascii.get(c as usize) {
            Some(row) => *row as usize,
            None => self.alphabet.binary_search(&c).map_or(0, |i| i + 1),
        };
        self.masks.get(row * self.blocks..(row + 1) * self.blocks).unwrap_or(&[])
    }

    /// Reports every place of the text where a piece ends that is within `most` edits of the pattern:
    /// the number of characters up to it and the edits of the best such piece.
    ///
    /// `anchored` pieces begin at the start of the text; others begin anywhere.
    pub(super) fn ends(
        &self,
        text: impl Iterator<Item = char>,
        anchored: bool,
        most: usize,
        mut found: impl FnMut(usize, usize),
    ) {
        let Ok(most) = i64::try_from(most) else { return };
        let last = self.blocks - 1;
        let last_rows = self.len - last * WORD;
        let rows = |block: usize| if block == last { last_rows } else { WORD };
        let mut blocks: Vec<Block> = Vec::with_capacity(self.blocks);
        let mut depth = 0;
        while blocks.is_empty() || (depth < most && blocks.len() < self.blocks) {
            depth += rows(blocks.len()) as i64;
            blocks.push(Block { plus: !0, minus: 0, score: depth });
        }
        for (at, c) in text.enumerate() {
            let masks = self.masks_of(c);
            let mut carry = i64::from(anchored);
            for (i, (block, mask)) in blocks.iter_mut().zip(masks).enumerate() {
                carry = block.advance(*mask, carry, rows(i));
            }
            self.adjust(&mut blocks, masks, carry, most, rows);
            if blocks.len() == self.blocks
                && let Some(Block { score, .. }) = blocks.last()
                && *score <= most
            {
                found(at + 1, usize::try_from(*score).unwrap_or(0));
            }
        }
    }

    /// Takes in the block below when its first row may have come within the limit, and leaves out blocks
    /// whose every row is past it (Ukkonen's cut-off).
    fn adjust(&self, blocks: &mut Vec<Block>, masks: &[u64], carry: i64, most: i64, rows: impl Fn(usize) -> usize) {
        let Some(Block { score, .. }) = blocks.last().copied() else { return };
        let before = score - carry;
        let next = blocks.len();
        if let Some(mask) = masks.get(next)
            && before <= most
            && (mask & 1 == 1 || carry < 0)
        {
            let mut block = Block { plus: !0, minus: 0, score: before + rows(next) as i64 };
            block.advance(*mask, carry, rows(next));
            blocks.push(block);
            return;
        }
        while blocks.len() > 1 && blocks.last().is_some_and(|b| b.score >= most + WORD as i64) {
            blocks.pop();
        }
    }
}

impl Block {
    /// Goes on by one character: `mask` says in which rows it stands, `carry` how the row above changed.
    /// Gives how the last row changed.
    fn advance(&mut self, mask: u64, carry: i64, rows: usize) -> i64 {
        let vertical = mask | self.minus;
        let mask = mask | u64::from(carry < 0);
        let horizontal = ((mask & self.plus).wrapping_add(self.plus) ^ self.plus) | mask;
        let mut plus = self.minus | !(horizontal | self.plus);
        let mut minus = self.plus & horizontal;
        let bottom = 1 << (rows - 1);
        let out = i64::from(plus & bottom != 0) - i64::from(minus & bottom != 0);
        plus = plus << 1 | u64::from(carry > 0);
        minus = minus << 1 | u64::from(carry < 0);
        self.plus = minus | !(vertical | plus);
        self.minus = plus & vertical;
        self.score += out;
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The whole table (P. Sellers, 1980): the judge.
    fn table(pattern: &[char], text: &[char], anchored: bool) -> Vec<usize> {
        let mut column: Vec<usize> = (0..=pattern.len()).collect();
        let mut last = Vec::new();
        for (j, c) in text.iter().enumerate() {
            let mut next = vec![if anchored { j + 1 } else { 0 }];
            for (i, p) in pattern.iter().enumerate() {
                let swap = column[i] + usize::from(p != c);
                next.push(swap.min(column[i + 1] + 1).min(next[i] + 1));
            }
            last.push(next[pattern.len()]);
            column = next;
        }
        last
    }

    fn ends(pattern: &[char], text: &[char], anchored: bool, most: usize) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        Pattern::new(pattern.iter().copied()).ends(text.iter().copied(), anchored, most, |end, edits| {
            out.push((end, edits));
        });
        out
    }

    fn agree(pattern: &[char], text: &[char], anchored: bool, most: usize) {
        let expected: Vec<(usize, usize)> = table(pattern, text, anchored)
            .into_iter()
            .enumerate()
            .filter(|(_, edits)| *edits <= most)
            .map(|(at, edits)| (at + 1, edits))
            .collect();
        assert_eq!(ends(pattern, text, anchored, most), expected, "most {most}, anchored {anchored}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn agrees_with_the_whole_table(
            pattern in proptest::collection::vec(prop::sample::select(vec!['a', 'b', 'c', 'é', '—']), 1..200),
            text in proptest::collection::vec(prop::sample::select(vec!['a', 'b', 'c', 'é', 'x']), 0..400),
            from in 0usize..200,
            most in 0usize..120,
            anchored: bool,
        ) {
            agree(&pattern, &text, anchored, most);
            // And where the pattern nearly stands in the text, so that deep rows come into play.
            let mut near = text.clone();
            let at = from.min(near.len());
            near.splice(at..at, pattern.iter().copied());
            let middle = at + pattern.len() / 2;
            near[middle] = 'x';
            agree(&pattern, &near, anchored, most);
        }
    }
}

//! Nash stability alone, without a rank for any state: sets of states, a bit for each, cut down statement by statement.
//!
//! Of the states that a decision maker can move among, those that meet the first statement are the better ones, where
//! there are any; of these those that meet the second; and so on. What is left are the best, and they are the stable
//! ones.

use super::bits::Bits;
use super::condition::{Condition, Rows, Truth};
use super::layout::{Block, Layout, Reach};
use super::threads::{pieces, stripes};
use crate::game::Formula;
use crate::game::conflict::{Conflict, Preference};
use pulp::Arch;

/// States of a row at most.
const ROW: usize = 1 << 15;
/// Words of a row that are worked on together.
const WORDS: usize = 4;

/// A conflict cut into rows along the issues of one decision maker.
pub(super) struct Planes<'a> {
    layout: &'a Layout,
    rows: Rows,
    statements: Vec<Vec<Condition>>,
}

impl<'a> Planes<'a> {
    /// `None` where a preference is not in statements over few issues each, a move is limited, or rows would not be
    /// whole words.
    pub(super) fn of(layout: &'a Layout, conflict: &Conflict) -> Option<Self> {
        if layout.blocks.iter().flat_map(|block| &block.axes).any(|axis| axis.reach != Reach::Free) {
            return None;
        }
        let first = layout.blocks.iter().find(|block| block.size > 1 && block.stride == 1)?;
        let mut len = 1usize;
        let fits = |size: &&usize| {
            len = len.saturating_mul(**size);
            len <= ROW
        };
        let along = layout.sizes.get(first.places.clone())?.iter().take_while(fits).count();
        let rows = Rows::new(layout, 0..along);
        if !rows.len.is_multiple_of(64) {
            return None;
        }
        let ready = |formula: &Formula| match Condition::new(formula, &rows) {
            Condition::Whole(_) => None,
            tabled => Some(tabled),
        };
        let statements = conflict.makers.iter().map(|maker| match &maker.preference {
            Preference::Statements(all) => all.iter().take(Preference::MOST_STATEMENTS).map(ready).collect(),
            _ => None,
        });
        let statements = statements.collect::<Option<_>>()?;
        Some(Planes { layout, rows, statements })
    }

    /// The best of the states that a decision maker can move among, of those that it sees.
    pub(super) fn best(&self, maker: usize, seen: Option<&Bits>) -> Bits {
        let mut bits = seen.cloned().unwrap_or_else(|| Bits::all(self.layout.count));
        let (Some(block), Some(statements)) = (self.layout.blocks.get(maker), self.statements.get(maker)) else {
            return bits;
        };
        let arch = Arch::new();
        if block.size > 1 && block.stride == 1 {
            pieces(&mut bits.words, block.size / 64, |first, piece| {
                for (at, fibre) in piece.chunks_mut(block.size / 64).enumerate() {
                    self.fibre(arch, statements, (first + at) * (block.size / self.rows.len), fibre);
                }
            });
        } else if block.size > 1 {
            stripes(&mut bits.words, block.stride / 64, block.size, |outer, column, rows| {
                self.columns(arch, statements, block, outer, column, rows);
            });
        }
        bits
    }

    /// For each statement what it is along each of these rows.
    fn truths<'b>(&self, statements: &'b [Condition], rows: impl Iterator<Item = usize>) -> Vec<Vec<&'b Truth>> {
        let mut truths: Vec<Vec<&Truth>> = statements.iter().map(|_| Vec::new()).collect();
        for row in rows {
            let digits = self.rows.digits(row);
            for (condition, truths) in statements.iter().zip(&mut truths) {
                truths.push(match (condition, condition.id(&digits)) {
                    (Condition::Table { truths, .. }, Some(id)) => truths.get(id as usize).unwrap_or(&Truth::Never),
                    _ => &Truth::Never,
                });
            }
        }
        truths
    }

    /// States side by side, in whole rows from a row on.
    fn fibre(&self, arch: Arch, statements: &[Condition], first: usize, best: &mut [u64]) {
        let words = self.rows.len / 64;
        for truths in self.truths(statements, first..first + best.len() / words) {
            let mut any = 0u64;
            for (truth, row) in truths.iter().zip(best.chunks(words)) {
                any |= match truth {
                    Truth::Never => 0,
                    Truth::Always => arch.dispatch(|| row.iter().fold(0, |any, b| any | b)),
                    Truth::Some(bits) => arch.dispatch(|| row.iter().zip(bits).fold(0, |any, (b, t)| any | (b & t))),
                };
            }
            if any == 0 {
                continue;
            }
            for (truth, row) in truths.iter().zip(best.chunks_mut(words)) {
                match truth {
                    Truth::Never => row.fill(0),
                    Truth::Always => {}
                    Truth::Some(bits) => arch.dispatch(|| row.iter_mut().zip(bits).for_each(|(b, t)| *b &= t)),
                }
            }
        }
    }

    /// States one below the other: the rows of a block, from a column of words on.
    fn columns(
        &self,
        arch: Arch,
        statements: &[Condition],
        block: &Block,
        outer: usize,
        column: usize,
        rows: &mut [&mut [u64]],
    ) {
        let words = self.rows.len / 64;
        let across = block.stride / self.rows.len;
        let width = rows.first().map_or(0, |row| row.len());
        let mut best = vec![[0u64; WORDS]; block.size];
        let mut truths: Vec<Vec<&Truth>> = Vec::new();
        let mut known = None;
        let mut from = 0;
        while from < width {
            let (place, offset) = ((column + from) / words, (column + from) % words);
            let count = WORDS.min(words - offset).min(width - from);
            if known != Some(place) {
                let row = |at: usize| (outer * block.size + at) * across + place;
                truths = self.truths(statements, (0..block.size).map(row));
                known = Some(place);
            }
            for (best, row) in best.iter_mut().zip(rows.iter()) {
                *best = [0; WORDS];
                let part = row.get(from..from + count).unwrap_or_default();
                best.iter_mut().zip(part).for_each(|(b, word)| *b = *word);
            }
            arch.dispatch(|| cut(&mut best, &truths, offset));
            for (best, row) in best.iter().zip(rows.iter_mut()) {
                let part = row.get_mut(from..from + count).unwrap_or_default();
                part.iter_mut().zip(best).for_each(|(word, b)| *word = *b);
            }
            from += count;
        }
    }
}

/// Leaves the best of each column.
#[inline(always)]
fn cut(best: &mut [[u64; WORDS]], truths: &[Vec<&Truth>], offset: usize) {
    let mut live: Vec<u32> = (0..).take(best.len()).collect();
    for truths in truths {
        let mut any = [0u64; WORDS];
        for at in &live {
            let (Some(best), Some(truth)) = (best.get(*at as usize), truths.get(*at as usize)) else { continue };
            let bits = part(truth, offset);
            for ((any, b), t) in any.iter_mut().zip(best).zip(&bits) {
                *any |= b & t;
            }
        }
        // Rows of which no column has anything left are not looked at again.
        let mut kept = 0;
        for index in 0..live.len() {
            let Some(at) = live.get(index).copied() else { continue };
            let (Some(best), Some(truth)) = (best.get_mut(at as usize), truths.get(at as usize)) else { continue };
            let bits = part(truth, offset);
            let mut left = 0;
            for ((b, any), t) in best.iter_mut().zip(&any).zip(&bits) {
                *b &= t | !any;
                left |= *b;
            }
            if let Some(slot) = live.get_mut(kept) {
                *slot = at;
            }
            kept += usize::from(left != 0);
        }
        live.truncate(kept);
    }
}

/// Some words of a truth.
#[inline(always)]
fn part(truth: &Truth, offset: usize) -> [u64; WORDS] {
    match truth {
        Truth::Never => [0; WORDS],
        Truth::Always => [u64::MAX; WORDS],
        Truth::Some(bits) => {
            let bits = bits.get(offset..).unwrap_or_default();
            bits.first_chunk::<WORDS>().copied().unwrap_or_else(|| {
                let mut part = [0; WORDS];
                part.iter_mut().zip(bits).for_each(|(p, b)| *p = *b);
                part
            })
        }
    }
}

//! The rank of each state for a decision maker: small numbers in the order of its scores.

use super::condition::Rows;
use super::layout::Layout;
use super::score::{Code, Scorer, Weighted};
use super::threads::pieces;
use crate::game::conflict::Preference;
use pulp::Arch;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

/// A rank: higher is better, equal is indifferent.
pub(super) trait Rank: Copy + Ord + Send + Sync + 'static {
    const LEAST: Self;
    const MOST: Self;
}

impl Rank for u16 {
    const LEAST: u16 = 0;
    const MOST: u16 = u16::MAX;
}

impl Rank for u32 {
    const LEAST: u32 = 0;
    const MOST: u32 = u32::MAX;
}

/// The ranks of all states, in two bytes each where that is enough.
#[derive(Debug)]
pub(super) enum Ranks {
    Short(Vec<u16>),
    Long(Vec<u32>),
}

/// States of a row for which scores are added up together: what is added stays in the near caches.
const ROW: usize = 1024;

/// The ranks that a preference gives the states of a layout.
pub(super) fn ranks(layout: &Layout, sizes: &[usize], preference: &Preference) -> Ranks {
    let Some(weighted) = Weighted::of(preference, sizes) else { return listed(layout, preference) };
    let rows = Rows::about(layout, ROW);
    let count = layout.count;
    if weighted.bits <= u16::BITS {
        return Ranks::Short(filled(&weighted, &rows, count));
    }
    // Telling which scores occur costs a bit for each that could: worth it where states are many.
    let worth = count.max(1).ilog2() + 4;
    if weighted.bits <= u32::BITS && weighted.bits > worth {
        return Ranks::Long(filled(&weighted, &rows, count));
    }
    match weighted.bits {
        ..=32 => staged::<u32>(&weighted, &rows, count, worth),
        33..=64 => staged::<u64>(&weighted, &rows, count, worth),
        _ => staged::<u128>(&weighted, &rows, count, worth),
    }
}

fn filled<C: Code>(weighted: &Weighted, rows: &Rows, count: usize) -> Vec<C> {
    let scorer = Scorer::<C>::new(weighted, rows);
    let mut into = vec![C::default(); count];
    pieces(&mut into, rows.len, |first, piece| scorer.fill(Arch::new(), first, piece));
    into
}

/// Which of the numbers below a bound occur, and how many smaller ones do.
struct Census {
    marks: Vec<AtomicU64>,
}

impl Census {
    fn new(bits: u32) -> Self {
        Census { marks: (0..(1usize << bits).div_ceil(64)).map(|_| AtomicU64::new(0)).collect() }
    }

    #[inline(always)]
    fn mark(&self, number: usize) {
        let bit = 1u64 << (number % 64);
        if let Some(word) = self.marks.get(number / 64)
            && word.load(Ordering::Relaxed) & bit == 0
        {
            word.fetch_or(bit, Ordering::Relaxed);
        }
    }

    /// For each 64 numbers those that occur, and how many smaller ones do; and how many do in all.
    fn settle(self) -> (Vec<(u64, u32)>, u32) {
        let mut smaller = 0u32;
        let settled = self.marks.into_iter().map(|word| {
            let word = word.into_inner();
            let entry = (word, smaller);
            smaller += word.count_ones();
            entry
        });
        let settled = settled.collect();
        (settled, smaller)
    }
}

#[inline(always)]
fn place(settled: &[(u64, u32)], number: usize) -> u32 {
    let (word, smaller) = settled.get(number / 64).copied().unwrap_or((0, 0));
    smaller + (word & ((1 << (number % 64)) - 1)).count_ones()
}

/// Ranks from the leading bits of the scores on, some bits at a time: first states are told apart by the leading bits
/// alone, then those that are alike by the next.
fn staged<C: Code>(weighted: &Weighted, rows: &Rows, count: usize, worth: u32) -> Ranks {
    let scorer = Scorer::<C>::new(weighted, rows);
    let each = |first: usize, piece: usize, see: &mut dyn FnMut(&[C])| {
        let mut cursor = scorer.at(Arch::new(), first);
        (0..piece / rows.len).for_each(|_| see(cursor.next()));
    };
    let census_bits = worth.max(16);
    if weighted.bits <= census_bits {
        // One stage: ranks are written only when it is known how long they are.
        let census = Census::new(weighted.bits);
        let mut nothing = vec![(); count];
        pieces(&mut nothing, rows.len, |first, piece| {
            each(first, piece.len(), &mut |row| row.iter().for_each(|code| census.mark(code.wide() as usize)));
        });
        let (settled, distinct) = census.settle();
        return if distinct <= 1 << 16 {
            let mut into = vec![0u16; count];
            pieces(&mut into, rows.len, |first, piece| looked_up(&scorer, &settled, first, piece, |r| r as u16));
            Ranks::Short(into)
        } else {
            let mut into = vec![0u32; count];
            pieces(&mut into, rows.len, |first, piece| looked_up(&scorer, &settled, first, piece, |r| r));
            Ranks::Long(into)
        };
    }
    let mut ranks = vec![0u32; count];
    let mut distinct = 1u32;
    let mut left = weighted.bits;
    while left > 0 {
        let known = u32::BITS - distinct.saturating_sub(1).leading_zeros();
        let taken = left.min(census_bits.max(known + 4) - known);
        left -= taken;
        let key =
            |rank: u32, code: C| (rank as usize) << taken | (code.wide() >> left) as usize & ((1usize << taken) - 1);
        let census = Census::new(known + taken);
        let walk = |first: usize, piece: &mut [u32], see: &(dyn Fn(&mut u32, C) + Sync)| {
            let mut rest = piece.chunks_mut(rows.len);
            let total = rest.len() * rows.len;
            each(first, total, &mut |row| {
                rest.next().into_iter().flatten().zip(row).for_each(|(rank, code)| see(rank, *code));
            });
        };
        pieces(&mut ranks, rows.len, |first, piece| {
            walk(first, piece, &|rank, code| census.mark(key(*rank, code)));
        });
        let (settled, all) = census.settle();
        pieces(&mut ranks, rows.len, |first, piece| {
            walk(first, piece, &|rank, code| *rank = place(&settled, key(*rank, code)));
        });
        distinct = all;
    }
    if distinct <= 1 << 16 {
        return Ranks::Short(ranks.iter().map(|rank| *rank as u16).collect());
    }
    Ranks::Long(ranks)
}

fn looked_up<C: Code, R>(
    scorer: &Scorer<C>,
    settled: &[(u64, u32)],
    first: usize,
    piece: &mut [R],
    of: impl Fn(u32) -> R + Copy,
) {
    let arch = Arch::new();
    let mut cursor = scorer.at(arch, first);
    let mut rest = piece;
    while !rest.is_empty() {
        let row = cursor.next();
        let (here, after) = rest.split_at_mut(row.len().min(rest.len()));
        arch.dispatch(|| {
            here.iter_mut().zip(row).for_each(|(rank, code)| *rank = of(place(settled, code.wide() as usize)));
        });
        rest = after;
    }
}

/// The ranks of a preference that is a list of states.
fn listed(layout: &Layout, preference: &Preference) -> Ranks {
    let Preference::Ranking { scores, others } = preference else { return Ranks::Short(vec![0; layout.count]) };
    let mut order: BTreeMap<i64, u32> = scores.values().chain([others]).map(|score| (*score, 0)).collect();
    order.values_mut().zip(0..).for_each(|(rank, at)| *rank = at);
    let rank = |score: &i64| order.get(score).copied().unwrap_or(0);
    let named = scores.iter().filter_map(|(state, score)| Some((layout.position(state)?, rank(score))));
    if order.len() <= 1 << 16 {
        let mut ranks = vec![rank(others) as u16; layout.count];
        named.for_each(|(at, rank)| ranks.iter_mut().skip(at).take(1).for_each(|r| *r = rank as u16));
        return Ranks::Short(ranks);
    }
    let mut ranks = vec![rank(others); layout.count];
    named.for_each(|(at, rank)| ranks.iter_mut().skip(at).take(1).for_each(|r| *r = rank));
    Ranks::Long(ranks)
}

//! Two columns: sorted lists merged two by two, with pruning in the same pass.

use super::row::{Budget, Row, plus, steps};
use crate::analysis::number::Whole;
use std::hint::select_unpredictable;

/// With more rows than this in hand, lists are merged at once, whatever their lengths, so that memory stays bounded.
const BATCH: usize = 1 << 22;
/// From this many rows on, both halves of a merge go on side by side.
const HALVED: usize = 48;

/// Lists in the making, kept between issues.
#[derive(Debug)]
pub(super) struct Buffers<T, const N: usize> {
    /// One list after another, each in decreasing order with [`Row::LEAST`] at its end.
    rows: Vec<Row<T, N>>,
    /// Where each list begins, and how many values went into it.
    lists: Vec<(usize, usize)>,
    /// Where two lists become one.
    merged: Vec<Row<T, N>>,
}

impl<T: Whole, const N: usize> Default for Buffers<T, N> {
    fn default() -> Self {
        Buffers { rows: Vec::new(), lists: Vec::new(), merged: Vec::new() }
    }
}

/// The frontier of the sums of a frontier with the values of one issue (Nemhauser and Ullmann, 1969).
///
/// One list for each value, the frontier moved by it, is in order already: decreasing in the first
/// coordinate and increasing in the second. Lists are merged two by two, those of as many values first; what does
/// not raise the second coordinate is dominated by what came before. Only the first two coordinates are looked at.
///
/// `None` when more than `most` points are left, or the budget is spent.
pub(super) fn grow<'a, T: Whole, const N: usize>(
    before: &[[T; N]],
    values: &[[T; N]],
    most: usize,
    budget: &mut Budget,
    buffers: &'a mut Buffers<T, N>,
) -> Option<&'a [Row<T, N>]> {
    let passes = u64::from(usize::BITS - values.len().leading_zeros());
    budget.need(steps(before.len().saturating_mul(values.len())).saturating_mul(passes))?;
    buffers.rows.clear();
    buffers.lists.clear();
    for (value, choice) in values.iter().zip(0..=u16::MAX) {
        buffers.push(before, value, choice);
        while let [.., (_, a), (_, b)] = buffers.lists.as_slice()
            && (a == b || buffers.rows.len() > BATCH)
        {
            buffers.merge_last();
        }
        if buffers.lists.len() == 1 && buffers.rows.len() > most.saturating_add(1).max(BATCH) {
            return None;
        }
    }
    while buffers.lists.len() > 1 {
        buffers.merge_last();
    }
    buffers.rows.pop();
    (buffers.rows.len() <= most).then_some(buffers.rows.as_slice())
}

impl<T: Whole, const N: usize> Buffers<T, N> {
    /// Adds the frontier moved by a value.
    fn push(&mut self, before: &[[T; N]], value: &[T; N], choice: u16) {
        self.lists.push((self.rows.len(), 1));
        let moved = before.iter().zip(0..).map(|(point, origin)| Row { point: plus(point, value), choice, origin });
        self.rows.extend(moved);
        self.rows.push(Row::LEAST);
    }

    /// Makes one list of the last two.
    fn merge_last(&mut self) {
        let (Some((second, more)), Some((first, values))) = (self.lists.pop(), self.lists.last_mut()) else { return };
        *values += more;
        let both = self.rows.get(*first..).unwrap_or_default();
        let (x, y) = both.split_at_checked(second - *first).unwrap_or_default();
        if self.merged.len() < both.len() {
            self.merged.resize(both.len(), Row::LEAST);
        }
        let length = merge(x, y, &mut self.merged);
        self.rows.truncate(*first);
        self.rows.extend_from_slice(self.merged.get(..length).unwrap_or_default());
    }
}

/// Whether the first comes before the second: more in the first coordinate, and with equal, more in the second.
#[inline(always)]
fn precedes<T: Whole, const N: usize>(p: &[T; N], q: &[T; N]) -> bool {
    (p[0] > q[0]) | ((p[0] == q[0]) & (p[1] >= q[1]))
}

/// Merges two lists that end with the least row; gives the length of what it wrote, the least row included.
///
/// Each step waits for the comparison before it. So of long lists the first half of what comes out is merged
/// at the same time as the second: neither waits for the other. Second coordinates increase, so that
/// the last rows of the first half have the most of it, and the second half prunes as if it had seen it all.
fn merge<T: Whole, const N: usize>(x: &[Row<T, N>], y: &[Row<T, N>], out: &mut [Row<T, N>]) -> usize {
    let all = (x.len() + y.len()).saturating_sub(2);
    let mut front = Front { i: 0, j: 0, n: 0, high: T::LEAST };
    if all < HALVED {
        (0..all).for_each(|_| front.step(x, y, out));
        out[front.n] = Row::LEAST;
        return front.n + 1;
    }
    let half = all / 2;
    let i = taken(x, y, half);
    let j = half - i;
    let last = |list: &[Row<T, N>], end: usize| end.checked_sub(1).map_or(T::LEAST, |at| list[at].point[1]);
    let mut back = Front { i, j, n: 0, high: last(x, i).max(last(y, j)) };
    let (low, high) = out.split_at_mut(half);
    for _ in 0..half {
        front.step(x, y, low);
        back.step(x, y, high);
    }
    (2 * half..all).for_each(|_| back.step(x, y, high));
    high[back.n] = Row::LEAST;
    out.copy_within(half..=half + back.n, front.n);
    front.n + back.n + 1
}

/// Of the first `count` rows of two lists merged, how many come from the first.
fn taken<T: Whole, const N: usize>(x: &[Row<T, N>], y: &[Row<T, N>], count: usize) -> usize {
    // The row at `i` of the first list is among them if it comes before row `count - 1 - i` of the second.
    let (mut low, mut high) = (count.saturating_sub(y.len() - 1), count.min(x.len() - 1));
    while low < high {
        let middle = usize::midpoint(low, high);
        if precedes(&x[middle].point, &y[count - 1 - middle].point) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// How far a merge has come: rows read of both lists and written, and the most of the second coordinate so far.
struct Front<T> {
    i: usize,
    j: usize,
    n: usize,
    high: T,
}

impl<T: Whole> Front<T> {
    /// Takes the next row, and keeps it unless it is dominated.
    ///
    /// Without branches on the numbers: which list is next, and whether a row is dominated, cannot be guessed.
    #[inline(always)]
    fn step<const N: usize>(&mut self, x: &[Row<T, N>], y: &[Row<T, N>], out: &mut [Row<T, N>]) {
        let (p, q) = (&x[self.i], &y[self.j]);
        let first = precedes(&p.point, &q.point);
        let next = select_unpredictable(first, p, q);
        self.i += usize::from(first);
        self.j += usize::from(!first);
        out[self.n] = *next;
        self.n += usize::from(next.point[1] > self.high);
        self.high = self.high.max(next.point[1]);
    }
}

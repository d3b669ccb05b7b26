//! Two columns: sorted lists merged two by two, with pruning in the same pass.

use super::row::{Budget, Row, steps};
use crate::analysis::number::Whole;

/// Rows in one batch of lists; more values are merged batch by batch, so that memory stays bounded.
const BATCH: usize = 1 << 22;

/// Two buffers of lists, kept between issues.
#[derive(Debug)]
pub(super) struct Buffers<T, const N: usize> {
    from: Vec<Row<T, N>>,
    to: Vec<Row<T, N>>,
    /// Where each list in `from` ends, its last row being [`Row::LEAST`].
    ends: Vec<usize>,
}

impl<T: Whole, const N: usize> Default for Buffers<T, N> {
    fn default() -> Self {
        Buffers { from: Vec::new(), to: Vec::new(), ends: Vec::new() }
    }
}

/// The frontier of the sums of a frontier with the values of one issue (Nemhauser and Ullmann, 1969).
///
/// One list for each value, the frontier moved by it, is in order already: decreasing in the first
/// coordinate and increasing in the second. Lists are merged two by two; what does not raise the second
/// coordinate is dominated by what came before. Only the first two coordinates are looked at.
///
/// `None` when more than `most` points are left, or the budget is spent.
pub(super) fn grow<T: Whole, const N: usize>(
    before: &[[T; N]],
    values: &[[T; N]],
    most: usize,
    budget: &mut Budget,
    buffers: &mut Buffers<T, N>,
) -> Option<Vec<Row<T, N>>> {
    let batch = (BATCH / before.len().max(1)).max(2);
    let mut all: Vec<Row<T, N>> = Vec::new();
    for (lists, chosen) in values.chunks(batch).zip((0..values.len()).step_by(batch)) {
        let passes = u64::from(usize::BITS - lists.len().leading_zeros());
        budget.need(steps(before.len().saturating_mul(lists.len())).saturating_mul(passes))?;
        buffers.first_pass(before, lists, u16::try_from(chosen).ok()?);
        while buffers.ends.len() > 1 {
            buffers.pass();
        }
        let end = buffers.ends.first().copied().unwrap_or(0);
        let found = buffers.from.get(..end)?;
        if all.is_empty() {
            all = found.to_vec();
        } else {
            let mut both = vec![Row::LEAST; all.len() + found.len()];
            let length = merge(&all, found, &mut both);
            both.truncate(length);
            all = both;
        }
        if all.len() > most.saturating_add(1) {
            return None;
        }
    }
    all.pop();
    Some(all)
}

impl<T: Whole, const N: usize> Buffers<T, N> {
    /// Merges the frontier moved by each of two values, pair by pair.
    fn first_pass(&mut self, before: &[[T; N]], values: &[[T; N]], chosen: u16) {
        let room = (before.len() + 1) * values.len() + 1;
        if self.from.len() < room {
            self.from.resize(room, Row::LEAST);
            self.to.resize(room, Row::LEAST);
        }
        self.ends.clear();
        let mut start = 0;
        for (pair, choice) in values.chunks(2).zip((chosen..).step_by(2)) {
            let out = self.from.get_mut(start..).unwrap_or_default();
            start += match pair {
                [a, b] => merge_moved(before, (a, choice), (b, choice + 1), out),
                [a] => moved(before, a, choice, out),
                _ => 0,
            };
            self.ends.push(start);
        }
    }

    /// Merges the lists two by two.
    fn pass(&mut self) {
        let (mut start, mut written, mut merged) = (0, 0, 0);
        for at in (0..self.ends.len()).step_by(2) {
            let first = self.ends.get(at).copied().unwrap_or(start);
            let second = self.ends.get(at + 1).copied();
            let out = self.to.get_mut(written..).unwrap_or_default();
            let x = self.from.get(start..first).unwrap_or_default();
            match second {
                Some(second) => {
                    written += merge(x, self.from.get(first..second).unwrap_or_default(), out);
                    start = second;
                }
                None => {
                    out.iter_mut().zip(x).for_each(|(o, x)| *o = *x);
                    written += x.len();
                }
            }
            if let Some(end) = self.ends.get_mut(merged) {
                *end = written;
            }
            merged += 1;
        }
        self.ends.truncate(merged);
        std::mem::swap(&mut self.from, &mut self.to);
    }
}

/// Whether the first comes before the second: more in the first coordinate, and with equal, more in the second.
#[inline(always)]
fn precedes<T: Whole, const N: usize>(p: &[T; N], q: &[T; N]) -> bool {
    (p[0] > q[0]) | ((p[0] == q[0]) & (p[1] >= q[1]))
}

/// Merges two lists that end with the least row; gives the length of what it wrote, the least row included.
///
/// Without branches on the numbers: which list is next, and whether a row is dominated, cannot be guessed.
fn merge<T: Whole, const N: usize>(x: &[Row<T, N>], y: &[Row<T, N>], out: &mut [Row<T, N>]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    let mut high = T::LEAST;
    for _ in 0..(x.len() + y.len()).saturating_sub(2) {
        let (p, q) = (&x[i], &y[j]);
        let first = precedes(&p.point, &q.point);
        let next = if first { *p } else { *q };
        i += usize::from(first);
        j += usize::from(!first);
        out[n] = next;
        n += usize::from(next.point[1] > high);
        high = high.max(next.point[1]);
    }
    out[n] = Row::LEAST;
    n + 1
}

/// Merges the frontier moved by one value with the frontier moved by another.
#[expect(clippy::cast_possible_truncation, reason = "a stage has at most 2^25 points")]
fn merge_moved<T: Whole, const N: usize>(
    before: &[[T; N]],
    (a, of_a): (&[T; N], u16),
    (b, of_b): (&[T; N], u16),
    out: &mut [Row<T, N>],
) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    let mut high = T::LEAST;
    let least = [T::LEAST; N];
    for _ in 0..2 * before.len() {
        let (p, q) = (before.get(i).unwrap_or(&least), before.get(j).unwrap_or(&least));
        let (p, q) = ([p[0] + a[0], p[1] + a[1]], [q[0] + b[0], q[1] + b[1]]);
        let first = precedes(&p, &q);
        let next = if first { p } else { q };
        let origin = if first { i } else { j };
        i += usize::from(first);
        j += usize::from(!first);
        let row = &mut out[n];
        row.point[0] = next[0];
        row.point[1] = next[1];
        row.choice = if first { of_a } else { of_b };
        row.origin = origin as u32;
        n += usize::from(next[1] > high);
        high = high.max(next[1]);
    }
    out[n] = Row::LEAST;
    n + 1
}

fn moved<T: Whole, const N: usize>(before: &[[T; N]], a: &[T; N], choice: u16, out: &mut [Row<T, N>]) -> usize {
    let rows = before.iter().zip(0..).map(|(p, origin)| {
        let mut point = *p;
        point[0] += a[0];
        point[1] += a[1];
        Row { point, choice, origin }
    });
    out.iter_mut().zip(rows.chain([Row::LEAST])).for_each(|(o, row)| *o = row);
    before.len() + 1
}

//! Keeping the efficient ones of many sums.
//!
//! Two parties: sorted lists are merged, and a sum is dropped when an earlier one is as good for the second party.
//! Three: a sweep in decreasing order over a staircase. More: a sweep against blocks with upper corners
//! (Kung, Luccio & Preparata 1975 for the sweep).

use super::problem::plus;
use crate::analysis::number::Whole;
use std::cmp::Reverse;

/// A sum with where it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Label<T, const N: usize> {
    pub(crate) sum: [T; N],
    pub(crate) from: u32,
}

/// A sorted efficient list, moved by the same sum.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run<'a, T, const N: usize> {
    pub(crate) by: [T; N],
    pub(crate) labels: &'a [Label<T, N>],
    /// What the first label's `from` becomes.
    pub(crate) first: u32,
    /// Whether the labels are numbered on from there, or all get `first`.
    pub(crate) numbered: bool,
}

/// Labels that are united at once at the most: memory stays bounded however many sums there are.
const AT_ONCE: usize = 1 << 21;
/// Labels of a block of the sweep for four parties and more.
const BLOCK: usize = 32;

/// Keeps the efficient sums, one of those that are equal, in decreasing lexicographic order.
pub(crate) fn keep_efficient<T: Whole, const N: usize>(labels: &mut Vec<Label<T, N>>) {
    // Stable: of equal sums the first stays, and runs that are sorted already are found.
    labels.sort_by_key(|label| Reverse(label.sum));
    match N {
        0 | 1 => labels.truncate(1),
        2 => sweep_pairs(labels),
        3 => sweep_staircase(labels),
        _ => sweep_blocks(labels),
    }
}

fn sweep_pairs<T: Whole, const N: usize>(labels: &mut Vec<Label<T, N>>) {
    let mut best: Option<T> = None;
    labels.retain(|label| {
        let second = label.sum.get(1).copied().unwrap_or_default();
        let better = best.is_none_or(|b| second > b);
        if better {
            best = Some(second);
        }
        better
    });
}

fn sweep_staircase<T: Whole, const N: usize>(labels: &mut Vec<Label<T, N>>) {
    // Second and third coordinates of what is kept that no other beats: the second falling, the third rising.
    let mut stairs: Vec<(T, T)> = Vec::new();
    labels.retain(|label| {
        let (b, c) = (label.sum.get(1).copied().unwrap_or_default(), label.sum.get(2).copied().unwrap_or_default());
        // The stairs up to here have a second coordinate of at least `b`; the last of them has the largest third.
        let end = stairs.partition_point(|s| s.0 >= b);
        if end.checked_sub(1).and_then(|e| stairs.get(e)).is_some_and(|s| s.1 >= c) {
            return false;
        }
        let start = stairs.get(..end).unwrap_or_default().iter().rposition(|s| s.0 > b).map_or(0, |p| p + 1);
        let beaten = stairs.get(end..).unwrap_or_default().iter().take_while(|s| s.1 <= c).count();
        stairs.splice(start..end + beaten, [(b, c)]);
        true
    });
}

fn sweep_blocks<T: Whole, const N: usize>(labels: &mut Vec<Label<T, N>>) {
    let mut kept: Vec<[T; N]> = Vec::new();
    let mut corners: Vec<[T; N]> = Vec::new();
    let covers = |a: &[T; N], b: &[T; N]| a.iter().zip(b).all(|(a, b)| a >= b);
    labels.retain(|label| {
        // The newest first: neighbours in order are the likeliest to cover.
        let found = kept
            .chunks(BLOCK)
            .zip(&corners)
            .rev()
            .any(|(block, corner)| covers(corner, &label.sum) && block.iter().any(|k| covers(k, &label.sum)));
        if !found {
            if kept.len().is_multiple_of(BLOCK) {
                corners.push(label.sum);
            } else if let Some(corner) = corners.last_mut() {
                corner.iter_mut().zip(&label.sum).for_each(|(c, s)| *c = (*c).max(*s));
            }
            kept.push(label.sum);
        }
        !found
    });
}

/// Space for uniting lists, kept between uses.
#[derive(Debug)]
pub(crate) struct Uniter<T, const N: usize> {
    front: Vec<Label<T, N>>,
    back: Vec<Label<T, N>>,
    ends: Vec<usize>,
    next_ends: Vec<usize>,
}

impl<T: Whole, const N: usize> Uniter<T, N> {
    pub(crate) fn new() -> Self {
        Uniter { front: Vec::new(), back: Vec::new(), ends: Vec::new(), next_ends: Vec::new() }
    }

    /// Appends the efficient sums of all runs to `out`, in decreasing lexicographic order.
    pub(crate) fn unite(&mut self, runs: &[Run<'_, T, N>], out: &mut Vec<Label<T, N>>) {
        if let [run] = runs {
            append(run, out);
            return;
        }
        let total = |runs: &[Run<'_, T, N>]| runs.iter().map(|r| r.labels.len()).sum::<usize>();
        if runs.len() <= 2 || total(runs) <= AT_ONCE {
            self.unite_at_once(runs, out);
            return;
        }
        let (mut all, mut rest) = (Vec::new(), runs);
        while !rest.is_empty() {
            let mut sum = 0;
            let fits = |run: &&Run<'_, T, N>| {
                sum += run.labels.len();
                sum <= AT_ONCE
            };
            let count = rest.iter().take_while(fits).count().max(1);
            let (now, later) = rest.split_at(count);
            let mut part = Vec::new();
            self.unite_at_once(now, &mut part);
            all = join(all, part);
            rest = later;
        }
        out.append(&mut all);
    }

    fn unite_at_once(&mut self, runs: &[Run<'_, T, N>], out: &mut Vec<Label<T, N>>) {
        self.front.clear();
        if N != 2 {
            runs.iter().for_each(|run| append(run, &mut self.front));
            keep_efficient(&mut self.front);
            out.extend_from_slice(&self.front);
            return;
        }
        self.ends.clear();
        for pair in runs.chunks(2) {
            match pair {
                [a, b] => merge_runs(a, b, &mut self.front),
                _ => pair.iter().for_each(|run| append(run, &mut self.front)),
            }
            self.ends.push(self.front.len());
        }
        while self.ends.len() > 1 {
            self.back.clear();
            self.next_ends.clear();
            let mut start = 0;
            for pair in self.ends.chunks(2) {
                match pair {
                    [middle, end] => {
                        let (a, b) = (&self.front[start..*middle], &self.front[*middle..*end]);
                        merge(a.iter().copied(), b.iter().copied(), &mut self.back);
                        start = *end;
                    }
                    _ => self.back.extend_from_slice(&self.front[start..]),
                }
                self.next_ends.push(self.back.len());
            }
            std::mem::swap(&mut self.front, &mut self.back);
            std::mem::swap(&mut self.ends, &mut self.next_ends);
        }
        out.extend_from_slice(&self.front);
    }
}

impl<'a, T: Whole, const N: usize> Run<'a, T, N> {
    /// The labels where they have been moved to.
    fn moved(&self) -> impl Iterator<Item = Label<T, N>> + use<'a, T, N> {
        let (by, mut from, step) = (self.by, self.first, u32::from(self.numbered));
        self.labels.iter().map(move |label| {
            let mut moved = Label { sum: by, from };
            plus(&mut moved.sum, &label.sum);
            from = from.wrapping_add(step);
            moved
        })
    }
}

/// Two sorted efficient lists as one.
fn join<T: Whole, const N: usize>(mut a: Vec<Label<T, N>>, b: Vec<Label<T, N>>) -> Vec<Label<T, N>> {
    if N == 2 {
        let mut out = Vec::with_capacity(a.len() + b.len());
        merge(a.into_iter(), b.into_iter(), &mut out);
        return out;
    }
    a.extend(b);
    keep_efficient(&mut a);
    a
}

fn append<T: Whole, const N: usize>(run: &Run<'_, T, N>, out: &mut Vec<Label<T, N>>) {
    out.extend(run.moved());
}

fn merge_runs<T: Whole, const N: usize>(a: &Run<'_, T, N>, b: &Run<'_, T, N>, out: &mut Vec<Label<T, N>>) {
    merge(a.moved(), b.moved(), out);
}

/// Merges two sorted efficient lists of pairs into one.
fn merge<T: Whole, const N: usize>(
    mut a: impl Iterator<Item = Label<T, N>>,
    mut b: impl Iterator<Item = Label<T, N>>,
    out: &mut Vec<Label<T, N>>,
) {
    let mut best = T::LEAST;
    let mut any = false;
    let mut push = |label: Label<T, N>, out: &mut Vec<Label<T, N>>| {
        let second = label.sum[N - 1];
        if second > best || !any {
            any = true;
            best = second;
            out.push(label);
        }
    };
    let (mut x, mut y) = (a.next(), b.next());
    loop {
        match (x, y) {
            (Some(p), Some(q)) => {
                if p.sum >= q.sum {
                    push(p, out);
                    x = a.next();
                } else {
                    push(q, out);
                    y = b.next();
                }
            }
            (Some(p), None) => {
                push(p, out);
                a.by_ref().for_each(|p| push(p, out));
                return;
            }
            (None, Some(q)) => {
                push(q, out);
                b.by_ref().for_each(|q| push(q, out));
                return;
            }
            (None, None) => return,
        }
    }
}

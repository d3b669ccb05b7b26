//! From the sums of an elimination back to outcomes.

use super::eliminate::{Elimination, Message};
use super::prune::{Label, Uniter, keep_efficient};
use crate::analysis::number::Whole;

/// Utilities with the digits of an outcome that has them.
#[derive(Debug, Clone)]
pub(crate) struct Found<T, const N: usize> {
    pub(crate) utilities: [T; N],
    pub(crate) digits: Vec<u16>,
}

impl<T: Whole, const N: usize> Elimination<'_, T, N> {
    /// The frontier: sums cut at the caps or zeroed, the efficient ones, each with an outcome.
    pub(crate) fn found(&self) -> Vec<Found<T, N>> {
        let Some(root) = self.messages.last() else { return Vec::new() };
        let base = &self.problem.base;
        let mut efficient = Vec::new();
        for mask in 0..self.masks {
            let start = root.start(mask);
            for (at, label) in root.cell(&[], mask, self.masks).iter().enumerate() {
                let mut sum = label.sum;
                super::problem::plus(&mut sum, &base.gain);
                let sum = self.problem.settle(&sum, mask as u32 | base.zeroes);
                efficient.push(Label { sum, from: start + at as u32 });
            }
        }
        keep_efficient(&mut efficient);
        let chosen = efficient.iter().map(|l| l.from).collect();
        let positions = self.positions(chosen);
        let digits = |positions: &Vec<u16>| {
            let values = &self.problem.values;
            positions.iter().zip(values).map(|(p, v)| v.get(usize::from(*p)).copied().unwrap_or(0)).collect()
        };
        efficient.iter().zip(&positions).map(|(l, p)| Found { utilities: l.sum, digits: digits(p) }).collect()
    }

    /// For labels of the last message, the positions of the values of all issues.
    fn positions(&self, chosen: Vec<u32>) -> Vec<Vec<u16>> {
        let mut positions = vec![vec![0u16; self.problem.values.len()]; chosen.len()];
        // By message: which point is made of which of its labels.
        let mut wanted: Vec<Vec<(usize, u32)>> = vec![Vec::new(); self.messages.len()];
        if let Some(last) = wanted.last_mut() {
            *last = chosen.into_iter().enumerate().collect();
        }
        for bucket in (0..self.messages.len()).rev() {
            let wants = std::mem::take(&mut wanted[bucket]);
            match self.buckets[bucket].children.as_slice() {
                [] => {
                    for (point, label) in wants {
                        self.set(bucket, &mut positions[point], self.messages[bucket].label(label).from);
                    }
                }
                [child] => {
                    for (point, label) in wants {
                        let from = self.messages[bucket].label(label).from;
                        let found = self.numbered(bucket, *child, from, &mut positions[point]);
                        wanted[*child].push((point, found));
                    }
                }
                _ => self.part(bucket, wants, &mut positions, &mut wanted),
            }
        }
        positions
    }

    fn set(&self, bucket: usize, positions: &mut [u16], value: u32) {
        if let Some(issue) = self.buckets[bucket].issue {
            positions[issue] = value as u16;
        }
    }

    /// Labels that came from one message are numbered through all values: sets the value, gives the label.
    fn numbered(&self, bucket: usize, child: usize, from: u32, positions: &mut [u16]) -> u32 {
        let mut rest = from;
        let child = &self.messages[child];
        let values = self.buckets[bucket].issue.map_or(1, |i| self.problem.values[i].len());
        for value in 0..values {
            self.set(bucket, positions, value as u32);
            for mask in 0..self.masks {
                let (start, count) = child.range(positions, mask, self.masks);
                if rest < count {
                    return start + rest;
                }
                rest -= count;
            }
        }
        0
    }

    /// Labels made from several messages: the partial sums are made again, once for all points that need them.
    fn part(
        &self,
        bucket: usize,
        wants: Vec<(usize, u32)>,
        positions: &mut [Vec<u16>],
        wanted: &mut [Vec<(usize, u32)>],
    ) {
        let message = &self.messages[bucket];
        let mut grouped: Vec<(usize, u32, usize, u32)> = Vec::with_capacity(wants.len());
        for (point, label) in wants {
            let value = message.label(label).from;
            self.set(bucket, &mut positions[point], value);
            grouped.push((message.combination(&positions[point]), value, point, label));
        }
        grouped.sort_unstable();
        let children = &self.buckets[bucket].children;
        let (mut uniter, mut effects) = (Uniter::new(), Vec::new());
        for group in grouped.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let Some((_, value, first, _)) = group.first() else { continue };
            let here = positions[*first].clone();
            self.effects(bucket, &here, &mut effects);
            let Some(effect) = effects.get(*value as usize) else { continue };
            // These sums were made before within the limits.
            let Ok(stages) = self.partial(children, effect, &here, &mut uniter, u64::MAX) else { continue };
            for (_, _, point, label) in group {
                let mut target = message.label(*label).sum;
                let mut mask = message.mask_of(&here, *label, self.masks);
                for (child, before) in children.iter().zip(&stages).rev() {
                    let Some(pair) = self.pair(before, &self.messages[*child], &here, target, mask) else { break };
                    wanted[*child].push((*point, pair.label));
                    (target, mask) = (pair.rest, pair.mask);
                }
            }
        }
    }

    /// A partial sum and a label of a message that make up a target.
    fn pair(
        &self,
        before: &[Vec<Label<T, N>>],
        child: &Message<T, N>,
        positions: &[u16],
        target: [T; N],
        mask: usize,
    ) -> Option<Pair<T, N>> {
        if self.masks == 1 {
            let (start, _) = child.range(positions, 0, 1);
            let (list, cell) = (before.first()?, child.cell(positions, 0, 1));
            let minus = |b: &[T; N]| {
                let mut rest = target;
                rest.iter_mut().zip(b).for_each(|(r, b)| *r -= *b);
                rest
            };
            let find = |of: &[Label<T, N>], sum: &[T; N]| of.binary_search_by(|l| sum.cmp(&l.sum)).ok();
            if list.len() <= cell.len() {
                let found = list.iter().find_map(|l| Some((find(cell, &minus(&l.sum))?, l.sum)));
                return found.map(|(at, rest)| Pair { label: start + at as u32, rest, mask: 0 });
            }
            let found = cell.iter().enumerate().find_map(|(at, c)| {
                let rest = minus(&c.sum);
                find(list, &rest).map(|_| (at, rest))
            });
            return found.map(|(at, rest)| Pair { label: start + at as u32, rest, mask: 0 });
        }
        for (one, list) in before.iter().enumerate() {
            for other in (0..self.masks).filter(|other| one | other == mask) {
                let (start, _) = child.range(positions, other, self.masks);
                let cell = child.cell(positions, other, self.masks);
                for (at, c) in cell.iter().enumerate() {
                    let fits = |l: &&Label<T, N>| {
                        let mut sum = l.sum;
                        super::problem::plus(&mut sum, &c.sum);
                        self.zeroed(sum, mask) == target
                    };
                    if let Some(l) = list.iter().find(fits) {
                        return Some(Pair { label: start + at as u32, rest: l.sum, mask: one });
                    }
                }
            }
        }
        None
    }
}

/// What a sum was made of.
struct Pair<T, const N: usize> {
    /// The label of the message.
    label: u32,
    /// The partial sum.
    rest: [T; N],
    /// The zeroes of the partial sum.
    mask: usize,
}

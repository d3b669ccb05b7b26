//! Taking issues out one by one: frontiers sent along a tree decomposition.
//!
//! When an issue is taken out, the terms and messages that speak of it are joined over the issues they are
//! tied to, and for every combination of those the efficient sums over the values of the issue are kept
//! (bucket elimination: Bertelè & Brioschi 1972, Dechter 1999; with sets of efficient sums: Rollón & Larrosa
//! 2006). A party whose utility can become 0 doubles the number of combinations: sums with and without the zero
//! are not compared before the end.

use super::order::Order;
use super::problem::{Effect, Problem, Region, Table, at, plus};
use super::prune::{Label, Run, Uniter, keep_efficient};
use crate::analysis::Limits;
use crate::analysis::number::Whole;

/// The bytes that labels may take together.
const BYTES: usize = 1 << 30;

/// The efficient sums for every combination of some issues.
#[derive(Debug)]
pub(crate) struct Message<T, const N: usize> {
    /// The issues, in increasing order.
    pub(crate) scope: Vec<usize>,
    /// How far apart combinations are that differ by one in each.
    strides: Vec<usize>,
    /// Where the labels of a combination begin; with the zeroes the fastest.
    starts: Vec<u32>,
    labels: Vec<Label<T, N>>,
}

/// What was joined into a message.
#[derive(Debug)]
pub(crate) struct Bucket {
    /// The issue taken out; `None` where messages about nothing are only added up.
    pub(crate) issue: Option<usize>,
    /// The messages that were joined.
    pub(crate) children: Vec<usize>,
}

/// All messages of an elimination, the last one about nothing: the sums of all outcomes.
#[derive(Debug)]
pub(crate) struct Elimination<'p, T, const N: usize> {
    pub(crate) problem: &'p Problem<T, N>,
    pub(crate) messages: Vec<Message<T, N>>,
    pub(crate) buckets: Vec<Bucket>,
    /// The terms that were joined, by bucket.
    pub(crate) terms: Vec<Terms<'p, T, N>>,
    /// Combinations of zeroes.
    pub(crate) masks: usize,
    /// Labels looked at.
    pub(crate) steps: u64,
}

/// Terms of a bucket.
#[derive(Debug)]
pub(crate) struct Terms<'p, T, const N: usize> {
    regions: Vec<&'p Region<T, N>>,
    tables: Vec<&'p Table<T, N>>,
}

/// A limit was hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stopped;

impl<T: Whole, const N: usize> Message<T, N> {
    /// The labels of a combination, by the positions of all issues.
    pub(crate) fn cell(&self, positions: &[u16], mask: usize, masks: usize) -> &[Label<T, N>] {
        self.labels_at(self.combination(positions) * masks + mask)
    }

    /// Which combination of the issues of the scope positions are.
    pub(crate) fn combination(&self, positions: &[u16]) -> usize {
        let digit = |issue: &usize| positions.get(*issue).copied().map_or(0, usize::from);
        self.scope.iter().zip(&self.strides).map(|(issue, stride)| digit(issue) * stride).sum()
    }

    /// Where the labels of a combination begin, and how many they are.
    pub(crate) fn range(&self, positions: &[u16], mask: usize, masks: usize) -> (u32, u32) {
        let cell = self.combination(positions) * masks + mask;
        (self.starts[cell], self.starts[cell + 1] - self.starts[cell])
    }

    /// Where the labels of a combination of zeroes begin, in a message about nothing.
    pub(crate) fn start(&self, mask: usize) -> u32 {
        self.starts[mask]
    }

    /// A label by its number in the message.
    pub(crate) fn label(&self, number: u32) -> &Label<T, N> {
        &self.labels[number as usize]
    }

    /// The zeroes of a label at a combination.
    pub(crate) fn mask_of(&self, positions: &[u16], number: u32, masks: usize) -> usize {
        let first = self.combination(positions) * masks;
        (0..masks).find(|mask| number < self.starts[first + mask + 1]).unwrap_or(0)
    }

    fn labels_at(&self, cell: usize) -> &[Label<T, N>] {
        let (start, end) = (self.starts[cell] as usize, self.starts[cell + 1] as usize);
        &self.labels[start..end]
    }
}

impl<'p, T: Whole, const N: usize> Elimination<'p, T, N> {
    /// Takes all issues out.
    pub(crate) fn run(problem: &'p Problem<T, N>, order: &Order, limits: Limits) -> Result<Self, Stopped> {
        let masks = 1 << problem.zeroed.len();
        let mut this =
            Elimination { problem, messages: Vec::new(), buckets: Vec::new(), terms: Vec::new(), masks, steps: 0 };
        let mut regions: Vec<&Region<T, N>> = problem.regions.iter().collect();
        let mut tables: Vec<&Table<T, N>> = problem.tables.iter().collect();
        let mut waiting: Vec<usize> = Vec::new();
        for (issue, scope) in order.issues.iter().zip(&order.ties) {
            let mut terms = Terms { regions: Vec::new(), tables: Vec::new() };
            regions.retain(|r| {
                let here = r.sides.iter().any(|s| s.issue == *issue);
                if here {
                    terms.regions.push(*r);
                }
                !here
            });
            tables.retain(|t| {
                let here = t.scope.contains(issue);
                if here {
                    terms.tables.push(*t);
                }
                !here
            });
            let (here, rest) = waiting.iter().partition(|m| this.messages[**m].scope.contains(issue));
            waiting = rest;
            this.join(Bucket { issue: Some(*issue), children: here }, terms, scope, limits)?;
            waiting.push(this.messages.len() - 1);
        }
        // What is left is about nothing: independent groups of issues. Small ones first.
        waiting.sort_by_key(|m| this.messages[*m].labels.len());
        let mut waiting = waiting.into_iter();
        let mut sum: Vec<usize> = waiting.next().into_iter().collect();
        loop {
            let next = waiting.next();
            if next.is_none() && sum.len() == 1 && !this.messages.is_empty() && sum[0] + 1 == this.messages.len() {
                return Ok(this);
            }
            sum.extend(next);
            let terms = Terms { regions: Vec::new(), tables: Vec::new() };
            this.join(Bucket { issue: None, children: std::mem::take(&mut sum) }, terms, &[], limits)?;
            sum.push(this.messages.len() - 1);
        }
    }

    /// The effect of every value of the issue of a bucket at a combination of the issues it is tied to.
    pub(crate) fn effects(&self, bucket: usize, positions: &[u16], into: &mut Vec<Effect<T, N>>) {
        into.clear();
        let Some(issue) = self.buckets[bucket].issue else {
            into.push(Effect::nothing());
            return;
        };
        let values = &self.problem.values;
        let terms = &self.terms[bucket];
        into.extend(self.problem.worth[issue].iter().map(|w| Effect::gain(*w)));
        for region in &terms.regions {
            let inside = |issue: usize, inside: &[bool]| at(inside, values[issue][usize::from(positions[issue])]);
            if !region.sides.iter().all(|s| s.issue == issue || inside(s.issue, &s.inside)) {
                continue;
            }
            let Some(side) = region.sides.iter().find(|s| s.issue == issue) else { continue };
            for (effect, _) in into.iter_mut().zip(&values[issue]).filter(|(_, d)| at(&side.inside, **d)) {
                effect.add(&region.effect);
            }
        }
        for table in &terms.tables {
            let mut first = 0;
            for (i, size) in table.scope.iter().zip(&table.sizes) {
                let position = if *i == issue { 0 } else { usize::from(positions[*i]) };
                first = first * size + position;
            }
            let stride = table.stride(issue).map_or(1, |(stride, _)| stride);
            for (effect, entry) in into.iter_mut().zip(table.entries.iter().skip(first).step_by(stride)) {
                effect.add(entry);
            }
        }
    }

    fn join(&mut self, bucket: Bucket, terms: Terms<'p, T, N>, scope: &[usize], limits: Limits) -> Result<(), Stopped> {
        let sizes: Vec<usize> = scope.iter().map(|i| self.problem.values[*i].len()).collect();
        let mut strides = vec![1; sizes.len()];
        for place in (1..sizes.len()).rev() {
            strides[place - 1] = strides[place] * sizes[place];
        }
        let combinations: usize = sizes.iter().product();
        let at = self.buckets.len();
        let issue = bucket.issue;
        self.buckets.push(bucket);
        self.terms.push(terms);
        let mut message = Message { scope: scope.to_vec(), strides, starts: vec![0], labels: Vec::new() };
        message.starts.reserve(combinations * self.masks);
        let stored: usize = self.messages.iter().map(|m| m.labels.len()).sum();
        let most = (BYTES / size_of::<Label<T, N>>()).min(u32::MAX as usize >> 1).saturating_sub(stored);
        let mut positions = vec![0u16; self.problem.values.len()];
        let mut worker = Worker::new(self.masks);
        for _ in 0..combinations {
            worker.cell(self, at, issue, &mut positions, &mut message, limits)?;
            if message.labels.len() > most || self.steps + worker.steps > limits.steps {
                return Err(Stopped);
            }
            // The next combination, the last issue fastest.
            for (issue, size) in scope.iter().zip(&sizes).rev() {
                positions[*issue] += 1;
                if usize::from(positions[*issue]) < *size {
                    break;
                }
                positions[*issue] = 0;
            }
        }
        self.steps += worker.steps;
        self.messages.push(message);
        Ok(())
    }

    /// The efficient sums of some values of a bucket's issue without its last message: one list for every
    /// combination of zeroes, and one such set before every message. Needed while joining and again for finding
    /// the outcomes. Stops when more than `most` sums would have to be looked at.
    pub(crate) fn partial(
        &self,
        children: &[usize],
        effect: &Effect<T, N>,
        positions: &[u16],
        uniter: &mut Uniter<T, N>,
        mut most: u64,
    ) -> Result<Vec<Vec<Vec<Label<T, N>>>>, Stopped> {
        let mut stages = Vec::with_capacity(children.len());
        let mut now: Vec<Vec<Label<T, N>>> = vec![Vec::new(); self.masks];
        if let Some(cell) = now.get_mut(effect.zeroes as usize) {
            cell.push(Label { sum: self.zeroed(effect.gain, effect.zeroes as usize), from: 0 });
        }
        stages.push(now);
        for child in children.iter().take(children.len().saturating_sub(1)) {
            let mut next: Vec<Vec<Label<T, N>>> = vec![Vec::new(); self.masks];
            let before = stages.last().map_or(&[][..], Vec::as_slice);
            if self.masks == 1 {
                let cell = self.messages[*child].cell(positions, 0, 1);
                let count = before.first().map_or(0, Vec::len) as u64 * cell.len() as u64;
                most = most.checked_sub(count).ok_or(Stopped)?;
                let mut runs = Vec::new();
                sums(before.first().map_or(&[][..], Vec::as_slice), cell, 0, &mut runs);
                if let Some(next) = next.first_mut() {
                    uniter.unite(&runs, next);
                }
            } else {
                for (mask, list) in before.iter().enumerate() {
                    for other in 0..self.masks {
                        let cell = self.messages[*child].cell(positions, other, self.masks);
                        let both = mask | other;
                        most = most.checked_sub(list.len() as u64 * cell.len() as u64).ok_or(Stopped)?;
                        for a in list {
                            compact(&mut next[both]);
                            next[both].extend(cell.iter().map(|b| self.added(a, b, both)));
                        }
                    }
                }
                next.iter_mut().for_each(keep_efficient);
            }
            stages.push(next);
        }
        Ok(stages)
    }

    /// The sum of two labels where some parties have 0.
    fn added(&self, a: &Label<T, N>, b: &Label<T, N>, mask: usize) -> Label<T, N> {
        let mut sum = a.sum;
        plus(&mut sum, &b.sum);
        Label { sum: self.zeroed(sum, mask), from: 0 }
    }

    pub(crate) fn zeroed(&self, mut sum: [T; N], mask: usize) -> [T; N] {
        for (bit, party) in self.problem.zeroed.iter().enumerate() {
            if mask >> bit & 1 == 1 {
                sum[*party] = T::default();
            }
        }
        sum
    }
}

/// Keeps a list that grows from outgrowing the memory.
fn compact<T: Whole, const N: usize>(list: &mut Vec<Label<T, N>>) {
    if list.len() == list.capacity() && list.len() > 1 << 16 {
        keep_efficient(list);
    }
}

/// The sums of two lists as runs of the longer one.
fn sums<'a, T: Whole, const N: usize>(
    a: &'a [Label<T, N>],
    b: &'a [Label<T, N>],
    first: u32,
    runs: &mut Vec<Run<'a, T, N>>,
) {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if !long.is_empty() {
        runs.extend(short.iter().map(|s| Run { by: s.sum, labels: long, first, numbered: false }));
    }
}

/// A value, the sums of all messages but the last, and the labels of the last.
type Partial<'a, T, const N: usize> = (u32, Vec<Label<T, N>>, &'a [Label<T, N>]);

/// What filling one cell after the other needs.
struct Worker<T, const N: usize> {
    uniter: Uniter<T, N>,
    effects: Vec<Effect<T, N>>,
    lists: Vec<Vec<Label<T, N>>>,
    steps: u64,
}

impl<T: Whole, const N: usize> Worker<T, N> {
    fn new(masks: usize) -> Self {
        Worker { uniter: Uniter::new(), effects: Vec::new(), lists: vec![Vec::new(); masks], steps: 0 }
    }

    /// Appends the labels of one combination.
    fn cell(
        &mut self,
        of: &Elimination<'_, T, N>,
        bucket: usize,
        issue: Option<usize>,
        positions: &mut [u16],
        message: &mut Message<T, N>,
        limits: Limits,
    ) -> Result<(), Stopped> {
        let mut effects = std::mem::take(&mut self.effects);
        of.effects(bucket, positions, &mut effects);
        let before = message.labels.len();
        if of.masks == 1 {
            self.without_zeroes(of, bucket, positions, &effects, message, limits)?;
            message.starts.push(message.labels.len() as u32);
        } else {
            self.with_zeroes(of, bucket, positions, &effects, message, limits)?;
        }
        self.effects = effects;
        if let Some(issue) = issue {
            positions[issue] = 0;
        }
        let points = message.labels.len() - before;
        self.steps += 1 + points as u64;
        if points > limits.points || self.steps + of.steps > limits.steps { Err(Stopped) } else { Ok(()) }
    }

    fn without_zeroes(
        &mut self,
        of: &Elimination<'_, T, N>,
        bucket: usize,
        positions: &mut [u16],
        effects: &[Effect<T, N>],
        message: &mut Message<T, N>,
        limits: Limits,
    ) -> Result<(), Stopped> {
        let issue = of.buckets[bucket].issue;
        let children = &of.buckets[bucket].children;
        let last = children.last().map(|c| &of.messages[*c]);
        let single = [Label { sum: [T::default(); N], from: 0 }];
        let mut partials: Vec<Partial<'_, T, N>> = Vec::new();
        let mut runs: Vec<Run<'_, T, N>> = Vec::with_capacity(effects.len());
        let mut offset = 0u32;
        for (value, effect) in effects.iter().enumerate() {
            if let Some(issue) = issue {
                positions[issue] = value as u16;
            }
            let cell = last.map_or(&single[..], |m| m.cell(positions, 0, 1));
            if !effect.forbids && !cell.is_empty() {
                match children.len() {
                    0 => runs.push(Run { by: effect.gain, labels: cell, first: value as u32, numbered: false }),
                    1 => runs.push(Run { by: effect.gain, labels: cell, first: offset, numbered: true }),
                    _ => {
                        let left = limits.steps.saturating_sub(of.steps + self.steps);
                        let stages = of.partial(children, effect, positions, &mut self.uniter, left)?;
                        let list = stages.into_iter().last().and_then(|s| s.into_iter().next()).unwrap_or_default();
                        partials.push((value as u32, list, cell));
                    }
                }
            }
            offset = offset.wrapping_add(cell.len() as u32);
        }
        for (value, list, cell) in &partials {
            sums(list, cell, *value, &mut runs);
        }
        self.steps += runs.iter().map(|r| r.labels.len() as u64).sum::<u64>();
        if of.steps + self.steps > limits.steps {
            return Err(Stopped);
        }
        if !runs.is_empty() {
            self.uniter.unite(&runs, &mut message.labels);
        }
        Ok(())
    }

    fn with_zeroes(
        &mut self,
        of: &Elimination<'_, T, N>,
        bucket: usize,
        positions: &mut [u16],
        effects: &[Effect<T, N>],
        message: &mut Message<T, N>,
        limits: Limits,
    ) -> Result<(), Stopped> {
        let issue = of.buckets[bucket].issue;
        let children = &of.buckets[bucket].children;
        self.lists.iter_mut().for_each(Vec::clear);
        let mut offset = 0u32;
        for (value, effect) in effects.iter().enumerate() {
            if let Some(issue) = issue {
                positions[issue] = value as u16;
            }
            let Some(last) = children.last().map(|c| &of.messages[*c]) else {
                if let (false, Some(list)) = (effect.forbids, self.lists.get_mut(effect.zeroes as usize)) {
                    let sum = of.zeroed(effect.gain, effect.zeroes as usize);
                    list.push(Label { sum, from: value as u32 });
                }
                continue;
            };
            let left = limits.steps.saturating_sub(of.steps + self.steps);
            let stages = if effect.forbids {
                Vec::new()
            } else {
                of.partial(children, effect, positions, &mut self.uniter, left)?
            };
            let partial = stages.into_iter().last().unwrap_or_default();
            for other in 0..of.masks {
                let cell = last.cell(positions, other, of.masks);
                for (mask, list) in partial.iter().enumerate() {
                    let both = mask | other;
                    self.steps += (list.len() * cell.len()) as u64;
                    if of.steps + self.steps > limits.steps {
                        return Err(Stopped);
                    }
                    for a in list {
                        let from = |at: usize| if children.len() == 1 { offset + at as u32 } else { value as u32 };
                        let labels =
                            cell.iter().enumerate().map(|(at, b)| Label { from: from(at), ..of.added(a, b, both) });
                        compact(&mut self.lists[both]);
                        self.lists[both].extend(labels);
                    }
                }
                offset = offset.wrapping_add(cell.len() as u32);
            }
        }
        for list in &mut self.lists {
            keep_efficient(list);
            message.labels.extend_from_slice(list);
            message.starts.push(message.labels.len() as u32);
        }
        Ok(())
    }
}

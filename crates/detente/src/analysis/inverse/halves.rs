//! Meet in the middle: the sums of two halves of the issues, sorted, swept against each other.
//!
//! Horowitz and Sahni (1974). A space of n outcomes takes two lists of about √n sums. Where those are too long as
//! well, the first issues are fixed to one choice after another that leaves the rest about as likely to hit, and
//! the answer says how far from the right one it may be.

use super::columns::{Choice, Columns};
use super::{Hit, Searched};
use crate::analysis::number::Whole;
use crate::game::Outcome;
use std::sync::Arc;

/// Choices for the first issues that are tried per question.
const TRIES: usize = 32;

/// The distinct sums of some issues.
struct Half<W> {
    /// In increasing order.
    sums: Vec<W>,
    /// Where the places of a sum begin; one entry more.
    starts: Vec<u32>,
    /// The places in lexicographic order of the outcomes with a sum, in increasing order.
    places: Vec<u32>,
}

impl<W: Whole> Half<W> {
    fn of(columns: &[Vec<Choice>]) -> Self {
        let mut sums = vec![W::default()];
        for column in columns {
            let worth: Vec<W> = column.iter().map(|c| W::from_wide(c.steps)).collect();
            sums = sums.iter().flat_map(|sum| worth.iter().map(|w| *sum + *w)).collect();
        }
        let mut pairs: Vec<(W, u32)> = sums.into_iter().zip(0u32..).collect();
        pairs.sort_unstable();
        let mut half = Half { sums: Vec::new(), starts: Vec::new(), places: Vec::with_capacity(pairs.len()) };
        for ((sum, place), at) in pairs.into_iter().zip(0u32..) {
            if half.sums.last() != Some(&sum) {
                half.sums.push(sum);
                half.starts.push(at);
            }
            half.places.push(place);
        }
        half.starts.push(u32::try_from(half.places.len()).unwrap_or(u32::MAX));
        half
    }

    /// The places of a sum.
    fn places(&self, at: usize) -> &[u32] {
        let (from, to) = (self.start(at), self.start(at + 1));
        self.places.get(from..to).unwrap_or(&[])
    }

    fn start(&self, at: usize) -> usize {
        self.starts.get(at).map_or(self.places.len(), |s| *s as usize)
    }

    fn first(&self, at: usize) -> u32 {
        self.places(at).first().copied().unwrap_or(0)
    }
}

/// The halves of the issues from one on.
pub(super) struct Halves<W> {
    columns: Arc<Columns>,
    first: usize,
    middle: usize,
    low: Half<W>,
    high: Half<W>,
}

/// A pair of sums with what they add up to: the best so far.
type Pair<W> = Option<(W, usize, usize)>;

/// Where to begin and where to cut so that neither half has more than `most` sums, with the fewest issues left out.
pub(super) fn split(columns: &Columns, most: usize) -> (usize, usize) {
    let size = |range: &[Vec<Choice>]| range.iter().fold(1usize, |n, c| n.saturating_mul(c.len()));
    let all = &columns.choices;
    let longest_before = |end: usize| {
        (0..=end).find(|start| all.get(*start..end).is_some_and(|range| size(range) <= most)).unwrap_or(end)
    };
    let middle = longest_before(all.len());
    let first = longest_before(middle);
    // Both fit; move the cut to where they are most alike.
    let unevenness = |cut: &usize| {
        let sizes = [first..*cut, *cut..all.len()].map(|range| all.get(range).map_or(usize::MAX, size));
        sizes[0].max(sizes[1])
    };
    (first, (first..=all.len()).min_by_key(unevenness).unwrap_or(middle))
}

impl<W: Whole> Halves<W> {
    /// The halves from issue `first` on, cut before issue `middle`, as [`split`] says.
    pub(super) fn of(columns: Arc<Columns>, (first, middle): (usize, usize)) -> Self {
        let low = Half::of(columns.choices.get(first..middle).unwrap_or(&[]));
        let high = Half::of(columns.choices.get(middle..).unwrap_or(&[]));
        Halves { columns, first, middle, low, high }
    }

    /// Calls with every sum of the one half and the number of sums of the other that fall short of `target` with it.
    fn sweep(&self, target: W, mut visit: impl FnMut(usize, W, usize)) {
        let mut short = self.high.sums.as_slice();
        for (at, sum) in self.low.sums.iter().enumerate() {
            let needed = target - *sum;
            while let Some((last, rest)) = short.split_last() {
                if *last < needed {
                    break;
                }
                short = rest;
            }
            visit(at, *sum, short.len());
        }
    }

    /// The least sum from `target` on; of several ways to it the first in order.
    fn up(&self, target: W) -> Pair<W> {
        let mut best: Pair<W> = None;
        self.sweep(target, |at, sum, short| {
            if let Some(other) = self.high.sums.get(short) {
                self.improve(&mut best, (sum + *other, at, short), |new, old| new < old);
            }
        });
        best
    }

    /// The greatest sum below `target`; of several ways to it the first in order.
    fn below(&self, target: W) -> Pair<W> {
        let mut best: Pair<W> = None;
        self.sweep(target, |at, sum, short| {
            if let Some((with, other)) = short.checked_sub(1).and_then(|with| Some((with, self.high.sums.get(with)?))) {
                self.improve(&mut best, (sum + *other, at, with), |new, old| new > old);
            }
        });
        best
    }

    fn improve(&self, best: &mut Pair<W>, new: (W, usize, usize), better: impl Fn(W, W) -> bool) {
        let wins = best.as_ref().is_none_or(|old| {
            better(new.0, old.0) || (new.0 == old.0 && self.low.first(new.1) < self.low.first(old.1))
        });
        if wins {
            *best = Some(new);
        }
    }

    /// The number of outcomes whose sum falls short of `target`.
    fn short_of(&self, target: W) -> u128 {
        let mut count = 0u128;
        self.sweep(target, |at, _, short| {
            count += (self.low.places(at).len() as u128) * self.high.start(short) as u128
        });
        count
    }

    fn to_whole(&self, steps: i128) -> W {
        W::from_wide(steps.clamp(-1, self.columns.most() + 2))
    }

    /// The outcome of choices for the first issues and of places in both halves.
    fn outcome(&self, before: &[usize], low: u32, high: u32) -> Outcome {
        let mut picks = before.to_vec();
        picks.resize(self.columns.choices.len(), 0);
        for (range, place) in [(self.first..self.middle, low), (self.middle..self.columns.choices.len(), high)] {
            let mut place = place as usize;
            for at in range.rev() {
                let size = self.columns.choices.get(at).map_or(1, Vec::len).max(1);
                if let Some(pick) = picks.get_mut(at) {
                    *pick = place % size;
                }
                place /= size;
            }
        }
        self.columns.outcome(&picks)
    }

    /// The nearest sum on one side of `target`, over choices for the first issues.
    fn search(&self, target: i128, upwards: bool) -> Option<Hit> {
        let mut tries = Tries { best: None, left: TRIES, complete: true };
        self.descend(target, upwards, &mut Vec::new(), 0, &mut tries);
        let (distance, outcome) = tries.best?;
        let steps = if upwards { target + distance } else { target - distance };
        Some(Hit { steps, outcome, gap: if tries.complete { 0 } else { distance } })
    }

    fn descend(&self, target: i128, upwards: bool, picks: &mut Vec<usize>, sum: i128, tries: &mut Tries) {
        let level = picks.len();
        let rest = target - sum;
        let reach = self.columns.reach.get(level).copied().unwrap_or(0);
        // Nothing below is nearer than this, or nothing is on the right side at all.
        let (nearest, none) = if upwards { ((-rest).max(0), rest > reach) } else { ((rest - reach).max(0), rest < 0) };
        if none || tries.best.as_ref().is_some_and(|(distance, _)| *distance <= nearest) {
            return;
        }
        if tries.left == 0 {
            tries.complete = false;
            return;
        }
        if level == self.first {
            tries.left -= 1;
            let found =
                if upwards { self.up(self.to_whole(rest)) } else { self.below(self.to_whole(rest.min(reach) + 1)) };
            let Some((found, low, high)) = found else { return };
            let distance = (found.wide() - rest).abs();
            if tries.best.as_ref().is_none_or(|(best, _)| distance < *best) {
                let outcome = self.outcome(picks, self.low.first(low), self.high.first(high));
                tries.best = Some((distance, outcome));
            }
            return;
        }
        let Some(column) = self.columns.choices.get(level) else { return };
        // The share of the rest that this issue would carry if all carried the same share of what they can: what is
        // left is then where sums are densest.
        let most = column.iter().map(|c| c.steps).max().unwrap_or(0);
        let ideal = if reach == 0 { 0 } else { share(rest.clamp(0, reach), most, reach) };
        let mut order: Vec<usize> = (0..column.len()).collect();
        order.sort_by_key(|at| column.get(*at).map_or(0, |c| (c.steps - ideal).abs()));
        for at in order {
            let steps = column.get(at).map_or(0, |c| c.steps);
            picks.push(at);
            self.descend(target, upwards, picks, sum + steps, tries);
            picks.pop();
        }
    }
}

/// `part * of / whole` without overflow, roughly.
fn share(part: i128, of: i128, whole: i128) -> i128 {
    part.checked_mul(of).map_or_else(|| (part / (whole / of.max(1)).max(1)).min(of), |product| product / whole)
}

/// A search over choices for the first issues.
struct Tries {
    best: Option<(i128, Outcome)>,
    left: usize,
    complete: bool,
}

impl<W: Whole> Searched for Halves<W> {
    fn at_least(&self, steps: i128) -> Option<Hit> {
        self.search(steps.max(0), true)
    }

    fn at_most(&self, steps: i128) -> Option<Hit> {
        self.search(steps.min(self.columns.most()), false)
    }

    fn band(&self, low: i128, high: i128, most: usize) -> Option<Vec<(i128, Outcome)>> {
        if self.first > 0 {
            return None;
        }
        if self.count(low, high).is_none_or(|count| count > most as u128) {
            return None;
        }
        let (low, high) = (self.to_whole(low), self.to_whole(high));
        let mut found: Vec<(W, u32, u32)> = Vec::new();
        for (at, sum) in self.low.sums.iter().enumerate() {
            let from = self.high.sums.partition_point(|other| *sum + *other < low);
            for (with, other) in self.high.sums.iter().enumerate().skip(from) {
                let total = *sum + *other;
                if total > high {
                    break;
                }
                for place in self.low.places(at) {
                    found.extend(self.high.places(with).iter().map(|other| (-total, *place, *other)));
                }
            }
        }
        found.sort_unstable();
        let outcome = |(sum, a, b): (W, u32, u32)| ((-sum).wide(), self.outcome(&[], a, b));
        Some(found.into_iter().map(outcome).collect())
    }

    fn count(&self, low: i128, high: i128) -> Option<u128> {
        if self.first > 0 {
            return None;
        }
        let beyond = self.short_of(self.to_whole(high.saturating_add(1)));
        Some(beyond.saturating_sub(self.short_of(self.to_whole(low))))
    }
}

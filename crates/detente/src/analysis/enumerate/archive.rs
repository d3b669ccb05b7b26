//! The points found so far than which no other is better: compared exactly, asked coarsely.

use super::plan::{GROUP, cluster};
use super::scale::{Scale, UNBEATEN};
use crate::analysis::Point;
use crate::game::Outcome;
use std::cell::Cell;
use std::collections::BTreeMap;

/// A point with the number of outcomes seen that have its utilities.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) point: Point,
    pub(super) seen: u64,
}

/// The undominated points so far.
#[derive(Debug)]
pub(super) enum Archive {
    /// For one or two parties: by the utility of the first, with the utility of the second.
    Stairs(BTreeMap<i128, (i128, Outcome, u64)>),
    /// For more.
    Groups(Groups),
}

impl Archive {
    pub(super) fn new(parties: usize) -> Self {
        if parties <= 2 { Archive::Stairs(BTreeMap::new()) } else { Archive::Groups(Groups::new(parties)) }
    }

    /// How many points there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Archive::Stairs(stairs) => stairs.len(),
            Archive::Groups(groups) => groups.alive,
        }
    }

    /// Writes the coarse utilities of a point that has at least these for everybody; false when there is none.
    pub(super) fn dominator(&self, scales: &[Scale], coarse: &[i32], into: &mut [i32]) -> bool {
        match self {
            Archive::Stairs(stairs) => {
                let least = scales.first().map_or(0, |s| s.reaching(coarse[0]));
                let Some((first, (second, _, _))) = stairs.range(least..).next() else { return false };
                let row = [*first, *second];
                into.iter_mut().zip(scales).zip(row).for_each(|((i, scale), u)| *i = scale.down(u));
                into.iter().zip(coarse).take(scales.len()).all(|(row, c)| row >= c)
            }
            Archive::Groups(groups) => groups.dominator(coarse, into),
        }
    }

    /// Takes a point in unless one is as good; what it dominates goes. Of a point with the same utilities it adds to
    /// the outcomes seen, and the least outcome stays.
    pub(super) fn insert(&mut self, scales: &[Scale], found: Found) {
        match self {
            Archive::Stairs(stairs) => {
                let first = found.point.utilities.first().copied().unwrap_or(0);
                let second = found.point.utilities.get(1).copied().unwrap_or(0);
                if let Some((key, (other, outcome, seen))) = stairs.range_mut(first..).next()
                    && *other >= second
                {
                    if *key == first && *other == second {
                        *seen += found.seen;
                        if found.point.outcome < *outcome {
                            *outcome = found.point.outcome;
                        }
                    }
                    return;
                }
                while let Some((key, (other, _, _))) = stairs.range(..=first).next_back() {
                    if *other > second {
                        break;
                    }
                    let key = *key;
                    stairs.remove(&key);
                }
                stairs.insert(first, (second, found.point.outcome, found.seen));
            }
            Archive::Groups(groups) => groups.insert(scales, found),
        }
    }

    /// The points.
    pub(super) fn into_found(self, parties: usize) -> Vec<Found> {
        match self {
            Archive::Stairs(stairs) => stairs
                .into_iter()
                .map(|(first, (second, outcome, seen))| {
                    let utilities = [first, second].into_iter().take(parties).collect();
                    Found { point: Point { utilities, outcome }, seen }
                })
                .collect(),
            Archive::Groups(groups) => groups.points.into_iter().flatten().collect(),
        }
    }
}

/// Points in groups of like utilities, coarse numbers in columns.
#[derive(Debug)]
pub(super) struct Groups {
    parties: usize,
    /// `None` where a better one came.
    points: Vec<Option<Found>>,
    alive: usize,
    /// Coarse utilities: group, party, place. [`i32::MIN`] where there is none.
    rows: Vec<i32>,
    /// The most and the least of each party in each group.
    most: Vec<i32>,
    least: Vec<i32>,
    /// Points at which they are grouped anew.
    next: usize,
    /// The group that held the last dominator; the next one is often there too.
    last: Cell<usize>,
}

impl Groups {
    fn new(parties: usize) -> Self {
        let (points, rows, most, least) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Groups { parties, points, alive: 0, rows, most, least, next: 4 * GROUP, last: Cell::new(0) }
    }

    fn dominator(&self, coarse: &[i32], into: &mut [i32]) -> bool {
        let n = self.parties;
        let groups = || self.most.chunks_exact(n).zip(self.rows.chunks_exact(n * GROUP)).enumerate();
        let last = self.last.get();
        for (at, (most, rows)) in groups().skip(last).take(1).chain(groups()) {
            if most.iter().zip(coarse).any(|(m, c)| m < c) {
                continue;
            }
            let mut fits = [true; GROUP];
            for (column, c) in rows.chunks_exact(GROUP).zip(coarse) {
                fits.iter_mut().zip(column).for_each(|(f, x)| *f &= x >= c);
            }
            if let Some(place) = fits.iter().position(|f| *f) {
                into.iter_mut().zip(rows.chunks_exact(GROUP)).for_each(|(i, column)| *i = column[place]);
                self.last.set(at);
                return true;
            }
        }
        false
    }

    fn insert(&mut self, scales: &[Scale], found: Found) {
        let coarse: Vec<i32> = scales.iter().zip(&found.point.utilities).map(|(s, u)| s.down(*u)).collect();
        let n = self.parties;
        for (group, rows) in self.rows.chunks_exact_mut(n * GROUP).enumerate() {
            let most = &self.most[group * n..(group + 1) * n];
            let least = &self.least[group * n..(group + 1) * n];
            let above = most.iter().zip(&coarse).all(|(m, c)| m >= c);
            let below = least.iter().zip(&coarse).all(|(l, c)| l <= c);
            if !above && !below {
                continue;
            }
            for place in 0..GROUP {
                let row = || (0..n).map(|p| rows[p * GROUP + place]);
                let may_lose = above && row().zip(&coarse).all(|(r, c)| r >= *c);
                let may_win = below && row().zip(&coarse).all(|(r, c)| r <= *c);
                if !may_lose && !may_win {
                    continue;
                }
                let Some(slot) = self.points.get_mut(group * GROUP + place) else { break };
                let Some(other) = slot else { continue };
                let pairs = || other.point.utilities.iter().zip(&found.point.utilities);
                if pairs().all(|(a, b)| a >= b) {
                    if pairs().all(|(a, b)| a == b) {
                        other.seen += found.seen;
                        if found.point.outcome < other.point.outcome {
                            other.point.outcome = found.point.outcome;
                        }
                    }
                    return;
                }
                if pairs().all(|(a, b)| a <= b) {
                    *slot = None;
                    self.alive -= 1;
                    (0..n).for_each(|p| rows[p * GROUP + place] = i32::MIN);
                }
            }
        }
        self.push(&coarse, found);
        if self.points.len() >= self.next {
            self.regroup(scales);
        }
    }

    fn push(&mut self, coarse: &[i32], found: Found) {
        let (at, n) = (self.points.len(), self.parties);
        let (group, place) = (at / GROUP, at % GROUP);
        if place == 0 {
            self.rows.resize((group + 1) * n * GROUP, i32::MIN);
            self.most.resize((group + 1) * n, i32::MIN);
            self.least.resize((group + 1) * n, UNBEATEN);
        }
        for (party, c) in coarse.iter().enumerate() {
            self.rows[(group * n + party) * GROUP + place] = *c;
            let (most, least) = (&mut self.most[group * n + party], &mut self.least[group * n + party]);
            *most = (*most).max(*c);
            *least = (*least).min(*c);
        }
        self.points.push(Some(found));
        self.alive += 1;
    }

    /// Groups points with like utilities together and forgets those that are gone.
    fn regroup(&mut self, scales: &[Scale]) {
        let mut points: Vec<Option<Found>> =
            std::mem::take(&mut self.points).into_iter().filter(Option::is_some).collect();
        let down = |found: &Found| -> Vec<i32> {
            scales.iter().zip(&found.point.utilities).map(|(s, u)| s.down(*u)).collect()
        };
        let coarse: Vec<Vec<i32>> = points.iter().flatten().map(down).collect();
        let mut order: Vec<u32> = (0..points.len() as u32).collect();
        cluster(&mut order, self.parties, &|at, party| coarse[at as usize][party]);
        let next = (2 * points.len()).max(4 * GROUP);
        *self = Groups { next, ..Groups::new(self.parties) };
        for at in order {
            if let Some(found) = points[at as usize].take() {
                self.push(&coarse[at as usize], found);
            }
        }
    }
}

//! The points found so far than which no other is better: compared exactly, asked coarsely.

use super::plan::{GROUP, cluster};
use super::scale::{Scale, UNBEATEN};
use crate::analysis::Point;
use crate::game::Outcome;
use pulp::Arch;
use std::collections::BTreeMap;

/// A point with the number of outcomes seen that have its utilities.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) point: Point,
    pub(super) seen: u64,
}

/// The undominated points so far.
#[derive(Debug, Clone)]
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
    pub(super) fn dominator(&mut self, scales: &[Scale], coarse: &[i32], into: &mut [i32]) -> bool {
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

    /// The same points, with no outcome seen of any.
    pub(super) fn unseen(&self) -> Self {
        let mut all = self.clone();
        match &mut all {
            Archive::Stairs(stairs) => stairs.values_mut().for_each(|(_, _, seen)| *seen = 0),
            Archive::Groups(groups) => groups.points.iter_mut().flatten().for_each(|found| found.seen = 0),
        }
        all
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

/// Points in groups of like utilities, and groups in groups of their own: coarse numbers in columns.
#[derive(Debug, Clone)]
pub(super) struct Groups {
    parties: usize,
    arch: Arch,
    /// `None` where a better one came.
    points: Vec<Option<Found>>,
    alive: usize,
    /// Coarse utilities: group, party, place. [`i32::MIN`] where there is none.
    rows: Vec<i32>,
    /// The most and the least of each party in each group: group of groups, party, place.
    most: Vec<i32>,
    least: Vec<i32>,
    /// Points at which they are grouped anew.
    next: usize,
    /// The group that held the last dominator; the next one is often there too.
    last: usize,
}

impl Groups {
    fn new(parties: usize) -> Self {
        let (points, rows, most, least) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Groups { parties, arch: Arch::new(), points, alive: 0, rows, most, least, next: 4 * GROUP, last: 0 }
    }

    fn dominator(&mut self, coarse: &[i32], into: &mut [i32]) -> bool {
        let size = self.parties * GROUP;
        let (arch, rows) = (self.arch, &self.rows);
        let found = arch.dispatch(|| {
            let within = |group: usize| {
                let place = at_least(rows.get(group * size..(group + 1) * size)?, coarse).trailing_zeros() as usize;
                (place < GROUP).then_some((group, place))
            };
            let all = self.most.chunks_exact(size).enumerate();
            within(self.last).or_else(|| {
                all.into_iter().find_map(|(above, most)| {
                    ones(at_least(most, coarse)).find_map(|place| within(above * GROUP + place))
                })
            })
        });
        let Some((group, place)) = found else { return false };
        let columns = self.rows[group * size..(group + 1) * size].chunks_exact(GROUP);
        into.iter_mut().zip(columns).for_each(|(i, column)| *i = column[place]);
        self.last = group;
        true
    }

    fn insert(&mut self, scales: &[Scale], found: Found) {
        let coarse: Vec<i32> = scales.iter().zip(&found.point.utilities).map(|(s, u)| s.down(*u)).collect();
        let size = self.parties * GROUP;
        let arch = self.arch;
        for from in (0..self.most.len()).step_by(size) {
            let (most, least) = (&self.most[from..from + size], &self.least[from..from + size]);
            let (above, below) = arch.dispatch(|| (at_least(most, &coarse), at_most(least, &coarse)));
            for near in ones(above | below) {
                let group = from / size * GROUP + near;
                let Some(rows) = self.rows.get_mut(group * size..(group + 1) * size) else { break };
                let (lose, win) = (above >> near & 1 == 1, below >> near & 1 == 1);
                let places = arch.dispatch(|| {
                    let may_lose = if lose { at_least(rows, &coarse) } else { 0 };
                    may_lose | if win { at_most(rows, &coarse) } else { 0 }
                });
                for place in ones(places) {
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
                        rows.iter_mut().skip(place).step_by(GROUP).for_each(|x| *x = i32::MIN);
                    }
                }
            }
        }
        self.push(&coarse, found);
        if self.points.len() >= self.next {
            self.regroup(scales);
        }
    }

    fn push(&mut self, coarse: &[i32], found: Found) {
        let (at, size) = (self.points.len(), self.parties * GROUP);
        let (group, place) = (at / GROUP, at % GROUP);
        let (above, near) = (group / GROUP, group % GROUP);
        if place == 0 {
            self.rows.resize((group + 1) * size, i32::MIN);
            self.most.resize((above + 1) * size, i32::MIN);
            self.least.resize((above + 1) * size, UNBEATEN);
        }
        for (party, c) in coarse.iter().enumerate() {
            self.rows[group * size + party * GROUP + place] = *c;
            let corner = above * size + party * GROUP + near;
            let (most, least) = (&mut self.most[corner], &mut self.least[corner]);
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

/// The places at which every column has at least what is asked of it, a bit each.
#[inline(always)]
fn at_least(columns: &[i32], asked: &[i32]) -> u64 {
    let mut fits = [-1i32; GROUP];
    for (column, c) in columns.as_chunks::<GROUP>().0.iter().zip(asked) {
        fits.iter_mut().zip(column).for_each(|(f, x)| *f &= -i32::from(x >= c));
    }
    bits(&fits)
}

/// The same where every column has at most that.
#[inline(always)]
fn at_most(columns: &[i32], asked: &[i32]) -> u64 {
    let mut fits = [-1i32; GROUP];
    for (column, c) in columns.as_chunks::<GROUP>().0.iter().zip(asked) {
        fits.iter_mut().zip(column).for_each(|(f, x)| *f &= -i32::from(x <= c));
    }
    bits(&fits)
}

#[inline(always)]
fn bits(fits: &[i32; GROUP]) -> u64 {
    if fits.iter().fold(0, |any, f| any | f) == 0 {
        return 0;
    }
    fits.iter().enumerate().fold(0, |bits, (place, f)| bits | (u64::from(*f != 0) << place))
}

/// The numbers of the bits that are set.
fn ones(bits: u64) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(bits), |bits| Some(bits & bits.wrapping_sub(1)))
        .take_while(|bits| *bits != 0)
        .map(|bits| bits.trailing_zeros() as usize)
}

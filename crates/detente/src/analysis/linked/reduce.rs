//! Making a problem smaller without losing a point of its frontier.
//!
//! Terms that are decided are folded into what they amount to, and a value goes when another value of its issue
//! is at least as good for everybody whatever the rest of the outcome (interchangeable and dominated values:
//! Freuder 1991). Of values that are as good as each other the first stays.

use super::problem::{Effect, Problem, Region, Table, What, Wide, at, plus};
use crate::analysis::number::Whole;

/// A term over at most this many combinations is written down as a table.
const WRITTEN: usize = 1 << 12;
/// Comparing the values of an issue may take this many steps.
const COMPARED: usize = 1 << 22;

impl<T: Whole, const N: usize> Problem<T, N> {
    /// Reduces until nothing changes.
    pub(crate) fn reduce(&mut self) {
        loop {
            while self.fold() {}
            if self.is_empty() || !(self.settle_zeroes() | self.drop_dominated()) {
                break;
            }
        }
        self.merge_regions();
        self.merge_tables();
    }

    /// Forgets the zeroes that are decided: of parties that have 0 for sure, whose gains no longer matter, and of
    /// parties that cannot have it any more. Whether somebody has 0 for sure who did not before.
    fn settle_zeroes(&mut self) -> bool {
        let sure = self.base.zeroes;
        let mut open = 0;
        self.effects_mut().for_each(|e| open |= e.zeroes);
        open &= !sure;
        if open.count_ones() as usize == self.zeroed.len() {
            return false;
        }
        let mut new_bit = Vec::new();
        let mut stay = Vec::new();
        let mut gone = Vec::new();
        for (bit, party) in self.zeroed.iter().enumerate() {
            if open >> bit & 1 == 1 {
                new_bit.push((1u32 << bit, 1u32 << stay.len()));
                stay.push(*party);
            } else if sure >> bit & 1 == 1 {
                gone.push(*party);
            }
        }
        self.effects_mut().for_each(|e| {
            let moved = |(old, new): &(u32, u32)| if e.zeroes & old != 0 { *new } else { 0 };
            e.zeroes = new_bit.iter().map(moved).sum();
            gone.iter().for_each(|party| e.gain[*party] = T::default());
        });
        for party in &gone {
            self.nil[*party] = true;
            self.worth.iter_mut().flatten().for_each(|w| w[*party] = T::default());
            self.wide.retain(|w| !matches!(&w.what, What::Table(_, whose) if whose == party));
        }
        self.zeroed = stay;
        self.regions.retain(|r| !r.effect.is_nothing());
        !gone.is_empty()
    }

    /// Folds decided terms; whether a value was dropped.
    fn fold(&mut self) -> bool {
        if self.is_empty() {
            return false;
        }
        let before: usize = self.values.iter().map(Vec::len).sum();
        self.narrow_wide();
        self.fold_regions();
        self.fold_tables();
        for (values, worth) in self.values.iter().zip(&mut self.worth) {
            if let ([_], [only]) = (values.as_slice(), worth.as_mut_slice()) {
                plus(&mut self.base.gain, only);
                *only = [T::default(); N];
            }
        }
        self.values.iter().map(Vec::len).sum::<usize>() < before
    }

    fn fold_regions(&mut self) {
        for mut region in std::mem::take(&mut self.regions) {
            let mut nowhere = false;
            let values = &self.values;
            region.sides.retain(|side| {
                let left = values.get(side.issue).map_or(&[][..], Vec::as_slice);
                let inside = left.iter().filter(|d| at(&side.inside, **d)).count();
                nowhere |= inside == 0;
                inside < left.len()
            });
            match (nowhere, region.sides.as_slice()) {
                (true, _) => {}
                (false, []) => self.base.add(&region.effect),
                (false, [side]) => {
                    let issue = side.issue;
                    let inside: Vec<bool> = self.values[issue].iter().map(|d| at(&side.inside, *d)).collect();
                    for (worth, _) in self.worth[issue].iter_mut().zip(&inside).filter(|(_, inside)| **inside) {
                        plus(worth, &region.effect.gain);
                    }
                    region.effect.gain = [T::default(); N];
                    if region.effect.forbids {
                        let keep: Vec<bool> = inside.iter().map(|inside| !inside).collect();
                        self.keep(issue, &keep);
                    } else if region.effect.zeroes != 0 {
                        self.regions.push(region);
                    }
                }
                (false, _) => self.regions.push(region),
            }
        }
    }

    fn fold_tables(&mut self) {
        for mut table in std::mem::take(&mut self.tables) {
            let wider: Vec<bool> = table.sizes.iter().map(|s| *s > 1).collect();
            retain_by(&mut table.scope, &wider);
            retain_by(&mut table.sizes, &wider);
            match table.scope.as_slice() {
                [] => table.entries.iter().take(1).for_each(|e| self.base.add(e)),
                [issue] => {
                    let issue = *issue;
                    for (worth, entry) in self.worth[issue].iter_mut().zip(&mut table.entries) {
                        plus(worth, &entry.gain);
                        entry.gain = [T::default(); N];
                    }
                    let keep: Vec<bool> = table.entries.iter().map(|e| !e.forbids).collect();
                    if table.entries.iter().any(|e| e.zeroes != 0) {
                        self.tables.push(table);
                    }
                    self.keep(issue, &keep);
                }
                _ if table.entries.iter().all(Effect::is_nothing) => {}
                _ => self.tables.push(table),
            }
        }
    }

    /// Simplifies wide terms, and writes those down that are narrow enough.
    fn narrow_wide(&mut self) {
        for mut wide in std::mem::take(&mut self.wide) {
            if let What::Condition(condition) = wide.what {
                let condition = condition.simplified(&self.values);
                wide.scope = condition.scope();
                wide.what = What::Condition(condition);
            }
            let sizes: Vec<usize> = wide.scope.iter().map(|i| self.values[*i].len()).collect();
            let count = sizes.iter().fold(1usize, |n, s| n.saturating_mul(*s));
            if count > WRITTEN {
                // It may have become a region all the same.
                match wide.what {
                    What::Condition(condition) => self.when(condition, wide.effect),
                    What::Table(..) => self.wide.push(wide),
                }
                continue;
            }
            let mut digits: Vec<u16> = self.values.iter().map(|v| v.first().copied().unwrap_or(0)).collect();
            let mut entries = Vec::with_capacity(count);
            for index in 0..count {
                let mut rest = index;
                for (issue, size) in wide.scope.iter().zip(&sizes).rev() {
                    digits[*issue] = self.values[*issue][rest % size];
                    rest /= size;
                }
                entries.push(wide.of(&digits));
            }
            self.tables.push(Table { scope: wide.scope, sizes, entries });
        }
    }

    /// Keeps some values of an issue.
    pub(crate) fn keep(&mut self, issue: usize, keep: &[bool]) {
        if keep.iter().all(|k| *k) {
            return;
        }
        retain_by(&mut self.values[issue], keep);
        retain_by(&mut self.worth[issue], keep);
        for table in &mut self.tables {
            table.keep(issue, keep);
        }
    }

    /// The problem in which an issue has one value, by its position.
    pub(crate) fn with(&self, issue: usize, position: usize) -> Self {
        let mut child = self.clone();
        let keep: Vec<bool> = (0..self.values[issue].len()).map(|p| p == position).collect();
        child.keep(issue, &keep);
        child.reduce();
        child
    }

    fn drop_dominated(&mut self) -> bool {
        let mut dropped = false;
        for issue in 0..self.values.len() {
            let count = self.values[issue].len();
            if count < 2 {
                continue;
            }
            let touching = Touching::of(self, issue);
            let entries: usize = touching.tables.iter().map(|t| t.entries.len()).sum();
            let terms = 1 + touching.regions.len() + touching.wide.len();
            if count.saturating_mul(count.saturating_mul(terms).saturating_add(entries)) > COMPARED {
                continue;
            }
            let mut keep = vec![true; count];
            for worse in (0..count).rev() {
                let better = |better: &usize| {
                    keep[*better] && *better != worse && self.dominates(&touching, issue, *better, worse)
                };
                if (0..count).any(|b| better(&b)) {
                    keep[worse] = false;
                    dropped = true;
                }
            }
            self.keep(issue, &keep);
        }
        dropped
    }

    /// Whether a value, by position, is at least as good as another for everybody, whatever the rest.
    fn dominates(&self, touching: &Touching<'_, T, N>, issue: usize, better: usize, worse: usize) -> bool {
        let mut least = self.worth[issue][better];
        let minus = self.worth[issue][worse];
        least.iter_mut().zip(&minus).for_each(|(l, m)| *l -= *m);
        let (b, w) = (self.values[issue][better], self.values[issue][worse]);
        let zero = T::default();
        if !touching.wide.iter().all(|wide| wide.alike(issue, b, w)) {
            return false;
        }
        if !touching.tables.iter().all(|table| table.compare(issue, better, worse, &mut least)) {
            return false;
        }
        for (inside, effect) in &touching.regions {
            // What follows only takes away.
            if least.iter().any(|l| *l < zero) {
                return false;
            }
            let (b, w) = (at(inside, b), at(inside, w));
            if b == w {
                continue;
            }
            if effect.zeroes != 0 || (effect.forbids && b) {
                return false;
            }
            for (least, gain) in least.iter_mut().zip(&effect.gain) {
                *least += if b { (*gain).min(zero) } else { (-*gain).min(zero) };
            }
        }
        least.iter().all(|l| *l >= zero)
    }

    /// Tables over the same issues become one.
    fn merge_tables(&mut self) {
        self.tables.sort_by(|a, b| a.scope.cmp(&b.scope));
        self.tables.dedup_by(|later, first| {
            let same = later.scope == first.scope && later.entries.len() == first.entries.len();
            if same {
                first.entries.iter_mut().zip(&later.entries).for_each(|(f, l)| f.add(l));
            }
            same
        });
    }

    /// Regions with the same sides become one.
    fn merge_regions(&mut self) {
        for region in &mut self.regions {
            region.sides.sort_by_key(|s| s.issue);
            for side in &mut region.sides {
                // Digits that are gone are outside, so that equal regions look equal.
                let left = &self.values[side.issue];
                let gone = |digit: usize| !left.iter().any(|d| usize::from(*d) == digit);
                if side.inside.iter().enumerate().any(|(digit, inside)| *inside && gone(digit)) {
                    side.inside = side.inside.iter().enumerate().map(|(d, i)| *i && !gone(d)).collect();
                }
            }
        }
        let key = |r: &Region<T, N>| r.sides.iter().map(|s| (s.issue, s.inside.clone())).collect::<Vec<_>>();
        self.regions.sort_by_cached_key(key);
        self.regions.dedup_by(|later, first| {
            let same = key(later) == key(first);
            if same {
                first.effect.add(&later.effect);
            }
            same
        });
        self.regions.retain(|r| !r.effect.is_nothing());
    }
}

impl<T: Whole, const N: usize> Wide<T, N> {
    /// Whether two digits of an issue are the same to it, as far as can be seen.
    fn alike(&self, issue: usize, a: u16, b: u16) -> bool {
        fn same(condition: &super::problem::Plain, issue: usize, a: u16, b: u16) -> bool {
            use super::problem::Plain;
            match condition {
                Plain::Constant(_) => true,
                Plain::Literal(i, inside) => *i != issue || at(inside, a) == at(inside, b),
                Plain::All(of) | Plain::Any(of) => of.iter().all(|p| same(p, issue, a, b)),
            }
        }
        match &self.what {
            What::Condition(condition) => same(condition, issue, a, b),
            What::Table(..) => false,
        }
    }
}

impl<T: Whole, const N: usize> Table<T, N> {
    /// How far apart entries are that differ by one in an issue's position, with the number of positions.
    pub(crate) fn stride(&self, issue: usize) -> Option<(usize, usize)> {
        let place = self.scope.iter().position(|i| *i == issue)?;
        Some((self.sizes[place + 1..].iter().product(), self.sizes[place]))
    }

    fn keep(&mut self, issue: usize, keep: &[bool]) {
        let Some((stride, size)) = self.stride(issue) else { return };
        let kept = |index: usize| keep.get(index / stride % size).copied().unwrap_or(false);
        let mut index = 0;
        self.entries.retain(|_| {
            index += 1;
            kept(index - 1)
        });
        if let Some(place) = self.scope.iter().position(|i| *i == issue) {
            self.sizes[place] = keep.iter().filter(|k| **k).count();
        }
    }

    /// Adds to `least` the least that one value counts more than another; false when they cannot be compared.
    fn compare(&self, issue: usize, better: usize, worse: usize, least: &mut [T; N]) -> bool {
        let Some((stride, size)) = self.stride(issue) else { return true };
        let mut smallest: Option<[T; N]> = None;
        for block in self.entries.chunks_exact(stride * size) {
            let (b, w) = (&block[better * stride..][..stride], &block[worse * stride..][..stride]);
            for (b, w) in b.iter().zip(w).filter(|(_, w)| !w.forbids) {
                if b.forbids || b.zeroes != w.zeroes {
                    return false;
                }
                let mut difference = b.gain;
                difference.iter_mut().zip(&w.gain).for_each(|(d, w)| *d -= *w);
                match &mut smallest {
                    Some(s) => s.iter_mut().zip(&difference).for_each(|(s, d)| *s = (*s).min(*d)),
                    none => *none = Some(difference),
                }
            }
        }
        if let Some(smallest) = smallest {
            plus(least, &smallest);
        }
        true
    }
}

/// The terms that speak of an issue.
struct Touching<'p, T, const N: usize> {
    /// The side of the issue with the effect.
    regions: Vec<(&'p [bool], &'p Effect<T, N>)>,
    tables: Vec<&'p Table<T, N>>,
    wide: Vec<&'p Wide<T, N>>,
}

impl<'p, T: Whole, const N: usize> Touching<'p, T, N> {
    fn of(problem: &'p Problem<T, N>, issue: usize) -> Self {
        let side = |r: &'p Region<T, N>| Some((&*r.sides.iter().find(|s| s.issue == issue)?.inside, &r.effect));
        Touching {
            regions: problem.regions.iter().filter_map(side).collect(),
            tables: problem.tables.iter().filter(|t| t.scope.contains(&issue)).collect(),
            wide: problem.wide.iter().filter(|w| w.scope.contains(&issue)).collect(),
        }
    }
}

fn retain_by<X>(of: &mut Vec<X>, keep: &[bool]) {
    let mut keep = keep.iter();
    of.retain(|_| keep.next().copied().unwrap_or(false));
}

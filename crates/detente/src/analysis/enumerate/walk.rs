//! The walk from block to block: outer issues like the wheels of an odometer, sums exact at every wheel.

use super::archive::{Archive, Found};
use super::block::{Block, KILLERS, LEAST, Sift, no_killer};
use super::plan::{GROUP, Plan};
use super::scale::UNBEATEN;
use super::tally::Tally;
use super::terms::{Effect, Role, Term};
use crate::analysis::Point;
use crate::game::Outcome;
use pulp::Arch;
use std::collections::BTreeMap;

/// Parties in a block at most.
const WIDEST: usize = 64;
/// Numbers that the columns of terms remembered by one walk may hold, 4 bytes each.
const REMEMBERED_NUMBERS: usize = 1 << 23;

/// What a walk is to find.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Aim {
    /// The frontier.
    pub(super) frontier: bool,
    /// How many outcomes have the utilities of each point of it.
    pub(super) ties: bool,
    /// Counts and means over all outcomes.
    pub(super) tally: bool,
    /// Pass over groups of outcomes whose best corner is dominated without a look at each.
    pub(super) skip: bool,
    /// Most points.
    pub(super) points: usize,
    /// Entries of a block at most, where it is not for the plan to say.
    pub(super) block: Option<usize>,
}

/// What a term does to a block, remembered.
#[derive(Debug, Clone, Copy)]
enum Known {
    Same(i128),
    /// A column, and what it counts everywhere on top of it.
    Column(usize, i128),
}

/// Columns remembered for one term.
#[derive(Debug, Default)]
struct Memory {
    by_key: Vec<Option<Known>>,
    by_effect: BTreeMap<Vec<i32>, usize>,
}

/// A walk through part of a space.
pub(super) struct Walk<'a> {
    plan: &'a Plan<'a>,
    aim: Aim,
    arch: Arch,
    digits: Vec<u16>,
    /// What the outer issues so far count, in grains: level, then party.
    sums: Vec<i128>,
    /// The block at each level.
    block_at: Vec<usize>,
    blocks: Vec<Block>,
    /// The last block with caps and failed conditions put in.
    last: Block,
    /// Which parties need that, with their slot among parties with conditions.
    cuts: Vec<(usize, Option<usize>)>,
    versions: u64,
    memory: Vec<Memory>,
    columns: Vec<Vec<i32>>,
    killers: Vec<i32>,
    suspects: Vec<u32>,
    offset: Vec<i32>,
    pub(super) archive: Archive,
    pub(super) tally: Tally,
    /// Whether the archive outgrew its limit.
    pub(super) full: bool,
}

impl<'a> Walk<'a> {
    pub(super) fn new(plan: &'a Plan<'a>, aim: Aim) -> Self {
        let parties = plan.scales.len();
        let start: Vec<i128> = plan.scales.iter().map(|s| s.start).collect();
        let mut sums = vec![0i128; (plan.levels.len() + 1) * parties];
        sums.iter_mut().zip(start).for_each(|(sum, start)| *sum = start);
        let cuts = (0..parties).filter_map(|party| {
            let slot = plan.zero_parties.iter().position(|p| *p == party);
            let capped = aim.tally && plan.scales[party].cap().is_some();
            (slot.is_some() || capped).then_some((party, slot))
        });
        let base = Block::new(plan.columns.clone(), plan.zero.clone(), plan.width);
        Walk {
            plan,
            aim,
            arch: Arch::new(),
            digits: vec![0; plan.issues()],
            sums,
            block_at: vec![0; plan.levels.len() + 1],
            blocks: vec![base; plan.levels.len() + 1],
            last: Block::default(),
            cuts: cuts.collect(),
            versions: 0,
            memory: plan.terms.iter().map(|_| Memory::default()).collect(),
            columns: Vec::new(),
            killers: no_killer(plan.groups(), plan.width),
            suspects: Vec::new(),
            offset: vec![0; plan.width],
            archive: Archive::new(parties),
            tally: Tally::new(plan),
            full: false,
        }
    }

    /// Goes through all outcomes whose first outer issues have these digits.
    pub(super) fn run(&mut self, prefix: &[u16]) {
        if self.plan.groups() > 0 {
            self.enter(0, prefix);
        }
    }

    fn enter(&mut self, level: usize, prefix: &[u16]) {
        let plan = self.plan;
        let Some(wheel) = plan.levels.get(level) else {
            self.look();
            return;
        };
        let parties = plan.scales.len();
        let fixed = prefix.get(level);
        for digit in wheel.digits.iter().filter(|d| fixed.is_none_or(|f| f == *d)) {
            if self.full {
                return;
            }
            self.digits[wheel.issue] = *digit;
            let (before, after) = self.sums.split_at_mut((level + 1) * parties);
            let before = &before[level * parties..];
            for ((after, before), scale) in after.iter_mut().zip(before).zip(plan.scales) {
                *after = before + scale.worth[wheel.issue][usize::from(*digit)];
            }
            if self.turn(level) {
                self.enter(level + 1, prefix);
            }
        }
    }

    /// Puts in what the terms of a level do; false when no outcome is left.
    fn turn(&mut self, level: usize) -> bool {
        let plan = self.plan;
        self.block_at[level + 1] = self.block_at[level];
        let parties = plan.scales.len();
        let mut changed = false;
        let mut scratch = Vec::new();
        for index in &plan.levels[level].terms {
            let term = &plan.terms[*index];
            let known = self.effect(*index, term, &mut scratch);
            match (term.role, known) {
                (Role::Worth(party), Known::Same(grains) | Known::Column(_, grains)) => {
                    self.sums[(level + 1) * parties + party] += grains;
                }
                (Role::Rule, Known::Same(0)) => return false,
                _ => {}
            }
            let column = match known {
                Known::Column(at, _) => self.columns.get(at).unwrap_or(&scratch),
                Known::Same(0) if matches!(term.role, Role::Zero(_)) => {
                    scratch.clear();
                    scratch.resize(plan.entries.len(), 0);
                    &scratch
                }
                Known::Same(_) => continue,
            };
            if !changed {
                let (before, after) = self.blocks.split_at_mut(level + 1);
                if let (Some(from), Some(to)) = (before.get(self.block_at[level]), after.first_mut()) {
                    to.copy_from(from);
                }
                changed = true;
            }
            let block = &mut self.blocks[level + 1];
            match term.role {
                Role::Worth(party) => block.add(party, column),
                Role::Rule => block.forbid(column),
                Role::Zero(slot) => block.fail(slot, column),
            }
        }
        if changed {
            self.versions += 1;
            self.blocks[level + 1].settle(self.versions);
            self.block_at[level + 1] = level + 1;
        }
        self.blocks[self.block_at[level + 1]].permitted > 0
    }

    /// What a term does where the walk is. A column that is not remembered is written to `scratch`, its position then
    /// is out of range.
    fn effect(&mut self, index: usize, term: &Term<'_>, scratch: &mut Vec<i32>) -> Known {
        let key = term.key(&self.digits);
        let memory = &mut self.memory[index];
        if let Some((key, many)) = key {
            memory.by_key.resize(many, None);
            if let Some(known) = memory.by_key[key] {
                return known;
            }
        }
        let known = match term.effect(&mut self.digits) {
            Effect::Same(grains) => Known::Same(grains),
            Effect::Each(each) => {
                let (least, coarse): (i128, Vec<i32>) = match term.role {
                    Role::Worth(party) => {
                        let least = each.iter().copied().min().unwrap_or(0);
                        (least, each.iter().map(|v| self.plan.scales[party].up(v - least)).collect())
                    }
                    _ => (0, each.iter().map(|v| *v as i32).collect()),
                };
                let known = memory.by_effect.get(&coarse).copied();
                let room = (self.columns.len() + 1) * self.plan.entries.len() <= REMEMBERED_NUMBERS;
                if let Some(at) = known {
                    Known::Column(at, least)
                } else if room {
                    let mut column = Vec::new();
                    term.spread(&coarse, &mut column);
                    self.columns.push(column);
                    memory.by_effect.insert(coarse, self.columns.len() - 1);
                    Known::Column(self.columns.len() - 1, least)
                } else {
                    term.spread(&coarse, scratch);
                    return Known::Column(usize::MAX, least);
                }
            }
        };
        if let Some((key, _)) = key {
            memory.by_key[key] = Some(known);
        }
        known
    }

    /// Looks at the block where the walk is.
    fn look(&mut self) {
        let plan = self.plan;
        let parties = plan.scales.len();
        let level = plan.levels.len();
        let sums = &self.sums[level * parties..];
        self.offset.iter_mut().zip(plan.scales).zip(sums).for_each(|((o, scale), sum)| *o = scale.up(*sum));
        let at = self.block_at[level];
        if !self.cuts.is_empty() {
            let from = &self.blocks[at];
            self.last.copy_from(from);
            for (party, slot) in &self.cuts {
                let scale = &plan.scales[*party];
                let cap = scale.cap().map(|cap| scale.up(cap - sums[*party]));
                self.last.cut(*party, *slot, cap, scale.up(scale.zero() - sums[*party]));
            }
            self.versions += 1;
            self.last.settle(self.versions);
        }
        if self.aim.tally {
            let block = if self.cuts.is_empty() { &self.blocks[at] } else { &self.last };
            self.tally.add(plan, self.arch, block, &self.offset, sums, &mut self.digits);
        }
        if self.aim.frontier {
            let block = if self.cuts.is_empty() { &self.blocks[at] } else { &self.last };
            let sift =
                Sift { block, offset: &self.offset, killers: &self.killers, skip: self.aim.skip, ties: self.aim.ties };
            sift.run(self.arch, &mut self.suspects);
            let suspects = std::mem::take(&mut self.suspects);
            for group in &suspects {
                self.examine(at, *group as usize);
            }
            self.suspects = suspects;
        }
    }

    /// Looks at the outcomes of a group one by one, with as many points of the frontier as it takes to dominate them.
    fn examine(&mut self, at: usize, group: usize) {
        let plan = self.plan;
        let (width, parties) = (plan.width, plan.scales.len());
        let block = if self.cuts.is_empty() { &self.blocks[at] } else { &self.last };
        let (mut limits, mut coarse, mut row) = ([0i32; WIDEST], [0i32; WIDEST], [UNBEATEN; WIDEST]);
        let (limits, coarse, row) = (&mut limits[..width], &mut coarse[..width], &mut row[..width]);
        let killers = &mut self.killers[group * KILLERS * width..(group + 1) * KILLERS * width];
        let offset = &self.offset;
        let ties = self.aim.ties;
        let mut over = |killer: &[i32]| {
            limits.iter_mut().zip(killer).zip(offset).for_each(|((l, k), o)| *l = k - o);
            block.over(group, limits, ties)
        };
        let mut left = killers.chunks_exact(width).fold(u64::MAX, |left, killer| left & over(killer));
        if left == 0 {
            return;
        }
        let most = block.group_most(group);
        coarse.iter_mut().zip(most).zip(offset).for_each(|((c, m), o)| *c = m.saturating_add(*o));
        if self.archive.dominator(plan.scales, coarse, &mut row[..parties.max(1)]) {
            remember(killers, row);
            left &= over(row);
        }
        while left != 0 {
            let place = group * GROUP + left.trailing_zeros() as usize;
            left &= left - 1;
            if block.at(place, 0) < LEAST {
                continue;
            }
            for (party, c) in coarse.iter_mut().enumerate() {
                *c = block.at(place, party) + offset[party];
            }
            let beaten = self.archive.dominator(plan.scales, coarse, &mut row[..parties.max(1)]);
            if beaten && !(ties && row[..parties] == coarse[..parties]) {
                remember(killers, row);
                left &= over(row);
                continue;
            }
            let found = exact(plan, &mut self.digits, place);
            row.iter_mut().zip(plan.scales).zip(&found.point.utilities).for_each(|((r, s), u)| *r = s.down(*u));
            remember(killers, row);
            left &= over(row);
            self.archive.insert(plan.scales, found);
            if self.archive.len() > self.aim.points {
                self.full = true;
                return;
            }
        }
    }
}

/// Puts a point before the others that a group remembers; the oldest goes.
fn remember(killers: &mut [i32], row: &[i32]) {
    let end = killers.len() - row.len();
    killers.copy_within(..end, row.len());
    killers[..row.len()].copy_from_slice(row);
}

/// The outcome at a place of the block with its exact utilities.
pub(super) fn exact(plan: &Plan<'_>, digits: &mut [u16], place: usize) -> Found {
    if let Some(entry) = plan.entries.get(place) {
        plan.inner.iter().zip(entry).for_each(|(issue, digit)| digits[*issue] = *digit);
    }
    let outcome = Outcome::new(&digits);
    Found { point: Point { utilities: plan.scenario.utilities(&outcome), outcome }, seen: 1 }
}

//! Blocks of outcomes and the passes over them, compiled for the vector units that the machine turns out to have.

use super::plan::{FORBIDDEN, GROUP, cell};
use super::scale::UNBEATEN;
use pulp::Arch;

/// Points of the frontier that each group remembers as likely to dominate its outcomes.
pub(super) const KILLERS: usize = 4;
/// Below this an entry is forbidden.
pub(super) const LEAST: i32 = -(1 << 29);

/// The utilities of a block of outcomes relative to what its outer issues count.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    /// Coarse numbers: group, party, place in the group.
    pub(super) columns: Vec<i32>,
    /// Per party with conditions, all ones where one fails.
    pub(super) zero: Vec<Vec<i32>>,
    /// The most of each party in each group.
    pub(super) most: Vec<i32>,
    /// Outcomes that keep the rules.
    pub(super) permitted: u64,
    /// Changes whenever the block does.
    pub(super) version: u64,
    width: usize,
}

impl Block {
    pub(super) fn new(columns: Vec<i32>, zero: Vec<Vec<i32>>, width: usize) -> Self {
        let mut block = Block { columns, zero, most: Vec::new(), permitted: 0, version: 0, width };
        block.settle(0);
        block
    }

    /// Becomes a copy of another.
    pub(super) fn copy_from(&mut self, other: &Block) {
        self.columns.clone_from(&other.columns);
        self.zero.clone_from(&other.zero);
        self.width = other.width;
    }

    pub(super) fn groups(&self) -> usize {
        self.columns.len() / (GROUP * self.width.max(1))
    }

    /// Adds a number per entry to the utility of a party.
    pub(super) fn add(&mut self, party: usize, numbers: &[i32]) {
        let width = self.width;
        for (group, numbers) in numbers.chunks(GROUP).enumerate() {
            let at = (group * width + party) * GROUP;
            if let Some(column) = self.columns.get_mut(at..at + numbers.len()) {
                column.iter_mut().zip(numbers).for_each(|(x, n)| *x += n);
            }
        }
    }

    /// Forbids the entries whose number is 0.
    pub(super) fn forbid(&mut self, holds: &[i32]) {
        for (place, holds) in holds.iter().enumerate() {
            if *holds == 0 && self.at(place, 0) >= LEAST {
                (0..self.width).for_each(|party| self.columns[cell(place, party, self.width)] -= FORBIDDEN);
            }
        }
    }

    /// Notes the entries whose number is 0: there the utility of the party is 0.
    pub(super) fn fail(&mut self, slot: usize, holds: &[i32]) {
        if let Some(zero) = self.zero.get_mut(slot) {
            zero.iter_mut().zip(holds).for_each(|(z, holds)| *z |= -i32::from(*holds == 0));
        }
    }

    /// The number of one entry for one party.
    pub(super) fn at(&self, place: usize, party: usize) -> i32 {
        self.columns[cell(place, party, self.width)]
    }

    /// Writes `cap` where a party has more, then `zero` where a condition of it fails.
    pub(super) fn cut(&mut self, party: usize, slot: Option<usize>, cap: Option<i32>, zero: i32) {
        let width = self.width;
        for group in 0..self.groups() {
            let at = (group * width + party) * GROUP;
            let column = &mut self.columns[at..at + GROUP];
            if let Some(cap) = cap {
                column.iter_mut().for_each(|x| *x = (*x).min(cap));
            }
            if let Some(fails) = slot.and_then(|s| self.zero.get(s)).map(|z| &z[group * GROUP..(group + 1) * GROUP]) {
                column.iter_mut().zip(fails).for_each(|(x, f)| {
                    if *f != 0 && *x >= LEAST {
                        *x = zero;
                    }
                });
            }
        }
    }

    /// Counts permitted entries and takes the most of each group anew.
    pub(super) fn settle(&mut self, version: u64) {
        self.version = version;
        self.most.clear();
        self.most.extend(self.columns.chunks_exact(GROUP).map(|c| c.iter().copied().fold(i32::MIN, i32::max)));
        let first = self.columns.chunks_exact(GROUP).step_by(self.width.max(1));
        self.permitted = first.map(|c| c.iter().filter(|x| **x >= LEAST).count() as u64).sum();
    }

    /// The most of each party in a group.
    pub(super) fn group_most(&self, group: usize) -> &[i32] {
        &self.most[group * self.width..(group + 1) * self.width]
    }

    /// The entries of a group that are more than a limit for some party; with `ties`, also those that equal it for all.
    pub(super) fn over(&self, group: usize, limits: &[i32], ties: bool) -> u64 {
        let mut over = 0u64;
        let mut reach = if ties { u64::MAX } else { 0 };
        let columns = &self.columns[group * self.width * GROUP..(group + 1) * self.width * GROUP];
        for (column, limit) in columns.chunks_exact(GROUP).zip(limits) {
            let mut more = 0u64;
            let mut same = 0u64;
            for (place, x) in column.iter().enumerate() {
                more |= u64::from(x > limit) << place;
                same |= u64::from(x >= limit) << place;
            }
            over |= more;
            reach &= same;
        }
        over | reach
    }
}

/// A pass that looks for groups with an outcome that its killer, a point of the frontier, does not dominate.
pub(super) struct Sift<'a> {
    pub(super) block: &'a Block,
    /// What the outer issues count for each party.
    pub(super) offset: &'a [i32],
    /// [`KILLERS`] points of the frontier for each group, coarse, the latest first.
    pub(super) killers: &'a [i32],
    /// Whether groups whose best corner is dominated are passed over without a look at each outcome.
    pub(super) skip: bool,
    /// Whether outcomes that equal a point of the frontier are wanted.
    pub(super) ties: bool,
}

impl Sift<'_> {
    /// Writes the groups that need a closer look.
    pub(super) fn run(&self, arch: Arch, into: &mut Vec<u32>) {
        into.clear();
        match self.block.width {
            1 => arch.dispatch(|| self.pass::<1>(into)),
            2 => arch.dispatch(|| self.pass::<2>(into)),
            3 => arch.dispatch(|| self.pass::<3>(into)),
            4 => arch.dispatch(|| self.pass::<4>(into)),
            5 => arch.dispatch(|| self.pass::<5>(into)),
            6 => arch.dispatch(|| self.pass::<6>(into)),
            7 => arch.dispatch(|| self.pass::<7>(into)),
            8 => arch.dispatch(|| self.pass::<8>(into)),
            16 => arch.dispatch(|| self.pass::<16>(into)),
            32 => arch.dispatch(|| self.pass::<32>(into)),
            _ => arch.dispatch(|| self.pass::<64>(into)),
        }
    }

    #[inline(always)]
    fn pass<const N: usize>(&self, into: &mut Vec<u32>) {
        let Some(offset) = self.offset.first_chunk::<N>() else { return };
        let (killers, _) = self.killers.as_chunks::<N>();
        let (killers, _) = killers.as_chunks::<KILLERS>();
        let (corners, _) = self.block.most.as_chunks::<N>();
        let (columns, _) = self.block.columns.as_chunks::<GROUP>();
        let (groups, _) = columns.as_chunks::<N>();
        for (index, ((latest, corner), group)) in killers.iter().zip(corners).zip(groups).enumerate() {
            let limits = below(&latest[0], offset);
            let mut passed = false;
            if self.skip {
                for killer in latest {
                    let limits = below(killer, offset);
                    passed |= within(corner, &limits) && !(self.ties && *corner == limits);
                }
            }
            if passed {
                continue;
            }
            if any_over(group, &limits) || (self.ties && any_equal(group, &limits)) {
                into.push(index as u32);
            }
        }
    }
}

/// What a point of the frontier leaves for the block.
#[inline(always)]
fn below<const N: usize>(killer: &[i32; N], offset: &[i32; N]) -> [i32; N] {
    let mut limits = [0i32; N];
    for ((limit, k), o) in limits.iter_mut().zip(killer).zip(offset) {
        *limit = k - o;
    }
    limits
}

#[inline(always)]
fn within<const N: usize>(corner: &[i32; N], limits: &[i32; N]) -> bool {
    corner.iter().zip(limits).fold(true, |all, (c, l)| all & (c <= l))
}

/// Whether an outcome of a group is over a limit for some party.
#[inline(always)]
fn any_over<const N: usize>(group: &[[i32; GROUP]; N], limits: &[i32; N]) -> bool {
    const LANES: usize = 16;
    let mut over = [0i32; LANES];
    for (column, limit) in group.iter().zip(limits) {
        for numbers in column.as_chunks::<LANES>().0 {
            for (o, x) in over.iter_mut().zip(numbers) {
                *o |= -i32::from(x > limit);
            }
        }
    }
    over.iter().fold(0, |any, o| any | o) != 0
}

/// Whether an outcome of a group is at the limit, or over, for every party.
#[inline(always)]
fn any_equal<const N: usize>(group: &[[i32; GROUP]; N], limits: &[i32; N]) -> bool {
    let mut reach = [-1i32; GROUP];
    for (column, limit) in group.iter().zip(limits) {
        for (r, x) in reach.iter_mut().zip(column) {
            *r &= -i32::from(x >= limit);
        }
    }
    reach.iter().fold(0, |any, r| any | r) != 0
}

/// How many outcomes of a block reach a threshold for every party, surely and perhaps.
pub(super) fn reaching(arch: Arch, block: &Block, sure: &[i32], perhaps: &[i32], doubts: &mut Vec<u32>) -> u64 {
    doubts.clear();
    match block.width {
        1 => arch.dispatch(|| reach::<1>(block, sure, perhaps, doubts)),
        2 => arch.dispatch(|| reach::<2>(block, sure, perhaps, doubts)),
        3 => arch.dispatch(|| reach::<3>(block, sure, perhaps, doubts)),
        4 => arch.dispatch(|| reach::<4>(block, sure, perhaps, doubts)),
        5 => arch.dispatch(|| reach::<5>(block, sure, perhaps, doubts)),
        6 => arch.dispatch(|| reach::<6>(block, sure, perhaps, doubts)),
        7 => arch.dispatch(|| reach::<7>(block, sure, perhaps, doubts)),
        8 => arch.dispatch(|| reach::<8>(block, sure, perhaps, doubts)),
        16 => arch.dispatch(|| reach::<16>(block, sure, perhaps, doubts)),
        32 => arch.dispatch(|| reach::<32>(block, sure, perhaps, doubts)),
        _ => arch.dispatch(|| reach::<64>(block, sure, perhaps, doubts)),
    }
}

/// Counts the outcomes that surely reach; groups in which others may are written to `doubts`.
#[inline(always)]
fn reach<const N: usize>(block: &Block, sure: &[i32], perhaps: &[i32], doubts: &mut Vec<u32>) -> u64 {
    let (Some(sure), Some(perhaps)) = (sure.first_chunk::<N>(), perhaps.first_chunk::<N>()) else { return 0 };
    let (columns, _) = block.columns.as_chunks::<GROUP>();
    let (groups, _) = columns.as_chunks::<N>();
    let doubtful = sure != perhaps;
    let mut count = 0u64;
    for (index, group) in groups.iter().enumerate() {
        let certain = count_reaching(group, sure);
        count += u64::from(certain);
        if doubtful && count_reaching(group, perhaps) != certain {
            doubts.push(index as u32);
        }
    }
    count
}

#[inline(always)]
fn count_reaching<const N: usize>(group: &[[i32; GROUP]; N], limits: &[i32; N]) -> u32 {
    let mut reach = [1i32; GROUP];
    for (column, limit) in group.iter().zip(limits) {
        for (r, x) in reach.iter_mut().zip(column) {
            *r &= i32::from(x >= limit);
        }
    }
    reach.iter().sum::<i32>() as u32
}

/// Killers before any point is known: nothing is dominated by them but what is forbidden.
pub(super) fn no_killer(groups: usize, width: usize) -> Vec<i32> {
    vec![-(UNBEATEN / 2); groups * KILLERS * width]
}

//! Responses in which each move is an improvement of the one who makes it: the least that they lead to.

use super::bits::Bits;
use super::layout::Block;
use super::order::{Order, Orders, Place};
use super::rank::Rank;
use super::threads::{pieces, stripes};
use pulp::Arch;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// States that one mark of change stands for.
const MARKED: usize = 32;
/// The most columns that are worked on together.
const LANES: usize = 32;

/// One who responds.
pub(super) struct Mover<'a> {
    pub(super) block: &'a Block,
    pub(super) order: &'a Order,
    /// The states that it moves to and from; all where there is none.
    pub(super) sees: Option<&'a Bits>,
}

/// When states last changed.
struct Changes {
    pass: u32,
    marks: Vec<AtomicU32>,
    any: AtomicBool,
}

impl Changes {
    fn since(&self, pass: u32, at: usize, len: usize) -> bool {
        let marks = self.marks.get(at / MARKED..=(at + len - 1) / MARKED).unwrap_or_default();
        pass == 0 || marks.iter().any(|mark| mark.load(Ordering::Relaxed) > pass)
    }

    fn note(&self, at: usize, len: usize) {
        for mark in self.marks.get(at / MARKED..=(at + len - 1) / MARKED).unwrap_or_default() {
            mark.store(self.pass, Ordering::Relaxed);
        }
        self.any.store(true, Ordering::Relaxed);
    }
}

/// Lowers each number to the least that improvements by these movers in turns lead to, until nothing changes. States
/// that are not feasible have the greatest number and keep it. `None` when it takes more than so many passes.
///
/// In option form moves are transitive, and so are improvements: that nobody moves twice in a row excludes nothing.
pub(super) fn close<T: Rank>(numbers: &mut [T], movers: &[Mover], most: u64) -> Option<()> {
    let movers: Vec<&Mover> = movers.iter().filter(|m| m.block.size > 1 && !m.order.indifferent).collect();
    if movers.is_empty() {
        return Some(());
    }
    let marks = if movers.len() > 1 { numbers.len() / MARKED + 1 } else { 0 };
    let mut changes =
        Changes { pass: 0, marks: (0..marks).map(|_| AtomicU32::new(0)).collect(), any: AtomicBool::new(false) };
    let mut last = vec![0u32; movers.len()];
    let mut idle = 0;
    loop {
        for (mover, last) in movers.iter().zip(&mut last) {
            changes.pass += 1;
            if u64::from(changes.pass) > most {
                return None;
            }
            changes.any.store(false, Ordering::Relaxed);
            match &mover.order.orders {
                Orders::Short(orders) => Pass { mover, orders, changes: &changes, since: *last }.run(numbers),
                Orders::Long(orders) => Pass { mover, orders, changes: &changes, since: *last }.run(numbers),
            }
            *last = changes.pass;
            idle = if changes.any.load(Ordering::Relaxed) { 0 } else { idle + 1 };
            if changes.pass as usize >= movers.len() && idle + 1 >= movers.len() {
                return Some(());
            }
        }
    }
}

/// The moves of one mover from and to everywhere.
struct Pass<'a, I> {
    mover: &'a Mover<'a>,
    orders: &'a [I],
    changes: &'a Changes,
    /// The last pass of the same mover: what has not changed since then is settled.
    since: u32,
}

impl<I: Place> Pass<'_, I> {
    fn run<T: Rank>(&self, numbers: &mut [T]) {
        let (stride, size) = (self.mover.block.stride, self.mover.block.size);
        let unit = stride * size;
        let arch = Arch::new();
        if stride <= LANES {
            return pieces(numbers, unit, |first, piece| {
                let mut work = Work::new(self, stride);
                for (at, chunk) in piece.chunks_exact_mut(unit).enumerate() {
                    let outer = first + at;
                    if self.changes.since(self.since, outer * unit, unit) {
                        work.buffer.copy_from_slice(chunk);
                        work.walk(arch, outer * unit, outer * stride, stride);
                        work.back(outer * unit, chunk, 0..unit);
                    }
                }
            });
        }
        let lanes = match size {
            ..=512 => 32,
            513..=2048 => 16,
            _ => 8,
        };
        stripes(numbers, stride, size, |outer, column, rows| {
            let mut work = Work::new(self, lanes);
            let width = rows.first().map_or(0, |row| row.len());
            for from in (0..width).step_by(lanes) {
                let count = lanes.min(width - from);
                let start = outer * unit + column + from;
                let stale = |row: usize| self.changes.since(self.since, start + row * stride, count);
                if self.since > 0 && !(0..size).any(stale) {
                    continue;
                }
                for (row, slot) in rows.iter().zip(work.buffer.chunks_exact_mut(lanes)) {
                    let part = row.get(from..from + count).unwrap_or_default();
                    slot.iter_mut().zip(part).for_each(|(slot, x)| *slot = *x);
                }
                work.walk(arch, start, outer * stride + column + from, count);
                for (at, row) in rows.iter_mut().enumerate() {
                    let part = row.get_mut(from..from + count).unwrap_or_default();
                    work.back(start + at * stride, part, at * lanes..at * lanes + count);
                }
            }
        });
    }
}

/// Some columns of a block, side by side.
struct Work<'a, T, I> {
    pass: &'a Pass<'a, I>,
    lanes: usize,
    buffer: Vec<T>,
    /// For each combination of bound issues, the least that can be moved to.
    least: Vec<T>,
}

impl<'a, T: Rank, I: Place> Work<'a, T, I> {
    fn new(pass: &'a Pass<'a, I>, lanes: usize) -> Self {
        let buffer = vec![T::MOST; lanes * pass.mover.block.size];
        Work { pass, lanes, buffer, least: vec![T::MOST; pass.mover.order.from.len()] }
    }

    /// Walks the columns in the buffer, each in its own order. `start` is the position of the first state, `outer` the
    /// number of the first column.
    fn walk(&mut self, arch: Arch, start: usize, outer: usize, count: usize) {
        let (size, lanes) = (self.pass.mover.block.size, self.lanes);
        if let Some(sees) = self.pass.mover.sees {
            for (at, slot) in self.buffer.chunks_exact_mut(lanes).enumerate() {
                let bits = sees.from(start + at * self.pass.mover.block.stride);
                slot.iter_mut().enumerate().filter(|(lane, _)| bits >> lane & 1 == 0).for_each(|(_, x)| *x = T::MOST);
            }
        }
        let contexts = self.pass.mover.order.context.get(outer..outer + count).unwrap_or_default();
        let order = |context: u32| {
            let at = context as usize * size;
            self.pass.orders.get(at..at + size).unwrap_or_default()
        };
        let bound = !self.least.is_empty();
        let alike = contexts.iter().all(|c| Some(c) == contexts.first());
        if alike && !bound && count == lanes && lanes > 1 {
            let order = order(contexts.first().copied().unwrap_or(0));
            match lanes {
                32 => return arch.dispatch(|| together::<T, I, 32>(order, &mut self.buffer)),
                16 => return arch.dispatch(|| together::<T, I, 16>(order, &mut self.buffer)),
                8 => return arch.dispatch(|| together::<T, I, 8>(order, &mut self.buffer)),
                _ => {}
            }
        }
        for (lane, context) in contexts.iter().enumerate() {
            if bound {
                let (from, free) = (&self.pass.mover.order.from, self.pass.mover.block.free);
                one_bound(order(*context), &mut self.buffer, lanes, lane, &mut self.least, from, free);
            } else if lanes == 1 {
                one(order(*context), &mut self.buffer, 1, 0);
            } else if lanes == 32 {
                one(order(*context), &mut self.buffer, 32, lane);
            } else {
                one(order(*context), &mut self.buffer, lanes, lane);
            }
        }
    }

    /// Writes part of the buffer back to a place where it differs.
    fn back(&self, start: usize, to: &mut [T], part: std::ops::Range<usize>) {
        let from = self.buffer.get(part).unwrap_or_default();
        if to == from {
            return;
        }
        let Some(sees) = self.pass.mover.sees else {
            to.copy_from_slice(from);
            return self.pass.changes.note(start, to.len());
        };
        let mut changed = false;
        for ((to, from), at) in to.iter_mut().zip(from).zip(start..) {
            if sees.has(at) && to != from {
                *to = *from;
                changed = true;
            }
        }
        if changed {
            self.pass.changes.note(start, to.len());
        }
    }
}

/// One column: each state gets the least of what is preferred to it.
#[inline(always)]
fn one<T: Rank, I: Place>(order: &[I], buffer: &mut [T], lanes: usize, lane: usize) {
    let (mut better, mut all) = (T::MOST, T::MOST);
    for place in order {
        if place.first() {
            better = all;
        }
        if let Some(x) = buffer.get_mut(place.at() * lanes + lane) {
            all = all.min(*x);
            *x = (*x).min(better);
        }
    }
}

/// Columns that have the same order, all at once.
#[inline(always)]
fn together<T: Rank, I: Place, const N: usize>(order: &[I], buffer: &mut [T]) {
    let (mut better, mut all) = ([T::MOST; N], [T::MOST; N]);
    let (rows, _) = buffer.as_chunks_mut::<N>();
    for place in order {
        if place.first() {
            better = all;
        }
        if let Some(row) = rows.get_mut(place.at()) {
            for ((x, all), better) in row.iter_mut().zip(&mut all).zip(&better) {
                *all = (*all).min(*x);
                *x = (*x).min(*better);
            }
        }
    }
}

/// One column of a block with issues that do not move freely.
fn one_bound<T: Rank, I: Place>(
    order: &[I],
    buffer: &mut [T],
    lanes: usize,
    lane: usize,
    least: &mut [T],
    from: &[Vec<u32>],
    free: usize,
) {
    least.fill(T::MOST);
    for class in order.chunk_by(|_, next| !next.first()) {
        for place in class {
            if let (Some(x), Some(better)) = (buffer.get_mut(place.at() * lanes + lane), least.get(place.at() / free)) {
                *x = (*x).min(*better);
            }
        }
        for place in class {
            let Some(x) = buffer.get(place.at() * lanes + lane) else { continue };
            for earlier in from.get(place.at() / free).into_iter().flatten() {
                if let Some(least) = least.get_mut(*earlier as usize) {
                    *least = (*least).min(*x);
                }
            }
        }
    }
}

//! Which states are stable for one decision maker.

use super::bits::Bits;
use super::fold::{Least, Most, at_least, at_least_each, blank, combine, fold, reduced};
use super::layout::{Block, Layout, Reach};
use super::order::Order;
use super::rank::Rank;
use super::sweep::{Mover, close};
use crate::analysis::stability::Concept;
use pulp::Arch;
use std::collections::BTreeMap;

/// What all decision makers share.
pub(super) struct Setting<'a> {
    pub(super) layout: &'a Layout,
    /// Feasible states; all where there is none.
    pub(super) feasible: Option<Bits>,
    /// For each decision maker, the feasible states that it sees; all where there is none.
    pub(super) sees: Vec<Option<Bits>>,
    /// For each decision maker, how it orders its own moves; where that was needed.
    pub(super) orders: Vec<Option<Order>>,
    /// Passes after which a response that still changes is given up.
    pub(super) passes: u64,
}

impl Setting<'_> {
    fn block(&self, maker: usize) -> Option<&Block> {
        self.layout.blocks.get(maker).filter(|block| block.size > 1)
    }

    fn seen(&self, maker: usize) -> Option<&Bits> {
        self.sees.get(maker).and_then(Option::as_ref)
    }

    fn others(&self, maker: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.layout.blocks.len()).filter(move |other| *other != maker && self.block(*other).is_some())
    }

    /// Whether all states are feasible and seen, and all moves free: then what the others can bring about does not
    /// depend on where they are.
    fn plain(&self) -> bool {
        self.feasible.is_none()
            && self.sees.iter().all(Option::is_none)
            && self.layout.blocks.iter().flat_map(|block| &block.axes).all(|axis| axis.reach == Reach::Free)
    }
}

/// The ranks of one decision maker, with all that follows from them.
pub(super) struct Focus<'a, T> {
    pub(super) setting: &'a Setting<'a>,
    pub(super) maker: usize,
    pub(super) ranks: Vec<T>,
}

impl<T: Rank> Focus<'_, T> {
    /// The stable states by each concept asked. `None` when a search was given up.
    pub(super) fn stable(&self, concepts: &[Concept]) -> Option<BTreeMap<Concept, Bits>> {
        let asked = |concept: Concept| concepts.contains(&concept);
        let mut found = BTreeMap::new();
        let Some(block) = self.setting.block(self.maker) else {
            let all = self.setting.feasible.clone().unwrap_or_else(|| Bits::all(self.setting.layout.count));
            return Some(concepts.iter().map(|concept| (*concept, all.clone())).collect());
        };
        if concepts.iter().any(|c| *c == Concept::Nash || c.symmetric()) {
            let best = self.best(block);
            if asked(Concept::Nash) {
                found.insert(Concept::Nash, self.settled(at_least(&self.ranks, &best)));
            }
            if asked(Concept::Smr) {
                let stable = match self.setting.plain() {
                    true => self.symmetric_at_once(&best),
                    false => self.after(self.responses(&best), block),
                };
                found.insert(Concept::Smr, stable);
            }
            if asked(Concept::Sseq) {
                found.insert(Concept::Sseq, self.after(self.credible_responses(best)?, block));
            }
        }
        if asked(Concept::Gmr) {
            let stable = match self.setting.plain() {
                true => self.general_at_once(block),
                false => self.after(self.responses(&self.ranks), block),
            };
            found.insert(Concept::Gmr, stable);
        }
        if asked(Concept::Seq) {
            found.insert(Concept::Seq, self.after(self.credible_responses(self.ranks.clone())?, block));
        }
        Some(found)
    }

    /// For each state the best that the decision maker can move to, or have by staying.
    fn best(&self, block: &Block) -> Vec<T> {
        let mut best = self.ranks.clone();
        if let Some(seen) = self.setting.seen(self.maker) {
            blank(&mut best, seen, T::LEAST);
        }
        fold::<Most, T>(&mut best, block);
        if let Some(seen) = self.setting.seen(self.maker) {
            // From a state that it does not see it does not move.
            let mut unseen = seen.clone();
            unseen.words.iter_mut().for_each(|word| *word = !*word);
            unseen.trim();
            combine(&mut best, &self.ranks, Some(&unseen), |_, rank| rank);
        }
        best
    }

    /// The numbers from which responses are worked out: infeasible states are never a response.
    fn masked(&self, mut numbers: Vec<T>) -> Vec<T> {
        if let Some(feasible) = &self.setting.feasible {
            blank(&mut numbers, feasible, T::MOST);
        }
        numbers
    }

    /// The least of these numbers that the others can bring about from each state.
    fn responses(&self, numbers: &[T]) -> Vec<T> {
        let mut least = self.masked(numbers.to_vec());
        let others: Vec<usize> = self.setting.others(self.maker).collect();
        // One round is enough where moves of different decision makers can be made in any order.
        let once = others.len() < 2 || others.iter().all(|other| self.setting.seen(*other).is_none());
        let mut idle = 0;
        loop {
            for other in &others {
                let Some(block) = self.setting.block(*other) else { continue };
                let Some(seen) = self.setting.seen(*other) else {
                    let before = if once { Vec::new() } else { least.clone() };
                    fold::<Least, T>(&mut least, block);
                    idle = if before == least { idle + 1 } else { 0 };
                    continue;
                };
                let mut moved = least.clone();
                blank(&mut moved, seen, T::MOST);
                fold::<Least, T>(&mut moved, block);
                let before = if once { Vec::new() } else { least.clone() };
                combine(&mut least, &moved, Some(seen), Ord::min);
                idle = if before == least { idle + 1 } else { 0 };
            }
            if once || idle >= others.len() {
                return least;
            }
        }
    }

    /// The least of these numbers that the others bring about, each move being to its own advantage.
    fn credible_responses(&self, numbers: Vec<T>) -> Option<Vec<T>> {
        let mut least = self.masked(numbers);
        let mover = |other: usize| {
            let order = self.setting.orders.get(other)?.as_ref()?;
            Some(Mover { block: self.setting.block(other)?, order, sees: self.setting.seen(other) })
        };
        let movers: Vec<Mover> = self.setting.others(self.maker).map(mover).collect::<Option<_>>()?;
        close(&mut least, &movers, self.setting.passes)?;
        Some(least)
    }

    /// The states that are stable when a move leads to the least that the others respond with.
    ///
    /// A state is unstable when some move leads to more than it has, whatever the response. A response is at most what
    /// the move itself gives, unless it counts what the decision maker can do next.
    fn after(&self, mut least: Vec<T>, block: &Block) -> Bits {
        combine(&mut least, &self.ranks, None, Ord::min);
        if let Some(seen) = self.setting.seen(self.maker) {
            blank(&mut least, seen, T::LEAST);
        }
        fold::<Most, T>(&mut least, block);
        self.settled(at_least(&self.ranks, &least))
    }

    /// With what is not seen, from where there is no move, and without what is not feasible.
    fn settled(&self, mut stable: Bits) -> Bits {
        if let Some(seen) = self.setting.seen(self.maker) {
            stable.add_missing(seen);
        }
        if let Some(feasible) = &self.setting.feasible {
            stable.keep(feasible);
        }
        stable
    }

    /// General metarationality where all is feasible, seen and free: for each way to place its own issues the others can
    /// bring about the least of all; of these the decision maker has the greatest for sure (its maximin).
    fn general_at_once(&self, block: &Block) -> Bits {
        let arch = Arch::new();
        let moved = self.setting.layout.moved;
        let bounds: Vec<T> = self.ranks.chunks(moved).map(|part| arch.dispatch(|| maximin(part, block))).collect();
        at_least_each(&self.ranks, &bounds, moved)
    }

    /// Symmetric metarationality likewise: what counts is the least that the others can leave it as its best (its
    /// minimax).
    fn symmetric_at_once(&self, best: &[T]) -> Bits {
        let arch = Arch::new();
        let moved = self.setting.layout.moved;
        let bounds: Vec<T> = best.chunks(moved).map(|part| arch.dispatch(|| reduced::<Least, T>(part))).collect();
        let mut stable = at_least_each(&self.ranks, &bounds, moved);
        let best = at_least(&self.ranks, best);
        stable.words.iter_mut().zip(&best.words).for_each(|(a, b)| *a |= b);
        stable
    }
}

/// The greatest over the places of a block of the least over everything else.
#[inline(always)]
fn maximin<T: Rank>(ranks: &[T], block: &Block) -> T {
    let mut least = vec![T::MOST; block.size];
    for unit in ranks.chunks(block.stride * block.size) {
        if block.stride == 1 {
            least.iter_mut().zip(unit).for_each(|(least, x)| *least = (*least).min(*x));
        } else {
            for (least, row) in least.iter_mut().zip(unit.chunks(block.stride)) {
                *least = (*least).min(reduced::<Least, T>(row));
            }
        }
    }
    least.into_iter().max().unwrap_or(T::LEAST)
}

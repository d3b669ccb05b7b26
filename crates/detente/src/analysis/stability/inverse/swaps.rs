//! The ranking nearest to the given one under which a set of states is ranked no higher than the wanted one.
//!
//! Distance is that of Kemeny and Snell (1962), halved: a pair of states turned round counts one, which for rankings
//! without ties is the number of swaps of neighbours (Kendall 1938); a tie broken counts a half. Rankings that make
//! new ties are not looked at. Everything is counted in halves.
//!
//! Let the *above* be the states ranked over the wanted one, and let the ones in `X` go below it. Every pair of one
//! that goes and one that stays and was below it is turned round, and putting `X` in its order just below the wanted
//! state turns round nothing else. So `X` costs the sum of `weight` over its states, less `k (k - 1)` for its size
//! `k`: the pairs that move together. For a given size that is a sum over states, and independent pieces of the
//! condition join by size. Sets that meet a monotone condition hold a minimal one, so the cheapest is a minimal one
//! and the states of least weight beside it.

use std::collections::{BTreeMap, BTreeSet};

/// The states ranked above the wanted one, with what each costs to go below it alone.
pub(super) struct Ladder {
    wanted: u32,
    /// Classes of the states, the best first.
    classes: Vec<Vec<u32>>,
    /// In halves: two for the wanted state and for each state in between, one for each that it is tied with.
    weight: BTreeMap<u32, u64>,
    /// The same states, those of least weight first.
    sorted: Vec<(u64, u32)>,
    /// How many other states are tied with the wanted one.
    tied: u64,
}

/// A choice for one piece: how much it weighs, which minimal set it holds, and how many more of the piece.
#[derive(Clone, Copy)]
struct Pick {
    weight: u64,
    set: usize,
    more: usize,
}

/// The best choice so far for some pieces together, by size: the weight, and the size given to the last piece.
type Row = Vec<Option<(u64, usize)>>;

impl Ladder {
    /// Ranks states by their scores; the wanted one is among them.
    pub(super) fn of(states: &[(u32, i128)], wanted: u32) -> Self {
        let mut by_score: BTreeMap<i128, Vec<u32>> = BTreeMap::new();
        states.iter().for_each(|(state, score)| by_score.entry(*score).or_default().push(*state));
        let classes: Vec<Vec<u32>> = by_score.into_values().rev().collect();
        let mut weight = BTreeMap::new();
        let level = classes.iter().position(|class| class.contains(&wanted)).unwrap_or(classes.len());
        let mut between = 0;
        for class in classes.iter().take(level).rev() {
            let size = class.len() as u64;
            class.iter().for_each(|state| _ = weight.insert(*state, 2 + 2 * between + size - 1));
            between += size;
        }
        let tied = classes.get(level).map_or(0, |class| class.len().saturating_sub(1) as u64);
        let mut sorted: Vec<(u64, u32)> = weight.iter().map(|(t, weight)| (*weight, *t)).collect();
        sorted.sort_unstable();
        Ladder { wanted, classes, weight, sorted, tied }
    }

    /// The least change, in halves, after which all of the set is ranked no higher than the wanted state.
    pub(super) fn cost(&self, set: &[u32]) -> u64 {
        let inside: BTreeMap<u32, u64> = set.iter().filter_map(|t| Some((*t, *self.weight.get(t)?))).collect();
        // A state over all of them goes down for nothing.
        let top = inside.values().max().copied().unwrap_or(0);
        let near = self.sorted.iter().take_while(|(weight, _)| *weight <= top);
        let free: Vec<u64> = near.filter(|(_, t)| !inside.contains_key(t)).map(|(weight, _)| *weight).collect();
        self.with_more(inside.values().sum(), inside.len(), &free).into_iter().min().unwrap_or(0)
    }

    /// The cheapest set that holds a minimal set of every piece: the states above the wanted one that go below it, and
    /// the cost in halves. `None` when that takes more than `steps`.
    pub(super) fn cheapest(&self, pieces: &[Vec<Vec<u32>>], mut steps: u64) -> Option<(u64, BTreeSet<u32>)> {
        let mut row: Row = vec![Some((0, 0))];
        let mut rows = Vec::new();
        let mut picks = Vec::new();
        let mut own = BTreeSet::new();
        for sets in pieces {
            let states: BTreeSet<u32> =
                sets.iter().flatten().copied().filter(|t| self.weight.contains_key(t)).collect();
            let work = (sets.len() as u64 + row.len() as u64).saturating_mul(1 + states.len() as u64);
            steps = steps.checked_sub(work)?;
            let best = self.picks(sets, &states);
            let next = combine(&row, &best);
            rows.push(std::mem::replace(&mut row, next));
            own.extend(states.iter().copied());
            picks.push((best, states));
        }
        let free: Vec<(u64, u32)> = self.sorted.iter().copied().filter(|(_, t)| !own.contains(t)).collect();
        let weights: Vec<u64> = free.iter().map(|(weight, _)| *weight).collect();
        steps.checked_sub((row.len() as u64).saturating_mul(1 + free.len() as u64))?;
        let mut best: Option<(u64, usize, usize)> = None;
        for (size, cell) in row.iter().enumerate() {
            let Some((weight, _)) = cell else { continue };
            for (more, total) in self.with_more(*weight, size, &weights).into_iter().enumerate() {
                if best.is_none_or(|(least, ..)| total < least) {
                    best = Some((total, size, more));
                }
            }
        }
        let (total, mut size, more) = best?;
        let mut chosen: BTreeSet<u32> = free.into_iter().take(more).map(|(_, t)| t).collect();
        rows.push(row);
        for (at, (best, states)) in picks.iter().enumerate().rev() {
            let (_, given) = (*rows.get(at + 1)?.get(size)?)?;
            let pick = (*best.get(given)?)?;
            let set = pieces.get(at)?.get(pick.set)?;
            let inside: BTreeSet<u32> = set.iter().copied().filter(|t| states.contains(t)).collect();
            let rest = self.cheapest_first(states.iter().copied().filter(|t| !inside.contains(t)));
            chosen.extend(rest.into_iter().take(pick.more));
            chosen.extend(inside);
            size -= given;
        }
        Some((total, chosen))
    }

    /// The nearest ranking in which these states, all above the wanted one, are below it: classes, the best first.
    pub(super) fn ranking(&self, lowered: &BTreeSet<u32>) -> Vec<Vec<u32>> {
        if lowered.is_empty() {
            return self.classes.clone();
        }
        let (mut over, mut under, mut rest) = (Vec::new(), Vec::new(), Vec::new());
        for class in &self.classes {
            if class.first().is_some_and(|t| self.weight.contains_key(t)) {
                let (down, up): (Vec<u32>, Vec<u32>) = class.iter().partition(|t| lowered.contains(t));
                over.push(up);
                under.push(down);
            } else {
                rest.push(class.iter().copied().filter(|t| *t != self.wanted).collect());
            }
        }
        let all = over.into_iter().chain([vec![self.wanted]]).chain(under).chain(rest);
        all.filter(|class: &Vec<u32>| !class.is_empty()).collect()
    }

    /// How many states there are.
    pub(super) fn states(&self) -> usize {
        self.classes.iter().map(Vec::len).sum()
    }

    /// The weight of the states of a set that are above the wanted one.
    pub(super) fn weight(&self, set: &[u32]) -> u64 {
        set.iter().filter_map(|t| self.weight.get(t)).sum()
    }

    fn cheapest_first(&self, states: impl Iterator<Item = u32>) -> Vec<u32> {
        let mut states: Vec<u32> = states.collect();
        states.sort_by_key(|t| (self.weight.get(t).copied().unwrap_or(0), *t));
        states
    }

    /// The cost of a set of so much weight and so many states with none, one, two ... of the free ones beside it.
    fn with_more(&self, mut weight: u64, size: usize, free: &[u64]) -> Vec<u64> {
        let cost = |weight: u64, size: u64| {
            if size == 0 { 0 } else { (weight + self.tied).saturating_sub(size * (size - 1)) }
        };
        let mut totals = vec![cost(weight, size as u64)];
        for (more, of) in free.iter().enumerate() {
            weight += of;
            totals.push(cost(weight, (size + more + 1) as u64));
        }
        totals
    }

    /// The lightest choice of each size for a piece.
    fn picks(&self, sets: &[Vec<u32>], states: &BTreeSet<u32>) -> Vec<Option<Pick>> {
        let mut best: Vec<Option<Pick>> = vec![None; states.len() + 1];
        let sorted = self.cheapest_first(states.iter().copied());
        for (at, set) in sets.iter().enumerate() {
            let mut weight = self.weight(set);
            let size = set.iter().filter(|t| states.contains(t)).count();
            let held: BTreeSet<u32> = set.iter().copied().collect();
            let mut more = 0;
            let mut offer = |size: usize, pick: Pick| {
                if let Some(slot) = best.get_mut(size)
                    && slot.is_none_or(|old| pick.weight < old.weight)
                {
                    *slot = Some(pick);
                }
            };
            offer(size, Pick { weight, set: at, more });
            for state in sorted.iter().filter(|t| !held.contains(t)) {
                weight += self.weight.get(state).copied().unwrap_or(0);
                more += 1;
                offer(size + more, Pick { weight, set: at, more });
            }
        }
        best
    }
}

/// Joins the choices of a further piece to those of the pieces before it.
fn combine(row: &Row, picks: &[Option<Pick>]) -> Row {
    let mut next: Row = vec![None; row.len() + picks.len().saturating_sub(1)];
    for (size, cell) in row.iter().enumerate() {
        let Some((weight, _)) = cell else { continue };
        for (given, pick) in picks.iter().enumerate() {
            let Some(pick) = pick else { continue };
            let total = weight + pick.weight;
            if let Some(slot) = next.get_mut(size + given)
                && slot.is_none_or(|(old, _)| total < old)
            {
                *slot = Some((total, given));
            }
        }
    }
    next
}

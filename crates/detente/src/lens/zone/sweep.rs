//! One sweep over a diagram: the best weighted path.

use super::diagram::{Diagram, Layout};
use crate::game::Game;

/// The weight of a value that is not allowed, and of a node from which no path leads on.
pub(super) const CLOSED: i64 = i64::MIN / 2;
/// Weighted sums of open paths stay within this in absolute value; see [`Stakes::most_weight`].
const LARGEST_SUM: i64 = 1 << 60;
/// Worth of one value beyond this is cut down, so that sums cannot overflow.
const LARGEST_WORTH: i64 = 1 << 40;

/// What is at stake for the parties whose consent is needed, in one game, flat and in exact integers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Stakes {
    /// Positions of the consenting parties among all parties.
    pub(super) who: Vec<usize>,
    /// Per consenting party, the worth of each value by its place in the [`Layout`].
    pub(super) worth: Vec<Vec<i64>>,
    /// Per consenting party, the utility of no-deal.
    pub(super) floor: Vec<i64>,
    most_weight: i64,
}

impl Stakes {
    /// The stakes of a game. Worth and fallback beyond 2^40 (a thousand times the whole scale) are
    /// cut down to that.
    pub(super) fn of(game: &Game, layout: &Layout) -> Self {
        let (mut stakes, mut largest) = (Stakes::default(), 1i64);
        for (at, player) in game.players.iter().enumerate().filter(|(_, p)| p.consents) {
            let mut worth = vec![0i64; layout.values()];
            let floor = player.fallback.clamp(-LARGEST_WORTH, LARGEST_WORTH);
            let mut total = floor.abs() + 1;
            for issue in 0..layout.issues() {
                let mut most = 0;
                for digit in 0..layout.size(issue) {
                    let value = player.worth.get(issue).and_then(|v| v.get(usize::from(digit))).copied().unwrap_or(0);
                    let value = value.clamp(-LARGEST_WORTH, LARGEST_WORTH);
                    most = most.max(value.abs());
                    if let Some(slot) = worth.get_mut(layout.place(issue, digit)) {
                        *slot = value;
                    }
                }
                total = total.saturating_add(most);
            }
            largest = largest.max(total);
            stakes.who.push(at);
            stakes.worth.push(worth);
            stakes.floor.push(floor);
        }
        let parties = i64::try_from(stakes.who.len().max(1)).unwrap_or(i64::MAX);
        stakes.most_weight = (LARGEST_SUM / largest / parties).clamp(1, 1 << 24);
        stakes
    }

    /// Number of consenting parties.
    pub(super) fn parties(&self) -> usize {
        self.who.len()
    }

    /// The largest weight of a party for which weighted sums are safe in 64 bits.
    pub(super) fn most_weight(&self) -> i64 {
        self.most_weight
    }

    /// The gain over no-deal of each consenting party.
    pub(super) fn gains(&self, layout: &Layout, digits: &[u16]) -> Vec<i64> {
        self.worth.iter().zip(&self.floor).map(|(worth, floor)| utility(worth, layout, digits) - floor).collect()
    }

    /// The worth of each value with the parties weighted.
    pub(super) fn weigh(&self, weights: &[i64], into: &mut Vec<i64>) {
        into.clear();
        into.resize(self.worth.first().map_or(0, Vec::len), 0);
        for (worth, weight) in self.worth.iter().zip(weights).filter(|(_, weight)| **weight != 0) {
            for (slot, value) in into.iter_mut().zip(worth) {
                *slot += value * weight;
            }
        }
    }
}

/// The utility of an outcome by the worth of each value.
pub(super) fn utility(worth: &[i64], layout: &Layout, digits: &[u16]) -> i64 {
    digits.iter().enumerate().map(|(i, d)| worth.get(layout.place(i, *d)).copied().unwrap_or(0)).sum()
}

/// Room to work in, kept from sweep to sweep.
#[derive(Debug, Default)]
pub(super) struct Sweep {
    of_set: Vec<i64>,
    /// Per node, the weight of the best path from it to the end.
    pub(super) best: Vec<i64>,
}

impl Sweep {
    /// The weight of the best open path, `None` when there is none. Ties do not matter for the weight.
    pub(super) fn climb(&mut self, diagram: &Diagram, weight: &[i64], closed: &[bool]) -> Option<i64> {
        let root = diagram.root?;
        self.of_set.clear();
        self.of_set.extend(diagram.sets.iter().map(|set| {
            set.places.iter().map(|p| weight.get(*p as usize).copied().unwrap_or(CLOSED)).max().unwrap_or(CLOSED)
        }));
        self.best.clear();
        self.best.push(0);
        for node in 1..diagram.nodes() {
            let mut best = CLOSED;
            for arrow in diagram.arrows(u32::try_from(node).unwrap_or(u32::MAX)) {
                if closed.get(arrow.breaks as usize).copied().unwrap_or(false) {
                    continue;
                }
                let on = self.of_set.get(arrow.set as usize).copied().unwrap_or(CLOSED);
                let rest = self.best.get(arrow.to as usize).copied().unwrap_or(CLOSED);
                best = best.max(on + rest);
            }
            self.best.push(best);
        }
        self.best.get(root as usize).copied().filter(|best| *best >= -LARGEST_SUM)
    }

    /// The outcome of the best path of the last [`Sweep::climb`] (same arguments), the first among equals.
    pub(super) fn trace(&self, diagram: &Diagram, weight: &[i64], closed: &[bool]) -> Box<[u16]> {
        let mut digits = vec![0u16; diagram.issues()];
        let mut node = diagram.root.unwrap_or(0);
        while node != 0 {
            let goal = self.best.get(node as usize).copied().unwrap_or(CLOSED);
            let on = |set: u32| self.of_set.get(set as usize).copied().unwrap_or(CLOSED);
            let rest = |to: u32| self.best.get(to as usize).copied().unwrap_or(CLOSED);
            let arrow = diagram
                .arrows(node)
                .iter()
                .find(|a| !closed.get(a.breaks as usize).copied().unwrap_or(false) && on(a.set) + rest(a.to) == goal);
            let Some(arrow) = arrow else { break };
            if let Some(set) = diagram.sets.get(arrow.set as usize) {
                let best = set.places.iter().position(|p| weight.get(*p as usize).copied() == Some(on(arrow.set)));
                let digit = best.and_then(|at| set.digits.get(at)).copied().unwrap_or(0);
                if let Some(slot) = digits.get_mut(set.issue) {
                    *slot = digit;
                }
            }
            node = arrow.to;
        }
        digits.into()
    }
}

//! Where each state lies: the issues of each decision maker side by side, so that what it can reach are rows and
//! columns of one array.

use crate::game::Outcome;
use crate::game::conflict::{Conflict, Moves};
use std::ops::Range;

/// Which digits of an axis can be reached from which. Always closed, and each digit reaches itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reach {
    /// All from all.
    Free,
    /// Later ones.
    Rising,
    /// Earlier ones.
    Falling,
    /// For each digit, the others that it reaches.
    Table(Vec<Vec<usize>>),
}

/// One dimension of the array of states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Axis {
    pub(super) stride: usize,
    pub(super) size: usize,
    pub(super) reach: Reach,
}

/// The issues that a decision maker moves alone: side by side, the free ones first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// Places of the issues in the order of the layout.
    pub(super) places: Range<usize>,
    /// States between two neighbours in the block.
    pub(super) stride: usize,
    /// States of the block.
    pub(super) size: usize,
    /// States of the part that moves freely; a divisor of `size`.
    pub(super) free: usize,
    /// The free part as one axis, then each other issue.
    pub(super) axes: Vec<Axis>,
}

/// An order of the issues, the fastest first, and with it a number for each state.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// The issue at each place.
    pub(super) issues: Vec<usize>,
    /// How many values it has.
    pub(super) sizes: Vec<usize>,
    /// States between two neighbouring values of it.
    pub(super) strides: Vec<usize>,
    /// States in all, feasible or not.
    pub(super) count: usize,
    /// One per decision maker.
    pub(super) blocks: Vec<Block>,
    /// States in the blocks of all: what follows are issues that nobody moves alone.
    pub(super) moved: usize,
    /// The place of each issue.
    places: Vec<usize>,
}

/// How an issue moves; `None` when it cannot.
fn reach(moves: &Moves, size: usize) -> Option<Reach> {
    let digit = |d: usize| u16::try_from(d).unwrap_or(u16::MAX);
    match moves {
        _ if size < 2 => None,
        Moves::Free => Some(Reach::Free),
        Moves::Rising => Some(Reach::Rising),
        Moves::Falling => Some(Reach::Falling),
        Moves::Only(_) => {
            let to = |from: usize| (0..size).filter(|to| moves.allow(digit(from), digit(*to))).collect();
            let table: Vec<Vec<usize>> = (0..size).map(to).collect();
            match table.iter().map(Vec::len).sum::<usize>() {
                0 => None,
                all if all == size * (size - 1) => Some(Reach::Free),
                _ => Some(Reach::Table(table)),
            }
        }
    }
}

impl Layout {
    /// The layout in which the blocks of decision makers follow each other, the largest first. `None` when the number
    /// of states does not fit.
    pub(super) fn of(conflict: &Conflict) -> Option<Layout> {
        let sizes: Vec<usize> = conflict.space.sizes().collect();
        let own = |maker: usize| -> (Vec<usize>, Vec<(usize, Reach)>) {
            let moved = conflict.own(maker).filter_map(|issue| {
                let control = conflict.control.get(issue)?;
                Some((issue, reach(&control.moves, *sizes.get(issue)?)?))
            });
            let (free, bound): (Vec<_>, Vec<_>) = moved.partition(|(_, reach)| *reach == Reach::Free);
            (free.into_iter().map(|(issue, _)| issue).collect(), bound)
        };
        let owned: Vec<_> = (0..conflict.makers.len()).map(own).collect();
        let size_of = |issue: &usize| sizes.get(*issue).copied().unwrap_or(1);
        let product = |issues: &[usize]| issues.iter().try_fold(1usize, |all, issue| all.checked_mul(size_of(issue)));
        let total = |at: usize| -> Option<usize> {
            let (free, bound) = owned.get(at)?;
            bound.iter().try_fold(product(free)?, |all, (issue, _)| all.checked_mul(size_of(issue)))
        };
        let mut order: Vec<usize> = (0..owned.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(total(*at)));
        let mut issues: Vec<usize> = Vec::with_capacity(sizes.len());
        let mut blocks = vec![Block { size: 1, free: 1, stride: 1, ..Block::default() }; owned.len()];
        let mut stride = 1usize;
        for at in order {
            let (Some((free, bound)), Some(block)) = (owned.get(at), blocks.get_mut(at)) else { continue };
            block.stride = stride;
            block.free = product(free)?;
            let first = issues.len();
            if block.free > 1 {
                block.axes.push(Axis { stride, size: block.free, reach: Reach::Free });
            }
            issues.extend(free);
            stride = stride.checked_mul(block.free)?;
            for (issue, reach) in bound {
                block.axes.push(Axis { stride, size: size_of(issue), reach: reach.clone() });
                issues.push(*issue);
                stride = stride.checked_mul(size_of(issue))?;
            }
            block.places = first..issues.len();
            block.size = total(at)?;
        }
        let moved = stride;
        let rest: Vec<usize> = (0..sizes.len()).filter(|issue| !issues.contains(issue)).collect();
        issues.extend(rest);
        Layout::with(&sizes, issues, blocks, moved)
    }

    /// The layout of public numbers: the issues in their own order.
    pub(super) fn public(conflict: &Conflict) -> Option<Layout> {
        let sizes: Vec<usize> = conflict.space.sizes().collect();
        let issues = (0..sizes.len()).collect();
        Layout::with(&sizes, issues, Vec::new(), 1)
    }

    fn with(all: &[usize], issues: Vec<usize>, blocks: Vec<Block>, moved: usize) -> Option<Layout> {
        let sizes: Vec<usize> = issues.iter().map(|issue| all.get(*issue).copied().unwrap_or(1)).collect();
        let mut strides = Vec::with_capacity(sizes.len());
        let mut count = 1usize;
        for size in &sizes {
            strides.push(count);
            count = count.checked_mul(*size)?;
        }
        let mut places = vec![0; issues.len()];
        for (place, issue) in issues.iter().enumerate() {
            if let Some(slot) = places.get_mut(*issue) {
                *slot = place;
            }
        }
        Some(Layout { issues, sizes, strides, count, blocks, moved, places })
    }

    /// The position of an outcome; `None` outside the space.
    pub(super) fn position(&self, outcome: &Outcome) -> Option<usize> {
        if outcome.digits().len() != self.issues.len() {
            return None;
        }
        let mut position = 0;
        for ((issue, size), stride) in self.issues.iter().zip(&self.sizes).zip(&self.strides) {
            let digit = usize::from(outcome.digit(*issue));
            if digit >= *size {
                return None;
            }
            position += digit * stride;
        }
        Some(position)
    }

    /// The outcome at a position.
    pub(super) fn outcome(&self, position: usize) -> Outcome {
        let digit = |place: &usize| match (self.strides.get(*place), self.sizes.get(*place)) {
            (Some(stride), Some(size)) => u16::try_from(position / stride % size).unwrap_or(u16::MAX),
            _ => 0,
        };
        Outcome::new(self.places.iter().map(digit).collect::<Vec<u16>>())
    }

    /// For each issue in its own order, how many values it has and the stride of its place.
    pub(super) fn steps(&self) -> Vec<(usize, usize)> {
        let step = |place: &usize| Some((*self.sizes.get(*place)?, *self.strides.get(*place)?));
        self.places.iter().filter_map(step).collect()
    }
}

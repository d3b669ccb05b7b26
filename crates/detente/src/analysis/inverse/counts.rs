//! How many outcomes make at least so many steps, for every number of steps and every tail of the issues.
//!
//! Dynamic programming over distinct sums (Bellman 1957). Its size depends on the number of distinct sums, not
//! on the number of outcomes, and outcomes can be counted, ranked and drawn without looking at any of them.

use super::Ranked;
use super::columns::Columns;
use crate::game::Outcome;
use num_traits::PrimInt;
use std::sync::Arc;

/// One list per issue and one more: at `x`, the number of ways in which the issues from this one on make at
/// least `x` steps. `N` holds the number of outcomes.
pub(super) struct Counts<N> {
    columns: Arc<Columns>,
    levels: Vec<Vec<N>>,
}

/// The number of entries that [`Counts::of`] would make.
pub(super) fn cells(columns: &Columns) -> i128 {
    columns.reach.iter().fold(0i128, |sum, reach| sum.saturating_add(*reach).saturating_add(2))
}

fn at_least<N: PrimInt>(level: &[N], steps: i128) -> N {
    // No steps at all, or fewer, are made by all.
    usize::try_from(steps.max(0)).ok().and_then(|x| level.get(x)).copied().unwrap_or_else(N::zero)
}

impl<N: PrimInt> Counts<N> {
    /// The counts; [`cells`] was looked at before, and the number of outcomes fits in `N`.
    pub(super) fn of(columns: Arc<Columns>) -> Self {
        let mut levels = vec![vec![N::one()]];
        for (at, column) in columns.choices.iter().enumerate().rev() {
            let reach = columns.reach.get(at).copied().unwrap_or(0);
            let mut level = vec![N::zero(); usize::try_from(reach).unwrap_or(0) + 1];
            let rest = levels.last().map_or(&[][..], Vec::as_slice);
            let all = rest.first().copied().unwrap_or_else(N::zero);
            for choice in column {
                let shift = usize::try_from(choice.steps).unwrap_or(usize::MAX).min(level.len());
                let (below, from) = level.split_at_mut(shift);
                below.iter_mut().for_each(|n| *n = *n + all);
                from.iter_mut().zip(rest).for_each(|(n, more)| *n = *n + *more);
            }
            levels.push(level);
        }
        levels.reverse();
        Counts { columns, levels }
    }

    fn level(&self, at: usize) -> &[N] {
        self.levels.get(at).map_or(&[], Vec::as_slice)
    }

    /// How many outcomes make at least so many steps.
    pub(super) fn from(&self, steps: i128) -> N {
        at_least(self.level(0), steps)
    }

    /// The most steps that more than `rank` outcomes reach.
    pub(super) fn steps_at(&self, rank: N) -> Option<i128> {
        let reached = self.level(0).partition_point(|n| *n > rank);
        i128::try_from(reached.checked_sub(1)?).ok()
    }

    /// One choice per issue: the outcome at a place in lexicographic order, among those of exactly so many steps, or of at least so many.
    pub(super) fn nth(&self, steps: i128, exactly: bool, mut place: N) -> Option<Vec<usize>> {
        let mut rest = steps;
        let mut picks = Vec::with_capacity(self.columns.choices.len());
        for (at, column) in self.columns.choices.iter().enumerate() {
            let tail = self.level(at + 1);
            let (pick, choice) = column.iter().enumerate().find(|(_, choice)| {
                let left = rest - choice.steps;
                let mut ways = at_least(tail, left);
                if exactly {
                    ways = if left < 0 { N::zero() } else { ways - at_least(tail, left + 1) };
                }
                let here = place < ways;
                if !here {
                    place = place - ways;
                }
                here
            })?;
            picks.push(pick);
            rest -= choice.steps;
        }
        Some(picks)
    }
}

impl<N: PrimInt + Send + Sync> Ranked for Counts<N> {
    fn above(&self, utility: i128) -> u128 {
        let steps = self.columns.steps_from(utility);
        if steps > self.columns.top() { 0 } else { self.from(steps).to_u128().unwrap_or(u128::MAX) }
    }

    fn utility_at(&self, rank: u128) -> Option<i128> {
        self.steps_at(N::from(rank)?).map(|steps| self.columns.utility(steps))
    }

    fn outcome_at(&self, rank: u128) -> Option<Outcome> {
        let rank = N::from(rank)?;
        let steps = self.steps_at(rank)?;
        let picks = match self.columns.ceiling {
            Some((from, _)) if steps >= from => self.nth(from, false, rank),
            _ => self.nth(steps, true, rank - self.from(steps + 1)),
        };
        picks.map(|picks| self.columns.outcome(&picks))
    }
}

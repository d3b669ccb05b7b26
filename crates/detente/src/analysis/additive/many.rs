//! Three columns and more: candidates are sorted, and what is dominated is left out.

use super::row::{Budget, Row, covers, plus, steps};
use super::sweep;
use super::tree::Tree;
use crate::analysis::number::Whole;
use std::cmp::Reverse;

/// Candidates in one batch, at least; more values are merged batch by batch, so that memory stays bounded.
const BATCH: usize = 1 << 20;
/// Up to this many rows are compared each with each.
const FEW: usize = 64;
/// From this many candidates on, most of them are left out first by looking at some of them.
const MANY: usize = 2048;
/// Every so manieth candidate is one of those.
const STRIDE: usize = 16;

/// The frontier of the sums of a frontier with the values of one issue, in decreasing order.
///
/// `None` when more than `most` points are left, or the budget is spent.
pub(super) fn grow<T: Whole, const N: usize>(
    before: &[[T; N]],
    values: &[[T; N]],
    most: usize,
    budget: &mut Budget,
) -> Option<Vec<Row<T, N>>> {
    let batch = (BATCH / before.len().max(1)).max(1);
    let mut all: Vec<Row<T, N>> = Vec::new();
    for (lists, chosen) in values.chunks(batch).zip((0..values.len()).step_by(batch)) {
        let candidates = before.len().saturating_mul(lists.len());
        budget.need(steps(candidates))?;
        all.reserve(candidates);
        for (value, choice) in lists.iter().zip(u16::try_from(chosen).ok()?..) {
            let sums = before.iter().zip(0..);
            all.extend(sums.map(|(point, origin)| Row { point: plus(point, value), choice, origin }));
        }
        all = efficient(all, budget)?;
        if all.len() > most {
            return None;
        }
    }
    Some(all)
}

/// The rows that no other dominates, in decreasing order, of equal points the first. `None` when the budget is spent.
pub(super) fn efficient<T: Whole, const N: usize>(
    mut rows: Vec<Row<T, N>>,
    budget: &mut Budget,
) -> Option<Vec<Row<T, N>>> {
    if N > 3 && rows.len() >= MANY {
        let some: Vec<[T; N]> = rows.iter().step_by(STRIDE).map(|row| row.point).collect();
        let dominated = Tree::of(&some).dominated(&rows, budget)?;
        keep(&mut rows, dominated.into_iter().map(|d| !d));
    }
    // Runs that are in order already are merged, not sorted again; equal points stay in the order they came in.
    rows.sort_by_key(|row| Reverse(row.point));
    rows.dedup_by(|later, first| later.point == first.point);
    if rows.len() <= FEW {
        budget.need(steps(rows.len()))?;
        let alone = |at: usize, row: &Row<T, N>| !rows.iter().take(at).any(|other| covers(&other.point, &row.point));
        let alone: Vec<bool> = rows.iter().enumerate().map(|(at, row)| alone(at, row)).collect();
        keep(&mut rows, alone.into_iter());
    } else if N == 3 {
        budget.need(steps(rows.len()))?;
        let alone = sweep::efficient(&rows);
        keep(&mut rows, alone.into_iter());
    } else {
        let points: Vec<[T; N]> = rows.iter().map(|row| row.point).collect();
        let dominated = Tree::of(&points).dominated(&rows, budget)?;
        keep(&mut rows, dominated.into_iter().map(|d| !d));
    }
    Some(rows)
}

fn keep<R>(rows: &mut Vec<R>, mut which: impl Iterator<Item = bool>) {
    rows.retain(|_| which.next().unwrap_or(true));
}

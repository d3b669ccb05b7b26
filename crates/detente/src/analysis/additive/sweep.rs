//! Three columns: a sweep along the first with a staircase of the other two.

use super::row::Row;
use crate::analysis::number::Whole;

/// Steps in one chunk of the staircase; a full chunk is halved.
const CHUNK: usize = 128;

/// Pairs of which none is as much as another in both, increasing in the first and so decreasing in the
/// second; in chunks, so that putting a pair in moves few others.
struct Staircase<T> {
    chunks: Vec<Vec<(T, T)>>,
    /// The largest first number of each chunk.
    last: Vec<T>,
}

/// Which rows no earlier one covers. Rows are in decreasing order, each point once.
///
/// What comes earlier has as much or more in the first coordinate, so that only the other two count
/// (Kung, Luccio and Preparata, 1975).
pub(super) fn efficient<T: Whole, const N: usize>(rows: &[Row<T, N>]) -> Vec<bool> {
    let mut stairs = Staircase { chunks: vec![Vec::new()], last: vec![T::MOST] };
    rows.iter().map(|row| stairs.put(row.point[1], row.point[2])).collect()
}

impl<T: Whole> Staircase<T> {
    /// Puts a pair in; false when one that is there covers it.
    fn put(&mut self, b: T, c: T) -> bool {
        // The last chunk ends with more than everything, so one is found.
        let at = self.last.partition_point(|last| *last < b);
        let Some(chunk) = self.chunks.get_mut(at) else { return false };
        let within = chunk.partition_point(|step| step.0 < b);
        // Of those with as much of the first, the nearest has the most of the second.
        let next = chunk.get(within).copied();
        let next = next.or_else(|| self.chunks.get(at + 1).and_then(|chunk| chunk.first().copied()));
        if next.is_some_and(|next| next.1 >= c) {
            return false;
        }
        self.remove_covered(at, within, b, c);
        true
    }

    /// Takes out what the new pair covers: steps just before it, and the one with the same first number; then
    /// puts the pair in.
    fn remove_covered(&mut self, at: usize, within: usize, b: T, c: T) {
        let Some(chunk) = self.chunks.get_mut(at) else { return };
        let until = within + usize::from(chunk.get(within).is_some_and(|step| step.0 == b));
        let kept = chunk.get(..within).unwrap_or_default().iter().rposition(|step| step.1 > c).map_or(0, |k| k + 1);
        chunk.splice(kept..until, [(b, c)]);
        if chunk.len() >= CHUNK {
            let upper = chunk.split_off(CHUNK / 2);
            let end = chunk.last().map_or(T::MOST, |step| step.0);
            self.chunks.insert(at + 1, upper);
            self.last.insert(at, end);
        }
        if kept > 0 {
            return;
        }
        // The start of the chunk was reached: chunks before it may be covered as well.
        let mut first = at;
        while let Some(before) = first.checked_sub(1).and_then(|at| self.chunks.get_mut(at)) {
            let left = before.iter().rposition(|step| step.1 > c).map_or(0, |k| k + 1);
            before.truncate(left);
            if left > 0 {
                break;
            }
            first -= 1;
        }
        self.chunks.drain(first..at);
        self.last.drain(first..at);
    }
}

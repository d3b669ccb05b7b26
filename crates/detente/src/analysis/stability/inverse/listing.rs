//! The minimal down-sets of the whole question: one minimal set of every piece, the lightest first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The first `most` combinations of one set per piece, by the sum of their weights, then by their size; sets of each
/// piece are given with their weights.
pub(super) fn combinations(pieces: &[Vec<(u64, Vec<u32>)>], most: usize) -> Vec<Vec<u32>> {
    let mut pieces: Vec<Vec<(u64, &Vec<u32>)>> =
        pieces.iter().map(|sets| sets.iter().map(|(weight, set)| (*weight, set)).collect()).collect();
    pieces.iter_mut().for_each(|sets| sets.sort_by_key(|(weight, set)| (*weight, set.len())));
    if pieces.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    let value = |at: &[usize]| -> (u64, usize) {
        let chosen = at.iter().zip(&pieces).filter_map(|(i, sets)| sets.get(*i));
        chosen.fold((0, 0), |(weight, size), (w, set)| (weight + w, size + set.len()))
    };
    let mut found = Vec::new();
    let first = vec![0; pieces.len()];
    let mut open = BinaryHeap::from([Reverse((value(&first), first))]);
    while let Some(Reverse((_, at))) = open.pop() {
        if found.len() >= most {
            break;
        }
        let chosen = at.iter().zip(&pieces).filter_map(|(i, sets)| sets.get(*i));
        let mut set: Vec<u32> = chosen.flat_map(|(_, set)| set.iter().copied()).collect();
        set.sort_unstable();
        found.push(set);
        // Each combination has one way to it: its last place that is not the first was raised last.
        let last = at.iter().rposition(|i| *i > 0).unwrap_or(0);
        for place in last..at.len() {
            let mut next = at.clone();
            if let Some(i) = next.get_mut(place) {
                *i += 1;
            }
            if next.get(place).zip(pieces.get(place)).is_some_and(|(i, sets)| *i < sets.len()) {
                open.push(Reverse((value(&next), next)));
            }
        }
    }
    found
}

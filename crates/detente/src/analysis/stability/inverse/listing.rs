//! The minimal down-sets of the whole question: one minimal set of every piece, the lightest first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What a set is worth: its weight, and then its size.
type Value = (u64, u64);

/// The sets of a piece with their values, the lightest first.
type Choices<'a> = Vec<(Value, &'a [u32])>;

/// A combination: its value, and the places of the pieces that do not have their first set, with the sets they have.
type Combination = (Value, Vec<(usize, usize)>);

/// The first `most` combinations of one set per piece, by the sum of their weights, then by their size; sets of each
/// piece are given with their weights.
///
/// The pieces stand in the order of what their second set adds. Then each combination but the first has one other that
/// it follows from at no gain: its last piece that does not have its first set goes back by one set, or the second set
/// of it goes to the piece before.
pub(super) fn combinations(pieces: &[Vec<(u64, Vec<u32>)>], most: usize) -> Vec<Vec<u32>> {
    if pieces.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    let choices = |sets: &'_ Vec<(u64, Vec<u32>)>| -> Vec<(Value, usize)> {
        let values = sets.iter().enumerate().map(|(at, (weight, set))| ((*weight, set.len() as u64), at));
        let mut values: Vec<(Value, usize)> = values.collect();
        values.sort_unstable();
        values
    };
    let mut pieces: Vec<Choices<'_>> = pieces
        .iter()
        .map(|sets| {
            let sorted = choices(sets).into_iter();
            sorted.filter_map(|(value, at)| Some((value, sets.get(at)?.1.as_slice()))).collect()
        })
        .collect();
    pieces.sort_by_key(|choices| match choices.as_slice() {
        [(first, _), (second, _), ..] => (false, added(*first, *second)),
        _ => (true, (0, 0)),
    });
    let several = pieces.iter().filter(|choices| choices.len() > 1).count();
    let value = |piece: usize, set: usize| pieces.get(piece).and_then(|c| c.get(set)).map(|(value, _)| *value);
    let base = (0..pieces.len()).filter_map(|piece| value(piece, 0)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    let raised = |(total, moved): &Combination, piece: usize, from: usize, to: usize| -> Option<Combination> {
        let (old, new) = (value(piece, from)?, value(piece, to)?);
        let mut moved = moved.clone();
        moved.retain(|(at, _)| *at != piece);
        if to > 0 {
            moved.push((piece, to));
        }
        Some(((total.0 + new.0 - old.0, total.1 + new.1 - old.1), moved))
    };
    let mut found = Vec::new();
    let mut open = BinaryHeap::from([Reverse((base, Vec::new()))]);
    while let Some(Reverse(at)) = open.pop() {
        if found.len() >= most {
            break;
        }
        let last = at.1.last().copied();
        let next = last.map_or(0, |(piece, _)| piece + 1);
        if next < several {
            open.extend(raised(&at, next, 0, 1).map(Reverse));
        }
        if let Some((piece, set)) = last {
            open.extend(raised(&at, piece, set, set + 1).map(Reverse));
            if set == 1 && next < several {
                let back = raised(&at, piece, 1, 0);
                open.extend(back.and_then(|back| raised(&back, next, 0, 1)).map(Reverse));
            }
        }
        let mut chosen = vec![0; pieces.len()];
        at.1.iter().for_each(|(piece, set)| chosen.iter_mut().skip(*piece).take(1).for_each(|c| *c = *set));
        let sets = chosen.iter().zip(&pieces).filter_map(|(set, choices)| choices.get(*set));
        let mut set: Vec<u32> = sets.flat_map(|(_, set)| set.iter().copied()).collect();
        set.sort_unstable();
        found.push(set);
    }
    found
}

/// What a later value adds to an earlier one: less size counts when the weight is the same.
fn added(first: Value, second: Value) -> (u64, i64) {
    let size = |value: Value| i64::try_from(value.1).unwrap_or(i64::MAX);
    (second.0 - first.0, size(second) - size(first))
}

//! Conditions that share no state are independent: each piece is answered alone.

use super::need::{absorb, smallest};
use std::collections::BTreeMap;

/// Conditions, each a list of ways, each way a sorted list of states.
pub(super) type Conditions = Vec<Vec<Vec<u32>>>;

/// States that always appear together, in the same ways: for each that stands for others, all of them in order.
pub(super) type Twins = BTreeMap<u32, Vec<u32>>;

/// Lets the first of several states that appear in exactly the same ways stand for all. Says the states that each state
/// left stands for, itself among them.
pub(super) fn join(conditions: &Conditions) -> (Conditions, Twins) {
    let mut places: BTreeMap<u32, Vec<(usize, usize)>> = BTreeMap::new();
    for (c, condition) in conditions.iter().enumerate() {
        for (w, way) in condition.iter().enumerate() {
            way.iter().for_each(|state| places.entry(*state).or_default().push((c, w)));
        }
    }
    let mut groups: BTreeMap<&Vec<(usize, usize)>, Vec<u32>> = BTreeMap::new();
    places.iter().for_each(|(state, place)| groups.entry(place).or_default().push(*state));
    let twins: Twins = groups.into_values().filter_map(|group| Some((*group.first()?, group))).collect();
    let left = |way: &Vec<u32>| way.iter().copied().filter(|state| twins.contains_key(state)).collect();
    (conditions.iter().map(|condition| condition.iter().map(left).collect()).collect(), twins)
}

/// The states that these stand for, sorted.
pub(super) fn parted(states: &[u32], twins: &Twins) -> Vec<u32> {
    let mut all: Vec<u32> = states.iter().filter_map(|state| twins.get(state)).flatten().copied().collect();
    all.sort_unstable();
    all
}

/// Splits conditions into pieces that share no state, in the order of their first states.
pub(super) fn pieces(conditions: &Conditions) -> Vec<Conditions> {
    let mut group: BTreeMap<u32, u32> = BTreeMap::new();
    for condition in conditions {
        let mut states = condition.iter().flatten();
        let Some(first) = states.next() else { continue };
        let mut root = find(&mut group, *first);
        for state in states {
            let other = find(&mut group, *state);
            group.insert(root.max(other), root.min(other));
            root = root.min(other);
        }
    }
    let mut found: BTreeMap<u32, Conditions> = BTreeMap::new();
    for condition in conditions {
        if let Some(first) = condition.iter().flatten().next() {
            let root = find(&mut group, *first);
            found.entry(root).or_default().push(condition.clone());
        }
    }
    found.into_values().collect()
}

/// The smallest state of the group that a state is in, with the way there made short.
fn find(group: &mut BTreeMap<u32, u32>, state: u32) -> u32 {
    let mut root = state;
    while let Some(next) = group.get(&root).filter(|next| **next != root) {
        root = *next;
    }
    let mut at = state;
    while at != root {
        at = group.insert(at, root).unwrap_or(root);
    }
    group.entry(root).or_insert(root);
    root
}

/// The states of conditions, sorted, each once.
pub(super) fn states(conditions: &Conditions) -> Vec<u32> {
    let mut all: Vec<u32> = conditions.iter().flatten().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The conditions with one state known to be in, or out. `None` when they cannot be met any more.
pub(super) fn given(conditions: &Conditions, state: u32, inside: bool, steps: u64) -> Option<Conditions> {
    let mut left = Conditions::new();
    for condition in conditions {
        let ways: Vec<Vec<u32>> = if inside {
            condition.iter().map(|way| way.iter().copied().filter(|t| *t != state).collect()).collect()
        } else {
            condition.iter().filter(|way| way.binary_search(&state).is_err()).cloned().collect()
        };
        let ways = if inside { smallest(ways) } else { ways };
        if ways.is_empty() {
            return None;
        }
        if ways.iter().all(|way| !way.is_empty()) {
            left.push(ways);
        }
    }
    Some(absorb(left, steps))
}

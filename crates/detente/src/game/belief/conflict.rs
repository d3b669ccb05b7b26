//! The smallest set of claims that contradict each other.
//!
//! Every set of claims whose removal mends the whole has to meet every contradicting set. So the smallest
//! set that meets all the corrections found so far is either a contradiction, and then the smallest, or it
//! shows a further correction (Reiter 1987; smallest by implicit hitting sets: Ignatiev, Previti, Liffiton
//! and Marques-Silva, *Smallest MUS extraction with minimal hitting set dualization*, 2015).

use std::collections::BTreeSet;

/// Corrections collected before the search settles for a set that is minimal and perhaps not smallest.
const MOST_CORRECTIONS: usize = 400;
/// Nodes of one search for a smallest hitting set.
const MOST_NODES: usize = 200_000;

/// A contradicting set of claims, by position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Conflict {
    /// Sorted.
    pub(super) claims: Vec<usize>,
    /// Whether no smaller one exists. If not, dropping any one of the claims still mends this set.
    pub(super) smallest: bool,
}

/// A smallest contradicting set among `all`, for a test that tells of any sorted set whether it holds
/// together. `None` when all of it does.
pub(super) fn smallest(all: &[usize], holds: &mut dyn FnMut(&[usize]) -> bool) -> Option<Conflict> {
    if holds(all) {
        return None;
    }
    let mut corrections: Vec<BTreeSet<usize>> = Vec::new();
    while corrections.len() < MOST_CORRECTIONS {
        let Some(hit) = hitting_set(&corrections) else { break };
        if !holds(&hit) {
            return Some(Conflict { claims: hit, smallest: true });
        }
        // Grown as far as it holds, what is left out is a correction that `hit` does not meet.
        let mut kept: BTreeSet<usize> = hit.into_iter().collect();
        for claim in all {
            if kept.insert(*claim) && !holds(&kept.iter().copied().collect::<Vec<_>>()) {
                kept.remove(claim);
            }
        }
        corrections.push(all.iter().copied().filter(|c| !kept.contains(c)).collect());
    }
    let mut left: Vec<usize> = all.to_vec();
    for claim in all {
        let without: Vec<usize> = left.iter().copied().filter(|c| c != claim).collect();
        if !holds(&without) {
            left = without;
        }
    }
    Some(Conflict { claims: left, smallest: false })
}

/// A smallest set that meets every one of `sets`. `None` past the limit.
fn hitting_set(sets: &[BTreeSet<usize>]) -> Option<Vec<usize>> {
    let mut nodes = 0;
    for size in 0.. {
        let mut chosen = Vec::new();
        if meet(sets, size, &mut chosen, &mut nodes)? {
            chosen.sort_unstable();
            return Some(chosen);
        }
    }
    None
}

/// Whether `size` more elements can meet all sets; they are left in `chosen`.
fn meet(sets: &[BTreeSet<usize>], size: usize, chosen: &mut Vec<usize>, nodes: &mut usize) -> Option<bool> {
    *nodes += 1;
    if *nodes > MOST_NODES {
        return None;
    }
    let open = || sets.iter().filter(|s| !chosen.iter().any(|c| s.contains(c)));
    // Disjoint open sets need an element each.
    let mut apart: BTreeSet<usize> = BTreeSet::new();
    let mut need = 0;
    for set in open() {
        if set.is_disjoint(&apart) {
            need += 1;
            apart.extend(set);
        }
    }
    if need > size {
        return Some(false);
    }
    let Some(narrowest) = open().min_by_key(|s| s.len()).cloned() else { return Some(true) };
    for element in narrowest {
        chosen.push(element);
        if meet(sets, size - 1, chosen, nodes)? {
            return Some(true);
        }
        chosen.pop();
    }
    Some(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn no_smaller_conflict_exists(
            conflicts in proptest::collection::vec(proptest::collection::btree_set(0usize..8, 1..6), 0..6)
        ) {
            let all: Vec<usize> = (0..8).collect();
            let mut holds = |some: &[usize]| !conflicts.iter().any(|c| c.iter().all(|e| some.contains(e)));
            let found = smallest(&all, &mut holds);
            prop_assert_eq!(found.is_none(), conflicts.is_empty());
            if let Some(found) = found {
                let least = conflicts.iter().map(BTreeSet::len).min().unwrap_or(0);
                prop_assert!(found.smallest);
                prop_assert_eq!(found.claims.len(), least);
                prop_assert!(conflicts.contains(&found.claims.iter().copied().collect()));
            }
        }
    }
}

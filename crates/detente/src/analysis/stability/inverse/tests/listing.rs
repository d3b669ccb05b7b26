//! Combinations of sets against all combinations, sorted.

use super::super::listing::combinations;
use crate::game::Stream;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn the_first_combinations_are_the_lightest() {
    for case in 0..500 {
        let mut stream = Stream::new(8, case, 0);
        // Every state is in one piece; its weight is by its number.
        let mut next = 0;
        let mut weights = BTreeMap::new();
        let mut piece = |stream: &mut Stream| -> Vec<(u64, Vec<u32>)> {
            let set = |stream: &mut Stream| {
                let set: Vec<u32> = (0..1 + stream.below(3)).map(|at| next + at as u32).collect();
                next += 3;
                set.iter().for_each(|t| _ = weights.insert(*t, stream.below(4)));
                (set.iter().map(|t| weights[t]).sum(), set)
            };
            let sets = 1 + stream.below(4);
            let mut set = set;
            (0..sets).map(|_| set(stream)).collect()
        };
        let count = stream.below(5);
        let pieces: Vec<Vec<(u64, Vec<u32>)>> = (0..count).map(|_| piece(&mut stream)).collect();
        let mut all: Vec<Vec<u32>> = vec![Vec::new()];
        for sets in &pieces {
            let with = |set: &Vec<u32>| all.iter().map(|a| [a.clone(), set.clone()].concat()).collect::<Vec<_>>();
            all = sets.iter().flat_map(|(_, set)| with(set)).collect();
        }
        let value = |set: &Vec<u32>| (set.iter().map(|t| weights[t]).sum::<u64>(), set.len());
        let mut values: Vec<_> = all.iter().map(value).collect();
        values.sort_unstable();
        let most = 1 + stream.below(40) as usize;
        let found = combinations(&pieces, most);
        assert_eq!(found.iter().map(value).collect::<Vec<_>>(), values[..most.min(values.len())]);
        assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), found.len());
        all.iter_mut().for_each(|set| set.sort_unstable());
        assert!(found.iter().all(|set| all.contains(set)));
    }
}

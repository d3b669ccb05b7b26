//! Down-sets, counts and nearest rankings against every ranking there is.

use super::super::{Budget, Inverse, of_conflict, of_graph};
use super::brute::{conflict, graph, permutations, stable, written};
use crate::analysis::stability::Concept;
use crate::game::Stream;
use crate::game::conflict::Graph;
use std::collections::{BTreeMap, BTreeSet};

/// The states ranked no higher than `s`, without it.
fn down(rank: &[u32], s: u32) -> BTreeSet<u32> {
    (0..rank.len() as u32).filter(|t| *t != s && rank[*t as usize] <= rank[s as usize]).collect()
}

/// Everything about strict rankings, from all of them.
fn judge(graph: &Graph, s: u32, i: usize, concept: Concept, answer: &Inverse<u32>) {
    let m = graph.states.len();
    assert!(answer.limits.is_empty());
    let good: Vec<Vec<u32>> =
        permutations(m as u32).into_iter().filter(|rank| stable(graph, rank, s, i, concept)).collect();
    assert_eq!(answer.rankings(m), Some(good.len().into()));
    let downs: BTreeSet<BTreeSet<u32>> = good.iter().map(|rank| down(rank, s)).collect();
    let minimal: BTreeSet<&BTreeSet<u32>> =
        downs.iter().filter(|a| !downs.iter().any(|b| b != *a && b.is_subset(a))).collect();
    let found: BTreeSet<BTreeSet<u32>> =
        answer.minimal.iter().map(|set| set.states.iter().copied().collect()).collect();
    assert_eq!(found.len(), answer.minimal.len());
    assert_eq!(answer.count, Some(found.len().into()));
    assert_eq!(found.iter().collect::<BTreeSet<_>>(), minimal);
    assert_eq!(answer.stable, stable(graph, &graph.makers[i].order.rank, s, i, concept));
}

/// The distances from a ranking to all others by swaps of neighbours, breadth first.
fn swaps(rank: &[u32]) -> BTreeMap<Vec<u32>, u64> {
    let mut list: Vec<u32> = (0..rank.len() as u32).collect();
    list.sort_by_key(|t| rank[*t as usize]);
    let mut distance = BTreeMap::from([(list.clone(), 0)]);
    let mut open = std::collections::VecDeque::from([list]);
    while let Some(list) = open.pop_front() {
        for at in 1..list.len() {
            let mut next = list.clone();
            next.swap(at - 1, at);
            if !distance.contains_key(&next) {
                distance.insert(next.clone(), distance[&list] + 1);
                open.push_back(next);
            }
        }
    }
    distance
}

fn ranks(worst_first: &[u32]) -> Vec<u32> {
    let mut rank = vec![0; worst_first.len()];
    worst_first.iter().zip(0..).for_each(|(t, at)| rank[*t as usize] = at);
    rank
}

/// The ranks that classes from the best to the worst give.
fn ranks_of(classes: &[Vec<u32>], states: usize) -> Vec<u32> {
    let mut rank = vec![u32::MAX; states];
    classes.iter().rev().zip(0..).for_each(|(class, at)| class.iter().for_each(|t| rank[*t as usize] = at));
    assert!(!rank.contains(&u32::MAX));
    rank
}

#[test]
fn down_sets_and_counts_of_graphs() {
    for case in 0..1500 {
        let mut stream = Stream::new(1, case, 0);
        let states = if case % 100 == 0 { 7 } else { 2 + stream.below(4) as u32 };
        let makers = 2 + stream.below(2) as usize;
        let graph = graph(&mut stream, states, makers);
        let (s, i) = (stream.below(u64::from(states)) as u32, stream.below(makers as u64) as usize);
        for concept in Concept::ALL {
            let answer = of_graph(&graph, s, i, concept, &Budget::default()).unwrap();
            judge(&graph, s, i, concept, &answer);
        }
    }
}

#[test]
fn down_sets_and_counts_of_option_forms() {
    let mut judged = 0;
    for case in 0..400 {
        let mut stream = Stream::new(2, case, 0);
        let makers = 2 + stream.below(2) as usize;
        let conflict = conflict(&mut stream, makers);
        let (graph, outcomes) = written(&conflict);
        if outcomes.is_empty() {
            continue;
        }
        let (s, i) = (stream.below(outcomes.len() as u64) as u32, stream.below(makers as u64) as usize);
        for concept in Concept::ALL {
            let whole = of_graph(&graph, s, i, concept, &Budget::default()).unwrap();
            let lazy = of_conflict(&conflict, &outcomes[s as usize], i, concept, &Budget::default()).unwrap();
            assert_eq!((whole.stable, &whole.share, &whole.count), (lazy.stable, &lazy.share, &lazy.count));
            let named = |states: &[u32]| states.iter().map(|t| outcomes[*t as usize].clone()).collect::<Vec<_>>();
            if whole.limits.is_empty() {
                let sets: BTreeSet<_> = whole.minimal.iter().map(|set| named(&set.states)).collect();
                assert!(sets == lazy.minimal.iter().map(|set| set.states.clone()).collect());
            }
            let conditions: Vec<_> = whole.conditions.iter().map(|c| outcomes[c.to as usize].clone()).collect();
            assert_eq!(conditions, lazy.conditions.iter().map(|c| c.to.clone()).collect::<Vec<_>>());
            if outcomes.len() <= 6 {
                judge(&graph, s, i, concept, &whole);
                judged += 1;
            }
        }
    }
    assert!(judged > 300, "{judged}");
}

#[test]
fn nearest_strict_rankings() {
    let mut changed = 0;
    for case in 0..400 {
        let mut stream = Stream::new(3, case, 0);
        let states = 2 + stream.below(if case % 10 == 0 { 5 } else { 4 }) as u32;
        let makers = 2 + stream.below(2) as usize;
        let mut graph = graph(&mut stream, states, makers);
        let (s, i) = (stream.below(u64::from(states)) as u32, stream.below(makers as u64) as usize);
        let mut given: Vec<u32> = (0..states).collect();
        (1..given.len()).for_each(|at| given.swap(at, stream.below(at as u64 + 1) as usize));
        graph.makers[i].order.rank.clone_from(&given);
        let distance = swaps(&given);
        for concept in Concept::ALL {
            let answer = of_graph(&graph, s, i, concept, &Budget::default()).unwrap();
            let good = distance.iter().filter(|(list, _)| stable(&graph, &ranks(list), s, i, concept));
            let least = good.map(|(_, d)| *d).min().unwrap();
            let change = answer.change.unwrap();
            assert_eq!(change.halves, 2 * least);
            assert_eq!(answer.minimal[0].halves, 2 * least, "the cheapest minimal set is the best");
            let rank = ranks_of(&change.ranking, states as usize);
            assert!(stable(&graph, &rank, s, i, concept));
            let mut list: Vec<u32> = (0..states).collect();
            list.sort_by_key(|t| rank[*t as usize]);
            assert_eq!(distance[&list], least);
            for set in &answer.minimal {
                let within = |list: &[u32]| set.states.iter().all(|t| down(&ranks(list), s).contains(t));
                let least = distance.iter().filter(|(list, _)| within(list)).map(|(_, d)| *d).min().unwrap();
                assert_eq!(set.halves, 2 * least);
            }
            changed += usize::from(least > 1);
        }
    }
    assert!(changed > 200, "{changed}");
}

/// All rankings with ties: every state has some rank, without gaps.
fn weak_orders(states: u32) -> Vec<Vec<u32>> {
    let all = (0..u64::from(states).pow(states)).map(|mut code| {
        let digits = (0..states).map(|_| {
            let digit = (code % u64::from(states)) as u32;
            code /= u64::from(states);
            digit
        });
        digits.collect::<Vec<u32>>()
    });
    all.filter(|rank| (0..*rank.iter().max().unwrap()).all(|r| rank.contains(&r))).collect()
}

/// Twice the distance of Kemeny and Snell halved: 2 for a pair turned round, 1 for a tie broken. `None` if a tie is
/// made.
fn halves(from: &[u32], to: &[u32]) -> Option<u64> {
    let mut total = 0;
    for a in 0..from.len() {
        for b in 0..a {
            total += match (from[a].cmp(&from[b]), to[a].cmp(&to[b])) {
                (x, y) if x == y => 0,
                (std::cmp::Ordering::Equal, _) => 1,
                (_, std::cmp::Ordering::Equal) => return None,
                _ => 2,
            };
        }
    }
    Some(total)
}

#[test]
fn nearest_rankings_with_ties() {
    let orders: Vec<Vec<Vec<u32>>> =
        (0..=5).map(|states| if states < 2 { Vec::new() } else { weak_orders(states) }).collect();
    assert_eq!(orders[5].len(), 541);
    for case in 0..300 {
        let mut stream = Stream::new(4, case, 0);
        let states = 2 + stream.below(4) as u32;
        let graph = graph(&mut stream, states, 2);
        let (s, i) = (stream.below(u64::from(states)) as u32, stream.below(2) as usize);
        for concept in Concept::ALL {
            let answer = of_graph(&graph, s, i, concept, &Budget::default()).unwrap();
            let from = &graph.makers[i].order.rank;
            let good = orders[states as usize].iter().filter(|rank| stable(&graph, rank, s, i, concept));
            let least = good.filter_map(|rank| halves(from, rank)).min().unwrap();
            let change = answer.change.unwrap();
            assert_eq!(change.halves, least);
            assert_eq!(answer.minimal[0].halves, least);
            let rank = ranks_of(&change.ranking, states as usize);
            assert!(stable(&graph, &rank, s, i, concept));
            assert_eq!(halves(from, &rank), Some(least));
        }
    }
}

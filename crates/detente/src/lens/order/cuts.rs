//! The cheapest sets of vertices whose removal leaves a graph without cycles.
//!
//! Weighted feedback vertex sets, best first (A*): a set that leaves a cycle branches on the vertices
//! of a shortest one; cycles that share no vertex give the lower bound. Each minimal set is met once,
//! because a branch keeps the vertices that its elder siblings take out.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// Cheapest sets listed at most, and sets that cost more listed after them.
pub(crate) const LISTED: (usize, usize) = (64, 3);

/// A set of vertices, ascending, and what it costs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CutSet {
    pub(crate) cost: u32,
    pub(crate) size: usize,
    pub(crate) vertices: Vec<usize>,
}

/// What the search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cuts {
    /// Cheapest first, then smallest, then by position. Empty when there is no cycle.
    pub(crate) found: Vec<CutSet>,
    /// Whether the first is proven cheapest and every set as cheap is listed.
    pub(crate) complete: bool,
}

/// A branch of the search: what is taken out, what is kept. The cheapest bound comes first, then the
/// longest set, so that a full set is reached soon.
type Branch = Reverse<(u32, Reverse<usize>, Vec<usize>, Vec<usize>)>;

/// Finds the cheapest sets, all costs positive, following `looks` edges at most; past that, a set that
/// is minimal and not proven cheapest.
pub(crate) fn cheapest_cuts(edges: &[Vec<usize>], costs: &[u32], looks: u64) -> Cuts {
    let search = Search { edges, costs, left: Cell::new(looks) };
    if search.shortest_cycle(&[]).is_none() {
        return Cuts { found: Vec::new(), complete: true };
    }
    let mut found: Vec<CutSet> = Vec::new();
    let mut complete = true;
    let mut open: BinaryHeap<Branch> = BinaryHeap::new();
    open.push(Reverse((0, Reverse(0), Vec::new(), Vec::new())));
    while let Some(Reverse((bound, _, out, kept))) = open.pop() {
        let best = found.first().map(|c| c.cost);
        let listed = found.len();
        let ties = found.iter().filter(|c| Some(c.cost) == best).count();
        if best.is_some_and(|b| bound > b) && listed >= ties + LISTED.1 {
            break;
        }
        if search.tired() || ties >= LISTED.0 {
            // Past the best cost nothing is owed: what is missing then is only more of the next ones.
            complete = best.is_some_and(|b| bound > b);
            break;
        }
        match search.shortest_cycle(&out) {
            None if search.minimal(&out) => found.push(search.set(out)),
            None => {}
            Some(cycle) => search.branch(&cycle, &out, &kept, &mut open),
        }
    }
    if found.is_empty() {
        found.push(search.greedy());
        complete = false;
    }
    found.sort();
    Cuts { found, complete }
}

struct Search<'a> {
    edges: &'a [Vec<usize>],
    costs: &'a [u32],
    left: Cell<u64>,
}

impl Search<'_> {
    fn cost(&self, vertex: usize) -> u32 {
        self.costs.get(vertex).copied().unwrap_or(1)
    }

    fn tired(&self) -> bool {
        self.left.get() == 0
    }

    fn set(&self, mut vertices: Vec<usize>) -> CutSet {
        vertices.sort_unstable();
        let cost = vertices.iter().map(|v| self.cost(*v)).sum();
        CutSet { cost, size: vertices.len(), vertices }
    }

    fn branch(&self, cycle: &[usize], out: &[usize], kept: &[usize], open: &mut BinaryHeap<Branch>) {
        let mut kept = kept.to_vec();
        for &vertex in cycle {
            if kept.contains(&vertex) {
                continue;
            }
            let mut out = out.to_vec();
            out.push(vertex);
            if let Some(bound) = self.bound(&out, &kept) {
                open.push(Reverse((bound, Reverse(out.len()), out, kept.clone())));
            }
            kept.push(vertex);
        }
    }

    /// What the set costs and what it must still cost at least: the cheapest vertex of each of some
    /// cycles that share none. `None` when a cycle is kept whole.
    fn bound(&self, out: &[usize], kept: &[usize]) -> Option<u32> {
        let mut bound = out.iter().map(|v| self.cost(*v)).sum();
        let mut gone = out.to_vec();
        while !self.tired()
            && let Some(cycle) = self.shortest_cycle(&gone)
        {
            bound += cycle.iter().filter(|v| !kept.contains(v)).map(|v| self.cost(*v)).min()?;
            gone.extend(cycle);
        }
        Some(bound)
    }

    /// Whether putting any one vertex back would close a cycle again.
    fn minimal(&self, out: &[usize]) -> bool {
        out.iter().all(|vertex| {
            let rest: Vec<usize> = out.iter().copied().filter(|v| v != vertex).collect();
            self.shortest_cycle(&rest).is_some()
        })
    }

    /// A set that is minimal and not proven cheapest: the cheapest vertex of one cycle after another.
    fn greedy(&self) -> CutSet {
        let mut out = Vec::new();
        while let Some(cycle) = self.shortest_cycle(&out) {
            out.extend(cycle.into_iter().min_by_key(|v| self.cost(*v)));
        }
        let mut at = out.len();
        while at > 0 {
            at -= 1;
            let mut rest = out.clone();
            rest.remove(at);
            if self.shortest_cycle(&rest).is_none() {
                out = rest;
            }
        }
        self.set(out)
    }

    /// A shortest cycle without the vertices taken out; the first by position among equals.
    fn shortest_cycle(&self, out: &[usize]) -> Option<Vec<usize>> {
        let mut best: Option<Vec<usize>> = None;
        let mut gone = vec![false; self.edges.len()];
        out.iter().for_each(|v| gone.get_mut(*v).into_iter().for_each(|g| *g = true));
        for start in 0..self.edges.len() {
            if gone.get(start) == Some(&true) {
                continue;
            }
            let shorter = best.as_ref().map_or(usize::MAX, Vec::len);
            if let Some(cycle) = self.cycle_through(start, &gone, shorter) {
                let shortest = cycle.len() == 1;
                best = Some(cycle);
                if shortest {
                    break;
                }
            }
        }
        best
    }

    /// A shortest cycle through `start` of fewer than `shorter` vertices, breadth first.
    fn cycle_through(&self, start: usize, gone: &[bool], shorter: usize) -> Option<Vec<usize>> {
        let mut from: Vec<Option<(usize, usize)>> = vec![None; self.edges.len()];
        let mut queue = VecDeque::from([(start, 1)]);
        while let Some((vertex, length)) = queue.pop_front() {
            if length >= shorter {
                return None;
            }
            let edges = self.edges.get(vertex)?;
            self.left.set(self.left.get().saturating_sub(edges.len() as u64));
            for &next in edges {
                if next == start {
                    let mut cycle = vec![vertex];
                    while let Some((before, _)) = from.get(*cycle.last()?).copied().flatten() {
                        cycle.push(before);
                    }
                    cycle.reverse();
                    return Some(cycle);
                }
                let seen = from.get_mut(next)?;
                if seen.is_none() && gone.get(next) == Some(&false) {
                    *seen = Some((vertex, length));
                    queue.push_back((next, length + 1));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn acyclic(edges: &[Vec<usize>], out: u32) -> bool {
        let mut rest = !out & ((1 << edges.len()) - 1);
        loop {
            let stays = |v: &usize| rest & (1 << v) != 0 && edges[*v].iter().any(|w| rest & (1 << w) != 0);
            let next = (0..edges.len()).filter(stays).fold(0u32, |s, v| s | (1 << v));
            if next == rest {
                return rest == 0;
            }
            rest = next;
        }
    }

    fn brute(edges: &[Vec<usize>], costs: &[u32]) -> Vec<CutSet> {
        let sets = 0u32..(1 << edges.len());
        let minimal = |s: &u32| {
            acyclic(edges, *s) && (0..edges.len()).all(|v| s & (1 << v) == 0 || !acyclic(edges, s & !(1 << v)))
        };
        let vertices = |s: u32| (0..edges.len()).filter(|v| s & (1 << v) != 0).collect::<Vec<_>>();
        let search = Search { edges, costs, left: Cell::new(u64::MAX) };
        let mut all: Vec<CutSet> = sets.filter(minimal).map(|s| search.set(vertices(s))).collect();
        all.sort();
        all
    }

    fn graphs() -> impl Strategy<Value = (Vec<Vec<usize>>, Vec<u32>)> {
        (1usize..=7, 0.05f64..0.6).prop_flat_map(|(n, density)| {
            let rows = proptest::collection::vec(proptest::collection::vec(proptest::bool::weighted(density), n), n);
            let edges = rows.prop_map(|rows: Vec<Vec<bool>>| {
                rows.iter().map(|row| (0..row.len()).filter(|w| row[*w]).collect()).collect()
            });
            (edges, proptest::collection::vec(1u32..=4, n))
        })
    }

    proptest! {
        #[test]
        fn finds_every_cheapest_set_that_all_subsets_give((edges, costs) in graphs()) {
            let cuts = cheapest_cuts(&edges, &costs, 10_000_000);
            let all = brute(&edges, &costs);
            prop_assert!(cuts.complete);
            if acyclic(&edges, 0) {
                prop_assert!(cuts.found.is_empty());
            } else {
                let best = all[0].cost;
                let ties = all.iter().filter(|c| c.cost == best).count();
                let listed = (ties + LISTED.1).min(all.len());
                prop_assert_eq!(&cuts.found[..ties], &all[..ties]);
                // The next ones are the next in cost; among equals the search takes those it meets first.
                let costs = |sets: &[CutSet]| sets.iter().map(|c| c.cost).collect::<Vec<_>>();
                prop_assert_eq!(costs(&cuts.found), costs(&all[..listed]));
                prop_assert!(cuts.found.iter().all(|c| all.contains(c)));
            }
        }

        #[test]
        fn a_greedy_set_is_minimal((edges, costs) in graphs()) {
            let search = Search { edges: &edges, costs: &costs, left: Cell::new(u64::MAX) };
            prop_assert!(acyclic(&edges, 0) || brute(&edges, &costs).contains(&search.greedy()));
        }
    }

    #[test]
    fn twenty_separate_circles_are_cut_at_once() {
        let edges: Vec<Vec<usize>> = (0..40).map(|v| vec![v ^ 1]).collect();
        let costs: Vec<u32> = (0..40).map(|v| if v % 2 == 0 { 1 } else { 4 }).collect();
        let cuts = cheapest_cuts(&edges, &costs, 1_000_000);
        assert_eq!(cuts.found[0].vertices, (0..40).step_by(2).collect::<Vec<_>>());
        assert_eq!((cuts.found[0].cost, cuts.complete), (20, true));
    }

    #[test]
    fn a_limit_that_is_hit_is_said() {
        let complete: Vec<Vec<usize>> = (0..9).map(|v| (0..9).filter(|w| *w != v).collect()).collect();
        let cuts = cheapest_cuts(&complete, &[3; 9], 400);
        assert!(!cuts.complete && cuts.found.len() == 1 && cuts.found[0].size == 8);
    }
}

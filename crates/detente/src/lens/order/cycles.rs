//! Every minimal cycle of a directed graph, shortest first.
//!
//! A set of vertices holds a cycle and none of its proper subsets does exactly when it is the vertex
//! set of a chordless circuit. So chordless paths are grown from the smallest vertex of each circuit,
//! one length after the other.

/// What the search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cycles {
    /// Vertices of each cycle in order, each with an edge to the next, starting with the smallest.
    pub(crate) found: Vec<Vec<usize>>,
    /// Whether that is all of them.
    pub(crate) complete: bool,
}

/// Lists the minimal cycles of the graph with edges `v -> w` for each `w` in `edges[v]`. Stops after
/// `most` cycles or `looks` extensions of a path.
pub(crate) fn minimal_cycles(edges: &[Vec<usize>], most: usize, looks: u64) -> Cycles {
    let mut search = Search::new(edges, most, looks);
    for length in 1..=edges.len() {
        let mut longer = false;
        for start in 0..edges.len() {
            search.start(start);
            search.path = vec![start];
            longer |= search.grow(length);
        }
        if !longer || !search.complete {
            break;
        }
    }
    Cycles { found: search.found, complete: search.complete }
}

struct Search<'a> {
    edges: &'a [Vec<usize>],
    matrix: Vec<Vec<bool>>,
    /// Which vertices, none smaller than the start, can get back to it.
    returns: Vec<bool>,
    path: Vec<usize>,
    found: Vec<Vec<usize>>,
    most: usize,
    looks: u64,
    complete: bool,
}

impl<'a> Search<'a> {
    fn new(edges: &'a [Vec<usize>], most: usize, looks: u64) -> Self {
        let row = |to: &Vec<usize>| {
            let mut row = vec![false; edges.len()];
            to.iter().for_each(|w| row.get_mut(*w).into_iter().for_each(|e| *e = true));
            row
        };
        let matrix = edges.iter().map(row).collect();
        let (returns, path, found) = (Vec::new(), Vec::new(), Vec::new());
        Search { edges, matrix, returns, path, found, most, looks, complete: true }
    }

    fn edge(&self, from: usize, to: usize) -> bool {
        self.matrix.get(from).and_then(|row| row.get(to)).copied().unwrap_or(false)
    }

    fn start(&mut self, start: usize) {
        let mut returns = vec![false; self.edges.len()];
        let mut open = vec![start];
        while let Some(to) = open.pop() {
            for from in start..self.edges.len() {
                if self.edge(from, to)
                    && let Some(seen) = returns.get_mut(from)
                    && !*seen
                {
                    *seen = true;
                    open.push(from);
                }
            }
        }
        self.returns = returns;
    }

    /// Reports the chordless circuits of exactly `length` that continue the path. Says whether some
    /// chordless path of that length is still open, so that longer circuits may exist.
    fn grow(&mut self, length: usize) -> bool {
        let (Some(&start), Some(&last)) = (self.path.first(), self.path.last()) else { return false };
        if self.path.len() == length {
            if self.edge(last, start) {
                self.report();
                return false;
            }
            return true;
        }
        // A vertex with an edge to itself is a cycle of its own; a closed path has no chordless continuation.
        if self.edge(last, last) || self.edge(last, start) {
            return false;
        }
        let mut open = false;
        let edges = self.edges;
        for &next in edges.get(last).map_or(&[] as &[usize], Vec::as_slice) {
            if self.looks == 0 || self.found.len() >= self.most {
                self.complete = false;
                return false;
            }
            self.looks -= 1;
            if self.fits(next) {
                self.path.push(next);
                open |= self.grow(length);
                self.path.pop();
            }
        }
        open
    }

    /// Whether a vertex continues the path without a chord. An edge back to the start would close it.
    fn fits(&self, next: usize) -> bool {
        let (Some(&start), Some((_, before))) = (self.path.first(), self.path.split_last()) else { return false };
        next > start
            && self.returns.get(next) == Some(&true)
            && !self.edge(next, next)
            && !before.iter().any(|v| self.edge(*v, next))
            && !self.path.iter().skip(1).any(|v| self.edge(next, *v))
    }

    fn report(&mut self) {
        if self.found.len() < self.most {
            self.found.push(self.path.clone());
        } else {
            self.complete = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Whether the vertices of `set` hold a cycle: take away those without an edge into the rest.
    pub(crate) fn cyclic(edges: &[Vec<usize>], set: u32) -> bool {
        let mut rest = set;
        loop {
            let stays = |v: &usize| rest & (1 << v) != 0 && edges[*v].iter().any(|w| rest & (1 << w) != 0);
            let next = (0..edges.len()).filter(stays).fold(0u32, |s, v| s | (1 << v));
            if next == rest {
                return rest != 0;
            }
            rest = next;
        }
    }

    fn graphs() -> impl Strategy<Value = Vec<Vec<usize>>> {
        (1usize..=7, 0.05f64..0.6).prop_flat_map(|(n, density)| {
            proptest::collection::vec(proptest::collection::vec(proptest::bool::weighted(density), n), n)
                .prop_map(|rows| rows.iter().map(|row| (0..row.len()).filter(|w| row[*w]).collect()).collect())
        })
    }

    proptest! {
        #[test]
        fn finds_the_minimal_sets_that_all_subsets_give(edges in graphs()) {
            let sets = 1u32..(1 << edges.len());
            let minimal = |s: &u32| {
                cyclic(&edges, *s) && (0..edges.len()).all(|v| s & (1 << v) == 0 || !cyclic(&edges, s & !(1 << v)))
            };
            let mut brute: Vec<u32> = sets.filter(minimal).collect();
            let cycles = minimal_cycles(&edges, 10_000, 1_000_000);
            prop_assert!(cycles.complete);
            prop_assert!(cycles.found.is_sorted_by_key(Vec::len));
            for cycle in &cycles.found {
                let next = cycle.iter().cycle().skip(1);
                prop_assert!(cycle.iter().zip(next).all(|(v, w)| edges[*v].contains(w)), "{:?}", cycle);
            }
            let mut found: Vec<u32> = cycles.found.iter().map(|c| c.iter().fold(0, |s, v| s | (1 << v))).collect();
            found.sort_unstable();
            brute.sort_unstable();
            prop_assert_eq!(found, brute);
        }
    }

    #[test]
    fn a_limit_that_is_hit_is_said() {
        let complete: Vec<Vec<usize>> = (0..8).map(|v| (0..8).filter(|w| *w != v).collect()).collect();
        let all = minimal_cycles(&complete, 1_000, 100_000);
        assert_eq!((all.found.len(), all.complete), (28, true));
        let few = minimal_cycles(&complete, 5, 100_000);
        assert_eq!((few.found.len(), few.complete), (5, false));
        let tired = minimal_cycles(&complete, 1_000, 3);
        assert!(!tired.complete);
    }
}

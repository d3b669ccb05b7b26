//! Depth first through the values of the issues that tie the most together.

use super::archive::Archive;
use super::bound::{Bound, Weights};
use super::climb::climb;
use crate::analysis::Limits;
use crate::analysis::linked::order::{neighbours, order};
use crate::analysis::linked::problem::Problem;
use crate::analysis::linked::{MOST_ZEROED, eliminated};
use crate::analysis::number::Whole;
use std::sync::Arc;

/// Entries of the tables with which a node is finished at once.
pub(crate) const LEAF: u64 = 1 << 12;
/// Steps that finishing a node may take before it is split after all.
const LEAF_STEPS: u64 = 1 << 24;
/// The share of the steps spent on climbing.
const CLIMBING: u64 = 20;

/// A value of an issue of a node that is still to be looked at.
type Open<T, const N: usize> = (Arc<Problem<T, N>>, usize, usize);

/// The search.
#[derive(Debug)]
pub(crate) struct Search<T, const N: usize> {
    pub(crate) archive: Archive<T, N>,
    pub(crate) nodes: u64,
    pub(crate) leaves: u64,
    weights: Weights,
    limits: Limits,
    /// Entries of the tables with which a node is finished at once.
    leaf: u64,
    steps: u64,
    open: Vec<Open<T, N>>,
    /// What could not be finished for want of points.
    given_up: Vec<Bound<T, N>>,
}

impl<T: Whole, const N: usize> Search<T, N> {
    pub(crate) fn new(problem: &Problem<T, N>, limits: Limits, leaf: u64) -> Self {
        let weights = Weights::of(problem);
        let archive = Archive::new();
        Search { archive, nodes: 0, leaves: 0, weights, limits, leaf, steps: 0, open: Vec::new(), given_up: Vec::new() }
    }

    /// Searches; the limit that stopped it, if one did.
    pub(crate) fn run(&mut self, root: Problem<T, N>) -> Option<String> {
        if root.is_empty() {
            return None;
        }
        if !self.visit_easily(&root) {
            self.steps += climb(&root, self.limits.steps / CLIMBING, &mut self.archive);
            self.split(Arc::new(root));
        }
        while let Some((parent, issue, position)) = self.open.pop() {
            if self.steps > self.limits.steps {
                self.open.push((parent, issue, position));
                return Some(format!("{} steps", self.limits.steps));
            }
            if self.archive.len() > self.limits.points {
                self.open.push((parent, issue, position));
                return Some(format!("{} points", self.limits.points));
            }
            let node = parent.with(issue, position);
            let terms = node.regions.len() + node.tables.len() + node.wide.len();
            self.steps += (terms * 8 + self.archive.len() + node.values.len() * 8) as u64;
            if node.is_empty() {
                continue;
            }
            let bound = Bound::of(&node, &self.weights);
            if !bound.is_covered(&self.archive, &self.weights) && !self.visit_easily(&node) {
                self.split(Arc::new(node));
            }
        }
        (!self.given_up.is_empty()).then(|| format!("{} points", self.limits.points))
    }

    /// The most that an outcome not looked at can be better for everybody than a point found, in utility; `None`
    /// when nothing was found.
    pub(crate) fn missing(&self, units: &[f64]) -> Option<f64> {
        let mut most = 0.0f64;
        for bound in
            self.open.iter().map(|(parent, ..)| Bound::of(parent, &self.weights)).chain(self.given_up.iter().cloned())
        {
            most = most.max(bound.excess(&self.archive, units)?);
        }
        Some(most)
    }

    /// Finishes a node by elimination when that is cheap.
    fn visit_easily(&mut self, node: &Problem<T, N>) -> bool {
        self.nodes += 1;
        let decided = node.values.iter().all(|v| v.len() < 2);
        if !node.wide.is_empty() || node.zeroed.len() > MOST_ZEROED {
            return false;
        }
        let Some(order) = order(node, self.leaf >> node.zeroed.len()) else { return false };
        let limits = Limits { steps: LEAF_STEPS, ..self.limits };
        match eliminated(node, &order, limits) {
            Ok((found, steps)) => {
                self.steps += steps;
                self.leaves += 1;
                self.archive.insert(found);
                true
            }
            Err(_) if decided => {
                self.given_up.push(Bound::of(node, &self.weights));
                true
            }
            Err(_) => {
                self.steps += LEAF_STEPS;
                false
            }
        }
    }

    /// Puts the values of an issue on the stack, the most promising last.
    fn split(&mut self, node: Arc<Problem<T, N>>) {
        let ties = neighbours(&node);
        let size = |issue: &usize| node.values[*issue].len();
        let weight = |issue: usize| ties[issue].iter().chain([&issue]).map(size).sum::<usize>();
        let open = (0..node.values.len()).filter(|i| size(i) > 1);
        let Some(issue) = open.max_by_key(|i| (weight(*i), usize::MAX - i)) else {
            self.given_up.push(Bound::of(&node, &self.weights));
            return;
        };
        let mut ranked: Vec<(f64, usize)> =
            node.values[issue].iter().enumerate().map(|(at, digit)| (promise(&node, issue, at, *digit), at)).collect();
        ranked.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        self.open.extend(ranked.into_iter().map(|(_, at)| (node.clone(), issue, at)));
    }
}

/// What a value counts by itself with what it leaves possible, over all parties.
fn promise<T: Whole, const N: usize>(node: &Problem<T, N>, issue: usize, position: usize, digit: u16) -> f64 {
    let total = |gain: &[T; N]| gain.iter().map(|g| g.wide() as f64).sum::<f64>();
    let inside = node
        .regions
        .iter()
        .filter(|r| r.sides.iter().any(|s| s.issue == issue && crate::analysis::linked::problem::at(&s.inside, digit)));
    total(&node.worth[issue][position]) + inside.map(|r| total(&r.effect.gain) / r.sides.len() as f64).sum::<f64>()
}

//! What is left below a node when little is left: every combination, in order, without multipliers adjusted.

use super::node::{Node, Trial};

/// Combinations of values below a node at most, for going through them.
const MOST_COMBINATIONS: usize = 4_096;

/// The combinations of the values left on the open issues of a node.
pub(super) struct Finish<'a> {
    node: &'a Node,
    /// What each value costs against the best of its issue.
    costs: Vec<f64>,
    /// The most each party can still gain from an open issue and those after it.
    after: Vec<Vec<f64>>,
}

/// What a combination has to keep, and is told when a better one was found.
pub(super) trait Judge {
    /// How much may be lost against the best by multipliers.
    fn room(&self) -> f64;
    /// What each party needs to have, less the error of floating point.
    fn needed(&self) -> &[f64];
    /// Looks at an outcome. True when from now on more is needed.
    fn look(&mut self, choice: &[usize], gains: &[f64]) -> bool;
}

impl<'a> Finish<'a> {
    /// `None` when too much is left. The trial is the last weighing of the node.
    pub(super) fn of(node: &'a Node, trial: &Trial) -> Option<Self> {
        let mut from = 0;
        let mut combinations = 1usize;
        let mut costs = Vec::with_capacity(node.values.len());
        for (end, best) in node.ends.iter().zip(&trial.best) {
            combinations = combinations.saturating_mul(end - from);
            if combinations > MOST_COMBINATIONS {
                return None;
            }
            costs.extend(trial.counts[from..*end].iter().map(|c| trial.counts[*best] - c));
            from = *end;
        }
        let mut after = vec![vec![0.0; node.settled.len()]];
        for (position, end) in node.ends.iter().enumerate().rev() {
            let from = if position == 0 { 0 } else { node.ends[position - 1] };
            let mut here = after.last()?.clone();
            for (h, column) in here.iter_mut().zip(node.worth.chunks_exact(node.values.len())) {
                *h += column[from..*end].iter().copied().fold(0.0, f64::max);
            }
            after.push(here);
        }
        after.reverse();
        Some(Finish { node, costs, after })
    }

    /// Goes through them. Returns how many were looked at, whole or in part.
    pub(super) fn run(&self, judge: &mut impl Judge) -> u64 {
        let mut choice = self.node.choice.clone();
        self.below(0, 0.0, &self.node.settled, &mut choice, judge)
    }

    #[allow(clippy::needless_range_loop, reason = "one position in several tables")]
    /// The depth is the number of open issues, each of two values at least: twelve at most.
    fn below(&self, depth: usize, lost: f64, gains: &[f64], choice: &mut [usize], judge: &mut impl Judge) -> u64 {
        let Some(end) = self.node.ends.get(depth) else {
            judge.look(choice, gains);
            return 1;
        };
        let from = if depth == 0 { 0 } else { self.node.ends[depth - 1] };
        let count = self.node.values.len();
        let mut looked = 0;
        let mut next = vec![0.0; gains.len()];
        for at in from..*end {
            looked += 1;
            let lost = lost + self.costs[at];
            if lost > judge.room() {
                continue;
            }
            let mut enough = true;
            let worth = self.node.worth.iter().skip(at).step_by(count);
            for ((((n, g), w), a), need) in
                next.iter_mut().zip(gains).zip(worth).zip(&self.after[depth + 1]).zip(judge.needed())
            {
                *n = g + w;
                enough &= *n + a >= *need;
            }
            if enough {
                choice[self.node.open[depth]] = self.node.values[at];
                looked += self.below(depth + 1, lost, &next, choice, judge);
            }
        }
        looked
    }
}

//! What is left of a problem when some issues are settled, weighed by multipliers for the parties.

use super::Problem;

/// The part of the problem below a node: issues settled so far, and the values left on the others.
#[derive(Debug, Clone, Default)]
pub(super) struct Node {
    /// The value of every issue; of those not settled, any.
    pub(super) choice: Vec<usize>,
    /// Gains from the settled issues.
    pub(super) settled: Vec<f64>,
    /// The other issues.
    pub(super) open: Vec<usize>,
    /// Where the values of each of them end.
    pub(super) ends: Vec<usize>,
    /// The values.
    pub(super) values: Vec<usize>,
    /// What they count: all values for the first party, then for the second, and so on.
    pub(super) worth: Vec<f64>,
}

/// Multipliers tried at a node.
#[derive(Default)]
pub(super) struct Trial {
    /// Weighted worth of every value.
    pub(super) counts: Vec<f64>,
    /// The best value of every open issue, by position among all values.
    pub(super) best: Vec<usize>,
    /// Gains of the outcome that is best by the multipliers.
    pub(super) gains: Vec<f64>,
    /// Its weighted sum.
    pub(super) total: f64,
}

impl Node {
    pub(super) fn root(problem: &Problem) -> Node {
        let n = problem.parties;
        let mut node = Node { choice: vec![0; problem.issues.len()], settled: problem.low.clone(), ..Node::default() };
        for (at, issue) in problem.issues.iter().enumerate() {
            if issue.digits.len() == 1 {
                node.settled.iter_mut().zip(&issue.worth).for_each(|(s, w)| *s += w);
                continue;
            }
            node.open.push(at);
            node.values.extend(0..issue.digits.len());
            node.ends.push(node.values.len());
        }
        for party in 0..n {
            for at in &node.open {
                node.worth.extend(problem.issues[*at].worth.iter().skip(party).step_by(n));
            }
        }
        node
    }

    /// The best outcome by multipliers.
    pub(super) fn weigh(&self, multipliers: &[f64], trial: &mut Trial) {
        let count = self.values.len();
        trial.counts.clear();
        trial.counts.resize(count, 0.0);
        trial.best.clear();
        trial.gains.clone_from(&self.settled);
        trial.total = super::dot(multipliers, &self.settled);
        if count == 0 {
            return;
        }
        for (column, m) in self.worth.chunks_exact(count).zip(multipliers) {
            trial.counts.iter_mut().zip(column).for_each(|(c, w)| *c += m * w);
        }
        let mut from = 0;
        for end in &self.ends {
            let mut best = from;
            let mut most = f64::NEG_INFINITY;
            for (at, c) in trial.counts[from..*end].iter().enumerate() {
                if *c > most {
                    (best, most) = (from + at, *c);
                }
            }
            trial.best.push(best);
            trial.total += most;
            from = *end;
        }
        for (gain, column) in trial.gains.iter_mut().zip(self.worth.chunks_exact(count)) {
            *gain += trial.best.iter().map(|at| column[*at]).sum::<f64>();
        }
    }

    /// The outcome of the last weighing.
    pub(super) fn chosen(&self, trial: &Trial) -> Vec<usize> {
        let mut choice = self.choice.clone();
        for (issue, at) in self.open.iter().zip(&trial.best) {
            choice[*issue] = self.values[*at];
        }
        choice
    }

    /// Leaves out values that cost more than there is room for, and settles issues with one value left. True when
    /// something changed.
    pub(super) fn narrow(&mut self, parties: usize, trial: &Trial, room: f64) -> bool {
        let count = self.values.len();
        let mut keep = vec![false; count];
        let mut kept = 0;
        let mut from = 0;
        for (end, best) in self.ends.iter().zip(&trial.best) {
            let most = trial.counts[*best];
            let before = kept;
            for (keep, count) in keep[from..*end].iter_mut().zip(&trial.counts[from..*end]) {
                *keep = most - count <= room;
                kept += usize::from(*keep);
            }
            if kept == before + 1 {
                keep[*best] = false;
                kept -= 1;
            }
            from = *end;
        }
        if kept == count {
            return false;
        }
        let mut next = Node {
            choice: std::mem::take(&mut self.choice),
            settled: std::mem::take(&mut self.settled),
            ..Node::default()
        };
        let mut from = 0;
        for ((end, best), issue) in self.ends.iter().zip(&trial.best).zip(&self.open) {
            let before = next.values.len();
            next.values.extend((from..*end).filter(|at| keep[*at]).map(|at| self.values[at]));
            if next.values.len() == before {
                next.choice[*issue] = self.values[*best];
                for (s, column) in next.settled.iter_mut().zip(self.worth.chunks_exact(count)) {
                    *s += column[*best];
                }
            } else {
                next.open.push(*issue);
                next.ends.push(next.values.len());
            }
            from = *end;
        }
        next.worth.reserve(parties * kept);
        for column in self.worth.chunks_exact(count) {
            next.worth.extend(column.iter().zip(&keep).filter(|(_, k)| **k).map(|(w, _)| *w));
        }
        *self = next;
        true
    }

    /// The issue to settle next, the one whose second value costs least (it is the least settled by the
    /// multipliers), by position among the open ones, and its values (by position among all values),
    /// those that cost least first.
    pub(super) fn branch(&self, trial: &Trial) -> (usize, Vec<usize>) {
        let mut chosen = (0, f64::INFINITY);
        let mut from = 0;
        for (position, (end, best)) in self.ends.iter().zip(&trial.best).enumerate() {
            let most = trial.counts[*best];
            let rest = (from..*end).filter(|at| at != best).map(|at| most - trial.counts[at]);
            let second = rest.fold(f64::INFINITY, f64::min);
            if second < chosen.1 {
                chosen = (position, second);
            }
            from = *end;
        }
        let from = if chosen.0 == 0 { 0 } else { self.ends[chosen.0 - 1] };
        let mut order: Vec<usize> = (from..self.ends[chosen.0]).collect();
        order.sort_by(|a, b| trial.counts[*b].total_cmp(&trial.counts[*a]));
        (chosen.0, order)
    }

    /// The node below, with an issue settled.
    pub(super) fn child(&self, parties: usize, position: usize, value: usize) -> Node {
        let count = self.values.len();
        let from = if position == 0 { 0 } else { self.ends[position - 1] };
        let end = self.ends[position];
        let width = end - from;
        let mut child = Node {
            choice: self.choice.clone(),
            settled: self.settled.clone(),
            open: self.open.clone(),
            ends: Vec::with_capacity(self.ends.len()),
            values: Vec::with_capacity(count - width),
            worth: Vec::with_capacity(parties * (count - width)),
        };
        child.choice[child.open.remove(position)] = self.values[value];
        child.ends.extend(&self.ends[..position]);
        child.ends.extend(self.ends[position + 1..].iter().map(|e| e - width));
        child.values.extend(&self.values[..from]);
        child.values.extend(&self.values[end..]);
        for (s, column) in child.settled.iter_mut().zip(self.worth.chunks_exact(count)) {
            *s += column[value];
            child.worth.extend(&column[..from]);
            child.worth.extend(&column[end..]);
        }
        child
    }
}

//! The best outcome by a criterion where gains are sums over issues, without a frontier.
//!
//! Three steps. A *start* is found by exchanging values. *Multipliers* for the parties give a bound: with
//! non-negative multipliers the best weighted sum of gains is found issue by issue (Lagrangian relaxation;
//! Geoffrion 1974), and no outcome that beats the start has less than a known weighted sum. Then what can still
//! beat the start is *searched*, issue by issue, with the multipliers adjusted at every node.
//!
//! Floating-point numbers guide and prune; every prune leaves room for their error, see [`Problem::slack`]. What
//! is compared in the end is compared in whole numbers.

mod finish;
mod levels;
mod lists;
mod mean;
mod node;
mod program;
mod search;
mod smooth;
mod start;

pub(super) use search::{Found, Search};

use crate::game::{Outcome, Scenario};

/// What is maximised. Per party, in the scale of the problem's floating-point gains.
#[derive(Debug, Clone)]
pub(super) enum Goal {
    /// The smallest gain over a weight. A party of weight 0 need only not lose.
    Smallest {
        /// The weights in whole numbers.
        weights: Vec<i128>,
        /// Whether any outcome in which nobody loses will do.
        any: bool,
    },
    /// The sum of gains times factors, none negative, over outcomes in which nobody loses.
    Sum {
        /// The factors.
        factors: Vec<f64>,
        /// No two sums differ by less, unless they are equal; 0 when not known.
        grain: f64,
    },
    /// The product of gains. The start has a positive one.
    Product,
}

/// The values of one issue that are worth looking at.
#[derive(Debug, Clone)]
pub(super) struct Choices {
    /// Their digits.
    pub(super) digits: Vec<u16>,
    /// What each counts for each party, value by value, in whole numbers; the least of each party is 0.
    pub(super) exact: Vec<i128>,
    /// The same over the scale of the party.
    pub(super) worth: Vec<f64>,
}

/// Gains as sums over issues.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    /// Number of parties.
    pub(super) parties: usize,
    /// The gain of every party when every issue is at its worst.
    pub(super) base: Vec<i128>,
    /// The most each party can gain by its cap.
    pub(super) caps: Vec<Option<i128>>,
    /// What 1 is in the floating-point gains, so that none is beyond 1 by much.
    pub(super) scale: Vec<f64>,
    /// The base over the scale.
    pub(super) low: Vec<f64>,
    /// The caps over the scale; infinite for none.
    pub(super) most: Vec<f64>,
    /// The issues.
    pub(super) issues: Vec<Choices>,
}

impl Problem {
    /// The gains of a scenario over `offset`. `None` when some issue has no permitted value.
    ///
    /// The caller has made sure that the scenario is additive. Of the values of an issue those that another is
    /// as good as for everybody are left out: no criterion prefers them.
    pub(super) fn of(scenario: &Scenario, offset: &[i128]) -> Option<Problem> {
        let parties = scenario.parties.len();
        let anywhere = Outcome::new(vec![0; scenario.space.issues.len()]);
        if !scenario.rules.iter().filter(|r| r.scope().is_empty()).all(|r| r.holds(&anywhere)) {
            return None;
        }
        let mut base: Vec<i128> =
            scenario.parties.iter().zip(offset).map(|(p, d)| p.utility.constant.saturating_sub(*d)).collect();
        let mut issues = Vec::new();
        for (at, size) in scenario.space.sizes().enumerate() {
            let rules: Vec<_> = scenario.rules.iter().filter(|r| r.scope() == [at]).collect();
            let digits = 0..u16::try_from(size).unwrap_or(u16::MAX);
            let permitted =
                digits.filter(|d| rules.is_empty() || rules.iter().all(|r| r.holds(&anywhere.with(at, *d))));
            let worth = |digit: u16| -> Vec<i128> {
                let value = |p: &crate::game::Profile| p.utility.worth.get(at)?.get(usize::from(digit)).copied();
                scenario.parties.iter().map(|p| value(p).unwrap_or(0)).collect()
            };
            let mut values: Vec<(u16, Vec<i128>)> = permitted.map(|d| (d, worth(d))).collect();
            values.first()?;
            undominated(&mut values);
            let lowest: Vec<i128> =
                (0..parties).map(|p| values.iter().filter_map(|(_, w)| w.get(p)).min().copied().unwrap_or(0)).collect();
            base.iter_mut().zip(&lowest).for_each(|(b, l)| *b = b.saturating_add(*l));
            let exact = values.iter().flat_map(|(_, w)| w.iter().zip(&lowest).map(|(w, l)| w - l)).collect();
            let digits = values.iter().map(|(d, _)| *d).collect();
            issues.push(Choices { digits, exact, worth: Vec::new() });
        }
        let caps: Vec<Option<i128>> =
            scenario.parties.iter().zip(offset).map(|(p, d)| p.utility.cap.map(|c| c.saturating_sub(*d))).collect();
        let mut problem = Problem { parties, base, caps, scale: Vec::new(), low: Vec::new(), most: Vec::new(), issues };
        problem.measure();
        Some(problem)
    }

    fn measure(&mut self) {
        let most = self.most_exact();
        self.scale = self
            .base
            .iter()
            .zip(&most)
            .map(|(b, m)| (b.unsigned_abs().max(m.unsigned_abs()) as f64).max(1.0))
            .collect();
        self.low = self.base.iter().zip(&self.scale).map(|(b, s)| *b as f64 / s).collect();
        self.most = self.caps.iter().zip(&self.scale).map(|(c, s)| c.map_or(f64::INFINITY, |c| c as f64 / s)).collect();
        for issue in &mut self.issues {
            let scales = self.scale.iter().cycle();
            issue.worth = issue.exact.iter().zip(scales).map(|(w, s)| *w as f64 / s).collect();
        }
    }

    /// The most each party gains in any outcome, caps aside.
    fn most_exact(&self) -> Vec<i128> {
        let mut most = self.base.clone();
        for issue in &self.issues {
            for (p, m) in most.iter_mut().enumerate() {
                let column = issue.exact.iter().skip(p).step_by(self.parties.max(1));
                *m = m.saturating_add(column.max().copied().unwrap_or(0));
            }
        }
        most
    }

    /// The most each party gains in any outcome.
    pub(super) fn most(&self) -> Vec<i128> {
        self.most_exact().into_iter().zip(&self.caps).map(|(m, c)| c.map_or(m, |c| m.min(c))).collect()
    }

    /// The gains of an outcome given by the position of its value on every issue.
    pub(super) fn gains(&self, choice: &[usize]) -> Vec<i128> {
        let mut gains = self.base.clone();
        for (issue, at) in self.issues.iter().zip(choice) {
            let worth = issue.exact.iter().skip(at * self.parties);
            gains.iter_mut().zip(worth).for_each(|(g, w)| *g = g.saturating_add(*w));
        }
        gains.into_iter().zip(&self.caps).map(|(g, c)| c.map_or(g, |c| g.min(c))).collect()
    }

    /// The same in floating point, caps aside.
    pub(super) fn rough(&self, choice: &[usize]) -> Vec<f64> {
        let mut gains = self.low.clone();
        for (issue, at) in self.issues.iter().zip(choice) {
            let worth = issue.worth.iter().skip(at * self.parties);
            gains.iter_mut().zip(worth).for_each(|(g, w)| *g += w);
        }
        gains
    }

    /// The outcome.
    pub(super) fn outcome(&self, choice: &[usize]) -> Outcome {
        let digits = self.issues.iter().zip(choice).map(|(i, at)| i.digits.get(*at).copied().unwrap_or(0));
        Outcome::new(digits.collect::<Vec<u16>>())
    }

    /// How far a sum over parties and issues, computed in floating point, can be from the truth when the
    /// multipliers add up to 1: every number involved is off by at most 2^-52 of itself, all of them together are
    /// at most 4 in size, and no number takes part in more than `issues + parties + 8` operations.
    pub(super) fn slack(&self) -> f64 {
        (self.issues.len() + self.parties + 8) as f64 * 8.0 * f64::EPSILON
    }
}

/// Leaves out values that another is as good as for everybody; of equals the first stays.
fn undominated(values: &mut Vec<(u16, Vec<i128>)>) {
    // Past this many values the pairs cost more than they save.
    if values.len() > 1_000 {
        return;
    }
    let beaten = |at: usize, mine: &[i128]| {
        values.iter().enumerate().any(|(other, (_, theirs))| {
            other != at && theirs.iter().zip(mine).all(|(t, m)| t >= m) && (other < at || theirs.as_slice() != mine)
        })
    };
    let keep: Vec<bool> = values.iter().enumerate().map(|(at, (_, mine))| !beaten(at, mine)).collect();
    let mut keep = keep.into_iter();
    values.retain(|_| keep.next().unwrap_or(true));
}

/// The sum of products.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// An outcome to begin with: for every issue the value with the largest sum over the scales of the parties.
pub(super) fn first(problem: &Problem) -> Vec<usize> {
    start::greedy(problem, &vec![1.0; problem.parties])
}

/// Exchanges values on one issue while that helps.
pub(super) fn improve(problem: &Problem, goal: &Goal, choice: &mut [usize]) {
    start::improve(problem, goal, choice, false);
}

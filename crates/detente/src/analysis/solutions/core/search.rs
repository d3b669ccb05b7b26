//! The search for what can still beat the best found, with a proof that nothing else does.

use super::super::compare::{Measure, ratio};
use super::finish::{Finish, Judge};
use super::mean::mean;
use super::node::{Node, Trial};
use super::{Goal, Problem, program, smooth, start};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::ToPrimitive;
use std::cmp::Ordering;

/// Nodes opened while equals of the best are still of interest; past them only what is better is.
const NODES_FOR_EQUALS: u64 = 2_000;
/// Nodes opened before other ways are tried.
const FIRST_NODES: u64 = 200;
/// Times the multipliers are adjusted at a node, and at the first one.
const ADJUSTMENTS: usize = 6;
const FIRST_ADJUSTMENTS: usize = 24;

/// What a search found.
#[derive(Debug, Clone)]
pub(in super::super) struct Found {
    /// The position of the value on every issue; `None` when no outcome leaves everybody without loss.
    pub(in super::super) choice: Option<Vec<usize>>,
    /// Whether the answer is proven; else the search was cut off.
    pub(in super::super) proven: bool,
    /// Whether all equals of the answer were compared, so that the rule for ties holds.
    pub(in super::super) equals: bool,
    /// No outcome has more than this, by the criterion, over the scale of the problem.
    pub(in super::super) bound: f64,
    /// Nodes opened.
    pub(in super::super) nodes: u64,
}

/// A search and what it needs to know.
pub(in super::super) struct Search<'a> {
    pub(in super::super) problem: &'a Problem,
    pub(in super::super) goal: Goal,
    /// Compares outcomes in whole numbers.
    pub(in super::super) measure: &'a Measure,
    /// Steps that are left: values looked at. Several searches share them.
    pub(in super::super) steps: &'a mut u64,
}

/// A node whose children are being looked at.
struct Frame {
    node: Node,
    multipliers: Vec<f64>,
    /// Which open issue is settled next.
    issue: usize,
    /// Its values, most promising first.
    order: Vec<usize>,
    next: usize,
}

/// The best found so far, and what an outcome has to have to be as good.
pub(super) struct Best {
    pub(super) choice: Option<Vec<usize>>,
    utilities: Vec<i128>,
    /// Gains in floating point.
    gains: Vec<f64>,
    /// What each party needs to have.
    pub(super) needed: Vec<f64>,
    /// What the sum needs to be.
    sum: f64,
    /// By what the product needs to be larger, as a factor.
    factor: f64,
}

impl Best {
    /// Nothing found yet.
    pub(super) fn none(parties: usize) -> Best {
        let (utilities, gains) = (Vec::new(), Vec::new());
        Best { choice: None, utilities, gains, needed: vec![0.0; parties], sum: 0.0, factor: 1.0 }
    }
}

impl Search<'_> {
    /// Runs. Unless any outcome will do, `start` must be one in which nobody loses.
    pub(in super::super) fn run(mut self, start: Vec<usize>) -> Found {
        let mut start = start;
        start::improve(self.problem, &self.goal, &mut start, false);
        let first = self.first_multipliers(&mut start);
        let mut best = Best::none(self.problem.parties);
        self.consider(&start, &mut best, true);
        let mut found = Found { choice: None, proven: true, equals: true, bound: f64::NEG_INFINITY, nodes: 0 };
        // Small problems are over after a few nodes.
        if !self.explore(&first, &mut best, &mut found, FIRST_NODES) && !self.by_levels(&first, &mut best, &mut found) {
            self.explore(&first, &mut best, &mut found, u64::MAX);
        }
        if found.proven || best.choice.is_none() {
            found.bound = if best.choice.is_some() { f64::NEG_INFINITY } else { found.bound };
        }
        found.choice = best.choice;
        found
    }

    /// Multipliers to begin with. Improves the start on the way.
    fn first_multipliers(&mut self, start: &mut Vec<usize>) -> Vec<f64> {
        let n = self.problem.parties;
        let lower = self.lower();
        let first = match &self.goal {
            Goal::Product => smooth::multipliers(self.problem, start),
            _ => match program::relax(self.problem, &self.goal, start) {
                Some(relaxed) => {
                    let mut rounded = relaxed.rounded;
                    start::improve(self.problem, &self.goal, &mut rounded, true);
                    self.better_start(start, rounded);
                    relaxed.multipliers.iter().zip(&lower).map(|(m, l)| m + l).collect()
                }
                None => lower.iter().map(|l| l + 1.0).collect(),
            },
        };
        let mut other = start::greedy(self.problem, &first);
        start::improve(self.problem, &self.goal, &mut other, false);
        self.better_start(start, other);
        let usable = first.iter().all(|m| m.is_finite()) && first.iter().sum::<f64>() > 0.0;
        if usable { first } else { vec![1.0; n] }
    }

    fn better_start(&self, start: &mut Vec<usize>, other: Vec<usize>) {
        let score = start::Score::new(self.problem, &self.goal);
        let score = |c: &[usize]| score.of(&self.problem.rough(c));
        if score(&other) > score(start) && (self.is_any() || self.problem.gains(&other).iter().all(|g| *g >= 0)) {
            *start = other;
        }
    }

    fn is_any(&self) -> bool {
        matches!(self.goal, Goal::Smallest { any: true, .. })
    }

    /// What multipliers are at least: for a sum, what the sum itself counts.
    fn lower(&self) -> Vec<f64> {
        match &self.goal {
            Goal::Sum { factors, .. } => factors.clone(),
            _ => vec![0.0; self.problem.parties],
        }
    }

    /// Takes an outcome as the best when it is. True when it was.
    pub(super) fn consider(&self, choice: &[usize], best: &mut Best, equals: bool) -> bool {
        let gains = self.problem.gains(choice);
        if gains.iter().any(|g| *g < 0) {
            return false;
        }
        let utilities: Vec<i128> = gains.iter().zip(&self.measure.offset).map(|(g, d)| g.saturating_add(*d)).collect();
        if best.choice.is_some() && self.measure.compare(&utilities, &best.utilities) != Ordering::Greater {
            return false;
        }
        best.choice = Some(choice.to_vec());
        best.utilities = utilities;
        self.set_needed(&gains, best, equals);
        true
    }

    /// From now on equals of the best are of no interest.
    pub(super) fn only_better(&self, best: &mut Best) {
        if let Some(choice) = &best.choice {
            let gains = self.problem.gains(choice);
            self.set_needed(&gains, best, false);
        }
    }

    /// What an outcome has to have to be as good as these gains, or, unless equals are of interest, better.
    fn set_needed(&self, gains: &[i128], best: &mut Best, equals: bool) {
        best.gains = gains.iter().zip(&self.problem.scale).map(|(g, s)| *g as f64 / s).collect();
        match &self.goal {
            Goal::Smallest { any: true, .. } => {}
            Goal::Smallest { weights, .. } => {
                let shares = gains.iter().copied().zip(weights.iter().copied()).filter(|(_, w)| *w > 0);
                let Some((gain, whole)) = shares.min_by(|a, b| ratio(*a, *b)) else { return };
                for ((needed, weight), scale) in best.needed.iter_mut().zip(weights).zip(&self.problem.scale) {
                    if *weight > 0 {
                        let exact = BigInt::from(gain) * weight;
                        let whole = BigInt::from(whole);
                        let least = if equals { exact.div_ceil(&whole) } else { exact.div_floor(&whole) + 1 };
                        *needed = least.to_f64().unwrap_or(0.0) / scale;
                    }
                }
            }
            Goal::Sum { factors, grain } => {
                best.sum = super::dot(&best.gains, factors) + if equals { 0.0 } else { grain * 0.999_999 };
            }
            Goal::Product => {
                let product: f64 = gains.iter().map(|g| *g as f64).product();
                best.factor = if equals || !product.is_finite() { 1.0 } else { 1.0 + 0.999_999 / product };
            }
        }
    }

    /// The least weighted sum of an outcome that is as good as the best, a little less to be safe.
    fn threshold(&self, multipliers: &[f64], best: &Best) -> f64 {
        if best.choice.is_none() && !self.is_any() {
            return f64::NEG_INFINITY;
        }
        let all: f64 = multipliers.iter().sum();
        let margin = self.problem.slack() * all;
        match &self.goal {
            Goal::Smallest { .. } => super::dot(multipliers, &best.needed) - margin,
            // Where nobody loses, raising a multiplier above the factor only adds.
            Goal::Sum { .. } => best.sum - margin,
            Goal::Product => {
                let terms: Vec<f64> = multipliers.iter().zip(&best.gains).map(|(m, g)| m * g).collect();
                let n = terms.len() as f64;
                n * mean(&terms, best.factor) * (1.0 - 1e-12) - margin
            }
        }
    }

    /// What the criterion can be at most when the weighted sum is at most this.
    pub(super) fn criterion(&self, multipliers: &[f64], total: f64) -> f64 {
        match &self.goal {
            Goal::Smallest { weights, .. } => {
                let whole = weights.iter().zip(&self.problem.scale).map(|(w, s)| *w as f64 / s);
                let whole: f64 = whole.zip(multipliers).map(|(w, m)| w * m).sum();
                if whole > 0.0 { total / whole } else { f64::INFINITY }
            }
            Goal::Sum { .. } => total,
            Goal::Product => multipliers.iter().map(|m| total / (m * multipliers.len() as f64)).product(),
        }
    }

    /// Depth first. False when it stopped because so many nodes were open and there are other ways.
    fn explore(&mut self, first: &[f64], best: &mut Best, found: &mut Found, most: u64) -> bool {
        let most = if matches!(self.goal, Goal::Smallest { any: false, .. }) { most } else { u64::MAX };
        let mut frames: Vec<Frame> = Vec::new();
        let root = Node::root(self.problem);
        if let Some(frame) = self.open(root, first.to_vec(), best, found, FIRST_ADJUSTMENTS) {
            frames.push(frame);
        }
        while let Some(frame) = frames.last_mut() {
            if self.is_any() && best.choice.is_some() {
                return true;
            }
            if found.nodes >= most && *self.steps > 0 {
                return false;
            }
            let Some(value) = frame.order.get(frame.next).copied() else {
                frames.pop();
                continue;
            };
            frame.next += 1;
            if *self.steps == 0 {
                // The bound of the node holds for all children that are left.
                let mut trial = Trial::default();
                frame.node.weigh(&frame.multipliers, &mut trial);
                found.bound = found.bound.max(self.criterion(&frame.multipliers, trial.total));
                found.proven = false;
                frames.pop();
                continue;
            }
            let child = frame.node.child(self.problem.parties, frame.issue, value);
            let multipliers = frame.multipliers.clone();
            if let Some(frame) = self.open(child, multipliers, best, found, ADJUSTMENTS) {
                frames.push(frame);
            }
        }
        true
    }

    /// Opens a node: closes it at once when nothing below can be as good as the best, else leaves out the values
    /// that cannot, and says which issue is settled next.
    fn open(
        &mut self,
        mut node: Node,
        mut multipliers: Vec<f64>,
        best: &mut Best,
        found: &mut Found,
        adjustments: usize,
    ) -> Option<Frame> {
        found.nodes += 1;
        if found.nodes == NODES_FOR_EQUALS && !self.is_any() {
            found.equals = false;
            self.only_better(best);
        }
        let mut trial = Trial::default();
        for _ in 0..4 {
            *self.steps = self.steps.saturating_sub((node.values.len() * (adjustments + 1)) as u64);
            multipliers = self.adjust(&node, multipliers, best, found.equals, adjustments, &mut trial)?;
            if self.is_any() && best.choice.is_some() {
                return None;
            }
            node.weigh(&multipliers, &mut trial);
            let room = trial.total - self.threshold(&multipliers, best);
            if room < 0.0 {
                return None;
            }
            if !node.narrow(self.problem.parties, &trial, room) {
                break;
            }
        }
        if node.open.is_empty() {
            self.consider(&node.choice, best, found.equals);
            return None;
        }
        node.weigh(&multipliers, &mut trial);
        if let Some(rest) = Finish::of(&node, &trial) {
            let mut last = Last {
                search: self,
                best,
                multipliers: &multipliers,
                total: trial.total,
                equals: found.equals,
                room: 0.0,
                needed: Vec::new(),
            };
            last.set();
            let looked = rest.run(&mut last);
            *self.steps = self.steps.saturating_sub(looked);
            return None;
        }
        let (issue, order) = node.branch(&trial);
        Some(Frame { node, multipliers, issue, order, next: 0 })
    }

    /// Moves multipliers so that the bound falls, towards closing the node (Polyak 1969). `None` when it closes.
    fn adjust(
        &self,
        node: &Node,
        first: Vec<f64>,
        best: &mut Best,
        equals: bool,
        times: usize,
        trial: &mut Trial,
    ) -> Option<Vec<f64>> {
        let lower = self.lower();
        let mut now = first.clone();
        let mut kept = first;
        let mut least = f64::INFINITY;
        for _ in 0..=times {
            node.weigh(&now, trial);
            let room = trial.total - self.threshold(&now, best);
            if room < 0.0 {
                return None;
            }
            if self.promising(&trial.gains, best) {
                let choice = node.chosen(trial);
                self.consider(&choice, best, equals);
                if self.is_any() && best.choice.is_some() {
                    return Some(now);
                }
            }
            let size: f64 = now.iter().sum();
            if room / size < least {
                least = room / size;
                kept.clone_from(&now);
            }
            if matches!(self.goal, Goal::Product) || node.open.is_empty() {
                break;
            }
            let slopes: Vec<f64> = trial.gains.iter().zip(&best.needed).map(|(g, need)| g - need).collect();
            let steep = super::dot(&slopes, &slopes);
            if steep <= 0.0 {
                break;
            }
            for ((m, slope), low) in now.iter_mut().zip(&slopes).zip(&lower) {
                *m = (*m - room / steep * slope).max(*low);
            }
            let size: f64 = now.iter().sum();
            if size <= 0.0 || !size.is_finite() {
                break;
            }
            if matches!(self.goal, Goal::Smallest { .. }) {
                now.iter_mut().for_each(|m| *m /= size);
            }
        }
        Some(kept)
    }

    /// Whether gains might be as good as the best; wrong only on the side of looking closer.
    pub(super) fn promising(&self, gains: &[f64], best: &Best) -> bool {
        if best.choice.is_none() && !self.is_any() {
            return true;
        }
        let slack = self.problem.slack();
        if gains.iter().zip(&best.needed).any(|(g, need)| *g < need - slack) {
            return false;
        }
        match &self.goal {
            Goal::Smallest { .. } => true,
            Goal::Sum { factors, .. } => super::dot(gains, factors) >= best.sum - slack * factors.iter().sum::<f64>(),
            Goal::Product => {
                let product: f64 =
                    gains.iter().zip(&best.gains).map(|(g, b)| (g + slack).max(0.0) / b.max(1e-300)).product();
                product >= 1.0 - 1e-9
            }
        }
    }
}

/// Judges the combinations below a node.
struct Last<'a, 'b> {
    search: &'a Search<'b>,
    best: &'a mut Best,
    multipliers: &'a [f64],
    total: f64,
    equals: bool,
    room: f64,
    needed: Vec<f64>,
}

impl Last<'_, '_> {
    fn set(&mut self) {
        let slack = self.search.problem.slack();
        self.room = self.total - self.search.threshold(self.multipliers, self.best);
        self.needed = self.best.needed.iter().map(|n| n - slack).collect();
    }
}

impl Judge for Last<'_, '_> {
    fn room(&self) -> f64 {
        self.room
    }

    fn needed(&self) -> &[f64] {
        &self.needed
    }

    fn look(&mut self, choice: &[usize], gains: &[f64]) -> bool {
        let over = self.search.is_any() && self.best.choice.is_some();
        let better =
            !over && self.search.promising(gains, self.best) && self.search.consider(choice, self.best, self.equals);
        if better {
            self.set();
        }
        better
    }
}

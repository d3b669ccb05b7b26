//! The search for what can still beat the best found, with a proof that nothing else does.

use super::super::compare::{Measure, ratio};
use super::finish::{Finish, Judge};
use super::{Goal, Problem, program, smooth, start};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::ToPrimitive;
use std::cmp::Ordering;

/// Nodes opened while equals of the best are still of interest; past them only what is better is.
const NODES_FOR_EQUALS: u64 = 2_000;
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
struct Best {
    choice: Option<Vec<usize>>,
    utilities: Vec<i128>,
    /// Gains in floating point.
    gains: Vec<f64>,
    /// What each party needs to have.
    needed: Vec<f64>,
    /// What the sum needs to be.
    sum: f64,
    /// By what the product needs to be larger, as a factor.
    factor: f64,
}

/// Multipliers tried at a node.
#[derive(Default)]
pub(super) struct Trial {
    /// Weighted worth of every value.
    pub(super) counts: Vec<f64>,
    /// The best value of every open issue, by position among all values.
    pub(super) best: Vec<usize>,
    /// Gains of the outcome that is best by the multipliers.
    gains: Vec<f64>,
    /// Its weighted sum.
    total: f64,
}

impl Search<'_> {
    /// Runs. Unless any outcome will do, `start` must be one in which nobody loses.
    pub(in super::super) fn run(mut self, start: Vec<usize>) -> Found {
        let mut start = start;
        start::improve(self.problem, &self.goal, &mut start, false);
        let first = self.first_multipliers(&mut start);
        let mut best = Best {
            choice: None,
            utilities: Vec::new(),
            gains: Vec::new(),
            needed: vec![0.0; self.problem.parties],
            sum: 0.0,
            factor: 1.0,
        };
        self.consider(&start, &mut best, true);
        let mut found = Found { choice: None, proven: true, equals: true, bound: f64::NEG_INFINITY, nodes: 0 };
        self.explore(first, &mut best, &mut found);
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
        let score = |c: &[usize]| start::score(self.problem, &self.goal, &self.problem.rough(c));
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
    fn consider(&self, choice: &[usize], best: &mut Best, equals: bool) -> bool {
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
    fn criterion(&self, multipliers: &[f64], total: f64) -> f64 {
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

    fn explore(&mut self, first: Vec<f64>, best: &mut Best, found: &mut Found) {
        let mut frames: Vec<Frame> = Vec::new();
        let root = Node::root(self.problem);
        if let Some(frame) = self.open(root, first, best, found, FIRST_ADJUSTMENTS) {
            frames.push(frame);
        }
        while let Some(frame) = frames.last_mut() {
            if self.is_any() && best.choice.is_some() {
                return;
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
            if let Some(choice) = &best.choice {
                let gains = self.problem.gains(choice);
                self.set_needed(&gains, best, false);
            }
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
    fn promising(&self, gains: &[f64], best: &Best) -> bool {
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

    fn look(&mut self, choice: &[usize], gains: &[f64]) {
        let over = self.search.is_any() && self.best.choice.is_some();
        if !over && self.search.promising(gains, self.best) && self.search.consider(choice, self.best, self.equals) {
            self.set();
        }
    }
}

/// The geometric mean of numbers that are not negative, times the root of a factor, from below by Newton's method:
/// only operations that give the same on every machine.
fn mean(terms: &[f64], factor: f64) -> f64 {
    let n = i32::try_from(terms.len()).unwrap_or(i32::MAX);
    let mut above = terms.iter().sum::<f64>() / f64::from(n) * factor;
    if above <= 0.0 || !above.is_finite() {
        return 0.0;
    }
    // Scaled by their mean, so that the product neither vanishes nor overflows.
    let scaled: f64 = terms.iter().map(|t| t / above).product::<f64>() * factor;
    let mut root = 1.0f64;
    for _ in 0..200 {
        let power = root.powi(n - 1);
        let next = root - (power * root - scaled) / (f64::from(n) * power);
        if !next.is_finite() || next >= root || next <= 0.0 {
            break;
        }
        root = next;
    }
    // Newton's steps come from above: go down until the power is not above.
    while root > 0.0 && root.powi(n) > scaled {
        root *= 1.0 - 1e-14 * f64::from(n.max(1));
        if root < 1e-300 {
            return 0.0;
        }
    }
    above *= root;
    above
}

impl Node {
    fn root(problem: &Problem) -> Node {
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
    fn weigh(&self, multipliers: &[f64], trial: &mut Trial) {
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
    fn chosen(&self, trial: &Trial) -> Vec<usize> {
        let mut choice = self.choice.clone();
        for (issue, at) in self.open.iter().zip(&trial.best) {
            choice[*issue] = self.values[*at];
        }
        choice
    }

    /// Leaves out values that cost more than there is room for, and settles issues with one value left. True when
    /// something changed.
    fn narrow(&mut self, parties: usize, trial: &Trial, room: f64) -> bool {
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
    fn branch(&self, trial: &Trial) -> (usize, Vec<usize>) {
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
    fn child(&self, parties: usize, position: usize, value: usize) -> Node {
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

//! Frontiers of the first issue, the first two, the first three, and so on; and the way back from a point to an
//! outcome.

use super::many;
use super::reading::Reading;
use super::row::{Budget, Row, steps};
use super::thin::{Thinned, Units, thin, thin_to};
use super::two::{self, Buffers};
use crate::analysis::limits::Limits;
use crate::analysis::number::Whole;
use crate::game::Outcome;

/// Numbers kept for all points of one stage at most, whatever the limit on points.
const MOST_NUMBERS: usize = 1 << 25;

/// The frontier, issue by issue: `N` columns of whole numbers, one for each party that matters.
///
/// Every prefix of an efficient outcome is efficient among the prefixes: else a better prefix with the same
/// rest would dominate. So the frontier of the first `k` issues is made from the frontier of `k - 1` and the
/// values of one more. Each point remembers the last value and the point of the stage before, which is the way back.
#[derive(Debug, Clone)]
pub(super) struct Stages<T, const N: usize> {
    /// The issues with something to trade off, in the order of the stages.
    issues: Vec<Terms<T, N>>,
    /// A digit for every issue: the right one where only one value is efficient.
    fixed: Vec<u16>,
    /// What those digits add up to, in every column.
    start: [T; N],
    /// In how many ways those digits can be chosen.
    ways: Vec<u32>,
    /// After 1, 2, … of `issues`.
    stages: Vec<Stage<T, N>>,
    /// What may be lost in each column because stages were thinned.
    lost: [T; N],
}

/// The efficient values of an issue.
#[derive(Debug, Clone)]
pub(super) struct Terms<T, const N: usize> {
    issue: usize,
    /// In decreasing order, each once.
    pub(super) values: Vec<[T; N]>,
    /// The first digit with each of `values`, and how many have it.
    pub(super) digits: Vec<(u16, u32)>,
}

/// A frontier in decreasing order; for each point the position of its last value, and of the point before.
#[derive(Debug, Clone)]
struct Stage<T, const N: usize> {
    points: Vec<[T; N]>,
    ways_back: Vec<(u16, u32)>,
}

/// How much is lost from the outset.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Loss {
    /// Nothing, unless limits enforce it.
    None,
    /// This much in utility may be lost, in all.
    UpTo(f64),
}

impl<T: Whole, const N: usize> Stages<T, N> {
    /// Builds all stages. `None` when the limits do not even allow one point.
    pub(super) fn of(reading: &Reading, limits: Limits, loss: Loss) -> Option<Self> {
        let mut budget = Budget(limits.steps);
        let mut units = [1.0; N];
        units.iter_mut().zip(&reading.columns).for_each(|(unit, column)| *unit = column.unit);
        let mut built = Stages::of_single_values(reading, &mut budget)?;
        let most = limits.points.min(MOST_NUMBERS / N).max(1);
        let mut growth = Growth { units, most, budget, loss, used: 0.0, buffers: Buffers::default() };
        let mut issues = std::mem::take(&mut built.issues);
        // Few values first: the last stages are the largest.
        issues.sort_by_key(|terms| terms.values.len());
        let mut left = issues.len();
        for terms in &mut issues {
            built.add(terms, &mut growth, left)?;
            left -= 1;
        }
        built.issues = issues;
        Some(built)
    }

    /// The efficient values of each issue; issues with one such value are settled.
    fn of_single_values(reading: &Reading, budget: &mut Budget) -> Option<Self> {
        let mut built = Stages {
            issues: Vec::new(),
            fixed: Vec::new(),
            start: [T::default(); N],
            ways: Vec::new(),
            stages: Vec::new(),
            lost: [T::default(); N],
        };
        let mut offset = 0;
        for (issue, digits) in reading.permitted.iter().enumerate() {
            let terms = Terms::of(reading, issue, offset, digits, budget)?;
            offset += digits.len();
            let first = *terms.digits.first()?;
            built.fixed.push(first.0);
            if let [only] = terms.values.as_slice() {
                built.start = super::row::plus(&built.start, only);
                built.ways.push(first.1);
            } else {
                built.issues.push(terms);
            }
        }
        Some(built)
    }

    /// Adds a stage. Where limits do not allow all of it, the longer of the frontier so far and the list of
    /// values is thinned, at the least loss that helps, until they do.
    ///
    /// Losses add up: if for every outcome of the first issues a point of the stage is less by `e` at the most,
    /// then with a value added the sum is less by `e` at the most; a point kept in its stead loses at most the
    /// loss of that thinning more, and a point that dominates loses nothing. So at the end every outcome has
    /// a point that is less by the sum of all losses at the most, in every column.
    fn add(&mut self, terms: &mut Terms<T, N>, growth: &mut Growth<T, N>, left: usize) -> Option<()> {
        if let Loss::UpTo(all) = growth.loss {
            #[expect(
                clippy::cast_precision_loss,
                reason = "a share of the loss; what is lost is counted in whole numbers"
            )]
            let share = (all - growth.used).max(0.0) / (left as f64 + 1.0);
            self.thin_last(growth, |points, units| thin(points, units, share), share);
        }
        loop {
            let origin = [self.start];
            let before = self.stages.last().map_or(&origin[..], |stage| &stage.points);
            // As long as nothing is lost, stages to come are larger: half of what is left is for them. Afterwards
            // all are alike.
            let exact = self.lost.iter().all(|lost| *lost == T::default());
            let share = match growth.budget.0 {
                all if exact && left == 1 => all - all / 4,
                all if exact => all / 2,
                all => all / (2 * steps(left)),
            };
            let mut allowance = Budget(share);
            let grown = growth.grow(before, &terms.values, &mut allowance);
            growth.budget.0 -= share - allowance.0;
            if let Some(stage) = grown {
                self.stages.push(stage);
                return Some(());
            }
            let (length, values) = (before.len(), terms.values.len());
            if length.max(values) <= 1 {
                return None;
            }
            // Too many points: half as many give half as many. Out of steps: work may grow with the square.
            let out_of_steps = allowance.0 < steps(length.saturating_mul(values));
            let target = |length: usize| length.div_ceil(if out_of_steps { 4 } else { 2 });
            if values > length {
                let thinned = thin_to(&terms.values, &growth.units, target(values).min(values - 1));
                terms.keep(&thinned.kept);
                self.lose(&thinned, growth, 0.0);
            } else {
                let target = target(length).min(length - 1);
                self.thin_last(growth, |points, units| thin_to(points, units, target), 0.0);
            }
            // Thinning always helps; but a search without an end is worse than none.
            let now = self.stages.last().map_or(1, |stage| stage.points.len());
            if now + terms.values.len() >= length + values {
                return None;
            }
        }
    }

    fn thin_last(
        &mut self,
        growth: &mut Growth<T, N>,
        thin: impl Fn(&[[T; N]], &Units<N>) -> Thinned<T, N>,
        loss: f64,
    ) {
        let Some(stage) = self.stages.last_mut() else { return };
        let thinned = thin(&stage.points, &growth.units);
        if thinned.kept.len() < stage.points.len() {
            stage.keep(&thinned.kept);
            self.lose(&thinned, growth, loss);
        }
    }

    fn lose(&mut self, thinned: &Thinned<T, N>, growth: &mut Growth<T, N>, loss: f64) {
        growth.used += loss;
        for (lost, more) in self.lost.iter_mut().zip(&thinned.lost) {
            *lost = T::from_wide((lost.wide() + more.wide()).min(T::MOST.wide() / 2));
        }
    }

    /// What may be lost in each column because stages were thinned: 0 where the frontier is exact.
    pub(super) fn lost(&self) -> &[T; N] {
        &self.lost
    }

    /// The frontier in columns, in decreasing order.
    pub(super) fn points(&self) -> &[[T; N]] {
        self.stages.last().map_or(std::slice::from_ref(&self.start), |stage| &stage.points)
    }

    /// The outcome of the point at a position.
    pub(super) fn outcome(&self, mut at: usize) -> Option<Outcome> {
        let mut digits: Box<[u16]> = self.fixed.as_slice().into();
        for (terms, stage) in self.issues.iter().zip(&self.stages).rev() {
            let (choice, origin) = *stage.ways_back.get(at)?;
            *digits.get_mut(terms.issue)? = terms.digits.get(usize::from(choice))?.0;
            at = usize::try_from(origin).ok()?;
        }
        Some(Outcome::new(digits))
    }

    /// The stages one by one: the efficient values with the number of digits that have each, and the frontier
    /// after them. For counting; see [`Stages::ways`].
    pub(super) fn steps(&self) -> impl Iterator<Item = (&Terms<T, N>, &[[T; N]])> {
        self.issues.iter().zip(&self.stages).map(|(terms, stage)| (terms, &stage.points[..]))
    }

    /// For each issue with one efficient value the number of digits that have it.
    pub(super) fn ways(&self) -> &[u32] {
        &self.ways
    }

    /// What the settled issues add up to.
    pub(super) fn start(&self) -> &[T; N] {
        &self.start
    }
}

/// What growing needs beside the stages.
struct Growth<T, const N: usize> {
    units: Units<N>,
    most: usize,
    budget: Budget,
    loss: Loss,
    used: f64,
    buffers: Buffers<T, N>,
}

impl<T: Whole, const N: usize> Growth<T, N> {
    fn grow(&mut self, before: &[[T; N]], values: &[[T; N]], budget: &mut Budget) -> Option<Stage<T, N>> {
        if N == 2 {
            two::grow(before, values, self.most, budget, &mut self.buffers).map(Stage::of)
        } else {
            many::grow(before, values, self.most, budget).map(|rows| Stage::of(&rows))
        }
    }
}

impl<T: Whole, const N: usize> Terms<T, N> {
    fn of(reading: &Reading, issue: usize, offset: usize, digits: &[u16], budget: &mut Budget) -> Option<Self> {
        let mut rows: Vec<Row<T, N>> = Vec::with_capacity(digits.len());
        for position in 0..digits.len() {
            let mut point = [T::default(); N];
            for (x, column) in point.iter_mut().zip(&reading.columns) {
                *x = T::from_wide(column.worth.get(offset + position).copied().unwrap_or(0));
            }
            rows.push(Row { point, choice: u16::try_from(position).ok()?, origin: 0 });
        }
        let all: Vec<Row<T, N>> = many::efficient(rows.clone(), budget)?;
        // One pass for all: how many digits have the same vector matters for counting only.
        let mut terms = Terms { issue, values: Vec::new(), digits: Vec::new() };
        for row in &all {
            terms.values.push(row.point);
            terms.digits.push((*digits.get(usize::from(row.choice))?, 0));
        }
        for row in &rows {
            if let Ok(at) = terms.values.binary_search_by(|value| row.point.cmp(value))
                && let Some((_, same)) = terms.digits.get_mut(at)
            {
                *same += 1;
            }
        }
        Some(terms)
    }

    fn keep(&mut self, kept: &[usize]) {
        self.values = kept.iter().filter_map(|at| self.values.get(*at).copied()).collect();
        self.digits = kept.iter().filter_map(|at| self.digits.get(*at).copied()).collect();
    }
}

impl<T: Whole, const N: usize> Stage<T, N> {
    fn of(rows: &[Row<T, N>]) -> Self {
        Stage {
            points: rows.iter().map(|row| row.point).collect(),
            ways_back: rows.iter().map(|row| (row.choice, row.origin)).collect(),
        }
    }

    fn keep(&mut self, kept: &[usize]) {
        self.points = kept.iter().filter_map(|at| self.points.get(*at).copied()).collect();
        self.ways_back = kept.iter().filter_map(|at| self.ways_back.get(*at).copied()).collect();
    }
}

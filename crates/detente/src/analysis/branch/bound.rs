//! Upper bounds of what the outcomes of a node can give.

use super::archive::Archive;
use crate::analysis::linked::problem::{Effect, Problem, What, at};
use crate::analysis::number::Whole;

/// Weighted sums of two parties that are bounded as well.
const WEIGHTS: i128 = 8;

/// Positive whole weights for two parties, so that their ranges count alike.
#[derive(Debug, Clone)]
pub(crate) struct Weights(Vec<[i128; 2]>);

impl Weights {
    /// For two parties whose utility is always a sum; none otherwise, and none where products would not fit.
    pub(crate) fn of<T: Whole, const N: usize>(problem: &Problem<T, N>) -> Self {
        if N != 2 || !problem.zeroed.is_empty() || problem.nil.iter().any(|nil| *nil) || size_of::<T>() > 8 {
            return Weights(Vec::new());
        }
        let range = |party: usize| -> i128 {
            let single = |e: &Effect<T, N>| e.gain[party].wide().abs();
            let worth = problem.worth.iter().map(|v| v.iter().map(|w| w[party].wide().abs()).max().unwrap_or(0));
            let regions = problem.regions.iter().map(|r| single(&r.effect));
            let tables = problem.tables.iter().map(|t| t.entries.iter().map(single).max().unwrap_or(0));
            worth.chain(regions).chain(tables).sum::<i128>().max(1)
        };
        let (first, second) = (range(0), range(1));
        let scale = |own: i128| (first.max(second) / own).clamp(1, 1 << 30);
        Weights((1..WEIGHTS).map(|k| [k * scale(first), (WEIGHTS - k) * scale(second)]).collect())
    }
}

/// What a node can give at most.
#[derive(Debug, Clone)]
pub(crate) struct Bound<T, const N: usize> {
    /// For every party by itself.
    pub(crate) ideal: [T; N],
    /// For every weighted sum.
    sums: Vec<i128>,
}

impl<T: Whole, const N: usize> Bound<T, N> {
    pub(crate) fn of(problem: &Problem<T, N>, weights: &Weights) -> Self {
        let carriers = carriers(problem);
        let mut ideal = [T::default(); N];
        for (party, ideal) in ideal.iter_mut().enumerate() {
            let single = |e: &[T; N]| e[party].wide();
            *ideal = T::from_wide(most(problem, &carriers, single));
        }
        ideal = problem.settle(&ideal, 0);
        for party in &problem.zeroed {
            // It may still become 0, which may be more.
            ideal[*party] = ideal[*party].max(T::default());
        }
        let weighted = |w: &[i128; 2]| {
            let sum = |e: &[T; N]| e.iter().zip(w).map(|(e, w)| e.wide() * w).sum();
            most(problem, &carriers, sum)
        };
        Bound { ideal, sums: weights.0.iter().map(weighted).collect() }
    }

    /// Whether no outcome of the node can be efficient beside the points found.
    pub(crate) fn is_covered(&self, archive: &Archive<T, N>, weights: &Weights) -> bool {
        if archive.covers(&self.ideal) {
            return true;
        }
        if weights.0.is_empty() || N != 2 || archive.len() == 0 {
            return false;
        }
        // An outcome that no point covers is better than a point for the second party and than the next point
        // for the first, or better than the first point for the first, or than the last for the second.
        let second = N - 1;
        let points: Vec<(T, T)> = archive.utilities().map(|u| (u[0], u[second])).collect();
        let beyond = points.first().is_some_and(|p| self.ideal[0] > p.0)
            || points.last().is_some_and(|p| self.ideal[second] > p.1);
        if beyond {
            return false;
        }
        let reached = |pair: &[(T, T)]| {
            let [above, below] = pair else { return false };
            if self.ideal[0] <= below.0 || self.ideal[second] <= above.1 {
                return false;
            }
            let (x, y) = (below.0.wide() + 1, above.1.wide() + 1);
            weights.0.iter().zip(&self.sums).all(|([a, b], most)| a * x + b * y <= *most)
        };
        !points.windows(2).any(reached)
    }

    /// How much better than every point found an outcome of the node can be for everybody at once, in utility.
    pub(crate) fn excess(&self, archive: &Archive<T, N>, units: &[f64]) -> Option<f64> {
        let over = |a: &[T; N]| {
            let each = self.ideal.iter().zip(a).zip(units);
            each.map(|((i, a), unit)| (i.wide() - a.wide()) as f64 / unit).fold(0.0, f64::max)
        };
        archive.utilities().map(over).min_by(f64::total_cmp)
    }
}

/// For each region the issue among its sides that most regions speak of: there they exclude each other most.
fn carriers<T: Whole, const N: usize>(problem: &Problem<T, N>) -> Vec<usize> {
    let mut spoken = vec![0usize; problem.values.len()];
    problem.regions.iter().flat_map(|r| &r.sides).for_each(|s| spoken[s.issue] += 1);
    let carrier = |sides: &[crate::analysis::linked::problem::Side]| {
        sides.iter().enumerate().max_by_key(|(at, s)| (spoken[s.issue], usize::MAX - at)).map_or(0, |(at, _)| at)
    };
    problem.regions.iter().map(|r| carrier(&r.sides)).collect()
}

/// The most that a weighted sum can be when every region asks for one of its sides only.
fn most<T: Whole, const N: usize>(
    problem: &Problem<T, N>,
    carriers: &[usize],
    weigh: impl Fn(&[T; N]) -> i128,
) -> i128 {
    let mut worth: Vec<Vec<i128>> = problem.worth.iter().map(|v| v.iter().map(&weigh).collect()).collect();
    for (region, carrier) in problem.regions.iter().zip(carriers) {
        let gain = weigh(&region.effect.gain);
        let Some(side) = region.sides.get(*carrier).filter(|_| gain > 0) else { continue };
        for (worth, digit) in worth[side.issue].iter_mut().zip(&problem.values[side.issue]) {
            if at(&side.inside, *digit) {
                *worth += gain;
            }
        }
    }
    let issues: i128 = worth.iter().map(|v| v.iter().copied().max().unwrap_or(0)).sum();
    let table =
        |entries: &[Effect<T, N>]| entries.iter().filter(|e| !e.forbids).map(|e| weigh(&e.gain)).max().unwrap_or(0);
    let tables: i128 = problem.tables.iter().map(|t| table(&t.entries)).sum();
    let wide = problem.wide.iter().map(|w| match &w.what {
        What::Condition(_) => weigh(&w.effect.gain).max(0),
        What::Table(part, whose) => {
            let mut gain = [T::default(); N];
            gain[*whose] = T::from_wide(part.range().1.max(0));
            weigh(&gain)
        }
    });
    weigh(&problem.base.gain) + issues + tables + wide.sum::<i128>()
}

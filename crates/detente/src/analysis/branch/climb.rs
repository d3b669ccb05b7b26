//! Good points to begin with: climbing from random outcomes, one issue at a time, for weighted sums.

use super::archive::Archive;
use crate::analysis::linked::decode::Found;
use crate::analysis::linked::problem::{Effect, Problem, at, plus};
use crate::analysis::number::Whole;
use crate::game::Stream;

/// Climbs from this many outcomes for each direction.
const STARTS: u64 = 6;
/// Directions between the parties' own.
const DIRECTIONS: u64 = 12;

/// Fills the archive with what climbing finds within some steps; the steps it took.
pub(crate) fn climb<T: Whole, const N: usize>(problem: &Problem<T, N>, steps: u64, archive: &mut Archive<T, N>) -> u64 {
    let terms = (problem.regions.len() + problem.tables.len() + problem.wide.len() + 1) as u64;
    let mut taken = 0;
    let mut found = Vec::new();
    for start in 0..STARTS {
        for direction in 0..DIRECTIONS {
            let mut dice = Stream::new(0, start, direction + 1);
            let mut weights = [1.0f64; N];
            for (party, weight) in weights.iter_mut().enumerate() {
                *weight = match direction.checked_sub(N as u64) {
                    None => {
                        if party as u64 == direction {
                            1.0
                        } else {
                            1e-3
                        }
                    }
                    Some(_) => (dice.below(1000) + 1) as f64 / 1000.0,
                };
            }
            let open = |values: &Vec<u16>| dice.below(values.len().max(1) as u64) as usize;
            let mut positions: Vec<usize> = problem.values.iter().map(open).collect();
            taken += ascend(problem, &weights, &mut positions, steps.saturating_sub(taken), terms);
            found.extend(point(problem, &positions));
            if taken >= steps {
                archive.insert(found);
                return taken;
            }
        }
    }
    archive.insert(found);
    taken
}

fn ascend<T: Whole, const N: usize>(
    problem: &Problem<T, N>,
    weights: &[f64; N],
    positions: &mut [usize],
    steps: u64,
    terms: u64,
) -> u64 {
    let mut taken = 0;
    let mut best = score(problem, weights, positions);
    loop {
        let mut better = false;
        for issue in 0..positions.len() {
            for position in 0..problem.values[issue].len() {
                let before = positions[issue];
                if position == before {
                    continue;
                }
                positions[issue] = position;
                taken += terms;
                let now = score(problem, weights, positions);
                if now > best {
                    (best, better) = (now, true);
                } else {
                    positions[issue] = before;
                }
            }
            if taken >= steps {
                return taken;
            }
        }
        if !better {
            return taken;
        }
    }
}

/// Fewer broken rules first, then the weighted sum.
fn score<T: Whole, const N: usize>(problem: &Problem<T, N>, weights: &[f64; N], positions: &[usize]) -> (i64, f64) {
    let (effect, broken) = evaluate(problem, positions);
    let utilities = problem.settle(&effect.gain, effect.zeroes);
    let sum = utilities.iter().zip(weights).map(|(u, w)| u.wide() as f64 * w).sum();
    (-broken, sum)
}

fn point<T: Whole, const N: usize>(problem: &Problem<T, N>, positions: &[usize]) -> Option<Found<T, N>> {
    let (effect, broken) = evaluate(problem, positions);
    let digits = problem.values.iter().zip(positions).map(|(v, p)| v.get(*p).copied()).collect::<Option<Vec<u16>>>()?;
    (broken == 0).then(|| Found { utilities: problem.settle(&effect.gain, effect.zeroes), digits })
}

/// All effects at an outcome, with the number of terms that forbid it.
fn evaluate<T: Whole, const N: usize>(problem: &Problem<T, N>, positions: &[usize]) -> (Effect<T, N>, i64) {
    let digit = |issue: usize| problem.values[issue].get(positions[issue]).copied().unwrap_or(0);
    let mut all = problem.base;
    let mut broken = i64::from(all.forbids);
    for (worth, position) in problem.worth.iter().zip(positions) {
        if let Some(worth) = worth.get(*position) {
            plus(&mut all.gain, worth);
        }
    }
    let mut apply = |effect: &Effect<T, N>| {
        all.add(effect);
        broken += i64::from(effect.forbids);
    };
    for region in &problem.regions {
        if region.sides.iter().all(|s| at(&s.inside, digit(s.issue))) {
            apply(&region.effect);
        }
    }
    for table in &problem.tables {
        let entry = table.scope.iter().zip(&table.sizes).fold(0, |n, (issue, size)| n * size + positions[*issue]);
        table.entries.get(entry).into_iter().for_each(&mut apply);
    }
    if !problem.wide.is_empty() {
        let digits: Vec<u16> = (0..positions.len()).map(digit).collect();
        problem.wide.iter().for_each(|w| apply(&w.of(&digits)));
    }
    (all, broken)
}

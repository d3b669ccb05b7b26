//! Multipliers for the product of gains: one over the gains of the best mixture.

use super::{Problem, dot};

/// Passes over the issues at most.
const PASSES: usize = 60;
/// A pass that could raise the sum of logarithms by less than this is the last.
const ENOUGH: f64 = 1e-7;

/// Raises the product of gains from a start with positive gains, over mixtures of values, one issue at a time,
/// moving weight from the worst value in use to the best (pairwise Frank-Wolfe over blocks; Lacoste-Julien, Jaggi,
/// Schmidt and Pletscher 2013). Returns one over the gains: by the inequality of means these are the multipliers
/// of the best bound once the mixture is best.
pub(super) fn multipliers(problem: &Problem, start: &[usize]) -> Vec<f64> {
    let n = problem.parties;
    let mut gains = problem.rough(start);
    let mut shares: Vec<Vec<f64>> = problem.issues.iter().map(|i| vec![0.0; i.digits.len()]).collect();
    for (share, at) in shares.iter_mut().zip(start) {
        if let Some(share) = share.get_mut(*at) {
            *share = 1.0;
        }
    }
    for _ in 0..PASSES {
        let mut missing = 0.0;
        for (issue, share) in problem.issues.iter().zip(&mut shares).filter(|(i, _)| i.digits.len() > 1) {
            let weights: Vec<f64> = gains.iter().map(|g| 1.0 / g.max(1e-12)).collect();
            let (mut best, mut worst) = ((0, f64::NEG_INFINITY), (0, f64::INFINITY));
            for (value, (worth, share)) in issue.worth.chunks_exact(n).zip(share.iter()).enumerate() {
                let counts = dot(worth, &weights);
                if counts > best.1 {
                    best = (value, counts);
                }
                if *share > 0.0 && counts < worst.1 {
                    worst = (value, counts);
                }
            }
            missing += (best.1 - worst.1).max(0.0);
            let (Some(to), Some(from)) =
                (issue.worth.get(best.0 * n..(best.0 + 1) * n), issue.worth.get(worst.0 * n..(worst.0 + 1) * n))
            else {
                continue;
            };
            if best.0 == worst.0 || best.1 - worst.1 < ENOUGH * 1e-3 {
                continue;
            }
            let direction: Vec<f64> = to.iter().zip(from).map(|(a, b)| a - b).collect();
            let most = share[worst.0];
            let step = best_step(&gains, &direction, most);
            share[worst.0] = if step >= most { 0.0 } else { most - step };
            share[best.0] += step;
            gains.iter_mut().zip(&direction).for_each(|(g, d)| *g += step * d);
        }
        if missing < ENOUGH {
            break;
        }
    }
    gains.iter().map(|g| 1.0 / g.max(1e-9)).collect()
}

/// The step between 0 and `most` at which the sum of logarithms is largest: its slope falls, so it is bisected.
fn best_step(gains: &[f64], direction: &[f64], most: f64) -> f64 {
    let slope = |step: f64| {
        let mut slope = 0.0;
        for (g, d) in gains.iter().zip(direction) {
            let there = g + step * d;
            if there <= 1e-12 {
                return f64::NEG_INFINITY;
            }
            slope += d / there;
        }
        slope
    };
    if slope(most) >= 0.0 {
        return most;
    }
    let (mut low, mut high) = (0.0, most);
    for _ in 0..24 {
        let middle = 0.5 * (low + high);
        if slope(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

//! A good outcome to begin with: values exchanged on one issue, then on two at a time, while it helps.

use super::{Goal, Problem, dot};

/// Pairs of values looked at in one round of exchanges over two issues at most.
const MOST_PAIRS: usize = 40_000;

/// How good gains are, for guiding only.
pub(super) struct Score<'a> {
    problem: &'a Problem,
    goal: &'a Goal,
    /// The scale over the weight of each party, for a smallest share; 0 for a party without weight.
    per: Vec<f64>,
}

impl<'a> Score<'a> {
    pub(super) fn new(problem: &'a Problem, goal: &'a Goal) -> Self {
        let per = match goal {
            Goal::Smallest { weights, .. } => {
                let per = |(scale, w): (&f64, &i128)| if *w > 0 { scale / *w as f64 } else { 0.0 };
                problem.scale.iter().zip(weights).map(per).collect()
            }
            _ => Vec::new(),
        };
        Score { problem, goal, per }
    }

    pub(super) fn of(&self, gains: &[f64]) -> f64 {
        let capped = gains.iter().zip(&self.problem.most).map(|(g, m)| g.min(*m));
        match self.goal {
            Goal::Smallest { .. } => {
                let mut least = f64::INFINITY;
                for (g, per) in capped.zip(&self.per) {
                    if *per > 0.0 {
                        least = least.min(g * per);
                    } else if g < 0.0 {
                        least = least.min(g * 1e6);
                    }
                }
                least
            }
            Goal::Sum { factors, .. } => {
                let (mut lost, mut sum) = (0.0, 0.0);
                for (g, f) in capped.zip(factors) {
                    lost += g.min(0.0);
                    sum += g * f;
                }
                if lost < 0.0 { lost * 1e9 } else { sum }
            }
            Goal::Product => {
                let (mut lost, mut product) = (0.0, 1.0);
                for g in capped {
                    lost += g.min(0.0);
                    product *= g.max(0.0);
                }
                if lost < 0.0 { lost } else { product }
            }
        }
    }
}

/// For every issue the value with the largest weighted worth.
pub(super) fn greedy(problem: &Problem, weights: &[f64]) -> Vec<usize> {
    let n = problem.parties.max(1);
    let best = |worth: &[f64]| {
        let all = worth.chunks_exact(n).map(|w| dot(w, weights)).enumerate();
        all.fold((0, f64::NEG_INFINITY), |best, here| if here.1 > best.1 { here } else { best }).0
    };
    problem.issues.iter().map(|i| best(&i.worth)).collect()
}

/// Exchanges values on one issue while that helps, then on two.
pub(super) fn improve(problem: &Problem, goal: &Goal, choice: &mut [usize], pairs: bool) {
    let score = Score::new(problem, goal);
    let mut gains = problem.rough(choice);
    let mut now = score.of(&gains);
    for _ in 0..200 {
        if single(&score, choice, &mut gains, &mut now) {
            continue;
        }
        if !pairs || !double(&score, choice, &mut gains, &mut now) {
            break;
        }
    }
}

/// The gains after the value of one issue has been exchanged.
fn exchanged(problem: &Problem, gains: &[f64], issue: usize, from: usize, to: usize, into: &mut Vec<f64>) {
    let n = problem.parties;
    into.clear();
    let worth = &problem.issues[issue].worth;
    let (old, new) = (&worth[from * n..(from + 1) * n], &worth[to * n..(to + 1) * n]);
    into.extend(gains.iter().zip(old.iter().zip(new)).map(|(g, (o, w))| g - o + w));
}

#[allow(clippy::needless_range_loop, reason = "the issue is exchanged while its position is known")]
fn single(score: &Score, choice: &mut [usize], gains: &mut Vec<f64>, now: &mut f64) -> bool {
    let problem = score.problem;
    let mut helped = false;
    let mut next = Vec::new();
    for issue in 0..choice.len() {
        for to in 0..problem.issues[issue].digits.len() {
            exchanged(problem, gains, issue, choice[issue], to, &mut next);
            let there = score.of(&next);
            if there > *now + 1e-13 * now.abs() {
                (*now, choice[issue], helped) = (there, to, true);
                std::mem::swap(gains, &mut next);
            }
        }
    }
    // Sums anew, so that errors do not add up.
    *gains = problem.rough(choice);
    helped
}

fn double(score: &Score, choice: &mut [usize], gains: &mut Vec<f64>, now: &mut f64) -> bool {
    let problem = score.problem;
    let (mut one, mut two) = (Vec::new(), Vec::new());
    let mut looked = 0;
    for a in 0..choice.len() {
        for to_a in 0..problem.issues[a].digits.len() {
            if to_a == choice[a] {
                continue;
            }
            exchanged(problem, gains, a, choice[a], to_a, &mut one);
            for b in a + 1..choice.len() {
                for to_b in 0..problem.issues[b].digits.len() {
                    exchanged(problem, &one, b, choice[b], to_b, &mut two);
                    if score.of(&two) > *now + 1e-13 * now.abs() {
                        (choice[a], choice[b]) = (to_a, to_b);
                        *gains = problem.rough(choice);
                        *now = score.of(gains);
                        return true;
                    }
                }
                looked += problem.issues[b].digits.len();
                if looked > MOST_PAIRS {
                    return false;
                }
            }
        }
    }
    false
}

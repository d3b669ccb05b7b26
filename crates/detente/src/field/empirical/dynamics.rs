//! Replicator dynamics: what does well grows.

use crate::field::statistics::rounded;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

/// Steps after which it is said that the field has not settled.
const MOST_STEPS: u64 = 5_000;
/// A field in which no share changes by more than this in a step stands still.
const STILL: f64 = 1e-10;
/// A field has settled when it stands still and no strategy does better in it by more than this, of the span of payoffs:
/// where what would grow is all but gone, a field stands still for long and moves on.
const CONTENT: f64 = 1e-6;
/// Shares below this are not named at the end.
const GONE: f64 = 1e-6;

/// Where the field goes when what does well grows.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Dynamics {
    /// The field at the start, at steps in between, and at the end.
    pub path: Vec<Step>,
    /// The shares at the end; those below a millionth are left out.
    pub shares: IndexMap<String, f64>,
    /// Whether it has settled: no share changed by more than 10⁻¹⁰ in the last step, and no strategy would do better in
    /// the field by more than a millionth of the span of payoffs.
    pub settled: bool,
    /// The most that a single strategy does better against the field at the end than the field does.
    pub regret: f64,
}

/// The field at a step.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Step {
    /// Steps so far.
    pub steps: u64,
    /// The share of each strategy, in the order of the game.
    pub shares: Vec<f64>,
}

/// Discrete replicator dynamics from equal shares (Taylor and Jonker 1978): with payoffs scaled to 0 to 1, each share is
/// multiplied by 1 more than what its strategy has against the field, and all are brought to add up to 1 again.
#[must_use]
pub fn replicator(names: &[String], payoffs: &[Vec<f64>]) -> Dynamics {
    let n = payoffs.len();
    let (low, high) =
        payoffs.iter().flatten().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), u| (l.min(*u), h.max(*u)));
    let span = if high > low { high - low } else { 1.0 };
    let scaled: Vec<Vec<f64>> = payoffs.iter().map(|row| row.iter().map(|u| (u - low) / span).collect()).collect();
    let mut shares = vec![1.0 / n.max(1) as f64; n];
    let mut path = vec![Step { steps: 0, shares: shares.clone() }];
    let mut settled = n < 2;
    let mut steps = 0;
    while !settled && steps < MOST_STEPS {
        steps += 1;
        let worth = against(&scaled, &shares);
        let grown: Vec<f64> = shares.iter().zip(&worth).map(|(x, u)| x * (1.0 + u)).collect();
        let all: f64 = grown.iter().sum();
        let mean: f64 = worth.iter().zip(&shares).map(|(u, x)| u * x).sum();
        settled = worth.iter().all(|u| u - mean <= CONTENT);
        for (share, grown) in shares.iter_mut().zip(grown) {
            let next = grown / all;
            settled &= (next - *share).abs() <= STILL;
            *share = next;
        }
        // 1, 2, 5, 10, 20, 50, …
        let lead = 10_u64.pow(steps.ilog10());
        if settled || steps == MOST_STEPS || [1, 2, 5].iter().any(|times| steps == times * lead) {
            path.push(Step { steps, shares: shares.iter().map(|x| rounded(*x)).collect() });
        }
    }
    let worth = against(payoffs, &shares);
    let mean: f64 = worth.iter().zip(&shares).map(|(u, x)| u * x).sum();
    let best = worth.iter().fold(f64::NEG_INFINITY, |best, u| best.max(*u));
    let named = names.iter().cloned().zip(shares.iter().copied());
    Dynamics {
        path,
        shares: named.filter(|(_, x)| *x >= GONE).map(|(name, x)| (name, rounded(x))).collect(),
        settled,
        regret: rounded((best - mean).max(0.0)),
    }
}

/// What each strategy has against a field.
fn against(payoffs: &[Vec<f64>], shares: &[f64]) -> Vec<f64> {
    payoffs.iter().map(|row| row.iter().zip(shares).map(|(u, x)| u * x).sum()).collect()
}

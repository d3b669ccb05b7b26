//! The game of choosing a strategy: what each has against each, and where choosing comes to rest.
//!
//! Two players choose a strategy each from the field; the payoff is the mean over roles, scenarios and openings. The game
//! is symmetric: nobody knows beforehand which role it will have (Walsh, Das, Tesauro and Kephart 2002; Wellman 2006).
//! Payoffs are compared in whole numbers, so that best replies and equilibria are exact for the means as they are; the
//! means themselves are of the sessions played.

mod dynamics;
mod equilibria;

pub use dynamics::{Dynamics, Step, replicator};
pub use equilibria::{is_equilibrium, symmetric_equilibria};

use super::summary::{COMPARED, Payoff};
use super::{Measure, Ready, Summary};
use crate::field::statistics::rounded;
use indexmap::IndexMap;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};
use schemars::JsonSchema;
use serde::Serialize;

/// More strategies than this make no game: there is a table to read for those who want to.
const MOST: usize = 64;

/// The game of choosing a strategy.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Game {
    /// What is paid.
    pub measure: Measure,
    /// The strategies, in the order of the plan.
    pub strategies: Vec<String>,
    /// What the strategy of the row has against that of the column.
    pub payoffs: Vec<Vec<f64>>,
    /// For each strategy: those that do best against it.
    pub best_replies: IndexMap<String, Vec<String>>,
    /// Pairs of strategies, each a best reply to the other; a strategy with itself where it is a best reply to itself.
    pub pure: Vec<[String; 2]>,
    /// Symmetric equilibria found: mixes against which no strategy does better than the mix does. There is always one;
    /// not all that exist need be among them.
    pub equilibria: Vec<Mix>,
    /// Where the field goes that starts with equal shares and in which what does well grows.
    pub replicator: Dynamics,
}

/// Shares of strategies.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Mix {
    /// The strategies that have a share, and how much; shares add up to 1.
    pub shares: IndexMap<String, f64>,
    /// What the mix has against itself.
    pub value: f64,
    /// The most that a single strategy does better against the mix than the mix itself.
    pub regret: f64,
}

/// The game that a summary makes, by one of the compared measures.
///
/// # Errors
/// Why there is none.
pub(super) fn game(ready: &Ready, summary: &Summary, measure: Measure) -> Result<Game, String> {
    let names = ready.names();
    let n = names.len();
    if n < 2 {
        return Err("A game needs two strategies to choose from.".to_string());
    }
    if n > MOST {
        return Err(format!("With more than {MOST} strategies no game is made."));
    }
    let at = COMPARED.iter().position(|one| *one == measure).unwrap_or(0);
    let cell =
        |i: usize, j: usize| summary.payoffs[0].get(i * n + j).and_then(|p| p.get(at)).copied().unwrap_or_default();
    let all = || (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
    if all().all(|(i, j)| cell(i, j).count == 0) {
        return Err("The game is made of sessions between two parties, and there are none.".to_string());
    }
    if (0..n).all(|i| cell(i, i).count == 0) {
        return Err("Without self-play it is not known what a strategy has against itself.".to_string());
    }
    if all().any(|(i, j)| cell(i, j).count == 0) {
        return Err("Not every two strategies have met.".to_string());
    }
    // Over one denominator, so that payoffs are whole numbers.
    let common = all().fold(BigInt::one(), |common, (i, j)| common.lcm(&BigInt::from(cell(i, j).count)));
    let whole = |Payoff { count, sum }: Payoff| BigInt::from(sum.0) * (&common / BigInt::from(count));
    let payoffs: Vec<Vec<BigInt>> = (0..n).map(|i| (0..n).map(|j| whole(cell(i, j))).collect()).collect();
    let unit = common.to_f64().unwrap_or(f64::MAX) * ready.scale() as f64;
    Ok(of(names, &payoffs, unit, measure))
}

/// The game of whole payoffs, `unit` of them being 1.
fn of(names: &[String], payoffs: &[Vec<BigInt>], unit: f64, measure: Measure) -> Game {
    let name = |at: usize| names.get(at).cloned().unwrap_or_default();
    let real = |value: &BigInt| value.to_f64().unwrap_or(f64::NAN) / unit;
    let replies = best_replies(payoffs);
    let mut pure = Vec::new();
    for (j, best) in replies.iter().enumerate() {
        for i in best.iter().filter(|i| **i <= j && replies.get(**i).is_some_and(|back| back.contains(&j))) {
            pure.push([name(*i), name(j)]);
        }
    }
    let equilibria = symmetric_equilibria(payoffs).into_iter().map(|shares| {
        let total: BigInt = shares.iter().sum();
        let total = if total.is_zero() { BigInt::one() } else { total };
        // Twice over the total: the mix against the mix.
        let value: BigInt = (shares.iter().zip(payoffs))
            .map(|(x, row)| x * shares.iter().zip(row).map(|(y, u)| y * u).sum::<BigInt>())
            .sum();
        let total_real = total.to_f64().unwrap_or(f64::MAX);
        let share = |x: &BigInt| num_rational::Ratio::new(x.clone(), total.clone()).to_f64().unwrap_or(0.0);
        Mix {
            shares: shares
                .iter()
                .enumerate()
                .filter(|(_, x)| !x.is_zero())
                .map(|(i, x)| (name(i), rounded(share(x))))
                .collect(),
            value: rounded(num_rational::Ratio::new(value, &total * &total).to_f64().unwrap_or(total_real) / unit),
            regret: 0.0,
        }
    });
    let reals: Vec<Vec<f64>> = payoffs.iter().map(|row| row.iter().map(real).collect()).collect();
    Game {
        measure,
        strategies: names.to_vec(),
        best_replies: replies
            .iter()
            .enumerate()
            .map(|(j, best)| (name(j), best.iter().map(|i| name(*i)).collect()))
            .collect(),
        pure,
        equilibria: equilibria.collect(),
        replicator: replicator(names, &reals),
        payoffs: reals.into_iter().map(|row| row.into_iter().map(rounded).collect()).collect(),
    }
}

/// For each column, the rows with the largest payoff.
#[must_use]
pub fn best_replies(payoffs: &[Vec<BigInt>]) -> Vec<Vec<usize>> {
    let column = |j: usize| {
        let best = payoffs.iter().filter_map(|row| row.get(j)).max();
        (0..payoffs.len()).filter(|i| payoffs[*i].get(j) == best).collect()
    };
    (0..payoffs.len()).map(column).collect()
}

#[cfg(test)]
mod tests;

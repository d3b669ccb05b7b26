//! Frontiers by branch and bound, where terms tie so many issues together that elimination cannot be afforded.
//!
//! An issue is given one value after the other until what is left can be eliminated (cutset conditioning: Dechter
//! 1990). A node is left out when no outcome in it can be efficient beside the points found so far, judged by
//! upper bounds of every party's utility and, for two parties, of weighted sums (Sourd & Spanjaard 2008).

mod archive;
mod bound;
mod climb;
mod search;
#[cfg(test)]
mod tests;

use super::linked::problem::Problem;
use super::linked::{LARGEST, MOST_PARTIES, finding, for_parties, magnitude, reduced};
use super::number::Whole;
use super::{Exactness, Finding, Frontier, Limits, Made};
use crate::game::Scenario;
use search::{LEAF, Search};

/// The frontier of any scenario: exact unless the steps run out, and then with a proven bound on what is missing.
pub(crate) fn frontier(scenario: &Scenario, limits: Limits) -> Finding<Frontier> {
    let refused = |limit: String| {
        let exactness = Exactness::CutOff { limit };
        let made = Made { method: "nothing was searched".to_string(), exactness, limits: Vec::new(), seed: None };
        Finding { answer: Frontier::default(), made }
    };
    if scenario.parties.len() > MOST_PARTIES {
        return refused(format!("{MOST_PARTIES} parties"));
    }
    if magnitude(scenario) > LARGEST {
        return refused("utilities beyond 124 bits".to_string());
    }
    for_parties!(scenario, solve, scenario, limits, LEAF)
}

fn solve<T: Whole, const N: usize>(scenario: &Scenario, limits: Limits, leaf: u64) -> Finding<Frontier> {
    let mut problem = Problem::<T, N>::of(scenario);
    problem.reduce();
    let method = reduced(scenario, &problem);
    let mut search = Search::new(&problem, limits, leaf);
    let stopped = search.run(problem);
    let method = format!(
        "{method}; branch and bound: {} nodes, {} of them finished by taking the issues left out one by one",
        search.nodes, search.leaves
    );
    let cut = stopped.map(|limit| {
        let units = scenario.parties.iter().map(|p| p.utility.unit.max(1) as f64);
        (limit, search.missing(&units.collect::<Vec<f64>>()))
    });
    let mut finding = finding(scenario, search.archive.into_found(), method, limits);
    if let Some((limit, missing)) = cut {
        let slack = super::linked::slack(scenario);
        finding.made.exactness = match missing {
            Some(most) if most + slack < 1.0 => Exactness::Within(most + slack),
            _ => Exactness::CutOff { limit: limit.clone() },
        };
        let bound = missing.map_or("no bound on what is missing".to_string(), |most| {
            format!("no outcome is better for everybody than a point found by more than {:.6}", most + slack)
        });
        finding.made.limits.push(format!("stopped: {limit}; {bound}"));
    }
    finding
}

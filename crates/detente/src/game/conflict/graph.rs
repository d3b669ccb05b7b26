//! A conflict in general form: states by number, and the moves of each decision maker written out.

use super::{Conflict, Order, Preference};
use crate::game::{Formula, Outcome};
use std::collections::{BTreeMap, BTreeSet};

/// A conflict in general form: any directed graph per decision maker, which need not be transitive (Kilgour, Hipel
/// and Fang 1987).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Graph {
    /// The names of the states.
    pub states: Vec<String>,
    /// The decision makers.
    pub makers: Vec<GraphMaker>,
    /// Moves that several decision makers make together, by consent.
    pub joint: Vec<Joint>,
}

/// A decision maker of a [`Graph`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GraphMaker {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// For each state, where the decision maker can move at once: sorted, without the state itself.
    pub moves: Vec<Vec<u32>>,
    /// How it compares states.
    pub order: Order,
}

/// Moves that need the consent of several decision makers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Joint {
    /// Who has to agree, in increasing order; at least two.
    pub holders: Vec<usize>,
    /// For each state, where they can move together: sorted, without the state itself.
    pub moves: Vec<Vec<u32>>,
}

impl Graph {
    /// Writes an option form out, up to `most` outcomes of its space (feasible or not). Gives the graph, and the
    /// outcome of each state in increasing order of its number. `None` when there are more.
    ///
    /// Joint issues move by consent of their holders, and with them the issues that any of the holders holds alone do
    /// not: a change by consent is a change of joint issues of the same holders only.
    #[must_use]
    pub fn of(conflict: &Conflict, most: u64) -> Option<(Graph, Vec<Outcome>)> {
        let count = conflict.space.small_count().filter(|count| *count <= most)?;
        let outcomes: Vec<Outcome> =
            (0..count).map(|at| conflict.outcome(at)).filter(|state| conflict.feasible(state)).collect();
        let position: BTreeMap<&Outcome, u32> = outcomes.iter().zip(0u32..).collect();
        let reach = |issues: &[usize], sees: &dyn Fn(&Outcome) -> bool| -> Vec<Vec<u32>> {
            let from = |state: &Outcome| {
                if !sees(state) {
                    return Vec::new();
                }
                let mut to: Vec<u32> = changes(conflict, issues, state)
                    .into_iter()
                    .filter(|next| next != state && sees(next))
                    .filter_map(|next| position.get(&next).copied())
                    .collect();
                to.sort_unstable();
                to
            };
            outcomes.iter().map(from).collect()
        };
        let maker = |at: usize, maker: &super::Maker| {
            let own: Vec<usize> = conflict.own(at).collect();
            GraphMaker {
                id: maker.id.clone(),
                name: maker.name.clone(),
                moves: reach(&own, &|state| conflict.sees(at, state)),
                order: order(maker, &outcomes),
            }
        };
        let makers = conflict.makers.iter().enumerate().map(|(at, m)| maker(at, m)).collect();
        let groups: BTreeSet<&Vec<usize>> =
            conflict.control.iter().map(|c| &c.holders).filter(|holders| holders.len() > 1).collect();
        let joint = groups.into_iter().map(|holders| {
            let issues: Vec<usize> = (0..conflict.control.len())
                .filter(|at| conflict.control.get(*at).is_some_and(|c| c.holders == *holders))
                .collect();
            let sees = |state: &Outcome| holders.iter().all(|h| conflict.sees(*h, state));
            Joint { holders: holders.clone(), moves: reach(&issues, &sees) }
        });
        let joint = joint.collect();
        let states = outcomes.iter().map(|o| label(conflict, o)).collect();
        Some((Graph { states, makers, joint }, outcomes))
    }
}

impl Graph {
    /// The same graph where each decision maker has another preference over the outcomes that its states are, with
    /// neither strength nor pairs unknown. Decision makers without one keep theirs.
    #[must_use]
    pub fn preferring(&self, preferences: &[Preference], outcomes: &[Outcome]) -> Graph {
        let mut graph = self.clone();
        for (maker, preference) in graph.makers.iter_mut().zip(preferences) {
            let scores: Vec<i128> = outcomes.iter().map(|state| preference.score(state)).collect();
            maker.order = Order::of(dense(&scores));
        }
        graph
    }
}

/// A state in the code of the field: Y and N where an issue has two values, else the value; the first issue first.
fn label(conflict: &Conflict, state: &Outcome) -> String {
    let part = |(issue, digit): (&crate::game::Issue, &u16)| match issue.values.len() {
        2 => if *digit == 0 { "N" } else { "Y" }.to_string(),
        _ => format!("({})", issue.values.get(usize::from(*digit)).map_or("", |v| v.id.as_str())),
    };
    conflict.space.issues.iter().zip(state.digits()).map(part).collect()
}

/// All outcomes that differ from `state` on these issues only, each changed as its moves allow; `state` among them.
fn changes(conflict: &Conflict, issues: &[usize], state: &Outcome) -> Vec<Outcome> {
    let mut found = vec![state.clone()];
    for issue in issues {
        let (Some(control), Some(values)) = (conflict.control.get(*issue), conflict.space.issues.get(*issue)) else {
            continue;
        };
        let from = state.digit(*issue);
        let to =
            (0..values.values.len()).filter_map(|d| u16::try_from(d).ok()).filter(|d| control.moves.allow(from, *d));
        let further: Vec<Outcome> = to.flat_map(|d| found.iter().map(move |s| s.with(*issue, d))).collect();
        found.extend(further);
    }
    found
}

/// Ranks from 0 in the order of what is ranked; the same for equals.
fn dense(of: &[i128]) -> Vec<u32> {
    let mut all = of.to_vec();
    all.sort_unstable();
    all.dedup();
    of.iter().map(|x| u32::try_from(all.partition_point(|y| y < x)).unwrap_or(u32::MAX)).collect()
}

/// The order of a decision maker over listed states.
fn order(maker: &super::Maker, states: &[Outcome]) -> Order {
    let scores: Vec<i128> = states.iter().map(|s| maker.preference.score(s)).collect();
    let levels: Vec<i128> = scores.iter().map(|score| maker.strength.level(&maker.preference, *score)).collect();
    let meets = |formula: &Formula| -> Vec<u32> {
        states.iter().zip(0u32..).filter(|(s, _)| formula.holds(s)).map(|(_, at)| at).collect()
    };
    let mut unknown = BTreeSet::new();
    for (one, other) in &maker.unknown {
        let (one, other) = (meets(one), meets(other));
        for a in &one {
            unknown.extend(other.iter().filter(|b| *b != a).map(|b| (*a.min(b), *a.max(b))));
        }
    }
    let level = if levels.iter().all(|level| *level == levels.first().copied().unwrap_or(0)) {
        Vec::new()
    } else {
        dense(&levels)
    };
    Order { rank: dense(&scores), level, unknown }
}

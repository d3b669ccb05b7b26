//! The definitions as they are written, over a graph of states: small, knows every concept, and judges the others.
//!
//! [`Literal`] holds a conflict with its states listed. Where a group can get to by moving in turns is worked out as
//! Fang, Hipel and Kilgour (*Interactive Decision Making*, 1993) define it, for any moves, transitive or not:
//! nobody moves twice in a row, and anybody may move again after another has.
//!
//! A move by consent ([`Joint`]) belongs to a group that all its holders belong to. It is a move of the set of its
//! holders: that set does not move twice in a row, while each of the holders may move alone before and after it. It is an
//! improvement when all its holders prefer where it leads. It is never a move of one of them, so it is no improvement in
//! the sense of the concepts for one decision maker.
//!
//! [`Concept`] goes by the ranks of an order; pairs of which the preference is not known are looked at by the
//! extensions under unknown preference only.

mod bits;
mod coalition;
mod foresight;
mod merged;
mod reach;
mod response;
mod rule;
mod simultaneous;
mod strength;
mod unknown;
mod verdict;
mod why;

pub use rule::{Extension, Rule, Unanswered};

use super::sequence::{Arcs, Kind};
use super::{Ask, Concept, Found, Solution, State};
use crate::game::Outcome;
use crate::game::conflict::{Conflict, Graph, Joint, Order};
use num_bigint::BigUint;
use reach::Reach;
use response::Responses;
use std::collections::BTreeMap;
use verdict::Verdict;

/// A conflict with its states listed, of which stability is asked by definition.
///
/// ```
/// use detente::analysis::stability::{Concept, Literal};
/// use detente::game::conflict::{Graph, GraphMaker, Order};
/// // The prisoner's dilemma: state 0 nobody cooperates, 1 the first does, 2 the second does, 3 both do.
/// let maker = |moves: [u32; 4], rank: [u32; 4]| GraphMaker {
///     moves: moves.iter().map(|to| vec![*to]).collect(),
///     order: Order::of(rank.to_vec()),
///     ..GraphMaker::default()
/// };
/// let graph = Graph {
///     states: ["NN", "YN", "NY", "YY"].map(String::from).to_vec(),
///     makers: vec![maker([1, 0, 3, 2], [1, 0, 3, 2]), maker([2, 3, 0, 1], [1, 3, 0, 2])],
///     joint: Vec::new(),
/// };
/// let literal = Literal::over(graph).unwrap();
/// assert_eq!(literal.equilibria(Concept::Nash), [true, false, false, false]);
/// assert_eq!(literal.equilibria(Concept::Seq), [true, false, false, true]);
/// ```
#[derive(Debug)]
pub struct Literal {
    graph: Graph,
    outcomes: Vec<Outcome>,
    /// The conflict that the graph comes from, when it comes from one.
    conflict: Option<Conflict>,
    responses: Responses,
}

/// Stable states and equilibria of a conflict in option form by definition; `None` when its space has more than `most`
/// outcomes, or [`Literal::of`] gives nothing for it.
#[must_use]
pub fn solve(conflict: &Conflict, ask: &Ask, most: u64) -> Option<Solution> {
    Some(Literal::of(conflict, most)?.solve(ask))
}

impl Literal {
    /// The most states that are listed. Of many decision makers (dozens) fewer: where they can get to has to fit half a
    /// gigabyte.
    pub const MOST_STATES: usize = 1 << 13;

    /// Lists the states of an option form. `None` when its space has more than `most` outcomes, or too many states are
    /// feasible ([`Literal::MOST_STATES`]).
    #[must_use]
    pub fn of(conflict: &Conflict, most: u64) -> Option<Literal> {
        let (graph, outcomes) = Graph::of(conflict, most)?;
        Literal::with(graph, outcomes, Some(conflict.clone()))
    }

    /// Takes a graph as it is; its states are the outcomes of one issue that has a value for each of them. Moves to
    /// states that are not there, and from a state to itself, count for nothing; states without a rank have rank 0.
    /// `None` when there are too many states ([`Literal::MOST_STATES`]).
    #[must_use]
    pub fn over(graph: Graph) -> Option<Literal> {
        let outcomes = (0u16..=u16::MAX).take(graph.states.len()).map(|at| Outcome::new([at])).collect();
        Literal::with(graph, outcomes, None)
    }

    fn with(mut graph: Graph, outcomes: Vec<Outcome>, conflict: Option<Conflict>) -> Option<Literal> {
        let states = outcomes.len();
        if graph.states.len() > Self::MOST_STATES || !Reach::fits(states, graph.makers.len() + graph.joint.len()) {
            return None;
        }
        for maker in &mut graph.makers {
            tidy(&mut maker.moves, states);
            maker.order.rank.resize(states, 0);
            if !maker.order.level.is_empty() {
                maker.order.level.resize(states, 0);
            }
        }
        graph.joint = joint(std::mem::take(&mut graph.joint), graph.makers.len(), states);
        let responses = Responses::new(graph.makers.len());
        Some(Literal { graph, outcomes, conflict, responses })
    }

    /// The graph that is studied.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The states, in increasing order of their number.
    #[must_use]
    pub fn states(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// The position of a state; `None` where the outcome is not one.
    #[must_use]
    pub fn position(&self, state: &Outcome) -> Option<usize> {
        match &self.conflict {
            // Listed with the first issue fastest.
            Some(_) => {
                self.outcomes.binary_search_by(|o| o.digits().iter().rev().cmp(state.digits().iter().rev())).ok()
            }
            None => self.outcomes.binary_search(state).ok(),
        }
    }

    /// For each state, whether it is stable for a decision maker by a concept. Empty for one that is not there.
    #[must_use]
    pub fn stable(&self, maker: usize, concept: Concept) -> Vec<bool> {
        let Some(it) = self.graph.makers.get(maker) else { return Vec::new() };
        let rank = |state: usize| rank(&it.order, state);
        let verdict = Verdict {
            moves: &it.moves,
            spread: None,
            responses: self.responses_to(maker, concept),
            improves: |from, to| rank(to) > rank(from),
            sanctions: |from, to| rank(to) <= rank(from),
            class: |state| u64::from(rank(state)),
            symmetric: concept.symmetric(),
        };
        verdict.stable()
    }

    /// For each state, whether it is stable for all decision makers by a concept.
    #[must_use]
    pub fn equilibria(&self, concept: Concept) -> Vec<bool> {
        self.all((0..self.graph.makers.len()).map(|maker| self.stable(maker, concept)))
    }

    /// Answers a question.
    #[must_use]
    pub fn solve(&self, ask: &Ask) -> Solution {
        let stable: Vec<BTreeMap<Concept, Vec<bool>>> = (0..self.graph.makers.len())
            .map(|maker| ask.concepts.iter().map(|concept| (*concept, self.stable(maker, *concept))).collect())
            .collect();
        let found = |all: &Vec<bool>| self.found(all, ask.listed);
        let equilibria = ask.concepts.iter().map(|concept| {
            let all = self.all(stable.iter().filter_map(|of| of.get(concept).cloned()));
            (*concept, found(&all))
        });
        let equilibria = equilibria.collect();
        let stable = stable.iter().map(|of| of.iter().map(|(concept, all)| (*concept, found(all))).collect()).collect();
        Solution { feasible: BigUint::from(self.outcomes.len()), stable, equilibria }
    }

    /// The states that are marked: how many, and the first `listed` of them.
    #[must_use]
    pub fn found(&self, marked: &[bool], listed: usize) -> Found {
        let states = self.outcomes.iter().zip(1u64..).zip(marked).filter(|(_, marked)| **marked);
        let count = BigUint::from(states.clone().count());
        let state = |((outcome, ordinal), _): ((&Outcome, u64), _)| State {
            outcome: outcome.clone(),
            ordinal: Some(BigUint::from(ordinal)),
        };
        Found { count, states: states.take(listed).map(state).collect() }
    }

    /// The states that all of the lists mark.
    fn all(&self, lists: impl Iterator<Item = Vec<bool>>) -> Vec<bool> {
        let mut all = vec![true; self.outcomes.len()];
        for list in lists {
            all.iter_mut().zip(list).for_each(|(a, b)| *a &= b);
        }
        all
    }

    fn responses_to(&self, maker: usize, concept: Concept) -> Option<&Reach> {
        match concept {
            Concept::Nash => None,
            _ if concept.credible() => self.responses.to(&self.graph, maker, Kind::Gain),
            _ => self.responses.to(&self.graph, maker, Kind::Any),
        }
    }
}

fn rank(order: &Order, state: usize) -> u32 {
    order.rank.get(state).copied().unwrap_or(0)
}

/// Moves for each state, sorted, each once, to other states that are there.
fn tidy(moves: &mut Arcs, states: usize) {
    moves.resize(states, Vec::new());
    for (from, to) in moves.iter_mut().enumerate() {
        to.retain(|to| *to as usize != from && (*to as usize) < states);
        to.sort_unstable();
        to.dedup();
    }
}

/// Moves by consent, those of the same holders together.
fn joint(given: Vec<Joint>, makers: usize, states: usize) -> Vec<Joint> {
    let mut all: BTreeMap<Vec<usize>, Arcs> = BTreeMap::new();
    for Joint { mut holders, moves } in given {
        holders.sort_unstable();
        holders.dedup();
        if holders.is_empty() || holders.iter().any(|h| *h >= makers) {
            continue;
        }
        let together = all.entry(holders).or_insert_with(|| vec![Vec::new(); states]);
        together.iter_mut().zip(moves).for_each(|(all, more)| all.extend(more));
    }
    let tidied = all.into_iter().map(|(holders, mut moves)| {
        tidy(&mut moves, states);
        Joint { holders, moves }
    });
    tidied.collect()
}

#[cfg(test)]
mod tests;

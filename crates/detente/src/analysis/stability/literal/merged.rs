//! Coalitions as GMCR+ has them: their members become one decision maker.

use super::reach::Reach;
use super::response::{others, reach};
use super::rule::Unanswered;
use super::verdict::Verdict;
use super::{Literal, joint, rank};
use crate::analysis::stability::Concept;
use crate::analysis::stability::sequence::{Arcs, Kind, movers};
use crate::game::Formula;
use crate::game::conflict::{Conflict, Graph, GraphMaker, Joint, Maker, Preference, Strength};

impl Literal {
    /// For each group, and each state, whether the state is stable when every group moves as one decision maker: it holds
    /// what its members hold (in a graph: goes where they can get to in turns), improves when all members gain, and is
    /// deterred by an answer when some member does not gain.
    ///
    /// This is what GMCR+ and gmcr-py call a coalition. Members lose the moves that only they gain by, so that a state can
    /// become stable merely because somebody is in a group; [`Literal::coalition`] adds moves instead. Here for comparison.
    ///
    /// # Errors
    ///
    /// When the groups do not hold every decision maker once.
    pub fn merged(&self, groups: &[Vec<usize>], concept: Concept) -> Result<Vec<Vec<bool>>, Unanswered> {
        let mut named: Vec<usize> = groups.iter().flatten().copied().collect();
        named.sort_unstable();
        if groups.iter().any(Vec::is_empty) || !named.iter().copied().eq(0..self.graph.makers.len()) {
            return Err(Unanswered::NoPartition);
        }
        let graph = match &self.conflict {
            Some(conflict) => Graph::of(&regrouped(conflict, groups), u64::MAX).ok_or(Unanswered::TooMuch)?.0,
            None => self.grouped(groups)?,
        };
        (0..groups.len()).map(|group| self.merged_for(&graph, groups, group, concept)).collect()
    }

    fn gains(&self, members: &[usize], from: usize, to: usize) -> bool {
        members.iter().all(|m| {
            let order = self.graph.makers.get(*m).map(|it| &it.order);
            order.is_some_and(|order| rank(order, to) > rank(order, from))
        })
    }

    fn merged_for(
        &self,
        graph: &Graph,
        groups: &[Vec<usize>],
        group: usize,
        concept: Concept,
    ) -> Result<Vec<bool>, Unanswered> {
        let (Some(members), Some(it)) = (groups.get(group), graph.makers.get(group)) else {
            return Err(Unanswered::NoPartition);
        };
        let states = self.outcomes.len();
        let against = movers(graph, &others(graph, &[group]), Kind::Any).into_iter().map(|mover| {
            let counts = |from: usize, to: u32| {
                let all = mover.holders.iter().filter_map(|h| groups.get(*h));
                !concept.credible() || all.into_iter().all(|members| self.gains(members, from, to as usize))
            };
            let rows = mover.arcs.iter().enumerate();
            rows.map(|(from, to)| to.iter().copied().filter(|to| counts(from, *to)).collect()).collect()
        });
        let against: Vec<Arcs> = against.collect();
        let responses = match concept {
            Concept::Nash => None,
            _ => Some(Reach::of(states, &against).ok_or(Unanswered::TooMuch)?),
        };
        let verdict = Verdict {
            moves: &it.moves,
            spread: None,
            responses: responses.as_ref(),
            improves: |from, to| self.gains(members, from, to),
            sanctions: |from, to| !self.gains(members, from, to),
            class: |state| state as u64,
            symmetric: concept.symmetric(),
        };
        Ok(verdict.stable())
    }

    /// The graph with groups as its decision makers; their orders are not used.
    fn grouped(&self, groups: &[Vec<usize>]) -> Result<Graph, Unanswered> {
        let maker = |members: &Vec<usize>| {
            let moves = reach(&self.graph, members, Kind::Any).ok_or(Unanswered::TooMuch)?.arcs();
            Ok(GraphMaker { moves, ..GraphMaker::default() })
        };
        let makers = groups.iter().map(maker).collect::<Result<Vec<_>, _>>()?;
        let lifted =
            self.graph.joint.iter().map(|j| Joint { holders: lift(&j.holders, groups), moves: j.moves.clone() });
        let between = lifted.filter(|j| j.holders.len() > 1).collect();
        let joint = joint(between, groups.len(), self.outcomes.len());
        Ok(Graph { states: self.graph.states.clone(), makers, joint })
    }
}

/// The groups that some decision makers are in.
fn lift(holders: &[usize], groups: &[Vec<usize>]) -> Vec<usize> {
    (0..groups.len()).filter(|at| groups.get(*at).is_some_and(|g| g.iter().any(|m| holders.contains(m)))).collect()
}

/// The conflict with groups as its decision makers, who see what all their members see and prefer nothing.
fn regrouped(conflict: &Conflict, groups: &[Vec<usize>]) -> Conflict {
    let mut all = conflict.clone();
    for control in &mut all.control {
        control.holders = lift(&control.holders, groups);
    }
    let maker = |members: &Vec<usize>| {
        let unseen: Vec<Formula> =
            members.iter().filter_map(|m| conflict.makers.get(*m).and_then(|m| m.unseen.clone())).collect();
        Maker {
            id: String::new(),
            name: String::new(),
            preference: Preference::Statements(Vec::new()),
            strength: Strength::None,
            unknown: Vec::new(),
            unseen: (!unseen.is_empty()).then_some(Formula::Or(unseen)),
        }
    };
    all.makers = groups.iter().map(maker).collect();
    all
}

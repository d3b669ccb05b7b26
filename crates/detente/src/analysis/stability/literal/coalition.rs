//! Stability against coalitions, whose moves are added to those that each can make alone.

use super::reach::Reach;
use super::response::{others, reach};
use super::rule::Unanswered;
use super::verdict::Verdict;
use super::{Literal, rank};
use crate::analysis::stability::Concept;
use crate::analysis::stability::sequence::{Arcs, Kind};
use std::collections::BTreeMap;

impl Literal {
    /// The most decision makers of which all coalitions are looked at.
    pub const MOST_IN_COALITIONS: usize = 6;

    /// For each state, whether it is stable for a coalition by a concept: CNash, CGMR, CSMR, CSEQ (Kilgour, Hipel, Fang
    /// and Peng 2001; Inohara and Hipel 2008), and CSSEQ by the same pattern.
    ///
    /// A coalition improves where all members prefer what it reaches by their moves in turns. An answer is a sanction
    /// when some member does not prefer it to the first state; it holds against further moves of the coalition when
    /// each leads to such a state too. A credible answer is a sequence of improvements of coalitions of the others
    /// (one alone is a coalition), the same one not twice in a row.
    ///
    /// # Errors
    ///
    /// When a member is not there, or there are too many decision makers.
    pub fn coalition(&self, members: &[usize], concept: Concept) -> Result<Vec<bool>, Unanswered> {
        let mut members = members.to_vec();
        members.sort_unstable();
        members.dedup();
        if members.is_empty() || members.iter().any(|m| *m >= self.graph.makers.len()) {
            return Err(Unanswered::NoMaker);
        }
        Coalitions::of(self)?.stable(&members, concept)
    }

    /// Stable for every coalition that a decision maker is a member of; for all coalitions when none is named.
    pub(super) fn against_coalitions(&self, maker: Option<usize>, concept: Concept) -> Result<Vec<bool>, Unanswered> {
        let mut coalitions = Coalitions::of(self)?;
        let everybody: Vec<usize> = (0..self.graph.makers.len()).collect();
        let mut all = vec![true; self.outcomes.len()];
        for members in subsets(&everybody) {
            if maker.is_none_or(|maker| members.contains(&maker)) {
                let stable = coalitions.stable(&members, concept)?;
                all.iter_mut().zip(stable).for_each(|(a, b)| *a &= b);
            }
        }
        Ok(all)
    }
}

/// All groups of some of these, in the order of binary numbers.
pub(super) fn subsets(of: &[usize]) -> impl Iterator<Item = Vec<usize>> + '_ {
    let bit = |mask: u64, at: usize| mask >> at & 1 == 1;
    (1..1u64 << of.len().min(63))
        .map(move |mask| of.iter().enumerate().filter(|(at, _)| bit(mask, *at)).map(|(_, member)| *member).collect())
}

/// The improvements of coalitions, worked out when first asked for.
struct Coalitions<'a> {
    literal: &'a Literal,
    improvements: BTreeMap<Vec<usize>, Arcs>,
    /// How many more improvements may be held.
    room: usize,
}

impl<'a> Coalitions<'a> {
    const MOST_ARCS: usize = 1 << 26;

    fn of(literal: &'a Literal) -> Result<Self, Unanswered> {
        if literal.graph.makers.len() > Literal::MOST_IN_COALITIONS {
            return Err(Unanswered::TooManyMakers);
        }
        Ok(Coalitions { literal, improvements: BTreeMap::new(), room: Self::MOST_ARCS })
    }

    /// Whether all members prefer a state to another.
    fn improves(&self, members: &[usize], from: usize, to: usize) -> bool {
        members.iter().all(|m| {
            let order = self.literal.graph.makers.get(*m).map(|it| &it.order);
            order.is_some_and(|order| rank(order, to) > rank(order, from))
        })
    }

    fn improvements(&mut self, members: &[usize]) -> Result<Arcs, Unanswered> {
        if let Some(known) = self.improvements.get(members) {
            return Ok(known.clone());
        }
        let reach = reach(&self.literal.graph, members, Kind::Any).ok_or(Unanswered::TooMuch)?;
        let mut arcs = Arcs::new();
        for from in 0..self.literal.outcomes.len() {
            let to = reach.from(from).into_iter().flat_map(|row| row.states());
            let to = to.filter(|to| self.improves(members, from, *to)).filter_map(|to| u32::try_from(to).ok());
            let to: Vec<u32> = to.collect();
            self.room = self.room.checked_sub(to.len()).ok_or(Unanswered::TooMuch)?;
            arcs.push(to);
        }
        self.improvements.insert(members.to_vec(), arcs.clone());
        Ok(arcs)
    }

    fn stable(&mut self, members: &[usize], concept: Concept) -> Result<Vec<bool>, Unanswered> {
        let graph = &self.literal.graph;
        let spread = reach(graph, members, Kind::Any).ok_or(Unanswered::TooMuch)?;
        let against = others(graph, members);
        let responses = match concept {
            Concept::Nash => None,
            _ if concept.credible() => {
                let movers: Result<Vec<Arcs>, _> = subsets(&against).map(|group| self.improvements(&group)).collect();
                Some(Reach::of(graph.states.len(), &movers?).ok_or(Unanswered::TooMuch)?)
            }
            _ => Some(reach(graph, &against, Kind::Any).ok_or(Unanswered::TooMuch)?),
        };
        let moves = self.improvements(members)?;
        let verdict = Verdict {
            moves: &moves,
            spread: Some(&spread),
            responses: responses.as_ref(),
            improves: |_, _| true,
            sanctions: |from, to| !self.improves(members, from, to),
            class: |state| state as u64,
            symmetric: concept.symmetric(),
        };
        Ok(verdict.stable())
    }
}

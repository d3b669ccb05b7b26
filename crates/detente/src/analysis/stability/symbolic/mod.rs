//! Stability over sets of states as decision diagrams: for spaces that no list of states could hold.
//!
//! The score of a decision maker is a row of sets, one per digit of it in binary. The most or the least of it that
//! somebody can move to is found digit by digit with one quantification each, whatever the number of states
//! (the file `fold`). Diagrams can still grow beyond any bound, by the conditions that have to be carried along side by side:
//! nodes and steps have a [`Budget`].

pub(super) mod concepts;
pub(super) mod diagram;
pub(super) mod fold;
pub(super) mod list;
pub(super) mod model;
mod order;
mod score;
pub(super) mod table;

use super::{Ask, Concept, Solution};
use crate::game::conflict::{Conflict, Fault};
use concepts::{Known, Secured};
use diagram::Set;
use model::Model;
use std::collections::BTreeMap;
use table::Full;

#[cfg(test)]
pub(super) mod tests;

/// What the symbolic engine may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Nodes of diagrams at a time, of 60 to 110 bytes each with all that belongs to them.
    pub nodes: usize,
    /// Steps of operations, of about a quarter of a microsecond each.
    pub steps: u64,
}

impl Default for Budget {
    /// Four million nodes and four hundred million steps: a quarter of a gigabyte, and one or two minutes.
    fn default() -> Self {
        Budget { nodes: 1 << 22, steps: 400_000_000 }
    }
}

/// Why the symbolic engine does not take a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The conflict has a fault.
    Faulty(Fault),
    /// Several decision makers move together in answer to another, and credible answers are asked for: whether such a
    /// move is an improvement is a question of several scores at once. Who moves together.
    JointAnswer(Vec<usize>),
    /// The space takes more than 4096 bits.
    TooManyBits,
}

/// Why the symbolic engine gives no answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Halt {
    /// The conflict is not one that it takes.
    Refused(Refusal),
    /// The budget was used up.
    Budget {
        /// Whether it was the nodes; else the steps.
        nodes: bool,
        /// What was being worked on; `None` while the conflict itself was being read.
        at: Option<(usize, Concept)>,
        /// What was found before: whole answers only.
        so_far: Box<Solution>,
    },
}

/// What an answer took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Effort {
    /// The most nodes in use at a time.
    pub nodes: usize,
    /// Steps of operations.
    pub steps: u64,
}

/// The stable states and equilibria of a conflict, by decision diagrams.
///
/// Exact, for spaces of any size; how far it gets depends on how the conditions of the conflict hang together. It
/// takes preferences of every form, limited moves, infeasible and unseen states, and joint moves (in answers by
/// [`Concept::Gmr`] and [`Concept::Smr`]). These concepts go by scores alone: strength and unknown preference make no
/// difference to them.
///
/// # Errors
/// When the conflict is refused ([`Refusal`]) or the budget used up, with what was found before.
///
/// ```
/// use detente::analysis::stability::symbolic::{Budget, solve};
/// use detente::analysis::stability::{Ask, Concept};
/// use detente::game::conflict::{Conflict, Control, Maker, Moves, Preference, Strength};
/// use detente::game::{Formula, Issue, Space};
/// use std::sync::Arc;
///
/// // The prisoner's dilemma with forty bystanders' options that nobody cares about: four equilibria become many.
/// let issues = (0..42).map(|at| Issue::named(&format!("o{at}"), &["n", "y"])).collect();
/// let prisoner = |id: usize| Maker {
///     id: format!("p{id}"),
///     name: String::new(),
///     preference: Preference::Statements(vec![
///         Formula::In(1 - id, vec![0]),
///         Formula::In(id, vec![1]),
///     ]),
///     strength: Strength::None,
///     unknown: Vec::new(),
///     unseen: None,
/// };
/// let conflict = Conflict {
///     space: Arc::new(Space { issues }),
///     makers: vec![prisoner(0), prisoner(1)],
///     control: (0..42).map(|at| Control { holders: vec![at % 2], moves: Moves::Free }).collect(),
///     rules: Vec::new(),
/// };
/// let solution = solve(&conflict, &Ask { listed: 2, ..Ask::default() }, Budget::default()).unwrap();
/// assert_eq!(solution.equilibria[&Concept::Nash].count, (1u64 << 40).into());
/// assert_eq!(solution.equilibria[&Concept::Seq].count, (1u64 << 41).into());
/// ```
pub fn solve(conflict: &Conflict, ask: &Ask, budget: Budget) -> Result<Solution, Halt> {
    solve_measured(conflict, ask, budget).map(|(solution, _)| solution)
}

/// As [`solve`], and what it took.
///
/// # Errors
/// As [`solve`].
pub fn solve_measured(conflict: &Conflict, ask: &Ask, budget: Budget) -> Result<(Solution, Effort), Halt> {
    let mut concepts = ask.concepts.clone();
    concepts.sort_unstable();
    concepts.dedup();
    let joint = conflict.control.iter().find(|c| c.holders.len() > 1 && c.holders.len() < conflict.makers.len());
    if let Some(joint) = joint
        && concepts.iter().any(|concept| concept.credible())
    {
        return Err(Halt::Refused(Refusal::JointAnswer(joint.holders.clone())));
    }
    let stop = |full: Full, at: Option<(usize, Concept)>, so_far: Solution| Halt::Budget {
        nodes: full == Full::Nodes,
        at,
        so_far: Box::new(so_far),
    };
    let model = Model::new(conflict, budget.nodes, budget.steps).map_err(Halt::Refused)?;
    let model = model.map_err(|full| stop(full, None, Solution::default()))?;
    let makers = conflict.makers.len();
    let mut work = Work { model, listed: ask.listed, makers: (0..makers).map(|_| Partial::default()).collect() };
    let feasible = work.model.feasible.clone();
    let mut solution = Solution {
        feasible: work.model.diagrams.count(&feasible),
        stable: vec![BTreeMap::new(); makers],
        equilibria: BTreeMap::new(),
    };
    for concept in concepts {
        let mut equilibria = feasible.clone();
        for maker in 0..makers {
            match work.stable(maker, concept, &mut equilibria) {
                Ok(found) => solution.stable[maker].insert(concept, found),
                Err(full) => return Err(stop(full, Some((maker, concept)), solution)),
            };
        }
        match list::found(&mut work.model, &equilibria, ask.listed) {
            Ok(found) => solution.equilibria.insert(concept, found),
            Err(full) => return Err(stop(full, Some((makers.saturating_sub(1), concept)), solution)),
        };
    }
    let diagrams = &work.model.diagrams;
    Ok((solution, Effort { nodes: diagrams.peak(), steps: budget.steps - diagrams.steps_left() }))
}

/// What was found for one decision maker, for concepts that build on others.
#[derive(Default)]
struct Partial {
    nash: Option<Secured>,
    general: Option<Secured>,
    symmetric: Option<Secured>,
    sequential: Option<Set>,
}

struct Work {
    model: Model,
    listed: usize,
    makers: Vec<Partial>,
}

impl Work {
    fn stable(&mut self, maker: usize, concept: Concept, equilibria: &mut Set) -> Result<super::Found, Full> {
        let set = self.set(maker, concept)?;
        *equilibria = self.model.diagrams.and(equilibria, &set)?;
        list::found(&mut self.model, &set, self.listed)
    }

    fn set(&mut self, maker: usize, concept: Concept) -> Result<Set, Full> {
        let (model, partial) = (&mut self.model, &mut self.makers[maker]);
        let nash = match &mut partial.nash {
            Some(nash) => nash,
            none => none.insert(concepts::nash(model, maker)?),
        };
        if concept == Concept::Nash {
            return Ok(nash.stable.clone());
        }
        let known = if concept.symmetric() { &mut partial.symmetric } else { &mut partial.general };
        let any_answer = match known {
            Some(known) => known,
            none => none.insert(concepts::metarational(model, maker, nash, concept.symmetric())?),
        };
        if !concept.credible() {
            return Ok(any_answer.stable.clone());
        }
        let mut open = model.diagrams.without(&any_answer.stable, &nash.stable)?;
        if let (Concept::Sseq, Some(sequential)) = (concept, &partial.sequential) {
            open = model.diagrams.and(&open, sequential)?;
        }
        let known = Known { nash, any_answer, open };
        let held = concepts::sequential(model, maker, concept.symmetric(), &known)?;
        let stable = model.diagrams.or(&held, &nash.stable)?;
        if concept == Concept::Seq {
            partial.sequential = Some(stable.clone());
        }
        Ok(stable)
    }
}

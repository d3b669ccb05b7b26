//! What would make a wanted state an equilibrium: who would have to prefer what, and how heavy a sanction has to be.
//!
//! For each decision maker for which the state is not stable there are three roads:
//!
//! - it comes to prefer otherwise: the [`Inverse`] answer, the nearest ranking first, and the fewest edits of its
//!   statements;
//! - a threat that is there becomes credible: a [`Threat`] says which of its moves those who make it do not gain by;
//! - somebody gets a [`Lever`] over it: an option that is pulled when the state is left. The [`Gap`]s say of each
//!   improvement that nothing sanctions how much has to be lost by it, and [`pull`] writes the conflict with the lever,
//!   so that any engine can tell whether the state then holds.
//!
//! A lever answers a move, so it does nothing for Nash stability, which looks at no answer; there a [`Loss`] is what the
//! move itself would have to cost.

mod gaps;
mod lever;
#[cfg(test)]
mod tests;

pub use gaps::{Gap, Loss, Threat, ThreatStep};
pub use lever::{Holder, Lever, Misfit, Penalty, pull};

use super::Concept;
use super::inverse::{Board, Budget, Edits, Ground, Inverse, Refusal, edits, of_conflict, of_graph};
use crate::game::Outcome;
use crate::game::conflict::{Conflict, Graph};

/// What stands between a state and its being an equilibrium.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pressure<S> {
    /// The wanted state.
    pub state: S,
    /// The concept.
    pub concept: Concept,
    /// The decision makers for which it is not stable, the one with the nearest ranking first. Empty when the state is
    /// an equilibrium.
    pub makers: Vec<Unstable<S>>,
}

/// A decision maker for which the state is not stable, and what would make it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unstable<S> {
    /// The decision maker.
    pub maker: usize,
    /// Which preferences of its own would do.
    pub inverse: Inverse<S>,
    /// The fewest edits of its statements that would do, where it has statements.
    pub edits: Option<Edits>,
    /// The improvements that nothing sanctions, in the order of the states moved to.
    pub gaps: Vec<Gap<S>>,
}

impl<S> Unstable<S> {
    /// The loss that closes every gap, when the sanction comes after those answers that leave the least to it.
    #[must_use]
    pub fn loss(&self) -> Option<Loss> {
        self.gaps.iter().map(|gap| gap.least).reduce(Loss::worse)
    }

    /// The loss that closes every gap by itself, when the sanction is the only answer.
    #[must_use]
    pub fn loss_at_once(&self) -> Option<Loss> {
        self.gaps.iter().map(|gap| gap.loss).reduce(Loss::worse)
    }
}

/// What would make a state of a graph an equilibrium.
///
/// # Errors
///
/// As for [`of_graph`].
pub fn on_graph(graph: &Graph, state: u32, concept: Concept, budget: &Budget) -> Result<Pressure<u32>, Refusal> {
    let mut makers = Vec::new();
    for maker in 0..graph.makers.len() {
        let inverse = of_graph(graph, state, maker, concept, budget)?;
        if inverse.stable {
            continue;
        }
        let mut board = Board::new(Ground::Graph(graph), budget.steps);
        let gaps = gaps::gaps(&mut board, state, maker, concept)?;
        let gaps = gaps.into_iter().map(|gap| gap.named(&|state| state)).collect();
        makers.push(Unstable { maker, inverse, edits: None, gaps });
    }
    cheapest_first(&mut makers);
    Ok(Pressure { state, concept, makers })
}

/// What would make a state of an option form an equilibrium; edits of statements are looked for up to `most` at a time.
///
/// ```
/// use detente::analysis::stability::{Concept, inverse::Budget, pressure};
/// use detente::game::conflict::{Conflict, Control, Maker, Moves, Preference, Strength};
/// use detente::game::{Formula, Issue, Outcome, Space};
/// use std::sync::Arc;
///
/// // One party can shell, and would; another can open a crossing, and would not while there is shelling.
/// let yes = |issue| Formula::In(issue, vec![1]);
/// let maker = |id: &str, wish: Formula| Maker {
///     id: id.into(),
///     name: id.into(),
///     preference: Preference::Statements(vec![wish]),
///     strength: Strength::None,
///     unknown: Vec::new(),
///     unseen: None,
/// };
/// let held = |by| Control { holders: vec![by], moves: Moves::Free };
/// let conflict = Conflict {
///     space: Arc::new(Space { issues: vec![Issue::named("shell", &["no", "yes"]), Issue::named("open", &["no", "yes"])] }),
///     makers: vec![maker("a", yes(0)), maker("b", Formula::Or(vec![yes(0), yes(1)]))],
///     control: vec![held(0), held(1)],
///     rules: Vec::new(),
/// };
/// let calm = Outcome::new([0, 1]);
/// let needed = pressure::on_conflict(&conflict, &calm, Concept::Seq, 2, &Budget::default()).unwrap();
/// assert_eq!(needed.makers[0].maker, 0);
/// // A sanction has to matter to it more than its first statement.
/// let loss = needed.makers[0].loss().unwrap();
/// let penalty = loss.penalty();
/// assert_eq!(penalty, Some(pressure::Penalty::Before(0)));
/// let lever = pressure::Lever {
///     id: "sanction".into(),
///     holder: pressure::Holder::New { id: "guarantor".into(), name: "Guarantor".into() },
///     on: vec![(0, penalty.unwrap())],
/// };
/// let (with, calm) = pressure::pull(&conflict, &calm, &lever).unwrap();
/// let held = pressure::on_conflict(&with, &calm, Concept::Seq, 2, &Budget::default()).unwrap();
/// assert!(held.makers.is_empty());
/// ```
///
/// # Errors
///
/// As for [`of_conflict`].
pub fn on_conflict(
    conflict: &Conflict,
    state: &Outcome,
    concept: Concept,
    most: usize,
    budget: &Budget,
) -> Result<Pressure<Outcome>, Refusal> {
    let mut makers = Vec::new();
    for maker in 0..conflict.makers.len() {
        let inverse = of_conflict(conflict, state, maker, concept, budget)?;
        if inverse.stable {
            continue;
        }
        let edits = match edits(conflict, state, maker, concept, most, budget) {
            Ok(edits) => Some(edits),
            Err(Refusal::NoStatements) => None,
            Err(other) => return Err(other),
        };
        let mut board = Board::new(Ground::Conflict(conflict), budget.steps);
        let wanted = board.number(state);
        let mut gaps = gaps::gaps(&mut board, wanted, maker, concept)?;
        gaps.sort_by_key(|gap| board.key(gap.to));
        let name = |of: u32| board.outcome(of).cloned().unwrap_or_else(|| state.clone());
        let gaps = gaps.into_iter().map(|gap| gap.named(&name)).collect();
        makers.push(Unstable { maker, inverse, edits, gaps });
    }
    cheapest_first(&mut makers);
    Ok(Pressure { state: state.clone(), concept, makers })
}

/// By the distance of the nearest ranking; unknown ones last.
fn cheapest_first<S>(makers: &mut [Unstable<S>]) {
    makers.sort_by_key(|unstable| {
        (unstable.inverse.change.as_ref().map_or(u64::MAX, |change| change.halves), unstable.maker)
    });
}

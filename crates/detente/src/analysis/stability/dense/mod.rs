//! Stability by one number per state and decision maker, folded along the issues that each holds.
//!
//! A state is unstable for a decision maker exactly when the best over its moves of what the others leave it at worst is
//! more than what it has. Both are folds of its ranks over sub-cubes of the array of states: the greatest over its own
//! issues, the least over those of the others. No reachability is built, so that spaces of 2^26 states are within
//! reach.
//!
//! - the array has the issues of each decision maker side by side;
//! - ranks are sums over conditions, added up a row of states at a time; of sums that need more than two bytes, those
//!   that occur are numbered;
//! - responses by any moves are least elements along the blocks of the others, in rounds where infeasible or unseen
//!   states stand between them; where nothing does, the maximin and the minimax are all that is needed;
//! - responses by improvements go through each block in the order of its owner, with the least so far, from one owner to
//!   the next until nothing changes. The order is worked out once for all places where it is the same;
//! - Nash stability alone of preferences in statements needs no ranks, only sets of states: 2^30 states are within reach.
//!
//! Definitions: Nash 1950, Howard 1971, Fraser and Hipel 1979, Fang, Hipel and Kilgour 1993 (groups), Rêgo and Vieira
//! 2017; moves in option form are transitive, so that group moves are plain closures.

mod answer;
mod bits;
mod condition;
mod focus;
mod fold;
mod layout;
mod nash;
mod order;
mod rank;
mod score;
mod sweep;
#[cfg(test)]
mod tests;
mod threads;

pub use answer::{Dense, States};

use super::{Ask, Concept, Solution};
use crate::game::Formula;
use crate::game::conflict::{Conflict, Fault, Maker};
use bits::Bits;
use focus::{Focus, Setting};
use layout::Layout;
use nash::Planes;
use rank::{Ranks, ranks};
use std::collections::BTreeMap;

/// How far the dense engine goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// States of the space, feasible or not. Each takes about eight bytes and, for credible responses, up to two for
    /// each decision maker.
    pub states: u64,
    /// The same where Nash stability alone is asked of preferences in statements and moves without limits. Each takes a
    /// bit for each decision maker and two or three more.
    pub bare: u64,
    /// Times that the responses of one decision maker are gone through before an answer is given up.
    pub passes: u64,
}

impl Default for Bounds {
    /// 2^26 states, half a gigabyte; 2^31 where that is enough, a gigabyte or two; ten thousand passes.
    fn default() -> Self {
        Bounds { states: 1 << 26, bare: 1 << 31, passes: 10_000 }
    }
}

/// The stable states and equilibria of a conflict.
///
/// `None` where [`Dense::of`] gives none.
///
/// ```
/// use detente::analysis::stability::{Ask, Concept, dense};
/// use detente::game::conflict::{Conflict, Control, Maker, Moves, Preference, Strength};
/// use detente::game::{Formula, Issue, Space};
///
/// // The prisoner's dilemma: each prefers that the other is silent, then to speak.
/// let speaks = |issue| Formula::In(issue, vec![1]);
/// let maker = |own: usize| Maker {
///     id: format!("m{own}"),
///     name: format!("Prisoner {own}"),
///     preference: Preference::Statements(vec![speaks(1 - own).not(), speaks(own)]),
///     strength: Strength::None,
///     unknown: Vec::new(),
///     unseen: None,
/// };
/// let space = Space { issues: vec![Issue::named("a", &["N", "Y"]), Issue::named("b", &["N", "Y"])] };
/// let conflict = Conflict {
///     space: space.into(),
///     makers: vec![maker(0), maker(1)],
///     control: (0..2).map(|maker| Control { holders: vec![maker], moves: Moves::Free }).collect(),
///     rules: Vec::new(),
/// };
/// let solution = dense::solve(&conflict, &Ask::default(), dense::Bounds::default()).unwrap();
/// let ordinals = |concept| -> Vec<String> {
///     let states = &solution.equilibria[&concept].states;
///     states.iter().map(|state| state.ordinal.as_ref().unwrap().to_string()).collect()
/// };
/// assert_eq!(ordinals(Concept::Nash), ["4"]);
/// assert_eq!(ordinals(Concept::Seq), ["1", "4"]);
/// ```
#[must_use]
pub fn solve(conflict: &Conflict, ask: &Ask, bounds: Bounds) -> Option<Solution> {
    Dense::of(conflict, &ask.concepts, bounds).map(|dense| dense.solution(ask.listed))
}

impl Dense {
    /// Works out the stable states by each concept.
    ///
    /// `None` for a conflict that this engine does not take: beyond the bounds; with a fault other than issues without
    /// holder or decision makers without issue; where preferences are not known in part; with three or more decision
    /// makers of whom some, but not all, move an issue by consent (then the others may use it in response).
    #[must_use]
    pub fn of(conflict: &Conflict, concepts: &[Concept], bounds: Bounds) -> Option<Dense> {
        let count = conflict.space.small_count().filter(|count| *count <= bounds.states.max(bounds.bare))?;
        if !taken(conflict) {
            return None;
        }
        let layout = Layout::of(conflict)?;
        let planes = match concepts {
            [Concept::Nash] => Planes::of(&layout, conflict),
            _ => None,
        };
        if count > bounds.states && (planes.is_none() || count > bounds.bare) {
            return None;
        }
        let feasible = condition::states(&layout, &conflict.rules);
        let sees = conflict.makers.iter().map(|maker| match &maker.unseen {
            None => feasible.clone(),
            Some(unseen) => {
                let seen: Vec<Formula> = conflict.rules.iter().cloned().chain([unseen.clone().not()]).collect();
                condition::states(&layout, &seen)
            }
        });
        let sees: Vec<Option<Bits>> = sees.collect();
        let stable = match planes {
            Some(planes) => bare(&planes, feasible.as_ref(), &sees),
            None => ranked(conflict, &layout, feasible, sees, concepts, bounds)?,
        };
        let public = Layout::public(conflict)?;
        let feasible = condition::states(&public, &conflict.rules);
        Some(Dense::new(layout, feasible, stable))
    }
}

/// Nash stability of each decision maker, without ranks.
fn bare(planes: &Planes, feasible: Option<&Bits>, sees: &[Option<Bits>]) -> Vec<BTreeMap<Concept, Bits>> {
    let of = |(maker, seen): (usize, &Option<Bits>)| {
        let mut stable = planes.best(maker, seen.as_ref());
        if let Some(seen) = seen {
            stable.add_missing(seen);
        }
        if let Some(feasible) = feasible {
            stable.keep(feasible);
        }
        BTreeMap::from([(Concept::Nash, stable)])
    };
    sees.iter().enumerate().map(of).collect()
}

/// The stable states of each decision maker, by ranks.
fn ranked(
    conflict: &Conflict,
    layout: &Layout,
    feasible: Option<Bits>,
    sees: Vec<Option<Bits>>,
    concepts: &[Concept],
    bounds: Bounds,
) -> Option<Vec<BTreeMap<Concept, Bits>>> {
    let sizes: Vec<usize> = conflict.space.sizes().collect();
    let credible = concepts.iter().any(|concept| concept.credible()) && conflict.makers.len() > 1;
    let order = |(at, maker): (usize, &Maker)| match layout.blocks.get(at) {
        Some(block) if credible && block.size > 1 => order::order(layout, &sizes, at, &maker.preference).map(Some),
        _ => Some(None),
    };
    let orders = conflict.makers.iter().enumerate().map(order).collect::<Option<_>>()?;
    let setting = Setting { layout, feasible, sees, orders, passes: bounds.passes };
    let setting = &setting;
    let stable = |(maker, of): (usize, &Maker)| match ranks(layout, &sizes, &of.preference) {
        Ranks::Short(ranks) => Focus { setting, maker, ranks }.stable(concepts),
        Ranks::Long(ranks) => Focus { setting, maker, ranks }.stable(concepts),
    };
    conflict.makers.iter().enumerate().map(stable).collect()
}

/// Whether the engine knows what to do with a conflict.
fn taken(conflict: &Conflict) -> bool {
    let harmless = |fault: &Fault| matches!(fault, Fault::NoHolder(_) | Fault::HoldsNothing(_));
    let joint = |holders: usize| holders > 1 && holders < conflict.makers.len();
    conflict.faults().iter().all(harmless)
        && conflict.makers.iter().all(|maker| maker.unknown.is_empty())
        && !conflict.control.iter().any(|control| joint(control.holders.len()))
}

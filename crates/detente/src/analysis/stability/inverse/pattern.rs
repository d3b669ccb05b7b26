//! Sets of states in few words.

use crate::game::Outcome;
use crate::game::conflict::Conflict;
use std::collections::BTreeSet;

/// How many outcomes a pattern may cover for it to be looked at.
const MOST: usize = 1 << 16;

/// Says a set of states by values of issues, where that can be done: issues, each with the digits it may have, such
/// that the feasible states with these are exactly the set. `besides` may be among them or not. No issue of the answer
/// can be left out. `None` when the set is empty, when nothing of that form says it, or when what says it covers more
/// than 65,536 outcomes.
///
/// Meant for the down-sets of an [`Inverse`](super::Inverse), with the wanted state as `besides`: "every state in which
/// the option is taken" instead of a list.
#[must_use]
pub fn pattern(conflict: &Conflict, states: &[Outcome], besides: &Outcome) -> Option<Vec<(usize, Vec<u16>)>> {
    let set: BTreeSet<&Outcome> = states.iter().filter(|state| *state != besides).collect();
    let first = *set.first()?;
    let used = |issue: usize| -> BTreeSet<u16> { set.iter().map(|state| state.digit(issue)).collect() };
    let mut digits: Vec<BTreeSet<u16>> = (0..first.digits().len()).map(used).collect();
    let says = |digits: &[BTreeSet<u16>]| {
        let mut covered = vec![first.clone()];
        for (issue, used) in digits.iter().enumerate() {
            if covered.len().saturating_mul(used.len()) > MOST {
                return false;
            }
            covered = used.iter().flat_map(|digit| covered.iter().map(move |s| s.with(issue, *digit))).collect();
        }
        let states = covered.iter().filter(|state| *state != besides && conflict.feasible(state));
        states.collect::<BTreeSet<_>>() == set
    };
    if !says(&digits) {
        return None;
    }
    let mut conditions = Vec::new();
    for (issue, size) in conflict.space.sizes().enumerate() {
        let mut wider = digits.clone();
        let Some(slot) = wider.get_mut(issue) else { continue };
        if slot.len() >= size {
            continue;
        }
        let tight: Vec<u16> = slot.iter().copied().collect();
        *slot = (0..size).filter_map(|digit| u16::try_from(digit).ok()).collect();
        if says(&wider) {
            digits = wider;
        } else {
            conditions.push((issue, tight));
        }
    }
    Some(conditions)
}

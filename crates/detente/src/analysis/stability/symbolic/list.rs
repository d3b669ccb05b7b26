//! How many states a set has, and the first of them by number.

use super::Full;
use super::diagram::Set;
use super::model::Model;
use crate::analysis::stability::{Found, State};
use crate::game::Outcome;
use num_bigint::BigUint;

/// Counts a set of feasible states and lists the first of it, the first issue fastest.
pub(super) fn found(model: &mut Model, set: &Set, listed: usize) -> Result<Found, Full> {
    let count = model.diagrams.count(set);
    let mut walk = Walk { digits: vec![0; model.digits.issues()], states: Vec::new(), listed, passed: 0 };
    let feasible = model.feasible.clone();
    let issues = model.digits.issues();
    walk.down(model, issues, set, Some(&feasible), &BigUint::ZERO)?;
    Ok(Found { count, states: walk.states })
}

/// The first states of a set, without their ordinals.
pub(in crate::analysis::stability) fn first(model: &mut Model, set: &Set, most: usize) -> Result<Vec<Outcome>, Full> {
    let issues = model.digits.issues();
    let mut walk = Walk { digits: vec![0; issues], states: Vec::new(), listed: most, passed: 0 };
    walk.down(model, issues, set, None, &BigUint::ZERO)?;
    Ok(walk.states.into_iter().map(|state| state.outcome).collect())
}

struct Walk {
    digits: Vec<u16>,
    states: Vec<State>,
    listed: usize,
    /// How many bits the issues passed have.
    passed: usize,
}

impl Walk {
    /// Goes through the values of the issues before `issues`, the last of them slowest. `set` and `feasible` are what
    /// is left with the later ones as they are; `before` counts the feasible states of lower numbers.
    fn down(
        &mut self,
        model: &mut Model,
        issues: usize,
        set: &Set,
        feasible: Option<&Set>,
        before: &BigUint,
    ) -> Result<(), Full> {
        if set.is_empty() || self.states.len() >= self.listed {
            return Ok(());
        }
        let Some(issue) = issues.checked_sub(1) else {
            let outcome = Outcome::new(self.digits.clone());
            self.states.push(State { outcome, ordinal: feasible.map(|_| before + 1u32) });
            return Ok(());
        };
        let bits = model.digits.bits(issue);
        self.passed += bits;
        let mut before = before.clone();
        for digit in (0u16..).take(model.digits.size(issue)) {
            if self.states.len() >= self.listed {
                break;
            }
            let here = model.digits.at(&mut model.diagrams, issue, digit)?;
            let feasible = feasible.map(|left| model.diagrams.cofactor(left, &here)).transpose()?;
            let set = model.diagrams.cofactor(set, &here)?;
            if let Some(place) = self.digits.get_mut(issue) {
                *place = digit;
            }
            self.down(model, issue, &set, feasible.as_ref(), &before)?;
            let further = usize::from(digit) + 1 < model.digits.size(issue) && self.states.len() < self.listed;
            if let Some(feasible) = feasible.filter(|_| further) {
                // Bits of issues already passed are free in what is left: they are counted and taken out again.
                before += model.diagrams.count(&feasible) >> self.passed;
            }
        }
        self.passed -= bits;
        Ok(())
    }
}

//! Preferences as planes: the score of a state in binary, one set of states per digit, the most significant first.
//!
//! Statements are planes as they stand. A sum is added up digit by digit; a ranking numbers its classes.

use super::Full;
use super::diagram::{Diagrams, Set};
use super::model::Digits;
use crate::game::conflict::Preference;
use crate::game::{Formula, Outcome};
use std::collections::BTreeMap;

/// The planes of a preference.
pub(super) fn planes(diagrams: &mut Diagrams, digits: &Digits, preference: &Preference) -> Result<Vec<Set>, Full> {
    match preference {
        Preference::Statements(all) => {
            all.iter().take(Preference::MOST_STATEMENTS).map(|f| digits.formula(diagrams, f)).collect()
        }
        Preference::Sum { worth, terms } => sum(diagrams, digits, worth, terms),
        Preference::Ranking { scores, others } => ranking(diagrams, digits, scores, *others),
    }
}

/// Adds up what values and conditions count. Where something counts less than nothing its opposite is added instead,
/// which moves all scores alike.
fn sum(
    diagrams: &mut Diagrams,
    digits: &Digits,
    worth: &[Vec<i64>],
    terms: &[(Formula, i64)],
) -> Result<Vec<Set>, Full> {
    let mut total = Vec::new();
    for (issue, worth) in worth.iter().enumerate().take(digits.issues()) {
        let worth: Vec<i64> = (0..digits.size(issue)).map(|d| worth.get(d).copied().unwrap_or(0)).collect();
        let least = worth.iter().min().copied().unwrap_or(0);
        let above: Vec<u64> = worth.iter().map(|w| w.abs_diff(least)).collect();
        let width = 64 - above.iter().fold(0, |all, w| all | w).leading_zeros();
        let mut number = Vec::new();
        for bit in 0..width {
            let with = (0u16..).zip(&above).filter(|(_, w)| **w >> bit & 1 == 1).map(|(digit, _)| digit);
            number.push(digits.one_of(diagrams, issue, &with.collect::<Vec<u16>>())?);
        }
        total = add(diagrams, &total, &number)?;
    }
    for (formula, weight) in terms {
        let holds = digits.formula(diagrams, formula)?;
        let counts = if *weight < 0 { diagrams.not(&holds) } else { holds };
        let weight = weight.unsigned_abs();
        let never = diagrams.constant(false);
        let number: Vec<Set> = (0..64 - weight.leading_zeros())
            .map(|bit| if weight >> bit & 1 == 1 { counts.clone() } else { never.clone() })
            .collect();
        total = add(diagrams, &total, &number)?;
    }
    total.reverse();
    Ok(total)
}

/// The sum of two numbers, each with its least digit first.
fn add(diagrams: &mut Diagrams, a: &[Set], b: &[Set]) -> Result<Vec<Set>, Full> {
    let nothing = diagrams.constant(false);
    let mut carry = nothing.clone();
    let mut sum = Vec::new();
    for at in 0..a.len().max(b.len()) {
        let (a, b) = (a.get(at).unwrap_or(&nothing), b.get(at).unwrap_or(&nothing));
        let either = diagrams.xor(a, b)?;
        sum.push(diagrams.xor(&either, &carry)?);
        carry = diagrams.choose(&either, &carry, a)?;
    }
    if !carry.is_empty() {
        sum.push(carry);
    }
    Ok(sum)
}

/// Numbers the classes of a ranking from the worst.
fn ranking(
    diagrams: &mut Diagrams,
    digits: &Digits,
    scores: &BTreeMap<Outcome, i64>,
    others: i64,
) -> Result<Vec<Set>, Full> {
    let mut classes: Vec<i64> = scores.values().copied().chain([others]).collect();
    classes.sort_unstable();
    classes.dedup();
    let class = |score: i64| classes.partition_point(|other| *other < score);
    let width = usize::BITS - (classes.len() - 1).leading_zeros();
    let mut named = Vec::new();
    for (outcome, score) in scores {
        if let Some(state) = digits.state(diagrams, outcome)? {
            named.push((state, class(*score)));
        }
    }
    let all = diagrams.any_of(named.iter().map(|(state, _)| state.clone()).collect())?;
    let rest = diagrams.not(&all);
    let mut planes = Vec::new();
    for bit in (0..width).rev() {
        let with = |class: usize| class >> bit & 1 == 1;
        let mut parts: Vec<Set> = named.iter().filter(|(_, c)| with(*c)).map(|(state, _)| state.clone()).collect();
        if with(class(others)) {
            parts.push(rest.clone());
        }
        planes.push(diagrams.any_of(parts)?);
    }
    Ok(planes)
}

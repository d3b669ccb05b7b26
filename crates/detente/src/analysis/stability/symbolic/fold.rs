//! Folds along the issues of a mover, and comparisons of scores: what all concepts are made of.

use super::Full;
use super::diagram::{Diagrams, Set};
use super::model::{Digits, Mover};

/// For each state, a number in binary, the most significant digit first.
pub(super) type Planes = Vec<Set>;

/// What a mover can get.
pub(super) struct Best {
    /// Where there is something to get.
    pub(super) any: Set,
    /// The most of it, where there is; elsewhere 0.
    pub(super) most: Planes,
    /// The states that give the most, as far as free bits go.
    pub(super) givers: Set,
}

/// For each state the largest `value` of the states of `among` that the mover can change it into, or that it is itself.
/// Changes are made whatever lies between; where a state is not one to move from, the result says nothing about it.
///
/// The free bits are folded at once, digit by digit: from the candidates those go that lack a digit which another one
/// has. The limited issues follow one by one, for a change of several is a change of each.
pub(super) fn best(
    diagrams: &mut Diagrams,
    digits: &Digits,
    mover: &Mover,
    among: &Set,
    value: &[Set],
) -> Result<Best, Full> {
    let mut candidates = among.clone();
    let mut most = Vec::with_capacity(value.len());
    for plane in value {
        let reached = diagrams.and_exists(&candidates, plane, &mover.free)?;
        let missed = diagrams.not(&reached);
        let kept = diagrams.or(plane, &missed)?;
        candidates = diagrams.and(&candidates, &kept)?;
        most.push(reached);
    }
    let any = diagrams.exists(&candidates, &mover.free)?;
    let mut found = Best { any, most, givers: candidates };
    for limited in &mover.limited {
        found = along(diagrams, digits, limited.issue, &limited.to, &found)?;
    }
    Ok(found)
}

/// The best of the digits that each digit of one issue can become.
fn along(diagrams: &mut Diagrams, digits: &Digits, issue: usize, to: &[Vec<u16>], found: &Best) -> Result<Best, Full> {
    let planes: Planes = std::iter::once(&found.any).chain(&found.most).cloned().collect();
    let mut by_digit: Vec<Planes> = Vec::new();
    for digit in (0u16..).take(to.len()) {
        let here = digits.at(diagrams, issue, digit)?;
        by_digit.push(planes.iter().map(|plane| diagrams.cofactor(plane, &here)).collect::<Result<Planes, Full>>()?);
    }
    let nothing = diagrams.constant(false);
    let mut result = vec![nothing; planes.len()];
    for (digit, to) in (0u16..).zip(to) {
        let mut most: Option<Planes> = None;
        for next in to.iter().filter_map(|next| by_digit.get(usize::from(*next))) {
            most = Some(match most {
                None => next.clone(),
                Some(most) => {
                    let more = greater(diagrams, next, &most)?;
                    choose(diagrams, &more, next, &most)?
                }
            });
        }
        let here = digits.at(diagrams, issue, digit)?;
        if let Some(most) = most {
            result = choose(diagrams, &here, &most, &result)?;
        }
    }
    let mut result = result.into_iter();
    let any = result.next().unwrap_or_else(|| found.any.clone());
    Ok(Best { any, most: result.collect(), givers: found.givers.clone() })
}

/// The states that the mover can change into one of `among`, and those of `among`.
pub(in crate::analysis::stability) fn reaching(
    diagrams: &mut Diagrams,
    digits: &Digits,
    mover: &Mover,
    among: &Set,
) -> Result<Set, Full> {
    Ok(best(diagrams, digits, mover, among, &[])?.any)
}

/// Where one number is greater than another of as many digits.
pub(super) fn greater(diagrams: &mut Diagrams, a: &[Set], b: &[Set]) -> Result<Set, Full> {
    let mut greater = diagrams.constant(false);
    for (a, b) in a.iter().zip(b).rev() {
        let differ = diagrams.xor(a, b)?;
        greater = diagrams.choose(&differ, a, &greater)?;
    }
    Ok(greater)
}

/// Where a number is greater than a fixed one of as many digits.
pub(in crate::analysis::stability) fn above(
    diagrams: &mut Diagrams,
    number: &[Set],
    fixed: &[bool],
) -> Result<Set, Full> {
    let (always, never) = (diagrams.constant(true), diagrams.constant(false));
    let mut above = never.clone();
    for (plane, digit) in number.iter().zip(fixed).rev() {
        above =
            if *digit { diagrams.choose(plane, &above, &never)? } else { diagrams.choose(plane, &always, &above)? };
    }
    Ok(above)
}

/// `yes` where the condition holds, else `no`.
pub(super) fn choose(diagrams: &mut Diagrams, condition: &Set, yes: &[Set], no: &[Set]) -> Result<Planes, Full> {
    yes.iter().zip(no).map(|(yes, no)| diagrams.choose(condition, yes, no)).collect()
}

/// The opposite of every digit: what was largest is smallest.
pub(super) fn opposite(diagrams: &mut Diagrams, of: &[Set]) -> Planes {
    of.iter().map(|plane| diagrams.not(plane)).collect()
}

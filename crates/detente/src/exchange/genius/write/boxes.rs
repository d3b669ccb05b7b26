//! Utilities that are no sum over issues: hyper-rectangles over issues of integers.

use super::{Lost, Shape, issues};
use crate::game::{Formula, Outcome, Part, Space, Utility};
use std::fmt::Write;

/// A condition over so many combinations of values is taken apart into rectangles at most.
const MOST_COMBINATIONS: usize = 65_536;
/// A part becomes so many rectangles at most.
const MOST_BOXES: usize = 65_536;

/// A side of a rectangle: the issue, its first and its last digit.
type Side = (usize, u16, u16);

/// Writes a nonlinear profile. Utilities are whole numbers and `maxutility` is what 1 is, so nothing is rounded.
pub(super) fn write(
    out: &mut String,
    shown: &str,
    utility: &Utility,
    space: &Space,
    shapes: &[Shape],
    lost: &mut Lost<'_>,
) {
    let (low, high) = utility.range();
    if low < 0 {
        lost.tell(format!("{shown}: rectangles that count less than 0 are written, which GENIUS does not expect"));
    }
    if utility.cap.is_some_and(|cap| cap < high) {
        lost.tell(format!("{shown}: a profile of hyper-rectangles has no cap; it is left out"));
    }
    out.push_str("<utility_space type=\"nonlinear\">\n");
    out.push_str("<objective index=\"0\" description=\"\" name=\"root\" type=\"objective\" etype=\"objective\">\n");
    issues(out, space, shapes, |_, _| String::new(), |_| String::new());
    let _ = writeln!(out, "  <utility maxutility=\"{}\">", utility.unit.max(1));
    out.push_str("    <ufun type=\"PlainUfun\" weight=\"1\" aggregation=\"sum\">\n");
    let mut rectangle = |sides: &[Side], worth: i128| rectangle(out, sides, worth, space, shapes);
    if utility.constant != 0 {
        rectangle(&[], utility.constant);
    }
    for (at, values) in utility.worth.iter().enumerate() {
        for (from, to, worth) in runs(values) {
            rectangle(&[(at, from, to)], worth);
        }
    }
    for part in &utility.parts {
        if !write_part(part, space, &mut rectangle) {
            lost.tell(format!(
                "{shown}: a condition is too large for hyper-rectangles and is left out; utilities are others"
            ));
        }
    }
    out.push_str("    </ufun>\n  </utility>\n</objective>\n");
}

/// Stretches of digits that count the same, those that count 0 left out.
fn runs(values: &[i128]) -> Vec<(u16, u16, i128)> {
    let mut out: Vec<(u16, u16, i128)> = Vec::new();
    for (digit, worth) in (0u16..).zip(values) {
        match out.last_mut() {
            Some((_, to, before)) if before == worth && *to + 1 == digit => *to = digit,
            _ if *worth == 0 => {}
            _ => out.push((digit, digit, *worth)),
        }
    }
    out
}

fn rectangle(out: &mut String, sides: &[Side], worth: i128, space: &Space, shapes: &[Shape]) {
    let _ = writeln!(out, "      <hyperRectangle utility=\"{worth}\">");
    // A rectangle without sides always holds; a side over all of the first issue says so in words of the format.
    let last = |at: usize| space.issues.get(at).map_or(0, |issue| issue.values.len().saturating_sub(1));
    let whole = [(0, 0, u16::try_from(last(0)).unwrap_or(u16::MAX))];
    for (at, from, to) in if sides.is_empty() { &whole[..] } else { sides } {
        let first = match shapes.get(*at) {
            Some(Shape::Whole(first)) => i128::from(*first),
            _ => 0,
        };
        let (min, max) = (first + i128::from(*from), first + i128::from(*to));
        let _ = writeln!(out, "        <INCLUDES index=\"{}\" min=\"{min}\" max=\"{max}\"/>", at + 1);
    }
    out.push_str("      </hyperRectangle>\n");
}

/// Writes a part as rectangles that do not overlap. `false` when there would be too many.
fn write_part(part: &Part, space: &Space, rectangle: &mut impl FnMut(&[Side], i128)) -> bool {
    match part {
        Part::Table { issues, sizes, worth } => {
            table(issues, sizes, worth, rectangle);
            true
        }
        Part::When(_, 0) => true,
        Part::When(formula, worth) => {
            if let Some(boxes) = sides_of(formula, space) {
                boxes.iter().for_each(|sides| rectangle(sides, *worth));
                return true;
            }
            // Outside of a box: everywhere, less the box.
            if let Formula::Not(inner) = formula
                && let Some(boxes) = sides_of(inner, space)
            {
                rectangle(&[], *worth);
                boxes.iter().for_each(|sides| rectangle(sides, -*worth));
                return true;
            }
            tabulate(formula, *worth, space, rectangle)
        }
    }
}

/// The digits that one issue may have, where a condition is about one issue.
fn digits_of(formula: &Formula, space: &Space) -> Option<(usize, Vec<bool>)> {
    let (at, allowed, listed) = match formula {
        Formula::In(at, digits) => (*at, true, digits),
        Formula::Not(inner) => match inner.as_ref() {
            Formula::In(at, digits) => (*at, false, digits),
            _ => return None,
        },
        _ => return None,
    };
    let mut out = vec![!allowed; space.issues.get(at)?.values.len()];
    for digit in listed {
        if let Some(slot) = out.get_mut(usize::from(*digit)) {
            *slot = allowed;
        }
    }
    Some((at, out))
}

/// The rectangles of a condition that is about each issue apart: one, or several side by side where the digits of an
/// issue are not in one stretch.
fn sides_of(formula: &Formula, space: &Space) -> Option<Vec<Vec<Side>>> {
    if let Formula::Constant(holds) = formula {
        return Some(if *holds { vec![Vec::new()] } else { Vec::new() });
    }
    let mut allowed: Vec<(usize, Vec<bool>)> = Vec::new();
    for conjunct in formula.conjuncts() {
        let (at, digits) = digits_of(&conjunct, space)?;
        match allowed.iter_mut().find(|(issue, _)| *issue == at) {
            Some((_, before)) => before.iter_mut().zip(digits).for_each(|(a, b)| *a &= b),
            None => allowed.push((at, digits)),
        }
    }
    let mut out: Vec<Vec<Side>> = vec![Vec::new()];
    for (at, digits) in allowed {
        let digits: Vec<i128> = digits.iter().map(|d| i128::from(*d)).collect();
        let stretches = runs(&digits);
        if out.len().checked_mul(stretches.len()).is_none_or(|n| n > MOST_BOXES) {
            return None;
        }
        let longer = |sides: &Vec<Side>, (from, to, _): &(u16, u16, i128)| {
            let mut sides = sides.clone();
            sides.push((at, *from, *to));
            sides
        };
        out = out.iter().flat_map(|sides| stretches.iter().map(move |s| longer(sides, s))).collect();
    }
    Some(out)
}

/// A table: one rectangle for each stretch of the last issue that counts the same.
fn table(issues: &[usize], sizes: &[usize], worth: &[i128], rectangle: &mut impl FnMut(&[Side], i128)) {
    let Some((last, others)) = issues.split_last() else {
        worth.first().filter(|w| **w != 0).into_iter().for_each(|w| rectangle(&[], *w));
        return;
    };
    let length = sizes.last().copied().unwrap_or(1).max(1);
    for (row, values) in worth.chunks(length).enumerate() {
        let mut rest = row;
        let mut sides = Vec::with_capacity(issues.len());
        for (issue, size) in others.iter().zip(sizes).rev() {
            let digit = u16::try_from(rest % (*size).max(1)).unwrap_or(u16::MAX);
            sides.push((*issue, digit, digit));
            rest /= (*size).max(1);
        }
        for (from, to, worth) in runs(values) {
            let mut sides = sides.clone();
            sides.push((*last, from, to));
            rectangle(&sides, worth);
        }
    }
}

/// Any condition over few combinations of values: its truth table.
fn tabulate(formula: &Formula, worth: i128, space: &Space, rectangle: &mut impl FnMut(&[Side], i128)) -> bool {
    let issues = formula.scope();
    let sizes: Vec<usize> = issues.iter().map(|at| space.issues.get(*at).map_or(1, |i| i.values.len())).collect();
    let count = sizes.iter().try_fold(1usize, |n, size| n.checked_mul(*size)).filter(|n| *n <= MOST_COMBINATIONS);
    let Some(count) = count else { return false };
    let width = issues.last().map_or(0, |last| last + 1);
    let holds = (0..count).map(|combination| {
        let mut rest = combination;
        let mut digits = vec![0u16; width];
        for (issue, size) in issues.iter().zip(&sizes).rev() {
            if let Some(slot) = digits.get_mut(*issue) {
                *slot = u16::try_from(rest % (*size).max(1)).unwrap_or(u16::MAX);
            }
            rest /= (*size).max(1);
        }
        if formula.holds(&Outcome::new(digits)) { worth } else { 0 }
    });
    table(&issues, &sizes, &holds.collect::<Vec<i128>>(), rectangle);
    true
}

//! Sums over issues: weights, evaluations and linear evaluators.

use super::{Fit, Lost, Shape, exact, issues, written};
use crate::game::{Exact, Space, Utility};
use num_integer::Integer;
use num_traits::Zero;
use std::cell::Cell;
use std::fmt::Write;

/// Lines of more steps than this are written with rounded numbers where they have no end.
const MOST_STEPS: i128 = 1 << 60;

/// Whether the numbers of an issue, in order, lie on a line that a weight and an evaluator within 0 to 1 give.
pub(super) fn is_straight(worth: &[i128]) -> bool {
    let step = |pair: &[i128]| pair.last().zip(pair.first()).map(|(b, a)| b - a);
    let mut steps = worth.windows(2).map(step);
    let first = steps.next();
    steps.all(|other| Some(other) == first)
}

/// What an evaluation of 1 counts on an issue of numbers along a line: at least what the best one counts, and such
/// that the line has an end in decimals. The weights then may sum to more than 1.
fn full(worth: &[i128]) -> i128 {
    let best = worth.iter().copied().max().unwrap_or(0);
    let divisor = worth.iter().fold(0i128, |d, v| d.gcd(v)).max(1);
    let needed = (best / divisor).max(1);
    if needed > MOST_STEPS {
        return best;
    }
    // The smallest number of 2s and 5s that is enough.
    let mut enough = i128::MAX;
    let mut fives = 1i128;
    while fives < needed * 5 {
        let mut number = fives;
        while number < needed {
            number *= 2;
        }
        enough = enough.min(number);
        fives *= 5;
    }
    divisor.saturating_mul(enough)
}

/// Writes the issues with evaluations and the weights.
///
/// GENIUS divides an evaluation by the largest of its issue and multiplies by the weight. So the weight is what the
/// best value counts, and whole numbers in the same proportions are the evaluations: nothing is rounded but a weight
/// that no decimal is equal to. What every outcome counts is put on the first issue.
pub(super) fn write(
    out: &mut String,
    shown: &str,
    utility: &Utility,
    fit: Fit,
    space: &Space,
    shapes: &[Shape],
    lost: &mut Lost<'_>,
) {
    let worth = spread(utility, fit, space);
    let best = worth.iter().zip(shapes).map(|(values, shape)| match shape {
        Shape::Named => values.iter().copied().max().unwrap_or(0),
        Shape::Whole(_) => full(values),
    });
    let best: Vec<i128> = best.collect();
    let divisor: Vec<i128> = worth.iter().map(|values| values.iter().fold(0, |d: i128, v| d.gcd(v)).max(1)).collect();
    let rounded = Cell::new(false);
    let decimal = |number: &Exact| {
        let (text, equal) = written(number);
        rounded.set(rounded.get() || !equal);
        text
    };
    let at = |issue: usize, digit: usize| worth.get(issue).and_then(|v| v.get(digit)).copied().unwrap_or(0);
    let of = |list: &[i128], issue: usize| list.get(issue).copied().unwrap_or(0);
    let name = "<objective index=\"0\" description=\"\" name=\"root\" type=\"objective\" etype=\"objective\">\n";
    out.push_str("<utility_space>\n");
    out.push_str(name);
    let evaluation =
        |issue: usize, digit: usize| format!(" evaluation=\"{}\"", at(issue, digit) / of(&divisor, issue).max(1));
    let evaluator = |issue: usize| {
        let top = of(&best, issue).max(1);
        let slope = decimal(&exact(at(issue, 1) - at(issue, 0), top));
        let offset = decimal(&exact(at(issue, 0), top));
        let slope = if worth.get(issue).is_some_and(|v| v.len() > 1) { slope } else { "0".to_string() };
        format!("    <evaluator ftype=\"linear\" slope=\"{slope}\" offset=\"{offset}\"/>\n")
    };
    issues(out, space, shapes, evaluation, evaluator);
    for (issue, best) in best.iter().enumerate() {
        let weight = decimal(&exact(*best, fit.scale));
        let _ = writeln!(out, "  <weight index=\"{}\" value=\"{weight}\"/>", issue + 1);
    }
    out.push_str("</objective>\n");
    if rounded.get() {
        lost.tell(format!("{shown}: weights have no end as decimals and are rounded to 40 digits"));
    }
}

/// What each value counts, none below 0: the least of an issue is taken from its values, and what all issues and the
/// constant come to is put on the first. Nothing is moved where nothing is below 0 and there is no constant.
fn spread(utility: &Utility, fit: Fit, space: &Space) -> Vec<Vec<i128>> {
    let values = |at: usize, size: usize| {
        let given = utility.worth.get(at).map_or(&[][..], Vec::as_slice);
        (0..size).map(|digit| given.get(digit).copied().unwrap_or(0)).collect::<Vec<i128>>()
    };
    let mut worth: Vec<Vec<i128>> = space.sizes().enumerate().map(|(at, size)| values(at, size)).collect();
    if utility.constant.is_zero() && worth.iter().flatten().all(|w| *w >= 0) {
        return worth;
    }
    let mut floor = utility.constant - fit.shift;
    for values in &mut worth {
        let least = values.iter().copied().min().unwrap_or(0);
        values.iter_mut().for_each(|w| *w -= least);
        floor += least;
    }
    if let Some(first) = worth.first_mut() {
        first.iter_mut().for_each(|w| *w += floor);
    }
    worth
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_line() {
        assert!(is_straight(&[1, 3, 5]) && is_straight(&[5, 5]) && is_straight(&[]) && is_straight(&[7]));
        assert!(!is_straight(&[0, 1, 1]));
    }

    #[test]
    fn the_full_worth_of_a_line_is_the_next_number_of_twos_and_fives() {
        assert_eq!([full(&[0, 1, 2, 3]), full(&[0, 7, 14]), full(&[0; 3]), full(&[9, 0])], [4, 14, 1, 9]);
        assert_eq!(full(&(0..10).collect::<Vec<i128>>()), 10);
    }
}

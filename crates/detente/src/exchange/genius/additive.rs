//! Profiles that are sums over issues.

use super::evaluator::evaluator;
use super::issue::{Kind, Layout, point};
use super::markup::{Id, Tree};
use super::report::Report;
use super::weight::weights;
use crate::game::{Draft, Exact, decimal};
use crate::text::Code;
use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};
use std::ops::Range;

/// Values that the file names without an evaluation, by issue and digit.
pub(super) type Silent = Vec<(usize, u16)>;

/// The utility function of a profile that is a sum over issues. `None` when it is not known; the reason is reported.
pub(super) fn additive(tree: &Tree<'_>, layout: &Layout, report: &mut Report<'_>) -> Option<(Draft, Silent)> {
    let weights = weights(tree, layout, report)?;
    let mut draft = Draft::over(&layout.space);
    let mut silent = Vec::new();
    let mut largest = Exact::zero();
    for (at, ((entry, weight), worth)) in layout.entries.iter().zip(&weights).zip(&mut draft.worth).enumerate() {
        let evaluations = match &entry.kind {
            Kind::Named(places) => named(tree, entry.id, at, places, &mut silent, report)?,
            Kind::Whole(low) => {
                let count = u32::try_from(worth.len().saturating_sub(1)).unwrap_or(u32::MAX);
                let low = Exact::from(BigInt::from(*low));
                let high = point(&low, &Exact::one(), count);
                let evaluator = evaluator(tree, entry.id, (&low, &high), false, report)?;
                (0..=count).map(|k| evaluator.of(&point(&low, &Exact::one(), k))).collect()
            }
            Kind::Points { low, high, step } => {
                let evaluator = evaluator(tree, entry.id, (low, high), true, report)?;
                draft.slack += evaluator.slack(low, high, step) * weight.abs();
                let count = u32::try_from(worth.len().saturating_sub(1)).unwrap_or(u32::MAX);
                (0..=count).map(|k| evaluator.of(&point(low, step, k))).collect()
            }
        };
        let evaluations: Vec<Exact> = evaluations;
        for (slot, evaluation) in worth.iter_mut().zip(evaluations) {
            *slot = evaluation * weight;
        }
        largest += worth.iter().max().cloned().unwrap_or_else(Exact::zero);
    }
    // GENIUS cuts the sum at 1; where no sum exceeds it the cut says nothing.
    draft.cap = (largest > Exact::one()).then(Exact::one);
    Some((draft, silent))
}

/// The evaluations of an issue's values divided by the largest of them; a value without an evaluation counts 0.
///
/// Where all are 0 there is nothing to divide by and all values count 0, which keeps them alike. An evaluation below
/// 0 is divided as any other, and the utility of an outcome may then be below 0. Where none is above 0 and some are
/// below, dividing would turn the order around, so nothing is made of it.
fn named(
    tree: &Tree<'_>,
    issue: Id,
    at: usize,
    places: &[Option<Range<usize>>],
    silent: &mut Silent,
    report: &mut Report<'_>,
) -> Option<Vec<Exact>> {
    let mut evaluations = Vec::with_capacity(places.len());
    for (digit, place) in (0u16..).zip(places) {
        let text = place.as_ref().and_then(|place| tree.text_at(place)).map(str::trim);
        let Some((text, place)) = text.filter(|t| !t.is_empty() && !t.eq_ignore_ascii_case("null")).zip(place.as_ref())
        else {
            silent.push((at, digit));
            evaluations.push(Exact::zero());
            continue;
        };
        let Some(evaluation) = decimal(text) else {
            let shown: String = text.chars().take(40).collect();
            let message = format!("the evaluation `{shown}` is no number");
            report.refuse(Code::ExchangeNumber, place, message, "write a decimal such as 0.25");
            return None;
        };
        evaluations.push(evaluation);
    }
    let largest = evaluations.iter().max().cloned().unwrap_or_else(Exact::zero);
    if largest.is_positive() {
        return Some(evaluations.iter().map(|e| e / &largest).collect());
    }
    if evaluations.iter().all(Zero::is_zero) {
        return Some(evaluations);
    }
    let message = "evaluations below 0 and none above: divided by the largest, their order would turn around";
    report.refuse(Code::ExchangeNumber, &tree.place(issue), message, "add the same number to all of them");
    None
}

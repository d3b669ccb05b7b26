//! Utilities as weights that sum to 1 and levels between 0 and 1, the form that most formats want.

use super::{lost, number};
use crate::game::{Exact, Utility};
use crate::text::Diagnostics;
use num_traits::{One, Signed, Zero};

/// Weights and levels of an additive utility.
#[derive(Debug, Clone)]
pub(crate) struct Split {
    /// One per issue; they sum to 1.
    pub(crate) weights: Vec<Exact>,
    /// By issue and value, between 0 and 1.
    pub(crate) levels: Vec<Vec<Exact>>,
    /// How utilities were changed to fit.
    pub(crate) moved: Moved,
}

/// A change of scale that keeps every preference: take `shift` away, then divide by `scale`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Moved {
    /// Taken away.
    pub(crate) shift: Exact,
    /// Divided by; above 0.
    pub(crate) scale: Exact,
}

impl Moved {
    /// No change.
    pub(crate) fn none() -> Self {
        Moved { shift: Exact::zero(), scale: Exact::one() }
    }

    /// A utility on the new scale.
    pub(crate) fn of(&self, x: &Exact) -> Exact {
        (x - &self.shift) / &self.scale
    }
}

/// Brings utilities between `low` and `high` to 0 to 1; those that lie there already stay as they are.
pub(crate) fn fit(low: &Exact, high: &Exact, party: &str, lost: &mut Diagnostics) -> Moved {
    if !low.is_negative() && *high <= Exact::one() {
        return Moved::none();
    }
    let width = high - low;
    let scale = if width.is_zero() { Exact::one() } else { width };
    let what = format!(
        "utilities from {} to {} are written as 0 to 1, which keeps every preference",
        super::tree::short(&number::text(low)),
        super::tree::short(&number::text(high))
    );
    lost::note(party, &what, lost);
    Moved { shift: low.clone(), scale }
}

/// Splits an additive utility without a cap.
pub(crate) fn split(utility: &Utility, party: &str, lost: &mut Diagnostics) -> Split {
    let exact = |whole: i128| number::of(whole, utility.unit);
    let (low, high) = utility.range();
    let moved = fit(&exact(low), &exact(high), party, lost);
    // What each value counts above the worst value of its issue.
    let mut rest = moved.of(&exact(utility.constant));
    let mut above: Vec<Vec<Exact>> = Vec::new();
    for values in &utility.worth {
        let least = values.iter().copied().min().unwrap_or(0);
        rest += exact(least) / &moved.scale;
        above.push(values.iter().map(|w| exact(*w - least) / &moved.scale).collect());
    }
    // What every outcome counts goes where it was, as far as an issue had it: levels stay as they were written.
    for (values, worth) in above.iter_mut().zip(&utility.worth) {
        let least = exact(worth.iter().copied().min().unwrap_or(0)) / &moved.scale;
        let part = if least.is_positive() { least.min(rest.clone()) } else { Exact::zero() };
        values.iter_mut().for_each(|x| *x += &part);
        rest -= part;
    }
    if let Some(first) = above.first_mut() {
        first.iter_mut().for_each(|x| *x += &rest);
    }
    let top = |values: &Vec<Exact>| values.iter().max().cloned().unwrap_or_default();
    let mut weights: Vec<Exact> = above.iter().map(top).collect();
    let missing = Exact::one() - weights.iter().sum::<Exact>();
    // The rest of 1 goes to an issue that counts nothing, where there is one; else to the last.
    let spare = weights.iter().position(Zero::is_zero).unwrap_or(weights.len().saturating_sub(1));
    if let Some(weight) = weights.get_mut(spare) {
        *weight += missing;
    }
    let (weights, rounded) = round(weights);
    let share = |values: Vec<Exact>, weight: &Exact| -> Vec<Exact> {
        let of = |x: Exact| if weight.is_zero() { x } else { x / weight };
        values.into_iter().map(of).collect()
    };
    let levels: Vec<Vec<Exact>> =
        above.into_iter().zip(&weights).map(|(values, weight)| share(values, weight)).collect();
    if rounded || !levels.iter().flatten().all(number::is_ending) {
        lost::rounded(party, lost);
    }
    Split { weights, levels, moved }
}

/// Weights as decimals that still sum to 1, and whether any had to be rounded.
fn round(weights: Vec<Exact>) -> (Vec<Exact>, bool) {
    if weights.iter().all(number::is_ending) {
        return (weights, false);
    }
    let short = |x: &Exact| crate::game::decimal(&number::text(x)).unwrap_or_default();
    let mut shorter: Vec<Exact> = weights.iter().map(short).collect();
    let missing = Exact::one() - shorter.iter().sum::<Exact>();
    let largest = (0..shorter.len()).max_by(|a, b| shorter.get(*a).cmp(&shorter.get(*b)));
    if let Some(weight) = largest.and_then(|at| shorter.get_mut(at)) {
        *weight += missing;
    }
    (shorter, true)
}

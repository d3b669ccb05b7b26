//! What a number counts before its weight: the evaluators of integer and real issues.

use super::issue::number;
use super::markup::{Id, Tag, Tree};
use super::report::Report;
use crate::game::Exact;
use crate::text::Code;
use num_traits::{One, Signed, Zero};

/// A function from a number to 0 to 1.
#[derive(Debug)]
pub(super) enum Evaluator {
    /// `slope * (number - from) + offset`, cut to 0 to 1.
    Linear { slope: Exact, offset: Exact, from: Exact },
    /// 0 up to `lower`, 1 at `top`, 0 from `upper` on, straight between.
    Triangular { lower: Exact, upper: Exact, top: Exact },
    /// The same for every number.
    Constant(Exact),
}

fn cut(number: Exact) -> Exact {
    number.clamp(Exact::zero(), Exact::one())
}

impl Evaluator {
    /// What a number counts.
    pub(super) fn of(&self, at: &Exact) -> Exact {
        match self {
            Evaluator::Linear { slope, offset, from } => cut(slope * (at - from) + offset),
            Evaluator::Triangular { top, .. } if at == top => Exact::one(),
            Evaluator::Triangular { lower, upper, .. } if at <= lower || at >= upper => Exact::zero(),
            // Between the ends and off the top, no side has length 0.
            Evaluator::Triangular { lower, top, .. } if at < top => (at - lower) / (top - lower),
            Evaluator::Triangular { upper, top, .. } => (upper - at) / (upper - top),
            Evaluator::Constant(worth) => cut(worth.clone()),
        }
    }

    /// How far what a real number counts may be from what the nearest point counts, points being `step` apart from
    /// `low` to `high`: steepest slope times half a step, corners included, and 1 at the most.
    pub(super) fn slack(&self, low: &Exact, high: &Exact, step: &Exact) -> Exact {
        let steepest = match self {
            Evaluator::Linear { slope, .. } => slope.abs(),
            Evaluator::Triangular { lower, upper, top } => {
                let jumps = (lower == top && top > low) || (top == upper && top < high);
                if jumps {
                    return Exact::one();
                }
                let side = |from: &Exact, to: &Exact| if from < to { (to - from).recip() } else { Exact::zero() };
                side(lower, top).max(side(top, upper))
            }
            Evaluator::Constant(_) => Exact::zero(),
        };
        (steepest * step / (Exact::one() + Exact::one())).min(Exact::one())
    }
}

/// The evaluator of an issue of numbers whose range begins at `low`. An integer counts from its lower bound, a real
/// number from 0.
pub(super) fn evaluator(
    tree: &Tree<'_>,
    issue: Id,
    (low, high): (&Exact, &Exact),
    real: bool,
    report: &mut Report<'_>,
) -> Option<Evaluator> {
    let mut all = tree.inside(issue, Tag::Evaluator);
    let Some(id) = all.next() else {
        let hint = "add `<evaluator ftype=\"linear\" …/>` to the issue";
        report.refuse(Code::ExchangeMissing, &tree.place(issue), "an issue of numbers without an evaluator", hint);
        return None;
    };
    if let Some(second) = all.next() {
        report.refuse(Code::DuplicateName, &tree.place(second), "a second evaluator of one issue", "");
        return None;
    }
    let kind = tree.get(id, "ftype").or_else(|| tree.get(id, "type")).map(|(kind, _)| kind.to_ascii_lowercase());
    let mut need = |names: [&str; 2]| {
        if let Some(name) = names.into_iter().find(|name| tree.get(id, name).is_some()) {
            return number(tree, id, name, report);
        }
        let message = format!("an evaluator without `{}`", names.join("` or `"));
        report.refuse(Code::ExchangeMissing, &tree.place(id), message, "");
        None
    };
    match kind.as_deref() {
        Some("linear") => {
            let (offset, slope) = (need(["offset", "parameter0"])?, need(["slope", "parameter1"])?);
            if real && doubtful(&slope, &offset, low, high) {
                let message = "it is not known whether this linear evaluator counts from 0 or from the lower bound";
                let hint = "give the issue a range that begins at 0";
                report.refuse(Code::ExchangeUnsupported, &tree.place(id), message, hint);
                return None;
            }
            let from = if real { Exact::zero() } else { low.clone() };
            Some(Evaluator::Linear { slope, offset, from })
        }
        Some("triangular") => {
            let lower = need(["parameter0", "lowerbound"])?;
            let upper = need(["parameter1", "upperbound"])?;
            let top = need(["parameter2", "parameter2"])?;
            if lower > top || top > upper {
                let message = "a triangular evaluator whose top is not between its ends";
                report.refuse(Code::ExchangeNumber, &tree.place(id), message, "");
                return None;
            }
            Some(Evaluator::Triangular { lower, upper, top })
        }
        Some("constant") => Some(Evaluator::Constant(need(["parameter0", "parameter"])?)),
        other => {
            let shown: String = other.unwrap_or("").chars().take(40).collect();
            let message = format!("an evaluator of type `{shown}`; known are linear, triangular and constant");
            report.refuse(Code::ExchangeUnsupported, &tree.place(id), message, "");
            None
        }
    }
}

/// Whether a linear evaluator of a real issue stays within 0 to 1 counted from the lower bound, and does not counted
/// from 0: then the file was probably meant the other way than it is read.
fn doubtful(slope: &Exact, offset: &Exact, low: &Exact, high: &Exact) -> bool {
    let within = |from: &Exact| {
        [low, high].into_iter().all(|at| {
            let worth = slope * (at - from) + offset;
            !worth.is_negative() && worth <= Exact::one()
        })
    };
    !within(&Exact::zero()) && within(low)
}

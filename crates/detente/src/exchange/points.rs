//! Issues: of names, of whole numbers, and of points that stand for a real range.

use super::number;
use super::tree::{short, too_large};
use crate::game::{Exact, Issue, IssueKind, Space, Value};
use crate::text::{Code, Diagnostic, Span};
use num_traits::{Signed, ToPrimitive, Zero};
use std::collections::{HashMap, HashSet};

/// An issue has at most this many values.
pub(crate) const MOST_VALUES: usize = 65_535;
/// All issues of a space together have at most this many values: a range of numbers is named one by one.
pub(crate) const MOST_VALUES_TOGETHER: usize = 1_000_000;
/// A space has at most this many issues.
pub(crate) const MOST_ISSUES: usize = 10_000;
/// A real range becomes this many evenly spaced points, both ends among them.
pub(crate) const POINTS: u32 = 101;

/// An issue whose values are names, in the order given.
pub(crate) fn named(id: &str, values: Vec<String>, span: Span) -> Result<Issue, Diagnostic> {
    issue(id, values, IssueKind::Named, span)
}

/// An issue of numbers from `low` up to `high` in steps of `step`; the kind follows from the numbers.
pub(crate) fn stepped(id: &str, low: &Exact, high: &Exact, step: &Exact, span: Span) -> Result<Issue, Diagnostic> {
    if !step.is_positive() || low > high {
        let range = format!(
            "{} to {} by {}",
            short(&number::text(low)),
            short(&number::text(high)),
            short(&number::text(step))
        );
        return Err(Diagnostic::new(Code::ExchangeNumber, format!("{range} is no range")).at(span, "here"));
    }
    let steps = ((high - low) / step).floor().to_integer().to_usize().filter(|n| *n < MOST_VALUES);
    let Some(steps) = steps else {
        return Err(too_large(format!("`{}` has more than {MOST_VALUES} values", short(id)), span));
    };
    if low.is_integer() && step.is_integer() {
        let values = (0..=steps).map(|n| (low.numer() + step.numer() * n).to_string());
        return issue(id, values.collect(), IssueKind::Whole, span);
    }
    let values = (0..=steps).map(|n| low + step * Exact::from(num_bigint::BigInt::from(n)));
    issue(id, values.map(|x| number::text(&x)).collect(), IssueKind::Points, span)
}

/// An issue of points for a real range, with the distance between neighbours.
pub(crate) fn real(id: &str, low: &Exact, high: &Exact, span: Span) -> Result<(Issue, Exact), Diagnostic> {
    let gap = (high - low) / Exact::from(num_bigint::BigInt::from(POINTS - 1));
    if gap.is_zero() {
        return Ok((issue(id, vec![number::text(low)], IssueKind::Points, span)?, gap));
    }
    let mut issue = stepped(id, low, high, &gap, span)?;
    issue.kind = IssueKind::Points;
    Ok((issue, gap))
}

/// The note that says that points stand for a range.
pub(crate) fn stands_for(issue: &Issue, span: Span) -> Diagnostic {
    let message = format!("`{}` is a real range; {} points stand for it", short(&issue.name), issue.values.len());
    Diagnostic::new(Code::ExchangePoints, message).at(span, "a real range")
}

fn issue(id: &str, values: Vec<String>, kind: IssueKind, span: Span) -> Result<Issue, Diagnostic> {
    if values.is_empty() {
        return Err(
            Diagnostic::new(Code::ExchangeMissing, format!("`{}` has no values", short(id))).at(span, "no value")
        );
    }
    if values.len() > MOST_VALUES {
        return Err(too_large(format!("`{}` has more than {MOST_VALUES} values", short(id)), span));
    }
    let mut seen = HashSet::with_capacity(values.len());
    if let Some(twice) = values.iter().find(|v| !seen.insert(v.as_str())) {
        let (twice, id) = (short(twice), short(id));
        let message = format!("the value `{twice}` of `{id}` is given twice, so it is unclear which is meant");
        return Err(Diagnostic::new(Code::ExchangeSyntax, message).at(span, "here"));
    }
    drop(seen);
    let values = values.into_iter().map(|v| Value { id: v.clone(), label: v }).collect();
    Ok(Issue { id: id.to_string(), name: id.to_string(), values, status_quo: 0, kind })
}

/// The numbers that the values of an issue are; `None` where one of them is no number.
pub(crate) fn numbers(issue: &Issue) -> Option<Vec<Exact>> {
    issue.values.iter().map(|v| crate::game::decimal(&v.id)).collect()
}

/// Issues while they are read: a few words can stand for many values, so they are counted as they come.
#[derive(Debug, Default)]
pub(crate) struct Issues {
    issues: Vec<Issue>,
    values: usize,
}

impl Issues {
    /// Takes one more.
    pub(crate) fn add(&mut self, issue: Result<Issue, Diagnostic>, span: Span) -> Result<(), Diagnostic> {
        let issue = issue?;
        self.values += issue.values.len();
        if self.issues.len() >= MOST_ISSUES {
            return Err(too_large(format!("there are more than {MOST_ISSUES} issues"), span));
        }
        if self.values > MOST_VALUES_TOGETHER {
            return Err(too_large(format!("the issues together have more than {MOST_VALUES_TOGETHER} values"), span));
        }
        self.issues.push(issue);
        Ok(())
    }

    /// The space of them, in which no two have one name.
    pub(crate) fn space(self, span: Span) -> Result<Space, Diagnostic> {
        if self.issues.is_empty() {
            return Err(Diagnostic::new(Code::ExchangeMissing, "there are no issues").at(span, "none here"));
        }
        let mut seen = HashSet::with_capacity(self.issues.len());
        if let Some(twice) = self.issues.iter().find(|i| !seen.insert(i.id.as_str())) {
            let message = format!("the issue `{}` is given twice", short(&twice.id));
            return Err(Diagnostic::new(Code::ExchangeSyntax, message).at(span, "in here"));
        }
        drop(seen);
        Ok(Space { issues: self.issues })
    }
}

/// The positions of the issues of a space by id.
pub(crate) fn positions(space: &Space) -> HashMap<&str, usize> {
    space.issues.iter().enumerate().map(|(at, issue)| (issue.id.as_str(), at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::decimal;

    #[test]
    fn a_range_has_both_ends_and_exact_steps() {
        let x = |t: &str| decimal(t).unwrap();
        let issue = stepped("aid", &x("0"), &x("0.5"), &x("0.1"), Span::default()).unwrap();
        let ids: Vec<&str> = issue.values.iter().map(|v| v.id.as_str()).collect();
        assert_eq!((ids, issue.kind), (vec!["0", "0.1", "0.2", "0.3", "0.4", "0.5"], IssueKind::Points));
        assert!(stepped("aid", &x("0"), &x("1e9"), &x("1e-9"), Span::default()).is_err());
        assert!(stepped("aid", &x("1"), &x("0"), &x("1"), Span::default()).is_err());
        let (issue, gap) = real("x", &x("0"), &x("2"), Span::default()).unwrap();
        assert_eq!((issue.values.len(), issue.values[100].id.as_str(), gap), (101, "2", x("0.02")));
    }
}

//! Conditions on outcomes with their names looked up.

use super::{Outcome, Space};
use crate::case::Expr;

/// A condition on outcomes over the issues of one [`Space`].
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// Always or never.
    Constant(bool),
    /// The issue has one of these digits (sorted).
    In(usize, Vec<u16>),
    /// The other way round.
    Not(Box<Formula>),
    /// All of them.
    And(Vec<Formula>),
    /// At least one of them.
    Or(Vec<Formula>),
}

impl Formula {
    /// Looks the names of a condition up in a space. `None` when one is unknown.
    #[must_use]
    pub fn of(expr: &Expr, space: &Space) -> Option<Formula> {
        Some(match expr {
            Expr::Constant(b) => Formula::Constant(*b),
            Expr::In(issue, values) => {
                let at = space.issue(issue.as_str())?;
                let mut digits: Vec<u16> = values.iter().map(|v| space.value(at, v.as_str())).collect::<Option<_>>()?;
                digits.sort_unstable();
                digits.dedup();
                Formula::In(at, digits)
            }
            Expr::Moved(issue) => {
                let at = space.issue(issue.as_str())?;
                let status_quo = space.issues.get(at)?.status_quo;
                Formula::Not(Box::new(Formula::In(at, vec![status_quo])))
            }
            Expr::Not(inner) => Formula::Not(Box::new(Formula::of(inner, space)?)),
            Expr::And(all) => Formula::And(all.iter().map(|e| Formula::of(e, space)).collect::<Option<_>>()?),
            Expr::Or(all) => Formula::Or(all.iter().map(|e| Formula::of(e, space)).collect::<Option<_>>()?),
            Expr::Implies(a, b) => {
                Formula::Or(vec![Formula::Not(Box::new(Formula::of(a, space)?)), Formula::of(b, space)?])
            }
        })
    }

    /// Whether it holds for an outcome.
    #[must_use]
    pub fn holds(&self, outcome: &Outcome) -> bool {
        match self {
            Formula::Constant(b) => *b,
            Formula::In(issue, digits) => digits.binary_search(&outcome.digit(*issue)).is_ok(),
            Formula::Not(inner) => !inner.holds(outcome),
            Formula::And(all) => all.iter().all(|f| f.holds(outcome)),
            Formula::Or(all) => all.iter().any(|f| f.holds(outcome)),
        }
    }

    /// The opposite.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "the word of the case language, and no operator is meant")]
    pub fn not(self) -> Formula {
        match self {
            Formula::Not(inner) => *inner,
            other => Formula::Not(Box::new(other)),
        }
    }

    /// The issues it speaks of, sorted, each once.
    #[must_use]
    pub fn scope(&self) -> Vec<usize> {
        fn collect(formula: &Formula, into: &mut Vec<usize>) {
            match formula {
                Formula::Constant(_) => {}
                Formula::In(issue, _) => into.push(*issue),
                Formula::Not(inner) => collect(inner, into),
                Formula::And(all) | Formula::Or(all) => all.iter().for_each(|f| collect(f, into)),
            }
        }
        let mut issues = Vec::new();
        collect(self, &mut issues);
        issues.sort_unstable();
        issues.dedup();
        issues
    }

    /// The conditions that all have to hold for this one to hold: `a and not (b or c)` gives
    /// `a`, `not b`, `not c`. Rules over fewer issues each are easier to solve.
    #[must_use]
    pub fn conjuncts(&self) -> Vec<Formula> {
        match self {
            Formula::And(all) => all.iter().flat_map(Formula::conjuncts).collect(),
            Formula::Not(inner) => match inner.as_ref() {
                Formula::Or(all) => all.iter().flat_map(|f| f.clone().not().conjuncts()).collect(),
                Formula::Not(inside) => inside.conjuncts(),
                _ => vec![self.clone()],
            },
            _ => vec![self.clone()],
        }
    }
}

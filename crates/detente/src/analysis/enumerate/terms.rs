//! Terms over several issues: what they add to, forbid in, or zero in a block of outcomes.

use super::scale::Scale;
use crate::game::{Formula, Part};

/// Combinations of outer values up to which a term remembers what it does.
const REMEMBERED: usize = 1 << 16;

/// What a term does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Adds to the utility of a party.
    Worth(usize),
    /// Forbids outcomes.
    Rule,
    /// Makes the utility of a party 0; the position among the parties with such conditions.
    Zero(usize),
}

/// A part, a rule or a condition, seen from the blocks.
#[derive(Debug, Clone)]
pub(super) struct Term<'a> {
    pub(super) role: Role,
    body: Body<'a>,
    /// Its outer issues with the number of values of each.
    outer: Vec<(usize, usize)>,
    /// For each entry of a block, which of `samples` has the same values on its inner issues.
    pattern: Vec<u32>,
    /// Its inner issues.
    inner: Vec<usize>,
    /// Values of its inner issues, each combination that occurs once.
    samples: Vec<Vec<u16>>,
}

#[derive(Debug, Clone, Copy)]
enum Body<'a> {
    Part(&'a Part, &'a Scale),
    Formula(&'a Formula),
}

/// What a term does to a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    /// The same for every entry, in grains; 1 and 0 for conditions that hold and fail.
    Same(i128),
    /// Something else for each combination of inner values, in grains.
    Each(Vec<i128>),
}

impl<'a> Term<'a> {
    pub(super) fn part(party: usize, part: &'a Part, scale: &'a Scale) -> Self {
        Term::new(Role::Worth(party), Body::Part(part, scale))
    }

    pub(super) fn rule(formula: &'a Formula) -> Self {
        Term::new(Role::Rule, Body::Formula(formula))
    }

    pub(super) fn zero(slot: usize, formula: &'a Formula) -> Self {
        Term::new(Role::Zero(slot), Body::Formula(formula))
    }

    fn new(role: Role, body: Body<'a>) -> Self {
        Term { role, body, outer: Vec::new(), pattern: Vec::new(), inner: Vec::new(), samples: Vec::new() }
    }

    /// The issues it speaks of.
    pub(super) fn scope(&self) -> Vec<usize> {
        match self.body {
            Body::Part(part, _) => part.scope(),
            Body::Formula(formula) => formula.scope(),
        }
    }

    /// Tells the term which of its issues vary within a block, and the entries of a block.
    pub(super) fn place(&mut self, outer: Vec<(usize, usize)>, inner: Vec<usize>, entries: &[Vec<u16>], at: &[usize]) {
        let mut seen = std::collections::BTreeMap::new();
        self.pattern = Vec::with_capacity(entries.len());
        for entry in entries {
            let key: Vec<u16> = inner.iter().map(|i| entry[at[*i]]).collect();
            let next = seen.len() as u32;
            let index = *seen.entry(key.clone()).or_insert(next);
            if index == next {
                self.samples.push(key);
            }
            self.pattern.push(index);
        }
        self.outer = outer;
        self.inner = inner;
    }

    /// A number for the values of its outer issues, and how many such numbers there are; `None` when there are too
    /// many to remember.
    pub(super) fn key(&self, digits: &[u16]) -> Option<(usize, usize)> {
        let mut many = 1usize;
        let mut key = 0usize;
        for (issue, size) in &self.outer {
            many = many.checked_mul(*size).filter(|n| *n <= REMEMBERED)?;
            key = key * size + usize::from(digits[*issue]);
        }
        Some((key, many))
    }

    /// What it counts for digits: grains for a part, 1 or 0 for a condition.
    pub(super) fn value(&self, digits: &[u16]) -> i128 {
        match self.body {
            Body::Part(part, scale) => scale.part(part, counts(part, digits)),
            Body::Formula(formula) => i128::from(holds(formula, digits)),
        }
    }

    /// What it does where the outer digits are these. The inner ones are written over.
    pub(super) fn effect(&self, digits: &mut [u16]) -> Effect {
        let mut each = Vec::with_capacity(self.samples.len());
        for sample in &self.samples {
            for (issue, digit) in self.inner.iter().zip(sample) {
                digits[*issue] = *digit;
            }
            each.push(self.value(digits));
        }
        match each.first() {
            Some(first) if each.iter().any(|v| v != first) => Effect::Each(each),
            first => Effect::Same(first.copied().unwrap_or(0)),
        }
    }

    /// One number per entry of a block from one per combination of inner values.
    pub(super) fn spread(&self, each: &[i32], into: &mut Vec<i32>) {
        into.clear();
        into.extend(self.pattern.iter().map(|at| each[*at as usize]));
    }
}

/// Whether a formula holds for digits.
pub(super) fn holds(formula: &Formula, digits: &[u16]) -> bool {
    match formula {
        Formula::Constant(b) => *b,
        Formula::In(issue, allowed) => allowed.binary_search(&digits.get(*issue).copied().unwrap_or(0)).is_ok(),
        Formula::Not(inner) => !holds(inner, digits),
        Formula::And(all) => all.iter().all(|f| holds(f, digits)),
        Formula::Or(all) => all.iter().any(|f| holds(f, digits)),
    }
}

/// What a part counts for digits, in the units of its party.
fn counts(part: &Part, digits: &[u16]) -> i128 {
    match part {
        Part::When(formula, worth) => {
            if holds(formula, digits) {
                *worth
            } else {
                0
            }
        }
        Part::Table { issues, sizes, worth } => {
            let at = issues.iter().zip(sizes).fold(0usize, |at, (issue, size)| {
                at.saturating_mul(*size).saturating_add(usize::from(digits.get(*issue).copied().unwrap_or(0)))
            });
            worth.get(at).copied().unwrap_or(0)
        }
    }
}

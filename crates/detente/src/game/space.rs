//! Issues, values, outcomes.

use super::Outcome;
use crate::case::Document;
use indexmap::IndexMap;
use std::ops::Range;

/// A value of an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// Its id in the case.
    pub id: String,
    /// What it means.
    pub label: String,
}

/// What the values of an issue are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum IssueKind {
    /// Names.
    #[default]
    Named,
    /// Whole numbers; the ids of the values are the numbers, in increasing order.
    Whole,
    /// Points that stand for a real range, both ends among them; the ids are the numbers, in increasing order.
    Points,
}

/// An issue of a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Its id in the case.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its values in file order; at least two.
    pub values: Vec<Value>,
    /// The digit of the status quo.
    pub status_quo: u16,
    /// What the values are.
    pub kind: IssueKind,
}

impl Issue {
    /// An issue whose values are names, each its own label; the first is the status quo.
    #[must_use]
    pub fn named(id: &str, values: &[&str]) -> Self {
        let values = values.iter().map(|v| Value { id: (*v).to_string(), label: (*v).to_string() }).collect();
        Issue { id: id.to_string(), name: id.to_string(), values, status_quo: 0, kind: IssueKind::Named }
    }
}

/// The outcomes of a negotiation: one value for every issue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Space {
    /// The issues in file order.
    pub issues: Vec<Issue>,
}

impl Space {
    /// The space of a document; issues whose status quo is not one of their values are left out.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let issues = document.issues.iter().filter_map(|(id, issue)| {
            let status_quo = u16::try_from(issue.values.values.get_index_of(issue.status_quo.as_str())?).ok()?;
            Some(Issue {
                id: id.clone(),
                name: issue.name.clone().unwrap_or_else(|| id.clone()),
                values: issue
                    .values
                    .values
                    .iter()
                    .map(|(id, label)| Value { id: id.clone(), label: label.clone() })
                    .collect(),
                status_quo,
                kind: IssueKind::Named,
            })
        });
        Space { issues: issues.collect() }
    }

    /// The space of a document with the conduct of all beside its issues: issues first, then conduct, each in file
    /// order. Those whose status quo is not one of their values are left out.
    #[must_use]
    pub fn with_conduct(document: &Document) -> Self {
        let mut space = Space::of(document);
        let conduct = document.conduct.iter().filter_map(|(id, conduct)| {
            let values = &conduct.values.values;
            let status_quo = u16::try_from(values.get_index_of(conduct.status_quo.as_str())?).ok()?;
            let value = |(id, label): (&String, &String)| Value { id: id.clone(), label: label.clone() };
            Some(Issue {
                id: id.clone(),
                name: conduct.name.clone().unwrap_or_else(|| id.clone()),
                values: values.iter().map(value).collect(),
                status_quo,
                kind: IssueKind::Named,
            })
        });
        space.issues.extend(conduct);
        space
    }

    /// The outcome in which every issue is at the status quo.
    #[must_use]
    pub fn status_quo(&self) -> Outcome {
        let digits: Vec<u16> = self.issues.iter().map(|i| i.status_quo).collect();
        Outcome::new(digits)
    }

    /// The position of an issue by id.
    #[must_use]
    pub fn issue(&self, id: &str) -> Option<usize> {
        self.issues.iter().position(|i| i.id == id)
    }

    /// The digit of a value of an issue by id.
    #[must_use]
    pub fn value(&self, issue: usize, id: &str) -> Option<u16> {
        let at = self.issues.get(issue)?.values.iter().position(|v| v.id == id)?;
        u16::try_from(at).ok()
    }

    /// The number of values of each issue.
    pub fn sizes(&self) -> impl Iterator<Item = usize> + '_ {
        self.issues.iter().map(|i| i.values.len())
    }

    /// The number of outcomes, exactly, in decimal.
    ///
    /// ```
    /// use detente::game::Space;
    /// assert_eq!(Space::default().count(), "1");
    /// ```
    #[must_use]
    pub fn count(&self) -> String {
        // Little-endian base 10^9 digits: spaces outgrow every machine word.
        let mut digits: Vec<u64> = vec![1];
        for size in self.sizes() {
            let mut carry = 0u64;
            for digit in &mut digits {
                let product = *digit * size as u64 + carry;
                *digit = product % 1_000_000_000;
                carry = product / 1_000_000_000;
            }
            if carry > 0 {
                digits.push(carry);
            }
        }
        let mut parts = digits.iter().rev();
        let mut out = parts.next().map(ToString::to_string).unwrap_or_default();
        for digit in parts {
            out.push_str(&format!("{digit:09}"));
        }
        out
    }

    /// The number of outcomes if it fits, for deciding whether to enumerate.
    #[must_use]
    pub fn small_count(&self) -> Option<u64> {
        self.sizes().try_fold(1u64, |n, size| n.checked_mul(size as u64))
    }

    /// Every outcome in lexicographic order, the last issue fastest. For small spaces.
    pub fn outcomes(&self) -> impl Iterator<Item = Outcome> + '_ {
        let sizes: Vec<u16> = self.sizes().map(|s| u16::try_from(s).unwrap_or(u16::MAX)).collect();
        let mut next: Option<Vec<u16>> = sizes.iter().all(|s| *s > 0).then(|| vec![0; sizes.len()]);
        std::iter::from_fn(move || {
            let now = next.take()?;
            let mut after = now.clone();
            for (digit, size) in after.iter_mut().zip(&sizes).rev() {
                *digit += 1;
                if *digit < *size {
                    next = Some(after);
                    return Some(Outcome::new(now));
                }
                *digit = 0;
            }
            Some(Outcome::new(now))
        })
    }

    /// An outcome in ids: every issue with its value, in file order. Digits outside the space are left out.
    #[must_use]
    pub fn named(&self, outcome: &Outcome) -> IndexMap<String, String> {
        let name = |(issue, digit): (&Issue, &u16)| {
            Some((issue.id.clone(), issue.values.get(usize::from(*digit))?.id.clone()))
        };
        self.issues.iter().zip(outcome.digits()).filter_map(name).collect()
    }

    /// The issues on which an outcome differs from the status quo.
    #[must_use]
    pub fn moved(&self, outcome: &Outcome) -> Vec<usize> {
        let range: Range<usize> = 0..self.issues.len();
        range.filter(|i| self.issues.get(*i).is_some_and(|issue| issue.status_quo != outcome.digit(*i))).collect()
    }
}

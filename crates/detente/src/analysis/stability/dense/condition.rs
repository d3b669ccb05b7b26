//! Conditions along rows of states: what each becomes when the issues outside the row are fixed.

use super::bits::Bits;
use super::layout::Layout;
use crate::game::Formula;
use std::collections::BTreeMap;

/// Combinations of outer values up to which a condition is tabled; beyond, it is worked out for each row.
const MOST_COMBINATIONS: usize = 4096;
/// Words that one table may be worked out from.
const MOST_WORDS: usize = 1 << 21;

/// The states of a layout cut into rows: some issues run along a row, the others number the rows.
#[derive(Debug)]
pub(super) struct Rows {
    /// States of a row.
    pub(super) len: usize,
    /// How many rows.
    pub(super) count: usize,
    /// How many values each outer issue has, the fastest first.
    pub(super) outer: Vec<usize>,
    /// For each issue of the space, where it is.
    roles: Vec<Role>,
    /// For each issue along the row and each digit, the states of the row that have it.
    having: Vec<Vec<Vec<u64>>>,
}

#[derive(Debug, Clone, Copy)]
enum Role {
    Along(usize),
    Outer(usize),
}

/// What a condition is along a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Truth {
    Never,
    Always,
    /// True in some states of the row: a bit for each.
    Some(Vec<u64>),
}

impl Rows {
    /// Rows along these places of a layout.
    pub(super) fn new(layout: &Layout, along: std::ops::Range<usize>) -> Self {
        let size = |place: usize| layout.sizes.get(place).copied().unwrap_or(1);
        let len: usize = along.clone().map(size).product();
        let mut roles = vec![Role::Outer(0); layout.issues.len()];
        let mut outer = Vec::new();
        let mut having = Vec::new();
        let mut stride = 1;
        for (place, issue) in layout.issues.iter().enumerate() {
            let role = if along.contains(&place) {
                let size = size(place);
                having.push((0..size).map(|digit| pattern(len, stride, size, digit)).collect());
                stride *= size;
                Role::Along(having.len() - 1)
            } else {
                outer.push(size(place));
                Role::Outer(outer.len() - 1)
            };
            if let Some(slot) = roles.get_mut(*issue) {
                *slot = role;
            }
        }
        let count = outer.iter().product();
        Rows { len, count, outer, roles, having }
    }

    /// Rows along as many of the fastest issues as give about so many states.
    pub(super) fn about(layout: &Layout, states: usize) -> Self {
        let mut len = 1usize;
        let take = |size: &&usize| {
            let fits = len == 1 || len.saturating_mul(**size) <= states;
            len = len.saturating_mul(**size);
            fits
        };
        Rows::new(layout, 0..layout.sizes.iter().take_while(take).count())
    }

    /// The outer digits of a row.
    pub(super) fn digits(&self, mut row: usize) -> Vec<u16> {
        let digit = |size: &usize| {
            let digit = row % size;
            row /= size;
            u16::try_from(digit).unwrap_or(u16::MAX)
        };
        self.outer.iter().map(digit).collect()
    }

    /// Goes on to the digits of the next row.
    pub(super) fn advance(&self, digits: &mut [u16]) {
        for (digit, size) in digits.iter_mut().zip(&self.outer) {
            *digit += 1;
            if usize::from(*digit) < *size {
                return;
            }
            *digit = 0;
        }
    }

    fn words(&self) -> usize {
        self.len.div_ceil(64)
    }

    /// A condition along the row with these outer digits.
    fn truth(&self, formula: &Formula, digits: &[u16]) -> Truth {
        let constant = |b: bool| if b { Truth::Always } else { Truth::Never };
        match formula {
            Formula::Constant(b) => constant(*b),
            Formula::In(issue, values) => match self.roles.get(*issue) {
                None => constant(values.binary_search(&0).is_ok()),
                Some(Role::Outer(at)) => constant(values.binary_search(&digits.get(*at).copied().unwrap_or(0)).is_ok()),
                Some(Role::Along(at)) => {
                    let mut bits = vec![0u64; self.words()];
                    for (digit, pattern) in self.having.get(*at).into_iter().flatten().enumerate() {
                        if u16::try_from(digit).is_ok_and(|digit| values.binary_search(&digit).is_ok()) {
                            bits.iter_mut().zip(pattern).for_each(|(b, p)| *b |= p);
                        }
                    }
                    self.tidy(bits)
                }
            },
            Formula::Not(inner) => match self.truth(inner, digits) {
                Truth::Never => Truth::Always,
                Truth::Always => Truth::Never,
                Truth::Some(mut bits) => {
                    bits.iter_mut().for_each(|b| *b = !*b);
                    self.tidy(bits)
                }
            },
            Formula::And(all) => self.joined(all, digits, &Truth::Never, |a, b| a & b),
            Formula::Or(all) => self.joined(all, digits, &Truth::Always, |a, b| a | b),
        }
    }

    /// Conditions put together, of which one may settle it.
    fn joined(&self, all: &[Formula], digits: &[u16], settled: &Truth, join: fn(u64, u64) -> u64) -> Truth {
        let mut found: Option<Vec<u64>> = None;
        for formula in all {
            match self.truth(formula, digits) {
                truth if truth == *settled => return truth,
                Truth::Some(bits) => match &mut found {
                    None => found = Some(bits),
                    Some(found) => found.iter_mut().zip(bits).for_each(|(a, b)| *a = join(*a, b)),
                },
                Truth::Never | Truth::Always => {}
            }
        }
        match found {
            Some(bits) => self.tidy(bits),
            None if *settled == Truth::Never => Truth::Always,
            None => Truth::Never,
        }
    }

    fn tidy(&self, words: Vec<u64>) -> Truth {
        let mut bits = Bits { words, len: self.len };
        bits.trim();
        match bits.count() {
            0 => Truth::Never,
            n if n == self.len as u64 => Truth::Always,
            _ => Truth::Some(bits.words),
        }
    }
}

/// The states of a row with a digit on one issue.
fn pattern(len: usize, stride: usize, size: usize, digit: usize) -> Vec<u64> {
    let mut bits = vec![0u64; len.div_ceil(64)];
    for start in (digit * stride..len).step_by((stride * size).max(1)) {
        for at in start..start + stride {
            if let Some(word) = bits.get_mut(at / 64) {
                *word |= 1 << (at % 64);
            }
        }
    }
    bits
}

/// A condition made ready for rows.
#[derive(Debug)]
pub(super) enum Condition {
    /// What it becomes, for each combination of the outer values that it speaks of.
    Table {
        /// Outer issues with what one digit of each adds to the combination.
        steps: Vec<(usize, usize)>,
        /// The truth of each combination.
        ids: Vec<u32>,
        /// The truths, each once.
        truths: Vec<Truth>,
    },
    /// Worked out for each row.
    Whole(Formula),
}

impl Condition {
    pub(super) fn new(formula: &Formula, rows: &Rows) -> Self {
        let scope = formula.scope();
        let outer: Vec<usize> = scope
            .iter()
            .filter_map(|issue| match rows.roles.get(*issue) {
                Some(Role::Outer(at)) => Some(*at),
                _ => None,
            })
            .collect();
        let size = |at: usize| rows.outer.get(at).copied().unwrap_or(1);
        let combinations = outer.iter().fold(1usize, |all, at| all.saturating_mul(size(*at)));
        if combinations > MOST_COMBINATIONS || combinations.saturating_mul(rows.words()) > MOST_WORDS {
            return Condition::Whole(formula.clone());
        }
        let mut steps = Vec::with_capacity(outer.len());
        let mut step = 1;
        for at in outer {
            steps.push((at, step));
            step *= size(at);
        }
        let mut known: BTreeMap<Truth, u32> = BTreeMap::new();
        let mut truths = Vec::new();
        let mut digits = vec![0u16; rows.outer.len()];
        let mut ids = Vec::with_capacity(combinations);
        for combination in 0..combinations {
            for (at, step) in &steps {
                if let Some(digit) = digits.get_mut(*at) {
                    *digit = u16::try_from(combination / step % size(*at)).unwrap_or(u16::MAX);
                }
            }
            let truth = rows.truth(formula, &digits);
            let next = u32::try_from(truths.len()).unwrap_or(u32::MAX);
            let id = *known.entry(truth.clone()).or_insert(next);
            if id == next {
                truths.push(truth);
            }
            ids.push(id);
        }
        Condition::Table { steps, ids, truths }
    }

    /// Which of the truths of a tabled condition a row has; `None` of one that is not tabled.
    #[inline]
    pub(super) fn id(&self, digits: &[u16]) -> Option<u32> {
        match self {
            Condition::Table { steps, ids, .. } => {
                let digit = |at: usize| usize::from(digits.get(at).copied().unwrap_or(0));
                ids.get(steps.iter().map(|(at, step)| digit(*at) * step).sum::<usize>()).copied()
            }
            Condition::Whole(_) => None,
        }
    }

    /// What it is along a row.
    pub(super) fn along(&self, rows: &Rows, digits: &[u16]) -> Truth {
        match self {
            Condition::Table { truths, .. } => {
                let id = self.id(digits).unwrap_or(0);
                truths.get(id as usize).cloned().unwrap_or(Truth::Never)
            }
            Condition::Whole(formula) => rows.truth(formula, digits),
        }
    }
}

/// The states of a layout at which all conditions hold; `None` when there are no conditions or all states keep them.
pub(super) fn states(layout: &Layout, all: &[Formula]) -> Option<Bits> {
    if all.is_empty() {
        return None;
    }
    let rows = Rows::about(layout, 1 << 12);
    let conditions: Vec<Condition> =
        all.iter().flat_map(Formula::conjuncts).map(|formula| Condition::new(&formula, &rows)).collect();
    let mut bits = Bits::none(layout.count);
    let mut digits = rows.digits(0);
    let full = Bits::all(rows.len).words;
    for row in 0..rows.count {
        let mut here = full.clone();
        for condition in &conditions {
            let whole;
            let truth = match (condition, condition.id(&digits)) {
                (Condition::Table { truths, .. }, Some(id)) => truths.get(id as usize),
                _ => {
                    whole = condition.along(&rows, &digits);
                    Some(&whole)
                }
            };
            match truth {
                Some(Truth::Some(bits)) => here.iter_mut().zip(bits).for_each(|(a, b)| *a &= b),
                Some(Truth::Always) => {}
                Some(Truth::Never) | None => here.iter_mut().for_each(|a| *a = 0),
            }
        }
        bits.write(row * rows.len, &here);
        rows.advance(&mut digits);
    }
    (!bits.is_all()).then_some(bits)
}

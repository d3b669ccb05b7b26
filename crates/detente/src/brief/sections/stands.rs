//! How each party stands to each value of each issue, as far as the case says.

use super::view::View;
use crate::brief::content::Stand;
use crate::game::{Formula, Outcome, Space};
use std::collections::BTreeSet;

/// Combinations of other issues looked at to tell a red line on a value from one on a combination.
const MOST_COMBINATIONS: usize = 4096;

/// How the parties stand to the values of the issues of a [`Space`].
pub(super) struct Stands {
    /// Per party, issue and value.
    stated: Vec<Vec<Vec<bool>>>,
    refused: Vec<Vec<Vec<Stand>>>,
}

impl Stands {
    /// Reads positions, `best` values and red lines of the case.
    pub(super) fn of(view: &View<'_>) -> Self {
        let (space, document) = (&view.space, view.document());
        let grid = |parties: usize| -> Vec<Vec<Vec<bool>>> {
            vec![space.issues.iter().map(|i| vec![false; i.values.len()]).collect(); parties]
        };
        let mut stated = grid(document.parties.len());
        let mut state = |party: usize, issue: &str, value: &str| {
            let Some(at) = space.issue(issue) else { return };
            let Some(digit) = space.value(at, value) else { return };
            if let Some(cell) =
                stated.get_mut(party).and_then(|p| p.get_mut(at)).and_then(|i| i.get_mut(usize::from(digit)))
            {
                *cell = true;
            }
        };
        for position in &document.positions {
            let Some(party) = document.parties.get_index_of(position.party.as_str()) else { continue };
            position.values.iter().for_each(|v| state(party, position.issue.as_str(), v.as_str()));
        }
        for (party, record) in document.parties.values().enumerate() {
            for want in &record.wants {
                let Some(issue) = &want.issue else { continue };
                want.best.iter().for_each(|v| state(party, issue.as_str(), v.as_str()));
            }
        }
        let refused = document.parties.values().map(|party| {
            let mut grid: Vec<Vec<Stand>> = space.issues.iter().map(|i| vec![Stand::Unknown; i.values.len()]).collect();
            for refusal in &party.refuses {
                let Some(when) = Formula::of(&refusal.when.expr, space) else { continue };
                when.not().conjuncts().iter().for_each(|kept| refuse(&mut grid, kept, space));
            }
            grid
        });
        Stands { refused: refused.collect(), stated }
    }

    /// Whether the case reports that the party put the value forward.
    pub(super) fn states(&self, party: usize, issue: usize, value: usize) -> bool {
        self.stated.get(party).and_then(|p| p.get(issue)).and_then(|i| i.get(value)).copied().unwrap_or(false)
    }

    /// Whether a red line refuses the value: whatever else holds, with other values, or not at all (`Unknown`).
    pub(super) fn refusal(&self, party: usize, issue: usize, value: usize) -> Stand {
        let stand = self.refused.get(party).and_then(|p| p.get(issue)).and_then(|i| i.get(value));
        stand.copied().unwrap_or(Stand::Unknown)
    }

    /// The one sign a matrix shows: a refusal first, then what is put forward, then conditions.
    pub(super) fn stand(&self, party: usize, issue: usize, value: usize) -> Stand {
        match (self.refusal(party, issue, value), self.states(party, issue, value)) {
            (Stand::Refuses, _) => Stand::Refuses,
            (_, true) => Stand::States,
            (other, false) => other,
        }
    }
}

/// Marks the values that a rule which has to be kept rules out.
fn refuse(grid: &mut [Vec<Stand>], kept: &Formula, space: &Space) {
    let scope = kept.scope();
    for &issue in &scope {
        let Some(cells) = grid.get_mut(issue) else { continue };
        for (digit, cell) in cells.iter_mut().enumerate() {
            let Ok(digit) = u16::try_from(digit) else { continue };
            match broken(kept, space, &scope, issue, digit) {
                Broken::Always => *cell = Stand::Refuses,
                Broken::Sometimes if *cell == Stand::Unknown => *cell = Stand::Conditional,
                _ => {}
            }
        }
    }
}

enum Broken {
    Always,
    Sometimes,
    Never,
}

/// Whether the rule is broken by every, some or no combination of the other issues it speaks of.
fn broken(kept: &Formula, space: &Space, scope: &[usize], issue: usize, digit: u16) -> Broken {
    let mut outcomes: Vec<Outcome> = vec![space.status_quo().with(issue, digit)];
    for &other in scope.iter().filter(|other| **other != issue) {
        let size = space.issues.get(other).map_or(0, |i| i.values.len());
        if outcomes.len().saturating_mul(size) > MOST_COMBINATIONS {
            // Too many to try: what the rule says of the value then depends on the rest.
            return Broken::Sometimes;
        }
        let digits = || (0..size).filter_map(|d| u16::try_from(d).ok());
        outcomes = outcomes.iter().flat_map(|o| digits().map(move |d| o.with(other, d))).collect();
    }
    match outcomes.iter().filter(|o| !kept.holds(o)).count() {
        0 => Broken::Never,
        n if n == outcomes.len() => Broken::Always,
        _ => Broken::Sometimes,
    }
}

/// The pairs of issue and value that a condition names, for comparing what two conditions speak of.
pub(super) fn named(expr: &crate::case::Expr) -> BTreeSet<(String, String)> {
    expr.values().into_iter().map(|(i, v)| (i.text.clone(), v.text.clone())).collect()
}

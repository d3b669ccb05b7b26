//! How each party stands to each value of each issue, as far as the case says.

use super::view::View;
use crate::brief::content::Stand;
use crate::case::Expr;
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
                Formula::Not(Box::new(when)).conjuncts().iter().for_each(|kept| refuse(&mut grid, kept, space));
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

/// Marks the values that a rule which has to be kept rules out: always, or with some values of other
/// issues where another value of the same issue would keep it.
fn refuse(grid: &mut [Vec<Stand>], kept: &Formula, space: &Space) {
    let scope = kept.scope();
    for &issue in &scope {
        let Some(cells) = grid.get_mut(issue) else { continue };
        let rests = rests(space, &scope, issue);
        let mut always = vec![true; cells.len()];
        let mut matters = vec![false; cells.len()];
        for rest in rests.as_deref().unwrap_or_default() {
            let digits = (0..cells.len()).map(|d| u16::try_from(d).unwrap_or(u16::MAX));
            let broken: Vec<bool> = digits.map(|d| !kept.holds(&rest.with(issue, d))).collect();
            let some_kept = broken.iter().any(|b| !b);
            for ((always, matters), broken) in always.iter_mut().zip(&mut matters).zip(&broken) {
                *always &= *broken;
                *matters |= *broken && some_kept;
            }
        }
        for ((cell, always), matters) in cells.iter_mut().zip(always).zip(matters) {
            if rests.is_some() && always {
                *cell = Stand::Refuses;
            } else if (rests.is_none() || matters) && *cell == Stand::Unknown {
                // With too many combinations to try, what the rule says of a value is left open.
                *cell = Stand::Conditional;
            }
        }
    }
}

/// Every combination of the other issues a rule speaks of; none when there are too many.
fn rests(space: &Space, scope: &[usize], issue: usize) -> Option<Vec<Outcome>> {
    let mut outcomes = vec![space.status_quo()];
    for &other in scope.iter().filter(|other| **other != issue) {
        let size = space.issues.get(other).map_or(0, |i| i.values.len());
        if outcomes.len().saturating_mul(size) > MOST_COMBINATIONS {
            return None;
        }
        let digits = || (0..size).filter_map(|d| u16::try_from(d).ok());
        outcomes = outcomes.iter().flat_map(|o| digits().map(move |d| o.with(other, d))).collect();
    }
    Some(outcomes)
}

/// The pairs of issue and value that a condition is about: those it names, those `moved` stands for,
/// and, where it is negated, the others.
pub(super) fn about(view: &View<'_>, expr: &Expr) -> BTreeSet<(String, String)> {
    let mut pairs = BTreeSet::new();
    collect(view, expr, true, &mut pairs);
    pairs
}

fn collect(view: &View<'_>, expr: &Expr, affirmed: bool, pairs: &mut BTreeSet<(String, String)>) {
    let mut add = |issue: &str, meant: &dyn Fn(&str) -> bool| {
        let Some(record) = view.document().issues.get(issue) else { return };
        let values = record.values.values.keys().filter(|v| meant(v) == affirmed);
        pairs.extend(values.map(|v| (issue.to_string(), v.clone())));
    };
    match expr {
        Expr::Constant(_) => {}
        Expr::In(issue, values) => add(issue.as_str(), &|v| values.iter().any(|n| n.as_str() == v)),
        Expr::Moved(issue) => {
            let status_quo = view.document().issues.get(issue.as_str()).map(|i| i.status_quo.text.clone());
            add(issue.as_str(), &|v| status_quo.as_deref() != Some(v));
        }
        Expr::Not(inner) => collect(view, inner, !affirmed, pairs),
        Expr::And(all) | Expr::Or(all) => all.iter().for_each(|e| collect(view, e, affirmed, pairs)),
        Expr::Implies(a, b) => {
            collect(view, a, !affirmed, pairs);
            collect(view, b, affirmed, pairs);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Case, ReadOptions, parse_condition, read};
    use crate::text::Span;

    fn case(refuses: &str) -> Case {
        let text = format!(
            r#"
            title = "Talks"
            issues.a = {{ values = ["x", "y", "z"], status_quo = "x" }}
            issues.b = {{ values = ["p", "q"], status_quo = "p" }}
            parties.n.refuses = [{{ when = "{refuses}", basis = "assumed", why = "example" }}]
            "#
        );
        read("case.toml", &|_| Ok(text.clone().into_bytes()), ReadOptions::default()).case.unwrap()
    }

    fn shown(refuses: &str) -> String {
        let case = case(refuses);
        let stands = Stands::of(&View::new(&case));
        let sign = |issue, value| match stands.stand(0, issue, value) {
            Stand::Refuses => 'R',
            Stand::Conditional => 'c',
            Stand::States => 's',
            Stand::Unknown => '.',
        };
        (0..3).map(|v| sign(0, v)).chain([' ']).chain((0..2).map(|v| sign(1, v))).collect()
    }

    #[test]
    fn red_lines_on_one_value_and_on_combinations() {
        assert_eq!(shown("a = y"), ".R. ..");
        assert_eq!(shown("a = y or b = q"), ".R. .R");
        assert_eq!(shown("a = y and b = q"), ".c. .c");
        assert_eq!(shown("a moved"), ".RR ..");
        assert_eq!(shown("not a = x and (b = p or b = q)"), ".RR ..");
        // A value that changes nothing about the line has no mark.
        assert_eq!(shown("(a moved or b = q) and a moved"), ".RR ..");
    }

    #[test]
    fn what_a_condition_is_about() {
        let case = case("a = y");
        let view = View::new(&case);
        let pairs = |text: &str| {
            let condition = parse_condition(text, Span::default()).unwrap();
            about(&view, &condition.expr).into_iter().map(|(i, v)| i + &v).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(pairs("a = y"), "ay");
        assert_eq!(pairs("a moved and not b = p"), "ay az bq");
        assert_eq!(pairs("a = y => b = q"), "ax az bq");
        assert_eq!(pairs("not (a moved or nowhere = y)"), "ax");
    }
}

//! Which states of the issues imply which, over the outcomes that keep the linkages.

use crate::case::Document;
use crate::game::{Formula, Outcome, Space};
use crate::lens::decide::{Budget, Domains, every_value, some_outcome};

/// Partial outcomes looked at per question, and for all questions together.
pub(crate) const LOOKS: (u64, u64) = (100_000, 2_000_000);

/// A rule between issues, looked up.
struct Linkage {
    words: String,
    rule: Formula,
    scope: Vec<usize>,
}

/// The outcomes of a case and what they imply.
pub(crate) struct Logic {
    pub(crate) space: Space,
    domains: Domains,
    linkages: Vec<Linkage>,
    refusals: Vec<Formula>,
    budget: Budget,
}

impl Logic {
    pub(crate) fn of(document: &Document) -> Self {
        let space = Space::of(document);
        let linkages = document
            .linkages
            .iter()
            .filter_map(|linkage| {
                let rule = Formula::of(&linkage.rule.expr, &space)?;
                let words = linkage.says.clone().unwrap_or_else(|| linkage.rule.text.clone());
                Some(Linkage { words, scope: rule.scope(), rule })
            })
            .collect();
        let refusals = document.parties.values().flat_map(|party| &party.refuses);
        let refusals = refusals.filter_map(|refusal| Formula::of(&refusal.when.expr, &space)).collect();
        let domains = every_value(&space);
        Logic { space, domains, linkages, refusals, budget: Budget::new(LOOKS.0, LOOKS.1) }
    }

    /// Whether some question was left undecided.
    pub(crate) fn cut_off(&self) -> bool {
        self.budget.hit()
    }

    /// The words of a linkage.
    pub(crate) fn linkage(&self, at: usize) -> &str {
        self.linkages.get(at).map_or("", |l| l.words.as_str())
    }

    /// Whether an outcome keeps every linkage and crosses no red line.
    pub(crate) fn sensible(&self, outcome: &Outcome) -> bool {
        self.linkages.iter().all(|l| l.rule.holds(outcome)) && !self.refusals.iter().any(|r| r.holds(outcome))
    }

    /// Whether some outcome reaches the state. Undecided counts as yes.
    pub(crate) fn possible(&mut self, state: &Formula) -> bool {
        let near = self.near(&[state]);
        self.some(&[state], &near) != Some(false)
    }

    /// Whether two states are the same, linkages aside.
    pub(crate) fn same(&mut self, a: &Formula, b: &Formula) -> bool {
        let (not_a, not_b) = (a.clone().not(), b.clone().not());
        self.some(&[a, &not_b], &[]) == Some(false) && self.some(&[b, &not_a], &[]) == Some(false)
    }

    /// Whether every outcome that fits `a` fits `b`, and which linkages that takes (a minimal set).
    /// `None` when not, and when the budget left it undecided.
    pub(crate) fn implies(&mut self, a: &Formula, b: &Formula) -> Option<Vec<usize>> {
        let not_b = b.clone().not();
        if self.some(&[a, &not_b], &[]) == Some(false) {
            return Some(Vec::new());
        }
        let mut needed = self.near(&[a, b]);
        if needed.is_empty() || self.some(&[a, &not_b], &needed) != Some(false) {
            return None;
        }
        for linkage in needed.clone() {
            let fewer: Vec<usize> = needed.iter().copied().filter(|l| *l != linkage).collect();
            if self.some(&[a, &not_b], &fewer) == Some(false) {
                needed = fewer;
            }
        }
        Some(needed)
    }

    fn some(&mut self, states: &[&Formula], linkages: &[usize]) -> Option<bool> {
        let rules = linkages.iter().filter_map(|l| self.linkages.get(*l)).map(|l| &l.rule);
        let all: Vec<&Formula> = states.iter().copied().chain(rules).collect();
        some_outcome(&all, &self.domains, &mut self.budget)
    }

    /// Linkages that share an issue with the states, directly or through others: the rest has no say.
    fn near(&self, states: &[&Formula]) -> Vec<usize> {
        let mut reached: Vec<bool> = vec![false; self.space.issues.len()];
        let mark = |scope: &[usize], reached: &mut Vec<bool>| {
            scope.iter().for_each(|i| reached.get_mut(*i).into_iter().for_each(|r| *r = true));
        };
        states.iter().for_each(|s| mark(&s.scope(), &mut reached));
        let mut near: Vec<usize> = Vec::new();
        loop {
            let before = near.len();
            for (at, linkage) in self.linkages.iter().enumerate() {
                if !near.contains(&at) && linkage.scope.iter().any(|i| reached.get(*i) == Some(&true)) {
                    mark(&linkage.scope, &mut reached);
                    near.push(at);
                }
            }
            if near.len() == before {
                near.sort_unstable();
                return near;
            }
        }
    }
}

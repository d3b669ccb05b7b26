//! Who can move what, read off a case.

use super::priorities::Statement;
use super::{DecisionMaker, PreferenceFrom};
use crate::case::Document;
use crate::game::conflict::{Control, Moves};
use crate::game::{Belief, Formula, Space};
use crate::lens::order::words::who;

/// Everything of a case that stays the same in every draw.
pub(super) struct Board {
    /// Issues, then conduct.
    pub space: Space,
    /// How many of them are issues.
    pub issues: usize,
    /// Who moves each, and how.
    pub control: Vec<Control>,
    /// What every state keeps: linkages, and what is not infeasible.
    pub rules: Vec<Formula>,
    /// The decision makers.
    pub makers: Vec<DecisionMaker>,
    /// The priorities of each decision maker.
    pub statements: Vec<Vec<Statement>>,
}

impl Board {
    pub(super) fn of(document: &Document, belief: &Belief) -> Board {
        let space = Space::with_conduct(document);
        let mut ids: Vec<String> = belief.parties().iter().filter(|p| p.consents).map(|p| p.id.clone()).collect();
        for holder in holders(document, &space).into_iter().flatten() {
            if !ids.contains(&holder) {
                ids.push(holder);
            }
        }
        let consenting: Vec<usize> =
            (0..ids.len()).filter(|at| consents(belief, ids.get(*at).map_or("", String::as_str))).collect();
        let control = holders(document, &space).into_iter().zip(&space.issues).map(|(holder, issue)| Control {
            holders: holder
                .and_then(|h| ids.iter().position(|id| *id == h))
                .map_or_else(|| consenting.clone(), |at| vec![at]),
            moves: if irreversible(document, &issue.id) { Moves::Rising } else { Moves::Free },
        });
        let control: Vec<Control> = control.collect();
        let linkages = document.linkages.iter().filter_map(|l| Formula::of(&l.rule.expr, &space));
        let infeasible = document.infeasible.iter().filter_map(|i| Formula::of(&i.when.expr, &space)).map(Formula::not);
        let rules = linkages.chain(infeasible).collect();
        let statements: Vec<Vec<Statement>> = ids.iter().map(|id| Statement::all(document, &space, id)).collect();
        let maker = |(at, (id, said)): (usize, (&String, &Vec<Statement>))| DecisionMaker {
            id: id.clone(),
            name: who(document, id),
            holds: held(&space, &control, at),
            preference: match (said.is_empty(), belief.parties().iter().any(|p| p.id == *id)) {
                (false, _) => PreferenceFrom::Priorities,
                (true, true) => PreferenceFrom::Utility,
                (true, false) => PreferenceFrom::Nothing,
            },
            priorities: said.iter().map(|s| s.claim.clone()).collect(),
        };
        let makers = ids.iter().zip(&statements).enumerate().map(maker).collect();
        let issues = space.issues.iter().filter(|i| !document.conduct.contains_key(&i.id)).count();
        Board { space, issues, control, rules, makers, statements }
    }

    /// Whether anybody can move anything alone.
    pub(super) fn moves(&self) -> bool {
        self.control.iter().any(|c| c.holders.len() == 1)
    }

    /// Whether anybody's preference is read from the games that fit the case.
    pub(super) fn needs_games(&self) -> bool {
        self.makers.iter().any(|m| m.preference == PreferenceFrom::Utility)
    }

    /// What the case does not say and the question needs.
    pub(super) fn missing(&self) -> Vec<String> {
        let mut missing = Vec::new();
        if !self.moves() {
            missing.push(
                "The case does not say who can move what alone. Add `held_by = \"PARTY\"` to an issue that one party can \
                 change whatever was agreed, or a `[conduct.NAME]` with `held_by`, `values` and `status_quo` for what a \
                 party or actor does of its own accord."
                    .to_string(),
            );
            return missing;
        }
        for maker in self.makers.iter().filter(|m| !m.holds.is_empty()) {
            match maker.preference {
                PreferenceFrom::Nothing => missing.push(format!(
                    "The case does not say what {} puts first: it is taken to prefer no state to any other. Add \
                     `[[priorities]]` with `of = \"{}\"`.",
                    maker.name, maker.id
                )),
                PreferenceFrom::Utility if self.holds_conduct(maker) => missing.push(format!(
                    "{} holds conduct that no issue weighs, and the case gives no priorities of it: it is taken to be \
                     indifferent about that conduct. Add `[[priorities]]` with `of = \"{}\"`.",
                    maker.name, maker.id
                )),
                PreferenceFrom::Utility | PreferenceFrom::Priorities => {}
            }
        }
        missing
    }

    fn holds_conduct(&self, maker: &DecisionMaker) -> bool {
        self.space.issues.iter().skip(self.issues).any(|conduct| maker.holds.contains(&conduct.id))
    }
}

fn consents(belief: &Belief, id: &str) -> bool {
    belief.parties().iter().any(|p| p.id == id && p.consents)
}

/// Who holds each issue and conduct of the space alone.
fn holders(document: &Document, space: &Space) -> Vec<Option<String>> {
    let of = |id: &str| {
        let issue = document.issues.get(id).and_then(|i| i.held_by.as_ref());
        issue.or_else(|| document.conduct.get(id).map(|c| &c.held_by)).map(|name| name.text.clone())
    };
    space.issues.iter().map(|issue| of(&issue.id)).collect()
}

fn irreversible(document: &Document, id: &str) -> bool {
    let issue = document.issues.get(id).and_then(|i| i.irreversible);
    issue.or_else(|| document.conduct.get(id).and_then(|c| c.irreversible)).unwrap_or(false)
}

fn held(space: &Space, control: &[Control], maker: usize) -> Vec<String> {
    let own = space.issues.iter().zip(control).filter(|(_, c)| c.holders == [maker]);
    own.map(|(issue, _)| issue.id.clone()).collect()
}

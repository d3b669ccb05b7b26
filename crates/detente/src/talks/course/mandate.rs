//! What a delegation may agree to by itself.

use crate::case::model::people::{Mandate as Claim, Otherwise};
use crate::case::{Condition, Expr};
use crate::game::{Formula, Outcome, Space};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a mandate allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Allowed {
    /// The delegation may sign.
    Sign,
    /// It has to ask its principal.
    Refer,
    /// It may not sign.
    Never,
}

/// A clause of an outcome: an issue with a value that is not how things stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Clause {
    /// The issue.
    pub issue: usize,
    /// The value.
    pub value: u16,
}

/// One condition of a mandate. Of a condition *a or b*, only the parts that speak of an issue count for a clause on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// As written.
    pub text: String,
    parts: Vec<(Formula, Vec<usize>)>,
}

impl Term {
    /// A condition whose parts, joined by *or*, are these.
    #[must_use]
    pub fn any_of(text: impl Into<String>, parts: Vec<Formula>) -> Self {
        let scoped = |part: Formula| {
            let scope = part.scope();
            (part, scope)
        };
        Term { text: text.into(), parts: parts.into_iter().map(scoped).collect() }
    }

    /// A condition of a case over a space. `None` when it names what the space does not have.
    #[must_use]
    pub fn of(condition: &Condition, space: &Space) -> Option<Self> {
        let parts: Vec<&Expr> = match &condition.expr {
            Expr::Or(all) => all.iter().collect(),
            other => vec![other],
        };
        let parts: Option<Vec<Formula>> = parts.into_iter().map(|part| Formula::of(part, space)).collect();
        Some(Term::any_of(condition.text.clone(), parts?))
    }

    /// The parts that speak of an issue, joined by *or*; none when no part does.
    #[must_use]
    pub fn about(&self, issue: usize) -> Option<Formula> {
        let parts: Vec<Formula> = self.speaking_of(issue).cloned().collect();
        (!parts.is_empty()).then_some(Formula::Or(parts))
    }

    /// Whether a part that speaks of an issue holds for an outcome.
    #[must_use]
    pub fn meets(&self, issue: usize, outcome: &Outcome) -> bool {
        self.speaking_of(issue).any(|part| part.holds(outcome))
    }

    fn speaking_of(&self, issue: usize) -> impl Iterator<Item = &Formula> {
        self.parts.iter().filter(move |(_, scope)| scope.binary_search(&issue).is_ok()).map(|(part, _)| part)
    }
}

/// One claim about what a delegation may do.
#[derive(Debug, Clone, PartialEq)]
pub struct Mandate {
    /// Its name: the claim.
    pub name: String,
    /// What it may never sign.
    pub never: Vec<Term>,
    /// What it has to refer.
    pub refer: Vec<Term>,
    /// What it may sign.
    pub sign: Vec<Term>,
    /// What it does with everything else.
    pub otherwise: Allowed,
}

impl Mandate {
    /// A mandate without conditions.
    #[must_use]
    pub fn all(name: impl Into<String>, otherwise: Allowed) -> Self {
        Mandate { name: name.into(), never: Vec::new(), refer: Vec::new(), sign: Vec::new(), otherwise }
    }

    /// A claim of a case over a space, with the texts of conditions that name what the space does not have; these are
    /// left out.
    #[must_use]
    pub fn of(claim: &Claim, space: &Space) -> (Self, Vec<String>) {
        let mut unknown = Vec::new();
        let mut terms = |conditions: &[Condition]| -> Vec<Term> {
            let term = |condition: &Condition| {
                let term = Term::of(condition, space);
                if term.is_none() {
                    unknown.push(condition.text.clone());
                }
                term
            };
            conditions.iter().filter_map(term).collect()
        };
        let mandate = Mandate {
            name: claim.grounds.id.clone(),
            never: terms(&claim.never),
            refer: terms(&claim.must_refer),
            sign: terms(&claim.may_sign),
            otherwise: match claim.otherwise {
                Some(Otherwise::Sign) => Allowed::Sign,
                Some(Otherwise::Never) => Allowed::Never,
                Some(Otherwise::Refer) | None => Allowed::Refer,
            },
        };
        (mandate, unknown)
    }

    /// What it allows of the clause of an outcome on an issue, in the order never, refer, sign, everything else.
    #[must_use]
    pub fn clause(&self, issue: usize, outcome: &Outcome) -> Allowed {
        let meets = |terms: &[Term]| terms.iter().any(|term| term.meets(issue, outcome));
        if meets(&self.never) {
            Allowed::Never
        } else if meets(&self.refer) {
            Allowed::Refer
        } else if meets(&self.sign) {
            Allowed::Sign
        } else {
            self.otherwise
        }
    }

    /// The condition under which it allows nothing of a clause on an issue.
    #[must_use]
    pub fn forbids(&self, issue: usize) -> Formula {
        let about = |terms: &[Term]| -> Vec<Formula> { terms.iter().filter_map(|term| term.about(issue)).collect() };
        let mut forbidden = about(&self.never);
        if self.otherwise == Allowed::Never {
            let covered: Vec<Formula> = about(&self.refer).into_iter().chain(about(&self.sign)).collect();
            forbidden.push(Formula::Or(covered).not());
        }
        Formula::Or(forbidden)
    }
}

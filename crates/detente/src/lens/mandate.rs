//! What a delegation may sign, must refer, may never sign: claim by claim, contested claims side by side.
//!
//! A package often leaves something open: several values on an issue, or, where its silence means so,
//! any value. The check takes the worst case. A clause is *never* when some outcome that fits the
//! package meets a never-condition that speaks of the clause's issue, and *refer* likewise; it may be
//! *signed* only when every such outcome that moves its issue meets a may-sign condition that speaks of
//! the issue: leaving things as they are needs no authority. Of a condition `a or b`, only the parts that speak of the issue count: what is said of another clause
//! neither covers nor forbids this one. A condition that names no issue speaks of no clause.

use super::decide::{Budget, Domains, every_value, some_outcome};
use super::zone::Terms;
use super::{Exactness, Finding, Lens, Made, Question};
use crate::case::model::people::Mandate as Claimed;
use crate::case::model::substance::{Package, Silence};
use crate::case::{Case, Document};
use crate::game::{Formula, Space};
use crate::talks::course::Mandate;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

pub use crate::talks::course::Allowed;

/// Partial outcomes looked at per question, and for all questions together.
const LOOKS: (u64, u64) = (100_000, 5_000_000);

/// What each delegation may do with each package.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MandateAnswer {
    /// One entry per party whose mandate the case speaks of and per package looked at.
    pub lights: Vec<Light>,
    /// Parties whose delegation's mandate is contested: rival claims about it, none taken for true.
    pub contested: Vec<Contested>,
}

/// One package under one claim about one party's mandate.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Light {
    /// The party.
    pub party: String,
    /// The claim about its mandate.
    pub claim: String,
    /// Id of the text or package, or `partial-N` for the N-th partial agreement.
    pub package: String,
    /// What the whole package comes to: the strictest of its clauses.
    pub overall: Allowed,
    /// Each clause: what it says and what the mandate allows.
    pub clauses: Vec<Clause>,
}

/// One clause of a package under a mandate.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Clause {
    /// The issue.
    pub issue: String,
    /// The value, or the values it leaves open.
    pub values: Vec<String>,
    /// What the mandate allows.
    pub allowed: Allowed,
    /// The condition that decides, as the case writes it; none where the rule for everything else does.
    pub rule: Option<String>,
}

/// Rival claims about one mandate.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Contested {
    /// The party.
    pub party: String,
    /// The claims.
    pub claims: Vec<String>,
}

/// The lens on mandates: the case's texts and packages.
#[derive(Debug, Clone, Copy, Default)]
pub struct MandateCheck;

impl Lens for MandateCheck {
    type Answer = MandateAnswer;
    const NAME: &'static str = "mandate";

    fn ask(&self, question: &Question<'_>) -> Finding<MandateAnswer> {
        mandate(question.case, &[])
    }
}

/// Checks every text and package of the case, and further ones given by name and terms, against every
/// claim about every delegation's mandate. No claim is taken for true. Lights stand by party, then by
/// claim, then by package, each in file order.
///
/// ```
/// use detente::case::{ReadOptions, read};
/// use detente::lens::mandate::{Allowed, mandate};
/// let text = r#"
/// title = "Talks"
/// issues.bridge = { values = ["closed", "open"], status_quo = "closed" }
/// parties.north.delegation = { basis = "assumed", why = "example", mandates = [
///   { says = "may open the bridge", may_sign = ["bridge = open"], basis = "assumed", why = "example" },
/// ] }
/// packages.crossing = { name = "Crossing", values = { bridge = "open" }, basis = "assumed", why = "example" }
/// "#;
/// let reading = read("case.toml", &|_| Ok(text.as_bytes().to_vec()), ReadOptions::default());
/// let finding = mandate(&reading.case.unwrap(), &[]);
/// assert_eq!(finding.answer.lights[0].overall, Allowed::Sign);
/// ```
#[must_use]
pub fn mandate(case: &Case, extra: &[(String, Terms)]) -> Finding<MandateAnswer> {
    let document = &case.document;
    let space = Space::of(document);
    let looked_at = packages(document, &space, extra);
    let mut check = Check { space: &space, budget: Budget::new(LOOKS.0, LOOKS.1), remarks: Vec::new() };
    let mut answer = MandateAnswer { lights: Vec::new(), contested: Vec::new() };
    for (party, entry) in &document.parties {
        let mandates = entry.delegation.as_ref().map_or(&[] as &[Claimed], |d| &d.mandates);
        for mandate in mandates {
            let rules = check.rules(mandate);
            for package in &looked_at {
                answer.lights.push(check.light(party, &rules, package));
            }
        }
        let claimants: BTreeSet<Option<&str>> =
            mandates.iter().map(|m| m.claimed_by.as_ref().map(|n| n.as_str())).collect();
        if claimants.len() > 1 {
            let claims = mandates.iter().map(|m| m.grounds.id.clone()).collect();
            answer.contested.push(Contested { party: party.clone(), claims });
        }
    }
    let mut limits = vec![format!("at most {} partial outcomes per question, {} in all", LOOKS.0, LOOKS.1)];
    let exactness = if check.budget.hit() {
        limits.push("a clause that was left undecided is shown as one to refer".to_string());
        Exactness::CutOff { limit: "partial outcomes looked at".to_string() }
    } else {
        Exactness::Exact
    };
    limits.append(&mut check.remarks);
    let method = "Each clause of each package is held against each claim about the mandate, in the order never, \
        must refer, may sign, everything else; where a package leaves values open, the worst case counts.";
    Finding { answer, made: Made { method: method.to_string(), exactness, limits, seed: None } }
}

/// A package as the check sees it: what each issue may turn out to be, and the issues it speaks of.
struct LookedAt {
    id: String,
    domains: Domains,
    clauses: Vec<usize>,
}

fn packages(document: &Document, space: &Space, extra: &[(String, Terms)]) -> Vec<LookedAt> {
    let written = document.texts.iter().chain(&document.packages).map(|(id, package)| of_package(id, package, space));
    let given = extra.iter().map(|(id, terms)| {
        let mut domains = at_status_quo(space);
        for (issue, value) in terms {
            set(&mut domains, space, issue, [value.as_str()]);
        }
        looked_at(id, domains, space, terms.keys().map(String::as_str))
    });
    written.chain(given).collect()
}

fn of_package(id: &str, package: &Package, space: &Space) -> LookedAt {
    let mut domains = match package.silence {
        Some(Silence::Open) => every_value(space),
        Some(Silence::StatusQuo) | None => at_status_quo(space),
    };
    for (issue, tier) in &package.values {
        set(&mut domains, space, issue, tier.0.iter().map(|n| n.as_str()));
    }
    looked_at(id, domains, space, package.values.keys().map(String::as_str))
}

fn at_status_quo(space: &Space) -> Domains {
    space.issues.iter().map(|i| vec![i.status_quo]).collect()
}

/// Lets an issue take these values. Values the case does not have are left out; with none left, the issue stays.
fn set<'a>(domains: &mut Domains, space: &Space, issue: &str, values: impl IntoIterator<Item = &'a str>) {
    let Some(at) = space.issue(issue) else { return };
    let digits: BTreeSet<u16> = values.into_iter().filter_map(|v| space.value(at, v)).collect();
    if let (Some(domain), false) = (domains.get_mut(at), digits.is_empty()) {
        *domain = digits.into_iter().collect();
    }
}

/// A clause is an issue that the package names and moves, or may move.
fn looked_at<'a>(id: &str, domains: Domains, space: &Space, named: impl Iterator<Item = &'a str>) -> LookedAt {
    let moves = |at: &usize| {
        let status_quo = space.issues.get(*at).map(|i| i.status_quo);
        domains.get(*at).is_some_and(|d| d.len() > 1 || d.first().copied() != status_quo)
    };
    let clauses = named.filter_map(|issue| space.issue(issue)).filter(moves).collect();
    LookedAt { id: id.to_string(), domains, clauses }
}

struct Check<'a> {
    space: &'a Space,
    budget: Budget,
    remarks: Vec<String>,
}

impl Check<'_> {
    fn rules(&mut self, claimed: &Claimed) -> Mandate {
        let (mandate, unknown) = Mandate::of(claimed, self.space);
        let remark = |text: String| format!("`{text}` names what the case does not have and was left out");
        self.remarks.extend(unknown.into_iter().map(remark));
        mandate
    }

    fn light(&mut self, party: &str, rules: &Mandate, package: &LookedAt) -> Light {
        let clauses: Vec<Clause> =
            package.clauses.iter().filter_map(|issue| self.clause(*issue, rules, package)).collect();
        Light {
            party: party.to_string(),
            claim: rules.name.clone(),
            package: package.id.clone(),
            overall: clauses.iter().map(|c| c.allowed).max().unwrap_or(rules.otherwise),
            clauses,
        }
    }

    fn clause(&mut self, issue: usize, rules: &Mandate, package: &LookedAt) -> Option<Clause> {
        let (allowed, rule) = self.judge(issue, rules, &package.domains);
        let issue_of = self.space.issues.get(issue)?;
        let values = package.domains.get(issue)?.iter();
        Some(Clause {
            issue: issue_of.id.clone(),
            values: values.filter_map(|d| issue_of.values.get(*d as usize)).map(|v| v.id.clone()).collect(),
            allowed,
            rule,
        })
    }

    /// What the rules make of one clause, and the condition that decides.
    fn judge(&mut self, issue: usize, rules: &Mandate, domains: &Domains) -> (Allowed, Option<String>) {
        let mut undecided = None;
        for (conditions, allowed) in [(&rules.never, Allowed::Never), (&rules.refer, Allowed::Refer)] {
            for rule in conditions {
                let Some(formula) = rule.about(issue) else { continue };
                match some_outcome(&[&formula], domains, &mut self.budget) {
                    Some(true) => return (allowed, Some(rule.text.clone())),
                    Some(false) => {}
                    None => undecided = undecided.or(Some(rule.text.clone())),
                }
            }
        }
        if undecided.is_some() {
            return (Allowed::Refer, undecided);
        }
        let status_quo = self.space.issues.get(issue).map(|i| i.status_quo);
        let moves = Formula::In(issue, status_quo.into_iter().collect()).not();
        for rule in &rules.sign {
            let Some(formula) = rule.about(issue) else { continue };
            if some_outcome(&[&formula.not(), &moves], domains, &mut self.budget) == Some(false) {
                return (Allowed::Sign, Some(rule.text.clone()));
            }
        }
        (rules.otherwise, None)
    }
}

#[cfg(test)]
mod tests;

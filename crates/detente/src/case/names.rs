//! Whether every name a case uses is defined in it.

use super::claims::Claim;
use super::condition::Condition;
use super::model::case::Document;
use super::model::people::{Actor, Party};
use super::model::process::StepRef;
use super::model::substance::{Package, Want};
use super::scalars::{Name, Tier};
use crate::text::{Code, Diagnostic, Diagnostics, Span, did_you_mean};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

/// Looks every reference up and reports those that lead nowhere.
///
/// `broken` names entries that are written but could not be read.
pub(crate) fn resolve(
    document: &Document,
    claims: &IndexMap<String, Claim>,
    broken: &BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) {
    let mut names = Names { document, broken, diagnostics };
    names.evidence();
    names.grounds(claims);
    names.actors();
    for party in document.parties.values() {
        names.party(party);
    }
    names.substance();
    names.conduct();
    names.process();
    names.talks();
    names.surroundings();
}

struct Names<'a> {
    document: &'a Document,
    broken: &'a BTreeSet<String>,
    diagnostics: &'a mut Diagnostics,
}

impl Names<'_> {
    /// Reports `name` unless it is one of `known`.
    fn need<'k>(&mut self, what: &str, name: &Name, known: impl Iterator<Item = &'k str> + Clone) {
        // An entry that could not be read has been reported; that it is missing here is no news.
        if known.clone().any(|k| k == name.text) || self.broken.contains(&name.text) {
            return;
        }
        let empty = known.clone().next().is_none();
        let mut diagnostic = Diagnostic::new(Code::UnknownName, format!("`{name}` is not {}", with_article(what)))
            .at(name.at, format!("no such {what}"))
            .maybe_hint(did_you_mean(&name.text, known));
        if empty {
            diagnostic = diagnostic.hint(format!("the case defines no {what} at all"));
        }
        self.diagnostics.push(diagnostic);
    }

    fn source(&mut self, name: &Name) {
        self.need("source", name, self.document.sources.keys().map(String::as_str));
    }

    fn evidence_name(&mut self, name: &Name) {
        self.need("piece of evidence", name, self.document.evidence.keys().map(String::as_str));
    }

    fn party_name(&mut self, name: &Name) {
        self.need("party", name, self.document.parties.keys().map(String::as_str));
    }

    /// An actor or a party: both can speak and act.
    fn somebody(&mut self, name: &Name) {
        let document = self.document;
        self.need("actor or party", name, document.actors.keys().chain(document.parties.keys()).map(String::as_str));
    }

    fn track(&mut self, name: &Name) {
        self.need("track", name, self.document.tracks.keys().map(String::as_str));
    }

    fn package(&mut self, name: &Name) {
        let document = self.document;
        self.need("text or package", name, document.texts.keys().chain(document.packages.keys()).map(String::as_str));
    }

    fn issue(&mut self, name: &Name) {
        self.need("issue", name, self.document.issues.keys().map(String::as_str));
    }

    /// A value of an issue; silent when the issue itself is unknown, which is reported on its own.
    fn value(&mut self, issue: &str, value: &Name) {
        if let Some(known) = self.document.issues.get(issue) {
            self.need(&format!("value of `{issue}`"), value, known.values.values.keys().map(String::as_str));
        }
    }

    fn issue_values<'v>(&mut self, issue: &Name, values: impl IntoIterator<Item = &'v Name>) {
        self.issue(issue);
        for value in values {
            self.value(&issue.text, value);
        }
    }

    fn condition(&mut self, condition: &Condition) {
        let mut seen: Vec<&str> = Vec::new();
        for issue in condition.expr.issues() {
            if !seen.contains(&issue.as_str()) || self.document.issues.contains_key(issue.as_str()) {
                self.issue(issue);
            }
            seen.push(issue.as_str());
        }
        for (issue, value) in condition.expr.values() {
            self.value(issue.as_str(), value);
        }
    }

    /// What a name can stand for among states of affairs: an issue or the conduct of somebody.
    fn part_of_a_state(&mut self, name: &Name) {
        let document = self.document;
        let known = document.issues.keys().chain(document.conduct.keys()).map(String::as_str);
        self.need("issue or conduct", name, known);
    }

    fn value_in_a_state(&mut self, part: &str, value: &Name) {
        match self.document.conduct.get(part) {
            Some(conduct) => {
                let known = conduct.values.values.keys().map(String::as_str);
                self.need(&format!("value of `{part}`"), value, known);
            }
            None => self.value(part, value),
        }
    }

    fn condition_on_states(&mut self, condition: &Condition) {
        let mut seen: Vec<&str> = Vec::new();
        for part in condition.expr.issues() {
            if !seen.contains(&part.as_str()) {
                self.part_of_a_state(part);
            }
            seen.push(part.as_str());
        }
        for (part, value) in condition.expr.values() {
            self.value_in_a_state(part.as_str(), value);
        }
    }

    /// Who holds what, what each puts first, and the states asked about.
    fn conduct(&mut self) {
        let document = self.document;
        document.issues.values().filter_map(|issue| issue.held_by.as_ref()).for_each(|n| self.somebody(n));
        for (id, conduct) in &document.conduct {
            self.somebody(&conduct.held_by);
            self.value_in_a_state(id, &conduct.status_quo);
            if let Some(issue) = document.issues.get(id) {
                self.diagnostics.push(
                    Diagnostic::new(Code::DuplicateName, format!("`{id}` is both an issue and conduct"))
                        .at(conduct.at, "the conduct")
                        .at(issue.at, "the issue")
                        .hint("an issue that one party can move alone takes `held_by` itself"),
                );
            }
        }
        document.infeasible.iter().for_each(|i| self.condition_on_states(&i.when));
        for priority in &document.priorities {
            self.somebody(&priority.of);
            self.condition_on_states(&priority.holds);
            let holders = document.issues.values().filter_map(|i| i.held_by.as_ref());
            let mut holders = holders.chain(document.conduct.values().map(|c| &c.held_by));
            let consents = document.parties.contains_key(&priority.of.text);
            if !consents && !holders.any(|h| h.text == priority.of.text) {
                self.diagnostics.push(
                    Diagnostic::new(Code::HoldsNothing, format!("`{}` has priorities and holds nothing", priority.of))
                        .at(priority.of.at, "no issue and no conduct is held by it")
                        .hint("add `held_by` to an issue, or a `[conduct.NAME]` held by it"),
                );
            }
        }
        for (id, state) in &document.states {
            state.by.iter().for_each(|n| self.somebody(n));
            for (part, Tier(values)) in &state.values {
                let at = values.first().map_or(state.at, |v| v.at);
                self.part_of_a_state(&Name { text: part.clone(), at });
                values.iter().for_each(|v| self.value_in_a_state(part, v));
                if values.len() != 1 {
                    self.diagnostics.push(
                        Diagnostic::new(Code::OpenState, format!("the state `{id}` leaves `{part}` open"))
                            .at(at, format!("{} values here", values.len()))
                            .hint("name one value; make a state of its own for another"),
                    );
                }
            }
        }
    }

    fn evidence(&mut self) {
        for evidence in self.document.evidence.values() {
            self.source(&evidence.source);
            evidence.speaker.iter().for_each(|n| self.somebody(n));
            if evidence.quote.text.trim().is_empty() {
                self.diagnostics
                    .push(Diagnostic::new(Code::EmptyList, "the quote has no words").at(evidence.quote.at, "empty"));
            }
            for name in evidence.problem.iter().flat_map(|p| &p.contradicts) {
                self.evidence_name(name);
            }
        }
    }

    /// What every claim says it comes from.
    fn grounds(&mut self, claims: &IndexMap<String, Claim>) {
        for claim in claims.values() {
            claim.grounds.because.iter().for_each(|n| self.evidence_name(n));
            for name in &claim.grounds.from {
                self.need("claim", name, claims.keys().map(String::as_str));
            }
        }
    }

    fn actors(&mut self) {
        let mut known: BTreeMap<String, (&str, Span)> = BTreeMap::new();
        for (id, actor) in &self.document.actors {
            self.actor(actor);
            for name in actor.aliases.iter().chain([&actor.name]) {
                let entry = known.entry(name.to_lowercase()).or_insert((id, actor.at));
                if entry.0 != id {
                    self.diagnostics.push(
                        Diagnostic::new(Code::DuplicateName, format!("`{name}` names two actors"))
                            .at(actor.at, format!("`{id}`"))
                            .at(entry.1, format!("`{}`", entry.0)),
                    );
                }
            }
        }
    }

    fn actor(&mut self, actor: &Actor) {
        let document = self.document;
        if let Some(of) = &actor.of {
            self.somebody(of);
        }
        for role in &actor.roles {
            role.party.iter().for_each(|n| self.party_name(n));
            role.track.iter().for_each(|n| self.track(n));
            if let Some(round) = &role.round {
                self.need("round", round, document.rounds.keys().map(String::as_str));
            }
        }
    }

    fn party(&mut self, party: &Party) {
        party.actor.iter().for_each(|n| self.somebody(n));
        if let Some(principal) = &party.principal {
            principal.actor.iter().for_each(|n| self.somebody(n));
        }
        if let Some(delegation) = &party.delegation {
            delegation.head.iter().chain(&delegation.members).for_each(|n| self.somebody(n));
            for mandate in &delegation.mandates {
                mandate.claimed_by.iter().for_each(|n| self.somebody(n));
                let conditions = mandate.may_sign.iter().chain(&mandate.must_refer).chain(&mandate.never);
                conditions.for_each(|c| self.condition(c));
            }
            for stake in &delegation.stakes {
                self.somebody(&stake.actor);
                stake.issue.iter().for_each(|n| self.issue(n));
            }
        }
        party.wants.iter().for_each(|w| self.want(w));
        party.refuses.iter().for_each(|r| self.condition(&r.when));
        party.ratification.iter().filter_map(|r| r.when.as_ref()).for_each(|c| self.condition(c));
    }

    fn want(&mut self, want: &Want) {
        let forms = want.forms();
        if forms.len() != 1 {
            let found = if forms.is_empty() { "none here".to_string() } else { forms.join(", ") };
            self.diagnostics.push(
                Diagnostic::new(Code::MissingKey, "a statement on preferences takes exactly one form")
                    .at(want.at, found)
                    .hint("one of: ranks_first · ranks_last · ranks · issue + over · issue + prefers · issue + best or worst · issue + weight · issue + value + score · package + over"),
            );
        }
        let issues = want.ranks_first.iter().chain(&want.ranks_last).chain(&want.ranks);
        issues.for_each(|n| self.issue(n));
        if want.ranks.len() == 1 {
            self.diagnostics
                .push(Diagnostic::new(Code::EmptyList, "a ranking needs at least two issues").at(want.at, "one here"));
        }
        if let Some(issue) = &want.issue {
            let values = want.prefers.iter().flat_map(|t| &t.0).chain(&want.best).chain(&want.worst).chain(&want.value);
            self.issue_values(issue, values);
            if want.prefers.len() == 1 {
                self.diagnostics.push(
                    Diagnostic::new(Code::EmptyList, "a comparison needs at least two values").at(want.at, "one here"),
                );
            }
        }
        match (&want.package, &want.over) {
            (Some(package), over) => [Some(package), over.as_ref()].into_iter().flatten().for_each(|n| self.package(n)),
            (None, Some(over)) => self.issue(over),
            (None, None) => {}
        }
    }

    fn terms(&mut self, package: &Package) {
        package.by.iter().for_each(|n| self.somebody(n));
        for (issue, Tier(values)) in &package.values {
            let at = values.first().map_or(package.at, |v| v.at);
            self.issue_values(&Name { text: issue.clone(), at }, values);
        }
    }

    fn substance(&mut self) {
        let document = self.document;
        document.consent.iter().for_each(|n| self.party_name(n));
        for (id, issue) in &document.issues {
            self.value(id, &issue.status_quo);
        }
        document.linkages.iter().for_each(|l| self.condition(&l.rule));
        document.levels.values().for_each(|l| self.condition(&l.when));
        document.texts.values().chain(document.packages.values()).for_each(|p| self.terms(p));
        for (id, package) in &document.packages {
            if let Some(text) = document.texts.get(id) {
                self.diagnostics.push(
                    Diagnostic::new(Code::DuplicateName, format!("`{id}` is both a text and a package"))
                        .at(package.at, "the package")
                        .at(text.at, "the text"),
                );
            }
        }
        for position in &document.positions {
            self.party_name(&position.party);
            self.issue_values(&position.issue, &position.values);
            position.by.iter().for_each(|n| self.somebody(n));
        }
        for interest in &document.interests {
            self.party_name(&interest.party);
            interest.issue.iter().for_each(|n| self.issue(n));
        }
        for poll in &document.polls {
            self.party_name(&poll.party);
            poll.when.iter().for_each(|c| self.condition(c));
        }
        document.legal.iter().for_each(|l| self.condition(&l.when));
    }

    fn step(&mut self, step: &StepRef) {
        match step {
            StepRef::State(condition) => self.condition(condition),
            StepRef::Named(name) => self.need("step", name, self.document.steps.keys().map(String::as_str)),
        }
    }

    fn process(&mut self) {
        let document = self.document;
        document.tracks.values().flat_map(|t| &t.between).for_each(|n| self.somebody(n));
        for round in document.rounds.values() {
            round.track.iter().for_each(|n| self.track(n));
            round.host.iter().for_each(|n| self.somebody(n));
        }
        for step in document.steps.values() {
            step.reaches.iter().chain(&step.counts_as).for_each(|c| self.condition(c));
            step.by.iter().for_each(|n| self.somebody(n));
            step.track.iter().for_each(|n| self.track(n));
        }
        for precondition in &document.preconditions {
            self.somebody(&precondition.claimed_by);
            self.step(&precondition.first);
            self.step(&precondition.before);
        }
        for statement in &document.statements {
            [Some(&statement.by), statement.to.as_ref()].into_iter().flatten().for_each(|n| self.somebody(n));
        }
        for pressure in &document.pressure {
            [&pressure.by].into_iter().chain(&pressure.on).for_each(|n| self.somebody(n));
            for effect in &pressure.effects {
                self.party_name(&effect.on);
                effect.when.iter().for_each(|c| self.condition(c));
            }
        }
    }

    fn talks(&mut self) {
        let document = self.document;
        let Some(talks) = &document.talks else { return };
        for concession in &talks.concedes {
            self.party_name(&concession.party);
            if concession.e.is_some() != concession.strategies.is_empty() {
                let found = if concession.e.is_some() { "both here" } else { "neither here" };
                self.diagnostics.push(
                    Diagnostic::new(Code::MissingKey, "how a party gives way takes `e` or `strategies`")
                        .at(concession.at, found)
                        .hint("e = [0.2, 1.0], or strategies = [\"boulware\", \"linear\"]"),
                );
            }
        }
        talks.audience.iter().for_each(|a| self.party_name(&a.party));
        talks.answers.iter().for_each(|a| self.party_name(&a.party));
        for happening in &talks.happens {
            self.need("step", &happening.step, document.steps.keys().map(String::as_str));
        }
        for spoiler in &talks.spoilers {
            spoiler.by.iter().for_each(|n| self.somebody(n));
            spoiler.when.iter().for_each(|c| self.condition(c));
        }
    }

    fn surroundings(&mut self) {
        let document = self.document;
        if let Some(meanwhile) = &document.meanwhile {
            meanwhile.cost.iter().for_each(|c| self.party_name(&c.party));
            meanwhile.cost.iter().filter_map(|c| c.ends_when.as_ref()).for_each(|c| self.condition(c));
            for drift in &meanwhile.drift {
                self.issue_values(&drift.issue, [&drift.to]);
            }
            meanwhile.shocks.iter().flat_map(|s| &s.on).for_each(|n| self.party_name(n));
        }
        document.signals.iter().filter_map(|s| s.about.as_ref()).for_each(|n| self.somebody(n));
    }
}

fn with_article(what: &str) -> String {
    match what.chars().next() {
        Some('a' | 'e' | 'i' | 'o' | 'u') => format!("an {what}"),
        _ => format!("a {what}"),
    }
}

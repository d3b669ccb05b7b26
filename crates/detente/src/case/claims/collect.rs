//! From the records of a document to its claims, each in words.

use super::{Claim, ClaimKind};
use crate::case::model::case::Document;
use crate::case::model::grounds::Grounds;
use crate::case::model::people::{Actor, ActorKind, Party, Role, RoleKind};
use crate::case::model::process::StepRef;
use crate::case::model::substance::{Package, Want};
use crate::case::model::talks::{Amount, Answer, Moves, Signed};
use crate::case::scalars::{Name, Range, Share, Tier};
use crate::text::{Code, Diagnostic, Diagnostics};
use indexmap::IndexMap;
use indexmap::map::Entry;

/// Collects the claims of a document in the order of its sections, and reports ids used twice.
pub(crate) fn collect(document: &Document, diagnostics: &mut Diagnostics) -> IndexMap<String, Claim> {
    let mut collector = Collector { document, claims: IndexMap::new(), diagnostics };
    for (id, actor) in &document.actors {
        for role in &actor.roles {
            let words = collector.role(id, actor, role);
            collector.add(ClaimKind::Context, &role.grounds, words).party(role.party.as_ref());
        }
    }
    for (id, party) in &document.parties {
        collector.party(id, party);
    }
    collector.substance();
    collector.conduct();
    collector.process();
    collector.talks();
    collector.surroundings();
    collector.claims
}

struct Collector<'a> {
    document: &'a Document,
    claims: IndexMap<String, Claim>,
    diagnostics: &'a mut Diagnostics,
}

fn delegation(role: &Role) -> &'static str {
    if role.party.is_some() { "the delegation" } else { "a delegation" }
}

/// The word for a role that several have together.
fn several(role: RoleKind) -> String {
    match role {
        RoleKind::Party => "parties".to_string(),
        RoleKind::Ally => "allies".to_string(),
        other => format!("{other}s"),
    }
}

/// What was just added, to say more about it.
struct Added<'a>(Option<&'a mut Claim>);

impl Added<'_> {
    fn party(mut self, party: Option<&Name>) -> Self {
        if let Some(claim) = &mut self.0 {
            claim.party = party.map(|p| p.text.clone());
        }
        self
    }

    fn of(mut self, party: &str) -> Self {
        if let Some(claim) = &mut self.0 {
            claim.party = Some(party.to_string());
        }
        self
    }

    fn speaker(mut self, speaker: Option<&Name>) -> Self {
        if let Some(claim) = &mut self.0 {
            claim.speaker = speaker.map(|s| s.text.clone());
        }
        self
    }

    fn degrees(mut self, degrees: impl IntoIterator<Item = Range>) -> Self {
        if let Some(claim) = &mut self.0 {
            claim.degrees.extend(degrees);
        }
        self
    }

    fn numbers(mut self, numbers: impl IntoIterator<Item = Range>) -> Self {
        if let Some(claim) = &mut self.0 {
            claim.numbers.extend(numbers);
        }
        self
    }
}

impl Collector<'_> {
    fn add(&mut self, kind: ClaimKind, grounds: &Grounds, words: String) -> Added<'_> {
        let id = grounds.id.clone();
        match self.claims.entry(id.clone()) {
            Entry::Vacant(slot) => Added(Some(slot.insert(Claim {
                id,
                kind,
                words,
                party: None,
                speaker: None,
                numbers: Vec::new(),
                degrees: Vec::new(),
                grounds: grounds.clone(),
            }))),
            Entry::Occupied(slot) => {
                self.diagnostics.push(
                    Diagnostic::new(Code::DuplicateName, format!("two claims have the id `{id}`"))
                        .at(grounds.at, "again here")
                        .at(slot.get().grounds.at, "first here"),
                );
                Added(None)
            }
        }
    }

    /// The name of a party or actor, or its id.
    fn who(&self, id: &str) -> String {
        let party = self.document.parties.get(id);
        let actor = |id: &str| self.document.actors.get(id).map(|a| a.name.clone());
        party
            .and_then(|p| p.name.clone().or_else(|| p.actor.as_ref().and_then(|a| actor(&a.text))))
            .or_else(|| actor(id))
            .unwrap_or_else(|| id.to_string())
    }

    /// What an actor does, in a sentence: `Marshal heads a delegation`.
    fn role(&self, id: &str, actor: &Actor, role: &Role) -> String {
        let who = self.who(id);
        let many = actor.kind == Some(ActorKind::Group);
        let of = |what: &str| match &role.party {
            Some(party) => format!("{what} of {}", self.who(&party.text)),
            None => what.to_string(),
        };
        let does = |one: &str, several: &str| if many { several.to_string() } else { one.to_string() };
        let does = match role.role {
            RoleKind::Principal => match &role.party {
                Some(party) => format!("{} for {}", does("decides", "decide"), self.who(&party.text)),
                None => format!("{} for a party", does("decides", "decide")),
            },
            RoleKind::Head => format!("{} {}", does("heads", "head"), of(delegation(role))),
            RoleKind::Member => format!("{} {}", does("is a member of", "are members of"), of(delegation(role))),
            RoleKind::Adviser => match &role.party {
                Some(party) => format!("{} {}", does("advises", "advise"), self.who(&party.text)),
                None => does("acts as adviser", "act as advisers"),
            },
            RoleKind::Audience => does("watches", "watch"),
            other => {
                format!("{} as {}", does("acts", "act"), of(&if many { several(other) } else { other.to_string() }))
            }
        };
        format!("{who} {does}")
    }

    fn issue(&self, id: &str) -> String {
        self.document.issues.get(id).and_then(|i| i.name.clone()).unwrap_or_else(|| id.to_string())
    }

    fn package(&self, id: &str) -> String {
        let document = self.document;
        let package = document.texts.get(id).or_else(|| document.packages.get(id));
        package.map_or_else(|| id.to_string(), |p| p.name.clone())
    }

    fn want(&self, party: &str, want: &Want) -> String {
        let who = self.who(party);
        let issue = want.issue.as_ref().map(|i| self.issue(&i.text)).unwrap_or_default();
        let list = |names: &[Name]| names.iter().map(Name::as_str).collect::<Vec<_>>().join(", ");
        if let Some(first) = &want.ranks_first {
            format!("{who} ranks {} first", self.issue(&first.text))
        } else if let Some(last) = &want.ranks_last {
            format!("{who} ranks {} last", self.issue(&last.text))
        } else if !want.ranks.is_empty() {
            let issues: Vec<String> = want.ranks.iter().map(|i| self.issue(&i.text)).collect();
            format!("{who} ranks {}", issues.join(" over "))
        } else if let (Some(package), Some(over)) = (&want.package, &want.over) {
            format!("{who} prefers {} to {}", self.package(&package.text), self.package(&over.text))
        } else if let Some(over) = &want.over {
            format!("{who} ranks {issue} over {}", self.issue(&over.text))
        } else if !want.prefers.is_empty() {
            let tiers: Vec<String> = want.prefers.iter().map(|Tier(t)| list(t).replace(", ", " = ")).collect();
            format!("{issue}: {who} prefers {}", tiers.join(" to "))
        } else if !want.best.is_empty() && !want.worst.is_empty() {
            format!("{issue}: best for {who} is {}, worst {}", list(&want.best), list(&want.worst))
        } else if !want.best.is_empty() {
            format!("{issue}: best for {who} is {}", list(&want.best))
        } else if !want.worst.is_empty() {
            format!("{issue}: worst for {who} is {}", list(&want.worst))
        } else if let Some(Share(weight)) = want.weight {
            format!("{issue} weighs {weight} for {who}")
        } else if let (Some(value), Some(Share(score))) = (&want.value, want.score) {
            format!("{issue}: {value} is worth {score} to {who}")
        } else {
            format!("{who} wants something on {issue}")
        }
    }

    fn party(&mut self, id: &str, party: &Party) {
        let who = self.who(id);
        if let Some(principal) = &party.principal {
            let name = principal.actor.as_ref().map(|a| self.who(&a.text)).or_else(|| principal.name.clone());
            let attends = match principal.attends {
                Some(true) => ", who attends",
                Some(false) => ", who does not attend",
                None => "",
            };
            let words = format!("{} decides for {who}{attends}", name.unwrap_or_else(|| "somebody".into()));
            self.add(ClaimKind::Context, &principal.grounds, words).of(id);
        }
        if let Some(delegation) = &party.delegation {
            let head = delegation.head.as_ref().map_or_else(|| "somebody".into(), |h| self.who(&h.text));
            let level = delegation.level.as_ref().map(|l| format!(" ({l})")).unwrap_or_default();
            self.add(ClaimKind::Context, &delegation.grounds, format!("{head} leads the delegation of {who}{level}"))
                .of(id);
            for mandate in &delegation.mandates {
                let claimant =
                    mandate.claimed_by.as_ref().map(|c| format!("{}: ", self.who(&c.text))).unwrap_or_default();
                self.add(ClaimKind::Mandate, &mandate.grounds, format!("{claimant}{}", mandate.says))
                    .of(id)
                    .speaker(mandate.claimed_by.as_ref());
            }
            for stake in &delegation.stakes {
                let words = format!("{}: {}", self.who(&stake.actor.text), stake.note);
                self.add(ClaimKind::Context, &stake.grounds, words).of(id);
            }
        }
        for want in &party.wants {
            let words = self.want(id, want);
            let numbers = want.weight.into_iter().chain(want.score).map(|Share(r)| r);
            self.add(ClaimKind::Want, &want.grounds, words).of(id).degrees(numbers);
        }
        for refusal in &party.refuses {
            let words = match &refusal.says {
                Some(what) => format!("{who} refuses “{what}”"),
                None => format!("{who} refuses: {}", refusal.when.text),
            };
            let firmness = refusal.firmness.map(|Share(r)| r);
            self.add(ClaimKind::RedLine, &refusal.grounds, words).of(id).degrees(firmness);
        }
        if let Some(reservation) = &party.reservation {
            let words = format!("no-deal is worth {} to {who}", reservation.value);
            self.add(ClaimKind::NoDeal, &reservation.grounds, words).of(id).degrees([reservation.value]);
        }
        for ratification in &party.ratification {
            let words = format!("{who}: an agreement needs {}", ratification.route);
            self.add(ClaimKind::Context, &ratification.grounds, words).of(id);
            if let Some(passes) = &ratification.passes {
                let words = format!("{who}: {} passes with probability {}", ratification.route, passes.value.0);
                self.add(ClaimKind::Talks, &passes.grounds, words).of(id).degrees([passes.value.0]);
            }
        }
    }

    fn substance(&mut self) {
        let document = self.document;
        for linkage in &document.linkages {
            let words = linkage.says.clone().unwrap_or_else(|| linkage.rule.text.clone());
            self.add(ClaimKind::Linkage, &linkage.grounds, words);
        }
        for package in document.texts.values().chain(document.packages.values()) {
            self.package_claim(package);
        }
        for position in &document.positions {
            let values = position.values.iter().map(Name::as_str).collect::<Vec<_>>().join(" or ");
            let words = format!(
                "{} stands for {values} on {}",
                self.who(&position.party.text),
                self.issue(&position.issue.text)
            );
            self.add(ClaimKind::Position, &position.grounds, words)
                .party(Some(&position.party))
                .speaker(position.by.as_ref());
        }
        for interest in &document.interests {
            let words = format!("{} ({}): {}", self.who(&interest.party.text), interest.layer, interest.says);
            self.add(ClaimKind::Context, &interest.grounds, words).party(Some(&interest.party));
        }
        for poll in &document.polls {
            let words = format!("Public of {}: {}", self.who(&poll.party.text), poll.option);
            let numbers = poll.accept.into_iter().chain(poll.reject).map(|Share(r)| r);
            self.add(ClaimKind::Context, &poll.grounds, words).party(Some(&poll.party)).numbers(numbers);
        }
        for legal in &document.legal {
            self.add(ClaimKind::Context, &legal.grounds, legal.says.clone());
        }
    }

    fn conduct(&mut self) {
        let document = self.document;
        for infeasible in &document.infeasible {
            let words = infeasible.says.clone().unwrap_or_else(|| format!("cannot be: {}", infeasible.when.text));
            self.add(ClaimKind::Priority, &infeasible.grounds, words);
        }
        for priority in &document.priorities {
            let what = priority.says.clone().unwrap_or_else(|| priority.holds.text.clone());
            let words = format!("{} would rather have: {what}", self.who(&priority.of.text));
            let firmness = priority.firmness.map(|Share(r)| r);
            let party = document.parties.contains_key(&priority.of.text).then_some(&priority.of);
            self.add(ClaimKind::Priority, &priority.grounds, words).party(party).degrees(firmness);
        }
        for state in document.states.values() {
            self.package_claim(state);
        }
    }

    fn package_claim(&mut self, package: &Package) {
        let by = package.by.as_ref().map(|b| format!(" ({})", self.who(&b.text))).unwrap_or_default();
        let words = format!("{}{by} covers {} issues", package.name, package.values.len());
        self.add(ClaimKind::Package, &package.grounds, words);
    }

    fn step(&self, step: &StepRef) -> String {
        match step {
            StepRef::Named(name) => {
                self.document.steps.get(&name.text).map_or_else(|| name.text.clone(), |s| s.name.clone())
            }
            StepRef::State(condition) => condition.text.clone(),
        }
    }

    fn process(&mut self) {
        let document = self.document;
        for track in document.tracks.values() {
            self.add(ClaimKind::Context, &track.grounds, format!("Track: {}", track.name));
        }
        for (id, round) in &document.rounds {
            let words = format!("Round: {}", round.name.as_ref().unwrap_or(id));
            self.add(ClaimKind::Context, &round.grounds, words);
        }
        for demand in &document.preconditions {
            let (first, before) = (self.step(&demand.first), self.step(&demand.before));
            let words = format!("{}: “{first}” before “{before}”", self.who(&demand.claimed_by.text));
            self.add(ClaimKind::Precondition, &demand.grounds, words).speaker(Some(&demand.claimed_by));
        }
        for statement in &document.statements {
            let words = format!("{} ({}): {}", self.who(&statement.by.text), statement.act, statement.says);
            self.add(ClaimKind::Context, &statement.grounds, words).speaker(Some(&statement.by));
        }
        for pressure in &document.pressure {
            let on: Vec<String> = pressure.on.iter().map(|n| self.who(&n.text)).collect();
            let words =
                format!("{} presses {}: {}", self.who(&pressure.by.text), on.join(" and "), pressure.instrument);
            self.add(ClaimKind::Context, &pressure.grounds, words);
            for effect in &pressure.effects {
                let by = effect.by.0;
                let what = match effect.moves {
                    Moves::Cost => "what going on costs",
                    Moves::Fallback => "what no agreement is worth to",
                };
                let words = format!(
                    "{} of {} moves {what} {} by {by}",
                    pressure.instrument,
                    self.who(&pressure.by.text),
                    self.who(&effect.on.text)
                );
                self.add(ClaimKind::Talks, &effect.grounds, words).party(Some(&effect.on)).degrees([by]);
            }
        }
    }

    fn talks(&mut self) {
        let document = self.document;
        let Some(talks) = &document.talks else { return };
        let mut number = |amount: &Option<Amount>, words: &dyn Fn(Range) -> String| {
            if let Some(amount) = amount {
                let range = amount.value.0;
                self.add(ClaimKind::Talks, &amount.grounds, words(range)).degrees([range]);
            }
        };
        number(&talks.meetings, &|range| format!("Meetings ahead: {range}"));
        number(&talks.offers, &|range| format!("Offers of each party in a meeting: {range}"));
        number(&talks.recess, &|range| format!("Days between two meetings: {range}"));
        if let Some(breakdown) = &talks.breakdown {
            let words = format!("The talks break off after a meeting with probability {}", breakdown.value.0);
            self.add(ClaimKind::Talks, &breakdown.grounds, words).degrees([breakdown.value.0]);
        }
        if let Some(signing) = &talks.signing {
            let words = match signing.of {
                Signed::Parts => "Parts are signed on the way",
                Signed::Initialled => "Parts are initialled, and nothing is agreed until everything is",
                Signed::Whole => "No parts are signed: the first package that all accept is the agreement",
            };
            self.add(ClaimKind::Talks, &signing.grounds, words.to_string());
        }
        for concession in &talks.concedes {
            let how = match concession.e {
                Some(e) => format!("with an exponent of {}", e.0),
                None => format!("by {}", concession.strategies.join(" or ")),
            };
            let words = format!("{} gives way {how}", self.who(&concession.party.text));
            let e = concession.e.map(|e| e.0);
            self.add(ClaimKind::Talks, &concession.grounds, words).party(Some(&concession.party)).degrees(e);
        }
        for audience in &talks.audience {
            let words = format!(
                "Giving way in public costs {} {} of the step",
                self.who(&audience.party.text),
                audience.cost.0
            );
            self.add(ClaimKind::Talks, &audience.grounds, words)
                .party(Some(&audience.party))
                .degrees([audience.cost.0]);
        }
        for answer in &talks.answers {
            let words = self.answer(answer);
            let numbers = answer.delay.map(|d| d.0).into_iter();
            let numbers = numbers.chain(answer.extends.map(|s| s.0)).chain(answer.recalls.map(|s| s.0));
            self.add(ClaimKind::Talks, &answer.grounds, words).party(Some(&answer.party)).degrees(numbers);
        }
        for happening in &talks.happens {
            let step = document.steps.get(&happening.step.text).map_or(&happening.step.text, |s| &s.name);
            let words = format!("“{step}” happens between two meetings with probability {}", happening.chance.0);
            self.add(ClaimKind::Talks, &happening.grounds, words).degrees([happening.chance.0]);
        }
        for spoiler in &talks.spoilers {
            let by = spoiler.by.as_ref().map_or_else(|| "somebody".to_string(), |n| self.who(&n.text));
            let which = spoiler.when.as_ref().map(|c| format!(" where {}", c.text)).unwrap_or_default();
            let words = format!("An agreement{which} is undone by {by} with probability {}", spoiler.chance.0);
            self.add(ClaimKind::Talks, &spoiler.grounds, words).degrees([spoiler.chance.0]);
        }
    }

    /// How a principal answers, in a sentence.
    fn answer(&self, answer: &Answer) -> String {
        let mut parts = Vec::new();
        if let Some(delay) = answer.delay {
            parts.push(format!("after {} meetings", delay.0));
        }
        if let Some(extends) = answer.extends {
            parts.push(format!("widens the mandate with probability {}", extends.0));
        }
        if let Some(recalls) = answer.recalls {
            parts.push(format!("recalls the delegation when it refuses with probability {}", recalls.0));
        }
        format!("The principal of {} answers: {}", self.who(&answer.party.text), parts.join("; "))
    }

    fn surroundings(&mut self) {
        let document = self.document;
        if let Some(meanwhile) = &document.meanwhile {
            for (id, fact) in &meanwhile.state {
                let name = fact.name.as_ref().unwrap_or(id);
                let value = fact.value.map(|v| v.to_string()).or_else(|| fact.says.clone()).unwrap_or_default();
                let unit = fact.unit.as_ref().map(|u| format!(" {u}")).unwrap_or_default();
                self.add(ClaimKind::State, &fact.grounds, format!("{name}: {value}{unit}")).numbers(fact.value);
            }
            for cost in &meanwhile.cost {
                let words =
                    format!("Going on without an agreement costs {} {}", self.who(&cost.party.text), cost.amount.0);
                self.add(ClaimKind::NoDeal, &cost.grounds, words).party(Some(&cost.party)).degrees([cost.amount.0]);
            }
            for drift in &meanwhile.drift {
                let words = format!(
                    "Without an agreement {} moves to {} with probability {}",
                    self.issue(&drift.issue.text),
                    drift.to,
                    drift.chance.0
                );
                self.add(ClaimKind::NoDeal, &drift.grounds, words).degrees([drift.chance.0]);
            }
            for shock in &meanwhile.shocks {
                let on: Vec<String> = shock.on.iter().map(|n| self.who(&n.text)).collect();
                let words = format!(
                    "{}: between two meetings with probability {}, at a cost of {} to {}",
                    shock.name,
                    shock.chance.0,
                    shock.cost.0,
                    on.join(" and ")
                );
                self.add(ClaimKind::Talks, &shock.grounds, words).degrees([shock.chance.0, shock.cost.0]);
            }
        }
        for history in &document.history {
            self.add(ClaimKind::Context, &history.grounds, format!("History: {}", history.name));
        }
        for signal in &document.signals {
            let words = format!("Sign of {}: {}", signal.of, signal.says);
            self.add(ClaimKind::Context, &signal.grounds, words);
        }
        for odds in &document.odds {
            let words = format!("{}: “{}”", odds.of, odds.words);
            self.add(ClaimKind::Context, &odds.grounds, words).degrees(odds.range.map(|Share(r)| r));
        }
    }
}

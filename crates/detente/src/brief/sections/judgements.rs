//! The bottom line: three to five judgements built by rules from the findings.
//!
//! In order: the highest level with a likely zone; the least likely level above it and what stands
//! in its way; the partial agreement that holds most often; the order demanded; who may sign; the
//! text that is an agreement most often. The first five that have material are given.

use super::confidence::{Confidence, Doubts};
use super::gives;
use super::mandates;
use super::numbers::{count, in_how_many, in_words, is_likely, share};
use super::order::demand_short;
use super::prose::{Prose, and, and_lines, joined};
use super::view::View;
use crate::brief::compose::Findings;
use crate::brief::content::{Judgement, Line, plain};
use crate::case::{Claim, ClaimKind};
use crate::lens::mandate::{Allowed, Light, MandateAnswer};
use crate::lens::order::{Cycle, OrderAnswer};
use crate::lens::zone::{LevelZone, RuleEffect, ZoneAnswer};
use crate::lens::{Finding, ShareOf};
use crate::text::Diagnostics;
use indexmap::IndexSet;
use std::collections::BTreeSet;

/// Judgements on the first page at most.
const MOST: usize = 5;
/// Circles of demands told at most.
const MOST_CIRCLES: usize = 3;
/// Rules named as standing in the way at most.
const MOST_IN_THE_WAY: usize = 2;

/// The judgements, at most five.
pub(super) fn write(view: &View<'_>, diagnostics: &Diagnostics, findings: &Findings<'_>) -> Vec<Judgement> {
    let bench = Bench { view, diagnostics };
    let mut out = Vec::new();
    if let Some(zone) = findings.zone {
        out.extend(bench.levels(zone));
        out.extend(bench.partial(zone));
    }
    out.extend(bench.order(findings.order));
    out.extend(bench.mandates(findings.mandate));
    out.extend(findings.zone.and_then(|zone| bench.texts(zone)));
    out.truncate(MOST);
    out
}

/// Where judgements are built: the case and what was found about it.
struct Bench<'v, 'a> {
    view: &'v View<'a>,
    diagnostics: &'v Diagnostics,
}

/// A clause with its likelihood, and the number in a sentence after it: `It is likely that <clause>:
/// <so> in 61 % …`. For a single game it is a plain yes or no.
fn likely_that(of: &ShareOf, clause: &str, so: &str) -> String {
    match (of.draws, in_words(of)) {
        (0, _) => format!("Whether {clause} was not computed."),
        (_, Some(word)) => {
            let how = match word {
                "almost no chance" => "There is almost no chance".to_string(),
                "roughly even odds" => "The odds are roughly even".to_string(),
                word => format!("It is {word}"),
            };
            format!("{how} that {clause}: {so} {}.", in_how_many(of))
        }
        (_, None) if of.hits > 0 => format!("On the numbers of the case, {clause}."),
        (_, None) => format!("On the numbers of the case, it is not so that {clause}."),
    }
}

fn judgement(says: Line, of: Option<&ShareOf>, confidence: Confidence, section: &str) -> Judgement {
    Judgement {
        says,
        likelihood: of.and_then(|of| Some((in_words(of)?.to_string(), share(of)))),
        confidence: confidence.word.to_string(),
        because: plain(confidence.because),
        section: section.to_string(),
    }
}

impl Bench<'_, '_> {
    fn claims(&self, kinds: &[ClaimKind]) -> impl Iterator<Item = &Claim> {
        self.view.case.claims.values().filter(move |c| kinds.contains(&c.kind))
    }

    /// Claims of the kinds that the zone of agreement computes with.
    fn zone_doubts(&self, zone: &Finding<ZoneAnswer>, level: Option<usize>) -> Confidence {
        let kinds = [ClaimKind::Want, ClaimKind::RedLine, ClaimKind::Linkage, ClaimKind::NoDeal];
        let claims: Vec<&Claim> = self.claims(&kinds).collect();
        let doubts = Doubts::about(self.view, self.diagnostics, claims).of_method(&zone.made);
        match level {
            Some(level) => doubts.of_level(&zone.answer, level).confidence(),
            None => doubts.confidence(),
        }
    }

    /// The highest level with a likely zone and the highest level of all; one if they are the same.
    fn levels(&self, zone: &Finding<ZoneAnswer>) -> Vec<Judgement> {
        let levels = &zone.answer.levels;
        let Some(top) = levels.len().checked_sub(1) else { return vec![self.any(zone)] };
        let likely = levels.iter().rposition(|l| is_likely(&l.zone));
        let shown = likely.unwrap_or(0);
        let mut out = Vec::new();
        out.extend(levels.get(shown).map(|level| self.level(zone, shown, level)));
        if top != shown {
            out.extend(levels.get(top).map(|level| self.level(zone, top, level)));
        }
        out
    }

    fn any(&self, zone: &Finding<ZoneAnswer>) -> Judgement {
        let any = &zone.answer.any;
        let says = likely_that(any, "some agreement is open to the parties", "there is one");
        judgement(plain(says), Some(any), self.zone_doubts(zone, None), "zone")
    }

    fn level(&self, zone: &Finding<ZoneAnswer>, at: usize, level: &LevelZone) -> Judgement {
        let name = self.view.level(&level.level);
        let clause = format!("an agreement at the level “{name}” is open to the parties");
        let mut prose = Prose::new().text(likely_that(&level.zone, &clause, "there is one"));
        if !level.permitted {
            prose = prose.text(" No outcome at all keeps every rule between issues and every red line at this level.");
        }
        if is_likely(&level.zone) {
            if let Some(example) = &level.example {
                prose = prose.text(format!(" One that reaches it: {}.", self.view.terms_to_fit(&example.terms)));
            }
        } else {
            prose = prose.line(self.in_the_way(&zone.answer, at, level));
        }
        judgement(prose.done(), Some(&level.zone), self.zone_doubts(zone, Some(at)), "zone")
    }

    /// The rules whose absence opens the level most, and the cheapest set that opens it.
    fn in_the_way(&self, answer: &ZoneAnswer, at: usize, level: &LevelZone) -> Line {
        let gain = |rule: &RuleEffect| rule.free.get(at).map_or(0.0, |free| free.share - level.zone.share);
        let mut rules: Vec<&RuleEffect> = answer.rules.iter().filter(|rule| gain(rule) >= 0.01).collect();
        rules.sort_by(|a, b| gain(b).total_cmp(&gain(a)));
        let lines = rules.into_iter().take(MOST_IN_THE_WAY).map(|rule| {
            let whose = rule.party.as_ref().map_or("the rule ".to_string(), |p| format!("{}: ", self.view.party(p)));
            let free = rule.free.get(at).map(share).unwrap_or_default();
            Prose::new()
                .text(whose)
                .piece(self.view.claim_in_words(&rule.claim))
                .text(format!(" (without it {free})"))
                .done()
        });
        let lines: Vec<Line> = lines.collect();
        let mut prose = Prose::new();
        if !lines.is_empty() {
            prose = prose.text(" Most in the way: ").line(and_lines(lines)).text(".");
        }
        let gives = answer.gives.iter().find(|g| g.level == level.level).and_then(|g| g.sets.first());
        if let Some(set) = gives.filter(|set| !set.gives.is_empty()) {
            prose = prose
                .text(" The cheapest set of things whose softening opens it: ")
                .line(gives::all(self.view, set))
                .text(format!(" (enough {}).", in_how_many(&set.opens)));
        }
        prose.done()
    }

    fn partial(&self, zone: &Finding<ZoneAnswer>) -> Option<Judgement> {
        let first = zone.answer.partial.first().filter(|p| p.agreement.hits > 0)?;
        let accepts = zone.answer.parties.iter().zip(&first.accepts);
        let accepts: Vec<String> =
            accepts.map(|(party, of)| format!("{} {}", self.view.party(party), share(of))).collect();
        let says = format!(
            "{} Of the partial agreements found it holds most often. Each party by itself accepts it in: {} of the sets.",
            likely_that(
                &first.agreement,
                &format!("the parties can agree on “{}” and nothing else", self.view.terms_to_fit(&first.terms)),
                "it is an agreement",
            ),
            and(&accepts),
        );
        Some(judgement(plain(says), Some(&first.agreement), self.zone_doubts(zone, None), "zone"))
    }

    fn order(&self, order: &Finding<OrderAnswer>) -> Option<Judgement> {
        let answer = &order.answer;
        if answer.demands.is_empty() {
            return None;
        }
        let mut prose = match answer.cycles.as_slice() {
            [] => {
                let demands = count(answer.demands.len(), "demand", "demands");
                let all = if answer.complete {
                    "can all be met together"
                } else {
                    "showed no contradiction before the search was cut off"
                };
                Prose::new().text(format!("The {demands} on the order of steps {all}."))
            }
            cycles => self.circles(answer, cycles),
        };
        if !answer.elsewhere.is_empty() {
            let waits = count(answer.elsewhere.len(), "demand waits", "demands wait");
            prose = prose.text(format!(" {waits} for another track."));
        }
        // What a contradiction rests on are the demands in it; that there is none rests on all of them.
        let in_circles = answer.cycles.iter().flat_map(|c| &c.demands).filter_map(|d| answer.demands.get(*d));
        let in_circles: BTreeSet<&str> = in_circles.map(|d| d.claim.as_str()).collect();
        let claims = self.claims(&[ClaimKind::Precondition]);
        let claims = claims.filter(|c| in_circles.is_empty() || in_circles.contains(c.id.as_str()));
        let confidence = Doubts::about(self.view, self.diagnostics, claims).of_method(&order.made).confidence();
        Some(judgement(prose.done(), None, confidence, "order"))
    }

    /// The circles of demands, the shortest first, with who makes each demand.
    fn circles(&self, answer: &OrderAnswer, cycles: &[Cycle]) -> Prose {
        let least = if answer.complete { "" } else { "at least " };
        let circles = count(cycles.len(), "circle", "circles");
        let mut prose = Prose::new()
            .text(format!("The orders demanded cannot all be met: demands wait for each other in {least}{circles}."));
        for (at, cycle) in cycles.iter().enumerate().take(MOST_CIRCLES) {
            let demands = cycle.demands.iter().filter_map(|d| {
                let marks = self.view.marks(answer.demands.get(*d)?.because.iter().map(String::as_str));
                Some(Prose::new().line(demand_short(self.view, answer, *d)?).line(marks).done())
            });
            let number = if cycles.len() > 1 { format!(" ({})", at + 1) } else { String::new() };
            prose = prose.text(format!("{number} ")).line(and_lines(demands.collect())).text(".");
        }
        match answer.cuts.first().map(|cut| cut.demands.len()) {
            Some(1) => prose.text(" Relaxing one demand, or meeting it at the same time, would leave no circle."),
            Some(n) => {
                prose.text(format!(" It takes {n} demands relaxed, or met at the same time, to leave no circle."))
            }
            None => prose,
        }
    }

    fn mandates(&self, mandate: &Finding<MandateAnswer>) -> Option<Judgement> {
        let answer = &mandate.answer;
        let mut prose = Prose::new();
        let contested = answer.contested.iter();
        let contested: Vec<String> = contested
            .map(|c| format!("{} ({})", self.view.party(&c.party), count(c.claims.len(), "claim", "claims")))
            .collect();
        if !contested.is_empty() {
            prose = prose.text(format!("What the delegation may sign is contested for {}. ", and(&contested)));
        }
        let first = |test: &dyn Fn(&str) -> bool| answer.lights.iter().find(|l| test(&l.package));
        let package = first(&|id| id == "partial-1")
            .or_else(|| first(&|id| self.view.document().packages.contains_key(id)))
            .or(answer.lights.first());
        if let Some(package) = package.map(|l| l.package.as_str()) {
            let lights: Vec<&Light> = answer.lights.iter().filter(|l| l.package == package).collect();
            let parties: IndexSet<&str> = lights.iter().map(|l| l.party.as_str()).collect();
            let each = parties.into_iter().map(|party| self.may(party, &lights));
            prose = prose.text(format!("For {}: ", self.package(package))).line(joined(each, "; ")).text(".");
        }
        let says = prose.done();
        if says.is_empty() {
            return None;
        }
        let claims: Vec<&Claim> = self.claims(&[ClaimKind::Mandate]).collect();
        let confidence = Doubts::about(self.view, self.diagnostics, claims).of_method(&mandate.made).confidence();
        Some(judgement(says, None, confidence, "mandates"))
    }

    fn package(&self, id: &str) -> String {
        match id.strip_prefix("partial-") {
            Some(number) => format!("partial agreement {number}"),
            None => format!("“{}”", self.view.package(id)),
        }
    }

    /// What a delegation may do with a package, by what the claims about its mandate allow.
    fn may(&self, party: &str, lights: &[&Light]) -> Line {
        let words = [
            (Allowed::Sign, "may sign"),
            (Allowed::Refer, "must refer to its principal"),
            (Allowed::Never, "may never sign"),
        ];
        let own: Vec<&&Light> = lights.iter().filter(|l| l.party == party).collect();
        let groups = words.into_iter().filter_map(|(allowed, word)| {
            let by: Vec<Line> = own
                .iter()
                .filter(|l| l.overall == allowed)
                .map(|l| vec![self.view.claim(&l.claim, mandates::claimant(self.view, party, &l.claim))])
                .collect();
            let on = if by.len() == 1 { "claim" } else { "claims" };
            (!by.is_empty()).then(|| Prose::new().text(format!("{word} on the {on} of ")).line(and_lines(by)).done())
        });
        let delegation = format!("the delegation of {} ", self.view.party(party));
        Prose::new().text(delegation).line(joined(groups, ", ")).done()
    }

    fn texts(&self, zone: &Finding<ZoneAnswer>) -> Option<Judgement> {
        let texts: Vec<_> = zone.answer.packages.iter().filter(|v| v.is_text).collect();
        let best =
            texts.iter().copied().reduce(|best, v| if v.agreement.hits > best.agreement.hits { v } else { best })?;
        let clause = format!("the text “{}” is an agreement as it stands", self.view.package(&best.package));
        let says = format!(
            "{} Of {} in the case it holds most often.",
            likely_that(&best.agreement, &clause, "it is one"),
            count(texts.len(), "text", "texts"),
        );
        Some(judgement(plain(says), Some(&best.agreement), self.zone_doubts(zone, None), "packages"))
    }
}

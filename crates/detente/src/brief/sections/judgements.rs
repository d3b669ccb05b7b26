//! The bottom line: three to five judgements built by rules from the findings.
//!
//! In order: the highest level with a likely zone; the partial agreement that holds most often, and
//! who may sign it; the highest level of all and what stands in its way; the texts that the parties
//! put forward; the order demanded; who may sign. The first five that have material are given, and after
//! them whether the states of affairs asked about would hold, and how the talks would go.

use super::confidence::{Confidence, Doubts};
use super::gives;
use super::mandates;
use super::numbers::{count, in_how_many, in_words, is_likely, share};
use super::order::demand_short;
use super::prose::{Prose, and, and_lines, capital, joined};
use super::view::View;
use crate::analysis::stability::Concept;
use crate::brief::compose::Findings;
use crate::brief::content::{Inline, Judgement, Line, plain};
use crate::case::model::substance::Package;
use crate::case::{Claim, ClaimKind};
use crate::lens::mandate::{Allowed, Light, MandateAnswer};
use crate::lens::order::{Cycle, OrderAnswer};
use crate::lens::stability::StabilityAnswer;
use crate::lens::talks::TalksAnswer;
use crate::lens::zone::{Give, LevelZone, PackageVerdict, RuleEffect, WhatMustGive, ZoneAnswer};
use crate::lens::{Finding, ShareOf};
use crate::text::Diagnostics;
use indexmap::{IndexMap, IndexSet};
use std::collections::BTreeSet;

/// Judgements on the first page at most.
const MOST: usize = 5;
/// Judgements on the first page at least, where there is material.
const LEAST: usize = 3;
/// Circles of demands told at most.
const MOST_CIRCLES: usize = 2;
/// Red lines of one party named at most.
const MOST_LINES: usize = 6;
/// Sets of the same cost named at most.
const MOST_SETS: usize = 2;
/// Rules named as standing in the way at most.
const MOST_IN_THE_WAY: usize = 2;

/// The judgements, at most five, whether anything would hold and how the talks would go.
pub(super) fn write(view: &View<'_>, diagnostics: &Diagnostics, findings: &Findings<'_>) -> Vec<Judgement> {
    let bench = Bench { view, diagnostics };
    let mut out = Vec::new();
    if let Some(zone) = findings.zone {
        let (reachable, top) = bench.levels(zone);
        out.push(reachable);
        out.extend(bench.partial(zone, &findings.mandate.answer));
        out.extend(top);
        out.extend(bench.texts(zone));
    }
    out.extend(bench.order(findings.order));
    // With a zone, the judgement on the partial agreement says who may sign it.
    if out.len() < LEAST || findings.zone.is_none() {
        out.extend(bench.mandates(findings.mandate));
    }
    out.truncate(MOST);
    out.extend(findings.stability.and_then(|stability| bench.stability(stability)));
    out.extend(findings.talks.and_then(|talks| bench.talks(talks)));
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
        let doubts = Doubts::about(self.view, self.diagnostics, claims)
            .of_silence(self.view)
            .of_trades(self.view)
            .of_method(&zone.made);
        match level {
            Some(level) => doubts.of_level(&zone.answer, level).confidence(),
            None => doubts.confidence(),
        }
    }

    /// The highest level with a likely zone (else the lowest), and the highest of all where it is another.
    fn levels(&self, zone: &Finding<ZoneAnswer>) -> (Judgement, Option<Judgement>) {
        let levels = &zone.answer.levels;
        let shown = levels.iter().rposition(|l| is_likely(&l.zone)).unwrap_or(0);
        let Some(level) = levels.get(shown) else { return (self.any(zone), None) };
        let top = levels.len() - 1;
        let highest = levels.get(top).filter(|_| top != shown).map(|level| self.level(zone, top, level, &[]));
        let between = levels.get(shown + 1..top).unwrap_or_default();
        (self.level(zone, shown, level, between), highest)
    }

    fn any(&self, zone: &Finding<ZoneAnswer>) -> Judgement {
        let any = &zone.answer.any;
        let says = likely_that(any, "some agreement suits the parties on what the case says", "there is one");
        judgement(plain(says), Some(any), self.zone_doubts(zone, None), "zone")
    }

    /// A level, with the levels after it that have no judgement of their own.
    fn level(&self, zone: &Finding<ZoneAnswer>, at: usize, level: &LevelZone, between: &[LevelZone]) -> Judgement {
        let name = self.view.level(&level.level);
        let clause = format!("some agreement at the level “{name}” suits the parties on what the case says");
        let mut prose = Prose::new().text(likely_that(&level.zone, &clause, "there is one"));
        if is_likely(&level.zone) {
            if let Some(example) = &level.example {
                prose = prose.text(format!(" One that reaches it: {}.", self.view.terms_to_fit(&example.terms)));
            }
        } else {
            prose = prose.line(self.in_the_way(&zone.answer, at, level));
        }
        let between: Vec<String> = between
            .iter()
            .map(|l| {
                let word = in_words(&l.zone).map(|word| format!(", {word}")).unwrap_or_default();
                format!("“{}” ({}{word})", self.view.level(&l.level), share(&l.zone))
            })
            .collect();
        if !between.is_empty() {
            let next = if between.len() == 1 { "The next level is" } else { "The next levels are" };
            prose = prose.text(format!(" {next} {}.", and(&between)));
        }
        judgement(prose.done(), Some(&level.zone), self.zone_doubts(zone, Some(at)), "zone")
    }

    /// The rules whose absence opens the level most, and the cheapest set that opens it.
    fn in_the_way(&self, answer: &ZoneAnswer, at: usize, level: &LevelZone) -> Line {
        let gain = |rule: &RuleEffect| rule.free.get(at).map_or(0.0, |free| free.share - level.zone.share);
        let mut rules: Vec<&RuleEffect> = answer.rules.iter().filter(|rule| gain(rule) >= 0.01).collect();
        rules.sort_by(|a, b| gain(b).total_cmp(&gain(a)));
        let lines = rules.into_iter().take(MOST_IN_THE_WAY).map(|rule| {
            let free = rule.free.get(at).map(share).unwrap_or_default();
            Prose::new().line(self.view.spoken(&rule.claim)).text(format!(" (without that {free})")).done()
        });
        let lines: Vec<Line> = lines.collect();
        let mut prose = Prose::new();
        let none = if level.permitted { "" } else { " No outcome at this level keeps every rule and every red line." };
        prose = prose.text(none);
        if !lines.is_empty() {
            prose = prose.text(" Most in the way: ").line(and_lines(lines)).text(".");
        }
        match answer.gives.iter().find(|g| g.level == level.level) {
            Some(gives) => prose.line(self.softening(gives)).done(),
            None => prose.done(),
        }
    }

    /// The cheapest softening that opens a level. Where several cost the same, all are named or
    /// counted: which comes first says nothing, and no party is to look like the one that has to move.
    fn softening(&self, gives: &WhatMustGive) -> Line {
        let cheapest = gives::cheapest(gives);
        let Some(first) = cheapest.first().filter(|set| !set.gives.is_empty()) else { return Line::new() };
        let common = first.gives.iter().filter(|g| cheapest.iter().all(|set| set.gives.contains(g)));
        let common: Vec<Give> = common.cloned().collect();
        let rests = cheapest.iter().take(MOST_SETS).map(|set| {
            let rest: Vec<Give> = set.gives.iter().filter(|g| !common.contains(g)).cloned().collect();
            gives::by_party(self.view, &rest)
        });
        let mut rests: Vec<Line> = rests.collect();
        let prose = Prose::new().text(" The cheapest softening that opens it: ");
        let prose = match cheapest.len() {
            1 => prose.line(gives::by_party(self.view, &first.gives)),
            n => {
                if n > MOST_SETS {
                    rests.push(plain(format!("{} other sets of the same cost", n - MOST_SETS)));
                }
                let prose = if common.is_empty() {
                    prose.text("either ")
                } else {
                    prose.line(gives::by_party(self.view, &common)).text(" with either ")
                };
                prose.line(joined(rests, " or "))
            }
        };
        let prose = prose.text(format!("; enough in {}", share(&first.opens)));
        let all = gives.sets.len();
        let others = Inline::Section { text: format!("all {all} smallest sets"), id: "gives".into() };
        if all > cheapest.len() { prose.text(" (").piece(others).text(").").done() } else { prose.text(".").done() }
    }

    fn partial(&self, zone: &Finding<ZoneAnswer>, mandate: &MandateAnswer) -> Option<Judgement> {
        let first = zone.answer.partial.first().filter(|p| p.agreement.hits > 0)?;
        let accepts = zone.answer.parties.iter().zip(&first.accepts);
        let accepts: Vec<String> =
            accepts.map(|(party, of)| format!("{} {}", self.view.party(party), share(of))).collect();
        let clause = format!("the parties can agree on “{}” and nothing else", self.view.terms_to_fit(&first.terms));
        let mut prose = Prose::new().text(likely_that(&first.agreement, &clause, "it is an agreement"));
        // Who accepts it by itself says more only where it is less than almost always.
        if first.accepts.iter().any(|of| share(of) != share(&first.agreement)) {
            prose = prose.text(format!(" Each party by itself accepts it in: {}.", and(&accepts)));
        }
        let prose = prose.line(self.signable(mandate, "partial-1"));
        Some(judgement(prose.done(), Some(&first.agreement), self.zone_doubts(zone, None), "zone"))
    }

    /// Whether the delegations may sign a package, by how many of the claims about each mandate.
    fn signable(&self, mandate: &MandateAnswer, package: &str) -> Line {
        let lights: Vec<&Light> = mandate.lights.iter().filter(|l| l.package == package).collect();
        let parties: IndexSet<&str> = lights.iter().map(|l| l.party.as_str()).collect();
        let each = parties.into_iter().map(|party| {
            let own: Vec<&&Light> = lights.iter().filter(|l| l.party == party).collect();
            let count = |allowed| own.iter().filter(|l| l.overall == allowed).count();
            let said = [
                (count(Allowed::Sign), "may sign"),
                (count(Allowed::Refer), "has to ask first"),
                (count(Allowed::Never), "may not sign"),
            ];
            let said: Vec<String> = said
                .iter()
                .filter(|(on, _)| *on > 0)
                .map(|(on, what)| match (*on, own.len()) {
                    (_, 1) => format!("{what}, on the one claim made"),
                    (on, all) if on == all => format!("{what}, on each of {all} claims"),
                    (on, all) => format!("{what} on {on} of {all} claims"),
                })
                .collect();
            let on = said.join(", ");
            format!("{} {on}", self.view.party(party))
        });
        let each: Vec<String> = each.collect();
        if each.is_empty() {
            return Line::new();
        }
        let link = Inline::Section { text: "What each delegation may do with it".into(), id: "mandates".into() };
        Prose::new().text(" ").piece(link).text(format!(": {}.", each.join("; "))).done()
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
            prose = prose.text(format!("{number} ")).line(joined(demands, "; ")).text(".");
        }
        let more = cycles.len().saturating_sub(MOST_CIRCLES);
        if more > 0 {
            let words = count(more, "more circle", "more circles");
            let link = Inline::Section { text: words, id: "order".into() };
            prose = prose.text(" See also ").piece(link).text(".");
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

    /// Whether the states of affairs asked about would hold, the first of them first.
    fn stability(&self, stability: &Finding<StabilityAnswer>) -> Option<Judgement> {
        let first = super::stability::first(&stability.answer)?;
        let holds = *first.holds.get(&Concept::Seq)?;
        let clause = format!("nobody would leave “{}” undeterred", first.name);
        let leavers = capital(&super::stability::leavers(&stability.answer, first));
        let others = stability.answer.situations.iter().filter(|s| s.feasible && s.id != first.id);
        let others = others.filter_map(|s| Some(format!("“{}” {}", s.name, share(s.holds.get(&Concept::Seq)?))));
        let others: Vec<String> = others.collect();
        let others = match others.is_empty() {
            true => String::new(),
            false => format!(" The same of the others asked about: {}.", others.join("; ")),
        };
        let says = format!(
            "{} {leavers}.{others} That a state would hold says nothing on whether it would be agreed.",
            likely_that(&holds, &clause, "it holds so")
        );
        let claims: Vec<&Claim> = self.claims(&[ClaimKind::Priority]).collect();
        let confidence = Doubts::about(self.view, self.diagnostics, claims)
            .of_priorities(self.view, first)
            .of_method(&stability.made)
            .confidence();
        Some(judgement(plain(says), Some(&holds), confidence, "stability"))
    }

    /// How the talks would go. No likelihood word: a share of sessions is one of what is assumed, and not odds.
    fn talks(&self, talks: &Finding<TalksAnswer>) -> Option<Judgement> {
        let answer = &talks.answer;
        let says = super::talks::first_page(self.view, answer)?;
        let claims: Vec<&Claim> =
            self.claims(&[ClaimKind::Talks, ClaimKind::Mandate, ClaimKind::Precondition, ClaimKind::NoDeal]).collect();
        let confidence = Doubts::about(self.view, self.diagnostics, claims).of_talks(answer).of_method(&talks.made);
        Some(judgement(says, None, confidence.confidence(), "talks"))
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

    /// The texts that the parties last put forward; where there are none, every text of the case.
    fn texts(&self, zone: &Finding<ZoneAnswer>) -> Option<Judgement> {
        let all: Vec<&PackageVerdict> = zone.answer.packages.iter().filter(|v| v.is_text).collect();
        let latest: Vec<&PackageVerdict> = all.iter().copied().filter(|v| self.is_latest(&v.package)).collect();
        let (texts, which) =
            if latest.is_empty() { (all, "texts in the case") } else { (latest, "latest texts of the parties") };
        let best =
            texts.iter().copied().reduce(|best, v| if v.agreement.hits > best.agreement.hits { v } else { best })?;
        let name = self.view.package(&best.package);
        let says = match texts.len() {
            1 => likely_that(&best.agreement, &format!("the text “{name}” is an agreement as it stands"), "it is one"),
            n if share(&best.agreement) == "<1\u{a0}%" => likely_that(
                &best.agreement,
                &format!("any given one of the {n} {which} is an agreement as it stands"),
                "each is one",
            ),
            n => likely_that(
                &best.agreement,
                &format!("“{name}”, of the {n} {which} the nearest to one, is an agreement as it stands"),
                "it is one",
            ),
        };
        let prose = Prose::new().text(says).line(self.accepted(&zone.answer, &texts)).line(self.crossed(&texts));
        Some(judgement(prose.done(), Some(&best.agreement), self.zone_doubts(zone, None), "packages"))
    }

    /// The party that put a text forward: itself, or somebody of its own.
    fn party_of(&self, package: &Package) -> Option<&str> {
        let document = self.view.document();
        let by = package.by.as_ref()?.as_str();
        let of = document.actors.get(by).and_then(|actor| actor.of.as_ref()).map(|of| of.as_str());
        let is = |id: &str, actor: &str| {
            id == actor || document.parties.get(id).and_then(|p| p.actor.as_ref()).is_some_and(|a| a.as_str() == actor)
        };
        let mut parties = document.parties.keys().map(String::as_str);
        parties.find(|id| is(id, by) || of.is_some_and(|of| is(id, of)))
    }

    /// Whether a text is among the last that a party put forward, by its date.
    fn is_latest(&self, id: &str) -> bool {
        let texts = &self.view.document().texts;
        let Some(text) = texts.get(id) else { return false };
        let Some(party) = self.party_of(text) else { return false };
        let same = texts.values().filter(|other| self.party_of(other) == Some(party));
        text.date >= same.filter_map(|other| other.date).max()
    }

    /// In which share each party accepts each text.
    fn accepted(&self, answer: &ZoneAnswer, texts: &[&PackageVerdict]) -> Line {
        let names = answer.parties.iter().map(|p| self.view.party(p));
        if let [text] = texts {
            let each = names.zip(&text.accepts).map(|(party, of)| format!("{party} {}", share(of)));
            return plain(format!(" Each party by itself accepts it in: {}.", and(&each.collect::<Vec<_>>())));
        }
        let each = texts.iter().map(|text| {
            let shares: Vec<String> = text.accepts.iter().map(share).collect();
            format!("“{}” {}", self.view.package(&text.package), and(&shares))
        });
        let each: Vec<String> = each.collect();
        plain(format!(" Acceptable to {} in: {}.", and(&names.collect::<Vec<_>>()), each.join("; ")))
    }

    /// The red lines that texts cross whatever they leave open, by who put the texts forward.
    fn crossed(&self, texts: &[&PackageVerdict]) -> Line {
        let mut by: IndexMap<String, IndexSet<&str>> = IndexMap::new();
        for verdict in texts {
            let text = self.view.document().texts.get(&verdict.package);
            let party = text.and_then(|text| self.party_of(text));
            let whose = match party {
                Some(party) if texts.len() > 1 => format!("of {}", self.view.party(party)),
                _ if texts.len() > 1 => format!("in “{}”", self.view.package(&verdict.package)),
                _ => String::new(),
            };
            by.entry(whose).or_default().extend(verdict.crosses.iter().map(String::as_str));
        }
        by.retain(|_, crosses| !crosses.is_empty());
        let each = by.into_iter().map(|(whose, crosses)| {
            let crosses: Vec<&str> = crosses.into_iter().collect();
            let whose = if whose.is_empty() { whose } else { format!("{whose}: ") };
            Prose::new().text(whose).line(and_lines(self.view.red_lines(&crosses, MOST_LINES))).done()
        });
        let each: Vec<Line> = each.collect();
        if each.is_empty() {
            return plain(" It crosses no red line.").into_iter().filter(|_| texts.len() == 1).collect();
        }
        Prose::new()
            .text(" Red lines crossed by the text")
            .text(if texts.len() == 1 { ": " } else { "s " })
            .line(joined(each, "; "))
            .text(".")
            .done()
    }
}

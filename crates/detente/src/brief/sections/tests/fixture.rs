//! Cases and answers made by hand.

use crate::brief::compose::{Colophon, Findings};
use crate::brief::content::Brief;
use crate::case::model::case::Document;
use crate::case::{Case, Claim, ClaimKind, EvidenceCheck, Grounds, ReadOptions, Status, read};
use crate::lens::mandate::{Allowed, Clause, Contested, Light, MandateAnswer};
use crate::lens::order::{Choreography, Cut, Cycle, Demand, Elsewhere, OrderAnswer, OrderStep, Way, WayKind};
use crate::lens::zone::{
    AssumptionLoad, EfficientAgreements, FrontierBand, Give, GiveSet, LevelZone, Mover, PackageVerdict, RankedPackage,
    RuleEffect, Solution, SolutionIssue, Terms, WhatMustGive, ZoneAnswer,
};
use crate::lens::{Exactness, Finding, Made, ShareOf};
use crate::text::{Code, Diagnostic, Diagnostics};
use indexmap::IndexMap;

pub(super) const CROSSING: &str = include_str!("crossing.toml");
const WIRE: &str = include_str!("wire.md");
pub(super) const EVERYTHING: &str = include_str!("everything.toml");
const EVERYTHING_SOURCE: &str = include_str!("everything.md");

/// Reads a case from text. Claims and checks of quotes are made here, so that these tests hold
/// whatever words other parts give a claim.
pub(super) fn case(toml: &str, source: &str) -> Case {
    let open = |name: &str| Ok(if name == "case.toml" { toml } else { source }.as_bytes().to_vec());
    let reading = read("case.toml", &open, ReadOptions::default());
    let broken = |d: &&Diagnostic| ["case", "condition"].contains(&d.code.as_str().split(':').next().unwrap_or(""));
    let broken: Vec<&Diagnostic> = reading.diagnostics.iter().filter(broken).collect();
    assert!(broken.is_empty(), "{broken:#?}");
    let mut case = reading.case.unwrap_or_else(|| panic!("{:?}", reading.diagnostics));
    case.claims = claims(&case.document);
    case.checks = checks(&case);
    case
}

pub(super) fn crossing() -> Case {
    case(CROSSING, WIRE)
}

pub(super) fn everything() -> Case {
    case(EVERYTHING, EVERYTHING_SOURCE)
}

fn checks(case: &Case) -> IndexMap<String, EvidenceCheck> {
    let check = |(id, evidence): (&String, &crate::case::model::sources::Evidence)| {
        let raw = case.held.get(evidence.source.as_str()).map(|h| h.text.raw());
        let quote = evidence.quote.as_str();
        let range = raw.and_then(|raw| raw.find(quote)).map(|at| at..at + quote.len());
        let status = if range.is_some() { Status::Exact } else { Status::Missing };
        (id.clone(), EvidenceCheck { status, range, anchor: None, sentence: None, line_column: None })
    };
    case.document.evidence.iter().map(check).collect()
}

/// Every claim of a document, with its id in place of its words unless it has some.
fn claims(document: &Document) -> IndexMap<String, Claim> {
    let mut out = IndexMap::new();
    let mut add = |grounds: &Grounds, kind: ClaimKind, party: Option<&str>, words: Option<String>| {
        let claim = Claim {
            id: grounds.id.clone(),
            kind,
            words: words.unwrap_or_else(|| grounds.id.replace('-', " ")),
            party: party.map(String::from),
            speaker: None,
            numbers: Vec::new(),
            degrees: Vec::new(),
            grounds: grounds.clone(),
        };
        out.insert(grounds.id.clone(), claim);
    };
    for actor in document.actors.values() {
        actor.roles.iter().for_each(|r| add(&r.grounds, ClaimKind::Context, None, None));
    }
    for (id, party) in &document.parties {
        let id = Some(id.as_str());
        party.principal.iter().for_each(|p| add(&p.grounds, ClaimKind::Context, id, None));
        if let Some(delegation) = &party.delegation {
            add(&delegation.grounds, ClaimKind::Context, id, None);
            delegation.mandates.iter().for_each(|m| add(&m.grounds, ClaimKind::Mandate, id, Some(m.says.clone())));
            delegation.stakes.iter().for_each(|s| add(&s.grounds, ClaimKind::Context, id, None));
        }
        party.wants.iter().for_each(|w| add(&w.grounds, ClaimKind::Want, id, None));
        party.refuses.iter().for_each(|r| add(&r.grounds, ClaimKind::RedLine, id, r.says.clone()));
        party.reservation.iter().for_each(|r| add(&r.grounds, ClaimKind::NoDeal, id, None));
        party.ratification.iter().for_each(|r| add(&r.grounds, ClaimKind::Context, id, None));
    }
    document.linkages.iter().for_each(|l| add(&l.grounds, ClaimKind::Linkage, None, l.says.clone()));
    for package in document.texts.values().chain(document.packages.values()) {
        add(&package.grounds, ClaimKind::Package, None, Some(package.name.clone()));
    }
    document.positions.iter().for_each(|p| add(&p.grounds, ClaimKind::Position, Some(p.party.as_str()), None));
    document.preconditions.iter().for_each(|p| add(&p.grounds, ClaimKind::Precondition, None, p.says.clone()));
    if let Some(meanwhile) = &document.meanwhile {
        meanwhile.state.values().for_each(|s| add(&s.grounds, ClaimKind::State, None, None));
        meanwhile.cost.iter().for_each(|c| add(&c.grounds, ClaimKind::NoDeal, Some(c.party.as_str()), None));
        meanwhile.drift.iter().for_each(|d| add(&d.grounds, ClaimKind::NoDeal, None, None));
    }
    let context = document.interests.iter().map(|x| &x.grounds);
    let context = context.chain(document.tracks.values().map(|x| &x.grounds));
    let context = context.chain(document.rounds.values().map(|x| &x.grounds));
    let context = context.chain(document.statements.iter().map(|x| &x.grounds));
    let context = context.chain(document.pressure.iter().map(|x| &x.grounds));
    let context = context.chain(document.history.iter().map(|x| &x.grounds));
    let context = context.chain(document.signals.iter().map(|x| &x.grounds));
    let context = context.chain(document.odds.iter().map(|x| &x.grounds));
    let context = context.chain(document.polls.iter().map(|x| &x.grounds));
    let context = context.chain(document.legal.iter().map(|x| &x.grounds));
    context.for_each(|grounds| add(grounds, ClaimKind::Context, None, None));
    out
}

pub(super) fn of(hits: u64) -> ShareOf {
    ShareOf::new(hits, 2000)
}

fn terms(all: &[(&str, &str)]) -> Terms {
    all.iter().map(|(issue, value)| (issue.to_string(), value.to_string())).collect()
}

fn ranked(moved: &[(&str, &str)], agreement: u64, accepts: [u64; 2], level: Option<&str>) -> RankedPackage {
    RankedPackage {
        terms: terms(moved),
        agreement: of(agreement),
        accepts: accepts.map(of).to_vec(),
        level: level.map(String::from),
    }
}

fn sampled(method: &str) -> Made {
    Made {
        method: method.into(),
        exactness: Exactness::Sampled { draws: 2000, error: 0.022 },
        limits: vec!["200 packages kept".into()],
        seed: Some(7),
    }
}

fn exact(method: &str) -> Made {
    Made { method: method.into(), exactness: Exactness::Exact, limits: Vec::new(), seed: None }
}

/// What the zone lens might say of the crossing. The numbers are made up.
pub(super) fn zone() -> Finding<ZoneAnswer> {
    let prisoners = [("prisoners", "all")];
    let whole = [("bridge", "tolled"), ("mines", "cleared"), ("prisoners", "all")];
    let answer = ZoneAnswer {
        same_draws: Vec::new(),
        outcomes: "12".into(),
        parties: vec!["north".into(), "south".into()],
        any: of(1900),
        levels: vec![
            LevelZone {
                level: "humanitarian".into(),
                zone: of(1800),
                all_lines_bind: of(1700),
                permitted: true,
                example: Some(ranked(&prisoners, 1760, [1900, 1800], Some("humanitarian"))),
            },
            LevelZone {
                level: "comprehensive".into(),
                zone: of(240),
                all_lines_bind: of(0),
                permitted: true,
                example: None,
            },
        ],
        packages: vec![
            PackageVerdict {
                package: "draft".into(),
                is_text: true,
                agreement: of(300),
                accepts: vec![of(900), of(400)],
                crosses: vec!["south-mines".into()],
                breaks: Vec::new(),
            },
            PackageVerdict {
                package: "swap".into(),
                is_text: false,
                agreement: of(1760),
                accepts: vec![of(1900), of(1800)],
                crosses: Vec::new(),
                breaks: Vec::new(),
            },
        ],
        partial: vec![ranked(&prisoners, 1760, [1900, 1800], Some("humanitarian"))],
        robust: vec![ranked(&whole, 240, [1100, 300], Some("comprehensive"))],
        frontier: EfficientAgreements {
            size: None,
            points: Vec::new(),
            band: Some(FrontierBand {
                parties: ["north".into(), "south".into()],
                grid: vec![0.0, 0.5, 1.0],
                band: vec![
                    [Some(0.4), Some(0.6), Some(0.9)],
                    [Some(0.1), Some(0.3), Some(0.5)],
                    [None, None, Some(0.1)],
                ],
                draws: 2000,
                size: [1, 2, 4],
            }),
        },
        solutions: IndexMap::from([(
            "kalai_smorodinsky".into(),
            Solution {
                utilities: None,
                outcome: None,
                exists: of(1900),
                issues: vec![SolutionIssue { issue: "prisoners".into(), value: "all".into(), share: 0.96 }],
                most_often: Some(ranked(&prisoners, 1760, [1900, 1800], None)),
                gains: vec![0.4, 0.35],
            },
        )]),
        rules: vec![
            RuleEffect {
                claim: "south-toll".into(),
                party: Some("south".into()),
                bound: vec![of(1800), of(120)],
                free: vec![of(1800), of(900)],
                blocks: vec!["draft".into()],
            },
            RuleEffect {
                claim: "open-needs-cleared".into(),
                party: None,
                bound: vec![of(1800), of(240)],
                free: vec![of(1800), of(250)],
                blocks: Vec::new(),
            },
        ],
        movers: vec![
            Mover {
                id: "north-prisoners".into(),
                without: Some(vec![of(1000), of(200)]),
                largest: 0.4,
                changes_word: true,
            },
            Mover {
                id: "north-first".into(),
                without: Some(vec![of(1800), of(240)]),
                largest: 0.0,
                changes_word: false,
            },
        ],
        evidence: vec![
            Mover { id: "no-toll".into(), without: Some(vec![of(1800), of(900)]), largest: 0.33, changes_word: true },
            Mover { id: "first-demand".into(), without: None, largest: 0.0, changes_word: false },
        ],
        assumptions: AssumptionLoad {
            claims: 5,
            assumed: 2,
            without: vec![of(1000), of(200)],
            variance: vec![0.7, 0.2],
        },
        gives: vec![WhatMustGive {
            level: "comprehensive".into(),
            sets: vec![GiveSet {
                gives: vec![
                    Give::RedLine("south-toll".into()),
                    Give::Linkage("open-needs-cleared".into()),
                    Give::Reservation("north".into()),
                ],
                cost: 1.92,
                opens: of(1200),
                package: terms(&whole),
            }],
            complete: false,
            draws: 200,
        }],
    };
    Finding { answer, made: sampled("Draws from the belief, enumerated.") }
}

/// What the order lens might say of the crossing.
pub(super) fn order() -> Finding<OrderAnswer> {
    let step = |id: &str, track: Option<&str>| OrderStep {
        id: id.into(),
        name: id.into(),
        track: track.map(String::from),
        by: vec!["south".into()],
    };
    let demand = |claim: &str, by: &str, first, before, evidence: &str| Demand {
        claim: claim.into(),
        claimed_by: by.into(),
        first,
        before,
        strength: "necessary".into(),
        because: vec![evidence.into()],
    };
    let answer = OrderAnswer {
        steps: vec![step("clear", None), step("cross", None), step("prisoners = all", Some("league"))],
        demands: vec![
            demand("mines-before-bridge", "south", 0, 1, "mines-first"),
            demand("bridge-before-mines", "north", 1, 0, "bridge-first"),
        ],
        cycles: vec![Cycle {
            demands: vec![0, 1],
            implied: vec![(1, 2)],
            ways: vec![Way {
                kind: WayKind::Simultaneity,
                from: vec!["north".into(), "south".into()],
                takes: "both sides take both steps on one day".into(),
            }],
            words: "South wants the mines cleared first, North the bridge open first".into(),
        }],
        complete: true,
        cuts: vec![Cut { demands: vec![1], cost: 0.8 }],
        elsewhere: vec![Elsewhere {
            demand: 0,
            track: "league".into(),
            words: "The council has to meet first.".into(),
        }],
        choreography: Some(Choreography { stages: vec![vec![0, 2], vec![1]], relaxed: vec![1], waits: vec![(0, 1)] }),
    };
    Finding { answer, made: exact("Elementary cycles of the graph of demands.") }
}

/// What the mandate lens might say of the crossing.
pub(super) fn mandate() -> Finding<MandateAnswer> {
    let light = |claim: &str, allowed: Allowed| Light {
        party: "north".into(),
        claim: claim.into(),
        package: "partial-1".into(),
        overall: allowed,
        clauses: vec![Clause {
            issue: "prisoners".into(),
            values: vec!["all".into()],
            allowed,
            rule: (allowed == Allowed::Sign).then(|| "prisoners moved".into()),
        }],
    };
    let answer = MandateAnswer {
        lights: vec![light("envoy-full", Allowed::Sign), light("envoy-empty", Allowed::Refer)],
        contested: vec![Contested { party: "north".into(), claims: vec!["envoy-full".into(), "envoy-empty".into()] }],
    };
    Finding { answer, made: exact("Clause by clause.") }
}

/// Findings that say nothing.
pub(super) fn silent() -> (Finding<OrderAnswer>, Finding<MandateAnswer>) {
    let order = OrderAnswer {
        steps: Vec::new(),
        demands: Vec::new(),
        cycles: Vec::new(),
        complete: true,
        cuts: Vec::new(),
        elsewhere: Vec::new(),
        choreography: None,
    };
    let mandate = MandateAnswer { lights: Vec::new(), contested: Vec::new() };
    (Finding { answer: order, made: exact("none") }, Finding { answer: mandate, made: exact("none") })
}

pub(super) fn colophon() -> Colophon {
    Colophon { version: "0.1.0".into(), seed: 7, draws: 2000, files: vec![("case.toml".into(), "ab12".into())] }
}

/// The brief on the crossing.
pub(super) fn brief_on(case: &Case) -> Brief {
    let (zone, order, mandate) = (zone(), order(), mandate());
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(Diagnostic::new(Code::SingleSource, "`south-toll` hangs on one source").note("wire"));
    let findings = Findings { zone: Some(&zone), order: &order, mandate: &mandate, stability: None, talks: None };
    crate::brief::compose::compose(case, &diagnostics, &findings, &colophon())
}

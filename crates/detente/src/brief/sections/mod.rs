//! The sections of a brief, one file each.
//!
//! A section is written from a case and, where it needs one, a finding. It is `None` when the case
//! has no material for it, so that no brief has empty tables. [`crate::brief::compose::compose`]
//! puts them together; the functions here give single sections, for a command that answers one
//! question. Numbers of the case lead to their claim, claims to their evidence.

mod actor_map;
mod agreements;
mod confidence;
mod conflict;
mod frontier;
mod gives;
mod grid;
mod issues;
mod judgements;
mod leave_one_out;
mod ledger;
mod load;
mod mandates;
mod method;
mod numbers;
mod options;
mod order;
mod packages;
mod parties;
mod process;
mod prose;
mod reader;
mod red_lines;
mod source_problems;
mod stability;
mod stands;
mod strips;
mod study;
mod talks;
mod timeline;
mod tournament;
mod view;
mod zone;

pub use conflict::conflict_section;
pub use study::{comparison_section, standing_section, study_section, utility_space_figure};
pub use tournament::{tournament_section, tournament_sections};

use super::compose::{Colophon, Findings};
use super::content::{Block, Brief, Section, plain};
use crate::case::Case;
use crate::lens::Finding;
use crate::lens::mandate::MandateAnswer;
use crate::lens::order::OrderAnswer;
use crate::lens::stability::StabilityAnswer;
use crate::lens::talks::TalksAnswer;
use crate::lens::zone::ZoneAnswer;
use crate::text::Diagnostics;
use view::View;

/// A section with its blocks; none when there are no blocks.
fn section(id: &str, title: &str, blocks: Vec<Block>) -> Option<Section> {
    (!blocks.is_empty()).then(|| Section { id: id.to_string(), title: title.to_string(), blocks })
}

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(plain(text))
}

/// A section that says there is nothing to say, where a reader asked for it.
fn or_say(section: Option<Section>, id: &str, title: &str, why: &str) -> Section {
    section.unwrap_or_else(|| Section { id: id.into(), title: title.into(), blocks: vec![paragraph(why)] })
}

/// Who negotiates: parties, principals, delegations, mandates, stakes, actors.
#[must_use]
pub fn parties_section(case: &Case) -> Option<Section> {
    parties::write(&View::new(case))
}

/// How it is negotiated: tracks, rounds, statements, pressure, the conflict meanwhile, history.
#[must_use]
pub fn process_section(case: &Case) -> Option<Section> {
    process::write(&View::new(case))
}

/// What is negotiated: issues, positions, statements on preferences, interests, rules, levels, notes of law.
#[must_use]
pub fn issues_section(case: &Case) -> Option<Section> {
    issues::write(&View::new(case))
}

/// Every value of every issue against what each party is reported to say of it.
#[must_use]
pub fn options_section(case: &Case) -> Option<Section> {
    options::write(&View::new(case))
}

/// Red lines, ratification routes and surveys.
#[must_use]
pub fn red_lines_section(case: &Case) -> Option<Section> {
    red_lines::write(&View::new(case))
}

/// The zone of agreement: per level, agreements on few issues, solutions, who blocks what.
#[must_use]
pub fn zone_section(case: &Case, zone: &Finding<ZoneAnswer>) -> Section {
    or_say(zone::write(&View::new(case), zone), "zone", "Zone of agreement", "The case gives nothing to negotiate.")
}

/// What must give for each level, where something must.
#[must_use]
pub fn gives_section(case: &Case, zone: &Finding<ZoneAnswer>) -> Option<Section> {
    gives::write(&View::new(case), &zone.answer)
}

/// Texts and packages compared, with what the zone says of them where it was asked.
#[must_use]
pub fn packages_section(case: &Case, zone: Option<&Finding<ZoneAnswer>>) -> Option<Section> {
    packages::write(&View::new(case), zone.map(|z| &z.answer))
}

/// The order demanded, demands that wait for each other, ways to cut them, an order that works.
#[must_use]
pub fn order_section(case: &Case, order: &Finding<OrderAnswer>) -> Section {
    let why = "The case names no steps and no demands on their order.";
    or_say(order::write(&View::new(case), order), "order", "Order of steps", why)
}

/// Whether states of affairs would hold: who can move what, who would leave, and what keeps them.
#[must_use]
pub fn stability_section(case: &Case, stability: &Finding<StabilityAnswer>) -> Section {
    let why = stability.answer.missing.join(" ");
    or_say(stability::write(&View::new(case), stability), "stability", "Would it hold", &why)
}

/// How the talks would go: whether anything is signed, what, when, and what it hangs on.
#[must_use]
pub fn talks_section(case: &Case, talks: &Finding<TalksAnswer>) -> Section {
    let why = "The case gives nothing to talk about.";
    or_say(talks::write(&View::new(case), talks), "talks", "How the talks would go", why)
}

/// Who may sign what, claim by claim.
#[must_use]
pub fn mandate_section(case: &Case, mandate: &Finding<MandateAnswer>) -> Section {
    let why = "The case makes no claim about what a delegation may sign.";
    or_say(mandates::write(&View::new(case), mandate), "mandates", "Who may sign what", why)
}

/// Every claim, every piece of evidence, every source, and the texts that are held with their quotes marked.
#[must_use]
pub fn ledger_section(case: &Case) -> Option<Section> {
    ledger::write(&View::new(case))
}

/// Passages the case marks as doubtful, and what checking quotes and claims found.
#[must_use]
pub fn source_problems_section(case: &Case, diagnostics: &Diagnostics) -> Option<Section> {
    source_problems::write(&View::new(case), diagnostics)
}

/// The answer with one claim or one piece of evidence left out.
#[must_use]
pub fn leave_one_out_section(case: &Case, zone: &Finding<ZoneAnswer>) -> Option<Section> {
    leave_one_out::write(&View::new(case), &zone.answer)
}

/// How the findings were made, and what they cannot say.
#[must_use]
pub fn method_section(case: &Case, findings: &Findings<'_>, made: &Colophon) -> Option<Section> {
    method::write(&View::new(case), findings, made)
}

/// The brief: first page and every section that the case has material for.
pub(super) fn brief(case: &Case, diagnostics: &Diagnostics, findings: &Findings<'_>, made: &Colophon) -> Brief {
    let view = View::new(case);
    let zone = findings.zone.map(|zone| &zone.answer);
    let sections = [
        parties::write(&view),
        process::write(&view),
        issues::write(&view),
        options::write(&view),
        red_lines::write(&view),
        findings.zone.and_then(|zone| zone::write(&view, zone)),
        zone.and_then(|zone| gives::write(&view, zone)),
        packages::write(&view, zone),
        order::write(&view, findings.order),
        mandates::write(&view, findings.mandate),
        findings.stability.and_then(|stability| stability::write(&view, stability)),
        findings.talks.and_then(|talks| talks::write(&view, talks)),
        ledger::write(&view),
        source_problems::write(&view, diagnostics),
        zone.and_then(|zone| leave_one_out::write(&view, zone)),
        method::write(&view, findings, made),
    ];
    let mut changes = load::changes(&view, findings);
    if changes.is_empty() && zone.is_some_and(|z| !z.movers.is_empty() || !z.evidence.is_empty()) {
        changes.push(load::no_change());
    }
    Brief {
        title: case.document.title.clone(),
        subtitle: subtitle(&view),
        judgements: judgements::write(&view, diagnostics, findings),
        load: load::load(&view, findings),
        changes,
        sections: sections.into_iter().flatten().collect(),
        colophon: made.lines(),
    }
}

fn subtitle(view: &View<'_>) -> String {
    let document = view.document();
    let parties: Vec<String> = document.parties.keys().map(|id| view.party(id)).collect();
    let parts = [
        document.as_of.map(|when| format!("As of {when}")),
        (!parties.is_empty()).then(|| prose::and(&parties)),
        document.author.as_ref().map(|author| format!("case by {author}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests;

//! What the judgements lean on, and what would change them.

use super::leave_one_out::{largest_first, most_moved};
use super::numbers::{count, in_words, percent, share};
use super::order::demand_short;
use super::prose::{Prose, and, and_lines, short};
use super::view::View;
use crate::brief::compose::Findings;
use crate::brief::content::{Line, plain};
use crate::case::{Basis, Status};
use crate::lens::ShareOf;
use crate::lens::order::OrderAnswer;
use crate::lens::zone::{Mover, ZoneAnswer};

/// Claims listed among what would change the assessment.
const MOST_CLAIMS: usize = 5;
/// Pieces of evidence listed among it.
const MOST_EVIDENCE: usize = 3;

/// The assumption load, in a paragraph or two.
pub(super) fn load(view: &View<'_>, findings: &Findings<'_>) -> Vec<Line> {
    let mut lines = vec![counts(view)];
    lines.extend(findings.zone.map(|zone| carried(view, &zone.answer)));
    lines
}

fn counts(view: &View<'_>) -> Line {
    let claims = &view.case.claims;
    let by = |basis: Basis| claims.values().filter(|c| c.grounds.basis == basis).count();
    let bases = Basis::ALL.iter().map(|b| format!("{} {b}", by(*b))).collect::<Vec<_>>();
    let mut prose = Prose::new().text(format!("The case makes {}: ", count(claims.len(), "claim", "claims")));
    prose = prose.text(format!("{}.", and(&bases)));
    let checks = &view.case.checks;
    if !checks.is_empty() {
        let good = checks.values().filter(|c| matches!(c.status, Status::Exact | Status::Normalised)).count();
        let unheld = checks.values().filter(|c| c.status == Status::Unverifiable).count();
        let bad = checks.len() - good - unheld;
        prose = prose
            .text(format!(" Of {}, {good} stand in their source as cited", count(checks.len(), "quote", "quotes")));
        for (number, what) in [(bad, "do not"), (unheld, "cannot be checked because the source is not held")] {
            prose = prose.text(if number > 0 { format!(", {number} {what}") } else { String::new() });
        }
        prose = prose.text(".");
    }
    prose.done()
}

fn carried(view: &View<'_>, answer: &ZoneAnswer) -> Line {
    let load = &answer.assumptions;
    let mut prose = Prose::new().text(format!(
        "The zone of agreement is computed from {} claims, {} of them assumed. ",
        load.claims, load.assumed
    ));
    if load.assumed == 0 {
        return prose.text("No assumption carries it.").done();
    }
    let changes = answer.levels.iter().zip(&load.without).map(|(level, without)| {
        let (from, to) = (share(&level.zone), share(without));
        format!("“{}” from {from} to {to}{}", view.level(&level.level), becomes(&level.zone, without))
    });
    let changes: Vec<String> = changes.collect();
    if !changes.is_empty() {
        prose = prose.text(format!("Without the assumed claims the shares go: {}. ", and(&changes)));
    }
    let variance = answer.levels.iter().zip(&load.variance);
    let variance: Vec<String> =
        variance.map(|(level, v)| format!("{} at “{}”", percent(*v, true), view.level(&level.level))).collect();
    if !variance.is_empty() {
        prose = prose
            .text(format!("Share of the variance of the answer that comes from assumed numbers: {}.", and(&variance)));
    }
    prose.done()
}

/// The change of the likelihood word, where it changes.
fn becomes(from: &ShareOf, to: &ShareOf) -> String {
    match (in_words(from), in_words(to)) {
        (Some(a), Some(b)) if a != b => format!(" ({a} becomes {b})"),
        _ => String::new(),
    }
}

/// What would change the assessment, the largest first: claims, evidence, demands on the order.
pub(super) fn changes(view: &View<'_>, findings: &Findings<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(zone) = findings.zone {
        let answer = &zone.answer;
        let claims = largest_first(&answer.movers).into_iter().take(MOST_CLAIMS);
        lines.extend(claims.map(|mover| {
            let because = view.claim_of(&mover.id).map(|c| view.because(&c.grounds)).unwrap_or_default();
            let what = Prose::new().text("the claim ").piece(view.claim_in_words(&mover.id)).line(because).done();
            change(view, answer, mover, what)
        }));
        let evidence = largest_first(&answer.evidence).into_iter().take(MOST_EVIDENCE);
        lines.extend(evidence.map(|mover| {
            let quote = view.evidence(&mover.id).map(|e| short(&e.quote.text, 90)).unwrap_or_default();
            let what = Prose::new().text("the evidence ").quote(quote).line(view.marks([mover.id.as_str()])).done();
            change(view, answer, mover, what)
        }));
    }
    lines.extend(cut(view, &findings.order.answer));
    lines
}

fn change(view: &View<'_>, answer: &ZoneAnswer, mover: &Mover, what: Line) -> Line {
    let prose = Prose::new().text("Without ").line(what);
    let Some((level, with, without)) = most_moved(answer, mover) else {
        return prose.text(" the rest of the case contradicts itself.").done();
    };
    let name = answer.levels.get(level).map(|l| view.level(&l.level)).unwrap_or_default();
    let words = becomes(with, without);
    prose.text(format!(" the share for “{name}” goes from {} to {}{words}.", share(with), share(without))).done()
}

fn cut(view: &View<'_>, answer: &OrderAnswer) -> Option<Line> {
    let cut = answer.cuts.first().filter(|_| !answer.cycles.is_empty())?;
    let demands: Vec<Line> = cut.demands.iter().filter_map(|d| demand_short(view, answer, *d)).collect();
    if demands.is_empty() {
        return None;
    }
    let circles = if answer.cycles.len() == 1 { "the circle of demands opens" } else { "no circle of demands is left" };
    Some(Prose::new().text("Without ").line(and_lines(demands)).text(format!(" {circles}.")).done())
}

/// The line that stands where nothing would change the assessment.
pub(super) fn no_change() -> Line {
    plain("Leaving out any single claim or piece of evidence changes no share by half a point.")
}

//! What the judgements lean on, and what would change them.

use super::leave_one_out::{baseline, largest_first, most_moved};
use super::numbers::{count, in_words, percent, share};
use super::order::demand_short;
use super::prose::{Prose, and, joined, short};
use super::view::View;
use crate::brief::compose::Findings;
use crate::brief::content::{Inline, Line, plain};
use crate::case::{Basis, Status};
use crate::lens::ShareOf;
use crate::lens::order::OrderAnswer;
use crate::lens::zone::{Mover, ZoneAnswer};
use indexmap::IndexMap;

/// Lines on claims among what would change the assessment.
const MOST_CLAIMS: usize = 3;
/// Lines on pieces of evidence among it.
const MOST_EVIDENCE: usize = 2;
/// Claims or pieces of evidence named in a line.
const MOST_NAMED: usize = 5;
/// Changes of a share smaller than this, which change no likelihood word either, are left to their section.
const SMALLEST_CHANGE: f64 = 0.03;
/// Shares of the variance smaller than this are left out.
const SMALLEST_VARIANCE: f64 = 0.05;

/// The assumption load, in a paragraph or two.
pub(super) fn load(view: &View<'_>, findings: &Findings<'_>) -> Vec<Line> {
    let mut lines = vec![counts(view)];
    lines.extend(findings.zone.map(|zone| carried(view, &zone.answer)));
    lines
}

fn counts(view: &View<'_>) -> Line {
    let claims = &view.case.claims;
    let by = |basis: Basis| claims.values().filter(|c| c.grounds.basis == basis).count();
    let bases = Basis::ALL.iter().filter(|b| by(**b) > 0).map(|b| format!("{} {b}", by(*b))).collect::<Vec<_>>();
    let mut prose = Prose::new().text(match claims.len() {
        0 => "The case makes no claims.".to_string(),
        n => format!("The case makes {}: {}.", count(n, "claim", "claims"), and(&bases)),
    });
    let checks = &view.case.checks;
    if !checks.is_empty() {
        let good = checks.values().filter(|c| matches!(c.status, Status::Exact | Status::Normalised)).count();
        let unheld = checks.values().filter(|c| c.status == Status::Unverifiable).count();
        let bad = checks.len() - good - unheld;
        prose = prose.text(match (checks.len(), good) {
            (all, good) if all == good && all > 1 => format!(" All {all} quotes stand in their source as cited"),
            (all, good) => format!(" Of {}, {good} in its source as cited", count(all, "quote", "quotes")),
        });
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
    let changes = answer.levels.iter().zip(&load.without).zip(baseline(answer));
    // Both shares with everything are another word: the change is no accident of fewer draws.
    let changes = changes.filter(|((level, without), with)| {
        in_words(&level.zone) != in_words(without) && in_words(with) != in_words(without)
    });
    let changes = changes.map(|((l, without), with)| {
        let (from, to) = (share(with), share(without));
        format!("“{}” from {from} to {to}{}", view.level(&l.level), becomes(with, without))
    });
    let changes: Vec<String> = changes.collect();
    prose = prose.text(if changes.is_empty() {
        "Without the assumed claims no level has another likelihood word. ".to_string()
    } else {
        format!("Without the assumed claims the shares go: {}. ", and(&changes))
    });
    let mut by_share: IndexMap<String, Vec<String>> = IndexMap::new();
    for (level, v) in answer.levels.iter().zip(&load.variance).filter(|(_, v)| **v >= SMALLEST_VARIANCE) {
        by_share.entry(percent(*v, true)).or_default().push(format!("“{}”", view.level(&level.level)));
    }
    let variance: Vec<String> = by_share.iter().map(|(share, levels)| format!("{share} at {}", and(levels))).collect();
    if !variance.is_empty() {
        prose = prose.text(format!("Of the variance of the answer, assumed numbers carry {}.", variance.join("; ")));
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

/// What would change the assessment, the largest first: claims, evidence, demands on the order. What
/// has the same effect on the same level stands in one line.
pub(super) fn changes(view: &View<'_>, findings: &Findings<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(zone) = findings.zone {
        let answer = &zone.answer;
        let claims = effects(view, answer, &answer.movers).into_iter().take(MOST_CLAIMS);
        lines.extend(claims.map(|(effect, movers)| {
            let named = movers.iter().take(MOST_NAMED).map(|mover| view.spoken(&mover.id));
            change(&effect, ["this claim", "any one of these claims"], named.collect(), movers.len())
        }));
        let evidence = effects(view, answer, &answer.evidence).into_iter().take(MOST_EVIDENCE);
        lines.extend(evidence.map(|(effect, movers)| {
            let named = movers.iter().take(MOST_NAMED).map(|mover| {
                let quote = view.evidence(&mover.id).map(|e| short(&e.quote.text, 90)).unwrap_or_default();
                Prose::new().quote(quote).line(view.marks([mover.id.as_str()])).done()
            });
            change(
                &effect,
                ["this piece of evidence", "any one of these pieces of evidence"],
                named.collect(),
                movers.len(),
            )
        }));
    }
    lines.extend(cut(view, &findings.order.answer));
    lines
}

/// Movers by what leaving one out does, in words; the largest effect first.
fn effects<'m>(view: &View<'_>, answer: &ZoneAnswer, movers: &'m [Mover]) -> IndexMap<String, Vec<&'m Mover>> {
    let mut by: IndexMap<String, Vec<&Mover>> = IndexMap::new();
    let worth_a_line = |m: &&&Mover| m.without.is_none() || m.changes_word || m.largest >= SMALLEST_CHANGE;
    for mover in largest_first(movers).iter().filter(worth_a_line) {
        by.entry(effect(view, answer, mover)).or_default().push(mover);
    }
    by
}

/// What leaving something out does to the level it moves most.
fn effect(view: &View<'_>, answer: &ZoneAnswer, mover: &Mover) -> String {
    let Some((level, with, without)) = most_moved(answer, mover) else {
        return "the rest of the case contradicts itself".to_string();
    };
    // The first page gives shares of all draws where it can: those of the zone, and those without a rule.
    let with = answer.levels.get(level).map_or(with, |l| &l.zone);
    let rule = answer.rules.iter().find(|rule| rule.claim == mover.id);
    let without = rule.and_then(|rule| rule.free.get(level)).unwrap_or(without);
    let name = answer.levels.get(level).map(|l| view.level(&l.level)).unwrap_or_default();
    format!("the share for “{name}” goes from {} to {}{}", share(with), share(without), becomes(with, without))
}

/// `Without this claim <effect>: <it>.` or `Without any one of these claims <effect>: <first>; <second>.`
fn change(effect: &str, [one, several]: [&str; 2], mut named: Vec<Line>, all: usize) -> Line {
    if all > named.len() {
        let more = format!("{} more", all - named.len());
        named.push(vec![Inline::Section { text: more, id: "leave-one-out".into() }]);
    }
    let what = if all == 1 { one } else { several };
    Prose::new().text(format!("Without {what} {effect}: ")).line(joined(named, "; ")).text(".").done()
}

fn cut(view: &View<'_>, answer: &OrderAnswer) -> Option<Line> {
    let cut = answer.cuts.first().filter(|_| !answer.cycles.is_empty())?;
    let demands: Vec<Line> = cut.demands.iter().filter_map(|d| demand_short(view, answer, *d)).collect();
    if demands.is_empty() {
        return None;
    }
    let these = if demands.len() == 1 { "this demand" } else { "these demands together" };
    let others = match answer.cuts.len() {
        0 | 1 => Line::new(),
        n => {
            let all = Inline::Section { text: format!("all {n} such sets"), id: "order".into() };
            Prose::new().text(" (").piece(all).text(")").done()
        }
    };
    let prose = Prose::new().text(format!("Without {these} no circle of demands is left: "));
    Some(prose.line(joined(demands, "; ")).line(others).text(".").done())
}

/// The line that stands where nothing would change the assessment.
pub(super) fn no_change() -> Line {
    plain("Leaving out any single claim or piece of evidence changes no likelihood word and no share by three points.")
}

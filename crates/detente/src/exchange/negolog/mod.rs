//! NegoLog profiles, JSON: additive utilities and a reservation value, one file per party.

use super::content::{Content, Sheet};
use super::points::{Issues, named};
use super::split::{Split, split};
use super::tree::{Node, need, need_among, need_name, need_number, short};
use super::writing::Out;
use super::{lost, number, stems};
use crate::game::{Draft, Exact, Scenario};
use crate::text::{Code, Diagnostic, Diagnostics, did_you_mean};
use num_traits::{One, Zero};

/// A profile.
pub(crate) fn profile(node: &Node, stem: &str, diagnostics: &mut Diagnostics) -> Option<Content> {
    let (weights, listed) = (need(node, "issueWeights", diagnostics)?, need(node, "issues", diagnostics)?);
    let (mut issues, mut worth, mut sum) = (Issues::default(), Vec::new(), Exact::zero());
    let by_weight = weights.keyed();
    for (key, values) in listed.entries() {
        let id = need_name(key, diagnostics)?;
        let weight = need_number(need_among(&by_weight, &id, weights.span, diagnostics)?, diagnostics)?;
        let (mut names, mut levels) = (Vec::new(), Vec::new());
        for (value, utility) in values.entries() {
            names.push(need_name(value, diagnostics)?);
            levels.push(number::times(&need_number(utility, diagnostics)?, &weight));
        }
        let issue = named(&id, names, values.span);
        issues.add(issue, listed.span).map_err(|fault| diagnostics.push(fault)).ok()?;
        worth.push(levels);
        sum += weight;
    }
    let space = issues.space(listed.span).map_err(|fault| diagnostics.push(fault)).ok()?;
    let by_issue = listed.keyed();
    for (key, _) in weights.entries() {
        if let Some(name) = key.text().filter(|k| !by_issue.contains_key(k)) {
            let known = space.issues.iter().map(|i| i.id.as_str());
            let found =
                Diagnostic::new(Code::ExchangeName, format!("a weight for `{}`, which is no issue", short(name)));
            diagnostics.push(found.at(key.span, "unknown").maybe_hint(did_you_mean(name, known)));
            return None;
        }
    }
    if !sum.is_one() {
        let message = format!("the weights sum to {}, not 1", short(&number::text(&sum)));
        diagnostics.push(Diagnostic::new(Code::ExchangeWeights, message).at(weights.span, "these"));
    }
    let mut draft = Draft { worth, ..Draft::over(&space) };
    if let Some(reservation) = node.given("reservationValue") {
        draft.reservation = Some(need_number(reservation, diagnostics)?);
    }
    Some(Content::Profile(Box::new(Sheet {
        name: stem.to_string(),
        domain: None,
        space,
        draft,
        silent: Vec::new(),
        reservation_outcome: None,
        discount: None,
        ordering: None,
        span: node.span,
    })))
}

/// One file per party.
pub(crate) fn write(scenario: &Scenario, lost: &mut Diagnostics) -> Vec<(String, String)> {
    lost::no_rules(scenario, "NegoLog", lost);
    let mut files = Vec::new();
    for (party, stem) in scenario.parties.iter().zip(stems(scenario)) {
        lost::no_discount(party, "NegoLog", lost);
        let Some(utility) = lost::plain(scenario, party, lost) else { return Vec::new() };
        if !utility.is_additive() {
            lost::refused(&party.name, "NegoLog has sums over single issues only", lost);
            return Vec::new();
        }
        let Split { weights, levels, moved } = split(&utility, &party.name, lost);
        let issues = scenario.space.issues.iter().zip(&levels).map(|(issue, levels)| {
            let values = issue.values.iter().zip(levels).map(|(v, x)| (v.id.as_str(), Out::number(x)));
            (issue.id.as_str(), Out::map(values))
        });
        let weights = scenario.space.issues.iter().zip(&weights).map(|(i, w)| (i.id.as_str(), Out::number(w)));
        if party.reservation.is_none() {
            lost::note(&party.name, "NegoLog always has a reservation value: 0 is written where there is none", lost);
        }
        let reservation = party.reservation.map_or_else(Exact::zero, |r| moved.of(&number::of(r, utility.unit)));
        let whole = [
            ("reservationValue", Out::number(&reservation)),
            ("issueWeights", Out::map(weights)),
            ("issues", Out::map(issues)),
        ];
        files.push((format!("{stem}.json"), Out::map(whole).json()));
    }
    files
}

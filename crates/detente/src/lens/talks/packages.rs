//! The packages that can come up in talks.

use super::Packages;
use crate::case::Document;
use crate::case::model::substance::Package;
use crate::game::{Formula, Outcome, Space, Stream};
use std::collections::BTreeSet;

/// Spaces up to this size are looked at whole.
const WHOLE: u64 = 4096;
/// Packages in all where the space is larger.
const MOST: usize = 2048;
/// Packages that fit one text, at most.
const OF_A_TEXT: usize = 64;
/// Tries to mend a drawn package that breaks a rule.
const TRIES: usize = 20;

/// The packages that can come up: all that keep the rules between issues where these are few; else every package that
/// moves one issue or two, the texts and packages of the case, and others drawn by chance, half of them from what the
/// parties stand for. The same for every session, so that sessions differ by what is wanted and not by what comes to mind.
pub(super) fn packages(document: &Document, space: &Space, seed: u64) -> (Vec<Outcome>, Packages) {
    let rules: Vec<Formula> =
        document.linkages.iter().filter_map(|linkage| Formula::of(&linkage.rule.expr, space)).collect();
    let status_quo = space.status_quo();
    let keeps = |outcome: &Outcome| *outcome != status_quo && rules.iter().all(|rule| rule.holds(outcome));
    if space.small_count().is_some_and(|count| count <= WHOLE) {
        let all: Vec<Outcome> = space.outcomes().filter(keeps).collect();
        let count = all.len();
        return (all, Packages { count, all: true });
    }
    let mut found: BTreeSet<Outcome> = BTreeSet::new();
    for package in document.texts.values().chain(document.packages.values()) {
        found.extend(fits(space, package).into_iter().filter(keeps));
    }
    let moves = moves(space);
    let singles = moves.iter().map(|(issue, digit)| status_quo.with(*issue, *digit));
    found.extend(singles.filter(keeps));
    'pairs: for (at, first) in moves.iter().enumerate() {
        for second in moves.iter().skip(at + 1).filter(|second| second.0 != first.0) {
            if found.len() >= MOST / 2 {
                break 'pairs;
            }
            let pair = status_quo.with(first.0, first.1).with(second.0, second.1);
            if keeps(&pair) {
                found.insert(pair);
            }
        }
    }
    let stands = stands(document, space);
    let mut stream = Stream::new(seed, 0, Stream::lane("talks/packages"));
    for _ in 0..MOST.saturating_mul(8) {
        if found.len() >= MOST {
            break;
        }
        let drawn = drawn(space, &status_quo, &stands, &mut stream);
        if let Some(mended) = mended(drawn, space, &rules, &mut stream).filter(keeps) {
            found.insert(mended);
        }
    }
    let all: Vec<Outcome> = found.into_iter().collect();
    let count = all.len();
    (all, Packages { count, all: false })
}

/// Every issue with every value that is not its status quo.
fn moves(space: &Space) -> Vec<(usize, u16)> {
    let mut moves = Vec::new();
    for (at, issue) in space.issues.iter().enumerate() {
        let size = u16::try_from(issue.values.len()).unwrap_or(u16::MAX);
        moves.extend((0..size).filter(|digit| *digit != issue.status_quo).map(|digit| (at, digit)));
    }
    moves
}

/// Outcomes that fit a text: each value it leaves a choice between; what it does not speak of stays.
fn fits(space: &Space, package: &Package) -> Vec<Outcome> {
    let mut all = vec![space.status_quo()];
    for (issue, values) in &package.values {
        let Some(at) = space.issue(issue) else { continue };
        let digits: Vec<u16> = values.0.iter().filter_map(|value| space.value(at, value.as_str())).collect();
        if digits.is_empty() {
            continue;
        }
        all = all.iter().flat_map(|outcome| digits.iter().map(|d| outcome.with(at, *d))).take(OF_A_TEXT).collect();
    }
    all
}

/// For each party, the values it is said to stand for, by issue.
fn stands(document: &Document, space: &Space) -> Vec<Vec<(usize, Vec<u16>)>> {
    let of = |party: &String| {
        let mut stands: Vec<(usize, Vec<u16>)> = Vec::new();
        for position in document.positions.iter().filter(|p| p.party.as_str() == party) {
            let Some(at) = space.issue(position.issue.as_str()) else { continue };
            let digits: Vec<u16> = position.values.iter().filter_map(|v| space.value(at, v.as_str())).collect();
            if !digits.is_empty() {
                stands.push((at, digits));
            }
        }
        stands
    };
    document.parties.keys().map(of).filter(|stands| !stands.is_empty()).collect()
}

/// A package by chance: how many issues it moves, which, and to what. Half the time to what a party stands for.
fn drawn(space: &Space, status_quo: &Outcome, stands: &[Vec<(usize, Vec<u16>)>], stream: &mut Stream) -> Outcome {
    let issues = space.issues.len() as u64;
    let moved = 1 + stream.below(issues);
    let mut outcome = status_quo.clone();
    for (at, issue) in space.issues.iter().enumerate() {
        if stream.below(issues) >= moved {
            continue;
        }
        let whose = pick(stands, stream).filter(|_| stream.below(2) == 0);
        let stated = whose.and_then(|stands| stands.iter().find(|(on, _)| *on == at)).map(|(_, digits)| digits);
        let digit = match stated.and_then(|digits| pick(digits, stream)) {
            Some(digit) => *digit,
            None => u16::try_from(stream.below(issue.values.len().max(1) as u64)).unwrap_or(0),
        };
        outcome = outcome.with(at, digit);
    }
    outcome
}

/// The same with issues that break a rule set otherwise by chance, until every rule is kept or tries are over.
fn mended(mut outcome: Outcome, space: &Space, rules: &[Formula], stream: &mut Stream) -> Option<Outcome> {
    for _ in 0..TRIES {
        let Some(broken) = rules.iter().find(|rule| !rule.holds(&outcome)) else { return Some(outcome) };
        let at = *pick(&broken.scope(), stream)?;
        let size = space.issues.get(at)?.values.len() as u64;
        outcome = outcome.with(at, u16::try_from(stream.below(size.max(1))).ok()?);
    }
    None
}

fn pick<'a, T>(all: &'a [T], stream: &mut Stream) -> Option<&'a T> {
    if all.is_empty() {
        return None;
    }
    all.get(usize::try_from(stream.below(all.len() as u64)).ok()?)
}

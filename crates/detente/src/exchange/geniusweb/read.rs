//! Domains and profiles of GeniusWeb from their tree.

use crate::exchange::content::{Content, Ordering, Sheet};
use crate::exchange::number::times;
use crate::exchange::points::{Issues, named, numbers, positions, stepped};
use crate::exchange::tree::{Node, need, need_among, need_items, need_name, need_number, short, too_large};
use crate::game::{Draft, Exact, Formula, Issue, Outcome, Space};
use crate::text::{Code, Diagnostic, Diagnostics};
use num_traits::{One, Zero};
use std::collections::HashMap;

/// Tables over several issues have at most this many entries; larger groups stand as a list of combinations.
const LARGEST_TABLE: usize = 1 << 18;
/// All tables of a profile together have at most this many entries.
const MOST_ENTRIES: usize = 1 << 20;
/// Issues that no group speaks of are told one by one up to this many.
const MOST_TOLD: usize = 20;

/// A file with issues and values alone.
pub(crate) fn domain(node: &Node, stem: &str, diagnostics: &mut Diagnostics) -> Option<Content> {
    let name = node.given("name").and_then(Node::name).unwrap_or_else(|| stem.to_string());
    Some(Content::Domain { name, space: space(node, diagnostics)? })
}

/// A profile: the kind of preferences (the one key of the file) and what stands under it.
pub(crate) fn profile(kind: &str, node: &Node, stem: &str, diagnostics: &mut Diagnostics) -> Option<Content> {
    let read = match kind {
        "LinearAdditiveUtilitySpace" => additive,
        "SumOfGroupsUtilitySpace" => groups,
        "DefaultPartialOrdering" => ordering,
        _ => {
            diagnostics.push(
                Diagnostic::new(
                    Code::ExchangeUnsupported,
                    format!("profiles of the kind `{}` are not read", short(kind)),
                )
                .at(node.span, "these preferences")
                .hint("known: LinearAdditiveUtilitySpace, SumOfGroupsUtilitySpace, DefaultPartialOrdering"),
            );
            return None;
        }
    };
    let mut sheet = frame(node, stem, diagnostics)?;
    read(node, &mut sheet, diagnostics)?;
    if let Some(bid) = node.given("reservationBid") {
        sheet.reservation_outcome = Some(outcome(bid, &sheet.space, diagnostics)?);
    }
    Some(Content::Profile(Box::new(sheet)))
}

/// Name, domain and space of a profile, with nothing said on utilities yet.
fn frame(node: &Node, stem: &str, diagnostics: &mut Diagnostics) -> Option<Sheet> {
    let domain = node.given("domain");
    let space = match domain {
        Some(domain) => space(domain, diagnostics)?,
        // Without a domain the values that are evaluated are the ones there are.
        None => implied(node, diagnostics)?,
    };
    Some(Sheet {
        name: node.given("name").and_then(Node::name).filter(|n| !n.is_empty()).unwrap_or_else(|| stem.to_string()),
        domain: domain.and_then(|d| d.given("name")).and_then(Node::name),
        draft: Draft::over(&space),
        space,
        silent: Vec::new(),
        reservation_outcome: None,
        discount: None,
        ordering: None,
        span: node.span,
    })
}

fn space(node: &Node, diagnostics: &mut Diagnostics) -> Option<Space> {
    let listed = need(node, "issuesValues", diagnostics)?;
    let mut issues = Issues::default();
    for (key, values) in listed.entries() {
        let issue = issue(&need_name(key, diagnostics)?, values, diagnostics)?;
        issues.add(Ok(issue), listed.span).map_err(|fault| diagnostics.push(fault)).ok()?;
    }
    issues.space(listed.span).map_err(|fault| diagnostics.push(fault)).ok()
}

fn issue(id: &str, node: &Node, diagnostics: &mut Diagnostics) -> Option<Issue> {
    let made = if let Some(range) = node.given("range") {
        let part = |key: &str, at: usize| range.given(key).or_else(|| range.items().and_then(|r| r.get(at)));
        let (Some(low), Some(high)) = (part("low", 0), part("high", 1)) else {
            let message = format!("the range of `{}` lacks an end", short(id));
            diagnostics.push(Diagnostic::new(Code::ExchangeMissing, message).at(range.span, "low and high are needed"));
            return None;
        };
        let (low, high) = (need_number(low, diagnostics)?, need_number(high, diagnostics)?);
        let step = match part("step", 2) {
            Some(step) => need_number(step, diagnostics)?,
            None => Exact::one(),
        };
        stepped(id, &low, &high, &step, range.span)
    } else {
        let listed = need_items(need(node, "values", diagnostics)?, diagnostics)?;
        let values: Option<Vec<String>> = listed.iter().map(|v| need_name(v, diagnostics)).collect();
        named(id, values?, node.span)
    };
    made.map_err(|fault| diagnostics.push(fault)).ok()
}

fn implied(node: &Node, diagnostics: &mut Diagnostics) -> Option<Space> {
    let mut issues = Issues::default();
    let evaluated = need(node, "issueUtilities", diagnostics)?;
    for (key, utilities) in evaluated.entries() {
        let Some(values) = discrete(utilities) else { return need(node, "domain", diagnostics).and(None) };
        let values = values.entries().iter().map(|(v, _)| need_name(v, diagnostics)).collect::<Option<Vec<_>>>()?;
        let made = named(&need_name(key, diagnostics)?, values, utilities.span);
        issues.add(made, evaluated.span).map_err(|fault| diagnostics.push(fault)).ok()?;
    }
    issues.space(evaluated.span).map_err(|fault| diagnostics.push(fault)).ok()
}

/// The map from values to utilities, under any of the names it has had.
fn discrete(node: &Node) -> Option<&Node> {
    let inner = node.get("DiscreteValueSetUtilities").or_else(|| node.get("discreteutils")).unwrap_or(node);
    inner.get("valueUtilities").filter(|v| v.is_map())
}

fn additive(node: &Node, sheet: &mut Sheet, diagnostics: &mut Diagnostics) -> Option<()> {
    let weights = need(node, "issueWeights", diagnostics)?;
    let utilities = need(node, "issueUtilities", diagnostics)?;
    let places = positions(&sheet.space);
    for part in [weights, utilities] {
        known_issues(part, &places, &sheet.space, diagnostics)?;
    }
    let (by_weight, by_utility) = (weights.keyed(), utilities.keyed());
    let mut sum = Exact::zero();
    for (at, issue) in sheet.space.issues.iter().enumerate() {
        let weight = need_among(&by_weight, &issue.id, weights.span, diagnostics)?;
        let weight = need_number(weight, diagnostics)?;
        let said = need_among(&by_utility, &issue.id, utilities.span, diagnostics)?;
        let (levels, silent) = levels(issue, said, diagnostics)?;
        sheet.silent.extend(silent.into_iter().map(|digit| (at, digit)));
        sum += &weight;
        if let Some(worth) = sheet.draft.worth.get_mut(at) {
            *worth = levels.iter().map(|level| times(level, &weight)).collect();
        }
    }
    if !sum.is_one() {
        let message = format!("the weights sum to {}, not 1", short(&crate::exchange::number::text(&sum)));
        diagnostics.push(Diagnostic::new(Code::ExchangeWeights, message).at(weights.span, "these"));
    }
    Some(())
}

fn known_issues(
    part: &Node,
    places: &HashMap<&str, usize>,
    space: &Space,
    diagnostics: &mut Diagnostics,
) -> Option<()> {
    for (key, _) in part.entries() {
        if key.text().is_none_or(|name| !places.contains_key(name)) {
            diagnostics.push(unknown("issue", key, space.issues.iter().map(|i| i.id.as_str())));
            return None;
        }
    }
    Some(())
}

fn unknown<'a>(what: &str, node: &Node, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let name = node.name().unwrap_or_default();
    Diagnostic::new(Code::ExchangeName, format!("the domain has no {what} `{}`", short(&name)))
        .at(node.span, "unknown")
        .maybe_hint(crate::text::did_you_mean(&name, known))
}

/// What each value of an issue counts before its weight, and the values that are not evaluated.
fn levels(issue: &Issue, node: &Node, diagnostics: &mut Diagnostics) -> Option<(Vec<Exact>, Vec<u16>)> {
    if let Some(values) = discrete(node) {
        let digits: HashMap<&str, usize> = issue.values.iter().enumerate().map(|(d, v)| (v.id.as_str(), d)).collect();
        let mut found: Vec<Option<Exact>> = vec![None; issue.values.len()];
        for (key, utility) in values.entries() {
            let name = need_name(key, diagnostics)?;
            let digit = key.text().and_then(|t| digits.get(t)).or_else(|| digits.get(name.as_str()));
            let Some(slot) = digit.and_then(|d| found.get_mut(*d)) else {
                diagnostics.push(unknown("value", key, issue.values.iter().map(|v| v.id.as_str())));
                return None;
            };
            *slot = Some(need_number(utility, diagnostics)?);
        }
        let silent = found.iter().zip(0u16..).filter(|(u, _)| u.is_none()).map(|(_, digit)| digit).collect();
        return Some((found.into_iter().map(Option::unwrap_or_default).collect(), silent));
    }
    let inner = node.get("NumberValueSetUtilities").or_else(|| node.get("numberutils")).unwrap_or(node);
    if inner.given("lowValue").is_none() {
        diagnostics.push(
            Diagnostic::new(
                Code::ExchangeUnsupported,
                format!("the utilities of `{}` are of no kind that is known", short(&issue.id)),
            )
            .at(node.span, "these")
            .hint("known: DiscreteValueSetUtilities, NumberValueSetUtilities"),
        );
        return None;
    }
    let mut part = |key: &str| need(inner, key, diagnostics).and_then(|n| need_number(n, diagnostics));
    let (low, low_utility) = (part("lowValue")?, part("lowUtility")?);
    let (high, high_utility) = (part("highValue")?, part("highUtility")?);
    let Some(values) = numbers(issue) else {
        let message = format!("`{}` has utilities for numbers and values that are none", short(&issue.id));
        diagnostics.push(Diagnostic::new(Code::ExchangeMismatch, message).at(inner.span, "for numbers"));
        return None;
    };
    let width = &high - &low;
    let slope = if width.is_zero() { Exact::zero() } else { (&high_utility - &low_utility) / width };
    Some((values.iter().map(|x| times(&(x - &low), &slope) + &low_utility).collect(), Vec::new()))
}

fn groups(node: &Node, sheet: &mut Sheet, diagnostics: &mut Diagnostics) -> Option<()> {
    let parts = need(node, "partUtilities", diagnostics)?;
    let mut covered = vec![false; sheet.space.issues.len()];
    for (_, part) in parts.entries() {
        group(part, sheet, &mut covered, diagnostics)?;
    }
    let left: Vec<&Issue> = sheet.space.issues.iter().zip(covered).filter(|(_, c)| !c).map(|(i, _)| i).collect();
    for issue in left.iter().take(MOST_TOLD) {
        let message = format!("no group speaks of `{}`, so it counts nothing", short(&issue.id));
        diagnostics.push(Diagnostic::new(Code::ExchangeValue, message).at(parts.span, "these groups"));
    }
    if left.len() > MOST_TOLD {
        let message = format!("no group speaks of {} issues more, so they count nothing", left.len() - MOST_TOLD);
        diagnostics.push(Diagnostic::new(Code::ExchangeValue, message).at(parts.span, "these groups"));
    }
    Some(())
}

/// One group: issues, and what combinations of their values count.
fn group(part: &Node, sheet: &mut Sheet, covered: &mut [bool], diagnostics: &mut Diagnostics) -> Option<()> {
    let inner = match part.entries() {
        [(_, only)] if only.get("issues").is_some() => only,
        _ => part,
    };
    let mut issues = Vec::new();
    for name in need_items(need(inner, "issues", diagnostics)?, diagnostics)? {
        let Some(at) = name.text().and_then(|n| sheet.space.issue(n)) else {
            diagnostics.push(unknown("issue", name, sheet.space.issues.iter().map(|i| i.id.as_str())));
            return None;
        };
        match covered.get_mut(at) {
            Some(seen) if !*seen => *seen = true,
            _ => {
                diagnostics.push(
                    Diagnostic::new(Code::ExchangeSyntax, "an issue is in two groups").at(name.span, "again here"),
                );
                return None;
            }
        }
        issues.push(at);
    }
    let of = |at: &usize| sheet.space.issues.get(*at).map_or(0, |i| i.values.len());
    let sizes: Vec<usize> = issues.iter().map(of).collect();
    // All tables of a profile share the room, as the names of two issues are enough for a large one.
    let taken: usize = sheet.draft.tables.iter().map(|(_, _, worth)| worth.len()).sum();
    let fits = |n: &usize| *n <= LARGEST_TABLE && taken + n <= MOST_ENTRIES;
    let combinations = sizes.iter().try_fold(1usize, |n, size| n.checked_mul(*size)).filter(fits);
    let mut table = combinations.map(|n| vec![Exact::zero(); n]);
    for entry in need_items(need(inner, "utilslist", diagnostics)?, diagnostics)? {
        let values = need_items(need(entry, "values", diagnostics)?, diagnostics)?;
        let utility = need_number(need(entry, "util", diagnostics)?, diagnostics)?;
        if values.len() != issues.len() {
            let message = format!("{} values for a group of {} issues", values.len(), issues.len());
            diagnostics.push(Diagnostic::new(Code::ExchangeMismatch, message).at(entry.span, "here"));
            return None;
        }
        let mut digits = Vec::new();
        for (value, at) in values.iter().zip(&issues) {
            digits.push(digit(value, *at, &sheet.space, diagnostics)?);
        }
        match &mut table {
            Some(table) => {
                let at = digits.iter().zip(&sizes).fold(0usize, |at, (d, size)| at * size + usize::from(*d));
                if let Some(slot) = table.get_mut(at) {
                    *slot = utility;
                }
            }
            None => {
                let all = issues.iter().zip(&digits).map(|(issue, digit)| Formula::In(*issue, vec![*digit]));
                sheet.draft.when.push((Formula::And(all.collect()), utility));
            }
        }
    }
    match table {
        Some(table) if issues.len() == 1 => {
            if let Some(worth) = issues.first().and_then(|at| sheet.draft.worth.get_mut(*at)) {
                *worth = table;
            }
        }
        Some(table) => sheet.draft.tables.push((issues, sizes, table)),
        None => {}
    }
    Some(())
}

fn digit(node: &Node, issue: usize, space: &Space, diagnostics: &mut Diagnostics) -> Option<u16> {
    let name = need_name(node, diagnostics)?;
    let found = node.text().and_then(|t| space.value(issue, t)).or_else(|| space.value(issue, &name));
    if found.is_none() {
        let known = space.issues.get(issue).into_iter().flat_map(|i| i.values.iter().map(|v| v.id.as_str()));
        diagnostics.push(unknown("value", node, known));
    }
    found
}

/// A bid: one value for every issue.
fn outcome(node: &Node, space: &Space, diagnostics: &mut Diagnostics) -> Option<Outcome> {
    let values = node.get("issuevalues").or_else(|| node.get("issueValues")).unwrap_or(node);
    known_issues(values, &positions(space), space, diagnostics)?;
    let keyed = values.keyed();
    let mut digits = Vec::new();
    for (at, issue) in space.issues.iter().enumerate() {
        let Some(value) = keyed.get(issue.id.as_str()).filter(|n| !n.is_null()) else {
            let message = format!("a bid leaves `{}` open, so its utility is not known", short(&issue.id));
            diagnostics.push(Diagnostic::new(Code::ExchangeUnsupported, message).at(node.span, "this bid"));
            return None;
        };
        digits.push(digit(value, at, space, diagnostics)?);
    }
    Some(Outcome::new(digits))
}

fn ordering(node: &Node, sheet: &mut Sheet, diagnostics: &mut Diagnostics) -> Option<()> {
    let bids = need_items(need(node, "bids", diagnostics)?, diagnostics)?;
    if bids.len().saturating_mul(sheet.space.issues.len()) > crate::exchange::tree::MOST_NODES {
        diagnostics.push(too_large("the order is over too many bids", node.span));
        return None;
    }
    let outcomes: Option<Vec<Outcome>> = bids.iter().map(|bid| outcome(bid, &sheet.space, diagnostics)).collect();
    let outcomes = outcomes?;
    let mut better = Vec::new();
    for pair in need_items(need(node, "better", diagnostics)?, diagnostics)? {
        let ends: Vec<Option<usize>> = pair
            .items()
            .unwrap_or_default()
            .iter()
            .map(|n| n.text().and_then(|t| t.parse().ok()).filter(|at| *at < outcomes.len()))
            .collect();
        let [Some(a), Some(b)] = ends.as_slice() else {
            let message = format!("a comparison is two positions below {}", outcomes.len());
            diagnostics.push(Diagnostic::new(Code::ExchangeSyntax, message).at(pair.span, "not here"));
            return None;
        };
        better.push((*a, *b));
    }
    sheet.ordering = Some(Ordering { outcomes, better });
    Some(())
}

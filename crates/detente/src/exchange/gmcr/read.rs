//! From the tree of a `.gmcr` file to a conflict.

use super::feasible::{self, Pattern};
use super::names::ids;
use super::pattern::{any_met, option_at, pattern, position, statement, unmet};
use super::ranking::{self, Ranking};
use super::{BUDGET, MOST_MAKERS, MOST_OPTIONS, MOST_PATTERNS};
use crate::exchange::conflict::Read;
use crate::exchange::few::Few;
use crate::exchange::tree::{Node, short, too_large};
use crate::game::conflict::{Conflict, Control, Maker, Moves, Preference, Strength};
use crate::game::{Formula, Issue, IssueKind, Space, Value};
use crate::text::{Code, Diagnostic, Severity, Span, did_you_mean};
use std::collections::HashSet;
use std::sync::Arc;

/// Keys that say nothing which other keys do not.
const DERIVED: [&str; 3] = ["program", "version", "coalitionsFull"];
const KEYS: [&str; 9] = [
    "options",
    "decisionMakers",
    "infeasibles",
    "useManualPreferenceRanking",
    "useManualPreferenceVectors",
    "coalitions",
    "program",
    "version",
    "coalitionsFull",
];

/// Whether a tree is a conflict of this format, whole or broken.
pub(crate) fn looks_like(node: &Node) -> bool {
    node.get("decisionMakers").is_some() || (node.get("options").is_some() && node.get("infeasibles").is_some())
}

/// An option as its entry has it.
struct Choice {
    name: String,
    moves: Moves,
    span: Span,
}

/// A decision maker as its entry has it, with the options it holds.
struct Entry<'a> {
    name: String,
    holds: Vec<usize>,
    node: &'a Node,
}

/// Reads a conflict. `None`, with the reasons said, where there is none.
pub(crate) fn read(node: &Node, few: &mut Few) -> Option<Read> {
    let choices = choices(node, few)?;
    let entries = entries(node, choices.len(), few)?;
    let holders = holders(&choices, &entries, few);
    let patterns = infeasibles(node, choices.len(), few);
    if !few.has_errors() && feasible::any(choices.len(), &patterns, BUDGET) == Some(false) {
        let span = node.get("infeasibles").map_or(node.span, |n| n.span);
        let message = "the infeasible patterns exclude every state";
        few.push(Diagnostic::new(Code::ConflictInfeasible, message).at(span, "these patterns"));
    }
    let grouped = holders.is_sorted();
    let ranked = manual(node, &entries, few);
    if !grouped {
        order_of_options(node, ranked, few);
    }
    let preferences = preferences(&entries, choices.len(), &patterns, ranked, few);
    let maker_ids = ids(&entries.iter().map(|e| e.name.clone()).collect::<Vec<_>>(), &[], "maker");
    let unseen: Vec<Option<Formula>> = entries.iter().map(|e| misperceived(e, choices.len(), few)).collect();
    let coalitions = coalitions(node, &entries, few);
    for (key, _) in node.entries() {
        let Some(text) = key.text().filter(|k| !KEYS.contains(k)) else { continue };
        let message = format!("`{}` is no key that is known; it was left out", short(text));
        let said = few.says(Severity::Note);
        let near = said.then(|| did_you_mean(text, KEYS.into_iter().filter(|k| !DERIVED.contains(k)))).flatten();
        few.push(Diagnostic::new(Code::ExchangeIgnored, message).at(key.span, "left out").maybe_hint(near));
    }
    let (preferences, coalitions) = (preferences?, coalitions?);
    if few.has_errors() {
        return None;
    }
    let before: Vec<Option<&str>> = holders.iter().map(|h| maker_ids.get(*h).map(String::as_str)).collect();
    let names: Vec<String> = choices.iter().map(|c| c.name.clone()).collect();
    let issues = ids(&names, &before, "option").into_iter().zip(names).map(|(id, name)| issue(id, name));
    let space = Arc::new(Space { issues: issues.collect() });
    let control = choices.into_iter().zip(holders);
    let control = control.map(|(c, holder)| Control { holders: vec![holder], moves: c.moves }).collect();
    let makers = entries.into_iter().zip(maker_ids).zip(preferences.into_iter().zip(unseen));
    let makers = makers.map(|((entry, id), (preference, unseen))| Maker {
        id,
        name: entry.name,
        preference,
        strength: Strength::None,
        unknown: Vec::new(),
        unseen,
    });
    let conflict = Conflict { space, makers: makers.collect(), control, rules: patterns.iter().map(unmet).collect() };
    Some(Read::Options { conflict, coalitions })
}

/// An option as an issue of two values.
pub(super) fn issue(id: String, name: String) -> Issue {
    let value = |id: &str, label: &str| Value { id: id.into(), label: label.into() };
    Issue { id, name, values: vec![value("N", "no"), value("Y", "yes")], status_quo: 0, kind: IssueKind::Named }
}

/// The list under a key that must be there.
fn list<'a>(node: &'a Node, key: &str, code: Code, what: &str, few: &mut Few) -> Option<&'a [Node]> {
    let found = node.given(key).and_then(Node::items).filter(|items| !items.is_empty());
    if found.is_none() {
        let span = node.get(key).map_or(Span::new(node.span.file, node.span.start..node.span.start + 1), |n| n.span);
        let message = format!("there is no {what}: `{key}` is missing or empty");
        few.push(Diagnostic::new(code, message).at(span, "here"));
    }
    found
}

fn choices(node: &Node, few: &mut Few) -> Option<Vec<Choice>> {
    let items = list(node, "options", Code::ExchangeMissing, "option", few)?;
    if items.len() > MOST_OPTIONS {
        few.push(too_large(format!("{} options; {MOST_OPTIONS} are read", items.len()), node.span));
        return None;
    }
    let mut out = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        // A bare text is the name of an option that moves both ways.
        let name = if item.is_map() { item.given("name").and_then(Node::name) } else { item.name() };
        let name = name.map(|n| n.trim().to_string()).filter(|n| !n.is_empty());
        let name = name.unwrap_or_else(|| {
            let message = format!("option {at} has no name");
            few.push(Diagnostic::new(Code::ExchangeRepaired, message).at(item.span, "named by its number"));
            format!("Option {}", at + 1)
        });
        let moves = match item.given("permittedDirection").map(|n| n.text().unwrap_or("")) {
            None | Some("both") => Moves::Free,
            Some("fwd") => Moves::Rising,
            Some("back") => Moves::Falling,
            Some(other) => {
                let span = item.get("permittedDirection").map_or(item.span, |n| n.span);
                let message = format!("`{}` is no direction", short(other));
                let found = Diagnostic::new(Code::ExchangeUnsupported, message).at(span, "unknown");
                few.push(found.hint("known are both, fwd (once taken, it stays) and back (once dropped, it stays so)"));
                Moves::Free
            }
        };
        out.push(Choice { name, moves, span: item.span });
    }
    Some(out)
}

fn entries<'a>(node: &'a Node, options: usize, few: &mut Few) -> Option<Vec<Entry<'a>>> {
    let items = list(node, "decisionMakers", Code::ConflictNoMaker, "decision maker", few)?;
    if items.len() > MOST_MAKERS {
        few.push(too_large(format!("{} decision makers; {MOST_MAKERS} are read", items.len()), node.span));
        return None;
    }
    let mut out = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        let name = item.given("name").and_then(Node::name).filter(|n| !n.trim().is_empty());
        let name = name.unwrap_or_else(|| {
            let message = format!("decision maker {} has no name", at + 1);
            few.push(Diagnostic::new(Code::ExchangeRepaired, message).at(item.span, "named by its number"));
            format!("DM {}", at + 1)
        });
        let mut holds = Vec::new();
        for option in item.given("options").and_then(Node::items).unwrap_or_default() {
            holds.extend(option_at(option, options, few));
        }
        holds.sort_unstable();
        holds.dedup();
        if holds.is_empty() {
            let message = format!("`{}` holds no option", short(&name));
            few.push(Diagnostic::new(Code::ConflictHoldsNothing, message).at(item.span, "this decision maker"));
        }
        out.push(Entry { name: name.trim().to_string(), holds, node: item });
    }
    Some(out)
}

/// Who holds each option.
fn holders(choices: &[Choice], entries: &[Entry], few: &mut Few) -> Vec<usize> {
    let mut holder: Vec<Option<usize>> = vec![None; choices.len()];
    for (maker, entry) in entries.iter().enumerate() {
        for option in &entry.holds {
            let (Some(slot), Some(choice)) = (holder.get_mut(*option), choices.get(*option)) else { continue };
            match *slot {
                None => *slot = Some(maker),
                Some(first) => {
                    let other = entries.get(first).map_or("", |e| e.name.as_str());
                    let (name, other, own) = (short(&choice.name), short(other), short(&entry.name));
                    let message = format!("option {option} (`{name}`) is held by `{other}` and by `{own}`");
                    let found = Diagnostic::new(Code::ConflictHeldTwice, message).at(entry.node.span, "again here");
                    few.push(found.at(choice.span, "the option").hint("give each an option of its own"));
                }
            }
        }
    }
    for (at, (slot, choice)) in holder.iter().zip(choices).enumerate() {
        if slot.is_none() {
            let message = format!("nobody holds option {at} (`{}`)", short(&choice.name));
            let found = Diagnostic::new(Code::ConflictNoHolder, message).at(choice.span, "this option");
            few.push(found.hint(format!("add {at} to the `options` of a decision maker, or take the option out")));
        }
    }
    holder.into_iter().map(|h| h.unwrap_or(0)).collect()
}

fn infeasibles(node: &Node, options: usize, few: &mut Few) -> Vec<Pattern> {
    let Some(given) = node.given("infeasibles") else { return Vec::new() };
    let Some(items) = given.items() else {
        few.push(Diagnostic::new(Code::ExchangeSyntax, "a list of patterns is expected").at(given.span, "here"));
        return Vec::new();
    };
    if items.len() > MOST_PATTERNS {
        let message = format!("{} infeasible patterns; {MOST_PATTERNS} are read", items.len());
        let found = Diagnostic::new(Code::ExchangeLimit, message).at(given.span, "these patterns");
        few.push(found.hint("merge patterns: what differs in one option only is one pattern without that option"));
        return Vec::new();
    }
    let mut all = Vec::with_capacity(items.len());
    for item in items {
        if item.is_map() {
            // The program itself fails on these.
            all.extend(statement(item, options, few).unwrap_or_default());
            continue;
        }
        let Some(pattern) = pattern(item, options, few) else { continue };
        if pattern.is_empty() {
            let message = "an empty pattern excludes every state";
            few.push(Diagnostic::new(Code::ConflictInfeasible, message).at(item.span, "this pattern"));
        }
        all.push(pattern);
    }
    let mut seen = HashSet::with_capacity(all.len());
    all.retain(|p| seen.insert(p.clone()));
    all
}

/// Whether rankings count and not statements: as the file says, or as is beyond doubt.
fn manual(node: &Node, entries: &[Entry], few: &mut Few) -> bool {
    let given = node.given("useManualPreferenceRanking").or_else(|| node.given("useManualPreferenceVectors"));
    let empty = |n: Option<&Node>| n.and_then(Node::items).is_none_or(<[Node]>::is_empty);
    match given.map(|n| (n.text().unwrap_or(""), n.span)) {
        Some(("true", _)) => {
            if entries.iter().any(|e| !empty(e.node.given("preferences"))) {
                let message = "the file says that its rankings count; its preference statements were left out";
                let span = given.map_or(node.span, |n| n.span);
                few.push(Diagnostic::new(Code::ExchangeIgnored, message).at(span, "said here"));
            }
            true
        }
        Some(("false", _)) => false,
        Some((_, span)) => {
            few.push(Diagnostic::new(Code::ExchangeSyntax, "true or false is expected").at(span, "here"));
            false
        }
        None => {
            let ranked = entries.iter().any(|e| listed(e.node).is_some());
            let stated = entries.iter().any(|e| !empty(e.node.given("preferences")));
            if ranked && !stated {
                let message = "the file does not say whether its rankings count; there is nothing else, so they do";
                let start = Span::new(node.span.file, node.span.start..node.span.start + 1);
                few.push(Diagnostic::new(Code::ExchangeRepaired, message).at(start, "in here"));
            }
            ranked && !stated
        }
    }
}

fn listed(entry: &Node) -> Option<&Node> {
    entry.given("preferenceRanking").or_else(|| entry.given("preferenceVector"))
}

/// The program sorts options by their holder before it numbers states.
fn order_of_options(node: &Node, ranked: bool, few: &mut Few) {
    let span = node.get("options").map_or(node.span, |n| n.span);
    let message = "the options are not in the order of the decision makers who hold them";
    if ranked {
        let found = Diagnostic::new(Code::ConflictRanking, message).at(span, "these options");
        few.push(
            found
                .note("GMCR+ sorts options by their holder before it numbers states, so the rankings would change")
                .hint("write the options of the first decision maker first, and so on"),
        );
    } else {
        let found = Diagnostic::new(Code::ExchangeIgnored, message).at(span, "these options");
        few.push(found.note("GMCR+ sorts them before it numbers states; here states are numbered as the file has it"));
    }
}

fn preferences(
    entries: &[Entry],
    options: usize,
    patterns: &[Pattern],
    ranked: bool,
    few: &mut Few,
) -> Option<Vec<Preference>> {
    if !ranked {
        return entries.iter().map(|e| statements(e, options, few)).collect();
    }
    let mut rankings: Vec<(String, Ranking)> = Vec::with_capacity(entries.len());
    for entry in entries {
        let Some(node) = listed(entry.node) else {
            let message = format!("`{}` has no `preferenceRanking`", short(&entry.name));
            few.push(Diagnostic::new(Code::ExchangeMissing, message).at(entry.node.span, "in here"));
            continue;
        };
        rankings.extend(ranking::ranking(node, few).map(|r| (entry.name.clone(), r)));
    }
    if few.has_errors() {
        return None;
    }
    let states = ranking::numbered(options, patterns, &rankings, few)?;
    rankings.iter().map(|(name, r)| ranking::preference(name, r, &states, few)).collect()
}

/// Prioritised statements. One that is said again, or that always holds, never decides.
fn statements(entry: &Entry, options: usize, few: &mut Few) -> Option<Preference> {
    let items = entry.node.given("preferences").and_then(Node::items).unwrap_or_default();
    let mut seen: HashSet<Vec<Pattern>> = HashSet::new();
    let mut kept = Vec::new();
    for item in items {
        let found = statement(item, options, few)?;
        let always = found.iter().any(Vec::is_empty);
        if !found.is_empty() && !always && seen.insert(found.clone()) {
            kept.push(any_met(&found));
        }
    }
    let name = short(&entry.name);
    if kept.len() > Preference::MOST_STATEMENTS {
        let message =
            format!("`{name}` has {} preference statements; {} count", kept.len(), Preference::MOST_STATEMENTS);
        let span = entry.node.get("preferences").map_or(entry.node.span, |n| n.span);
        few.push(Diagnostic::new(Code::ConflictStatements, message).at(span, "these statements"));
        return None;
    }
    if kept.is_empty() {
        let message = format!("nothing is said of what `{name}` prefers: all states are equal to it");
        few.push(Diagnostic::new(Code::ConflictIndifferent, message).at(entry.node.span, "this decision maker"));
    } else if kept.len() < items.len() {
        let message = format!("{} statements of `{name}` say nothing new and were left out", items.len() - kept.len());
        let span = entry.node.get("preferences").map_or(entry.node.span, |n| n.span);
        few.push(Diagnostic::new(Code::ExchangeIgnored, message).at(span, "these statements"));
    }
    Some(Preference::Statements(kept))
}

/// The states that a decision maker does not see.
fn misperceived(entry: &Entry, options: usize, few: &mut Few) -> Option<Formula> {
    let items = entry.node.given("misperceptions").and_then(Node::items)?;
    if items.len() > MOST_PATTERNS {
        few.push(too_large(format!("{} misperceptions; {MOST_PATTERNS} are read", items.len()), entry.node.span));
        return None;
    }
    let mut all: Vec<Pattern> = Vec::new();
    for item in items {
        all.extend(statement(item, options, few).unwrap_or_default());
    }
    (!all.is_empty()).then(|| any_met(&all))
}

/// The groups of two and more that the file lets act together.
fn coalitions(node: &Node, entries: &[Entry], few: &mut Few) -> Option<Vec<Vec<usize>>> {
    let items = node.given("coalitions").and_then(Node::items).unwrap_or_default();
    let mut seen = vec![false; entries.len()];
    let mut groups = Vec::new();
    for item in items {
        let members = item.items().unwrap_or(std::slice::from_ref(item));
        let mut group = Vec::with_capacity(members.len().min(entries.len()));
        for member in members {
            let Some(slot) = position(member).and_then(|at| Some((at, seen.get_mut(at)?))) else {
                let message = format!("a coalition names a decision maker by its number, 0 to {}", entries.len() - 1);
                few.push(Diagnostic::new(Code::ExchangeName, message).at(member.span, "unknown"));
                return None;
            };
            if std::mem::replace(slot.1, true) {
                let name = entries.get(slot.0).map_or("", |e| e.name.as_str());
                let message = format!("`{}` is in two coalitions", short(name));
                few.push(Diagnostic::new(Code::ExchangeSyntax, message).at(member.span, "again here"));
                return None;
            }
            group.push(slot.0);
        }
        group.sort_unstable();
        if group.len() > 1 {
            groups.push(group);
        }
    }
    groups.sort_unstable();
    Some(groups)
}

//! Steps, actors and conditions in words.

use crate::case::model::people::ActorKind;
use crate::case::{Document, Expr, Name};

/// The name of a party or actor, or its id.
pub(crate) fn who(document: &Document, id: &str) -> String {
    let actor = |id: &str| document.actors.get(id).map(|a| a.name.clone());
    let party = document.parties.get(id);
    party
        .and_then(|p| p.name.clone().or_else(|| p.actor.as_ref().and_then(|a| actor(a.as_str()))))
        .or_else(|| actor(id))
        .unwrap_or_else(|| id.to_string())
}

/// Whether it is a law that demands: it is changed or read in another way, and accepts nothing.
pub(crate) fn is_law(document: &Document, id: &str) -> bool {
    document.actors.get(id).is_some_and(|actor| actor.kind == Some(ActorKind::Law))
}

/// What it would take of somebody who demands: to accept something; of a law, a change or another reading.
pub(crate) fn ask(document: &Document, id: &str, what: &str) -> String {
    let who = who(document, id);
    if is_law(document, id) {
        format!("need a change of {who}, or another reading of it, to allow {what}")
    } else {
        format!("ask {who} to accept {what}")
    }
}

/// The names of several, each once, joined by `and`.
pub(crate) fn everyone<'a>(document: &Document, ids: impl IntoIterator<Item = &'a str>) -> String {
    let mut names: Vec<String> = Vec::new();
    for id in ids {
        let name = who(document, id);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    list(&names, "and")
}

/// `a, b and c`.
pub(crate) fn list(parts: &[String], last: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., end] => format!("{} {last} {end}", most.join(", ")),
    }
}

/// Meanings of values longer than this stay out of sentences; the name of the value stands for it.
const LONG: usize = 32;

/// One value of an issue: `Ceasefire: full`.
pub(crate) fn value(document: &Document, issue: &str, value: &str) -> String {
    format!("{}: {}", issue_name(document, issue), labels(document, issue, &[value]))
}

/// A state of the issues: `Ceasefire: full and Lines: anything but contact line`.
pub(crate) fn state(document: &Document, expr: &Expr) -> String {
    let labels = |issue: &Name, values: &[Name]| {
        let values: Vec<&str> = values.iter().map(Name::as_str).collect();
        labels(document, issue.as_str(), &values)
    };
    let inner = |e: &Expr| match e {
        Expr::And(_) | Expr::Or(_) | Expr::Implies(..) => format!("({})", state(document, e)),
        _ => state(document, e),
    };
    let join = |all: &[Expr], word: &str| all.iter().map(inner).collect::<Vec<_>>().join(word);
    match expr {
        Expr::Constant(true) => "in any case".to_string(),
        Expr::Constant(false) => "never".to_string(),
        Expr::In(issue, values) => format!("{}: {}", issue_name(document, issue.as_str()), labels(issue, values)),
        Expr::Moved(issue) => format!("{} changed", issue_name(document, issue.as_str())),
        Expr::Not(not) => match not.as_ref() {
            Expr::In(issue, values) => {
                format!("{}: anything but {}", issue_name(document, issue.as_str()), labels(issue, values))
            }
            Expr::Moved(issue) => format!("{} as it is", issue_name(document, issue.as_str())),
            other => format!("not {}", inner(other)),
        },
        Expr::And(all) => join(all, " and "),
        Expr::Or(all) => join(all, " or "),
        Expr::Implies(a, b) => format!("if {}, then {}", inner(a), inner(b)),
    }
}

fn issue_name(document: &Document, issue: &str) -> String {
    document.issues.get(issue).and_then(|i| i.name.clone()).unwrap_or_else(|| issue.to_string())
}

/// What values mean, joined by `or`; their names where a meaning is long.
fn labels(document: &Document, issue: &str, values: &[&str]) -> String {
    let known = document.issues.get(issue).map(|i| &i.values.values);
    let meaning = |value: &&str| known.and_then(|k| k.get(*value)).map_or(*value, String::as_str).to_string();
    let meanings: Vec<String> = values.iter().map(meaning).collect();
    if meanings.iter().any(|m| m.chars().count() > LONG) {
        return list(&values.iter().map(ToString::to_string).collect::<Vec<_>>(), "or");
    }
    list(&meanings, "or")
}

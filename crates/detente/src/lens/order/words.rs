//! Steps, actors and conditions in words.

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

/// One value of an issue: `Ceasefire: full`.
pub(crate) fn value(document: &Document, issue: &str, value: &str) -> String {
    format!("{}: {}", issue_name(document, issue), label(document, issue, value))
}

/// A state of the issues: `Ceasefire: full and Lines: anything but contact line`.
pub(crate) fn state(document: &Document, expr: &Expr) -> String {
    let labels = |issue: &Name, values: &[Name]| {
        let labels: Vec<String> = values.iter().map(|v| label(document, issue.as_str(), v.as_str())).collect();
        list(&labels, "or")
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

fn label(document: &Document, issue: &str, value: &str) -> String {
    document.issues.get(issue).and_then(|i| i.values.values.get(value)).cloned().unwrap_or_else(|| value.to_string())
}

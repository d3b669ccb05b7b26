//! Combinations of values that count 0.

use super::issue::{Layout, whole};
use super::markup::{Id, Tag, Tree};
use super::report::Report;
use crate::game::Formula;
use crate::text::Code;
use std::collections::HashMap;

/// What has to hold for an outcome not to count 0: none of the combinations of the `zeroConstraint`s.
///
/// The other kinds of constraint, and ranks instead of evaluations, occur in one domain only, and what they come to
/// in numbers is written nowhere; a profile that has them is refused. `None` then.
pub(super) fn zero_unless(tree: &Tree<'_>, layout: &Layout, report: &mut Report<'_>) -> Option<Vec<Formula>> {
    if let Some(ranks) = tree.all(Tag::Ranks).next() {
        let message = "ranks of values: how much a rank is worth is not part of the format";
        let hint = "write evaluations and weights instead of ranks";
        report.refuse(Code::ExchangeUnsupported, &tree.place(ranks), message, hint);
        return None;
    }
    let mut digits: HashMap<usize, HashMap<&str, u16>> = HashMap::new();
    let mut out = Vec::new();
    for constraint in tree.all(Tag::Constraint) {
        let place = tree.place(constraint);
        let kind = tree.get(constraint, "type").map_or_else(String::new, |(kind, _)| kind.chars().take(60).collect());
        let assignments = tree.children(constraint).all(|id| tree.tag(id) == Some(Tag::Assignment));
        if kind != "zeroConstraint" || !assignments {
            let message = format!("a constraint of type `{kind}`; known is zeroConstraint with values assigned");
            report.refuse(Code::ExchangeUnsupported, &place, message, "");
            return None;
        }
        let mut all = Vec::new();
        for id in tree.children(constraint) {
            all.push(assignment(tree, layout, id, &mut digits, report)?);
        }
        if all.is_empty() {
            report.refuse(Code::ExchangeMissing, &place, "a constraint that names no values", "");
            return None;
        }
        out.push(Formula::And(all).not());
    }
    Some(out)
}

fn assignment<'l>(
    tree: &Tree<'_>,
    layout: &'l Layout,
    id: Id,
    digits: &mut HashMap<usize, HashMap<&'l str, u16>>,
    report: &mut Report<'_>,
) -> Option<Formula> {
    let place = tree.place(id);
    let at = whole(tree, id, "index").and_then(|index| layout.at(index));
    let Some((at, issue)) = at.and_then(|at| Some((at, layout.space.issues.get(at)?))) else {
        let message = "a constraint on an issue that the file does not have";
        report.refuse(Code::ExchangeName, &place, message, "`index` is the index of an issue");
        return None;
    };
    let known = digits.entry(at).or_insert_with(|| issue.values.iter().map(|v| v.id.as_str()).zip(0u16..).collect());
    let value = tree.get(id, "value").map(|(value, _)| value);
    let Some(digit) = value.as_ref().and_then(|value| known.get(value.as_ref())) else {
        let shown: String = value.as_deref().unwrap_or("").chars().take(60).collect();
        let message = format!("a constraint on the value `{shown}`, which the issue does not have");
        report.refuse(Code::ExchangeName, &place, message, "");
        return None;
    };
    Some(Formula::In(at, vec![*digit]))
}

//! The issues of a file and their values.

use super::markup::{Id, Tag, Tree};
use super::report::{Repair, Report};
use super::write::written;
use crate::exchange::points::{MOST_ISSUES, MOST_VALUES, MOST_VALUES_TOGETHER};
use crate::game::{Exact, Issue, IssueKind, Space, Value, decimal};
use crate::text::Code;
use num_traits::ToPrimitive;
use std::collections::HashMap;
use std::ops::Range;

/// A real range becomes this many steps, so one point more.
const STEPS: u32 = 100;

/// What the values of an issue are, beyond their names.
#[derive(Debug)]
pub(super) enum Kind {
    /// Names, with the place of the evaluation of each.
    Named(Vec<Option<Range<usize>>>),
    /// Whole numbers from the lowest on.
    Whole(i64),
    /// Evenly spaced points of a real range: its ends and the distance between points.
    Points { low: Exact, high: Exact, step: Exact },
}

/// An issue as the file has it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) id: Id,
    pub(super) kind: Kind,
}

/// The issues of a file.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) space: Space,
    pub(super) entries: Vec<Entry>,
    /// Positions by the `index` of the file.
    by_index: HashMap<i64, usize>,
}

impl Layout {
    /// The position of the issue with this `index`.
    pub(super) fn at(&self, index: i64) -> Option<usize> {
        self.by_index.get(&index).copied()
    }
}

/// A whole number from an attribute.
pub(super) fn whole(tree: &Tree<'_>, id: Id, name: &str) -> Option<i64> {
    tree.get(id, name)?.0.parse().ok()
}

/// A number from an attribute: `None` where there is none, reported when it is no number.
pub(super) fn number(tree: &Tree<'_>, id: Id, name: &str, report: &mut Report<'_>) -> Option<Exact> {
    let (text, place) = tree.get(id, name)?;
    let number = decimal(&text);
    if number.is_none() {
        let shown: String = text.chars().take(40).collect();
        report.refuse(Code::ExchangeNumber, &place, format!("`{shown}` is no number"), "write a decimal such as 0.25");
    }
    number
}

/// The issues of a file in its order. `None` when they cannot be told; the reason is reported.
pub(super) fn layout(tree: &Tree<'_>, report: &mut Report<'_>) -> Option<Layout> {
    let stands = |id: &Id| {
        let parent = tree.parent(*id).and_then(|p| tree.tag(p));
        matches!(parent, Some(Tag::Space | Tag::Objective))
    };
    let mut layout = Layout::default();
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut values = 0;
    for id in tree.all(Tag::Issue).filter(stands) {
        let position = layout.space.issues.len();
        if position >= MOST_ISSUES {
            report.refuse(Code::ExchangeLimit, &tree.place(id), format!("more than {MOST_ISSUES} issues"), "");
            return None;
        }
        let index = index(tree, id, position, report);
        if layout.by_index.insert(index, position).is_some() {
            let message = format!("two issues have the index {index}, so it is not known which one a weight is for");
            report.refuse(Code::DuplicateName, &tree.place(id), message, "give each issue an index of its own");
            return None;
        }
        let name = name(tree, id, index, report);
        if names.insert(name.clone(), position).is_some() {
            let message = format!("two issues have the name `{name}`");
            report.refuse(Code::DuplicateName, &tree.place(id), message, "give each issue a name of its own");
            return None;
        }
        let (kind, found) = values_of(tree, id, report)?;
        values += found.len();
        if found.len() > MOST_VALUES || values > MOST_VALUES_TOGETHER {
            too_many(tree, id, report);
            return None;
        }
        let shape = match kind {
            Kind::Named(_) => IssueKind::Named,
            Kind::Whole(_) => IssueKind::Whole,
            Kind::Points { .. } => IssueKind::Points,
        };
        let found = found.into_iter().map(|id| Value { label: id.clone(), id }).collect();
        layout.space.issues.push(Issue { id: name.clone(), name, values: found, status_quo: 0, kind: shape });
        layout.entries.push(Entry { id, kind });
    }
    if layout.entries.is_empty() {
        report.refuse(Code::ExchangeMissing, &(0..0), "the file has no issues", "");
        return None;
    }
    Some(layout)
}

fn too_many(tree: &Tree<'_>, id: Id, report: &mut Report<'_>) {
    let message = format!("more than {MOST_VALUES} values of one issue, or {MOST_VALUES_TOGETHER} of all");
    report.refuse(Code::ExchangeLimit, &tree.place(id), message, "a coarser range may do");
}

fn index(tree: &Tree<'_>, id: Id, position: usize, report: &mut Report<'_>) -> i64 {
    whole(tree, id, "index").unwrap_or_else(|| {
        report.repair(Repair::NoIndex, tree.place(id));
        i64::try_from(position + 1).unwrap_or(i64::MAX)
    })
}

fn name(tree: &Tree<'_>, id: Id, index: i64, report: &mut Report<'_>) -> String {
    match tree.get(id, "name") {
        Some((name, _)) if !name.is_empty() => name.into_owned(),
        _ => {
            report.repair(Repair::NoName, tree.place(id));
            format!("issue {index}")
        }
    }
}

/// The kind of an issue and the names of its values.
fn values_of(tree: &Tree<'_>, id: Id, report: &mut Report<'_>) -> Option<(Kind, Vec<String>)> {
    // The three spellings are one thing; files have some or all of them.
    let words = ["vtype", "type", "etype"].into_iter().filter_map(|name| tree.get(id, name));
    let words: Vec<String> = words.map(|(word, _)| word.to_ascii_lowercase()).filter(|w| !w.is_empty()).collect();
    let first = words.first().map_or("discrete", String::as_str);
    if let Some(other) = words.iter().find(|word| *word != first) {
        let message = format!("the issue is said to be both `{first}` and `{other}`");
        report.refuse(Code::ExchangeUnsupported, &tree.place(id), message, "write the same type everywhere");
        return None;
    }
    match first {
        "discrete" => named(tree, id, report),
        "integer" => integers(tree, id, report),
        "real" => points(tree, id, report),
        _ => {
            let shown: String = first.chars().take(40).collect();
            let message = format!("an issue of type `{shown}`; known are discrete, integer and real");
            report.refuse(Code::ExchangeUnsupported, &tree.place(id), message, "");
            None
        }
    }
}

/// Named values. A value that stands twice and says the same counts once; with two evaluations nobody can tell
/// which one is meant.
fn named(tree: &Tree<'_>, id: Id, report: &mut Report<'_>) -> Option<(Kind, Vec<String>)> {
    let (mut names, mut evaluations): (Vec<String>, Vec<Option<Range<usize>>>) = (Vec::new(), Vec::new());
    let mut seen: HashMap<String, usize> = HashMap::new();
    for item in tree.inside(id, Tag::Item) {
        let place = tree.place(item);
        let Some((value, _)) = tree.get(item, "value").filter(|(value, _)| !value.is_empty()) else {
            report.refuse(Code::ExchangeMissing, &place, "an item without a value", "");
            return None;
        };
        if tree.get(item, "cost").is_some_and(|(cost, _)| cost.parse::<f64>() != Ok(0.0)) {
            report.ignore("costs of items", place.clone());
        }
        let evaluation = tree.get(item, "evaluation");
        if let Some(before) = seen.get(value.as_ref()) {
            let one = evaluations.get(*before).cloned().flatten();
            let one = one.and_then(|place| tree.text_at(&place)).map(str::trim);
            if one == evaluation.as_ref().map(|(text, _)| text.as_ref()) {
                report.repair(Repair::SameValue, place);
                continue;
            }
            let message = format!("the value `{value}` stands twice with different evaluations");
            report.refuse(Code::DuplicateName, &place, message, "take out the one that is not meant");
            return None;
        }
        seen.insert(value.clone().into_owned(), names.len());
        names.push(value.into_owned());
        evaluations.push(evaluation.map(|(_, place)| place));
    }
    if names.is_empty() {
        report.refuse(Code::ExchangeMissing, &tree.place(id), "an issue without values", "");
        return None;
    }
    Some((Kind::Named(evaluations), names))
}

/// The ends of a range: attributes of the issue or of a `<range>` in it.
fn range(tree: &Tree<'_>, id: Id, report: &mut Report<'_>) -> Option<(Exact, Exact)> {
    let places: Vec<Id> = std::iter::once(id).chain(tree.inside(id, Tag::Range)).collect();
    let mut end = |name: &str| {
        let at = places.iter().find(|place| tree.get(**place, name).is_some());
        let Some(at) = at else {
            let message = format!("a range without `{name}`");
            report.refuse(Code::ExchangeMissing, &tree.place(id), message, "");
            return None;
        };
        number(tree, *at, name, report)
    };
    let (low, high) = (end("lowerbound")?, end("upperbound")?);
    if low > high {
        report.refuse(Code::ExchangeNumber, &tree.place(id), "the lower bound is above the upper one", "");
        return None;
    }
    Some((low, high))
}

fn integers(tree: &Tree<'_>, id: Id, report: &mut Report<'_>) -> Option<(Kind, Vec<String>)> {
    let (low, high) = range(tree, id, report)?;
    if !low.is_integer() || !high.is_integer() {
        report.refuse(Code::ExchangeNumber, &tree.place(id), "the bounds of an integer issue are not whole", "");
        return None;
    }
    let count = (&high - &low).to_usize().filter(|n| *n < MOST_VALUES);
    let (Some(_), Some(low), Some(high)) = (count, low.to_i64(), high.to_i64()) else {
        too_many(tree, id, report);
        return None;
    };
    Some((Kind::Whole(low), (low..=high).map(|v| v.to_string()).collect()))
}

/// Points of a real range, the same for every profile of a domain as they depend on the range alone.
fn points(tree: &Tree<'_>, id: Id, report: &mut Report<'_>) -> Option<(Kind, Vec<String>)> {
    let (low, high) = range(tree, id, report)?;
    let step = (&high - &low) / Exact::from(num_bigint::BigInt::from(STEPS));
    let steps = if low == high { 0 } else { STEPS };
    let points = (0..=steps).map(|k| point(&low, &step, k));
    let names = points.map(|point| written(&point).0).collect();
    Some((Kind::Points { low, high, step }, names))
}

/// The point `k` steps up a range.
pub(super) fn point(low: &Exact, step: &Exact, k: u32) -> Exact {
    low + step * Exact::from(num_bigint::BigInt::from(k))
}

//! Nonlinear profiles: hyper-rectangles that count when all their sides hold.

use super::issue::{Kind, Layout, number, whole};
use super::markup::{Id, Tag, Tree};
use super::report::Report;
use crate::game::{Draft, Exact, Formula};
use crate::text::Code;
use num_bigint::BigInt;
use num_traits::{Signed, Zero};

/// All sides together list at most this many values.
const MOST_DIGITS: usize = 20_000_000;

/// The utility function of a nonlinear profile: the sum of weight × utility over the rectangles that hold, divided
/// by `maxutility`. What the program makes of a sum above `maxutility` is not known, so nothing is cut.
/// `None` when it is not known; the reason is reported.
pub(super) fn boxes(tree: &Tree<'_>, layout: &Layout, report: &mut Report<'_>) -> Option<Draft> {
    let mut all = tree.all(Tag::Utility);
    let Some(utility) = all.next() else {
        let space = tree.all(Tag::Space).next().map_or(0..0, |id| tree.place(id));
        report.refuse(Code::ExchangeMissing, &space, "a nonlinear profile without `<utility>`", "");
        return None;
    };
    if let Some(second) = all.next() {
        report.refuse(Code::ExchangeUnsupported, &tree.place(second), "a second `<utility>`", "");
        return None;
    }
    let most = needed(tree, utility, "maxutility", report)?;
    if !most.is_positive() {
        report.refuse(Code::ExchangeNumber, &tree.place(utility), "`maxutility` is not above 0", "");
        return None;
    }
    let mut draft = Draft::over(&layout.space);
    let mut digits = 0;
    for function in tree.inside(utility, Tag::Function) {
        let weight = plain(tree, function, report)? / &most;
        for id in tree.inside(function, Tag::Box) {
            let worth = needed(tree, id, "utility", report)? * &weight;
            let mut sides = Vec::new();
            for side in tree.children(id) {
                sides.extend(self::side(tree, layout, side, &mut digits, report)?);
            }
            match (sides.pop(), sides.is_empty()) {
                (None, _) => draft.constant += worth,
                (Some(only), true) => draft.when.push((only, worth)),
                (Some(last), false) => {
                    sides.push(last);
                    draft.when.push((Formula::And(sides), worth));
                }
            }
        }
    }
    Some(draft)
}

fn needed(tree: &Tree<'_>, id: Id, name: &str, report: &mut Report<'_>) -> Option<Exact> {
    if tree.get(id, name).is_none() {
        let message = format!("`<{}>` without `{name}`", tree.tag(id).map_or("", Tag::name));
        report.refuse(Code::ExchangeMissing, &tree.place(id), message, "");
        return None;
    }
    number(tree, id, name, report)
}

/// The weight of a function that adds up its rectangles.
fn plain(tree: &Tree<'_>, id: Id, report: &mut Report<'_>) -> Option<Exact> {
    let kind = tree.get(id, "type").map_or_else(String::new, |(kind, _)| kind.chars().take(40).collect());
    if !kind.eq_ignore_ascii_case("PlainUfun") {
        let message = format!("a utility function of type `{kind}`; known is PlainUfun");
        report.refuse(Code::ExchangeUnsupported, &tree.place(id), message, "");
        return None;
    }
    let word = tree.get(id, "aggregation").map_or_else(String::new, |(word, _)| word.chars().take(40).collect());
    if !word.eq_ignore_ascii_case("sum") {
        let message = format!("rectangles put together by `{word}`; known is `sum`");
        report.refuse(Code::ExchangeUnsupported, &tree.place(id), message, "");
        return None;
    }
    needed(tree, id, "weight", report)
}

/// One side: the value lies between `min` and `max`, both included, or outside of them. `Some(None)`: it always
/// holds.
fn side(
    tree: &Tree<'_>,
    layout: &Layout,
    id: Id,
    digits: &mut usize,
    report: &mut Report<'_>,
) -> Option<Option<Formula>> {
    let place = tree.place(id);
    let excludes = match tree.tag(id) {
        Some(Tag::Includes) => false,
        Some(Tag::Excludes) => true,
        _ => return Some(None),
    };
    let at = whole(tree, id, "index").and_then(|index| layout.at(index));
    let Some((at, entry)) = at.and_then(|at| Some((at, layout.entries.get(at)?))) else {
        let message = "a side of a rectangle over an issue that the file does not have";
        report.refuse(Code::ExchangeName, &place, message, "`index` is the index of an issue");
        return None;
    };
    let Kind::Whole(first) = entry.kind else {
        let message = "a side of a rectangle over an issue that is not of integers";
        report.refuse(Code::ExchangeUnsupported, &place, message, "");
        return None;
    };
    let (low, high) = (needed(tree, id, "min", report)?, needed(tree, id, "max", report)?);
    let size = layout.space.issues.get(at).map_or(0, |issue| issue.values.len());
    let size = u16::try_from(size).unwrap_or(u16::MAX);
    let first = Exact::from(BigInt::from(first));
    // The digits from `from` up to `to`, the latter not included.
    let from = digit((&low - &first).ceil(), size);
    let to = digit((&high - &first).floor() + Exact::from(BigInt::from(1)), size).max(from);
    *digits += usize::from(to - from);
    if *digits > MOST_DIGITS {
        let message = format!("the sides of the rectangles span more than {MOST_DIGITS} values together");
        report.refuse(Code::ExchangeLimit, &place, message, "");
        return None;
    }
    let always = if excludes { from == to } else { to - from == size };
    if always {
        return Some(None);
    }
    let inside = Formula::In(at, (from..to).collect());
    Some(Some(if excludes { inside.not() } else { inside }))
}

/// A whole number as a digit, cut to 0 to `size`.
fn digit(number: Exact, size: u16) -> u16 {
    let most = Exact::from(BigInt::from(size));
    let number = number.clamp(Exact::zero(), most).to_integer();
    u16::try_from(number).unwrap_or(size)
}

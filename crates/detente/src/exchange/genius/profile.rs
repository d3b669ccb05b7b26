//! A file as a whole: a domain, a profile, or something that stands beside them.

use super::additive::additive;
use super::boxes::boxes;
use super::constraint::zero_unless;
use super::issue::{Kind, Layout, layout, number};
use super::markup::{Id, Tag, Tree, parse};
use super::report::{Repair, Report};
use super::write::written;
use crate::exchange::content::{Content, Sheet};
use crate::game::{Discount, Exact, decimal};
use crate::text::{Code, Diagnostics, FileId};
use num_traits::{One, Signed};

/// Whether a text looks like a file of GENIUS: its first element is one of a domain or profile, or it is a list of
/// points, or stored objects of the program.
pub(crate) fn looks_like(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    if text.starts_with(['{', '[']) {
        return false;
    }
    first_element(text).is_some_and(|name| {
        ["negotiation_template", "utility_space", "ArrayList"].iter().any(|known| known.eq_ignore_ascii_case(name))
    }) || is_points(text)
}

/// The name of the first element, comments and declarations passed over.
fn first_element(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        let (_, tag) = rest.split_once('<')?;
        let end = if tag.starts_with("!--") {
            "-->"
        } else if tag.starts_with(['!', '?']) {
            ">"
        } else {
            let end = tag.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))?;
            return tag.get(..end);
        };
        (_, rest) = tag.split_once(end)?;
    }
}

/// Whether every line is two or more numbers with commas between: a stored frontier.
fn is_points(text: &str) -> bool {
    // A thousand lines, and a thousand numbers of each, show what it is.
    let point = |line: &str| line.contains(',') && line.split(',').take(1_000).all(|n| decimal(n).is_some());
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(1_000).peekable();
    lines.peek().is_some() && lines.all(point)
}

/// Reads a file. `None` when it is refused; the reason is among the diagnostics.
pub(crate) fn read(name: &str, file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Option<Content> {
    let shown = text.trim_start_matches('\u{FEFF}').trim_start();
    let stored = first_element(shown).is_some_and(|name| name.eq_ignore_ascii_case("ArrayList"));
    if stored || is_points(shown) {
        return Some(Content::Beside("a stored frontier"));
    }
    let mut report = Report::new(file, diagnostics);
    let content = parse(text, &mut report).and_then(|tree| content(name, &tree, &mut report));
    let content = content.filter(|_| !report.failed());
    report.finish();
    content
}

fn content(name: &str, tree: &Tree<'_>, report: &mut Report<'_>) -> Option<Content> {
    let mut spaces = tree.all(Tag::Space);
    let Some(space) = spaces.next() else {
        report.refuse(Code::ExchangeMissing, &(0..0), "the file has no `<utility_space>`", "");
        return None;
    };
    if let Some(second) = spaces.next() {
        let message = "a second `<utility_space>` in one file";
        report.refuse(Code::ExchangeUnsupported, &tree.place(second), message, "write one file for each");
        return None;
    }
    let layout = layout(tree, report)?;
    if layout.entries.iter().any(|entry| matches!(entry.kind, Kind::Points { .. })) {
        let issue = layout.entries.iter().find(|entry| matches!(entry.kind, Kind::Points { .. }));
        let place = issue.map_or(0..0, |entry| tree.place(entry.id));
        let message = "a real issue stands as 101 evenly spaced points of its range";
        report.warn(Code::ExchangePoints, &place, message, "");
    }
    let kind = tree.get(space, "type").map_or_else(String::new, |(kind, _)| kind.to_ascii_lowercase());
    if tree.parent(space).is_some() || (kind.is_empty() && !says_preferences(tree)) {
        return Some(Content::Domain { name: domain_name(name, tree), space: layout.space });
    }
    let sheet = sheet(stem(name), tree, layout, (space, &kind), report)?;
    Some(Content::Profile(Box::new(sheet)))
}

/// Whether anything in the file says what somebody wants.
fn says_preferences(tree: &Tree<'_>) -> bool {
    let tags = [Tag::Weight, Tag::Evaluator, Tag::Utility, Tag::Rules, Tag::Constraints];
    tags.into_iter().any(|tag| tree.all(tag).next().is_some())
        || tree.all(Tag::Item).any(|item| tree.get(item, "evaluation").is_some())
}

fn sheet(
    name: &str,
    tree: &Tree<'_>,
    layout: Layout,
    (space, kind): (Id, &str),
    report: &mut Report<'_>,
) -> Option<Sheet> {
    let place = tree.place(space);
    if !matches!(kind, "" | "nonlinear" | "constraint") {
        let shown: String = kind.chars().take(40).collect();
        let message = format!("a utility space of type `{shown}`; known are nonlinear and constraint");
        report.refuse(Code::ExchangeUnsupported, &place, message, "");
        return None;
    }
    let zero_unless = zero_unless(tree, &layout, report)?;
    let nonlinear = kind == "nonlinear" || tree.all(Tag::Utility).next().is_some();
    let (mut draft, silent) = if nonlinear {
        if let Some(weight) = tree.all(Tag::Weight).next() {
            let message = "a profile with both weights of issues and hyper-rectangles";
            report.refuse(Code::ExchangeUnsupported, &tree.place(weight), message, "");
            return None;
        }
        (boxes(tree, &layout, report)?, Vec::new())
    } else {
        additive(tree, &layout, report)?
    };
    draft.zero_unless = zero_unless;
    draft.reservation = reservation(tree, report)?;
    Some(Sheet {
        name: name.to_string(),
        // A profile of GENIUS does not say which domain it is for; the name of its root is free.
        domain: None,
        space: layout.space,
        draft,
        silent,
        reservation_outcome: None,
        discount: discount(tree, report),
        ordering: None,
        span: report.span(&place),
    })
}

/// The reservation value: `Some(None)` when there is none, `None` when it cannot be told.
fn reservation(tree: &Tree<'_>, report: &mut Report<'_>) -> Option<Option<Exact>> {
    let mut found: Option<Exact> = None;
    for id in tree.all(Tag::Reservation) {
        let place = tree.place(id);
        if tree.get(id, "value").is_none() {
            let hint = "write `value=\"0\"`, or take the element out for none";
            report.refuse(Code::ExchangeMissing, &place, "a reservation without a value", hint);
            return None;
        }
        let value = number(tree, id, "value", report)?;
        match &found {
            Some(before) if *before != value => {
                report.refuse(Code::DuplicateName, &place, "two different reservation values", "");
                return None;
            }
            Some(_) => report.repair(Repair::SameElement, place),
            None => found = Some(value),
        }
    }
    Some(found)
}

/// The discount; a factor that is not between 0 and 1 means none. A broken one does not change what anybody prefers
/// at the start, so it is read as none with a warning.
fn discount(tree: &Tree<'_>, report: &mut Report<'_>) -> Option<Discount> {
    let mut found: Option<Exact> = None;
    for id in tree.all(Tag::Discount) {
        let text = tree.get(id, "value");
        let Some(factor) = text.as_ref().and_then(|(text, _)| decimal(text)) else {
            let shown: String = text.map_or_else(String::new, |(text, _)| text.chars().take(40).collect());
            let message = format!("the discount factor `{shown}` is no number and was read as none");
            report.warn(Code::ExchangeNumber, &tree.place(id), message, "");
            continue;
        };
        if found.as_ref().is_some_and(|before| *before != factor) {
            let message = "a second, different discount factor; the first one was taken";
            report.warn(Code::ExchangeNumber, &tree.place(id), message, "");
        }
        found.get_or_insert(factor);
    }
    let factor = found.filter(|factor| factor.is_positive() && *factor < Exact::one())?;
    let factor = written(&factor).0.parse().ok()?;
    // A factor nearer to 0 or 1 than a real number of the machine can tell is none either.
    (0.0 < factor && factor < 1.0).then_some(Discount::OverDeadline { factor, reservation: true })
}

/// The name of a file without folders and ending.
fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// The name of a domain: that of its root objective, else of the file without "domain" at its end.
fn domain_name(name: &str, tree: &Tree<'_>) -> String {
    let root = tree.all(Tag::Objective).next().and_then(|id| tree.get(id, "name"));
    if let Some((root, _)) = root.filter(|(root, _)| !root.is_empty() && !root.eq_ignore_ascii_case("root")) {
        return root.into_owned();
    }
    let stem = stem(name);
    let bare = ["-domain", "_domain", "-template", "_template"].iter().find_map(|ending| stem.strip_suffix(ending));
    bare.filter(|bare| !bare.is_empty()).unwrap_or(stem).to_string()
}

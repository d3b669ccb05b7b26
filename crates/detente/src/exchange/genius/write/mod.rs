//! From a scenario to files of GENIUS: a domain and a profile for each party, such that reading them gives the same
//! utilities. What the format has no place for is said.

mod additive;
mod boxes;
mod names;
mod number;
mod xml;

pub(super) use number::{short, written};

use crate::exchange::content::Format;
use crate::game::{Discount, Exact, IssueKind, Profile, Scenario, Space, Utility};
use crate::text::{Code, Diagnostic, Diagnostics};
use num_bigint::BigInt;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;
use xml::{attribute, file_name};

/// A fraction from whole numbers.
fn exact(number: i128, unit: i128) -> Exact {
    Exact::new(BigInt::from(number), BigInt::from(unit.max(1)))
}

/// How an issue is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// By the names of its values.
    Named,
    /// As whole numbers from this one on.
    Whole(i64),
}

/// Tells of something that the format cannot hold.
struct Lost<'a>(&'a mut Diagnostics);

impl Lost<'_> {
    fn tell(&mut self, what: impl Into<String>) {
        self.0.push(Diagnostic::new(Code::ExchangeLost, format!("{}: {}", Format::Genius.name(), what.into())));
    }
}

/// The files of a scenario: their names and contents, the domain first. What is lost is said.
pub(crate) fn write(scenario: &Scenario, lost: &mut Diagnostics) -> Vec<(String, String)> {
    let mut lost = Lost(lost);
    if !scenario.rules.is_empty() {
        lost.tell("linkages and red lines are left out, so more outcomes are allowed");
    }
    if scenario.status_quo {
        lost.tell("the status quo is left out");
    }
    let (space, changed) = names::holdable(&scenario.space);
    if changed > 0 {
        lost.tell(format!(
            "{changed} names of issues or values are written otherwise, as XML has no such characters or readers drop spaces"
        ));
    }
    let scenario = &Scenario { space: Arc::new(space), ..scenario.clone() };
    let boxed = scenario.parties.iter().any(|party| !party.utility.parts.is_empty());
    let shapes = shapes(scenario, boxed, &mut lost);
    let mut taken = BTreeSet::new();
    let base = if scenario.name.trim().is_empty() { "scenario" } else { scenario.name.as_str() };
    let mut files = vec![(file_name(&format!("{base}-domain"), &mut taken), domain(scenario, base, &shapes))];
    for (at, party) in scenario.parties.iter().enumerate() {
        let number = format!("profile-{}", at + 1);
        let name = if party.name.trim().is_empty() { number.as_str() } else { party.name.as_str() };
        files.push((file_name(name, &mut taken), profile(party, &scenario.space, &shapes, &mut lost)));
    }
    files
}

/// How each issue is written. Hyper-rectangles need issues of integers, and an issue of integers needs utilities
/// along a line; where they are not, names of values hold any utilities.
fn shapes(scenario: &Scenario, boxed: bool, lost: &mut Lost<'_>) -> Vec<Shape> {
    let mut out = Vec::with_capacity(scenario.space.issues.len());
    let mut renamed = Vec::new();
    for (at, issue) in scenario.space.issues.iter().enumerate() {
        let shown: String = issue.name.chars().take(60).collect();
        let first = (issue.kind == IssueKind::Whole).then(|| run(issue.values.iter().map(|v| v.id.as_str()))).flatten();
        let straight = |utility: &Utility| utility.worth.get(at).is_none_or(|worth| additive::is_straight(worth));
        let shape = match first {
            Some(first) if boxed || scenario.parties.iter().all(|p| straight(&p.utility)) => Shape::Whole(first),
            _ if boxed => {
                renamed.push(shown);
                Shape::Whole(0)
            }
            _ => {
                match issue.kind {
                    IssueKind::Named => {}
                    IssueKind::Whole => {
                        lost.tell(format!(
                            "the numbers of `{shown}` are written as names of values, as utilities are not along a line"
                        ));
                    }
                    IssueKind::Points => {
                        lost.tell(format!("the points of the real range of `{shown}` are written as names of values"));
                    }
                }
                Shape::Named
            }
        };
        out.push(shape);
    }
    if let Some(first) = renamed.first() {
        let more = renamed.len() - 1;
        lost.tell(format!(
            "hyper-rectangles are over integers only: the values of `{first}`{} are numbered from 0 and lose their names",
            if more == 0 { String::new() } else { format!(" and {more} issues more") }
        ));
    }
    out
}

/// The first of whole numbers that follow one another; `None` when they do not.
fn run<'a>(mut numbers: impl Iterator<Item = &'a str>) -> Option<i64> {
    let first: i64 = numbers.next()?.parse().ok()?;
    let mut expected = first;
    for number in numbers {
        expected = expected.checked_add(1)?;
        (number.parse() == Ok(expected)).then_some(())?;
    }
    Some(first)
}

fn domain(scenario: &Scenario, name: &str, shapes: &[Shape]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<negotiation_template>\n");
    let _ = writeln!(out, "<utility_space number_of_issues=\"{}\">", scenario.space.issues.len());
    let name = attribute(name);
    let _ = writeln!(
        out,
        "<objective index=\"0\" description=\"\" name=\"{name}\" type=\"objective\" etype=\"objective\">"
    );
    issues(&mut out, &scenario.space, shapes, |_, _| String::new(), |_| String::new());
    out.push_str("</objective>\n</utility_space>\n</negotiation_template>\n");
    out
}

/// The issues, with what a profile adds to a value or an issue of numbers.
fn issues(
    out: &mut String,
    space: &Space,
    shapes: &[Shape],
    evaluation: impl Fn(usize, usize) -> String,
    evaluator: impl Fn(usize) -> String,
) {
    for (at, (issue, shape)) in space.issues.iter().zip(shapes).enumerate() {
        let (index, name) = (at + 1, attribute(&issue.id));
        match shape {
            Shape::Named => {
                let kind = "vtype=\"discrete\" type=\"discrete\" etype=\"discrete\"";
                let _ = writeln!(out, "  <issue index=\"{index}\" name=\"{name}\" {kind}>");
                for (digit, value) in issue.values.iter().enumerate() {
                    let (text, mut more) = (attribute(&value.id), evaluation(at, digit));
                    if value.label != value.id {
                        let _ = write!(more, " description=\"{}\"", attribute(&value.label));
                    }
                    let _ = writeln!(out, "    <item index=\"{}\" value=\"{text}\"{more}/>", digit + 1);
                }
            }
            Shape::Whole(first) => {
                let last = i128::from(*first) + i128::try_from(issue.values.len()).unwrap_or(1) - 1;
                let kind = "vtype=\"integer\" type=\"integer\" etype=\"integer\"";
                let bounds = format!("lowerbound=\"{first}\" upperbound=\"{last}\"");
                let _ = writeln!(out, "  <issue index=\"{index}\" name=\"{name}\" {kind} {bounds}>");
                out.push_str(&evaluator(at));
            }
        }
        out.push_str("  </issue>\n");
    }
}

/// What is done to utilities so that the format can hold them: `(utility - shift) / scale`, in whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fit {
    shift: i128,
    scale: i128,
}

impl Fit {
    /// The outcome that counts least counts at least 0, a cap that cuts something is 1, and nothing counts more.
    fn of(utility: &Utility) -> Fit {
        let (low, high) = utility.range();
        let shift = low.min(0);
        let scale = match utility.cap {
            Some(cap) if cap < high => cap - shift,
            _ => utility.unit.max(high - shift),
        };
        Fit { shift, scale: scale.max(1) }
    }

    fn changes(self, utility: &Utility) -> bool {
        self.shift != 0 || self.scale != utility.unit
    }
}

fn profile(party: &Profile, space: &Space, shapes: &[Shape], lost: &mut Lost<'_>) -> String {
    let shown: String = party.name.chars().take(60).collect();
    let utility = &party.utility;
    if !utility.zero_unless.is_empty() {
        lost.tell(format!("{shown}: conditions without which an outcome counts 0 are left out; utilities are others"));
    }
    if utility.slack > 0 {
        lost.tell(format!("{shown}: how far utilities may be off is left out"));
    }
    let straight = |at: usize| utility.worth.get(at).is_none_or(|worth| additive::is_straight(worth));
    let boxed = !utility.parts.is_empty()
        || shapes.iter().enumerate().any(|(at, shape)| matches!(shape, Shape::Whole(_)) && !straight(at));
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let fit = if boxed {
        boxes::write(&mut out, &shown, utility, space, shapes, lost);
        Fit { shift: 0, scale: utility.unit.max(1) }
    } else {
        let fit = Fit::of(utility);
        if fit.changes(utility) {
            let shift = short(&exact(-fit.shift, utility.unit));
            let scale = short(&exact(fit.scale, utility.unit));
            lost.tell(format!(
                "{shown}: utilities lie between 0 and 1 there; {shift} was added and the sum divided by {scale}, which leaves the order as it is"
            ));
        }
        additive::write(&mut out, &shown, utility, fit, space, shapes, lost);
        fit
    };
    if let Some(factor) = discount(party, &shown, lost) {
        let _ = writeln!(out, "<discount_factor value=\"{factor}\"/>");
    }
    if let Some(worth) = reservation(party, &shown, lost) {
        let (text, equal) = written(&exact(worth - fit.shift, fit.scale));
        if !equal {
            lost.tell(format!("{shown}: the reservation value has no end as a decimal and is rounded to 40 digits"));
        }
        let _ = writeln!(out, "<reservation value=\"{text}\"/>");
    }
    out.push_str("</utility_space>\n");
    out
}

fn reservation(party: &Profile, shown: &str, lost: &mut Lost<'_>) -> Option<i128> {
    let Some(outcome) = &party.reservation_outcome else { return party.reservation };
    lost.tell(format!("{shown}: the outcome that no agreement amounts to is written as a reservation value only"));
    Some(party.reservation.unwrap_or_else(|| party.utility.of(outcome)))
}

fn discount(party: &Profile, shown: &str, lost: &mut Lost<'_>) -> Option<f64> {
    match party.discount? {
        Discount::OverDeadline { factor, reservation } => {
            if !reservation && party.reservation.is_some() {
                lost.tell(format!("{shown}: the reservation value shrinks with time there, as utilities do"));
            }
            Some(factor)
        }
        Discount::PerStep { .. } | Discount::Cost { .. } => {
            lost.tell(format!("{shown}: time costs by the step or by a fixed amount, which is left out"));
            None
        }
    }
}

//! A domain file and one utility function per party, YAML.

use crate::exchange::lost;
use crate::exchange::number;
use crate::exchange::points::numbers;
use crate::exchange::tree::short;
use crate::exchange::writing::Out;
use crate::exchange::{stem, stems};
use crate::game::{Discount, Exact, Issue, IssueKind, Outcome, Part, Profile, Scenario, Utility};
use crate::text::{Code, Diagnostic, Diagnostics, Severity};

/// The files of a scenario.
pub(crate) fn write(scenario: &Scenario, lost: &mut Diagnostics) -> Vec<(String, String)> {
    lost::no_rules(scenario, "NegMAS", lost);
    let names = scenario.space.issues.iter().flat_map(|i| i.values.iter().map(|v| &v.id).chain([&i.id]));
    if let Some(name) = names.into_iter().find(|name| name.starts_with("__python")) {
        let message = format!("`{}` would be read by NegMAS as the name of a class", short(name));
        lost.push(Diagnostic::new(Code::ExchangeLost, message).severity(Severity::Error).hint("choose another format"));
        return Vec::new();
    }
    let name = if scenario.name.is_empty() { "domain" } else { &scenario.name };
    let issues = scenario.space.issues.iter().map(issue).collect();
    let domain = [
        ("issues", Out::List(issues)),
        ("name", Out::text(name)),
        ("type", Out::text("DiscreteCartesianOutcomeSpace")),
    ];
    let mut files = vec![(format!("{}-domain.yml", stem(name)), Out::map(domain).yaml())];
    for (party, stem) in scenario.parties.iter().zip(stems(scenario)) {
        let Some(function) = function(scenario, party, lost) else { return Vec::new() };
        files.push((format!("{stem}.yml"), function.yaml()));
    }
    files
}

/// Whether the values of an issue are written as numbers: only then does NegMAS read them as numbers.
fn as_numbers(issue: &Issue) -> bool {
    let shortest = |all: Vec<Exact>| issue.values.iter().zip(&all).all(|(v, x)| v.id == number::text(x));
    issue.kind != IssueKind::Named && numbers(issue).is_some_and(shortest)
}

/// The values of an issue as they are written.
fn values(issue: &Issue) -> Vec<Out> {
    let bare = as_numbers(issue);
    issue.values.iter().map(|v| if bare { Out::Bare(v.id.clone()) } else { Out::text(&v.id) }).collect()
}

fn issue(issue: &Issue) -> Out {
    let all = numbers(issue).filter(|_| issue.kind == IssueKind::Whole && as_numbers(issue)).unwrap_or_default();
    let one = Exact::from(num_bigint::BigInt::from(1));
    let steps = all.len() > 1 && all.windows(2).all(|pair| matches!(pair, [a, b] if b - a == one));
    let (kind, values) = match (steps, all.first(), all.last()) {
        (true, Some(low), Some(high)) => ("ContiguousIssue", vec![Out::number(low), Out::number(high)]),
        _ => ("CategoricalIssue", values(issue)),
    };
    Out::map([("name", Out::text(&issue.id)), ("type", Out::text(kind)), ("values", Out::List(values))])
}

/// The utility function of a party, under its discount if it has one.
fn function(scenario: &Scenario, party: &Profile, lost: &mut Diagnostics) -> Option<Out> {
    let utility = lost::plain(scenario, party, lost)?;
    let mut parts = if utility.is_additive() {
        additive(scenario, &utility, &party.name, lost)
    } else {
        mapping(scenario, party, &utility, lost)?
    };
    let float = |x: f64| Out::Bare(format!("{x}"));
    let wrapped = match party.discount {
        None => None,
        Some(Discount::OverDeadline { factor, reservation }) => Some((
            "ExpDiscountedUFun",
            "relative_time",
            vec![("discount", float(factor)), ("dynamic_reservation", Out::Bare(reservation.to_string()))],
        )),
        Some(Discount::PerStep { factor, reservation }) => Some((
            "ExpDiscountedUFun",
            "step",
            vec![("discount", float(factor)), ("dynamic_reservation", Out::Bare(reservation.to_string()))],
        )),
        Some(Discount::Cost { cost, power, over_deadline }) => {
            let time = if over_deadline { "relative_time" } else { "step" };
            Some(("LinDiscountedUFun", time, vec![("cost", float(cost)), ("power", float(power))]))
        }
    };
    if let Some((kind, time, numbers)) = wrapped {
        parts.extend(ends(scenario, party, "", None));
        let inner = Out::map(parts);
        parts = vec![("factor", Out::text(time)), ("type", Out::text(kind)), ("ufun", inner)];
        parts.extend(numbers);
    }
    parts.extend(ends(scenario, party, &party.name, party.reservation));
    Some(Out::map(parts))
}

/// Name and reservation.
fn ends(scenario: &Scenario, party: &Profile, name: &str, reservation: Option<i128>) -> Vec<(&'static str, Out)> {
    let name = if name.is_empty() { format!("{} before the discount", party.name) } else { name.to_string() };
    let outcome = party.reservation_outcome.as_ref().filter(|_| reservation.is_some()).map(|o| {
        let names: Vec<Vec<Out>> = scenario.space.issues.iter().map(values).collect();
        listed(&names, o)
    });
    let value = reservation.map(|r| Out::number(&number::of(r, party.utility.unit)));
    vec![
        ("name", Out::text(name)),
        ("reserved_outcome", outcome.unwrap_or(Out::Null)),
        ("reserved_value", value.unwrap_or(Out::Bare("-.inf".into()))),
    ]
}

fn listed(names: &[Vec<Out>], outcome: &Outcome) -> Out {
    let values =
        names.iter().zip(outcome.digits()).filter_map(|(names, digit)| names.get(usize::from(*digit)).cloned());
    Out::List(values.collect())
}

/// Tables that hold what the values count, with weights of 1: nothing has to be divided or rounded.
fn additive(scenario: &Scenario, utility: &Utility, party: &str, lost: &mut Diagnostics) -> Vec<(&'static str, Out)> {
    let mut exactly = true;
    let mut number = |whole: i128| {
        let x = number::of(whole, utility.unit);
        exactly &= number::is_ending(&x);
        Out::number(&x)
    };
    let functions = scenario.space.issues.iter().zip(&utility.worth).enumerate().map(|(at, (issue, worth))| {
        // The first issue takes what every outcome counts.
        let constant = if at == 0 { utility.constant } else { 0 };
        let mapping = values(issue).into_iter().zip(worth).map(|(value, w)| (value, number(w + constant))).collect();
        Out::map([("type", Out::text("TableFun")), ("mapping", Out::Map(mapping))])
    });
    let functions = functions.collect();
    if !exactly {
        lost::rounded(party, lost);
    }
    let weights = vec![Out::Bare("1".into()); scenario.space.issues.len()];
    vec![
        ("type", Out::text("LinearAdditiveUtilityFunction")),
        ("values", Out::List(functions)),
        ("weights", Out::List(weights)),
    ]
}

/// Utilities outcome by outcome.
fn mapping(
    scenario: &Scenario,
    party: &Profile,
    utility: &Utility,
    lost: &mut Diagnostics,
) -> Option<Vec<(&'static str, Out)>> {
    let all = lost::listed(scenario, utility);
    let Some([Part::Table { worth, .. }]) = all.as_ref().map(|u| u.parts.as_slice()) else {
        lost::refused(
            &party.name,
            "its utilities are no sums over single issues, and there are too many outcomes to list",
            lost,
        );
        return None;
    };
    let what = "utilities are listed outcome by outcome, in the form NegMAS 0.16 writes but does not itself read again";
    lost::note(&party.name, what, lost);
    let exact = |whole: i128| number::of(whole, utility.unit);
    if !worth.iter().all(|w| number::is_ending(&exact(*w))) {
        lost::rounded(&party.name, lost);
    }
    let names: Vec<Vec<Out>> = scenario.space.issues.iter().map(values).collect();
    let entries = scenario.space.outcomes().zip(worth).map(|(o, w)| (listed(&names, &o), Out::number(&exact(*w))));
    let entries = Out::Map(entries.collect());
    Some(vec![("type", Out::text("MappingUtilityFunction")), ("mapping", entries)])
}

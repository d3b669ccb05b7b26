//! A scenario as a case: weights and scores of each party, a reservation value, rules as linkages.

use crate::case::decode::is_name;
use crate::exchange::lost;
use crate::exchange::number;
use crate::exchange::writing::quoted;
use crate::game::{Exact, Formula, Profile, Scenario, Utility};
use crate::text::{Code, Diagnostic, Diagnostics};
use num_bigint::BigInt;
use num_traits::{One, Zero};
use std::collections::HashSet;
use std::fmt::Write;

/// Weights and scores are written with this many decimals; utilities of a case have nine.
const PLACES: u32 = 12;

/// The one file of a scenario.
pub(crate) fn write(scenario: &Scenario, lost: &mut Diagnostics) -> Vec<(String, String)> {
    let names = Names::of(scenario);
    if names.issues.iter().all(Option::is_none) || scenario.parties.len() < 2 {
        lost::refused(&scenario.name, "a case needs two parties and an issue with two values", lost);
        return Vec::new();
    }
    let mut out = String::new();
    let title = if scenario.name.is_empty() { "A scenario" } else { &scenario.name };
    let _ = writeln!(out, "title = {}", quoted(title));
    let _ = writeln!(out, "summary = \"Made from profiles whose every number is known.\"");
    issues(scenario, &names, &mut out, lost);
    for (party, id) in scenario.parties.iter().zip(&names.parties) {
        lost::no_discount(party, "a case", lost);
        let Some(utility) = lost::plain(scenario, party, lost) else { return Vec::new() };
        if !utility.is_additive() {
            lost::refused(&party.name, "a case has sums over single issues only", lost);
            return Vec::new();
        }
        write_party(scenario, party, &utility, id, &names, &mut out, lost);
    }
    for rule in &scenario.rules {
        let _ = writeln!(out, "\n[[linkages]]\nrule = {}", quoted(&condition(rule, &names)));
        let _ = writeln!(out, "basis = \"assumed\"\nwhy = \"the scenario has it as a rule\"");
    }
    vec![("case.toml".into(), out)]
}

/// Names that conditions can use.
struct Names {
    /// By issue; none for an issue of one value, which a case cannot have.
    issues: Vec<Option<(String, Vec<String>)>>,
    parties: Vec<String>,
}

impl Names {
    fn of(scenario: &Scenario) -> Names {
        let ids = distinct(scenario.space.issues.iter().map(|i| i.id.as_str()), "issue");
        let values = |issue: &crate::game::Issue| distinct(issue.values.iter().map(|v| v.id.as_str()), "value");
        let issues = scenario.space.issues.iter().zip(ids);
        Names {
            issues: issues.map(|(issue, id)| (issue.values.len() > 1).then(|| (id, values(issue)))).collect(),
            parties: distinct(scenario.parties.iter().map(|p| p.name.as_str()), "party"),
        }
    }

    fn value(&self, issue: usize, digit: u16) -> &str {
        let values = self.issues.get(issue).and_then(Option::as_ref).map(|(_, values)| values);
        values.and_then(|v| v.get(usize::from(digit))).map_or("", String::as_str)
    }
}

/// Each text as a name: letters, digits, `-` and `_`, no two alike.
fn distinct<'a>(texts: impl Iterator<Item = &'a str>, what: &str) -> Vec<String> {
    let mut taken = HashSet::new();
    let name = |text: &str| -> String {
        let kept: String = text.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect();
        let short: String = kept.trim_matches('-').chars().take(60).collect();
        // A name of minus signs and digits would be taken for a number by a reader.
        if short.is_empty() || !is_name(&short) {
            format!("{what}-{short}").trim_end_matches('-').to_string()
        } else {
            short
        }
    };
    let mut distinct = Vec::new();
    for text in texts {
        let mut base = name(text);
        if text.starts_with('-') && base.starts_with(|c: char| c.is_ascii_digit()) {
            base = format!("minus-{base}");
        }
        let mut found = base.clone();
        let mut n = 2;
        while !taken.insert(found.clone()) {
            found = format!("{base}-{n}");
            n += 1;
        }
        distinct.push(found);
    }
    distinct
}

fn issues(scenario: &Scenario, names: &Names, out: &mut String, lost: &mut Diagnostics) {
    for (at, issue) in scenario.space.issues.iter().enumerate() {
        let Some((id, values)) = names.issues.get(at).and_then(Option::as_ref) else {
            let message = format!("`{}` has one value only, which is nothing to settle: it is not written", issue.name);
            lost.push(Diagnostic::new(Code::ExchangeLost, message));
            continue;
        };
        let _ = writeln!(out, "\n[issues.{id}]\nname = {}", quoted(&issue.name));
        let listed = issue.values.iter().zip(values).map(|(v, id)| format!("{id} = {}", quoted(&v.label)));
        let _ = writeln!(out, "values = {{ {} }}", listed.collect::<Vec<_>>().join(", "));
        let digit = if scenario.status_quo { issue.status_quo } else { least(scenario, at) };
        let _ = writeln!(out, "status_quo = {}", quoted(names.value(at, digit)));
    }
    if !scenario.status_quo {
        lost.push(
            Diagnostic::new(Code::ExchangeLost, "a case has a status quo and the scenario has none: the value that counts least to the parties together stands for it")
                .note("the outcome in which every issue is at the status quo is no agreement in a case")
                .hint("write the true status quo of each issue into the case"),
        );
    }
}

/// The value that counts least to the parties together, each on its own scale.
fn least(scenario: &Scenario, issue: usize) -> u16 {
    let mut sums: Vec<Exact> = Vec::new();
    for party in &scenario.parties {
        let (low, high) = party.utility.range();
        let worth = party.utility.worth.get(issue).map(Vec::as_slice).unwrap_or_default();
        sums.resize(worth.len().max(sums.len()), Exact::zero());
        for (sum, w) in sums.iter_mut().zip(worth) {
            *sum += number::of(*w, (high - low).max(1));
        }
    }
    let at = (0..sums.len()).min_by(|a, b| sums.get(*a).cmp(&sums.get(*b))).unwrap_or(0);
    u16::try_from(at).unwrap_or(0)
}

fn write_party(
    scenario: &Scenario,
    party: &Profile,
    utility: &Utility,
    id: &str,
    names: &Names,
    out: &mut String,
    lost: &mut Diagnostics,
) {
    let grounds = format!(
        "basis = \"elicited\", who = {}, method = \"read from the file as given\"",
        quoted(&format!("the author of the profile {}", party.name))
    );
    let _ = writeln!(out, "\n[parties.{id}]\nname = {}\nwants = [", quoted(&party.name));
    let ends = |worth: &[i128]| (worth.iter().copied().min().unwrap_or(0), worth.iter().copied().max().unwrap_or(0));
    let kept: Vec<(&str, &Vec<String>, &[i128])> = names
        .issues
        .iter()
        .zip(&utility.worth)
        .filter_map(|(n, worth)| n.as_ref().map(|(id, values)| (id.as_str(), values, worth.as_slice())))
        .collect();
    let swings: Vec<i128> = kept.iter().map(|(_, _, worth)| ends(worth).1 - ends(worth).0).collect();
    let total: i128 = swings.iter().sum();
    if total == 0 {
        lost::note(&party.name, "a party to whom all outcomes are equal has a weight on one issue all the same", lost);
    }
    for (at, ((issue, values, worth), weight)) in kept.iter().zip(shares(&swings, total)).enumerate() {
        let (low, high) = ends(worth);
        let weight = if total == 0 { Exact::from(BigInt::from(u8::from(at == 0))) } else { weight };
        let _ = writeln!(out, "  {{ issue = {}, weight = {}, {grounds} }},", quoted(issue), decimal(&weight));
        for (value, w) in values.iter().zip(worth.iter()) {
            let score = if high > low { number::of(*w - low, high - low) } else { Exact::zero() };
            let line =
                format!("issue = {}, value = {}, score = {}", quoted(issue), quoted(value), decimal(&short(&score)));
            let _ = writeln!(out, "  {{ {line}, {grounds} }},");
        }
    }
    out.push_str("]\n");
    let fixed: i128 = utility.constant
        + scenario
            .space
            .issues
            .iter()
            .zip(&utility.worth)
            .filter(|(i, _)| i.values.len() < 2)
            .filter_map(|(_, w)| w.first())
            .sum::<i128>()
        + kept.iter().map(|(_, _, worth)| ends(worth).0).sum::<i128>();
    let value = match party.reservation {
        Some(r) if total > 0 => number::of(r - fixed, total),
        _ => Exact::zero(),
    };
    if party.reservation.is_none() {
        lost::note(&party.name, "no reservation value is written as 0, the worth of the worst outcome", lost);
    }
    let _ = writeln!(out, "reservation = {{ value = {}, {grounds} }}", decimal(&short(&value)));
}

/// A fraction with few decimals.
fn short(x: &Exact) -> Exact {
    let power = BigInt::from(10).pow(PLACES);
    Exact::new((x * &power).round().to_integer(), power)
}

/// Weights in proportion to these, with few decimals; they sum to 1.
fn shares(swings: &[i128], total: i128) -> Vec<Exact> {
    let mut all: Vec<Exact> = swings.iter().map(|s| short(&number::of(*s, total))).collect();
    let missing = Exact::one() - all.iter().sum::<Exact>();
    let largest = (0..all.len()).max_by(|a, b| all.get(*a).cmp(&all.get(*b)));
    if let Some(weight) = largest.and_then(|at| all.get_mut(at)) {
        *weight += missing;
    }
    all
}

/// A number as TOML has it: with a point, so that it is no integer.
fn decimal(x: &Exact) -> String {
    let text = number::text(x);
    if text.contains('.') { text } else { text + ".0" }
}

/// A rule in the words of conditions.
fn condition(formula: &Formula, names: &Names) -> String {
    let joined = |all: &[Formula], word: &str, none: &str| {
        let parts: Vec<String> = all.iter().map(|f| format!("({})", condition(f, names))).collect();
        if parts.is_empty() { none.to_string() } else { parts.join(word) }
    };
    match formula {
        Formula::Constant(holds) => holds.to_string(),
        Formula::In(issue, digits) => match names.issues.get(*issue).and_then(Option::as_ref) {
            Some((id, values)) => {
                let listed: Vec<&str> =
                    digits.iter().filter_map(|d| values.get(usize::from(*d))).map(String::as_str).collect();
                if listed.is_empty() { "false".into() } else { format!("{id} in [{}]", listed.join(", ")) }
            }
            None => digits.contains(&0).to_string(),
        },
        Formula::Not(inner) => format!("not ({})", condition(inner, names)),
        Formula::And(all) => joined(all, " and ", "true"),
        Formula::Or(all) => joined(all, " or ", "false"),
    }
}

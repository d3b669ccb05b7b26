//! A domain file and one profile per party.

use crate::exchange::lost::{self, MOST_LISTED};
use crate::exchange::number;
use crate::exchange::points::numbers;
use crate::exchange::split::{Split, fit, split};
use crate::exchange::writing::Out;
use crate::exchange::{stem, stems};
use crate::game::{Exact, Issue, IssueKind, Outcome, Part, Profile, Scenario, Utility};
use crate::text::Diagnostics;

/// First, last and step of the issues that are written as ranges.
type Ranges = Vec<Option<(Exact, Exact, Exact)>>;

/// The files of a scenario.
pub(crate) fn write(scenario: &Scenario, lost: &mut Diagnostics) -> Vec<(String, String)> {
    lost::no_rules(scenario, "GeniusWeb", lost);
    let ranges: Ranges = (0..scenario.space.issues.len()).map(|at| range(scenario, at)).collect();
    let name = if scenario.name.is_empty() { "domain" } else { &scenario.name };
    let issues = scenario
        .space
        .issues
        .iter()
        .zip(&ranges)
        .map(|(issue, range)| (issue.id.as_str(), values(issue, range.as_ref())));
    let domain = Out::map([("name", Out::text(name)), ("issuesValues", Out::map(issues))]);
    let mut files = vec![(format!("{}-domain.json", stem(name)), domain.json())];
    for (party, stem) in scenario.parties.iter().zip(stems(scenario)) {
        let Some(profile) = profile(scenario, party, &domain, &ranges, lost) else { return Vec::new() };
        files.push((format!("{stem}.json"), profile.json()));
    }
    files
}

/// A value: a number where the issue is a range, else a text.
fn value(issue: &Issue, digit: usize, number: bool) -> Out {
    let id = issue.values.get(digit).map_or("", |v| v.id.as_str());
    if number { Out::Bare(id.to_string()) } else { Out::text(id) }
}

/// The values of an issue: a range, or a list of names.
fn values(issue: &Issue, range: Option<&(Exact, Exact, Exact)>) -> Out {
    match range {
        Some((low, high, step)) => {
            let range = [("low", Out::number(low)), ("high", Out::number(high)), ("step", Out::number(step))];
            Out::map([("range", Out::map(range))])
        }
        None => Out::map([("values", Out::List(issue.values.iter().map(|v| Out::text(&v.id)).collect()))]),
    }
}

/// First, last and step of an issue whose values are evenly spaced numbers, when each party's utilities of
/// them lie on a line: GeniusWeb knows no others for numbers.
fn range(scenario: &Scenario, at: usize) -> Option<(Exact, Exact, Exact)> {
    let issue = scenario.space.issues.get(at)?;
    let all = numbers(issue).filter(|_| issue.kind != IssueKind::Named)?;
    let (low, second, high) = (all.first()?, all.get(1)?, all.last()?);
    let step = second - low;
    let even = all.windows(2).all(|pair| matches!(pair, [a, b] if b - a == step));
    let shortest = issue.values.iter().zip(&all).all(|(v, x)| v.id == number::text(x));
    let straight = |worth: &Vec<i128>| worth.windows(3).all(|w| matches!(w, [a, b, c] if c - b == b - a));
    let lines = scenario.parties.iter().all(|p| p.utility.worth.get(at).is_none_or(straight));
    (even && shortest && lines && step > Exact::default()).then(|| (low.clone(), high.clone(), step))
}

fn profile(scenario: &Scenario, party: &Profile, domain: &Out, ranges: &Ranges, lost: &mut Diagnostics) -> Option<Out> {
    lost::no_discount(party, "GeniusWeb", lost);
    let utility = lost::plain(scenario, party, lost)?;
    let mut parts = vec![("name", Out::text(&party.name)), ("domain", domain.clone())];
    let kind = if utility.is_additive() {
        parts.extend(additive(scenario, party, &utility, ranges, lost));
        "LinearAdditiveUtilitySpace"
    } else {
        parts.push(("partUtilities", groups(scenario, party, &utility, ranges, lost)?));
        "SumOfGroupsUtilitySpace"
    };
    parts.push(("reservationBid", reservation(scenario, party, ranges, lost)));
    Some(Out::map([(kind, Out::map(parts))]))
}

/// No agreement as an outcome: GeniusWeb has no reservation values.
fn reservation(scenario: &Scenario, party: &Profile, ranges: &Ranges, lost: &mut Diagnostics) -> Out {
    let given =
        party.reservation_outcome.clone().filter(|o| party.reservation.is_none_or(|r| party.utility.of(o) == r));
    let found = given.or_else(|| lost::outcome_worth(scenario, party, party.reservation?));
    match (found, party.reservation) {
        (Some(outcome), _) => bid(scenario, &outcome, ranges),
        (None, Some(_)) => {
            let what = "GeniusWeb has no reservation values, and no outcome is worth this one: it is not written";
            lost::note(&party.name, what, lost);
            Out::Null
        }
        (None, None) => Out::Null,
    }
}

fn bid(scenario: &Scenario, outcome: &Outcome, ranges: &Ranges) -> Out {
    let issues = scenario.space.issues.iter().zip(ranges);
    let values = issues
        .zip(outcome.digits())
        .map(|((issue, range), digit)| (issue.id.as_str(), value(issue, usize::from(*digit), range.is_some())));
    Out::map([("issuevalues", Out::map(values))])
}

fn additive(
    scenario: &Scenario,
    party: &Profile,
    utility: &Utility,
    ranges: &Ranges,
    lost: &mut Diagnostics,
) -> [(&'static str, Out); 2] {
    let Split { weights, levels, .. } = split(utility, &party.name, lost);
    let issues = scenario.space.issues.iter().zip(ranges);
    let utilities = issues.zip(&levels).map(|((issue, range), levels)| {
        let said = match range {
            Some((low, high, _)) => numeric(low, high, levels),
            None => {
                let values = issue.values.iter().zip(levels).map(|(v, x)| (v.id.as_str(), Out::number(x)));
                Out::map([("DiscreteValueSetUtilities", Out::map([("valueUtilities", Out::map(values))]))])
            }
        };
        (issue.id.as_str(), said)
    });
    let weights = scenario.space.issues.iter().zip(&weights).map(|(issue, w)| (issue.id.as_str(), Out::number(w)));
    [("issueUtilities", Out::map(utilities)), ("issueWeights", Out::map(weights))]
}

/// Utilities of numbers: a line from low to high.
fn numeric(low: &Exact, high: &Exact, levels: &[Exact]) -> Out {
    let (first, last) = (levels.first().cloned().unwrap_or_default(), levels.last().cloned().unwrap_or_default());
    let ends = [("lowValue", low), ("lowUtility", &first), ("highValue", high), ("highUtility", &last)];
    Out::map([("NumberValueSetUtilities", Out::map(ends.map(|(key, x)| (key, Out::number(x)))))])
}

/// Groups of issues with what their combinations count; groups that share an issue are joined.
fn groups(
    scenario: &Scenario,
    party: &Profile,
    utility: &Utility,
    ranges: &Ranges,
    lost: &mut Diagnostics,
) -> Option<Out> {
    let tables = tables(scenario, utility);
    let Some(tables) = tables else {
        lost::refused(&party.name, "its terms tie too many issues together", lost);
        return None;
    };
    let exact = |whole: i128| number::of(whole, utility.unit);
    let least: i128 = utility.constant + tables.iter().filter_map(|t| t.worth.iter().min()).sum::<i128>();
    let most: i128 = utility.constant + tables.iter().filter_map(|t| t.worth.iter().max()).sum::<i128>();
    let moved = fit(&exact(least), &exact(most), &party.name, lost);
    // Groups count at least 0 each; the first one takes what is left over.
    let others: i128 = tables.iter().skip(1).filter_map(|t| t.worth.iter().min()).sum();
    let rest = exact(utility.constant) + exact(others) - &moved.shift;
    let mut exactly = true;
    let mut out = Vec::new();
    for (at, table) in tables.iter().enumerate() {
        let lift = if at == 0 { rest.clone() } else { exact(-table.worth.iter().copied().min().unwrap_or(0)) };
        let entries = combinations(&table.sizes).zip(&table.worth).map(|(digits, worth)| {
            let names = table.issues.iter().zip(&digits).filter_map(|(at, digit)| {
                let issue = scenario.space.issues.get(*at)?;
                Some(value(issue, *digit, ranges.get(*at).is_some_and(Option::is_some)))
            });
            let worth = (exact(*worth) + &lift) / &moved.scale;
            exactly &= number::is_ending(&worth);
            Out::map([("values", Out::List(names.collect())), ("util", Out::number(&worth))])
        });
        let entries = Out::List(entries.collect());
        let issues = table.issues.iter().filter_map(|i| scenario.space.issues.get(*i)).map(|i| Out::text(&i.id));
        let inner = Out::map([("issues", Out::List(issues.collect())), ("utilslist", entries)]);
        out.push((format!("group{}", at + 1), Out::map([("partsutils", inner)])));
    }
    if !exactly {
        lost::rounded(&party.name, lost);
    }
    Some(Out::map(out))
}

/// What the values of some issues count together.
struct Table {
    issues: Vec<usize>,
    sizes: Vec<usize>,
    worth: Vec<i128>,
}

/// The utility as tables over issues, each issue in exactly one; `None` when one would be too large.
fn tables(scenario: &Scenario, utility: &Utility) -> Option<Vec<Table>> {
    let count = scenario.space.issues.len();
    let mut group: Vec<usize> = (0..count).collect();
    for scope in utility.parts.iter().map(Part::scope) {
        let joined: Vec<usize> = scope.iter().filter_map(|i| group.get(*i).copied()).collect();
        let Some(first) = joined.iter().copied().min() else { continue };
        group.iter_mut().filter(|g| joined.contains(g)).for_each(|g| *g = first);
    }
    let sizes: Vec<usize> = scenario.space.sizes().collect();
    let mut tables = Vec::new();
    for first in 0..count {
        let issues: Vec<usize> = (0..count).filter(|i| group.get(*i) == Some(&first)).collect();
        if issues.is_empty() {
            continue;
        }
        let sizes: Vec<usize> = issues.iter().filter_map(|i| sizes.get(*i).copied()).collect();
        let size = sizes.iter().try_fold(1u64, |n, size| n.checked_mul(*size as u64)).filter(|n| *n <= MOST_LISTED)?;
        let mut worth = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        let parts: Vec<&Part> = utility.parts.iter().filter(|p| p.scope().iter().any(|i| issues.contains(i))).collect();
        let mut outcome = Outcome::new(vec![0; count]);
        for digits in combinations(&sizes) {
            let mut sum = 0;
            for (issue, digit) in issues.iter().zip(&digits) {
                outcome = outcome.with(*issue, u16::try_from(*digit).unwrap_or(u16::MAX));
                sum += utility.worth.get(*issue).and_then(|v| v.get(*digit)).copied().unwrap_or(0);
            }
            worth.push(sum + parts.iter().map(|p| p.of(&outcome)).sum::<i128>());
        }
        tables.push(Table { issues, sizes, worth });
    }
    Some(tables)
}

/// Every combination of digits, the last fastest.
fn combinations(sizes: &[usize]) -> impl Iterator<Item = Vec<usize>> + '_ {
    let count: usize = sizes.iter().product();
    (0..count).map(move |mut at| {
        let mut digits = vec![0; sizes.len()];
        for (digit, size) in digits.iter_mut().zip(sizes).rev() {
            *digit = at % size;
            at /= size;
        }
        digits
    })
}

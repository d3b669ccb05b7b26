//! Domains and utility functions of NegMAS from their tree.

use super::values::{levels, unsafe_here};
use crate::exchange::content::{Content, Sheet};
use crate::exchange::number;
use crate::exchange::points::{Issues, named, numbers, real, stands_for, stepped};
use crate::exchange::tree::{Node, need, need_among, need_items, need_name, need_number, short, too_large};
use crate::game::{Discount, Draft, Exact, Issue, IssueKind, Outcome, Space};
use crate::text::{Code, Diagnostic, Diagnostics};
use num_traits::{One, Zero};

/// Utilities given outcome by outcome are read up to this many outcomes.
const LARGEST_TABLE: u64 = 1 << 18;
/// A function and those inside it have at most this many numbers together.
const MOST_NUMBERS: usize = 1 << 22;

/// The name of the class that a map describes: the last part of `type`.
pub(crate) fn kind(node: &Node) -> Option<String> {
    let whole = node.given("type")?.text()?;
    Some(whole.rsplit('.').next().unwrap_or(whole).to_string())
}

/// A diagnostic for something that is not read.
pub(super) fn unsupported(node: &Node, what: &str) -> Diagnostic {
    Diagnostic::new(Code::ExchangeUnsupported, format!("{what} are not read")).at(node.span, "here")
}

/// A file with issues and values alone.
pub(crate) fn domain(node: &Node, stem: &str, diagnostics: &mut Diagnostics) -> Option<Content> {
    let name = node.given("name").and_then(Node::name).unwrap_or_else(|| stem.to_string());
    let listed = need(node, "issues", diagnostics)?;
    let mut issues = Issues::default();
    for (at, entry) in need_items(listed, diagnostics)?.iter().enumerate() {
        let issue = issue(entry, at, diagnostics)?;
        issues.add(Ok(issue), listed.span).map_err(|fault| diagnostics.push(fault)).ok()?;
    }
    let space = issues.space(listed.span).map_err(|fault| diagnostics.push(fault)).ok()?;
    Some(Content::Domain { name, space })
}

fn issue(node: &Node, at: usize, diagnostics: &mut Diagnostics) -> Option<Issue> {
    let id = node.given("name").and_then(Node::name).unwrap_or_else(|| at.to_string());
    let values = need(node, "values", diagnostics)?;
    let kind = kind(node).unwrap_or_default();
    let made = match kind.as_str() {
        "ContiguousIssue" | "ContinuousIssue" => {
            let Some([low, high]) = values.items() else {
                let message = format!("`{}` needs two ends", short(&id));
                diagnostics.push(Diagnostic::new(Code::ExchangeSyntax, message).at(values.span, "[low, high]"));
                return None;
            };
            if [low, high].iter().any(|n| n.is_boundless()) {
                diagnostics.push(unsupported(values, "issues without bounds"));
                return None;
            }
            let (low, high) = (need_number(low, diagnostics)?, need_number(high, diagnostics)?);
            if kind == "ContiguousIssue" {
                stepped(&id, &low, &high, &Exact::one(), values.span)
            } else {
                real(&id, &low, &high, values.span).map(|(issue, _)| {
                    diagnostics.push(stands_for(&issue, values.span));
                    issue
                })
            }
        }
        ""
        | "CategoricalIssue"
        | "OrdinalIssue"
        | "DiscreteOrdinalIssue"
        | "CardinalIssue"
        | "DiscreteCardinalIssue"
        | "SingletonIssue" => {
            let listed = need_items(values, diagnostics)?;
            let names: Option<Vec<String>> = listed.iter().map(|v| need_name(v, diagnostics)).collect();
            named(&id, names?, values.span).map(with_kind)
        }
        _ => {
            diagnostics.push(unsupported(node, &format!("issues of the kind `{}`", short(&kind))));
            return None;
        }
    };
    made.map_err(|fault| diagnostics.push(fault)).ok()
}

/// Listed numbers in increasing order are numbers.
fn with_kind(mut issue: Issue) -> Issue {
    if let Some(all) = numbers(&issue).filter(|all| all.len() > 1 && all.is_sorted()) {
        issue.kind = if all.iter().all(Exact::is_integer) { IssueKind::Whole } else { IssueKind::Named };
    }
    issue
}

/// A utility function over the issues of a domain.
pub(crate) fn ufun(node: &Node, stem: &str, space: &Space, diagnostics: &mut Diagnostics) -> Option<Content> {
    if let Some((place, tag)) = node.code() {
        diagnostics.push(unsafe_here(place, tag));
        return None;
    }
    let (inner, discount) = discounted(node, diagnostics)?;
    let mut reading = Reading { space, silent: Vec::new(), room: MOST_NUMBERS };
    let mut draft = reading.draft(inner, 0, diagnostics)?;
    let reserved = |n: &Node| n.given("reserved_value").filter(|r| !r.is_boundless()).cloned();
    if let Some(value) = reserved(node) {
        draft.reservation = Some(need_number(&value, diagnostics)?);
    } else if let (Some(value), true) = (reserved(inner), discount.is_some()) {
        let message = "the reserved value of the function inside a discount counts nothing in NegMAS";
        diagnostics.push(Diagnostic::new(Code::ExchangeIgnored, message).at(value.span, "not used"));
    }
    let reservation_outcome = match node.given("reserved_outcome").filter(|_| draft.reservation.is_none()) {
        Some(outcome) => Some(reading.outcome(outcome, diagnostics)?),
        None => None,
    };
    let name = [node, inner].into_iter().find_map(|n| n.given("name").and_then(Node::name)).filter(|n| !n.is_empty());
    Some(Content::Profile(Box::new(Sheet {
        name: name.unwrap_or_else(|| stem.to_string()),
        domain: None,
        space: space.clone(),
        draft,
        silent: reading.silent,
        reservation_outcome,
        discount,
        ordering: None,
        span: node.span,
    })))
}

/// The function under a discount, and the discount.
fn discounted<'a>(node: &'a Node, diagnostics: &mut Diagnostics) -> Option<(&'a Node, Option<Discount>)> {
    let kind = kind(node).unwrap_or_default();
    if kind != "ExpDiscountedUFun" && kind != "LinDiscountedUFun" {
        return Some((node, None));
    }
    let inner = need(node, "ufun", diagnostics)?;
    let time = node.given("factor").and_then(Node::text).unwrap_or("step");
    let over_deadline = match time {
        "step" | "current_step" => false,
        "relative_time" => true,
        other => {
            diagnostics.push(unsupported(node, &format!("discounts over `{}`", short(other))));
            return None;
        }
    };
    let mut float = |key: &str, without: f64| match node.given(key) {
        Some(n) => need_number(n, diagnostics).map(|x| number::float(&x)),
        None => Some(without),
    };
    if kind == "LinDiscountedUFun" {
        let (cost, power) = (float("cost", 0.0)?, float("power", 1.0)?);
        let found = (cost != 0.0).then_some(Discount::Cost { cost, power, over_deadline });
        return Some((inner, found));
    }
    let factor = float("discount", 1.0)?;
    if !(factor > 0.0 && factor <= 1.0) {
        let message = "a discount lies between 0 and 1";
        diagnostics.push(Diagnostic::new(Code::ExchangeNumber, message).at(node.span, format!("{factor} does not")));
        return None;
    }
    let reservation = node.given("dynamic_reservation").and_then(Node::text) != Some("false");
    let found = if over_deadline {
        Discount::OverDeadline { factor, reservation }
    } else {
        Discount::PerStep { factor, reservation }
    };
    Some((inner, (factor < 1.0).then_some(found)))
}

struct Reading<'a> {
    space: &'a Space,
    silent: Vec<(usize, u16)>,
    /// How many numbers the functions inside functions may still have.
    room: usize,
}

impl Reading<'_> {
    /// What the outcomes count, before discounts and reservation.
    fn draft(&mut self, node: &Node, depth: usize, diagnostics: &mut Diagnostics) -> Option<Draft> {
        let constraints = ["constraints", "_constraints"].iter().find_map(|key| node.given(key));
        if let Some(constraints) = constraints.filter(|c| c.items().is_none_or(|c| !c.is_empty())) {
            diagnostics.push(unsupported(constraints, "constraints on utility functions"));
            return None;
        }
        let kind = kind(node).unwrap_or_default();
        let all = kind == "MappingUtilityFunction";
        self.take(self.space.sizes().sum(), node, diagnostics)?;
        self.take(if all { self.outcomes() } else { 0 }, node, diagnostics)?;
        match kind.as_str() {
            "LinearAdditiveUtilityFunction" => self.additive(node, diagnostics),
            "LinearUtilityFunction" | "AffineUtilityFunction" => self.affine(node, diagnostics),
            "ConstUtilityFunction" => {
                let value = need_number(need(node, "value", diagnostics)?, diagnostics)?;
                Some(Draft { constant: value, ..Draft::over(self.space) })
            }
            "MappingUtilityFunction" => self.mapping(node, diagnostics),
            "WeightedUtilityFunction" if depth < 8 => self.weighted(node, depth, diagnostics),
            "" => need(node, "type", diagnostics).and(None),
            _ => {
                diagnostics.push(unsupported(node, &format!("utility functions of the kind `{}`", short(&kind))));
                None
            }
        }
    }

    /// The outcomes of the space where they can be listed; 0 where they are too many.
    fn outcomes(&self) -> usize {
        self.space.small_count().filter(|n| *n <= LARGEST_TABLE).and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
    }

    /// Takes room for numbers that are about to be made: a few words stand for many.
    fn take(&mut self, numbers: usize, node: &Node, diagnostics: &mut Diagnostics) -> Option<()> {
        let left = self.room.checked_sub(numbers);
        if left.is_none() {
            diagnostics.push(too_large("the functions inside this one have too many numbers together", node.span));
        }
        self.room = left?;
        Some(())
    }

    /// One entry per issue, in the order of the domain or by name.
    fn per_issue<'n>(&self, node: &'n Node, diagnostics: &mut Diagnostics) -> Option<Vec<&'n Node>> {
        if node.is_map() {
            let keyed = node.keyed();
            let issues = self.space.issues.iter();
            return issues.map(|issue| need_among(&keyed, &issue.id, node.span, diagnostics)).collect();
        }
        let items = need_items(node, diagnostics)?;
        if items.len() != self.space.issues.len() {
            let message = format!("{} entries for {} issues", items.len(), self.space.issues.len());
            diagnostics.push(Diagnostic::new(Code::ExchangeMismatch, message).at(node.span, "one per issue is needed"));
            return None;
        }
        Some(items.iter().collect())
    }

    fn weights(&self, node: &Node, diagnostics: &mut Diagnostics) -> Option<Vec<Exact>> {
        let listed = self.per_issue(need(node, "weights", diagnostics)?, diagnostics)?;
        listed.into_iter().map(|w| need_number(w, diagnostics)).collect()
    }

    fn with_bias(&self, node: &Node, diagnostics: &mut Diagnostics) -> Option<Draft> {
        let constant = match node.given("bias") {
            Some(bias) => need_number(bias, diagnostics)?,
            None => Exact::zero(),
        };
        Some(Draft { constant, ..Draft::over(self.space) })
    }

    fn additive(&mut self, node: &Node, diagnostics: &mut Diagnostics) -> Option<Draft> {
        let functions = self.per_issue(need(node, "values", diagnostics)?, diagnostics)?;
        let weights = self.weights(node, diagnostics)?;
        let mut draft = self.with_bias(node, diagnostics)?;
        let issues = self.space.issues.iter().enumerate();
        for (((at, issue), function), weight) in issues.zip(functions).zip(weights) {
            let found = levels(function, issue, diagnostics)?;
            self.silent.extend(found.silent.into_iter().map(|digit| (at, digit)));
            draft.slack += found.slack * num_traits::Signed::abs(&weight);
            if let Some(worth) = draft.worth.get_mut(at) {
                *worth = found.of.iter().map(|x| number::times(x, &weight)).collect();
            }
        }
        Some(draft)
    }

    /// Weights times the values themselves, which are numbers wherever the weight is not 0.
    fn affine(&mut self, node: &Node, diagnostics: &mut Diagnostics) -> Option<Draft> {
        let weights = self.weights(node, diagnostics)?;
        let mut draft = self.with_bias(node, diagnostics)?;
        for ((issue, weight), worth) in self.space.issues.iter().zip(weights).zip(&mut draft.worth) {
            if weight.is_zero() {
                continue;
            }
            let Some(points) = numbers(issue) else {
                let message = format!("a weight for `{}`, whose values are no numbers", short(&issue.id));
                diagnostics.push(Diagnostic::new(Code::ExchangeMismatch, message).at(node.span, "this function"));
                return None;
            };
            if let (IssueKind::Points, Some(first), Some(second)) = (issue.kind, points.first(), points.get(1)) {
                draft.slack +=
                    num_traits::Signed::abs(&weight) * (second - first) / Exact::from(num_bigint::BigInt::from(2));
            }
            *worth = points.into_iter().map(|x| x * &weight).collect();
        }
        Some(draft)
    }

    fn mapping(&mut self, node: &Node, diagnostics: &mut Diagnostics) -> Option<Draft> {
        let Some(count) = self.space.small_count().filter(|n| *n <= LARGEST_TABLE) else {
            diagnostics
                .push(too_large(format!("utilities are listed for more than {LARGEST_TABLE} outcomes"), node.span));
            return None;
        };
        let sizes: Vec<usize> = self.space.sizes().collect();
        let mut found: Vec<Option<Exact>> = vec![None; usize::try_from(count).unwrap_or(0)];
        for (key, utility) in need(node, "mapping", diagnostics)?.entries() {
            let outcome = self.outcome(key, diagnostics)?;
            let at = sizes.iter().zip(outcome.digits()).fold(0usize, |at, (size, d)| at * size + usize::from(*d));
            if let Some(slot) = found.get_mut(at) {
                *slot = Some(need_number(utility, diagnostics)?);
            }
        }
        let default = node.given("default").filter(|d| !d.is_boundless()).and_then(Node::number);
        if default.is_none() && found.iter().any(Option::is_none) {
            let message = "some outcomes have no utility and there is no `default`";
            diagnostics.push(Diagnostic::new(Code::ExchangeMissing, message).at(node.span, "this function"));
            return None;
        }
        let default = default.unwrap_or_default();
        let table = found.into_iter().map(|x| x.unwrap_or_else(|| default.clone())).collect();
        let tables = vec![((0..sizes.len()).collect(), sizes, table)];
        Some(Draft { tables, ..Draft::over(self.space) })
    }

    fn weighted(&mut self, node: &Node, depth: usize, diagnostics: &mut Diagnostics) -> Option<Draft> {
        let functions = need_items(need(node, "ufuns", diagnostics)?, diagnostics)?;
        let weights = need_items(need(node, "weights", diagnostics)?, diagnostics)?;
        if weights.len() != functions.len() {
            let message = format!("{} weights for {} functions", weights.len(), functions.len());
            diagnostics.push(Diagnostic::new(Code::ExchangeMismatch, message).at(node.span, "here"));
            return None;
        }
        let mut sum = Draft::over(self.space);
        for (function, weight) in functions.iter().zip(weights) {
            let weight = need_number(weight, diagnostics)?;
            let part = self.draft(function, depth + 1, diagnostics)?;
            sum.constant += part.constant * &weight;
            sum.slack += part.slack * num_traits::Signed::abs(&weight);
            for (into, from) in sum.worth.iter_mut().flatten().zip(part.worth.into_iter().flatten()) {
                *into += from * &weight;
            }
            let scaled = |worth: Vec<Exact>| worth.into_iter().map(|x| x * &weight).collect();
            sum.tables.extend(part.tables.into_iter().map(|(issues, sizes, worth)| (issues, sizes, scaled(worth))));
        }
        Some(sum)
    }

    /// An outcome: a value per issue, in the order of the domain or by name.
    fn outcome(&self, node: &Node, diagnostics: &mut Diagnostics) -> Option<Outcome> {
        let mut digits = Vec::new();
        for (at, (value, issue)) in self.per_issue(node, diagnostics)?.into_iter().zip(&self.space.issues).enumerate() {
            let name = need_name(value, diagnostics)?;
            let digit = value.text().and_then(|t| self.space.value(at, t)).or_else(|| self.space.value(at, &name));
            let Some(digit) = digit else {
                let known = issue.values.iter().map(|v| v.id.as_str());
                let message = format!("`{}` has no value `{}`", short(&issue.id), short(&name));
                let found = Diagnostic::new(Code::ExchangeName, message).at(value.span, "unknown");
                diagnostics.push(found.maybe_hint(crate::text::did_you_mean(&name, known)));
                return None;
            };
            digits.push(digit);
        }
        Some(Outcome::new(digits))
    }
}

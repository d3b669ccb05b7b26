//! Functions from the values of one issue to what they count.

use super::read::{kind, unsupported};
use crate::exchange::points::numbers;
use crate::exchange::tree::{Node, need, need_name, need_number, short};
use crate::game::{Exact, Issue, IssueKind};
use crate::text::{Code, Diagnostic, Diagnostics, did_you_mean};
use num_traits::Signed;
use std::collections::HashMap;

/// What the values of an issue count.
pub(super) struct Levels {
    /// By digit.
    pub(super) of: Vec<Exact>,
    /// Digits without an entry.
    pub(super) silent: Vec<u16>,
    /// How far a point may be off the real numbers next to it.
    pub(super) slack: Exact,
}

/// Reads a value function over an issue.
pub(super) fn levels(node: &Node, issue: &Issue, diagnostics: &mut Diagnostics) -> Option<Levels> {
    match kind(node).as_deref() {
        None if node.get("mapping").is_some() => table(node, issue, diagnostics),
        Some("TableFun") => table(node, issue, diagnostics),
        Some("IdentityFun") => polynomial(node, issue, [None, None], diagnostics),
        Some("LinearFun" | "AffineFun") => polynomial(node, issue, [Some("slope"), None], diagnostics),
        Some("QuadraticFun") => polynomial(node, issue, [Some("a1"), Some("a2")], diagnostics),
        Some("ConstFun") => {
            let bias = need_number(need(node, "bias", diagnostics)?, diagnostics)?;
            Some(Levels { of: vec![bias; issue.values.len()], silent: Vec::new(), slack: Exact::default() })
        }
        Some("LambdaFun") => {
            diagnostics.push(unsafe_here(node, "LambdaFun"));
            None
        }
        other => {
            let name = other.unwrap_or("without a type").to_string();
            diagnostics.push(unsupported(node, &format!("value functions of the kind `{}`", short(&name))));
            None
        }
    }
}

/// A diagnostic for something that would run code.
pub(super) fn unsafe_here(node: &Node, what: &str) -> Diagnostic {
    Diagnostic::new(Code::ExchangeUnsafe, format!("`{}` is code, which is never run", short(what)))
        .at(node.span, "a stored function")
        .hint("write the values of the function as a table (`type: TableFun`, `mapping: {value: number}`)")
}

fn table(node: &Node, issue: &Issue, diagnostics: &mut Diagnostics) -> Option<Levels> {
    let digits: HashMap<&str, usize> = issue.values.iter().enumerate().map(|(d, v)| (v.id.as_str(), d)).collect();
    let mut found: Vec<Option<Exact>> = vec![None; issue.values.len()];
    for (key, value) in need(node, "mapping", diagnostics)?.entries() {
        let name = need_name(key, diagnostics)?;
        // JSON has texts where YAML has numbers.
        let number = key.number().map(|x| crate::exchange::number::text(&x));
        let digit =
            [key.text(), Some(name.as_str()), number.as_deref()].into_iter().flatten().find_map(|n| digits.get(n));
        let Some(slot) = digit.and_then(|d| found.get_mut(*d)) else {
            let known = issue.values.iter().map(|v| v.id.as_str());
            diagnostics.push(
                Diagnostic::new(Code::ExchangeName, format!("`{}` has no value `{}`", short(&issue.id), short(&name)))
                    .at(key.span, "unknown")
                    .maybe_hint(did_you_mean(&name, known)),
            );
            return None;
        };
        *slot = Some(need_number(value, diagnostics)?);
    }
    let silent = found.iter().zip(0u16..).filter(|(x, _)| x.is_none()).map(|(_, digit)| digit).collect();
    let of = found.into_iter().map(Option::unwrap_or_default).collect();
    Some(Levels { of, silent, slack: Exact::default() })
}

/// `bias + a1 x + a2 x²`; the keys of both factors, where the first without a key is 1 and the second 0.
fn polynomial(node: &Node, issue: &Issue, keys: [Option<&str>; 2], diagnostics: &mut Diagnostics) -> Option<Levels> {
    let Some(points) = numbers(issue) else {
        let message = format!("a function of numbers for `{}`, whose values are none", short(&issue.id));
        diagnostics.push(Diagnostic::new(Code::ExchangeMismatch, message).at(node.span, "this one"));
        return None;
    };
    let mut factor = |key: Option<&str>, without: i32| match key {
        Some(key) => need(node, key, diagnostics).and_then(|n| need_number(n, diagnostics)),
        None => Some(Exact::from(num_bigint::BigInt::from(without))),
    };
    let (a1, a2) = (factor(keys[0], 1)?, factor(keys[1], 0)?);
    let bias = match node.given("bias") {
        Some(bias) => need_number(bias, diagnostics)?,
        None => Exact::default(),
    };
    let slack = match (issue.kind, points.first(), points.get(1), points.last()) {
        (IssueKind::Points, Some(first), Some(second), Some(last)) => {
            let slope = |x: &Exact| (&a1 + &a2 * x * Exact::from(num_bigint::BigInt::from(2))).abs();
            slope(first).max(slope(last)) * (second - first) / Exact::from(num_bigint::BigInt::from(2))
        }
        _ => Exact::default(),
    };
    let of = points.iter().map(|x| &bias + &a1 * x + &a2 * x * x).collect();
    Some(Levels { of, silent: Vec::new(), slack })
}

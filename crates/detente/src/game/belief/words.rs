//! How a party's preferences are drawn, in words.

use super::mind::{BURN_IN, How, Mind, STARTS, SWEEPS};
use super::values::How as HowValues;
use super::weights::How as HowWeights;
use crate::game::Space;

/// How the preferences of a party are drawn, in sentences.
pub(super) fn method(name: &str, mind: &Mind, statements: usize, space: &Space) -> String {
    if statements == 0 {
        return format!(
            "{name}: the case says nothing of its preferences, so every order of issues and values is as likely as any other."
        );
    }
    let said = match statements {
        1 => "1 statement".to_string(),
        n => format!("{n} statements"),
    };
    if mind.is_point() {
        return format!("{name}: {said} fix every weight and every value.");
    }
    let weights = match (mind.how, mind.weights.how) {
        (How::Chain, _) | (_, HowWeights::Chain) => {
            format!(
                "weights by hit-and-run ({SWEEPS} sweeps for each draw, from one of {STARTS} states of a chain with a burn-in of {BURN_IN})"
            )
        }
        (_, HowWeights::Fixed) => "weights as given".to_string(),
        (_, HowWeights::Ranked) if mind.weights.exact() => "weights uniform, exactly".to_string(),
        (_, HowWeights::Tried) if mind.weights.exact() => "weights uniform, exactly, by rejection".to_string(),
        _ => "weights uniform in an order from a chain of neighbour swaps".to_string(),
    };
    let chained: Vec<&str> = mind
        .values
        .iter()
        .enumerate()
        .filter(|(i, v)| {
            v.how == HowValues::Chain || !v.exact() || (mind.how == How::Chain && mind.coupled.contains(i))
        })
        .filter_map(|(i, _)| Some(space.issues.get(i)?.name.as_str()))
        .collect();
    let values = match chained.as_slice() {
        [] => "values uniform, exactly".to_string(),
        all if all.len() == mind.values.len() => "values by a Gibbs chain".to_string(),
        all => format!("values uniform, exactly, and by a Gibbs chain on {}", all.join(", ")),
    };
    let mut text = format!("{name}: {said}; {weights}; {values}");
    if mind.how == How::Tried {
        text.push_str("; both until the comparisons of packages hold");
    }
    text.push('.');
    if !mind.unscaled.is_empty() {
        let names: Vec<&str> =
            mind.unscaled.iter().filter_map(|i| space.issues.get(*i)).map(|i| i.name.as_str()).collect();
        text.push_str(&format!(
            " On {} the best and the worst value were not settled within the limit; the scale is left open there.",
            names.join(", ")
        ));
    }
    text
}

//! Conditions over options of two values as lists of patterns, any of which holds.

use super::feasible::Pattern;
use crate::game::Formula;

/// A condition is written as at most this many patterns.
const MOST: usize = 4_096;

/// The patterns of which one is met exactly when the formula's truth is `holds`; `None` where they would be too many.
pub(crate) fn patterns(formula: &Formula, holds: bool) -> Option<Vec<Pattern>> {
    match formula {
        Formula::Constant(truth) => Some(if *truth == holds { vec![Vec::new()] } else { Vec::new() }),
        Formula::In(option, digits) => {
            let can = |digit: u16| digits.binary_search(&digit).is_ok() == holds;
            Some(match (can(0), can(1)) {
                (true, true) => vec![Vec::new()],
                (false, false) => Vec::new(),
                (_, taken) => vec![vec![(*option, taken)]],
            })
        }
        Formula::Not(inner) => patterns(inner, !holds),
        Formula::And(all) if holds => product(all, holds),
        Formula::Or(all) if !holds => product(all, holds),
        Formula::And(all) | Formula::Or(all) => {
            let mut found = Vec::new();
            for part in all {
                found.extend(patterns(part, holds)?);
                if found.len() > MOST * 4 {
                    return None;
                }
            }
            shortest(found)
        }
    }
}

/// One pattern of each part together.
fn product(parts: &[Formula], holds: bool) -> Option<Vec<Pattern>> {
    // Parts with one pattern are most: they are joined at once.
    let (mut alone, mut several) = (Pattern::new(), Vec::new());
    for part in parts {
        let mut next = patterns(part, holds)?;
        match (next.pop(), next.is_empty()) {
            (None, _) => return Some(Vec::new()),
            (Some(only), true) => alone.extend(only),
            (Some(last), false) => {
                next.push(last);
                several.push(next);
            }
        }
    }
    let mut found: Vec<Pattern> = both(&alone, &Pattern::new()).into_iter().collect();
    for next in several {
        if found.len().saturating_mul(next.len()) > MOST * 4 {
            return None;
        }
        found = shortest(found.iter().flat_map(|a| next.iter().filter_map(|b| both(a, b))).collect())?;
    }
    Some(found)
}

/// Two patterns as one; `None` where they contradict each other.
fn both(a: &Pattern, b: &Pattern) -> Option<Pattern> {
    let mut all = a.clone();
    all.extend(b);
    all.sort_unstable();
    all.dedup();
    let clash = all.windows(2).any(|pair| matches!(pair, [(a, _), (b, _)] if a == b));
    (!clash).then_some(all)
}

/// Without patterns that another one implies; `None` where too many are left.
fn shortest(mut all: Vec<Pattern>) -> Option<Vec<Pattern>> {
    all.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    all.dedup();
    if all.len() > MOST {
        return None;
    }
    let mut kept: Vec<Pattern> = Vec::new();
    for pattern in all {
        if !kept.iter().any(|k| k.iter().all(|literal| pattern.binary_search(literal).is_ok())) {
            kept.push(pattern);
        }
    }
    Some(kept)
}

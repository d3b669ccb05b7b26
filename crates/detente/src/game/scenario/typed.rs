//! An outcome as a person types it.

use super::Scenario;
use crate::game::{Issue, Outcome};
use crate::text::{Code, Diagnostic, did_you_mean};

impl Scenario {
    /// Reads an outcome as typed: `issue=value` pairs apart by commas or semicolons, or the values alone, one per
    /// issue in order.
    ///
    /// Names are compared without regard to case and to spaces around them.
    ///
    /// # Errors
    /// One diagnostic for each name that is not there, each issue without a value or with two.
    ///
    /// ```
    /// use detente::game::{Issue, Outcome, Scenario, Space};
    /// let space = Space { issues: vec![Issue::named("price", &["low", "high"]), Issue::named("delivery", &["now", "later"])] };
    /// let scenario = Scenario::new("a sale", space, vec![]);
    /// assert_eq!(scenario.outcome("delivery = later, price = low").unwrap(), Outcome::new([0, 1]));
    /// assert_eq!(scenario.outcome("high; now").unwrap(), Outcome::new([1, 0]));
    /// assert!(scenario.outcome("price = lowest").is_err());
    /// ```
    pub fn outcome(&self, typed: &str) -> Result<Outcome, Vec<Diagnostic>> {
        let issues = &self.space.issues;
        let parts: Vec<&str> = split(typed, issues);
        let mut digits: Vec<Option<u16>> = vec![None; issues.len()];
        let mut faults = Vec::new();
        let by_position = parts.len() == issues.len() && parts.iter().all(|p| !p.contains('='));
        for (at, part) in parts.iter().enumerate() {
            let (issue, value) = if by_position {
                (Some(at), *part)
            } else if let Some((name, value)) = part.split_once('=') {
                (find(issues.iter().map(|i| i.id.as_str()), name, "issue", &mut faults), value)
            } else {
                let message = format!("`{}` is not of the form issue=value", part.trim());
                faults.push(Diagnostic::new(Code::ExchangeName, message).hint(example(issues)));
                continue;
            };
            let Some((issue, at)) = issue.and_then(|at| Some((issues.get(at)?, at))) else { continue };
            let values = issue.values.iter().map(|v| v.id.as_str());
            let digit = find(values, value, &format!("value of {}", issue.id), &mut faults);
            let Some(slot) = digits.get_mut(at) else { continue };
            if slot.is_some() {
                faults.push(Diagnostic::new(Code::ExchangeName, format!("two values for {}", issue.id)));
            }
            *slot = digit.and_then(|d| u16::try_from(d).ok()).or(*slot);
        }
        if faults.is_empty() {
            let missing: Vec<&str> =
                issues.iter().zip(&digits).filter(|(_, d)| d.is_none()).map(|(i, _)| i.id.as_str()).collect();
            if !missing.is_empty() {
                let message = format!("no value for {}", missing.join(", "));
                faults.push(Diagnostic::new(Code::ExchangeName, message).hint(example(issues)));
            }
        }
        if faults.is_empty() {
            Ok(Outcome::new(digits.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>()))
        } else {
            Err(faults)
        }
    }
}

/// The parts of what was typed. Commas and semicolons separate; where the names themselves have commas,
/// semicolons alone do.
fn split<'a>(typed: &'a str, issues: &[Issue]) -> Vec<&'a str> {
    let named = |c: char| issues.iter().any(|i| i.id.contains(c) || i.values.iter().any(|v| v.id.contains(c)));
    let apart: &[char] = if typed.contains(';') || named(',') { &[';'] } else { &[','] };
    typed.split(apart).filter(|p| !p.trim().is_empty()).collect()
}

/// The position of a name, compared without regard to case.
fn find<'a>(
    names: impl Iterator<Item = &'a str> + Clone,
    typed: &str,
    what: &str,
    faults: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let typed = typed.trim();
    let same = |n: &str| n.trim().eq_ignore_ascii_case(typed) || n.to_lowercase() == typed.to_lowercase();
    let found = names.clone().position(|n| n == typed).or_else(|| names.clone().position(same));
    if found.is_none() {
        let message = format!("there is no {what} called `{typed}`");
        faults.push(Diagnostic::new(Code::ExchangeName, message).maybe_hint(did_you_mean(typed, names)));
    }
    found
}

fn example(issues: &[Issue]) -> String {
    let pair = |i: &Issue| Some(format!("{}={}", i.id, i.values.first()?.id));
    format!("for example `{}`", issues.iter().filter_map(pair).collect::<Vec<_>>().join("; "))
}

//! What a format cannot hold, said in the same words for all of them.

use super::number;
use crate::game::{Discount, Outcome, Part, Profile, Scenario, Utility};
use crate::text::{Code, Diagnostic, Diagnostics, Severity};

/// Utilities that a format has no form for are written outcome by outcome up to this many outcomes.
pub(crate) const MOST_LISTED: u64 = 65_536;

/// Says that something of a party was left out or changed.
pub(crate) fn note(party: &str, what: &str, lost: &mut Diagnostics) {
    lost.push(Diagnostic::new(Code::ExchangeLost, format!("`{party}`: {what}")));
}

/// Says that the preferences of a party cannot be written, so that nothing is.
pub(crate) fn refused(party: &str, why: &str, lost: &mut Diagnostics) {
    let message = format!("the utilities of `{party}` cannot be written: {why}");
    lost.push(Diagnostic::new(Code::ExchangeLost, message).severity(Severity::Error).hint("choose another format"));
}

/// Says that rules and the status quo have no place in a format.
pub(crate) fn no_rules(scenario: &Scenario, format: &str, lost: &mut Diagnostics) {
    let rules = scenario.rules.len();
    if rules > 0 {
        let what = if rules == 1 { "the rule is".to_string() } else { format!("the {rules} rules are") };
        lost.push(
            Diagnostic::new(Code::ExchangeLost, format!("{format} has no rules between issues: {what} not written"))
                .note("outcomes that the scenario forbids can be agreed on in the files"),
        );
    }
    if scenario.status_quo {
        lost.push(Diagnostic::new(Code::ExchangeLost, format!("{format} has no status quo: it is not written")));
    }
}

/// Says that a discount has no place in a format.
pub(crate) fn no_discount(party: &Profile, format: &str, lost: &mut Diagnostics) {
    if let Some(discount) = party.discount {
        let what = match discount {
            Discount::OverDeadline { factor, .. } => format!("by {factor} to the power of the time passed"),
            Discount::PerStep { factor, .. } => format!("by {factor} in every step"),
            Discount::Cost { cost, .. } => format!("by {cost} per unit of time"),
        };
        note(&party.name, &format!("{format} has no discount: that utility shrinks {what} is not written"), lost);
    }
}

/// The same utilities without a cap and without conditions: as they are where these change nothing, listed
/// outcome by outcome in a small space. `None`, and said, where neither is possible.
pub(crate) fn plain(scenario: &Scenario, party: &Profile, lost: &mut Diagnostics) -> Option<Utility> {
    let utility = &party.utility;
    let binds = utility.cap.is_some_and(|cap| utility.range().1 > cap);
    if !binds && utility.zero_unless.is_empty() {
        let mut same = Utility { cap: None, ..utility.as_ref().clone() };
        // A term without issues counts always or never.
        let nowhere = Outcome::new([]);
        same.constant += same.parts.iter().filter(|p| p.scope().is_empty()).map(|p| p.of(&nowhere)).sum::<i128>();
        same.parts.retain(|p| !p.scope().is_empty());
        return Some(same);
    }
    let whole = listed(scenario, utility);
    if whole.is_none() {
        let what = if binds { "a sum that is cut at a cap" } else { "conditions without which utility is 0" };
        refused(
            &party.name,
            &format!("the format has no form for {what}, and there are too many outcomes to list"),
            lost,
        );
    }
    whole
}

/// The same utilities as one table over all issues, when there are few outcomes.
pub(crate) fn listed(scenario: &Scenario, utility: &Utility) -> Option<Utility> {
    scenario.space.small_count().filter(|n| *n <= MOST_LISTED)?;
    let sizes: Vec<usize> = scenario.space.sizes().collect();
    let worth = scenario.space.outcomes().map(|o| utility.of(&o)).collect();
    let table = Part::Table { issues: (0..sizes.len()).collect(), sizes: sizes.clone(), worth };
    let none = sizes.iter().map(|n| vec![0; *n]).collect();
    Some(Utility { unit: utility.unit, worth: none, parts: vec![table], slack: utility.slack, ..Utility::default() })
}

/// An outcome whose utility is exactly the reservation value, when one is found among the first outcomes.
pub(crate) fn outcome_worth(scenario: &Scenario, party: &Profile, reservation: i128) -> Option<Outcome> {
    let few = usize::try_from(MOST_LISTED).unwrap_or(usize::MAX);
    scenario.space.outcomes().take(few).find(|o| party.utility.of(o) == reservation)
}

/// Says that numbers had to be rounded.
pub(crate) fn rounded(party: &str, lost: &mut Diagnostics) {
    let what = format!("some numbers are no decimals of {} places and are rounded to that", number::PLACES);
    lost.push(Diagnostic::new(Code::ExchangeLost, format!("`{party}`: {what}")).severity(Severity::Note));
}

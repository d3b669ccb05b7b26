//! Contradicting statements, reported as small as they can be.

use super::BeliefParty;
use super::claim::Statement;
use super::conflict;
use super::mind::{Mind, all_values};
use super::part_worth::{self, Verdict};
use crate::game::Space;
use crate::text::{Code, Diagnostic, Diagnostics};

/// Contradictions reported per party.
const MOST_REPORTED: usize = 8;

/// Reports the smallest contradiction among the statements of a party, then the smallest among the rest
/// without those claims, and so on.
pub(super) fn contradictions(
    space: &Space,
    party: &BeliefParty,
    statements: &[&Statement],
    diagnostics: &mut Diagnostics,
) {
    // Which issues reach the ends of their scale follows from all statements: so a part of them holds
    // together whenever the whole does.
    let spans: Vec<bool> = all_values(space, &party.id, statements)
        .map_or_else(|| vec![true; space.issues.len()], |all| all.iter().map(|v| v.spanning).collect());
    let mut left: Vec<usize> = (0..statements.len()).collect();
    for _ in 0..MOST_REPORTED {
        let mut holds = |some: &[usize]| {
            let some: Vec<&Statement> = some.iter().filter_map(|at| statements.get(*at).copied()).collect();
            hold(space, &party.id, &some, &spans)
        };
        let Some(conflict) = conflict::smallest(&left, &mut holds) else { return };
        left.retain(|claim| !conflict.claims.contains(claim));
        diagnostics.push(report(party, statements, &conflict));
    }
}

/// Whether statements hold together.
pub(super) fn hold(space: &Space, party: &str, statements: &[&Statement], spans: &[bool]) -> bool {
    let Some(values) = all_values(space, party, statements) else { return false };
    let Some(mut mind) = Mind::with(space, party, statements, values) else { return false };
    if mind.comparisons.is_empty() {
        return true;
    }
    mind.pilot();
    let spans = |issue: usize| spans.get(issue).copied().unwrap_or(true);
    mind.starts_well() || !matches!(part_worth::solve(&mind, &spans), Verdict::None)
}

fn report(party: &BeliefParty, statements: &[&Statement], conflict: &conflict::Conflict) -> Diagnostic {
    let claims = conflict.claims.iter().filter_map(|c| statements.get(*c));
    let (message, hint) = match conflict.claims.len() {
        1 => (
            format!("a claim on what {} wants cannot hold", party.name),
            "change the claim: no preferences satisfy it".to_string(),
        ),
        n => (
            format!("{n} claims on what {} wants cannot all hold", party.name),
            "drop or change one of them; any of them will do for this set".to_string(),
        ),
    };
    let mut diagnostic = Diagnostic::new(Code::Contradiction, message);
    for claim in claims {
        diagnostic = diagnostic.at(claim.at, claim.words.clone());
    }
    diagnostic = diagnostic.hint(hint);
    if !conflict.smallest {
        diagnostic = diagnostic.note("a smaller contradicting set may exist: the search for it met its limit");
    }
    diagnostic
}

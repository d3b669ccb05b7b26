//! What each party has without an agreement, and what an agreement that leaves the conflict going has.
//!
//! Drift moves what the status quo of an issue is worth, for no-deal and for every agreement that
//! leaves the issue there. A cost is borne by no-deal and, where the case says what ends it, by every
//! agreement that does not end it: an exchange of prisoners ends no war.

use super::claim::BeliefInput;
use super::range::{Address, number};
use crate::case::model::case::Document;
use crate::case::{ClaimKind, Condition, Grounds, Range};
use crate::game::{Formula, Space, Stream};
use crate::text::{Code, Diagnostic, Diagnostics};

/// One claim on no-deal.
#[derive(Debug, Clone)]
pub(super) struct NoDeal {
    pub(super) claim: String,
    says: Says,
    range: Range,
    lane: u64,
}

#[derive(Debug, Clone)]
enum Says {
    /// The status quo of an issue becomes a value with this probability.
    Drift(usize, usize),
    /// Going on costs a party this share of the distance between its worst and its best package, until
    /// an issue has one of some values, where the case says which.
    Cost(usize, Option<End>),
    /// A party's no-deal is worth this share of its best package, whatever else is said.
    Reservation(usize),
}

/// What ends a cost: an issue and the values of it that do.
type End = (usize, Vec<usize>);

/// The claims of a document on no-deal, with what each contributes. Those with unknown names are left out.
pub(super) fn claims(document: &Document, space: &Space, diagnostics: &mut Diagnostics) -> Vec<(NoDeal, BeliefInput)> {
    let mut found = Vec::new();
    let mut add = |grounds: &Grounds, says: Says, range: Range| {
        let party = match says {
            Says::Drift(..) => None,
            Says::Cost(party, _) | Says::Reservation(party) => Some(party),
        };
        let (claim, drawn) = (grounds.id.clone(), !range.is_point());
        let input = BeliefInput {
            claim: claim.clone(),
            kind: ClaimKind::NoDeal,
            party,
            basis: grounds.basis,
            numeric: true,
            drawn,
        };
        let lane = Stream::lane(&format!("no-deal/{claim}"));
        found.push((NoDeal { claim, says, range, lane }, input));
    };
    for (at, party) in document.parties.values().enumerate() {
        if let Some(reservation) = &party.reservation {
            add(&reservation.grounds, Says::Reservation(at), reservation.value);
        }
    }
    let Some(meanwhile) = &document.meanwhile else { return found };
    let mut chances = vec![0.0; space.issues.len()];
    for drift in &meanwhile.drift {
        let Some(issue) = space.issue(drift.issue.as_str()) else { continue };
        let Some(to) = space.value(issue, drift.to.as_str()) else { continue };
        add(&drift.grounds, Says::Drift(issue, usize::from(to)), drift.chance.0);
        let Some(sum) = chances.get_mut(issue) else { continue };
        let before = *sum;
        *sum += drift.chance.0.high;
        if before <= 1.0 && *sum > 1.0 + 1e-9 {
            diagnostics.push(
                Diagnostic::new(
                    Code::BadRange,
                    format!("the chances of drift on `{}` can pass 1 together", drift.issue),
                )
                .severity(crate::text::Severity::Warning)
                .at(drift.grounds.at, "with this one")
                .hint("where they do, they are scaled to add up to 1"),
            );
        }
    }
    for cost in &meanwhile.cost {
        let Some(party) = document.parties.get_index_of(cost.party.as_str()) else { continue };
        let end = match &cost.ends_when {
            None => None,
            Some(condition) => match end(condition, space, diagnostics) {
                Some(end) => Some(end),
                None => continue,
            },
        };
        add(&cost.grounds, Says::Cost(party, end), cost.amount.0);
    }
    found
}

/// The issue and values that a condition names; it has to speak of one issue, so that utilities stay additive.
fn end(condition: &Condition, space: &Space, diagnostics: &mut Diagnostics) -> Option<End> {
    let formula = Formula::of(&condition.expr, space)?;
    let &[issue] = formula.scope().as_slice() else {
        diagnostics.push(
            Diagnostic::new(Code::CostScope, "what ends a cost has to speak of one issue")
                .at(condition.at, "not one issue")
                .hint("write a cost for each issue that would end a part of it"),
        );
        return None;
    };
    let status_quo = space.status_quo();
    let size = space.issues.get(issue).map_or(0, |i| i.values.len());
    let ends = |value: &usize| u16::try_from(*value).is_ok_and(|v| formula.holds(&status_quo.with(issue, v)));
    Some((issue, (0..size).filter(ends).collect()))
}

/// The numbers of no-deal in one draw.
pub(super) struct Drawn {
    /// By issue: values the status quo may become, with probabilities that add up to at most 1.
    drift: Vec<(usize, usize, f64)>,
    cost: Vec<(usize, Option<End>, f64)>,
    reservation: Vec<(usize, f64)>,
}

/// Draws the numbers of no-deal.
pub(super) fn draw(claims: &[NoDeal], address: &Address<'_>) -> Drawn {
    let mut drawn = Drawn { drift: Vec::new(), cost: Vec::new(), reservation: Vec::new() };
    for claim in claims {
        let x = number(claim.range, &mut address.stream(&claim.claim, claim.lane));
        match &claim.says {
            Says::Drift(issue, to) => drawn.drift.push((*issue, *to, x)),
            Says::Cost(party, end) => drawn.cost.push((*party, end.clone(), x)),
            Says::Reservation(party) => drawn.reservation.push((*party, x)),
        }
    }
    let chance = |drift: &[(usize, usize, f64)], on: usize| -> f64 {
        drift.iter().filter(|(issue, ..)| *issue == on).map(|(_, _, p)| p).sum()
    };
    let sums: Vec<f64> = drawn.drift.iter().map(|(issue, ..)| chance(&drawn.drift, *issue)).collect();
    for ((_, _, p), sum) in drawn.drift.iter_mut().zip(sums) {
        *p /= sum.max(1.0);
    }
    drawn
}

impl Drawn {
    /// What no-deal is worth to a party with these utilities, and what going on does to the utilities:
    /// the status quo of an issue is worth what it drifts to, and what ends a cost is worth the cost.
    pub(super) fn settle(&self, party: usize, mut worth: Vec<Vec<i64>>, space: &Space) -> (Vec<Vec<i64>>, i64) {
        let best: i64 = worth.iter().filter_map(|v| v.iter().max()).sum();
        let worst: i64 = worth.iter().filter_map(|v| v.iter().min()).sum();
        let status_quo: Vec<usize> = space.issues.iter().map(|i| usize::from(i.status_quo)).collect();
        for (issue, at) in status_quo.iter().enumerate() {
            let Some(values) = worth.get_mut(issue) else { continue };
            let of = |value: usize| values.get(value).copied().unwrap_or(0);
            let on_issue = self.drift.iter().filter(|(i, ..)| *i == issue);
            let moves: f64 = on_issue.map(|(_, to, p)| p * (of(*to) - of(*at)) as f64).sum();
            if let Some(value) = values.get_mut(*at) {
                *value += moves.round() as i64;
            }
        }
        let stays =
            |worth: &[Vec<i64>]| -> i64 { worth.iter().zip(&status_quo).filter_map(|(v, at)| v.get(*at)).sum() };
        let mut fallback = stays(&worth);
        for (_, end, share) in self.cost.iter().filter(|(p, ..)| *p == party) {
            let cost = (share * (best - worst) as f64).round() as i64;
            match end {
                None => fallback -= cost,
                Some((issue, values)) if status_quo.get(*issue).is_some_and(|at| !values.contains(at)) => {
                    for value in values {
                        if let Some(worth) = worth.get_mut(*issue).and_then(|v| v.get_mut(*value)) {
                            *worth += cost;
                        }
                    }
                }
                // It has ended already.
                Some(_) => {}
            }
        }
        if let Some((_, share)) = self.reservation.iter().find(|(p, _)| *p == party) {
            fallback = (share * best as f64).round() as i64;
        }
        (worth, fallback)
    }
}

/// Whether every number of no-deal is a point.
pub(super) fn all_points(claims: &[NoDeal]) -> bool {
    claims.iter().all(|c| c.range.is_point())
}

//! What each party has without an agreement.

use super::claim::BeliefInput;
use super::range::{Address, number};
use crate::case::model::case::Document;
use crate::case::{ClaimKind, Grounds, Range};
use crate::game::{Space, Stream};
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
    /// Going on costs a party this share of the distance between its worst and its best package.
    Cost(usize),
    /// A party's no-deal is worth this share of its best package, whatever else is said.
    Reservation(usize),
}

/// The claims of a document on no-deal, with what each contributes. Those with unknown names are left out.
pub(super) fn claims(document: &Document, space: &Space, diagnostics: &mut Diagnostics) -> Vec<(NoDeal, BeliefInput)> {
    let mut found = Vec::new();
    let mut add = |grounds: &Grounds, says: Says, range: Range| {
        let party = match says {
            Says::Drift(..) => None,
            Says::Cost(party) | Says::Reservation(party) => Some(party),
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
        if let Some(party) = document.parties.get_index_of(cost.party.as_str()) {
            add(&cost.grounds, Says::Cost(party), cost.amount.0);
        }
    }
    found
}

/// The numbers of no-deal in one draw.
pub(super) struct Drawn {
    /// By issue: values the status quo may become, with probabilities that add up to at most 1.
    drift: Vec<(usize, usize, f64)>,
    cost: Vec<(usize, f64)>,
    reservation: Vec<(usize, f64)>,
}

/// Draws the numbers of no-deal.
pub(super) fn draw(claims: &[NoDeal], address: &Address<'_>) -> Drawn {
    let mut drawn = Drawn { drift: Vec::new(), cost: Vec::new(), reservation: Vec::new() };
    for claim in claims {
        let x = number(claim.range, &mut address.stream(&claim.claim, claim.lane));
        match claim.says {
            Says::Drift(issue, to) => drawn.drift.push((issue, to, x)),
            Says::Cost(party) => drawn.cost.push((party, x)),
            Says::Reservation(party) => drawn.reservation.push((party, x)),
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
    /// What no-deal is worth to a party with these utilities.
    pub(super) fn fallback(&self, party: usize, worth: &[Vec<i64>], space: &Space) -> i64 {
        let best: i64 = worth.iter().filter_map(|v| v.iter().max()).sum();
        let worst: i64 = worth.iter().filter_map(|v| v.iter().min()).sum();
        if let Some((_, share)) = self.reservation.iter().find(|(p, _)| *p == party) {
            return (share * best as f64).round() as i64;
        }
        let of = |issue: usize, value: usize| worth.get(issue).and_then(|v| v.get(value)).copied().unwrap_or(0);
        let status_quo = |issue: usize| space.issues.get(issue).map_or(0, |i| of(issue, usize::from(i.status_quo)));
        let stays: i64 = (0..worth.len()).map(status_quo).sum();
        let moves: f64 =
            self.drift.iter().map(|(issue, to, p)| p * (of(*issue, *to) - status_quo(*issue)) as f64).sum();
        let cost: f64 = self.cost.iter().filter(|(p, _)| *p == party).map(|(_, c)| c).sum();
        stays + (moves - cost * (best - worst) as f64).round() as i64
    }
}

/// Whether every number of no-deal is a point.
pub(super) fn all_points(claims: &[NoDeal]) -> bool {
    claims.iter().all(|c| c.range.is_point())
}

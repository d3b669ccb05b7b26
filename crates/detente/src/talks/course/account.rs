//! What became of talks: the account of one course.

use super::{Close, Course, Entry, Happening, NoDeal, When};
use crate::game::Outcome;
use crate::talks::StepClass;
use serde::{Deserialize, Serialize};

/// The account of a course that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// How it ended.
    pub close: Close,
    /// When.
    pub when: When,
    /// Recesses that passed in all.
    pub recesses: u32,
    /// Meetings that did not take place.
    pub missed: u32,
    /// The settlement, if there is one.
    pub settlement: Option<Outcome>,
    /// The parts that came into force, with the meeting they were signed in.
    pub parts: Vec<(u32, Outcome)>,
    /// The state of things at the end: with the settlement where there is one, else with the parts that are in force
    /// and what has drifted.
    pub state: Outcome,
    /// What the state of things would be had nothing been signed: the start with what has drifted.
    pub status_quo: Outcome,
    /// Ratifications that failed, in order, by position.
    pub unratified: Vec<usize>,
    /// Incidents that happened, in order, by position.
    pub incidents: Vec<usize>,
    /// Drifts that happened, in order, by position.
    pub drifts: Vec<usize>,
    /// When each occurrence came about: before which meeting, or in which.
    pub occurred: Vec<Option<u32>>,
    /// What became of each gate.
    pub gates: Vec<GateAccount>,
    /// Each seat.
    pub parties: Vec<PartyAccount>,
    /// The offers, in order.
    pub offers: Vec<Offered>,
}

/// What became of a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateAccount {
    /// Before which meeting it opened, or in which; `None`: it never did.
    pub opened: Option<u32>,
    /// How often it kept a delegation from what it wanted, or an agreement from standing.
    pub held: u32,
}

/// What became of a party. Utilities are in its own unit, and are its principal's where that has preferences of its
/// own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyAccount {
    /// The claim about its mandate that held, by position; `None`: it has none.
    pub mandate: Option<usize>,
    /// How often it walked out.
    pub walked_out: u32,
    /// How often its delegation referred something.
    pub referred: u32,
    /// How often its principal approved, extensions counted.
    pub approved: u32,
    /// How often its principal refused, recalls counted.
    pub refused: u32,
    /// How often its mandate was extended.
    pub extended: u32,
    /// How often it was recalled.
    pub recalled: u32,
    /// How often its delegation was kept from what it wanted.
    pub held: u32,
    /// What it ended with, costs not counted; see [`PartyAccount::net`].
    pub worth: i128,
    /// What the recesses, pressure and incidents cost it.
    pub costs: i128,
    /// What its audience costs it: all that it ran up, where anything is in force at the end; else 0.
    pub audience: i128,
}

impl PartyAccount {
    /// What it comes to, all costs taken off. With a settlement: what the settlement is worth. With parts only: what
    /// the state of things is worth by then. With nothing: what no agreement is worth by then, which is the state of
    /// things or the reservation value, as [`super::Party::no_deal`] says (0 where nothing is said), costs ahead not
    /// counted. Without a settlement, pressure on what no agreement is worth counts too.
    #[must_use]
    pub fn net(&self) -> i128 {
        self.worth.saturating_sub(self.costs).saturating_sub(self.audience)
    }
}

/// An offer that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// When.
    pub when: When,
    /// By which seat.
    pub seat: usize,
    /// What.
    pub outcome: Outcome,
    /// The class of the step from its offer before; `None` for its first.
    pub step: Option<StepClass>,
}

impl Course {
    pub(super) fn account_of(&self, close: Close) -> Account {
        let offered = |entry: &Entry| match (entry.offer(), &entry.what) {
            (Some((seat, outcome)), Happening::Moved { step, .. }) => {
                Some(Offered { when: entry.when, seat, outcome: outcome.clone(), step: *step })
            }
            _ => None,
        };
        Account {
            close,
            when: self.log.last().map_or(When::Before(self.meeting), |last| last.when),
            recesses: self.recesses,
            missed: self.missed,
            settlement: self.settlement.clone(),
            parts: self.parts.clone(),
            state: self.state.clone(),
            status_quo: self.status_quo.clone(),
            unratified: self.unratified.clone(),
            incidents: self.struck.clone(),
            drifts: self.drifted.clone(),
            occurred: self.occurred.clone(),
            gates: self.gates.clone(),
            parties: (0..self.sides.len()).filter_map(|seat| self.party_account(seat)).collect(),
            offers: self.log.iter().filter_map(offered).collect(),
        }
    }

    fn party_account(&self, seat: usize) -> Option<PartyAccount> {
        let side = self.sides.get(seat)?;
        let any = self.settlement.is_some() || !self.parts.is_empty();
        Some(PartyAccount {
            mandate: side.claim,
            walked_out: side.counts.walked_out,
            referred: side.counts.referred,
            approved: side.counts.approved,
            refused: side.counts.refused,
            extended: side.counts.extended,
            recalled: side.counts.recalled,
            held: side.counts.held,
            worth: self.ended_with(seat)?,
            costs: side.costs,
            audience: if any { side.audience } else { 0 },
        })
    }

    fn ended_with(&self, seat: usize) -> Option<i128> {
        let principal = self.principal(seat)?;
        let state = principal.utility(&self.state);
        if self.settlement.is_some() {
            return Some(state);
        }
        let no_deal = self.party(seat).map_or(NoDeal::Reservation, |party| party.no_deal);
        let worth = match no_deal {
            NoDeal::Reservation if self.parts.is_empty() => principal.reservation.unwrap_or(0),
            _ => state,
        };
        Some(worth.saturating_add(self.leverage(seat)))
    }
}

//! What is known of the others at the table.

use crate::game::{Profile, Scenario, Utility};
use crate::talks::Seat;
use std::sync::Arc;

/// The true preferences of all seats, in their order; what is given of one's own seat is not used.
#[derive(Debug, Clone, Default)]
pub struct Others {
    /// Their utilities.
    pub utilities: Arc<[Arc<Utility>]>,
    /// What no agreement is worth to each, in its own units; `None`, or missing: nothing is said of it.
    pub reservations: Arc<[Option<i128>]>,
}

impl Others {
    /// What is known of the parties of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        Others {
            utilities: scenario.parties.iter().map(|party| party.utility.clone()).collect(),
            reservations: scenario.parties.iter().map(|party| party.reservation).collect(),
        }
    }

    /// The talks as a scenario, seen from a seat. `None` when it is not one of those known of. The discount of others
    /// is not known; they are taken not to have one.
    pub(super) fn scenario(&self, seat: &Seat) -> Option<Scenario> {
        self.utilities.get(seat.at)?;
        let party = |(at, utility): (usize, &Arc<Utility>)| {
            let mut profile = Profile::new(at.to_string(), utility.clone());
            profile.reservation = self.reservations.get(at).copied().flatten();
            if at == seat.at {
                profile = Profile::new(seat.name.clone(), seat.function.clone());
                profile.reservation = seat.reservation;
                profile.discount = seat.discount;
            }
            profile
        };
        Some(Scenario {
            name: String::new(),
            space: seat.space.clone(),
            status_quo: false,
            parties: self.utilities.iter().enumerate().map(party).collect(),
            rules: seat.rules().to_vec(),
        })
    }
}

//! What no agreement is worth by now, and what an audience does to it.

use super::machine::Course;
use super::{Bars, Happening, Lever, NoDeal, Who};
use crate::game::{Formula, Outcome};
use crate::talks::Seat;
use std::sync::Arc;

/// What a drop of this much costs before an audience, rounded up; 0 for a gain.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "saturates")]
pub(super) fn price(rate: f64, drop: i128) -> i128 {
    if rate > 0.0 && drop > 0 { (rate * drop as f64).ceil() as i128 } else { 0 }
}

/// The least utility at which agreeing now, before an audience that holds a stand against the seat, is worth as much as
/// the floor: the least `u` with `u - price(rate, stand - u) >= floor`.
pub(super) fn least_worthwhile(floor: i128, stand: i128, rate: f64) -> i128 {
    let worthwhile = |u: i128| u.saturating_sub(price(rate, stand.saturating_sub(u))) >= floor;
    if floor >= stand || worthwhile(floor) {
        return floor;
    }
    // At the stand it is worthwhile, at the floor it is not, and what is left grows with the utility.
    let (mut fails, mut holds) = (floor, stand);
    while holds.saturating_sub(fails) > 1 {
        let middle = fails.saturating_add(holds.saturating_sub(fails) / 2);
        if worthwhile(middle) {
            holds = middle;
        } else {
            fails = middle;
        }
    }
    holds
}

impl Course {
    /// How public the meeting is that is held.
    pub(super) fn publicity(&self) -> f64 {
        let meeting = self.circumstances.meetings.get((self.meeting as usize).wrapping_sub(1));
        meeting.filter(|_| self.sitting).map_or(0.0, |meeting| meeting.publicity)
    }

    /// Which share of what it gives up now a seat pays for.
    pub(super) fn audience_now(&self, seat: usize) -> f64 {
        self.party(seat).map_or(0.0, |party| party.audience) * self.publicity()
    }

    /// What no agreement is worth to a delegation by now, pressure counted; `None`: nothing is said of it.
    #[must_use]
    pub fn no_deal(&self, seat: usize) -> Option<i128> {
        let side = self.sides.get(seat)?;
        self.no_deal_to(seat, &side.seat)
    }

    /// The same to its principal.
    pub(super) fn principal_floor(&self, seat: usize) -> Option<i128> {
        let principal = self.principal(seat)?;
        self.no_deal_to(seat, &principal)
    }

    /// Who decides for a seat: the principal's preferences, or the delegation's.
    pub(super) fn principal(&self, seat: usize) -> Option<Arc<Seat>> {
        let own = self.party(seat).and_then(|party| party.principal.seat.clone());
        own.or_else(|| self.sides.get(seat).map(|side| side.seat.clone()))
    }

    fn no_deal_to(&self, seat: usize, preferences: &Seat) -> Option<i128> {
        let worth = match self.party(seat).map(|party| party.no_deal) {
            None | Some(NoDeal::Reservation) => preferences.reservation?,
            Some(NoDeal::State) => preferences.utility(&self.state),
            Some(NoDeal::StateAndCosts) => {
                let ahead = self.ends.len().saturating_sub(self.meeting as usize);
                let each = self.cost_of_recess(seat, true);
                preferences.utility(&self.state).saturating_sub(each.saturating_mul(ahead as i128))
            }
        };
        Some(worth.saturating_add(self.leverage(seat)))
    }

    /// What pressure adds to what no agreement is worth.
    pub(super) fn leverage(&self, seat: usize) -> i128 {
        let levers = self.circumstances.pressures.iter().zip(&self.pressing).filter(|(p, on)| **on && p.on == seat);
        levers
            .filter_map(|(p, _)| if let Lever::NoDeal(by) = p.lever { Some(by) } else { None })
            .fold(0, i128::saturating_add)
    }

    /// What a recess costs a seat as things stand; `any`: only what any agreement would end.
    pub(super) fn cost_of_recess(&self, seat: usize, any: bool) -> i128 {
        let lasts = |until: &Option<Formula>| match until {
            None => true,
            Some(formula) => !any && !formula.holds(&self.state),
        };
        let costs = self.circumstances.costs.iter().filter(|c| c.seat == seat && lasts(&c.until)).map(|c| c.amount);
        let levers = self.circumstances.pressures.iter().zip(&self.pressing).filter(|(p, on)| **on && p.on == seat);
        let levers = levers.filter_map(|(p, _)| if let Lever::Cost(by) = p.lever { Some(by) } else { None });
        let raised = self.sides.get(seat).map_or(0, |side| side.raised);
        costs.chain(levers).fold(raised, i128::saturating_add)
    }

    /// Tells the table what the least is that a seat is to ask for: what no agreement is worth, with what its audience
    /// makes of that, and no less than it has asked for while a gate keeps it from conceding.
    pub(super) fn set_floor(&mut self, seat: usize) {
        let no_deal = self.no_deal(seat);
        let rate = self.audience_now(seat);
        let stays = self.circumstances.gates.iter().zip(&self.gates).any(|(gate, account)| {
            account.opened.is_none() && matches!(gate.bars, Bars::Conceding(claimant) if claimant == seat)
        });
        let Some(side) = self.sides.get_mut(seat) else { return };
        let mut floor = no_deal.map(|worth| worth.saturating_add(side.audience));
        if let (Some(least), Some(stand)) = (floor, side.stand) {
            floor = Some(least_worthwhile(least, stand, rate));
        }
        if let (true, Some((_, asked))) = (stays, side.asked) {
            floor = Some(floor.map_or(asked, |floor| floor.max(asked)));
        }
        let news = side.told != Some(no_deal);
        side.told = Some(no_deal);
        self.session.set_floor(seat, floor);
        if news && no_deal.is_some() {
            self.tell(Who::Course, Happening::NoDeal { seat, worth: no_deal });
        }
    }

    /// Whether a principal would agree to an outcome by its own preferences: it is not ruled out for it, and worth no
    /// less than no agreement, what its audience costs counted.
    #[must_use]
    pub fn would_approve(&self, seat: usize, outcome: &Outcome) -> bool {
        let Some(principal) = self.principal(seat) else { return false };
        let audience = self.sides.get(seat).map_or(0, |side| side.audience);
        let worth = principal.utility(outcome).saturating_sub(audience);
        principal.permits(outcome) && self.no_deal_to(seat, &principal).is_none_or(|floor| worth >= floor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_worthwhile_is_the_first_that_is() {
        for rate in [0.0, 0.1, 0.5, 1.0, 2.5] {
            for floor in -5..25i128 {
                for stand in -5..25i128 {
                    let first = (floor..60).find(|u| u - price(rate, stand - u) >= floor).unwrap();
                    assert_eq!(least_worthwhile(floor, stand, rate), first, "{rate} {floor} {stand}");
                }
            }
        }
    }
}

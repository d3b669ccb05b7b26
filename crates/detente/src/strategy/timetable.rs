//! Every turn of a strategy that looks at nothing but the clock, worked out once for many sessions.

use super::walk::{Offer, Step, plain, walk, worth};
use super::{Accepts, Moment, Proposal, Strategy, Turn};
use crate::game::Stream;
use crate::talks::{Clock, Ending, Seat, share};
use std::sync::Arc;

/// A turn by ranks of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Slot {
    /// It proposes an outcome from this rank on.
    first: u32,
    /// One of so many, each as likely as the others. At least 1.
    count: u32,
    /// Whether it draws a number for that.
    draws: bool,
    /// The least utility of an offer that it accepts; `None`: what its own proposal is worth.
    least: Option<i64>,
    /// Offers that are worth less are never accepted.
    floor: i64,
}

impl Slot {
    fn of(turn: Turn, seat: &Seat) -> Option<Self> {
        let count = |utility: i128| u32::try_from(seat.menu().count_from(utility)?).ok();
        let (first, count, draws) = match turn.proposes {
            Proposal::Worth(utility) => (count(utility.checked_add(1)?)?, 1, false),
            Proposal::AnyFrom(least) => (0, count(least).filter(|count| *count > 0)?, true),
            Proposal::Ranked(rank) => (u32::try_from(rank).ok()?, 1, false),
            Proposal::AnyOf(_) => return None,
        };
        let bound = |utility: i128| i64::try_from(utility).unwrap_or(if utility < 0 { i64::MIN } else { i64::MAX });
        let least = match turn.accepts {
            Accepts::Own => None,
            Accepts::Least(least) => Some(bound(least)),
            Accepts::Real(least) => Some(bound(reaching(seat, least)?)),
        };
        Some(Slot { first, count, draws, least, floor: turn.floor.map_or(i64::MIN, bound) })
    }

    /// The rank it proposes.
    fn rank(&self, stream: &mut Stream) -> u32 {
        let further = if self.draws { share(stream, u64::from(self.count)) } else { 0 };
        self.first.saturating_add(u32::try_from(further).unwrap_or(0))
    }
}

/// The least whole utility whose real number reaches a level; `None` where whole numbers are too large to tell.
fn reaching(seat: &Seat, level: f64) -> Option<i128> {
    let whole = seat.whole(level);
    let near = whole.checked_sub(1)?..=whole.checked_add(1)?;
    let least = near.clone().find(|utility| seat.real(*utility) >= level)?;
    (least > *near.start() || seat.real(least.checked_sub(1)?) < level).then_some(least)
}

/// Every turn of a strategy at a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timetable {
    slots: Vec<Slot>,
}

impl Timetable {
    /// The turns of a strategy; `None` when it looks at more than the round, or the seats do not know the end.
    #[must_use]
    pub fn of(strategy: &dyn Strategy, seat: &Seat, clock: &Clock) -> Option<Self> {
        if !plain(clock) {
            return None;
        }
        let mut moment = Moment::of(seat, clock)?;
        let slot = |round: u32| {
            moment.round = round;
            Slot::of(strategy.turn(&mut moment)?, seat)
        };
        Some(Timetable { slots: (1..=clock.rounds).map(slot).collect::<Option<_>>()? })
    }
}

/// Two seats with their outcomes in a form that is quick to walk along, again and again.
#[derive(Debug)]
pub struct Duel {
    seats: [Arc<Seat>; 2],
    /// By seat: what each outcome of its menu is worth to itself.
    own: [Vec<i64>; 2],
    /// By seat: what each outcome of its menu is worth to the other; `None` for what that one may not accept.
    worth: [Vec<Option<i64>>; 2],
}

impl Duel {
    /// Two seats that face each other; `None` where there are not two, outcomes are not listed, or utilities are huge.
    #[must_use]
    pub fn of(seats: &[Arc<Seat>]) -> Option<Self> {
        let [a, b] = seats else { return None };
        Some(Duel { own: [own(a)?, own(b)?], worth: [to_other(a, b)?, to_other(b, a)?], seats: [a.clone(), b.clone()] })
    }

    /// The end of session `index` of a seed: what [`super::play`] gives under alternating offers. `None` where the
    /// timetables are not of these seats and this clock.
    #[must_use]
    pub fn end(&self, tables: [&Timetable; 2], clock: &Clock, address: (u64, u64)) -> Option<Ending> {
        let step = |seat: usize, round: u32, standing: Option<Offer>, stream: &mut Stream| {
            let slot = tables.get(seat)?.slots.get(round as usize - 1)?;
            let key = slot.rank(stream);
            let own = *self.own.get(seat)?.get(key as usize)?;
            let least = slot.least.unwrap_or(own).max(slot.floor);
            if standing.is_some_and(|offer| offer.worth.is_some_and(|worth| worth >= least)) {
                return Some(Step::Accepts);
            }
            Some(Step::Offers(Offer { key, worth: *self.worth.get(seat)?.get(key as usize)? }))
        };
        let walked = walk(clock, address, step)?;
        walked.ending(|by, rank| Some(self.seats.get(by)?.menu().ranked(rank as usize)?.outcome))
    }
}

/// What each outcome of its menu is worth to a seat.
fn own(seat: &Seat) -> Option<Vec<i64>> {
    if let Some(ranking) = seat.menu().ranking() {
        return Some(ranking.utilities().to_vec());
    }
    seat.menu().list()?.iter().map(|choice| i64::try_from(choice.utility).ok()).collect()
}

/// What each outcome of the menu of a seat is worth to another.
fn to_other(seat: &Seat, other: &Seat) -> Option<Vec<Option<i64>>> {
    let free = other.keeps().next().is_none();
    if let (true, Some(ranking)) = (free, seat.menu().ranking())
        && other.menu().has_numbers()
    {
        return Some(ranking.codes().iter().map(|number| other.menu().utility_of(*number)).collect());
    }
    Some(seat.menu().list()?.iter().map(|choice| worth(other, &choice.outcome)).collect())
}

#[cfg(test)]
mod tests;

//! Strategies whose doings follow from the round alone, and sessions of two of them without the table in between.
//!
//! A time-dependent tactic proposes in a round what it would propose in that round of any session, or one of a range of
//! outcomes by chance. Such a [`Timetable`] is worked out once; a session of two is then a walk along two tables. The
//! ending is the same, to the bit, as that of [`super::play`] under alternating offers: a test holds it.

use super::Strategy;
use crate::game::Stream;
use crate::talks::{Choice, Clock, Ending, How, Seat, share};
use std::sync::Arc;

/// What a strategy does in each round of a session with a known end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timetable {
    /// One turn per round.
    pub turns: Vec<Turn>,
    /// Whether it draws one number in each of its turns.
    pub draws: bool,
    /// Offers that are worth less are never accepted.
    pub floor: Option<i128>,
}

/// What it does in one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// It proposes an outcome of its menu from this rank on.
    pub first: u32,
    /// One of so many, each as likely as the others. At least 1.
    pub count: u32,
    /// The least utility of an offer that it accepts; `None`: what it would propose itself.
    pub takes: Option<i128>,
}

/// Two seats with their outcomes in a form that is quick to walk along.
#[derive(Debug)]
pub struct Duel {
    seats: [Arc<Seat>; 2],
    /// By seat: what each outcome of its menu is worth to itself.
    own: [Vec<i64>; 2],
    /// By seat: what each outcome of the menu of the other is worth to it; the least number for what it may not accept.
    other: [Vec<i64>; 2],
}

impl Duel {
    /// Two seats that face each other; `None` where there are not two, outcomes are not listed, or utilities are huge.
    #[must_use]
    pub fn of(seats: &[Arc<Seat>]) -> Option<Self> {
        let [a, b] = seats else { return None };
        Some(Duel { own: [own(a)?, own(b)?], other: [other(a, b)?, other(b, a)?], seats: [a.clone(), b.clone()] })
    }

    /// The end of session `index` of a seed: what [`super::play`] gives under alternating offers. `None` where the
    /// timetables are not for these seats.
    #[must_use]
    pub fn end(&self, tables: [&Timetable; 2], clock: &Clock, (seed, index): (u64, u64)) -> Option<Ending> {
        let mut streams = [Stream::new(seed, index, 0), Stream::new(seed, index, 1)];
        let mut chance = Stream::new(seed, index, crate::talks::TABLE_LANE);
        let floors = tables.map(|t| t.floor.map_or(i64::MIN + 1, |f| i64::try_from(f).unwrap_or(i64::MAX)));
        let mut standing: Option<usize> = None;
        for round in 1..=clock.rounds {
            for seat in 0..2 {
                let turn = tables.get(seat)?.turns.get(round as usize - 1)?;
                let rank = if tables.get(seat)?.draws {
                    turn.first as usize + usize::try_from(share(streams.get_mut(seat)?, u64::from(turn.count))).ok()?
                } else {
                    turn.first as usize
                };
                if let Some(offer) = standing {
                    let worth = *self.other.get(seat)?.get(offer)?;
                    let takes = match turn.takes {
                        Some(takes) => i64::try_from(takes).unwrap_or(if takes < 0 { i64::MIN } else { i64::MAX }),
                        None => *self.own.get(seat)?.get(rank)?,
                    };
                    if worth >= takes.max(*floors.get(seat)?) {
                        let outcome = self.seats.get(1 - seat)?.menu().ranked(offer)?.outcome;
                        return Some(Ending::agreed(round, 2, outcome));
                    }
                }
                standing = Some(rank);
            }
            if round == clock.rounds {
                break;
            }
            if clock.breakdown > 0.0 && chance.uniform() < clock.breakdown {
                return Some(Ending::without(How::Breakdown, round));
            }
        }
        Some(Ending::without(How::Deadline, clock.rounds))
    }
}

/// What each outcome of its menu is worth to a seat.
fn own(seat: &Seat) -> Option<Vec<i64>> {
    if let Some(ranking) = seat.menu().ranking() {
        return Some(ranking.utilities().to_vec());
    }
    let small = |choice: &Choice| i64::try_from(choice.utility).ok().filter(|u| *u != i64::MIN);
    seat.menu().list()?.iter().map(small).collect()
}

/// What each outcome of the menu of another seat is worth to a seat; the least number for what it may not accept.
fn other(seat: &Seat, faces: &Seat) -> Option<Vec<i64>> {
    let free = seat.keeps().next().is_none();
    if let (true, Some(ours), Some(theirs)) = (free, seat.menu().ranking(), faces.menu().ranking()) {
        let worth = |code: &u32| ours.sums().get(*code as usize).copied();
        return theirs.codes().iter().map(worth).collect();
    }
    let worth = |choice: &Choice| {
        let permitted = seat.permits(&choice.outcome);
        if permitted { i64::try_from(seat.utility(&choice.outcome)).ok() } else { Some(i64::MIN) }
    };
    faces.menu().list()?.iter().map(worth).collect()
}

/// The timetables of two strategies at two seats, where both have one and the clock has nothing but rounds and breakdown.
#[must_use]
pub fn timetables(seats: &[Arc<Seat>], strategies: &[&dyn Strategy], clock: &Clock) -> Option<[Timetable; 2]> {
    let ([a, b], [of_a, of_b]) = (seats, strategies) else { return None };
    if !clock.moves.is_empty() || !clock.known {
        return None;
    }
    Some([of_a.timetable(a, clock)?, of_b.timetable(b, clock)?])
}

#[cfg(test)]
mod tests;

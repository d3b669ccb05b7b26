//! Strategies whose doings follow from the round alone, and sessions of two of them without the table in between.
//!
//! A time-dependent tactic proposes in a round what it would propose in that round of any session, or one of a range of
//! outcomes by chance. A session of two is then a walk along their turns. The ending is the same, to the bit, as that of
//! [`super::play`] under alternating offers: a test holds it.
//!
//! - [`end_of_two`] plays one session, and works out no more turns than it has rounds;
//! - [`Duel`] with a [`Timetable`] for each side plays many between the same two: turns and utilities are worked out once.

use super::Strategy;
use crate::game::Stream;
use crate::talks::{Choice, Clock, Ending, How, Seat, TABLE_LANE, share};
use std::sync::Arc;

/// What a strategy does in one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// It proposes an outcome of its menu from this rank on.
    pub first: u32,
    /// One of so many, each as likely as the others. At least 1.
    pub count: u32,
    /// Whether it draws a number for that.
    pub draws: bool,
    /// The least utility of an offer that it accepts; `None`: what it would propose itself.
    pub takes: Option<i128>,
    /// Offers that are worth less are never accepted.
    pub floor: Option<i128>,
}

impl Turn {
    /// The rank it proposes.
    fn rank(&self, stream: &mut Stream) -> usize {
        let further = if self.draws { share(stream, u64::from(self.count)) } else { 0 };
        self.first as usize + usize::try_from(further).unwrap_or(0)
    }

    /// The least utility it accepts, given what its own proposal is worth.
    fn least(&self, own: i64) -> i64 {
        let bound = |utility: i128| i64::try_from(utility).unwrap_or(if utility < 0 { i64::MIN } else { i64::MAX });
        self.takes.map_or(own, bound).max(self.floor.map_or(i64::MIN + 1, bound))
    }
}

/// Every turn of a strategy at a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timetable {
    turns: Vec<Turn>,
}

impl Timetable {
    /// The turns of a strategy; `None` when it looks at more than the round, or the seats do not know the end.
    #[must_use]
    pub fn of(strategy: &dyn Strategy, seat: &Seat, clock: &Clock) -> Option<Self> {
        if !plain(clock) {
            return None;
        }
        let turns = (1..=clock.rounds).map(|round| strategy.turn(seat, clock, round)).collect::<Option<Vec<Turn>>>()?;
        Some(Timetable { turns })
    }
}

/// Whether rounds that all know, and chance, are all that can end a session.
fn plain(clock: &Clock) -> bool {
    clock.known && clock.moves.is_empty()
}

/// A walk of two along their turns: `turn(seat, round)`, `own(seat, rank)` what its proposal is worth to a seat, and
/// `other(seat, rank)` what the proposal of the other is. Gives the round and the seat and rank of what was accepted.
fn walk(
    clock: &Clock,
    (seed, index): (u64, u64),
    mut turn: impl FnMut(usize, u32) -> Option<Turn>,
    mut own: impl FnMut(usize, usize) -> Option<i64>,
    mut other: impl FnMut(usize, usize) -> Option<i64>,
) -> Option<Walked> {
    let mut streams = [Stream::new(seed, index, 0), Stream::new(seed, index, 1)];
    let mut chance = Stream::new(seed, index, TABLE_LANE);
    let mut standing: Option<usize> = None;
    for round in 1..=clock.rounds {
        for (seat, stream) in streams.iter_mut().enumerate() {
            let turn = turn(seat, round)?;
            let rank = turn.rank(stream);
            if let Some(offer) = standing
                && other(seat, offer)? >= turn.least(own(seat, rank)?)
            {
                return Some(Walked::Accepted { round, by: 1 - seat, rank: offer });
            }
            standing = Some(rank);
        }
        if round < clock.rounds && clock.breakdown > 0.0 && chance.uniform() < clock.breakdown {
            return Some(Walked::Ended(How::Breakdown, round));
        }
    }
    Some(Walked::Ended(How::Deadline, clock.rounds))
}

/// How a walk ended.
enum Walked {
    Accepted { round: u32, by: usize, rank: usize },
    Ended(How, u32),
}

impl Walked {
    fn ending(self, seats: [&Seat; 2]) -> Option<Ending> {
        match self {
            Walked::Accepted { round, by, rank } => {
                let outcome = seats.get(by)?.menu().ranked(rank)?.outcome;
                Some(Ending::agreed(round, 2, outcome))
            }
            Walked::Ended(how, round) => Some(Ending::without(how, round)),
        }
    }
}

/// The end of session `index` of a seed between two strategies whose doings follow from the round alone: what
/// [`super::play`] gives under alternating offers. `None` where they do not, or there are not two.
#[must_use]
pub fn end_of_two(
    seats: &[Arc<Seat>],
    strategies: &[&dyn Strategy],
    clock: &Clock,
    address: (u64, u64),
) -> Option<Ending> {
    let ([a, b], [of_a, of_b]) = (seats, strategies) else { return None };
    if !plain(clock) {
        return None;
    }
    let (seats, strategies) = ([a.as_ref(), b.as_ref()], [*of_a, *of_b]);
    let turn = |seat: usize, round: u32| strategies.get(seat)?.turn(seats.get(seat)?, clock, round);
    let own = |seat: usize, rank: usize| i64::try_from(seats.get(seat)?.menu().utility_at(rank)?).ok();
    let other = |seat: usize, rank: usize| {
        let offer = seats.get(1 - seat)?.menu().ranked(rank)?.outcome;
        worth(seats.get(seat)?, &offer)
    };
    walk(clock, address, turn, own, other)?.ending(seats)
}

/// What an offer is worth to a seat; the least number for what it may not accept.
fn worth(seat: &Seat, offer: &crate::game::Outcome) -> Option<i64> {
    if seat.permits(offer) { i64::try_from(seat.utility(offer)).ok() } else { Some(i64::MIN) }
}

/// Two seats with their outcomes in a form that is quick to walk along, again and again.
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
    /// timetables are not of these seats and this clock.
    #[must_use]
    pub fn end(&self, tables: [&Timetable; 2], clock: &Clock, address: (u64, u64)) -> Option<Ending> {
        let turn = |seat: usize, round: u32| tables.get(seat)?.turns.get(round as usize - 1).copied();
        let own = |seat: usize, rank: usize| self.own.get(seat)?.get(rank).copied();
        let other = |seat: usize, rank: usize| self.other.get(seat)?.get(rank).copied();
        let [a, b] = &self.seats;
        walk(clock, address, turn, own, other)?.ending([a, b])
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

/// What each outcome of the menu of another seat is worth to a seat.
fn other(seat: &Seat, faces: &Seat) -> Option<Vec<i64>> {
    let free = seat.keeps().next().is_none();
    if let (true, Some(ours), Some(theirs)) = (free, seat.menu().ranking(), faces.menu().ranking()) {
        return theirs.codes().iter().map(|code| ours.sums().get(*code as usize).copied()).collect();
    }
    faces.menu().list()?.iter().map(|choice| worth(seat, &choice.outcome)).collect()
}

#[cfg(test)]
mod tests;

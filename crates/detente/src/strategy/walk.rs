//! Sessions of two strategies that say their turns, without the table in between.
//!
//! A time-dependent tactic proposes in a round what it would propose in that round of any session, or one of a range of
//! outcomes by chance; MiCRO counts offers. A session of two such strategies is a walk along their turns. The ending is
//! the same, to the bit, as that of [`super::play`] under alternating offers: a test holds it.

use super::different::Different;
use super::{Moment, Proposal, Strategy, Turn};
use crate::game::{Outcome, Stream};
use crate::talks::{Clock, Ending, Found, How, Seat, TABLE_LANE, share};
use std::sync::Arc;

/// Whether rounds that all know, and chance, are all that can end a session.
pub(super) fn plain(clock: &Clock) -> bool {
    clock.known && clock.moves.is_empty()
}

/// An offer on a walk.
#[derive(Debug, Clone, Copy)]
pub(super) struct Offer {
    /// What the one who makes it finds it by.
    pub(super) key: u32,
    /// What it is worth to the other; `None`: that one may not accept it.
    pub(super) worth: Option<i64>,
}

/// What is done in a turn.
pub(super) enum Step {
    Accepts,
    Offers(Offer),
}

/// How a walk ended.
pub(super) enum Walked {
    Accepted { round: u32, by: usize, key: u32 },
    Ended(How, u32),
}

/// A walk of two: `step(seat, round, standing, stream)` says what a seat does in its turn of a round, where `standing` is
/// the offer of the other.
pub(super) fn walk(
    clock: &Clock,
    (seed, index): (u64, u64),
    mut step: impl FnMut(usize, u32, Option<Offer>, &mut Stream) -> Option<Step>,
) -> Option<Walked> {
    let mut streams = [Stream::new(seed, index, 0), Stream::new(seed, index, 1)];
    let mut chance = Stream::new(seed, index, TABLE_LANE);
    let mut standing: Option<Offer> = None;
    for round in 1..=clock.rounds {
        for (seat, stream) in streams.iter_mut().enumerate() {
            match (step(seat, round, standing, stream)?, standing) {
                (Step::Accepts, Some(offer)) => return Some(Walked::Accepted { round, by: 1 - seat, key: offer.key }),
                (Step::Accepts, None) => return None,
                (Step::Offers(offer), _) => standing = Some(offer),
            }
        }
        if round < clock.rounds && clock.breakdown > 0.0 && chance.uniform() < clock.breakdown {
            return Some(Walked::Ended(How::Breakdown, round));
        }
    }
    Some(Walked::Ended(How::Deadline, clock.rounds))
}

impl Walked {
    /// The ending, given what the key of a seat stands for.
    pub(super) fn ending(self, outcome: impl Fn(usize, u32) -> Option<Outcome>) -> Option<Ending> {
        match self {
            Walked::Accepted { round, by, key } => Some(Ending::agreed(round, 2, outcome(by, key)?)),
            Walked::Ended(how, round) => Some(Ending::without(how, round)),
        }
    }
}

/// One of the two.
struct Side<'a> {
    strategy: &'a dyn Strategy,
    moment: Moment<'a>,
    other: &'a Seat,
    /// Whether the numbers of outcomes mean the same to both, and nothing is forbidden to the other.
    alike: bool,
    /// The last offer, with its utility.
    last: Option<(Found, Offer)>,
    /// The offers made, by their keys.
    made: Different,
}

impl<'a> Side<'a> {
    fn of(strategy: &'a dyn Strategy, seat: &'a Seat, other: &'a Seat, clock: &'a Clock) -> Option<Self> {
        let alike = other.keeps().next().is_none() && Arc::ptr_eq(&seat.space, &other.space);
        let moment = Moment::of(seat, clock)?;
        Some(Side { strategy, moment, other, alike, last: None, made: Different::default() })
    }

    fn step(&mut self, round: u32, heard: usize, standing: Option<Offer>, stream: &mut Stream) -> Option<Step> {
        self.moment.round = round;
        self.moment.offers = Some((self.made.count(), heard));
        let turn = self.strategy.turn(&mut self.moment)?;
        let found = self.proposed(&turn, stream)?;
        if standing.is_some_and(|offer| turn.takes(self.moment.seat(), found.utility, offer.worth)) {
            return Some(Step::Accepts);
        }
        let worth = match &self.last {
            Some((last, offer)) if *last == found => offer.worth,
            _ => {
                self.made.note(found.key);
                self.worth(found.key)
            }
        };
        let offer = Offer { key: found.key, worth };
        self.last = Some((found, offer));
        Some(Step::Offers(offer))
    }

    fn proposed(&mut self, turn: &Turn, stream: &mut Stream) -> Option<Found> {
        let menu = self.moment.seat().menu();
        match turn.proposes {
            Proposal::Worth(utility) => {
                let found = self.moment.found(utility)?;
                (i128::from(found.utility) == utility).then_some(found)
            }
            Proposal::AnyFrom(least) => {
                let count = menu.count_from(least).filter(|count| *count > 0)?;
                menu.find_ranked(usize::try_from(share(stream, count as u64)).ok()?)
            }
            Proposal::Ranked(rank) => menu.find_ranked(rank),
            Proposal::AnyOf(count) => menu.find_ranked(usize::try_from(stream.below(count as u64)).ok()?),
        }
    }

    /// What its outcome of a key is worth to the other.
    fn worth(&self, key: u32) -> Option<i64> {
        if self.alike
            && self.moment.seat().menu().has_numbers()
            && let Some(worth) = self.other.menu().utility_of(key)
        {
            return Some(worth);
        }
        worth(self.other, &self.moment.seat().menu().found(key)?)
    }
}

/// What an offer is worth to a seat; `None` for what it may not accept.
pub(super) fn worth(seat: &Seat, offer: &Outcome) -> Option<i64> {
    seat.permits(offer).then(|| i64::try_from(seat.utility(offer)).ok()).flatten()
}

/// The end of session `index` of a seed between two strategies that say their turns: what [`super::play`] gives under
/// alternating offers. `None` where they do not, where there are not two, or where outcomes are not listed.
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
    let mut sides = [Side::of(*of_a, a, b, clock)?, Side::of(*of_b, b, a, clock)?];
    let step = |seat: usize, round: u32, standing: Option<Offer>, stream: &mut Stream| {
        let heard = sides.get(1 - seat)?.made.count();
        sides.get_mut(seat)?.step(round, heard, standing, stream)
    };
    let walked = walk(clock, address, step)?;
    walked.ending(|by, key| seats.get(by)?.menu().found(key))
}

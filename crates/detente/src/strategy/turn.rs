//! Turns of strategies whose doings follow from the clock, and from how many different offers have been made.

use crate::talks::{Clock, Found, Seat};

/// What a strategy does in one turn of alternating offers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turn {
    /// What it proposes.
    pub proposes: Proposal,
    /// Which offers it accepts.
    pub accepts: Accepts,
    /// Offers that are worth less are never accepted.
    pub floor: Option<i128>,
}

/// What is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proposal {
    /// The first of the outcomes that are worth exactly this. There has to be one.
    Worth(i128),
    /// Any of the outcomes that are worth at least this, each as likely as the others: one number is drawn.
    AnyFrom(i128),
    /// The outcome at a rank of the menu, the best at 0.
    Ranked(usize),
    /// Any of the so many best, each as likely as the others: drawn without bias, where there is more than none.
    AnyOf(usize),
}

/// Which offers are accepted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Accepts {
    /// Those worth at least what it would propose itself.
    Own,
    /// Those worth at least this.
    Least(i128),
    /// Those worth at least this as a real number, 1 for what the seat's unit is.
    Real(f64),
}

impl Turn {
    /// Whether it accepts an offer of this worth, given what its own proposal is worth. `None`: it may not.
    pub(super) fn takes(&self, seat: &Seat, own: i64, worth: Option<i64>) -> bool {
        let Some(worth) = worth.map(i128::from) else { return false };
        let enough = match self.accepts {
            Accepts::Own => worth >= i128::from(own),
            Accepts::Least(least) => worth >= least,
            Accepts::Real(least) => seat.real(worth) >= least,
        };
        enough && self.floor.is_none_or(|floor| worth >= floor)
    }
}

/// A moment of a session at one seat, for a strategy that says its turn.
#[derive(Debug)]
pub struct Moment<'a> {
    seat: &'a Seat,
    clock: &'a Clock,
    ends: Option<(i128, i128)>,
    reals: Option<(f64, f64)>,
    pub(super) round: u32,
    pub(super) offers: Option<(usize, usize)>,
    last: Option<Gap>,
}

/// Outcomes that are worth at least a bound between `below`, not included, and what was found for it, are at least that.
#[derive(Debug, Clone, Copy)]
struct Gap {
    below: i128,
    found: Found,
}

impl<'a> Moment<'a> {
    /// The first moment of a seat; `None` where its outcomes are not listed.
    pub(super) fn of(seat: &'a Seat, clock: &'a Clock) -> Option<Self> {
        let ends = seat.menu().ends();
        let reals = ends.map(|(best, worst)| {
            let least = seat.reservation.map_or(worst, |floor| floor.max(worst));
            (seat.real(best), seat.real(least))
        });
        seat.menu().is_listed().then_some(Moment { seat, clock, ends, reals, round: 1, offers: None, last: None })
    }

    /// The seat.
    #[must_use]
    pub fn seat(&self) -> &'a Seat {
        self.seat
    }

    /// How long the session may take.
    #[must_use]
    pub fn clock(&self) -> &'a Clock {
        self.clock
    }

    /// The round, from 1 on.
    #[must_use]
    pub fn round(&self) -> u32 {
        self.round
    }

    /// How many different offers the seat has made and how many it has heard; `None`: a turn is asked for that holds
    /// whatever these are.
    #[must_use]
    pub fn offers(&self) -> Option<(usize, usize)> {
        self.offers
    }

    /// The utilities of the best and of the worst outcome it may propose; `None` when there is none.
    #[must_use]
    pub fn ends(&self) -> Option<(i128, i128)> {
        self.ends
    }

    /// The best outcome, and the worst or no agreement, whichever is better, as real numbers.
    #[must_use]
    pub fn reals(&self) -> Option<(f64, f64)> {
        self.reals
    }

    /// The utility of the cheapest outcome that is worth at least this much. Quick where the answer is that of the last
    /// question, as it is in most rounds for a strategy that holds out.
    pub fn at_least(&mut self, utility: i128) -> Option<i128> {
        self.found(utility).map(|found| i128::from(found.utility))
    }

    /// That outcome.
    pub(super) fn found(&mut self, utility: i128) -> Option<Found> {
        let menu = self.seat.menu();
        if let Some(gap) = &self.last
            && gap.below < utility
            && utility <= i128::from(gap.found.utility)
        {
            return Some(gap.found);
        }
        let found = menu.find_at_least(utility)?;
        let again = self.last.is_some_and(|gap| gap.found == found);
        // The same as before: where the next one comes is worth to know, so that nobody asks again until then.
        let next = if again { menu.find_at_most(i128::from(found.utility) - 1) } else { None };
        let below = next.map_or(utility - 1, |next| i128::from(next.utility));
        self.last = Some(Gap { below, found });
        Some(found)
    }
}

//! Conditions for accepting, apart from what is proposed.
//!
//! Baarslag, Hindriks and Jonker, *Acceptance conditions in automated negotiation* (2013), and *Effective acceptance
//! conditions in real-time automated negotiation* (Decision Support Systems 60, 2014). Utilities are real numbers in the
//! scale of the seat's own profile, where the best is usually 1. Whatever a condition says, nothing is accepted that the
//! seat does not tolerate ([`View::tolerates`]).

use super::recipe::{Named, Parameter};
use crate::game::Outcome;
use crate::talks::View;

/// A condition for accepting an offer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Acceptance {
    /// `scale * offer + plus` is worth at least what would be proposed next (AC_next).
    Next {
        /// What the utility of the offer is multiplied by.
        scale: f64,
        /// What is added to it.
        plus: f64,
    },
    /// `scale * offer + plus` is worth at least what was proposed last (AC_prev). Nothing, before the first proposal.
    Previous {
        /// What the utility of the offer is multiplied by.
        scale: f64,
        /// What is added to it.
        plus: f64,
    },
    /// The offer is worth this much (AC_const).
    Constant(f64),
    /// This share of the time has passed (AC_time).
    Time(f64),
    /// The offer falls short of what was proposed last by no more than this (AC_gap).
    Gap(f64),
    /// As [`Acceptance::Next`], and from this time on as well what is worth `least`, or, without it, what is worth as much
    /// as this measure of the offers received (AC_combi).
    Combined {
        /// The time.
        after: f64,
        /// What an offer is held to from then on.
        against: Against,
    },
    /// Everything that is tolerated.
    Always,
    /// Nothing.
    Never,
}

/// What an offer is held to when time is short.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Against {
    /// A utility.
    Constant(f64),
    /// The best offer received so far.
    Best,
    /// The best offer received in as much time as is left, looking back (AC_combi max in window).
    BestInWindow,
    /// The mean of the offers received in as much time as is left, looking back (AC_combi average in window).
    MeanInWindow,
}

impl Acceptance {
    /// Whether an offer is accepted now; `next` gives what would be proposed otherwise, `None` for leaving.
    pub fn accepts(&self, view: &View<'_>, offer: &Outcome, next: &mut dyn FnMut() -> Option<Outcome>) -> bool {
        if !view.tolerates(offer) {
            return false;
        }
        let seat = view.seat();
        let worth = seat.utility(offer);
        let real = |outcome: &Outcome| seat.real(seat.utility(outcome));
        let mut reaches_next = || next().is_none_or(|next| worth >= seat.utility(&next));
        match *self {
            Acceptance::Always => true,
            Acceptance::Never => false,
            #[expect(clippy::float_cmp, reason = "as given: then whole numbers are compared, without rounding")]
            Acceptance::Next { scale, plus } if scale == 1.0 && plus == 0.0 => reaches_next(),
            Acceptance::Next { scale, plus } => next().is_none_or(|next| scale * real(offer) + plus >= real(&next)),
            Acceptance::Previous { scale, plus } => {
                view.last_made().is_some_and(|last| scale * real(offer) + plus >= real(last))
            }
            Acceptance::Constant(least) => real(offer) >= least,
            Acceptance::Time(after) => view.time() >= after,
            Acceptance::Gap(gap) => view.last_made().is_some_and(|last| real(offer) + gap >= real(last)),
            Acceptance::Combined { after, against } => {
                reaches_next() || (view.time() >= after && against.reached(view, real(offer)))
            }
        }
    }
}

impl Against {
    fn reached(self, view: &View<'_>, worth: f64) -> bool {
        match self {
            Against::Constant(least) => worth >= least,
            Against::Best => received(view, 0.0).all(|other| worth >= other),
            Against::BestInWindow => received(view, 2.0 * view.time() - 1.0).all(|other| worth >= other),
            Against::MeanInWindow => {
                let (sum, count) =
                    received(view, 2.0 * view.time() - 1.0).fold((0.0, 0.0), |(s, n), other| (s + other, n + 1.0));
                worth * count >= sum
            }
        }
    }
}

/// The utilities of the offers received since a time, the last first.
fn received<'a>(view: &'a View<'_>, since: f64) -> impl Iterator<Item = f64> + 'a {
    let (seat, rounds) = (view.seat(), view.rounds());
    let events = view.events().rev().take_while(move |event| time_of(rounds, event.round) >= since);
    let others = events.filter_map(crate::talks::Event::offer).filter(move |(by, _)| *by != seat.at);
    others.map(move |(_, outcome)| seat.real(seat.utility(outcome)))
}

/// The time at a round, as [`View::time`] counts it.
pub(super) fn time_of(rounds: Option<u32>, round: u32) -> f64 {
    let passed = f64::from(round.saturating_sub(1));
    rounds.map_or(passed / (passed + 99.0), |rounds| passed / f64::from(rounds.max(1)))
}

const SOURCE: &str = "Baarslag, Hindriks and Jonker, Acceptance conditions in automated negotiation, 2013";
const SCALE: Parameter = Parameter::number("a", 1.0, (0.0, 10.0), "what the utility of the offer is multiplied by");
const PLUS: Parameter = Parameter::number("b", 0.0, (-10.0, 10.0), "what is added to it");
const AFTER: Parameter = Parameter::number("t", 0.98, (0.0, 1.0), "the share of the time from which it holds");

/// The conditions known by name.
pub(super) const ENTRIES: &[Named<Acceptance>] = &[
    Named::new("next", "a * offer + b is worth at least what would be proposed next", SOURCE, |given| {
        Acceptance::Next { scale: given.number("a"), plus: given.number("b") }
    })
    .aliases(&["ac-next"])
    .takes(&[SCALE, PLUS]),
    Named::new("previous", "a * offer + b is worth at least what was proposed last", SOURCE, |given| {
        Acceptance::Previous { scale: given.number("a"), plus: given.number("b") }
    })
    .aliases(&["ac-prev", "ac-previous"])
    .takes(&[SCALE, PLUS]),
    Named::new("const", "the offer is worth this much", SOURCE, |given| Acceptance::Constant(given.number("least")))
        .aliases(&["constant", "ac-const"])
        .takes(&[Parameter::number("least", 0.9, (-1e6, 1e6), "the least utility that is accepted")]),
    Named::new("time", "this share of the time has passed", SOURCE, |given| Acceptance::Time(given.number("t")))
        .aliases(&["ac-time"])
        .takes(&[AFTER]),
    Named::new("gap", "the offer falls short of what was proposed last by no more than this", SOURCE, |given| {
        Acceptance::Gap(given.number("c"))
    })
    .aliases(&["ac-gap"])
    .takes(&[Parameter::number("c", 0.01, (-1e6, 1e6), "the most it may fall short by")]),
    Named::new("combi", "as `next`, and late on what is worth `least` as well", SOURCE, |given| Acceptance::Combined {
        after: given.number("t"),
        against: Against::Constant(given.number("least")),
    })
    .aliases(&["ac-combi"])
    .takes(&[AFTER, Parameter::number("least", 0.0, (-1e6, 1e6), "what is accepted late on")]),
    Named::new("combi-max", "as `next`, and late on the best offer so far as well", SOURCE, |given| {
        Acceptance::Combined { after: given.number("t"), against: Against::Best }
    })
    .aliases(&["ac-combi-max"])
    .takes(&[AFTER]),
    Named::new(
        "combi-max-in-window",
        "as `next`, and late on the best offer within as much time as is left as well",
        SOURCE,
        |given| Acceptance::Combined { after: given.number("t"), against: Against::BestInWindow },
    )
    .aliases(&["ac-combi-max-in-window"])
    .takes(&[AFTER]),
    Named::new(
        "combi-mean-in-window",
        "as `next`, and late on what reaches the mean of the offers within as much time as is left as well",
        SOURCE,
        |given| Acceptance::Combined { after: given.number("t"), against: Against::MeanInWindow },
    )
    .aliases(&["combi-average-in-window", "ac-combi-avg-in-window"])
    .takes(&[AFTER]),
    Named::new("always", "everything that is tolerated", SOURCE, |_| Acceptance::Always).aliases(&["ac-true"]),
    Named::new("never", "nothing", SOURCE, |_| Acceptance::Never).aliases(&["ac-false"]),
];

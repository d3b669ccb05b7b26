//! The time-based negotiators of NegMAS, by its own rules: for comparison with sessions of that program.
//!
//! Definition from NegMAS 0.16 (Mohammad, Nakadai and Greenwald, *NegMAS: a platform for automated negotiations*, 2021).
//! In round r of R the time is r / (R + 1), and the aspiration is 1 - time^exponent, on a scale from its worst outcome, or
//! its reservation value if that is more, to its best. From the level so found 0.0001 is taken away. It accepts what is
//! worth at least the level, and proposes the cheapest outcome that is; an outcome that falls short of the level by less
//! than 0.000001 and is nearer to it goes before.
//!
//! Known behaviour: it neither proposes nor accepts what is worth less than no agreement, unless nothing else is there:
//! where its reservation value is more than its best outcome, it proposes its best. The order of outcomes of equal utility
//! is left to the sorting routine in NegMAS; here it is lexicographic.

use super::recipe::{Entry, Parameter};
use super::{Strategy, Turn};
use crate::game::{Outcome, Stream};
use crate::talks::{Choice, Clock, Seat, View};

/// How much less than the aspiration is enough.
const SLACK: f64 = 1e-4;
/// How much less than the level passes for the level where it is looked up.
const NEAR: f64 = 1e-6;

/// A time-based negotiator of NegMAS.
#[derive(Debug, Clone)]
pub struct NegmasTime {
    exponent: f64,
}

impl NegmasTime {
    /// A negotiator of this exponent: 4 is NegMAS's Boulware, 1 its linear one, 0.25 its Conceder.
    #[must_use]
    pub fn new(exponent: f64) -> Self {
        NegmasTime { exponent }
    }

    /// The level now, in real numbers; `None` when there are no outcomes.
    fn level(&self, view: &View<'_>) -> Option<f64> {
        let time = view.rounds().map_or_else(|| view.time(), |rounds| passed(view.round(), rounds));
        self.level_at(view.seat(), view.floor(), time)
    }

    fn level_at(&self, seat: &Seat, floor: Option<i128>, time: f64) -> Option<f64> {
        let (best, worst) = seat.menu().ends()?;
        let top = seat.real(best);
        let bottom = seat.real(floor.map_or(worst, |floor| floor.max(worst)));
        let level = (top - bottom) * (1.0 - time.powf(self.exponent)) + bottom - SLACK;
        Some(level.min(top).max(bottom))
    }
}

/// The time in a round.
fn passed(round: u32, rounds: u32) -> f64 {
    f64::from(round) / (f64::from(rounds) + 1.0)
}

/// What is proposed at a level.
fn choice(seat: &Seat, floor: Option<i128>, level: f64) -> Option<Choice> {
    let menu = seat.menu();
    let whole = seat.whole(level);
    let real = |choice: &Choice| seat.real(choice.utility);
    let rational = |choice: &Choice| floor.is_none_or(|floor| choice.utility >= floor);
    let above = menu.at_least(whole).filter(rational);
    let far = above.as_ref().map_or(f64::INFINITY, |choice| (real(choice) - level).abs());
    let just = |choice: &Choice| real(choice) >= level - NEAR && (real(choice) - level).abs() < far;
    let below = menu.below(whole).filter(rational).filter(just);
    below.or(above).or_else(|| menu.best())
}

/// The least whole utility whose real number reaches a level; `None` where whole numbers are too large to tell.
fn reaching(seat: &Seat, level: f64) -> Option<i128> {
    let whole = seat.whole(level);
    let near = whole.checked_sub(1)?..=whole.checked_add(1)?;
    let least = near.clone().find(|utility| seat.real(*utility) >= level)?;
    (least > *near.start() || seat.real(least.checked_sub(1)?) < level).then_some(least)
}

impl Strategy for NegmasTime {
    fn open(&self, _: Stream) -> Box<dyn Strategy> {
        Box::new(self.clone())
    }

    fn propose(&mut self, view: &View<'_>) -> Option<Outcome> {
        let level = self.level(view)?;
        choice(view.seat(), view.floor(), level).map(|choice| choice.outcome)
    }

    fn accepts(&mut self, view: &View<'_>, offer: &Outcome) -> bool {
        let seat = view.seat();
        view.tolerates(offer) && self.level(view).is_some_and(|level| seat.real(seat.utility(offer)) >= level)
    }

    fn turn(&self, seat: &Seat, clock: &Clock, round: u32) -> Option<Turn> {
        let floor = seat.reservation;
        let level = self.level_at(seat, floor, passed(round, clock.rounds))?;
        let found = choice(seat, floor, level)?.utility;
        let first = u32::try_from(seat.menu().count_from(found.saturating_add(1))?).ok()?;
        Some(Turn { first, count: 1, draws: false, takes: Some(reaching(seat, level)?), floor })
    }
}

const SOURCE: &str = "NegMAS 0.16; Mohammad, Nakadai and Greenwald, 2021";

const fn exponent(default: f64) -> [Parameter; 1] {
    [Parameter::number("exponent", default, (0.001, 1000.0), "above 1 holds out, below 1 gives way early")]
}

/// NegMAS's negotiators known by name.
pub(super) const ENTRIES: &[Entry] = &[
    Entry::new("negmas-boulware", "NegMAS's Boulware, by its own rules", SOURCE, |given| {
        Box::new(NegmasTime::new(given.number("exponent")))
    })
    .aliases(&["negmas-aspiration"])
    .takes(&exponent(4.0)),
    Entry::new("negmas-linear", "NegMAS's linear negotiator, by its own rules", SOURCE, |_| {
        Box::new(NegmasTime::new(1.0))
    }),
    Entry::new("negmas-conceder", "NegMAS's Conceder, by its own rules", SOURCE, |given| {
        Box::new(NegmasTime::new(given.number("exponent")))
    })
    .takes(&exponent(0.25)),
];

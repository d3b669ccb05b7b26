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
use super::time::power;
use super::{Accepts, Moment, Proposal, Strategy, Turn};
use crate::game::{Outcome, Stream};
use crate::talks::{Choice, Seat, View};

/// How much less than the aspiration is enough.
const SLACK: f64 = 1e-4;
/// How much less than the level passes for the level where it is looked up.
const NEAR: f64 = 1e-6;

/// A time-based negotiator of NegMAS.
#[derive(Debug, Clone)]
pub struct NegmasTime {
    exponent: f64,
    /// The level, and how long the log was when it was worked out.
    now: Option<(usize, f64)>,
}

impl NegmasTime {
    /// A negotiator of this exponent: 4 is NegMAS's Boulware, 1 its linear one, 0.25 its Conceder.
    #[must_use]
    pub fn new(exponent: f64) -> Self {
        NegmasTime { exponent, now: None }
    }

    /// The level now, in real numbers; `None` when there are no outcomes.
    fn level(&mut self, view: &View<'_>) -> Option<f64> {
        if let Some((_, level)) = self.now.filter(|(heard, _)| *heard == view.heard()) {
            return Some(level);
        }
        let time = view.rounds().map_or_else(|| view.time(), |rounds| passed(view.round(), rounds));
        let seat = view.seat();
        let (best, worst) = seat.menu().ends()?;
        let least = view.floor().map_or(worst, |floor| floor.max(worst));
        let level = self.level_between(seat.real(best), seat.real(least), time);
        self.now = Some((view.heard(), level));
        Some(level)
    }

    fn level_between(&self, top: f64, bottom: f64, time: f64) -> f64 {
        let level = (top - bottom) * (1.0 - power(time, self.exponent)) + bottom - SLACK;
        level.min(top).max(bottom)
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
    let rational = |choice: &Choice| floor.is_none_or(|floor| choice.utility >= floor);
    // What falls short of the level and may go before it is looked for only where there is such a thing.
    let near = menu.at_least(nearly(seat, level, whole));
    if let Some(near) = near.filter(|near| near.utility >= whole && rational(near)) {
        return Some(near);
    }
    let real = |choice: &Choice| seat.real(choice.utility);
    let above = menu.at_least(whole).filter(rational);
    let far = above.as_ref().map_or(f64::INFINITY, |choice| (real(choice) - level).abs());
    let just = |choice: &Choice| real(choice) >= level - NEAR && (real(choice) - level).abs() < far;
    let below = menu.below(whole).filter(rational).filter(just);
    below.or(above).or_else(|| menu.best())
}

/// No more than any whole utility that passes for a level; `whole`: the least that reaches it.
fn nearly(seat: &Seat, level: f64, whole: i128) -> i128 {
    seat.whole(level - NEAR).min(whole).saturating_sub(1)
}

impl Strategy for NegmasTime {
    fn open(&self, _: Stream) -> Box<dyn Strategy> {
        Box::new(NegmasTime::new(self.exponent))
    }

    fn propose(&mut self, view: &View<'_>) -> Option<Outcome> {
        let level = self.level(view)?;
        choice(view.seat(), view.floor(), level).map(|choice| choice.outcome)
    }

    fn accepts(&mut self, view: &View<'_>, offer: &Outcome) -> bool {
        let seat = view.seat();
        view.tolerates(offer) && self.level(view).is_some_and(|level| seat.real(seat.utility(offer)) >= level)
    }

    fn turn(&self, moment: &mut Moment<'_>) -> Option<Turn> {
        let seat = moment.seat();
        let floor = seat.reservation;
        let (top, bottom) = moment.reals()?;
        let level = self.level_between(top, bottom, passed(moment.round(), moment.clock().rounds));
        let whole = seat.whole(level);
        let near = moment.at_least(nearly(seat, level, whole));
        let found = match near.filter(|near| *near >= whole && floor.is_none_or(|floor| *near >= floor)) {
            Some(near) => near,
            None => choice(seat, floor, level)?.utility,
        };
        Some(Turn { proposes: Proposal::Worth(found), accepts: Accepts::Real(level), floor })
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

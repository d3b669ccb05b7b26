//! Time-dependent tactics (Faratin, Sierra and Jennings 1998): how much to ask for follows from the time alone.

use super::recipe::{Entry, Given, Parameter};
use super::{Accepts, Moment, Proposal, Strategy, Turn};
use crate::game::{Outcome, Stream};
use crate::talks::{Choice, Menu, View};

/// How the target falls with time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Curve {
    /// `1 - t^(1/e)`: e below 1 holds out (Boulware), 1 is linear, above 1 gives way early (Conceder).
    Polynomial(f64),
    /// `1 - exp((1 - t)^e ln k)` with k = 0.05: falls from 1 - k to 0 (Faratin's exponential). e below 1 holds out, longer than
    /// the polynomial of the same e; above 1 gives way early.
    Exponential(f64),
}

/// Which outcome is proposed at a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// The cheapest that is worth at least the target.
    AtLeast,
    /// The one whose utility is nearest to it.
    Nearest,
    /// Any that is worth at least the target, by chance.
    Random,
}

/// A time-dependent tactic: the target falls from the best outcome to the floor, and it accepts what is worth at least
/// what it would propose next. Where nothing is worth that much to it, it proposes its best.
///
/// Known behaviour: it looks at nothing but the time and the floor, so that against each other they always agree if there
/// is an outcome that both tolerate and rounds enough; the one that gives way earlier gets less.
#[derive(Debug, Clone)]
pub struct TimeDependent {
    /// How the target falls.
    pub curve: Curve,
    /// What is proposed at a target.
    pub pick: Pick,
    stream: Stream,
    /// What it would propose, and how long the log was when that was worked out.
    next: Option<(usize, Choice)>,
}

/// How much of the range a rounding error may be.
const ROUNDING: f64 = 1e-9;

impl TimeDependent {
    /// A tactic of this curve.
    #[must_use]
    pub fn new(curve: Curve, pick: Pick) -> Self {
        TimeDependent { curve, pick, stream: Stream::new(0, 0, 0), next: None }
    }

    /// What it proposes now: worked out once per position of the log.
    fn next(&mut self, view: &View<'_>) -> Option<&Choice> {
        if self.next.as_ref().is_none_or(|(heard, _)| *heard != view.heard()) {
            let choice = self.choice(view)?;
            self.next = Some((view.heard(), choice));
        }
        self.next.as_ref().map(|(_, choice)| choice)
    }

    fn choice(&mut self, view: &View<'_>) -> Option<Choice> {
        let menu = view.seat().menu();
        let (best, least) = ends(menu, view.floor())?;
        let target = self.target(best, least, view.time());
        let choice = match self.pick {
            Pick::AtLeast => menu.at_least(target),
            Pick::Nearest => menu.nearest(target).filter(|choice| choice.utility >= least),
            Pick::Random => menu.pick(target, best, &mut self.stream),
        };
        choice.or_else(|| menu.best())
    }

    /// What it asks for at a time from 0 to 1.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a share of a range, rounded up")]
    fn target(&self, best: i128, least: i128, time: f64) -> i128 {
        let share = (self.curve.at(time) - ROUNDING).clamp(0.0, 1.0);
        let above = ((best - least) as f64 * share).ceil() as i128;
        least.saturating_add(above).min(best)
    }
}

/// Between what the targets lie: the best outcome, and the worst or the floor.
pub(super) fn ends(menu: &Menu, floor: Option<i128>) -> Option<(i128, i128)> {
    menu.ends().map(|ends| between(ends, floor))
}

/// The same, given the utilities of the best and the worst outcome.
fn between((best, worst): (i128, i128), floor: Option<i128>) -> (i128, i128) {
    (best, floor.map_or(worst, |floor| floor.max(worst)).min(best))
}

impl Curve {
    /// The share of what can be had that is asked for at a time from 0 to 1.
    #[must_use]
    pub fn at(self, time: f64) -> f64 {
        match self {
            Curve::Polynomial(e) => 1.0 - power(time, 1.0 / e),
            Curve::Exponential(e) => {
                let k: f64 = 0.05;
                1.0 - (power(1.0 - time, e) * k.ln()).exp()
            }
        }
    }
}

/// A power of a number from 0 to 1. Whole exponents by multiplication and roots by the root: quicker, and the same on every
/// machine.
#[expect(clippy::float_cmp, reason = "whole, half and quarter exponents are exact")]
pub(super) fn power(base: f64, exponent: f64) -> f64 {
    const MOST: f64 = 16.0;
    if exponent == 0.5 {
        return base.sqrt();
    }
    if exponent == 0.25 {
        return base.sqrt().sqrt();
    }
    if exponent.fract() != 0.0 || !(1.0..=MOST).contains(&exponent) {
        return base.powf(exponent);
    }
    let (mut product, mut left) = (base, exponent - 1.0);
    while left > 0.0 {
        product *= base;
        left -= 1.0;
    }
    product
}

impl Strategy for TimeDependent {
    fn open(&self, stream: Stream) -> Box<dyn Strategy> {
        Box::new(TimeDependent { stream, next: None, ..self.clone() })
    }

    fn propose(&mut self, view: &View<'_>) -> Option<Outcome> {
        self.next(view).map(|choice| choice.outcome.clone())
    }

    fn accepts(&mut self, view: &View<'_>, offer: &Outcome) -> bool {
        let worth = view.seat().utility(offer);
        // The next proposal comes first, so that one number is drawn in every round whatever is on the table.
        self.next(view).is_some_and(|next| worth >= next.utility) && view.tolerates(offer)
    }

    fn turn(&self, moment: &mut Moment<'_>) -> Option<Turn> {
        let floor = moment.seat().reservation;
        let (best, least) = between(moment.ends()?, floor);
        let target = self.target(best, least, f64::from(moment.round() - 1) / f64::from(moment.clock().rounds.max(1)));
        let proposes = match self.pick {
            Pick::AtLeast => Proposal::Worth(moment.at_least(target)?),
            Pick::Nearest => {
                let nearest = moment.seat().menu().nearest(target)?.utility;
                Proposal::Worth(if nearest >= least { nearest } else { best })
            }
            Pick::Random => Proposal::AnyFrom(target),
        };
        Some(Turn { proposes, accepts: Accepts::Own, floor })
    }
}

const FARATIN: &str = "Faratin, Sierra and Jennings, Negotiation decision functions for autonomous agents, 1998";

const fn exponent(default: f64) -> Parameter {
    Parameter::number("e", default, (0.001, 1000.0), "below 1 holds out, above 1 gives way early")
}

fn polynomial(given: &Given<'_>) -> Box<dyn Strategy> {
    Box::new(TimeDependent::new(Curve::Polynomial(given.number("e")), Pick::AtLeast))
}

/// The time-dependent tactics known by name.
pub(super) const ENTRIES: &[Entry] = &[
    Entry::new("boulware", "holds out until late", FARATIN, polynomial).takes(&[exponent(0.2)]),
    Entry::new("linear", "gives way evenly over time", FARATIN, |_| {
        Box::new(TimeDependent::new(Curve::Polynomial(1.0), Pick::AtLeast))
    }),
    Entry::new("conceder", "gives way early", FARATIN, polynomial).takes(&[exponent(2.0)]),
    Entry::new("exponential", "gives way along an exponential curve", FARATIN, |given| {
        Box::new(TimeDependent::new(Curve::Exponential(given.number("e")), Pick::AtLeast))
    })
    .takes(&[exponent(1.0)]),
    Entry::new("stochastic", "proposes anything worth a target that falls with time, by chance", FARATIN, |given| {
        Box::new(TimeDependent::new(Curve::Polynomial(given.number("e")), Pick::Random))
    })
    .takes(&[exponent(0.2)]),
];

//! Time-dependent tactics (Faratin, Sierra and Jennings 1998): how much to ask for follows from the time alone.

use super::Strategy;
use crate::game::{Outcome, Stream};
use crate::talks::View;

/// How the target falls with time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Curve {
    /// `1 - t^(1/e)`: e below 1 holds out (Boulware), 1 is linear, above 1 gives way early (Conceder).
    Polynomial(f64),
    /// `exp((1 - t)^(1/e) ln k)` turned round so that it falls from 1 - k to 0, with k = 0.05 (Faratin's exponential).
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
/// what it would propose next.
#[derive(Debug, Clone)]
pub struct TimeDependent {
    /// How the target falls.
    pub curve: Curve,
    /// What is proposed at a target.
    pub pick: Pick,
    stream: Stream,
    /// What it would propose in the round it was worked out in.
    next: Option<(u32, i128, Outcome)>,
}

impl TimeDependent {
    /// A tactic of this curve.
    #[must_use]
    pub fn new(curve: Curve, pick: Pick) -> Self {
        TimeDependent { curve, pick, stream: Stream::new(0, 0, 0), next: None }
    }

    /// What it proposes now: worked out once per round.
    fn next(&mut self, view: &View<'_>) -> Option<(i128, &Outcome)> {
        if self.next.as_ref().is_none_or(|(round, ..)| *round != view.round()) {
            let seat = view.seat();
            let menu = seat.menu();
            let best = menu.best()?;
            let worst = menu.worst()?;
            let least = view.floor().map_or(worst.utility, |floor| floor.max(worst.utility)).min(best.utility);
            let (top, bottom) = (seat.real(best.utility), seat.real(least));
            let target = seat.whole(bottom + (top - bottom) * self.curve.at(view.time())).clamp(least, best.utility);
            let choice = match self.pick {
                Pick::AtLeast => menu.at_least(target),
                Pick::Nearest => menu.nearest(target).filter(|c| c.utility >= least),
                Pick::Random => menu.pick(target, best.utility, &mut self.stream),
            };
            let choice = choice.unwrap_or(best);
            self.next = Some((view.round(), choice.utility, choice.outcome));
        }
        self.next.as_ref().map(|(_, utility, outcome)| (*utility, outcome))
    }
}

impl Curve {
    /// The share of what can be had that is asked for at a time from 0 to 1.
    #[must_use]
    pub fn at(self, time: f64) -> f64 {
        match self {
            Curve::Polynomial(e) => 1.0 - time.powf(1.0 / e),
            Curve::Exponential(e) => {
                let k: f64 = 0.05;
                1.0 - ((1.0 - time).powf(1.0 / e) * k.ln()).exp()
            }
        }
    }
}

impl Strategy for TimeDependent {
    fn open(&self, stream: Stream) -> Box<dyn Strategy> {
        Box::new(TimeDependent { stream, next: None, ..self.clone() })
    }

    fn propose(&mut self, view: &View<'_>) -> Option<Outcome> {
        self.next(view).map(|(_, outcome)| outcome.clone())
    }

    fn accepts(&mut self, view: &View<'_>, offer: &Outcome) -> bool {
        let worth = view.seat().utility(offer);
        view.tolerates(offer) && self.next(view).is_some_and(|(next, _)| worth >= next)
    }
}

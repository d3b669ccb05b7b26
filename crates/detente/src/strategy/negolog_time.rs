//! The time-based agents of NegoLog, by its own rules: for comparison with sessions of that program.
//!
//! Definition from NegoLog (Doğru, Keskin, Jonker, Baarslag and Aydoğan, *NegoLog: an integrated Python-based automated
//! negotiation framework with enhanced assessment components*, IJCAI 2024), after Vahidov, Kersten and Yu (2017). In round
//! r of R the time is (r - 1) / R; the target is a quadratic Bézier curve from 1 to 0.4. It proposes the outcome nearest to
//! its target and accepts what is worth at least the target. Where its reservation value is more than 0.4, the curve ends
//! there, and its middle is moved up in the same proportion as the mean of its ends.
//!
//! Known behaviour: the target is never below the reservation value, but the outcome nearest to it may be, so that it may
//! propose what is worth a little less than no agreement. It accepts no such thing.

use super::Strategy;
use super::recipe::Entry;
use crate::game::{Outcome, Stream};
use crate::talks::{Choice, Menu, View};
use std::sync::Arc;

/// A quadratic Bézier curve over time, from the first value to the last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bezier(pub f64, pub f64, pub f64);

impl Bezier {
    /// Its height at a time from 0 to 1.
    #[must_use]
    pub fn at(self, time: f64) -> f64 {
        let Bezier(first, middle, last) = self;
        (1.0 - time) * (1.0 - time) * first + 2.0 * (1.0 - time) * time * middle + time * time * last
    }
}

/// The outcomes of a seat, the best first, with their utilities, for a lookup by NegoLog's rules.
#[derive(Debug, Clone, Default)]
pub enum Order {
    /// By exact utilities; of equal ones the last issue counts first, which is the order in which NegoLog makes them.
    #[default]
    Exact,
    /// As given: for sessions in which outcomes of equal utility stand in the order of their rounding errors.
    Given(Arc<[(f64, Outcome)]>),
}

impl Order {
    /// The outcome nearest to a target, with its utility: by bisection; of two neighbours as near, the better.
    pub(super) fn nearest(&self, view: &View<'_>, target: f64) -> Option<(f64, Outcome)> {
        let seat = view.seat();
        let menu = seat.menu();
        match (self, menu.count_from(i128::MIN)) {
            (Order::Given(list), _) => {
                let at = bisect(list.len(), target, &|at| list.get(at).map_or(f64::NAN, |(utility, _)| *utility))?;
                list.get(at).cloned()
            }
            (Order::Exact, Some(count)) => {
                let real = |at: usize| menu.utility_at(at).map_or(f64::NAN, |utility| seat.real(utility));
                let at = bisect(count, target, &real)?;
                Some((real(at), among_equals(menu, at)?))
            }
            (Order::Exact, None) => {
                let whole = seat.whole(target);
                let far = |choice: &Choice| (seat.real(choice.utility) - target).abs();
                let found = match (menu.at_least(whole), menu.below(whole)) {
                    (Some(above), Some(below)) => Some(if far(&below) < far(&above) { below } else { above }),
                    (above, below) => above.or(below),
                };
                found.map(|choice| (seat.real(choice.utility), choice.outcome))
            }
        }
    }
}

/// The position of what is nearest to a target in a falling sequence.
fn bisect(count: usize, target: f64, at: &dyn Fn(usize) -> f64) -> Option<usize> {
    let last = count.checked_sub(1)?;
    if target >= at(0) {
        return Some(0);
    }
    if target <= at(last) {
        return Some(last);
    }
    // The first is above the target and the last below it, so that `high` stays at 0 or more and `low` at `last` or less.
    let (mut low, mut high) = (0, last);
    while low <= high {
        let middle = usize::midpoint(low, high);
        if target < at(middle) {
            low = middle + 1;
        } else if target > at(middle) {
            high = middle.checked_sub(1)?;
        } else {
            return Some(middle);
        }
    }
    Some(if (at(low) - target).abs() < (at(high) - target).abs() { low } else { high })
}

/// The outcome at a rank when those of equal utility are ordered with the last issue first.
fn among_equals(menu: &Menu, at: usize) -> Option<Outcome> {
    let utility = menu.utility_at(at)?;
    let first = menu.count_from(utility.checked_add(1)?)?;
    let end = menu.count_from(utility)?;
    let outcome = |rank: usize| menu.ranked(rank).map(|choice| choice.outcome);
    if end - first == 1 {
        return outcome(at);
    }
    let mut run: Vec<Outcome> = (first..end).filter_map(outcome).collect();
    run.sort_by(|a, b| a.digits().iter().rev().cmp(b.digits().iter().rev()));
    run.into_iter().nth(at - first)
}

/// A time-based agent of NegoLog.
#[derive(Debug, Clone)]
pub struct NegologTime {
    middle: f64,
    order: Order,
}

impl NegologTime {
    /// An agent whose curve has this middle: 0.85 is NegoLog's Boulware, 0.7 its linear agent, 0.55 its Conceder.
    #[must_use]
    pub fn new(middle: f64) -> Self {
        NegologTime { middle, order: Order::Exact }
    }

    /// The same over outcomes in an order of their own.
    #[must_use]
    pub fn over(self, order: Order) -> Self {
        NegologTime { order, ..self }
    }

    fn target(&self, view: &View<'_>) -> f64 {
        const END: f64 = 0.4;
        let floor = view.floor().map(|floor| view.seat().real(floor));
        let curve = match floor.filter(|floor| *floor > END) {
            Some(floor) => Bezier(1.0, f64::midpoint(1.0, floor) / f64::midpoint(1.0, END) * self.middle, floor),
            None => Bezier(1.0, self.middle, END),
        };
        floor.map_or(curve.at(view.time()), |floor| curve.at(view.time()).max(floor))
    }
}

impl Strategy for NegologTime {
    fn open(&self, _: Stream) -> Box<dyn Strategy> {
        Box::new(self.clone())
    }

    fn propose(&mut self, view: &View<'_>) -> Option<Outcome> {
        self.order.nearest(view, self.target(view)).map(|(_, outcome)| outcome)
    }

    fn accepts(&mut self, view: &View<'_>, offer: &Outcome) -> bool {
        let seat = view.seat();
        view.tolerates(offer) && self.target(view) <= seat.real(seat.utility(offer))
    }
}

const SOURCE: &str = "NegoLog; Doğru and others, IJCAI, 2024";

/// NegoLog's agents known by name.
pub(super) const ENTRIES: &[Entry] = &[
    Entry::new("negolog-boulware", "NegoLog's Boulware, by its own rules", SOURCE, |_| {
        Box::new(NegologTime::new(0.85))
    }),
    Entry::new("negolog-linear", "NegoLog's linear agent, by its own rules", SOURCE, |_| {
        Box::new(NegologTime::new(f64::midpoint(1.0, 0.4)))
    }),
    Entry::new("negolog-conceder", "NegoLog's Conceder, by its own rules", SOURCE, |_| {
        Box::new(NegologTime::new(0.55))
    }),
];

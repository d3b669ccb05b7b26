//! The time-dependent parties of GENIUS, by its own rules: for comparison with sessions of that program.
//!
//! Definition from GENIUS 10.4 (Lin, Kraus, Baarslag, Tykhonov, Hindriks and Jonker, *Genius: an integrated environment
//! for supporting the design of generic automated negotiators*, Computational Intelligence 30, 2014), after Faratin,
//! Sierra and Jennings (1998). In round r of R the time is r / (R + 1), and the target is 1 - (time - 1 / (R + 1))^(1/e).
//! It proposes an outcome near its target and accepts what is worth strictly more than what it would propose.
//!
//! Known behaviour: it looks at no reservation value, so it may accept what is worth less than no agreement. Where two
//! outcomes are worth the same, GENIUS orders them by object hash, here they stand in lexicographic order.

use super::recipe::{Entry, Parameter};
use super::{Accepts, Moment, Proposal, Strategy, Turn};
use crate::game::{Outcome, Stream};
use crate::talks::{Choice, Menu, View};

/// A time-dependent party of GENIUS. Computes in 64-bit floating point, as GENIUS does.
#[derive(Debug, Clone)]
pub struct GeniusTime {
    e: f64,
    /// What it would propose in the round it was worked out in.
    next: Option<(u32, f64, Outcome)>,
}

impl GeniusTime {
    /// A party of this exponent: 0.2 is GENIUS's Boulware, 2 its Conceder.
    #[must_use]
    pub fn new(e: f64) -> Self {
        GeniusTime { e, next: None }
    }

    /// What it asks for.
    fn target(&self, view: &View<'_>) -> f64 {
        match view.rounds() {
            Some(rounds) => self.asks_for(view.round(), rounds),
            None => 1.0 - view.time().powf(1.0 / self.e),
        }
    }

    fn asks_for(&self, round: u32, rounds: u32) -> f64 {
        let whole = f64::from(rounds) + 1.0;
        1.0 - (f64::from(round) / whole - 1.0 / whole).max(0.0).powf(1.0 / self.e)
    }

    fn next(&mut self, view: &View<'_>) -> Option<(f64, &Outcome)> {
        if self.next.as_ref().is_none_or(|(round, ..)| *round != view.round()) {
            let seat = view.seat();
            let real = |choice: &Choice| seat.real(choice.utility);
            let target = self.target(view);
            let choice = match seat.menu().list() {
                Some(list) => list.get(near(list, &real, target)?)?.clone(),
                None => searched(seat.menu(), &real, seat.whole(target), target)?,
            };
            self.next = Some((view.round(), real(&choice), choice.outcome));
        }
        self.next.as_ref().map(|(_, utility, outcome)| (*utility, outcome))
    }
}

/// The rank of the outcome that GENIUS takes for the one near a target. A bisection moves its low or high bound onto the probe, and
/// ends when the probe repeats or hits the target. The one after the probe is taken if it is strictly nearer than the
/// probe and the one before it; else the probe.
#[expect(clippy::float_cmp, reason = "the rule compares for equality")]
fn near(list: &[Choice], real: &dyn Fn(&Choice) -> f64, target: f64) -> Option<usize> {
    let at = |index: usize| list.get(index).map(real);
    let (mut low, mut high) = (0, list.len().checked_sub(1)?);
    let mut probe = usize::MAX;
    loop {
        let middle = usize::midpoint(low, high);
        if middle == probe {
            break;
        }
        probe = middle;
        let utility = at(probe)?;
        if utility == target {
            break;
        }
        *(if utility < target { &mut high } else { &mut low }) = probe;
    }
    let far = |index: Option<usize>| index.and_then(at).map(|utility| (utility - target).abs());
    let here = far(Some(probe))?;
    let before = far(probe.checked_sub(1)).unwrap_or(f64::INFINITY);
    let after = far(Some(probe + 1)).unwrap_or(f64::INFINITY);
    Some(if after < here && after < before { probe + 1 } else { probe })
}

/// The same in a space too large to list, where no target is hit exactly within a tie: the nearer of the two neighbours,
/// of two as near the better.
fn searched(menu: &Menu, real: &dyn Fn(&Choice) -> f64, whole: i128, target: f64) -> Option<Choice> {
    match (menu.at_least(whole), menu.below(whole)) {
        (Some(above), Some(below)) => {
            let nearer = (real(&below) - target).abs() < (real(&above) - target).abs();
            Some(if nearer { below } else { above })
        }
        (above, below) => above.or(below),
    }
}

impl Strategy for GeniusTime {
    fn open(&self, _: Stream) -> Box<dyn Strategy> {
        Box::new(GeniusTime::new(self.e))
    }

    fn propose(&mut self, view: &View<'_>) -> Option<Outcome> {
        self.next(view).map(|(_, outcome)| outcome.clone())
    }

    fn accepts(&mut self, view: &View<'_>, offer: &Outcome) -> bool {
        let seat = view.seat();
        let worth = seat.real(seat.utility(offer));
        seat.permits(offer) && self.next(view).is_some_and(|(next, _)| worth > next)
    }

    fn turn(&self, moment: &mut Moment<'_>) -> Option<Turn> {
        let (seat, clock, round) = (moment.seat(), moment.clock(), moment.round());
        let list = seat.menu().list()?;
        let real = |choice: &Choice| seat.real(choice.utility);
        let at = near(list, &real, self.asks_for(round, clock.rounds))?;
        let accepts = Accepts::Least(list.get(at)?.utility.checked_add(1)?);
        Some(Turn { proposes: Proposal::Ranked(at), accepts, floor: None })
    }
}

const SOURCE: &str = "GENIUS 10.4; Lin and others, Computational Intelligence 30, 2014";

const fn exponent(default: f64) -> [Parameter; 1] {
    [Parameter::number("e", default, (0.001, 1000.0), "below 1 holds out, above 1 gives way early")]
}

/// GENIUS's parties known by name.
pub(super) const ENTRIES: &[Entry] = &[
    Entry::new("genius-boulware", "GENIUS's Boulware, by its own rules", SOURCE, |given| {
        Box::new(GeniusTime::new(given.number("e")))
    })
    .takes(&exponent(0.2))
    .ignores_reservation(),
    Entry::new("genius-conceder", "GENIUS's Conceder, by its own rules", SOURCE, |given| {
        Box::new(GeniusTime::new(given.number("e")))
    })
    .takes(&exponent(2.0))
    .ignores_reservation(),
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn list(utilities: &[i128]) -> Vec<Choice> {
        let choice = |(at, utility): (usize, &i128)| Choice {
            utility: *utility,
            outcome: Outcome::new([u16::try_from(at).unwrap()]),
        };
        utilities.iter().enumerate().map(choice).collect()
    }

    /// By the words of the rule: the last outcome above the target, or its successor if that is strictly nearer.
    #[test]
    fn near_is_the_last_above_or_its_successor() {
        let real = |choice: &Choice| choice.utility as f64;
        for utilities in [vec![9, 7, 7, 4, 1], vec![5], vec![8, 8], vec![10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]] {
            let list = list(&utilities);
            for tenth in -10..120 {
                let target = f64::from(tenth) / 10.0 + 0.01;
                let found = &list[near(&list, &real, target).unwrap()];
                let above = utilities.iter().rposition(|u| *u as f64 > target).unwrap_or(0);
                let above = above.min(utilities.len().saturating_sub(2));
                let next = utilities
                    .get(above + 1)
                    .filter(|next| (**next as f64 - target).abs() < (utilities[above] as f64 - target).abs());
                assert_eq!(found.utility, *next.unwrap_or(&utilities[above]), "{utilities:?} at {target}");
            }
        }
        assert_eq!(near(&list(&[9, 8, 5]), &real, 8.0), Some(1));
        assert!(near(&[], &real, 0.5).is_none());
    }
}

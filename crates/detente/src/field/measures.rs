//! Measures of how a session went, move by move.

use crate::analysis::Frontier;
use crate::game::{Outcome, Scenario};
use crate::talks::{Event, StepClass, classify};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

/// How one seat went through a session, by its own offers in order (Hindriks, Jonker and Tykhonov 2007).
///
/// A step goes from one offer of the seat to its next. Where several others sit at the table, "the other" is all of them:
/// a step is better for the other when it is better for at least one of them and worse for none; worse when it is the
/// other way round; the same otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Trajectory {
    /// Offers made.
    pub offers: u64,
    /// Steps of each class, in the order of [`StepClass::ALL`].
    pub steps: [u64; 6],
    /// Different offers, as a share of the outcomes of the space; `None` where these cannot be counted.
    pub explored: Option<f64>,
    /// Offers that are on the frontier, as a share of offers.
    pub efficient: Option<f64>,
}

impl Trajectory {
    /// The share of steps in a class, 0 to 1; `None` without steps.
    #[must_use]
    pub fn share(&self, class: StepClass) -> Option<f64> {
        let all: u64 = self.steps.iter().sum();
        let at = StepClass::ALL.iter().position(|one| *one == class)?;
        (all > 0).then(|| self.steps.get(at).copied().unwrap_or(0) as f64 / all as f64)
    }

    /// Sensitivity to the other's preferences: steps that are fortunate, nice or concessions over those that are selfish,
    /// unfortunate or silent. Above 1 it heeds what the other wants. `None` without steps of the second kind.
    #[must_use]
    pub fn sensitivity(&self) -> Option<f64> {
        let [fortunate, selfish, concession, unfortunate, nice, silent] = self.steps;
        let (heeds, not) = (fortunate + concession + nice, selfish + unfortunate + silent);
        (not > 0).then(|| heeds as f64 / not as f64)
    }
}

/// The offers of a seat, in order.
fn offers(log: &[Event], seat: usize) -> impl Iterator<Item = &Outcome> {
    log.iter().filter_map(Event::offer).filter(move |(by, _)| *by == seat).map(|(_, outcome)| outcome)
}

/// The classes of the steps of a seat, in order. Seats are parties of the scenario.
#[must_use]
pub fn steps(log: &[Event], scenario: &Scenario, seat: usize) -> Vec<StepClass> {
    let worth: Vec<Vec<i128>> = offers(log, seat).map(|outcome| scenario.utilities(outcome)).collect();
    let step = |pair: &[Vec<i128>]| {
        let [before, after] = pair else { return None };
        let mut better = false;
        let mut worse = false;
        for (at, (before, after)) in before.iter().zip(after).enumerate() {
            better |= at != seat && after > before;
            worse |= at != seat && after < before;
        }
        let other = i128::from(better && !worse) - i128::from(worse && !better);
        Some(classify(*before.get(seat)?, *after.get(seat)?, 0, other))
    };
    worth.windows(2).filter_map(step).collect()
}

/// How a seat went through a session, from its log. Seats are parties of the scenario. `frontier`: the whole frontier,
/// where it is known.
#[must_use]
pub fn trajectory(log: &[Event], scenario: &Scenario, seat: usize, frontier: Option<&Frontier>) -> Trajectory {
    let mut counts = [0; 6];
    for class in steps(log, scenario, seat) {
        let at = StepClass::ALL.iter().position(|one| *one == class).and_then(|at| counts.get_mut(at));
        at.into_iter().for_each(|count| *count += 1);
    }
    let made = offers(log, seat).count() as u64;
    let different: BTreeSet<&Outcome> = offers(log, seat).collect();
    let points: Option<BTreeSet<&[i128]>> =
        frontier.map(|frontier| frontier.points.iter().map(|point| point.utilities.as_slice()).collect());
    let efficient = points.filter(|_| made > 0).map(|points| {
        let hits = offers(log, seat).filter(|o| points.contains(scenario.utilities(o).as_slice())).count();
        hits as f64 / made as f64
    });
    Trajectory {
        offers: made,
        steps: counts,
        explored: scenario.space.small_count().map(|all| different.len() as f64 / all.max(1) as f64),
        efficient,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Limits, frontier};
    use crate::game::{Issue, Profile, Space, Utility};
    use crate::talks::protocols::StackedAlternating;
    use crate::talks::{Clock, Move, Session, Setting};

    #[test]
    fn a_session_is_measured_by_its_offers() {
        let space = Space { issues: vec![Issue::named("share", &["all", "half", "none", "waste"])] };
        let party =
            |name: &str, worth| Profile::new(name, Utility { unit: 2, worth: vec![worth], ..Utility::default() });
        let scenario = Scenario::new("", space, vec![party("a", vec![2, 1, 0, 0]), party("b", vec![0, 1, 2, 0])]);
        let protocol = StackedAlternating::default();
        let mut session = Session::open(&Setting::of(&scenario), &protocol, Clock::rounds(9), 1, 0);
        let at = |digit: u16| Move::Offer(Outcome::new([digit]));
        // a: all, all, half, waste, none; b holds out for all of it.
        for (one, other) in [(0, 2), (0, 2), (1, 2), (3, 2)] {
            session.step(0, at(one)).unwrap();
            session.step(1, at(other)).unwrap();
        }
        session.step(0, at(2)).unwrap();
        let classes: Vec<&str> = steps(session.log(), &scenario, 0).into_iter().map(StepClass::name).collect();
        assert_eq!(classes, ["silent", "concession", "unfortunate", "nice"]);
        let found = frontier(&scenario, Limits::default()).answer;
        let a = trajectory(session.log(), &scenario, 0, Some(&found));
        assert_eq!((a.offers, a.explored, a.efficient), (5, Some(1.0), Some(0.8)));
        assert_eq!((a.share(StepClass::Nice), a.sensitivity()), (Some(0.25), Some(1.0)));
        let b = trajectory(session.log(), &scenario, 1, None);
        assert_eq!((b.steps, b.efficient, b.sensitivity()), ([0, 0, 0, 0, 0, 3], None, Some(0.0)));
    }
}

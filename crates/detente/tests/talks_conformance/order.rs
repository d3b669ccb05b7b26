//! The order of issues and of values changes nothing.

use super::bouts::{Bout, ORDERED, SEED, bouts, clock, holds, over_all};
use detente::game::{Formula, Issue, Outcome, Scenario, Space};
use detente::talks::{Actor, Ending, Event, Move, What};
use std::sync::Arc;

/// How issues and values are put in another order: for each new issue the old one, and for each new value the old one.
struct Shuffle(Vec<(usize, Vec<u16>)>);

impl Shuffle {
    fn of(space: &Space, values_too: bool) -> Self {
        let last = space.issues.len() - 1;
        let values = |issue: usize| {
            let size = u16::try_from(space.issues[issue].values.len()).unwrap();
            // Turned by one and, in every second issue, turned round.
            let mut values: Vec<u16> = (0..size).map(|v| if values_too { (v + 1) % size } else { v }).collect();
            if values_too && issue.is_multiple_of(2) {
                values.reverse();
            }
            values
        };
        Shuffle((0..=last).map(|new| (new + 1) % (last + 1)).map(|old| (old, values(old))).collect())
    }

    fn new_digit(&self, issue: usize, value: u16) -> (usize, u16) {
        let at = self.0.iter().position(|(old, _)| *old == issue).unwrap();
        (at, u16::try_from(self.0[at].1.iter().position(|old| *old == value).unwrap()).unwrap())
    }

    fn back(&self, outcome: &Outcome) -> Outcome {
        let mut digits = vec![0; self.0.len()];
        for ((old, values), digit) in self.0.iter().zip(outcome.digits()) {
            digits[*old] = values[usize::from(*digit)];
        }
        Outcome::new(digits)
    }

    fn shuffled(&self, outcome: &Outcome) -> Outcome {
        let digits = self.0.iter().map(|(old, values)| {
            u16::try_from(values.iter().position(|v| *v == outcome.digit(*old)).unwrap()).unwrap()
        });
        Outcome::new(digits.collect::<Vec<_>>())
    }

    fn formula(&self, formula: &Formula) -> Formula {
        let all = |fs: &[Formula]| fs.iter().map(|f| self.formula(f)).collect();
        match formula {
            Formula::Constant(b) => Formula::Constant(*b),
            Formula::In(issue, values) => {
                let mut new: Vec<u16> = values.iter().map(|v| self.new_digit(*issue, *v).1).collect();
                new.sort_unstable();
                Formula::In(self.new_digit(*issue, 0).0, new)
            }
            Formula::Not(f) => Formula::Not(Box::new(self.formula(f))),
            Formula::And(fs) => Formula::And(all(fs)),
            Formula::Or(fs) => Formula::Or(all(fs)),
        }
    }

    fn scenario(&self, scenario: &Scenario) -> Scenario {
        let mut out = scenario.clone();
        let issue = |(old, values): &(usize, Vec<u16>)| {
            let issue = &scenario.space.issues[*old];
            Issue {
                values: values.iter().map(|v| issue.values[usize::from(*v)].clone()).collect(),
                status_quo: self.new_digit(*old, issue.status_quo).1,
                ..issue.clone()
            }
        };
        out.space = Arc::new(Space { issues: self.0.iter().map(issue).collect() });
        out.rules = scenario.rules.iter().map(|rule| self.formula(rule)).collect();
        for (party, before) in out.parties.iter_mut().zip(&scenario.parties) {
            let worth = |(old, values): &(usize, Vec<u16>)| {
                values.iter().map(|v| before.utility.worth[*old][usize::from(*v)]).collect()
            };
            party.utility_mut().worth = self.0.iter().map(worth).collect();
        }
        out
    }

    fn old_move(&self, what: &Move) -> Move {
        match what {
            Move::Offer(outcome) => Move::Offer(self.back(outcome)),
            Move::Criticise(wishes) => {
                Move::Criticise(wishes.iter().map(|(i, v)| (self.0[*i].0, self.0[*i].1[usize::from(*v)])).collect())
            }
            other => other.clone(),
        }
    }
}

/// Strategies whose model of another seat goes by the order of an issue's values, as published: the scalable Bayesian model
/// weighs whether worth rises, falls or peaks along it (Hindriks and Tykhonov 2008). They are held to the order of issues.
const GOES_BY_THE_ORDER_OF_VALUES: [&str; 1] = ["nice-tit-for-tat"];

/// Strategies that say that they break ties of their own by order, and which; left out.
const BREAKS_TIES_BY_ORDER: [(&str, &str); 1] = [("caduceus", "as many votes of its experts for two values")];

/// The order of issues and of values changes nothing where chance does not decide. Whether it does is tried out: a pair
/// that plays the same under four seeds is held to it. Where chance decides, sessions in another order draw other
/// numbers, and nothing can be asked for.
///
/// Says whether it was held to it.
pub(crate) fn unordered(bout: &Bout) -> Result<bool, String> {
    if ORDERED.contains(&bout.protocol.name()) {
        return Ok(false);
    }
    let course = bout.play(&clock(), SEED);
    if (1..4).any(|more| bout.play(&clock(), SEED + more).events != course.events) {
        return Ok(false);
    }
    let shuffle = Shuffle::of(&bout.scenario.space, !GOES_BY_THE_ORDER_OF_VALUES.contains(&bout.recipe.about().name));
    let text = match bout.protocol.name() {
        "closing" => {
            let digits = shuffle.shuffled(&Outcome::new([1, 2, 1]));
            let digits: Vec<String> = digits.digits().iter().map(ToString::to_string).collect();
            format!("closing(package={})", digits.join("/"))
        }
        _ => bout.protocol.text(),
    };
    let other = bout.elsewhere(&shuffle.scenario(&bout.scenario), &text);
    let shuffled = other.play(&clock(), SEED);
    let moves = |events: &[Event]| -> Vec<(u32, usize, Move)> {
        let of = |e: &Event| match (&e.by, &e.what) {
            (Actor::Seat(seat), What::Move(what)) => Some((e.round, *seat, what.clone())),
            _ => None,
        };
        events.iter().filter_map(of).collect()
    };
    let before = moves(&course.events);
    let after: Vec<_> =
        moves(&shuffled.events).into_iter().map(|(r, s, what)| (r, s, shuffle.old_move(&what))).collect();
    let parts = before.iter().zip(&after).position(|(a, b)| a != b);
    holds(parts.is_none(), || {
        let at = parts.unwrap();
        format!("move {at}: {:?} in place of {:?}", after[at], before[at])
    })?;
    holds(before.len() == after.len(), || "another number of moves".to_string())?;
    let ends = |ending: &Ending| {
        (ending.how, ending.round, ending.agreements.iter().map(|a| a.seats.clone()).collect::<Vec<_>>())
    };
    holds(ends(&course.ending) == ends(&shuffled.ending), || "another ending".to_string())?;
    Ok(true)
}

#[test]
fn order_does_not_matter() {
    let held = std::sync::atomic::AtomicUsize::new(0);
    over_all(|bout| {
        if BREAKS_TIES_BY_ORDER.iter().any(|(name, _)| *name == bout.recipe.about().name) {
            return Ok(());
        }
        let counts = usize::from(unordered(bout)?);
        held.fetch_add(counts, std::sync::atomic::Ordering::Relaxed);
        Ok(())
    });
    let (held, all) = (held.into_inner(), bouts().len());
    println!("{held} of {all} pairs play without chance and are held to it");
    assert!(held * 4 > all, "{held} of {all}");
}

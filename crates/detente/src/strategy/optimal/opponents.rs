//! A distribution of opponents that do not answer to what is done to them.

use crate::game::{Outcome, Stream};
use crate::strategy::Strategy;
use crate::talks::protocols::StackedAlternating;
use crate::talks::{Choice, Clock, Move, Seat, Session, Setting};
use std::sync::Arc;

/// A distribution over types of one opponent at a table of two.
///
/// A type is a plan: what it offers in each of its rounds, and what it accepts in each of them, whatever happened
/// before. That is so for tactics that go by time alone. Opponents that answer to offers are not of this kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Opponents {
    /// How likely each type is, as weights. At most 64.
    pub(super) weights: Vec<u64>,
    /// Type by type, what it offers in each round from the first on; `None`: it walks away instead.
    pub(super) offers: Vec<Vec<Option<Outcome>>>,
    /// Round by round: the sets of types, as bits, that accept exactly the same outcomes, each with the outcome of
    /// those that is best for oneself; the best first.
    pub(super) patterns: Vec<Vec<(u64, Choice)>>,
}

/// A type by what it does in each round.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// How likely it is, as a weight.
    pub weight: u64,
    /// What it offers, round by round; `None`: it walks away.
    pub offers: Vec<Option<Outcome>>,
    /// Round by round, whether it accepts each of one's own outcomes.
    pub accepts: Vec<Vec<bool>>,
}

/// Why opponents cannot be made of what was given, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit(pub String);

impl std::fmt::Display for Unfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unfit {}

impl Opponents {
    /// Opponents by tables, over the outcomes that oneself may propose (`own`, the best first).
    ///
    /// # Errors
    /// No types or more than 64, weights of 0 in all, tables of different lengths.
    pub fn of_tables(own: &[Choice], types: &[Table]) -> Result<Self, Unfit> {
        let rounds = types.first().map_or(0, |table| table.offers.len());
        let fits = |table: &Table| {
            let rows = table.accepts.iter().all(|row| row.len() == own.len());
            rows && table.offers.len() == rounds && table.accepts.len() == rounds
        };
        if !types.iter().all(fits) {
            return Err(Unfit("the types have tables of different lengths".to_string()));
        }
        let patterns = (0..rounds).map(|round| {
            let accepts = |choice: usize| {
                let yes = |table: &Table| table.accepts.get(round).and_then(|row| row.get(choice)).copied();
                bits(types.iter().map(|table| yes(table).unwrap_or(false)))
            };
            distinct(own.iter().enumerate().map(|(at, choice)| (accepts(at), choice)))
        });
        let made = Opponents {
            weights: types.iter().map(|table| table.weight).collect(),
            offers: types.iter().map(|table| table.offers.clone()).collect(),
            patterns: patterns.collect(),
        };
        made.checked()
    }

    /// Opponents by strategies, each with its weight: what it offers and accepts is seen by playing it against one that
    /// proposes what is worst for it. It is taken to accept, in a round, all that is worth at least something to it. A
    /// strategy that draws is one drawn plan; to approximate it, give it several times.
    ///
    /// # Errors
    /// The seats are not two, or their outcomes cannot be listed; or as for [`Opponents::of_tables`].
    pub fn observed(
        own: &Seat,
        other: &Seat,
        rounds: u32,
        types: &[(u64, &dyn Strategy)],
        seed: u64,
    ) -> Result<Self, Unfit> {
        if own.at + other.at != 1 {
            return Err(Unfit("a best response is for two seats".to_string()));
        }
        let (Some(mine), Some(theirs)) = (own.menu().list(), other.menu().list()) else {
            return Err(Unfit("the outcomes are too many for a list".to_string()));
        };
        let plans: Vec<Plan> = types
            .iter()
            .enumerate()
            .map(|(at, (_, strategy))| plan(own, other, theirs, rounds, *strategy, (seed, at as u64)))
            .collect();
        // What is best for oneself, by what it is worth to the other.
        let mut by_worth: Vec<(i128, usize)> =
            mine.iter().enumerate().map(|(at, choice)| (other.utility(&choice.outcome), at)).collect();
        by_worth.sort_unstable();
        let patterns = (0..rounds as usize).map(|round| {
            let least: Vec<Option<i128>> = plans.iter().map(|plan| plan.least.get(round).copied().flatten()).collect();
            let mut cuts: Vec<i128> = least.iter().flatten().copied().collect();
            cuts.sort_unstable();
            cuts.dedup();
            let ends =
                cuts.iter().map(|cut| by_worth.partition_point(|(worth, _)| worth < cut)).chain([by_worth.len()]);
            let mut start = 0;
            let mut found: Vec<usize> = Vec::new();
            for end in ends {
                // Positions are in the order of one's own utility, so the least of them is the best.
                found.extend(by_worth.get(start..end).into_iter().flatten().map(|(_, at)| *at).min());
                start = end;
            }
            found.sort_unstable();
            let accepts = |choice: &Choice| {
                let worth = other.utility(&choice.outcome);
                bits(least.iter().map(|least| least.is_some_and(|least| worth >= least)))
            };
            distinct(found.iter().filter_map(|at| mine.get(*at)).map(|choice| (accepts(choice), choice)))
        });
        let made = Opponents {
            patterns: patterns.collect(),
            weights: types.iter().map(|(weight, _)| *weight).collect(),
            offers: plans.into_iter().map(|plan| plan.offers).collect(),
        };
        made.checked()
    }

    fn checked(self) -> Result<Self, Unfit> {
        match self.weights.len() {
            0 => Err(Unfit("there is no type of opponent".to_string())),
            1..=64 if self.weights.iter().all(|weight| *weight == 0) => Err(Unfit("no type is likely".to_string())),
            1..=64 => Ok(self),
            _ => Err(Unfit("there are more than 64 types of opponent".to_string())),
        }
    }

    /// All types, as bits.
    pub(super) fn all(&self) -> u64 {
        bits(self.weights.iter().map(|_| true))
    }

    /// The weight of a set of types.
    pub(super) fn weight(&self, types: u64) -> u64 {
        let within = self.weights.iter().enumerate().filter(|(at, _)| types >> at & 1 == 1);
        within.fold(0, |sum, (_, weight)| sum.saturating_add(*weight))
    }

    /// The types of a set, split by what they offer in a round (from 1 on).
    pub(super) fn split(&self, types: u64, round: usize) -> Vec<(Option<&Outcome>, u64)> {
        let mut groups: Vec<(Option<&Outcome>, u64)> = Vec::new();
        for (at, offers) in self.offers.iter().enumerate().filter(|(at, _)| types >> at & 1 == 1) {
            let offer = round.checked_sub(1).and_then(|round| offers.get(round)).and_then(Option::as_ref);
            match groups.iter_mut().find(|(known, _)| *known == offer) {
                Some((_, group)) => *group |= 1 << at,
                None => groups.push((offer, 1 << at)),
            }
        }
        groups
    }
}

/// What a strategy does, round by round.
struct Plan {
    offers: Vec<Option<Outcome>>,
    /// The least that an outcome is worth to it that it accepts; `None`: it accepts nothing.
    least: Vec<Option<i128>>,
}

fn plan(
    own: &Seat,
    other: &Seat,
    theirs: &[Choice],
    rounds: u32,
    strategy: &dyn Strategy,
    (seed, at): (u64, u64),
) -> Plan {
    let mut plan = Plan { offers: Vec::new(), least: Vec::new() };
    let setting = Setting { space: own.space.clone(), rules: Arc::from(own.rules()), seats: 2 };
    let mut session = Session::open(&setting, &StackedAlternating::default(), Clock::rounds(rounds), seed, at);
    let mut strategy = strategy.open(Stream::new(seed, at, other.at as u64));
    let Some(worst) = theirs.last().map(|choice| choice.outcome.clone()) else { return plan };
    loop {
        let asked = session.asks().next().map(|(seat, _)| seat);
        let Some(seat) = asked else { break };
        let what = if seat == own.at {
            worst.clone()
        } else {
            let view = session.view(other);
            let accepted = theirs.partition_point(|choice| strategy.accepts(&view, &choice.outcome));
            plan.least.push(accepted.checked_sub(1).and_then(|last| theirs.get(last)).map(|choice| choice.utility));
            let offer = strategy.propose(&view);
            plan.offers.push(offer.clone());
            let Some(offer) = offer else { break };
            offer
        };
        if session.step(seat, Move::Offer(what)).is_err() {
            break;
        }
    }
    plan.offers.resize(rounds as usize, None);
    plan.least.resize(rounds as usize, None);
    plan
}

fn bits(yes: impl Iterator<Item = bool>) -> u64 {
    yes.take(64).enumerate().fold(0, |bits, (at, yes)| bits | u64::from(yes) << at)
}

/// The first of each pattern.
fn distinct<'a>(choices: impl Iterator<Item = (u64, &'a Choice)>) -> Vec<(u64, Choice)> {
    let mut found: Vec<(u64, Choice)> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for (pattern, choice) in choices {
        if seen.insert(pattern) {
            found.push((pattern, choice.clone()));
        }
    }
    found
}

//! One session of a tournament.

use super::watched::{ShownWatched, shown};
use super::yardstick::{discounted, distance, rounded};
use super::{Place, Ready};
use crate::game::Outcome;
use crate::strategy::observe::Accuracy;
use crate::talks::{Ending, How};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;
use smallvec::SmallVec;

/// A session of a tournament: what it was, how it ended, and how that is measured. Lists per party keep the order of the
/// parties in the scenario, whoever opened.
///
/// Without agreement a party has what no agreement is worth to it, and distances are measured from there. Distances are
/// Euclidean, in the utilities of the files, and `None` where some of the parties agreed without the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its number in the plan.
    pub index: u64,
    /// What it was.
    pub place: Place,
    /// Why it ended; seats are parties here.
    pub how: How,
    /// The round in which it ended, from 1 on.
    pub rounds: u32,
    /// What all agreed on.
    pub outcome: Option<Outcome>,
    /// How many agreements there were: more than one under a protocol of coalitions.
    pub agreements: usize,
    /// What each party has in the end, in its whole numbers.
    pub whole: SmallVec<[i128; 2]>,
    /// The same as real numbers.
    pub utilities: SmallVec<[f64; 2]>,
    /// The gain over no agreement, 1 for the most the party can gain; `None` where it can gain nothing.
    pub advantages: SmallVec<[Option<f64>; 2]>,
    /// The utilities with what time took from them (GENIUS's and NegMAS's rules), where a party's shrink with time.
    pub discounted: SmallVec<[Option<f64>; 2]>,
    /// The sum of utilities.
    pub welfare: f64,
    /// The largest advantage less the smallest: 0 where all gain the same share of what they can gain.
    pub gap: Option<f64>,
    /// The distance to the nearest point of the frontier.
    pub to_frontier: Option<f64>,
    /// The distance to the Nash solution.
    pub to_nash: Option<f64>,
    /// The distance to the Kalai-Smorodinsky solution.
    pub to_kalai_smorodinsky: Option<f64>,
    /// How well each model that rode along knows each party: model by model, party by party.
    pub watched: Vec<Accuracy>,
}

/// A row in names, as it is printed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Shown {
    /// Its number in the plan, from 0.
    pub index: u64,
    /// The name of the scenario.
    pub scenario: String,
    /// The strategy of each party.
    pub strategies: Vec<String>,
    /// The party that opened.
    pub opens: String,
    /// Which repetition, from 0.
    pub repetition: u32,
    /// The seed; with the index it addresses all chance of the session.
    pub seed: u64,
    /// How it ended: agreed, deadline, left, breakdown, breach or refused.
    pub ending: String,
    /// Who left or made a move that the protocol does not allow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The round in which it ended, from 1 on.
    pub rounds: u32,
    /// What each party has in the end; without agreement what that is worth to it.
    pub utilities: Vec<f64>,
    /// The gain over no agreement, 1 for the most the party can gain; `null` where it can gain nothing.
    pub advantages: Vec<Option<f64>>,
    /// The utilities with what time took from them, where a party's shrink with time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub discounted: Vec<Option<f64>>,
    /// What all agreed on: the value of every issue; `null` without.
    pub outcome: Option<IndexMap<String, String>>,
    /// The sum of utilities.
    pub welfare: f64,
    /// The largest advantage less the smallest.
    pub gap: Option<f64>,
    /// The distance to the nearest point of the frontier, in utility.
    pub to_frontier: Option<f64>,
    /// The distance to the Nash solution.
    pub to_nash: Option<f64>,
    /// The distance to the Kalai-Smorodinsky solution.
    pub to_kalai_smorodinsky: Option<f64>,
    /// How well the models that rode along know each party.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub watched: Vec<ShownWatched>,
}

/// The name of an ending.
pub(super) fn ending(how: How) -> &'static str {
    match how {
        How::Agreed => "agreed",
        How::Deadline => "deadline",
        How::Left(_) => "left",
        How::Breakdown => "breakdown",
        How::Breach(_) => "breach",
        How::Refused => "refused",
    }
}

impl Row {
    /// The row of a session that has ended.
    pub(super) fn of(ready: &Ready, index: u64, place: Place, ending: &Ending) -> Self {
        let (scenario, yard) = ready.arena(place.scenario);
        let parties = scenario.parties.len();
        let how = match ending.how {
            How::Left(at) => How::Left(place.party_at(at)),
            How::Breach(at) => How::Breach(place.party_at(at)),
            how => how,
        };
        let whole: SmallVec<[i128; 2]> = (scenario.parties.iter().enumerate())
            .map(|(at, profile)| match ending.of(place.seat_of(at)) {
                Some(outcome) => profile.utility.of(outcome),
                None => yard.nothing.get(at).copied().unwrap_or(0),
            })
            .collect();
        let utilities: SmallVec<[f64; 2]> =
            scenario.parties.iter().zip(&whole).map(|(party, u)| party.utility.real(*u)).collect();
        let advantages: SmallVec<[Option<f64>; 2]> = (whole.iter().enumerate())
            .map(|(at, u)| yard.advantage(at, *u).map(|(gain, most)| rounded(gain as f64 / most as f64)))
            .collect();
        let clock = (ending.round, ready.rounds(place.scenario));
        let discounted = (scenario.parties.iter().zip(&utilities).enumerate())
            .map(|(at, (party, u))| {
                party.discount.as_ref().map(|d| discounted(*u, d, clock, ending.of(place.seat_of(at)).is_some()))
            })
            .collect();
        let together = ending.agreements.len() <= 1 && ending.agreements.iter().all(|a| a.seats.len() == parties);
        let to = |point: &Option<Vec<f64>>| point.as_ref().filter(|_| together).map(|p| distance(p, &utilities));
        let known = advantages.iter().flatten();
        let (low, high) = known.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), a| (l.min(*a), h.max(*a)));
        Row {
            index,
            how,
            rounds: ending.round,
            outcome: ending.agreement().filter(|_| together).cloned(),
            agreements: ending.agreements.len(),
            welfare: rounded(utilities.iter().sum()),
            gap: (advantages.iter().flatten().count() > 1).then(|| rounded(high - low)),
            to_frontier: if together { yard.to_frontier(&utilities) } else { None },
            to_nash: to(&yard.nash),
            to_kalai_smorodinsky: to(&yard.kalai_smorodinsky),
            place,
            whole,
            utilities,
            advantages,
            discounted,
            watched: Vec::new(),
        }
    }

    /// The name of its ending: agreed, deadline, left, breakdown, breach or refused.
    #[must_use]
    pub fn ending(&self) -> &'static str {
        ending(self.how)
    }

    /// The row in names.
    #[must_use]
    pub fn shown(&self, ready: &Ready) -> Shown {
        let (scenario, _) = ready.arena(self.place.scenario);
        let plan = ready.plan();
        let name = |at: usize| scenario.parties.get(at).map_or_else(String::new, |party| party.name.clone());
        let strategy = |at: &usize| ready.names().get(*at).cloned().unwrap_or_default();
        let discounts = self.discounted.iter().any(Option::is_some);
        Shown {
            index: self.index,
            scenario: plan.scenarios.get(self.place.scenario).map_or_else(String::new, |s| s.name.clone()),
            strategies: self.place.strategies.iter().map(strategy).collect(),
            opens: name(self.place.opens),
            repetition: self.place.repetition,
            seed: plan.seed,
            ending: ending(self.how).to_string(),
            by: match self.how {
                How::Left(at) | How::Breach(at) => Some(name(at)),
                _ => None,
            },
            rounds: self.rounds,
            utilities: self.utilities.to_vec(),
            advantages: self.advantages.to_vec(),
            discounted: if discounts { self.discounted.to_vec() } else { Vec::new() },
            outcome: self.outcome.as_ref().map(|outcome| scenario.space.named(outcome)),
            welfare: self.welfare,
            gap: self.gap,
            to_frontier: self.to_frontier,
            to_nash: self.to_nash,
            to_kalai_smorodinsky: self.to_kalai_smorodinsky,
            watched: shown(ready, self),
        }
    }
}

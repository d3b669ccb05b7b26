//! The best way to negotiate with a distribution of opponents, by dynamic programming.

use super::opponents::{Opponents, Unfit};
use crate::game::{Discount, Outcome};
use crate::talks::Seat;
use std::collections::BTreeMap;

/// What to do at a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Accept what is on the table.
    Accept,
    /// Propose this.
    Propose(Outcome),
    /// Walk away.
    Leave,
}

/// How one's own utility is summed: weights of types times whole numbers. Where it shrinks with time, these are rounded
/// to a millionth of a whole.
#[derive(Debug, Clone, Copy)]
pub(super) struct Worth {
    rounds: u32,
    discount: Option<Discount>,
    floor: i128,
}

/// The best policy against [`Opponents`]: what to do in each round, given which types are still possible.
///
/// Exact: in each state (the round, and the set of types that would have done what was seen) it takes, of accepting,
/// leaving and every proposal, what gains most on average over the types by their weights, all of it worked out
/// backwards from the last round in whole numbers. Of proposals accepted by the same types only the best for oneself is
/// looked at, which loses nothing: what comes after is the same. Exact for the types as given, that is: a distribution
/// over exponents cut into a few of them is an approximation of the distribution, not of the response.
#[derive(Debug, Clone)]
pub struct Policy {
    opponents: Opponents,
    worth: Worth,
    first: bool,
    /// What the offers of the types are worth to oneself; none of those one may not accept.
    offers: BTreeMap<Outcome, i128>,
    /// Round by round: what waiting is worth to each set of types, and the best way to do it.
    states: Vec<States>,
}

/// Sets of types with what waiting is worth to them, and the best way to do it.
type States = BTreeMap<u64, (i128, Waiting)>;

/// How to wait.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Waiting {
    /// By the proposal at this position of the patterns.
    Propose(usize),
    Leave,
}

impl Worth {
    /// Over so many rounds.
    pub(super) fn of(seat: &Seat, rounds: u32) -> Self {
        Worth { rounds, discount: seat.discount, floor: seat.reservation.unwrap_or(0) }
    }

    /// What an agreement in a round (from 1 on) is worth, in whole numbers of these sums.
    pub(super) fn agreed(self, utility: i128, round: usize) -> i128 {
        self.shrunk(utility, round, true)
    }

    /// What no agreement is worth in a round.
    pub(super) fn none(self, round: usize) -> i128 {
        let shrinks = match self.discount {
            Some(Discount::OverDeadline { reservation, .. } | Discount::PerStep { reservation, .. }) => reservation,
            Some(Discount::Cost { .. }) | None => false,
        };
        self.shrunk(self.floor, round, shrinks)
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "rounded as said")]
    fn shrunk(self, utility: i128, round: usize, shrinks: bool) -> i128 {
        const FINE: i128 = 1_000_000;
        let passed = round.saturating_sub(1) as f64;
        let over = passed / f64::from(self.rounds.max(1));
        match self.discount {
            None => utility,
            Some(_) if !shrinks => utility.saturating_mul(FINE),
            Some(Discount::OverDeadline { factor, .. }) => (utility as f64 * factor.powf(over) * FINE as f64) as i128,
            Some(Discount::PerStep { factor, .. }) => (utility as f64 * factor.powf(passed) * FINE as f64) as i128,
            Some(Discount::Cost { .. }) => utility.saturating_mul(FINE),
        }
    }
}

impl Policy {
    /// Works the policy out for a seat that moves first, or second.
    ///
    /// # Errors
    /// When more than `states` states can be reached. Time and memory go with them, times the number of types.
    pub fn solve(seat: &Seat, rounds: u32, first: bool, opponents: Opponents, states: usize) -> Result<Self, Unfit> {
        let worth = Worth::of(seat, rounds);
        let may = opponents.offers.iter().flatten().flatten().filter(|offer| seat.permits(offer));
        let offers = may.map(|offer| (offer.clone(), seat.utility(offer))).collect();
        let mut policy = Policy { opponents, worth, first, offers, states: Vec::new() };
        let all = policy.opponents.all();
        // In the first round the second to move has seen an offer already.
        let open: Vec<u64> = if first {
            vec![all]
        } else {
            policy.opponents.split(all, 1).into_iter().map(|(_, group)| group).collect()
        };
        policy.states = policy.from(1, open, states)?;
        Ok(policy)
    }

    /// What the policy gains on average, in whole numbers of the seat's utility (of which it is rounded to a millionth,
    /// where utility shrinks), times the sum of weights: the sum over types, and that sum of weights.
    #[must_use]
    pub fn value(&self) -> (i128, u64) {
        let all = self.opponents.all();
        let first = if self.first { vec![(None, all)] } else { self.opponents.split(all, 1) };
        let sum = first.into_iter().map(|(offer, group)| self.group(1, offer, group, &self.states).0);
        (sum.fold(0, i128::saturating_add), self.opponents.weight(all))
    }

    /// The types that are possible before anything was seen, as bits.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.opponents.all()
    }

    /// The types that remain of some after an offer in a round. When none of them would make it: those whose offer is
    /// worth most nearly the same to oneself. Empty when all of them would walk away.
    #[must_use]
    pub fn after_offer(&self, types: u64, round: usize, offer: &Outcome, worth: i128) -> u64 {
        let groups = self.opponents.split(types, round);
        let away = |known: Option<&Outcome>| {
            let known = known?;
            let apart = self.offers.get(known).map_or(u128::MAX, |other| other.abs_diff(worth));
            Some((*known != *offer, apart))
        };
        let near = groups.into_iter().filter_map(|(known, group)| Some((away(known)?, group)));
        near.min_by_key(|(away, _)| *away).map_or(0, |(_, group)| group)
    }

    /// The types that remain of some after they have turned down a proposal in a round.
    #[must_use]
    pub fn after_refusal(&self, types: u64, round: usize, proposal: &Outcome) -> u64 {
        let patterns = round.checked_sub(1).and_then(|at| self.opponents.patterns.get(at));
        let found = patterns.into_iter().flatten().find(|(_, choice)| choice.outcome == *proposal);
        found.map_or(types, |(accepting, _)| types & !accepting)
    }

    /// What to do in a round when these types are possible, with an offer on the table that is worth `offered`, if any.
    /// Once no type is possible, all are taken to be.
    ///
    /// # Errors
    /// Only where types that were ruled out come back: when more than `states` states can be reached from there.
    pub fn act(&self, round: usize, types: u64, offered: Option<i128>, states: usize) -> Result<Act, Unfit> {
        let types = if types == 0 { self.opponents.all() } else { types };
        let known = round.checked_sub(1).and_then(|at| self.states.get(at)).and_then(|states| states.get(&types));
        let (waiting, how) = match known {
            Some(known) => known.clone(),
            None => {
                let solved = self.from(round, vec![types], states)?;
                let lost = (0, Waiting::Leave);
                solved.get(round.saturating_sub(1)).and_then(|at| at.get(&types)).cloned().unwrap_or(lost)
            }
        };
        let weight = i128::from(self.opponents.weight(types));
        if offered.is_some_and(|worth| weight.saturating_mul(self.worth.agreed(worth, round)) >= waiting) {
            return Ok(Act::Accept);
        }
        let patterns = self.opponents.patterns.get(self.answered(round) - 1);
        Ok(match how {
            Waiting::Leave => Act::Leave,
            Waiting::Propose(at) => patterns
                .and_then(|patterns| patterns.get(at))
                .map_or(Act::Leave, |(_, choice)| Act::Propose(choice.outcome.clone())),
        })
    }

    /// The round in which a proposal of a round is answered.
    fn answered(&self, round: usize) -> usize {
        (if self.first { round } else { round + 1 }).min(self.opponents.patterns.len().max(1))
    }

    /// What is worth what from a round on, for these sets of types and all that can come of them.
    fn from(&self, round: usize, open: Vec<u64>, most: usize) -> Result<Vec<States>, Unfit> {
        let rounds = self.worth.rounds as usize;
        let mut reached: Vec<States> = vec![BTreeMap::new(); rounds];
        let lost = || (0, Waiting::Leave);
        if let Some(now) = reached.get_mut(round.saturating_sub(1)) {
            now.extend(open.into_iter().map(|types| (types, lost())));
        }
        let mut count = 0usize;
        for at in round..rounds {
            let now: Vec<u64> = reached.get(at - 1).into_iter().flatten().map(|(types, _)| *types).collect();
            let mut next: States = BTreeMap::new();
            for types in now {
                for (accepting, _) in self.opponents.patterns.get(self.answered(at) - 1).into_iter().flatten() {
                    let left = types & !accepting;
                    for (offer, group) in self.opponents.split(left, self.answered(at)) {
                        if offer.is_some() {
                            next.entry(group).or_insert_with(lost);
                        }
                    }
                }
            }
            count = count.saturating_add(next.len());
            if count > most {
                return Err(Unfit(format!("more than {most} states can be reached")));
            }
            if let Some(slot) = reached.get_mut(at) {
                *slot = next;
            }
        }
        for at in (round..=rounds).rev() {
            let now: Vec<u64> = reached.get(at - 1).into_iter().flatten().map(|(types, _)| *types).collect();
            for types in now {
                let best = self.wait(at, types, &reached);
                if let Some(slot) = reached.get_mut(at - 1) {
                    slot.insert(types, best);
                }
            }
        }
        Ok(reached)
    }

    /// The best that can be had without accepting.
    fn wait(&self, round: usize, types: u64, states: &[States]) -> (i128, Waiting) {
        let rounds = self.worth.rounds as usize;
        let weight = |types: u64| i128::from(self.opponents.weight(types));
        let leaving = weight(types).saturating_mul(self.worth.none(round));
        if !self.first && round >= rounds {
            // Nobody answers what is proposed last.
            let end = weight(types).saturating_mul(self.worth.none(rounds));
            return if end >= leaving { (end, Waiting::Propose(0)) } else { (leaving, Waiting::Leave) };
        }
        let answered = self.answered(round);
        let mut best: Option<(i128, Waiting)> = None;
        for (at, (accepting, choice)) in self.opponents.patterns.get(answered - 1).into_iter().flatten().enumerate() {
            let yes = types & accepting;
            let mut value = weight(yes).saturating_mul(self.worth.agreed(choice.utility, answered));
            for (offer, group) in self.opponents.split(types & !accepting, answered) {
                // The one that moves first meets the offer in the next round.
                let next = if self.first { round + 1 } else { answered };
                value = value.saturating_add(self.group(next, offer, group, states).0);
            }
            if best.as_ref().is_none_or(|(most, _)| value > *most) {
                best = Some((value, Waiting::Propose(at)));
            }
        }
        best.filter(|(most, _)| *most >= leaving).unwrap_or((leaving, Waiting::Leave))
    }

    /// What it is worth to stand in a round before an offer of a group of types, and whether it is accepted.
    fn group(&self, round: usize, offer: Option<&Outcome>, group: u64, states: &[States]) -> (i128, bool) {
        let rounds = self.worth.rounds as usize;
        let weight = i128::from(self.opponents.weight(group));
        if round > rounds {
            return (weight.saturating_mul(self.worth.none(rounds)), false);
        }
        let waiting = states.get(round - 1).and_then(|now| now.get(&group)).map_or(i128::MIN, |(value, _)| *value);
        let opening = self.first && round == 1;
        let Some(offer) = offer else {
            // It walked away, or nothing is on the table yet.
            let end =
                weight.saturating_mul(self.worth.none(if self.first { round - usize::from(!opening) } else { round }));
            return (if opening { waiting } else { end }, false);
        };
        let taken = self.offers.get(offer).map(|worth| weight.saturating_mul(self.worth.agreed(*worth, round)));
        match taken {
            Some(taken) if taken >= waiting => (taken, true),
            _ => (waiting, false),
        }
    }
}

//! Caduceus, the winner of 2016.
//!
//! Güneş, Arditi and Aydoğan, *Collective Voice of Experts in Multilateral Negotiation* (PRIMA 2017).

use super::heard::Received;
use super::own::Own;
use super::seated::{Agent, Turn};
use crate::game::{Outcome, Stream};
use crate::strategy::Strategy;
use crate::talks::Choice;

/// Until then it proposes its best.
const BEST_UNTIL: f64 = 0.83;

/// Needs: experts, other strategies that are asked what they would do. For two seats or more.
///
/// Up to 0.83 of the time it proposes its best and accepts nothing less. From then on each expert says what it would
/// propose, and the votes on each issue are counted by the weights of the experts (the "crossover"). It accepts when
/// experts of more than half of the weight do.
///
/// Known behaviour: looks stubborn for long, then lands on what its experts agree on.
///
/// The experts of the agent of 2016 were ParsAgent, RandomDance, Kawaii, Caduceus of 2015 and Atlas3. Of these Atlas3
/// alone is available here. In the places of the others stand strategies that are: AgentGG, HardHeaded, AgentK and a
/// Boulware tactic. So this is the way of Caduceus, not the agent of 2016; its results differ.
///
/// Left open by the description, and chosen here:
/// - The weights: 5 for Atlas3, then 4, 3, 2 and 1 in the order above.
/// - When the counted outcome breaks a rule, or is worth less to it than every proposal of its experts, it proposes
///   what the expert of the largest weight would.
/// - The experts are asked from the start, so that they have heard everything.
pub(super) struct Caduceus {
    /// As they are before a session, with their weights.
    experts: Vec<(u32, Box<dyn Strategy>)>,
    /// As they play in one; opened at the first turn.
    playing: Vec<(u32, Box<dyn Strategy>)>,
}

impl Caduceus {
    pub(super) fn new(experts: Vec<(u32, Box<dyn Strategy>)>) -> Self {
        Caduceus { experts, playing: Vec::new() }
    }

    /// The value with the most votes on every issue; of equals the least. `None` without votes.
    pub(super) fn crossed(votes: &[(u32, Outcome)]) -> Option<Outcome> {
        let issues = votes.first()?.1.digits().len();
        let winner = |issue: usize| {
            let weight = |value: u16| -> u32 {
                votes.iter().filter(|(_, outcome)| outcome.digit(issue) == value).map(|(weight, _)| weight).sum()
            };
            let values = votes.iter().map(|(_, outcome)| outcome.digit(issue));
            values.max_by_key(|value| (weight(*value), std::cmp::Reverse(*value))).unwrap_or(0)
        };
        Some(Outcome::new((0..issues).map(winner).collect::<Vec<u16>>()))
    }
}

impl Clone for Caduceus {
    fn clone(&self) -> Self {
        // Opening a strategy gives the same at the start of a session.
        let again = |(weight, expert): &(u32, Box<dyn Strategy>)| (*weight, expert.open(Stream::new(0, 0, 0)));
        Caduceus::new(self.experts.iter().map(again).collect())
    }
}

impl Agent for Caduceus {
    fn hears(&mut self, _: &Own<'_>, _: &[Received]) {}

    fn next(&mut self, turn: &mut Turn<'_>) -> Choice {
        if self.playing.is_empty() {
            let open = |(weight, expert): &(u32, Box<dyn Strategy>)| {
                let seed = turn.stream.next_u64();
                (*weight, expert.open(Stream::new(seed, 0, 0)))
            };
            self.playing = self.experts.iter().map(open).collect();
        }
        let view = turn.view;
        let votes: Vec<(u32, Outcome)> =
            self.playing.iter_mut().filter_map(|(weight, expert)| Some((*weight, expert.propose(&view)?))).collect();
        if !turn.own.late(BEST_UNTIL) {
            return turn.own.best.clone();
        }
        let seat = turn.own.view.seat();
        let choice = |outcome: &Outcome| Choice { utility: seat.utility(outcome), outcome: outcome.clone() };
        let least = votes.iter().map(|(_, outcome)| seat.utility(outcome)).min().unwrap_or(turn.own.best.utility);
        let crossed = Self::crossed(&votes).map(|outcome| choice(&outcome));
        let kept = crossed.filter(|found| found.utility >= least && seat.permits(&found.outcome));
        let heaviest = || votes.iter().max_by_key(|(weight, _)| *weight).map(|(_, outcome)| choice(outcome));
        kept.or_else(heaviest).unwrap_or_else(|| turn.own.best.clone())
    }

    fn takes(&mut self, turn: &mut Turn<'_>, offer: &Outcome, worth: f64, _: &Choice) -> bool {
        if !turn.own.late(BEST_UNTIL) {
            return worth >= 1.0;
        }
        let (mut yes, mut all) = (0, 0);
        let view = turn.view;
        for (weight, expert) in &mut self.playing {
            all += *weight;
            if expert.accepts(&view, offer) {
                yes += *weight;
            }
        }
        2 * yes > all
    }
}

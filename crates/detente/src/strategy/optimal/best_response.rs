//! The best response to a known distribution of opponents.

use super::memo::Memo;
use super::{Act, Opponents, Others, Policy};
use crate::game::{Outcome, Stream};
use crate::strategy::{Curve, Pick, Strategy, TimeDependent};
use crate::talks::{Actor, Choice, Seat, View};
use std::sync::Arc;

/// The most states that are reached; with more, types are left out.
const STATES: usize = 200_000;
/// The rounds that are looked ahead when nobody knows how many there will be.
const UNKNOWN: u32 = 100;

/// Plays the best policy ([`Policy`]) against a distribution of opponents whose preferences are known and whose ways do
/// not depend on what is done to them, such as time-dependent tactics with an exponent that is not known.
///
/// Needs: two seats, alternating offers, outcomes that can be listed, the true utility of the other, and a known end;
/// without one it looks ahead over a hundred rounds and takes what it can get after them. It accepts nothing below its
/// floor.
///
/// What is exact: against opponents that are types of the distribution, nothing gains more on average. What is not:
/// against others. When it sees what no type would do, it goes on with the type whose offer is worth most nearly the
/// same to it, of those that would have turned down what was turned down, or of all. When more than 200,000 states can
/// be reached, every other type is left out until they cannot. Floors that move during a session, and what happens
/// beside the table, are not looked ahead to.
///
/// Known behaviour: asks for the most that the softest types still possible will give, just before they would, and
/// gives in to the toughest only as the end nears.
#[derive(Clone)]
pub struct BestResponse {
    others: Others,
    types: Arc<Vec<(u64, Box<dyn Strategy>)>>,
    solved: Memo<Option<Policy>>,
    /// The types still possible; `None` before the first turn.
    left: Option<u64>,
    /// What was heard up to here.
    position: usize,
    proposed: Option<Outcome>,
}

impl BestResponse {
    /// Against opponents of these types, each with its weight, 64 at most.
    #[must_use]
    pub fn new(others: Others, types: Vec<(u64, Box<dyn Strategy>)>) -> Self {
        let types = Arc::new(types);
        BestResponse { others, types, solved: Memo::default(), left: None, position: 0, proposed: None }
    }

    /// Against time-dependent opponents (`1 - t^(1/e)`) with an exponent that is one of `count` between these two,
    /// evenly on a logarithmic scale and each as likely.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a few types")]
    pub fn to_exponents(others: Others, (low, high): (f64, f64), count: usize) -> Self {
        let (low, high) = (low.max(1e-3).ln(), high.max(1e-3).ln());
        let exponent = |at: usize| {
            let share = if count > 1 { at as f64 / (count - 1) as f64 } else { 0.5 };
            (low + (high - low) * share).exp()
        };
        let tactic = |e: f64| Box::new(TimeDependent::new(Curve::Polynomial(e), Pick::AtLeast)) as Box<dyn Strategy>;
        BestResponse::new(others, (0..count).map(|at| (1, tactic(exponent(at)))).collect())
    }

    fn solve(&self, view: &View<'_>, rounds: u32) -> Option<Policy> {
        let own = view.seat();
        let scenario = self.others.scenario(own)?;
        let other = Seat::of(&scenario, 1usize.checked_sub(own.at)?, Vec::new()).ok()?;
        let mut types: Vec<(u64, &dyn Strategy)> = self.types.iter().map(|(w, s)| (*w, s.as_ref())).collect();
        loop {
            let opponents = Opponents::observed(own, &other, rounds, &types, 0).ok()?;
            let solved = Policy::solve(own, rounds, own.at == 0, opponents, STATES);
            if solved.is_ok() || types.len() <= 1 {
                return solved.ok();
            }
            types = types.into_iter().step_by(2).collect();
        }
    }

    /// Hears what the other did, and says what to do.
    fn act(&mut self, view: &View<'_>, offer: Option<&Outcome>) -> Option<Act> {
        let rounds = view.rounds().unwrap_or(UNKNOWN);
        if view.round() > rounds {
            return Some(offer.map_or(Act::Leave, |_| Act::Accept));
        }
        let solved = self.solved.get(view, rounds, || self.solve(view, rounds));
        let policy = solved.as_ref().as_ref()?;
        let mut left = self.left.unwrap_or_else(|| policy.all());
        for event in view.since(self.position) {
            let Some((_, outcome)) = event.offer() else { continue };
            let round = event.round as usize;
            if event.by == Actor::Seat(view.seat().at) {
                self.proposed = Some(outcome.clone());
                continue;
            }
            let refusing = self.proposed.take().map_or(left, |mine| policy.after_refusal(left, round, &mine));
            let worth = view.seat().utility(outcome);
            let after = |types: u64| policy.after_offer(types, round, outcome, worth);
            left = [refusing, left, policy.all()].into_iter().map(after).find(|types| *types != 0).unwrap_or(left);
        }
        self.position = view.heard();
        self.left = Some(left);
        let offered = offer.filter(|offer| view.tolerates(offer)).map(|offer| view.seat().utility(offer));
        policy.act(view.round() as usize, left, offered, STATES).ok()
    }
}

fn best(view: &View<'_>) -> Option<Outcome> {
    view.seat().menu().best().map(|Choice { outcome, .. }| outcome)
}

impl Strategy for BestResponse {
    fn open(&self, _: Stream) -> Box<dyn Strategy> {
        Box::new(BestResponse { left: None, position: 0, proposed: None, ..self.clone() })
    }

    fn propose(&mut self, view: &View<'_>) -> Option<Outcome> {
        match self.act(view, None) {
            Some(Act::Propose(outcome)) => Some(outcome),
            Some(Act::Leave) if view.rounds().is_some() => None,
            _ => best(view),
        }
    }

    fn accepts(&mut self, view: &View<'_>, offer: &Outcome) -> bool {
        view.tolerates(offer) && self.act(view, Some(offer)) == Some(Act::Accept)
    }
}

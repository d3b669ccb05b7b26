//! Looking ahead to the last round, when everybody knows everybody's preferences.

use super::Others;
use super::memo::Memo;
use crate::analysis::offers::{Terms, subgame_perfect};
use crate::analysis::{Limits, frontier};
use crate::game::{Discount, Outcome, Scenario, Stream};
use crate::strategy::Strategy;
use crate::talks::{Seat, View};

/// The rounds that are looked ahead when nobody knows how many there will be.
const UNKNOWN: u32 = 100;

/// Plays the subgame-perfect equilibrium of alternating offers with an end (Ståhl 1972, Rubinstein 1982), worked out by
/// [`crate::analysis::offers::subgame_perfect`].
///
/// Needs: two seats, alternating offers, the true preferences of the other and a known end (without one it looks ahead
/// over a hundred rounds and then takes what it can get). A round is two turns, of which the very last cannot be
/// answered: so `2 n - 1` proposals count in `n` rounds, and who moves first proposes last.
///
/// It proposes in each turn what is best for it of what the other would not do better to turn down, and accepts what is
/// worth at least as much as going on, also where the other has left the path. Two of them agree in the first round, if
/// at all; it walks away when nothing is better to it than that.
///
/// What is exact: utilities that do not shrink, over a frontier that is complete. Utility that shrinks over the
/// deadline or per step is taken to shrink evenly with every turn, half of it before the other's. Where the frontier
/// cannot be worked out in full within the usual limits, or the others are not known of, it plays with what of it was
/// found, or with its own best alone. Red lines of one's own that others do not know are kept by the one who has them
/// and not foreseen by the other.
#[derive(Clone)]
pub struct SubgamePerfect {
    others: Others,
    planned: Memo<Plan>,
}

/// What happens in each turn if it is reached.
#[derive(Debug, Default)]
struct Plan {
    /// What is proposed and agreed; `None`: nothing that both would have.
    offers: Vec<Option<Outcome>>,
    /// What the turn is worth to each seat, as a real utility at that time.
    values: Vec<Vec<f64>>,
}

impl SubgamePerfect {
    /// Against parties with these preferences.
    #[must_use]
    pub fn new(others: Others) -> Self {
        SubgamePerfect { others, planned: Memo::default() }
    }

    fn plan(&self, seat: &Seat, rounds: u32) -> Plan {
        let Some(scenario) = self.others.scenario(seat).filter(|scenario| scenario.parties.len() == 2) else {
            return Plan::default();
        };
        let limits = Limits::default();
        let frontier = frontier(&scenario, limits).answer;
        let turns = (2 * rounds as usize).saturating_sub(1);
        let (discount, reservation_shrinks) = per_turn(&scenario, rounds);
        let terms = Terms { rounds: turns, first: 0, discount, reservation_shrinks };
        let play = subgame_perfect(&scenario, &frontier, &terms, &limits).answer;
        let offer = |at: Option<usize>| frontier.points.get(at?).map(|point| point.outcome.clone());
        let (offers, values) = play.rounds.into_iter().map(|round| (offer(round.offer), round.values)).unzip();
        Plan { offers, values }
    }
}

/// What utility is multiplied by per turn, party by party, and whether reservation values shrink. Nothing when none
/// shrinks.
fn per_turn(scenario: &Scenario, rounds: u32) -> (Vec<f64>, bool) {
    let factor = |discount: &Option<Discount>| match discount {
        Some(Discount::OverDeadline { factor, .. }) => factor.powf(0.5 / f64::from(rounds.max(1))),
        Some(Discount::PerStep { factor, .. }) => factor.sqrt(),
        Some(Discount::Cost { .. }) | None => 1.0,
    };
    let shrinks = |discount: &Option<Discount>| {
        !matches!(
            discount,
            Some(Discount::OverDeadline { reservation: false, .. } | Discount::PerStep { reservation: false, .. })
        )
    };
    let factors: Vec<f64> = scenario.parties.iter().map(|party| factor(&party.discount)).collect();
    let all = scenario.parties.iter().all(|party| shrinks(&party.discount));
    if factors.iter().all(|factor| *factor >= 1.0) { (Vec::new(), all) } else { (factors, all) }
}

impl Plan {
    /// Whether going on from a turn is worth no more to a seat than an offer.
    fn yields(&self, turn: usize, seat: &Seat, offer: &Outcome) -> bool {
        let Some(values) = self.values.get(turn) else {
            // What would be proposed now cannot be answered any more; or nothing is known.
            let best = seat.menu().best().map(|best| best.utility);
            return !self.values.is_empty() || best.is_some_and(|best| seat.utility(offer) >= best);
        };
        if seat.discount.is_some() {
            let going_on = values.get(seat.at).copied().unwrap_or(0.0);
            return seat.real(seat.utility(offer)) >= going_on - 1e-12;
        }
        // Nothing shrinks, so going on is worth what is agreed next, in whole numbers, or no agreement.
        let next = self.offers.iter().skip(turn).flatten().next();
        next.is_none_or(|next| seat.utility(offer) >= seat.utility(next))
    }
}

/// The best outcome, where it is no worse than no agreement.
fn best(view: &View<'_>) -> Option<Outcome> {
    view.seat().menu().best().map(|choice| choice.outcome).filter(|outcome| view.tolerates(outcome))
}

/// The turn it is for a seat, from 0 on.
fn turn(view: &View<'_>) -> usize {
    (view.round() as usize).saturating_sub(1) * 2 + view.seat().at
}

impl Strategy for SubgamePerfect {
    fn open(&self, _: Stream) -> Box<dyn Strategy> {
        Box::new(self.clone())
    }

    fn propose(&mut self, view: &View<'_>) -> Option<Outcome> {
        let rounds = view.rounds().unwrap_or(UNKNOWN);
        let plan = self.planned.get(view, rounds, || self.plan(view.seat(), rounds));
        let planned = plan.offers.get(turn(view)).and_then(Option::as_ref).filter(|outcome| view.tolerates(outcome));
        planned.cloned().or_else(|| best(view))
    }

    fn accepts(&mut self, view: &View<'_>, offer: &Outcome) -> bool {
        if !view.tolerates(offer) {
            return false;
        }
        let rounds = view.rounds().unwrap_or(UNKNOWN);
        let plan = self.planned.get(view, rounds, || self.plan(view.seat(), rounds));
        plan.yields(turn(view), view.seat(), offer)
    }
}

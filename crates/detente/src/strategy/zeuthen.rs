//! Zeuthen's strategy (Zeuthen 1930; Harsanyi 1956; Rosenschein and Zlotkin 1994, *Rules of Encounter*): who has less to
//! lose by a breakdown stands still, the other concedes just enough.

use super::Strategy;
use super::model::Model;
use super::recipe::{Entry, Kind, Parameter};
use crate::game::{Outcome, Stream, Utility};
use crate::talks::{Event, View};
use std::sync::Arc;

/// What the strategy takes the other seat to want.
#[derive(Debug, Clone)]
enum Other {
    /// Its utility, and what no agreement is worth to it; `None`: what its worst outcome is.
    Known(Arc<Utility>, Option<i128>),
    /// What a model says, in whole billionths, no agreement being worth what the worst outcome is.
    Model(Model),
}

/// For two seats. It begins with the outcome that is best for itself among those that nobody can better for one without
/// making worse for the other. A seat's risk is what it loses by taking the other's offer, as a share of what it loses by
/// a breakdown; a seat with nothing to lose by a breakdown risks all. When its own risk is no greater than the other's it
/// concedes: to what is best for itself among what makes its risk the greater, which is what has a greater product of
/// both gains than the other's offer; where there is no such outcome, to the other's offer itself. It takes what is worth
/// at least what it offers itself.
///
/// It sees utilities that the table does not show: the other's true one ([`Zeuthen::knowing`]) or a model of it. Of two
/// that know each other and the value of no agreement, under monotonic concession and where no two outcomes have the same
/// product of gains, the agreement is the outcome with the greatest product, Nash's solution. Among outcomes of the same
/// greatest product chance decides. A wrong idea of the other, as models give, can end it elsewhere or not at all.
#[derive(Debug, Clone)]
pub struct Zeuthen {
    other: Other,
    /// Whether the model has been opened for the other seat.
    opened: bool,
    heard: usize,
    /// Its own offer that stands.
    mine: Option<Deal>,
    /// What it would offer, with the round it was worked out in.
    planned: Option<(u32, Option<Deal>)>,
}

/// An outcome with what both gain by it over no agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Deal {
    own: u128,
    other: u128,
    outcome: Outcome,
}

/// A product of two numbers, high half first, so that it does not overflow.
fn product(a: u128, b: u128) -> (u128, u128) {
    const HALF: u128 = (1 << 64) - 1;
    let (a1, a0, b1, b0) = (a >> 64, a & HALF, b >> 64, b & HALF);
    let middle = ((a0 * b0) >> 64) + ((a1 * b0) & HALF) + ((a0 * b1) & HALF);
    let high = a1 * b1 + ((a1 * b0) >> 64) + ((a0 * b1) >> 64) + (middle >> 64);
    (high, a.wrapping_mul(b))
}

impl Deal {
    fn product(&self) -> (u128, u128) {
        product(self.own, self.other)
    }
}

impl Zeuthen {
    fn new(other: Other) -> Self {
        Zeuthen { other, opened: false, heard: 0, mine: None, planned: None }
    }

    /// Knows the other's utility, and what no agreement is worth to it, in the units of that utility. `None`: what its
    /// worst outcome is worth stands for it.
    #[must_use]
    pub fn knowing(utility: Utility, floor: Option<i128>) -> Self {
        Self::new(Other::Known(Arc::new(utility), floor))
    }

    /// Goes by a model of the other, no agreement being worth to it what the worst outcome is.
    #[must_use]
    pub fn modelling(model: Model) -> Self {
        Self::new(Other::Model(model))
    }

    #[expect(clippy::cast_possible_truncation, reason = "a share in billionths")]
    fn worth(&self, outcome: &Outcome) -> i128 {
        match &self.other {
            Other::Known(utility, _) => utility.of(outcome),
            Other::Model(model) => (model.worth(outcome) * 1e9).round() as i128,
        }
    }

    /// Hears what the other has offered since.
    fn hear(&mut self, view: &View<'_>) {
        if let Other::Model(model) = &mut self.other {
            if !self.opened {
                // One of two seats: the other is the one it is not.
                *model = model.open(&view.seat().space, 1 - view.seat().at.min(1));
                self.opened = true;
            }
            for (by, offer) in view.since(self.heard).filter_map(Event::offer) {
                if by != view.seat().at {
                    model.hear(offer, view.time());
                }
            }
        }
        self.heard = view.heard();
    }

    /// What both have without agreement: itself, and the other as far as it is known. `None`: no outcome at all.
    fn floors(&self, view: &View<'_>) -> Option<(i128, i128)> {
        let list = view.seat().menu().list()?;
        let own = view.floor().or_else(|| list.last().map(|choice| choice.utility))?;
        let other = match &self.other {
            Other::Known(_, Some(floor)) => *floor,
            _ => list.iter().map(|choice| self.worth(&choice.outcome)).min()?,
        };
        Some((own, other))
    }

    /// The outcomes worth it to both that nobody can better for one without making worse for the other, the best for
    /// itself first. Of outcomes that are worth the same to both, the first of the menu.
    fn efficient(&self, view: &View<'_>, (own, other): (i128, i128)) -> Vec<Deal> {
        let list = view.seat().menu().list().unwrap_or_default();
        let mut out = Vec::new();
        let mut best: Option<i128> = None;
        for alike in list.chunk_by(|a, b| a.utility == b.utility) {
            let worths = alike.iter().map(|choice| (self.worth(&choice.outcome), choice));
            let top = worths.reduce(|a, b| if b.0 > a.0 { b } else { a });
            let Some((worth, choice)) = top.filter(|(worth, _)| best.is_none_or(|best| *worth > best)) else {
                continue;
            };
            best = Some(worth);
            if choice.utility >= own && worth >= other {
                out.push(Deal {
                    own: gain(choice.utility, own),
                    other: gain(worth, other),
                    outcome: choice.outcome.clone(),
                });
            }
        }
        out
    }

    /// What it would offer now. `None`: nothing is worth it to both.
    fn plan(&mut self, view: &View<'_>) -> Option<Deal> {
        if let Some((_, planned)) = self.planned.as_ref().filter(|(round, _)| *round == view.round()) {
            return planned.clone();
        }
        self.hear(view);
        let planned = self.work_out(view);
        self.planned = Some((view.round(), planned.clone()));
        planned
    }

    fn work_out(&self, view: &View<'_>) -> Option<Deal> {
        let floors = self.floors(view)?;
        let deals = self.efficient(view, floors);
        let Some(mine) = &self.mine else { return deals.into_iter().next() };
        let Some(offer) = view.last_received() else { return Some(mine.clone()) };
        let offered = Deal {
            own: gain(view.seat().utility(offer), floors.0),
            other: gain(self.worth(offer), floors.1),
            outcome: offer.clone(),
        };
        if offered.product() < mine.product() {
            // The other has less to lose by conceding, so it is the other's turn.
            return Some(mine.clone());
        }
        let enough = deals.into_iter().find(|deal| deal.own <= mine.own && deal.product() > offered.product());
        enough.or_else(|| Some(offered).filter(|_| view.tolerates(offer))).or_else(|| Some(mine.clone()))
    }
}

/// What an outcome gains over no agreement; nothing when it is worse.
fn gain(worth: i128, floor: i128) -> u128 {
    u128::try_from(worth.saturating_sub(floor)).unwrap_or(0)
}

impl Strategy for Zeuthen {
    fn open(&self, _: Stream) -> Box<dyn Strategy> {
        Box::new(Self::new(self.other.clone()))
    }

    fn propose(&mut self, view: &View<'_>) -> Option<Outcome> {
        self.mine = self.plan(view);
        self.mine.as_ref().map(|deal| deal.outcome.clone())
    }

    fn accepts(&mut self, view: &View<'_>, offer: &Outcome) -> bool {
        // Where it has made an offer in this round, that is the plan of the round.
        let planned = self.plan(view).map(|deal| view.seat().utility(&deal.outcome));
        view.tolerates(offer) && planned.is_some_and(|planned| view.seat().utility(offer) >= planned)
    }
}

/// What is known by name.
pub(super) const ENTRIES: &[Entry] = &[Entry::new(
    "zeuthen",
    "concedes just enough when it has more to lose by a breakdown than the other",
    "Zeuthen 1930; Rosenschein and Zlotkin 1994",
    |given| Box::new(Zeuthen::modelling(given.model("model"))),
)
.takes(&[Parameter::part("model", Kind::Model, "perfect", "what the other is taken to want")])
.seats(2, 2)
.needs_list()];

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::game::{Issue, Profile, Scenario, Space};
    use crate::strategy::play;
    use crate::talks::protocols::{MonotonicConcession, StackedAlternating};
    use crate::talks::{Clock, Ending, How, Protocol, Seat, Setting};
    use proptest::prelude::*;

    fn scenario(worth: &[Vec<Vec<i128>>; 2], floors: [i128; 2]) -> Scenario {
        let values = ["p", "q", "r", "s"];
        let issues = worth[0].iter().enumerate().map(|(i, w)| Issue::named(&i.to_string(), &values[..w.len()]));
        let party = |(worth, floor): (&Vec<Vec<i128>>, i128)| {
            let utility = Utility { unit: 100, worth: worth.clone(), ..Utility::default() };
            Profile { reservation: Some(floor), ..Profile::new("a party", utility) }
        };
        Scenario::new("small", Space { issues: issues.collect() }, worth.iter().zip(floors).map(party).collect())
    }

    fn between(scenario: &Scenario, protocol: &dyn Protocol, rounds: u32, seed: u64) -> Ending {
        let seats = Seat::all(scenario).unwrap();
        let knows = |at: usize| {
            let other = &scenario.parties[1 - at];
            Zeuthen::knowing(other.utility.as_ref().clone(), other.reservation)
        };
        let setting = Setting::of(scenario);
        play(&setting, protocol, &Clock::rounds(rounds), &seats, &[&knows(0), &knows(1)], (seed, 0)).ending
    }

    #[test]
    fn products_do_not_overflow() {
        assert_eq!(product(7, 6), (0, 42));
        assert_eq!(product(u128::MAX, u128::MAX), (u128::MAX - 1, 1));
        assert_eq!(product(1 << 100, 1 << 100), (1 << 72, 0));
        assert_eq!(product(u128::MAX, 2), (1, u128::MAX - 1));
    }

    #[test]
    fn who_has_less_to_lose_stands_still() {
        // One issue; a gains 10, 7, 2 and b gains 0, 6, 8: the products are 0, 42, 16.
        let scenario = scenario(&[vec![vec![10, 7, 2]], vec![vec![0, 6, 8]]], [0, 0]);
        let ending = between(&scenario, &MonotonicConcession::new(), 10, 1);
        assert_eq!(ending.agreement().unwrap().digits(), [1]);
        // First a offers the first and b the last. With b's offer a would lose 8 of 10, with a's b would lose 8 of 8, so
        // that a concedes in the second round, and b, which gains 6 by it and 8 by its own, concedes in the third.
        assert_eq!(ending.round, 3);
    }

    #[test]
    fn nothing_worth_it_to_both_ends_the_talks() {
        let scenario = scenario(&[vec![vec![10, 0]], vec![vec![0, 10]]], [5, 5]);
        assert!(matches!(between(&scenario, &MonotonicConcession::new(), 10, 1).how, How::Left(_)));
    }

    proptest! {
        #[test]
        fn two_that_know_each_other_agree_on_the_greatest_product_of_gains(
            sizes in prop::collection::vec(2usize..5, 1..4), numbers in prop::collection::vec(0i128..40, 24),
            floors in (0i128..30, 0i128..30), seed: u64,
        ) {
            let mut numbers = numbers.into_iter();
            let mut worth = || sizes.iter().map(|s| numbers.by_ref().take(*s).collect::<Vec<_>>()).collect::<Vec<_>>();
            let worth = [worth(), worth()];
            prop_assume!(worth[1].iter().all(|w| w.len() > 1));
            prop_assume!(worth.iter().all(|w| w.iter().zip(&sizes).all(|(w, s)| w.len() == *s)));
            let scenario = scenario(&worth, [floors.0, floors.1]);
            let gains = |outcome: &Outcome| {
                let all = scenario.utilities(outcome);
                (all[0] - floors.0, all[1] - floors.1)
            };
            let worthwhile = scenario.space.outcomes().map(|o| gains(&o)).filter(|(a, b)| *a >= 0 && *b >= 0);
            let greatest = worthwhile.map(|(a, b)| a * b).max();
            prop_assume!(greatest.is_some_and(|greatest| greatest > 0));
            // It is agreed for certain, ties or not, and on an outcome with the greatest product.
            for protocol in [&MonotonicConcession::new() as &dyn Protocol, &StackedAlternating::genius()] {
                let ending = between(&scenario, protocol, 300, seed);
                let agreed = ending.agreement().map(gains);
                prop_assert_eq!(agreed.map(|(a, b)| a * b), greatest, "{:?} {}", ending, protocol.name());
            }
        }
    }
}

//! Atlas3, the winner of 2015.
//!
//! Mori and Ito, *Atlas3: A Negotiating Agent Based on Expecting Lower Limit of Concession Function* (in: Modern
//! Approaches to Agent-based Complex Automated Negotiation, Springer 2017), on Mori and Ito, *A compromising strategy
//! based on expected utility of evolutionary stable strategy in bilateral closed bargaining problem* (2015).

use super::heard::Received;
use super::own::Own;
use super::seated::{Agent, Turn};
use crate::game::Outcome;
use crate::talks::Choice;
use std::collections::BTreeMap;

/// How many of the popular outcomes are proposed at the end.
const POPULAR: usize = 5;
/// How many different offers are remembered.
const REMEMBERED: usize = 4096;

/// Needs: a count of the values that the others offer, issue by issue. For two seats or more.
///
/// It sees the end as a game in which each side either holds out or gives in. With `a11` when both hold out, `a12` when
/// only the other gives in, `a21` when only it does and `a22` when both do, the others hold out in the mixed
/// equilibrium with the chance `q = 1 / (1 - (a11 - a21) / (a12 - a22))`, and the end is worth `v = q a21 + (1 - q)
/// a22` to it. It gives way from 1 towards `v`: `v + (1 - v) (1 - t)`. It proposes an outcome at its target with the
/// values most often offered by the others put in wherever the target allows. In the last rounds it proposes the offers
/// of the others made most often. It accepts what is worth the target.
///
/// Known behaviour: steady; agreements late, nearly always; tougher the worse the offers are as long as they beat the
/// floor.
///
/// Left open by the description, and chosen here:
/// - `a12 = 1`, `a21` the best offer of others so far, `a11` the floor, and `a22` halfway between `a12` and `a21`.
/// - With a discount `d`, time presses more: `(1 - t)^(1/d)` in place of `1 - t`.
/// - At the end, the five offers made most often (of equals, the better for itself first) that it tolerates, the best
///   for itself first, one per round, and in these rounds it takes what is worth as much as that.
#[derive(Debug, Clone, Default)]
pub(super) struct Atlas3 {
    /// How often each value was offered, issue by issue.
    counts: Vec<BTreeMap<u16, u32>>,
    /// How often each offer was made.
    offers: BTreeMap<Outcome, u32>,
    /// What is proposed in the last rounds, the best for itself first.
    popular: Option<Vec<Choice>>,
}

impl Atlas3 {
    /// What the end is worth to it.
    pub(super) fn end(best: f64, floor: f64) -> f64 {
        let best = best.clamp(floor.min(1.0), 1.0);
        let (hold, other, give) = (floor, 1.0, best);
        let both = (other + give) / 2.0;
        if other - both <= 0.0 {
            return give;
        }
        let chance = 1.0 / (1.0 - (hold - give) / (other - both));
        chance * give + (1.0 - chance) * both
    }

    /// The target at a time.
    pub(super) fn target(time: f64, discount: f64, best: f64, floor: f64) -> f64 {
        let end = Self::end(best, floor);
        let power = if discount > 0.0 { 1.0 / discount } else { 1.0 };
        end + (1.0 - end) * (1.0 - time).max(0.0).powf(power)
    }

    /// The values most often offered put into an outcome, issue by issue, wherever it stays worth the target.
    fn suit(&self, own: &Own<'_>, choice: Choice, least: i128) -> Choice {
        let seat = own.view.seat();
        let mut best = choice;
        for (issue, counts) in self.counts.iter().enumerate() {
            let often = counts.iter().max_by_key(|(value, count)| (**count, std::cmp::Reverse(**value)));
            let Some((value, _)) = often.filter(|(value, _)| best.outcome.digit(issue) != **value) else { continue };
            let outcome = best.outcome.with(issue, *value);
            let utility = seat.utility(&outcome);
            if utility >= least && seat.permits(&outcome) {
                best = Choice { utility, outcome };
            }
        }
        best
    }

    fn popular(&mut self, own: &Own<'_>) -> &[Choice] {
        let offers = &self.offers;
        self.popular.get_or_insert_with(|| {
            let seat = own.view.seat();
            let tolerated = offers.iter().filter(|(outcome, _)| own.view.tolerates(outcome));
            let mut all: Vec<(u32, Choice)> = tolerated
                .map(|(outcome, count)| (*count, Choice { utility: seat.utility(outcome), outcome: outcome.clone() }))
                .collect();
            all.sort_by_key(|(count, choice)| std::cmp::Reverse((*count, choice.utility)));
            let mut popular: Vec<Choice> = all.into_iter().take(POPULAR).map(|(_, choice)| choice).collect();
            popular.sort_by_key(|choice| std::cmp::Reverse(choice.utility));
            popular
        })
    }

    fn aims(turn: &Turn<'_>) -> f64 {
        let own = &turn.own;
        own.aim(Self::target(own.time(), own.discount(), turn.heard.best_worth(), own.floor()))
    }

    /// What it falls back on in the last rounds.
    fn last(&mut self, own: &Own<'_>) -> Option<Choice> {
        let left = usize::try_from(own.left()?).ok().filter(|left| *left < POPULAR)?;
        let popular = self.popular(own);
        // The worst of them in the last round.
        popular.get(popular.len().checked_sub(left + 1)?).cloned()
    }
}

impl Agent for Atlas3 {
    fn hears(&mut self, _: &Own<'_>, news: &[Received]) {
        for offer in news {
            let digits = offer.outcome.digits();
            self.counts.resize(digits.len(), BTreeMap::new());
            for (counts, digit) in self.counts.iter_mut().zip(digits) {
                *counts.entry(*digit).or_default() += 1;
            }
            if self.offers.len() < REMEMBERED || self.offers.contains_key(&offer.outcome) {
                *self.offers.entry(offer.outcome.clone()).or_default() += 1;
            }
        }
    }

    fn next(&mut self, turn: &mut Turn<'_>) -> Choice {
        if let Some(last) = self.last(&turn.own) {
            return last;
        }
        let target = Self::aims(turn);
        let drawn = turn.own.pick(target, 1.0, turn.stream);
        let least = turn.own.whole(target);
        self.suit(&turn.own, drawn, least)
    }

    fn takes(&mut self, turn: &mut Turn<'_>, _: &Outcome, worth: f64, next: &Choice) -> bool {
        let fallen = turn.own.left().is_some_and(|left| (left as usize) < POPULAR);
        worth >= Self::aims(turn) || (fallen && worth >= turn.own.share(next.utility))
    }
}

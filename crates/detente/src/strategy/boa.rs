//! Strategies put together of parts: what is proposed, a model of the others, what is accepted.
//!
//! Baarslag, Hindriks, Hendrikx, Dirkzwager and Jonker, *Decoupling negotiating agents to explore the space of negotiation
//! strategies* (2014). `boa(bid=boulware(e=0.2), model=frequency, accept=next)`: any strategy makes the bids; of its bid and
//! those that are worth a little more to itself, the one that the model takes the others to like best is proposed
//! (best of n); the condition decides on offers, and the bids' own way of accepting is not asked.
//!
//! Known behaviour: with `model=none` and `accept=next` it plays as most of the bidding strategies do alone. Among more
//! than two, one model is kept of each of the others and their estimates are added up. Where outcomes are too many to
//! list, one outcome per utility is compared.

use super::Strategy;
use super::acceptance::{Acceptance, time_of};
use super::model::Model;
use super::recipe::{Entry, Kind, Parameter};
use crate::game::{Outcome, Stream};
use crate::talks::{Choice, View};

/// A strategy put together of parts.
pub struct Boa {
    bid: Box<dyn Strategy>,
    model: Model,
    accept: Acceptance,
    choose: Choose,
    /// A model of each of the others that has made an offer.
    others: Vec<(usize, Model)>,
    /// How far the log has been read for them.
    heard: usize,
    /// What it would propose, and how long the log was when that was worked out.
    next: Option<(usize, Option<Outcome>)>,
}

/// Which of its own outcomes are compared by what the others are thought to like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choose {
    /// How much more than the bid they are worth at most, as a share of what lies between its worst and its best.
    pub width: f64,
    /// How many at most, the nearest to the bid first.
    pub most: usize,
}

impl Boa {
    /// Puts parts together.
    #[must_use]
    pub fn new(bid: Box<dyn Strategy>, model: Model, accept: Acceptance, choose: Choose) -> Self {
        Boa { bid, model, accept, choose, others: Vec::new(), heard: 0, next: None }
    }

    fn listen(&mut self, view: &View<'_>) {
        let seat = view.seat();
        for event in view.since(self.heard) {
            let Some((by, outcome)) = event.offer().filter(|(by, _)| *by != seat.at) else { continue };
            let time = time_of(view.rounds(), event.round);
            if !self.others.iter().any(|(at, _)| *at == by) {
                self.others.push((by, self.model.open_beside(&seat.space, &seat.function, by)));
            }
            if let Some((_, model)) = self.others.iter_mut().find(|(at, _)| *at == by) {
                model.hear(outcome, time);
            }
        }
        self.heard = view.heard();
    }

    /// What it would propose: worked out once per position of the log.
    fn next(&mut self, view: &View<'_>) -> Option<Outcome> {
        if let Some((_, next)) = self.next.as_ref().filter(|(heard, _)| *heard == view.heard()) {
            return next.clone();
        }
        let bid = self.bid.propose(view);
        let next = if self.model.tells() {
            self.listen(view);
            bid.map(|bid| self.best(view, bid))
        } else {
            bid
        };
        self.next = Some((view.heard(), next.clone()));
        next
    }

    /// The outcome about as good as a bid that the others are thought to like best; of equal ones the nearest to the bid.
    fn best(&self, view: &View<'_>, bid: Outcome) -> Outcome {
        if self.others.is_empty() {
            return bid;
        }
        let seat = view.seat();
        let menu = seat.menu();
        let least = seat.utility(&bid);
        let Some((best, worst)) = menu.ends() else { return bid };
        let width = (seat.real(best) - seat.real(worst)) * self.choose.width;
        let limit = seat.whole(seat.real(least) + width);
        let liked = |outcome: &Outcome| self.others.iter().map(|(_, model)| model.worth(outcome)).sum::<f64>();
        let mut top = liked(&bid);
        let mut found = bid;
        let mut compare = |choice: &Choice| {
            let worth = liked(&choice.outcome);
            if worth > top {
                top = worth;
                found.clone_from(&choice.outcome);
            }
        };
        if let Some(end) = menu.count_from(least) {
            let near = (0..end).rev().take(self.choose.most);
            let within = near.take_while(|rank| menu.utility_at(*rank).is_some_and(|utility| utility <= limit));
            within.filter_map(|rank| menu.ranked(rank)).for_each(|choice| compare(&choice));
        } else {
            let mut next = menu.at_least(least);
            for _ in 0..self.choose.most {
                let Some(choice) = next.filter(|choice| choice.utility <= limit) else { break };
                compare(&choice);
                next = choice.utility.checked_add(1).and_then(|above| menu.at_least(above));
            }
        }
        found
    }
}

impl Strategy for Boa {
    fn open(&self, mut stream: Stream) -> Box<dyn Strategy> {
        let bid = self.bid.open(Stream::new(stream.next_u64(), 0, Stream::lane("bid")));
        Box::new(Boa::new(bid, self.model.clone(), self.accept, self.choose))
    }

    fn propose(&mut self, view: &View<'_>) -> Option<Outcome> {
        self.next(view)
    }

    fn accepts(&mut self, view: &View<'_>, offer: &Outcome) -> bool {
        let accept = self.accept;
        accept.accepts(view, offer, &mut || self.next(view))
    }

    fn leaves(&mut self, view: &View<'_>) -> bool {
        self.bid.leaves(view)
    }
}

/// By name.
pub(super) const ENTRIES: &[Entry] = &[Entry::new(
    "boa",
    "put together of a bidding strategy, a model of the others and a condition for accepting",
    "Baarslag and others, Decoupling negotiating agents, 2014",
    |given| {
        let choose = Choose { width: given.number("width"), most: given.whole("n") };
        Box::new(Boa::new(given.strategy("bid"), given.model("model"), given.acceptance("accept"), choose))
    },
)
.takes(&[
    Parameter::part("bid", Kind::Strategy, "boulware", "what makes the bids"),
    Parameter::part("model", Kind::Model, "none", "what the others are thought to like"),
    Parameter::part("accept", Kind::Acceptance, "next", "what is accepted"),
    Parameter::number("width", 0.05, (0.0, 1.0), "how much more than the bid is compared, as a share of the range"),
    Parameter::whole("n", 20, (1, 100_000), "how many outcomes are compared at most"),
])];

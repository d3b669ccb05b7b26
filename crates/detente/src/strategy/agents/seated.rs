//! An agent at a seat: what all agents of the competitions have in common.

use super::heard::{Heard, Received};
use super::own::Own;
use crate::game::{Outcome, Stream};
use crate::strategy::Strategy;
use crate::talks::{Choice, View};

/// What an agent has before it when it is asked.
pub(super) struct Turn<'a> {
    /// Its own preferences and the clock.
    pub(super) own: Own<'a>,
    /// The offers so far.
    pub(super) heard: &'a Heard,
    /// Its random numbers.
    pub(super) stream: &'a mut Stream,
    /// The view it was made from, for an agent that asks other strategies.
    pub(super) view: View<'a>,
}

impl Turn<'_> {
    /// The best offer of others so far, where the seat tolerates it, with what it is worth.
    pub(super) fn granted(&self) -> Option<(f64, Choice)> {
        let best = self.heard.best().filter(|best| self.view.tolerates(&best.outcome))?;
        let choice = Choice { utility: self.view.seat().utility(&best.outcome), outcome: best.outcome.clone() };
        Some((best.worth, choice))
    }
}

/// How an agent decides. It works out what to propose once per turn, and is then asked what it takes.
pub(super) trait Agent: Clone + Send + Sync + 'static {
    /// Hears offers of others that are new.
    fn hears(&mut self, own: &Own<'_>, news: &[Received]) {
        let _ = (own, news);
    }

    /// What it would propose in this turn.
    fn next(&mut self, turn: &mut Turn<'_>) -> Choice;

    /// Whether it takes an offer that it tolerates, worth this share to it.
    fn takes(&mut self, turn: &mut Turn<'_>, offer: &Outcome, worth: f64, next: &Choice) -> bool;
}

/// An agent that plays. Whatever the agent decides, nothing below the floor is proposed as long as there is something
/// that is not, and nothing is accepted that the seat does not tolerate.
#[derive(Clone)]
pub(super) struct Seated<A> {
    /// As it is at the start of a session.
    agent: A,
    heard: Heard,
    stream: Stream,
    /// What it would propose, with the turn it was worked out in.
    next: Option<((u32, usize), Choice)>,
}

impl<A: Agent> Seated<A> {
    pub(super) fn new(agent: A) -> Self {
        Seated { agent, heard: Heard::default(), stream: Stream::new(0, 0, 0), next: None }
    }

    /// Makes up its mind, once per turn. `None` when the seat may propose nothing.
    fn decide(&mut self, view: &View<'_>) -> Option<()> {
        let turn = (view.round(), view.heard());
        if self.next.as_ref().is_some_and(|(at, _)| *at == turn) {
            return Some(());
        }
        let own = Own::of(view)?;
        let first = self.heard.listen(&own);
        self.agent.hears(&own, self.heard.received.get(first..).unwrap_or_default());
        let floor = own.floor();
        let mut asked = Turn { own, heard: &self.heard, stream: &mut self.stream, view: *view };
        let mut choice = self.agent.next(&mut asked);
        if view.floor().is_some_and(|least| choice.utility < least) {
            choice = asked.own.cheapest(floor);
        }
        self.next = Some((turn, choice));
        Some(())
    }
}

impl<A: Agent> Strategy for Seated<A> {
    fn open(&self, stream: Stream) -> Box<dyn Strategy> {
        Box::new(Seated { stream, ..Seated::new(self.agent.clone()) })
    }

    fn propose(&mut self, view: &View<'_>) -> Option<Outcome> {
        self.decide(view)?;
        self.next.as_ref().map(|(_, choice)| choice.outcome.clone())
    }

    fn accepts(&mut self, view: &View<'_>, offer: &Outcome) -> bool {
        if !view.tolerates(offer) || self.decide(view).is_none() {
            return false;
        }
        let (Some(own), Some((_, next))) = (Own::of(view), &self.next) else { return false };
        let worth = own.worth(offer);
        let mut turn = Turn { own, heard: &self.heard, stream: &mut self.stream, view: *view };
        self.agent.takes(&mut turn, offer, worth, next)
    }
}

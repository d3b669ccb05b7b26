//! Tit for tat: it asks for as much less as the others have come towards it.
//!
//! Faratin, Sierra and Jennings, *Negotiation decision functions for autonomous agents* (Robotics and Autonomous Systems 24,
//! 1998), whose tactics are written for single issues; here, as is usual, they are followed in one's own utility, counted
//! from 0 for the worst outcome to 1 for the best. x is what the others' offers are worth to it, u what it asks for:
//!
//! - relative: u · x[n - lag - 1] / x[n - lag], the same share;
//! - absolute: u - (x[n - lag] - x[n - lag - 1]), the same amount, and up to `noise` less or more by chance;
//! - averaged: u · x[n - window] / x[n], the share over a window of offers;
//! - naive: 1 - kindness · (x[n] - x[1]), all that was given since the first offer.
//!
//! Until there are offers enough it asks for its best. It proposes the outcome nearest to what it asks for, of those it
//! tolerates, and accepts what is worth at least what it would propose.
//!
//! Known behaviour: none makes a first step, so that two of them stand still for ever; a step back is answered by a step
//! back. Among more than two, the offers of all others are taken in the order made.

use super::Strategy;
use super::recipe::{Entry, Parameter};
use crate::game::{Outcome, Stream};
use crate::talks::{Choice, View};

/// What it answers with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Answers {
    /// The same share as the other gave so many moves ago.
    Relative {
        /// How many moves back it looks; 0 is the last.
        lag: usize,
    },
    /// The same amount.
    Absolute {
        /// How many moves back it looks; 0 is the last.
        lag: usize,
        /// At most so much less or more, by chance.
        noise: f64,
    },
    /// The share that was given over so many moves.
    Averaged {
        /// The number of moves.
        window: usize,
    },
    /// So many times what was given since the first offer.
    Naive {
        /// 1 gives the same amount.
        kindness: f64,
    },
}

/// A tit-for-tat tactic.
#[derive(Debug, Clone)]
pub struct TitForTat {
    answers: Answers,
    stream: Stream,
    /// What the offers received were worth, from 0 to 1; the first, and as many of the last as are needed.
    first: Option<f64>,
    received: Vec<f64>,
    /// How far the log has been read.
    heard: usize,
    /// What it asked for last, from 0 to 1.
    asked: f64,
    /// What it would propose, as long as nothing else is heard.
    next: Option<Choice>,
}

impl TitForTat {
    /// A tactic.
    #[must_use]
    pub fn new(answers: Answers) -> Self {
        let stream = Stream::new(0, 0, 0);
        TitForTat { answers, stream, first: None, received: Vec::new(), heard: 0, asked: 1.0, next: None }
    }

    /// How many of the last offers it needs.
    fn needs(&self) -> usize {
        match self.answers {
            Answers::Relative { lag } | Answers::Absolute { lag, .. } => lag + 2,
            Answers::Averaged { window } => window + 1,
            Answers::Naive { .. } => 1,
        }
    }

    /// What it asks for next.
    fn asks(&mut self) -> f64 {
        if self.received.len() < self.needs() {
            return self.asked;
        }
        let (Some(before), Some(after)) = (self.received.first(), self.received.get(1).or(self.received.last())) else {
            return self.asked;
        };
        let share = |before: f64, after: f64| if after > 0.0 { before / after } else { 1.0 };
        match self.answers {
            Answers::Relative { .. } => self.asked * share(*before, *after),
            Answers::Absolute { noise, .. } => {
                let chance = if noise > 0.0 { noise * (2.0 * self.stream.uniform() - 1.0) } else { 0.0 };
                self.asked - (after - before) + chance
            }
            Answers::Averaged { .. } => self.asked * share(*before, self.received.last().copied().unwrap_or(*before)),
            Answers::Naive { kindness } => 1.0 - kindness * (before - self.first.unwrap_or(*before)),
        }
    }

    fn next(&mut self, view: &View<'_>) -> Option<&Choice> {
        if self.next.is_none() || self.heard != view.heard() {
            let seat = view.seat();
            let menu = seat.menu();
            let (best, worst) = menu.ends()?;
            let (top, bottom) = (seat.real(best), seat.real(worst));
            let range = top - bottom;
            let mut news = false;
            for event in view.since(self.heard) {
                let Some((_, outcome)) = event.offer().filter(|(by, _)| *by != seat.at) else { continue };
                let worth = seat.real(seat.utility(outcome)) - bottom;
                let worth = if range > 0.0 { worth / range } else { 1.0 };
                self.first.get_or_insert(worth);
                self.received.push(worth);
                if self.received.len() > self.needs() {
                    self.received.remove(0);
                }
                news = true;
            }
            self.heard = view.heard();
            if news {
                self.asked = self.asks().clamp(0.0, 1.0);
            }
            let floor = view.floor().map_or(worst, |floor| floor.max(worst)).min(best);
            // A rounding error does not make it ask for a step more.
            let target = seat.whole(bottom + range * (self.asked - 1e-9)).clamp(floor, best);
            let near = menu.nearest(target).filter(|choice| choice.utility >= floor);
            self.next = near.or_else(|| menu.at_least(target)).or_else(|| menu.best());
            // What it asks for is what it can propose at least.
            let least = (seat.real(floor) - bottom) / range;
            self.asked = if range > 0.0 { self.asked.max(least) } else { self.asked };
        }
        self.next.as_ref()
    }
}

impl Strategy for TitForTat {
    fn open(&self, stream: Stream) -> Box<dyn Strategy> {
        Box::new(TitForTat { stream, ..TitForTat::new(self.answers) })
    }

    fn propose(&mut self, view: &View<'_>) -> Option<Outcome> {
        self.next(view).map(|choice| choice.outcome.clone())
    }

    fn accepts(&mut self, view: &View<'_>, offer: &Outcome) -> bool {
        let worth = view.seat().utility(offer);
        view.tolerates(offer) && self.next(view).is_some_and(|next| worth >= next.utility)
    }
}

const FARATIN: &str = "Faratin, Sierra and Jennings, Robotics and Autonomous Systems 24, 1998";
const LAG: Parameter = Parameter::whole("lag", 0, (0, 1000), "how many moves back it looks; 0 is the last");

/// By name.
pub(super) const ENTRIES: &[Entry] = &[
    Entry::new("tit-for-tat", "gives the same amount as the other gave last", FARATIN, |given| {
        let (lag, noise) = (given.whole("lag"), given.number("noise"));
        Box::new(TitForTat::new(Answers::Absolute { lag, noise }))
    })
    .aliases(&["tft", "absolute-tit-for-tat", "random-absolute-tit-for-tat"])
    .takes(&[LAG, Parameter::number("noise", 0.0, (0.0, 1.0), "at most so much less or more, by chance")]),
    Entry::new("relative-tit-for-tat", "gives the same share as the other gave last", FARATIN, |given| {
        Box::new(TitForTat::new(Answers::Relative { lag: given.whole("lag") }))
    })
    .takes(&[LAG]),
    Entry::new("averaged-tit-for-tat", "gives the share that the other gave over a window", FARATIN, |given| {
        Box::new(TitForTat::new(Answers::Averaged { window: given.whole("window") }))
    })
    .takes(&[Parameter::whole("window", 4, (1, 1000), "the number of moves")]),
    Entry::new("naive-tit-for-tat", "gives as much as the other gave since its first offer", FARATIN, |given| {
        Box::new(TitForTat::new(Answers::Naive { kindness: given.number("kindness") }))
    })
    .takes(&[Parameter::number("kindness", 1.0, (0.0, 100.0), "so many times as much")]),
];

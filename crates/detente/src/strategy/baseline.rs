//! Ways of negotiating that others are held against: the one that never moves, the one that takes anything, chance.

use super::Strategy;
use super::recipe::{Entry, Parameter};
use crate::game::{Outcome, Stream};
use crate::talks::{Choice, View};

/// Proposes its best outcome always and accepts nothing that is worth less. ("Hardliner" in GENIUS, "tough" in NegMAS.)
#[derive(Debug, Clone, Copy, Default)]
pub struct Tough;

impl Strategy for Tough {
    fn open(&self, _: Stream) -> Box<dyn Strategy> {
        Box::new(*self)
    }

    fn propose(&mut self, view: &View<'_>) -> Option<Outcome> {
        view.seat().menu().best().map(|choice| choice.outcome)
    }

    fn accepts(&mut self, view: &View<'_>, offer: &Outcome) -> bool {
        let seat = view.seat();
        view.tolerates(offer) && seat.menu().ends().is_none_or(|(best, _)| seat.utility(offer) >= best)
    }
}

/// Proposes by chance among what it tolerates, and accepts what it tolerates by chance.
///
/// With `accepts` at 1 it takes whatever it tolerates; at 0 it is the random walker, which only proposes.
#[derive(Debug, Clone)]
pub struct Random {
    accepts: f64,
    stream: Stream,
}

impl Random {
    /// Accepts with this chance each time.
    #[must_use]
    pub fn new(accepts: f64) -> Self {
        Random { accepts, stream: Stream::new(0, 0, 0) }
    }
}

/// An outcome that the seat tolerates, each as likely as the others where they are listed; its best when it tolerates none.
pub(super) fn any(view: &View<'_>, stream: &mut Stream) -> Option<Choice> {
    let menu = view.seat().menu();
    let low = view.floor().unwrap_or(i128::MIN);
    let (best, worst) = menu.ends()?;
    menu.pick(low.max(worst), best, stream).or_else(|| menu.best())
}

impl Strategy for Random {
    fn open(&self, stream: Stream) -> Box<dyn Strategy> {
        Box::new(Random { accepts: self.accepts, stream })
    }

    fn propose(&mut self, view: &View<'_>) -> Option<Outcome> {
        any(view, &mut self.stream).map(|choice| choice.outcome)
    }

    fn accepts(&mut self, view: &View<'_>, offer: &Outcome) -> bool {
        view.tolerates(offer) && (self.accepts >= 1.0 || self.stream.uniform() < self.accepts)
    }
}

/// The baselines known by name.
pub(super) const ENTRIES: &[Entry] = &[
    Entry::new("tough", "proposes its best always and accepts nothing less", "a baseline", |_| Box::new(Tough))
        .aliases(&["hardliner", "hard-liner"]),
    Entry::new("nice", "proposes by chance and accepts all that it tolerates", "a baseline", |_| {
        Box::new(Random::new(1.0))
    })
    .aliases(&["always-accept"]),
    Entry::new("random", "proposes by chance and accepts by chance what it tolerates", "a baseline", |given| {
        Box::new(Random::new(given.number("accept")))
    })
    .takes(&[Parameter::number("accept", 0.25, (0.0, 1.0), "the chance that an offer is accepted")]),
    Entry::new("random-walker", "proposes by chance and accepts nothing", "a baseline", |_| Box::new(Random::new(0.0)))
        .aliases(&["walker"]),
];

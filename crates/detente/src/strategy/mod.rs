//! Strategies: ways of negotiating, one file each.

mod acceptance;
mod agenda;
mod agents;
mod baseline;
mod boa;
mod course;
mod different;
mod genius_time;
mod hybrid;
mod micro;
pub mod model;
mod negmas_time;
mod negolog_time;
pub mod observe;
pub mod optimal;
mod play;
mod recipe;
mod time;
mod timetable;
mod tit_for_tat;
mod toward;
mod turn;
mod walk;
mod zeuthen;

pub use acceptance::{Acceptance, Against};
pub use agenda::{Unplayed, play_agenda};
pub use baseline::{Random, Tough};
pub use boa::{Boa, Choose};
pub use course::play_course;
pub use genius_time::GeniusTime;
pub use hybrid::Hybrid;
pub use micro::{Counting, Micro};
pub use negmas_time::NegmasTime;
pub use negolog_time::{Bezier, NegologTime, Order};
pub use play::{Played, ask, play};
pub use recipe::{
    About, Entry, Fault, Faults, Given, Kind, Known, Named, Parameter, Recipe, Takes, Unbuilt, Watcher, acceptances,
    entries, models,
};
pub use time::{Curve, Pick, TimeDependent};
pub use timetable::{Duel, Timetable};
pub use tit_for_tat::{Answers, TitForTat};
pub use toward::Toward;
pub use turn::{Accepts, Moment, Proposal, Turn};
pub use walk::end_of_two;
pub use zeuthen::Zeuthen;

use crate::game::{Outcome, Stream};
use crate::talks::{Comparison, View, Vote};

/// A way of negotiating at one seat.
///
/// What a programmer writes: what to propose, and what to accept; the rest has defaults that follow from these two. A
/// strategy sees the table through a [`View`] and draws what it draws from the stream it was opened with, so that the same
/// session is played again from the same seed. It need not look after the seat's floor when it accepts: [`play`] does not
/// do it either, so a strategy that accepts less than no agreement is worth says so in its documentation.
///
/// ```
/// use detente::game::{Outcome, Stream};
/// use detente::strategy::Strategy;
/// use detente::talks::View;
///
/// /// Proposes the best for itself and takes nothing less.
/// #[derive(Clone)]
/// struct Stubborn;
/// impl Strategy for Stubborn {
///     fn open(&self, _: Stream) -> Box<dyn Strategy> { Box::new(self.clone()) }
///     fn propose(&mut self, view: &View<'_>) -> Option<Outcome> { view.seat().menu().best().map(|c| c.outcome) }
///     fn accepts(&mut self, view: &View<'_>, offer: &Outcome) -> bool {
///         view.seat().menu().best().is_some_and(|best| view.seat().utility(offer) >= best.utility)
///     }
/// }
/// ```
pub trait Strategy: Send + Sync {
    /// The same strategy at the start of a session, with random numbers of its own.
    fn open(&self, stream: Stream) -> Box<dyn Strategy>;

    /// What to propose now; `None` to walk away.
    fn propose(&mut self, view: &View<'_>) -> Option<Outcome>;

    /// Whether to accept an offer now.
    fn accepts(&mut self, view: &View<'_>, offer: &Outcome) -> bool;

    /// What it does in a turn of alternating offers between two, where that follows from the round, or from the round and
    /// from how many different offers both have made: sessions of two such strategies are played without a table in
    /// between. It has to be what the methods above do, for every turn or for none. Without it: unknown.
    fn turn(&self, moment: &mut Moment<'_>) -> Option<Turn> {
        let _ = moment;
        None
    }

    /// Whether to walk away instead of answering. Without it: never.
    fn leaves(&mut self, view: &View<'_>) -> bool {
        let _ = view;
        false
    }

    /// A vote on a proposal under protocols of votes. Without it: yes to what it accepts, with any number of others.
    fn vote(&mut self, view: &View<'_>, offer: &Outcome) -> Vote {
        Vote::plain(self.accepts(view, offer))
    }

    /// How a draft compares with the one before. Without it: by its own utility, truthfully.
    fn compares(&mut self, view: &View<'_>, before: &Outcome, draft: &Outcome) -> Comparison {
        let seat = view.seat();
        match (seat.permits(before), seat.permits(draft)) {
            (true, false) => return Comparison::Worse,
            (false, true) => return Comparison::Better,
            _ => {}
        }
        match seat.utility(draft).cmp(&seat.utility(before)) {
            std::cmp::Ordering::Greater => Comparison::Better,
            std::cmp::Ordering::Equal => Comparison::Same,
            std::cmp::Ordering::Less => Comparison::Worse,
        }
    }

    /// What it would have otherwise in a draft: issues and values, the most important first. Without it: the single
    /// changes that gain it most, truthfully, three at most.
    fn criticises(&mut self, view: &View<'_>, draft: &Outcome) -> Vec<(usize, u16)> {
        const MOST: usize = 3;
        let seat = view.seat();
        let now = seat.utility(draft);
        let mut gains: Vec<(i128, usize, u16)> = Vec::new();
        for (issue, size) in seat.space.sizes().enumerate() {
            let values = 0..u16::try_from(size).unwrap_or(u16::MAX);
            let best = values
                .map(|value| (seat.utility(&draft.with(issue, value)) - now, value))
                .max_by_key(|(gain, value)| (*gain, std::cmp::Reverse(*value)));
            if let Some((gain, value)) = best.filter(|(gain, _)| *gain > 0) {
                gains.push((gain, issue, value));
            }
        }
        gains.sort_by_key(|(gain, issue, _)| (std::cmp::Reverse(*gain), *issue));
        gains.into_iter().take(MOST).map(|(_, issue, value)| (issue, value)).collect()
    }
}

/// The example of `docs/how-to/write-a-strategy.md`, kept compiling.
#[cfg(doctest)]
#[doc = include_str!("../../../../docs/how-to/write-a-strategy.md")]
struct HowTo;

#[cfg(test)]
mod tests;

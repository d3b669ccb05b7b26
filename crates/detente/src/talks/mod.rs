//! Talks: sessions of a negotiation, move by move.
//!
//! One state machine for everybody who drives it: a simulator, a person at a browser, an agent of another program.
//!
//! - [`Seat`]: what one seat at the table knows of itself: its preferences, and the outcomes it may propose;
//! - [`Protocol`]: whose move it is, which moves are legal, what a move does, how it ends; one file each in [`protocols`];
//! - [`Session`]: a protocol being played; [`Session::step`] takes one move;
//! - [`Event`]: what happened, in order; the log from which a session replays byte for byte;
//! - [`View`]: what one seat may see: its own preferences, the offers, the clock; never the preferences of others;
//! - [`Record`]: a session that is over;
//! - [`Agenda`]: talks piece by piece, a session for each piece;
//! - [`course`]: talks over many meetings, with principals at home and a conflict that goes on meanwhile.
//!
//! ```
//! use detente::game::{Issue, Profile, Scenario, Space, Utility};
//! use detente::talks::protocols::StackedAlternating;
//! use detente::talks::{Clock, Move, Session, Setting};
//! let space = Space { issues: vec![Issue::named("share", &["all", "half", "none"])] };
//! let party = |name: &str, worth| Profile::new(name, Utility { unit: 2, worth: vec![worth], ..Utility::default() });
//! let scenario = Scenario::new("a cake", space, vec![party("a", vec![2, 1, 0]), party("b", vec![0, 1, 2])]);
//! let mut session = Session::open(&Setting::of(&scenario), &StackedAlternating::default(), Clock::rounds(10), 1, 0);
//! let half = scenario.outcome("half").unwrap();
//! session.step(0, Move::Offer(half.clone())).unwrap();
//! session.step(1, Move::Accept).unwrap();
//! assert_eq!(session.ending().unwrap().agreement(), Some(&half));
//! ```

mod agenda;
mod clock;
pub mod course;
mod ending;
mod event;
mod heads;
mod menu;
mod numbered;
mod protocol;
pub mod protocols;
mod quick;
mod ranking;
mod record;
mod scan;
mod seat;
mod session;
mod size;
mod steps;
mod unordered;
mod view;

pub use agenda::{Agenda, AgendaRecord, Binding, Next, StageRecord, Stages, Unplanned, replay_agenda};
pub use clock::Clock;
pub use ending::{Agreed, Ending, How};
pub use event::{Actor, Comparison, Event, Move, Seen, Vote, What};
pub use menu::{Choice, Menu};
pub(crate) use menu::{Found, share};
pub use protocol::{Ask, Asked, Illegal, Moves, Protocol, Table};
pub use record::{Record, Replayed, replay};
pub use seat::{Seat, Unseated};
pub(crate) use session::TABLE_LANE;
pub use session::{Session, Setting};
pub use steps::{StepClass, classify};
pub use view::View;

#[cfg(test)]
mod tests;

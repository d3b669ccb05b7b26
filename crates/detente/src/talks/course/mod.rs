//! The course of talks as they are held: meetings with recesses, delegations with mandates and principals at home, other
//! tracks, pressure, a conflict that goes on meanwhile, ratification, those who want no agreement.
//!
//! # What it is made of
//!
//! - [`Circumstances`]: everything that is known of the talks beforehand; all of it optional but the meetings;
//! - [`Course`]: talks being held. One state machine for everybody who drives it: [`Course::requests`] says who is asked
//!   (a delegation for a move, or a principal for an answer), [`Course::step`] and [`Course::answer`] take it;
//! - [`Entry`]: what happened, in order; [`Course::log`];
//! - [`Account`]: what became of it all;
//! - [`CourseRecord`], [`replay`]: a course that is over replays byte for byte from its moves and answers.
//!
//! It drives a [`Session`](crate::talks::Session) from above and is not a protocol that wraps one: principals have no seat,
//! meetings that do not take place have no moves, and what goes on between meetings is no business of a protocol. So any
//! [`Protocol`](crate::talks::Protocol) serves as the protocol inside, and strategies see the table they know.

mod account;
mod agree;
mod between;
mod chance;
mod circumstances;
mod entry;
mod machine;
mod mandate;
mod record;
mod request;
mod side;
mod table;
mod unfit;
mod worth;

pub use account::{Account, GateAccount, Offered, PartyAccount};
pub use circumstances::{
    Bars, Circumstances, Clearance, Comes, Consequence, Cost, Drift, During, Gate, Incident, Lever, Meeting, NoDeal,
    Occasion, Occurrence, Parts, Party, Pause, Pressure, Principal, Ratification, Verdict,
};
pub use entry::{Answer, Cause, Close, Entry, Happening, Held, When, Who, Why};
pub use machine::Course;
pub use mandate::{Allowed, Clause, Mandate, Term};
pub use record::{CourseRecord, CourseReplayed, replay};
pub use request::{Referral, Request};
pub use unfit::Unfit;

#[cfg(test)]
mod tests;

//! Which states of a conflict hold: stability by the concepts of the Graph Model for Conflict Resolution.
//!
//! A [`Conflict`](crate::game::conflict::Conflict) says who can move what and who prefers what. [`Concept`] says when a
//! state is stable for a decision maker; a state that is stable for all is an *equilibrium*. [`Rule`] names the rules
//! built on them, and [`Evolution`] says how a conflict can get from one state to another. [`Ask`] is a question and
//! [`Solution`] its answer, whichever engine gives it:
//!
//! - `literal`: the definitions as they are written, over a [`Graph`](crate::game::conflict::Graph): small, knows every
//!   concept, and is the judge of the others;
//! - `dense`: one number per state and decision maker, folded along the issues each holds; no reachability is built;
//! - `symbolic`: sets of states as decision diagrams, for spaces that no list of states could hold.
//!
//! [`inverse`] asks the other way round: which preferences would make a wanted state stable. [`pressure`]
//! says who would have to prefer what, and how heavy a sanction has to be, for it to be an equilibrium.

pub mod account;
mod concept;
pub mod dense;
mod engine;
pub mod inverse;
#[cfg(test)]
pub(crate) mod judge;
pub mod literal;
mod paths;
pub mod pressure;
pub mod query;
mod sequence;
mod solution;
pub mod symbolic;
mod why;

pub use concept::Concept;
pub use engine::{Unsolved, solve};
pub use literal::{Extension, Literal, Rule, Unanswered};
pub use paths::{By, Evolution, Leg};
pub use query::Query;
pub use solution::{Ask, Found, Solution, State};
pub use why::{Answer, Step, Why};

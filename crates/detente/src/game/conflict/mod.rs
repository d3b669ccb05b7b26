//! Conflicts as graph models: who can move what, what each prefers, and at which states nobody moves.
//!
//! The Graph Model for Conflict Resolution (Fang, Hipel and Kilgour, *Interactive Decision Making*, 1993) asks of
//! every state whether a decision maker who could move away from it would, given what the others could do next.
//!
//! - [`Conflict`]: the option form. States are outcomes of a [`Space`](crate::game::Space); each issue is moved by the
//!   decision maker that holds it.
//! - [`Graph`]: the general form. States with a name, and the moves of each decision maker written out.
//! - [`Preference`]: what a decision maker prefers: prioritised statements, sums, or a ranking; with the
//!   [`Strength`] of it, and with pairs that nobody knows the order of.
//!
//! What holds at a state is asked in [`analysis::stability`](crate::analysis::stability).

mod graph;
mod model;
mod order;
mod preference;

pub use graph::{Graph, GraphMaker, Joint};
pub use model::{Conflict, Control, Fault, Maker, Moves};
pub use order::{Comparison, Order};
pub use preference::{Preference, Strength};

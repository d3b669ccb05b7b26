//! Which preferences of a decision maker would make a wanted state stable: the inverse question.
//!
//! Kinsara, Kilgour and Hipel (2014) ask it by trying every ranking. But with the others' preferences as they are,
//! only one thing about a ranking of `i` counts: which states it ranks *no higher than* the wanted state `s` (its
//! *down-set*). The state is stable when for each move of `i` to `t`, `t` is in the down-set, or a response of the
//! others is (by SMR and SSEQ: together with every state that `i` could move on to). A larger down-set never makes a
//! stable state unstable, so the exact answer is the list of minimal down-sets, and everything else follows from it
//! without a permutation:
//!
//! - [`Inverse::minimal`]: the sets of states of which one has to be ranked no higher than `s`, and the
//!   [`Condition`]s that they come from;
//! - [`Inverse::share`] and [`Inverse::rankings`]: in how many strict rankings `s` is stable;
//! - [`Inverse::change`]: the nearest ranking to the given one that makes it so;
//! - [`pattern`]: a down-set in few words, where it is all states with some values;
//! - [`edits`]: the fewest prioritised statements to move, drop or turn round.
//!
//! Moves by consent are no improvements of one decision maker, but the others may answer by them. Ranks alone count:
//! what is not known about a preference is left to the extensions under unknown preference.

mod answer;
mod bits;
mod board;
mod counting;
mod joint;
mod listing;
mod minimal;
mod need;
mod pattern;
mod pieces;
mod statements;
mod swaps;
#[cfg(test)]
mod tests;

pub use answer::{Budget, Change, Condition, DownSet, Inverse, Limit, Refusal, of_conflict, of_graph};
pub use joint::{Joint, joint_of_conflict, joint_of_graph};
pub use pattern::pattern;
pub use statements::{Edit, Edits, edits};

pub(in crate::analysis::stability) use board::{Board, Ground};
pub(in crate::analysis::stability) use need::need;
#[cfg(test)]
pub(in crate::analysis::stability) use tests::brute;

//! Conflicts in general form as a table: one row per state, decision maker, move and preference.
//!
//! The first cell of a row says what it is:
//!
//! | row | what it says |
//! | --- | --- |
//! | `state,KEY[,NAME]` | a state; rows name it by its key |
//! | `maker,ID[,NAME]` | a decision maker |
//! | `move,MAKER,FROM,TO` | it can move from one state to the other at once |
//! | `joint,FROM,TO,MAKER,MAKER,…` | these can, together |
//! | `rank,MAKER,STATE,RANK[,LEVEL]` | a higher rank is preferred; a higher level strongly |
//! | `better,MAKER,STATE,STATE,…` | each state is preferred to the next |
//! | `equal,MAKER,STATE,STATE,…` | none of these is preferred to another |
//! | `unknown,MAKER,STATE,STATE` | it is not known which is preferred |
//!
//! Cells are divided by commas, semicolons or tabs, and quoted as spreadsheets do. Rows that begin with `#` are
//! comments. The order of rows does not matter, except that states and decision makers are numbered as they come.

mod compare;
mod read;
mod rows;
mod write;

#[cfg(test)]
mod tests;

pub(crate) use read::read;
pub(crate) use rows::looks_like;
pub(crate) use write::write;

/// The words that rows begin with.
pub(crate) const WORDS: [&str; 8] = ["state", "maker", "move", "joint", "rank", "better", "equal", "unknown"];

/// A graph has at most this many states.
pub(crate) const MOST_STATES: usize = 1 << 20;
/// States times decision makers are at most this many.
pub(crate) const MOST_PLACES: usize = 1 << 22;
/// Comparisons order at most this many states; beyond, ranks are needed.
pub(crate) const MOST_COMPARED: usize = 1_024;
/// All decision makers together leave at most this many pairs open.
pub(crate) const MOST_UNKNOWN: usize = 1 << 20;

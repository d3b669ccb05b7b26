//! Exact analysis of one scenario: its frontier, its named solutions, how many outcomes are what, and the
//! questions that strategies ask.
//!
//! Everything here takes a [`Scenario`] (every number known) and whole numbers, so that comparisons are
//! exact. The engine is chosen by structure and said in the [`Finding`]:
//!
//! - `additive`: utilities that are sums over single issues; frontiers merged issue by issue;
//! - `linked`: linkages, red lines and terms over few issues; frontiers sent along a tree decomposition;
//! - `branch`: terms over many issues; branch and bound;
//! - `enumerate`: every outcome, in blocks, when the space is small.

mod count;
mod enumerate;
mod finding;
#[cfg(test)]
pub(crate) mod judge;
mod limits;
mod number;
mod point;

pub use count::{Rational, permitted, rational};
pub use enumerate::{Survey, frontier as every_outcome, survey};
pub use finding::{Exactness, Finding, Made, ShareOf};
pub use limits::Limits;
pub use point::{Frontier, Point};

//! Exact analysis of one scenario: its frontier, its named solutions, how many outcomes are what, and the
//! questions that strategies ask. And of one conflict: at which states it rests ([`stability`]).
//!
//! Everything here takes a [`Scenario`](crate::game::Scenario) (every number known) and whole numbers, so that comparisons are
//! exact. The engine is chosen by structure and said in the [`Finding`]:
//!
//! - `additive`: utilities that are sums over single issues; frontiers merged issue by issue;
//! - `linked`: linkages, red lines and terms over few issues; frontiers sent along a tree decomposition;
//! - `branch`: terms over many issues; branch and bound;
//! - `enumerate`: every outcome, in blocks, when the space is small.

mod additive;
mod branch;
mod cloud;
mod count;
mod engine;
pub mod enumerate;
mod finding;
pub mod inverse;
#[cfg(test)]
pub(crate) mod judge;
mod limits;
mod linked;
mod number;
pub mod offers;
mod place;
mod point;
pub mod solutions;
mod solved;
pub mod stability;
mod study;

pub use cloud::{ALL_UP_TO, Cloud, cloud};
pub use count::{Rational, permitted, rational};
pub use engine::{frontier, frontier_within};
pub use finding::{Exactness, Finding, Made, ShareOf};
pub use limits::Limits;
pub use place::{Standing, standing};
pub use point::{Frontier, Package, Point};
pub use solved::{Solved, solved};
pub use study::{FrontierPoints, Lot, Mixture, Study, WEIGHTED_NASH, study, weigh};

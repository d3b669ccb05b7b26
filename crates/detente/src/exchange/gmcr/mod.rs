//! Conflicts of GMCR+ and gmcr-py, JSON with the ending `.gmcr`: options of two values, each moved by one decision
//! maker; infeasible patterns; preferences as prioritised statements or as rankings of numbered states.
//!
//! States are numbered by their decimal code, the first option being the lowest bit; rankings count feasible states in
//! that order, from 1.

mod feasible;
mod literals;
mod names;
mod pattern;
mod ranking;
mod read;
mod write;

#[cfg(test)]
mod tests;

pub(crate) use read::{looks_like, read};
pub(crate) use write::write;

/// A conflict has at most this many infeasible patterns: every one of them is asked of every state.
pub(crate) const MOST_PATTERNS: usize = 100_000;
/// A conflict has at most this many options.
pub(crate) const MOST_OPTIONS: usize = 4_096;
/// A conflict has at most this many decision makers.
pub(crate) const MOST_MAKERS: usize = 1_000;
/// Rankings together name at most this many values of options: states times options, over all decision makers.
pub(crate) const MOST_RANKED: usize = 1 << 26;
/// How many looks at a pattern a search for states may take.
pub(crate) const BUDGET: u64 = 10_000_000;

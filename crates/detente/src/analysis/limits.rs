//! How far a search may go.

/// How far a search may go before it has to say that it stopped. Counts of work, never of time, so that the
/// same limits give the same answer everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Points of a frontier, at any stage of the search.
    pub points: usize,
    /// Elementary steps: candidates looked at, nodes opened, outcomes evaluated.
    pub steps: u64,
}

impl Default for Limits {
    /// Two million points and two thousand million steps: seconds, and a gigabyte at most.
    fn default() -> Self {
        Limits { points: 2_000_000, steps: 2_000_000_000 }
    }
}

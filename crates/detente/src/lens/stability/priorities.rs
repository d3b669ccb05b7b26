//! Priorities: statements of a decision maker in an order that the case may leave open.

use crate::case::{Document, Range};
use crate::game::{Formula, Space, Stream};

/// A statement of a decision maker on what it would rather have.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    /// The claim.
    pub claim: String,
    /// What it would rather have so than not.
    pub holds: Formula,
    /// Its place, 1 first; statements of one tier are in an order that nobody knows.
    tier: u32,
    /// The probability that it is a priority at all.
    firmness: Range,
    /// The lane of its own random numbers.
    lane: u64,
}

impl Statement {
    /// The priorities of somebody in file order; those with unknown names are left out (they are reported where
    /// names are looked up).
    pub(super) fn all(document: &Document, space: &Space, of: &str) -> Vec<Statement> {
        let mut last = 0u32;
        let mut all = Vec::new();
        for priority in document.priorities.iter().filter(|p| p.of.as_str() == of) {
            let tier = priority.tier.unwrap_or(last.saturating_add(1));
            last = tier;
            let Some(holds) = Formula::of(&priority.holds.expr, space) else { continue };
            let claim = priority.grounds.id.clone();
            let lane = Stream::lane(&format!("priority/{claim}"));
            let firmness = priority.firmness.map_or(Range::point(1.0), |share| share.0);
            all.push(Statement { claim, holds, tier, firmness, lane });
        }
        all
    }

    /// Whether a draw of these gives the same order every time.
    pub(super) fn settled(all: &[Statement]) -> bool {
        let mut tiers: Vec<u32> = all.iter().map(|s| s.tier).collect();
        tiers.sort_unstable();
        tiers.windows(2).all(|pair| pair.first() != pair.last())
            && all.iter().all(|s| s.firmness.low >= 1.0 || s.firmness.high <= 0.0)
    }

    /// The positions of the statements that count in one draw, the most important first: by tier, within a tier in a
    /// random order, each with the probability of its firmness.
    pub(super) fn draw(all: &[Statement], seed: u64, index: u64) -> Vec<usize> {
        let mut order: Vec<(u32, u64, usize)> = Vec::with_capacity(all.len());
        for (at, statement) in all.iter().enumerate() {
            let mut stream = Stream::new(seed, index, statement.lane);
            let firmness = statement.firmness.quantile(stream.uniform());
            let counts = stream.uniform() < firmness;
            if counts {
                order.push((statement.tier, stream.next_u64(), at));
            }
        }
        order.sort_unstable();
        order.into_iter().map(|(_, _, at)| at).collect()
    }
}

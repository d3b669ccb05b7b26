//! Numbers known as ranges: their density and the draws that belong to a claim.

use crate::case::Range;
use crate::game::Stream;

/// The density of a range at `x`, scaled so that its largest value is 1: flat for a uniform range, a
/// triangle for a triangular one. 0 outside.
pub(super) fn height(range: Range, x: f64) -> f64 {
    const SLACK: f64 = 1e-12;
    if x < range.low - SLACK || x > range.high + SLACK {
        return 0.0;
    }
    match range.likely {
        Some(likely) if x < likely && likely > range.low => ((x - range.low) / (likely - range.low)).max(0.0),
        Some(likely) if x > likely && likely < range.high => ((range.high - x) / (range.high - likely)).max(0.0),
        _ => 1.0,
    }
}

/// The values at which a claim has its number drawn: which seed, which draw.
pub(super) struct Address<'a> {
    pub(super) seed: u64,
    pub(super) index: u64,
    /// The seed of fresh claims.
    pub(super) other: u64,
    /// Which claims are drawn from it.
    pub(super) fresh: &'a dyn Fn(&str) -> bool,
}

impl Address<'_> {
    /// The stream of a claim's own numbers.
    pub(super) fn stream(&self, claim: &str, lane: u64) -> Stream {
        let seed = if (self.fresh)(claim) { self.other } else { self.seed };
        Stream::new(seed, self.index, lane)
    }
}

/// The number of a claim in a draw.
pub(super) fn number(range: Range, stream: &mut Stream) -> f64 {
    let u = stream.uniform();
    if range.is_point() { range.low } else { range.quantile(u) }
}

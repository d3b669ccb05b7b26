//! Where the outcomes lie by their utility to two parties: all of them, or a sample.

use crate::game::{Outcome, Scenario, Stream};

/// Outcomes up to this many are all given.
pub const ALL_UP_TO: u64 = 200_000;
/// Outcomes drawn where there are more.
const DRAWN: u64 = 100_000;
/// Lane of the random numbers.
const LANE: u64 = 0xC10D;

/// Outcomes by their utility to two parties, on the scales of their files.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cloud {
    /// Utilities to the two parties.
    pub points: Vec<(f64, f64)>,
    /// Whether they are a sample of the outcomes; else they are all of them.
    pub sampled: bool,
}

/// The outcomes that keep the rules by their utility to two parties, by position: all of them up to 200,000, else
/// those among 100,000 drawn with equal chances. The same scenario gives the same sample.
#[must_use]
pub fn cloud(scenario: &Scenario, (a, b): (usize, usize)) -> Cloud {
    let (Some(first), Some(second)) = (scenario.parties.get(a), scenario.parties.get(b)) else {
        return Cloud::default();
    };
    let place = |outcome: Outcome| {
        scenario
            .permits(&outcome)
            .then(|| (first.utility.real(first.utility.of(&outcome)), second.utility.real(second.utility.of(&outcome))))
    };
    match scenario.space.small_count() {
        Some(count) if count <= ALL_UP_TO => {
            Cloud { points: scenario.space.outcomes().filter_map(place).collect(), sampled: false }
        }
        _ => {
            let draw = |index| {
                let mut stream = Stream::new(0, index, LANE);
                let digit = |size: usize| u16::try_from(stream.below(size as u64)).unwrap_or(0);
                Outcome::new(scenario.space.sizes().map(digit).collect::<Vec<_>>())
            };
            Cloud { points: (0..DRAWN).map(draw).filter_map(place).collect(), sampled: true }
        }
    }
}

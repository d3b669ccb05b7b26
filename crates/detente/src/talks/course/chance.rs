//! Chance in a course: every draw has an address of its own, so that what is drawn for one thing hangs on nothing else.

use super::Circumstances;
use crate::game::Stream;

/// Draws by name and number under one seed and session.
#[derive(Debug, Clone)]
pub(super) struct Chance {
    seed: u64,
    index: u64,
    pub(super) occurrences: Vec<u64>,
    pub(super) drifts: Vec<u64>,
    pub(super) incidents: Vec<u64>,
    pub(super) ratifications: Vec<u64>,
}

/// A lane for a kind of thing and its name.
pub(super) fn lane(kind: &str, name: &str) -> u64 {
    Stream::lane(&format!("course/{kind}/{name}"))
}

impl Chance {
    pub(super) fn of(circumstances: &Circumstances, (seed, index): (u64, u64)) -> Self {
        Chance {
            seed,
            index,
            occurrences: circumstances.occurrences.iter().map(|o| lane("occurrence", &o.name)).collect(),
            drifts: circumstances.drifts.iter().map(|d| lane("drift", &d.name)).collect(),
            incidents: circumstances.incidents.iter().map(|i| lane("incident", &i.name)).collect(),
            ratifications: circumstances.ratifications.iter().map(|r| lane("ratification", &r.name)).collect(),
        }
    }

    /// The number between 0 and 1 of the `count`-th draw on a lane.
    pub(super) fn draw(&self, lane: u64, count: u32) -> f64 {
        Stream::new(self.seed, self.index, lane.wrapping_add(u64::from(count).wrapping_mul(0xA076_1D64_78BD_642F)))
            .uniform()
    }

    /// Whether something of this chance happens.
    pub(super) fn happens(&self, chance: f64, lane: u64, count: u32) -> bool {
        chance > 0.0 && self.draw(lane, count) < chance
    }
}

//! Games: an outcome space, parties with preferences, rules; and the belief over games that fit a case.
//!
//! - [`Space`], [`Outcome`]: issues with values, one digit per issue;
//! - [`Formula`]: a condition with its names looked up;
//! - [`Rule`]: a linkage or a red line;
//! - [`Game`]: one fully specified instance in exact integers;
//! - [`Scenario`]: an outcome space and parties whose preferences are known numbers of any structure;
//! - [`Belief`]: the distribution over games; [`Belief::draw`] gives one;
//! - [`conflict`]: who can move what, in option form or as a graph;
//! - [`Stream`]: random numbers addressed by seed and index.

mod belief;
mod checking;
pub mod conflict;
mod formula;
mod outcome;
mod rule;
mod scenario;
mod space;
mod stream;

pub use belief::{Belief, BeliefInput, BeliefParty};
pub use checking::check;
pub use formula::Formula;
pub use outcome::Outcome;
pub use rule::{Rule, RuleKind};
pub use scenario::{Discount, Draft, Exact, Part, Profile, Scenario, Utility, decimal};
pub use space::{Issue, IssueKind, Space, Value};
pub use stream::Stream;

use std::sync::Arc;

/// Utilities are whole numbers in units of this fraction: a party's best conceivable package
/// (its best value on every issue) is worth `SCALE`, its worst 0.
pub const SCALE: i64 = 1_000_000_000;

/// One fully specified game.
///
/// Utilities are additive: the utility of an outcome to a party is the sum of `worth[issue][value]`.
/// They are integers, so that comparisons are exact.
#[derive(Debug, Clone)]
pub struct Game {
    /// The outcome space.
    pub space: Arc<Space>,
    /// The parties in file order.
    pub players: Vec<Player>,
    /// All rules of the case, in file order: linkages, then red lines by party.
    pub rules: Arc<[Rule]>,
    /// Whether each rule binds in this game. Same length as `rules`.
    pub binding: Vec<bool>,
}

/// A party of a [`Game`].
#[derive(Debug, Clone)]
pub struct Player {
    /// Whether an agreement needs its consent.
    pub consents: bool,
    /// Utility of each value of each issue, in units of 1/[`SCALE`]. The status quo counts what it drifts
    /// to, and a value that ends a cost counts the cost.
    pub worth: Vec<Vec<i64>>,
    /// Utility of no-deal: the status quo with the drift and cost of going on. May be negative.
    pub fallback: i64,
}

impl Player {
    /// The utility of an outcome, in units of 1/[`SCALE`]. Digits outside the space count nothing.
    #[must_use]
    pub fn utility(&self, outcome: &Outcome) -> i64 {
        self.worth
            .iter()
            .zip(outcome.digits())
            .map(|(values, digit)| values.get(*digit as usize).copied().unwrap_or(0))
            .sum()
    }
}

impl Game {
    /// Whether every binding rule holds for the outcome.
    #[must_use]
    pub fn permits(&self, outcome: &Outcome) -> bool {
        self.rules.iter().zip(&self.binding).all(|(rule, binds)| !binds || rule.holds.holds(outcome))
    }

    /// Whether the outcome is an agreement: not the status quo, no binding rule broken, nobody whose
    /// consent is needed worse than no-deal, and at least one of them better.
    #[must_use]
    pub fn is_agreement(&self, outcome: &Outcome) -> bool {
        let consenting = || self.players.iter().filter(|p| p.consents);
        *outcome != self.space.status_quo()
            && self.permits(outcome)
            && consenting().all(|p| p.utility(outcome) >= p.fallback)
            && consenting().any(|p| p.utility(outcome) > p.fallback)
    }
}

//! The engine for a question, chosen by the structure of the scenario.

use super::{Exactness, Finding, Frontier, Limits, Made, additive};
use crate::game::Scenario;

/// The Pareto frontier of a scenario.
#[must_use]
pub fn frontier(scenario: &Scenario, limits: Limits) -> Finding<Frontier> {
    additive::frontier(scenario, limits).unwrap_or_else(|| {
        let exactness = Exactness::CutOff { limit: "additive scenarios only".to_string() };
        let made = Made { method: "none".to_string(), exactness, limits: Vec::new(), seed: None };
        Finding { answer: Frontier::default(), made }
    })
}

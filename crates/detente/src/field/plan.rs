//! What is to be played: everything that decides the rows.

use crate::game::{Discount, Part, Scenario};
use crate::strategy::{Recipe, Watcher};
use crate::talks::{Binding, Clock};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A tournament: everything that decides its rows, and nothing else.
///
/// Every strategy sits in every role of every scenario against the others. Two plans with the same
/// [`Plan::digest`] have the same rows, whoever plays them, in whatever parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// The scenarios.
    pub scenarios: Vec<Entrant>,
    /// The strategies, each once.
    pub strategies: Vec<Recipe>,
    /// The protocol, by name.
    pub protocol: String,
    /// How long a session may take.
    #[schemars(with = "serde_json::Value")]
    pub clock: Clock,
    /// The seed of all chance.
    pub seed: u64,
    /// How often each session is played, each time with other chance. At least 1.
    pub repetitions: u32,
    /// Whether a strategy also meets itself alone.
    pub self_play: bool,
    /// Who makes the first move.
    pub openings: Openings,
    /// The most ways of seating the strategies in a scenario. Where there are more, so many are taken, spread evenly:
    /// every strategy sits in every role equally often.
    pub most: u64,
    /// Whether issues are negotiated one after the other, each for so many rounds, and what binds; else the package is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub issue_by_issue: Option<Binding>,
    /// Models that ride along: they hear the offers of each party, and take no part. Between two, a model of one starts with
    /// what the other wants itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub watchers: Vec<Watcher>,
}

/// A scenario of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entrant {
    /// Its name, which no other has.
    pub name: String,
    /// SHA-256 of its content: issues, values, preferences, rules; in hexadecimal.
    pub digest: String,
    /// The number of parties.
    pub parties: usize,
}

/// Who makes the first move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Openings {
    /// The first party of the scenario, always.
    First,
    /// Each party in turn: sessions are played once for each, with the others in their order behind it.
    #[default]
    Each,
}

/// Why a plan cannot be played, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unready(pub String);

impl std::fmt::Display for Unready {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unready {}

impl Entrant {
    /// The entry of a scenario under its own name.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        Entrant { name: scenario.name.clone(), digest: content(scenario), parties: scenario.parties.len() }
    }
}

impl Plan {
    /// Every strategy in every role against every strategy, itself among them, each party opening once; stacked
    /// alternating offers, seed 1, no repetition. The fields can be changed before it is played.
    #[must_use]
    pub fn new(scenarios: &[Scenario], strategies: Vec<Recipe>, clock: Clock) -> Self {
        Plan {
            scenarios: scenarios.iter().map(Entrant::of).collect(),
            strategies,
            protocol: "sao".to_string(),
            clock,
            seed: 1,
            repetitions: 1,
            self_play: true,
            openings: Openings::Each,
            most: 10_000,
            issue_by_issue: None,
            watchers: Vec::new(),
        }
    }

    /// SHA-256 of the plan in hexadecimal. Plans of the same digest have the same rows.
    #[must_use]
    pub fn digest(&self) -> String {
        hex(&Sha256::digest(serde_json::to_vec(self).unwrap_or_default()))
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// A digest of all that decides how a scenario is negotiated and scored; its name is not in it.
fn content(scenario: &Scenario) -> String {
    let mut hash = Sha256::new();
    // Every text is followed by a byte that no text holds, so that no two contents run together.
    let mut text = |text: &str| {
        hash.update(text.as_bytes());
        hash.update([0xff]);
    };
    for issue in &scenario.space.issues {
        text(&issue.id);
        issue.values.iter().for_each(|value| text(&value.id));
        text("");
    }
    for party in &scenario.parties {
        let utility = &party.utility;
        text(&party.name);
        let numbers = [utility.unit, utility.constant, utility.slack].into_iter();
        for number in numbers.chain(utility.worth.iter().flatten().copied()) {
            text(&number.to_string());
        }
        text(&format!("{:?} {:?} {:?}", utility.cap, party.reservation, discount(party.discount.as_ref())));
        for part in &utility.parts {
            match part {
                Part::When(formula, worth) => text(&format!("{formula:?} {worth}")),
                Part::Table { issues, sizes, worth } => text(&format!("{issues:?} {sizes:?} {worth:?}")),
            }
        }
        utility.zero_unless.iter().for_each(|formula| text(&format!("{formula:?}")));
        text("");
    }
    scenario.rules.iter().for_each(|rule| text(&format!("{rule:?}")));
    hex(&hash.finalize())
}

fn discount(discount: Option<&Discount>) -> String {
    match discount {
        None => "none".to_string(),
        Some(Discount::OverDeadline { factor, reservation }) => format!("deadline {factor} {reservation}"),
        Some(Discount::PerStep { factor, reservation }) => format!("step {factor} {reservation}"),
        Some(Discount::Cost { cost, power, over_deadline }) => format!("cost {cost} {power} {over_deadline}"),
    }
}

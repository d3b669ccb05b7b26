//! The answer of the stability lens.

use crate::analysis::stability::Concept;
use crate::lens::ShareOf;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Whether states of affairs would hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct StabilityAnswer {
    /// Everybody who holds something or whose consent is needed: parties in file order, then others.
    pub decision_makers: Vec<DecisionMaker>,
    /// Games that were drawn.
    pub draws: u64,
    /// How many states are feasible around things as they are, exactly, in decimal.
    pub states: String,
    /// The equilibria around things as they are, as in the first situation.
    pub equilibria: BTreeMap<Concept, Equilibria>,
    /// The stable states around things as they are, as in the first situation.
    pub stable: IndexMap<String, BTreeMap<Concept, Equilibria>>,
    /// Each state asked about, with what can become of it; the state of things as they are comes first.
    pub situations: Vec<Situation>,
    /// What the case does not say and this question needs, in sentences.
    pub missing: Vec<String>,
}

/// Where the preference of a decision maker comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PreferenceFrom {
    /// Its priorities.
    Priorities,
    /// The utilities of the games that fit the case, and its red lines.
    Utility,
    /// The case says nothing: it is taken to prefer no state to any other.
    Nothing,
}

/// Somebody who can move something alone, or has to agree.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DecisionMaker {
    /// Its id in the case.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Ids of the issues and conduct that it holds alone.
    pub holds: Vec<String>,
    /// Where its preference comes from.
    pub preference: PreferenceFrom,
    /// Ids of the claims that its priorities are, in file order.
    pub priorities: Vec<String>,
}

/// A state of affairs, and the conflict around it while what is agreed stays as it is.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Situation {
    /// `status-quo`, or the id of the state, text or package in the case.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is agreed in it: issues that nobody can move alone, where they are not at the status quo.
    pub agreed: IndexMap<String, String>,
    /// What everybody does in it: each issue and conduct that somebody can move alone.
    pub conduct: IndexMap<String, String>,
    /// How many states are feasible around it, exactly, in decimal.
    pub states: String,
    /// Whether the state itself breaks no rule.
    pub feasible: bool,
    /// In which share of draws the state is an equilibrium, by concept.
    pub holds: BTreeMap<Concept, ShareOf>,
    /// For each decision maker in order: whether it would leave the state, and what keeps it.
    pub makers: Vec<Holding>,
    /// Where improvements lead from here: the states by which nobody moves on (SEQ), most frequent first.
    pub leads_to: Vec<LeadsTo>,
    /// Which priorities it hangs on: in which share of the first draws it holds (SEQ) with one of them left out, where
    /// that is another share than with all; the largest difference first.
    pub hangs_on: Vec<Without>,
    /// In which share of the same draws it holds (SEQ) with all priorities.
    pub same_draws: ShareOf,
    /// The states that are equilibria in some draw, by concept.
    pub equilibria: BTreeMap<Concept, Equilibria>,
    /// The states that are stable for a decision maker in some draw: its id, then the concept.
    pub stable: IndexMap<String, BTreeMap<Concept, Equilibria>>,
}

/// Whether a decision maker would leave a state.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Holding {
    /// The decision maker.
    pub id: String,
    /// In which share of draws the state is stable for it, by concept.
    pub stable: BTreeMap<Concept, ShareOf>,
    /// What it would move to where it gains by moving: its most preferred move, most frequent first.
    pub departures: Vec<Departure>,
}

/// A move by which a decision maker gains.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Departure {
    /// What it would change.
    pub to: IndexMap<String, String>,
    /// In which share of draws it is its most preferred move.
    pub share: ShareOf,
    /// In which share of draws that is so and nothing that the others would do to their own advantage leaves it no better
    /// off (SEQ).
    pub undeterred: ShareOf,
    /// What would deter it: the answer of the others in the first draw in which there is one. Empty where there is none.
    pub sanction: Vec<Move>,
    /// What could deter it though it costs those who do it: likewise, where no draw has a credible one.
    pub threat: Vec<Move>,
}

/// A move of a decision maker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Move {
    /// Who moves.
    pub by: String,
    /// What it changes, and to what.
    pub to: IndexMap<String, String>,
}

/// A state that improvements lead to.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LeadsTo {
    /// What is different there from the state asked about; empty for the state itself.
    pub changes: IndexMap<String, String>,
    /// In which share of draws it is an equilibrium (SEQ) that improvements lead to.
    pub share: ShareOf,
    /// The moves that lead there in the first such draw.
    pub path: Vec<Move>,
}

/// A priority left out.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Without {
    /// The claim.
    pub claim: String,
    /// In which share of the draws the state holds without it.
    pub holds: ShareOf,
}

/// States that rest in some draw.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Equilibria {
    /// How many states do so in some draw.
    pub count: u64,
    /// The most frequent of them.
    pub states: Vec<Resting>,
}

/// A state with the share of draws in which it rests.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Resting {
    /// The value of everything that somebody can move alone.
    pub values: IndexMap<String, String>,
    /// Its place among the feasible states, from 1, the first thing held fastest.
    pub ordinal: u64,
    /// In which share of draws.
    pub share: ShareOf,
}

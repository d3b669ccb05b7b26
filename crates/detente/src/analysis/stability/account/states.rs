//! States and decision makers by name.

use super::{Holder, Model};
use crate::analysis::stability::Found;
use crate::game::Outcome;
use indexmap::IndexMap;
use num_bigint::BigUint;
use schemars::JsonSchema;
use serde::Serialize;

/// A whole number of any size: a number in JSON up to 2^53, beyond that a text in decimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Number {
    /// Up to 2^53.
    Small(u64),
    /// Beyond.
    Large(String),
}

impl From<&BigUint> for Number {
    fn from(number: &BigUint) -> Self {
        let small = u64::try_from(number).ok().filter(|n| *n <= 1 << 53);
        small.map_or_else(|| Number::Large(number.to_string()), Number::Small)
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Number::Small(number) => write!(f, "{number}"),
            Number::Large(number) => f.pad(number),
        }
    }
}

/// A state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Place {
    /// The value of every issue; of a graph, `state` with its name.
    pub values: IndexMap<String, String>,
    /// Its place among the feasible states, from 1, the first issue fastest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordinal: Option<Number>,
    /// The code that the field prints: a letter per option, the first option first; of a graph, the name.
    pub code: String,
}

/// Some of the states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Listed {
    /// How many, exactly.
    pub count: Number,
    /// The first of them.
    pub states: Vec<Place>,
}

/// A conflict with the names of what is in it.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    model: Model<'a>,
}

impl<'a> Names<'a> {
    pub(super) fn of(model: Model<'a>) -> Self {
        Names { model }
    }

    pub(super) fn feasible(&self, state: &Outcome) -> bool {
        match self.model {
            Model::Options(conflict) => conflict.feasible(state),
            Model::Graph(graph) => state.digits().len() == 1 && usize::from(state.digit(0)) < graph.states.len(),
        }
    }

    /// The decision makers: id and name.
    pub(super) fn makers(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let (options, graph) = match self.model {
            Model::Options(conflict) => (Some(&conflict.makers), None),
            Model::Graph(graph) => (None, Some(&graph.makers)),
        };
        let options = options.into_iter().flatten().map(|m| (m.id.as_str(), m.name.as_str()));
        options.chain(graph.into_iter().flatten().map(|m| (m.id.as_str(), m.name.as_str())))
    }

    /// The name of a decision maker.
    pub(super) fn maker(&self, at: usize) -> String {
        self.makers().nth(at).map(|(id, name)| if name.is_empty() { id } else { name }).unwrap_or_default().to_string()
    }

    pub(super) fn holders(&self) -> Vec<Holder> {
        let holds = |at: usize| match self.model {
            Model::Options(conflict) => {
                conflict.own(at).filter_map(|i| Some(conflict.space.issues.get(i)?.id.clone())).collect()
            }
            Model::Graph(_) => Vec::new(),
        };
        let one =
            |(at, (id, _)): (usize, (&str, &str))| Holder { id: id.into(), name: self.maker(at), holds: holds(at) };
        self.makers().enumerate().map(one).collect()
    }

    pub(super) fn issues(&self) -> IndexMap<String, Vec<String>> {
        let Model::Options(conflict) = self.model else { return IndexMap::new() };
        let values = |issue: &crate::game::Issue| issue.values.iter().map(|v| v.id.clone()).collect();
        conflict.space.issues.iter().map(|issue| (issue.id.clone(), values(issue))).collect()
    }

    /// A state by name.
    pub(super) fn place(&self, state: &Outcome, ordinal: Option<&BigUint>) -> Place {
        let ordinal = ordinal.map(Number::from);
        match self.model {
            Model::Options(conflict) => {
                let letter = |(issue, digit): (&crate::game::Issue, &u16)| match (issue.values.len(), digit) {
                    (2, 0) => "N".to_string(),
                    (2, _) => "Y".to_string(),
                    _ => format!("({})", issue.values.get(usize::from(*digit)).map_or("", |v| v.id.as_str())),
                };
                let code = conflict.space.issues.iter().zip(state.digits()).map(letter).collect();
                Place { values: conflict.space.named(state), ordinal, code }
            }
            Model::Graph(graph) => {
                let code = graph.states.get(usize::from(state.digit(0))).cloned().unwrap_or_default();
                Place { values: IndexMap::from([("state".to_string(), code.clone())]), ordinal, code }
            }
        }
    }

    pub(super) fn listed(&self, found: &Found) -> Listed {
        let states = found.states.iter().map(|state| self.place(&state.outcome, state.ordinal.as_ref()));
        Listed { count: Number::from(&found.count), states: states.collect() }
    }

    /// What is different in a state, or the state where it has no parts.
    pub(super) fn changes(&self, from: &Outcome, to: &Outcome) -> IndexMap<String, String> {
        let Model::Options(conflict) = self.model else { return self.place(to, None).values };
        let different =
            |(at, (id, value)): (usize, (String, String))| (from.digit(at) != to.digit(at)).then_some((id, value));
        conflict.space.named(to).into_iter().enumerate().filter_map(different).collect()
    }
}

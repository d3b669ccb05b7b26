//! Strategies as a line of text: `boulware`, `boulware(e=0.1)`, `boa(bid=micro, model=frequency, accept=next)`.
//!
//! A [`Recipe`] is such a line, read and checked against what is known by name ([`entries`], [`models`],
//! [`acceptances`]). It prints its shortest form, so that two recipes are the same when their texts are.
//!
//! ```
//! use detente::strategy::{Known, Recipe};
//! let recipe: Recipe = "Boulware( e = 0.20 )".parse().unwrap();
//! assert_eq!(recipe.to_string(), "boulware");
//! let strategy = recipe.build(&Known::nothing()).unwrap();
//! let faults = "bulware(e=7000)".parse::<Recipe>().unwrap_err();
//! assert_eq!(faults[0].hint.as_deref(), Some("did you mean `boulware`?"));
//! ```

/// A type that holds a checked [`Node`] is read from its text and written as it, in data too.
macro_rules! as_text {
    ($type:ident, $description:literal) => {
        impl std::str::FromStr for $type {
            type Err = $crate::strategy::Faults;

            fn from_str(text: &str) -> Result<Self, $crate::strategy::Faults> {
                $type::parse(text)
            }
        }

        impl TryFrom<String> for $type {
            type Error = $crate::strategy::Faults;

            fn try_from(text: String) -> Result<Self, $crate::strategy::Faults> {
                $type::parse(&text)
            }
        }

        impl From<$type> for String {
            fn from(read: $type) -> String {
                read.to_string()
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "description": $description })
            }
        }
    };
}
use as_text;

mod entry;
mod fault;
mod listed;
mod parse;
mod resolve;
#[cfg(test)]
mod tests;
mod watcher;

pub use entry::{About, Entry, Given, Kind, Named, Parameter, Takes};
pub use fault::{Fault, Faults};
pub use listed::{acceptances, entries, models};
pub use watcher::Watcher;

use super::Strategy;
use crate::game::{Scenario, Utility};
use resolve::Node;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A strategy by name with its parameters, checked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Recipe(Node);

/// What is known beyond the table, for parts that say they need it: the true utilities of the seats, in their order,
/// and what no agreement is worth to each.
#[derive(Debug, Clone, Default)]
pub struct Known {
    utilities: Option<Arc<[Arc<Utility>]>>,
    reservations: Arc<[Option<i128>]>,
}

/// Why a recipe could not be made into a strategy, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unbuilt(pub String);

impl Known {
    /// Nothing beyond the table.
    #[must_use]
    pub fn nothing() -> Self {
        Self::default()
    }

    /// The true utilities of all seats, in their order.
    #[must_use]
    pub fn utilities(utilities: Arc<[Arc<Utility>]>) -> Self {
        Known { utilities: Some(utilities), reservations: Arc::default() }
    }

    /// The true preferences of the parties of a scenario, who sit in its order.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        Known {
            utilities: Some(scenario.parties.iter().map(|party| party.utility.clone()).collect()),
            reservations: scenario.parties.iter().map(|party| party.reservation).collect(),
        }
    }
}

impl Recipe {
    /// Reads a recipe.
    ///
    /// # Errors
    /// What is wrong with it, where, and what may have been meant; at least one fault.
    pub fn parse(text: &str) -> Result<Self, Faults> {
        let tree = parse::parse(text)?;
        resolve::resolve(Kind::Strategy, &tree).map(Recipe)
    }

    /// What is known of the strategy named.
    #[must_use]
    pub fn about(&self) -> &'static About {
        self.0.about
    }

    /// The fewest and the most seats it is for, its parts included.
    #[must_use]
    pub fn seats(&self) -> (usize, usize) {
        self.0.all().map(|about| about.seats).fold((1, usize::MAX), |(a, b), (low, high)| (a.max(low), b.min(high)))
    }

    /// Whether it or one of its parts needs outcomes that can be listed.
    #[must_use]
    pub fn needs_list(&self) -> bool {
        self.0.all().any(|about| about.needs_list)
    }

    /// Whether it may accept, by the rule as published, what is worth less to it than no agreement.
    #[must_use]
    pub fn ignores_reservation(&self) -> bool {
        self.0.all().any(|about| about.ignores_reservation)
    }

    /// Whether one of its parts knows more than the table shows.
    #[must_use]
    pub fn needs_others(&self) -> bool {
        self.0.all().any(|about| about.needs_others)
    }

    /// The strategy, ready to be opened at a seat.
    ///
    /// # Errors
    /// When a part needs to know what is not known.
    pub fn build(&self, known: &Known) -> Result<Box<dyn Strategy>, Unbuilt> {
        self.0.buildable(known)?;
        Ok(self.0.strategy(known))
    }
}

as_text!(Recipe, "a strategy by name, such as `boulware(e=0.1)`");

impl std::fmt::Display for Unbuilt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unbuilt {}

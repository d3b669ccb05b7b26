//! Models of others as a line of text, for those that ride along.

use super::resolve::{self, Node};
use super::{About, Faults, Kind, Known, Unbuilt, parse};
use crate::strategy::model::Model;
use serde::{Deserialize, Serialize};

/// A model of what another seat wants, by name with its parameters, checked: `bayesian`, `windowed(size=10)`.
///
/// ```
/// use detente::strategy::{Known, Watcher};
/// let watcher: Watcher = "Frequency".parse().unwrap();
/// assert_eq!(watcher.to_string(), "frequency");
/// assert!(watcher.build(&Known::nothing()).is_ok());
/// assert!("boulware".parse::<Watcher>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Watcher(Node);

impl Watcher {
    /// Reads a model.
    ///
    /// # Errors
    /// What is wrong with it, where, and what may have been meant; at least one fault.
    pub fn parse(text: &str) -> Result<Self, Faults> {
        let tree = parse::parse(text)?;
        resolve::resolve(Kind::Model, &tree).map(Watcher)
    }

    /// What is known of the model named.
    #[must_use]
    pub fn about(&self) -> &'static About {
        self.0.about
    }

    /// The model, ready to be opened for a seat.
    ///
    /// # Errors
    /// When it needs to know what is not known.
    pub fn build(&self, known: &Known) -> Result<Model, Unbuilt> {
        self.0.buildable(known)?;
        Ok(self.0.model(known))
    }
}

super::as_text!(Watcher, "a model of others by name, such as `windowed(size=10)`");

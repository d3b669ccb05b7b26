//! What is known by name: how it is described, what it takes, how it is made.

use super::Known;
use super::resolve::{Filled, Node};
use crate::game::Utility;
use crate::strategy::Strategy;
use crate::strategy::acceptance::Acceptance;
use crate::strategy::model::Model;
use std::sync::Arc;

/// Which part of a strategy a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A strategy, which is also what makes the bids in a composition.
    Strategy,
    /// A model of what another seat wants.
    Model,
    /// A condition for accepting.
    Acceptance,
}

/// What a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Takes {
    /// A number from `low` to `high`, both included.
    Number {
        /// Where nothing is said.
        default: f64,
        /// The least.
        low: f64,
        /// The most.
        high: f64,
    },
    /// A whole number from `low` to `high`, both included.
    Whole {
        /// Where nothing is said.
        default: u32,
        /// The least.
        low: u32,
        /// The most.
        high: u32,
    },
    /// A part of this kind.
    Part {
        /// Which kind.
        kind: Kind,
        /// Where nothing is said: a recipe.
        default: &'static str,
    },
}

/// A parameter of a strategy or of a part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What it does, in one line.
    pub says: &'static str,
}

impl Parameter {
    /// A number: its default, the least, the most, what it does.
    #[must_use]
    pub const fn number(name: &'static str, default: f64, (low, high): (f64, f64), says: &'static str) -> Self {
        Parameter { name, takes: Takes::Number { default, low, high }, says }
    }

    /// A whole number: its default, the least, the most, what it does.
    #[must_use]
    pub const fn whole(name: &'static str, default: u32, (low, high): (u32, u32), says: &'static str) -> Self {
        Parameter { name, takes: Takes::Whole { default, low, high }, says }
    }

    /// A part: its kind, the default as a recipe, what it does.
    #[must_use]
    pub const fn part(name: &'static str, kind: Kind, default: &'static str, says: &'static str) -> Self {
        Parameter { name, takes: Takes::Part { kind, default }, says }
    }
}

/// What is told of a strategy or a part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct About {
    /// Its name: lower case, with hyphens.
    pub name: &'static str,
    /// Other names for the same.
    pub aliases: &'static [&'static str],
    /// What it does, in one line.
    pub says: &'static str,
    /// Where it was published: who, where, year.
    pub source: &'static str,
    /// Its parameters, in the order they are printed.
    pub parameters: &'static [Parameter],
    /// The fewest and the most seats it is for.
    pub seats: (usize, usize),
    /// Whether it needs outcomes that can be listed.
    pub needs_list: bool,
    /// Whether it may accept, by the rule as published, what is worth less to it than no agreement.
    pub ignores_reservation: bool,
    /// Whether it needs the true utilities of the others.
    pub needs_others: bool,
}

impl About {
    /// How it is written with every parameter at its default: `boulware(e=0.2)`.
    #[must_use]
    pub fn usage(&self) -> String {
        let one = |parameter: &Parameter| match parameter.takes {
            Takes::Number { default, .. } => format!("{}={default}", parameter.name),
            Takes::Whole { default, .. } => format!("{}={default}", parameter.name),
            Takes::Part { default, .. } => format!("{}={default}", parameter.name),
        };
        let parameters: Vec<String> = self.parameters.iter().map(one).collect();
        if parameters.is_empty() { self.name.to_string() } else { format!("{}({})", self.name, parameters.join(", ")) }
    }
}

/// Something known by name that makes a `B`.
pub struct Named<B> {
    /// What is told of it.
    pub about: About,
    /// Makes it of what it is given.
    pub build: fn(&Given<'_>) -> B,
}

/// A strategy known by name.
pub type Entry = Named<Box<dyn Strategy>>;

impl<B> Named<B> {
    /// Its name, what it does in one line, where it was published, how it is made.
    #[must_use]
    pub const fn new(name: &'static str, says: &'static str, source: &'static str, build: fn(&Given<'_>) -> B) -> Self {
        let about = About {
            name,
            aliases: &[],
            says,
            source,
            parameters: &[],
            seats: (1, usize::MAX),
            needs_list: false,
            ignores_reservation: false,
            needs_others: false,
        };
        Named { about, build }
    }

    /// The same with other names.
    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.about.aliases = aliases;
        self
    }

    /// The same with parameters.
    #[must_use]
    pub const fn takes(mut self, parameters: &'static [Parameter]) -> Self {
        self.about.parameters = parameters;
        self
    }

    /// The same for so many seats, at least and at most.
    #[must_use]
    pub const fn seats(mut self, fewest: usize, most: usize) -> Self {
        self.about.seats = (fewest, most);
        self
    }

    /// The same for outcomes that can be listed alone.
    #[must_use]
    pub const fn needs_list(mut self) -> Self {
        self.about.needs_list = true;
        self
    }

    /// The same, which may accept what is worth less than no agreement.
    #[must_use]
    pub const fn ignores_reservation(mut self) -> Self {
        self.about.ignores_reservation = true;
        self
    }

    /// The same, which needs the true utilities of the others.
    #[must_use]
    pub const fn needs_others(mut self) -> Self {
        self.about.needs_others = true;
        self
    }
}

/// What something known by name is given to be made of. Parameters that were left out have their defaults here.
pub struct Given<'a> {
    pub(super) node: &'a Node,
    pub(super) known: &'a Known,
}

impl Given<'_> {
    fn filled(&self, name: &str) -> Option<&Filled> {
        let at = self.node.about.parameters.iter().position(|p| p.name == name)?;
        self.node.filled.get(at)
    }

    /// A parameter that is a number. NaN when there is none of this name.
    #[must_use]
    pub fn number(&self, name: &str) -> f64 {
        match self.filled(name) {
            Some(Filled::Number(number)) => *number,
            _ => f64::NAN,
        }
    }

    /// A parameter that is a whole number. 0 when there is none of this name.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked against its range when read")]
    pub fn whole(&self, name: &str) -> usize {
        self.number(name) as usize
    }

    fn part(&self, name: &str) -> Option<&Node> {
        match self.filled(name) {
            Some(Filled::Part(node)) => Some(node),
            _ => None,
        }
    }

    /// A part that makes bids. The one that never concedes when there is none of this name.
    #[must_use]
    pub fn strategy(&self, name: &str) -> Box<dyn Strategy> {
        self.part(name)
            .map_or_else(|| Box::new(crate::strategy::Tough) as Box<dyn Strategy>, |n| n.strategy(self.known))
    }

    /// A part that models another seat. The one that knows nothing when there is none of this name.
    #[must_use]
    pub fn model(&self, name: &str) -> Model {
        self.part(name).map_or_else(Model::default, |node| node.model(self.known))
    }

    /// A part that decides what to accept. The one that never does when there is none of this name.
    #[must_use]
    pub fn acceptance(&self, name: &str) -> Acceptance {
        self.part(name).map_or(Acceptance::Never, |node| node.acceptance(self.known))
    }

    /// The true utilities of all seats in their order, for what says it needs them. Empty for others.
    #[must_use]
    pub fn utilities(&self) -> Arc<[Arc<Utility>]> {
        let shown = self.known.utilities.as_ref().filter(|_| self.node.about.needs_others);
        shown.cloned().unwrap_or_default()
    }
    /// What no agreement is worth to each seat in its own units, for what says it needs the others; `None`, or missing:
    /// nothing is known of it.
    #[must_use]
    pub fn reservations(&self) -> Arc<[Option<i128>]> {
        let shown = self.node.about.needs_others.then(|| self.known.reservations.clone());
        shown.unwrap_or_default()
    }
}

//! A tree of names checked against what is known by name, with the defaults filled in.

use super::entry::{About, Given, Kind, Named, Parameter, Takes};
use super::listed::{acceptances, entries, models};
use super::parse::{self, Tree, Value};
use super::{Fault, Faults, Known, Unbuilt};
use crate::strategy::acceptance::Acceptance;
use crate::strategy::model::Model;
use crate::strategy::{Strategy, Tough};
use crate::text::did_you_mean;

/// Something known by name with all its parameters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub(super) about: &'static About,
    /// One for each parameter, in their order.
    pub(super) filled: Vec<Filled>,
}

/// What a parameter has.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Filled {
    Number(f64),
    Part(Node),
}

/// What is known of a kind, in the order it is listed.
pub(super) fn known(kind: Kind) -> Vec<&'static About> {
    match kind {
        Kind::Strategy => entries().map(|entry| &entry.about).collect(),
        Kind::Model => models().iter().map(|entry| &entry.about).collect(),
        Kind::Acceptance => acceptances().iter().map(|entry| &entry.about).collect(),
    }
}

fn named(about: &About, name: &str) -> bool {
    about.name == name || about.aliases.contains(&name)
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Strategy => "strategy",
        Kind::Model => "model of others",
        Kind::Acceptance => "condition for accepting",
    }
}

/// Looks up all names and checks all parameters.
pub(super) fn resolve(kind: Kind, tree: &Tree) -> Result<Node, Faults> {
    let mut faults = Vec::new();
    let node = node(kind, tree, &mut faults);
    match node {
        Some(node) if faults.is_empty() => Ok(node),
        _ => Err(Faults::of(faults)),
    }
}

/// `None` only with a fault.
fn node(kind: Kind, tree: &Tree, faults: &mut Vec<Fault>) -> Option<Node> {
    let all = known(kind);
    let Some(about) = all.iter().copied().find(|about| named(about, &tree.name)) else {
        let names = all.iter().flat_map(|about| std::iter::once(about.name).chain(about.aliases.iter().copied()));
        let message = format!("`{}` is no {}", tree.name, word(kind));
        faults.push(Fault::new(tree.at.clone(), message).hint(did_you_mean(&tree.name, names)));
        return None;
    };
    for (at, argument) in tree.arguments.iter().enumerate() {
        if !about.parameters.iter().any(|p| p.name == argument.key) {
            let message = format!("`{}` has no parameter `{}`", about.name, argument.key);
            let hint = did_you_mean(&argument.key, about.parameters.iter().map(|p| p.name));
            faults.push(Fault::new(argument.at.clone(), message).hint(hint));
        } else if tree.arguments.iter().take(at).any(|earlier| earlier.key == argument.key) {
            faults.push(Fault::new(argument.at.clone(), format!("`{}` is given twice", argument.key)));
        }
    }
    let filled: Vec<Option<Filled>> = about
        .parameters
        .iter()
        .map(|parameter| {
            let given = tree.arguments.iter().find(|argument| argument.key == parameter.name);
            match given {
                Some(argument) => fill(about, parameter, &argument.value, faults),
                None => default(parameter, faults),
            }
        })
        .collect();
    let filled: Option<Vec<Filled>> = filled.into_iter().collect();
    Some(Node { about, filled: filled? })
}

/// What a parameter has where nothing is given. Defaults are recipes of the registry itself; a test reads them all.
fn default(parameter: &Parameter, faults: &mut Vec<Fault>) -> Option<Filled> {
    match parameter.takes {
        Takes::Number { default, .. } => Some(Filled::Number(default)),
        Takes::Whole { default, .. } => Some(Filled::Number(f64::from(default))),
        Takes::Part { kind, default } => match parse::parse(default) {
            Ok(tree) => node(kind, &tree, faults).map(Filled::Part),
            Err(wrong) => {
                faults.extend(wrong.iter().cloned());
                None
            }
        },
    }
}

/// `None` only with a fault.
fn fill(about: &About, parameter: &Parameter, value: &Value, faults: &mut Vec<Fault>) -> Option<Filled> {
    let name = format!("`{}` of `{}`", parameter.name, about.name);
    let mut wrong = |message: String| {
        faults.push(Fault::new(value.at(), message));
        None
    };
    match (parameter.takes, value) {
        (Takes::Number { low, high, .. }, Value::Number(number, _)) => {
            let fits = (low..=high).contains(number);
            if fits { Some(Filled::Number(*number + 0.0)) } else { wrong(format!("{name} is from {low} to {high}")) }
        }
        (Takes::Whole { low, high, .. }, Value::Number(number, _)) => {
            let fits = (f64::from(low)..=f64::from(high)).contains(number) && number.fract() == 0.0;
            let message = || format!("{name} is a whole number from {low} to {high}");
            if fits { Some(Filled::Number(*number)) } else { wrong(message()) }
        }
        (Takes::Part { kind, .. }, Value::Part(tree)) => node(kind, tree, faults).map(Filled::Part),
        (Takes::Part { kind, .. }, Value::Number(..)) => wrong(format!("{name} is a {}, not a number", word(kind))),
        (_, Value::Part(tree)) => wrong(format!("{name} is a number, not `{}`", tree.name)),
    }
}

impl Node {
    /// What is told of this and of all its parts.
    pub(super) fn all(&self) -> Box<dyn Iterator<Item = &'static About> + '_> {
        let parts = self.filled.iter().flat_map(|filled| match filled {
            Filled::Part(node) => node.all(),
            Filled::Number(_) => Box::new(std::iter::empty()),
        });
        Box::new(std::iter::once(self.about).chain(parts))
    }

    /// Whether all that its parts need to know is known.
    pub(super) fn buildable(&self, known: &Known) -> Result<(), Unbuilt> {
        match self.all().find(|about| about.needs_others && known.utilities.is_none()) {
            Some(about) => Err(Unbuilt(format!("`{}` needs the true utilities of the others", about.name))),
            None => Ok(()),
        }
    }

    fn make<B: 'static>(&self, mut from: impl Iterator<Item = &'static Named<B>>, known: &Known) -> Option<B> {
        let entry = from.find(|entry| entry.about.name == self.about.name)?;
        Some((entry.build)(&Given { node: self, known }))
    }

    pub(super) fn strategy(&self, known: &Known) -> Box<dyn Strategy> {
        self.make(entries(), known).unwrap_or_else(|| Box::new(Tough))
    }

    pub(super) fn model(&self, known: &Known) -> Model {
        self.make(models().iter(), known).unwrap_or_default()
    }

    pub(super) fn acceptance(&self, known: &Known) -> Acceptance {
        self.make(acceptances().iter(), known).unwrap_or(Acceptance::Never)
    }

    /// What is printed of it: parameters that are not at their defaults.
    fn told(&self) -> impl Iterator<Item = (&'static str, &Filled)> {
        let pairs = self.about.parameters.iter().zip(&self.filled);
        pairs
            .filter(|(parameter, filled)| default(parameter, &mut Vec::new()).as_ref() != Some(*filled))
            .map(|(parameter, filled)| (parameter.name, filled))
    }
}

impl std::fmt::Display for Node {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.about.name)?;
        let mut open = false;
        for (name, filled) in self.told() {
            f.write_str(if open { ", " } else { "(" })?;
            open = true;
            match filled {
                Filled::Number(number) => write!(f, "{name}={number}")?,
                Filled::Part(node) => write!(f, "{name}={node}")?,
            }
        }
        if open { f.write_str(")") } else { Ok(()) }
    }
}

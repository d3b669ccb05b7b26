//! Models of what another seat wants, learned from its offers; one file each.
//!
//! A [`Model`] is opened for one other seat, hears its offers and gives an [`Estimate`]: an additive utility over the
//! space, from 0 for the worst to about 1 for the best it can think of. It says nothing about what no agreement is worth
//! to the other. Compositions use models for what they propose; [`super::observe`] scores them against the truth.
//!
//! A model of your own: a file here with a struct that hears offers and gives an [`Estimate`], a variant of [`Model`], a
//! line in the list of names below.

mod bayesian;
mod conflict;
mod estimate;
mod frequency;
mod perfect;
mod smith;
#[cfg(test)]
mod tests;
mod windowed;

pub use bayesian::Bayesian;
pub use conflict::Conflict;
pub use estimate::Estimate;
pub use frequency::Frequency;
pub use perfect::Perfect;
pub use smith::Smith;
pub use windowed::Windowed;

use super::recipe::{Named, Parameter};
use crate::game::{Outcome, Space, Utility};

/// A model of what another seat wants.
#[derive(Debug, Clone, Default)]
pub enum Model {
    /// Nothing is known: all outcomes are worth the same to it.
    #[default]
    Nothing,
    /// The truth, for comparison.
    Perfect(Perfect),
    /// The opposite of what the one who watches wants; hears nothing.
    Opposite(Estimate),
    /// HardHeaded's frequency model.
    Frequency(Frequency),
    /// AgentSmith's frequency model.
    Smith(Smith),
    /// Scalable Bayesian learning.
    Bayesian(Bayesian),
    /// Frequencies compared between windows of offers.
    Windowed(Windowed),
    /// Orders of values and issues from comparing offers.
    Conflict(Conflict),
}

impl Model {
    /// The same model at the start, of the seat at a position.
    #[must_use]
    pub fn open(&self, space: &Space, of: usize) -> Self {
        self.start(space, None, of)
    }

    /// The same for one who wants this itself: some models start from the opposite.
    #[must_use]
    pub fn open_beside(&self, space: &Space, own: &Utility, of: usize) -> Self {
        self.start(space, Estimate::exact(own), of)
    }

    fn start(&self, space: &Space, own: Option<Estimate>, of: usize) -> Self {
        match self {
            Model::Nothing => Model::Nothing,
            Model::Perfect(perfect) => Model::Perfect(perfect.open(of)),
            Model::Opposite(_) => {
                Model::Opposite(own.map(Estimate::opposite).unwrap_or_else(|| Estimate::flat(space, 0.5)))
            }
            Model::Frequency(_) => Model::Frequency(Frequency::open(space)),
            Model::Smith(_) => Model::Smith(Smith::open(space)),
            Model::Bayesian(_) => Model::Bayesian(Bayesian::open(space)),
            Model::Windowed(windowed) => Model::Windowed(Windowed::open(windowed.size(), space)),
            Model::Conflict(_) => Model::Conflict(Conflict::open(space, own.as_ref())),
        }
    }

    /// Hears an offer of the seat at a time from 0 to 1.
    pub fn hear(&mut self, offer: &Outcome, time: f64) {
        match self {
            Model::Nothing | Model::Perfect(_) | Model::Opposite(_) => {}
            Model::Frequency(model) => model.hear(offer),
            Model::Smith(model) => model.hear(offer),
            Model::Bayesian(model) => model.hear(offer),
            Model::Windowed(model) => model.hear(offer, time),
            Model::Conflict(model) => model.hear(offer),
        }
    }

    /// The additive utility that it takes the seat to have; `None` when it knows nothing, or when the truth is not additive.
    #[must_use]
    pub fn estimate(&self) -> Option<&Estimate> {
        match self {
            Model::Nothing => None,
            Model::Perfect(perfect) => perfect.estimate(),
            Model::Opposite(estimate) => Some(estimate),
            Model::Frequency(model) => Some(model.estimate()),
            Model::Smith(model) => Some(model.estimate()),
            Model::Bayesian(model) => Some(model.estimate()),
            Model::Windowed(model) => Some(model.estimate()),
            Model::Conflict(model) => Some(model.estimate()),
        }
    }

    /// What an outcome is worth to the seat, as far as the model can tell; about 0 to 1.
    #[must_use]
    pub fn worth(&self, outcome: &Outcome) -> f64 {
        match self {
            Model::Perfect(perfect) => perfect.worth(outcome),
            other => other.estimate().map_or(0.0, |estimate| estimate.of(outcome)),
        }
    }

    /// Whether it tells outcomes apart at all.
    #[must_use]
    pub fn tells(&self) -> bool {
        !matches!(self, Model::Nothing)
    }
}

/// The models known by name.
pub(super) const ENTRIES: &[Named<Model>] = &[
    Named::new("none", "knows nothing: all outcomes are worth the same to the other", "a baseline", |_| Model::Nothing)
        .aliases(&["uniform", "no-model"]),
    Named::new("perfect", "knows the true utilities of the others", "a baseline", |given| {
        Model::Perfect(Perfect::of(given.utilities()))
    })
    .needs_others(),
    Named::new("opposite", "takes the other to want the opposite", "a baseline", |_| {
        Model::Opposite(Estimate::default())
    })
    .aliases(&["zero-sum"]),
    Named::new(
        "frequency",
        "what is kept is important, what is asked for often is liked",
        "Van Krimpen, Looije and Hajizadeh, HardHeaded, 2013",
        |_| Model::Frequency(Frequency::default()),
    )
    .aliases(&["hardheaded-frequency"]),
    Named::new(
        "smith",
        "what is asked for often is liked, and an issue with one frequent value is important",
        "Van Galen Last, Agent Smith, 2012",
        |_| Model::Smith(Smith::default()),
    )
    .aliases(&["smith-frequency"]),
    Named::new(
        "bayesian",
        "hypotheses about weights and shapes, learned apart",
        "Hindriks and Tykhonov, AAMAS, 2008",
        |_| Model::Bayesian(Bayesian::default()),
    )
    .aliases(&["scalable-bayesian"]),
    Named::new(
        "windowed",
        "frequencies compared between windows of offers, where the other conceded",
        "Tunalı, Aydoğan and Sanchez-Anguix, PRIMA, 2017",
        |given| Model::Windowed(Windowed::open(given.whole("size"), &Space::default())),
    )
    .aliases(&["windowed-frequency"])
    .takes(&[Parameter::whole("size", 25, (1, 10_000), "the number of offers in a window")]),
    Named::new(
        "conflict",
        "orders of values and issues from comparing earlier offers with later ones",
        "Keskin, Buzcu and Aydoğan, Applied Intelligence 53, 2023",
        |_| Model::Conflict(Conflict::default()),
    )
    .aliases(&["conflict-based", "cbom"]),
];

//! Models of what another seat wants, learned from its offers; one file each.
//!
//! A [`Model`] is opened for one other seat, hears its offers and gives an [`Estimate`]: an additive utility over the
//! space, from 0 for the worst to about 1 for the best it can think of. It says nothing about what no agreement is worth
//! to the other. Compositions use models for what they propose; [`super::observe`] scores them against the truth.

mod estimate;
mod perfect;

pub use estimate::Estimate;
pub use perfect::Perfect;

use super::recipe::Named;
use crate::game::{Outcome, Space};

/// A model of what another seat wants.
#[derive(Debug, Clone, Default)]
pub enum Model {
    /// Nothing is known: all outcomes are worth the same to it.
    #[default]
    Nothing,
    /// The truth, for comparison.
    Perfect(Perfect),
}

impl Model {
    /// The same model at the start, of the seat at a position.
    #[must_use]
    pub fn open(&self, space: &Space, of: usize) -> Self {
        let _ = space;
        match self {
            Model::Nothing => Model::Nothing,
            Model::Perfect(perfect) => Model::Perfect(perfect.open(of)),
        }
    }

    /// Hears an offer of the seat at a time from 0 to 1.
    pub fn hear(&mut self, offer: &Outcome, time: f64) {
        let _ = (offer, time);
        match self {
            Model::Nothing | Model::Perfect(_) => {}
        }
    }

    /// What an outcome is worth to the seat, as far as the model can tell; about 0 to 1.
    #[must_use]
    pub fn worth(&self, outcome: &Outcome) -> f64 {
        match self {
            Model::Perfect(perfect) => perfect.worth(outcome),
            Model::Nothing => 0.0,
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
];

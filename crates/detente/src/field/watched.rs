//! Models that ride along in a tournament: they hear what parties offer, and are held against what these want.
//!
//! Between two parties a model of one rides beside the other, as it would in a strategy: some models start from the opposite
//! of what the one who watches wants. Among more it rides beside nobody.

use super::summary::Payoff;
use super::{Place, Ready, Row, fixed};
use crate::strategy::model::Model;
use crate::strategy::observe::{Accuracy, Observer, accuracy};
use crate::talks::Session;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is measured of a model.
pub(super) const MEASURED: usize = 4;
/// Accuracies are whole numbers of this fraction.
const SCALE: i128 = 1_000_000_000;

/// How well a model knew a party at the end of a session.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ShownWatched {
    /// The model.
    pub model: String,
    /// The party.
    pub party: String,
    /// How well it knew what that party wants.
    #[serde(flatten)]
    pub accuracy: Accuracy,
}

/// How well a model knew parties at the end of their sessions, from their offers. Means over parties and sessions.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OfModel {
    /// The model.
    pub model: String,
    /// Parties watched, one for each session and party.
    pub watched: u64,
    /// Spearman's rank correlation of the true order of outcomes and the model's, -1 to 1; `null`, here and below, where the
    /// model told no outcomes apart. What it does not know at all counts in `watched` alone.
    pub spearman: Option<f64>,
    /// Kendall's tau-b of the two orders, -1 to 1.
    pub kendall: Option<f64>,
    /// Pearson's correlation of the utilities, -1 to 1.
    pub pearson: Option<f64>,
    /// The root of the mean squared difference of the utilities, both from 0 to 1.
    pub rmse: Option<f64>,
    /// Spearman's correlation by the strategy of the party watched.
    pub by_strategy: IndexMap<String, Option<f64>>,
}

/// What each model knows of each party at the end of a session: model by model, party by party.
pub(super) fn watch(ready: &Ready, models: &[Model], place: &Place, index: u64, session: &Session) -> Vec<Accuracy> {
    let (scenario, _) = ready.arena(place.scenario);
    let parties = scenario.parties.len().max(1);
    let rounds = session.table().clock.known.then_some(session.table().clock.rounds);
    let one = |(model, party): (&Model, usize)| {
        let beside =
            scenario.parties.get(1 - party.min(1)).filter(|_| parties == 2).map(|other| other.utility.as_ref());
        let mut observer = Observer::new(model, &scenario.space, beside, place.seat_of(party));
        observer.watch(session.log(), rounds);
        let truth = scenario.parties.get(party).map(|party| party.utility.as_ref());
        truth.map(|truth| accuracy(&scenario.space, observer.model(), truth, index))
    };
    models.iter().flat_map(|model| (0..parties).filter_map(move |party| one((model, party)))).collect()
}

/// Sums per model and strategy of the party watched.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Sums {
    watched: u64,
    sums: [Payoff; MEASURED],
}

impl Sums {
    fn one(&mut self, accuracy: &Accuracy) {
        self.watched += 1;
        let told = [accuracy.spearman, accuracy.kendall, accuracy.pearson, Some(accuracy.rmse)];
        for (sum, value) in self.sums.iter_mut().zip(told) {
            value.into_iter().for_each(|value| sum.one(fixed::real(value, SCALE)));
        }
    }

    pub(super) fn add(&mut self, other: &Sums) {
        self.watched += other.watched;
        self.sums.iter_mut().zip(&other.sums).for_each(|(a, b)| a.add(b));
    }

    #[expect(clippy::cast_precision_loss, reason = "a mean to be shown")]
    fn mean(&self, at: usize) -> Option<f64> {
        let sum = self.sums.get(at).filter(|sum| sum.count > 0)?;
        Some(super::statistics::rounded(sum.sum.0 as f64 / sum.count as f64 / SCALE as f64))
    }
}

/// Adds what was known in a session to the sums, which are model by model, strategy by strategy.
pub(super) fn add(sums: &mut [Sums], row: &Row, strategies: usize) {
    let parties = row.place.strategies.len().max(1);
    for (at, accuracy) in row.watched.iter().enumerate() {
        let strategy = row.place.strategies.get(at % parties).copied().unwrap_or(0);
        if let Some(sums) = sums.get_mut(at / parties * strategies + strategy) {
            sums.one(accuracy);
        }
    }
}

/// What the sums say of each model, the one that orders outcomes best first; `order`: the strategies as they are shown.
pub(super) fn told(ready: &Ready, sums: &[Sums], order: &[usize]) -> Vec<OfModel> {
    let strategies = ready.names().len();
    let model = |(at, model): (usize, &String)| {
        let of = sums.get(at * strategies..(at + 1) * strategies).unwrap_or_default();
        let mut all = Sums::default();
        of.iter().for_each(|sums| all.add(sums));
        let name = |strategy: &usize| ready.names().get(*strategy).cloned().unwrap_or_default();
        OfModel {
            model: model.clone(),
            watched: all.watched,
            spearman: all.mean(0),
            kendall: all.mean(1),
            pearson: all.mean(2),
            rmse: all.mean(3),
            by_strategy: order.iter().map(|s| (name(s), of.get(*s).and_then(|sums| sums.mean(0)))).collect(),
        }
    };
    let names: Vec<String> = ready.plan().watchers.iter().map(ToString::to_string).collect();
    let mut told: Vec<OfModel> = names.iter().enumerate().map(model).collect();
    let key = |model: &OfModel| model.spearman.unwrap_or(f64::NEG_INFINITY);
    told.sort_by(|a, b| key(b).total_cmp(&key(a)));
    told
}

/// The accuracies of a row in names.
pub(super) fn shown(ready: &Ready, row: &Row) -> Vec<ShownWatched> {
    let (scenario, _) = ready.arena(row.place.scenario);
    let parties = scenario.parties.len().max(1);
    let one = |(at, accuracy): (usize, &Accuracy)| ShownWatched {
        model: ready.plan().watchers.get(at / parties).map_or_else(String::new, ToString::to_string),
        party: scenario.parties.get(at % parties).map_or_else(String::new, |party| party.name.clone()),
        accuracy: *accuracy,
    };
    row.watched.iter().enumerate().map(one).collect()
}

//! Which preferences would make a wanted state an equilibrium.

use super::pressure::{Kept, kept};
use super::states::{Names, Place};
use super::{Model, Unaccounted};
use crate::analysis::stability::inverse::{self, Budget, Inverse, Limit};
use crate::analysis::stability::{Concept, Literal};
use crate::game::Outcome;
use num_bigint::BigUint;
use num_traits::ToPrimitive;
use schemars::JsonSchema;
use serde::Serialize;

/// Minimal sets and ways that are told.
const MOST_SETS: usize = 20;

/// What would make a state an equilibrium.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Wanted {
    /// The state.
    pub state: Place,
    /// For each concept.
    pub concepts: Vec<Wants>,
}

/// What would make the state an equilibrium by one concept.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Wants {
    /// The concept.
    pub concept: Concept,
    /// Whether it is an equilibrium by the preferences given.
    pub equilibrium: bool,
    /// Whether the conditions of all may be met at once, each without a look at the others. By SEQ and SSEQ each holds
    /// while the others keep their preferences.
    pub independent: bool,
    /// What is needed of each decision maker.
    pub makers: Vec<WantedFor>,
    /// What would keep each that would leave the state as things are: how heavy a sanction has to be, which threat there
    /// is, which statements would have to change.
    pub kept: Vec<Kept>,
}

/// What is needed of the preference of one decision maker.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WantedFor {
    /// The decision maker, by name.
    pub decision_maker: String,
    /// Whether the state is stable for it by the preference given.
    pub stable: bool,
    /// The smallest sets of states that have to be ranked no higher than the wanted one, cheapest first: one of the sets
    /// is enough. One empty set when nothing is needed.
    pub minimal: Vec<Vec<Place>>,
    /// How many such sets there are, where all were found.
    pub sets: Option<String>,
    /// How many strict rankings of all states make it stable, in decimal, where that was counted.
    pub rankings: Option<String>,
    /// The share of strict rankings that do, 0 to 1.
    pub share: Option<f64>,
    /// The nearest ranking that does.
    pub change: Option<Ranking>,
    /// Which parts of the answer stopped at a limit, in words.
    pub limits: Vec<String>,
}

/// A ranking near the given one.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Ranking {
    /// Swaps of neighbours from the given ranking; half a swap breaks a tie.
    pub swaps: f64,
    /// The states that come to be ranked below the wanted one.
    pub lowered: Vec<Place>,
    /// The ranking: classes of states, best first; of the states that matter where there are many.
    pub ranking: Vec<Vec<Place>>,
}

/// `literal` has the states listed, where there are few enough.
pub(super) fn wanted(
    model: Model<'_>,
    names: &Names<'_>,
    literal: Option<&Literal>,
    state: &Outcome,
    concepts: &[Concept],
) -> Result<Wanted, Unaccounted> {
    let budget = Budget { listed: MOST_SETS, ..Budget::default() };
    let refused = |_| Unaccounted::TooLarge("the inverse question");
    let mut all = Vec::new();
    for concept in concepts {
        let (makers, equilibrium, independent): (Vec<WantedFor>, bool, bool) = match (literal, model) {
            (Some(literal), _) => {
                let at = literal.position(state).and_then(|at| u32::try_from(at).ok()).ok_or(Unaccounted::NotAState)?;
                let joint = inverse::joint_of_graph(literal.graph(), at, *concept, &budget).map_err(refused)?;
                let place = |at: &u32| {
                    // States of a graph go by their names.
                    let ordinal = matches!(model, Model::Options(_)).then(|| BigUint::from(*at + 1));
                    names.place(literal.states().get(*at as usize).unwrap_or(state), ordinal.as_ref())
                };
                let states = literal.states().len();
                let makers = joint.makers.iter().map(|one| of(names, one, states, &place)).collect();
                (makers, joint.equilibrium(), joint.independent)
            }
            (None, Model::Options(conflict)) => {
                let joint = inverse::joint_of_conflict(conflict, state, *concept, &budget).map_err(refused)?;
                let place = |outcome: &Outcome| names.place(outcome, None);
                let makers = joint.makers.iter().map(|one| of(names, one, 0, &place)).collect();
                (makers, joint.equilibrium(), joint.independent)
            }
            (None, Model::Graph(_)) => return Err(Unaccounted::TooLarge("the inverse question")),
        };
        let kept = kept(model, names, literal, state, *concept)?;
        all.push(Wants { concept: *concept, equilibrium, independent, makers, kept });
    }
    Ok(Wanted { state: names.place(state, None), concepts: all })
}

/// `states`: how many there are, 0 where they were not counted.
fn of<S>(names: &Names<'_>, one: &Inverse<S>, states: usize, place: &dyn Fn(&S) -> Place) -> WantedFor {
    let places = |all: &[S]| -> Vec<Place> { all.iter().map(place).collect() };
    WantedFor {
        decision_maker: names.maker(one.maker),
        stable: one.stable,
        minimal: one.minimal.iter().take(MOST_SETS).map(|set| places(&set.states)).collect(),
        sets: one.count.as_ref().map(ToString::to_string),
        rankings: (states > 0).then(|| one.rankings(states)).flatten().map(|count| count.to_string()),
        share: one.share.as_ref().and_then(|share| {
            let (numerator, denominator) = (share.numer().to_f64()?, share.denom().to_f64()?);
            Some((numerator / denominator * 1e9).round() / 1e9).filter(|share| share.is_finite())
        }),
        change: one.change.as_ref().map(|change| Ranking {
            swaps: halves(change.halves),
            lowered: places(&change.lowered),
            ranking: change.ranking.iter().map(|class| places(class)).collect(),
        }),
        limits: one.limits.iter().map(|limit| words(*limit).to_string()).collect(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "swaps are few")]
fn halves(halves: u64) -> f64 {
    halves as f64 / 2.0
}

fn words(limit: Limit) -> &'static str {
    match limit {
        Limit::Responses => "not every response of the others was looked at: there may be smaller sets",
        Limit::Sets => "not every minimal set was found",
        Limit::Listed => "there are more minimal sets than are listed",
        Limit::Count => "rankings were not counted",
        Limit::Change => "the nearest ranking was not found",
    }
}

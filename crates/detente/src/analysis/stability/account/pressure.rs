//! What would keep those who would leave a wanted state: how heavy a sanction has to be, which threat there is, and
//! which statements would have to change.

use super::reasons::{Turn, turn};
use super::states::{Names, Place};
use super::{Model, Unaccounted};
use crate::analysis::stability::inverse::{self, Budget, Edit};
use crate::analysis::stability::pressure::{Pressure, Unstable, on_conflict, on_graph};
use crate::analysis::stability::{Concept, Literal};
use crate::game::Outcome;
use schemars::JsonSchema;
use serde::Serialize;

/// Edits of statements that are looked for together.
const MOST_EDITS: usize = 2;
/// Improvements that are told.
const MOST_TOLD: usize = 10;

/// What would keep a decision maker that would leave the wanted state.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Kept {
    /// The decision maker, by name.
    pub decision_maker: String,
    /// Its improvements that nothing answers.
    pub open: Vec<Open>,
    /// The fewest edits of its prioritised statements that would do, where there are any within two: alternatives.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<Vec<Changed>>,
}

/// An improvement that nothing answers.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Open {
    /// Where it leads.
    pub to: Place,
    /// How many ranks would have to be lost by it, after what the others would answer anyway, for it to be no gain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ranks: Option<u32>,
    /// Of prioritised statements: before which statement, from 1, what is lost has to count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before_statement: Option<usize>,
    /// A sanction that is there and that those who make it do not gain by.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub threat: Vec<Turn>,
}

/// An edit of a list of prioritised statements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Changed {
    /// The statement, by its place from 1, moves to another place.
    Moved {
        /// Its place.
        statement: usize,
        /// The place it comes to have.
        to: usize,
    },
    /// The statement is dropped.
    Dropped {
        /// Its place.
        statement: usize,
    },
    /// The statement is turned into its opposite.
    Negated {
        /// Its place.
        statement: usize,
    },
}

/// What would keep each that would leave the state, the one with the nearest change of ranking first. `literal` has the
/// states listed, where there are few enough.
pub(super) fn kept(
    model: Model<'_>,
    names: &Names<'_>,
    literal: Option<&Literal>,
    state: &Outcome,
    concept: Concept,
) -> Result<Vec<Kept>, Unaccounted> {
    let budget = Budget { listed: MOST_TOLD, ..Budget::default() };
    let refused = |_| Unaccounted::TooLarge("what would keep a state");
    let mut all = match (literal, model) {
        (Some(literal), _) => {
            let at = literal.position(state).and_then(|at| u32::try_from(at).ok()).ok_or(Unaccounted::NotAState)?;
            let found = on_graph(literal.graph(), at, concept, &budget).map_err(refused)?;
            told(names, &found, &|at: &u32| literal.states().get(*at as usize).unwrap_or(state).clone())
        }
        (None, Model::Options(conflict)) => {
            let found = on_conflict(conflict, state, concept, 0, &budget).map_err(refused)?;
            told(names, &found, &|outcome: &Outcome| outcome.clone())
        }
        (None, Model::Graph(_)) => return Err(Unaccounted::TooLarge("what would keep a state")),
    };
    if let Model::Options(conflict) = model {
        for (maker, kept) in &mut all {
            let edits = inverse::edits(conflict, state, *maker, concept, MOST_EDITS, &budget);
            // Only statements can be edited; other preferences have no edits.
            let found = edits.map(|edits| edits.found).unwrap_or_default();
            kept.edits = found.iter().map(|list| list.iter().map(changed).collect()).collect();
        }
    }
    Ok(all.into_iter().map(|(_, kept)| kept).collect())
}

fn told<S>(names: &Names<'_>, found: &Pressure<S>, outcome: &dyn Fn(&S) -> Outcome) -> Vec<(usize, Kept)> {
    let one = |unstable: &Unstable<S>| {
        let open = unstable.gaps.iter().take(MOST_TOLD).map(|gap| {
            let to = outcome(&gap.to);
            let mut at = to.clone();
            let steps = gap.threat.iter().flat_map(|threat| &threat.steps);
            let threat = steps.map(|step| {
                let next = outcome(&step.to);
                let by = step.movers.iter().map(|maker| names.maker(*maker)).collect();
                let turn = turn(names, by, &at, &next);
                at = next;
                turn
            });
            let threat = threat.collect();
            let before_statement = gap.least.statement.map(|place| place + 1);
            Open { to: names.place(&to, None), ranks: gap.least.ranks, before_statement, threat }
        });
        let kept = Kept { decision_maker: names.maker(unstable.maker), open: open.collect(), edits: Vec::new() };
        (unstable.maker, kept)
    };
    found.makers.iter().map(one).collect()
}

fn changed(edit: &Edit) -> Changed {
    match *edit {
        Edit::Move { statement, to } => Changed::Moved { statement: statement + 1, to: to + 1 },
        Edit::Drop { statement } => Changed::Dropped { statement: statement + 1 },
        Edit::Negate { statement } => Changed::Negated { statement: statement + 1 },
    }
}

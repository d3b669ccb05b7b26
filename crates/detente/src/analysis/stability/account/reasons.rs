//! Why a state is stable or not, and what can come of it.

use super::states::{Names, Place};
use super::{Model, Unaccounted};
use crate::analysis::stability::query::Query;
use crate::analysis::stability::{By, Concept, Evolution, Literal, Rule, Step, Why, symbolic};
use crate::game::Outcome;
use indexmap::IndexMap;
use num_bigint::BigUint;
use schemars::JsonSchema;
use serde::Serialize;

/// Improvements that are told of each decision maker and concept.
const MOST_IMPROVEMENTS: usize = 5;

/// Why a state is stable for a decision maker by a concept, or not.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Reason {
    /// The state.
    pub state: Place,
    /// The decision maker, by name.
    pub decision_maker: String,
    /// The concept.
    pub concept: Concept,
    /// Whether the state is stable for it.
    pub stable: bool,
    /// How many improvements there are, where they were counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub improvements: Option<u64>,
    /// The most preferred improvements, one that nothing answers first.
    pub answers: Vec<Improvement>,
}

/// An improvement and what answers it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Improvement {
    /// Where it leads.
    pub to: Place,
    /// What it changes.
    pub changes: IndexMap<String, String>,
    /// The shortest sanction: moves of the others; none where nothing sanctions it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sanction: Option<Vec<Turn>>,
    /// Whether each move of the sanction is to the advantage of the one who makes it.
    pub credible: bool,
}

/// A move.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Turn {
    /// Who moves, by name: one decision maker, or several by consent.
    pub by: Vec<String>,
    /// Where to.
    pub to: Place,
    /// What it changes.
    pub changes: IndexMap<String, String>,
}

/// What can come of a state.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Ahead {
    /// The state.
    pub from: Place,
    /// Equilibria by the rule named, and how they can be reached.
    pub rule: String,
    /// By any moves.
    pub by_moves: Vec<Way>,
    /// By moves that each improve things for the one who makes them.
    pub by_improvements: Vec<Way>,
    /// Equilibria that no moves lead to.
    pub out_of_reach: Vec<Place>,
}

/// A shortest way to a state.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Way {
    /// Where it leads.
    pub to: Place,
    /// The moves.
    pub moves: Vec<Turn>,
}

pub(super) fn reasons(
    model: Model<'_>,
    names: &Names<'_>,
    literal: Option<&Literal>,
    state: &Outcome,
    concepts: &[Concept],
) -> Result<Vec<Reason>, Unaccounted> {
    let large = || Unaccounted::TooLarge("the reasons of a state");
    let mut query = match (literal, model) {
        (None, Model::Options(conflict)) => {
            Some(Query::new(conflict, symbolic::Budget::default()).map_err(|_| large())?)
        }
        _ => None,
    };
    let mut all = Vec::new();
    for maker in 0..names.makers().count() {
        for concept in concepts {
            let why = match (literal, &mut query) {
                (Some(literal), _) => literal.why(state, maker, *concept, MOST_IMPROVEMENTS),
                (None, Some(query)) => query.why(state, maker, *concept, MOST_IMPROVEMENTS).map_err(|_| large())?,
                (None, None) => None,
            };
            let why = why.ok_or_else(large)?;
            all.push(reason(names, state, maker, &why));
        }
    }
    Ok(all)
}

fn reason(names: &Names<'_>, state: &Outcome, maker: usize, why: &Why) -> Reason {
    let answers = why.answers.iter().map(|answer| Improvement {
        to: names.place(&answer.to, None),
        changes: names.changes(state, &answer.to),
        sanction: answer.sanction.as_ref().map(|steps| turns(names, &answer.to, steps)),
        credible: answer.credible,
    });
    Reason {
        state: names.place(state, None),
        decision_maker: names.maker(maker),
        concept: why.concept,
        stable: why.stable,
        improvements: why.improvements,
        answers: answers.collect(),
    }
}

/// Steps by name; those to one state, one after another, are a move by consent.
fn turns(names: &Names<'_>, from: &Outcome, steps: &[Step]) -> Vec<Turn> {
    let mut at = from.clone();
    let mut turns: Vec<Turn> = Vec::new();
    for step in steps {
        match turns.last_mut() {
            Some(last) if at == step.to => last.by.push(names.maker(step.maker)),
            _ => turns.push(turn(names, vec![names.maker(step.maker)], &at, &step.to)),
        }
        at = step.to.clone();
    }
    turns
}

/// A move by name.
pub(super) fn turn(names: &Names<'_>, by: Vec<String>, from: &Outcome, to: &Outcome) -> Turn {
    Turn { by, to: names.place(to, None), changes: names.changes(from, to) }
}

/// The equilibria that can be reached from a state (the first where none is named): by SEQ where it is asked, else by the
/// last rule.
pub(super) fn ahead(
    names: &Names<'_>,
    literal: &Literal,
    from: Option<&Outcome>,
    rules: &[Rule],
) -> Result<Ahead, Unaccounted> {
    let start = from.map_or(Some(0), |state| literal.position(state)).ok_or(Unaccounted::NotAState)?;
    let seq = Rule::Core(Concept::Seq);
    let rule = if rules.contains(&seq) { seq } else { rules.last().copied().unwrap_or(seq) };
    let marked = literal.equilibria_by(rule).map_err(|why| Unaccounted::Rule(rule, why))?;
    let place =
        |state: usize| literal.states().get(state).map(|outcome| names.place(outcome, Some(&BigUint::from(state + 1))));
    let ways = |by: By| -> Vec<Way> {
        let evolution = Evolution::from(literal.graph(), start, by);
        let way = |(state, _): (usize, u32)| {
            let mut at = literal.states().get(start)?;
            let mut moves = Vec::new();
            for leg in evolution.path(state)? {
                let to = literal.states().get(leg.to)?;
                let by = leg.makers.iter().map(|maker| names.maker(*maker)).collect();
                moves.push(Turn { by, to: place(leg.to)?, changes: names.changes(at, to) });
                at = to;
            }
            Some(Way { to: place(state)?, moves })
        };
        evolution.reached(&marked).into_iter().filter_map(way).collect()
    };
    let evolution = Evolution::from(literal.graph(), start, By::Moves);
    let far = marked.iter().enumerate().filter(|(state, is)| **is && evolution.distance(*state).is_none());
    Ok(Ahead {
        from: place(start).ok_or(Unaccounted::NotAState)?,
        rule: rule.short(),
        by_moves: ways(By::Moves),
        by_improvements: ways(By::Improvements),
        out_of_reach: far.filter_map(|(state, _)| place(state)).collect(),
    })
}

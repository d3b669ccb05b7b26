//! All there is to know of a conflict of the Graph Model, in names, ready to be printed or read by another program.

mod inverse;
mod pressure;
mod reasons;
mod states;
#[cfg(test)]
mod tests;

pub use inverse::{Ranking, Wanted, WantedFor, Wants};
pub use pressure::{Changed, Kept, Open};
pub use reasons::{Ahead, Improvement, Reason, Turn, Way};
pub use states::{Listed, Number, Place};

use super::{Ask, Concept, Found, Literal, Rule, Solution, Unanswered, Unsolved};
use crate::analysis::{Exactness, Finding, Made};
use crate::game::Outcome;
use crate::game::conflict::{Conflict, Graph};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;
use states::Names;

/// A conflict in either form.
#[derive(Debug, Clone, Copy)]
pub enum Model<'a> {
    /// Options, or issues, with who holds them.
    Options(&'a Conflict),
    /// States and moves.
    Graph(&'a Graph),
}

/// What is asked of a conflict.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The rules; without any, the five concepts.
    pub rules: Vec<Rule>,
    /// How many states to list of each answer.
    pub listed: usize,
    /// A state of which it is told why it is stable or not, and from which paths begin.
    pub state: Option<Outcome>,
    /// A state that is wanted: which preferences would make it an equilibrium.
    pub wanted: Option<Outcome>,
    /// Whether to tell which equilibria can be reached, and how.
    pub paths: bool,
}

/// A decision maker.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Holder {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The options it holds alone; empty for a graph.
    pub holds: Vec<String>,
}

/// All there is to know of a conflict.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Account {
    /// How many states are feasible, exactly, in decimal.
    pub states: String,
    /// The decision makers.
    pub decision_makers: Vec<Holder>,
    /// The options or issues that make up a state, with their values; empty for a graph.
    pub issues: IndexMap<String, Vec<String>>,
    /// The states that are stable for all, by rule.
    pub equilibria: IndexMap<String, Listed>,
    /// The states that are stable for a decision maker: its id, then the rule.
    pub stable: IndexMap<String, IndexMap<String, Listed>>,
    /// Why the state asked about is stable or not, for each decision maker and concept.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<Reason>,
    /// Which preferences would make the wanted state an equilibrium.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inverse: Option<Wanted>,
    /// Which equilibria can be reached from the state asked about, and how.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paths: Option<Ahead>,
}

/// Why there is no account of a conflict.
#[derive(Debug, Clone, PartialEq)]
pub enum Unaccounted {
    /// No engine solves it.
    Unsolved(Unsolved),
    /// A rule gives no answer here.
    Rule(Rule, Unanswered),
    /// What is asked needs every state listed, and there are too many.
    TooLarge(&'static str),
    /// The state asked about is not feasible.
    NotAState,
}

/// All there is to know of a conflict, as far as it is asked.
///
/// # Errors
/// Says why there is none.
pub fn account(model: Model<'_>, request: &Request) -> Result<Finding<Account>, Unaccounted> {
    let names = Names::of(model);
    let rules = if request.rules.is_empty() { Concept::ALL.map(Rule::Core).to_vec() } else { request.rules.clone() };
    for state in [&request.state, &request.wanted].into_iter().flatten() {
        if !names.feasible(state) {
            return Err(Unaccounted::NotAState);
        }
    }
    let literal = match model {
        Model::Options(conflict) => Literal::of(conflict, 1 << 12),
        Model::Graph(graph) => Some(Literal::over(graph.clone()).ok_or(Unaccounted::TooLarge("a graph"))?),
    };
    let (mut account, made) = solved(model, &names, literal.as_ref(), &rules, request.listed)?;
    let concepts: Vec<Concept> = rules
        .iter()
        .filter_map(|rule| match rule {
            Rule::Core(concept) => Some(*concept),
            _ => None,
        })
        .collect();
    if let Some(state) = &request.state {
        account.why = reasons::reasons(model, &names, literal.as_ref(), state, &concepts)?;
    }
    if let Some(wanted) = &request.wanted {
        account.inverse = Some(inverse::wanted(model, &names, literal.as_ref(), wanted, &concepts)?);
    }
    if request.paths {
        let literal = literal.as_ref().ok_or(Unaccounted::TooLarge("paths"))?;
        account.paths = Some(reasons::ahead(&names, literal, request.state.as_ref(), &rules)?);
    }
    Ok(Finding { answer: account, made })
}

/// The stable states and equilibria.
fn solved(
    model: Model<'_>,
    names: &Names<'_>,
    literal: Option<&Literal>,
    rules: &[Rule],
    listed: usize,
) -> Result<(Account, Made), Unaccounted> {
    let mut account = Account {
        states: String::new(),
        decision_makers: names.holders(),
        issues: names.issues(),
        equilibria: IndexMap::new(),
        stable: names.makers().map(|(id, _)| (id.to_string(), IndexMap::new())).collect(),
        why: Vec::new(),
        inverse: None,
        paths: None,
    };
    let listing = |found: &Found| names.listed(found);
    let Some(literal) = literal else {
        let core = |rule: &Rule| match rule {
            Rule::Core(concept) => Ok(*concept),
            _ => Err(Unaccounted::TooLarge("a rule other than R, GMR, SMR, SEQ and SSEQ")),
        };
        let concepts = rules.iter().map(core).collect::<Result<Vec<_>, _>>()?;
        let Model::Options(conflict) = model else { return Err(Unaccounted::TooLarge("a graph")) };
        let finding = super::solve(conflict, &Ask { concepts, listed }).map_err(Unaccounted::Unsolved)?;
        let Solution { feasible, stable, equilibria } = finding.answer;
        account.states = feasible.to_string();
        for rule in rules {
            let Rule::Core(concept) = rule else { continue };
            account.equilibria.extend(equilibria.get(concept).map(|found| (rule.short(), listing(found))));
            for (of, by_concept) in account.stable.values_mut().zip(&stable) {
                of.extend(by_concept.get(concept).map(|found| (rule.short(), listing(found))));
            }
        }
        return Ok((account, finding.made));
    };
    if literal.states().is_empty() {
        return Err(Unaccounted::Unsolved(Unsolved::NoState));
    }
    account.states = literal.states().len().to_string();
    for rule in rules {
        let unanswered = |why: Unanswered| Unaccounted::Rule(*rule, why);
        let found = |marked: &[bool]| listing(&literal.found(marked, listed));
        account.equilibria.insert(rule.short(), found(&literal.equilibria_by(*rule).map_err(unanswered)?));
        for (maker, of) in account.stable.values_mut().enumerate() {
            of.insert(rule.short(), found(&literal.stable_by(maker, *rule).map_err(unanswered)?));
        }
    }
    let method = "the definitions, applied to every state".to_string();
    Ok((account, Made { method, exactness: Exactness::Exact, limits: Vec::new(), seed: None }))
}

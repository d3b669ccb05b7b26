//! The engine for a conflict, chosen by size and structure.

use super::symbolic::{self, Halt, Refusal};
use super::{Ask, Concept, Solution, dense, literal};
use crate::analysis::{Exactness, Finding, Made};
use crate::game::conflict::{Conflict, Fault};

/// Outcomes of a space up to which the definitions themselves are applied.
const FEW: u64 = 1 << 12;

/// Why a conflict has no answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Unsolved {
    /// Something keeps it from being studied.
    Faulty(Vec<Fault>),
    /// The rules leave no state.
    NoState,
    /// No engine takes it: which structure, in words.
    Structure(String),
    /// Decision diagrams outgrew their budget: what was being worked on, in words, and what was found before.
    Budget(String, Box<Solution>),
}

/// The stable states and equilibria of a conflict in option form.
///
/// Small spaces by definition; spaces that fit memory by folds of ranks; larger ones by decision diagrams, within a
/// budget. All are exact; which it was is said.
///
/// # Errors
/// An [`Unsolved`] where the conflict is faulty, has no state, or no engine gets through.
///
/// ```
/// use detente::analysis::stability::{Ask, Concept, solve};
/// use detente::exchange::{Input, Read, read_conflict};
/// let text = r#"{ "options": [{ "name": "a" }, { "name": "b" }], "decisionMakers": [
///     { "name": "A", "options": [0], "preferences": [[[1, "Y"]], [[0, "N"]]] },
///     { "name": "B", "options": [1], "preferences": [[[0, "Y"]], [[1, "N"]]] } ], "infeasibles": [] }"#;
/// let loaded = read_conflict(&Input { name: "dilemma.gmcr".into(), bytes: text.into() });
/// let Some(Read::Options { conflict, .. }) = loaded.conflict else { panic!("{:?}", loaded.diagnostics) };
/// let solution = solve(&conflict, &Ask::default()).unwrap().answer;
/// assert_eq!(solution.equilibria[&Concept::Nash].count, 1u32.into());
/// assert_eq!(solution.equilibria[&Concept::Seq].count, 2u32.into());
/// ```
pub fn solve(conflict: &Conflict, ask: &Ask) -> Result<Finding<Solution>, Unsolved> {
    // Who holds nothing, and what nobody holds, only stays as it is.
    let harmless = |fault: &Fault| matches!(fault, Fault::HoldsNothing(_) | Fault::NoHolder(_));
    let faults: Vec<Fault> = conflict.faults().into_iter().filter(|fault| !harmless(fault)).collect();
    if !faults.is_empty() {
        return Err(Unsolved::Faulty(faults));
    }
    let found = literal::solve(conflict, ask, FEW)
        .map(|solution| (solution, "the definitions, applied to every state"))
        .or_else(|| {
            let solution = dense::solve(conflict, ask, dense::Bounds::default())?;
            Some((solution, "ranks of all states folded along the options of each decision maker"))
        });
    let (solution, method) = match found {
        Some(found) => found,
        None => (by_diagrams(conflict, ask)?, "sets of states as decision diagrams"),
    };
    if solution.feasible == 0u32.into() {
        return Err(Unsolved::NoState);
    }
    let made = Made { method: method.to_string(), exactness: Exactness::Exact, limits: Vec::new(), seed: None };
    Ok(Finding { answer: solution, made })
}

fn by_diagrams(conflict: &Conflict, ask: &Ask) -> Result<Solution, Unsolved> {
    let budget = symbolic::Budget::default();
    symbolic::solve(conflict, ask, budget).map_err(|halt| match halt {
        Halt::Refused(Refusal::Faulty(fault)) => Unsolved::Faulty(vec![fault]),
        Halt::Refused(Refusal::JointAnswer(_)) => {
            let why = "several decision makers move some option only together, which in a space of this size is answered \
                       for R, GMR and SMR only";
            Unsolved::Structure(why.to_string())
        }
        Halt::Refused(Refusal::TooManyBits) => Unsolved::Structure("the states take more than 4096 bits".to_string()),
        Halt::Budget { nodes, at, so_far } => {
            let what = if nodes { format!("{} nodes", budget.nodes) } else { format!("{} steps", budget.steps) };
            let at = at.map_or_else(
                || "while the conflict was read".to_string(),
                |(maker, concept): (usize, Concept)| {
                    let name = conflict.makers.get(maker).map_or("", |m| m.name.as_str());
                    format!("at {} for {name}", concept.short())
                },
            );
            Unsolved::Budget(format!("decision diagrams outgrew {what} {at}"), so_far)
        }
    })
}

//! What has to hold of a preference for a state to be stable: for each move, one of several sets of states has to be
//! ranked no higher than the state.

use super::Refusal;
use super::board::Board;
use crate::analysis::stability::Concept;
use std::collections::BTreeMap;

/// What a state needs to be stable for a decision maker: every clause.
#[derive(Debug, Clone)]
pub(in crate::analysis::stability) struct Need {
    /// The state.
    pub(in crate::analysis::stability) wanted: u32,
    /// One clause per move away from it that can be preferred at all.
    pub(in crate::analysis::stability) clauses: Vec<Clause>,
    /// Whether every response of the others was looked at.
    pub(in crate::analysis::stability) all_responses: bool,
}

/// What makes one move no improvement, or a sanctioned one: all states of one of the ways are ranked no higher than
/// the wanted state.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::analysis::stability) struct Clause {
    /// Where the decision maker would move.
    pub(in crate::analysis::stability) to: u32,
    /// The ways: sorted sets of states without the wanted one, none within another, the smallest first.
    pub(in crate::analysis::stability) ways: Vec<Vec<u32>>,
}

/// Works out what `state` needs to be stable for `maker`.
pub(in crate::analysis::stability) fn need(
    board: &mut Board<'_>,
    state: u32,
    maker: usize,
    concept: Concept,
) -> Result<Need, Refusal> {
    if maker >= board.makers() {
        return Err(Refusal::NoSuchMaker(maker));
    }
    let moves = board.moves(maker, state).ok_or(Refusal::TooManyMoves)?;
    let mut need = Need { wanted: state, clauses: Vec::new(), all_responses: true };
    for to in moves.iter().copied() {
        let mut ways = vec![vec![to]];
        if concept != Concept::Nash {
            let (responses, all) = board.responses(maker, to, concept.credible());
            need.all_responses &= all;
            for response in responses {
                let mut way = vec![response];
                if concept.symmetric() {
                    let Some(escapes) = board.moves(maker, response) else {
                        need.all_responses = false;
                        break;
                    };
                    way.extend(escapes.iter().copied());
                    way.sort_unstable();
                    way.dedup();
                }
                way.retain(|t| *t != state);
                ways.push(way);
            }
        }
        let ways = smallest(ways);
        if ways.iter().all(|way| !way.is_empty()) {
            need.clauses.push(Clause { to, ways });
        }
    }
    Ok(need)
}

/// Drops each way that holds another, and repeats.
pub(super) fn smallest(mut ways: Vec<Vec<u32>>) -> Vec<Vec<u32>> {
    ways.sort_unstable_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    ways.dedup();
    // Kept ways by their first states: one that is within another begins with a state of it.
    let mut kept: Vec<Vec<u32>> = Vec::new();
    let mut first: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for way in ways {
        let Some(begin) = way.first() else { return vec![way] };
        let held = way.iter().filter_map(|state| first.get(state)).flatten();
        if held.filter_map(|at| kept.get(*at)).any(|other| within(other, &way)) {
            continue;
        }
        first.entry(*begin).or_default().push(kept.len());
        kept.push(way);
    }
    kept
}

/// Whether all of one sorted list is in another.
pub(super) fn within(inner: &[u32], outer: &[u32]) -> bool {
    let mut outer = outer.iter();
    inner.iter().all(|t| outer.by_ref().find(|u| *u >= t) == Some(t))
}

/// Drops each condition that another one brings with it: every way of the other holds one of its ways. Looks at no
/// more than `steps` pairs of ways; what is left says the same in any case.
pub(super) fn absorb(mut clauses: Vec<Vec<Vec<u32>>>, mut steps: u64) -> Vec<Vec<Vec<u32>>> {
    clauses.sort_unstable_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    clauses.dedup();
    let mut kept: Vec<Vec<Vec<u32>>> = Vec::new();
    for clause in clauses {
        let brought = |other: &Vec<Vec<u32>>, steps: &mut u64| {
            let pairs = (other.len() as u64).saturating_mul(clause.len() as u64);
            let Some(left) = steps.checked_sub(pairs) else { return false };
            *steps = left;
            other.iter().all(|way| clause.iter().any(|mine| within(mine, way)))
        };
        if !kept.iter().any(|other| brought(other, &mut steps)) {
            kept.push(clause);
        }
    }
    kept
}

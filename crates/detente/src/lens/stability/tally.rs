//! What one draw says of the states around a state asked about, and the count over draws.

use super::board::Board;
use super::situation::{Around, Asked};
use super::{Departure, Equilibria, Holding, LeadsTo, Move, Resting, Situation, Without};
use crate::analysis::stability::dense::{Bounds, Dense};
use crate::analysis::stability::{By, Concept, Evolution, Literal};
use crate::game::conflict::{Conflict, Graph, Preference};
use crate::game::{Outcome, Space};
use crate::lens::ShareOf;
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// Departures, resting states and states led to that are listed, each.
const LISTED: usize = 12;

/// Moves: who moves, and the position of the state moved to.
type Steps = Vec<(usize, usize)>;

/// What one draw says.
pub(super) struct Drawn {
    /// For each decision maker and concept, whether each state is stable.
    stable: Vec<Vec<Vec<bool>>>,
    /// For each decision maker, its most preferred move from here where it gains by moving, with what answers it.
    departures: Vec<Option<Leaving>>,
    /// The equilibria (SEQ) that improvements lead to from here, with the moves.
    leads_to: Vec<(usize, Steps)>,
}

/// A most preferred move, and what answers it.
struct Leaving {
    to: usize,
    /// A sanction that each of those who make it gains by.
    credible: Option<Steps>,
    /// Any sanction.
    possible: Option<Steps>,
}

/// Asks one draw: who prefers what in it, put into a conflict. `None` where it is too large.
pub(super) fn drawn(
    bare: &Conflict,
    graph: &Graph,
    outcomes: &[Outcome],
    preferences: Vec<Preference>,
    here: Option<usize>,
) -> Option<Drawn> {
    let literal = Literal::over(graph.preferring(&preferences, outcomes))?;
    let makers = 0..literal.graph().makers.len();
    let stable = stable(bare, &literal, outcomes, preferences);
    let Some(here) = here else { return Some(Drawn { stable, departures: Vec::new(), leads_to: Vec::new() }) };
    let departures = makers.map(|maker| leaving(&literal, maker, here)).collect();
    let seq = Concept::ALL.iter().position(|c| *c == Concept::Seq).unwrap_or(0);
    let rests = |state: usize| stable.iter().all(|of| of.get(seq).and_then(|s| s.get(state)).copied().unwrap_or(false));
    let evolution = Evolution::from(literal.graph(), here, By::Improvements);
    let path = |state: usize| -> Option<Steps> {
        evolution.path(state)?.into_iter().map(|leg| Some((*leg.makers.first()?, leg.to))).collect()
    };
    let reached = (0..outcomes.len()).filter(|state| rests(*state));
    let leads_to = reached.filter_map(|state| Some((state, path(state)?))).collect();
    Some(Drawn { stable, departures, leads_to })
}

/// For each decision maker and concept, whether each state is stable: by the dense engine, which takes a tenth of the
/// time of the definitions; by those where it does not take the conflict.
fn stable(
    bare: &Conflict,
    literal: &Literal,
    outcomes: &[Outcome],
    preferences: Vec<Preference>,
) -> Vec<Vec<Vec<bool>>> {
    let mut conflict = bare.clone();
    for (maker, preference) in conflict.makers.iter_mut().zip(preferences) {
        maker.preference = preference;
    }
    let makers = 0..conflict.makers.len();
    match Dense::of(&conflict, &Concept::ALL, Bounds::default()) {
        Some(dense) => {
            let each = |maker: usize, concept: Concept| {
                let states = dense.stable(maker, concept);
                outcomes.iter().map(|o| states.as_ref().is_some_and(|s| s.has(o))).collect()
            };
            makers.map(|maker| Concept::ALL.map(|concept| each(maker, concept)).to_vec()).collect()
        }
        None => makers.map(|maker| Concept::ALL.map(|concept| literal.stable(maker, concept)).to_vec()).collect(),
    }
}

fn leaving(literal: &Literal, maker: usize, here: usize) -> Option<Leaving> {
    let of = literal.graph().makers.get(maker)?;
    let gains = of.moves.get(here)?.iter().map(|to| *to as usize).filter(|to| of.order.prefers(*to, here));
    // The most preferred; of several the first in number.
    let to = gains.max_by_key(|to| (of.order.rank.get(*to), std::cmp::Reverse(*to)))?;
    let state = literal.states().get(here)?;
    let answer = |concept: Concept| {
        let answers = literal.why(state, maker, concept, usize::MAX)?.answers;
        let sanction = answers.into_iter().find(|a| number(&a.to) == to)?.sanction?;
        Some(sanction.iter().map(|step| (step.maker, number(&step.to))).collect())
    };
    Some(Leaving { to, credible: answer(Concept::Seq), possible: answer(Concept::Gmr) })
}

/// The position of a state of a graph without issues of its own.
fn number(state: &Outcome) -> usize {
    usize::from(state.digit(0))
}

/// How often a most preferred move was found.
#[derive(Default)]
struct Left {
    hits: u64,
    undeterred: u64,
    sanction: Steps,
    threat: Steps,
}

/// Counts over draws.
pub(super) struct Tally {
    draws: u64,
    /// By decision maker, concept, state.
    stable: Vec<Vec<Vec<u64>>>,
    /// By concept, state.
    equilibria: Vec<Vec<u64>>,
    /// By decision maker.
    departures: Vec<BTreeMap<usize, Left>>,
    leads_to: BTreeMap<usize, (u64, Steps)>,
}

impl Tally {
    pub(super) fn new(makers: usize, states: usize) -> Tally {
        let concepts = || vec![vec![0; states]; Concept::ALL.len()];
        Tally {
            draws: 0,
            stable: (0..makers).map(|_| concepts()).collect(),
            equilibria: concepts(),
            departures: (0..makers).map(|_| BTreeMap::new()).collect(),
            leads_to: BTreeMap::new(),
        }
    }

    /// Adds a draw. Draws are added in order: the first sanction found is the one that is kept.
    pub(super) fn add(&mut self, drawn: Drawn) {
        self.draws += 1;
        for (count, stable) in self.stable.iter_mut().flatten().zip(drawn.stable.iter().flatten()) {
            count.iter_mut().zip(stable).for_each(|(n, is)| *n += u64::from(*is));
        }
        for (concept, count) in self.equilibria.iter_mut().enumerate() {
            for (state, n) in count.iter_mut().enumerate() {
                let stable = |of: &Vec<Vec<bool>>| of.get(concept).and_then(|s| s.get(state)).copied().unwrap_or(false);
                *n += u64::from(drawn.stable.iter().all(stable));
            }
        }
        for (known, left) in self.departures.iter_mut().zip(drawn.departures) {
            let Some(leaving) = left else { continue };
            let entry = known.entry(leaving.to).or_default();
            entry.hits += 1;
            entry.undeterred += u64::from(leaving.credible.is_none());
            if entry.sanction.is_empty() {
                entry.sanction = leaving.credible.unwrap_or_default();
            }
            if entry.threat.is_empty() {
                entry.threat = leaving.possible.unwrap_or_default();
            }
        }
        for (state, path) in drawn.leads_to {
            let entry = self.leads_to.entry(state).or_insert((0, path));
            entry.0 += 1;
        }
    }

    /// The counts in words of the case.
    pub(super) fn situation(
        &self,
        board: &Board,
        around: &Around<'_>,
        asked: &Asked,
        outcomes: &[Outcome],
        here: Option<usize>,
        hangs_on: Option<(ShareOf, Vec<Without>)>,
    ) -> Situation {
        let (same_draws, hangs_on) = hangs_on.unwrap_or_else(|| (ShareOf::new(0, 0), Vec::new()));
        let space = &around.bare().space;
        let words = Words { board, space, outcomes };
        let at_here = |counts: &Vec<u64>| here.and_then(|here| counts.get(here)).copied().unwrap_or(0);
        let shares = |by_concept: &Vec<Vec<u64>>| -> BTreeMap<Concept, ShareOf> {
            let each = Concept::ALL.into_iter().zip(by_concept);
            each.map(|(concept, counts)| (concept, self.share(at_here(counts)))).collect()
        };
        let from = around.here();
        let holding = |(at, by_concept): (usize, &Vec<Vec<u64>>)| Holding {
            id: board.makers.get(at).map(|m| m.id.clone()).unwrap_or_default(),
            stable: shares(by_concept),
            departures: self.departures.get(at).map(|d| self.departures(d, &words, &from)).unwrap_or_default(),
        };
        let resting = |by_concept: &Vec<Vec<u64>>| -> BTreeMap<Concept, Equilibria> {
            let each = Concept::ALL.into_iter().zip(by_concept);
            each.map(|(concept, counts)| (concept, self.resting(counts, &words))).collect()
        };
        let stable = board.makers.iter().zip(&self.stable).map(|(m, by_concept)| (m.id.clone(), resting(by_concept)));
        Situation {
            id: asked.id.clone(),
            name: asked.name.clone(),
            agreed: around.agreed(),
            conduct: space.named(&from),
            states: outcomes.len().to_string(),
            feasible: here.is_some(),
            holds: if here.is_some() { shares(&self.equilibria) } else { BTreeMap::new() },
            makers: self.stable.iter().enumerate().map(holding).collect(),
            leads_to: self.leads_to(&words, &from),
            hangs_on,
            same_draws,
            equilibria: resting(&self.equilibria),
            stable: stable.collect(),
        }
    }

    fn share(&self, hits: u64) -> ShareOf {
        ShareOf::new(hits, self.draws)
    }

    fn departures(&self, of: &BTreeMap<usize, Left>, words: &Words<'_>, from: &Outcome) -> Vec<Departure> {
        let mut all: Vec<(&usize, &Left)> = of.iter().collect();
        all.sort_by_key(|(to, left)| (std::cmp::Reverse(left.hits), **to));
        let departure = |(to, left): (&usize, &Left)| {
            let outcome = words.outcomes.get(*to)?;
            Some(Departure {
                to: words.changes(from, outcome),
                share: self.share(left.hits),
                undeterred: self.share(left.undeterred),
                sanction: words.moves(outcome, &left.sanction),
                threat: words.moves(outcome, if left.sanction.is_empty() { &left.threat } else { &[] }),
            })
        };
        all.into_iter().take(LISTED).filter_map(departure).collect()
    }

    fn leads_to(&self, words: &Words<'_>, from: &Outcome) -> Vec<LeadsTo> {
        let mut all: Vec<(&usize, &(u64, Steps))> = self.leads_to.iter().collect();
        all.sort_by_key(|(to, (hits, _))| (std::cmp::Reverse(*hits), **to));
        let leads = |(to, (hits, path)): (&usize, &(u64, Steps))| {
            let changes = words.changes(from, words.outcomes.get(*to)?);
            Some(LeadsTo { changes, share: self.share(*hits), path: words.moves(from, path) })
        };
        all.into_iter().take(LISTED).filter_map(leads).collect()
    }

    fn resting(&self, counts: &[u64], words: &Words<'_>) -> Equilibria {
        let mut all: Vec<(usize, u64)> = counts.iter().copied().enumerate().filter(|(_, n)| *n > 0).collect();
        let count = all.len() as u64;
        all.sort_by_key(|(state, n)| (std::cmp::Reverse(*n), *state));
        let resting = |(state, n): (usize, u64)| {
            let values = words.space.named(words.outcomes.get(state)?);
            Some(Resting { values, ordinal: state as u64 + 1, share: self.share(n) })
        };
        Equilibria { count, states: all.into_iter().take(LISTED).filter_map(resting).collect() }
    }
}

/// States and moves in the words of the case.
struct Words<'a> {
    board: &'a Board,
    space: &'a Space,
    outcomes: &'a [Outcome],
}

impl Words<'_> {
    /// What is different in a state, with its value there.
    fn changes(&self, from: &Outcome, to: &Outcome) -> IndexMap<String, String> {
        let different = |at: &usize| from.digit(*at) != to.digit(*at);
        let value = |at: usize| {
            let issue = self.space.issues.get(at)?;
            Some((issue.id.clone(), issue.values.get(usize::from(to.digit(at)))?.id.clone()))
        };
        (0..self.space.issues.len()).filter(different).filter_map(value).collect()
    }

    fn moves(&self, from: &Outcome, steps: &[(usize, usize)]) -> Vec<Move> {
        let mut at = from;
        let mut moves = Vec::with_capacity(steps.len());
        for (maker, to) in steps {
            let Some(to) = self.outcomes.get(*to) else { continue };
            let by = self.board.makers.get(*maker).map(|m| m.id.clone()).unwrap_or_default();
            moves.push(Move { by, to: self.changes(at, to) });
            at = to;
        }
        moves
    }
}

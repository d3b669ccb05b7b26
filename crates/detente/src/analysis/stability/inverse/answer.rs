//! The answer to the inverse question.

use super::board::{Board, Ground};
use super::counting::{share, sizes};
use super::listing::combinations;
use super::minimal::minimal;
use super::need::{Clause, Need, absorb, need};
use super::pieces::{join, parted, pieces};
use super::swaps::Ladder;
use crate::analysis::stability::Concept;
use crate::game::Outcome;
use crate::game::conflict::{Conflict, Graph};
use num_bigint::BigUint;
use num_rational::Ratio;
use num_traits::One;
use std::collections::BTreeSet;

/// How far the search may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Elementary steps of each part of the answer: moves looked at, ways compared, products of counts.
    pub steps: u64,
    /// Minimal sets of each independent part of the conditions.
    pub sets: usize,
    /// How many down-sets, or edits, to list.
    pub listed: usize,
}

impl Default for Budget {
    /// A hundred million steps, a hundred thousand sets, a thousand listed: seconds.
    fn default() -> Self {
        Budget { steps: 100_000_000, sets: 100_000, listed: 1000 }
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no decision maker of this position.
    NoSuchMaker(usize),
    /// The wanted state is not a state of the conflict.
    NoSuchState,
    /// The decision maker has more moves from the state than the budget has steps.
    TooManyMoves,
    /// The preference does not consist of prioritised statements.
    NoStatements,
}

/// Which part of an answer stopped at its budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// Not every response of the others was looked at: each set given is enough, but there may be others and smaller
    /// ones, and the share is a lower bound.
    Responses,
    /// Not every minimal set of every part was found: `count` is unknown, and `change` may not be the nearest.
    Sets,
    /// There are more down-sets than were listed.
    Listed,
    /// The count of rankings was given up.
    Count,
    /// The search for the nearest ranking was given up.
    Change,
}

/// One move of the decision maker, and what keeps it from being an unanswered improvement: all states of at least one
/// of the ways are ranked no higher than the wanted state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition<S> {
    /// Where it would move.
    pub to: S,
    /// The ways, none of which holds another; the first ones are the smallest.
    pub ways: Vec<Vec<S>>,
}

/// A minimal set of states that, ranked no higher than the wanted one, make it stable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DownSet<S> {
    /// The states, sorted, without the wanted one.
    pub states: Vec<S>,
    /// The states of it that the given preference ranks higher.
    pub lowered: Vec<S>,
    /// The distance in halves (see [`Change::halves`]) from the given ranking to the nearest one that has all of the
    /// set no higher.
    pub halves: u64,
}

/// The ranking nearest to the given one that makes the state stable.
///
/// Distance is that of Kemeny and Snell (1962), halved: each pair of states turned round counts one, which without
/// ties is the number of swaps of neighbours; a tie broken counts a half. No ties are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<S> {
    /// Twice the distance: the number of swaps is the half of it.
    pub halves: u64,
    /// The states that come to be ranked below the wanted one.
    pub lowered: Vec<S>,
    /// The new ranking: classes of indifferent states, the best first.
    pub ranking: Vec<Vec<S>>,
}

/// Which preferences of a decision maker make a state stable for it, the others' preferences as given.
///
/// `S` is a position in the graph, or an outcome of the option form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inverse<S> {
    /// The wanted state.
    pub state: S,
    /// The decision maker.
    pub maker: usize,
    /// The concept.
    pub concept: Concept,
    /// Whether the state is stable by the ranks given.
    pub stable: bool,
    /// One condition per move that could be an unanswered improvement, in the order of the states moved to. All have
    /// to hold. Empty when the state is stable whatever is preferred.
    pub conditions: Vec<Condition<S>>,
    /// The minimal down-sets: the cheapest first, then the smallest. When nothing is needed, the empty set alone.
    pub minimal: Vec<DownSet<S>>,
    /// How many minimal down-sets there are.
    pub count: Option<BigUint>,
    /// The share of all strict rankings that make the state stable, exactly.
    pub share: Option<Ratio<BigUint>>,
    /// The nearest ranking that makes the state stable; of the states in [`Inverse::ranked`].
    pub change: Option<Change<S>>,
    /// How many states the distances speak of: all states of a graph. Of an option form, the wanted state and the
    /// states of the conditions; other states keep their places beside them, and are not counted.
    pub ranked: usize,
    /// Which parts of the answer stopped at the budget.
    pub limits: BTreeSet<Limit>,
}

impl<S> Inverse<S> {
    /// The number of strict rankings of so many states, the wanted one among them, that make it stable. `None` when the
    /// share is not known, or for more than 20,000 states or fewer than the conditions speak of.
    #[must_use]
    pub fn rankings(&self, states: usize) -> Option<BigUint> {
        let share = self.share.as_ref().filter(|_| states <= 20_000)?;
        let all = (2..=states).fold(BigUint::one(), |all, k| all * k) * share.numer();
        (&all % share.denom() == BigUint::ZERO).then(|| all / share.denom())
    }
}

/// Asks the inverse question of a graph; the state is a position. Distances speak of all its states.
///
/// ```
/// use detente::analysis::stability::{Concept, inverse};
/// use detente::game::conflict::{Graph, GraphMaker, Order};
///
/// // Prisoner's dilemma: each can change its own half of the state; 3 is cooperation of both.
/// let maker = |moves: [u32; 4], rank: [u32; 4]| GraphMaker {
///     moves: moves.iter().map(|to| vec![*to]).collect(),
///     order: Order::of(rank.to_vec()),
///     ..GraphMaker::default()
/// };
/// let graph = Graph {
///     states: ["both defect", "1 alone cooperates", "2 alone cooperates", "both cooperate"].map(String::from).to_vec(),
///     makers: vec![maker([1, 0, 3, 2], [1, 0, 3, 2]), maker([2, 3, 0, 1], [1, 3, 0, 2])],
///     joint: Vec::new(),
/// };
/// let answer = inverse::of_graph(&graph, 3, 0, Concept::Nash, &inverse::Budget::default()).unwrap();
/// assert!(!answer.stable);
/// assert_eq!(answer.minimal[0].states, [2]); // 2 has to be ranked no higher than 3:
/// assert_eq!(answer.rankings(4).unwrap(), 12u32.into()); // so it is in half of the 24 rankings,
/// assert_eq!(answer.change.unwrap().ranking, [vec![3], vec![2], vec![0], vec![1]]); // one swap away.
/// ```
///
/// # Errors
///
/// A [`Refusal`] when there is no such state or decision maker.
pub fn of_graph(
    graph: &Graph,
    state: u32,
    maker: usize,
    concept: Concept,
    budget: &Budget,
) -> Result<Inverse<u32>, Refusal> {
    if state as usize >= graph.states.len() {
        return Err(Refusal::NoSuchState);
    }
    let mut board = Board::new(Ground::Graph(graph), budget.steps);
    let need = need(&mut board, state, maker, concept)?;
    let mut all: Vec<(u32, i128)> = Vec::new();
    for at in (0u32..).take(graph.states.len()) {
        all.push((at, board.score(maker, at)));
    }
    Ok(answer(
        &need,
        maker,
        concept,
        &Ladder::of(&all, state),
        budget,
        &Names { key: &|of| (Vec::new(), of), name: &|of| of },
    ))
}

/// Asks the inverse question of an option form. Only states that can be reached from the wanted one are looked at, so
/// the space may be of any size.
///
/// Distances speak of the states of the conditions alone (see [`Inverse::ranked`]); write the conflict out with
/// [`Graph::of`] to have them of all states.
///
/// # Errors
///
/// A [`Refusal`] when the state is not feasible, when there is no such decision maker, or when it has more moves from
/// there than the budget has steps.
pub fn of_conflict(
    conflict: &Conflict,
    state: &Outcome,
    maker: usize,
    concept: Concept,
    budget: &Budget,
) -> Result<Inverse<Outcome>, Refusal> {
    let mut board = Board::new(Ground::Conflict(conflict), budget.steps);
    let wanted = start(&mut board, conflict, state)?;
    let need = need(&mut board, wanted, maker, concept)?;
    let mut ranked: BTreeSet<u32> = need.clauses.iter().flat_map(|c| c.ways.iter().flatten().copied()).collect();
    ranked.insert(wanted);
    let mut scored: Vec<(u32, i128)> = ranked.into_iter().map(|t| (t, board.score(maker, t))).collect();
    scored.sort_by_key(|(t, _)| board.key(*t));
    let ladder = Ladder::of(&scored, wanted);
    let name = |of: u32| board.outcome(of).cloned().unwrap_or_else(|| state.clone());
    Ok(answer(&need, maker, concept, &ladder, budget, &Names { key: &|of| board.key(of), name: &name }))
}

/// The number of the wanted state on a board of an option form.
pub(in crate::analysis::stability) fn start(
    board: &mut Board<'_>,
    conflict: &Conflict,
    state: &Outcome,
) -> Result<u32, Refusal> {
    if conflict.feasible(state) { Ok(board.number(state)) } else { Err(Refusal::NoSuchState) }
}

/// What numbers stand for.
struct Names<'a, S> {
    /// What states are sorted by.
    key: &'a dyn Fn(u32) -> (Vec<u16>, u32),
    /// The state.
    name: &'a dyn Fn(u32) -> S,
}

impl<S> Names<'_, S> {
    fn sorted(&self, states: impl Iterator<Item = u32>) -> Vec<S> {
        let mut all: Vec<u32> = states.collect();
        all.sort_by_key(|t| (self.key)(*t));
        all.into_iter().map(self.name).collect()
    }
}

/// Answers from what is needed and from the given ranking.
fn answer<S>(
    need: &Need,
    maker: usize,
    concept: Concept,
    ladder: &Ladder,
    budget: &Budget,
    names: &Names<'_, S>,
) -> Inverse<S> {
    let mut limits = BTreeSet::new();
    if !need.all_responses {
        limits.insert(Limit::Responses);
    }
    let (conditions, twins) = join(&need.clauses.iter().map(|c| c.ways.clone()).collect());
    let conditions = absorb(conditions, budget.steps / 10);
    let mut found: Vec<Vec<Vec<u32>>> = Vec::new();
    for piece in pieces(&conditions) {
        let minimal = minimal(&piece, budget.sets, budget.steps);
        if !minimal.complete {
            limits.insert(Limit::Sets);
        }
        found.push(minimal.sets.iter().map(|set| parted(set, &twins)).collect());
    }
    let all = !limits.contains(&Limit::Sets);
    let count = all.then(|| found.iter().fold(BigUint::one(), |all, sets| all * sets.len()));
    let minimal = list(&found, ladder, budget, names);
    if count.as_ref().is_none_or(|count| *count > BigUint::from(minimal.len())) {
        limits.insert(Limit::Listed);
    }
    let sizes = sizes(&conditions, &twins, budget.steps);
    if sizes.is_none() {
        limits.insert(Limit::Count);
    }
    let cheapest = ladder.cheapest(&found, budget.steps);
    if cheapest.is_none() {
        limits.insert(Limit::Change);
    }
    let change = cheapest.map(|(halves, lowered)| Change {
        halves,
        lowered: names.sorted(lowered.iter().copied()),
        ranking: ladder.ranking(&lowered).into_iter().map(|class| names.sorted(class.into_iter())).collect(),
    });
    let mut clauses: Vec<&Clause> = need.clauses.iter().collect();
    clauses.sort_by_key(|clause| (names.key)(clause.to));
    let condition = |clause: &&Clause| Condition {
        to: (names.name)(clause.to),
        ways: clause.ways.iter().map(|way| names.sorted(way.iter().copied())).collect(),
    };
    let holds = |way: &Vec<u32>| ladder.weight(way) == 0;
    Inverse {
        state: (names.name)(need.wanted),
        maker,
        concept,
        stable: need.clauses.iter().all(|clause| clause.ways.iter().any(holds)),
        conditions: clauses.iter().map(condition).collect(),
        minimal,
        count,
        share: sizes.map(|sizes| share(&sizes)),
        change,
        ranked: ladder.states(),
        limits,
    }
}

/// The down-sets of one minimal set per piece, the cheapest first.
fn list<S>(found: &[Vec<Vec<u32>>], ladder: &Ladder, budget: &Budget, names: &Names<'_, S>) -> Vec<DownSet<S>> {
    let weigh = |sets: &Vec<Vec<u32>>| sets.iter().map(|set| (ladder.weight(set), set.clone())).collect();
    let weighed: Vec<Vec<(u64, Vec<u32>)>> = found.iter().map(weigh).collect();
    let listed = combinations(&weighed, budget.listed);
    let costed = listed.into_iter().map(|set| (ladder.cost(&set), set));
    let mut costed: Vec<(u64, Vec<u32>)> = costed.collect();
    costed.sort_by_cached_key(|(halves, set)| {
        let mut keys: Vec<(Vec<u16>, u32)> = set.iter().map(|t| (names.key)(*t)).collect();
        keys.sort();
        (*halves, set.len(), keys)
    });
    let down = |(halves, set): (u64, Vec<u32>)| DownSet {
        lowered: names.sorted(set.iter().copied().filter(|t| ladder.weight(&[*t]) > 0)),
        halves,
        states: names.sorted(set.into_iter()),
    };
    costed.into_iter().map(down).collect()
}

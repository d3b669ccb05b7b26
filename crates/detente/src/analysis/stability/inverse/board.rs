//! States that a question comes upon, by number: of a graph, or of an option form whose states are found as they are
//! reached.

use crate::game::Outcome;
use crate::game::conflict::{Conflict, Graph, Preference};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Where moves and preferences come from.
#[derive(Clone, Copy)]
pub(in crate::analysis::stability) enum Ground<'a> {
    /// States are positions of the graph.
    Graph(&'a Graph),
    /// States are numbered as they are met.
    Conflict(&'a Conflict),
}

/// A response of the others: where it ends, and which mover got there; `None` at the start.
struct Visit {
    state: u32,
    last: Option<usize>,
}

/// States by number, with their moves and preferences; every look at a state is paid for from `steps`, a new one of an
/// option form with as many as it has issues.
pub(in crate::analysis::stability) struct Board<'a> {
    ground: Ground<'a>,
    /// Who moves: each decision maker alone, then the groups that move by consent.
    movers: Vec<Vec<usize>>,
    outcomes: Vec<Outcome>,
    numbers: BTreeMap<Outcome, u32>,
    moves: BTreeMap<(usize, u32), Rc<[u32]>>,
    scores: BTreeMap<(usize, u32), i128>,
    steps: u64,
}

impl<'a> Board<'a> {
    /// A board with nothing seen yet.
    pub(in crate::analysis::stability) fn new(ground: Ground<'a>, steps: u64) -> Self {
        let (makers, groups): (usize, BTreeSet<Vec<usize>>) = match ground {
            Ground::Graph(graph) => (graph.makers.len(), graph.joint.iter().map(|j| group(&j.holders)).collect()),
            Ground::Conflict(conflict) => {
                (conflict.makers.len(), conflict.control.iter().map(|c| group(&c.holders)).collect())
            }
        };
        let mut movers: Vec<Vec<usize>> = (0..makers).map(|maker| vec![maker]).collect();
        movers.extend(groups.into_iter().filter(|g| g.len() > 1 && g.iter().all(|holder| *holder < makers)));
        Board {
            ground,
            movers,
            outcomes: Vec::new(),
            numbers: BTreeMap::new(),
            moves: BTreeMap::new(),
            scores: BTreeMap::new(),
            steps,
        }
    }

    /// How many decision makers there are.
    pub(in crate::analysis::stability) fn makers(&self) -> usize {
        match self.ground {
            Ground::Graph(graph) => graph.makers.len(),
            Ground::Conflict(conflict) => conflict.makers.len(),
        }
    }

    /// The number of an outcome of the option form.
    pub(in crate::analysis::stability) fn number(&mut self, outcome: &Outcome) -> u32 {
        if let Some(number) = self.numbers.get(outcome) {
            return *number;
        }
        let number = u32::try_from(self.outcomes.len()).unwrap_or(u32::MAX);
        self.outcomes.push(outcome.clone());
        self.numbers.insert(outcome.clone(), number);
        number
    }

    /// The outcome of a number of the option form.
    pub(in crate::analysis::stability) fn outcome(&self, number: u32) -> Option<&Outcome> {
        self.outcomes.get(number as usize)
    }

    /// What states are sorted by: the position, or the digits with the last issue first.
    pub(in crate::analysis::stability) fn key(&self, number: u32) -> (Vec<u16>, u32) {
        match self.outcome(number) {
            Some(outcome) => (outcome.digits().iter().rev().copied().collect(), 0),
            None => (Vec::new(), number),
        }
    }

    /// Where a mover can move at once: a decision maker alone by its position, groups after them. `None` when the steps
    /// are used up.
    pub(in crate::analysis::stability) fn moves(&mut self, mover: usize, from: u32) -> Option<Rc<[u32]>> {
        if let Some(known) = self.moves.get(&(mover, from)) {
            let known = known.clone();
            self.pay(1 + known.len() as u64)?;
            return Some(known);
        }
        let holders = self.movers.get(mover).cloned().unwrap_or_default();
        let to: Rc<[u32]> = match self.ground {
            Ground::Graph(graph) => arcs(graph, &holders, from).into(),
            Ground::Conflict(conflict) => self.changes(conflict, &holders, from)?.into(),
        };
        self.pay(1 + to.len() as u64)?;
        self.moves.insert((mover, from), to.clone());
        Some(to)
    }

    /// The score of a state for a decision maker; higher is preferred.
    pub(in crate::analysis::stability) fn score(&mut self, maker: usize, state: u32) -> i128 {
        match self.ground {
            Ground::Graph(graph) => {
                let rank = graph.makers.get(maker).and_then(|m| m.order.rank.get(state as usize));
                i128::from(rank.copied().unwrap_or(0))
            }
            Ground::Conflict(conflict) => {
                let outcomes = &self.outcomes;
                let score = || outcomes.get(state as usize).map_or(0, |outcome| conflict.score(maker, outcome));
                *self.scores.entry((maker, state)).or_insert_with(score)
            }
        }
    }

    /// How many levels of preference lie above one state up to another; known for graphs.
    pub(in crate::analysis::stability) fn levels(&self, maker: usize, state: u32, above: u32) -> Option<u32> {
        let Ground::Graph(graph) = self.ground else { return None };
        let rank = graph.makers.get(maker).map(|m| m.order.rank.as_slice()).unwrap_or_default();
        let of = |state: u32| rank.get(state as usize).copied().unwrap_or(0);
        let between: BTreeSet<u32> = rank.iter().copied().filter(|r| *r > of(above) && *r <= of(state)).collect();
        u32::try_from(between.len()).ok()
    }

    /// The first statement of a decision maker that tells two states apart; known where it has statements.
    pub(in crate::analysis::stability) fn first_difference(&self, maker: usize, a: u32, b: u32) -> Option<usize> {
        let Ground::Conflict(conflict) = self.ground else { return None };
        let Preference::Statements(all) = &conflict.makers.get(maker)?.preference else { return None };
        let (a, b) = (self.outcome(a)?, self.outcome(b)?);
        all.iter().position(|statement| statement.holds(a) != statement.holds(b))
    }

    /// Who makes the moves of a mover.
    pub(in crate::analysis::stability) fn holders(&self, mover: usize) -> &[usize] {
        self.movers.get(mover).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a decision maker prefers `a` to `b`.
    pub(in crate::analysis::stability) fn prefers(&mut self, maker: usize, a: u32, b: u32) -> bool {
        self.score(maker, a) > self.score(maker, b)
    }

    /// Whether a move is an improvement of all who make it.
    pub(in crate::analysis::stability) fn improves(&mut self, mover: usize, from: u32, to: u32) -> bool {
        let holders = self.movers.get(mover).cloned().unwrap_or_default();
        holders.into_iter().all(|holder| self.prefers(holder, to, from))
    }

    /// The movers that a decision maker has no part in.
    pub(in crate::analysis::stability) fn others(&self, maker: usize) -> Vec<usize> {
        let movers = self.movers.iter().enumerate();
        movers.filter(|(_, holders)| !holders.contains(&maker)).map(|(at, _)| at).collect()
    }

    /// What all but `maker` can reach from a state by moving in turns, alone or by consent, nobody and no group twice
    /// in a row; by improvements of those who move only where `credible`. The second part is whether that is all of it.
    pub(in crate::analysis::stability) fn responses(
        &mut self,
        maker: usize,
        from: u32,
        credible: bool,
    ) -> (BTreeSet<u32>, bool) {
        let mut reached = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![Visit { state: from, last: None }];
        let others = self.others(maker);
        while let Some(visit) = open.pop() {
            for other in others.iter().copied().filter(|other| Some(*other) != visit.last) {
                let Some(moves) = self.moves(other, visit.state) else { return (reached, false) };
                for to in moves.iter().copied() {
                    if (credible && !self.improves(other, visit.state, to)) || !seen.insert((to, other)) {
                        continue;
                    }
                    reached.insert(to);
                    open.push(Visit { state: to, last: Some(other) });
                }
            }
        }
        (reached, true)
    }

    /// All states that differ only on the issues that exactly these hold, each changed as its moves allow.
    fn changes(&mut self, conflict: &Conflict, holders: &[usize], from: u32) -> Option<Vec<u32>> {
        let Some(start) = self.outcome(from).cloned() else { return Some(Vec::new()) };
        let seen = |state: &Outcome| holders.iter().all(|holder| conflict.sees(*holder, state));
        if !seen(&start) {
            return Some(Vec::new());
        }
        let mut found = vec![start.clone()];
        for (issue, (control, values)) in conflict.control.iter().zip(&conflict.space.issues).enumerate() {
            if group(&control.holders) != holders {
                continue;
            }
            let digit = start.digit(issue);
            let digits = (0..values.values.len()).filter_map(|d| u16::try_from(d).ok());
            let to: Vec<u16> = digits.filter(|d| control.moves.allow(digit, *d)).collect();
            let price = 1 + start.digits().len() as u64;
            self.pay((found.len() as u64).saturating_mul(to.len() as u64).saturating_mul(price))?;
            let further: Vec<Outcome> =
                to.into_iter().flat_map(|d| found.iter().map(move |s| s.with(issue, d))).collect();
            found.extend(further);
        }
        found.retain(|state| *state != start && conflict.feasible(state) && seen(state));
        Some(found.iter().map(|state| self.number(state)).collect())
    }

    fn pay(&mut self, steps: u64) -> Option<()> {
        self.steps = self.steps.checked_sub(steps)?;
        Some(())
    }
}

/// Holders in increasing order, each once.
fn group(holders: &[usize]) -> Vec<usize> {
    let mut holders = holders.to_vec();
    holders.sort_unstable();
    holders.dedup();
    holders
}

/// Where exactly these can move from a state of a graph, sorted, without the state itself.
fn arcs(graph: &Graph, holders: &[usize], from: u32) -> Vec<u32> {
    let at = from as usize;
    let mut to: Vec<u32> = match holders {
        [maker] => graph.makers.get(*maker).and_then(|m| m.moves.get(at)).cloned().unwrap_or_default(),
        _ => {
            let joint = graph.joint.iter().filter(|j| group(&j.holders) == holders);
            joint.filter_map(|j| j.moves.get(at)).flatten().copied().collect()
        }
    };
    to.retain(|state| *state != from && (*state as usize) < graph.states.len());
    to.sort_unstable();
    to.dedup();
    to
}

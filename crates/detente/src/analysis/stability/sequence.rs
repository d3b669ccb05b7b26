//! Legal sequences of moves of a group: nobody moves twice in a row, and anybody may move again after another has
//! (Fang, Hipel and Kilgour 1993).

use crate::game::conflict::{Comparison, Graph};

/// Where somebody can move at once from each state: sorted, without the state itself.
pub(super) type Arcs = Vec<Vec<u32>>;

/// Which moves count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// All.
    Any,
    /// Those to a state of a higher rank.
    Gain,
    /// Those to a state that is preferred, or of which that is not known.
    Hope,
}

impl Kind {
    /// Whether a move of a decision maker counts.
    pub(super) fn counts(self, graph: &Graph, maker: usize, from: usize, to: usize) -> bool {
        let Some(order) = graph.makers.get(maker).map(|maker| &maker.order) else { return false };
        let rank = |state: usize| order.rank.get(state).copied().unwrap_or(0);
        match self {
            Kind::Any => true,
            Kind::Gain => rank(to) > rank(from),
            Kind::Hope => {
                matches!(order.compare(to, from), Comparison::Better | Comparison::MuchBetter | Comparison::Unknown)
            }
        }
    }
}

/// A decision maker, or several that move by consent.
#[derive(Debug, Clone)]
pub(super) struct Mover {
    /// Who.
    pub(super) holders: Vec<usize>,
    /// Their moves.
    pub(super) arcs: Arcs,
}

/// Those who can move within a group, with the moves that count: each member alone, then those who move by consent.
/// A move by consent counts when it does for all its holders.
pub(super) fn movers(graph: &Graph, group: &[usize], kind: Kind) -> Vec<Mover> {
    let alone = group.iter().filter_map(|at| Some((vec![*at], &graph.makers.get(*at)?.moves)));
    let joint = graph.joint.iter().filter(|joint| joint.holders.iter().all(|h| group.contains(h)));
    let all = alone.chain(joint.map(|joint| (joint.holders.clone(), &joint.moves)));
    let counted = all.map(|(holders, moves)| {
        let counts = |from: usize, to: u32| holders.iter().all(|h| kind.counts(graph, *h, from, to as usize));
        let arcs = moves.iter().enumerate();
        let arcs = arcs.map(|(from, to)| to.iter().copied().filter(|to| counts(from, *to)).collect()).collect();
        Mover { holders, arcs }
    });
    counted.collect()
}

/// The shortest legal sequences from a state, found breadth first: earlier movers and lower states first.
#[derive(Debug, Clone)]
pub(super) struct Sequences {
    count: usize,
    /// For each state and the one who moved last, the same a move earlier.
    before: Vec<u32>,
    /// For each state, the first way in which it was met, and the number of moves.
    first: Vec<Option<(u32, u32)>>,
    /// The states in the order in which they were met, without the start.
    met: Vec<usize>,
}

const UNMET: u32 = u32::MAX;
const START: u32 = u32::MAX - 1;

impl Sequences {
    /// All that can be reached from `start` over so many states.
    pub(super) fn from(states: usize, movers: &[Mover], start: usize) -> Self {
        let count = movers.len();
        let mut all =
            Sequences { count, before: vec![UNMET; states * count], first: vec![None; states], met: Vec::new() };
        let mut level = vec![START];
        let mut moves = 0;
        while !level.is_empty() {
            moves += 1;
            let mut next = Vec::new();
            for node in level {
                let (state, last) = if node == START { (start, count) } else { all.parts(node) };
                for (at, mover) in movers.iter().enumerate().filter(|(at, _)| *at != last) {
                    for to in mover.arcs.get(state).into_iter().flatten() {
                        next.extend(all.meet(*to as usize, at, node, start, moves));
                    }
                }
            }
            level = next;
        }
        all
    }

    fn parts(&self, node: u32) -> (usize, usize) {
        (node as usize / self.count, node as usize % self.count)
    }

    /// Marks a state as reached by a mover; gives the node when that is new.
    fn meet(&mut self, state: usize, mover: usize, before: u32, start: usize, moves: u32) -> Option<u32> {
        let node = u32::try_from(state * self.count + mover).ok()?;
        let place = self.before.get_mut(node as usize).filter(|place| **place == UNMET)?;
        *place = before;
        if state != start
            && let Some(first @ None) = self.first.get_mut(state)
        {
            *first = Some((node, moves));
            self.met.push(state);
        }
        Some(node)
    }

    /// How many moves lead to a state; `None` where none do. The start itself is not reached.
    pub(super) fn moves(&self, state: usize) -> Option<u32> {
        Some(self.first.get(state).copied()??.1)
    }

    /// The nearest of the states that meet a condition.
    pub(super) fn nearest(&self, mut meets: impl FnMut(usize) -> bool) -> Option<usize> {
        self.met.iter().copied().find(|state| meets(*state))
    }

    /// A shortest sequence to a state: the position of each mover and where it moves. Empty where none leads there.
    pub(super) fn path(&self, state: usize) -> Vec<(usize, usize)> {
        let mut path = Vec::new();
        let mut at = self.first.get(state).copied().flatten().map_or(START, |(node, _)| node);
        while at < START {
            let (state, mover) = self.parts(at);
            path.push((mover, state));
            at = self.before.get(at as usize).copied().unwrap_or(START);
        }
        path.reverse();
        path
    }
}

//! How a conflict can evolve from a state: shortest sequences of moves, and which states they lead to.

use crate::analysis::stability::sequence::{Kind, Mover, Sequences, movers};
use crate::game::conflict::Graph;

/// Which moves a conflict evolves by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// Any move: of one decision maker alone, or of several by consent (unilateral moves, UM).
    Moves,
    /// Moves to a state that those who move rank higher (unilateral improvements, UI).
    Improvements,
}

/// A move on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    /// Who moves: one decision maker, or several by consent.
    pub makers: Vec<usize>,
    /// The state to which.
    pub to: usize,
}

/// What a conflict can become, from one state (status quo analysis: Li, Kilgour and Hipel 2005).
///
/// Nobody moves twice in a row: where the moves of one decision maker make a move again, as in option form, two of
/// them are one. Of equally short sequences, the one of the earlier movers and lower states is given.
///
/// ```
/// use detente::analysis::stability::{By, Evolution};
/// use detente::game::conflict::{Graph, GraphMaker, Order};
/// let maker = |moves: [&[u32]; 3], rank: [u32; 3]| GraphMaker {
///     moves: moves.map(<[u32]>::to_vec).to_vec(),
///     order: Order::of(rank.to_vec()),
///     ..GraphMaker::default()
/// };
/// let graph = Graph {
///     states: ["a", "b", "c"].map(String::from).to_vec(),
///     makers: vec![maker([&[1], &[], &[]], [0, 1, 2]), maker([&[], &[2], &[]], [0, 1, 0])],
///     joint: Vec::new(),
/// };
/// assert_eq!(Evolution::from(&graph, 0, By::Moves).distance(2), Some(2));
/// assert_eq!(Evolution::from(&graph, 0, By::Improvements).distance(2), None);
/// ```
#[derive(Debug, Clone)]
pub struct Evolution {
    start: usize,
    movers: Vec<Vec<usize>>,
    sequences: Sequences,
}

impl Evolution {
    /// What can come of a state. Of a state that is not there nothing comes, and moves to such states count for nothing.
    #[must_use]
    pub fn from(graph: &Graph, start: usize, by: By) -> Self {
        let kind = match by {
            By::Moves => Kind::Any,
            By::Improvements => Kind::Gain,
        };
        let everybody: Vec<usize> = (0..graph.makers.len()).collect();
        let all: Vec<Mover> = movers(graph, &everybody, kind);
        let sequences = Sequences::from(graph.states.len(), &all, start);
        Evolution { start, movers: all.into_iter().map(|mover| mover.holders).collect(), sequences }
    }

    /// The fewest moves to a state, 0 to the start; `None` where it cannot be reached.
    #[must_use]
    pub fn distance(&self, state: usize) -> Option<u32> {
        if state == self.start { Some(0) } else { self.sequences.moves(state) }
    }

    /// A shortest sequence of moves to a state, without a leg to the start; `None` where it cannot be reached.
    #[must_use]
    pub fn path(&self, state: usize) -> Option<Vec<Leg>> {
        self.distance(state)?;
        let leg = |(mover, to): (usize, usize)| Leg { makers: self.movers.get(mover).cloned().unwrap_or_default(), to };
        Some(self.sequences.path(state).into_iter().map(leg).collect())
    }

    /// The states marked (equilibria, say) that can be reached, nearest first and then in order, each with the fewest
    /// moves.
    #[must_use]
    pub fn reached(&self, marked: &[bool]) -> Vec<(usize, u32)> {
        let marked = marked.iter().enumerate().filter(|(_, marked)| **marked);
        let mut all: Vec<(usize, u32)> = marked.filter_map(|(state, _)| Some((state, self.distance(state)?))).collect();
        all.sort_by_key(|(state, moves)| (*moves, *state));
        all
    }
}

#[cfg(test)]
mod tests;

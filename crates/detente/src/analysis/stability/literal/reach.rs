//! Where a group can get to by moving in turns.

use super::bits::Bits;
use crate::analysis::stability::sequence::Arcs;

/// Where a group can get to from each state by legal sequences of moves: nobody moves twice in a row, and anybody may
/// move again after another has (Fang, Hipel and Kilgour 1993). A state is not among those reached from it.
#[derive(Debug, Clone)]
pub(super) struct Reach {
    rows: Vec<Bits>,
}

impl Reach {
    /// The most bytes that the sets of states may take while they are gathered.
    const MOST_BYTES: usize = 1 << 29;

    /// Whether the sets of so many states and movers fit the bound.
    pub(super) fn fits(states: usize, movers: usize) -> bool {
        let bytes = states.checked_mul(movers).and_then(|nodes| nodes.checked_mul(states / 8 + 8));
        bytes.is_some_and(|bytes| bytes <= Self::MOST_BYTES)
    }

    /// The reach of movers over so many states; `None` when its sets would not fit the bound.
    ///
    /// "At state `t`, reached by a move of `m`" is a node, from which every mover but `m` can go on. What a node reaches
    /// is what its strongly connected component and the components after it hold: exactly the states for which the
    /// definition has a set of last movers that is not empty.
    pub(super) fn of(states: usize, movers: &[Arcs]) -> Option<Reach> {
        if !Self::fits(states, movers.len()) {
            return None;
        }
        let mut walk = Walk::new(states, movers);
        let mut rows = Vec::with_capacity(states);
        for state in 0..states {
            let mut row = Bits::none(states);
            for (mover, arcs) in movers.iter().enumerate() {
                for to in arcs.get(state).into_iter().flatten() {
                    let component = walk.component(*to as usize * movers.len() + mover);
                    if let Some(reached) = walk.reached.get(component) {
                        row.add(reached);
                    }
                }
            }
            row.remove(state);
            rows.push(row);
        }
        Some(Reach { rows })
    }

    /// The states reached from a state.
    pub(super) fn from(&self, state: usize) -> Option<&Bits> {
        self.rows.get(state)
    }

    /// The same as a list for each state.
    pub(super) fn arcs(&self) -> Arcs {
        self.rows.iter().map(|row| row.states().filter_map(|s| u32::try_from(s).ok()).collect()).collect()
    }
}

/// Strongly connected components of the nodes, each found after all that it leads to (Tarjan 1972), without recursion.
struct Walk<'a> {
    movers: &'a [Arcs],
    states: usize,
    /// When a node was met, from 1.
    met: Vec<u32>,
    /// The earliest node known to be in the component of a node.
    low: Vec<u32>,
    /// The component of a node once it is complete.
    component: Vec<u32>,
    /// Nodes met whose component is not complete.
    open: Vec<usize>,
    clock: u32,
    /// The states of each component and of those after it.
    reached: Vec<Bits>,
}

/// A node on the way, the mover whose arcs are looked at, and which arc is next.
struct Frame {
    node: usize,
    mover: usize,
    arc: usize,
}

const OPEN: u32 = u32::MAX;

impl<'a> Walk<'a> {
    fn new(states: usize, movers: &'a [Arcs]) -> Self {
        let nodes = states * movers.len();
        Walk {
            movers,
            states,
            met: vec![0; nodes],
            low: vec![0; nodes],
            component: vec![OPEN; nodes],
            open: Vec::new(),
            clock: 0,
            reached: Vec::new(),
        }
    }

    /// The next node after the one of the frame.
    fn next(&self, frame: &mut Frame) -> Option<usize> {
        let count = self.movers.len();
        let (state, last) = (frame.node / count, frame.node % count);
        while frame.mover < count {
            let arcs = self.movers.get(frame.mover).and_then(|arcs| arcs.get(state));
            if frame.mover != last
                && let Some(to) = arcs.and_then(|arcs| arcs.get(frame.arc))
            {
                frame.arc += 1;
                return Some(*to as usize * count + frame.mover);
            }
            frame.mover += 1;
            frame.arc = 0;
        }
        None
    }

    fn meet(&mut self, node: usize) -> Frame {
        self.clock += 1;
        self.met[node] = self.clock;
        self.low[node] = self.clock;
        self.open.push(node);
        Frame { node, mover: 0, arc: 0 }
    }

    /// The component of a node.
    fn component(&mut self, start: usize) -> usize {
        if self.met[start] == 0 {
            let mut frames = vec![self.meet(start)];
            while let Some(frame) = frames.last_mut() {
                let node = frame.node;
                match self.next(frame) {
                    Some(next) if self.met[next] == 0 => {
                        let frame = self.meet(next);
                        frames.push(frame);
                    }
                    Some(next) if self.component[next] == OPEN => {
                        self.low[node] = self.low[node].min(self.met[next]);
                    }
                    Some(_) => {}
                    None => {
                        frames.pop();
                        if let Some(before) = frames.last() {
                            self.low[before.node] = self.low[before.node].min(self.low[node]);
                        }
                        if self.low[node] == self.met[node] {
                            self.complete(node);
                        }
                    }
                }
            }
        }
        self.component[start] as usize
    }

    /// Closes the component whose first node is this one.
    fn complete(&mut self, first: usize) {
        let at = self.open.iter().rposition(|node| *node == first).unwrap_or(0);
        let members = self.open.split_off(at);
        let number = u32::try_from(self.reached.len()).unwrap_or(OPEN);
        for node in &members {
            self.component[*node] = number;
        }
        let mut row = Bits::none(self.states);
        for node in members {
            row.insert(node / self.movers.len());
            let mut frame = Frame { node, mover: 0, arc: 0 };
            while let Some(next) = self.next(&mut frame) {
                let after = self.component[next];
                if after != number
                    && let Some(reached) = self.reached.get(after as usize)
                {
                    row.add(reached);
                }
            }
        }
        self.reached.push(row);
    }
}

//! Where the others of a decision maker can get to.

use super::reach::Reach;
use crate::analysis::stability::sequence::{Arcs, Kind, movers};
use crate::game::conflict::Graph;
use std::sync::OnceLock;

/// Where a group can get to; `None` when that is too much to hold.
pub(super) fn reach(graph: &Graph, group: &[usize], kind: Kind) -> Option<Reach> {
    let movers: Vec<Arcs> = movers(graph, group, kind).into_iter().map(|mover| mover.arcs).collect();
    Reach::of(graph.states.len(), &movers)
}

/// Everybody but those of a group.
pub(super) fn others(graph: &Graph, group: &[usize]) -> Vec<usize> {
    (0..graph.makers.len()).filter(|at| !group.contains(at)).collect()
}

/// Where the others of each decision maker can get to, worked out when first asked for.
#[derive(Debug)]
pub(super) struct Responses {
    of: Vec<[OnceLock<Option<Reach>>; 3]>,
}

impl Responses {
    pub(super) fn new(makers: usize) -> Self {
        Responses { of: (0..makers).map(|_| Default::default()).collect() }
    }

    pub(super) fn to(&self, graph: &Graph, maker: usize, kind: Kind) -> Option<&Reach> {
        let [any, gain, hope] = self.of.get(maker)?;
        let cell = match kind {
            Kind::Any => any,
            Kind::Gain => gain,
            Kind::Hope => hope,
        };
        cell.get_or_init(|| reach(graph, &others(graph, &[maker]), kind)).as_ref()
    }
}

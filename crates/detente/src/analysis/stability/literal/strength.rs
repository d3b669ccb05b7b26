//! Strong stability: sanctions that leave the mover much worse off.

use super::verdict::Verdict;
use super::{Literal, rank};
use crate::analysis::stability::Concept;

impl Literal {
    /// Strongly stable (Hamouda, Kilgour and Hipel, *Group Decision and Negotiation* 13, 2004; 2006): every improvement,
    /// strong or not, can be answered such that the state reached is much less preferred than the first; where the concept
    /// is symmetric, so is each state that the decision maker can move to from there. By SEQ and SSEQ the others move by
    /// improvements, strong or not. A state without improvements is strongly stable by every concept. Where no strength
    /// is known, nothing is much less preferred.
    pub(super) fn strong(&self, maker: usize, concept: Concept) -> Vec<bool> {
        let Some(it) = self.graph.makers.get(maker) else { return Vec::new() };
        let rank = |state: usize| rank(&it.order, state);
        let level = |state: usize| it.order.level.get(state).copied().unwrap_or(0);
        let verdict = Verdict {
            moves: &it.moves,
            spread: None,
            responses: self.responses_to(maker, concept),
            improves: |from, to| rank(to) > rank(from),
            sanctions: |from, to| rank(to) < rank(from) && level(to) < level(from),
            class: |state| u64::from(rank(state)) << 32 | u64::from(level(state)),
            symmetric: concept.symmetric(),
        };
        verdict.stable()
    }
}

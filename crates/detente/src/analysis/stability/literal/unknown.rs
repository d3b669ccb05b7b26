//! Stability where of some pairs of states it is not known which is preferred.

use super::bits::Bits;
use super::rule::Extension;
use super::verdict::Verdict;
use super::{Literal, rank};
use crate::analysis::stability::Concept;
use crate::analysis::stability::sequence::Kind;

impl Literal {
    /// One of the four extensions of Li, Hipel, Kilgour and Fang (*IEEE Transactions on Systems, Man, and Cybernetics A*
    /// 34(4), 2004). They differ in whether the decision maker moves to states that it is not known to prefer, and
    /// whether answers that it may not prefer deter it. By SEQ and SSEQ the others may in all four move to states that
    /// they are not known to prefer. What is stable by `a` is so by `b` and `c`, and what is stable by these is by `d`.
    pub(super) fn under_unknown(&self, maker: usize, concept: Concept, extension: Extension) -> Vec<bool> {
        let Some(it) = self.graph.makers.get(maker) else { return Vec::new() };
        let (hopes, fears) = (extension.hopes(), extension.fears());
        // The pairs as sets: a search in the ordered pairs for every two states takes too long.
        let mut unknown = vec![Bits::none(self.outcomes.len()); self.outcomes.len()];
        for (one, other) in &it.order.unknown {
            for (a, b) in [(one, other), (other, one)] {
                if let Some(row) = unknown.get_mut(*a as usize) {
                    row.insert(*b as usize);
                }
            }
        }
        let is_unknown = |a: usize, b: usize| unknown.get(a).is_some_and(|row| row.has(b));
        let prefers = |to: usize, from: usize| rank(&it.order, to) > rank(&it.order, from);
        let kind = if concept.credible() { Kind::Hope } else { Kind::Any };
        let verdict = Verdict {
            moves: &it.moves,
            spread: None,
            responses: if concept == Concept::Nash { None } else { self.responses.to(&self.graph, maker, kind) },
            improves: |from, to| if is_unknown(from, to) { hopes } else { prefers(to, from) },
            sanctions: |from, to| if is_unknown(from, to) { fears } else { !prefers(to, from) },
            class: |state| state as u64,
            symmetric: concept.symmetric(),
        };
        verdict.stable()
    }
}

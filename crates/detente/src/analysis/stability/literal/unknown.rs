//! Stability where of some pairs of states it is not known which is preferred.

use super::Literal;
use super::rule::Extension;
use super::verdict::Verdict;
use crate::analysis::stability::Concept;
use crate::analysis::stability::sequence::Kind;
use crate::game::conflict::Comparison;

impl Literal {
    /// One of the four extensions of Li, Hipel, Kilgour and Fang (*IEEE Transactions on Systems, Man, and Cybernetics A*
    /// 34(4), 2004). They differ in whether the decision maker moves to states that it is not known to prefer, and
    /// whether answers that it may not prefer deter it. By SEQ and SSEQ the others may in all four move to states that
    /// they are not known to prefer. What is stable by `a` is so by `b` and `c`, and what is stable by these is by `d`.
    pub(super) fn under_unknown(&self, maker: usize, concept: Concept, extension: Extension) -> Vec<bool> {
        let Some(it) = self.graph.makers.get(maker) else { return Vec::new() };
        let (hopes, fears) = (extension.hopes(), extension.fears());
        let kind = if concept.credible() { Kind::Hope } else { Kind::Any };
        let verdict = Verdict {
            moves: &it.moves,
            spread: None,
            responses: if concept == Concept::Nash { None } else { self.responses.to(&self.graph, maker, kind) },
            improves: |from, to| match it.order.compare(to, from) {
                Comparison::Better | Comparison::MuchBetter => true,
                Comparison::Unknown => hopes,
                _ => false,
            },
            sanctions: |from, to| match it.order.compare(to, from) {
                Comparison::Better | Comparison::MuchBetter => false,
                Comparison::Unknown => fears,
                _ => true,
            },
            class: |state| state as u64,
            symmetric: concept.symmetric(),
        };
        verdict.stable()
    }
}

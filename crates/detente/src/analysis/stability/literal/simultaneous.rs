//! Simultaneous sanctions: others improve at the same moment, and the moves together spoil the improvement.

use super::rule::Unanswered;
use super::{Literal, rank};
use crate::analysis::stability::Concept;

impl Literal {
    /// Every improvement is spoilt by improvements that some of the others make at the same moment: all moves put together
    /// issue by issue give a state that is not preferred. Moves that together give no state spoil nothing, and neither
    /// do moves by consent. Of the others, one or several may move.
    pub(super) fn simultaneous(&self, maker: usize) -> Result<Vec<bool>, Unanswered> {
        let others = |_: usize| (0..self.graph.makers.len()).filter(|j| *j != maker).collect();
        self.spoilt(maker, &|_| true, &others)
    }

    /// The procedure of Fraser and Hipel (Solving complex conflicts, IEEE Transactions on Systems, Man, and Cybernetics
    /// 9(12), 1979): a state is stable by SEQ; or it is not so for two decision makers or more, and every improvement is
    /// spoilt by improvements that others of these make at the same moment.
    pub(super) fn fraser_hipel(&self, maker: usize) -> Result<Vec<bool>, Unanswered> {
        let makers = 0..self.graph.makers.len();
        let sequential: Vec<Vec<bool>> = makers.clone().map(|j| self.stable(j, Concept::Seq)).collect();
        let unstable = |j: usize, state: usize| sequential.get(j).and_then(|of| of.get(state)) == Some(&false);
        let others = |state: usize| makers.clone().filter(|j| *j != maker && unstable(*j, state)).collect();
        let spoilt = self.spoilt(maker, &|state| unstable(maker, state), &others)?;
        Ok(spoilt.iter().enumerate().map(|(state, spoilt)| !unstable(maker, state) || *spoilt).collect())
    }

    /// For each state that is `asked` about, whether every improvement is spoilt by improvements of some of `others`;
    /// false for other states.
    fn spoilt(
        &self,
        maker: usize,
        asked: &dyn Fn(usize) -> bool,
        others: &dyn Fn(usize) -> Vec<usize>,
    ) -> Result<Vec<bool>, Unanswered> {
        let conflict = self.conflict.as_ref().ok_or(Unanswered::NoIssues)?;
        // Different decision makers change different issues, so that the number of moves put together is a sum.
        let numbers: Vec<i64> = self
            .outcomes
            .iter()
            .map(|state| conflict.index(state).and_then(|number| i64::try_from(number).ok()))
            .collect::<Option<_>>()
            .ok_or(Unanswered::TooMuch)?;
        let mut search = Search { literal: self, maker, numbers, budget: Self::MOST_WORK };
        let states = 0..self.outcomes.len();
        states.map(|state| Ok(asked(state) && search.all_spoilt(state, &others(state))?)).collect()
    }

    fn improvements(&self, maker: usize, state: usize) -> Vec<usize> {
        let Some(it) = self.graph.makers.get(maker) else { return Vec::new() };
        let to = it.moves.get(state).into_iter().flatten().map(|to| *to as usize);
        to.filter(|to| rank(&it.order, *to) > rank(&it.order, state)).collect()
    }
}

struct Search<'a> {
    literal: &'a Literal,
    maker: usize,
    /// The number of each state, increasing.
    numbers: Vec<i64>,
    budget: u64,
}

impl Search<'_> {
    fn number(&self, state: usize) -> i64 {
        self.numbers.get(state).copied().unwrap_or(0)
    }

    fn all_spoilt(&mut self, state: usize, others: &[usize]) -> Result<bool, Unanswered> {
        let here = self.number(state);
        let changes: Vec<Vec<i64>> = others
            .iter()
            .map(|j| self.literal.improvements(*j, state).iter().map(|to| self.number(*to) - here).collect())
            .collect();
        for to in self.literal.improvements(self.maker, state) {
            if !self.spoils(state, self.number(to), &changes)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether changes of some of the others, added to a number, give a state that is not preferred. None of them moving
    /// gives the improvement itself, which is preferred.
    fn spoils(&mut self, state: usize, number: i64, changes: &[Vec<i64>]) -> Result<bool, Unanswered> {
        self.budget = self.budget.checked_sub(1).ok_or(Unanswered::TooMuch)?;
        let Some((first, rest)) = changes.split_first() else {
            let order = self.literal.graph.makers.get(self.maker).map(|it| &it.order);
            let together = self.numbers.binary_search(&number).ok();
            return Ok(order.zip(together).is_some_and(|(order, to)| rank(order, to) <= rank(order, state)));
        };
        for change in std::iter::once(&0).chain(first) {
            if self.spoils(state, number + change, rest)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

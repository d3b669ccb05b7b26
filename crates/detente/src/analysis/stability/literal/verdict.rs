//! The form that all the concepts of improvement and sanction share.

use super::bits::Bits;
use super::reach::Reach;
use crate::analysis::stability::sequence::Arcs;

/// One concept for one who moves: a decision maker or a coalition.
///
/// A state is stable when every improvement from it is answered: some response leads to a state of its *sanctions*, and,
/// where the concept is symmetric, each further move leads to a state of them too.
pub(super) struct Verdict<'a, I, S, C> {
    /// Where the one who moves can move.
    pub(super) moves: &'a Arcs,
    /// The same as sets, where the moves are many and those that are no improvements may be missing from `moves`.
    pub(super) spread: Option<&'a Reach>,
    /// Where the others can get to; `None` where the concept knows no answer.
    pub(super) responses: Option<&'a Reach>,
    /// Whether a move from the first state to the second is an improvement.
    pub(super) improves: I,
    /// Whether the second state is a sanction of leaving the first.
    pub(super) sanctions: S,
    /// States of one class have the same sanctions.
    pub(super) class: C,
    /// Whether a sanction has to hold against a further move.
    pub(super) symmetric: bool,
}

impl<I, S, C> Verdict<'_, I, S, C>
where
    I: Fn(usize, usize) -> bool,
    S: Fn(usize, usize) -> bool,
    C: Fn(usize) -> u64,
{
    /// For each state, whether it is stable.
    pub(super) fn stable(&self) -> Vec<bool> {
        let mut stable = vec![true; self.moves.len()];
        let mut order: Vec<(u64, usize)> = (0..self.moves.len()).map(|s| ((self.class)(s), s)).collect();
        order.sort_unstable();
        let mut known: Option<(u64, Sanctions)> = None;
        for (class, state) in order {
            let to = self.moves.get(state).into_iter().flatten().map(|to| *to as usize);
            let improvements: Vec<usize> = to.filter(|to| (self.improves)(state, *to)).collect();
            if improvements.is_empty() {
                continue;
            }
            let sanctions = match &mut known {
                Some((of, sanctions)) if *of == class => sanctions,
                known => &mut known.insert((class, self.sanctions_of(state))).1,
            };
            if let Some(verdict) = stable.get_mut(state) {
                *verdict = improvements.iter().all(|to| self.answered(*to, sanctions));
            }
        }
        stable
    }

    fn sanctions_of(&self, state: usize) -> Sanctions {
        let states = self.moves.len();
        let all = Bits::of(states, |to| (self.sanctions)(state, to));
        Sanctions { all, looked_at: Bits::none(states), escaped: Bits::none(states) }
    }

    fn answered(&self, improvement: usize, sanctions: &mut Sanctions) -> bool {
        let Some(responses) = self.responses.and_then(|reach| reach.from(improvement)) else {
            return false;
        };
        let Sanctions { all, looked_at, escaped } = sanctions;
        if !self.symmetric {
            return responses.common(all).next().is_some();
        }
        responses.common(all).any(|answer| {
            if !looked_at.has(answer) {
                looked_at.insert(answer);
                let escapes = match self.spread.and_then(|spread| spread.from(answer)) {
                    Some(further) => !further.within(all),
                    None => self.moves.get(answer).into_iter().flatten().any(|to| !all.has(*to as usize)),
                };
                if escapes {
                    escaped.insert(answer);
                }
            }
            !escaped.has(answer)
        })
    }
}

/// The sanctions of the states of one class.
struct Sanctions {
    all: Bits,
    /// Those of which it is known whether the one who moves can escape them.
    looked_at: Bits,
    escaped: Bits,
}

//! Limited-move and non-myopic stability: each looks a number of moves ahead and expects the others to do so too.
//!
//! `G(h, i, s)` is where `i` expects the conflict to end when it is at `s`, it is its turn, and `h` moves are left
//! (Kilgour 1985; Fang, Hipel and Kilgour 1993): `i` takes the move after which it expects the best end with `h - 1`
//! moves left, if it prefers that end to `s`, and otherwise stays, so that `s` is the end. A mover that is indifferent
//! stays. Of moves whose expected ends are equally good, it takes the end that is worst for the other (with two decision
//! makers), then the one of the lowest number. A state is stable for `i` when it is the end that `i` expects there.
//!
//! With more than two decision makers, any of the others may be next. The pessimistic version (Fang, Hipel and Kilgour
//! 1993) takes, of the ends that follow when each of the others is next, the one that is worst for `i` (of equally bad
//! ones that of the lowest number). Soares et al. (2026) say that this and the other older extension to more
//! than two misbehave and propose replacements, which are not given here; take its answers with care.
//!
//! Only what each can move alone counts; moves by consent do not.

use super::rule::Unanswered;
use super::{Literal, rank};

/// Where each decision maker expects the conflict to end, for each state.
#[derive(Clone, PartialEq, Eq)]
struct Ends(Vec<Vec<u32>>);

impl Literal {
    /// Stable with a horizon of so many moves.
    pub(super) fn limited(&self, maker: usize, horizon: u32) -> Result<Vec<bool>, Unanswered> {
        let mut ends = self.nothing_left();
        let (mut kept, mut since, mut wait) = (ends.clone(), 0u64, 1u64);
        let mut left = horizon;
        let mut budget = self.rounds();
        while left > 0 {
            ends = self.one_more(&ends);
            left -= 1;
            since += 1;
            budget = budget.checked_sub(1).ok_or(Unanswered::TooMuch)?;
            if ends == kept {
                // What is expected repeats every so many moves: only the rest of whole repetitions matters.
                left = u32::try_from(u64::from(left) % since).unwrap_or(left);
                (since, wait) = (0, u64::MAX);
            } else if since == wait {
                (kept, since, wait) = (ends.clone(), 0, wait.saturating_mul(2));
            }
        }
        Ok(self.stays(&ends, maker))
    }

    /// Stable with every horizon from some number of moves on: what is expected repeats in the end, and the state is the
    /// end that is expected throughout the repetition.
    pub(super) fn non_myopic(&self, maker: usize) -> Result<Vec<bool>, Unanswered> {
        let mut ends = self.nothing_left();
        let (mut kept, mut since, mut wait) = (ends.clone(), 0u64, 1u64);
        let mut budget = self.rounds();
        // Brent 1980: compare with a kept one that is renewed after 1, 2, 4, 8 … rounds.
        loop {
            ends = self.one_more(&ends);
            since += 1;
            budget = budget.checked_sub(1).ok_or(Unanswered::TooMuch)?;
            if ends == kept {
                break;
            }
            if since == wait {
                (kept, since, wait) = (ends.clone(), 0, wait.saturating_mul(2));
            }
        }
        let mut stable = self.stays(&ends, maker);
        for _ in 1..since {
            ends = self.one_more(&ends);
            stable.iter_mut().zip(self.stays(&ends, maker)).for_each(|(a, b)| *a &= b);
        }
        Ok(stable)
    }

    /// How many rounds fit the budget.
    fn rounds(&self) -> u64 {
        let arcs: usize = self.graph.makers.iter().map(|it| it.moves.iter().map(Vec::len).sum::<usize>()).sum();
        let makers = self.graph.makers.len();
        Self::MOST_WORK / ((arcs + self.outcomes.len() + 1) as u64 * (makers as u64).max(1)) + 1
    }

    fn nothing_left(&self) -> Ends {
        let here: Vec<u32> = (0u32..).take(self.outcomes.len()).collect();
        Ends(vec![here; self.graph.makers.len()])
    }

    /// What is expected with one move more left.
    fn one_more(&self, ends: &Ends) -> Ends {
        let of = |maker: usize| (0..self.outcomes.len()).map(|state| self.end(ends, maker, state)).collect();
        Ends((0..self.graph.makers.len()).map(of).collect())
    }

    fn end(&self, ends: &Ends, maker: usize, state: usize) -> u32 {
        let here = u32::try_from(state).unwrap_or(u32::MAX);
        let Some(it) = self.graph.makers.get(maker) else { return here };
        let other = match self.graph.makers.as_slice() {
            [one, other] => Some(if maker == 0 { other } else { one }),
            _ => None,
        };
        let worth = |end: &u32| {
            let for_other = other.map_or(0, |other| rank(&other.order, *end as usize));
            let reversed = std::cmp::Reverse;
            (rank(&it.order, *end as usize), reversed(for_other), reversed(*end))
        };
        let moves = it.moves.get(state).into_iter().flatten();
        let best = moves.map(|to| self.after(ends, maker, *to)).max_by_key(worth);
        best.filter(|end| rank(&it.order, *end as usize) > rank(&it.order, state)).unwrap_or(here)
    }

    /// The end that a decision maker expects after it has moved to a state.
    fn after(&self, ends: &Ends, maker: usize, state: u32) -> u32 {
        let Some(it) = self.graph.makers.get(maker) else { return state };
        let others = ends.0.iter().enumerate().filter(|(j, _)| *j != maker);
        let all = others.filter_map(|(_, of)| of.get(state as usize).copied());
        all.min_by_key(|end| (rank(&it.order, *end as usize), *end)).unwrap_or(state)
    }

    fn stays(&self, ends: &Ends, maker: usize) -> Vec<bool> {
        let ends = ends.0.get(maker).map(Vec::as_slice).unwrap_or_default();
        ends.iter().enumerate().map(|(state, end)| *end as usize == state).collect()
    }
}

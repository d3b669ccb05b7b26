//! What a seat may propose where its utility is a sum over single issues in machine words: outcomes by number.
//!
//! Many sessions ask little: what is worth this much, a few times. So outcomes are not put in order at first. Questions
//! about good outcomes are answered from [`Heads`], which hold the best in order; others by looking through what each
//! outcome falls short of the best ([`Unordered`]), which takes a hundredth of the time that putting a thousand in order
//! does. After many questions, all of them are put in order once and for all. The answers are the same.

use super::Choice;
use super::heads::{HEADS, Heads};
use super::quick::Quick;
use super::ranking::Ranking;
use super::size::{CODE_BITS, Size};
use super::unordered::Unordered;
use crate::game::Outcome;
use smallvec::SmallVec;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

/// The shortest heads are so short that they are worked out for the first question.
const SHORT: usize = 2;
/// Longer ones after so many questions.
const SOME: u32 = 6;
/// So many questions take about as long as to put the outcomes in order.
const MANY: u32 = 128;
/// Fewer outcomes than this are put in order at once.
const FEW: u32 = 64;

/// Outcomes by number, the digit of the last issue counting least.
#[derive(Debug)]
pub(super) struct Numbered {
    quick: Arc<Quick>,
    sizes: SmallVec<[Size; 8]>,
    count: u32,
    /// The greatest and the least sum, whether these outcomes may be proposed or not.
    range: (i64, i64),
    /// The utilities of the best and the worst outcome that may be proposed.
    ends: Option<(i64, i64)>,
    /// Where all outcomes may be proposed, and they are many.
    heads: Option<Box<Heads>>,
    table: OnceLock<Unordered>,
    asked: AtomicU32,
    ranking: OnceLock<Ranking>,
    list: OnceLock<Vec<Choice>>,
}

impl Numbered {
    /// The outcomes of a sum over issues. `permits`: which of them may be proposed; `None`: all. `None` where an issue
    /// has no values, or there are more than 2^24 outcomes.
    pub(super) fn of(quick: &Arc<Quick>, permits: Option<&dyn Fn(&Outcome) -> bool>) -> Option<Self> {
        let sizes: SmallVec<[Size; 8]> = quick.issues().map(|issue| Size::of(issue.len())).collect::<Option<_>>()?;
        let count = sizes.iter().try_fold(1u32, |n, size| n.checked_mul(size.size))?;
        if count >> CODE_BITS > 0 {
            return None;
        }
        // The ends of a sum are the sums of the ends.
        let ends = |(high, low): (i64, i64), issue: &[i64]| {
            Some((high + issue.iter().copied().max()?, low + issue.iter().copied().min()?))
        };
        let range = quick.issues().try_fold((quick.constant(), quick.constant()), ends)?;
        let mut numbered = Numbered {
            quick: quick.clone(),
            sizes,
            count,
            range,
            ends: Some(range),
            heads: (permits.is_none() && count >= FEW).then(|| Box::new(Heads::of(range))),
            table: OnceLock::new(),
            asked: AtomicU32::new(0),
            ranking: OnceLock::new(),
            list: OnceLock::new(),
        };
        if let Some(permits) = permits {
            let mut table = Unordered::of(&numbered.quick, &numbered.sizes, range);
            table.retain(|number| permits(&numbered.outcome(number)));
            let worth = |found: Option<(i64, u32)>| found.map(|(utility, _)| utility);
            numbered.ends = worth(table.at_most(i128::MAX)).zip(worth(table.at_least(i128::MIN)));
            numbered.table = table.into();
        }
        Some(numbered)
    }

    /// The utilities of the best and of the worst outcome.
    pub(super) fn ends(&self) -> Option<(i64, i64)> {
        self.ends
    }

    fn table(&self) -> &Unordered {
        self.table.get_or_init(|| Unordered::of(&self.quick, &self.sizes, self.range))
    }

    /// The utility of the outcome of a number, whether it may be proposed or not.
    pub(super) fn utility(&self, number: u32) -> i64 {
        if let Some(table) = self.table.get() {
            return table.utility(number);
        }
        let mut rest = number;
        let worth = |(issue, size): (&[i64], &Size)| {
            let quotient = size.divides(rest);
            let digit = rest - quotient * size.size;
            rest = quotient;
            issue.get(digit as usize).copied().unwrap_or(0)
        };
        self.quick.constant() + self.quick.issues().rev().zip(self.sizes.iter().rev()).map(worth).sum::<i64>()
    }

    /// The number of an outcome; `None` for what is no outcome of the space.
    pub(super) fn number(&self, outcome: &Outcome) -> Option<u32> {
        let digits = outcome.digits();
        let next = |number: u32, (size, digit): (&Size, &u16)| {
            let digit = Some(u32::from(*digit)).filter(|digit| *digit < size.size)?;
            Some(number * size.size + digit)
        };
        (digits.len() == self.sizes.len()).then(|| self.sizes.iter().zip(digits).try_fold(0, next))?
    }

    /// The outcome of a number.
    pub(super) fn outcome(&self, code: u32) -> Outcome {
        // On the stack where it fits: this is done for every proposal.
        let mut near = [0u16; 24];
        let mut far = Vec::new();
        let digits = match near.get_mut(..self.sizes.len()) {
            Some(digits) => digits,
            None => {
                far.resize(self.sizes.len(), 0);
                far.as_mut_slice()
            }
        };
        let mut rest = code;
        for (digit, size) in digits.iter_mut().zip(&self.sizes).rev() {
            let quotient = size.divides(rest);
            *digit = u16::try_from(rest - quotient * size.size).unwrap_or(0);
            rest = quotient;
        }
        Outcome::new(digits)
    }

    /// An outcome with its utility.
    pub(super) fn choice(&self, (utility, code): (i64, u32)) -> Choice {
        Choice { utility: i128::from(utility), outcome: self.outcome(code) }
    }

    /// All that may be proposed, in order.
    pub(super) fn ranking(&self) -> &Ranking {
        self.ranking.get_or_init(|| Ranking::of(self.range.0, self.table().all(), self.bits()))
    }

    /// As many bits as the greatest number has.
    fn bits(&self) -> u32 {
        u32::BITS - self.count.leading_zeros()
    }

    /// The shortest head from one on that is worked out, else this one.
    fn head(&self, from: usize) -> Option<&Ranking> {
        let heads = self.heads.as_ref()?;
        heads.ready(from).or_else(|| heads.head(from, &self.quick, &self.sizes, self.bits()))
    }

    /// Those that are worth at least this much in order, and perhaps more.
    pub(super) fn best_part(&self, least: i128) -> &Ranking {
        let head = || self.head(self.heads.as_ref()?.holding(least)?);
        self.ranking.get().or_else(head).unwrap_or_else(|| self.ranking())
    }

    /// The best outcomes in order, at least so many if there are as many.
    fn best(&self, count: usize) -> &Ranking {
        let long = |head: &&Ranking| head.codes().len() >= count;
        let head = || (0..HEADS).filter_map(|at| self.head(at)).find(long);
        self.ranking.get().or_else(head).unwrap_or_else(|| self.ranking())
    }

    /// The utility and the number of the outcome at a rank, the best at 0.
    pub(super) fn ranked(&self, rank: usize) -> Option<(i64, u32)> {
        self.best(rank.saturating_add(1)).at(rank)
    }

    /// Outcomes in order, those worth at least this much among them, if they are in order already, or enough has been
    /// asked by now for that to be worth it.
    fn in_order(&self, least: i128) -> Option<&Ranking> {
        if let Some(ranking) = self.ranking.get() {
            return Some(ranking);
        }
        // Who counts what does not matter: the answers are the same either way.
        let asked = self.asked.load(Ordering::Relaxed);
        self.asked.store(asked.saturating_add(1), Ordering::Relaxed);
        if asked >= MANY || self.count < FEW {
            return Some(self.ranking());
        }
        let heads = self.heads.as_ref()?;
        let head = heads.holding(least)?;
        heads.ready(head).or_else(|| if head < SHORT || asked >= SOME { self.head(head) } else { None })
    }

    /// Every outcome, spelled out, the best first.
    pub(super) fn list(&self) -> &[Choice] {
        self.list.get_or_init(|| {
            let ranking = self.ranking();
            ranking.utilities().iter().copied().zip(ranking.codes().iter().copied()).map(|at| self.choice(at)).collect()
        })
    }

    /// The cheapest outcome that is worth at least this much: its utility and number.
    pub(super) fn at_least(&self, utility: i128) -> Option<(i64, u32)> {
        let Some(ranking) = self.in_order(utility) else { return self.table().at_least(utility) };
        ranking.at(ranking.first_equal(ranking.from(utility).checked_sub(1)?))
    }

    /// The best outcome that is worth at most this much: its utility and number.
    pub(super) fn at_most(&self, utility: i128) -> Option<(i64, u32)> {
        let within = |ranking: &Ranking| ranking.at(ranking.above(utility));
        let Some(ranking) = self.in_order(utility) else { return self.table().at_most(utility) };
        // What is found may be worth less than what is in this head, and in the next one.
        let next = || within(self.head(self.heads.as_ref()?.holding(utility)? + 1)?);
        within(ranking).or_else(next).or_else(|| self.table().at_most(utility))
    }
}

#[cfg(test)]
mod tests;

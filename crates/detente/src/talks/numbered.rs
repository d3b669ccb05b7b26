//! What a seat may propose where its utility is a sum over single issues in machine words: outcomes by number.
//!
//! Many sessions ask little: what is worth this much, a few times. So outcomes are not put in order at first. What each
//! falls short of the best is put down in 32 bits, and looked through for every question, which takes a hundredth of the
//! time that putting a thousand in order does. Whoever asks for the best one after the other gets the best part in order,
//! and after many questions, or one about ranks, all of them are put in order once and for all. The answers are the same.

use super::quick::Quick;
use super::ranking::Ranking;
use super::{Choice, scan};
use crate::game::Outcome;
use smallvec::SmallVec;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Stands for what an outcome falls short of the best where it may not be proposed.
const OUT: u32 = u32::MAX;
/// What outcomes fall short of the best is rounded down to so many bits, so that bounds stay below [`OUT`].
const BITS: u32 = 31;
/// Combinations of values of the last issues, at most.
const MOST_BEHIND: u32 = 1 << 15;
/// After so many questions about the best quarter of utilities, the best outcomes are put in order.
const SOME: u32 = 6;
/// So many questions take about as long as to put the outcomes in order.
const MANY: u32 = 128;

/// Outcomes by number, the digit of the last issue counting least.
#[derive(Debug)]
pub(super) struct Numbered {
    sizes: SmallVec<[Size; 8]>,
    /// What each combination of values of the first issues falls short of the best, the last of them fastest.
    first: Vec<u64>,
    /// The same for the other issues.
    others: Vec<u64>,
    /// To tell the two apart in a number.
    apart: Size,
    /// By number: what the outcome falls short of `high`, without its last `shift` bits.
    short: Vec<u32>,
    shift: u32,
    /// The greatest sum, whether that outcome may be proposed or not.
    high: i64,
    /// The utilities of the best and the worst outcome that may be proposed.
    ends: Option<(i64, i64)>,
    /// Three quarters of the way from the worst sum to the best.
    quarter: i128,
    asked: AtomicU32,
    /// The best part in order, with the least utility of which it holds all.
    head: OnceLock<(Ranking, i64)>,
    ranking: OnceLock<Ranking>,
    list: OnceLock<Vec<Choice>>,
}

/// The number of values of an issue, and what to multiply by instead of dividing.
#[derive(Debug, Clone, Copy)]
struct Size {
    size: u32,
    inverse: u64,
}

/// Numbers are below 2 to this power, sizes below 2^16: then a product with the inverse, cut, is the quotient (Granlund
/// and Montgomery 1994).
const CODE_BITS: u32 = 24;
/// Bits that are cut.
const CUT: u32 = CODE_BITS + 16;

impl Size {
    fn of(size: usize) -> Option<Self> {
        let size = u16::try_from(size).ok().filter(|size| *size > 0)?;
        Some(Size { size: u32::from(size), inverse: (1 << CUT) / u64::from(size) + 1 })
    }

    fn divides(self, code: u32) -> u32 {
        u32::try_from((u64::from(code) * self.inverse) >> CUT).unwrap_or(0)
    }
}

impl Numbered {
    /// The outcomes of a sum over issues. `permits`: which of them may be proposed; `None`: all. `None` where an issue
    /// has no values, or there are more than 2^24 outcomes.
    pub(super) fn of(quick: &Quick, permits: Option<&dyn Fn(&Outcome) -> bool>) -> Option<Self> {
        let sizes: SmallVec<[Size; 8]> = quick.issues().map(|issue| Size::of(issue.len())).collect::<Option<_>>()?;
        let count = sizes.iter().try_fold(1u32, |n, size| n.checked_mul(size.size))?;
        if count >> CODE_BITS > 0 {
            return None;
        }
        // The ends of a sum are the sums of the ends.
        let ends = |(high, low): (i64, i64), issue: &[i64]| {
            Some((high + issue.iter().copied().max()?, low + issue.iter().copied().min()?))
        };
        let (high, low) = quick.issues().try_fold((quick.constant(), quick.constant()), ends)?;
        let shift = (u64::BITS - high.abs_diff(low).leading_zeros()).saturating_sub(BITS);
        let (mut split, mut behind) = (sizes.len(), 1u32);
        for Size { size, .. } in sizes.iter().skip(1).rev() {
            if behind * size > MOST_BEHIND {
                break;
            }
            behind *= size;
            split -= 1;
        }
        let part = |from: usize, to: usize| quick.issues().skip(from).take(to - from).map(shortfalls);
        let first = combined(part(0, split), count / behind);
        let others = combined(part(split, sizes.len()), behind);
        let mut short = vec![0; count as usize];
        pulp::Arch::new().dispatch(
            #[inline(always)]
            || crossed(&first, &others, shift, &mut short),
        );
        let mut numbered = Numbered {
            sizes,
            apart: Size::of(behind as usize)?,
            first,
            others,
            short,
            shift,
            high,
            ends: Some((high, low)),
            quarter: i128::from(high) - i128::from(high.abs_diff(low) / 4),
            asked: AtomicU32::new(0),
            head: OnceLock::new(),
            ranking: OnceLock::new(),
            list: OnceLock::new(),
        };
        if let Some(permits) = permits {
            for code in 0..count {
                if !permits(&numbered.outcome(code))
                    && let Some(short) = numbered.short.get_mut(code as usize)
                {
                    *short = OUT;
                }
            }
            let worth = |found: Option<(i64, u32)>| found.map(|(utility, _)| utility);
            let ends = (worth(numbered.scanned_down(i128::MAX)), worth(numbered.scanned_up(i128::MIN)));
            numbered.ends = ends.0.zip(ends.1);
        }
        Some(numbered)
    }

    /// The utilities of the best and of the worst outcome.
    pub(super) fn ends(&self) -> Option<(i64, i64)> {
        self.ends
    }

    /// The utility of the outcome of a number, whether it may be proposed or not.
    pub(super) fn utility(&self, number: u32) -> i64 {
        self.high.wrapping_sub_unsigned(self.short_of(number))
    }

    /// What the outcome of a number falls short of the best.
    fn short_of(&self, number: u32) -> u64 {
        let first = self.apart.divides(number);
        let others = number - first * self.apart.size;
        let at = |list: &[u64], at: u32| list.get(at as usize).copied().unwrap_or(0);
        at(&self.first, first) + at(&self.others, others)
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
        self.ranking.get_or_init(|| {
            let exact = self.first.iter().flat_map(|first| self.others.iter().map(move |others| first + others));
            let kept = (0u32..).zip(&self.short).zip(exact).filter(|((_, short), _)| **short != OUT);
            Ranking::of(self.high, kept.map(|((number, _), exact)| (exact, number)).collect(), self.bits())
        })
    }

    /// Outcomes in order, those worth at least this much among them, if they are in order already, or enough has been
    /// asked by now for that to be worth it.
    fn ranked(&self, least: i128) -> Option<&Ranking> {
        if let Some(ranking) = self.ranking.get() {
            return Some(ranking);
        }
        // Who counts what does not matter: the answers are the same either way.
        let asked = self.asked.load(Ordering::Relaxed);
        self.asked.store(asked.saturating_add(1), Ordering::Relaxed);
        if asked >= MANY {
            return Some(self.ranking());
        }
        if asked >= SOME && least >= self.quarter {
            let (head, from) = self.head.get_or_init(|| self.top());
            return (i128::from(*from) <= least).then_some(head);
        }
        None
    }

    /// Those that are worth at least this much in order, and perhaps more.
    pub(super) fn best_part(&self, least: i128) -> &Ranking {
        match self.ranking.get() {
            Some(ranking) => ranking,
            None => match self.head.get_or_init(|| self.top()) {
                (head, from) if i128::from(*from) <= least => head,
                _ => self.ranking(),
            },
        }
    }

    /// The best outcomes in order, at least so many if there are as many.
    pub(super) fn best(&self, count: usize) -> &Ranking {
        match self.ranking.get() {
            Some(ranking) => ranking,
            None => match self.head.get_or_init(|| self.top()) {
                (head, _) if head.codes().len() >= count => head,
                _ => self.ranking(),
            },
        }
    }

    /// A sixth to a twelfth of the outcomes, in order; none where they are few, or as good as one another.
    fn top(&self) -> (Ranking, i64) {
        let none = || (Ranking::default(), i64::MAX);
        let (most, least) = (self.short.len() / 6, self.short.len() / 12);
        if least < 16 {
            return none();
        }
        // By halves to a bound that leaves about as many.
        let (mut low, mut high) = (0u32, 1 << BITS);
        let mut bound = 0;
        let mut count = 0;
        while !(least..=most).contains(&count) {
            if high - low < 2 {
                return none();
            }
            bound = low + (high - low) / 2;
            count = scan::count_to(&self.short, bound) as usize;
            if count > most { high = bound } else { low = bound }
        }
        // Every number is put down, and the next one over it unless it is to be kept: quicker than a branch for each.
        let mut kept = vec![(0, 0); count + 1];
        let mut len = 0;
        let cut = |short: u64| short >> self.shift;
        for (row, first) in (0u32..).zip(&self.first).filter(|(_, first)| cut(**first) <= u64::from(bound)) {
            let start = row * self.apart.size;
            let row = self.short.get(start as usize..).unwrap_or_default();
            for ((number, short), others) in (start..).zip(row).zip(&self.others) {
                if let Some(place) = kept.get_mut(len) {
                    *place = (first + others, number);
                }
                len += usize::from(*short <= bound);
            }
        }
        kept.truncate(count);
        let from = self.high.saturating_sub_unsigned(((u64::from(bound) + 1) << self.shift) - 1);
        (Ranking::of(self.high, kept, self.bits()), from)
    }

    /// As many bits as the greatest number has.
    fn bits(&self) -> u32 {
        usize::BITS - self.short.len().leading_zeros()
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
        let Some(ranking) = self.ranked(utility) else { return self.scanned_up(utility) };
        let (code, utility) = ranking.at(ranking.first_equal(ranking.from(utility).checked_sub(1)?))?;
        Some((utility, code))
    }

    /// The best outcome that is worth at most this much: its utility and number.
    pub(super) fn at_most(&self, utility: i128) -> Option<(i64, u32)> {
        // What is found may be worth less, and not be in the best part.
        let found = self.ranked(utility).and_then(|ranking| ranking.at(ranking.above(utility)));
        found.map_or_else(|| self.scanned_down(utility), |(code, utility)| Some((utility, code)))
    }

    /// The same as [`Numbered::at_least`], looked through.
    fn scanned_up(&self, utility: i128) -> Option<(i64, u32)> {
        let short = u64::try_from(i128::from(self.high).checked_sub(utility).unwrap_or(i128::MAX));
        let most = match short {
            Ok(short) => short,
            Err(_) if utility > i128::from(self.high) => return None,
            Err(_) => u64::MAX,
        };
        let bound = self.cut(most);
        let found = scan::greatest_to(&self.short, bound)?;
        let here = self.among(found, |short| short <= most, |a, b| a > b);
        // Bits are cut: what looks like the bound may be beyond it.
        here.or_else(|| self.among(scan::greatest_to(&self.short, found.checked_sub(1)?)?, |_| true, |a, b| a > b))
    }

    /// The same as [`Numbered::at_most`], looked through.
    fn scanned_down(&self, utility: i128) -> Option<(i64, u32)> {
        let least = u64::try_from(i128::from(self.high).saturating_sub(utility).max(0)).unwrap_or(u64::MAX);
        let bound = self.cut(least);
        if u64::from(bound) < least >> self.shift {
            return None;
        }
        let kept = |short: &u32| *short != OUT;
        let found = scan::least_from(&self.short, bound).filter(kept)?;
        let here = self.among(found, |short| short >= least, |a, b| a < b);
        let next = || scan::least_from(&self.short, found.checked_add(1)?).filter(kept);
        here.or_else(|| self.among(next()?, |_| true, |a, b| a < b))
    }

    /// What outcomes fall short of the best as it is put down.
    fn cut(&self, short: u64) -> u32 {
        u32::try_from(short >> self.shift).unwrap_or(OUT).min(OUT - 1)
    }

    /// Of the outcomes with this in the table, the first of those that go before all others.
    fn among(&self, found: u32, meets: impl Fn(u64) -> bool, before: impl Fn(u64, u64) -> bool) -> Option<(i64, u32)> {
        let mut best: Option<(u64, u32)> = None;
        scan::places(&self.short, found, |at| {
            let Ok(number) = u32::try_from(at) else { return false };
            let short = self.short_of(number);
            if meets(short) && best.is_none_or(|(best, _)| before(short, best)) {
                best = Some((short, number));
            }
            // Without bits cut all of them are worth the same, so that the first will do.
            self.shift > 0
        });
        best.map(|(short, code)| (self.high.wrapping_sub_unsigned(short), code))
    }
}

/// What each value of an issue falls short of the best.
fn shortfalls(issue: &[i64]) -> Vec<u64> {
    let top = issue.iter().copied().max().unwrap_or(0);
    issue.iter().map(|worth| top.abs_diff(*worth)).collect()
}

/// The sums of one number of each list, the last list fastest.
fn combined(lists: impl Iterator<Item = Vec<u64>>, count: u32) -> Vec<u64> {
    let mut sums = Vec::with_capacity(count as usize);
    sums.push(0);
    for list in lists {
        // Spread out from the end, so that nothing is overwritten before it is read.
        let before = sums.len();
        sums.resize(before * list.len(), 0);
        for at in (0..before).rev() {
            let head = sums.get(at).copied().unwrap_or(0);
            let start = at * list.len();
            for (place, more) in sums.iter_mut().skip(start).zip(&list) {
                *place = head + more;
            }
        }
    }
    sums
}

/// The sums of one number of each list, the second fastest, without the last bits.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "the shift is chosen so that what is left fits")]
fn crossed(first: &[u64], others: &[u64], shift: u32, into: &mut [u32]) {
    for (row, first) in into.chunks_exact_mut(others.len().max(1)).zip(first) {
        for (place, others) in row.iter_mut().zip(others) {
            *place = ((first + others) >> shift) as u32;
        }
    }
}

#[cfg(test)]
mod tests;

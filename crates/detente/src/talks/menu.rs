//! What a seat may propose, in the order of its own utility.

use super::Seat;
use super::numbered::Numbered;
use super::ranking::Ranking;
use crate::analysis::Limits;
use crate::analysis::inverse::{Answer, Inverse, Stopped};
use crate::game::{Formula, Outcome, Stream};

/// The most outcomes that are put in a list.
const LISTED: u64 = 1 << 20;

/// An outcome with its utility, in whole numbers of the seat's own unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its utility.
    pub utility: i128,
    /// The outcome.
    pub outcome: Outcome,
}

/// The outcomes a seat may propose (those that keep the rules and its own red lines), the best first; of equal utility in
/// lexicographic order.
///
/// Spaces of up to a million outcomes are listed. Larger ones are searched, which needs a utility that is a sum over
/// single issues; the same questions get the same answers.
#[derive(Debug)]
pub struct Menu {
    how: How,
}

#[derive(Debug)]
enum How {
    /// By number, and in order when that is worth it.
    Numbered(Box<Numbered>),
    Listed(Vec<Choice>),
    Searched(Box<Inverse>),
}

/// An outcome of a menu by a key, which only this menu can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its utility.
    pub(crate) utility: i64,
    /// Its number, or its rank where outcomes have no numbers.
    pub(crate) key: u32,
}

impl From<(i64, u32)> for Found {
    fn from((utility, key): (i64, u32)) -> Self {
        Found { utility, key }
    }
}

impl Found {
    fn at(list: &[Choice], rank: usize) -> Option<Self> {
        let utility = i64::try_from(list.get(rank)?.utility).ok()?;
        Some(Found { utility, key: u32::try_from(rank).ok()? })
    }
}

/// The rank of the first of the cheapest that are worth at least this much.
fn first_of_last(list: &[Choice], utility: i128) -> Option<usize> {
    let last = list.partition_point(|choice| choice.utility >= utility).checked_sub(1)?;
    let found = list.get(last)?.utility;
    Some(list.partition_point(|choice| choice.utility > found))
}

/// A whole number below `n` from one draw: multiplied and cut, so that it is off the uniform distribution by at most `n` in
/// 2^64; 0 when `n` is 0. For sessions by the million, where [`Stream::below`] costs two divisions.
pub(crate) fn share(stream: &mut Stream, n: u64) -> u64 {
    let product = u128::from(stream.next_u64()) * u128::from(n);
    u64::try_from(product >> 64).unwrap_or(0)
}

impl From<Answer> for Choice {
    fn from(answer: Answer) -> Self {
        Choice { utility: answer.utility, outcome: answer.outcome }
    }
}

impl Menu {
    pub(super) fn listable(seat: &Seat) -> bool {
        seat.space.small_count().is_some_and(|count| count <= LISTED)
    }

    pub(super) fn listed(seat: &Seat) -> Self {
        if let Some(numbered) = seat.numbered() {
            return Menu { how: How::Numbered(Box::new(numbered)) };
        }
        let mut list: Vec<Choice> = seat
            .space
            .outcomes()
            .filter(|outcome| seat.permits(outcome))
            .map(|outcome| Choice { utility: seat.utility(&outcome), outcome })
            .collect();
        // A stable sort keeps outcomes of equal utility in lexicographic order.
        list.sort_by_key(|choice| std::cmp::Reverse(choice.utility));
        Menu { how: How::Listed(list) }
    }

    /// Packages that the seat may propose, in its order. Twice the same counts once.
    pub(super) fn among(seat: &Seat, packages: impl Iterator<Item = Outcome>) -> Self {
        let choice = |outcome: Outcome| Choice { utility: seat.utility(&outcome), outcome };
        let mut list: Vec<Choice> = packages.map(choice).collect();
        list.sort_by(|a, b| b.utility.cmp(&a.utility).then_with(|| a.outcome.cmp(&b.outcome)));
        list.dedup_by(|a, b| a.outcome == b.outcome);
        Menu { how: How::Listed(list) }
    }

    /// Those of a list in order that meet a condition.
    pub(super) fn within(list: &[Choice], meets: impl Fn(&Outcome) -> bool) -> Self {
        Menu { how: How::Listed(list.iter().filter(|choice| meets(&choice.outcome)).cloned().collect()) }
    }

    pub(super) fn large(seat: &Seat, keeps: &[Formula], limits: &Limits) -> Result<Self, Stopped> {
        let inverse = Inverse::over(&seat.space, keeps, &seat.function, limits)?;
        Ok(Menu { how: How::Searched(Box::new(inverse)) })
    }

    /// The outcomes in order by number, where they have numbers.
    pub(crate) fn ranking(&self) -> Option<&Ranking> {
        match &self.how {
            How::Numbered(numbered) => Some(numbered.ranking()),
            _ => None,
        }
    }

    /// The utility of the outcome of a number, on the menu or not, where outcomes have numbers.
    pub(crate) fn utility_of(&self, number: u32) -> Option<i64> {
        match &self.how {
            How::Numbered(numbered) => Some(numbered.utility(number)),
            _ => None,
        }
    }

    /// Whether outcomes have numbers.
    pub(crate) fn has_numbers(&self) -> bool {
        matches!(self.how, How::Numbered(_))
    }

    /// The number of an outcome, on the menu or not, where outcomes have numbers.
    pub(crate) fn number_of(&self, outcome: &Outcome) -> Option<u32> {
        match &self.how {
            How::Numbered(numbered) => numbered.number(outcome),
            _ => None,
        }
    }

    /// Whether outcomes are listed, or could be.
    pub(crate) fn is_listed(&self) -> bool {
        !matches!(self.how, How::Searched(_))
    }

    /// [`Menu::at_least`] without spelling the outcome out.
    pub(crate) fn find_at_least(&self, utility: i128) -> Option<Found> {
        match &self.how {
            How::Numbered(numbered) => numbered.at_least(utility).map(Found::from),
            How::Listed(list) => Found::at(list, first_of_last(list, utility)?),
            How::Searched(_) => None,
        }
    }

    /// [`Menu::at_most`] without spelling the outcome out.
    pub(crate) fn find_at_most(&self, utility: i128) -> Option<Found> {
        match &self.how {
            How::Numbered(numbered) => numbered.at_most(utility).map(Found::from),
            How::Listed(list) => Found::at(list, list.partition_point(|c| c.utility > utility)),
            How::Searched(_) => None,
        }
    }

    /// [`Menu::ranked`] without spelling the outcome out.
    pub(crate) fn find_ranked(&self, rank: usize) -> Option<Found> {
        match &self.how {
            How::Numbered(numbered) => numbered.ranked(rank).map(Found::from),
            How::Listed(list) => Found::at(list, rank),
            How::Searched(_) => None,
        }
    }

    /// What was found.
    pub(crate) fn found(&self, key: u32) -> Option<Outcome> {
        match &self.how {
            How::Numbered(numbered) => Some(numbered.outcome(key)),
            How::Listed(list) => list.get(key as usize).map(|choice| choice.outcome.clone()),
            How::Searched(_) => None,
        }
    }

    /// Every outcome, the best first, where they are listed.
    #[must_use]
    pub fn list(&self) -> Option<&[Choice]> {
        match &self.how {
            How::Numbered(numbered) => Some(numbered.list()),
            How::Listed(list) => Some(list),
            How::Searched(_) => None,
        }
    }

    /// The utilities of the best and of the worst outcome; `None` when there is none.
    #[must_use]
    pub fn ends(&self) -> Option<(i128, i128)> {
        match &self.how {
            How::Numbered(numbered) => numbered.ends().map(|(best, worst)| (i128::from(best), i128::from(worst))),
            How::Listed(list) => Some((list.first()?.utility, list.last()?.utility)),
            How::Searched(inverse) => Some((inverse.best()?.utility, inverse.worst()?.utility)),
        }
    }

    /// How many outcomes are worth at least this much, where they are listed.
    #[must_use]
    pub fn count_from(&self, utility: i128) -> Option<usize> {
        match &self.how {
            How::Numbered(numbered) => Some(numbered.best_part(utility).from(utility)),
            How::Listed(list) => Some(list.partition_point(|c| c.utility >= utility)),
            How::Searched(_) => None,
        }
    }

    /// The utility at a rank, the best at 0, where outcomes are listed.
    #[must_use]
    pub fn utility_at(&self, rank: usize) -> Option<i128> {
        match &self.how {
            How::Numbered(numbered) => numbered.ranked(rank).map(|(utility, _)| i128::from(utility)),
            How::Listed(list) => list.get(rank).map(|c| c.utility),
            How::Searched(_) => None,
        }
    }

    /// The best outcome. `None`, here and below: there is none.
    #[must_use]
    pub fn best(&self) -> Option<Choice> {
        match &self.how {
            How::Numbered(numbered) => numbered.at_most(i128::MAX).map(|found| numbered.choice(found)),
            How::Listed(list) => list.first().cloned(),
            How::Searched(inverse) => inverse.best().map(Choice::from),
        }
    }

    /// The worst outcome.
    #[must_use]
    pub fn worst(&self) -> Option<Choice> {
        match &self.how {
            How::Numbered(numbered) => {
                let ranking = numbered.ranking();
                ranking.at(ranking.codes().len().checked_sub(1)?).map(|found| numbered.choice(found))
            }
            How::Listed(list) => list.last().cloned(),
            How::Searched(inverse) => inverse.worst().map(Choice::from),
        }
    }

    /// The cheapest outcome that is worth at least this much.
    #[must_use]
    pub fn at_least(&self, utility: i128) -> Option<Choice> {
        match &self.how {
            How::Numbered(numbered) => numbered.at_least(utility).map(|found| numbered.choice(found)),
            How::Listed(list) => list.get(first_of_last(list, utility)?).cloned(),
            How::Searched(inverse) => inverse.at_least(utility).map(Choice::from),
        }
    }

    /// The best outcome that is worth at most this much.
    #[must_use]
    pub fn at_most(&self, utility: i128) -> Option<Choice> {
        match &self.how {
            How::Numbered(numbered) => numbered.at_most(utility).map(|found| numbered.choice(found)),
            How::Listed(list) => list.get(list.partition_point(|c| c.utility > utility)).cloned(),
            How::Searched(inverse) => inverse.at_most(utility).map(Choice::from),
        }
    }

    /// The outcome nearest to a utility; of two as near, the better.
    #[must_use]
    pub fn nearest(&self, utility: i128) -> Option<Choice> {
        match (self.at_least(utility), self.at_most(utility)) {
            (Some(above), Some(below)) => {
                let up = above.utility.abs_diff(utility) <= below.utility.abs_diff(utility);
                Some(if up { above } else { below })
            }
            (above, below) => above.or(below),
        }
    }

    /// The best outcome that is worth less than this.
    #[must_use]
    pub fn below(&self, utility: i128) -> Option<Choice> {
        self.at_most(utility.checked_sub(1)?)
    }

    /// The outcome at a rank, the best at 0.
    #[must_use]
    pub fn ranked(&self, rank: usize) -> Option<Choice> {
        match &self.how {
            How::Numbered(numbered) => numbered.ranked(rank).map(|found| numbered.choice(found)),
            How::Listed(list) => list.get(rank).cloned(),
            How::Searched(inverse) => inverse.kth(rank as u128).ok().flatten().map(Choice::from),
        }
    }

    /// One of the outcomes worth between `low` and `high`, both included, each as likely as the others. In a space that
    /// is searched where this is not quick to tell exactly: the one nearest to a utility drawn between the two.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a drawn point of a range")]
    pub fn pick(&self, low: i128, high: i128, stream: &mut Stream) -> Option<Choice> {
        match &self.how {
            How::Numbered(numbered) => {
                let ranking = numbered.best_part(low);
                let (first, end) = (ranking.above(high), ranking.from(low));
                let count = end.checked_sub(first).filter(|count| *count > 0)?;
                let rank = first + usize::try_from(share(stream, count as u64)).ok()?;
                ranking.at(rank).map(|found| numbered.choice(found))
            }
            How::Listed(list) => {
                let first = list.partition_point(|c| c.utility > high);
                let end = list.partition_point(|c| c.utility >= low);
                let count = end.checked_sub(first).filter(|count| *count > 0)?;
                list.get(first + usize::try_from(share(stream, count as u64)).ok()?).cloned()
            }
            How::Searched(_) => {
                let drawn = low.saturating_add((stream.uniform() * high.saturating_sub(low).max(0) as f64) as i128);
                self.nearest(drawn)
                    .filter(|c| (low..=high).contains(&c.utility))
                    .or_else(|| self.at_least(low).filter(|c| c.utility <= high))
            }
        }
    }
}

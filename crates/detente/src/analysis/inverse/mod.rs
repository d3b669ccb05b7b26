//! The questions that a negotiating strategy asks of one party's utility, answered without looking at every outcome.
//!
//! Which outcome is nearest to my target; the next best; the cheapest that is still worth this much; the hundredth
//! best; how many lie in a band, and one of them by chance; and which of those that I accept is best for the other side.
//!
//! [`Inverse`] is built once per utility. What it builds depends on the size of the space and on how fine the
//! utility is, and [`Inverse::method`] says it:
//!
//! - `index`: every outcome, sorted; small spaces, and the only way for utilities that are not sums over issues;
//! - `counts`: the number of outcomes for every distinct sum and every tail of the issues (Bellman 1957);
//! - `reach`: one bit for every distinct sum;
//! - `halves`: meet in the middle (Horowitz and Sahni 1974), with outcomes from the top by merging streams;
//! - `window`: the same for a part of the issues, the others tried out; answers say how far off they may be.

mod band;
mod columns;
mod counts;
mod halves;
mod index;
mod opponent;
mod reach;
mod sample;
mod streams;
#[cfg(test)]
mod tests;

pub use band::{Band, Descending};
pub use opponent::ForOpponent;
pub use sample::Count;

use super::Limits;
use crate::game::{Formula, Outcome, Scenario, Space, Utility};
use columns::Columns;
use counts::Counts;
use halves::Halves;
use reach::Reach;
use sample::Coarse;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use streams::Streams;

/// An outcome with the utility asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// In the units of the utility function.
    pub utility: i128,
    /// The outcome: the first in lexicographic order of all with this utility, where `within` is 0 and the method is
    /// not `window`.
    pub outcome: Outcome,
    /// The right answer is at most this much nearer. 0: this is it, proven.
    pub within: i128,
}

/// A question that was not answered because of a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stopped {
    /// Which.
    pub limit: String,
}

impl Stopped {
    fn at(limit: impl Into<String>) -> Self {
        Stopped { limit: limit.into() }
    }
}

impl std::fmt::Display for Stopped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "stopped by a limit: {}", self.limit)
    }
}

impl std::error::Error for Stopped {}

/// Outcomes in a total order, utility downwards, then lexicographically, of which each can be told by its rank.
trait Ranked: Send + Sync {
    /// The number of outcomes with at least this utility.
    fn above(&self, utility: i128) -> u128;
    /// The utility at a rank from 0 on.
    fn utility_at(&self, rank: u128) -> Option<i128>;
    /// The outcome at a rank from 0 on.
    fn outcome_at(&self, rank: u128) -> Option<Outcome>;
}

/// Steps with an outcome that makes them, and how much nearer the right answer may be.
struct Hit {
    steps: i128,
    outcome: Outcome,
    gap: i128,
}

/// A search over the steps of [`Columns`], caps left out. Steps asked for are between 0 and the most.
trait Searched: Send + Sync {
    /// The fewest steps from here on.
    fn at_least(&self, steps: i128) -> Option<Hit>;
    /// The most steps up to here.
    fn at_most(&self, steps: i128) -> Option<Hit>;
    /// The outcomes between, steps downwards, then lexicographically; `None` when there are more than `most`.
    fn band(&self, low: i128, high: i128, most: usize) -> Option<Vec<(i128, Outcome)>>;
    /// The number of outcomes between, where it is quick to tell.
    fn count(&self, low: i128, high: i128) -> Option<u128>;
}

/// A structure that answers.
enum Structure {
    /// There is no outcome.
    Nothing,
    Ranked(Box<dyn Ranked>),
    Searched(Box<Searching>),
}

/// A search with what answers the questions that it does not.
struct Searching {
    columns: Arc<Columns>,
    search: Box<dyn Searched>,
    streams: Mutex<Streams>,
    coarse: OnceLock<Option<Coarse>>,
}

/// The ways to build an [`Inverse`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Index,
    Counts,
    Reach,
    Halves,
    Window,
}

/// One party's utility turned round: from a utility to outcomes.
///
/// Outcomes are in a total order: utility downwards, then lexicographically by digits. Every structure gives the
/// same answers, save `window`, whose answers may come with [`Answer::within`].
///
/// ```
/// use detente::analysis::{Limits, inverse::Inverse};
/// use detente::game::{Issue, Profile, Scenario, Space, Utility};
/// let space = Space { issues: vec![Issue::named("price", &["low", "high"]), Issue::named("delivery", &["now", "later"])] };
/// let buyer = Utility { unit: 10, worth: vec![vec![7, 0], vec![3, 0]], ..Utility::default() };
/// let scenario = Scenario::new("a sale", space, vec![Profile::new("buyer", buyer)]);
/// let inverse = Inverse::of(&scenario, 0, &Limits::default()).unwrap();
/// assert_eq!(inverse.nearest(6).unwrap().utility, 7);
/// assert_eq!(inverse.next_best(7).unwrap().outcome.digits(), [1, 0]);
/// assert_eq!(inverse.kth(1).unwrap().unwrap().utility, 7);
/// ```
pub struct Inverse {
    structure: Structure,
    method: &'static str,
    most: usize,
}

impl std::fmt::Debug for Inverse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inverse").field("method", &self.method).finish_non_exhaustive()
    }
}

impl Inverse {
    /// The inverse of a party's utility over the outcomes that keep the rules of a scenario.
    ///
    /// # Errors
    /// When the utility is not a sum over single issues, or a rule ties issues together, and there are more outcomes
    /// than five times [`Limits::points`]; when there are more than 1,000 issues, or utilities exceed 2^125; when there
    /// is no such party.
    pub fn of(scenario: &Scenario, party: usize, limits: &Limits) -> Result<Self, Stopped> {
        let profile = scenario.parties.get(party).ok_or_else(|| Stopped::at("no such party"))?;
        Self::over(&scenario.space, &scenario.rules, &profile.utility, limits)
    }

    /// The inverse of any utility, a model of the other side for example, over the outcomes of a space that keep rules.
    ///
    /// # Errors
    /// See [`Inverse::of`].
    pub fn over(space: &Space, rules: &[Formula], utility: &Utility, limits: &Limits) -> Result<Self, Stopped> {
        let enumerable = space.small_count().is_some_and(|n| n <= limits.points.saturating_mul(5).min(1 << 31) as u64);
        let separate = utility.is_additive() && rules.iter().all(|r| r.scope().len() <= 1);
        if !separate && !enumerable {
            return Err(Stopped::at("outcomes of a utility that is not a sum over single issues"));
        }
        columns::check(space, utility)?;
        if !separate {
            let index = index::enumerated(space, utility, rules)?;
            return Ok(Inverse { structure: Structure::Ranked(index), method: "index", most: limits.points });
        }
        let columns = Columns::of(utility, &columns::permitted(space, rules));
        let way = Way::best(&columns, limits);
        Ok(Self::built(columns, way, limits))
    }

    /// Builds in the way given, which the caller found to fit.
    fn built(columns: Columns, way: Way, limits: &Limits) -> Self {
        let most = limits.points;
        let (columns, method) = (Arc::new(columns), way.name());
        if columns.none() {
            return Inverse { structure: Structure::Nothing, method, most };
        }
        let narrow = columns.most() < 1 << 61;
        let halves = |most: usize| -> Box<dyn Searched> {
            let cut = halves::split(&columns, most);
            if narrow {
                Box::new(Halves::<i64>::of(columns.clone(), cut))
            } else {
                Box::new(Halves::<i128>::of(columns.clone(), cut))
            }
        };
        let search: Box<dyn Searched> = match way {
            Way::Index => {
                return Inverse { structure: Structure::Ranked(index::additive(&columns)), method, most };
            }
            Way::Counts => {
                let small = columns.count().is_some_and(|n| u64::try_from(n).is_ok());
                let counts: Box<dyn Ranked> =
                    if small { Box::new(Counts::<u64>::of(columns)) } else { Box::new(Counts::<u128>::of(columns)) };
                return Inverse { structure: Structure::Ranked(counts), method, most };
            }
            Way::Reach => Box::new(Reach::of(columns.clone())),
            Way::Halves => halves(limits.points),
            Way::Window => halves(limits.points.min(WINDOW)),
        };
        let streams = Mutex::new(Streams::of(columns.clone(), limits.points.saturating_mul(4)));
        let searching = Searching { columns, search, streams, coarse: OnceLock::new() };
        Inverse { structure: Structure::Searched(Box::new(searching)), method, most }
    }

    /// What was built: `index` (every outcome, sorted), `counts` (how many outcomes make each sum), `reach` (one bit for
    /// each sum), `halves` (meet in the middle), or `window` (meet in the middle over a part of the issues).
    #[must_use]
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// The outcome of the greatest utility. `None`, here and below, when there is no such outcome.
    #[must_use]
    pub fn best(&self) -> Option<Answer> {
        self.at_most(i128::MAX)
    }

    /// The outcome of the least utility.
    #[must_use]
    pub fn worst(&self) -> Option<Answer> {
        self.at_least(i128::MIN)
    }

    /// The cheapest outcome that is worth at least this much.
    #[must_use]
    pub fn at_least(&self, utility: i128) -> Option<Answer> {
        match &self.structure {
            Structure::Nothing => None,
            Structure::Ranked(ranked) => {
                let last = ranked.above(utility).checked_sub(1)?;
                let found = ranked.utility_at(last)?;
                let first = found.checked_add(1).map_or(0, |more| ranked.above(more));
                Some(Answer { utility: found, outcome: ranked.outcome_at(first)?, within: 0 })
            }
            Structure::Searched(searching) => {
                let steps = searching.columns.steps_from(utility);
                if steps > searching.columns.top() { None } else { searching.answer(searching.search.at_least(steps)?) }
            }
        }
    }

    /// The best outcome that is worth at most this much.
    #[must_use]
    pub fn at_most(&self, utility: i128) -> Option<Answer> {
        match &self.structure {
            Structure::Nothing => None,
            Structure::Ranked(ranked) => {
                let first = utility.checked_add(1).map_or(0, |more| ranked.above(more));
                let found = ranked.utility_at(first)?;
                Some(Answer { utility: found, outcome: ranked.outcome_at(first)?, within: 0 })
            }
            Structure::Searched(searching) => searching.at_most(utility),
        }
    }

    /// The best outcome that is worth less than this: what a strategy proposes next that steps down one utility at a time.
    #[must_use]
    pub fn next_best(&self, after: i128) -> Option<Answer> {
        self.at_most(after.checked_sub(1)?)
    }

    /// The outcome whose utility is nearest to a target; of two as near, the better.
    #[must_use]
    pub fn nearest(&self, target: i128) -> Option<Answer> {
        let above = self.at_least(target);
        if above.as_ref().is_some_and(|a| a.utility == target) {
            return above;
        }
        let (above, below) = match (above, self.at_most(target)) {
            (Some(above), Some(below)) => (above, below),
            (above, below) => return above.or(below),
        };
        let (up, down) = (above.utility.abs_diff(target), target.abs_diff(below.utility));
        // Neither side may be nearer than its own bound, so the nearer answer is off by no more than the larger gain.
        let least =
            (up.saturating_sub(above.within.unsigned_abs())).min(down.saturating_sub(below.within.unsigned_abs()));
        let mut nearer = if up <= down { above } else { below };
        nearer.within = i128::try_from(up.min(down) - least.min(up.min(down))).unwrap_or(i128::MAX);
        Some(nearer)
    }

    /// The outcome at a rank, the best at 0; `Ok(None)` past the last.
    ///
    /// With `index` and `counts` any rank is quick. Else outcomes are made from the best downwards and kept.
    ///
    /// # Errors
    /// When more partial outcomes would have to be kept than four times [`Limits::points`].
    pub fn kth(&self, rank: u128) -> Result<Option<Answer>, Stopped> {
        match &self.structure {
            Structure::Nothing => Ok(None),
            Structure::Ranked(ranked) => Ok(ranked
                .utility_at(rank)
                .and_then(|utility| Some(Answer { utility, outcome: ranked.outcome_at(rank)?, within: 0 }))),
            Structure::Searched(searching) => {
                let rank = usize::try_from(rank).map_err(|_| Stopped::at("ranks beyond 2^64"))?;
                // A thread that panicked while it held the streams would have left them whole or stopped.
                let mut streams = searching.streams.lock().unwrap_or_else(PoisonError::into_inner);
                let found = streams.nth(rank)?;
                let utility = |steps| searching.columns.utility(steps);
                Ok(found.map(|(steps, outcome)| Answer { utility: utility(steps), outcome, within: 0 }))
            }
        }
    }
}

/// Sums in one half of a window at most.
const WINDOW: usize = 1 << 17;

impl Searching {
    fn at_most(&self, utility: i128) -> Option<Answer> {
        let beyond = utility.checked_add(1).map_or(self.columns.top() + 1, |more| self.columns.steps_from(more));
        let steps = beyond - 1;
        if steps < 0 {
            return None;
        }
        match self.columns.ceiling {
            // What the cap cuts is all the same, so nothing need be searched.
            Some((from, cap)) if steps >= from => {
                Some(Answer { utility: cap, outcome: self.columns.first_from(from)?, within: 0 })
            }
            _ => self.answer(self.search.at_most(steps)?),
        }
    }

    fn answer(&self, hit: Hit) -> Option<Answer> {
        let utility = self.columns.utility(hit.steps);
        match self.columns.ceiling {
            Some((from, _)) if hit.steps >= from => {
                // The search looks at the sums, among which the first in order need not be the first of the capped.
                let cheapest = self.columns.utility((hit.steps - hit.gap).max(0));
                Some(Answer { utility, outcome: self.columns.first_from(from)?, within: utility - cheapest })
            }
            _ => Some(Answer { utility, outcome: hit.outcome, within: self.columns.grid * hit.gap }),
        }
    }
}

impl Way {
    fn name(self) -> &'static str {
        match self {
            Way::Index => "index",
            Way::Counts => "counts",
            Way::Reach => "reach",
            Way::Halves => "halves",
            Way::Window => "window",
        }
    }

    /// The way that answers most, within a few hundred bytes for each of [`Limits::points`].
    fn best(columns: &Columns, limits: &Limits) -> Self {
        let points = limits.points.max(1) as u128;
        let outcomes = columns.count();
        let bytes = |cells: i128, each: u128| cells.unsigned_abs().saturating_mul(each);
        let each = outcomes.map(|n| if u64::try_from(n).is_ok() { 8 } else { 16 });
        let countable = each.is_some_and(|each| bytes(counts::cells(columns), each) <= points.saturating_mul(128));
        let work =
            |(column, reach): (&Vec<columns::Choice>, &i128)| reach.unsigned_abs().saturating_mul(column.len() as u128);
        let adding = columns.choices.iter().zip(&columns.reach).map(work).fold(0, u128::saturating_add);
        match outcomes {
            // Sorting takes some twenty comparisons per outcome.
            Some(n) if n <= points.saturating_mul(2).min(1 << 31) && !(countable && adding < n.saturating_mul(20)) => {
                Way::Index
            }
            _ if countable => Way::Counts,
            _ if reach::bits(columns).unsigned_abs() <= points.saturating_mul(1024) => Way::Reach,
            _ if halves::split(columns, limits.points).0 == 0 => Way::Halves,
            _ => Way::Window,
        }
    }
}

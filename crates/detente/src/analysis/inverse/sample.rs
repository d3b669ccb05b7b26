//! How many outcomes lie in a band of utility, and one of them by chance.

use super::columns::Columns;
use super::counts::{self, Counts};
use super::{Answer, Inverse, Searching, Stopped, Structure};
use crate::game::Stream;
use std::sync::Arc;

/// Entries of the coarse counts, about.
const COARSE: i128 = 1 << 20;
/// Outcomes of a band that are listed to count them or to draw one.
const FEW: usize = 4_096;
/// Draws from the coarse counts until one is in the band.
const DRAWS: usize = 100_000;

/// A number of outcomes, or what it lies between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// As many or more.
    pub at_least: u128,
    /// As many or fewer. The same as `at_least` where the number is known.
    pub at_most: u128,
}

/// Counts over steps rounded down: outcomes that make about so many steps can be counted and drawn.
pub(super) struct Coarse {
    /// How many steps are one.
    by: i128,
    /// How many steps rounding loses at most.
    lost: i128,
    counts: Counts<u128>,
}

impl Coarse {
    /// `None` when the outcomes are 2^127 or more.
    fn of(columns: &Columns) -> Option<Self> {
        columns.count().filter(|n| *n < 1 << 127)?;
        let by = counts::cells(columns) / COARSE + 1;
        let lost = (by - 1).saturating_mul(i128::try_from(columns.choices.len()).ok()?);
        Some(Coarse { by, lost, counts: Counts::of(Arc::new(columns.coarsened(by))) })
    }

    fn between(&self, low: i128, high: i128) -> u128 {
        self.counts.from(low).saturating_sub(self.counts.from((high + 1).max(0)))
    }

    /// The coarse steps that outcomes between these steps may make.
    fn possible(&self, low: i128, high: i128) -> (i128, i128) {
        // Rounded up, since by * coarse + lost >= low.
        ((low - self.lost + self.by - 1).div_euclid(self.by).max(0), high.div_euclid(self.by))
    }

    fn count(&self, low: i128, high: i128, most: i128) -> Count {
        let (first, last) = self.possible(low, high);
        let surely_from = (low + self.by - 1).div_euclid(self.by);
        // Nothing exceeds the most, so rounding cannot push anything beyond it.
        let surely_to = if high >= most { last } else { (high - self.lost).div_euclid(self.by) };
        let at_least = if surely_from <= surely_to { self.between(surely_from, surely_to) } else { 0 };
        Count { at_least, at_most: self.between(first, last) }
    }

    /// One of the outcomes whose coarse steps are possible for the band, all equally likely.
    fn draw(&self, low: i128, high: i128, stream: &mut Stream) -> Option<Vec<usize>> {
        let (first, last) = self.possible(low, high);
        let beyond = self.counts.from(last + 1);
        let rank = beyond + below(stream, self.between(first, last))?;
        let steps = self.counts.steps_at(rank)?;
        self.counts.nth(steps, true, rank - self.counts.from(steps + 1))
    }
}

/// A whole number below `n`, without bias; `None` when `n` is 0.
fn below(stream: &mut Stream, n: u128) -> Option<u128> {
    if let Ok(n) = u64::try_from(n) {
        return (n > 0).then(|| u128::from(stream.below(n)));
    }
    let rest = (u128::MAX % n + 1) % n;
    loop {
        let x = u128::from(stream.next_u64()) << 64 | u128::from(stream.next_u64());
        if x <= u128::MAX - rest {
            return Some(x % n);
        }
    }
}

impl Inverse {
    /// How many outcomes have a utility from `low` to `high`, both included.
    ///
    /// Exact with `index`, `counts` and `halves`, and where they are few; else bounds from sums rounded down.
    ///
    /// # Errors
    /// With `reach` and `window`, when there are 2^127 outcomes or more.
    pub fn count(&self, low: i128, high: i128) -> Result<Count, Stopped> {
        let exact = |n: u128| Count { at_least: n, at_most: n };
        match &self.structure {
            Structure::Nothing => Ok(exact(0)),
            Structure::Ranked(ranked) => {
                let beyond = high.checked_add(1).map_or(0, |more| ranked.above(more));
                Ok(exact(ranked.above(low).saturating_sub(beyond)))
            }
            Structure::Searched(searching) => {
                let Some((from, to, capped)) = searching.steps(low, high) else { return Ok(exact(0)) };
                let to = if capped { searching.columns.most() } else { to };
                if let Some(count) = searching.search.count(from, to) {
                    return Ok(exact(count));
                }
                let coarse = searching.coarse().ok_or_else(too_many)?;
                let count = coarse.count(from, to, searching.columns.most());
                if count.at_least < count.at_most
                    && count.at_most <= FEW as u128
                    && let Some(listed) = searching.list(low, high, FEW)
                {
                    return Ok(exact(listed.len() as u128));
                }
                Ok(count)
            }
        }
    }

    /// One of the outcomes with a utility from `low` to `high`, both included, all equally likely; `Ok(None)` when there
    /// is none.
    ///
    /// With `reach`, `halves` and `window` outcomes are drawn by their rounded sums and drawn again until one is in
    /// the band, which changes nothing in their chances.
    ///
    /// # Errors
    /// With those, when there are 2^127 outcomes or more, or none was in the band after 100,000 draws.
    pub fn sample(&self, low: i128, high: i128, stream: &mut Stream) -> Result<Option<Answer>, Stopped> {
        match &self.structure {
            Structure::Nothing => Ok(None),
            Structure::Ranked(ranked) => {
                let beyond = high.checked_add(1).map_or(0, |more| ranked.above(more));
                match below(stream, ranked.above(low).saturating_sub(beyond)) {
                    Some(rank) => self.kth(beyond + rank),
                    None => Ok(None),
                }
            }
            Structure::Searched(searching) => searching.sample(low, high, stream),
        }
    }
}

fn pick(listed: Vec<Answer>, stream: &mut Stream) -> Option<Answer> {
    let at = usize::try_from(stream.below(listed.len() as u64)).ok()?;
    listed.into_iter().nth(at)
}

fn too_many() -> Stopped {
    Stopped::at("2^127 outcomes that are counted")
}

impl Searching {
    fn coarse(&self) -> Option<&Coarse> {
        self.coarse.get_or_init(|| Coarse::of(&self.columns)).as_ref()
    }

    fn sample(&self, low: i128, high: i128, stream: &mut Stream) -> Result<Option<Answer>, Stopped> {
        let columns: &Columns = &self.columns;
        let Some((from, to, capped)) = self.steps(low, high) else { return Ok(None) };
        let to = if capped { columns.most() } else { to };
        let coarse = self.coarse().ok_or_else(too_many)?;
        if coarse.count(from, to, columns.most()).at_most <= FEW as u128
            && let Some(listed) = self.list(low, high, FEW)
        {
            return Ok(pick(listed, stream));
        }
        for _ in 0..DRAWS {
            let Some(picks) = coarse.draw(from, to, stream) else { return Ok(None) };
            let steps = columns.steps(&picks);
            if (from..=to).contains(&steps) {
                return Ok(Some(Answer {
                    utility: columns.utility(steps),
                    outcome: columns.outcome(&picks),
                    within: 0,
                }));
            }
        }
        // Too narrow for that, so there are few, unless utilities are very uneven.
        match self.list(low, high, FEW) {
            Some(listed) => Ok(pick(listed, stream)),
            None => Err(Stopped::at("draws for an outcome in a narrow band")),
        }
    }
}

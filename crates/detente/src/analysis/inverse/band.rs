//! Outcomes one after the other: all from the best downwards, or those of a band of utility.

use super::columns::{Columns, Lexicographic};
use super::{Answer, Inverse, Searching, Stopped, Structure};
use crate::game::Outcome;

/// Outcomes from the best downwards. See [`Inverse::descending`].
#[derive(Debug)]
pub struct Descending<'a> {
    inverse: &'a Inverse,
    next: u128,
}

impl Iterator for Descending<'_> {
    type Item = Result<Answer, Stopped>;

    fn next(&mut self) -> Option<Self::Item> {
        let answer = self.inverse.kth(self.next).transpose()?;
        self.next += 1;
        Some(answer)
    }
}

/// The outcomes of a band, in decreasing order. See [`Inverse::within`].
#[derive(Debug)]
pub struct Band<'a>(Source<'a>);

#[derive(Debug)]
enum Source<'a> {
    Ranks(&'a Inverse, u128, u128),
    Listed(std::vec::IntoIter<Answer>),
}

impl Iterator for Band<'_> {
    type Item = Answer;

    fn next(&mut self) -> Option<Answer> {
        match &mut self.0 {
            Source::Ranks(inverse, from, to) => {
                let rank = Some(*from).filter(|rank| rank < to)?;
                *from += 1;
                inverse.kth(rank).ok().flatten()
            }
            Source::Listed(all) => all.next(),
        }
    }
}

impl Inverse {
    /// Outcomes from the best downwards, each once; of equal ones the first in lexicographic order first. After an
    /// error (see [`Inverse::kth`]) every further one is that error.
    #[must_use]
    pub fn descending(&self) -> Descending<'_> {
        Descending { inverse: self, next: 0 }
    }

    /// The outcomes with a utility from `low` to `high`, both included, in the order of [`Inverse::descending`].
    ///
    /// # Errors
    /// When they have to be listed first (`reach`, `halves`) and are more than [`crate::analysis::Limits::points`]; with
    /// `window`, when there are outcomes that it cannot list.
    pub fn within(&self, low: i128, high: i128) -> Result<Band<'_>, Stopped> {
        Ok(Band(match &self.structure {
            Structure::Nothing => Source::Listed(Vec::new().into_iter()),
            Structure::Ranked(ranked) => {
                let from = high.checked_add(1).map_or(0, |more| ranked.above(more));
                Source::Ranks(self, from, ranked.above(low))
            }
            Structure::Searched(searching) => {
                let found = searching.list(low, high, self.most);
                let found = found.ok_or_else(|| Stopped::at("outcomes of a band that are listed"))?;
                Source::Listed(found.into_iter())
            }
        }))
    }
}

impl Searching {
    /// The steps of a band, and whether what the cap cuts is in it.
    pub(super) fn steps(&self, low: i128, high: i128) -> Option<(i128, i128, bool)> {
        let columns: &Columns = &self.columns;
        let beyond = high.checked_add(1).map_or(columns.top() + 1, |more| columns.steps_from(more));
        let (low, high) = (columns.steps_from(low), beyond - 1);
        let capped = columns.ceiling.is_some() && high >= columns.top();
        (low <= high).then_some((low, high, capped))
    }

    /// The outcomes of a band in order, or `None` when they are more than `most` or cannot be listed.
    pub(super) fn list(&self, low: i128, high: i128, most: usize) -> Option<Vec<Answer>> {
        let Some((low, mut high, capped)) = self.steps(low, high) else { return Some(Vec::new()) };
        let columns: &Columns = &self.columns;
        let mut found = Vec::new();
        if let (true, Some((from, _))) = (capped, columns.ceiling) {
            let mut all = Lexicographic::default();
            let fits = |level: usize, sum: i128| sum + columns.reach.get(level).copied().unwrap_or(0) >= from;
            while let Some(outcome) = all.next(columns, fits) {
                if found.len() >= most {
                    return None;
                }
                found.push((from, outcome));
            }
            high = from - 1;
        }
        if low <= high {
            let rest: Vec<(i128, Outcome)> = self.search.band(low, high, most - found.len())?;
            found.extend(rest);
        }
        let answer = |(steps, outcome)| Answer { utility: columns.utility(steps), outcome, within: 0 };
        Some(found.into_iter().map(answer).collect())
    }
}

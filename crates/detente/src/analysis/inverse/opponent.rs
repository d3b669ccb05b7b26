//! Of the outcomes that are worth enough to me, the one that is best for the other side.

use crate::analysis::{Frontier, Point};

/// The efficient trade-offs between two parties, ready to be asked.
///
/// The best for the opponent among all outcomes worth at least `t` to me is on the frontier: were it dominated, what
/// dominates it would be worth at least `t` as well and no less to the opponent. Of several outcomes that are equally
/// good for the opponent, the one that is best for me; of several equally good for me, the best for the opponent.
/// A frontier of more parties serves as well: its points are cut down to what counts between the two.
///
/// For a model of the opponent's utility, take the frontier of the scenario of one's own profile and the model.
#[derive(Debug, Clone)]
pub struct ForOpponent<'a> {
    frontier: &'a Frontier,
    /// Decreasing.
    mine: Vec<i128>,
    /// Where they are on the frontier.
    at: Vec<usize>,
}

impl<'a> ForOpponent<'a> {
    /// From a frontier and the positions of the two parties. Parties that are not there make it empty.
    #[must_use]
    pub fn of(frontier: &'a Frontier, me: usize, opponent: usize) -> Self {
        let both = |(at, p): (usize, &Point)| Some((*p.utilities.get(me)?, *p.utilities.get(opponent)?, at));
        let mut all: Vec<(i128, i128, usize)> = frontier.points.iter().enumerate().filter_map(both).collect();
        all.sort_unstable_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then(a.2.cmp(&b.2)));
        let mut highest: Option<i128> = None;
        all.retain(|(_, theirs, _)| {
            let better = highest.is_none_or(|h| *theirs > h);
            highest = if better { Some(*theirs) } else { highest };
            better
        });
        let (mine, at) = all.into_iter().map(|(mine, _, at)| (mine, at)).unzip();
        ForOpponent { frontier, mine, at }
    }

    /// The outcome best for the opponent among those worth at least this much to me; `None` when there is none.
    #[must_use]
    pub fn best(&self, at_least: i128) -> Option<&'a Point> {
        let worth = self.mine.partition_point(|mine| *mine >= at_least);
        self.point(worth.checked_sub(1)?)
    }

    /// The outcome nearest to a target in utility to me, of those that are efficient between the two; of two as near,
    /// the better for me.
    #[must_use]
    pub fn nearest(&self, target: i128) -> Option<&'a Point> {
        let worth = self.mine.partition_point(|mine| *mine >= target);
        let distance = |at: &usize| self.mine.get(*at).map(|mine| mine.abs_diff(target));
        let sides = [worth.checked_sub(1), Some(worth)].into_iter().flatten();
        let near = sides.filter_map(|at| Some((distance(&at)?, at))).min();
        self.point(near?.1)
    }

    fn point(&self, at: usize) -> Option<&'a Point> {
        self.frontier.points.get(*self.at.get(at)?)
    }
}

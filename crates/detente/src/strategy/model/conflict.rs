//! Orders of values and of issues from comparing earlier offers with later ones.
//!
//! Keskin, Buzcu and Aydoğan, *Conflict-based negotiation strategy for human-agent negotiation* (Applied Intelligence 53,
//! 2023), as far as its model goes. The other is taken to concede: of two of its offers it likes the earlier better. Two
//! that differ on one issue tell which value it likes better; two that differ on several tell that some issue on which the
//! later is worse matters more than one on which it is better. Values and issues are ordered by the majority of what was
//! told, and by the order before where it is even. At first the other is taken to want the opposite of the one who
//! watches. A value is worth its rank over the number of values; an issue weighs its rank.
//!
//! Known behaviour: what is told may go round in a circle; then the order depends on where the sorting begins. The last 200
//! different offers are compared.

use super::Estimate;
use crate::game::{Outcome, Space};

/// How many offers are kept for comparing.
const KEPT: usize = 200;

/// A conflict-based model.
#[derive(Debug, Clone, Default)]
pub struct Conflict {
    heard: Vec<Outcome>,
    /// Of each issue: how often the first value was given up for the second, row by row.
    given_up: Vec<Vec<u32>>,
    /// How often the first issue mattered more than the second, row by row.
    mattered: Vec<u32>,
    /// Values of each issue from the one liked least to the one liked best; issues likewise.
    values: Vec<Vec<usize>>,
    issues: Vec<usize>,
    /// The rank of each value of each issue in that order.
    ranks: Vec<Vec<usize>>,
    estimate: Estimate,
}

impl Conflict {
    /// The model over a space, before any offer. `own`: what the one who watches wants.
    #[must_use]
    pub fn open(space: &Space, own: Option<&Estimate>) -> Self {
        let sizes: Vec<usize> = space.sizes().collect();
        let worst_first = |worths: Option<&Vec<f64>>, size: usize| -> Vec<usize> {
            let worth = |at: usize| worths.and_then(|w| w.get(at)).copied().unwrap_or(0.0);
            let mut order: Vec<usize> = (0..size).collect();
            // The best for oneself first: the worst for the other.
            order.sort_by(|a, b| worth(*b).total_cmp(&worth(*a)));
            order
        };
        let mut model = Conflict {
            heard: Vec::new(),
            given_up: sizes.iter().map(|size| vec![0; size * size]).collect(),
            mattered: vec![0; sizes.len() * sizes.len()],
            values: sizes
                .iter()
                .enumerate()
                .map(|(at, size)| worst_first(own.and_then(|own| own.values.get(at)), *size))
                .collect(),
            issues: worst_first(own.map(|own| &own.weights), sizes.len()),
            ranks: Vec::new(),
            estimate: Estimate::flat(space, 1.0),
        };
        model.ranks = model.values.iter().map(|order| ranks(order)).collect();
        model.write();
        model
    }

    /// Hears an offer.
    pub fn hear(&mut self, offer: &Outcome) {
        if self.heard.contains(offer) {
            return;
        }
        for earlier in &self.heard {
            if let Some((issue, before, after)) = single(earlier, offer) {
                let size = self.values.get(issue).map_or(0, Vec::len);
                if let Some(count) = self.given_up.get_mut(issue).and_then(|g| g.get_mut(before * size + after)) {
                    *count += 1;
                }
            }
        }
        // Which issues mattered is told by the order of values as it was before this offer.
        let news = self.heard.len();
        self.heard.push(offer.clone());
        for earlier in 0..news {
            self.weigh(earlier, news);
        }
        let before = self.ranks.clone();
        for ((order, given_up), ranks_of) in self.values.iter_mut().zip(&self.given_up).zip(&mut self.ranks) {
            *order = majority(order.len(), given_up, ranks_of);
            *ranks_of = ranks(order);
        }
        let issues = ranks(&self.issues);
        self.issues = majority(self.issues.len(), &self.mattered, &issues);
        if self.heard.len() > KEPT {
            self.heard.remove(0);
        }
        if before != self.ranks {
            // All comparisons say something else from now on.
            self.mattered.iter_mut().for_each(|count| *count = 0);
            for later in 0..self.heard.len() {
                for earlier in 0..later {
                    self.weigh(earlier, later);
                }
            }
        }
        self.write();
    }

    /// Counts which issues mattered more than which, by one pair of offers.
    fn weigh(&mut self, earlier: usize, later: usize) {
        let (Some(earlier), Some(later)) = (self.heard.get(earlier), self.heard.get(later)) else { return };
        if single(earlier, later).is_some() {
            return;
        }
        let count = self.issues.len();
        let rank = |issue: usize, digit: u16| self.ranks.get(issue).and_then(|r| r.get(usize::from(digit))).copied();
        let moved = |issue: usize| rank(issue, later.digit(issue)).cmp(&rank(issue, earlier.digit(issue)));
        for worse in (0..count).filter(|issue| moved(*issue).is_lt()) {
            for better in (0..count).filter(|issue| moved(*issue).is_gt()) {
                if let Some(more) = self.mattered.get_mut(worse * count + better) {
                    *more += 1;
                }
            }
        }
    }

    /// Writes the orders down as an estimate.
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    fn write(&mut self) {
        for (ranks, values) in self.ranks.iter().zip(&mut self.estimate.values) {
            let size = ranks.len().max(1) as f64;
            for (value, rank) in values.iter_mut().zip(ranks) {
                *value = (*rank + 1) as f64 / size;
            }
        }
        let count = self.issues.len();
        let sum = (count * (count + 1) / 2).max(1) as f64;
        for (weight, rank) in self.estimate.weights.iter_mut().zip(ranks(&self.issues)) {
            *weight = (rank + 1) as f64 / sum;
        }
    }

    /// What it has learned.
    #[must_use]
    pub fn estimate(&self) -> &Estimate {
        &self.estimate
    }
}

/// The rank of each number in an order.
fn ranks(order: &[usize]) -> Vec<usize> {
    let mut ranks = vec![0; order.len()];
    for (rank, at) in order.iter().enumerate() {
        if let Some(place) = ranks.get_mut(*at) {
            *place = rank;
        }
    }
    ranks
}

/// The only issue on which two outcomes differ, with its value in both.
fn single(a: &Outcome, b: &Outcome) -> Option<(usize, usize, usize)> {
    let mut differs = a.digits().iter().zip(b.digits()).enumerate().filter(|(_, (a, b))| a != b);
    let (issue, (before, after)) = differs.next()?;
    differs.next().is_none().then_some((issue, usize::from(*before), usize::from(*after)))
}

/// Numbers from the least to the most by the majority of counts (row over column), by rank where it is even. Insertion, so
/// that counts that go round in a circle give some order too.
fn majority(size: usize, counts: &[u32], ranks: &[usize]) -> Vec<usize> {
    let over = |a: usize, b: usize| counts.get(a * size + b).copied().unwrap_or(0);
    let above = |a: usize, b: usize| match over(a, b).cmp(&over(b, a)) {
        std::cmp::Ordering::Equal => ranks.get(a) > ranks.get(b),
        more => more.is_gt(),
    };
    let mut order: Vec<usize> = Vec::with_capacity(size);
    for number in 0..size {
        let place = order.iter().rposition(|other| above(number, *other)).map_or(0, |at| at + 1);
        order.insert(place, number);
    }
    order
}

//! How a decision maker compares the states of a graph.

use std::collections::BTreeSet;

/// How one state compares with another for a decision maker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// Strongly less preferred (≪).
    MuchWorse,
    /// Less preferred (≺).
    Worse,
    /// Neither is preferred (∼).
    Equal,
    /// Preferred (≻).
    Better,
    /// Strongly preferred (≫).
    MuchBetter,
    /// Not known (U).
    Unknown,
}

/// The order of a decision maker over the states of a [`Graph`](super::Graph).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Order {
    /// The rank of each state, higher is better, equal is indifferent.
    pub rank: Vec<u32>,
    /// The level of each state: a state is *strongly* preferred to one of a lower level. Never falls while `rank`
    /// rises. Empty where strength is not known.
    pub level: Vec<u32>,
    /// Pairs of which it is not known which is preferred, the smaller number first.
    pub unknown: BTreeSet<(u32, u32)>,
}

impl Order {
    /// An order of ranks alone.
    #[must_use]
    pub fn of(rank: Vec<u32>) -> Self {
        Order { rank, ..Order::default() }
    }

    /// How state `a` compares with state `b`. States outside the order are at rank 0.
    ///
    /// ```
    /// use detente::game::conflict::{Comparison, Order};
    /// let order = Order::of(vec![2, 0, 1]);
    /// assert_eq!(order.compare(0, 1), Comparison::Better);
    /// ```
    #[must_use]
    pub fn compare(&self, a: usize, b: usize) -> Comparison {
        if !self.unknown.is_empty() {
            let pair = |a: usize, b: usize| Some((u32::try_from(a).ok()?, u32::try_from(b).ok()?));
            if pair(a.min(b), a.max(b)).is_some_and(|pair| self.unknown.contains(&pair)) {
                return Comparison::Unknown;
            }
        }
        let rank = |s: usize| self.rank.get(s).copied().unwrap_or(0);
        let level = |s: usize| self.level.get(s).copied().unwrap_or(0);
        match (rank(a).cmp(&rank(b)), level(a).cmp(&level(b))) {
            (std::cmp::Ordering::Less, std::cmp::Ordering::Less) => Comparison::MuchWorse,
            (std::cmp::Ordering::Less, _) => Comparison::Worse,
            (std::cmp::Ordering::Equal, _) => Comparison::Equal,
            (std::cmp::Ordering::Greater, std::cmp::Ordering::Greater) => Comparison::MuchBetter,
            (std::cmp::Ordering::Greater, _) => Comparison::Better,
        }
    }

    /// Whether `a` is known to be preferred to `b`, strongly or not.
    #[must_use]
    pub fn prefers(&self, a: usize, b: usize) -> bool {
        matches!(self.compare(a, b), Comparison::Better | Comparison::MuchBetter)
    }
}

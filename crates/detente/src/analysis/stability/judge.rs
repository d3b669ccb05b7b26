//! Random conflicts on which engines are judged. For tests.

use crate::game::conflict::{Conflict, Control, Maker, Moves, Preference, Strength};
use crate::game::{Formula, Issue, Outcome, Space, Stream};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What random conflicts may look like.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    /// The fewest and the most decision makers; at least one.
    pub(crate) makers: (u64, u64),
    /// The most values of an issue; at least two.
    pub(crate) radix: u64,
    /// The most outcomes of the space, feasible or not. One issue of two values per decision maker is always there.
    pub(crate) outcomes: u64,
    /// Whether states can be infeasible.
    pub(crate) rules: bool,
    /// Whether moves of an issue can be limited: rising, falling, or listed.
    pub(crate) limited: bool,
    /// Whether some issues are held by several decision makers.
    pub(crate) joint: bool,
    /// Whether decision makers can fail to see states.
    pub(crate) unseen: bool,
    /// Whether strength can be known.
    pub(crate) strength: bool,
    /// Whether preferences can be unknown.
    pub(crate) unknown: bool,
}

impl Default for Shape {
    /// Two to five decision makers, two to four values, up to 256 outcomes; infeasible states and limited moves; every
    /// form of preference with ties; nothing joint, unseen, strong or unknown.
    fn default() -> Self {
        Shape {
            makers: (2, 5),
            radix: 4,
            outcomes: 256,
            rules: true,
            limited: true,
            joint: false,
            unseen: false,
            strength: false,
            unknown: false,
        }
    }
}

impl Shape {
    /// The same with everything that a conflict can say.
    pub(crate) fn full() -> Self {
        Shape { joint: true, unseen: true, strength: true, unknown: true, ..Shape::default() }
    }

    /// The conflict number `index` of `seed`: the same on every machine. It has no faults; now and then none of its
    /// states is feasible.
    pub(crate) fn conflict(&self, seed: u64, index: u64) -> Conflict {
        let mut draw = Draw(Stream::new(seed, index, Stream::lane("conflict")));
        let count = draw.between(self.makers.0, self.makers.1);
        let sizes = self.sizes(&mut draw, count);
        let space = Arc::new(space(&sizes));
        let control = (0..).zip(&sizes).map(|(at, size)| self.control(&mut draw, at, count, *size)).collect();
        let rules = if self.rules { draw.below(4) } else { 0 };
        let rules = (0..rules).map(|_| draw.rule(&sizes)).collect();
        let mut conflict = Conflict { space, makers: Vec::new(), control, rules };
        conflict.makers = (0..count).map(|at| self.maker(&mut draw, at, &sizes, &conflict)).collect();
        conflict
    }

    /// One issue for each decision maker, and more while they fit.
    fn sizes(&self, draw: &mut Draw, makers: u64) -> Vec<u64> {
        let mut sizes = vec![2; usize::try_from(makers).unwrap()];
        let mut outcomes = 1u64 << makers;
        for size in &mut sizes {
            let wish = draw.between(2, self.radix);
            if draw.below(3) == 0 && outcomes / 2 * wish <= self.outcomes {
                outcomes = outcomes / 2 * wish;
                *size = wish;
            }
        }
        for _ in 0..draw.below(7) {
            let wish = if draw.below(3) == 0 { draw.between(2, self.radix) } else { 2 };
            if outcomes * wish <= self.outcomes {
                outcomes *= wish;
                sizes.push(wish);
            }
        }
        sizes
    }

    /// The first issues go to the decision makers in turn, so that each holds one.
    fn control(&self, draw: &mut Draw, issue: u64, makers: u64, size: u64) -> Control {
        let holders = if issue < makers {
            vec![issue]
        } else if self.joint && makers > 1 && draw.below(3) == 0 {
            let first = draw.below(makers);
            let mut all: Vec<u64> = (0..makers).filter(|at| *at == first || draw.below(2) == 0).collect();
            if all.len() < 2 {
                all = vec![first, (first + 1) % makers];
                all.sort_unstable();
            }
            all
        } else {
            vec![draw.below(makers)]
        };
        let moves = if self.limited { draw.moves(size) } else { Moves::Free };
        Control { holders: holders.into_iter().map(|h| usize::try_from(h).unwrap()).collect(), moves }
    }

    fn maker(&self, draw: &mut Draw, at: u64, sizes: &[u64], conflict: &Conflict) -> Maker {
        let preference = draw.preference(sizes, conflict);
        let strength = if self.strength { draw.strength(&preference) } else { Strength::None };
        let pairs = if self.unknown { draw.below(3) } else { 0 };
        let unknown = (0..pairs).map(|_| (draw.pattern(sizes), draw.pattern(sizes))).collect();
        let unseen = (self.unseen && draw.below(3) == 0).then(|| draw.pattern(sizes));
        Maker { id: format!("m{at}"), name: format!("Maker {at}"), preference, strength, unknown, unseen }
    }
}

fn space(sizes: &[u64]) -> Space {
    let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let issue = |(at, size): (usize, &u64)| {
        let values: Vec<&str> = names.iter().copied().take(usize::try_from(*size).unwrap()).collect();
        Issue::named(&format!("i{at}"), &values)
    };
    Space { issues: sizes.iter().enumerate().map(issue).collect() }
}

/// Draws of parts of a conflict.
struct Draw(Stream);

impl Draw {
    fn below(&mut self, n: u64) -> u64 {
        self.0.below(n)
    }

    fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.below(most - least + 1)
    }

    fn signed(&mut self, reach: u64) -> i64 {
        i64::try_from(self.below(2 * reach + 1)).unwrap() - i64::try_from(reach).unwrap()
    }

    fn moves(&mut self, size: u64) -> Moves {
        match self.below(8) {
            0 => Moves::Rising,
            1 => Moves::Falling,
            2 => {
                let mut pairs: Vec<(u16, u16)> = Vec::new();
                for a in 0..u16::try_from(size).unwrap() {
                    for b in 0..u16::try_from(size).unwrap() {
                        if a != b && self.below(2) == 0 {
                            pairs.push((a, b));
                        }
                    }
                }
                Moves::Only(closed(pairs))
            }
            _ => Moves::Free,
        }
    }

    /// A condition on one issue.
    fn literal(&mut self, sizes: &[u64]) -> Formula {
        let issue = usize::try_from(self.below(sizes.len() as u64)).unwrap();
        let pick = self.between(1, (1 << sizes[issue]) - 2);
        let digits = (0..sizes[issue]).filter(|d| pick >> d & 1 == 1);
        Formula::In(issue, digits.map(|d| u16::try_from(d).unwrap()).collect())
    }

    /// Conditions that hold together.
    fn pattern(&mut self, sizes: &[u64]) -> Formula {
        let count = self.between(1, 3);
        Formula::And((0..count).map(|_| self.literal(sizes)).collect())
    }

    /// What a state has to keep: most often that a pattern does not hold.
    fn rule(&mut self, sizes: &[u64]) -> Formula {
        match self.below(8) {
            0 => self.formula(sizes, 2),
            1 => Formula::Or((0..self.between(2, 3)).map(|_| self.literal(sizes)).collect()),
            _ => Formula::Not(Box::new(self.pattern(sizes))),
        }
    }

    fn formula(&mut self, sizes: &[u64], depth: u64) -> Formula {
        if depth == 0 {
            return self.literal(sizes);
        }
        match self.below(12) {
            0 => Formula::Constant(self.below(2) == 0),
            1 | 2 => Formula::Not(Box::new(self.formula(sizes, depth - 1))),
            3 | 4 => Formula::And((0..self.between(1, 3)).map(|_| self.formula(sizes, depth - 1)).collect()),
            5 | 6 => Formula::Or((0..self.between(1, 3)).map(|_| self.formula(sizes, depth - 1)).collect()),
            7 => {
                let (a, b) = (self.formula(sizes, depth - 1), self.formula(sizes, depth - 1));
                Formula::Or(vec![
                    Formula::And(vec![a.clone(), b.clone()]),
                    Formula::And(vec![Formula::Not(Box::new(a)), Formula::Not(Box::new(b))]),
                ])
            }
            _ => self.literal(sizes),
        }
    }

    /// Few statements, small worths and few classes make ties.
    fn preference(&mut self, sizes: &[u64], conflict: &Conflict) -> Preference {
        match self.below(4) {
            0 | 1 => {
                let most = if self.below(2) == 0 { 3 } else { 9 };
                let count = self.below(most + 1);
                Preference::Statements((0..count).map(|_| self.formula(sizes, 2)).collect())
            }
            2 => {
                let reach = if self.below(2) == 0 { 2 } else { 40 };
                let worth = |draw: &mut Draw, size: u64| match draw.below(3) {
                    0 => Vec::new(),
                    _ => (0..size).map(|_| draw.signed(reach)).collect(),
                };
                let worth = sizes.iter().map(|size| worth(self, *size)).collect();
                let terms = (0..self.below(5)).map(|_| (self.formula(sizes, 2), self.signed(reach))).collect();
                Preference::Sum { worth, terms }
            }
            _ => {
                let reach = if self.below(2) == 0 { 4 } else { 1000 };
                let count: u64 = sizes.iter().product();
                let outcomes: Vec<Outcome> = (0..count).map(|at| conflict.outcome(at)).collect();
                let named = outcomes.into_iter().filter(|_| self.below(8) > 0).collect::<Vec<_>>();
                let scores: BTreeMap<Outcome, i64> = named.into_iter().map(|o| (o, self.signed(reach))).collect();
                Preference::Ranking { scores, others: self.signed(reach) }
            }
        }
    }

    fn strength(&mut self, preference: &Preference) -> Strength {
        match preference {
            Preference::Statements(all) if self.below(3) > 0 => {
                Strength::Vital(usize::try_from(self.below(all.len() as u64 + 1)).unwrap())
            }
            _ => {
                let mut starts: Vec<i128> = (0..self.below(4)).map(|_| i128::from(self.signed(8))).collect();
                starts.sort_unstable();
                starts.dedup();
                Strength::Levels(starts)
            }
        }
    }
}

/// The pairs with all that follows from them.
fn closed(mut pairs: Vec<(u16, u16)>) -> Vec<(u16, u16)> {
    loop {
        let follows = |(a, b): &(u16, u16)| {
            let next = pairs.iter().filter(move |(c, d)| c == b && d != a).map(|(_, d)| (*a, *d));
            next.filter(|pair| !pairs.contains(pair)).collect::<Vec<_>>()
        };
        let Some(new) = pairs.iter().flat_map(follows).next() else {
            pairs.sort_unstable();
            return pairs;
        };
        pairs.push(new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_conflicts_are_without_fault_and_of_all_kinds() {
        let (mut infeasible, mut irreversible, mut many, mut ties, mut joint) = (0, 0, 0, 0, 0);
        for index in 0..500 {
            let conflict = Shape::full().conflict(1, index);
            assert_eq!(conflict.faults(), [], "{index}: {conflict:?}");
            let count = conflict.space.small_count().unwrap();
            assert!(count <= 256);
            let states: Vec<_> = (0..count).map(|at| conflict.outcome(at)).filter(|s| conflict.feasible(s)).collect();
            infeasible += u64::from((states.len() as u64) < count);
            irreversible += u64::from(conflict.control.iter().any(|c| c.moves != Moves::Free));
            many += u64::from(conflict.space.sizes().any(|size| size > 2));
            joint += u64::from(conflict.control.iter().any(|c| c.holders.len() > 1));
            let mut scores: Vec<_> = states.iter().map(|s| conflict.score(0, s)).collect();
            scores.sort_unstable();
            scores.dedup();
            ties += u64::from(scores.len() < states.len());
        }
        assert!([infeasible, irreversible, many, ties, joint].iter().all(|n| *n > 100));
    }
}

//! The definitions written again: explicit recursion over a state and the one who moved last.

use crate::analysis::stability::Concept;
use crate::game::conflict::{Comparison, Conflict, Graph};
use std::collections::BTreeSet;

/// A conflict as plain relations.
pub(super) struct Brute {
    pub(super) states: usize,
    /// Who moves, each with pairs of states.
    pub(super) movers: Vec<(Vec<usize>, Pairs)>,
    /// The score of each state for each decision maker.
    pub(super) scores: Vec<Vec<i128>>,
    /// Whether nobody moves twice in a row.
    pub(super) turns: bool,
    /// How a decision maker compares two states, with strength and what is not known.
    pub(super) comparison: Vec<Vec<Vec<Comparison>>>,
}

/// Moves, each from a state to a state.
pub(super) type Pairs = BTreeSet<(usize, usize)>;

/// Whether a move of a decision maker from a state to another counts.
pub(super) type Counts<'a> = &'a dyn Fn(usize, usize, usize) -> bool;

/// Where the pairs lead from a state.
fn from(pairs: &Pairs, s: usize) -> impl Iterator<Item = usize> + '_ {
    pairs.range((s, 0)..=(s, usize::MAX)).map(|(_, t)| *t)
}

impl Brute {
    pub(super) fn of(conflict: &Conflict) -> Self {
        let count = conflict.space.small_count().unwrap();
        let outcomes: Vec<_> =
            (0..count).map(|at| conflict.outcome(at)).filter(|o| conflict.rules.iter().all(|r| r.holds(o))).collect();
        let groups: BTreeSet<Vec<usize>> = conflict.control.iter().map(|c| c.holders.clone()).collect();
        let mut movers = Vec::new();
        for holders in groups {
            let mut pairs = BTreeSet::new();
            for (s, from) in outcomes.iter().enumerate() {
                for (t, to) in outcomes.iter().enumerate() {
                    let issue = |(at, c): (usize, &crate::game::conflict::Control)| {
                        let (a, b) = (from.digits()[at], to.digits()[at]);
                        a == b || c.holders == holders && c.moves.allow(a, b)
                    };
                    let seen = holders
                        .iter()
                        .all(|h| conflict.makers[*h].unseen.as_ref().is_none_or(|f| !f.holds(from) && !f.holds(to)));
                    if s != t && seen && conflict.control.iter().enumerate().all(issue) {
                        pairs.insert((s, t));
                    }
                }
            }
            movers.push((holders, pairs));
        }
        let scores: Vec<Vec<i128>> =
            conflict.makers.iter().map(|m| outcomes.iter().map(|o| m.preference.score(o)).collect()).collect();
        let compare = |maker: usize, a: usize, b: usize| {
            let it = &conflict.makers[maker];
            let pair = |one: usize, other: usize| {
                it.unknown.iter().any(|(f, g)| f.holds(&outcomes[one]) && g.holds(&outcomes[other]))
            };
            let level = |s: usize| it.strength.level(&it.preference, scores[maker][s]);
            let (x, y) = (scores[maker][a], scores[maker][b]);
            match () {
                () if a != b && (pair(a, b) || pair(b, a)) => Comparison::Unknown,
                () if x == y => Comparison::Equal,
                () if x > y && level(a) > level(b) => Comparison::MuchBetter,
                () if x > y => Comparison::Better,
                () if level(a) < level(b) => Comparison::MuchWorse,
                () => Comparison::Worse,
            }
        };
        let all = 0..outcomes.len();
        let row = |m: usize, a: usize| all.clone().map(|b| compare(m, a, b)).collect();
        let table = |m: usize| all.clone().map(|a| row(m, a)).collect();
        let comparison = (0..conflict.makers.len()).map(table).collect();
        Brute { states: outcomes.len(), movers, scores, turns: true, comparison }
    }

    pub(super) fn over(graph: &Graph) -> Self {
        let pairs = |moves: &Vec<Vec<u32>>| {
            let rows = moves.iter().enumerate();
            rows.flat_map(|(s, row)| row.iter().map(move |t| (s, *t as usize))).collect::<BTreeSet<_>>()
        };
        let mut movers: Vec<_> = graph.makers.iter().enumerate().map(|(i, m)| (vec![i], pairs(&m.moves))).collect();
        movers.extend(graph.joint.iter().map(|j| (j.holders.clone(), pairs(&j.moves))));
        let scores: Vec<Vec<i128>> =
            graph.makers.iter().map(|m| m.order.rank.iter().map(|r| i128::from(*r)).collect()).collect();
        let states = graph.states.len();
        let row = |m: &crate::game::conflict::GraphMaker, a| (0..states).map(|b| m.order.compare(a, b)).collect();
        let comparison = graph.makers.iter().map(|m| (0..states).map(|a| row(m, a)).collect()).collect();
        Brute { states, movers, scores, turns: true, comparison }
    }

    pub(super) fn makers(&self) -> usize {
        self.scores.len()
    }

    /// Where a decision maker can move at once.
    pub(super) fn moves(&self, maker: usize, s: usize) -> BTreeSet<usize> {
        let own = self.movers.iter().filter(|(holders, _)| *holders == [maker]);
        own.flat_map(|(_, pairs)| from(pairs, s)).collect()
    }

    fn visit(
        &self,
        group: &[usize],
        counts: Counts<'_>,
        at: (usize, Option<&Vec<usize>>),
        seen: &mut BTreeSet<(usize, Vec<usize>)>,
    ) {
        for (holders, pairs) in &self.movers {
            if !holders.iter().all(|h| group.contains(h)) || self.turns && at.1 == Some(holders) {
                continue;
            }
            for t in from(pairs, at.0) {
                let good = holders.iter().all(|h| counts(*h, at.0, t));
                if good && seen.insert((t, holders.clone())) {
                    self.visit(group, counts, (t, Some(holders)), seen);
                }
            }
        }
    }

    /// Where a group can get to. One who is alone moves once.
    pub(super) fn reach(&self, group: &[usize], counts: Counts<'_>, s: usize) -> BTreeSet<usize> {
        if let [one] = group {
            return self.moves(*one, s).into_iter().filter(|t| counts(*one, s, *t)).collect();
        }
        let mut seen = BTreeSet::new();
        self.visit(group, counts, (s, None), &mut seen);
        seen.into_iter().map(|(t, _)| t).filter(|t| *t != s).collect()
    }

    pub(super) fn others(&self, group: &[usize]) -> Vec<usize> {
        (0..self.makers()).filter(|j| !group.contains(j)).collect()
    }

    fn sanction(&self, i: usize, concept: Concept, s: usize, t: usize) -> bool {
        let p = &self.scores[i];
        let held = self.moves(i, t).iter().all(|u| p[*u] <= p[s]);
        match concept {
            Concept::Nash => false,
            Concept::Gmr | Concept::Seq => p[t] <= p[s],
            Concept::Smr | Concept::Sseq => p[t] <= p[s] && held,
        }
    }

    fn credible(&self, concept: Concept, j: usize, a: usize, b: usize) -> bool {
        !matches!(concept, Concept::Seq | Concept::Sseq) || self.scores[j][b] > self.scores[j][a]
    }

    pub(super) fn stable(&self, i: usize, concept: Concept, s: usize) -> bool {
        let p = &self.scores[i];
        self.moves(i, s).into_iter().filter(|t| p[*t] > p[s]).all(|t| {
            let counts = |j: usize, a: usize, b: usize| self.credible(concept, j, a, b);
            concept != Concept::Nash
                && self.reach(&self.others(&[i]), &counts, t).into_iter().any(|u| self.sanction(i, concept, s, u))
        })
    }

    /// The fewest moves from `t` to a sanction of leaving `s`, by widening rings.
    pub(super) fn shortest(&self, i: usize, concept: Concept, s: usize, t: usize) -> Option<usize> {
        let group = self.others(&[i]);
        let mut ring: BTreeSet<(usize, Vec<usize>)> = BTreeSet::from([(t, vec![])]);
        for length in 1..=self.states * self.movers.len() + 1 {
            let mut next = BTreeSet::new();
            for (at, last) in &ring {
                for (holders, pairs) in &self.movers {
                    if holders.iter().all(|h| group.contains(h)) && holders != last {
                        let good = |b: usize| holders.iter().all(|h| self.credible(concept, *h, *at, b));
                        next.extend(from(pairs, *at).filter(|b| good(*b)).map(|b| (b, holders.clone())));
                    }
                }
            }
            if next.iter().any(|(u, _)| self.sanction(i, concept, s, *u)) {
                return Some(length);
            }
            ring = next;
        }
        None
    }
}

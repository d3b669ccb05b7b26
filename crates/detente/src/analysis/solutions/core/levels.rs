//! The largest smallest share, level by level from the bound down.

use super::Goal;
use super::finish::Judge;
use super::lists::{End, Lists, MOST_PARTIES};
use super::node::{Node, Trial};
use super::search::{Best, Found, Search};

/// The first level is below the bound by this part of what lies between the bound and the best found.
const FIRST: f64 = 1.0 / 32.0;
/// By what the next level is further below the bound, while a level costs few steps, and after.
const LONG_STRIDE: f64 = 1.5;
const STRIDE: f64 = 1.2;
const FEW_STEPS: u64 = 100_000;
/// Outcomes looked at while equals of the best are still of interest; past them only what is better is.
const LOOKS_FOR_EQUALS: u64 = 5_000;

impl Search<'_> {
    /// Looks at every outcome whose smallest share reaches a level, and lowers the level until there is one. That
    /// proves the best of them best. False when this is not the way for the goal, or there are too many.
    pub(super) fn by_levels(&mut self, multipliers: &[f64], best: &mut Best, found: &mut Found) -> bool {
        let Goal::Smallest { weights, any: false } = &self.goal else { return false };
        let size: f64 = multipliers.iter().sum();
        if best.choice.is_none() || self.problem.parties > MOST_PARTIES || size <= 0.0 || !size.is_finite() {
            return false;
        }
        let multipliers: Vec<f64> = multipliers.iter().map(|m| m / size).collect();
        let mut trial = Trial::default();
        Node::root(self.problem).weigh(&multipliers, &mut trial);
        // What a level of 1 asks of each party.
        let whole: Vec<f64> = weights.iter().zip(&self.problem.scale).map(|(w, s)| *w as f64 / s).collect();
        let bound = self.criterion(&multipliers, trial.total);
        let lowest = |best: &Best| {
            let shares = best.needed.iter().zip(&whole).filter(|(_, w)| **w > 0.0).map(|(need, w)| need / w);
            shares.fold(f64::INFINITY, f64::min)
        };
        let between = bound - lowest(best);
        if !between.is_finite() {
            return false;
        }
        let mut lists = Lists::new(self.problem, &multipliers);
        let mut below = (between * FIRST).max(1e-12);
        let mut passed = bound;
        loop {
            let last = below >= bound - lowest(best);
            let level: Vec<f64> =
                if last { best.needed.clone() } else { whole.iter().map(|w| w * (bound - below)).collect() };
            let before = *self.steps;
            let mut steps = before;
            let mut judge = Level {
                search: self,
                best,
                multipliers: &multipliers,
                total: trial.total,
                level: &level,
                found,
                looks: 0,
                room: 0.0,
                needed: Vec::new(),
            };
            judge.set();
            let end = lists.run(&mut judge, &mut steps);
            *self.steps = steps;
            match end {
                End::Through if last || best.needed.iter().zip(&level).all(|(need, level)| need >= level) => break,
                End::Through => passed = bound - below,
                End::TooMany => return false,
                End::OutOfSteps => {
                    found.bound = found.bound.max(passed);
                    found.proven = false;
                    break;
                }
            }
            below *= if before - steps < FEW_STEPS { LONG_STRIDE } else { STRIDE };
        }
        found.nodes += lists.opened;
        true
    }
}

/// Judges the outcomes that reach a level.
struct Level<'a, 'b> {
    search: &'a Search<'b>,
    best: &'a mut Best,
    multipliers: &'a [f64],
    total: f64,
    level: &'a [f64],
    found: &'a mut Found,
    looks: u64,
    room: f64,
    needed: Vec<f64>,
}

impl Level<'_, '_> {
    fn set(&mut self) {
        let slack = self.search.problem.slack();
        self.needed = self.level.iter().zip(&self.best.needed).map(|(level, need)| level.max(*need) - slack).collect();
        self.room = self.total - super::dot(self.multipliers, &self.needed) + slack;
    }
}

impl Judge for Level<'_, '_> {
    fn room(&self) -> f64 {
        self.room
    }

    fn needed(&self) -> &[f64] {
        &self.needed
    }

    fn look(&mut self, choice: &[usize], gains: &[f64]) {
        self.looks += 1;
        if self.looks == LOOKS_FOR_EQUALS && self.found.equals {
            self.found.equals = false;
            self.search.only_better(self.best);
            self.set();
        }
        if self.search.promising(gains, self.best) && self.search.consider(choice, self.best, self.found.equals) {
            self.set();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::super::compare::{Kind, Measure};
    use super::super::{Problem, first, program};
    use super::*;
    use crate::analysis::judge::{self, Shape};

    /// Levels alone, from a start that is not good, find what looking at all outcomes finds.
    #[test]
    fn levels_find_the_best_of_all_outcomes() {
        let mut solved = 0;
        for seed in 0..1_500 {
            let shape =
                Shape { parties: 1 + (seed % 6) as usize, outcomes: 200, caps: seed % 4 == 3, ..Shape::default() };
            let mut scenario = judge::random(shape, seed);
            let n = scenario.parties.len();
            for party in &mut scenario.parties {
                party.reservation = None;
            }
            let offset = vec![0; n];
            let problem = Problem::of(&scenario, &offset).unwrap();
            // Without a say: some party of weight 0.
            let most = problem.most();
            let weights: Vec<i128> =
                (0..n).map(|p| if (seed as usize + p).is_multiple_of(5) { 0 } else { most[p] }).collect();
            if weights.iter().all(|w| *w <= 0) {
                continue;
            }
            let measure = Measure::new(Kind::Smallest, offset, weights.clone(), vec![3; n]);
            let goal = Goal::Smallest { weights, any: false };
            let start = first(&problem);
            let relaxed = program::relax(&problem, &goal, &start).unwrap();
            let mut steps = u64::MAX;
            let mut search = Search { problem: &problem, goal, measure: &measure, steps: &mut steps };
            let mut best = Best::none(n);
            search.consider(&vec![0; problem.issues.len()], &mut best, true);
            let mut found = Found { choice: None, proven: true, equals: true, bound: f64::NEG_INFINITY, nodes: 0 };
            if !search.by_levels(&relaxed.multipliers, &mut best, &mut found) {
                continue;
            }
            solved += 1;
            assert!(found.proven && found.equals);
            let all = judge::all(&scenario);
            let right = all.iter().map(|p| &p.utilities).max_by(|a, b| measure.compare(a, b)).unwrap();
            let choice = best.choice.unwrap();
            assert_eq!(&scenario.utilities(&problem.outcome(&choice)), right, "seed {seed} {scenario:?}");
        }
        assert!(solved > 1_000, "{solved}");
    }
}

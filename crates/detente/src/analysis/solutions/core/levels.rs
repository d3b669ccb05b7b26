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
/// What part of the room each group of issues may take where losses are spread. The best outcome is mostly there, and
/// its neighbourhood is far smaller than all that has to be ruled out.
const SPREAD: f64 = 0.35;
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
        let asked: Vec<f64> = weights.iter().zip(&self.problem.scale).map(|(w, s)| *w as f64 / s).collect();
        let bound = self.criterion(&multipliers, trial.total);
        let lowest = |best: &Best| {
            let shares = best.needed.iter().zip(&asked).filter(|(_, w)| **w > 0.0).map(|(need, w)| need / w);
            shares.fold(f64::INFINITY, f64::min)
        };
        let between = bound - lowest(best);
        if !between.is_finite() {
            return false;
        }
        let mut lists = Lists::new(self.problem, &multipliers);
        // Two ways down the levels: the quick one looks only where losses are spread, and proves nothing; the whole
        // one follows it. The one that has taken fewer steps goes on, until the quick one knows where to look.
        let mut quick = Way::new(between, Some(SPREAD));
        let mut whole = Way::new(between, None);
        let mut passed = bound;
        loop {
            let way = if !quick.over && quick.steps <= whole.steps { &mut quick } else { &mut whole };
            let last = way.below >= bound - lowest(best);
            let level: Vec<f64> =
                if last { best.needed.clone() } else { asked.iter().map(|w| w * (bound - way.below)).collect() };
            let mut steps = *self.steps;
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
            let end = lists.run(&mut judge, way.part, &mut steps);
            let taken = *self.steps - steps;
            *self.steps = steps;
            way.steps += taken;
            let reached = best.needed.iter().zip(&level).all(|(need, level)| need >= level);
            match end {
                End::Through if way.part.is_some() => {
                    way.over = last || reached;
                    if reached {
                        // What it found is most likely the best there is.
                        whole.below = f64::INFINITY;
                        continue;
                    }
                }
                End::Through if last || reached => break,
                End::Through => passed = bound - way.below,
                End::TooMany => return false,
                End::OutOfSteps => {
                    found.bound = found.bound.max(passed);
                    found.proven = false;
                    break;
                }
            }
            way.below *= if taken < FEW_STEPS { LONG_STRIDE } else { STRIDE };
        }
        found.nodes += lists.opened;
        true
    }
}

/// A way down the levels.
struct Way {
    /// How far the level is below the bound.
    below: f64,
    /// How much of the room each group of issues may take; all of it when not given.
    part: Option<f64>,
    /// Steps taken so far.
    steps: u64,
    /// Whether there is nothing left to do.
    over: bool,
}

impl Way {
    fn new(between: f64, part: Option<f64>) -> Self {
        Way { below: (between * FIRST).max(1e-12), part, steps: 0, over: false }
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

    fn look(&mut self, choice: &[usize], gains: &[f64]) -> bool {
        self.looks += 1;
        let mut more = false;
        if self.looks == LOOKS_FOR_EQUALS && self.found.equals {
            self.found.equals = false;
            self.search.only_better(self.best);
            more = true;
        }
        more |= self.search.promising(gains, self.best) && self.search.consider(choice, self.best, self.found.equals);
        if more {
            self.set();
        }
        more
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
        let (mut solved, mut cut) = (0, 0);
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
            let mut search = Search { problem: &problem, goal: goal.clone(), measure: &measure, steps: &mut steps };
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
            // Cut off, it says what nothing exceeds.
            let mut steps = 60;
            let mut search = Search { problem: &problem, goal: goal.clone(), measure: &measure, steps: &mut steps };
            let mut best = Best::none(n);
            search.consider(&vec![0; problem.issues.len()], &mut best, true);
            let mut found = Found { choice: None, proven: true, equals: true, bound: f64::NEG_INFINITY, nodes: 0 };
            if search.by_levels(&relaxed.multipliers, &mut best, &mut found) && !found.proven {
                cut += 1;
                let Goal::Smallest { weights, .. } = &goal else { continue };
                let shares = right.iter().zip(weights).filter(|(_, w)| **w > 0).map(|(u, w)| *u as f64 / *w as f64);
                let smallest = shares.fold(f64::INFINITY, f64::min);
                assert!(found.bound >= smallest - 1e-9, "seed {seed}: {} {smallest}", found.bound);
            }
        }
        assert!(solved > 1_000 && cut > 100, "{solved} {cut}");
    }
}

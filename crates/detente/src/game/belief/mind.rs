//! The preferences of one party as a distribution: weights and value functions that fit its statements together.

use super::claim::{Says, Statement};
use super::part_worth::{self, Verdict};
use super::range::Address;
use super::totals::{Totals, clip};
use super::values;
use super::values::{Cut, How as HowValues, Levels, MOST_TRIES, Uncut, Values};
use super::weights::{self, Weights};
use crate::game::{SCALE, Space, Stream};
use std::sync::{Arc, OnceLock};

/// Tries of a pilot run for comparisons of packages; one in so many has to fit for drawing by trying.
const PILOT: u64 = 256;
const WORTH_TRYING: u64 = 64;
/// A chain per draw: its sweeps, and how many more when rounding spoils a comparison.
pub(super) const SWEEPS: usize = 16;
const MORE_SWEEPS: usize = 64;
/// The long chain that gives the starts: how many, after how many sweeps, and how far apart.
pub(super) const STARTS: usize = 64;
pub(super) const BURN_IN: usize = 256;
const THINNING: usize = 16;
/// Sweeps over the fresh numbers when several of them vary together.
const FRESH_SWEEPS: usize = 8;

/// What one party may want, as far as the statements say.
#[derive(Debug, Clone)]
pub(super) struct Mind {
    pub(super) weights: Weights,
    /// By issue.
    pub(super) values: Vec<Arc<Values>>,
    /// Differences of packages: by comparison, by issue, a coefficient per class.
    pub(super) comparisons: Vec<Vec<Vec<f64>>>,
    /// By issue, the comparisons that speak of it.
    speaking: Vec<Vec<usize>>,
    /// The issues some comparison speaks of.
    pub(super) coupled: Vec<usize>,
    pub(super) how: How,
    /// A state that fits.
    start: State,
    /// Where the chains of draws start, when there are any.
    starts: OnceLock<Vec<State>>,
    /// Issues whose values need not reach the ends of the scale, because that was too hard to settle.
    pub(super) unscaled: Vec<usize>,
    lane: u64,
}

/// How weights and values are drawn together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// Each on its own.
    Apart,
    /// Each on its own, again until the comparisons of packages hold: exact.
    Tried,
    /// A Markov chain.
    Chain,
}

/// One set of preferences.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) weights: Vec<f64>,
    /// By issue.
    pub(super) levels: Vec<Levels>,
}

/// Comparisons as they cut into the levels of one issue.
struct Comparing<'a> {
    mind: &'a Mind,
    issue: usize,
    weight: f64,
    totals: &'a mut Totals,
}

fn at(list: &[f64], i: usize) -> f64 {
    list.get(i).copied().unwrap_or(0.0)
}

impl Cut for Comparing<'_> {
    fn within(&self, class: usize, level: f64) -> (f64, f64) {
        let mut span = (f64::NEG_INFINITY, f64::INFINITY);
        for (c, coefficients) in self.mind.about(self.issue) {
            clip(&mut span, at(&self.totals.total, c), self.weight * at(coefficients, class));
        }
        (level + span.0, level + span.1)
    }

    fn moved(&mut self, class: usize, from: f64, to: f64) {
        for (c, coefficients) in self.mind.about(self.issue) {
            let change = at(coefficients, class) * (to - from);
            self.totals.add(self.issue, c, change);
            self.totals.total.get_mut(c).into_iter().for_each(|t| *t += self.weight * change);
        }
    }
}

impl Mind {
    /// The preferences that fit the statements of a party. `None` when none do.
    pub(super) fn of(space: &Space, party: &str, statements: &[&Statement], near: Option<&Mind>) -> Option<Mind> {
        let values = all_values(space, party, statements)?;
        let mut mind = Mind::with(space, party, statements, values)?;
        if mind.comparisons.is_empty() {
            if mind.weights.how == weights::How::Chain {
                mind.how = How::Chain;
            }
            return Some(mind);
        }
        mind.pilot();
        if mind.how == How::Chain && !mind.holds(&mind.start) {
            // Fewer statements leave room for what fitted more of them.
            if let Some(start) = near.map(|m| &m.start).filter(|s| mind.holds(s)).cloned() {
                mind.start = start;
                return Some(mind);
            }
            mind.start = match part_worth::solve(&mind, &|_| true) {
                Verdict::Room(start) => *start,
                Verdict::None => return None,
                Verdict::Unknown => mind.let_scales_go()?,
            };
        }
        Some(mind)
    }

    /// Gives up that the best value is worth the whole weight on the issues whose best or worst value the
    /// statements leave open: for when no choice of them was found to fit.
    pub(super) fn let_scales_go(&mut self) -> Option<State> {
        for issue in &self.coupled {
            if let Some(values) = self.values.get_mut(*issue)
                && let Some(free) = values.unspanned()
            {
                *values = Arc::new(free);
                self.unscaled.push(*issue);
            }
        }
        match part_worth::solve(self, &|_| true) {
            Verdict::Room(start) => Some(*start),
            _ => None,
        }
    }

    /// Without looking for a start.
    pub(super) fn with(
        space: &Space,
        party: &str,
        statements: &[&Statement],
        values: Vec<Arc<Values>>,
    ) -> Option<Mind> {
        let names: Vec<&str> = space.issues.iter().map(|i| i.id.as_str()).collect();
        let flat: Vec<bool> = values.iter().map(|v| v.flat()).collect();
        let weights = Weights::of(&names, &flat, &format!("{party}/weight"), statements)?;
        let comparisons: Vec<Vec<Vec<f64>>> = statements
            .iter()
            .filter_map(|s| match &s.says {
                Says::Packages(difference) => Some(by_class(&values, difference)),
                _ => None,
            })
            .collect();
        let speaks = |i: &usize| {
            comparisons.iter().any(|c| c.get(*i).is_some_and(|classes| classes.iter().any(|x| x.abs() > 1e-12)))
        };
        let coupled = (0..values.len()).filter(speaks).filter(|i| at(&weights.high, *i) > 0.0).collect();
        let about = |i: usize| {
            let on =
                comparisons.iter().enumerate().filter(|(_, c)| c.get(i).is_some_and(|x| x.iter().any(|x| *x != 0.0)));
            on.map(|(c, _)| c).collect()
        };
        let speaking = (0..values.len()).map(about).collect();
        let start = State { weights: weights.start(), levels: values.iter().map(|v| v.start()).collect() };
        let lane = Stream::lane(&format!("{party}/chain"));
        Some(Mind {
            weights,
            values,
            comparisons,
            speaking,
            coupled,
            how: How::Apart,
            start,
            starts: OnceLock::new(),
            unscaled: Vec::new(),
            lane,
        })
    }

    /// Finds out whether trying is worth it, and a start for chains by the way.
    pub(super) fn pilot(&mut self) {
        let (mut fits, mut start) = (0, None);
        for try_ in 0..PILOT {
            if let Some(state) = self.attempt(&mut self.keys(0x00D1_CE00, try_))
                && self.hold(&state, part_worth::SLACK)
            {
                fits += 1;
                start = start.or(Some(state));
                if fits * WORTH_TRYING >= PILOT {
                    break;
                }
            }
        }
        self.how = if fits * WORTH_TRYING >= PILOT { How::Tried } else { How::Chain };
        if let Some(state) = start {
            self.start = state;
        }
    }

    /// Whether the comparisons hold in a state that fits the other statements, or fitted more of them.
    pub(super) fn holds(&self, state: &State) -> bool {
        let spans = |(v, l): (&Arc<Values>, &Levels)| v.count() == l.at.len() && v.spanning == l.ends.is_some();
        self.values.iter().zip(&state.levels).all(spans) && self.hold(state, part_worth::SLACK)
    }

    /// Whether the pilot found a state that keeps every statement.
    pub(super) fn starts_well(&self) -> bool {
        self.holds(&self.start)
    }

    /// Whether there is one set of preferences only.
    pub(super) fn is_point(&self) -> bool {
        let weighs = |i: usize| at(&self.weights.high, i) > 0.0;
        self.weights.is_point() && self.values.iter().enumerate().all(|(i, v)| v.is_point() || !weighs(i))
    }

    /// Whether draws are exactly uniform.
    pub(super) fn exact(&self) -> bool {
        self.how != How::Chain && self.weights.exact() && self.values.iter().all(|v| v.exact())
    }

    fn keys(&self, seed: u64, index: u64) -> (weights::Keys, Vec<values::Keys>) {
        (self.weights.keys(seed, index), self.values.iter().map(|v| v.keys(seed, index)).collect())
    }

    /// Weights and values, each on its own.
    fn attempt(&self, keys: &mut (weights::Keys, Vec<values::Keys>)) -> Option<State> {
        let weights = self.weights.draw(&mut keys.0)?;
        let levels = self.values.iter().zip(&mut keys.1).map(|(v, k)| v.draw(k)).collect();
        Some(State { weights, levels })
    }

    /// The comparisons that speak of an issue, with a coefficient per class.
    fn about(&self, issue: usize) -> impl Iterator<Item = (usize, &[f64])> {
        let on = self.speaking.get(issue).map_or(&[][..], Vec::as_slice);
        on.iter().filter_map(move |c| Some((*c, self.comparisons.get(*c)?.get(issue)?.as_slice())))
    }

    /// How much better the first package of each comparison is, by issue and in all.
    fn totals(&self, state: &State) -> Totals {
        let mut totals = Totals::new(self.comparisons.len(), self.values.len());
        for (issue, levels) in state.levels.iter().enumerate() {
            for (c, coefficients) in self.about(issue) {
                totals.add(issue, c, coefficients.iter().zip(&levels.at).map(|(x, level)| x * level).sum());
            }
        }
        totals.sum(&state.weights);
        totals
    }

    /// Whether every comparison holds by more than `margin`.
    fn hold(&self, state: &State, margin: f64) -> bool {
        self.comparisons.iter().all(|comparison| {
            let on = |i: usize| -> f64 {
                let (Some(x), Some(levels)) = (comparison.get(i), state.levels.get(i)) else { return 0.0 };
                at(&state.weights, i) * x.iter().zip(&levels.at).map(|(x, level)| x * level).sum::<f64>()
            };
            self.coupled.iter().map(|i| on(*i)).sum::<f64>() > margin
        })
    }

    /// Preferences at an address, as whole numbers: `worth[issue][value]`.
    pub(super) fn draw(&self, address: &Address<'_>) -> Vec<Vec<i64>> {
        let mut state = self.state(address.seed, address.index);
        self.refresh(&mut state, address);
        self.worth(&state)
    }

    fn state(&self, seed: u64, index: u64) -> State {
        let mut keys = self.keys(seed, index);
        if self.how != How::Chain
            && let Some(mut state) = self.attempt(&mut keys)
        {
            if self.how == How::Apart {
                return state;
            }
            for _ in 0..MOST_TRIES {
                if self.hold(&state, -1e-9) && self.keeps(&self.worth(&state)) {
                    return state;
                }
                // What no comparison speaks of stays as it was drawn first.
                if let Some(weights) = self.weights.draw(&mut keys.0) {
                    state.weights = weights;
                }
                for issue in &self.coupled {
                    if let (Some(v), Some(k), Some(slot)) =
                        (self.values.get(*issue), keys.1.get_mut(*issue), state.levels.get_mut(*issue))
                    {
                        *slot = v.draw(k);
                    }
                }
            }
        }
        self.chain(seed, index, &mut keys.1)
    }

    /// The end of a chain that belongs to this draw alone, from one of the starts.
    fn chain(&self, seed: u64, index: u64, keys: &mut [values::Keys]) -> State {
        let mut stream = Stream::new(seed, index, self.lane);
        let starts = self.starts.get_or_init(|| self.long_chain());
        let chosen = starts.get(stream.below(starts.len() as u64) as usize);
        let mut state = chosen.unwrap_or(&self.start).clone();
        for (issue, (values, keys)) in self.values.iter().zip(keys.iter_mut()).enumerate() {
            if !self.coupled.contains(&issue)
                && let Some(slot) = state.levels.get_mut(issue)
            {
                *slot = values.draw(keys);
            }
        }
        let mut totals = self.totals(&state);
        for _ in 0..SWEEPS {
            self.sweep(&mut state, &mut totals, &mut stream, keys);
        }
        for _ in 0..MORE_SWEEPS {
            let mut mended = state.clone();
            self.weights.mend(&mut mended.weights);
            if self.keeps(&self.worth(&mended)) {
                return mended;
            }
            self.sweep(&mut state, &mut totals, &mut stream, keys);
        }
        state
    }

    /// States of one long chain, far apart: where the chains of single draws start, so that these need not be long.
    fn long_chain(&self) -> Vec<State> {
        let mut stream = Stream::new(0x00D1_CE00, 1, self.lane);
        let mut keys = self.keys(0x00D1_CE00, u64::MAX).1;
        let mut state = self.start.clone();
        let mut totals = self.totals(&state);
        let mut go = |sweeps: usize| {
            (0..sweeps).for_each(|_| self.sweep(&mut state, &mut totals, &mut stream, &mut keys));
            state.clone()
        };
        go(BURN_IN);
        (0..STARTS).map(|_| go(THINNING)).collect()
    }

    /// One sweep over weights given values and values given weights (block Gibbs): each step leaves the
    /// uniform distribution over what fits together as it is.
    pub(super) fn sweep(&self, state: &mut State, totals: &mut Totals, stream: &mut Stream, keys: &mut [values::Keys]) {
        totals.sum(&state.weights);
        self.weights.sweep(&mut state.weights, totals, stream);
        for issue in &self.coupled {
            let (Some(values), Some(levels)) = (self.values.get(*issue), state.levels.get_mut(*issue)) else {
                continue;
            };
            let weight = at(&state.weights, *issue);
            // A whole new value function first: far moves, kept when the comparisons allow them.
            if values.how != HowValues::Chain
                && let Some(keys) = keys.get_mut(*issue)
            {
                self.replace(*issue, weight, levels, values.draw(keys), totals);
            }
            let mut cut = Comparing { mind: self, issue: *issue, weight, totals: &mut *totals };
            values.sweep(levels, stream, &mut cut);
        }
    }

    /// Puts a new value function in place of an old one if every comparison still holds.
    fn replace(&self, issue: usize, weight: f64, levels: &mut Levels, new: Levels, totals: &mut Totals) {
        let change =
            |x: &[f64]| x.iter().zip(new.at.iter().zip(&levels.at)).map(|(x, (n, o))| x * (n - o)).sum::<f64>();
        if self.about(issue).any(|(c, x)| at(&totals.total, c) + weight * change(x) < 0.0) {
            return;
        }
        for (c, x) in self.about(issue) {
            let change = change(x);
            totals.add(issue, c, change);
            totals.total.get_mut(c).into_iter().for_each(|t| *t += weight * change);
        }
        *levels = new;
    }

    /// Draws the numbers of fresh claims anew given all else: a Gibbs step per number, so that the
    /// distribution stays what it is.
    fn refresh(&self, state: &mut State, address: &Address<'_>) {
        let weights: Vec<_> = self.weights.ranges.iter().filter(|(_, _, c)| (address.fresh)(c)).collect();
        let scores: Vec<_> = self
            .values
            .iter()
            .enumerate()
            .flat_map(|(issue, v)| v.scores.iter().map(move |(class, _, claim)| (issue, *class, claim)))
            .filter(|(_, _, claim)| (address.fresh)(claim))
            .collect();
        if weights.is_empty() && scores.is_empty() {
            return;
        }
        let mut totals = self.totals(state);
        let stream = |claim: &str| address.stream(claim, Stream::lane(&format!("fresh/{claim}")));
        let mut of_weights: Vec<Stream> = weights.iter().map(|(_, _, c)| stream(c)).collect();
        let mut of_scores: Vec<Stream> = scores.iter().map(|(_, _, c)| stream(c)).collect();
        for _ in 0..FRESH_SWEEPS {
            for ((issue, ..), stream) in weights.iter().zip(&mut of_weights) {
                self.weights.renew(&mut state.weights, *issue, &mut totals, stream);
            }
            for ((issue, class, _), stream) in scores.iter().zip(&mut of_scores) {
                let (Some(values), Some(levels)) = (self.values.get(*issue), state.levels.get_mut(*issue)) else {
                    continue;
                };
                if self.comparisons.is_empty() {
                    values.renew(levels, *class, stream, &mut Uncut);
                } else {
                    let weight = at(&state.weights, *issue);
                    let mut cut = Comparing { mind: self, issue: *issue, weight, totals: &mut totals };
                    values.renew(levels, *class, stream, &mut cut);
                }
            }
        }
        self.weights.mend(&mut state.weights);
    }

    /// Preferences as whole numbers. Swings add up to [`SCALE`] (largest remainders, which keeps their order);
    /// rounding keeps every order and every tie.
    fn worth(&self, state: &State) -> Vec<Vec<i64>> {
        let swings = swings(&state.weights);
        let issue = |(i, values): (usize, &Arc<Values>)| {
            let swing = swings.get(i).copied().unwrap_or(0) as f64;
            let of = |class: &usize| state.levels.get(i).map_or(0.0, |l| l.get(*class));
            values.class.iter().map(|class| (swing * of(class)).round() as i64).collect()
        };
        self.values.iter().enumerate().map(issue).collect()
    }

    /// Whether the comparisons hold in whole numbers as well.
    fn keeps(&self, worth: &[Vec<i64>]) -> bool {
        self.comparisons.iter().all(|comparison| {
            let mut sum = 0.0;
            for ((coefficients, values), worth) in comparison.iter().zip(&self.values).zip(worth) {
                for (class, x) in coefficients.iter().enumerate().filter(|(_, x)| **x != 0.0) {
                    let value = values.class.iter().position(|c| *c == class);
                    sum += x * value.and_then(|v| worth.get(v)).copied().unwrap_or(0) as f64;
                }
            }
            sum >= 0.0
        })
    }
}

/// The value functions of each issue. `None` when the statements on an issue contradict each other.
pub(super) fn all_values(space: &Space, party: &str, statements: &[&Statement]) -> Option<Vec<Arc<Values>>> {
    let issue = |(i, issue): (usize, &crate::game::Issue)| {
        let names: Vec<&str> = issue.values.iter().map(|v| v.id.as_str()).collect();
        Values::of(i, &names, &format!("{party}/value/{}", issue.id), statements).map(Arc::new)
    };
    space.issues.iter().enumerate().map(issue).collect()
}

/// A difference of packages by issue and class.
fn by_class(values: &[Arc<Values>], difference: &[(usize, usize, f64)]) -> Vec<Vec<f64>> {
    let mut out: Vec<Vec<f64>> = values.iter().map(|v| vec![0.0; v.count()]).collect();
    for (issue, value, coefficient) in difference {
        if let Some(class) = values.get(*issue).and_then(|v| v.class.get(*value))
            && let Some(slot) = out.get_mut(*issue).and_then(|o| o.get_mut(*class))
        {
            *slot += coefficient;
        }
    }
    out
}

/// Weights as whole numbers that add up to [`SCALE`].
fn swings(weights: &[f64]) -> Vec<i64> {
    let raw: Vec<f64> = weights.iter().map(|w| w * SCALE as f64).collect();
    let mut whole: Vec<i64> = raw.iter().map(|r| r.round() as i64).collect();
    let missing = SCALE - whole.iter().sum::<i64>();
    let mut by_rest: Vec<(f64, usize)> =
        raw.iter().zip(&whole).enumerate().map(|(i, (r, w))| (r - *w as f64, i)).collect();
    by_rest.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    if missing < 0 {
        by_rest.reverse();
    }
    // Rounding misses the sum by less than one per issue; more would be a sum that is not one.
    if missing.unsigned_abs() as usize <= by_rest.len() {
        for (_, i) in by_rest.iter().take(missing.unsigned_abs() as usize) {
            whole.get_mut(*i).into_iter().for_each(|w| *w += missing.signum());
        }
    }
    whole
}

//! How good the values of one issue are to one party: uniform over the value functions that fit.

use super::claim::{Says, Statement};
use super::classes::classes;
use super::order::Order;
use super::range::height;
use crate::case::Range;
use crate::game::Stream;
use std::collections::BTreeSet;

/// A start is looked for, and a rate of acceptance measured, with this many tries.
const PILOT: u64 = 192;
/// Drawing until a try fits is used when at least one pilot try in this many did.
const WORTH_TRYING: u64 = 32;
/// Tries per draw; with the rate above, all fail less than once in 10^50 draws.
pub(super) const MOST_TRIES: usize = 4096;

/// The values of an issue as one party ranks and scores them.
///
/// Values that the statements make equal are one class. A value function gives each class a level; where
/// the scores leave room for it the best level is 1 and the worst 0 (*spanning*).
#[derive(Debug, Clone)]
pub(super) struct Values {
    /// The class of each value.
    pub(super) class: Vec<usize>,
    /// The lowest and highest level of each class.
    low: Vec<f64>,
    high: Vec<f64>,
    /// The classes that the statements put directly above and below each class.
    above: Vec<Vec<usize>>,
    below: Vec<Vec<usize>>,
    /// Pairs of classes of which the first is better by a statement, not only no worse.
    pub(super) strict: BTreeSet<(usize, usize)>,
    /// Every pair that the statements compare.
    pub(super) pairs: BTreeSet<(usize, usize)>,
    /// Scores: class, range, claim.
    pub(super) scores: Vec<(usize, Range, String)>,
    /// Whether the best class has level 1 and the worst level 0.
    pub(super) spanning: bool,
    /// The classes that can be best, and worst.
    pub(super) tops: Vec<usize>,
    pub(super) bottoms: Vec<usize>,
    order: Order,
    lanes: Vec<u64>,
    lane: u64,
    pub(super) how: How,
}

/// How value functions are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// Nothing to draw: one level for all, or every level given.
    Fixed,
    /// A uniform ranking with uniform levels: exact.
    Ranked,
    /// Each level within its bounds, again until the comparisons hold: exact.
    Boxed,
    /// As `Ranked`, again until the scores hold: exact.
    Tried,
    /// A Markov chain.
    Chain,
}

/// The levels of the classes, and which are the best and worst when the function spans.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Levels {
    pub(super) at: Vec<f64>,
    pub(super) ends: Option<(usize, usize)>,
}

impl Levels {
    pub(super) fn get(&self, class: usize) -> f64 {
        self.at.get(class).copied().unwrap_or(0.0)
    }

    fn set(&mut self, class: usize, level: f64) {
        if let Some(slot) = self.at.get_mut(class) {
            *slot = level;
        }
    }

    fn is_end(&self, class: usize) -> bool {
        self.ends.is_some_and(|(top, bottom)| top == class || bottom == class)
    }
}

/// The streams of one draw of one issue. Tries take numbers one after another.
pub(super) struct Keys {
    by_class: Vec<Stream>,
    rest: Stream,
    ranking: Vec<usize>,
    keys: Vec<f64>,
}

/// What else restricts the levels of an issue: comparisons of packages.
pub(super) trait Cut {
    /// The levels a class may have while everything else stays.
    fn within(&self, class: usize, level: f64) -> (f64, f64);
    /// Told that a class has moved.
    fn moved(&mut self, class: usize, from: f64, to: f64);
}

/// No further restriction.
pub(super) struct Uncut;

impl Cut for Uncut {
    fn within(&self, _: usize, _: f64) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }
    fn moved(&mut self, _: usize, _: f64, _: f64) {}
}

fn at(list: &[f64], i: usize) -> f64 {
    list.get(i).copied().unwrap_or(0.0)
}

fn items(lists: &[Vec<usize>], i: usize) -> &[usize] {
    lists.get(i).map_or(&[], Vec::as_slice)
}

impl Values {
    /// The value functions on `issue` (with `size` values named `names`) that fit the statements. `None`
    /// when none does. `name` is the address of the issue's random numbers.
    pub(super) fn of(issue: usize, names: &[&str], name: &str, statements: &[&Statement]) -> Option<Values> {
        let (class, firsts, pairs, strict) = classes(issue, names.len(), statements)?;
        let count = firsts.len();
        let list: Vec<(usize, usize)> = pairs.iter().copied().collect();
        let order = Order::of(count, &list)?;
        let scores: Vec<(usize, Range, String)> = statements
            .iter()
            .filter_map(|s| match s.says {
                Says::Score { issue: on, value, range } if on == issue => {
                    Some((class.get(value).copied()?, range, s.claim.clone()))
                }
                _ => None,
            })
            .collect();
        let (mut above, mut below) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for (a, b) in &pairs {
            above.get_mut(*b)?.push(*a);
            below.get_mut(*a)?.push(*b);
        }
        let mut values = Values {
            class,
            low: vec![0.0; count],
            high: vec![1.0; count],
            above,
            below,
            strict,
            pairs,
            scores,
            spanning: false,
            tops: Vec::new(),
            bottoms: Vec::new(),
            order,
            lanes: firsts.iter().filter_map(|v| names.get(*v)).map(|v| Stream::lane(&format!("{name}/{v}"))).collect(),
            lane: Stream::lane(&format!("{name}/rest")),
            how: How::Fixed,
        };
        values.bound()?;
        values.find_ends();
        values.choose_how();
        Some(values)
    }

    /// The number of classes.
    pub(super) fn count(&self) -> usize {
        self.low.len()
    }

    /// Whether the party is said to find all values equally good, and no score says how good.
    pub(super) fn flat(&self) -> bool {
        self.count() == 1 && self.scores.is_empty()
    }

    /// Whether draws are exactly uniform.
    pub(super) fn exact(&self) -> bool {
        match self.how {
            How::Fixed | How::Boxed => true,
            How::Ranked | How::Tried => self.order.exact(),
            How::Chain => false,
        }
    }

    /// Narrows the bounds of the classes to what scores and comparisons leave. `None` when nothing is left.
    fn bound(&mut self) -> Option<()> {
        for (class, range, _) in &self.scores {
            let (low, high) = (self.low.get_mut(*class)?, self.high.get_mut(*class)?);
            *low = low.max(range.low);
            *high = high.min(range.high);
        }
        let list: Vec<(usize, usize)> = self.pairs.iter().copied().collect();
        let mut ranking = Vec::new();
        self.order.arrange(&[], &mut Stream::new(0, 0, 0), &mut ranking);
        for a in &ranking {
            for b in items(&self.below, *a) {
                let most = at(&self.high, *a);
                let high = self.high.get_mut(*b)?;
                *high = high.min(most);
            }
        }
        for b in ranking.iter().rev() {
            for a in items(&self.above, *b) {
                let least = at(&self.low, *b);
                let low = self.low.get_mut(*a)?;
                *low = low.max(least);
            }
        }
        let room = (0..self.count()).all(|c| at(&self.low, c) <= at(&self.high, c));
        let strict =
            list.iter().filter(|p| self.strict.contains(p)).all(|(a, b)| at(&self.high, *a) > at(&self.low, *b));
        (room && strict).then_some(())
    }

    fn find_ends(&mut self) {
        let classes = 0..self.count();
        let can = |of: &dyn Fn(usize) -> bool, must: &dyn Fn(usize) -> bool| {
            let all: Vec<usize> = classes.clone().filter(|c| of(*c)).collect();
            // A class whose score is the end itself is the end.
            all.iter().copied().find(|c| must(*c)).map_or(all, |c| vec![c])
        };
        self.tops =
            can(&|c| items(&self.above, c).is_empty() && at(&self.high, c) >= 1.0, &|c| at(&self.low, c) >= 1.0);
        self.bottoms =
            can(&|c| items(&self.below, c).is_empty() && at(&self.low, c) <= 0.0, &|c| at(&self.high, c) <= 0.0);
        let sole = self.bottoms == self.tops && self.tops.len() == 1;
        self.spanning = !self.tops.is_empty() && !self.bottoms.is_empty() && !sole;
        if !self.spanning {
            return;
        }
        // One class cannot be both ends.
        if let [top] = self.tops.as_slice() {
            self.bottoms.retain(|b| b != top);
        } else if let [bottom] = self.bottoms.as_slice() {
            self.tops.retain(|t| t != bottom);
        }
        if let Some((top, bottom)) = self.sure_ends() {
            self.low.get_mut(top).into_iter().for_each(|l| *l = 1.0);
            self.high.get_mut(bottom).into_iter().for_each(|h| *h = 0.0);
        }
    }

    fn choose_how(&mut self) {
        let fixed = (0..self.count()).all(|c| self.is_fixed(c));
        self.how = match () {
            () if fixed || self.flat() => How::Fixed,
            () if self.scores.is_empty() => How::Ranked,
            () if self.sure_ends().is_some() || !self.spanning => self.pilot(How::Boxed).unwrap_or(How::Chain),
            () => How::Chain,
        };
        if self.how == How::Chain {
            self.how = self.pilot(How::Tried).unwrap_or(How::Chain);
        }
    }

    /// The way to draw, if tries of it fit often enough.
    fn pilot(&self, how: How) -> Option<How> {
        let mut keys = self.keys(0x00D1_CE00, 0);
        let fits = (0..PILOT)
            .filter(|_| self.attempt(how, &mut keys).is_some())
            .take(PILOT.div_ceil(WORTH_TRYING) as usize)
            .count() as u64;
        (fits * WORTH_TRYING >= PILOT).then_some(how)
    }

    /// The lowest and highest level of a class.
    pub(super) fn bounds(&self, class: usize) -> (f64, f64) {
        (at(&self.low, class), at(&self.high, class))
    }

    /// The same without fixed ends of the scale, if the statements leave open which values they are.
    pub(super) fn unspanned(&self) -> Option<Values> {
        if !self.spanning || self.sure_ends().is_some() {
            return None;
        }
        let mut values = Values { spanning: false, tops: Vec::new(), bottoms: Vec::new(), ..self.clone() };
        values.choose_how();
        Some(values)
    }

    /// Puts levels right that rounding has moved across a bound or a comparison by a hair.
    pub(super) fn mend(&self, levels: &mut Levels) {
        if let Some((top, bottom)) = levels.ends {
            levels.set(top, 1.0);
            levels.set(bottom, 0.0);
        }
        let mut ranking = Vec::new();
        self.order.arrange(&[], &mut Stream::new(0, 0, 0), &mut ranking);
        for class in ranking {
            let most = items(&self.above, class).iter().map(|a| levels.get(*a)).fold(at(&self.high, class), f64::min);
            levels.set(class, levels.get(class).max(at(&self.low, class)).min(most));
        }
    }

    fn is_fixed(&self, class: usize) -> bool {
        at(&self.low, class) >= at(&self.high, class)
    }

    /// Whether there is one value function only.
    pub(super) fn is_point(&self) -> bool {
        self.how == How::Fixed
    }

    fn sure_ends(&self) -> Option<(usize, usize)> {
        match (self.spanning, self.tops.as_slice(), self.bottoms.as_slice()) {
            (true, [top], [bottom]) => Some((*top, *bottom)),
            _ => None,
        }
    }

    /// The streams of draw `index`.
    pub(super) fn keys(&self, seed: u64, index: u64) -> Keys {
        Keys {
            by_class: self.lanes.iter().map(|lane| Stream::new(seed, index, *lane)).collect(),
            rest: Stream::new(seed, index, self.lane),
            ranking: Vec::with_capacity(self.count()),
            keys: Vec::with_capacity(self.count()),
        }
    }

    /// A value function, uniform over those that fit (approximately where a chain has to be used).
    pub(super) fn draw(&self, keys: &mut Keys) -> Levels {
        let found = match self.how {
            How::Chain => None,
            how => (0..MOST_TRIES).find_map(|_| self.attempt(how, keys)),
        };
        found.unwrap_or_else(|| {
            let mut levels = self.start();
            let sweeps = (32 + 2 * self.count() * self.count()).min(512);
            for _ in 0..sweeps {
                self.sweep(&mut levels, &mut keys.rest, &mut Uncut);
            }
            levels
        })
    }

    fn attempt(&self, how: How, keys: &mut Keys) -> Option<Levels> {
        match how {
            How::Fixed => Some(self.start()),
            How::Ranked => Some(self.ranked(keys)),
            How::Tried => {
                let levels = self.ranked(keys);
                let bounded = |(c, level): (usize, &f64)| (at(&self.low, c)..=at(&self.high, c)).contains(level);
                let fits = levels.at.iter().enumerate().all(bounded);
                let chance = if fits { self.height(&levels) } else { 0.0 };
                (chance >= 1.0 || (chance > 0.0 && keys.rest.uniform() < chance)).then_some(levels)
            }
            How::Boxed => self.boxed(keys),
            How::Chain => None,
        }
    }

    /// A uniform ranking of the classes with sorted uniform levels, spread to [0, 1] when the function spans.
    fn ranked(&self, keys: &mut Keys) -> Levels {
        let Keys { by_class, rest, ranking, keys } = keys;
        keys.clear();
        keys.extend(by_class.iter_mut().map(Stream::uniform));
        self.order.arrange(keys, rest, ranking);
        let mut levels = vec![0.0; ranking.len()];
        let (mut best, mut worst) = (0.0, 1.0);
        if !self.spanning {
            (best, worst) = (1.0, 0.0);
        }
        for k in keys.iter() {
            best = f64::max(best, *k);
            worst = f64::min(worst, *k);
        }
        keys.sort_by(|a, b| b.total_cmp(a));
        for (class, k) in ranking.iter().zip(keys.iter()) {
            if let Some(level) = levels.get_mut(*class) {
                *level = if best > worst { (k - worst) / (best - worst) } else { 0.0 };
            }
        }
        let ends = ranking.first().zip(ranking.last()).map(|(t, b)| (*t, *b)).filter(|_| self.spanning);
        Levels { at: levels, ends }
    }

    /// Each level within its bounds, if the comparisons then hold.
    fn boxed(&self, keys: &mut Keys) -> Option<Levels> {
        let level = |(class, stream): (usize, &mut Stream)| {
            let (low, high) = (at(&self.low, class), at(&self.high, class));
            low + stream.uniform() * (high - low)
        };
        let levels = Levels { at: keys.by_class.iter_mut().enumerate().map(level).collect(), ends: self.sure_ends() };
        let ordered = self.pairs.iter().all(|(a, b)| levels.get(*a) >= levels.get(*b));
        let chance = if ordered { self.height(&levels) } else { 0.0 };
        (chance >= 1.0 || (chance > 0.0 && keys.rest.uniform() < chance)).then_some(levels)
    }

    /// The density of the scores at some levels, relative to its largest value.
    pub(super) fn height(&self, levels: &Levels) -> f64 {
        let drawn = self.scores.iter().filter(|(class, ..)| !self.is_fixed(*class));
        drawn.map(|(class, range, _)| height(*range, levels.get(*class))).product()
    }

    fn height_of(&self, class: usize, level: f64) -> f64 {
        self.scores
            .iter()
            .filter(|(c, ..)| *c == class && !self.is_fixed(*c))
            .map(|(_, range, _)| height(*range, level))
            .product()
    }

    /// A value function that fits, inside the set of them.
    pub(super) fn start(&self) -> Levels {
        let pairs = self.tops.iter().flat_map(|t| self.bottoms.iter().map(move |b| (*t, *b)));
        let ends = pairs.into_iter().find(|(t, b)| t != b).filter(|_| self.spanning);
        self.start_with(ends)
    }

    /// The same with given ends.
    pub(super) fn start_with(&self, ends: Option<(usize, usize)>) -> Levels {
        let count = self.count();
        let mut levels = Levels { at: vec![0.0; count], ends };
        let mut ranking = Vec::new();
        self.order.arrange(&[], &mut Stream::new(0, 0, 0), &mut ranking);
        for (place, class) in ranking.iter().enumerate() {
            let (low, high) = (at(&self.low, *class), at(&self.high, *class));
            // Bounds and shares fall along the ranking, so the levels do.
            let share = (count - place) as f64 / (count + 1) as f64;
            levels.set(*class, low + share * (high - low));
        }
        if let Some((top, bottom)) = ends {
            levels.set(top, 1.0);
            levels.set(bottom, 0.0);
        }
        levels
    }

    /// The levels a class may have while the others stay.
    fn room(&self, levels: &Levels, class: usize, cut: &impl Cut) -> (f64, f64) {
        let (least, most) = cut.within(class, levels.get(class));
        let high = items(&self.above, class).iter().map(|a| levels.get(*a)).fold(at(&self.high, class), f64::min);
        let low = items(&self.below, class).iter().map(|b| levels.get(*b)).fold(at(&self.low, class), f64::max);
        (low.max(least), high.min(most))
    }

    /// One sweep of a chain that leaves the uniform distribution as it is: every level is drawn anew given
    /// the others, and the ends of the scale may pass to other classes.
    pub(super) fn sweep(&self, levels: &mut Levels, stream: &mut Stream, cut: &mut impl Cut) {
        for class in 0..self.count() {
            self.renew(levels, class, stream, cut);
        }
        if self.tops.len() > 1 {
            self.pass_end(levels, true, stream, cut);
        }
        if self.bottoms.len() > 1 {
            self.pass_end(levels, false, stream, cut);
        }
    }

    /// Draws the level of a class given the others (Metropolis within Gibbs where a score is triangular).
    pub(super) fn renew(&self, levels: &mut Levels, class: usize, stream: &mut Stream, cut: &mut impl Cut) {
        if levels.is_end(class) || self.is_fixed(class) {
            return;
        }
        let (low, high) = self.room(levels, class, cut);
        let from = levels.get(class);
        let (u, chance) = (stream.uniform(), stream.uniform());
        if high <= low {
            return;
        }
        let to = low + u * (high - low);
        if chance * self.height_of(class, from) <= self.height_of(class, to) {
            levels.set(class, to);
            cut.moved(class, from, to);
        }
    }

    /// Lets another class be the best (or the worst) and draws the level of the one that was, with the
    /// ratio of the two ranges of levels as the chance of acceptance (Green 1995, with equal dimensions).
    fn pass_end(&self, levels: &mut Levels, top: bool, stream: &mut Stream, cut: &mut impl Cut) {
        let Some((best, worst)) = levels.ends else { return };
        let (candidates, old, other, end) =
            if top { (&self.tops, best, worst, 1.0) } else { (&self.bottoms, worst, best, 0.0) };
        let chosen = stream.below(candidates.len() as u64) as usize;
        let (u, chance) = (stream.uniform(), stream.uniform());
        let Some(new) = candidates.get(chosen).copied().filter(|c| *c != old && *c != other) else { return };
        let before = self.room(levels, new, cut);
        let from = levels.get(new);
        levels.set(new, end);
        cut.moved(new, from, end);
        let after = self.room(levels, old, cut);
        let to = after.0 + u * (after.1 - after.0);
        let dens = |c: usize, x: f64| self.height_of(c, x);
        let (was, is) = (dens(new, from) * dens(old, end), dens(new, end) * dens(old, to));
        if after.1 > after.0 && chance * was * (before.1 - before.0) <= is * (after.1 - after.0) {
            levels.set(old, to);
            cut.moved(old, end, to);
            levels.ends = Some(if top { (new, worst) } else { (best, new) });
        } else {
            levels.set(new, from);
            cut.moved(new, end, from);
        }
    }
}

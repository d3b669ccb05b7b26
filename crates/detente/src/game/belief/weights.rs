//! How much the issues matter to one party: uniform over the weights that fit.

use super::claim::{Says, Statement};
use super::order::Order;
use super::range::height;
use super::totals::{Totals, clip};
use super::values::MOST_TRIES;
use crate::case::Range;
use crate::game::Stream;
use std::collections::BTreeSet;

const PILOT: u64 = 192;
const WORTH_TRYING: u64 = 32;
/// Weights given as numbers may miss a sum of one by this much; they are then scaled.
const ROUNDED: f64 = 1e-6;
/// Bounds nearer than this are one number.
const SAME: f64 = 1e-9;

/// The weights of one party: not negative, adding up to one, within bounds, in order.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    pub(super) low: Vec<f64>,
    pub(super) high: Vec<f64>,
    /// The first of each pair weighs more.
    pub(super) pairs: BTreeSet<(usize, usize)>,
    above: Vec<Vec<usize>>,
    below: Vec<Vec<usize>>,
    /// Weights given as ranges: issue, range, claim.
    pub(super) ranges: Vec<(usize, Range, String)>,
    /// The issues whose weight is not a single number.
    free: Vec<usize>,
    /// Whether some range is triangular.
    peaked: bool,
    order: Order,
    lanes: Vec<u64>,
    lane: u64,
    pub(super) how: How,
}

/// How weights are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// Every weight is given.
    Fixed,
    /// Uniform on the simplex, ranked by a uniform linear extension: exact.
    Ranked,
    /// The same again until the bounds hold: exact.
    Tried,
    /// A Markov chain.
    Chain,
}

fn at(list: &[f64], i: usize) -> f64 {
    list.get(i).copied().unwrap_or(0.0)
}

fn items(lists: &[Vec<usize>], i: usize) -> &[usize] {
    lists.get(i).map_or(&[], Vec::as_slice)
}

/// The streams of one draw of weights.
pub(super) struct Keys {
    by_issue: Vec<Stream>,
    rest: Stream,
}

impl Weights {
    /// The weights of the issues named `names` that fit the statements, where the issues in `flat` weigh
    /// nothing. `None` when none fit. `name` is the address of the party's random numbers.
    pub(super) fn of(names: &[&str], flat: &[bool], name: &str, statements: &[&Statement]) -> Option<Weights> {
        let n = names.len();
        let is_flat = |i: usize| flat.get(i).copied().unwrap_or(false);
        let mut pairs = BTreeSet::new();
        let mut ranges = Vec::new();
        let (mut low, mut high) = (vec![0.0f64; n], vec![1.0f64; n]);
        for statement in statements {
            match &statement.says {
                Says::Issues(all) => pairs.extend(all.iter().copied()),
                Says::Weight(issue, range) => {
                    ranges.push((*issue, *range, statement.claim.clone()));
                    let (l, h) = (low.get_mut(*issue)?, high.get_mut(*issue)?);
                    (*l, *h) = (l.max(range.low), h.min(range.high));
                }
                _ => {}
            }
        }
        high.iter_mut().enumerate().filter(|(i, _)| is_flat(*i)).for_each(|(_, h)| *h = 0.0);
        let all: Vec<(usize, usize)> = pairs.iter().copied().collect();
        let ranking = ranking(n, &all)?;
        let (mut above, mut below) = (vec![Vec::new(); n], vec![Vec::new(); n]);
        // Comparisons that follow from two others are left out of what moves are checked against.
        let follows = |a: usize, b: usize| pairs.range((a, 0)..(a + 1, 0)).any(|(_, c)| pairs.contains(&(*c, b)));
        for (a, b) in pairs.iter().filter(|(a, b)| !follows(*a, *b)) {
            above.get_mut(*b)?.push(*a);
            below.get_mut(*a)?.push(*b);
        }
        bound(&mut low, &mut high, &ranking, &above, &below)?;
        if pairs.iter().any(|(a, b)| at(&high, *a) <= at(&low, *b)) {
            return None;
        }
        let free: Vec<usize> = (0..n).filter(|i| at(&low, *i) < at(&high, *i)).collect();
        let place = |i: &usize| free.binary_search(i).ok();
        let inner: Vec<(usize, usize)> = all.iter().filter_map(|(a, b)| place(a).zip(place(b))).collect();
        let order = Order::of(free.len(), &inner)?;
        let lanes = free.iter().filter_map(|i| names.get(*i)).map(|i| Stream::lane(&format!("{name}/{i}"))).collect();
        let lane = Stream::lane(&format!("{name}/rest"));
        let peaked = ranges.iter().any(|(_, range, _)| range.likely.is_some());
        let mut weights =
            Weights { low, high, pairs, above, below, ranges, free, peaked, order, lanes, lane, how: How::Fixed };
        weights.how = weights.choose_how();
        Some(weights)
    }

    fn choose_how(&self) -> How {
        if self.free.is_empty() {
            return How::Fixed;
        }
        if self.ranges.is_empty() {
            return How::Ranked;
        }
        let mut keys = self.keys(0x00D1_CE00, 0);
        let fits = (0..PILOT)
            .filter(|_| self.attempt(&mut keys).is_some())
            .take(PILOT.div_ceil(WORTH_TRYING) as usize)
            .count() as u64;
        if fits * WORTH_TRYING >= PILOT { How::Tried } else { How::Chain }
    }

    /// Whether there are one set of weights only.
    pub(super) fn is_point(&self) -> bool {
        self.how == How::Fixed
    }

    /// Whether draws are exactly uniform.
    pub(super) fn exact(&self) -> bool {
        match self.how {
            How::Fixed => true,
            How::Ranked | How::Tried => self.order.exact(),
            How::Chain => false,
        }
    }

    /// The streams of draw `index`.
    pub(super) fn keys(&self, seed: u64, index: u64) -> Keys {
        Keys {
            by_issue: self.lanes.iter().map(|lane| Stream::new(seed, index, *lane)).collect(),
            rest: Stream::new(seed, index, self.lane),
        }
    }

    /// Weights drawn exactly, when that is possible.
    pub(super) fn draw(&self, keys: &mut Keys) -> Option<Vec<f64>> {
        match self.how {
            How::Fixed => Some(self.low.clone()),
            How::Ranked => Some(self.ranked(keys)),
            How::Tried => (0..MOST_TRIES).find_map(|_| self.attempt(keys)),
            How::Chain => None,
        }
    }

    /// Weights uniform on the simplex (spacings of exponentials, so Dirichlet with all parameters 1),
    /// in an order that fits.
    fn ranked(&self, keys: &mut Keys) -> Vec<f64> {
        let mut drawn: Vec<f64> = keys.by_issue.iter_mut().map(Stream::exponential).collect();
        let mut ranking = Vec::with_capacity(drawn.len());
        self.order.arrange(&drawn, &mut keys.rest, &mut ranking);
        drawn.sort_by(|a, b| b.total_cmp(a));
        let mut weights = self.low.clone();
        let taken: f64 = weights.iter().enumerate().filter(|(i, _)| !self.is_free(*i)).map(|(_, w)| w).sum();
        let scale = (1.0 - taken) / drawn.iter().sum::<f64>();
        for (place, share) in ranking.iter().zip(&drawn) {
            if let Some(slot) = self.free.get(*place).and_then(|i| weights.get_mut(*i)) {
                *slot = share * scale;
            }
        }
        weights
    }

    fn attempt(&self, keys: &mut Keys) -> Option<Vec<f64>> {
        let weights = self.ranked(keys);
        let chance = if self.fits(&weights) { self.height(&weights) } else { 0.0 };
        (chance >= 1.0 || (chance > 0.0 && keys.rest.uniform() < chance)).then_some(weights)
    }

    fn is_free(&self, issue: usize) -> bool {
        at(&self.low, issue) < at(&self.high, issue)
    }

    fn fits(&self, weights: &[f64]) -> bool {
        self.free.iter().all(|i| (at(&self.low, *i)..=at(&self.high, *i)).contains(&at(weights, *i)))
            && self.pairs.iter().all(|(a, b)| at(weights, *a) >= at(weights, *b))
    }

    /// The density of the ranges at some weights, relative to its largest value.
    pub(super) fn height(&self, weights: &[f64]) -> f64 {
        self.ranges
            .iter()
            .filter(|(i, ..)| self.is_free(*i))
            .map(|(i, range, _)| height(*range, at(weights, *i)))
            .product()
    }

    /// Weights that fit, inside the set of them.
    pub(super) fn start(&self) -> Vec<f64> {
        let mut depth = vec![0usize; self.low.len()];
        let all: Vec<(usize, usize)> = self.pairs.iter().copied().collect();
        for a in ranking(self.low.len(), &all).unwrap_or_default() {
            let next = depth.get(a).map_or(1, |d| d + 1);
            for b in items(&self.below, a) {
                depth.get_mut(*b).into_iter().for_each(|d| *d = (*d).max(next));
            }
        }
        let deepest = depth.iter().max().copied().unwrap_or(0) as f64;
        // Each weight a share of its way from the lower to the upper bound, less for the less important:
        // bounds fall along the order, so these do. The sum is continuous from too little to too much.
        let with = |theta: f64| -> Vec<f64> {
            let share = |d: usize| theta.powf((d as f64 + 1.0) / (deepest + 1.0));
            let one = |(i, d): (usize, &usize)| at(&self.low, i) + share(*d) * (at(&self.high, i) - at(&self.low, i));
            depth.iter().enumerate().map(one).collect()
        };
        let (mut least, mut most) = (0.0, 1.0);
        for _ in 0..60 {
            let middle = f64::midpoint(least, most);
            if with(middle).iter().sum::<f64>() > 1.0 { most = middle } else { least = middle }
        }
        with(least)
    }

    /// One sweep of a chain that leaves the uniform distribution as it is: moves along lines through the
    /// current point, each to a uniform place on the part of the line that fits (hit-and-run, Smith 1984),
    /// along pairs of weights and, where weights are ranked, along the tops of the current ranking.
    pub(super) fn sweep(&self, weights: &mut [f64], totals: &mut Totals, stream: &mut Stream) {
        let k = self.free.len() as u64;
        if k < 2 {
            return;
        }
        for _ in 0..k {
            let (i, j) = (stream.below(k), stream.below(k - 1));
            let j = if j >= i { j + 1 } else { j };
            if let (Some(i), Some(j)) = (self.free.get(i as usize), self.free.get(j as usize)) {
                self.pair(weights, *i, *j, totals, stream);
            }
        }
        if !self.pairs.is_empty() {
            let mut ranking = self.free.clone();
            ranking.sort_by(|a, b| at(weights, *b).total_cmp(&at(weights, *a)));
            for _ in 0..k.div_ceil(2) {
                let (a, b) = (stream.below(k), stream.below(k - 1));
                let b = if b >= a { b + 1 } else { b };
                self.block(weights, &ranking, (a as usize, b as usize), totals, stream);
            }
        }
    }

    /// Moves weight between two issues.
    fn pair(&self, weights: &mut [f64], i: usize, j: usize, totals: &mut Totals, stream: &mut Stream) {
        let (wi, wj) = (at(weights, i), at(weights, j));
        let (low, high) = (|i: usize| at(&self.low, i), |i: usize| at(&self.high, i));
        let mut span = ((low(i) - wi).max(wj - high(j)), (high(i) - wi).min(wj - low(j)));
        for (me, own, rate, other) in [(i, wi, 1.0, j), (j, wj, -1.0, i)] {
            for a in items(&self.above, me) {
                clip(&mut span, at(weights, *a) - own, if *a == other { -2.0 * rate } else { -rate });
            }
            for b in items(&self.below, me) {
                clip(&mut span, own - at(weights, *b), if *b == other { 2.0 * rate } else { rate });
            }
        }
        totals.line.clear();
        totals.line.extend([(i, 1.0), (j, -1.0)]);
        self.go(weights, span, totals, stream);
    }

    /// Raises the first `a + 1` issues of the current ranking together and lowers the first `b + 1`, as far
    /// as the ranking stays: a move between two vertices of the simplex of ranked weights.
    fn block(
        &self,
        weights: &mut [f64],
        ranking: &[usize],
        (a, b): (usize, usize),
        totals: &mut Totals,
        stream: &mut Stream,
    ) {
        let gap = |r: usize| {
            let next = ranking.get(r + 1).map_or(0.0, |e| at(weights, *e));
            (r + 1) as f64 * (ranking.get(r).map_or(0.0, |e| at(weights, *e)) - next)
        };
        let mut span = (-gap(a), gap(b));
        let share = |r: usize, last: usize| if r <= last { 1.0 / (last + 1) as f64 } else { 0.0 };
        totals.line.clear();
        for (r, e) in ranking.iter().enumerate().take(a.max(b) + 1) {
            let rate = share(r, a) - share(r, b);
            clip(&mut span, at(weights, *e) - at(&self.low, *e), rate);
            clip(&mut span, at(&self.high, *e) - at(weights, *e), -rate);
            totals.line.push((*e, rate));
        }
        self.go(weights, span, totals, stream);
    }

    /// Goes to a uniform place on the line of `totals`, or stays (Metropolis) where a range is triangular.
    fn go(&self, weights: &mut [f64], mut span: (f64, f64), totals: &mut Totals, stream: &mut Stream) {
        let (u, chance) = (stream.uniform(), if self.peaked { stream.uniform() } else { 0.0 });
        if span.1 <= span.0 {
            return;
        }
        totals.clip(&mut span);
        if span.1 <= span.0 {
            return;
        }
        let t = span.0 + u * (span.1 - span.0);
        let shift = |weights: &mut [f64], t: f64| {
            for (e, rate) in &totals.line {
                weights.get_mut(*e).into_iter().for_each(|w| *w += t * rate);
            }
        };
        let before = if self.peaked { self.height(weights) } else { 0.0 };
        shift(weights, t);
        if self.peaked && chance * before > self.height(weights) {
            shift(weights, -t);
            return;
        }
        totals.total.iter_mut().zip(&totals.rates).for_each(|(total, rate)| *total += t * rate);
    }

    /// Draws the weight of one issue anew, given how the other weights compare to each other: along the line
    /// from the current point to the vertex of the issue. For varying one claim alone.
    pub(super) fn renew(&self, weights: &mut [f64], issue: usize, totals: &mut Totals, stream: &mut Stream) {
        let (u, chance) = (stream.uniform(), stream.uniform());
        let others: Vec<usize> = self.free.iter().copied().filter(|i| *i != issue).collect();
        let (own, rest) = (at(weights, issue), others.iter().map(|i| at(weights, *i)).sum::<f64>());
        if !self.is_free(issue) || others.is_empty() || rest <= 0.0 {
            return;
        }
        let rate = |i: usize| match () {
            () if i == issue => 1.0,
            () if self.is_free(i) => -at(weights, i) / rest,
            () => 0.0,
        };
        let rates: Vec<f64> = (0..weights.len()).map(rate).collect();
        totals.line.clear();
        totals.line.extend(rates.iter().copied().enumerate());
        let mut span = (-own, rest);
        for i in &self.free {
            clip(&mut span, at(weights, *i) - at(&self.low, *i), at(&rates, *i));
            clip(&mut span, at(&self.high, *i) - at(weights, *i), -at(&rates, *i));
        }
        for (a, b) in &self.pairs {
            clip(&mut span, at(weights, *a) - at(weights, *b), at(&rates, *a) - at(&rates, *b));
        }
        totals.clip(&mut span);
        if span.1 <= span.0 {
            return;
        }
        // Towards the vertex the simplex gets thin: the density along the line is (what is left)^(others - 1).
        let power = others.len() as f64;
        let (wide, thin) = ((rest - span.0).powf(power), (rest - span.1).powf(power));
        let t = (rest - (wide + u * (thin - wide)).powf(1.0 / power)).clamp(span.0, span.1);
        let before = self.height(weights);
        let moved: Vec<f64> = weights.iter().zip(&rates).map(|(w, r)| w + t * r).collect();
        if chance * before <= self.height(&moved) {
            weights.copy_from_slice(&moved);
            totals.sum(weights);
        }
    }

    /// Puts right what rounding in a chain has moved across a bound or a comparison by a hair.
    pub(super) fn mend(&self, weights: &mut [f64]) {
        let all: Vec<(usize, usize)> = self.pairs.iter().copied().collect();
        for a in ranking(weights.len(), &all).unwrap_or_default() {
            let most = items(&self.above, a).iter().map(|b| at(weights, *b)).fold(at(&self.high, a), f64::min);
            let least = at(&self.low, a);
            weights.get_mut(a).into_iter().for_each(|w| *w = w.max(least).min(most));
        }
    }
}

/// The issues with the more important ones first.
fn ranking(n: usize, pairs: &[(usize, usize)]) -> Option<Vec<usize>> {
    let mut waiting = vec![0usize; n];
    for (_, b) in pairs {
        *waiting.get_mut(*b)? += 1;
    }
    let mut ready: BTreeSet<usize> = (0..n).filter(|i| waiting.get(*i) == Some(&0)).collect();
    let mut sorted = Vec::with_capacity(n);
    while let Some(a) = ready.pop_first() {
        sorted.push(a);
        for (_, b) in pairs.iter().filter(|(from, _)| *from == a) {
            let left = waiting.get_mut(*b)?;
            *left -= 1;
            if *left == 0 {
                ready.insert(*b);
            }
        }
    }
    (sorted.len() == n).then_some(sorted)
}

/// Narrows bounds to what the order and the sum of one leave; `None` when nothing is left.
///
/// Between the lower and the upper bounds, both in order, lies a line of ordered weights, so there are
/// weights that fit exactly when the lower bounds add up to at most one and the upper to at least one.
fn bound(
    low: &mut [f64],
    high: &mut [f64],
    ranking: &[usize],
    above: &[Vec<usize>],
    below: &[Vec<usize>],
) -> Option<()> {
    for _ in 0..low.len() + 2 {
        for b in ranking {
            let most = items(above, *b).iter().map(|a| at(high, *a)).fold(at(high, *b), f64::min);
            *high.get_mut(*b)? = most;
        }
        for a in ranking.iter().rev() {
            let least = items(below, *a).iter().map(|b| at(low, *b)).fold(at(low, *a), f64::max);
            *low.get_mut(*a)? = least;
        }
        let (least, most): (f64, f64) = (low.iter().sum(), high.iter().sum());
        if low.iter().zip(high.iter()).any(|(l, h)| *l > *h + SAME) || least > 1.0 + ROUNDED || most < 1.0 - ROUNDED {
            return None;
        }
        let mut changed = false;
        for (l, h) in low.iter_mut().zip(high.iter_mut()) {
            let (up, down) = (1.0 - (least - *l), 1.0 - (most - *h));
            changed |= *h > up + SAME || *l < down - SAME;
            if *h > up + SAME {
                *h = up.max(*l);
            }
            if *l < down - SAME {
                *l = down.min(*h);
            }
        }
        if !changed {
            break;
        }
    }
    for (l, h) in low.iter_mut().zip(high.iter_mut()) {
        if *h - *l <= 2.0 * SAME {
            // A bound somebody wrote is rounder than one that was worked out.
            *h = *l;
        }
    }
    let sum: f64 = low.iter().sum();
    if low.iter().zip(high.iter()).all(|(l, h)| l == h) && sum > 0.0 {
        for (l, h) in low.iter_mut().zip(high.iter_mut()) {
            *l /= sum;
            *h = *l;
        }
    }
    Some(())
}

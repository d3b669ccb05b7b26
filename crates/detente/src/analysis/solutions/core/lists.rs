//! Every outcome that gives each party what it needs, when little is to be had more.
//!
//! The issues are dealt into a few groups. For each group all combinations of its values are listed that cost
//! little by the multipliers. Then one combination of every group is looked for, so that together they give
//! everybody enough: the lists are ordered in trees of boxes (Bentley 1975), and boxes are opened together as long
//! as the best of each might do. A list is about as long as the square or cube root of what a search issue by
//! issue goes through (Horowitz and Sahni 1974).

use super::finish::Judge;
use super::{Problem, dot};

/// Numbers of a point: the gain of every party, what is lost by the multipliers, and weighted sums of gains.
const LANES: usize = 16;
/// Combinations in a list at most.
const MOST_POINTS: usize = 1 << 17;
/// Groups that issues are dealt into, at least and at most.
const GROUPS: std::ops::RangeInclusive<usize> = 3..=5;
/// Boxes within a box at most.
const WIDTH: usize = 8;
/// Steps that opening a box takes, in values looked at.
const STEPS_PER_BOX: u64 = 8;
/// Points looked at for where to divide a box.
const SOME_POINTS: usize = 32;

/// Whole numbers, so that sums have no error; a value's are rounded up, what is needed is rounded down.
type Lanes = [i32; LANES];

/// What 1 is in them. Gains are at most 1 in size, see [`Problem::scale`], so that no sum or difference is beyond 8.
const UNIT: f64 = (1 << 27) as f64;
/// Less than anything there is.
const NOTHING: Lanes = [-(1 << 29); LANES];

/// Problems with more parties have no room for weighted sums.
pub(super) const MOST_PARTIES: usize = LANES - 4;

/// How going through the outcomes ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// All of them were looked at.
    Through,
    /// The lists became too long.
    TooMany,
    /// No steps were left.
    OutOfSteps,
}

/// A value of an issue: its position, and what it has more than the best by multipliers.
struct Value {
    at: usize,
    more: Lanes,
}

/// What lists are made from.
pub(super) struct Lists<'a> {
    problem: &'a Problem,
    /// The multipliers; they add up to 1.
    multipliers: Vec<f64>,
    /// Weights of the sums.
    sums: Vec<Vec<f64>>,
    /// Gains of the outcome that is best by the multipliers.
    top: Vec<f64>,
    /// That outcome.
    choice: Vec<usize>,
    /// The values of every issue, those that cost least first.
    values: Vec<Vec<Value>>,
    /// Boxes opened so far.
    pub(super) opened: u64,
}

/// The combinations of one group.
struct List {
    points: Vec<Lanes>,
    /// The combination of each point, as a number: a digit per issue.
    codes: Vec<u64>,
    /// The issues, and how many values of each take part.
    issues: Vec<(usize, u64)>,
}

/// A box around points, or a point.
struct Around {
    /// The most in each lane.
    most: Lanes,
    /// The first of the boxes within, which are side by side; for a point, its number.
    within: u32,
    /// How many are within; 0 for a point.
    count: u32,
    /// How far it reaches; 0 for a point.
    reach: f32,
}

/// Boxes within boxes around the points of a list, the one around all of them first.
struct Tree {
    boxes: Vec<Around>,
}

impl<'a> Lists<'a> {
    /// The multipliers add up to something positive; there are not more parties than [`MOST_PARTIES`].
    pub(super) fn new(problem: &'a Problem, multipliers: &[f64]) -> Self {
        let n = problem.parties;
        let whole: f64 = multipliers.iter().sum();
        let multipliers: Vec<f64> = multipliers.iter().map(|m| m / whole).collect();
        let sums = sums(&multipliers, LANES - n - 1);
        let mut top = problem.low.clone();
        let (mut choice, mut values) = (Vec::new(), Vec::new());
        for issue in &problem.issues {
            let counts: Vec<f64> = issue.worth.chunks_exact(n).map(|w| dot(w, &multipliers)).collect();
            let mut order: Vec<usize> = (0..counts.len()).collect();
            order.sort_by(|a, b| counts[*b].total_cmp(&counts[*a]));
            let best = order.first().copied().unwrap_or(0);
            let first = &issue.worth[best * n..(best + 1) * n];
            top.iter_mut().zip(first).for_each(|(t, w)| *t += w);
            choice.push(best);
            let value = |at: usize| {
                let mine = &issue.worth[at * n..(at + 1) * n];
                let more: Vec<f64> = mine.iter().zip(first).map(|(w, b)| w - b).collect();
                Value { at, more: lanes(&more, counts[at] - counts[best], &sums, |x| (x * UNIT).ceil()) }
            };
            values.push(order.into_iter().map(value).collect());
        }
        Lists { problem, multipliers, sums, top, choice, values, opened: 0 }
    }

    /// What a point has to have in each lane at least. No point has less than -4, or 4.
    fn needed(&self, judge: &impl Judge) -> Lanes {
        let more: Vec<f64> = judge.needed().iter().zip(&self.top).map(|(need, top)| need - top).collect();
        lanes(&more, -judge.room(), &self.sums, |x| (x.clamp(-4.0, 4.0) * UNIT).floor() - 1.0)
    }

    /// Shows the judge every outcome that gives each party what the judge needs. It may show some that do not.
    /// With a `part`, only outcomes in which no group costs more than that part of the room.
    ///
    /// The multipliers of the judge's room must be those of the lists, adding up to 1.
    pub(super) fn run(&mut self, judge: &mut impl Judge, part: Option<f64>, steps: &mut u64) -> End {
        let n = self.problem.parties;
        let needed = self.needed(judge);
        let part = part.unwrap_or(1.0);
        let least = (f64::from(needed[n]) * part) as i32;
        let cheap = |value: &&Value| value.more[n] >= least;
        let counts: Vec<usize> = self.values.iter().map(|v| v.iter().take_while(cheap).count().max(1)).collect();
        for groups in GROUPS {
            let mut lists = Vec::new();
            for group in self.deal(groups, &counts, part * judge.room()) {
                let list = self.list(&group, &counts, &needed, least, steps);
                let Some(list) = list else { break };
                if list.points.is_empty() {
                    return if *steps == 0 { End::OutOfSteps } else { End::Through };
                }
                lists.push(list);
            }
            if *steps == 0 {
                return End::OutOfSteps;
            }
            if lists.len() == groups {
                return self.join(&lists, judge, steps);
            }
        }
        End::TooMany
    }

    /// Deals the issues, those with the most cheap values first, each to the group with the fewest combinations.
    fn deal(&self, groups: usize, counts: &[usize], room: f64) -> Vec<Vec<usize>> {
        let n = self.problem.parties;
        // A value that costs much of the room takes part in few combinations.
        let part = |value: &Value| (1.0 + f64::from(value.more[n]) / UNIT / room.max(1e-12)).max(0.0);
        let parts = self.values.iter().zip(counts).map(|(v, count)| v.iter().take(*count).map(part).sum::<f64>());
        let mut parts: Vec<(usize, f64)> = parts.enumerate().filter(|(at, _)| counts[*at] > 1).collect();
        parts.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut dealt = vec![(1.0f64, Vec::new()); groups];
        for (issue, part) in parts {
            if let Some(group) = dealt.iter_mut().min_by(|a, b| a.0.total_cmp(&b.0)) {
                group.0 *= part.max(1.0 + 1e-9);
                group.1.push(issue);
            }
        }
        dealt.into_iter().map(|(_, issues)| issues).collect()
    }

    /// The combinations of a group that leave enough with the best of all other issues, and lose at most `least` by
    /// the multipliers. `None` when too many.
    fn list(&self, group: &[usize], counts: &[usize], needed: &Lanes, least: i32, steps: &mut u64) -> Option<List> {
        let most = |issue: usize| {
            let mut most = NOTHING;
            self.values[issue].iter().take(counts[issue]).for_each(|v| raise(&mut most, &v.more));
            most
        };
        // What each lane still lacks before an issue is settled.
        let mut lacking = *needed;
        (0..counts.len()).filter(|i| !group.contains(i)).for_each(|i| take(&mut lacking, &most(i)));
        let n = self.problem.parties;
        lacking[n] = lacking[n].max(least);
        let mut stages = vec![lacking];
        for issue in group.iter().skip(1).rev() {
            take(&mut lacking, &most(*issue));
            stages.push(lacking);
        }
        stages.reverse();
        let mut points: Vec<Lanes> = vec![[0; LANES]];
        let mut codes: Vec<u64> = vec![0];
        let mut whole = 1u64;
        for (issue, lacking) in group.iter().zip(&stages) {
            let values = &self.values[*issue][..counts[*issue]];
            whole = whole.checked_mul(values.len() as u64)?;
            let (mut next, mut next_codes) =
                (Vec::with_capacity(2 * points.len()), Vec::with_capacity(2 * codes.len()));
            for (point, code) in points.iter().zip(&codes) {
                for (value, digit) in values.iter().zip(0u64..) {
                    let mut sum = *point;
                    sum.iter_mut().zip(&value.more).for_each(|(s, m)| *s += m);
                    if reaches(&sum, lacking) {
                        next.push(sum);
                        next_codes.push(code * values.len() as u64 + digit);
                    }
                }
                if next.len() > MOST_POINTS {
                    return None;
                }
            }
            *steps = steps.saturating_sub((points.len() * values.len()) as u64);
            (points, codes) = (next, next_codes);
        }
        let issues = group.iter().map(|i| (*i, counts[*i] as u64)).collect();
        Some(List { points, codes, issues })
    }

    fn join(&mut self, lists: &[List], judge: &mut impl Judge, steps: &mut u64) -> End {
        let scales: Vec<f32> = self.multipliers.iter().map(|m| *m as f32).chain(std::iter::once(1.0)).collect();
        let trees: Vec<Tree> = lists.iter().map(|l| Tree::over(&l.points, &scales)).collect();
        let needed = self.needed(judge);
        let mut join =
            Join { lists: self, all: lists, trees: &trees, judge, needed, found: 0, opened: 0, left: *steps };
        let mut at = vec![0u32; trees.len()];
        let through = join.open(&mut at);
        let (left, opened) = (join.left, join.opened);
        *steps = left;
        self.opened += opened;
        if through { End::Through } else { End::OutOfSteps }
    }

    /// The outcome of one point of every list.
    fn outcome(&self, lists: &[List], points: impl Iterator<Item = usize>) -> Vec<usize> {
        let mut choice = self.choice.clone();
        for (list, point) in lists.iter().zip(points) {
            let mut code = list.codes.get(point).copied().unwrap_or(0);
            for (issue, count) in list.issues.iter().rev() {
                let value = self.values[*issue].get((code % count) as usize);
                choice[*issue] = value.map_or(choice[*issue], |v| v.at);
                code /= count;
            }
        }
        choice
    }
}

/// Opens boxes of all trees together.
struct Join<'a, 'b, J> {
    lists: &'a Lists<'b>,
    all: &'a [List],
    trees: &'a [Tree],
    judge: &'a mut J,
    needed: Lanes,
    /// How many times more became lacking.
    found: u32,
    opened: u64,
    left: u64,
}

impl<J: Judge> Join<'_, '_, J> {
    /// False when no steps are left. At most as deep as all trees together.
    fn open(&mut self, at: &mut [u32]) -> bool {
        let reaches_of = self.trees.iter().zip(at.iter()).map(|(tree, at)| tree.boxes[*at as usize].reach);
        let (mut widest, mut reach) = (0, 0.0);
        for (tree, here) in reaches_of.enumerate() {
            if here > reach {
                (widest, reach) = (tree, here);
            }
        }
        if reach == 0.0 {
            let points = self.trees.iter().zip(at.iter()).map(|(tree, at)| tree.boxes[*at as usize].within as usize);
            let choice = self.lists.outcome(self.all, points);
            if self.judge.look(&choice, &self.lists.problem.rough(&choice)) {
                self.found += 1;
                self.needed = self.lists.needed(self.judge);
            }
            return true;
        }
        self.opened += 1;
        self.left = self.left.saturating_sub(STEPS_PER_BOX);
        if self.left == 0 {
            return false;
        }
        // What a box within has to have, given the best of the others.
        let mut lacking = self.needed;
        for (other, (tree, at)) in self.trees.iter().zip(at.iter()).enumerate() {
            if other != widest {
                take(&mut lacking, &tree.boxes[*at as usize].most);
            }
        }
        let here = at[widest];
        let before = (self.needed, self.found);
        let tree = &self.trees[widest];
        let Around { within, count, .. } = tree.boxes[here as usize];
        let boxes = &tree.boxes[within as usize..(within + count) as usize];
        // A bit for each box, as many as [`WIDTH`].
        let bit = |(around, at): (&Around, u32)| u32::from(reaches(&around.most, &lacking)) << at;
        let mut enough = boxes.iter().zip(0..).map(bit).fold(0, |bits, bit| bits | bit);
        while enough != 0 {
            let k = enough.trailing_zeros();
            enough &= enough - 1;
            if self.found != before.1 {
                // Something better was found: more is lacking.
                let mut lacking = lacking;
                lacking.iter_mut().zip(self.needed.iter().zip(&before.0)).for_each(|(l, (now, then))| *l += now - then);
                if !reaches(&boxes[k as usize].most, &lacking) {
                    continue;
                }
            }
            at[widest] = within + k;
            if !self.open(at) {
                return false;
            }
        }
        at[widest] = here;
        true
    }
}

impl Around {
    fn nothing() -> Self {
        Around { most: NOTHING, within: 0, count: 0, reach: 0.0 }
    }
}

impl Tree {
    /// Divides the points into boxes, each divided along the lane in which its points are furthest apart. There is
    /// at least one point.
    fn over(points: &[Lanes], scales: &[f32]) -> Tree {
        let mut order: Vec<(i32, u32)> = (0u32..).take(points.len()).map(|at| (0, at)).collect();
        let mut tree = Tree { boxes: Vec::with_capacity(points.len() + points.len() / 4 + 8) };
        tree.boxes.push(Around::nothing());
        tree.fill(0, points, &mut order, scales);
        tree
    }

    /// Makes the box of some points. As deep as the logarithm of their number.
    fn fill(&mut self, at: usize, points: &[Lanes], some: &mut [(i32, u32)], scales: &[f32]) {
        let point = |one: u32| Around { most: points[one as usize], within: one, count: 0, reach: 0.0 };
        if let [(_, one)] = some {
            self.boxes[at] = point(*one);
            return;
        }
        let first = self.boxes.len();
        // Some reach even where all points are the same.
        let reach = furthest(points, some, scales).1 + 1e-9;
        let count = if some.len() <= WIDTH { some.len() } else { some.len().div_ceil(WIDTH).min(WIDTH) };
        if some.len() <= WIDTH {
            self.boxes.extend(some.iter().map(|(_, one)| point(*one)));
        } else {
            self.boxes.extend((0..count).map(|_| Around::nothing()));
            self.divide(first, count, points, some, scales);
        }
        let mut most = NOTHING;
        self.boxes[first..first + count].iter().for_each(|within| raise(&mut most, &within.most));
        self.boxes[at] = Around { most, within: first as u32, count: count as u32, reach };
    }

    /// Makes boxes of parts of some points, from box number `first`, all but the last as full as they can be.
    fn divide(&mut self, first: usize, parts: usize, points: &[Lanes], some: &mut [(i32, u32)], scales: &[f32]) {
        if parts == 1 {
            self.fill(first, points, some, scales);
            return;
        }
        let (along, _) = furthest(points, some, scales);
        some.iter_mut().for_each(|(key, at)| *key = -points[*at as usize][along]);
        let half = (some.len() * (parts / 2) / parts).next_multiple_of(WIDTH).min(some.len() - 1);
        some.select_nth_unstable(half);
        let (high, low) = some.split_at_mut(half);
        self.divide(first, parts / 2, points, high, scales);
        self.divide(first + parts / 2, parts - parts / 2, points, low, scales);
    }
}

/// Along which lane some of the points are furthest apart, weighted by the scales, and how far along all lanes.
fn furthest(points: &[Lanes], some: &[(i32, u32)], scales: &[f32]) -> (usize, f32) {
    let (mut most, mut least) = (NOTHING, NOTHING.map(|x| -x));
    for (_, one) in some.iter().step_by(some.len().div_ceil(SOME_POINTS).max(1)) {
        for ((m, l), x) in most.iter_mut().zip(&mut least).zip(&points[*one as usize]) {
            *m = if *x > *m { *x } else { *m };
            *l = if *x < *l { *x } else { *l };
        }
    }
    let (mut along, mut furthest, mut reach) = (0, -1.0, 0.0);
    for (lane, ((most, least), scale)) in most.iter().zip(&least).zip(scales).enumerate() {
        let apart = (most - least) as f32 * scale;
        reach += apart;
        if apart > furthest {
            (along, furthest) = (lane, apart);
        }
    }
    (along, reach)
}

/// Weights of sums of gains that no outcome with enough for everybody falls short of: the multipliers, leaving out one
/// party, or with some parties counted more. Each adds up to 1.
fn sums(multipliers: &[f64], count: usize) -> Vec<Vec<f64>> {
    let n = multipliers.len();
    let sum = |number: usize| {
        let factor = |party: usize| match number < n {
            true => f64::from(u8::from(party != number)),
            // Bits without a pattern say who counts more.
            false => 0.3 + 1.4 * f64::from((0x9E37_79B9_7F4A_7C15_u64 >> ((number * n + party) % 64) & 1) as u8),
        };
        let weights: Vec<f64> = multipliers.iter().enumerate().map(|(party, m)| m * factor(party)).collect();
        let whole: f64 = weights.iter().sum();
        if whole > 0.0 { weights.iter().map(|w| w / whole).collect() } else { multipliers.to_vec() }
    };
    (0..count).map(sum).collect()
}

/// Gains, what is counted by the multipliers, and sums, in lanes.
fn lanes(gains: &[f64], counts: f64, sums: &[Vec<f64>], round: impl Fn(f64) -> f64) -> Lanes {
    let mut lanes = [0; LANES];
    let sums = sums.iter().map(|weights| dot(weights, gains));
    let all = gains.iter().copied().chain(std::iter::once(counts)).chain(sums);
    lanes.iter_mut().zip(all).for_each(|(lane, x)| *lane = round(x) as i32);
    lanes
}

fn raise(most: &mut Lanes, point: &Lanes) {
    most.iter_mut().zip(point).for_each(|(m, x)| *m = if *x > *m { *x } else { *m });
}

fn take(lacking: &mut Lanes, given: &Lanes) {
    lacking.iter_mut().zip(given).for_each(|(l, g)| *l -= g);
}

fn reaches(point: &Lanes, lacking: &Lanes) -> bool {
    // Negative as soon as one difference is.
    point.iter().zip(lacking).fold(0, |all, (x, l)| all | (x - l)) >= 0
}

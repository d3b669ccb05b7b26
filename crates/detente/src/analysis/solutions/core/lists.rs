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
/// Steps that opening a box takes, in values looked at.
const STEPS_PER_BOX: u64 = 4;

type Lanes = [f32; LANES];

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

/// Boxes around points; each has two within it, or is a point.
#[derive(Default)]
struct Tree {
    /// The most in each lane.
    most: Vec<Lanes>,
    /// The two boxes within; for a point itself twice its number.
    within: Vec<[u32; 2]>,
    /// How far it reaches; 0 for a point.
    reach: Vec<f32>,
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
                Value { at, more: lanes(&more, counts[at] - counts[best], &sums) }
            };
            values.push(order.into_iter().map(value).collect());
        }
        Lists { problem, multipliers, sums, top, choice, values, opened: 0 }
    }

    /// What a point has to have in each lane at least. Numbers are rounded to 24 bits once, and sums of at most one
    /// number per issue and group, each at most 2 in size, once per number.
    fn needed(&self, judge: &impl Judge) -> Lanes {
        let more: Vec<f64> = judge.needed().iter().zip(&self.top).map(|(need, top)| need - top).collect();
        let slack = (self.problem.issues.len() + 16) as f32 * 2.0 * f32::EPSILON;
        let mut needed = lanes(&more, -judge.room(), &self.sums);
        needed.iter_mut().for_each(|need| *need -= slack);
        needed
    }

    /// Shows the judge every outcome that gives each party what the judge needs. It may show some that do not.
    /// The multipliers of the judge's room must be those of the lists, adding up to 1.
    pub(super) fn run(&mut self, judge: &mut impl Judge, steps: &mut u64) -> End {
        let needed = self.needed(judge);
        let cheap = |value: &&Value| value.more[self.problem.parties] >= needed[self.problem.parties];
        let counts: Vec<usize> = self.values.iter().map(|v| v.iter().take_while(cheap).count().max(1)).collect();
        for groups in GROUPS {
            let mut lists = Vec::new();
            for group in self.deal(groups, &counts, judge.room()) {
                let list = self.list(&group, &counts, &needed, steps);
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
        let part = |value: &Value| (1.0 + f64::from(value.more[n]) / room.max(1e-12)).max(0.0);
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

    /// The combinations of a group that leave enough with the best of all other issues. `None` when too many.
    fn list(&self, group: &[usize], counts: &[usize], needed: &Lanes, steps: &mut u64) -> Option<List> {
        let most = |issue: usize| {
            let mut most = [f32::NEG_INFINITY; LANES];
            self.values[issue].iter().take(counts[issue]).for_each(|v| raise(&mut most, &v.more));
            most
        };
        // What each lane still lacks before an issue is settled.
        let mut lacking = *needed;
        (0..counts.len()).filter(|i| !group.contains(i)).for_each(|i| take(&mut lacking, &most(i)));
        let mut stages = vec![lacking];
        for issue in group.iter().skip(1).rev() {
            take(&mut lacking, &most(*issue));
            stages.push(lacking);
        }
        stages.reverse();
        let mut points: Vec<Lanes> = vec![[0.0; LANES]];
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
        let mut join = Join { lists: self, all: lists, trees: &trees, judge, needed, opened: 0, left: *steps };
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
    opened: u64,
    left: u64,
}

impl<J: Judge> Join<'_, '_, J> {
    /// False when no steps are left. At most as deep as all trees together.
    fn open(&mut self, at: &mut [u32]) -> bool {
        let reaches_of = self.trees.iter().zip(at.iter()).map(|(tree, at)| tree.reach[*at as usize]);
        let (mut widest, mut reach) = (0, 0.0);
        for (tree, here) in reaches_of.enumerate() {
            if here > reach {
                (widest, reach) = (tree, here);
            }
        }
        if reach == 0.0 {
            let points = self.trees.iter().zip(at.iter()).map(|(tree, at)| tree.within[*at as usize][0] as usize);
            let choice = self.lists.outcome(self.all, points);
            self.judge.look(&choice, &self.lists.problem.rough(&choice));
            self.needed = self.lists.needed(self.judge);
            return true;
        }
        // What the box has to have, given the best of the others.
        let mut lacking = self.needed;
        for (other, (tree, at)) in self.trees.iter().zip(at.iter()).enumerate() {
            if other != widest {
                take(&mut lacking, &tree.most[*at as usize]);
            }
        }
        let here = at[widest];
        let before = self.needed;
        for within in self.trees[widest].within[here as usize] {
            self.opened += 1;
            self.left = self.left.saturating_sub(STEPS_PER_BOX);
            if self.left == 0 {
                return false;
            }
            if reaches(&self.trees[widest].most[within as usize], &lacking) {
                at[widest] = within;
                if !self.open(at) {
                    return false;
                }
                if self.needed != before {
                    // Something better was found: more is lacking.
                    for ((l, now), then) in lacking.iter_mut().zip(&self.needed).zip(&before) {
                        *l = l.max(*l + (now - then) - 2.0 * f32::EPSILON);
                    }
                }
            }
        }
        at[widest] = here;
        true
    }
}

impl Tree {
    /// Halves the points along the lane in which they are furthest apart, weighted by the scales, and so on. There is
    /// at least one point.
    fn over(points: &[Lanes], scales: &[f32]) -> Tree {
        let mut tree = Tree::default();
        let mut order: Vec<u32> = (0..points.len() as u32).collect();
        tree.grow(points, &mut order, scales);
        tree
    }

    /// As deep as the logarithm of the number of points.
    fn grow(&mut self, points: &[Lanes], order: &mut [u32], scales: &[f32]) -> u32 {
        let me = self.most.len();
        if let [one] = order {
            self.most.push(points[*one as usize]);
            self.within.push([*one; 2]);
            self.reach.push(0.0);
            return me as u32;
        }
        let (mut most, mut least) = ([f32::NEG_INFINITY; LANES], [f32::INFINITY; LANES]);
        for point in order.iter() {
            let point = &points[*point as usize];
            raise(&mut most, point);
            least.iter_mut().zip(point).for_each(|(l, x)| *l = l.min(*x));
        }
        let (mut along, mut furthest, mut reach) = (0, -1.0, 1e-9);
        for (lane, ((most, least), scale)) in most.iter().zip(&least).zip(scales).enumerate() {
            let apart = (most - least) * scale;
            reach += apart;
            if apart > furthest {
                (along, furthest) = (lane, apart);
            }
        }
        self.most.push(most);
        self.within.push([0; 2]);
        self.reach.push(reach);
        let half = order.len() / 2;
        order.select_nth_unstable_by(half, |a, b| points[*a as usize][along].total_cmp(&points[*b as usize][along]));
        let (low, high) = order.split_at_mut(half);
        let low = self.grow(points, low, scales);
        let high = self.grow(points, high, scales);
        self.within[me] = [high, low];
        me as u32
    }
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
fn lanes(gains: &[f64], counts: f64, sums: &[Vec<f64>]) -> Lanes {
    let mut lanes = [0.0; LANES];
    let sums = sums.iter().map(|weights| dot(weights, gains));
    let all = gains.iter().copied().chain(std::iter::once(counts)).chain(sums);
    lanes.iter_mut().zip(all).for_each(|(lane, x)| *lane = x as f32);
    lanes
}

fn raise(most: &mut Lanes, point: &Lanes) {
    most.iter_mut().zip(point).for_each(|(m, x)| *m = m.max(*x));
}

fn take(lacking: &mut Lanes, given: &Lanes) {
    lacking.iter_mut().zip(given).for_each(|(l, g)| *l -= g);
}

fn reaches(point: &Lanes, lacking: &Lanes) -> bool {
    point.iter().zip(lacking).fold(true, |all, (x, l)| all & (x >= l))
}

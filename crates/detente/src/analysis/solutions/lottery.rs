//! Solutions when two parties may also agree on a lottery over packages.

use super::compare::ratio;
use super::{Solution, disagreement};
use crate::analysis::{Frontier, Point};
use crate::game::{Exact, Scenario};
use num_bigint::BigInt;
use num_traits::{One, Zero};
use std::cmp::Ordering;

/// A lottery over two outcomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lottery {
    /// What comes about otherwise.
    pub first: Point,
    /// What comes about with the chance.
    pub second: Point,
    /// The chance of the second, exactly; 0 when one outcome is certain.
    pub chance: Exact,
}

impl Lottery {
    /// The expected utility of each party, in the units of each.
    #[must_use]
    pub fn expected(&self) -> Vec<Exact> {
        let both = self.first.utilities.iter().zip(&self.second.utilities);
        both.map(|(a, b)| whole(*a) + &self.chance * whole(*b - *a)).collect()
    }
}

fn whole(n: i128) -> Exact {
    Exact::from(BigInt::from(n))
}

/// The points of a frontier of two parties that no lottery over others is better than for both: the corners of the
/// upper right of the convex hull, in the order of the frontier. Empty when there are not two parties.
#[must_use]
pub fn hull(frontier: &Frontier) -> Vec<&Point> {
    let mut corners: Vec<(&Point, [i128; 2])> = Vec::new();
    for point in &frontier.points {
        let [x, y] = point.utilities.as_slice() else { return Vec::new() };
        let (x, y) = (*x, *y);
        while let [.., (_, a), (_, b)] = corners.as_slice() {
            // Going along the frontier the first party loses and the second gains, ever less per unit lost: a
            // corner stays when the exchange before it is better for the second party than the one after it.
            let (before, after) = ((b[1] - a[1], a[0] - b[0]), (y - b[1], b[0] - x));
            if ratio(before, after) == Ordering::Greater {
                break;
            }
            corners.pop();
        }
        corners.push((point, [x, y]));
    }
    corners.into_iter().map(|(p, _)| p).collect()
}

/// A solution of two parties over lotteries, from the whole frontier. A lottery is rational when no party expects
/// less than its reservation value; a package in it may be worth less.
///
/// Over lotteries the set of expected gains is convex, as the theories of Nash (1950), Kalai and Smorodinsky (1975)
/// and Kalai (1977) take it to be, so that the solutions meet their axioms; a lottery over two outcomes is enough.
/// `None` when there are not two parties, when no lottery is rational, and for solutions that ignore reservation
/// values.
#[must_use]
pub fn lottery(scenario: &Scenario, frontier: &Frontier, which: Solution) -> Option<Lottery> {
    let (2, true) = (scenario.parties.len(), which.is_rational()) else { return None };
    let corners = hull(frontier);
    let d = disagreement(scenario);
    let gains = |p: &Point| -> Vec<Exact> { p.utilities.iter().zip(&d).map(|(u, d)| whole(*u) - whole(*d)).collect() };
    let mut segments = Vec::new();
    for at in 0..corners.len().saturating_sub(1).max(corners.len().min(1)) {
        let (a, b) = (*corners.get(at)?, *corners.get(at + 1).or_else(|| corners.get(at))?);
        segments.extend(Segment::of(a, b, &gains(a), &gains(b)));
    }
    let ends = || segments.iter().flat_map(|s| [s.at(&s.from), s.at(&s.to)]);
    let mut scale: Vec<Exact> = scenario.parties.iter().map(|p| whole(p.utility.unit.max(1))).collect();
    let units = scale.clone();
    if which.needs_ideal() {
        scale = ends().reduce(|a, b| a.into_iter().zip(b).map(|(a, b)| a.max(b)).collect())?;
    }
    let candidates = segments.iter().flat_map(|s| {
        let inside = s.inside(which, &scale).filter(|p| *p > s.from && *p < s.to);
        [Some(s.from.clone()), inside, Some(s.to.clone())].into_iter().flatten().map(move |p| (s, p))
    });
    let key = |(s, p): &(&Segment, Exact)| key(which, &s.at(p), &scale, &units);
    let (best, chance) = candidates.map(|c| (key(&c), c)).reduce(|a, b| if b.0 > a.0 { b } else { a })?.1;
    let (first, second) = (best.first.clone(), best.second.clone());
    Some(if chance.is_zero() {
        Lottery { second: first.clone(), first, chance }
    } else if chance.is_one() {
        Lottery { first: second.clone(), second, chance: Exact::zero() }
    } else {
        Lottery { first, second, chance }
    })
}

/// The rational lotteries over two neighbouring corners.
struct Segment<'a> {
    first: &'a Point,
    second: &'a Point,
    start: Vec<Exact>,
    step: Vec<Exact>,
    from: Exact,
    to: Exact,
}

impl<'a> Segment<'a> {
    /// `None` when no lottery over the two is rational.
    fn of(first: &'a Point, second: &'a Point, a: &[Exact], b: &[Exact]) -> Option<Self> {
        let step: Vec<Exact> = a.iter().zip(b).map(|(a, b)| b - a).collect();
        let (mut from, mut to) = (Exact::zero(), Exact::one());
        for (start, step) in a.iter().zip(&step) {
            if step.is_zero() {
                if *start < Exact::zero() {
                    return None;
                }
                continue;
            }
            let zero = -start / step;
            if *step > Exact::zero() {
                from = from.max(zero);
            } else {
                to = to.min(zero);
            }
        }
        (from <= to).then(|| Segment { first, second, start: a.to_vec(), step, from, to })
    }

    /// Expected gains at a chance of the second.
    fn at(&self, chance: &Exact) -> Vec<Exact> {
        self.start.iter().zip(&self.step).map(|(a, d)| a + chance * d).collect()
    }

    /// Where between its ends the criterion may be best.
    fn inside(&self, which: Solution, scale: &[Exact]) -> Option<Exact> {
        let ([x, y], [dx, dy], [sx, sy]) = (self.start.as_slice(), self.step.as_slice(), scale) else { return None };
        let (above, below) = match which {
            // The slope of (x + p dx)(y + p dy) is 0.
            Solution::Nash => (-(x * dy + y * dx), whole(2) * dx * dy),
            // The shares are equal: (x + p dx) sy = (y + p dy) sx.
            Solution::KalaiSmorodinsky | Solution::Egalitarian => (y * sx - x * sy, dx * sy - dy * sx),
            _ => return None,
        };
        (!below.is_zero()).then(|| above / below)
    }
}

/// What is compared: the criterion, then the smaller gain, then the larger, then the gains in order.
fn key(which: Solution, gains: &[Exact], scale: &[Exact], units: &[Exact]) -> [Vec<Exact>; 3] {
    let over = |scale: &[Exact]| -> Vec<Exact> {
        gains.iter().zip(scale).filter(|(_, s)| !s.is_zero()).map(|(g, s)| g / s).collect()
    };
    let sorted = |mut list: Vec<Exact>| {
        list.sort_unstable();
        list
    };
    let first = match which {
        Solution::Nash => vec![gains.iter().product()],
        Solution::KalaiSmorodinsky | Solution::Egalitarian => sorted(over(scale)),
        _ => vec![over(scale).iter().sum()],
    };
    [first, sorted(over(units)), gains.to_vec()]
}

//! The exact Pareto frontier of the agreements.
//!
//! Partial outcomes are carried from the root of the diagram to its end. Where several meet in a
//! node their futures are the same, so one that is no better for anybody than another can go
//! (Nemhauser and Ullmann 1969, over a decision diagram as in Bergman and Cire 2016). One that cannot
//! reach everybody's floor any more goes too. What arrives is the frontier, without rounding.

use super::diagram::{Diagram, Layout};
use super::exists::Ask;
use super::sweep::{CLOSED, Sweep};

/// Partial outcomes kept in one search; past it the frontier may have gaps.
const MOST_LABELS: usize = 1_000_000;
/// Comparisons between partial outcomes in one search, for three parties or more.
const MOST_COMPARISONS: usize = 100_000_000;
/// More consenting parties than this are not searched.
pub(super) const MOST_PARTIES: usize = 8;

/// An efficient agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Point {
    /// Utility of each party searched for.
    pub(super) utility: Vec<i64>,
    /// The outcome.
    pub(super) digits: Box<[u16]>,
}

/// The efficient agreements, best for the first party first; one outcome for each list of utilities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Frontier {
    /// The points.
    pub(super) points: Vec<Point>,
    /// Whether a limit stopped the search, so that points may be missing or not efficient.
    pub(super) cut: bool,
}

/// The frontier of the agreements asked for, for all consenting parties.
pub(super) fn frontier(layout: &Layout, ask: &Ask<'_>) -> Frontier {
    let held: Vec<usize> = (0..ask.stakes.parties()).collect();
    within(layout, ask, &ask.stakes.floor, true, &held)
}

/// The agreement with the largest sum of gains, as a frontier of one point or none.
pub(super) fn best(layout: &Layout, ask: &Ask<'_>, floors: &[i64], strict: bool, held: &[usize]) -> Frontier {
    let mut all = within(layout, ask, floors, strict, held);
    let sum = |p: &Point| p.utility.iter().sum::<i64>();
    // The first of those with the largest sum.
    let best = all.points.iter().enumerate().rev().max_by_key(|(_, p)| sum(p)).map(|(at, _)| at);
    all.points = best.map(|at| all.points.swap_remove(at)).into_iter().collect();
    all
}

fn within(layout: &Layout, ask: &Ask<'_>, floors: &[i64], strict: bool, held: &[usize]) -> Frontier {
    match held.len() {
        1 => search::<1>(layout, ask, floors, strict, held),
        2 => search::<2>(layout, ask, floors, strict, held),
        3 => search::<3>(layout, ask, floors, strict, held),
        4 => search::<4>(layout, ask, floors, strict, held),
        5 => search::<5>(layout, ask, floors, strict, held),
        6 => search::<6>(layout, ask, floors, strict, held),
        7 => search::<7>(layout, ask, floors, strict, held),
        MOST_PARTIES => search::<MOST_PARTIES>(layout, ask, floors, strict, held),
        n => Frontier { points: Vec::new(), cut: n > 0 },
    }
}

/// A partial outcome at a node.
#[derive(Debug, Clone, Copy)]
struct Label<const N: usize> {
    so_far: [i64; N],
    /// The kept label it continues, and the value it adds (its place in the layout).
    parent: u32,
    place: u32,
}

const NO_PARENT: u32 = u32::MAX;

/// A sum of gains that the rest of a path can still add to.
struct Bound<const N: usize> {
    weights: [i64; N],
    floor: i64,
    rest: Vec<i64>,
}

fn search<const N: usize>(layout: &Layout, ask: &Ask<'_>, floors: &[i64], strict: bool, held: &[usize]) -> Frontier {
    let mut frontier = Frontier::default();
    let Some(root) = ask.diagram.root else { return frontier };
    let worth: [&[i64]; N] =
        std::array::from_fn(|n| held.get(n).and_then(|p| ask.stakes.worth.get(*p)).map_or(&[][..], Vec::as_slice));
    let floor: [i64; N] = std::array::from_fn(|n| held.get(n).and_then(|p| floors.get(*p)).copied().unwrap_or(0));
    let Some(bounds) = bounds(layout, ask, &worth, &floor) else { return frontier };
    let choices = choices(ask, &worth);

    let mut waiting: Vec<Vec<Label<N>>> = (0..=root).map(|_| Vec::new()).collect();
    let mut kept: Vec<(u32, u32)> = Vec::new();
    let mut comparisons = 0usize;
    if let Some(slot) = waiting.last_mut() {
        slot.push(Label { so_far: [0; N], parent: NO_PARENT, place: 0 });
    }
    for node in (1..=root).rev() {
        let mut labels = waiting.get_mut(node as usize).map(std::mem::take).unwrap_or_default();
        prune(&mut labels, &mut comparisons);
        if kept.len() + labels.len() > MOST_LABELS || comparisons > MOST_COMPARISONS {
            frontier.cut = true;
            labels.truncate(1);
        }
        let first = u32::try_from(kept.len()).unwrap_or(NO_PARENT);
        kept.extend(labels.iter().map(|l| (l.parent, l.place)));
        for arrow in ask.diagram.arrows(node) {
            if ask.closed.get(arrow.breaks as usize).copied().unwrap_or(false) {
                continue;
            }
            let Some(into) = waiting.get_mut(arrow.to as usize) else { continue };
            for (place, adds) in choices.get(arrow.set as usize).map_or(&[][..], Vec::as_slice) {
                for (parent, label) in (first..).zip(&labels) {
                    let so_far: [i64; N] = std::array::from_fn(|n| label.so_far[n] + adds[n]);
                    if bounds.iter().all(|b| b.allows(arrow.to, &so_far)) {
                        into.push(Label { so_far, parent, place: *place });
                    }
                }
            }
        }
    }
    let mut ends = waiting.first_mut().map(std::mem::take).unwrap_or_default();
    prune(&mut ends, &mut comparisons);
    ends.retain(|l| !strict || (0..N).any(|n| l.so_far[n] > floor[n]));
    let places = places(ask.diagram, layout);
    frontier.points = ends
        .iter()
        .map(|l| Point { utility: l.so_far.to_vec(), digits: decode(l, &kept, &places, layout.issues()) })
        .collect();
    frontier
}

impl<const N: usize> Bound<N> {
    fn allows(&self, node: u32, so_far: &[i64; N]) -> bool {
        let rest = self.rest.get(node as usize).copied().unwrap_or(CLOSED);
        let sum: i64 = so_far.iter().zip(&self.weights).map(|(u, w)| u * w).sum();
        sum + rest >= self.floor
    }
}

/// Each party's own bound and that of all together; `None` when one shows that nothing gets through.
fn bounds<const N: usize>(
    layout: &Layout,
    ask: &Ask<'_>,
    worth: &[&[i64]; N],
    floor: &[i64; N],
) -> Option<Vec<Bound<N>>> {
    let mut sweep = Sweep::default();
    let together = (N > 1).then_some([1i64; N]);
    let alone = (0..N).map(|n| std::array::from_fn(|m| i64::from(n == m)));
    alone
        .chain(together)
        .map(|weights: [i64; N]| {
            let mut weight = vec![0i64; layout.values()];
            for (worth, w) in worth.iter().zip(&weights).filter(|(_, w)| **w != 0) {
                weight.iter_mut().zip(*worth).for_each(|(slot, value)| *slot += value * w);
            }
            if let Some(allowed) = ask.allowed {
                weight.iter_mut().zip(allowed).filter(|(_, ok)| !**ok).for_each(|(slot, _)| *slot = CLOSED);
            }
            let floor = floor.iter().zip(&weights).map(|(f, w)| f * w).sum();
            let best = sweep.climb(ask.diagram, &weight, ask.closed)?;
            (best >= floor).then(|| Bound { weights, floor, rest: std::mem::take(&mut sweep.best) })
        })
        .collect()
}

/// Per set of values, those no other value of the set beats: place and worth.
fn choices<const N: usize>(ask: &Ask<'_>, worth: &[&[i64]; N]) -> Vec<Vec<(u32, [i64; N])>> {
    let mut comparisons = 0;
    let of = |place: u32| std::array::from_fn(|n| worth[n].get(place as usize).copied().unwrap_or(0));
    let allowed = |place: u32| ask.allowed.is_none_or(|a| a.get(place as usize).copied().unwrap_or(false));
    ask.diagram
        .sets
        .iter()
        .map(|set| {
            let mut labels: Vec<Label<N>> = set
                .places
                .iter()
                .filter(|p| allowed(**p))
                .map(|p| Label { so_far: of(*p), parent: NO_PARENT, place: *p })
                .collect();
            prune(&mut labels, &mut comparisons);
            labels.into_iter().map(|l| (l.place, l.so_far)).collect()
        })
        .collect()
}

/// Sorts the labels, best for the first party first, and keeps those that no other beats; of equal
/// ones the first.
fn prune<const N: usize>(labels: &mut Vec<Label<N>>, comparisons: &mut usize) {
    labels.sort_by(|a, b| b.so_far.cmp(&a.so_far));
    if N <= 2 {
        let mut best = i64::MIN;
        labels.retain(|l| {
            let last = l.so_far.last().copied().unwrap_or(0);
            let better = last > best;
            best = best.max(last);
            better
        });
        return;
    }
    // Whoever comes later in this order cannot beat anybody before.
    let mut kept: Vec<Label<N>> = Vec::new();
    for label in labels.iter() {
        let beaten = kept.iter().any(|k| {
            *comparisons += 1;
            (0..N).all(|n| k.so_far[n] >= label.so_far[n])
        });
        if !beaten {
            kept.push(*label);
        }
        if *comparisons > MOST_COMPARISONS {
            break;
        }
    }
    *labels = kept;
}

/// Issue and digit of every place.
fn places(diagram: &Diagram, layout: &Layout) -> Vec<(usize, u16)> {
    (0..diagram.issues()).flat_map(|i| (0..layout.size(i)).map(move |d| (i, d))).collect()
}

fn decode<const N: usize>(end: &Label<N>, kept: &[(u32, u32)], places: &[(usize, u16)], issues: usize) -> Box<[u16]> {
    let mut digits = vec![0u16; issues];
    let (mut parent, mut place) = (end.parent, end.place);
    while parent != NO_PARENT {
        if let Some((issue, digit)) = places.get(place as usize)
            && let Some(slot) = digits.get_mut(*issue)
        {
            *slot = *digit;
        }
        let Some(before) = kept.get(parent as usize) else { break };
        (parent, place) = *before;
    }
    digits.into()
}

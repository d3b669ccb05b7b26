//! The exact Pareto frontier of the agreements.
//!
//! Partial outcomes are carried from the root of the diagram to its end. Where several meet in a
//! node their futures are the same, so one that is no better for anybody than another can go
//! (Nemhauser and Ullmann 1969, over a decision diagram as in Bergman and Cire 2016). One that cannot
//! reach everybody's floor any more goes too. What arrives is the frontier, without rounding.

use super::diagram::Layout;
use super::dive::{Dive, dive};
use super::exists::{Answer, Ask, Goal};
use super::lookahead::Lookahead;

/// Partial outcomes kept per node; past it the frontier may have gaps.
const WIDEST: usize = 4_096;
/// Partial outcomes compared with each other per node, for three parties or more.
const MOST_COMPARED: usize = 8_192;
/// Comparisons in one search for three parties or more; past it only [`FEW`] are looked at per node.
const MOST_COMPARISONS: usize = 10_000_000;
/// See [`MOST_COMPARISONS`].
const FEW: usize = 64;
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
    let goal = Goal { layout, ask, floors: &ask.stakes.floor, strict: true };
    match goal.held().len() {
        1 => within::<1>(&goal),
        2 => within::<2>(&goal),
        3 => within::<3>(&goal),
        4 => within::<4>(&goal),
        5 => within::<5>(&goal),
        6 => within::<6>(&goal),
        7 => within::<7>(&goal),
        MOST_PARTIES => within::<MOST_PARTIES>(&goal),
        n => Frontier { points: Vec::new(), cut: n > 0 },
    }
}

/// Whether some outcome meets a goal, and one that does. `slope` is a weighting of the parties under which
/// few outcomes are better than the floors.
pub(super) fn some(goal: &Goal<'_>, slope: &[i64]) -> Answer {
    match goal.held().len() {
        1 => some_of::<1>(goal, slope),
        2 => some_of::<2>(goal, slope),
        3 => some_of::<3>(goal, slope),
        4 => some_of::<4>(goal, slope),
        5 => some_of::<5>(goal, slope),
        6 => some_of::<6>(goal, slope),
        7 => some_of::<7>(goal, slope),
        MOST_PARTIES => some_of::<MOST_PARTIES>(goal, slope),
        0 => Answer::No(None),
        _ => Answer::Unknown,
    }
}

fn some_of<const N: usize>(goal: &Goal<'_>, slope: &[i64]) -> Answer {
    let Some(ahead) = Lookahead::<N>::of(goal, slope) else { return Answer::No(None) };
    match dive(goal, &ahead) {
        Dive::Found(places) => return Answer::Yes(digits(goal, places)),
        Dive::Nothing => return Answer::No(None),
        Dive::OutOfBreath => {}
    }
    let found = search(goal, &ahead);
    let sum = |p: &Point| p.utility.iter().sum::<i64>();
    // The first of those with the largest sum.
    match found.points.into_iter().rev().max_by_key(sum) {
        Some(point) => Answer::Yes(point.digits),
        None if found.cut => Answer::Unknown,
        None => Answer::No(None),
    }
}

fn within<const N: usize>(goal: &Goal<'_>) -> Frontier {
    Lookahead::<N>::of(goal, &[]).map_or_else(Frontier::default, |ahead| search(goal, &ahead))
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

fn search<const N: usize>(goal: &Goal<'_>, ahead: &Lookahead<N>) -> Frontier {
    let mut frontier = Frontier::default();
    let Some(root) = goal.ask.diagram.root else { return frontier };
    let mut waiting: Vec<Vec<Label<N>>> = (0..=root).map(|_| Vec::new()).collect();
    let mut kept: Vec<(u32, u32)> = Vec::new();
    let mut comparisons = 0usize;
    if let Some(slot) = waiting.last_mut() {
        slot.push(Label { so_far: [0; N], parent: NO_PARENT, place: 0 });
    }
    for node in (1..=root).rev() {
        let mut labels = waiting.get_mut(node as usize).map(std::mem::take).unwrap_or_default();
        frontier.cut |= prune(&mut labels, &mut comparisons);
        let first = u32::try_from(kept.len()).unwrap_or(NO_PARENT);
        kept.extend(labels.iter().map(|l| (l.parent, l.place)));
        for arrow in goal.ask.open_arrows(node) {
            let Some(into) = waiting.get_mut(arrow.to as usize) else { continue };
            for (place, adds) in ahead.choices(arrow.set) {
                for (parent, label) in (first..).zip(&labels) {
                    let so_far: [i64; N] = std::array::from_fn(|n| label.so_far[n] + adds[n]);
                    if ahead.allows(arrow.to, &so_far) {
                        into.push(Label { so_far, parent, place: *place });
                    }
                }
            }
        }
    }
    let mut ends = waiting.first_mut().map(std::mem::take).unwrap_or_default();
    frontier.cut |= prune(&mut ends, &mut comparisons);
    ends.retain(|l| !goal.strict || l.so_far.iter().zip(&ahead.floor).any(|(u, f)| u > f));
    let point = |l: &Label<N>| Point { utility: l.so_far.to_vec(), digits: digits(goal, trail(l, &kept)) };
    frontier.points = ends.iter().map(point).collect();
    frontier
}

/// Sorts the labels, best for the first party first, and keeps those that no other beats; of equal ones the
/// first. Says whether there were too many, so that only some of them, evenly spaced, were looked at.
fn prune<const N: usize>(labels: &mut Vec<Label<N>>, comparisons: &mut usize) -> bool {
    labels.sort_by_key(|l| std::cmp::Reverse(l.so_far));
    if N <= 2 {
        let mut best = i64::MIN;
        labels.retain(|l| {
            let last = l.so_far.last().copied().unwrap_or(0);
            let better = last > best;
            best = best.max(last);
            better
        });
        return thin(labels, WIDEST);
    }
    let cut = thin(labels, if *comparisons > MOST_COMPARISONS { FEW } else { MOST_COMPARED });
    // Whoever comes later in this order cannot beat anybody before.
    let mut kept: Vec<Label<N>> = Vec::new();
    for label in labels.iter() {
        let beats = |k: &Label<N>| k.so_far.iter().zip(&label.so_far).all(|(a, b)| a >= b);
        let position = kept.iter().position(beats);
        *comparisons += position.unwrap_or(kept.len());
        if position.is_none() {
            kept.push(*label);
        }
    }
    *labels = kept;
    cut
}

/// Keeps at most `most` labels, evenly spaced, the first and the last among them.
fn thin<const N: usize>(labels: &mut Vec<Label<N>>, most: usize) -> bool {
    if labels.len() <= most {
        return false;
    }
    let last = labels.len() - 1;
    let steps = most.saturating_sub(1).max(1);
    *labels = (0..=steps).filter_map(|step| labels.get(step * last / steps).copied()).collect();
    true
}

/// The places of the values that lead to a label.
fn trail<const N: usize>(end: &Label<N>, kept: &[(u32, u32)]) -> Vec<u32> {
    let mut places = Vec::new();
    let (mut parent, mut place) = (end.parent, end.place);
    while let Some(before) = kept.get(parent as usize) {
        places.push(place);
        (parent, place) = *before;
    }
    places
}

/// The outcome that takes the values at these places.
fn digits(goal: &Goal<'_>, places: Vec<u32>) -> Box<[u16]> {
    let mut digits = vec![0u16; goal.layout.issues()];
    for place in places {
        let (issue, digit) = goal.layout.value(place);
        if let Some(slot) = digits.get_mut(issue) {
            *slot = digit;
        }
    }
    digits.into()
}

//! What a partial outcome can still come to, for searches that go from the root of a diagram to its end.

use super::exists::Goal;
use super::sweep::{CLOSED, Sweep};

/// What searches over `N` parties look ahead with.
#[derive(Debug)]
pub(super) struct Lookahead<const N: usize> {
    /// What each party has to get.
    pub(super) floor: [i64; N],
    /// Each party's own bound, then that of all together and that of a weighting.
    bounds: Vec<Bound<N>>,
    /// Per set of values, those no other value of the set beats: place and worth.
    choices: Vec<Vec<Choice<N>>>,
}

/// A value: its place in the layout, and its worth to each party.
pub(super) type Choice<const N: usize> = (u32, [i64; N]);

/// A weighted sum of utilities that the rest of a path adds at most so much to.
#[derive(Debug)]
struct Bound<const N: usize> {
    weights: [i64; N],
    floor: i64,
    /// Per node.
    rest: Vec<i64>,
}

impl<const N: usize> Bound<N> {
    fn slack(&self, node: u32, so_far: &[i64; N]) -> i64 {
        let rest = self.rest.get(node as usize).copied().unwrap_or(CLOSED);
        let sum: i64 = so_far.iter().zip(&self.weights).map(|(u, w)| u * w).sum();
        sum + rest - self.floor
    }
}

impl<const N: usize> Lookahead<N> {
    /// The bounds for a goal that holds `N` parties. `slope` is a further weighting of the parties, best one
    /// under which few outcomes are better than the floors. `None` when a bound shows that nothing gets through.
    pub(super) fn of(goal: &Goal<'_>, slope: &[i64]) -> Option<Self> {
        let (ask, held) = (goal.ask, goal.held());
        let party = |n: usize| held.get(n).copied().unwrap_or(usize::MAX);
        let worth: [&[i64]; N] = std::array::from_fn(|n| ask.stakes.worth.get(party(n)).map_or(&[][..], Vec::as_slice));
        let floor: [i64; N] = std::array::from_fn(|n| goal.floors.get(party(n)).copied().unwrap_or(0));
        let slope: [i64; N] = std::array::from_fn(|n| slope.get(party(n)).copied().unwrap_or(0));
        let together = (N > 1).then_some([1i64; N]);
        let slope = (N > 1 && slope.iter().any(|w| *w > 0)).then_some(slope);
        let alone = (0..N).map(|n| std::array::from_fn(|m| i64::from(n == m)));
        let mut sweep = Sweep::default();
        let bounds = alone.chain(together).chain(slope).map(|weights: [i64; N]| {
            let mut weight = vec![0i64; goal.layout.values()];
            for (worth, w) in worth.iter().zip(&weights).filter(|(_, w)| **w != 0) {
                weight.iter_mut().zip(*worth).for_each(|(slot, value)| *slot += value * w);
            }
            if let Some(allowed) = ask.allowed {
                weight.iter_mut().zip(allowed).filter(|(_, ok)| !**ok).for_each(|(slot, _)| *slot = CLOSED);
            }
            let floor = floor.iter().zip(&weights).map(|(f, w)| f * w).sum();
            let best = sweep.climb(ask.diagram, &weight, ask.closed)?;
            (best >= floor).then(|| Bound { weights, floor, rest: std::mem::take(&mut sweep.best) })
        });
        let bounds = bounds.collect::<Option<_>>()?;
        let of = |place: &u32| std::array::from_fn(|n| worth[n].get(*place as usize).copied().unwrap_or(0));
        let allowed = |p: &&u32| ask.allowed.is_none_or(|a| a.get(**p as usize).copied().unwrap_or(false));
        let sets = ask.diagram.sets.iter();
        let choices =
            sets.map(|set| unbeaten(set.places.iter().filter(allowed).map(|p| (*p, of(p))).collect())).collect();
        Some(Lookahead { floor, bounds, choices })
    }

    /// Whether a partial outcome at a node may still reach every floor.
    pub(super) fn allows(&self, node: u32, so_far: &[i64; N]) -> bool {
        self.bounds.iter().all(|b| b.slack(node, so_far) >= 0)
    }

    /// How far above its floor the party with the least room can still come, at the most.
    pub(super) fn room(&self, node: u32, so_far: &[i64; N]) -> i64 {
        self.bounds.iter().take(N).map(|b| b.slack(node, so_far)).min().unwrap_or(0)
    }

    /// The values of a set worth taking.
    pub(super) fn choices(&self, set: u32) -> &[Choice<N>] {
        self.choices.get(set as usize).map_or(&[], Vec::as_slice)
    }
}

/// The values that no other one is as good as for everybody; of equal ones the first.
fn unbeaten<const N: usize>(all: Vec<Choice<N>>) -> Vec<Choice<N>> {
    let beats = |a: &[i64; N], b: &[i64; N]| a.iter().zip(b).all(|(a, b)| a >= b);
    let kept = |(at, (_, worth)): &(usize, &Choice<N>)| {
        !all.iter().enumerate().any(|(other, (_, w))| other != *at && beats(w, worth) && (w != worth || other < *at))
    };
    all.iter().enumerate().filter(kept).map(|(_, choice)| *choice).collect()
}

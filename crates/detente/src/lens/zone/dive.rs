//! A look for one agreement before the exact search: depth first, to where there is most room.
//!
//! Where the parties want opposite things no partial outcome beats another, so that the exact search has
//! to carry them all; but then agreements, if there are any, are many and near at hand.

use super::exists::Goal;
use super::lookahead::Lookahead;

/// Partial outcomes looked at.
const MOST_STEPS: usize = 4_000;

/// What a dive comes back with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Dive {
    /// The places of an outcome that meets the goal.
    Found(Vec<u32>),
    /// Everything was looked at: there is none.
    Nothing,
    /// The dive ended before everything was looked at.
    OutOfBreath,
}

/// A partial outcome still to go on from: room left, node, place of the last value, utilities so far.
type Branch<const N: usize> = (i64, u32, u32, [i64; N]);

/// Looks for an outcome that meets a goal.
pub(super) fn dive<const N: usize>(goal: &Goal<'_>, ahead: &Lookahead<N>) -> Dive {
    let Some(root) = goal.ask.diagram.root else { return Dive::Nothing };
    // Per layer, the branches not yet taken, the best last; and the places of the values taken.
    let mut open: Vec<Vec<Branch<N>>> = vec![branches(goal, ahead, root, [0; N])];
    let mut taken: Vec<u32> = Vec::new();
    for _ in 0..MOST_STEPS {
        let Some(last) = open.last_mut() else { return Dive::Nothing };
        let Some((_, node, place, so_far)) = last.pop() else {
            open.pop();
            taken.pop();
            continue;
        };
        if node != 0 {
            taken.push(place);
            open.push(branches(goal, ahead, node, so_far));
        } else if !goal.strict || so_far.iter().zip(&ahead.floor).any(|(u, f)| u > f) {
            taken.push(place);
            return Dive::Found(taken);
        }
    }
    Dive::OutOfBreath
}

fn branches<const N: usize>(goal: &Goal<'_>, ahead: &Lookahead<N>, node: u32, so_far: [i64; N]) -> Vec<Branch<N>> {
    let mut branches = Vec::new();
    for arrow in goal.ask.open_arrows(node) {
        for (place, adds) in ahead.choices(arrow.set) {
            let sum: [i64; N] = std::array::from_fn(|n| so_far[n] + adds[n]);
            if ahead.allows(arrow.to, &sum) {
                branches.push((ahead.room(arrow.to, &sum), arrow.to, *place, sum));
            }
        }
    }
    // The most room last; of equals the one with the smaller place last, for a fixed order.
    branches.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.2.cmp(&a.2)).then(b.1.cmp(&a.1)));
    branches
}

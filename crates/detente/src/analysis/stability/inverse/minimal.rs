//! All minimal down-sets of conditions that hang together: the minimal sets of states that hold a way of every
//! condition.
//!
//! Where every way is a single state these are the minimal hitting sets of a hypergraph (the dual of a monotone
//! function). The search takes the condition with the fewest ways left, and follows each of its ways with all earlier
//! ones forbidden; so it meets every set at most once, and it leaves a branch as soon as one of the states taken can
//! no longer be needed by any condition (the criterion of Murakami and Uno, Discrete Applied Mathematics 170, 2014,
//! here for ways of several states).

use super::bits::Bits;
use super::pieces::{Conditions, states};
use std::collections::BTreeMap;

/// What the search found.
#[derive(Debug, Clone)]
pub(super) struct Minimal {
    /// The sets, each sorted; the smaller first, then by their states.
    pub(super) sets: Vec<Vec<u32>>,
    /// Whether these are all.
    pub(super) complete: bool,
}

/// A place in the search: what is in the set, and the last of the ways that must not be.
struct Branch {
    inside: Bits,
    forbidden: Option<usize>,
}

/// A way that must not be in the set, and the one forbidden before it: branches share what they have in common.
#[derive(Clone, Copy)]
struct Forbidden {
    condition: usize,
    way: usize,
    before: Option<usize>,
}

/// What a look at a branch says.
enum Look {
    Dead,
    Done,
    Open { condition: usize, ways: Vec<usize> },
}

/// Finds the minimal sets of one piece: at most `most`, within `steps` comparisons of ways.
pub(super) fn minimal(conditions: &Conditions, most: usize, mut steps: u64) -> Minimal {
    if let [condition] = conditions.as_slice() {
        let sets = condition.iter().take(most).cloned().collect();
        return Minimal { sets, complete: condition.len() <= most };
    }
    let states = states(conditions);
    let bound = states.len();
    let local = |way: &Vec<u32>| Bits::of(bound, way.iter().filter_map(|t| states.binary_search(t).ok()));
    let ways: Vec<Vec<Bits>> = conditions.iter().map(|c| c.iter().map(local).collect()).collect();
    let price = ways.iter().map(|c| c.len() as u64).sum::<u64>().saturating_mul(1 + bound as u64 / 512);
    let mut shared: BTreeMap<&Bits, usize> = BTreeMap::new();
    ways.iter().flatten().for_each(|way| *shared.entry(way).or_insert(0) += 1);
    let mut found = Vec::new();
    let mut complete = true;
    let mut forbidden: Vec<Forbidden> = Vec::new();
    let mut open = vec![Branch { inside: Bits::none(bound), forbidden: None }];
    while let Some(branch) = open.pop() {
        let shut: Vec<&Bits> = chain(&forbidden, branch.forbidden)
            .filter_map(|f| ways.get(f.condition).and_then(|condition| condition.get(f.way)))
            .collect();
        let cost = price.saturating_add(shut.len() as u64);
        let Some(left) = steps.checked_sub(cost).filter(|_| found.len() < most) else {
            complete = false;
            break;
        };
        steps = left;
        match look(&ways, &branch.inside, &shut, bound) {
            Look::Dead => {}
            Look::Done => found.push(branch.inside.iter().filter_map(|t| states.get(t).copied()).collect()),
            Look::Open { condition, ways: mut live } => {
                // What many conditions share comes first: once it is forbidden, it is so for all of them.
                let all = ways.get(condition).map(Vec::as_slice).unwrap_or_default();
                let share = |way: &usize| all.get(*way).and_then(|way| shared.get(way)).copied().unwrap_or(0);
                live.sort_by_key(|way| std::cmp::Reverse(share(way)));
                let mut next = Vec::new();
                let mut before = branch.forbidden;
                for way in live {
                    let mut inside = branch.inside.clone();
                    all.get(way).into_iter().for_each(|way| inside.add(way));
                    next.push(Branch { inside, forbidden: before });
                    forbidden.push(Forbidden { condition, way, before });
                    before = Some(forbidden.len() - 1);
                }
                // The last in is the next out: the first way is looked at first.
                open.extend(next.into_iter().rev());
            }
        }
    }
    found.sort_unstable_by(|a: &Vec<u32>, b| (a.len(), a).cmp(&(b.len(), b)));
    Minimal { sets: found, complete }
}

/// What is forbidden, from the last on.
fn chain(all: &[Forbidden], last: Option<usize>) -> impl Iterator<Item = Forbidden> + '_ {
    std::iter::successors(last.and_then(|at| all.get(at)).copied(), |f| f.before.and_then(|at| all.get(at)).copied())
}

/// Whether a branch is at its end, cannot end well, or which condition to go on with.
fn look(ways: &[Vec<Bits>], inside: &Bits, shut: &[&Bits], bound: usize) -> Look {
    if shut.iter().any(|way| inside.holds(way)) {
        return Look::Dead;
    }
    // A single state that must not be in rules out every way with it.
    let mut out = Bits::none(bound);
    shut.iter().filter(|way| way.iter().take(2).count() == 1).for_each(|way| out.add(way));
    let mut needed = Bits::none(bound);
    let mut best: Option<(usize, Vec<usize>)> = None;
    for (at, condition) in ways.iter().enumerate() {
        let mut held = condition.iter().filter(|way| inside.holds(way));
        if let Some(first) = held.next() {
            let mut common = first.clone();
            held.for_each(|way| common.keep(way));
            needed.add(&common);
            continue;
        }
        let is_live = |(_, way): &(usize, &Bits)| way.iter().all(|t| !out.has(t));
        let live: Vec<usize> = condition.iter().enumerate().filter(is_live).map(|(w, _)| w).collect();
        live.iter().filter_map(|w| condition.get(*w)).for_each(|way| needed.add(way));
        if live.is_empty() {
            return Look::Dead;
        }
        if best.as_ref().is_none_or(|(_, fewest)| live.len() < fewest.len()) {
            best = Some((at, live));
        }
    }
    let mut idle = inside.clone();
    idle.remove(&needed);
    if idle.iter().next().is_some() {
        return Look::Dead;
    }
    match best {
        None => Look::Done,
        Some((condition, ways)) => Look::Open { condition, ways },
    }
}

//! How many sets of each size meet conditions, and the share of rankings that this makes.

use super::pieces::{Conditions, given, pieces, states};
use num_bigint::BigUint;
use num_rational::Ratio;
use num_traits::{One, Zero};
use std::collections::BTreeMap;

/// How many sets there are of each size: the coefficient of `x^k` counts those of `k` states.
pub(super) type Sizes = Vec<BigUint>;

/// How deep the search goes before it says that it stopped.
const DEPTH: usize = 300;
/// How many pairs of ways are compared to drop conditions, at each step.
const ABSORB: u64 = 100_000;

/// A state of the count: itself, or several that always appear together.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Block {
    /// Sets of its states that make it count as in.
    inside: Sizes,
    /// All other sets of its states.
    outside: Sizes,
}

impl Block {
    fn all(&self) -> Sizes {
        plus(&self.inside, &self.outside)
    }
}

/// Counts with memory of what was counted.
struct Count {
    blocks: BTreeMap<u32, Block>,
    known: BTreeMap<Conditions, Sizes>,
    steps: u64,
}

/// Counts the sets of states of `conditions` that meet all of them, by size. `None` when `steps` are used up.
pub(super) fn sizes(conditions: &Conditions, steps: u64) -> Option<Sizes> {
    let (conditions, blocks) = blocks(conditions);
    let mut count = Count { blocks, known: BTreeMap::new(), steps };
    let mut total = one();
    for piece in pieces(&conditions) {
        let of = count.sets(&piece, 0)?;
        total = count.times(&total, &of)?;
    }
    Some(total)
}

/// The share of the strict rankings in which the states ranked below the wanted one meet the conditions, where
/// `sizes` counts the sets of the states that matter: the order among these and the wanted one is all that counts.
pub(super) fn share(sizes: &Sizes) -> Ratio<BigUint> {
    let states = sizes.len().saturating_sub(1);
    let mut factorials = vec![BigUint::one()];
    for k in 1..=states + 1 {
        let next = factorials.last().cloned().unwrap_or_else(BigUint::one) * k;
        factorials.push(next);
    }
    let factorial = |k: usize| factorials.get(k).cloned().unwrap_or_else(BigUint::one);
    let terms = sizes.iter().enumerate().filter(|(_, count)| !count.is_zero());
    let good: BigUint = terms.map(|(k, count)| count * factorial(k) * factorial(states - k)).sum();
    Ratio::new(good, factorial(states + 1))
}

/// Joins states that always appear together: in the same ways (all of them are needed), or alone in the same
/// conditions (any of them is enough).
fn blocks(conditions: &Conditions) -> (Conditions, BTreeMap<u32, Block>) {
    let mut blocks: BTreeMap<u32, Block> = BTreeMap::new();
    for state in states(conditions) {
        let x = vec![BigUint::zero(), BigUint::one()];
        blocks.insert(state, Block { inside: x, outside: one() });
    }
    let conditions = join(conditions, &mut blocks, |members| {
        let all = product(members.iter().map(Block::all));
        let inside = product(members.iter().map(|b| b.inside.clone()));
        Block { outside: minus(&all, &inside), inside }
    });
    let shared: Vec<u32> =
        states(&conditions.iter().map(|c| c.iter().filter(|w| w.len() > 1).cloned().collect()).collect());
    let alone = |place: &[(usize, usize)], state: u32| -> Vec<(usize, usize)> {
        if shared.binary_search(&state).is_ok() {
            return vec![(usize::MAX, state as usize)];
        }
        place.iter().map(|(condition, _)| (*condition, 0)).collect()
    };
    let conditions = join_by(&conditions, &mut blocks, alone, |members| {
        let all = product(members.iter().map(Block::all));
        let outside = product(members.iter().map(|b| b.outside.clone()));
        Block { inside: minus(&all, &outside), outside }
    });
    (conditions, blocks)
}

/// Joins the states that appear in exactly the same places.
fn join(conditions: &Conditions, blocks: &mut BTreeMap<u32, Block>, joined: impl Fn(&[Block]) -> Block) -> Conditions {
    join_by(conditions, blocks, |place, _| place.to_vec(), joined)
}

/// Joins the states whose places have the same key; the first of them stands for all.
fn join_by(
    conditions: &Conditions,
    blocks: &mut BTreeMap<u32, Block>,
    key: impl Fn(&[(usize, usize)], u32) -> Vec<(usize, usize)>,
    joined: impl Fn(&[Block]) -> Block,
) -> Conditions {
    let mut places: BTreeMap<u32, Vec<(usize, usize)>> = BTreeMap::new();
    for (c, condition) in conditions.iter().enumerate() {
        for (w, way) in condition.iter().enumerate() {
            way.iter().for_each(|state| places.entry(*state).or_default().push((c, w)));
        }
    }
    let mut groups: BTreeMap<Vec<(usize, usize)>, Vec<u32>> = BTreeMap::new();
    for (state, place) in &places {
        groups.entry(key(place, *state)).or_default().push(*state);
    }
    let mut gone = Vec::new();
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let members: Vec<Block> = group.iter().filter_map(|state| blocks.get(state).cloned()).collect();
        if let Some((first, others)) = group.split_first() {
            blocks.insert(*first, joined(&members));
            gone.extend_from_slice(others);
        }
    }
    gone.sort_unstable();
    let keep = |way: &Vec<u32>| -> Vec<u32> {
        way.iter().copied().filter(|state| gone.binary_search(state).is_err()).collect()
    };
    let rest = conditions.iter().map(|c| c.iter().map(keep).filter(|way| !way.is_empty()).collect());
    rest.collect()
}

impl Count {
    /// The sets of the states of one piece that meet it.
    fn sets(&mut self, piece: &Conditions, depth: usize) -> Option<Sizes> {
        let work = piece.iter().map(|c| c.len() as u64).sum::<u64>();
        self.pay(work)?;
        if let [condition] = piece.as_slice()
            && apart(condition)
        {
            return self.single(condition);
        }
        if let Some(known) = self.known.get(piece) {
            return Some(known.clone());
        }
        if depth >= DEPTH {
            return None;
        }
        let all = states(piece);
        let pivot = pivot(piece)?;
        let block = self.blocks.get(&pivot)?.clone();
        let mut total = Sizes::new();
        for (inside, own) in [(true, &block.inside), (false, &block.outside)] {
            let Some(rest) = given(piece, pivot, inside, ABSORB) else { continue };
            let mut part = own.clone();
            let left = states(&rest);
            for free in all.iter().filter(|t| **t != pivot && left.binary_search(t).is_err()) {
                let free = self.blocks.get(free)?.all();
                part = self.times(&part, &free)?;
            }
            for piece in pieces(&rest) {
                let of = self.sets(&piece, depth + 1)?;
                part = self.times(&part, &of)?;
            }
            total = plus(&total, &part);
        }
        self.known.insert(piece.clone(), total.clone());
        Some(total)
    }

    /// The sets that hold one of several ways that share no state: all but those that hold none.
    fn single(&mut self, ways: &[Vec<u32>]) -> Option<Sizes> {
        let (mut all, mut none) = (one(), one());
        for way in ways {
            let (mut any, mut inside) = (one(), one());
            for state in way {
                let block = self.blocks.get(state)?.clone();
                any = self.times(&any, &block.all())?;
                inside = self.times(&inside, &block.inside)?;
            }
            all = self.times(&all, &any)?;
            none = self.times(&none, &minus(&any, &inside))?;
        }
        Some(minus(&all, &none))
    }

    fn times(&mut self, a: &Sizes, b: &Sizes) -> Option<Sizes> {
        self.pay((a.len() as u64).saturating_mul(b.len() as u64))?;
        Some(times(a, b))
    }

    fn pay(&mut self, steps: u64) -> Option<()> {
        self.steps = self.steps.checked_sub(steps)?;
        Some(())
    }
}

/// The state in the most conditions; among these the one in the shortest way, so that one way is done before another.
fn pivot(piece: &Conditions) -> Option<u32> {
    let mut seen: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for way in piece.iter().flatten() {
        for state in way {
            let (count, shortest) = seen.entry(*state).or_insert((0, usize::MAX));
            *count += 1;
            *shortest = way.len().min(*shortest);
        }
    }
    let best = seen
        .iter()
        .max_by_key(|(state, (count, shortest))| (*count, std::cmp::Reverse(*shortest), std::cmp::Reverse(**state)));
    best.map(|(state, _)| *state)
}

/// Whether no two of the ways share a state.
fn apart(ways: &[Vec<u32>]) -> bool {
    let mut all: Vec<u32> = ways.iter().flatten().copied().collect();
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    all.len() == count
}

fn one() -> Sizes {
    vec![BigUint::one()]
}

fn plus(a: &Sizes, b: &Sizes) -> Sizes {
    let at = |of: &Sizes, k: usize| of.get(k).cloned().unwrap_or_else(BigUint::zero);
    (0..a.len().max(b.len())).map(|k| at(a, k) + at(b, k)).collect()
}

/// What is left of `a`; every count of `b` is within that of `a`.
fn minus(a: &Sizes, b: &Sizes) -> Sizes {
    let of = |(k, count): (usize, &BigUint)| match b.get(k) {
        Some(less) if less <= count => count - less,
        Some(_) => BigUint::zero(),
        None => count.clone(),
    };
    a.iter().enumerate().map(of).collect()
}

fn times(a: &Sizes, b: &Sizes) -> Sizes {
    if a.is_empty() || b.is_empty() {
        return Sizes::new();
    }
    let mut product = vec![BigUint::zero(); a.len() + b.len() - 1];
    for (i, x) in a.iter().enumerate().filter(|(_, x)| !x.is_zero()) {
        for (slot, y) in product.iter_mut().skip(i).zip(b) {
            *slot += x * y;
        }
    }
    product
}

fn product(of: impl Iterator<Item = Sizes>) -> Sizes {
    of.fold(one(), |all, next| times(&all, &next))
}

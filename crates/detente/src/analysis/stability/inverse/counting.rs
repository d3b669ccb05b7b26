//! How many sets of each size meet conditions, and the share of rankings that this makes.

use super::pieces::{Conditions, Twins, given, pieces, states};
use num_bigint::BigUint;
use num_rational::Ratio;
use num_traits::{One, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// How many sets there are of each size: the coefficient of `x^k` counts those of `k` states.
pub(super) type Sizes = Vec<BigUint>;

/// How deep the search goes before it says that it stopped.
const DEPTH: usize = 300;
/// How many pairs of ways are compared to drop conditions, at each step.
const ABSORB: u64 = 20_000;

/// A state of the count, and those that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Block {
    /// Sets of its states that make it count as in.
    inside: Sizes,
    /// All other sets of its states.
    outside: Sizes,
}

impl Block {
    /// How many states it stands for.
    fn states(&self) -> usize {
        self.inside.len().max(self.outside.len()).saturating_sub(1)
    }
}

/// Counts with memory of what was counted.
struct Count {
    blocks: BTreeMap<u32, Block>,
    known: BTreeMap<Conditions, Sizes>,
    steps: u64,
}

/// Counts the sets of states that meet all of `conditions`, by size, where each state of the conditions stands for its
/// twins. `None` when `steps` are used up.
pub(super) fn sizes(conditions: &Conditions, twins: &Twins, steps: u64) -> Option<Sizes> {
    let mut count = Count { blocks: BTreeMap::new(), known: BTreeMap::new(), steps };
    for state in states(conditions) {
        let size = twins.get(&state).map_or(1, Vec::len);
        let mut inside = vec![BigUint::zero(); size];
        inside.push(BigUint::one());
        let outside = minus(&count.all(size)?, &inside);
        count.blocks.insert(state, Block { inside, outside });
    }
    let conditions = count.together(conditions)?;
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
    // k! (n - k)! for k = 0, 1 ... of n states.
    let mut orders = (2..=states).fold(BigUint::one(), |all, k| all * k);
    let all = &orders * (states + 1);
    let mut good = BigUint::zero();
    for (k, count) in sizes.iter().enumerate() {
        good += count * &orders;
        orders = orders * (k + 1) / (states - k).max(1);
    }
    Ratio::new(good, all)
}

impl Count {
    /// Lets one state stand for all that appear alone, in the same conditions: any of them is enough.
    fn together(&mut self, conditions: &Conditions) -> Option<Conditions> {
        let longer = conditions.iter().map(|c| c.iter().filter(|way| way.len() > 1).cloned().collect());
        let shared = states(&longer.collect());
        let mut places: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (c, condition) in conditions.iter().enumerate() {
            let alone = condition.iter().flatten().filter(|state| shared.binary_search(state).is_err());
            alone.for_each(|state| places.entry(*state).or_default().push(c));
        }
        let mut groups: BTreeMap<&Vec<usize>, Vec<u32>> = BTreeMap::new();
        places.iter().for_each(|(state, place)| groups.entry(place).or_default().push(*state));
        let mut gone = BTreeSet::new();
        for group in groups.into_values().filter(|group| group.len() > 1) {
            let (mut size, mut outside) = (0, one());
            for state in &group {
                let block = self.blocks.get(state)?.clone();
                size += block.states();
                outside = self.times(&outside, &block.outside)?;
            }
            let inside = minus(&self.all(size)?, &outside);
            self.blocks.insert(*group.first()?, Block { inside, outside });
            gone.extend(group.into_iter().skip(1));
        }
        let left = |c: &Vec<Vec<u32>>| {
            c.iter().filter(|way| !way.first().is_some_and(|state| gone.contains(state))).cloned().collect()
        };
        Some(conditions.iter().map(left).collect())
    }

    /// The sets of the states of one piece that meet it.
    fn sets(&mut self, piece: &Conditions, depth: usize) -> Option<Sizes> {
        let work = piece.iter().map(|c| c.len() as u64).sum::<u64>();
        self.pay(work.saturating_mul(work).min(ABSORB))?;
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
            let free = all.iter().filter(|t| **t != pivot && left.binary_search(t).is_err());
            let free = free.filter_map(|t| self.blocks.get(t)).map(Block::states).sum();
            let free = self.all(free)?;
            part = self.times(&part, &free)?;
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
        let (mut size, mut none) = (0, one());
        for way in ways {
            let (mut any, mut inside) = (0, one());
            for state in way {
                let block = self.blocks.get(state)?.clone();
                any += block.states();
                inside = self.times(&inside, &block.inside)?;
            }
            size += any;
            let outside = minus(&self.all(any)?, &inside);
            none = self.times(&none, &outside)?;
        }
        Some(minus(&self.all(size)?, &none))
    }

    /// All sets of so many states.
    fn all(&mut self, states: usize) -> Option<Sizes> {
        self.pay((states as u64).saturating_mul(1 + states as u64 / 512))?;
        let mut row = one();
        let mut last = BigUint::one();
        for k in 0..states {
            last = last * (states - k) / (k + 1);
            row.push(last.clone());
        }
        Some(row)
    }

    fn times(&mut self, a: &Sizes, b: &Sizes) -> Option<Sizes> {
        // Counts have about as many bits as there are states.
        let length = 2 + (a.len().max(b.len()) / 256) as u64;
        let terms = a.iter().filter(|count| !count.is_zero()).count() as u64;
        self.pay(a.len() as u64)?;
        self.pay(terms.saturating_mul(b.len() as u64).saturating_mul(length))?;
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

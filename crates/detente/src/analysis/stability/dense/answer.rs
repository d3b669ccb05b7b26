//! What was found, in public numbers: counts, the first states of each set, ordinals.

use super::bits::Bits;
use super::layout::Layout;
use crate::analysis::stability::{Concept, Found, Solution, State};
use crate::game::Outcome;
use num_bigint::BigUint;
use std::collections::BTreeMap;

/// Feasible states in public order, for ordinals.
#[derive(Debug, Clone)]
struct Counted {
    bits: Bits,
    /// How many there are before each [`SPAN`] words.
    before: Vec<u64>,
}

const SPAN: usize = 64;

impl Counted {
    fn new(bits: Bits) -> Self {
        let mut sum = 0;
        let before = bits.words.chunks(SPAN).map(|span| {
            let before = sum;
            sum += span.iter().map(|word| u64::from(word.count_ones())).sum::<u64>();
            before
        });
        let before = before.collect();
        Counted { bits, before }
    }

    /// How many there are up to a number, itself included.
    fn up_to(&self, number: usize) -> u64 {
        let span = number / 64 / SPAN;
        let whole = self.bits.words.get(span * SPAN..number / 64).unwrap_or_default();
        let last = self.bits.words.get(number / 64).copied().unwrap_or(0) & (u64::MAX >> (63 - number % 64));
        let whole: u64 = whole.iter().map(|word| u64::from(word.count_ones())).sum();
        self.before.get(span).copied().unwrap_or(0) + whole + u64::from(last.count_ones())
    }
}

/// The stable states and equilibria of a conflict, each set with a bit per state.
///
/// From [`Dense::of`]. Sets are asked for one by one, and states listed only as far as wanted.
#[derive(Debug, Clone)]
pub struct Dense {
    pub(super) layout: Layout,
    steps: Vec<(usize, usize)>,
    count: u64,
    feasible: Option<Counted>,
    stable: Vec<BTreeMap<Concept, Bits>>,
    equilibria: BTreeMap<Concept, Bits>,
}

impl Dense {
    /// `feasible` in public order.
    pub(super) fn new(layout: Layout, feasible: Option<Bits>, stable: Vec<BTreeMap<Concept, Bits>>) -> Dense {
        let mut equilibria: BTreeMap<Concept, Bits> = stable.first().cloned().unwrap_or_default();
        for (concept, bits) in &mut equilibria {
            stable.iter().skip(1).filter_map(|of| of.get(concept)).for_each(|other| bits.keep(other));
        }
        let count = feasible.as_ref().map_or(layout.count as u64, Bits::count);
        Dense { steps: layout.steps(), layout, count, feasible: feasible.map(Counted::new), stable, equilibria }
    }

    /// How many states are feasible.
    #[must_use]
    pub fn feasible(&self) -> u64 {
        self.count
    }

    /// The states that are stable for a decision maker by a concept; `None` where that was not asked.
    #[must_use]
    pub fn stable(&self, maker: usize, concept: Concept) -> Option<States<'_>> {
        Some(States { dense: self, bits: self.stable.get(maker)?.get(&concept)? })
    }

    /// The states that are stable for all by a concept; `None` where that was not asked.
    #[must_use]
    pub fn equilibria(&self, concept: Concept) -> Option<States<'_>> {
        Some(States { dense: self, bits: self.equilibria.get(&concept)? })
    }

    /// How many feasible states there are up to one, itself included, the first issue fastest. `None` when it is none.
    #[must_use]
    pub fn ordinal(&self, state: &Outcome) -> Option<u64> {
        let position = self.layout.position(state)?;
        let number = self.number(position);
        let Some(feasible) = &self.feasible else { return Some(number as u64 + 1) };
        feasible.bits.has(number).then(|| feasible.up_to(number))
    }

    /// The solution, with so many states listed of each answer.
    #[must_use]
    pub fn solution(&self, listed: usize) -> Solution {
        let found = |states: States| Found {
            count: BigUint::from(states.count()),
            states: states
                .first(listed)
                .into_iter()
                .map(|outcome| State { ordinal: self.ordinal(&outcome).map(BigUint::from), outcome })
                .collect(),
        };
        let all = |of: &BTreeMap<Concept, Bits>| {
            of.iter().map(|(concept, bits)| (*concept, found(States { dense: self, bits }))).collect()
        };
        Solution {
            feasible: BigUint::from(self.count),
            stable: self.stable.iter().map(all).collect(),
            equilibria: all(&self.equilibria),
        }
    }

    /// The public number of a position.
    fn number(&self, position: usize) -> usize {
        let mut unit = 1;
        let mut number = 0;
        for (size, stride) in &self.steps {
            number += position / stride % size * unit;
            unit *= size;
        }
        number
    }

    /// The position of a public number.
    fn position(&self, mut number: usize) -> usize {
        let mut position = 0;
        for (size, stride) in &self.steps {
            position += number % size * stride;
            number /= size;
        }
        position
    }
}

/// A set of states of a [`Dense`] answer.
#[derive(Debug, Clone, Copy)]
pub struct States<'a> {
    dense: &'a Dense,
    bits: &'a Bits,
}

impl States<'_> {
    /// How many.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.bits.count()
    }

    /// Whether a state is one of them.
    #[must_use]
    pub fn has(&self, state: &Outcome) -> bool {
        self.dense.layout.position(state).is_some_and(|position| self.bits.has(position))
    }

    /// The first of them in increasing order of their public number, at most so many.
    #[must_use]
    pub fn first(&self, most: usize) -> Vec<Outcome> {
        let count = self.count();
        let all = self.dense.layout.count;
        // Few states are put in order; of many, the first are soon met.
        let numbers = if u128::from(count) * u128::from(count) <= most as u128 * all as u128 {
            let mut numbers: Vec<usize> = self.bits.members().map(|position| self.dense.number(position)).collect();
            numbers.sort_unstable();
            numbers.truncate(most);
            numbers
        } else {
            self.met(most)
        };
        numbers.into_iter().map(|number| self.dense.layout.outcome(self.dense.position(number))).collect()
    }

    /// The first members, by going through all numbers.
    fn met(&self, most: usize) -> Vec<usize> {
        let steps = &self.dense.steps;
        let mut digits = vec![0usize; steps.len()];
        let mut position = 0;
        let mut met = Vec::new();
        for number in 0..self.dense.layout.count {
            if met.len() == most {
                break;
            }
            if self.bits.has(position) {
                met.push(number);
            }
            for (digit, (size, stride)) in digits.iter_mut().zip(steps) {
                *digit += 1;
                position += stride;
                if *digit < *size {
                    break;
                }
                position -= *digit * stride;
                *digit = 0;
            }
        }
        met
    }
}

//! Sets of states as decision diagrams, with nodes that nobody holds given back.

use super::table::{Edge, Full, Table};
use num_bigint::BigUint;
use std::collections::HashMap;
use std::rc::Rc;

/// A set of states. Cheap to copy; its nodes are kept as long as a copy of it lives.
#[derive(Debug, Clone)]
pub(in crate::analysis::stability) struct Set(Rc<Edge>);

/// The table of all sets, and which of them are held.
#[derive(Debug)]
pub(in crate::analysis::stability) struct Diagrams {
    table: Table,
    held: Vec<Rc<Edge>>,
    /// Nodes are given back when more than so many are in use, or so many sets were made.
    tidy_at: usize,
    held_at: usize,
    counts: HashMap<usize, BigUint>,
    bits: u32,
}

/// Below this it is not worth looking for nodes to give back.
const FEW: usize = 1 << 18;

impl PartialEq for Set {
    /// In one table, equal sets are the same node.
    fn eq(&self, other: &Set) -> bool {
        *self.0 == *other.0
    }
}

impl Set {
    pub(in crate::analysis::stability) fn is_empty(&self) -> bool {
        *self.0 == Edge::FALSE
    }
}

impl Diagrams {
    /// How many bits there are.
    pub(in crate::analysis::stability) fn bits(&self) -> usize {
        self.bits as usize
    }

    pub(in crate::analysis::stability) fn new(bits: u32, nodes: usize, steps: u64) -> Self {
        Diagrams {
            table: Table::new(nodes, steps),
            held: Vec::new(),
            tidy_at: FEW,
            held_at: FEW,
            counts: HashMap::new(),
            bits,
        }
    }

    /// The most nodes that were in use at a time.
    pub(in crate::analysis::stability) fn peak(&self) -> usize {
        self.table.peak()
    }

    pub(in crate::analysis::stability) fn steps_left(&self) -> u64 {
        self.table.steps_left()
    }

    fn hold(&mut self, edge: Edge) -> Set {
        let held = Rc::new(edge);
        self.held.push(Rc::clone(&held));
        Set(held)
    }

    fn tidy(&mut self) {
        self.held.retain(|edge| Rc::strong_count(edge) > 1);
        self.table.collect(self.held.iter().map(|edge| **edge));
        self.counts.clear();
        self.tidy_at = FEW.max(self.table.used() * 2);
        self.held_at = FEW.max(self.held.len() * 2);
    }

    fn run(&mut self, operation: impl Fn(&mut Table) -> Result<Edge, Full>) -> Result<Set, Full> {
        if self.table.used() > self.tidy_at || self.held.len() > self.held_at {
            self.tidy();
        }
        let found = match operation(&mut self.table) {
            Err(Full::Nodes) => {
                self.tidy();
                operation(&mut self.table)?
            }
            other => other?,
        };
        Ok(self.hold(found))
    }

    /// Every state, or none.
    pub(in crate::analysis::stability) fn constant(&mut self, all: bool) -> Set {
        self.hold(if all { Edge::TRUE } else { Edge::FALSE })
    }

    /// Where bits are as given: a conjunction of literals.
    pub(in crate::analysis::stability) fn cube(&mut self, literals: &[(u32, bool)]) -> Result<Set, Full> {
        let mut sorted = literals.to_vec();
        sorted.sort_unstable();
        self.run(|table| {
            sorted.iter().rev().try_fold(Edge::TRUE, |rest, (var, set)| {
                if *set { table.node(*var, Edge::FALSE, rest) } else { table.node(*var, rest, Edge::FALSE) }
            })
        })
    }

    pub(in crate::analysis::stability) fn not(&mut self, a: &Set) -> Set {
        self.hold(a.0.not())
    }

    pub(in crate::analysis::stability) fn and(&mut self, a: &Set, b: &Set) -> Result<Set, Full> {
        self.run(|table| table.and(*a.0, *b.0))
    }

    /// In the first but not in the second.
    pub(in crate::analysis::stability) fn without(&mut self, a: &Set, b: &Set) -> Result<Set, Full> {
        self.run(|table| table.and(*a.0, b.0.not()))
    }

    pub(in crate::analysis::stability) fn or(&mut self, a: &Set, b: &Set) -> Result<Set, Full> {
        self.run(|table| table.or(*a.0, *b.0))
    }

    pub(in crate::analysis::stability) fn xor(&mut self, a: &Set, b: &Set) -> Result<Set, Full> {
        self.run(|table| table.xor(*a.0, *b.0))
    }

    pub(in crate::analysis::stability) fn choose(&mut self, condition: &Set, yes: &Set, no: &Set) -> Result<Set, Full> {
        self.run(|table| table.choose(*condition.0, *yes.0, *no.0))
    }

    /// The states from which some change of the bits of `cube` leads into the set.
    pub(in crate::analysis::stability) fn exists(&mut self, a: &Set, cube: &Set) -> Result<Set, Full> {
        self.run(|table| table.exists(*a.0, *cube.0))
    }

    /// The states from which some change of the bits of `cube` leads into both sets.
    pub(in crate::analysis::stability) fn and_exists(&mut self, a: &Set, b: &Set, cube: &Set) -> Result<Set, Full> {
        self.run(|table| table.and_exists(*a.0, *b.0, *cube.0))
    }

    /// What is in the set once some bits are as the literals of `cube` say, whatever those bits of a state are.
    pub(in crate::analysis::stability) fn cofactor(&mut self, a: &Set, cube: &Set) -> Result<Set, Full> {
        self.run(|table| table.cofactor(*a.0, *cube.0))
    }

    /// Whether an assignment of all bits is in the set.
    pub(in crate::analysis::stability) fn holds(&self, a: &Set, bits: &[bool]) -> bool {
        let mut at = *a.0;
        while let Some(bit) = bits.get(self.table.var(at) as usize) {
            let (low, high) = self.table.branches(at);
            at = if *bit { high } else { low };
        }
        at == Edge::TRUE
    }

    /// All of the sets: in pairs, so that many small ones stay small for long.
    pub(in crate::analysis::stability) fn all_of(&mut self, mut sets: Vec<Set>) -> Result<Set, Full> {
        while sets.len() > 1 {
            let mut next = Vec::with_capacity(sets.len().div_ceil(2));
            for pair in sets.chunks(2) {
                next.push(match pair {
                    [a, b] => self.and(a, b)?,
                    rest => rest.first().cloned().unwrap_or_else(|| self.constant(true)),
                });
            }
            sets = next;
        }
        Ok(sets.pop().unwrap_or_else(|| self.constant(true)))
    }

    /// At least one of the sets.
    pub(in crate::analysis::stability) fn any_of(&mut self, sets: Vec<Set>) -> Result<Set, Full> {
        let opposites = sets.iter().map(|set| self.not(set)).collect();
        let none = self.all_of(opposites)?;
        Ok(self.not(&none))
    }

    /// How many assignments of all bits are in the set.
    pub(in crate::analysis::stability) fn count(&mut self, a: &Set) -> BigUint {
        let edge = *a.0;
        self.count_below(edge, 0)
    }

    /// How many assignments of the bits from `from` on are in the function, which looks at none before.
    fn count_below(&mut self, edge: Edge, from: u32) -> BigUint {
        let var = self.table.var(edge).min(self.bits);
        let all = BigUint::from(1u32) << (self.bits - var);
        let regular = if edge == Edge::TRUE || edge == Edge::FALSE {
            all.clone()
        } else if let Some(known) = self.counts.get(&edge.at()) {
            known.clone()
        } else {
            let plain = if edge.opposite() { edge.not() } else { edge };
            let (low, high) = self.table.branches(plain);
            let sum = self.count_below(low, var + 1) + self.count_below(high, var + 1);
            self.counts.insert(edge.at(), sum.clone());
            sum
        };
        let here = if edge.opposite() { all - regular } else { regular };
        here << (var - from)
    }
}

//! In which order a decision maker prefers the states that it can move among, wherever the others are.
//!
//! What its statements become once the issues of the others are fixed decides the order of its own states. Wherever
//! they become the same, the order is the same: it is worked out once for all such places.

use super::condition::Rows;
use super::layout::{Layout, Reach};
use super::score::{Code, Cursor, Scorer, Weighted};
use crate::game::conflict::Preference;
use pulp::Arch;
use std::collections::{BTreeMap, HashMap};

/// Signatures up to which they are looked up in a list.
const DIRECT: u64 = 1 << 22;
/// Pairs of combinations of bound issues up to which moves among them are written out.
const MOST_PAIRS: usize = 1 << 24;

/// A place in an order, and whether it is preferred less than the one before.
pub(super) trait Place: Copy + Send + Sync {
    fn new(at: usize, first: bool) -> Self;
    fn at(self) -> usize;
    fn first(self) -> bool;
}

impl Place for u16 {
    fn new(at: usize, first: bool) -> Self {
        at as u16 | u16::from(first) << 15
    }
    #[inline(always)]
    fn at(self) -> usize {
        usize::from(self & 0x7FFF)
    }
    #[inline(always)]
    fn first(self) -> bool {
        self >> 15 == 1
    }
}

impl Place for u32 {
    fn new(at: usize, first: bool) -> Self {
        at as u32 | u32::from(first) << 31
    }
    #[inline(always)]
    fn at(self) -> usize {
        (self & 0x7FFF_FFFF) as usize
    }
    #[inline(always)]
    fn first(self) -> bool {
        self >> 31 == 1
    }
}

/// Orders of a block, one after the other.
#[derive(Debug)]
pub(super) enum Orders {
    Short(Vec<u16>),
    Long(Vec<u32>),
}

/// How a decision maker orders the states of its block.
#[derive(Debug)]
pub(super) struct Order {
    /// Which order holds, for each combination of the other issues.
    pub(super) context: Vec<u32>,
    /// The orders, best first.
    pub(super) orders: Orders,
    /// For each combination of the issues that do not move freely, those that can move to it, itself among them.
    /// Empty where all are free.
    pub(super) from: Vec<Vec<u32>>,
    /// Whether all states are alike to it, wherever the others are.
    pub(super) indifferent: bool,
}

/// The order of one decision maker. `None` where its bound issues have too many combinations.
pub(super) fn order(layout: &Layout, sizes: &[usize], maker: usize, preference: &Preference) -> Option<Order> {
    let block = layout.blocks.get(maker)?;
    let from = predecessors(layout, maker)?;
    let rows = Rows::new(layout, block.places.clone());
    let (context, orders) = match Weighted::of(preference, sizes) {
        Some(weighted) if weighted.bits <= u64::BITS => ordered::<u64>(&weighted, &rows),
        Some(weighted) => ordered::<u128>(&weighted, &rows),
        None => listed(layout, &rows, maker, preference)?,
    };
    let flat = |at: usize, first: bool| !first || at.is_multiple_of(block.size);
    let indifferent = match &orders {
        Orders::Short(all) => all.iter().enumerate().all(|(at, place)| flat(at, place.first())),
        Orders::Long(all) => all.iter().enumerate().all(|(at, place)| flat(at, place.first())),
    };
    Some(Order { context, orders, from, indifferent })
}

/// For each combination of bound issues of a block, those that can move to it.
fn predecessors(layout: &Layout, maker: usize) -> Option<Vec<Vec<u32>>> {
    let block = layout.blocks.get(maker)?;
    let bound: Vec<_> = block.axes.iter().filter(|axis| axis.reach != Reach::Free).collect();
    if bound.is_empty() {
        return Some(Vec::new());
    }
    let mut from: Vec<Vec<u32>> = vec![vec![0]];
    for axis in bound {
        let inner = from.len();
        let reaches = |a: usize, b: usize| match &axis.reach {
            Reach::Free => true,
            Reach::Rising => a <= b,
            Reach::Falling => a >= b,
            Reach::Table(table) => a == b || table.get(a).is_some_and(|to| to.contains(&b)),
        };
        let pairs: usize = from.iter().map(Vec::len).sum();
        if pairs.saturating_mul(axis.size * axis.size) > MOST_PAIRS {
            return None;
        }
        let mut next = Vec::with_capacity(inner * axis.size);
        for to in 0..axis.size {
            for earlier in &from {
                let digits = (0..axis.size).filter(|digit| reaches(*digit, to));
                next.push(digits.flat_map(|d| earlier.iter().map(move |e| e + (d * inner) as u32)).collect());
            }
        }
        from = next;
    }
    Some(from)
}

/// Gathers orders as they come.
struct Gathered {
    orders: Orders,
    size: usize,
}

impl Gathered {
    fn new(size: usize) -> Self {
        let orders = if size <= 1 << 15 { Orders::Short(Vec::new()) } else { Orders::Long(Vec::new()) };
        Gathered { orders, size }
    }

    /// Adds the order of a row of scores; gives its number.
    fn add<C: Code>(&mut self, sorter: &mut Sorter, row: &[C]) -> u32 {
        let sorted = sorter.sort(row);
        let mut last = None;
        let mut new = |at: u32| {
            let code = row.get(at as usize).copied();
            let first = code != last;
            last = code;
            first
        };
        let number = match &mut self.orders {
            Orders::Short(all) => {
                all.extend(sorted.iter().map(|at| <u16 as Place>::new(*at as usize, new(*at))));
                all.len()
            }
            Orders::Long(all) => {
                all.extend(sorted.iter().map(|at| <u32 as Place>::new(*at as usize, new(*at))));
                all.len()
            }
        };
        u32::try_from(number / self.size - 1).unwrap_or(u32::MAX)
    }
}

/// The orders of a sum: one for each signature that occurs.
fn ordered<C: Code>(weighted: &Weighted, rows: &Rows) -> (Vec<u32>, Orders) {
    let scorer = Scorer::<C>::new(weighted, rows);
    let arch = Arch::new();
    let mut gathered = Gathered::new(rows.len);
    let mut sorter = Sorter::default();
    let mut context = Vec::with_capacity(rows.count);
    let Some(signatures) = scorer.signatures() else {
        let mut cursor = scorer.at(arch, 0);
        (0..rows.count).for_each(|_| context.push(gathered.add(&mut sorter, cursor.next())));
        return (context, gathered.orders);
    };
    let direct = signatures.most <= DIRECT && signatures.most <= 8 * rows.count as u64 + 64;
    let mut list = vec![u32::MAX; if direct { signatures.most as usize } else { 0 }];
    let mut map: HashMap<u64, u32> = HashMap::new();
    let mut digits = rows.digits(0);
    let mut cursor: Option<Cursor<C>> = None;
    for _ in 0..rows.count {
        let signature = signatures.of(&digits);
        let mut fresh = 0;
        let slot =
            if direct { list.get_mut(signature as usize) } else { Some(map.entry(signature).or_insert(u32::MAX)) };
        let slot = slot.unwrap_or(&mut fresh);
        if *slot == u32::MAX {
            let cursor = cursor.get_or_insert_with(|| scorer.at(arch, 0));
            cursor.go(&digits);
            *slot = gathered.add(&mut sorter, cursor.next());
        }
        context.push(*slot);
        rows.advance(&mut digits);
    }
    (context, gathered.orders)
}

/// The orders of a list of states: rows of which none is named are all alike.
fn listed(layout: &Layout, rows: &Rows, maker: usize, preference: &Preference) -> Option<(Vec<u32>, Orders)> {
    let Preference::Ranking { scores, others } = preference else { return None };
    let block = layout.blocks.get(maker)?;
    let mut named: BTreeMap<usize, Vec<(usize, i64)>> = BTreeMap::new();
    for (state, score) in scores {
        let Some(position) = layout.position(state) else { continue };
        let (outer, rest) = (position / (block.stride * block.size), position % block.stride);
        let own = position / block.stride % block.size;
        named.entry(outer * block.stride + rest).or_default().push((own, *score));
    }
    let code = |score: i64| (i128::from(score) - i128::from(i64::MIN)) as u64;
    let mut gathered = Gathered::new(rows.len);
    let mut sorter = Sorter::default();
    let mut row = vec![code(*others); rows.len];
    let mut context = vec![gathered.add(&mut sorter, &row); rows.count];
    for (outer, states) in named {
        let mut set = |value: &dyn Fn(i64) -> u64| {
            for (own, score) in &states {
                row.iter_mut().skip(*own).take(1).for_each(|x| *x = value(*score));
            }
        };
        set(&code);
        let number = gathered.add(&mut sorter, &row);
        context.iter_mut().skip(outer).take(1).for_each(|c| *c = number);
        let mut set = |value: u64| {
            for (own, _) in &states {
                row.iter_mut().skip(*own).take(1).for_each(|x| *x = value);
            }
        };
        set(code(*others));
    }
    Some((context, gathered.orders))
}

/// Sorts the places of a row by score, best first, equal ones by place.
#[derive(Default)]
struct Sorter {
    keys: Vec<u64>,
    other: Vec<u64>,
    sorted: Vec<u32>,
}

impl Sorter {
    fn sort<C: Code>(&mut self, row: &[C]) -> &[u32] {
        let first = row.first().map_or(0, |c| c.wide());
        let varying = row.iter().fold(0, |bits, code| bits | (code.wide() ^ first));
        let low = varying.trailing_zeros().min(127);
        let width = 128 - (varying >> low).leading_zeros();
        let places = usize::BITS - row.len().leading_zeros();
        self.sorted.clear();
        if width + places > 64 {
            self.sorted.extend((0..row.len()).map(|at| at as u32));
            self.sorted.sort_by_key(|at| std::cmp::Reverse(row.get(*at as usize).copied().unwrap_or_default()));
            return &self.sorted;
        }
        let mask = if width == 0 { 0 } else { u64::MAX >> (64 - width) };
        self.keys.clear();
        let key = |(at, code): (usize, &C)| (!((code.wide() >> low) as u64) & mask) << places | at as u64;
        self.keys.extend(row.iter().enumerate().map(key));
        if row.len() < 128 {
            self.keys.sort_unstable();
        } else {
            self.by_digits(places, places + width);
        }
        let place = (1u64 << places) - 1;
        self.sorted.extend(self.keys.iter().map(|key| (key & place) as u32));
        &self.sorted
    }

    /// Sorts by the bits in a range, the lowest eight first; stable.
    fn by_digits(&mut self, from: u32, to: u32) {
        self.other.resize(self.keys.len(), 0);
        let first = self.keys.first().copied().unwrap_or(0);
        let varying = self.keys.iter().fold(0, |bits, key| bits | (key ^ first));
        for shift in (from..to).step_by(8) {
            let digit = |key: u64| (key >> shift) as usize & 0xFF;
            // The last digit ends with the key: what is above it is 0.
            if digit(varying) == 0 {
                continue;
            }
            let mut starts = [0u32; 256];
            self.keys.iter().for_each(|key| starts[digit(*key)] += 1);
            let mut sum = 0;
            for start in &mut starts {
                sum += std::mem::replace(start, sum);
            }
            for key in &self.keys {
                let slot = &mut starts[digit(*key)];
                if let Some(to) = self.other.get_mut(*slot as usize) {
                    *to = *key;
                }
                *slot += 1;
            }
            std::mem::swap(&mut self.keys, &mut self.other);
        }
    }
}

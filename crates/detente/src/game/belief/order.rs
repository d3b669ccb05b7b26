//! Uniform linear extensions of a partial order: rankings that keep every comparison that was stated.
//!
//! The order is taken apart first. Elements without comparisons between them are shuffled together,
//! parts of which one stands wholly above the other are put one after the other (both exact and cheap);
//! what is left (a *prime* part, the letter N is the smallest) is counted by dynamic programming over its
//! up-sets (Brightwell and Winkler, *Counting linear extensions*, 1991: counting is #P-complete, so there
//! is a limit). Past the limit a ranking comes from a Markov chain of neighbour swaps (Karzanov and
//! Khachiyan 1991; Bubley and Dyer 1999: O(n³ log n) steps), and [`Order::exact`] says so.
//!
//! A ranking is made from a key per element: without comparisons it is the order of the keys. That keeps
//! draws with one comparison more or less close to each other.

use crate::game::Stream;
use std::collections::{BTreeSet, HashMap};

/// Up-sets of a prime part are counted up to this many.
const MOST_UP_SETS: usize = 1 << 15;
/// Parts up to this size are taken apart; larger ones only if they are a chain or have no comparisons.
const MOST_TAKEN_APART: usize = 256;
/// Steps of the chain of neighbour swaps are cut off here.
const MOST_SWAPS: usize = 400_000;

/// A partial order over `0..n`, ready for drawing uniform linear extensions.
#[derive(Debug, Clone)]
pub(super) struct Order {
    root: Part,
    exact: bool,
}

/// A part of an order.
#[derive(Debug, Clone)]
enum Part {
    /// Elements without comparisons between them.
    Free(Vec<usize>),
    /// Parts of which each stands wholly above the next.
    Series(Vec<Part>),
    /// Parts without comparisons between them, and the part of each element.
    Parallel(Vec<Part>, Vec<(usize, usize)>),
    /// A part that cannot be taken apart, by its up-sets.
    Prime(Prime),
    /// A part too wide to count: elements in an order that fits, and who stands directly above whom.
    Wide(Vec<usize>, BTreeSet<(usize, usize)>),
}

/// The up-sets of a prime part, with the number of ways to go on from each.
#[derive(Debug, Clone)]
struct Prime {
    elements: Vec<usize>,
    /// By up-set: who can come next, and the up-set this leads to. The first is the empty one.
    next: Vec<Vec<(usize, usize)>>,
    /// By up-set: the number of ways to rank the rest.
    ways: Vec<f64>,
}

impl Order {
    /// The order over `0..n` in which the first of each pair stands above the second. `None` when the
    /// pairs run in a circle.
    pub(super) fn of(n: usize, pairs: &[(usize, usize)]) -> Option<Order> {
        let pairs: BTreeSet<(usize, usize)> = pairs.iter().copied().collect();
        let sorted = topological(&(0..n).collect::<Vec<_>>(), &pairs)?;
        let mut exact = true;
        let root = connected(&sorted, &pairs, &mut exact);
        Some(Order { root, exact })
    }

    /// Whether rankings are drawn exactly uniformly.
    pub(super) fn exact(&self) -> bool {
        self.exact
    }

    /// The number of linear extensions, as far as a float holds it. `None` past the limit.
    #[cfg(test)]
    pub(super) fn count(&self) -> Option<f64> {
        fn factorial(n: usize) -> f64 {
            (1..=n).map(|k| k as f64).product()
        }
        fn count(part: &Part) -> Option<f64> {
            match part {
                Part::Free(all) => Some(factorial(all.len())),
                Part::Series(parts) => parts.iter().map(count).product(),
                Part::Parallel(parts, members) => {
                    let mut ways = factorial(members.len());
                    for part in parts {
                        ways *= count(part)? / factorial(size(part));
                    }
                    Some(ways)
                }
                Part::Prime(prime) => prime.ways.first().copied(),
                Part::Wide(..) => None,
            }
        }
        count(&self.root)
    }

    /// A linear extension, first to last, from a key per element and a stream for what keys cannot
    /// decide. Uniform when the keys are independent and of one continuous distribution.
    pub(super) fn arrange(&self, keys: &[f64], stream: &mut Stream, into: &mut Vec<usize>) {
        into.clear();
        self.root.arrange(keys, stream, into);
    }
}

fn key(keys: &[f64], element: usize) -> f64 {
    keys.get(element).copied().unwrap_or(0.0)
}

#[cfg(test)]
fn size(part: &Part) -> usize {
    match part {
        Part::Free(all) | Part::Wide(all, _) => all.len(),
        Part::Series(parts) => parts.iter().map(size).sum(),
        Part::Parallel(_, members) => members.len(),
        Part::Prime(prime) => prime.elements.len(),
    }
}

impl Part {
    fn arrange(&self, keys: &[f64], stream: &mut Stream, into: &mut Vec<usize>) {
        match self {
            Part::Free(all) => {
                let from = into.len();
                into.extend(all);
                if let Some(tail) = into.get_mut(from..) {
                    tail.sort_by(|a, b| key(keys, *b).total_cmp(&key(keys, *a)));
                }
            }
            Part::Series(parts) => parts.iter().for_each(|p| p.arrange(keys, stream, into)),
            Part::Parallel(parts, members) => {
                // Which places a part takes is decided by its keys as a set, the order within it by how
                // they compare: for independent keys the two are independent.
                let mut slots = members.clone();
                slots.sort_by(|(a, _), (b, _)| key(keys, *b).total_cmp(&key(keys, *a)));
                let mut ranked: Vec<std::vec::IntoIter<usize>> = parts
                    .iter()
                    .map(|p| {
                        let mut own = Vec::new();
                        p.arrange(keys, stream, &mut own);
                        own.into_iter()
                    })
                    .collect();
                into.extend(slots.iter().filter_map(|(_, part)| ranked.get_mut(*part)?.next()));
            }
            Part::Prime(prime) => prime.arrange(stream, into),
            Part::Wide(start, above) => swap_about(start, above, keys, stream, into),
        }
    }
}

impl Prime {
    /// Counts the up-sets of `elements` under the strict order `above`; `None` past the limit.
    fn of(elements: &[usize], above: &dyn Fn(usize, usize) -> bool) -> Option<Prime> {
        if elements.len() > 128 {
            return None;
        }
        // Bit j of `needs[i]`: element j has to come before element i.
        let needs: Vec<u128> = elements
            .iter()
            .map(|i| {
                elements.iter().enumerate().filter(|(_, j)| above(**j, *i)).fold(0u128, |set, (bit, _)| set | 1 << bit)
            })
            .collect();
        let mut index: HashMap<u128, usize> = HashMap::from([(0, 0)]);
        let mut sets = vec![0u128];
        let mut next: Vec<Vec<(usize, usize)>> = Vec::new();
        while let Some(set) = sets.get(next.len()).copied() {
            let mut steps = Vec::new();
            for (bit, (element, need)) in elements.iter().zip(&needs).enumerate() {
                if set & (1 << bit) == 0 && need & !set == 0 {
                    let larger = set | 1 << bit;
                    let at = *index.entry(larger).or_insert_with(|| {
                        sets.push(larger);
                        sets.len() - 1
                    });
                    steps.push((*element, at));
                }
            }
            next.push(steps);
            if sets.len() > MOST_UP_SETS {
                return None;
            }
        }
        // Larger up-sets come later, so that going backwards every way on is known already.
        let mut ways = vec![1.0; next.len()];
        for (at, steps) in next.iter().enumerate().rev().filter(|(_, steps)| !steps.is_empty()) {
            let sum = steps.iter().filter_map(|(_, to)| ways.get(*to)).sum();
            if let Some(ways) = ways.get_mut(at) {
                *ways = sum;
            }
        }
        Some(Prime { elements: elements.to_vec(), next, ways })
    }

    fn arrange(&self, stream: &mut Stream, into: &mut Vec<usize>) {
        let mut at = 0;
        while let Some(steps) = self.next.get(at).filter(|s| !s.is_empty()) {
            let mut left = stream.uniform() * self.ways.get(at).copied().unwrap_or(1.0);
            let mut chosen = steps.last().copied();
            for (element, to) in steps {
                left -= self.ways.get(*to).copied().unwrap_or(0.0);
                if left < 0.0 {
                    chosen = Some((*element, *to));
                    break;
                }
            }
            let Some((element, to)) = chosen else { break };
            into.push(element);
            at = to;
        }
    }
}

/// A ranking by swaps of neighbours that nothing compares, starting from the one the keys suggest.
fn swap_about(
    start: &[usize],
    above: &BTreeSet<(usize, usize)>,
    keys: &[f64],
    stream: &mut Stream,
    into: &mut Vec<usize>,
) {
    let mut ranking = start.to_vec();
    // One pass of insertion by key, stopped by comparisons: a start that already varies.
    for from in 1..ranking.len() {
        for at in (1..=from).rev() {
            let (Some(a), Some(b)) = (ranking.get(at - 1).copied(), ranking.get(at).copied()) else { break };
            if key(keys, a) >= key(keys, b) || above.contains(&(a, b)) {
                break;
            }
            ranking.swap(at - 1, at);
        }
    }
    let n = ranking.len() as f64;
    let steps = (n.powi(3) * (n.ln() + 4.0)).min(MOST_SWAPS as f64) as usize;
    let places = (ranking.len().saturating_sub(1)) as u64;
    for _ in 0..steps {
        let bits = stream.below(places.saturating_mul(2));
        let at = (bits / 2) as usize;
        // Neighbours in a linear extension are compared only if one stands directly above the other.
        if bits.is_multiple_of(2)
            && let (Some(a), Some(b)) = (ranking.get(at), ranking.get(at + 1))
            && !above.contains(&(*a, *b))
        {
            ranking.swap(at, at + 1);
        }
    }
    into.extend(ranking);
}

/// The elements with everybody below whoever stands above it, the smallest number first; `None` for a circle.
fn topological(elements: &[usize], pairs: &BTreeSet<(usize, usize)>) -> Option<Vec<usize>> {
    let most = elements.iter().max().map_or(0, |m| m + 1);
    let mut waiting = vec![0usize; most];
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); most];
    for (a, b) in pairs {
        below.get_mut(*a)?.push(*b);
        *waiting.get_mut(*b)? += 1;
    }
    let mut ready: BTreeSet<usize> = elements.iter().copied().filter(|e| waiting.get(*e) == Some(&0)).collect();
    let mut sorted = Vec::with_capacity(elements.len());
    while let Some(e) = ready.pop_first() {
        sorted.push(e);
        for b in below.get(e)? {
            let left = waiting.get_mut(*b)?;
            *left -= 1;
            if *left == 0 {
                ready.insert(*b);
            }
        }
    }
    (sorted.len() == elements.len()).then_some(sorted)
}

/// Splits sorted elements into those that comparisons connect.
fn connected(sorted: &[usize], pairs: &BTreeSet<(usize, usize)>, exact: &mut bool) -> Part {
    let neighbours = |e: usize, f: &mut dyn FnMut(usize)| {
        pairs.range((e, 0)..(e + 1, 0)).for_each(|(_, b)| f(*b));
    };
    // Union by labels, smaller wins; pairs are few against elements.
    let most = sorted.iter().max().map_or(0, |m| m + 1);
    let mut label: Vec<usize> = (0..most).collect();
    fn find(label: &mut [usize], mut e: usize) -> usize {
        while let Some(up) = label.get(e).copied().filter(|up| *up != e) {
            let over = label.get(up).copied().unwrap_or(up);
            if let Some(slot) = label.get_mut(e) {
                *slot = over;
            }
            e = up;
        }
        e
    }
    for e in sorted {
        neighbours(*e, &mut |b| {
            let (x, y) = (find(&mut label, *e), find(&mut label, b));
            if let Some(slot) = label.get_mut(x.max(y)) {
                *slot = x.min(y);
            }
        });
    }
    let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut place: HashMap<usize, usize> = HashMap::new();
    for e in sorted {
        let root = find(&mut label, *e);
        let at = *place.entry(root).or_insert_with(|| {
            groups.push((root, Vec::new()));
            groups.len() - 1
        });
        if let Some((_, group)) = groups.get_mut(at) {
            group.push(*e);
        }
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut members: Vec<(usize, usize)> = Vec::new();
    let alone: Vec<usize> = groups.iter().filter(|(_, g)| g.len() == 1).flat_map(|(_, g)| g.clone()).collect();
    for (_, group) in groups.iter().filter(|(_, g)| g.len() > 1) {
        members.extend(group.iter().map(|e| (*e, parts.len())));
        parts.push(component(group, pairs, exact));
    }
    if parts.is_empty() {
        return Part::Free(alone);
    }
    if !alone.is_empty() {
        members.extend(alone.iter().map(|e| (*e, parts.len())));
        parts.push(Part::Free(alone));
    }
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            parts.extend(last);
            Part::Parallel(parts, members)
        }
    }
}

/// A connected part, its elements sorted.
fn component(sorted: &[usize], pairs: &BTreeSet<(usize, usize)>, exact: &mut bool) -> Part {
    let chain = sorted.windows(2).all(|w| matches!(w, [a, b] if pairs.contains(&(*a, *b))));
    if chain {
        return Part::Series(sorted.iter().map(|e| Part::Free(vec![*e])).collect());
    }
    if let (Some(first), rest) = (sorted.first(), sorted.get(1..).unwrap_or(&[]))
        && sorted.len() > MOST_TAKEN_APART
        && rest.iter().all(|e| pairs.contains(&(*first, *e)))
    {
        let inner: BTreeSet<(usize, usize)> = pairs.iter().copied().filter(|(a, _)| a != first).collect();
        return Part::Series(vec![Part::Free(vec![*first]), connected(rest, &inner, exact)]);
    }
    if sorted.len() > MOST_TAKEN_APART {
        *exact = false;
        return Part::Wide(sorted.to_vec(), inside(sorted, pairs));
    }
    let matrix = Above::of(sorted, pairs);
    matrix.take_apart(&(0..sorted.len()).collect::<Vec<_>>(), exact)
}

fn inside(elements: &[usize], pairs: &BTreeSet<(usize, usize)>) -> BTreeSet<(usize, usize)> {
    let own: BTreeSet<usize> = elements.iter().copied().collect();
    pairs.iter().copied().filter(|(a, b)| own.contains(a) && own.contains(b)).collect()
}

/// Who stands above whom, directly or not, among a few elements.
struct Above<'a> {
    names: &'a [usize],
    pairs: &'a BTreeSet<(usize, usize)>,
    above: Vec<Vec<bool>>,
}

impl<'a> Above<'a> {
    fn of(sorted: &'a [usize], pairs: &'a BTreeSet<(usize, usize)>) -> Self {
        let n = sorted.len();
        let mut above = vec![vec![false; n]; n];
        // Backwards through the sorted elements: whatever stands below b stands below a as well.
        for a in (0..n).rev() {
            for b in a + 1..n {
                if sorted.get(a).zip(sorted.get(b)).is_some_and(|(x, y)| pairs.contains(&(*x, *y))) {
                    let (head, tail) = above.split_at_mut(b);
                    if let (Some(row), Some(under)) = (head.get_mut(a), tail.first()) {
                        row.iter_mut().zip(under).for_each(|(r, u)| *r |= *u);
                        row.get_mut(b).into_iter().for_each(|r| *r = true);
                    }
                }
            }
        }
        Above { names: sorted, pairs, above }
    }

    fn over(&self, a: usize, b: usize) -> bool {
        self.above.get(a).and_then(|row| row.get(b)).copied().unwrap_or(false)
    }

    /// Groups of elements that `linked` connects, each sorted.
    fn groups(elements: &[usize], linked: &dyn Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
        let mut left: Vec<usize> = elements.to_vec();
        let mut groups = Vec::new();
        while !left.is_empty() {
            let mut group = vec![left.remove(0)];
            let mut at = 0;
            while let Some(e) = group.get(at).copied() {
                let (near, far): (Vec<usize>, Vec<usize>) = left.iter().partition(|f| linked(e, **f));
                group.extend(near);
                left = far;
                at += 1;
            }
            group.sort_unstable();
            groups.push(group);
        }
        groups
    }

    fn take_apart(&self, elements: &[usize], exact: &mut bool) -> Part {
        let names = |of: &[usize]| of.iter().filter_map(|e| self.names.get(*e).copied()).collect::<Vec<_>>();
        let compared = |a: usize, b: usize| self.over(a, b) || self.over(b, a);
        let apart = Self::groups(elements, &compared);
        if apart.len() == elements.len() {
            return Part::Free(names(elements));
        }
        if apart.len() > 1 {
            let members = apart.iter().enumerate().flat_map(|(p, g)| names(g).into_iter().map(move |e| (e, p)));
            let members = members.collect();
            return Part::Parallel(apart.iter().map(|g| self.take_apart(g, exact)).collect(), members);
        }
        let mut stacked = Self::groups(elements, &|a, b| !compared(a, b));
        if stacked.len() > 1 {
            stacked.sort_by_key(|g| {
                let first = g.first().copied().unwrap_or(0);
                elements.iter().filter(|e| self.over(**e, first) && !g.contains(e)).count()
            });
            return Part::Series(stacked.iter().map(|g| self.take_apart(g, exact)).collect());
        }
        match Prime::of(elements, &|a, b| self.over(a, b)) {
            Some(mut prime) => {
                prime.elements = names(&prime.elements);
                for (element, _) in prime.next.iter_mut().flatten() {
                    *element = self.names.get(*element).copied().unwrap_or(*element);
                }
                Part::Prime(prime)
            }
            None => {
                *exact = false;
                let own = names(elements);
                let pairs = inside(&own, self.pairs);
                Part::Wide(own, pairs)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// Every linear extension, by trying all permutations.
    fn brute(n: usize, pairs: &[(usize, usize)]) -> Vec<Vec<usize>> {
        fn go(left: &[usize], so_far: &mut Vec<usize>, pairs: &[(usize, usize)], out: &mut Vec<Vec<usize>>) {
            if left.is_empty() {
                out.push(so_far.clone());
            }
            for e in left {
                if pairs.iter().all(|(a, b)| b != e || so_far.contains(a)) {
                    let rest: Vec<usize> = left.iter().copied().filter(|x| x != e).collect();
                    so_far.push(*e);
                    go(&rest, so_far, pairs, out);
                    so_far.pop();
                }
            }
        }
        let mut out = Vec::new();
        go(&(0..n).collect::<Vec<_>>(), &mut Vec::new(), pairs, &mut out);
        out
    }

    /// Chi-square of the rankings drawn against all linear extensions alike, per degree of freedom as a
    /// standard normal (Wilson and Hilferty 1931).
    fn unevenness(order: &Order, n: usize, pairs: &[(usize, usize)], draws: u64) -> f64 {
        let mut counts: BTreeMap<Vec<usize>, u64> = brute(n, pairs).into_iter().map(|e| (e, 0)).collect();
        let mut ranking = Vec::new();
        for i in 0..draws {
            let mut stream = Stream::new(7, i, 0);
            let keys: Vec<f64> = (0..n).map(|_| stream.uniform()).collect();
            order.arrange(&keys, &mut stream, &mut ranking);
            *counts.get_mut(&ranking).expect("a linear extension") += 1;
        }
        let expected = draws as f64 / counts.len() as f64;
        let chi: f64 = counts.values().map(|c| (*c as f64 - expected).powi(2) / expected).sum();
        let k = (counts.len() - 1) as f64;
        ((chi / k).cbrt() - (1.0 - 2.0 / (9.0 * k))) / (2.0 / (9.0 * k)).sqrt()
    }

    /// a > b < c > d < …
    fn fence(n: usize) -> Vec<(usize, usize)> {
        (1..n).map(|i| if i % 2 == 1 { (i - 1, i) } else { (i, i - 1) }).collect()
    }

    #[test]
    fn counts_known_orders() {
        let count = |n, pairs: &[(usize, usize)]| Order::of(n, pairs).and_then(|o| o.count());
        assert_eq!(count(6, &[]), Some(720.0));
        assert_eq!(count(5, &[(0, 1), (1, 2), (2, 3), (3, 4)]), Some(1.0));
        assert_eq!(count(4, &[(0, 1), (2, 3)]), Some(6.0));
        assert_eq!(count(4, &[(0, 2), (0, 3), (1, 3)]), Some(5.0), "the letter N");
        // Alternating permutations are counted by the Euler numbers (André 1881).
        for (n, euler) in [(3, 2.0), (4, 5.0), (5, 16.0), (6, 61.0), (7, 272.0), (8, 1385.0), (10, 50521.0)] {
            assert_eq!(count(n, &fence(n)), Some(euler), "fence of {n}");
        }
        // One above all others leaves them free.
        let star: Vec<(usize, usize)> = (1..19).map(|i| (0, i)).collect();
        assert_eq!(count(19, &star), Some((1..=18).map(f64::from).product()));
    }

    #[test]
    fn circles_are_refused() {
        assert!(Order::of(3, &[(0, 1), (1, 2), (2, 0)]).is_none());
        assert!(Order::of(1, &[(0, 0)]).is_none());
    }

    #[test]
    fn rankings_are_uniform() {
        let cases: [(usize, Vec<(usize, usize)>); 5] = [
            (4, vec![]),
            (4, vec![(0, 2), (0, 3), (1, 3)]),
            (5, fence(5)),
            (6, vec![(0, 1), (2, 3), (2, 4), (3, 5), (4, 5)]),
            (6, vec![(5, 0), (5, 1), (0, 2), (1, 2), (4, 3)]),
        ];
        for (n, pairs) in cases {
            let order = Order::of(n, &pairs).unwrap();
            assert!(order.exact());
            let z = unevenness(&order, n, &pairs, 40_000);
            assert!(z.abs() < 4.0, "{pairs:?}: {z}");
        }
    }

    #[test]
    fn the_chain_of_swaps_is_uniform_too() {
        let pairs = fence(5);
        let wide = Part::Wide(vec![0, 2, 4, 1, 3], pairs.iter().copied().collect());
        let order = Order { root: wide, exact: false };
        assert!(unevenness(&order, 5, &pairs, 20_000) < 4.0);
    }

    #[test]
    fn large_orders_are_quick() {
        let chain: Vec<(usize, usize)> = (1..60_000).map(|i| (i - 1, i)).collect();
        assert!(Order::of(60_000, &chain).unwrap().exact());
        let star: Vec<(usize, usize)> = (0..5_000).filter(|i| *i != 7).map(|i| (7, i)).collect();
        let mut ranking = Vec::new();
        let order = Order::of(5_000, &star).unwrap();
        order.arrange(&vec![0.5; 5_000], &mut Stream::new(0, 0, 0), &mut ranking);
        assert!(order.exact() && ranking[0] == 7 && ranking.len() == 5_000);
        // Forty elements in two rows, every second pair compared at random: far too wide to count.
        let mut stream = Stream::new(3, 0, 0);
        let pairs: Vec<(usize, usize)> =
            (0..40).flat_map(|a| (40..80).map(move |b| (a, b))).filter(|_| stream.uniform() < 0.1).collect();
        let order = Order::of(80, &pairs).unwrap();
        order.arrange(&vec![0.5; 80], &mut Stream::new(0, 0, 0), &mut ranking);
        assert!(!order.exact() && ranking.len() == 80);
        let place = |e: &usize| ranking.iter().position(|r| r == e).unwrap();
        assert!(pairs.iter().all(|(a, b)| place(a) < place(b)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn counts_agree_with_brute_force(pairs in proptest::collection::vec((0usize..6, 0usize..6), 0..9)) {
            // Pairs made to point upwards through a fixed shuffle, so that there is no circle.
            let place = [3usize, 0, 5, 1, 4, 2];
            let pairs: Vec<(usize, usize)> =
                pairs.into_iter().filter(|(a, b)| place[*a] < place[*b]).collect();
            let order = Order::of(6, &pairs).unwrap();
            prop_assert_eq!(order.count(), Some(brute(6, &pairs).len() as f64));
            let mut ranking = Vec::new();
            order.arrange(&[0.3, 0.1, 0.9, 0.2, 0.5, 0.7], &mut Stream::new(1, 2, 3), &mut ranking);
            prop_assert!(brute(6, &pairs).contains(&ranking));
        }
    }
}

//! Comparisons of pairs as an order: what follows from them, what they leave open, and circles.

use super::{MOST_COMPARED, MOST_UNKNOWN};
use crate::exchange::few::Few;
use crate::exchange::tree::{short, too_large};
use crate::game::conflict::Order;
use crate::text::{Code, Diagnostic, Severity, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Of a circle at most this many comparisons are shown.
const MOST_SHOWN: usize = 12;

/// Two states, and where they are compared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair {
    /// The first; in `better`, the preferred one.
    pub(crate) one: u32,
    /// The second.
    pub(crate) other: u32,
    /// Where.
    pub(crate) span: Span,
}

/// The order of all states that comparisons say; pairs that do not follow from them are unknown. `None`, with the
/// reason said, where they contradict each other.
pub(crate) fn order(
    name: &str,
    states: &[String],
    better: &[Pair],
    equal: &[Pair],
    unknown: &BTreeMap<(u32, u32), Span>,
    room: &mut usize,
    few: &mut Few,
) -> Option<Order> {
    let start = better.first().or(equal.first())?.span;
    if states.len() > MOST_COMPARED {
        let message = format!("comparisons order at most {MOST_COMPARED} states; there are {}", states.len());
        few.push(too_large(message, start).hint("say the preferences as ranks"));
        return None;
    }
    let class = classes(states.len(), equal);
    let of = |state: u32| class.get(state as usize).copied().unwrap_or(0);
    let count = class.iter().max().map_or(0, |most| most + 1);
    let mut worse: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut above = vec![0usize; count];
    for pair in better {
        let (high, low) = (of(pair.one), of(pair.other));
        if let (Some(list), Some(n)) = (worse.get_mut(high), above.get_mut(low)) {
            list.push(low);
            *n += 1;
        }
    }
    // Best first: a class comes when all that are better than it have come.
    let mut ready: Vec<usize> = (0..count).filter(|c| above.get(*c) == Some(&0)).collect();
    let mut sorted = Vec::with_capacity(count);
    while let Some(next) = ready.pop() {
        sorted.push(next);
        for low in worse.get(next).into_iter().flatten() {
            if let Some(n) = above.get_mut(*low) {
                *n -= 1;
                if *n == 0 {
                    ready.push(*low);
                }
            }
        }
    }
    if sorted.len() < count {
        let left: Vec<bool> = above.iter().map(|n| *n > 0).collect();
        few.push(circle(name, states, better, &class, &left));
        return None;
    }
    let (rank, below) = beneath(&sorted, &worse, count);
    let mut open = BTreeSet::new();
    let members = members(&class, count);
    let total: usize = states.len() * states.len().saturating_sub(1) / 2;
    let tied: usize = members.iter().map(|m| m.len() * m.len().saturating_sub(1) / 2).sum();
    let size = |c: usize| members.get(c).map_or(0, Vec::len);
    let ordered: usize = below.iter().enumerate().map(|(c, set)| size(c) * set.iter().map(size).sum::<usize>()).sum();
    let left = total.saturating_sub(tied).saturating_sub(ordered);
    if left > *room {
        let message =
            format!("`{}` leaves {left} pairs open; all together at most {MOST_UNKNOWN} are read", short(name));
        few.push(too_large(message, start).hint("say the preferences as ranks"));
        return None;
    }
    *room -= left;
    if left > 0 {
        for (high, low) in (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b))) {
            let follows = |a: usize, b: usize| below.get(a).is_some_and(|set| set.has(b));
            if follows(high, low) || follows(low, high) {
                continue;
            }
            for (a, b) in members
                .get(high)
                .into_iter()
                .flatten()
                .flat_map(|a| members.get(low).into_iter().flatten().map(move |b| (*a, *b)))
            {
                open.insert((a.min(b), a.max(b)));
            }
        }
        let message = format!("`{}` leaves {left} pairs of states open; they are read as unknown", short(name));
        let found = Diagnostic::new(Code::ConflictIncomparable, message).at(start, "these comparisons");
        few.push(found.hint("say `equal` where neither is preferred"));
    }
    for ((a, b), span) in unknown {
        if !open.contains(&(*a, *b)) {
            let shown = |s: &u32| short(states.get(*s as usize).map_or("", String::as_str));
            let message = format!("`{}` and `{}` are said to be unknown, and compared", shown(a), shown(b));
            let found = Diagnostic::new(Code::ConflictCycle, message).at(*span, "unknown here");
            few.push(found.note("their order follows from the comparisons").severity(Severity::Error));
        }
    }
    let rank = class.iter().map(|c| rank.get(*c).copied().unwrap_or(0)).collect();
    Some(Order { rank, level: Vec::new(), unknown: open })
}

/// The class of each state: states that are equal, directly or through others, share one. Numbered as they come.
fn classes(states: usize, equal: &[Pair]) -> Vec<usize> {
    let mut up: Vec<usize> = (0..states).collect();
    fn root(up: &mut [usize], mut at: usize) -> usize {
        while let Some(next) = up.get(at).copied().filter(|next| *next != at) {
            let after = up.get(next).copied().unwrap_or(next);
            if let Some(slot) = up.get_mut(at) {
                *slot = after;
            }
            at = after;
        }
        at
    }
    for pair in equal {
        let (a, b) = (root(&mut up, pair.one as usize), root(&mut up, pair.other as usize));
        if let Some(slot) = up.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }
    let mut number = BTreeMap::new();
    (0..states)
        .map(|state| {
            let next = number.len();
            *number.entry(root(&mut up, state)).or_insert(next)
        })
        .collect()
}

fn members(class: &[usize], count: usize) -> Vec<Vec<u32>> {
    let mut out = vec![Vec::new(); count];
    for (state, class) in (0u32..).zip(class) {
        if let Some(list) = out.get_mut(*class) {
            list.push(state);
        }
    }
    out
}

/// A set of classes.
#[derive(Debug, Clone, Default)]
struct Set(Vec<u64>);

impl Set {
    fn has(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    fn add(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.0.len() * 64).filter(|at| self.has(*at))
    }
}

/// For each class its rank (the longest way down) and all classes that it is better than.
fn beneath(best_first: &[usize], worse: &[Vec<usize>], count: usize) -> (Vec<u32>, Vec<Set>) {
    let mut rank = vec![0u32; count];
    let mut below = vec![Set(vec![0; count.div_ceil(64)]); count];
    for class in best_first.iter().rev() {
        let mut all = Set(vec![0; count.div_ceil(64)]);
        let mut height = 0;
        let mut next = worse.get(*class).cloned().unwrap_or_default();
        next.sort_unstable();
        next.dedup();
        for low in next {
            height = height.max(rank.get(low).map_or(0, |r| r + 1));
            if !all.has(low) {
                for (word, more) in all.0.iter_mut().zip(below.get(low).map(|s| s.0.as_slice()).unwrap_or_default()) {
                    *word |= more;
                }
                all.add(low);
            }
        }
        if let (Some(r), Some(set)) = (rank.get_mut(*class), below.get_mut(*class)) {
            *r = height;
            *set = all;
        }
    }
    (rank, below)
}

/// A circle among the classes that are left, with the row of each of its comparisons.
fn circle(name: &str, states: &[String], better: &[Pair], class: &[usize], left: &[bool]) -> Diagnostic {
    let of = |state: u32| class.get(state as usize).copied().unwrap_or(0);
    let within = |c: usize| left.get(c).copied().unwrap_or(false);
    // Every class that is left has a better one that is left: going up never ends, so it comes round.
    let mut up: BTreeMap<usize, Pair> = BTreeMap::new();
    for pair in better.iter().filter(|p| within(of(p.one)) && within(of(p.other))) {
        up.entry(of(pair.other)).or_insert(*pair);
    }
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    let mut way: Vec<Pair> = Vec::new();
    let mut at = up.keys().next().copied();
    while let Some(class) = at {
        if let Some(first) = seen.insert(class, way.len()) {
            way.drain(..first);
            break;
        }
        let Some(pair) = up.get(&class) else { break };
        way.push(*pair);
        at = Some(of(pair.one));
    }
    way.reverse();
    let label = |state: u32| short(states.get(state as usize).map_or("", String::as_str));
    let mut text = String::new();
    let mut last: Option<u32> = None;
    for pair in way.iter().take(MOST_SHOWN) {
        match last {
            Some(state) if state == pair.one => {}
            Some(_) => text.push_str(&format!(" = {}", label(pair.one))),
            None => text.push_str(&label(pair.one)),
        }
        text.push_str(&format!(" > {}", label(pair.other)));
        last = Some(pair.other);
    }
    let first = way.first().map(|p| p.one);
    if way.len() > MOST_SHOWN {
        text.push_str(&format!(" > … ({} comparisons)", way.len()));
    } else if let (Some(last), Some(first)) = (last, first)
        && last != first
    {
        text.push_str(&format!(" = {}", label(first)));
    }
    let message = format!("what `{}` prefers goes round in a circle: {text}", short(name));
    let mut found = Diagnostic::new(Code::ConflictCycle, message);
    for pair in way.iter().take(MOST_SHOWN) {
        found = found.at(pair.span, format!("{} > {}", label(pair.one), label(pair.other)));
    }
    found.hint("take out one of these comparisons")
}

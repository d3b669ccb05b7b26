//! Values that statements make equal, as one class.

use super::claim::{Says, Statement};
use std::collections::BTreeSet;

/// The class of each value, the first value of each class, the pairs compared, the strict ones.
type Classes = (Vec<usize>, Vec<usize>, BTreeSet<(usize, usize)>, BTreeSet<(usize, usize)>);

/// Values that the statements make equal as classes: the class of each value, the first value of each
/// class, the pairs of classes compared, and those of them where one is better. `None` when a value
/// would be better than itself.
pub(super) fn classes(issue: usize, size: usize, statements: &[&Statement]) -> Option<Classes> {
    let mut strict: Vec<(usize, usize)> = Vec::new();
    let mut weak: BTreeSet<(usize, usize)> = BTreeSet::new();
    for statement in statements {
        if let Says::Values { issue: on, better, no_worse } = &statement.says
            && *on == issue
        {
            strict.extend(better);
            weak.extend(no_worse);
        }
    }
    weak.extend(&strict);
    let class = knots(size, &weak);
    let count = class.iter().max().map_or(0, |c| c + 1);
    let mut firsts = vec![usize::MAX; count];
    for (value, c) in class.iter().enumerate() {
        let first = firsts.get_mut(*c)?;
        *first = (*first).min(value);
    }
    let lift = |(a, b): &(usize, usize)| Some((class.get(*a).copied()?, class.get(*b).copied()?));
    let strict: BTreeSet<(usize, usize)> = strict.iter().map(lift).collect::<Option<_>>()?;
    if strict.iter().any(|(a, b)| a == b) {
        return None;
    }
    let pairs = weak.iter().map(lift).collect::<Option<BTreeSet<_>>>()?.into_iter().filter(|(a, b)| a != b).collect();
    Some((class, firsts, pairs, strict))
}

/// The strongly connected components of a relation, numbered by their first element (Kosaraju; Sharir 1981).
fn knots(size: usize, pairs: &BTreeSet<(usize, usize)>) -> Vec<usize> {
    let (mut on, mut back) = (vec![Vec::new(); size], vec![Vec::new(); size]);
    for (a, b) in pairs {
        if let (Some(on), Some(back)) = (on.get_mut(*a), back.get_mut(*b)) {
            on.push(*b);
            back.push(*a);
        }
    }
    let mut finished = Vec::with_capacity(size);
    let mut seen = vec![false; size];
    for root in 0..size {
        let mut stack = vec![(root, 0)];
        if std::mem::replace(&mut seen[root], true) {
            continue;
        }
        while let Some((v, next)) = stack.pop() {
            match on.get(v).and_then(|next_to: &Vec<usize>| next_to.get(next)) {
                Some(w) => {
                    stack.push((v, next + 1));
                    if let Some(mark) = seen.get_mut(*w).filter(|m| !**m) {
                        *mark = true;
                        stack.push((*w, 0));
                    }
                }
                None => finished.push(v),
            }
        }
    }
    let mut label = vec![usize::MAX; size];
    for root in finished.into_iter().rev() {
        let mut stack = vec![root];
        while let Some(v) = stack.pop() {
            if let Some(slot) = label.get_mut(v).filter(|l| **l == usize::MAX) {
                *slot = root;
                stack.extend(back.get(v).into_iter().flatten());
            }
        }
    }
    // Numbered in the order of the values.
    let mut number = vec![usize::MAX; size];
    let mut count = 0;
    label
        .iter()
        .map(|root| {
            let Some(slot) = number.get_mut(*root) else { return 0 };
            if *slot == usize::MAX {
                *slot = count;
                count += 1;
            }
            *slot
        })
        .collect()
}

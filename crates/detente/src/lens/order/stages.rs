//! An order of steps that meets the demands: stages by longest path, waits without what follows from others.

use super::answer::Choreography;
use super::graph::Graph;

/// The order that meets every demand but the relaxed ones. `None` when a cycle is left, or there are no steps.
pub(crate) fn choreography(graph: &Graph, relaxed: &[usize]) -> Option<Choreography> {
    let size = graph.nodes.len();
    let mut edges: Vec<(usize, usize)> = Vec::new();
    for (at, (demand, binds)) in graph.demands.iter().zip(&graph.binds).enumerate() {
        if !relaxed.contains(&at) {
            edges.extend(binds.iter().map(|b| (demand.first, b.node)));
        }
    }
    edges.sort_unstable();
    edges.dedup();
    let mut later: Vec<Vec<usize>> = vec![Vec::new(); size];
    for (from, to) in edges {
        later.get_mut(from).into_iter().for_each(|l| l.push(to));
    }
    let order = in_order(&later)?;
    let mut stage = vec![0usize; size];
    for &node in &order {
        let own = stage.get(node).copied()?;
        for &to in later.get(node)? {
            stage.get_mut(to).into_iter().for_each(|s| *s = (*s).max(own + 1));
        }
    }
    let count = stage.iter().max()? + 1;
    let stages = (0..count).map(|s| (0..size).filter(|n| stage.get(*n) == Some(&s)).collect()).collect();
    Some(Choreography { stages, relaxed: relaxed.to_vec(), waits: reduced(&later, &order) })
}

/// The nodes, each after everything it waits for (Kahn, 1962). `None` when there is a cycle.
fn in_order(later: &[Vec<usize>]) -> Option<Vec<usize>> {
    let mut waiting = vec![0usize; later.len()];
    later.iter().flatten().for_each(|to| waiting.get_mut(*to).into_iter().for_each(|w| *w += 1));
    let mut order: Vec<usize> = (0..later.len()).filter(|n| waiting.get(*n) == Some(&0)).collect();
    let mut next = 0;
    while let Some(&node) = order.get(next) {
        next += 1;
        for &to in later.get(node)? {
            let left = waiting.get_mut(to)?;
            *left -= 1;
            if *left == 0 {
                order.push(to);
            }
        }
    }
    (order.len() == later.len()).then_some(order)
}

/// The edges that no longer way around makes needless, by node.
fn reduced(later: &[Vec<usize>], order: &[usize]) -> Vec<(usize, usize)> {
    let size = later.len();
    let mut reach: Vec<Vec<bool>> = vec![vec![false; size]; size];
    for &node in order.iter().rev() {
        let mut row = vec![false; size];
        for &to in later.get(node).into_iter().flatten() {
            let beyond = reach.get(to).into_iter().flatten();
            row.iter_mut().zip(beyond).for_each(|(r, b)| *r |= b);
            row.get_mut(to).into_iter().for_each(|r| *r = true);
        }
        reach.get_mut(node).into_iter().for_each(|slot| slot.clone_from(&row));
    }
    let reaches = |from: usize, to: usize| reach.get(from).and_then(|r| r.get(to)) == Some(&true);
    let around = |next: &[usize], to: usize| next.iter().any(|via| *via != to && reaches(*via, to));
    let direct = |(from, next): (usize, &Vec<usize>)| {
        next.iter().filter(|to| !around(next, **to)).map(|to| (from, *to)).collect::<Vec<_>>()
    };
    later.iter().enumerate().flat_map(direct).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shortcut_is_left_out() {
        let later = [vec![1, 2], vec![2], vec![], vec![2]];
        let order = in_order(&later).unwrap();
        assert_eq!(order, [0, 3, 1, 2]);
        assert_eq!(reduced(&later, &order), [(0, 1), (1, 2), (3, 2)]);
        assert_eq!(in_order(&[vec![1], vec![0]]), None);
    }
}

#![allow(clippy::unwrap_used)]

use super::*;
use crate::analysis::stability::judge::Shape;
use crate::game::conflict::{GraphMaker, Joint, Order};

/// Shortest sequences by rings of (state, who moved last), each looked at anew.
fn distances(graph: &Graph, start: usize, gains: bool) -> Vec<Option<u32>> {
    let count = graph.states.len();
    let mut found = vec![None; count];
    found[start] = Some(0);
    let rank = |m: usize, s: usize| graph.makers[m].order.rank[s];
    let alone = graph.makers.iter().enumerate().map(|(m, it)| (vec![m], &it.moves));
    let all: Vec<_> = alone.chain(graph.joint.iter().map(|j| (j.holders.clone(), &j.moves))).collect();
    let mut ring = vec![(start, Vec::new())];
    for length in 1..=u32::try_from(count * all.len() + 1).unwrap() {
        let mut next = Vec::new();
        for (s, last) in &ring {
            for (holders, moves) in all.iter().filter(|(holders, _)| holders != last) {
                for t in &moves[*s] {
                    let t = *t as usize;
                    if !gains || holders.iter().all(|m| rank(*m, t) > rank(*m, *s)) {
                        next.push((t, holders.clone()));
                        found[t] = found[t].or(Some(length));
                    }
                }
            }
        }
        next.sort();
        next.dedup();
        ring = next;
    }
    found
}

#[test]
fn shortest_paths_are_legal_and_shortest() {
    let mut long = 0;
    for index in 0..150 {
        let shape = Shape { makers: (2, 4), outcomes: 32, joint: true, unseen: true, ..Shape::default() };
        let conflict = shape.conflict(11, index);
        let (graph, _) = Graph::of(&conflict, 1 << 10).unwrap();
        if graph.states.is_empty() {
            continue;
        }
        for by in [By::Moves, By::Improvements] {
            let start = graph.states.len() / 2;
            let evolution = Evolution::from(&graph, start, by);
            let expected = distances(&graph, start, by == By::Improvements);
            for (state, expected) in expected.into_iter().enumerate() {
                assert_eq!(evolution.distance(state), expected, "{index} {by:?} {state}");
                let Some(path) = evolution.path(state) else { continue };
                assert_eq!(u32::try_from(path.len()).ok(), expected);
                long += u64::from(path.len() > 2);
                let mut here = start;
                for leg in &path {
                    let moves = match leg.makers.as_slice() {
                        [one] => &graph.makers[*one].moves,
                        several => &graph.joint.iter().find(|j| j.holders == several).unwrap().moves,
                    };
                    assert!(moves[here].contains(&u32::try_from(leg.to).unwrap()));
                    here = leg.to;
                }
                assert_eq!(here, state);
                assert!(path.windows(2).all(|legs| legs[0].makers != legs[1].makers));
            }
        }
    }
    assert!(long > 100);
}

#[test]
fn equilibria_come_nearest_first() {
    let arcs = |pairs: &[(usize, u32)]| {
        let mut moves = vec![Vec::new(); 4];
        pairs.iter().for_each(|(from, to)| moves[*from].push(*to));
        moves
    };
    let maker = |pairs| GraphMaker { moves: arcs(pairs), order: Order::of(vec![0, 1, 2, 3]), ..GraphMaker::default() };
    let graph = Graph {
        states: (0..4).map(|s| s.to_string()).collect(),
        makers: vec![maker(&[(0, 1), (1, 2)]), maker(&[(1, 0)])],
        joint: vec![Joint { holders: vec![0, 1], moves: arcs(&[(1, 3)]) }],
    };
    let evolution = Evolution::from(&graph, 0, By::Improvements);
    // The first may not move twice in a row, so that 2 is not reached.
    assert_eq!(evolution.reached(&[true; 4]), [(0, 0), (1, 1), (3, 2)]);
    assert_eq!(evolution.path(3).unwrap()[1], Leg { makers: vec![0, 1], to: 3 });
    assert_eq!(evolution.path(0), Some(vec![]));
    // By any moves the second may go back and forth between, which does not help: 0, 1, 0 is where it started.
    assert_eq!(Evolution::from(&graph, 0, By::Moves).distance(2), None);
    assert_eq!(Evolution::from(&graph, 9, By::Moves).distance(2), None);
}

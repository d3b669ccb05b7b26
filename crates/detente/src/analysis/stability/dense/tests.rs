#![allow(clippy::unwrap_used, clippy::print_stdout)]

use super::*;
use crate::analysis::stability::judge::Shape;
use crate::game::conflict::Graph;
use std::collections::{BTreeMap, BTreeSet};

/// The states of a graph at which each decision maker is stable by each concept, by the definitions as written: who
/// responds is remembered, so that nobody moves twice in a row.
fn by_definition(graph: &Graph) -> Vec<BTreeMap<Concept, BTreeSet<usize>>> {
    let states = graph.states.len();
    let better =
        |maker: usize, a: usize, b: usize| graph.makers[maker].order.rank[a] > graph.makers[maker].order.rank[b];
    let moves = |maker: usize, from: usize| graph.makers[maker].moves[from].iter().map(|to| *to as usize);
    let group = |focus: usize, from: usize, credible: bool| -> BTreeSet<usize> {
        let mut seen: BTreeSet<(usize, Option<usize>)> = BTreeSet::from([(from, None)]);
        let mut open = vec![(from, None)];
        while let Some((at, last)) = open.pop() {
            for mover in (0..graph.makers.len()).filter(|m| *m != focus && Some(*m) != last) {
                for to in moves(mover, at).filter(|to| !credible || better(mover, *to, at)) {
                    if seen.insert((to, Some(mover))) {
                        open.push((to, Some(mover)));
                    }
                }
            }
        }
        seen.into_iter().filter(|(_, last)| last.is_some()).map(|(to, _)| to).collect()
    };
    let stable = |focus: usize, state: usize, concept: Concept, groups: &[[BTreeSet<usize>; 2]]| -> bool {
        moves(focus, state).filter(|to| better(focus, *to, state)).all(|to| {
            concept != Concept::Nash
                && groups[to][usize::from(concept.credible())].iter().any(|sanction| {
                    !better(focus, *sanction, state)
                        && (!concept.symmetric() || moves(focus, *sanction).all(|out| !better(focus, out, state)))
                })
        })
    };
    let all = (0..graph.makers.len()).map(|focus| {
        let groups: Vec<[BTreeSet<usize>; 2]> =
            (0..states).map(|from| [group(focus, from, false), group(focus, from, true)]).collect();
        let of = |concept| (0..states).filter(|s| stable(focus, *s, concept, &groups)).collect();
        Concept::ALL.into_iter().map(|concept| (concept, of(concept))).collect()
    });
    all.collect()
}

/// Holds the engine to the definitions; gives false where it does not take the conflict.
fn judged(conflict: &Conflict) -> bool {
    let ask = Ask { listed: usize::MAX, ..Ask::default() };
    let Some(solution) = solve(conflict, &ask, Bounds::default()) else { return false };
    let (graph, outcomes) = Graph::of(conflict, 1 << 20).unwrap();
    let expected = by_definition(&graph);
    assert_eq!(solution.feasible, outcomes.len().into());
    let listed = |found: &crate::analysis::stability::Found| -> Vec<usize> {
        assert_eq!(found.count, found.states.len().into());
        let at = |state: &crate::analysis::stability::State| {
            let at = outcomes.iter().position(|outcome| *outcome == state.outcome).unwrap();
            assert_eq!(state.ordinal, Some((at + 1).into()));
            at
        };
        found.states.iter().map(at).collect()
    };
    for concept in Concept::ALL {
        let mut equilibria: BTreeSet<usize> = (0..outcomes.len()).collect();
        for (maker, expected) in expected.iter().enumerate() {
            let expected = &expected[&concept];
            let found = listed(&solution.stable[maker][&concept]);
            assert_eq!(found, expected.iter().copied().collect::<Vec<_>>(), "{concept:?} {maker} {conflict:#?}");
            equilibria = &equilibria & expected;
        }
        assert_eq!(listed(&solution.equilibria[&concept]), equilibria.into_iter().collect::<Vec<_>>());
    }
    true
}

fn judge_all(shape: &Shape, seed: u64, count: u64) -> u64 {
    (0..count).filter(|index| judged(&shape.conflict(seed, *index))).count() as u64
}

#[test]
fn equals_the_definitions() {
    assert_eq!(judge_all(&Shape { outcomes: 64, ..Shape::default() }, 1, 1000), 1000);
    assert!(judge_all(&Shape { joint: true, unseen: true, outcomes: 64, ..Shape::default() }, 2, 1500) > 700);
}

#[test]
#[ignore = "takes minutes: the same over many more conflicts"]
fn equals_the_definitions_at_length() {
    let mut judged = 0;
    for outcomes in [16, 64, 256] {
        judged += judge_all(&Shape { outcomes, ..Shape::default() }, 3, 5000);
        judged += judge_all(&Shape { joint: true, unseen: true, outcomes, ..Shape::default() }, 4, 5000);
    }
    println!("{judged} conflicts");
    assert!(judged > 20_000);
}

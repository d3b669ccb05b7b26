#![allow(clippy::unwrap_used, clippy::print_stdout)]

use super::*;
use crate::analysis::stability::judge::Shape;
use crate::analysis::stability::literal;
use crate::game::conflict::{Control, Graph, Moves, Preference};
use crate::game::{Issue, Space};
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
    let full = Shape { joint: true, unseen: true, ..Shape::default() };
    assert_eq!(judge_all(&Shape { outcomes: 48, ..Shape::default() }, 1, 300), 300);
    assert!(judge_all(&Shape { outcomes: 48, ..full.clone() }, 2, 500) > 250);
    // Of these some have rows that are cut up for vectors.
    assert!(judge_all(&Shape { outcomes: 400, ..full }, 2, 30) > 12);
}

/// Whether both engines give the same solution; `None` where one of them does not take the conflict.
fn like_literal(conflict: &Conflict) -> Option<bool> {
    let ask = Ask::default();
    let (dense, literal) = (solve(conflict, &ask, Bounds::default())?, literal::solve(conflict, &ask, 1 << 12)?);
    Some(dense == literal)
}

#[test]
fn equals_the_literal_engine() {
    let full = Shape { joint: true, unseen: true, strength: true, ..Shape::default() };
    let compared = (0..200).filter_map(|index| like_literal(&full.conflict(11, index)));
    let compared: Vec<bool> = compared.collect();
    assert!(compared.len() > 100 && compared.iter().all(|same| *same));
}

#[test]
#[ignore = "takes minutes: the same over many more conflicts"]
fn equals_the_definitions_at_length() {
    let mut judged = 0;
    for (outcomes, count) in [(16, 6000), (64, 6000), (256, 1000), (700, 50)] {
        judged += judge_all(&Shape { outcomes, ..Shape::default() }, 3, count);
        judged += judge_all(&Shape { joint: true, unseen: true, outcomes, ..Shape::default() }, 4, count);
        println!("{judged} conflicts by the definitions");
    }
    assert!(judged > 20_000);
    let mut compared = 0;
    for index in 0..20_000 {
        let outcomes = [16, 64, 256, 1000][index as usize % 4];
        let full = Shape { joint: true, unseen: true, strength: true, outcomes, ..Shape::default() };
        if let Some(same) = like_literal(&full.conflict(12, index)) {
            assert!(same, "{index}");
            compared += 1;
        }
    }
    println!("{compared} conflicts by the literal engine");
    assert!(compared > 10_000);
}

/// The same conflict with further issues that nobody cares about: a size and who moves it.
fn widened(conflict: &Conflict, further: &[(usize, usize)]) -> Conflict {
    let mut space = Space::clone(&conflict.space);
    let mut wide = conflict.clone();
    for (size, holder) in further {
        let names: Vec<String> = (0..*size).map(|value| format!("v{value}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        space.issues.push(Issue::named(&format!("further{}", space.issues.len()), &names));
        wide.control.push(Control { holders: vec![*holder], moves: Moves::Free });
    }
    wide.space = space.into();
    wide
}

fn in_pool<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
}

/// Issues that nobody cares about multiply every answer, and change none: this reaches arrays that are cut into pieces
/// for threads, blocks of every width, and orders too long for two bytes.
#[test]
fn issues_of_no_interest_multiply_every_answer() {
    let shape = Shape { makers: (2, 3), outcomes: 24, unseen: true, ..Shape::default() };
    let further: [&[(usize, usize)]; 6] = [
        &[(40, 0), (66, 0), (2, 1)],
        &[(33, 1), (16, 0), (9, 1)],
        &[(4, 0), (4, 1), (256, 0)],
        &[(181, 1), (200, 1)],
        &[(5000, 1)],
        &[(20, 0), (20, 1), (17, 0)],
    ];
    let mut seed = 0;
    for further in further {
        let conflict = loop {
            seed += 1;
            let conflict = shape.conflict(5, seed);
            let listed = |maker: &Maker| matches!(maker.preference, Preference::Ranking { .. });
            if !conflict.makers.iter().any(listed) && conflict.space.small_count() >= Some(16) {
                break conflict;
            }
        };
        let factor: usize = further.iter().map(|(size, _)| size).product();
        let wide = widened(&conflict, further);
        let ask = Ask { listed: 20, ..Ask::default() };
        let (small, large) = (
            solve(&conflict, &ask, Bounds::default()).unwrap(),
            in_pool(2, || solve(&wide, &ask, Bounds::default())).unwrap(),
        );
        let pairs = small.stable.iter().zip(&large.stable).chain([(&small.equilibria, &large.equilibria)]);
        for (small, large) in pairs {
            for (concept, small) in small {
                let large = &large[concept];
                assert_eq!(&small.count * factor, large.count, "{concept:?} {conflict:#?}");
                for (a, b) in small.states.iter().zip(&large.states) {
                    assert!(b.outcome.digits().starts_with(a.outcome.digits()));
                }
            }
        }
    }
}

#[test]
fn any_number_of_threads_gives_the_same() {
    let shape = Shape { makers: (2, 4), outcomes: 64, unseen: true, ..Shape::default() };
    for seed in 0..3 {
        let wide = widened(&shape.conflict(6, seed), &[(50, 0), (45, 1)]);
        let alone = in_pool(1, || solve(&wide, &Ask::default(), Bounds::default())).unwrap();
        for threads in [2, 4] {
            assert_eq!(alone, in_pool(threads, || solve(&wide, &Ask::default(), Bounds::default())).unwrap());
        }
    }
}

/// Statements that are always or never true, and sums many times as large, change no order; but scores become too wide
/// to be ranks.
#[test]
fn wide_scores_give_the_same() {
    let mut seen = [0; 3];
    for seed in 0..150 {
        let conflict = Shape { outcomes: 64, ..Shape::default() }.conflict(7, seed);
        let mut wide = conflict.clone();
        for maker in &mut wide.makers {
            match &mut maker.preference {
                Preference::Statements(all) => {
                    seen[0] += 1;
                    let most = [20, 45, 100][seed as usize % 3];
                    let mut at = 0;
                    while all.len() < most {
                        all.insert(at % (all.len() + 1), Formula::Constant(at % 2 == 0));
                        at += 3;
                    }
                }
                Preference::Sum { worth, terms } => {
                    seen[1] += 1;
                    let factor = 1i64 << [20, 40, 50][seed as usize % 3];
                    worth.iter_mut().flatten().chain(terms.iter_mut().map(|(_, w)| w)).for_each(|w| *w *= factor);
                }
                Preference::Ranking { .. } => seen[2] += 1,
            }
        }
        let ask = Ask::default();
        assert_eq!(solve(&conflict, &ask, Bounds::default()), solve(&wide, &ask, Bounds::default()));
    }
    assert!(seen.iter().all(|seen| *seen > 10));
}

/// Sets of states cut down by statements are those that ranks give.
#[test]
fn nash_alone_equals_nash_by_ranks() {
    let shape = Shape { makers: (2, 4), outcomes: 64, limited: false, unseen: true, ..Shape::default() };
    let mut taken = 0;
    for seed in 0..150 {
        let conflict = shape.conflict(8, seed);
        let wide = widened(&conflict, &[(64, 0), (3, 1)]);
        let layout = Layout::of(&wide).unwrap();
        if Planes::of(&layout, &wide).is_none() {
            continue;
        }
        taken += 1;
        let ask = |concepts: &[Concept]| Ask { concepts: concepts.to_vec(), listed: 100 };
        let alone = solve(&wide, &ask(&[Concept::Nash]), Bounds::default()).unwrap();
        let both = solve(&wide, &ask(&[Concept::Nash, Concept::Gmr]), Bounds::default()).unwrap();
        assert_eq!(alone.equilibria[&Concept::Nash], both.equilibria[&Concept::Nash]);
        for (alone, both) in alone.stable.iter().zip(&both.stable) {
            assert_eq!(alone[&Concept::Nash], both[&Concept::Nash], "{conflict:#?}");
        }
    }
    assert!(taken > 10, "{taken}");
}

#[test]
fn what_is_not_taken_is_said() {
    let conflict = Shape::default().conflict(9, 0);
    let solved = |conflict: &Conflict, bounds| solve(conflict, &Ask::default(), bounds).is_some();
    assert!(solved(&conflict, Bounds::default()));
    assert!(!solved(&conflict, Bounds { states: 1, bare: 1, ..Bounds::default() }));
    let mut doubtful = conflict.clone();
    doubtful.makers[0].unknown.push((Formula::Constant(true), Formula::Constant(false)));
    assert!(!solved(&doubtful, Bounds::default()));
    let mut nobody = conflict;
    nobody.makers.clear();
    assert!(!solved(&nobody, Bounds::default()));
}

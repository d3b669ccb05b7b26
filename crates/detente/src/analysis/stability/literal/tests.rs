//! The engine against a brute force of the definitions, known answers and theorems.

#![allow(clippy::unwrap_used)]

mod brute;
mod known;
mod rules;

use super::*;
use crate::analysis::stability::judge::Shape;
use crate::game::Stream;
use crate::game::conflict::GraphMaker;
use brute::Brute;

/// A random graph: moves that need not be transitive, ties, and moves by consent.
pub(super) fn graph(seed: u64, index: u64, makers: (u64, u64), most: u64) -> Graph {
    let mut draw = Stream::new(seed, index, Stream::lane("graph"));
    let count = makers.0 + draw.below(makers.1 - makers.0 + 1);
    let states = 1 + draw.below(most);
    let sparse = 1 + draw.below(6);
    let mut arcs = |share: u64| -> Arcs {
        let mut row = |from: u64| {
            let all = (0..states).filter(|to| *to != from && draw.below(states * share / 2 + 1) < 2);
            all.map(|to| u32::try_from(to).unwrap()).collect()
        };
        (0..states).map(&mut row).collect()
    };
    let moves: Vec<Arcs> = (0..count).map(|_| arcs(sparse)).collect();
    let consent: Vec<Arcs> = (0..count).map(|_| arcs(2 * sparse)).collect();
    let ties = 1 + draw.below(2 * states);
    let mut maker = |moves| {
        let rank = (0..states).map(|_| u32::try_from(draw.below(ties)).unwrap()).collect();
        GraphMaker { moves, order: Order::of(rank), ..GraphMaker::default() }
    };
    let makers: Vec<GraphMaker> = moves.into_iter().map(&mut maker).collect();
    let mut joint = Vec::new();
    for moves in consent {
        let holders: Vec<usize> = (0..makers.len()).filter(|_| draw.below(2) == 0).collect();
        if holders.len() > 1 && draw.below(3) == 0 {
            joint.push(Joint { holders, moves });
        }
    }
    Graph { states: (0..states).map(|at| format!("s{at}")).collect(), makers, joint }
}

/// Every verdict of the five concepts.
fn agree(literal: &Literal, brute: &Brute, case: &str) -> u64 {
    assert_eq!(literal.states().len(), brute.states, "{case}");
    let mut count = 0;
    for concept in Concept::ALL {
        for maker in 0..brute.makers() {
            let expected: Vec<bool> = (0..brute.states).map(|s| brute.stable(maker, concept, s)).collect();
            assert_eq!(literal.stable(maker, concept), expected, "{case} {concept:?} {maker}");
            count += expected.len() as u64;
        }
    }
    count
}

#[test]
fn random_graphs_as_by_definition() {
    let mut verdicts = 0;
    for index in 0..2000 {
        let graph = graph(1, index, (1, 4), 14);
        let brute = Brute::over(&graph);
        verdicts += agree(&Literal::over(graph).unwrap(), &brute, &format!("graph {index}"));
    }
    assert!(verdicts > 100_000);
}

#[test]
fn random_conflicts_as_by_definition() {
    let mut verdicts = 0;
    for (seed, shape) in [(1, Shape::default()), (2, Shape { joint: true, unseen: true, ..Shape::default() })] {
        for index in 0..600 {
            let shape = Shape { makers: (2, 4), outcomes: if index % 20 == 0 { 128 } else { 32 }, ..shape.clone() };
            let conflict = shape.conflict(seed, index);
            let brute = Brute::of(&conflict);
            verdicts += agree(&Literal::of(&conflict, 1 << 12).unwrap(), &brute, &format!("conflict {seed} {index}"));
        }
    }
    assert!(verdicts > 100_000);
}

#[test]
fn concepts_imply_one_another() {
    let implies = |literal: &Literal, maker: usize, a: Concept, b: Concept| {
        let (a, b) = (literal.stable(maker, a), literal.stable(maker, b));
        assert!(a.iter().zip(&b).all(|(a, b)| !a || *b));
    };
    let mut differ = 0;
    for index in 0..600 {
        let literal = match index % 2 {
            0 => Literal::over(graph(2, index, (2, 4), 20)).unwrap(),
            _ => Literal::of(&Shape::full().conflict(3, index), 1 << 12).unwrap(),
        };
        for maker in 0..literal.graph().makers.len() {
            implies(&literal, maker, Concept::Nash, Concept::Sseq);
            implies(&literal, maker, Concept::Sseq, Concept::Seq);
            implies(&literal, maker, Concept::Sseq, Concept::Smr);
            implies(&literal, maker, Concept::Seq, Concept::Gmr);
            implies(&literal, maker, Concept::Smr, Concept::Gmr);
            differ += u64::from(literal.stable(maker, Concept::Sseq) != literal.stable(maker, Concept::Seq));
        }
    }
    assert!(differ > 20);
}

/// In option form the moves of one decision maker make a move again, so whether somebody may move twice in a row does
/// not matter; in a graph it does.
#[test]
fn option_form_needs_no_rule_of_turns() {
    let mut matters = 0;
    for index in 0..300 {
        let graph = graph(4, index, (3, 3), 10);
        let (turns, free) = (Brute::over(&graph), Brute { turns: false, ..Brute::over(&graph) });
        let differs = |s| Concept::ALL.iter().any(|c| turns.stable(0, *c, s) != free.stable(0, *c, s));
        matters += u64::from((0..turns.states).any(differs));
        let conflict = Shape { outcomes: 32, joint: true, unseen: true, ..Shape::default() }.conflict(4, index);
        let (turns, free) = (Brute::of(&conflict), Brute { turns: false, ..Brute::of(&conflict) });
        for s in 0..turns.states {
            for concept in Concept::ALL {
                assert_eq!(turns.stable(0, concept, s), free.stable(0, concept, s), "{index} {concept:?}");
            }
        }
    }
    assert!(matters > 10);
}

#[test]
fn a_solution_counts_and_lists() {
    let conflict = known::syria_iraq();
    let ask = Ask { concepts: vec![Concept::Gmr], listed: 1 };
    let solution = solve(&conflict, &ask, 8).unwrap();
    assert_eq!(solution.feasible, BigUint::from(6u8));
    let gmr = &solution.equilibria[&Concept::Gmr];
    assert_eq!((gmr.count.clone(), gmr.states.len()), (BigUint::from(2u8), 1));
    assert_eq!(gmr.states[0].ordinal, Some(BigUint::from(1u8)));
    assert_eq!(solution.stable.len(), 2);
    assert!(solve(&conflict, &ask, 7).is_none());
}

#[test]
fn reasons_agree_with_verdicts_and_are_shortest() {
    let mut sanctioned = 0;
    for index in 0..120 {
        let graph = graph(5, index, (2, 4), 12);
        let brute = Brute::over(&graph);
        let literal = Literal::over(graph).unwrap();
        for maker in 0..brute.makers() {
            for concept in Concept::ALL {
                for (at, state) in literal.states().iter().enumerate() {
                    let why = literal.why(state, maker, concept, usize::MAX).unwrap();
                    assert_eq!(why.stable, brute.stable(maker, concept, at));
                    assert_eq!(why.improvements, Some(why.answers.len() as u64));
                    assert!(why.stable || why.answers[0].sanction.is_none());
                    for answer in &why.answers {
                        let to = literal.position(&answer.to).unwrap();
                        let length = brute.shortest(maker, concept, at, to);
                        let Some(steps) = &answer.sanction else {
                            assert_eq!(length, None);
                            continue;
                        };
                        sanctioned += 1;
                        // A move by consent is several steps to one state.
                        let mut states: Vec<_> = steps.iter().map(|step| &step.to).collect();
                        states.dedup();
                        assert_eq!(Some(states.len()), length, "{index} {maker} {concept:?} {at} {to}");
                        assert!(!concept.credible() || answer.credible);
                    }
                }
            }
        }
    }
    assert!(sanctioned > 1000);
}

#[test]
fn moves_that_lead_nowhere_count_for_nothing() {
    let maker = GraphMaker { moves: vec![vec![0, 7, 1, 1]], ..GraphMaker::default() };
    let graph = Graph { states: vec!["a".into(), "b".into()], makers: vec![maker], joint: Vec::new() };
    let literal = Literal::over(graph).unwrap();
    assert_eq!(literal.graph().makers[0].moves, [vec![1], vec![]]);
    assert_eq!(literal.stable(0, Concept::Nash), [true, true]);
    assert_eq!(literal.stable(1, Concept::Nash), [false; 0]);
    assert!(literal.why(&Outcome::new([2]), 0, Concept::Nash, 1).is_none());
}

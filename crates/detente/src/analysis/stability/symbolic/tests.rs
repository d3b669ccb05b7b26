use super::*;
use crate::analysis::stability::judge::Shape;
use crate::analysis::stability::literal;
use crate::game::conflict::{Control, Maker, Moves, Preference, Strength};
use crate::game::{Formula, Issue, Space, Stream};
use num_bigint::BigUint;
use std::sync::Arc;

/// Compares with the definitions; gives how many conflicts had a state.
fn agree(shape: &Shape, seed: u64, conflicts: u64) -> u64 {
    let mut studied = 0;
    for index in 0..conflicts {
        let conflict = shape.conflict(seed, index);
        let partly = conflict.control.iter().any(|c| c.holders.len() > 1 && c.holders.len() < conflict.makers.len());
        let concepts = Concept::ALL.into_iter().filter(|concept| !(partly && concept.credible()));
        let ask = Ask { concepts: concepts.collect(), listed: 300 };
        let found = solve(&conflict, &ask, Budget::default()).unwrap();
        let judged = literal::solve(&conflict, &ask, 256).unwrap();
        assert_eq!(found, judged, "{seed} {index}: {conflict:#?}");
        studied += u64::from(found.feasible > BigUint::ZERO);
    }
    studied
}

#[test]
fn agrees_with_the_definitions() {
    assert!(agree(&Shape::default(), 11, 150) > 100);
}

#[test]
fn agrees_where_states_are_unseen_and_moves_joint() {
    assert!(agree(&Shape { unseen: true, ..Shape::default() }, 12, 60) > 40);
    assert!(agree(&Shape { joint: true, ..Shape::default() }, 13, 60) > 40);
    assert!(agree(&Shape::full(), 14, 60) > 40);
}

#[test]
#[ignore = "takes minutes"]
fn agrees_with_the_definitions_on_many() {
    agree(&Shape::default(), 21, 8000);
    agree(&Shape { rules: false, limited: false, ..Shape::default() }, 22, 4000);
    agree(&Shape { makers: (3, 5), ..Shape::default() }, 23, 4000);
    agree(&Shape { unseen: true, ..Shape::default() }, 24, 4000);
    agree(&Shape::full(), 25, 6000);
}

/// A conflict of many options, each preference a few short conditions.
pub(in crate::analysis::stability) fn short_statements(
    options: usize,
    makers: usize,
    statements: usize,
    seed: u64,
) -> Conflict {
    let mut draw = Stream::new(seed, 0, 0);
    let mut below = |n: usize| usize::try_from(draw.below(n as u64)).unwrap();
    let mut statement = || {
        let literals = (0..=below(3)).map(|_| Formula::In(below(options), vec![u16::try_from(below(2)).unwrap()]));
        Formula::And(literals.collect())
    };
    let maker = |id: usize, statement: &mut dyn FnMut() -> Formula| Maker {
        id: format!("m{id}"),
        name: String::new(),
        preference: Preference::Statements((0..statements).map(|_| statement()).collect()),
        strength: Strength::None,
        unknown: Vec::new(),
        unseen: None,
    };
    Conflict {
        space: Arc::new(Space {
            issues: (0..options).map(|at| Issue::named(&format!("o{at}"), &["n", "y"])).collect(),
        }),
        makers: (0..makers).map(|id| maker(id, &mut statement)).collect(),
        control: (0..options).map(|at| Control { holders: vec![at % makers], moves: Moves::Free }).collect(),
        rules: Vec::new(),
    }
}

#[test]
fn the_same_conflict_gives_the_same_answer_and_effort() {
    let conflict = short_statements(24, 2, 8, 5);
    let first = solve_measured(&conflict, &Ask::default(), Budget::default()).unwrap();
    assert_eq!(first, solve_measured(&conflict, &Ask::default(), Budget::default()).unwrap());
    // With hardly more nodes than it takes, nodes are given back in between, and the answer is the same.
    let spare = Budget { nodes: first.1.nodes / 2, ..Budget::default() };
    if let Ok(found) = solve(&conflict, &Ask::default(), spare) {
        assert_eq!(found, first.0);
    }
}

#[test]
fn a_budget_that_is_used_up_is_said_with_what_was_found() {
    let conflict = short_statements(40, 2, 14, 5);
    let ask = Ask { listed: 0, ..Ask::default() };
    let tiny = solve(&conflict, &ask, Budget { nodes: 4, steps: 1_000_000 });
    assert!(matches!(tiny, Err(Halt::Budget { nodes: true, at: None, .. })), "{tiny:?}");
    let full = solve(&conflict, &Ask { concepts: vec![Concept::Nash], listed: 0 }, Budget::default()).unwrap();
    let (_, effort) =
        solve_measured(&conflict, &Ask { concepts: vec![Concept::Nash], listed: 0 }, Budget::default()).unwrap();
    let short = solve(&conflict, &ask, Budget { steps: effort.steps + 5, ..Budget::default() });
    let Err(Halt::Budget { nodes: false, at: Some((_, concept)), so_far }) = short else { panic!("{short:?}") };
    assert!(concept > Concept::Nash);
    assert_eq!(so_far.equilibria[&Concept::Nash], full.equilibria[&Concept::Nash]);
}

#[test]
fn what_it_does_not_take_is_refused() {
    let mut conflict = short_statements(6, 3, 2, 1);
    conflict.control[0].holders = vec![0, 1];
    let credible = solve(&conflict, &Ask::default(), Budget::default());
    assert_eq!(credible, Err(Halt::Refused(Refusal::JointAnswer(vec![0, 1]))));
    conflict.makers.clear();
    let faulty = solve(&conflict, &Ask { concepts: vec![Concept::Nash], listed: 1 }, Budget::default());
    assert!(matches!(faulty, Err(Halt::Refused(Refusal::Faulty(_)))));
}

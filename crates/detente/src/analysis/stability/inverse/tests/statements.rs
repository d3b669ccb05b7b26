//! Edits of statements against all edits.

use super::super::{Budget, Edit, Refusal, edits};
use super::brute::{conflict, stable, written};
use crate::analysis::stability::Concept;
use crate::game::conflict::{Conflict, Preference};
use crate::game::{Formula, Outcome, Stream};
use std::collections::BTreeSet;

/// A list of statements: which of the given ones, and whether turned round.
type List = Vec<(usize, bool)>;

fn one_edit(list: &List) -> BTreeSet<List> {
    let mut all = BTreeSet::new();
    for at in 0..list.len() {
        let mut dropped = list.clone();
        let entry = dropped.remove(at);
        for to in 0..=dropped.len() {
            let mut moved = dropped.clone();
            moved.insert(to, entry);
            all.insert(moved);
        }
        let mut turned = list.clone();
        turned[at].1 = !turned[at].1;
        all.insert(turned);
        all.insert(dropped);
    }
    all
}

fn with(conflict: &Conflict, maker: usize, given: &[Formula], list: &List) -> Conflict {
    let statement = |(at, turned): &(usize, bool)| if *turned { given[*at].clone().not() } else { given[*at].clone() };
    let mut conflict = conflict.clone();
    conflict.makers[maker].preference = Preference::Statements(list.iter().map(statement).collect());
    conflict
}

fn holds(conflict: &Conflict, state: &Outcome, maker: usize, concept: Concept) -> bool {
    let (graph, outcomes) = written(conflict);
    let s = outcomes.iter().position(|o| o == state).unwrap() as u32;
    stable(&graph, &graph.makers[maker].order.rank.clone(), s, maker, concept)
}

fn apply(count: usize, edits: &[Edit]) -> List {
    let mut list: List = (0..count).map(|at| (at, false)).collect();
    for edit in edits {
        let place = |list: &List, statement: usize| list.iter().position(|e| e.0 == statement).unwrap();
        match *edit {
            Edit::Move { statement, to } => {
                let entry = list.remove(place(&list, statement));
                list.insert(to, entry);
            }
            Edit::Drop { statement } => _ = list.remove(place(&list, statement)),
            Edit::Negate { statement } => {
                let at = place(&list, statement);
                list[at].1 = !list[at].1;
            }
        }
    }
    list
}

#[test]
fn fewest_edits() {
    let mut numbers = [0; 4];
    for case in 0..900 {
        let mut stream = Stream::new(5, case, 0);
        let makers = 2 + stream.below(2) as usize;
        let conflict = conflict(&mut stream, makers);
        let (_, outcomes) = written(&conflict);
        let maker = stream.below(makers as u64) as usize;
        let Preference::Statements(given) = conflict.makers[maker].preference.clone() else { continue };
        if outcomes.is_empty() {
            continue;
        }
        let state = &outcomes[stream.below(outcomes.len() as u64) as usize];
        let concept = Concept::ALL[stream.below(5) as usize];
        let answer =
            edits(&conflict, state, maker, concept, 2, &Budget { listed: 100_000, ..Budget::default() }).unwrap();
        assert!(answer.complete);
        let mut level: BTreeSet<List> = BTreeSet::from([(0..given.len()).map(|at| (at, false)).collect()]);
        let mut earlier = BTreeSet::new();
        for count in 0..=2 {
            let good: BTreeSet<List> = level
                .iter()
                .filter(|list| holds(&with(&conflict, maker, &given, list), state, maker, concept))
                .cloned()
                .collect();
            if !good.is_empty() {
                assert_eq!(answer.fewest, Some(count));
                assert!(answer.found.iter().all(|edits| edits.len() == count));
                let found: BTreeSet<List> = answer.found.iter().map(|edits| apply(given.len(), edits)).collect();
                assert_eq!(found.len(), answer.found.len());
                assert_eq!(found, good);
                numbers[count] += 1;
                break;
            }
            earlier.extend(level.iter().cloned());
            level = level.iter().flat_map(one_edit).filter(|list| !earlier.contains(list)).collect();
            if count == 2 {
                assert_eq!(answer.fewest, None);
                numbers[3] += 1;
            }
        }
    }
    assert!(numbers[0] > 20 && numbers[1] > 20 && numbers[2] > 2, "{numbers:?}");
}

#[test]
fn budgets_and_other_preferences() {
    let mut refused = 0;
    for case in 0..60 {
        let mut stream = Stream::new(6, case, 0);
        let conflict = conflict(&mut stream, 2);
        let (_, outcomes) = written(&conflict);
        let Some(state) = outcomes.first() else { continue };
        match edits(&conflict, state, 0, Concept::Nash, 2, &Budget { steps: 150, ..Budget::default() }) {
            Err(Refusal::NoStatements) => {
                assert!(!matches!(conflict.makers[0].preference, Preference::Statements(_)));
                refused += 1;
            }
            Err(other) => assert_eq!(other, Refusal::TooManyMoves),
            Ok(found) => assert!(found.complete || found.tried < 150),
        }
    }
    assert!(refused > 10);
}

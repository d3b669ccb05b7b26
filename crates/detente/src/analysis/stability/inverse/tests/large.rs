//! Spaces that no list of states could hold.

use super::super::{Budget, Limit, of_conflict};
use crate::analysis::stability::Concept;
use crate::game::conflict::{Conflict, Control, Maker, Moves, Preference, Strength};
use crate::game::{Formula, Issue, Outcome, Space};
use num_bigint::BigUint;
use num_rational::Ratio;
use std::sync::Arc;

/// Two decision makers with so many options each, and sixty options of a third that it cannot take back.
fn wide(own: usize, others: usize) -> Conflict {
    let count = own + others + 60;
    let issues = (0..count).map(|at| Issue::named(&format!("o{at}"), &["N", "Y"])).collect();
    let holder = |at: usize| if at < own { 0 } else { usize::from(at >= own + others) + 1 };
    let moves = |at: usize| if at < own + others { Moves::Free } else { Moves::Rising };
    let control = (0..count).map(|at| Control { holders: vec![holder(at)], moves: moves(at) });
    let maker = |at: usize| Maker {
        id: at.to_string(),
        name: String::new(),
        preference: Preference::Statements((0..own + others).map(|o| Formula::In(o, vec![1])).collect()),
        strength: Strength::None,
        unknown: Vec::new(),
        unseen: None,
    };
    Conflict {
        space: Arc::new(Space { issues }),
        makers: (0..3).map(maker).collect(),
        control: control.collect(),
        rules: Vec::new(),
    }
}

/// The state in which the third alone has taken its options.
fn taken(own: usize, others: usize) -> Outcome {
    Outcome::new((0..own + others + 60).map(|at| u16::from(at >= own + others)).collect::<Vec<u16>>())
}

#[test]
fn nash_in_a_space_of_seventy_options() {
    let conflict = wide(5, 5);
    let state = taken(5, 5);
    let answer = of_conflict(&conflict, &state, 0, Concept::Nash, &Budget::default()).unwrap();
    assert_eq!(answer.minimal.len(), 1);
    assert_eq!(answer.minimal[0].states.len(), 31);
    assert_eq!(answer.share, Some(Ratio::new(BigUint::from(1u32), BigUint::from(32u32))));
    assert_eq!(answer.change.unwrap().halves, 62);
}

/// The second can add to its options at will and gains by it.
#[test]
fn credible_answers_in_a_space_of_sixty_eight_options() {
    let conflict = wide(3, 5);
    let state = taken(3, 5);
    for concept in [Concept::Seq, Concept::Gmr] {
        let answer = of_conflict(&conflict, &state, 0, concept, &Budget::default()).unwrap();
        assert!(answer.limits.contains(&Limit::Listed) && answer.limits.len() == 1);
        // Each of seven moves, or one of the 31 answers to it: all apart.
        assert_eq!(answer.count, Some(BigUint::from(32u32).pow(7)));
        assert_eq!(answer.minimal.len(), 1000);
        // Seven states, one for each move. The seven classes of 32 states are moves with their answers.
        assert!(!answer.stable);
        assert_eq!(answer.change.unwrap().halves, answer.minimal[0].halves);
    }
}

#[test]
fn answers_that_are_too_many_are_said() {
    let mut conflict = wide(3, 5);
    conflict.control.iter_mut().for_each(|control| control.moves = Moves::Free);
    let budget = Budget { steps: 200_000, ..Budget::default() };
    let answer = of_conflict(&conflict, &taken(3, 5), 0, Concept::Gmr, &budget).unwrap();
    assert!(answer.limits.contains(&Limit::Responses));
    assert!(answer.share.is_some());
}

/// The share of a product of independent conditions, by another road: the wanted state is at a place that splits the
/// others into below and above; the conditions fail where all states of one are above.
#[test]
fn share_by_inclusion_and_exclusion() {
    let conflict = wide(3, 5);
    let state = taken(3, 5);
    let answer = of_conflict(&conflict, &state, 0, Concept::Seq, &Budget::default()).unwrap();
    // P(all states of r given conditions are above the wanted one) = 1 / (32 r + 1).
    let mut share = Ratio::new(num_bigint::BigInt::from(0), num_bigint::BigInt::from(1));
    let choose = [1i64, 7, 21, 35, 35, 21, 7, 1];
    for (r, ways) in choose.into_iter().enumerate() {
        let sign = if r % 2 == 0 { 1 } else { -1 };
        share += Ratio::new((sign * ways).into(), (32 * r as i64 + 1).into());
    }
    let found = answer.share.unwrap();
    assert_eq!(share, Ratio::new(found.numer().clone().into(), found.denom().clone().into()));
}

//! Conflicts of the literature, entered from their publications, with the equilibria that the definitions give.

use super::super::*;
use crate::game::conflict::{Control, GraphMaker, Maker, Moves, Preference, Strength};
use crate::game::{Formula, Issue, Space};
use std::sync::Arc;

/// A conflict of options: who holds each and whether it can be taken back, patterns that no state shows (Y, N or -), and
/// for each decision maker the states in decimal code, best first.
fn options(held: &[(usize, Moves)], never: &[&str], best_first: &[&[u64]]) -> Conflict {
    let issue = |at: usize| Issue::named(&format!("o{at}"), &["N", "Y"]);
    let space = Arc::new(Space { issues: (0..held.len()).map(issue).collect() });
    let control = held.iter().map(|(holder, moves)| Control { holders: vec![*holder], moves: moves.clone() }).collect();
    let pattern = |pattern: &&str| {
        let fixed = pattern.chars().enumerate().filter(|(_, c)| *c != '-');
        Formula::Not(Box::new(Formula::And(fixed.map(|(at, c)| Formula::In(at, vec![u16::from(c == 'Y')])).collect())))
    };
    let rules = never.iter().map(pattern).collect();
    let mut conflict = Conflict { space, makers: Vec::new(), control, rules };
    let maker = |(at, ranking): (usize, &&[u64])| Maker {
        id: format!("m{at}"),
        name: format!("Maker {at}"),
        preference: Preference::ranking(&ranking.iter().map(|s| vec![conflict.outcome(*s)]).collect::<Vec<_>>()),
        strength: Strength::None,
        unknown: Vec::new(),
        unseen: None,
    };
    conflict.makers = best_first.iter().enumerate().map(maker).collect();
    conflict
}

/// Syria and Iraq, 1975 (Hipel, Kilgour and Kinsara 2014).
pub(super) fn syria_iraq() -> Conflict {
    // States of the publication 1 to 6: NNN YNN NYN NNY YNY NYY.
    let code = |states: [usize; 6]| states.map(|s| [0u64, 1, 2, 4, 5, 6][s - 1]);
    let held = [(0, Moves::Free), (0, Moves::Free), (1, Moves::Free)];
    options(&held, &["YY-"], &[&code([1, 3, 6, 2, 4, 5]), &code([2, 4, 6, 1, 5, 3])])
}

/// The prisoner's dilemma: an option is to cooperate.
pub(super) fn dilemma() -> Conflict {
    options(&[(0, Moves::Free), (1, Moves::Free)], &[], &[&[2, 3, 0, 1], &[1, 3, 0, 2]])
}

/// Chicken: an option is to swerve.
pub(super) fn chicken() -> Conflict {
    options(&[(0, Moves::Free), (1, Moves::Free)], &[], &[&[2, 3, 1, 0], &[1, 3, 2, 0]])
}

/// The United States and North Korea, 2017, in the three variants of Jacobi 2017.
pub(super) fn korea() -> [Conflict; 3] {
    let held = |invade: Moves| [(0, Moves::Rising), (0, Moves::Free), (1, invade), (1, Moves::Free)];
    let never = ["YY--"];
    [
        options(
            &held(Moves::Free),
            &never,
            &[&[8, 0, 9, 10, 12, 5, 4, 13, 14, 1, 2, 6], &[6, 14, 2, 10, 0, 4, 12, 5, 1, 13, 8, 9]],
        ),
        options(
            &held(Moves::Rising),
            &never,
            &[&[8, 9, 0, 10, 13, 12, 5, 4, 1, 2, 14, 6], &[6, 14, 4, 12, 5, 13, 2, 0, 10, 1, 9, 8]],
        ),
        options(
            &held(Moves::Rising),
            &never,
            &[&[8, 9, 0, 10, 13, 12, 5, 4, 1, 2, 14, 6], &[6, 14, 4, 12, 0, 10, 5, 13, 2, 1, 9, 8]],
        ),
    ]
}

/// Elmira (Kilgour, Hipel and Fang 1997 to 2001): nine states from 1, here from 0; the ministry, Uniroyal, and the local
/// government.
pub(super) fn elmira() -> Graph {
    let maker = |name: &str, moves: &[(usize, &[u32])], best_first: [usize; 9]| {
        let mut all = vec![Vec::new(); 9];
        moves.iter().for_each(|(from, to)| all[from - 1] = to.iter().map(|t| t - 1).collect());
        let mut rank = vec![0; 9];
        best_first.iter().zip((0..9).rev()).for_each(|(s, r)| rank[s - 1] = r);
        GraphMaker { id: name.into(), name: name.into(), moves: all, order: Order::of(rank) }
    };
    let ministry = [(1, &[2][..]), (3, &[4]), (5, &[6]), (7, &[8])];
    let uniroyal =
        [(1, &[3, 9][..]), (2, &[4, 9]), (3, &[9]), (4, &[9]), (5, &[7, 9]), (6, &[8, 9]), (7, &[9]), (8, &[9])];
    let local = [(1, &[5][..]), (5, &[1]), (2, &[6]), (6, &[2]), (3, &[7]), (7, &[3]), (4, &[8]), (8, &[4])];
    Graph {
        states: (1..=9).map(|s| s.to_string()).collect(),
        makers: vec![
            maker("MoE", &ministry, [7, 3, 4, 8, 5, 1, 2, 6, 9]),
            maker("Uniroyal", &uniroyal, [1, 4, 8, 5, 9, 3, 7, 2, 6]),
            maker("LG", &local, [7, 3, 5, 1, 8, 6, 4, 2, 9]),
        ],
        joint: Vec::new(),
    }
}

/// The states marked, in decimal code.
pub(super) fn codes(conflict: &Conflict, literal: &Literal, marked: &[bool]) -> Vec<u64> {
    let states = literal.states().iter().zip(marked).filter(|(_, marked)| **marked);
    states.map(|(state, _)| conflict.index(state).unwrap()).collect()
}

#[track_caller]
fn check(conflict: &Conflict, expected: [&[u64]; 5]) {
    let literal = Literal::of(conflict, 1 << 12).unwrap();
    for (concept, expected) in Concept::ALL.into_iter().zip(expected) {
        assert_eq!(codes(conflict, &literal, &literal.equilibria(concept)), expected, "{concept:?}");
    }
}

#[test]
fn equilibria_of_the_literature() {
    check(&dilemma(), [&[0], &[0, 3], &[0, 3], &[0, 3], &[0, 3]]);
    check(&chicken(), [&[1, 2], &[1, 2, 3], &[1, 2, 3], &[1, 2], &[1, 2]]);
    check(&syria_iraq(), [&[6], &[0, 6], &[6], &[6], &[6]]);
    let [base, bloodthirsty, deterrence] = korea();
    check(&base, [&[0, 5], &[0, 4, 5, 10, 12], &[0, 4, 5, 10, 12], &[0, 5, 10], &[0, 5, 10]]);
    check(&bloodthirsty, [&[5], &[5, 12], &[5, 12], &[5, 12], &[5, 12]]);
    check(&deterrence, [&[5], &[0, 5, 10, 12], &[0, 5, 10, 12], &[0, 5, 10, 12], &[0, 5, 10, 12]]);
}

#[test]
fn equilibria_of_elmira() {
    let literal = Literal::over(elmira()).unwrap();
    let found = |concept| {
        let all = literal.equilibria(concept);
        (1..=9).filter(|s| all[s - 1]).collect::<Vec<usize>>()
    };
    for concept in [Concept::Nash, Concept::Seq, Concept::Sseq] {
        assert_eq!(found(concept), [5, 8, 9]);
    }
    for concept in [Concept::Gmr, Concept::Smr] {
        assert_eq!(found(concept), [1, 4, 5, 8, 9]);
    }
}

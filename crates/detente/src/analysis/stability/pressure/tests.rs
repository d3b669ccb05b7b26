//! Levers and losses against the definitions, one by one.
#![allow(clippy::unwrap_used)]

use super::super::Concept;
use super::super::inverse::{Budget, brute};
use super::{Holder, Lever, Misfit, Penalty, Pressure, on_conflict, on_graph, pull};
use crate::game::conflict::{Conflict, Graph, Preference, Strength};
use crate::game::{Outcome, Stream};
use std::collections::BTreeMap;

fn budget() -> Budget {
    Budget { listed: 10, ..Budget::default() }
}

/// For whom a state is stable, by the definitions.
fn stable(conflict: &Conflict, state: &Outcome, concept: Concept) -> Vec<bool> {
    let (graph, outcomes) = Graph::of(conflict, 1 << 12).unwrap();
    let s = outcomes.iter().position(|o| o == state).unwrap() as u32;
    let holds = |i: usize| brute::stable(&graph, &graph.makers[i].order.rank, s, i, concept);
    (0..graph.makers.len()).map(holds).collect()
}

fn lever(holder: Holder, on: Vec<(usize, Penalty)>) -> Lever {
    Lever { id: "lever".into(), holder, on }
}

fn new_holder() -> Holder {
    Holder::New { id: "third".into(), name: "Third".into() }
}

fn penalties(needed: &Pressure<Outcome>) -> Vec<(usize, Penalty)> {
    needed.makers.iter().map(|m| (m.maker, m.loss().unwrap().penalty().unwrap())).collect()
}

/// Draws a conflict and one of its states.
fn drawn(seed: u64, case: u64, ranked: bool) -> Option<(Conflict, Outcome)> {
    let mut stream = Stream::new(seed, case, 0);
    let makers = 2 + stream.below(2) as usize;
    let mut conflict = brute::conflict(&mut stream, makers);
    let (_, outcomes) = brute::written(&conflict);
    if outcomes.is_empty() {
        return None;
    }
    if ranked {
        let classes: Vec<Vec<Outcome>> = outcomes.chunks(2).map(<[Outcome]>::to_vec).collect();
        conflict.makers[0].preference = Preference::ranking(&classes[..classes.len().div_ceil(2)]);
    }
    let state = outcomes[stream.below(outcomes.len() as u64) as usize].clone();
    Some((conflict, state))
}

#[test]
fn the_least_penalty_makes_an_equilibrium() {
    let (mut pulled, mut lighter) = (0, 0);
    for case in 0..250 {
        let Some((conflict, state)) = drawn(11, case, case % 5 == 0) else { continue };
        for concept in Concept::ALL.into_iter().filter(|c| *c != Concept::Nash) {
            let needed = on_conflict(&conflict, &state, concept, 1, &budget()).unwrap();
            let held = stable(&conflict, &state, concept);
            let unstable: Vec<usize> = (0..held.len()).filter(|i| !held[*i]).collect();
            let mut found: Vec<usize> = needed.makers.iter().map(|m| m.maker).collect();
            found.sort_unstable();
            assert_eq!(found, unstable);
            if needed.makers.is_empty() {
                continue;
            }
            let on = penalties(&needed);
            let (with, at) = pull(&conflict, &state, &lever(new_holder(), on.clone())).unwrap();
            assert!(stable(&with, &at, concept).iter().all(|holds| *holds));
            pulled += 1;
            // A little lighter, and it does not hold for that one any more.
            for (place, (maker, penalty)) in on.iter().enumerate() {
                let mut on = on.clone();
                on[place].1 = match penalty {
                    Penalty::Before(at) => Penalty::Before(at + 1),
                    Penalty::Score(score) => Penalty::Score(score - 1),
                };
                let (with, at) = pull(&conflict, &state, &lever(new_holder(), on)).unwrap();
                assert!(!stable(&with, &at, concept)[*maker]);
                lighter += 1;
            }
        }
    }
    assert!(pulled > 200 && lighter > pulled, "{pulled} {lighter}");
}

#[test]
fn a_penalty_that_is_the_only_answer_is_enough_too() {
    for case in 0..60 {
        let Some((conflict, state)) = drawn(12, case, false) else { continue };
        for concept in [Concept::Gmr, Concept::Sseq] {
            let needed = on_conflict(&conflict, &state, concept, 0, &budget()).unwrap();
            let on: Vec<(usize, Penalty)> =
                needed.makers.iter().map(|m| (m.maker, m.loss_at_once().unwrap().penalty().unwrap())).collect();
            let (with, at) = pull(&conflict, &state, &lever(new_holder(), on)).unwrap();
            assert!(stable(&with, &at, concept).iter().all(|holds| *holds));
        }
    }
}

#[test]
fn a_decision_maker_can_hold_the_lever() {
    let mut pulled = 0;
    for case in 0..150 {
        let Some((conflict, state)) = drawn(13, case, case % 5 == 0) else { continue };
        for concept in [Concept::Seq, Concept::Smr] {
            let needed = on_conflict(&conflict, &state, concept, 0, &budget()).unwrap();
            for (target, penalty) in penalties(&needed) {
                let holder = (target + 1) % conflict.makers.len();
                if conflict.makers[holder].unseen.is_some() {
                    continue; // It may not see that the state was left.
                }
                let lever = lever(Holder::Maker(holder), vec![(target, penalty)]);
                let (with, at) = pull(&conflict, &state, &lever).unwrap();
                assert!(stable(&with, &at, concept)[target], "{case}");
                pulled += 1;
            }
        }
    }
    assert!(pulled > 50, "{pulled}");
}

#[test]
fn losses_in_ranks_are_levels_down() {
    let mut gaps = 0;
    for case in 0..200 {
        let mut stream = Stream::new(14, case, 0);
        let graph = brute::graph(&mut stream, 5, 3);
        for concept in Concept::ALL {
            let needed = on_graph(&graph, 0, concept, &budget()).unwrap();
            for unstable in &needed.makers {
                let rank = &graph.makers[unstable.maker].order.rank;
                assert!(!unstable.gaps.is_empty());
                for gap in &unstable.gaps {
                    gaps += 1;
                    assert!(rank[gap.to as usize] > rank[0]);
                    let levels = |top: u32| {
                        let mut all: Vec<u32> = rank.iter().copied().filter(|r| *r > rank[0] && *r <= top).collect();
                        all.sort_unstable();
                        all.dedup();
                        u32::try_from(all.len()).unwrap()
                    };
                    let on = graph.makers[unstable.maker].moves[gap.to as usize].iter().copied();
                    let on = on.filter(|_| concept.symmetric()).chain([gap.to]);
                    let top = on.map(|t| rank[t as usize]).max().unwrap();
                    assert_eq!(gap.loss.ranks, Some(levels(top)));
                    assert_eq!(gap.loss.score, i128::from(top - rank[0]));
                    assert!(gap.least.score <= gap.loss.score);
                }
            }
        }
    }
    assert!(gaps > 300);
}

/// The fewest moves that are no improvement on a way to a sanction of leaving state 0: costs of places, lowered until
/// none can be.
fn fewest_idle(graph: &Graph, maker: usize, from: u32, symmetric: bool) -> Option<usize> {
    let mut movers: Vec<(Vec<usize>, &Vec<Vec<u32>>)> =
        graph.makers.iter().enumerate().map(|(j, m)| (vec![j], &m.moves)).collect();
    movers.extend(graph.joint.iter().map(|joint| (joint.holders.clone(), &joint.moves)));
    let rank = |j: usize, t: u32| graph.makers[j].order.rank[t as usize];
    let mut cost: BTreeMap<(u32, usize), usize> = BTreeMap::from([((from, usize::MAX), 0)]);
    loop {
        let mut lower = cost.clone();
        for ((at, last), idle) in &cost {
            for (j, (holders, moves)) in movers.iter().enumerate() {
                if j == *last || holders.contains(&maker) {
                    continue;
                }
                for to in &moves[*at as usize] {
                    let gains = holders.iter().all(|h| rank(*h, *to) > rank(*h, *at));
                    let slot = lower.entry((*to, j)).or_insert(usize::MAX);
                    *slot = (*slot).min(idle + usize::from(!gains));
                }
            }
        }
        if lower == cost {
            break;
        }
        cost = lower;
    }
    let low = |t: u32| rank(maker, t) <= rank(maker, 0);
    let escapes = |t: u32| graph.makers[maker].moves[t as usize].iter().any(|u| !low(*u));
    let ends = cost.iter().filter(|((t, last), _)| *last != usize::MAX && low(*t) && !(symmetric && escapes(*t)));
    ends.map(|(_, idle)| *idle).min()
}

/// A threat is there exactly when the moves would sanction by the concept that asks for no credibility; its steps are
/// moves, as many of them are idle as it says, and no sanction has fewer.
#[test]
fn threats_that_lack_credibility() {
    let (mut with, mut without) = (0, 0);
    for case in 0..300 {
        let mut stream = Stream::new(15, case, 0);
        let graph = brute::graph(&mut stream, 5, 3);
        for (concept, plain) in [(Concept::Seq, Concept::Gmr), (Concept::Sseq, Concept::Smr)] {
            let needed = on_graph(&graph, 0, concept, &budget()).unwrap();
            let bare = on_graph(&graph, 0, plain, &budget()).unwrap();
            for unstable in &needed.makers {
                let open = bare.makers.iter().find(|m| m.maker == unstable.maker);
                for gap in &unstable.gaps {
                    let stays = open.is_some_and(|m| m.gaps.iter().any(|g| g.to == gap.to));
                    assert_eq!(gap.threat.is_none(), stays);
                    assert!(gap.complete);
                    let fewest = fewest_idle(&graph, unstable.maker, gap.to, concept.symmetric());
                    assert_eq!(fewest, gap.threat.as_ref().map(|threat| threat.idle));
                    let Some(threat) = &gap.threat else {
                        without += 1;
                        continue;
                    };
                    with += 1;
                    let mut at = gap.to;
                    let mut last: &[usize] = &[];
                    for step in &threat.steps {
                        assert!(step.movers != last && !step.movers.contains(&unstable.maker));
                        let moves = match step.movers.as_slice() {
                            [one] => &graph.makers[*one].moves,
                            _ => &graph.joint[0].moves,
                        };
                        assert!(moves[at as usize].contains(&step.to));
                        let rank = |j: usize, t: u32| graph.makers[j].order.rank[t as usize];
                        assert_eq!(step.gains, step.movers.iter().all(|j| rank(*j, step.to) > rank(*j, at)));
                        (at, last) = (step.to, &step.movers);
                    }
                    assert_eq!(threat.idle, threat.steps.iter().filter(|step| !step.gains).count());
                    assert!(threat.idle > 0);
                    let rank = &graph.makers[unstable.maker].order.rank;
                    assert!(rank[at as usize] <= rank[0]);
                }
            }
        }
    }
    assert!(with > 50 && without > 50, "{with} {without}");
}

#[test]
fn levers_that_do_not_fit() {
    let mut stream = Stream::new(16, 3, 0);
    let mut conflict = brute::conflict(&mut stream, 2);
    conflict.rules.clear();
    conflict.makers[0].preference = Preference::Statements(Vec::new());
    conflict.makers[0].strength = Strength::Vital(1);
    let state = conflict.outcome(0);
    let fault = |lever: &Lever| pull(&conflict, &state, lever).unwrap_err();
    assert_eq!(fault(&lever(new_holder(), vec![(0, Penalty::Score(1))])), Misfit::Form(0));
    assert_eq!(fault(&lever(new_holder(), vec![(7, Penalty::Score(1))])), Misfit::NoSuchMaker(7));
    assert_eq!(fault(&lever(Holder::Maker(0), vec![(0, Penalty::Before(0))])), Misfit::NoSuchMaker(0));
    assert_eq!(fault(&lever(Holder::Maker(5), Vec::new())), Misfit::NoSuchMaker(5));
    let same = Lever { id: "o0".into(), ..lever(new_holder(), Vec::new()) };
    assert_eq!(fault(&same), Misfit::SameId);
    let nowhere = Outcome::new([9, 9, 9]);
    assert_eq!(pull(&conflict, &nowhere, &lever(new_holder(), Vec::new())).unwrap_err(), Misfit::NoSuchState);
    let (with, _) = pull(&conflict, &state, &lever(new_holder(), vec![(0, Penalty::Before(0))])).unwrap();
    assert_eq!(with.makers[0].strength, Strength::None);
    assert!(with.faults().is_empty());
}

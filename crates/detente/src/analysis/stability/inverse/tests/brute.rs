//! Stability by the words of its definition, rankings one by one, and random conflicts.

use crate::analysis::stability::Concept;
use crate::game::conflict::{Conflict, Control, Graph, GraphMaker, Joint, Maker, Moves, Order, Preference, Strength};
use crate::game::{Formula, Issue, Outcome, Space, Stream};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Where all but one get to from a state, and who may have moved last, grown until nothing is new (Fang, Hipel and
/// Kilgour 1993; those who move by consent are a mover of their own).
fn group(graph: &Graph, but: usize, from: u32, credible: bool) -> BTreeSet<u32> {
    let mut movers: Vec<(Vec<usize>, &Vec<Vec<u32>>)> =
        graph.makers.iter().enumerate().map(|(j, maker)| (vec![j], &maker.moves)).collect();
    movers.extend(graph.joint.iter().map(|joint| (joint.holders.clone(), &joint.moves)));
    movers.retain(|(holders, _)| !holders.contains(&but));
    let step = |(holders, moves): &(Vec<usize>, &Vec<Vec<u32>>), a: u32| -> Vec<u32> {
        let rank = |j: usize, t: u32| graph.makers[j].order.rank[t as usize];
        let gains = |b: &u32| holders.iter().all(|j| rank(*j, *b) > rank(*j, a));
        moves[a as usize].iter().copied().filter(|b| !credible || gains(b)).collect()
    };
    let mut last: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    for (j, mover) in movers.iter().enumerate() {
        step(mover, from).into_iter().for_each(|t| _ = last.entry(t).or_default().insert(j));
    }
    loop {
        let mut grown = last.clone();
        for (t, omega) in &last {
            for (j, mover) in movers.iter().enumerate().filter(|(j, _)| *omega != BTreeSet::from([*j])) {
                step(mover, *t).into_iter().for_each(|u| _ = grown.entry(u).or_default().insert(j));
            }
        }
        if grown == last {
            return last.into_keys().collect();
        }
        last = grown;
    }
}

/// Whether a state is stable for a decision maker that ranks the states so, by the definition.
pub(in crate::analysis::stability) fn stable(graph: &Graph, rank: &[u32], s: u32, i: usize, concept: Concept) -> bool {
    let p = |t: u32| rank[t as usize];
    let moves = |t: u32| graph.makers[i].moves[t as usize].clone();
    moves(s).into_iter().filter(|t| p(*t) > p(s)).all(|s1| {
        concept != Concept::Nash
            && group(graph, i, s1, concept.credible())
                .into_iter()
                .any(|s2| p(s2) <= p(s) && (!concept.symmetric() || moves(s2).into_iter().all(|s3| p(s3) <= p(s))))
    })
}

/// All orders of `0..n`.
pub(in crate::analysis::stability) fn permutations(n: u32) -> Vec<Vec<u32>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let shorter = permutations(n - 1);
    let place = |p: &Vec<u32>, at: usize| {
        let mut p = p.clone();
        p.insert(at, n - 1);
        p
    };
    shorter.iter().flat_map(|p| (0..=p.len()).map(move |at| place(p, at))).collect()
}

/// A graph with arcs, ranks (with ties) and now and then unknown pairs at random.
pub(in crate::analysis::stability) fn graph(stream: &mut Stream, states: u32, makers: usize) -> Graph {
    let dense = 15 + stream.below(40);
    let maker = |stream: &mut Stream| {
        let mut arcs = |from: u32| (0..states).filter(|to| *to != from && stream.below(100) < dense).collect();
        let moves = (0..states).map(&mut arcs).collect();
        let levels = 2 + stream.below(u64::from(states));
        let rank = (0..states).map(|_| stream.below(levels) as u32).collect();
        let mut order = Order::of(rank);
        if stream.below(4) == 0 {
            let (a, b) = (stream.below(u64::from(states)) as u32, stream.below(u64::from(states)) as u32);
            if a != b {
                order.unknown.insert((a.min(b), a.max(b)));
            }
        }
        GraphMaker { moves, order, ..GraphMaker::default() }
    };
    let of: Vec<GraphMaker> = (0..makers).map(|_| maker(stream)).collect();
    let mut joint = Vec::new();
    if makers > 2 && stream.below(3) == 0 {
        let out = stream.below(makers as u64) as usize;
        let holders = (0..makers).filter(|j| *j != out).collect();
        joint.push(Joint { holders, moves: maker(stream).moves });
    }
    Graph { states: (0..states).map(|s| s.to_string()).collect(), makers: of, joint }
}

/// A short condition at random.
pub(in crate::analysis::stability) fn formula(stream: &mut Stream, sizes: &[u16], depth: u32) -> Formula {
    match stream.below(if depth == 0 { 2 } else { 4 }) {
        0 | 1 => {
            let issue = stream.below(sizes.len() as u64) as usize;
            Formula::In(issue, vec![stream.below(u64::from(sizes[issue])) as u16])
        }
        2 => Formula::And((0..2).map(|_| formula(stream, sizes, depth - 1)).collect()),
        _ => Formula::Or((0..2).map(|_| formula(stream, sizes, depth - 1)).collect()),
    }
}

/// An option form: three or four issues of two or three values, irreversible ones, rules, and a state that one
/// decision maker does not see.
pub(in crate::analysis::stability) fn conflict(stream: &mut Stream, makers: usize) -> Conflict {
    let sizes: Vec<u16> = (0..3 + stream.below(2)).map(|_| 2 + u16::from(stream.below(5) == 0)).collect();
    let names = ["0", "1", "2"];
    let issues =
        sizes.iter().enumerate().map(|(at, size)| Issue::named(&format!("o{at}"), &names[..usize::from(*size)]));
    let space = Arc::new(Space { issues: issues.collect() });
    let control = (0..sizes.len()).map(|at| Control {
        holders: match stream.below(makers as u64) as usize {
            _ if at < makers => vec![at],
            0 if makers > 2 => vec![1, 2],
            other => vec![other],
        },
        moves: match stream.below(6) {
            0 => Moves::Rising,
            1 => Moves::Falling,
            _ => Moves::Free,
        },
    });
    let control = control.collect();
    let rules = (0..stream.below(3)).map(|_| formula(stream, &sizes, 1).not()).collect();
    let maker = |stream: &mut Stream, at: usize| Maker {
        id: format!("m{at}"),
        name: String::new(),
        preference: if stream.below(2) == 0 {
            Preference::Statements((0..2 + stream.below(3)).map(|_| formula(stream, &sizes, 1)).collect())
        } else {
            let worth = sizes.iter().map(|size| (0..*size).map(|_| stream.below(9) as i64 - 4).collect());
            Preference::Sum { worth: worth.collect(), terms: vec![(formula(stream, &sizes, 1), 3)] }
        },
        strength: Strength::None,
        unknown: Vec::new(),
        unseen: (stream.below(5) == 0).then(|| formula(stream, &sizes, 0)),
    };
    let makers = (0..makers).map(|at| maker(stream, at)).collect();
    Conflict { space, makers, control, rules }
}

/// The option form written out, with its outcomes.
pub(in crate::analysis::stability) fn written(conflict: &Conflict) -> (Graph, Vec<Outcome>) {
    Graph::of(conflict, 1 << 12).unwrap()
}

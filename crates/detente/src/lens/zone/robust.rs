//! Packages acceptable in most games: a local search from what the games' own solutions suggest.

use super::columns::{Columns, Gains};
use super::inquiry::Inquiry;
use crate::game::Outcome;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Starting points per target.
const STARTS: usize = 6;
/// Steps of a local search.
const MOST_STEPS: usize = 60;
/// Packages listed.
const LISTED: usize = 10;

/// A package with the games in which it is an agreement.
pub(super) type Weighed = (u64, Outcome);

/// The most robust packages found, per target: an outcome of that target, climbed to from the best
/// of the candidates by changing one issue at a time as long as that makes it an agreement in more
/// games (the first of the best changes each time). Heuristic; best first.
pub(super) fn climb(inquiry: &Inquiry, columns: &Columns, candidates: &BTreeSet<Outcome>) -> Vec<Vec<Weighed>> {
    let weighed: Vec<(Outcome, u64)> = {
        let all: Vec<&Outcome> = candidates.iter().collect();
        let mut room = Vec::new();
        all.into_iter().map(|o| (o.clone(), weigh(inquiry, columns, o, &mut room).1)).collect()
    };
    let jobs: Vec<(usize, Outcome)> = (0..inquiry.atlas.targets())
        .flat_map(|target| {
            let mut fits: Vec<&(Outcome, u64)> = weighed
                .iter()
                .filter(|(o, _)| inquiry.atlas.reaches(o).get(target).copied().unwrap_or(false))
                .collect();
            fits.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
            fits.into_iter().take(STARTS).map(move |(o, _)| (target, o.clone())).collect::<Vec<_>>()
        })
        .collect();
    let tops: Vec<(usize, Weighed)> =
        jobs.into_par_iter().map(|(target, start)| (target, ascend(inquiry, columns, target, start))).collect();
    let mut by_target: Vec<Vec<Weighed>> = vec![Vec::new(); inquiry.atlas.targets()];
    for (target, top) in tops {
        if let Some(list) = by_target.get_mut(target) {
            list.push(top);
        }
    }
    for list in &mut by_target {
        list.sort_by(|a, b| b.0.cmp(&a.0).then(moves(inquiry, &a.1).cmp(&moves(inquiry, &b.1))).then(a.1.cmp(&b.1)));
        list.dedup();
    }
    by_target
}

/// The robust packages worth reading: best first, then those that move more. Each moves more issues
/// than partial agreements do (`partial` at the most) and differs from every one above it on three
/// issues at least; three at the most have the same highest level.
pub(super) fn listed(inquiry: &Inquiry, tops: &[Vec<Weighed>], partial: usize) -> Vec<Outcome> {
    const APART: usize = 3;
    const OF_A_LEVEL: usize = 3;
    let unique: BTreeMap<&Outcome, u64> = tops.iter().flatten().map(|(hits, o)| (o, *hits)).collect();
    let wide = |(o, hits): &(&Outcome, u64)| *hits > 0 && moves(inquiry, o) > partial;
    let mut all: Vec<(&Outcome, u64)> = unique.into_iter().filter(wide).collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then(moves(inquiry, b.0).cmp(&moves(inquiry, a.0))).then(a.0.cmp(b.0)));
    let apart = |a: &Outcome, b: &Outcome| a.digits().iter().zip(b.digits()).filter(|(a, b)| a != b).count();
    let mut listed: Vec<Outcome> = Vec::new();
    for (outcome, _) in all {
        let level = inquiry.atlas.level(outcome);
        let of_level = listed.iter().filter(|l| inquiry.atlas.level(l) == level).count();
        if listed.len() < LISTED && of_level < OF_A_LEVEL && listed.iter().all(|l| apart(outcome, l) >= APART) {
            listed.push(outcome.clone());
        }
    }
    listed
}

fn moves(inquiry: &Inquiry, outcome: &Outcome) -> usize {
    inquiry.atlas.space.moved(outcome).len()
}

fn weigh(inquiry: &Inquiry, columns: &Columns, outcome: &Outcome, room: &mut Vec<i64>) -> (Gains, u64) {
    let layout = &inquiry.atlas.layout;
    let mut gains = columns.status_quo();
    for (issue, (digit, from)) in outcome.digits().iter().zip(layout.status_quo()).enumerate() {
        if digit != from {
            gains = columns.moved(&gains, layout.place(issue, *digit));
        }
    }
    let hits = columns.hits(&gains, None, &inquiry.atlas.broken(outcome), room);
    (gains, hits)
}

fn ascend(inquiry: &Inquiry, columns: &Columns, target: usize, start: Outcome) -> Weighed {
    let layout = &inquiry.atlas.layout;
    let mut room = Vec::new();
    let (mut gains, mut hits) = weigh(inquiry, columns, &start, &mut room);
    let mut at = start;
    for _ in 0..MOST_STEPS {
        let mut best: Option<(u64, usize, u16, Gains)> = None;
        for issue in 0..layout.issues() {
            let from = layout.place(issue, at.digit(issue));
            for digit in (0..layout.size(issue)).filter(|d| *d != at.digit(issue)) {
                let near = at.with(issue, digit);
                if !inquiry.atlas.reaches(&near).get(target).copied().unwrap_or(false) {
                    continue;
                }
                let swapped = columns.swapped(&gains, from, layout.place(issue, digit));
                let better = columns.hits(&swapped, None, &inquiry.atlas.broken(&near), &mut room);
                if better > best.as_ref().map_or(hits, |b| b.0) {
                    best = Some((better, issue, digit, swapped));
                }
            }
        }
        let Some((better, issue, digit, swapped)) = best else { break };
        at = at.with(issue, digit);
        (hits, gains) = (better, swapped);
    }
    (hits, at)
}

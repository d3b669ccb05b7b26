//! Partial agreements: packages that move few issues and leave the rest as it is.

use super::RankedPackage;
use super::columns::Columns;
use super::inquiry::Inquiry;
use crate::game::{Outcome, RuleKind};
use rayon::prelude::*;

/// Issues a partial agreement moves at the most.
const MOST_MOVES: usize = 3;
/// Packages looked at; a space with more moves fewer issues at once.
const MOST_PACKAGES: u64 = 200_000;
/// Packages listed.
const LISTED: usize = 10;

/// The partial agreements worth reading, and how far was looked.
#[derive(Debug)]
pub(super) struct Partials {
    /// Outcome and verdict, most robust first.
    pub(super) listed: Vec<(Outcome, RankedPackage)>,
    /// Issues moved at once at the most.
    pub(super) moves: usize,
    /// Packages looked at.
    pub(super) packages: u64,
}

/// A package by what it moves, with the games in which it is an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    hits: u64,
    moves: Vec<(usize, u16)>,
}

/// Looks at every package that moves at most three issues (fewer, where there are too many).
///
/// Ranked by the share of games in which it is an agreement, then more moves, then file order. Each
/// package listed moves a set of issues that none above it moves already, and some of them to a value
/// that none above it has: so a package that adds nothing to one as robust does not appear, and the
/// list is not one package in ten variants.
pub(super) fn partials(inquiry: &Inquiry, columns: &Columns) -> Partials {
    let layout = &inquiry.atlas.layout;
    let movable: Vec<Vec<u16>> = (0..layout.issues())
        .map(|i| (0..layout.size(i)).filter(|d| layout.status_quo().get(i) != Some(d)).collect())
        .collect();
    let (moves, packages) = depth(&movable);
    let firsts: Vec<(usize, u16)> =
        movable.iter().enumerate().flat_map(|(i, digits)| digits.iter().map(move |d| (i, *d))).collect();
    let found: Vec<Vec<Found>> = firsts
        .par_iter()
        .map(|first| {
            let mut walk = Walk {
                inquiry,
                columns,
                movable: &movable,
                moves,
                path: Vec::new(),
                room: Vec::new(),
                found: Vec::new(),
            };
            let status_quo = Outcome::new(layout.status_quo());
            walk.step(*first, &columns.status_quo(), &status_quo);
            walk.found
        })
        .collect();
    let mut found: Vec<Found> = found.into_iter().flatten().collect();
    found.sort_by(|a, b| b.hits.cmp(&a.hits).then(b.moves.len().cmp(&a.moves.len())).then(a.moves.cmp(&b.moves)));
    let mut seen: Vec<Vec<(usize, u16)>> = Vec::new();
    let mut listed = Vec::new();
    for package in found {
        if listed.len() == LISTED {
            break;
        }
        let issues_moved = |above: &Vec<(usize, u16)>| package.moves.iter().all(|m| above.iter().any(|a| a.0 == m.0));
        let brings_a_value = package.moves.iter().any(|m| !seen.iter().flatten().any(|s| s == m));
        if !brings_a_value || seen.iter().any(issues_moved) {
            continue;
        }
        let status_quo = Outcome::new(layout.status_quo());
        let outcome = package.moves.iter().fold(status_quo, |o, (issue, digit)| o.with(*issue, *digit));
        listed.push((outcome.clone(), inquiry.ranked(&outcome)));
        seen.push(package.moves);
    }
    Partials { listed, moves, packages }
}

/// How many issues can be moved at once within the budget, and how many packages that makes.
fn depth(movable: &[Vec<u16>]) -> (usize, u64) {
    // Sums of products of k of the numbers of moves: packages that move exactly k issues.
    let mut by_moves = [1u64, 0, 0, 0];
    for digits in movable {
        for k in (1..by_moves.len()).rev() {
            by_moves[k] = by_moves[k].saturating_add(by_moves[k - 1].saturating_mul(digits.len() as u64));
        }
    }
    let mut packages = by_moves[1];
    let mut moves = 1;
    for (k, more) in by_moves.iter().enumerate().take(MOST_MOVES + 1).skip(2) {
        if packages.saturating_add(*more) > MOST_PACKAGES {
            break;
        }
        packages += more;
        moves = k;
    }
    (moves, packages)
}

struct Walk<'a> {
    inquiry: &'a Inquiry,
    columns: &'a Columns,
    movable: &'a [Vec<u16>],
    moves: usize,
    path: Vec<(usize, u16)>,
    room: Vec<i64>,
    found: Vec<Found>,
}

impl Walk<'_> {
    /// Makes a move from a package with these gains, then every further move on a later issue.
    fn step(&mut self, (issue, digit): (usize, u16), gains: &super::columns::Gains, from: &Outcome) {
        let atlas = &self.inquiry.atlas;
        let outcome = from.with(issue, digit);
        let place = atlas.layout.place(issue, digit);
        let broken = atlas.broken(&outcome);
        let linkage = |r: &u32| atlas.rules.get(*r as usize).is_some_and(|r| r.kind == RuleKind::Linkage);
        self.path.push((issue, digit));
        if !broken.iter().any(linkage) {
            let hits = self.columns.hits(gains, Some(place), &broken, &mut self.room);
            if hits > 0 {
                self.found.push(Found { hits, moves: self.path.clone() });
            }
        }
        if self.path.len() < self.moves {
            let gains = self.columns.moved(gains, place);
            let movable = self.movable;
            for (later, digits) in movable.iter().enumerate().skip(issue + 1) {
                for digit in digits {
                    self.step((later, *digit), &gains, &outcome);
                }
            }
        }
        self.path.pop();
    }
}

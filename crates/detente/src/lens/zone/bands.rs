//! The frontier and the named solutions over games.

use super::exists::{Ask, Seeker};
use super::frontier::frontier;
use super::inquiry::Inquiry;
use super::solutions::Named;
use super::zones::Drawn;
use super::{EfficientAgreements, FrontierBand, Solution, SolutionIssue};
use crate::analysis::Package;
use crate::game::{Game, Outcome, SCALE};
use indexmap::IndexMap;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Games whose frontier is computed.
pub(super) const MOST_DRAWS: usize = 300;
/// The same for three consenting parties or more, whose frontiers are larger.
const MOST_DRAWS_OF_MANY: usize = 100;
/// The same where the first game's frontier is too large to be computed whole.
const MOST_DRAWS_OF_HUGE: usize = 30;
/// Steps of the grid on which the band is given.
const STEPS: u32 = 20;

/// The frontier of one game, in what the answer needs of it.
#[derive(Debug)]
pub(super) struct Efficient {
    /// Number of efficient agreements.
    size: u64,
    /// The agreements, where one game fits the case.
    packages: Vec<Package>,
    /// For two parties, the best gain of the second with at least each gain of the grid for the first.
    best: Vec<Option<f64>>,
    /// Per named solution, the agreement and each party's gain.
    solutions: Vec<Option<(Outcome, Vec<f64>)>>,
    /// Whether a limit stopped the search.
    pub(super) cut: bool,
}

/// The frontiers of the first games: fewer where they are large.
pub(super) fn efficient(inquiry: &Inquiry) -> Vec<Efficient> {
    let Some(first) = inquiry.draws.first() else { return Vec::new() };
    let draws = if one(inquiry, first, &mut Seeker::default()).cut {
        MOST_DRAWS_OF_HUGE
    } else if first.stakes.parties() > 2 {
        MOST_DRAWS_OF_MANY
    } else {
        MOST_DRAWS
    };
    inquiry.first(draws).par_iter().map_init(Seeker::default, |seeker, drawn| one(inquiry, drawn, seeker)).collect()
}

fn one(inquiry: &Inquiry, drawn: &Drawn, seeker: &mut Seeker) -> Efficient {
    let atlas = &inquiry.atlas;
    let closed = atlas.any.closed(&drawn.game.binding);
    let ask = Ask { diagram: &atlas.any, closed: &closed, allowed: None, stakes: &drawn.stakes };
    // Where the search for an agreement has settled it, the frontier is empty.
    let none = matches!(drawn.zones.last(), Some(super::zones::Zone::Shut(_)));
    let frontier = if none { super::frontier::Frontier::default() } else { frontier(&atlas.layout, &ask) };
    let whole = Ask { diagram: &atlas.all, closed: &atlas.all.closed(&drawn.game.binding), ..ask };
    let floor = &drawn.stakes.floor;
    let scale: Vec<i64> =
        floor.iter().enumerate().map(|(p, floor)| seeker.best(&whole, p).map_or(0, |best| best - floor)).collect();
    let share = |gain: i64, scale: i64| if scale > 0 { gain as f64 / scale as f64 } else { 0.0 };
    let best = match (floor.as_slice(), scale.as_slice()) {
        ([f0, f1], [s0, s1]) => (0..=STEPS)
            .map(|step| {
                let enough = |u: i64| {
                    let gain = if *s0 > 0 { u - f0 } else { 0 };
                    i128::from(gain) * i128::from(STEPS) >= i128::from(step) * i128::from(*s0.max(&1))
                };
                let gains = frontier.points.iter().filter_map(|p| match p.utility.as_slice() {
                    [u0, u1] if enough(*u0) => Some(u1 - f1),
                    _ => None,
                });
                gains.max().map(|gain| share(gain, *s1))
            })
            .collect(),
        _ => Vec::new(),
    };
    let solutions = Named::ALL
        .iter()
        .map(|named| {
            let point = frontier.points.get(named.pick(&frontier, floor)?)?;
            let outcome = Outcome::new(point.digits.clone());
            Some((outcome.clone(), gains(inquiry, drawn, &outcome, seeker)))
        })
        .collect();
    let package = |p: &super::frontier::Point| package(inquiry, &drawn.game, &Outcome::new(p.digits.clone()));
    let packages = if inquiry.point { frontier.points.iter().map(package).collect() } else { Vec::new() };
    Efficient { size: frontier.points.len() as u64, packages, best, solutions, cut: frontier.cut }
}

/// Each party's gain, consenting or not: 0 no-deal, 1 the best it could get at all.
fn gains(inquiry: &Inquiry, drawn: &Drawn, outcome: &Outcome, seeker: &mut Seeker) -> Vec<f64> {
    let atlas = &inquiry.atlas;
    let mut game = drawn.game.clone();
    game.players.iter_mut().for_each(|p| p.consents = true);
    let stakes = super::sweep::Stakes::of(&game, &atlas.layout);
    let closed = atlas.all.closed(&drawn.game.binding);
    let ask = Ask { diagram: &atlas.all, closed: &closed, allowed: None, stakes: &stakes };
    let gains = stakes.gains(&atlas.layout, outcome.digits());
    gains
        .into_iter()
        .enumerate()
        .map(|(p, gain)| {
            let floor = stakes.floor.get(p).copied().unwrap_or(0);
            let scale = seeker.best(&ask, p).map_or(0, |best| best - floor);
            if scale > 0 { gain as f64 / scale as f64 } else { 0.0 }
        })
        .collect()
}

/// A package in names, with each party's utility, consenting or not.
fn package(inquiry: &Inquiry, game: &Game, outcome: &Outcome) -> Package {
    let utilities = game.players.iter().map(|p| p.utility(outcome) as f64 / SCALE as f64).collect();
    Package { utilities, outcome: inquiry.atlas.space.named(outcome) }
}

/// The efficient agreements: one by one where one game fits the case, as a band over draws otherwise too.
pub(super) fn agreements(inquiry: &Inquiry, efficient: &[Efficient]) -> EfficientAgreements {
    let only = efficient.first().filter(|_| inquiry.point);
    EfficientAgreements {
        size: only.map(|e| e.size),
        points: only.map(|e| e.packages.clone()).unwrap_or_default(),
        band: band(inquiry, efficient),
    }
}

/// The band of the frontier; `None` unless exactly two parties consent.
pub(super) fn band(inquiry: &Inquiry, efficient: &[Efficient]) -> Option<FrontierBand> {
    let first = inquiry.draws.first()?;
    let [a, b] = first.stakes.who.as_slice() else { return None };
    let mut sizes: Vec<u64> = efficient.iter().map(|e| e.size).collect();
    sizes.sort_unstable();
    let band = |step: usize| {
        let mut best: Vec<Option<f64>> = efficient.iter().map(|e| e.best.get(step).copied().flatten()).collect();
        // Games without any such agreement come first: less than any gain.
        best.sort_by(|x, y| x.is_some().cmp(&y.is_some()).then(x.unwrap_or(0.0).total_cmp(&y.unwrap_or(0.0))));
        [0.1, 0.5, 0.9].map(|q| quantile(&best, q).flatten().map(rounded))
    };
    Some(FrontierBand {
        parties: [inquiry.parties.get(*a)?.clone(), inquiry.parties.get(*b)?.clone()],
        grid: (0..=STEPS).map(|step| f64::from(step) / f64::from(STEPS)).collect(),
        band: (0..=STEPS as usize).map(band).collect(),
        draws: efficient.len() as u64,
        size: [0.0, 0.5, 1.0].map(|q| quantile(&sizes, q).unwrap_or(0)),
    })
}

/// The named solutions.
pub(super) fn solutions(inquiry: &Inquiry, efficient: &[Efficient]) -> IndexMap<String, Solution> {
    let of = |(at, named): (usize, &Named)| (named.name().to_string(), solution(inquiry, efficient, at));
    Named::ALL.iter().enumerate().map(of).collect()
}

fn solution(inquiry: &Inquiry, efficient: &[Efficient], at: usize) -> Solution {
    let found: Vec<&(Outcome, Vec<f64>)> =
        efficient.iter().filter_map(|e| e.solutions.get(at).and_then(Option::as_ref)).collect();
    let mut packages: BTreeMap<&Outcome, (usize, usize)> = BTreeMap::new();
    for (index, (outcome, _)) in found.iter().enumerate() {
        packages.entry(outcome).or_insert((0, index)).0 += 1;
    }
    // Of packages met equally often, the one met first.
    let most_often =
        packages.iter().max_by_key(|(_, (n, first))| (*n, usize::MAX - first)).map(|(outcome, _)| *outcome);
    let issue = |(at, issue): (usize, &crate::game::Issue)| {
        let mut counts = vec![0u64; issue.values.len()];
        for (outcome, _) in &found {
            if let Some(n) = counts.get_mut(usize::from(outcome.digit(at))) {
                *n += 1;
            }
        }
        // Of values taken equally often, the first.
        let (digit, n) = counts.iter().enumerate().rev().max_by_key(|(_, n)| **n)?;
        let value = issue.values.get(digit)?.id.clone();
        Some(SolutionIssue { issue: issue.id.clone(), value, share: rounded(*n as f64 / found.len() as f64) })
    };
    let median = |party: usize| {
        let mut gains: Vec<f64> = found.iter().filter_map(|(_, gains)| gains.get(party).copied()).collect();
        gains.sort_by(f64::total_cmp);
        quantile(&gains, 0.5).map_or(0.0, rounded)
    };
    let none = found.is_empty();
    Solution {
        utilities: most_often
            .zip(inquiry.draws.first().filter(|_| inquiry.point))
            .map(|(outcome, drawn)| package(inquiry, &drawn.game, outcome).utilities),
        outcome: most_often.map(|outcome| inquiry.atlas.space.named(outcome)),
        exists: inquiry.share(found.len() as u64, efficient.len() as u64),
        issues: if none {
            Vec::new()
        } else {
            inquiry.atlas.space.issues.iter().enumerate().filter_map(issue).collect()
        },
        most_often: most_often.map(|o| inquiry.ranked(o)),
        gains: if none { Vec::new() } else { (0..inquiry.parties.len()).map(median).collect() },
    }
}

/// The packages that the solutions are, for the search of robust ones.
pub(super) fn packages(efficient: &[Efficient]) -> impl Iterator<Item = &Outcome> {
    efficient.iter().flat_map(|e| e.solutions.iter().flatten().map(|(outcome, _)| outcome))
}

/// The value at a quantile of a sorted list: the smallest with at least that share at or below it.
fn quantile<T: Copy>(sorted: &[T], q: f64) -> Option<T> {
    let rank = (q * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied()
}

fn rounded(x: f64) -> f64 {
    (x * 1e6).round() / 1e6
}

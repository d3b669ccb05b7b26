//! Every outcome, in blocks: for spaces small enough to go through, of whatever structure.
//!
//! Issues are cut into inner ones, whose combinations make a block of a few thousand outcomes, and outer ones, which
//! go round like the wheels of an odometer. A block holds the utilities of its outcomes relative to what the outer
//! issues count, as 32-bit whole numbers; what the outer issues count is kept exactly, wheel by wheel. Terms over outer
//! and inner issues change the block when the wheel turns that completes them, not for every outcome.
//!
//! The filter compares 64 outcomes at a time with one point of the frontier that is likely to dominate them, the one
//! that did so in the last block. What is left over is computed exactly. Where utilities do not fit in 27 bits, outcomes
//! are rounded up and points of the frontier down for the filter alone, so that nothing efficient is lost.
//!
//! Parts of the space are gone through in parallel, each with the frontier of the parts that came before its wave; the
//! parts and waves depend on the scenario alone, so that the answer does not depend on the number of threads.

mod archive;
mod block;
mod plan;
mod scale;
mod seeds;
mod tally;
mod terms;
#[cfg(test)]
mod tests;
mod walk;

use super::{Exactness, Finding, Frontier, Limits, Made};
use crate::game::Scenario;
use archive::{Archive, Found};
use plan::Plan;
use rayon::prelude::*;
use scale::Scale;
use tally::Tally;
use walk::{Aim, Walk};

/// Parts of the space at least, when it is worth going through in parallel.
const PARTS: usize = 64;
/// Outcomes from which on it is.
const WORTH_PARTS: u64 = if cfg!(test) { 100 } else { 1 << 20 };
/// The waves in which parts are gone through: each starts with the frontier of those before.
const WAVES: [usize; 3] = [1, 7, usize::MAX];

/// What one look at every outcome tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Survey {
    /// Outcomes that keep the rules.
    pub permitted: u64,
    /// Of them, those that give no party less than its reservation value.
    pub rational: u64,
    /// Of them, those on the frontier; several may have the same utilities.
    pub efficient: u64,
    /// The frontier.
    pub frontier: Frontier,
    /// The least and the most that a permitted outcome gives each party, in its units; `None` when none is permitted.
    pub range: Vec<Option<(i128, i128)>>,
    /// The mean utility of each party over permitted outcomes, as a real number.
    pub mean: Vec<f64>,
    /// The correlation of the utilities of each two parties over permitted outcomes; 0 where one of them is constant.
    pub correlation: Vec<Vec<f64>>,
}

/// The frontier by a look at every outcome, for scenarios of any structure with up to 64 parties. Groups of 64
/// outcomes whose best corner is dominated count as looked at.
///
/// `None` when there are more outcomes than `limits.steps`, more parties, or numbers too large to add in 128 bits.
/// With more points on the way than `limits.points` the answer is the frontier of the outcomes seen, and says so.
/// Memory: a few hundred kilobytes per thread for blocks, 32 megabytes at most for terms over several issues, and the
/// frontiers of the parts under way.
#[must_use]
pub fn frontier(scenario: &Scenario, limits: Limits) -> Option<Finding<Frontier>> {
    look(scenario, limits, true, None)
}

/// The frontier as [`frontier`] finds it, with or without passing over groups of outcomes, in blocks of a certain size.
fn look(scenario: &Scenario, limits: Limits, skip: bool, block: Option<usize>) -> Option<Finding<Frontier>> {
    let aim = Aim { frontier: true, skip, block, points: limits.points, ..Aim::default() };
    let all = go(scenario, limits, aim)?;
    let points = all.found.into_iter().map(|f| f.point).collect();
    Some(Finding { answer: Frontier::of(points), made: made(limits, all.full) })
}

/// Counts, ranges, means and the frontier by one look at every outcome. `None` as in [`frontier`].
#[must_use]
pub fn survey(scenario: &Scenario, limits: Limits) -> Option<Finding<Survey>> {
    survey_in(scenario, limits, None)
}

/// A survey in blocks of a certain size.
fn survey_in(scenario: &Scenario, limits: Limits, block: Option<usize>) -> Option<Finding<Survey>> {
    let aim = Aim { frontier: true, ties: true, tally: true, skip: true, points: limits.points, block };
    let all = go(scenario, limits, aim)?;
    let efficient = all.found.iter().map(|f| f.seen).sum();
    let frontier = Frontier::of(all.found.into_iter().map(|f| f.point).collect());
    let best = |party: usize| frontier.points.iter().filter_map(|p| p.utilities.get(party)).max().copied();
    let range = all.tally.worst.iter().enumerate().map(|(p, worst)| Some(((*worst)?, best(p)?))).collect();
    let (mean, correlation) = all.tally.moments(scenario, &all.scales);
    let (permitted, rational) = (all.tally.permitted, all.tally.rational);
    let answer = Survey { permitted, rational, efficient, frontier, range, mean, correlation };
    Some(Finding { answer, made: made(limits, all.full) })
}

/// How many outcomes keep the rules, and how many of them give no party less than its reservation value. `None` as in
/// [`frontier`].
pub(crate) fn count(scenario: &Scenario, limits: Limits) -> Option<(u64, u64)> {
    let all = go(scenario, limits, Aim { tally: true, points: limits.points, ..Aim::default() })?;
    Some((all.tally.permitted, all.tally.rational))
}

fn made(limits: Limits, full: bool) -> Made {
    let limit = format!("{} points", limits.points);
    Made {
        method: "every outcome, in blocks; a group of outcomes is passed over where a point of the frontier dominates \
                 all it could hold"
            .to_string(),
        exactness: if full { Exactness::CutOff { limit: limit.clone() } } else { Exactness::Exact },
        limits: vec![limit, format!("{} outcomes", limits.steps)],
        seed: None,
    }
}

/// What the parts of a space gave together.
struct All {
    found: Vec<Found>,
    tally: Tally,
    full: bool,
    scales: Vec<Scale>,
}

fn go(scenario: &Scenario, limits: Limits, aim: Aim) -> Option<All> {
    let count = scenario.space.small_count().filter(|n| *n <= limits.steps)?;
    let mut scales: Vec<Scale> =
        scenario.parties.iter().map(|p| Scale::of(p, &scenario.space)).collect::<Option<_>>()?;
    scales.iter_mut().for_each(|scale| scale.before_cap = !aim.tally);
    let plan = Plan::new(scenario, &scales, aim.block)?;
    let mut tally = Tally::new(&plan);
    let mut archive = Archive::new(scales.len());
    if aim.frontier {
        seeds::seeds(scenario, count).into_iter().for_each(|f| archive.insert(&scales, f));
    }
    let mut full = false;
    let mut parts = if count == 0 { Vec::new() } else { parts(&plan, count) };
    for wave in WAVES {
        let rest = parts.split_off(wave.min(parts.len()));
        let now = std::mem::replace(&mut parts, rest);
        // What was seen before is counted there.
        let before = archive.unseen();
        let walked: Vec<(Vec<Found>, Tally, bool)> = now
            .into_par_iter()
            .map(|prefix| {
                let mut walk = Walk::new(&plan, aim);
                walk.archive = before.clone();
                walk.run(&prefix);
                let mut found = walk.archive.into_found(scales.len());
                found.retain(|f| f.seen > 0);
                (found, walk.tally, walk.full)
            })
            .collect();
        for (more, counts, over) in walked {
            more.into_iter().for_each(|f| archive.insert(&scales, f));
            tally.merge(&counts);
            full |= over;
        }
        full |= archive.len() > limits.points;
        if full {
            break;
        }
    }
    drop(plan);
    Some(All { found: archive.into_found(scales.len()), tally, full, scales })
}

/// The digits of the first outer issues for each part of the space, in order.
fn parts(plan: &Plan<'_>, count: u64) -> Vec<Vec<u16>> {
    let mut parts: Vec<Vec<u16>> = vec![Vec::new()];
    if count < WORTH_PARTS {
        return parts;
    }
    for level in &plan.levels {
        if parts.len() >= PARTS {
            break;
        }
        let longer = |part: &Vec<u16>| -> Vec<Vec<u16>> {
            level.digits.iter().map(|d| part.iter().copied().chain([*d]).collect()).collect()
        };
        parts = parts.iter().flat_map(longer).collect();
    }
    parts
}

//! What each rule does to the zone, and which texts it blocks.

use super::exists::Seeker;
use super::inquiry::Inquiry;
use super::zones::{Drawn, Zone, zone};
use super::{PackageVerdict, RuleEffect};
use crate::game::RuleKind;
use rayon::prelude::*;

/// Each rule forced on and off, all others as drawn.
pub(super) fn effects(inquiry: &Inquiry, verdicts: &[PackageVerdict]) -> Vec<RuleEffect> {
    let atlas = &inquiry.atlas;
    let levels = atlas.levels.len();
    let rules = atlas.rules.len();
    // Per rule, per level: games with a zone while it binds, and while it is off.
    let zero = || vec![(0u64, 0u64); rules * levels];
    let hits = inquiry
        .draws
        .par_iter()
        .map_init(Seeker::default, |seeker, drawn| flips(inquiry, drawn, seeker))
        .fold(zero, |mut sum, flips| {
            sum.iter_mut().zip(flips).for_each(|(n, (bound, free))| {
                n.0 += u64::from(bound);
                n.1 += u64::from(free);
            });
            sum
        })
        .reduce(zero, |mut a, b| {
            a.iter_mut().zip(b).for_each(|(n, more)| {
                n.0 += more.0;
                n.1 += more.1;
            });
            a
        });
    atlas
        .rules
        .iter()
        .enumerate()
        .filter(|(_, rule)| !rule.by_definition)
        .map(|(at, rule)| {
            let own = hits.get(at * levels..(at + 1) * levels).unwrap_or(&[]);
            let blocks = verdicts.iter().filter(|v| v.crosses.contains(&rule.claim) || v.breaks.contains(&rule.claim));
            RuleEffect {
                claim: rule.claim.clone(),
                party: match rule.kind {
                    RuleKind::RedLine(party) => inquiry.parties.get(party).cloned(),
                    RuleKind::Linkage => None,
                },
                bound: own.iter().map(|n| inquiry.share_of_all(n.0)).collect(),
                free: own.iter().map(|n| inquiry.share_of_all(n.1)).collect(),
                blocks: blocks.map(|v| v.package.clone()).collect(),
            }
        })
        .collect()
}

/// One game: per rule and level, whether there is a zone while the rule binds and while it is off.
fn flips(inquiry: &Inquiry, drawn: &Drawn, seeker: &mut Seeker) -> Vec<(bool, bool)> {
    let atlas = &inquiry.atlas;
    let levels = atlas.levels.len();
    let breakable: Vec<Vec<u32>> = atlas.levels.iter().map(|l| l.diagram.breakable()).collect();
    // With no rule at all there is a zone if with any set of rules there is one.
    let off = vec![false; atlas.rules.len()];
    let at_most: Vec<Zone> =
        (0..levels).map(|level| zone(atlas, level, &drawn.stakes, &off, drawn.zones.get(level), &[], seeker)).collect();
    let mut flips = Vec::with_capacity(atlas.rules.len() * levels);
    for rule in 0..atlas.rules.len() {
        let binds = drawn.game.binding.get(rule).copied().unwrap_or(false);
        let mut flipped = drawn.game.binding.clone();
        if let Some(slot) = flipped.get_mut(rule) {
            *slot = !binds;
        }
        for level in 0..levels {
            let as_drawn = drawn.zones.get(level).is_some_and(Zone::open);
            let matters = breakable.get(level).is_some_and(|b| b.iter().any(|r| *r as usize == rule));
            // A rule more closes, a rule less opens: only one of the four cases has to be looked at.
            let other = if !matters || binds == as_drawn {
                as_drawn
            } else if binds && !at_most.get(level).is_some_and(Zone::open) {
                false
            } else {
                zone(atlas, level, &drawn.stakes, &flipped, drawn.zones.get(level), &[], seeker).open()
            };
            flips.push(if binds { (as_drawn, other) } else { (other, as_drawn) });
        }
    }
    flips
}

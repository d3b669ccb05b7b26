//! What each claim, each piece of evidence and the assumptions together do to the answer.

use super::Mover;
use super::exists::Seeker;
use super::inquiry::Inquiry;
use super::sweep::Stakes;
use super::zones::{Zone, binding_of, zones};
use crate::case::Claim;
use crate::game::Game;
use crate::lens::ShareOf;
use crate::lens::likelihood::word;
use indexmap::IndexMap;

/// Games per claim or piece of evidence left out, at the most and at the least.
const DRAWS_EACH: (usize, usize) = (200, 2_000);
/// Games drawn again in all, as far as the least allows: a case of many claims gets fewer for each.
const DRAWS_AGAIN: usize = 250_000;

/// How many games are drawn again for each of so many things left out: the first ones, the same for all.
pub(super) fn draws_each(things: usize) -> usize {
    (DRAWS_AGAIN / things.max(1)).clamp(DRAWS_EACH.0, DRAWS_EACH.1)
}
/// Games for the variance that comes from assumed numbers.
pub(super) const VARIANCE_DRAWS: usize = 1_000;

/// The share of the first games with a zone, per level.
pub(super) fn baseline(inquiry: &Inquiry, games: usize) -> Vec<ShareOf> {
    let first = inquiry.first(games);
    let open = |level: usize| {
        let open = |d: &&super::zones::Drawn| d.zones.get(level).is_some_and(Zone::open);
        inquiry.share(first.iter().filter(open).count() as u64, first.len() as u64)
    };
    (0..inquiry.atlas.levels.len()).map(open).collect()
}

/// Per level, games with a zone among others drawn at the same indices. Each is like the game drawn at
/// its index but for some claims (like the only game, where the case fits one only).
pub(super) fn recount(inquiry: &Inquiry, games: u64, draw: &dyn Fn(u64) -> Game) -> Vec<u64> {
    let mut seeker = Seeker::default();
    let mut hits = vec![0; inquiry.atlas.levels.len()];
    let mut like = inquiry.draws.iter();
    let mut near = like.next();
    for index in 0..games {
        let zones = again(inquiry, &draw(index), near.map_or(&[], |d| &d.zones), &mut seeker);
        hits.iter_mut().zip(&zones).for_each(|(n, zone)| *n += u64::from(zone.open()));
        near = like.next().or(near);
    }
    hits
}

/// The zones of a game that is like a drawn one but for some claims.
pub(super) fn again(inquiry: &Inquiry, game: &Game, near: &[Zone], seeker: &mut Seeker) -> Vec<Zone> {
    let stakes = Stakes::of(game, &inquiry.atlas.layout);
    let binding = binding_of(&inquiry.atlas.rules, game);
    zones(&inquiry.atlas, &stakes, &binding, Some(near), seeker)
}

/// A mover from the shares per level with everything and without something.
pub(super) fn mover(id: &str, before: &[ShareOf], without: Option<Vec<ShareOf>>) -> Mover {
    let mut largest = 0.0f64;
    let mut changes_word = false;
    for (before, after) in before.iter().zip(without.iter().flatten()) {
        largest = largest.max((after.share - before.share).abs());
        changes_word |= word(after.share) != word(before.share);
    }
    Mover { id: id.to_string(), without, largest: (largest * 1e6).round() / 1e6, changes_word }
}

/// The claims that go when a piece of evidence goes: those that had support and have none left,
/// neither other evidence nor a claim they are derived from that stays.
pub(super) fn hang_on(claims: &IndexMap<String, Claim>, evidence: &str) -> Vec<String> {
    let mut gone: Vec<String> = Vec::new();
    loop {
        let before = gone.len();
        for (id, claim) in claims {
            let grounds = &claim.grounds;
            let supported = !grounds.because.is_empty() || !grounds.from.is_empty();
            let evidence_left = grounds.because.iter().any(|e| e.as_str() != evidence);
            let claims_left = grounds.from.iter().any(|c| !gone.iter().any(|g| g == c.as_str()));
            if supported && !evidence_left && !claims_left && !gone.contains(id) {
                gone.push(id.clone());
            }
        }
        if gone.len() == before {
            return gone;
        }
    }
}

/// The share of a yes-or-no answer's variance that comes from inputs drawn anew (the total-order
/// estimator of Jansen 1999): pairs are the answers before and after.
pub(super) fn total_order(pairs: impl Iterator<Item = (bool, bool)>) -> f64 {
    let (mut n, mut hits, mut differ) = (0u64, 0u64, 0u64);
    for (before, after) in pairs {
        n += 1;
        hits += u64::from(before);
        differ += u64::from(before != after);
    }
    if n == 0 || hits == 0 || hits == n {
        return 0.0;
    }
    let share = hits as f64 / n as f64;
    let total = 0.5 * (differ as f64 / n as f64) / (share * (1.0 - share));
    (total.clamp(0.0, 1.0) * 1e6).round() / 1e6
}

//! Whether there is a zone at each level, draw by draw.

use super::atlas::Atlas;
use super::exists::{Answer, Ask, Seeker};
use super::sweep::Stakes;
use crate::game::{Game, Outcome, Rule};
use std::sync::Arc;

/// An outcome found in some draw, with what does not depend on the draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Witness {
    /// The outcome.
    pub(super) outcome: Outcome,
    /// The rules it breaks, whether or not they bind.
    pub(super) broken: Vec<u32>,
    /// The targets of the [`Atlas`] it belongs to.
    reaches: Vec<bool>,
}

impl Witness {
    pub(super) fn new(atlas: &Atlas, outcome: Outcome) -> Self {
        Witness { broken: atlas.broken(&outcome), reaches: atlas.reaches(&outcome), outcome }
    }

    /// Whether it is an agreement at a target.
    fn fits(&self, atlas: &Atlas, target: usize, binding: &[bool], stakes: &Stakes) -> bool {
        let binds = |r: &u32| binding.get(*r as usize).copied().unwrap_or(false);
        if !self.reaches.get(target).copied().unwrap_or(false) || self.broken.iter().any(binds) {
            return false;
        }
        let gains = stakes.gains(&atlas.layout, self.outcome.digits());
        gains.iter().all(|g| *g >= 0) && gains.iter().any(|g| *g > 0)
    }
}

/// Whether there is a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Zone {
    /// There is, with this agreement.
    Open(Arc<Witness>),
    /// There is none; the weighting that proves it, where one does.
    Shut(Option<Box<[i64]>>),
    /// A limit stopped the search.
    Unknown,
}

impl Zone {
    /// Whether an agreement was found.
    pub(super) fn open(&self) -> bool {
        matches!(self, Zone::Open(_))
    }
}

/// A game with what was found in it.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    /// The game.
    pub(super) game: Game,
    /// Its stakes.
    pub(super) stakes: Stakes,
    /// Per target of the [`Atlas`], whether there is a zone.
    pub(super) zones: Vec<Zone>,
}

impl Drawn {
    /// Looks for a zone at every level of a game.
    pub(super) fn of(atlas: &Atlas, game: Game, seeker: &mut Seeker) -> Self {
        let stakes = Stakes::of(&game, &atlas.layout);
        let zones = zones(atlas, &stakes, &game.binding, None, seeker);
        Drawn { game, stakes, zones }
    }
}

/// Whether there is a zone at each target, with these rules binding. `near` are the zones of a
/// similar game: its agreements and proofs are tried first.
pub(super) fn zones(
    atlas: &Atlas,
    stakes: &Stakes,
    binding: &[bool],
    near: Option<&[Zone]>,
    seeker: &mut Seeker,
) -> Vec<Zone> {
    let mut found: Vec<Zone> = Vec::with_capacity(atlas.targets());
    // From the highest level down: what reaches a higher level often reaches the lower ones too.
    for target in (0..atlas.targets()).rev() {
        let near = near.and_then(|n| n.get(target));
        let zone = zone(atlas, target, stakes, binding, near, &found, seeker);
        found.push(zone);
    }
    found.reverse();
    found
}

/// Whether there is a zone at one target. The agreements in `others` and `near` are tried first.
pub(super) fn zone(
    atlas: &Atlas,
    target: usize,
    stakes: &Stakes,
    binding: &[bool],
    near: Option<&Zone>,
    others: &[Zone],
    seeker: &mut Seeker,
) -> Zone {
    for known in near.into_iter().chain(others) {
        if let Zone::Open(witness) = known
            && witness.fits(atlas, target, binding, stakes)
        {
            return Zone::Open(witness.clone());
        }
    }
    let diagram = atlas.target(target);
    let proof = |z: &Zone| match z {
        Zone::Shut(Some(weights)) => Some(weights.clone()),
        _ => None,
    };
    let hint = near.and_then(proof).or_else(|| others.iter().rev().find_map(proof));
    let closed = diagram.closed(binding);
    let ask = Ask { diagram, closed: &closed, allowed: None, stakes };
    match seeker.exists(&atlas.layout, &ask, hint.as_deref()) {
        Answer::Yes(digits) => Zone::Open(Arc::new(Witness::new(atlas, Outcome::new(digits)))),
        Answer::No(proof) => Zone::Shut(proof),
        Answer::Unknown => Zone::Unknown,
    }
}

/// Which of `rules` bind in a game whose rules are a part of them: those the game lacks do not.
pub(super) fn binding_of(rules: &[Rule], game: &Game) -> Vec<bool> {
    let mut own = game.rules.iter().zip(&game.binding).peekable();
    rules
        .iter()
        .map(|rule| match own.peek() {
            Some((mine, binds)) if mine.claim == rule.claim => {
                let binds = **binds;
                own.next();
                binds
            }
            _ => false,
        })
        .collect()
}

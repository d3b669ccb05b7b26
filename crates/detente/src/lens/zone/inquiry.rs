//! A case's diagrams and its drawn games: what every part of the answer is computed from.

use super::atlas::Atlas;
use super::exists::Seeker;
use super::zones::Drawn;
use super::{RankedPackage, terms};
use crate::game::{Game, Outcome};
use crate::lens::ShareOf;
use rayon::prelude::*;

/// A case's diagrams and its drawn games.
#[derive(Debug)]
pub(super) struct Inquiry {
    /// The diagrams.
    pub(super) atlas: Atlas,
    /// The parties by id, in file order.
    pub(super) parties: Vec<String>,
    /// The games, by index, with the zones found in them.
    pub(super) draws: Vec<Drawn>,
    /// Whether the case fits one game only, so that shares are exact.
    pub(super) point: bool,
}

impl Inquiry {
    /// Draws the games and looks for a zone at every level of each. `done` is called after each.
    pub(super) fn of(
        atlas: Atlas,
        parties: Vec<String>,
        draws: u64,
        point: bool,
        draw: &(dyn Fn(u64) -> Game + Sync),
        done: &(dyn Fn() + Sync),
    ) -> Self {
        let drawn = (0..draws)
            .into_par_iter()
            .map_init(Seeker::default, |seeker, index| {
                let drawn = Drawn::of(&atlas, draw(index), seeker);
                done();
                drawn
            })
            .collect();
        Inquiry { atlas, parties, draws: drawn, point }
    }

    /// A share of games. With one game only there is nothing to estimate, so the interval is a point.
    pub(super) fn share(&self, hits: u64, draws: u64) -> ShareOf {
        let share = ShareOf::new(hits, draws);
        if self.point && draws > 0 { ShareOf { low: share.share, high: share.share, ..share } } else { share }
    }

    /// A share of all drawn games.
    pub(super) fn share_of_all(&self, hits: u64) -> ShareOf {
        self.share(hits, self.draws.len() as u64)
    }

    /// The first games, `most` at the most.
    pub(super) fn first(&self, most: usize) -> &[Drawn] {
        self.draws.get(..most).unwrap_or(&self.draws)
    }

    /// A package with the share of games in which it is an agreement and each party accepts it.
    pub(super) fn ranked(&self, outcome: &Outcome) -> RankedPackage {
        let broken = self.atlas.broken(outcome);
        let moved = outcome.digits() != self.atlas.layout.status_quo();
        let mut agreement = 0;
        let mut accepts = vec![0u64; self.parties.len()];
        for drawn in &self.draws {
            let game = &drawn.game;
            let binds = |r: &&u32| game.binding.get(**r as usize).copied().unwrap_or(false);
            let (mut all, mut some) = (moved && !broken.iter().any(|r| binds(&r)), false);
            for (at, (player, accepts)) in game.players.iter().zip(&mut accepts).enumerate() {
                let gain = player.utility(outcome) - player.fallback;
                let crossed = broken.iter().filter(binds).any(|r| self.atlas.whose(*r as usize) == Some(at));
                *accepts += u64::from(gain >= 0 && !crossed);
                if player.consents {
                    all &= gain >= 0;
                    some |= gain > 0;
                }
            }
            agreement += u64::from(all && some);
        }
        RankedPackage {
            terms: terms(&self.atlas.space, outcome),
            agreement: self.share_of_all(agreement),
            accepts: accepts.into_iter().map(|hits| self.share_of_all(hits)).collect(),
            level: self.atlas.level(outcome),
        }
    }
}

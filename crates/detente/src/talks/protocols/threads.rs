//! Tentative acceptance and unique offers, one of the generalised bargaining protocols (Mohammad 2023).

use super::draft::tells_and_ends;
use crate::game::Outcome;
use crate::talks::{Ask, Asked, Move, Moves, Protocol, Table};
use smallvec::SmallVec;
use std::collections::{BTreeMap, BTreeSet};

/// Every seat has a thread of its own. In a round every seat makes an offer in its thread, all at once, and then says of
/// the offers of the others which it accepts. An acceptance is tentative: it is kept, and counts later. A seat's offers
/// are all different until it repeats one; from then on its last offer stands and it makes no other. An outcome is agreed
/// once every seat has offered it, now or before, and every seat has accepted it in somebody else's thread. When all
/// repeat, the session ends without agreement, so that it lasts one round more than there are outcomes at most.
///
/// Where several outcomes come to be agreed in the same answers, it is the one offered in the thread of the seat that
/// comes first. NegMAS (`TAUMechanism`) breaks talks off when a seat goes back to an offer before its last one; here that
/// is a repetition as well.
#[derive(Debug, Clone, Default)]
pub struct Threads {
    /// The offer that stands in each thread.
    standing: Vec<Option<Outcome>>,
    /// All offers of each seat.
    offered: Vec<BTreeSet<Outcome>>,
    /// Who has accepted an outcome.
    accepted: BTreeMap<Outcome, BTreeSet<usize>>,
    /// Who has repeated an offer.
    repeats: Vec<bool>,
    /// Whether answers are asked for now.
    answering: bool,
}

impl Threads {
    /// The protocol.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The offers in the threads of others that a seat has not accepted yet, each once.
    fn open_to(&self, seat: usize) -> Vec<Outcome> {
        let mut out: Vec<Outcome> = Vec::new();
        for (at, offer) in self.standing.iter().enumerate() {
            let Some(offer) = offer.as_ref().filter(|_| at != seat) else { continue };
            let has = self.accepted.get(offer).is_some_and(|who| who.contains(&seat));
            if !has && !out.contains(offer) {
                out.push(offer.clone());
            }
        }
        out
    }

    fn agreed(&self, seats: usize) -> Option<&Outcome> {
        self.standing.iter().flatten().find(|offer| {
            self.offered.iter().all(|offers| offers.contains(offer))
                && self.accepted.get(offer).is_some_and(|who| who.len() == seats)
        })
    }

    fn hear(&mut self, seat: usize, offer: Outcome) {
        let new = self.offered.get_mut(seat).is_some_and(|offers| offers.insert(offer.clone()));
        if new {
            if let Some(at) = self.standing.get_mut(seat) {
                *at = Some(offer);
            }
        } else if let Some(repeats) = self.repeats.get_mut(seat) {
            *repeats = true;
        }
    }

    /// After the answers: an agreement, the end, or the next round.
    fn settle(&mut self, table: &mut Table) {
        self.answering = false;
        if let Some(outcome) = self.agreed(table.seats) {
            table.agree(outcome.clone());
        } else if !self.repeats.iter().all(|repeats| *repeats) {
            table.next_round();
        }
        // Else nobody is asked any more, and the session ends as refused.
    }
}

impl Protocol for Threads {
    fn name(&self) -> &'static str {
        "tau"
    }

    fn open(&self, seats: usize) -> Box<dyn Protocol> {
        Box::new(Threads {
            standing: vec![None; seats],
            offered: vec![BTreeSet::new(); seats],
            accepted: BTreeMap::new(),
            repeats: vec![false; seats],
            answering: false,
        })
    }

    fn asks(&self, table: &Table) -> Asked {
        if self.answering {
            let vote = |seat| Some((seat, self.open_to(seat))).filter(|(_, open)| !open.is_empty());
            return (0..table.seats).filter_map(vote).map(|(seat, open)| (seat, Ask::Vote(open))).collect();
        }
        let proposes = |seat: &usize| !self.repeats.get(*seat).copied().unwrap_or(true);
        (0..table.seats).filter(proposes).map(|seat| (seat, Ask::Propose)).collect()
    }

    fn take(&mut self, table: &mut Table, moves: Moves) {
        if tells_and_ends(table, &moves) {
            return;
        }
        if self.answering {
            let asked: SmallVec<[Vec<Outcome>; 4]> = moves.iter().map(|(seat, _)| self.open_to(*seat)).collect();
            for ((seat, what), open) in moves.into_iter().zip(asked) {
                let Move::Votes(votes) = what else { continue };
                for (offer, _) in open.into_iter().zip(votes).filter(|(_, vote)| vote.yes) {
                    self.accepted.entry(offer).or_default().insert(seat);
                }
            }
            return self.settle(table);
        }
        for (seat, what) in moves {
            if let Move::Offer(offer) = what {
                self.hear(seat, offer);
            }
        }
        self.answering = true;
        if (0..table.seats).all(|seat| self.open_to(seat).is_empty()) {
            self.settle(table);
        }
    }
}

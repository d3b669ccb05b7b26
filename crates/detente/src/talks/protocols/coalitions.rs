//! Multiple offers with partial consensus (Murukannaiah and Jonker 2022, *MOPaC*; in GeniusWeb).

use super::draft::pull;
use crate::game::Outcome;
use crate::talks::{Actor, Agreed, Ask, Asked, How, Illegal, Move, Moves, Protocol, Table, Vote, What};

/// What those who are still here are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Phase {
    #[default]
    Offering,
    Voting,
    OptingIn,
}

/// A round has three phases, in each of which all who are still here move at once. They make an offer each; they vote on
/// every offer, and a yes says with how many seats at least and at most, the voter among them, it would be bound; and,
/// having seen the votes, they vote again and may add yeses or widen the numbers, but take nothing back. Then the table
/// looks for the largest group, two seats or more, that all said yes to one offer and to a group of its size: that group
/// agrees on the offer and is gone, and the table looks again among the rest. Those who are left go on with the next
/// round; agreements hold whatever becomes of the rest.
///
/// Of groups of the same size, the offer of the seat that comes first counts; where more would make a group than it may
/// hold, chance decides who is in it. Every seat counts the same. A seat that leaves leaves for itself.
#[derive(Debug, Clone, Default)]
pub struct Coalitions {
    phase: Phase,
    /// Who has neither agreed nor left.
    here: Vec<bool>,
    /// The offers of this round.
    offers: Vec<Outcome>,
    /// The votes of this round: of which seat, one for each offer.
    votes: Vec<(usize, Vec<Vote>)>,
}

impl Coalitions {
    /// The protocol.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn present(&self) -> impl Iterator<Item = usize> + '_ {
        self.here.iter().enumerate().filter(|(_, here)| **here).map(|(seat, _)| seat)
    }

    fn gone(&mut self, seat: usize) {
        if let Some(here) = self.here.get_mut(seat) {
            *here = false;
        }
        self.votes.retain(|(at, _)| *at != seat);
    }

    /// Those who said yes to an offer in a group of so many.
    fn willing(&self, offer: usize, size: usize) -> Vec<usize> {
        let willing = |votes: &Vec<Vote>| {
            votes.get(offer).is_some_and(|v| {
                v.yes && usize::from(v.least) <= size && (v.most == u8::MAX || usize::from(v.most) >= size)
            })
        };
        self.votes.iter().filter(|(_, votes)| willing(votes)).map(|(seat, _)| *seat).collect()
    }

    /// The largest group and its offer.
    fn largest(&self) -> Option<(usize, usize, Vec<usize>)> {
        let sizes = (2..=self.votes.len()).rev();
        sizes
            .flat_map(|size| (0..self.offers.len()).map(move |offer| (size, offer)))
            .map(|(size, offer)| (size, offer, self.willing(offer, size)))
            .find(|(size, _, willing)| willing.len() >= *size)
    }

    fn form(&mut self, table: &mut Table) {
        while let Some((size, offer, mut willing)) = self.largest() {
            let Some(outcome) = self.offers.get(offer).cloned() else { return };
            while willing.len() > size {
                pull(table, &mut willing);
            }
            willing.sort_unstable();
            for seat in &willing {
                self.gone(*seat);
            }
            table.agree_apart(Agreed { seats: willing, outcome });
        }
        self.offers.clear();
        self.votes.clear();
        self.phase = Phase::Offering;
        if self.present().count() < 2 {
            table.fail(How::Refused);
        } else {
            table.next_round();
        }
    }

    /// Adds votes to those before: what was said stands.
    fn add(&mut self, seat: usize, votes: Vec<Vote>) {
        let Some((_, before)) = self.votes.iter_mut().find(|(at, _)| *at == seat) else {
            self.votes.push((seat, votes));
            return;
        };
        for (old, new) in before.iter_mut().zip(votes).filter(|(_, new)| new.yes) {
            *old = if old.yes {
                Vote { yes: true, least: old.least.min(new.least), most: old.most.max(new.most) }
            } else {
                new
            };
        }
    }
}

impl Protocol for Coalitions {
    fn name(&self) -> &'static str {
        "coalitions"
    }

    fn open(&self, seats: usize) -> Box<dyn Protocol> {
        Box::new(Coalitions { here: vec![true; seats], ..Self::default() })
    }

    fn asks(&self, _table: &Table) -> Asked {
        let ask = || if self.phase == Phase::Offering { Ask::Propose } else { Ask::Vote(self.offers.clone()) };
        self.present().map(|seat| (seat, ask())).collect()
    }

    fn check(&self, _table: &Table, _seat: usize, ask: &Ask, what: &Move) -> Result<(), Illegal> {
        crate::talks::protocol::plainly(ask, what)?;
        match what {
            Move::Votes(votes) if votes.iter().any(|vote| vote.yes && vote.least > vote.most) => {
                Err(Illegal("a yes names more seats at least than at most".to_string()))
            }
            _ => Ok(()),
        }
    }

    fn take(&mut self, table: &mut Table, moves: Moves) {
        let mut left = None;
        for (seat, what) in moves {
            table.tell(Actor::Seat(seat), What::Move(what.clone()));
            match what {
                Move::Offer(offer) => self.offers.push(offer),
                Move::Votes(votes) => self.add(seat, votes),
                Move::Leave => {
                    self.gone(seat);
                    left = left.or(Some(seat));
                }
                _ => {}
            }
        }
        if let Some(seat) = left.filter(|_| self.present().count() < 2) {
            return table.fail(How::Left(seat));
        }
        match self.phase {
            Phase::Offering => self.phase = Phase::Voting,
            Phase::Voting => self.phase = Phase::OptingIn,
            Phase::OptingIn => self.form(table),
        }
    }
}

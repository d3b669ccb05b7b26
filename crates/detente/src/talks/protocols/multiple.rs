//! Alternating multiple offers and majority consensus (Aydoğan, Festen, Hindriks and Jonker 2017; GENIUS).

use super::draft::tells_and_ends;
use crate::game::Outcome;
use crate::talks::{Ask, Asked, Illegal, Move, Moves, Protocol, Setting, Table};

/// When a proposal is the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// When all vote for it.
    Unanimity,
    /// When all vote for it, or, at the deadline, so many; `None`: more than half of the seats.
    Quota(Option<usize>),
}

/// Rounds of offers alternate with rounds of votes. In the first, third, … round every seat tables an offer, all at once;
/// in the second, fourth, … every seat votes on every offer, its own among them. An offer that all vote for is agreed, of
/// several the one of the seat that comes first. Under [`MultipleOffers::majority`] the table remembers the offer with
/// the most votes so far, the earliest of equals, and when the deadline comes that offer is the result for all seats,
/// those who voted against it included, if its votes meet the quota. Talks that break down or that a seat leaves end
/// without it.
///
/// As in GENIUS, offering and voting take a round of the clock each.
#[derive(Debug, Clone)]
pub struct MultipleOffers {
    rule: Rule,
    /// The offers on the table while they are voted on.
    tabled: Vec<Outcome>,
    /// The offer with the most votes so far, and how many.
    best: Option<(usize, Outcome)>,
}

impl MultipleOffers {
    /// Alternating multiple offers: only unanimity makes an agreement.
    #[must_use]
    pub fn unanimous() -> Self {
        MultipleOffers { rule: Rule::Unanimity, tabled: Vec::new(), best: None }
    }

    /// Majority consensus: at the deadline the offer with the most votes is the result if it has more than half of them.
    #[must_use]
    pub fn majority() -> Self {
        MultipleOffers { rule: Rule::Quota(None), ..Self::unanimous() }
    }

    /// Majority consensus with a quota: so many votes, at least 1.
    #[must_use]
    pub fn quota(votes: usize) -> Self {
        MultipleOffers { rule: Rule::Quota(Some(votes.max(1))), ..Self::unanimous() }
    }

    fn settle(&mut self, table: &mut Table, moves: &Moves) {
        let mut yes = vec![0; self.tabled.len()];
        for (_, what) in moves {
            let Move::Votes(votes) = what else { continue };
            for (count, vote) in yes.iter_mut().zip(votes) {
                *count += usize::from(vote.yes);
            }
        }
        let tabled = std::mem::take(&mut self.tabled);
        for (count, offer) in yes.into_iter().zip(tabled) {
            if count >= table.seats {
                return table.agree(offer);
            }
            if self.best.as_ref().is_none_or(|(most, _)| count > *most) {
                self.best = Some((count, offer));
            }
        }
    }

    /// Goes to the next round, or ends with the best offer so far where a quota is enough.
    fn pass_on(&mut self, table: &mut Table) {
        let quota = match self.rule {
            Rule::Quota(votes) if table.is_last() => votes.unwrap_or(table.seats / 2 + 1),
            _ => usize::MAX,
        };
        match self.best.take() {
            Some((votes, offer)) if votes >= quota => table.agree(offer),
            best => {
                self.best = best;
                table.next_round();
            }
        }
    }
}

impl Protocol for MultipleOffers {
    fn name(&self) -> &'static str {
        match self.rule {
            Rule::Unanimity => "amop",
            Rule::Quota(_) => "majority",
        }
    }

    fn text(&self) -> String {
        match self.rule {
            Rule::Quota(Some(votes)) => format!("majority(quota={votes})"),
            _ => self.name().to_string(),
        }
    }

    fn fits(&self, setting: &Setting) -> Result<(), Illegal> {
        match self.rule {
            Rule::Quota(Some(votes)) if votes > setting.seats => {
                Err(Illegal(format!("a quota of {votes} votes is more than there are seats")))
            }
            _ if setting.seats < 2 => Err(Illegal(format!("`{}` is for 2 seats or more", self.name()))),
            _ => Ok(()),
        }
    }

    fn open(&self, _seats: usize) -> Box<dyn Protocol> {
        Box::new(MultipleOffers { rule: self.rule, ..Self::unanimous() })
    }

    fn asks(&self, table: &Table) -> Asked {
        let ask = || if self.tabled.is_empty() { Ask::Propose } else { Ask::Vote(self.tabled.clone()) };
        (0..table.seats).map(|seat| (seat, ask())).collect()
    }

    fn take(&mut self, table: &mut Table, moves: Moves) {
        if tells_and_ends(table, &moves) {
            return;
        }
        if self.tabled.is_empty() {
            let offer = |(_, what)| if let Move::Offer(offer) = what { Some(offer) } else { None };
            self.tabled = moves.into_iter().filter_map(offer).collect();
        } else {
            self.settle(table, &moves);
        }
        if table.ending.is_none() {
            self.pass_on(table);
        }
    }
}

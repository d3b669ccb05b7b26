//! A mediator proposes and the parties vote (Aydoğan, Hindriks and Jonker 2014; GENIUS's simple mediator).

use super::draft::{changes, drawn, keeps, pull, tells_and_ends};
use crate::game::Outcome;
use crate::talks::{Ask, Asked, How, Move, Moves, Protocol, Table};
use std::collections::BTreeSet;

/// What the mediator proposes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Drafting {
    /// Packages it has not proposed before, by chance.
    Afresh,
    /// Once one has been accepted by all: that one with one issue changed, by chance.
    Flipping,
    /// The same, the issues taken in their order.
    InOrder,
}

/// The mediator puts a package on the table each round and all say yes or no to it, none seeing the others' answers
/// before. Under [`MediatorProposes::until_yes`] packages are drawn and none comes twice while others are left; the
/// first that all accept is agreed. Under [`MediatorProposes::flipping`] and [`MediatorProposes::flipping_in_order`] the
/// mediator goes on when all have accepted one: it takes the last package that all accepted, gives one issue another
/// value, and asks again; at the deadline the last package that all accepted is agreed. Talks that break down or that a
/// seat leaves end without agreement.
#[derive(Debug, Clone)]
pub struct MediatorProposes {
    drafting: Drafting,
    /// What is on the table.
    draft: Option<Outcome>,
    /// The last package that all accepted.
    accepted: Option<Outcome>,
    /// What has been proposed, where nothing is to come twice.
    tried: BTreeSet<Outcome>,
    /// The issue to change next, where they are taken in order.
    next: usize,
}

impl MediatorProposes {
    fn new(drafting: Drafting) -> Self {
        MediatorProposes { drafting, draft: None, accepted: None, tried: BTreeSet::new(), next: 0 }
    }

    /// Ends with the first package that all accept.
    #[must_use]
    pub fn until_yes() -> Self {
        Self::new(Drafting::Afresh)
    }

    /// Goes on from what all accepted, one issue changed by chance (GENIUS's random flipping mediator).
    #[must_use]
    pub fn flipping() -> Self {
        Self::new(Drafting::Flipping)
    }

    /// Goes on from what all accepted, the issues changed in their order (GENIUS's fixed order flipping mediator).
    #[must_use]
    pub fn flipping_in_order() -> Self {
        Self::new(Drafting::InOrder)
    }

    /// The package with one issue changed; `None` where no change keeps the rules.
    fn flipped(&mut self, table: &mut Table, from: &Outcome) -> Option<Outcome> {
        let issues = table.setting.space.issues.len();
        if self.drafting == Drafting::InOrder {
            for _ in 0..issues {
                let issue = self.next % issues.max(1);
                self.next = issue + 1;
                let size = table.setting.space.issues.get(issue).map_or(0, |i| i.values.len());
                let values = 0..u16::try_from(size).unwrap_or(u16::MAX);
                let mut others: Vec<u16> = values
                    .filter(|v| *v != from.digit(issue) && keeps(&table.setting, &from.with(issue, *v)))
                    .collect();
                if let Some(value) = pull(table, &mut others) {
                    return Some(from.with(issue, value));
                }
            }
            return None;
        }
        // An issue first and then a value, so that issues with many values are not changed more often.
        let all = changes(&table.setting, from);
        let mut issues: Vec<usize> = all.iter().map(|(issue, _)| *issue).collect();
        issues.dedup();
        let issue = pull(table, &mut issues)?;
        let mut values: Vec<u16> = all.iter().filter(|(i, _)| *i == issue).map(|(_, value)| *value).collect();
        pull(table, &mut values).map(|value| from.with(issue, value))
    }

    fn propose(&mut self, table: &mut Table) {
        self.draft = match self.accepted.clone() {
            Some(from) => self.flipped(table, &from),
            None => drawn(table, |outcome| !self.tried.contains(outcome)),
        };
        match &self.draft {
            Some(draft) => {
                table.draft(draft);
                if self.drafting == Drafting::Afresh {
                    self.tried.insert(draft.clone());
                }
            }
            None => self.close(table, How::Refused),
        }
    }

    /// Ends with what all accepted last, if anything.
    fn close(&mut self, table: &mut Table, otherwise: How) {
        match self.accepted.take() {
            Some(outcome) => table.agree(outcome),
            None => table.fail(otherwise),
        }
    }
}

impl Protocol for MediatorProposes {
    fn name(&self) -> &'static str {
        match self.drafting {
            Drafting::Afresh => "mediator",
            Drafting::Flipping => "mediator-flipping",
            Drafting::InOrder => "mediator-flipping-in-order",
        }
    }

    fn open(&self, _seats: usize) -> Box<dyn Protocol> {
        Box::new(Self::new(self.drafting))
    }

    fn begin(&mut self, table: &mut Table) {
        self.propose(table);
    }

    fn asks(&self, table: &Table) -> Asked {
        let Some(draft) = &self.draft else { return Asked::new() };
        (0..table.seats).map(|seat| (seat, Ask::Decide(draft.clone()))).collect()
    }

    fn take(&mut self, table: &mut Table, moves: Moves) {
        if tells_and_ends(table, &moves) {
            return;
        }
        if moves.iter().all(|(_, what)| *what == Move::Accept) {
            self.accepted = self.draft.take();
            if self.drafting == Drafting::Afresh {
                return self.close(table, How::Refused);
            }
        }
        if table.is_last() {
            self.close(table, How::Deadline);
        } else if table.next_round() {
            self.propose(table);
        }
    }
}

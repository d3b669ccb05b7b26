//! The one-text procedure (Fisher and Ury 1981, *Getting to Yes*; used at Camp David in 1978).

use super::draft::{as_it_is, drawn, keeps, tells_and_ends};
use crate::game::Outcome;
use crate::talks::{Ask, Asked, How, Illegal, Move, Moves, Protocol, Table};
use std::collections::{BTreeMap, BTreeSet};

/// The mediator puts a draft on the table and asks every seat what it would have otherwise in it, not whether it accepts
/// it. Out of the answers the mediator makes the next draft, and so on; in the last round, or before when nobody asks for
/// a change or every change asked for leads back to a draft that has been there, all say yes or no to one draft, and all
/// yeses make an agreement.
///
/// Fisher and Ury leave redrafting to the mediator's judgement. The one here changes one thing at a time, namely what is
/// asked for with most weight (the first wish of a seat weighs 6, the second 3, the third 2, any other 1), leading to a
/// draft that keeps the rules and has not been there; of equal weight, what comes from seats that have been granted least
/// so far; then chance decides. At the end it recommends the draft with which least was found wrong: the fewest wishes
/// in all, the latest of equals.
#[derive(Debug, Clone)]
pub struct OneText {
    /// Whether the first draft is the status quo.
    from_status_quo: bool,
    draft: Option<Outcome>,
    /// Whether the last question has come.
    closing: bool,
    /// Drafts that have been on the table.
    seen: BTreeSet<Outcome>,
    /// The draft with the fewest wishes so far, and how many.
    best: Option<(usize, Outcome)>,
    /// What has been granted to each seat, in weights.
    granted: Vec<u64>,
}

/// What a wish weighs, the first of a seat at 0.
fn weight(rank: usize) -> u64 {
    match rank {
        0 => 6,
        1 => 3,
        2 => 2,
        _ => 1,
    }
}

impl OneText {
    fn new(from_status_quo: bool) -> Self {
        OneText { from_status_quo, draft: None, closing: false, seen: BTreeSet::new(), best: None, granted: Vec::new() }
    }

    /// Begins with the status quo; with a drawn draft where the status quo breaks a rule. Where no status quo is known,
    /// the first value of every issue stands for it.
    #[must_use]
    pub fn from_status_quo() -> Self {
        Self::new(true)
    }

    /// Begins with a draft drawn by chance.
    #[must_use]
    pub fn drawn() -> Self {
        Self::new(false)
    }

    /// The next draft, made from wishes: seats with issues and values, the most important first.
    fn redrafted(
        &mut self,
        table: &mut Table,
        draft: &Outcome,
        wishes: &[(usize, Vec<(usize, u16)>)],
    ) -> Option<Outcome> {
        // For each change: its weight, what those who ask for it have been granted, and the weight of each of them.
        let mut asked: BTreeMap<(usize, u16), Vec<(usize, u64)>> = BTreeMap::new();
        for (seat, list) in wishes {
            for (rank, change) in list.iter().enumerate() {
                asked.entry(*change).or_default().push((*seat, weight(rank)));
            }
        }
        let key = |supporters: &Vec<(usize, u64)>| {
            let weight: u64 = supporters.iter().map(|(_, weight)| weight).sum();
            let granted: u64 = supporters.iter().filter_map(|(seat, _)| self.granted.get(*seat)).sum();
            (weight, std::cmp::Reverse(granted))
        };
        let fresh = asked.into_iter().filter_map(|((issue, value), supporters)| {
            let next = draft.with(issue, value);
            (keeps(&table.setting, &next) && !self.seen.contains(&next)).then_some((next, supporters))
        });
        let mut fresh: Vec<_> = fresh.map(|(next, supporters)| (key(&supporters), next, supporters)).collect();
        let most = fresh.iter().map(|(key, ..)| *key).max()?;
        fresh.retain(|(key, ..)| *key == most);
        // Chance is used where it decides something, and nowhere else.
        let at = if fresh.len() > 1 { table.chance.below(fresh.len() as u64) } else { 0 };
        let (_, next, supporters) = fresh.into_iter().nth(usize::try_from(at).unwrap_or(0))?;
        for (seat, weight) in supporters {
            if let Some(granted) = self.granted.get_mut(seat) {
                *granted += weight;
            }
        }
        Some(next)
    }

    fn put(&mut self, table: &mut Table, draft: Outcome) {
        table.draft(&draft);
        self.seen.insert(draft.clone());
        self.draft = Some(draft);
    }

    fn close(&mut self, table: &mut Table) {
        self.closing = true;
        if let Some(best) = self.best.take().map(|(_, outcome)| outcome).or_else(|| self.draft.take()) {
            self.put(table, best);
        }
    }
}

impl Protocol for OneText {
    fn name(&self) -> &'static str {
        if self.from_status_quo { "one-text" } else { "one-text-drawn" }
    }

    fn open(&self, seats: usize) -> Box<dyn Protocol> {
        Box::new(OneText { granted: vec![0; seats], ..Self::new(self.from_status_quo) })
    }

    fn begin(&mut self, table: &mut Table) {
        let first = if self.from_status_quo { as_it_is(table) } else { drawn(table, |_| true) };
        self.closing = table.is_last();
        match first {
            Some(first) => self.put(table, first),
            None => table.fail(How::Refused),
        }
    }

    fn asks(&self, table: &Table) -> Asked {
        let Some(draft) = &self.draft else { return Asked::new() };
        let ask = || if self.closing { Ask::Decide(draft.clone()) } else { Ask::Criticise(draft.clone()) };
        (0..table.seats).map(|seat| (seat, ask())).collect()
    }

    fn check(&self, table: &Table, _seat: usize, ask: &Ask, what: &Move) -> Result<(), Illegal> {
        crate::talks::protocol::plainly(ask, what)?;
        let issues = &table.setting.space.issues;
        let known = |(issue, value): &(usize, u16)| {
            issues.get(*issue).is_some_and(|issue| usize::from(*value) < issue.values.len())
        };
        match what {
            Move::Criticise(wishes) if wishes.len() > issues.len() || !wishes.iter().all(known) => {
                Err(Illegal("criticism names issues and values of the space, one per issue at most".to_string()))
            }
            _ => Ok(()),
        }
    }

    fn take(&mut self, table: &mut Table, moves: Moves) {
        if tells_and_ends(table, &moves) {
            return;
        }
        let Some(draft) = self.draft.clone() else { return table.fail(How::Refused) };
        if self.closing {
            let agreed = moves.iter().all(|(_, what)| *what == Move::Accept);
            return if agreed { table.agree(draft) } else { table.fail(How::Refused) };
        }
        let wishes = moves.into_iter().filter_map(|(seat, what)| match what {
            Move::Criticise(list) => Some((seat, list)),
            _ => None,
        });
        let mut wishes: Vec<(usize, Vec<(usize, u16)>)> = wishes.collect();
        for (_, list) in &mut wishes {
            list.retain(|(issue, value)| draft.digit(*issue) != *value);
        }
        let wrong = wishes.iter().map(|(_, list)| list.len()).sum();
        if self.best.as_ref().is_none_or(|(fewest, _)| wrong <= *fewest) {
            self.best = Some((wrong, draft.clone()));
        }
        if !table.next_round() {
            return;
        }
        let next = if table.is_last() { None } else { self.redrafted(table, &draft, &wishes) };
        match next {
            Some(next) => self.put(table, next),
            None => self.close(table),
        }
    }
}

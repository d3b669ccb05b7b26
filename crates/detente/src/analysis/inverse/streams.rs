//! Outcomes from the best downwards, one at a time, in spaces too large to sort.
//!
//! Every tail of the issues is a stream of partial outcomes in decreasing order, made by merging, over the values
//! of its first issue, the stream of the next tail: the recursive enumeration of Jiménez and Marzal (1999), of
//! the family of Lawler (1972). What was made once is kept.

use super::Stopped;
use super::columns::{Columns, Lexicographic};
use crate::game::Outcome;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

/// A partial outcome: a choice for its first issue, and a place in the stream of the rest.
type Entry = (i128, Reverse<u32>, Reverse<u32>);

/// The stream of one tail.
#[derive(Default)]
struct Tail {
    found: Vec<Entry>,
    next: BinaryHeap<Entry>,
}

/// The streams of all tails.
pub(super) struct Streams {
    columns: Arc<Columns>,
    tails: Vec<Tail>,
    /// Outcomes that the cap makes equal, in lexicographic order, which is not that of their sums.
    capped: Vec<Outcome>,
    more_capped: Option<Lexicographic>,
    /// Entries that may still be kept.
    left: usize,
    /// Whether the limit was hit: what was found stands, nothing is added.
    stopped: bool,
}

impl Streams {
    /// Streams that keep at most so many partial outcomes.
    pub(super) fn of(columns: Arc<Columns>, most: usize) -> Self {
        let mut tails: Vec<Tail> = Vec::new();
        for (at, column) in columns.choices.iter().enumerate() {
            let rest = columns.reach.get(at + 1).copied().unwrap_or(0);
            let entries = column.iter().zip(0u32..).map(|(c, pick)| (c.steps + rest, Reverse(pick), Reverse(0)));
            tails.push(Tail { found: Vec::new(), next: entries.collect() });
        }
        // After the last issue there is one way: nothing.
        tails.push(Tail { found: vec![(0, Reverse(0), Reverse(0))], next: BinaryHeap::new() });
        let more_capped = columns.ceiling.map(|_| Lexicographic::default());
        Streams { columns, tails, capped: Vec::new(), more_capped, left: most, stopped: false }
    }

    /// The steps and the outcome at a rank from 0 on; `None` past the last.
    pub(super) fn nth(&mut self, rank: usize) -> Result<Option<(i128, Outcome)>, Stopped> {
        if let Some(outcome) = self.nth_capped(rank)? {
            return Ok(Some((self.columns.top(), outcome)));
        }
        let Some(steps) = self.reach(0, rank)? else { return Ok(None) };
        let mut picks = Vec::with_capacity(self.columns.choices.len());
        let mut at = rank;
        for tail in self.tails.iter().take(self.columns.choices.len()) {
            // The rest of an entry is made when it is taken, unless the limit came between.
            let Some((_, Reverse(pick), Reverse(place))) = tail.found.get(at) else { return Err(Self::full()) };
            picks.push(*pick as usize);
            at = *place as usize;
        }
        Ok(Some((steps, self.columns.outcome(&picks))))
    }

    fn nth_capped(&mut self, rank: usize) -> Result<Option<Outcome>, Stopped> {
        let Some((ceiling, _)) = self.columns.ceiling else { return Ok(None) };
        while self.capped.len() <= rank {
            if self.more_capped.is_none() {
                return Ok(None);
            }
            self.spend()?;
            let Some(more) = self.more_capped.as_mut() else { return Ok(None) };
            let reach = &self.columns.reach;
            let fits = |level: usize, sum: i128| sum + reach.get(level).copied().unwrap_or(0) >= ceiling;
            match more.next(&self.columns, fits) {
                Some(outcome) => self.capped.push(outcome),
                None => self.more_capped = None,
            }
        }
        Ok(self.capped.get(rank).cloned())
    }

    fn spend(&mut self) -> Result<(), Stopped> {
        let left = self.left.checked_sub(1).filter(|_| !self.stopped);
        self.stopped = left.is_none();
        self.left = left.unwrap_or(0);
        if self.stopped { Err(Self::full()) } else { Ok(()) }
    }

    fn full() -> Stopped {
        Stopped::at("partial outcomes kept from the best downwards")
    }

    /// Makes the stream of a tail up to a place, and says how many steps are there.
    fn reach(&mut self, level: usize, place: usize) -> Result<Option<i128>, Stopped> {
        loop {
            let Some(tail) = self.tails.get(level) else { return Ok(None) };
            if let Some((steps, _, _)) = tail.found.get(place) {
                return Ok(Some(*steps));
            }
            // Once stopped, a stream without successors may only lack those that were not made.
            if tail.next.is_empty() && !self.stopped {
                return Ok(None);
            }
            self.spend()?;
            let Some(tail) = self.tails.get_mut(level) else { return Ok(None) };
            let Some(entry) = tail.next.pop() else { return Ok(None) };
            tail.found.push(entry);
            let (steps, Reverse(pick), Reverse(at)) = entry;
            // What this choice counts is the difference to the rest it came with.
            let rest = self.tails.get(level + 1).and_then(|t| t.found.get(at as usize)).map(|e| e.0);
            let rest = match rest {
                Some(rest) => rest,
                None => self.reach(level + 1, at as usize)?.unwrap_or(0),
            };
            // A successor that the limit keeps from being made is missed when the next entry is asked for.
            if let Ok(Some(after)) = self.reach(level + 1, at as usize + 1)
                && let Some(tail) = self.tails.get_mut(level)
            {
                tail.next.push((steps - rest + after, Reverse(pick), Reverse(at + 1)));
            }
        }
    }
}

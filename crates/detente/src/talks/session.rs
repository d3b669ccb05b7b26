//! A protocol being played.

use super::{Ask, Asked, Clock, Ending, Event, How, Illegal, Move, Moves, Protocol, Seat, Table, View, What};
use crate::game::{Formula, Outcome, Scenario, Space, Stream};
use smallvec::{SmallVec, smallvec};
use std::sync::Arc;

/// The lane of chance at the table; seats have their own.
pub(crate) const TABLE_LANE: u64 = u64::MAX;
/// Events that a log has room for from the start, at most.
const LOG: usize = 256;

/// What is negotiated, as everybody at the table knows it.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The outcome space.
    pub space: Arc<Space>,
    /// What every proposal keeps: rules that all know.
    pub rules: Arc<[Formula]>,
    /// How many sit at the table.
    pub seats: usize,
}

impl Setting {
    /// The setting of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let rules = scenario.rules.clone().into();
        Setting { space: scenario.space.clone(), rules, seats: scenario.parties.len() }
    }

    /// Why an outcome may not be proposed, if it may not.
    ///
    /// # Errors
    /// It is not of the space, or breaks a rule.
    pub fn check(&self, outcome: &Outcome) -> Result<(), Illegal> {
        let digits = outcome.digits();
        let fits = |(digit, issue): (&u16, &crate::game::Issue)| usize::from(*digit) < issue.values.len();
        if digits.len() != self.space.issues.len() || !digits.iter().zip(&self.space.issues).all(fits) {
            return Err(Illegal("the proposal is not one value for every issue".to_string()));
        }
        if !self.rules.iter().all(|rule| rule.holds(outcome)) {
            return Err(Illegal("the proposal breaks a rule that every agreement keeps".to_string()));
        }
        Ok(())
    }
}

/// A session: rules, and what has happened so far.
pub struct Session {
    protocol: Box<dyn Protocol>,
    table: Table,
    asked: Asked,
    /// Moves of those asked, as far as they are in, where several are.
    waiting: SmallVec<[Option<Move>; 2]>,
    /// Moves made by each seat.
    made: SmallVec<[u32; 8]>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("protocol", &self.protocol.name())
            .field("table", &self.table)
            .finish_non_exhaustive()
    }
}

impl Session {
    /// Opens session `index` of a seed. The same address gives the same chance.
    #[must_use]
    pub fn open(setting: &Setting, protocol: &dyn Protocol, clock: Clock, seed: u64, index: u64) -> Self {
        let seats = setting.seats;
        let expected = usize::try_from(clock.rounds).unwrap_or(LOG);
        let table = Table {
            setting: setting.clone(),
            seats,
            clock,
            round: 1,
            log: Vec::with_capacity(LOG.min(seats.saturating_mul(expected))),
            agreed: Vec::new(),
            ending: None,
            chance: Stream::new(seed, index, TABLE_LANE),
            floors: Vec::new(),
        };
        let mut session = Session {
            protocol: protocol.open(seats),
            table,
            asked: Asked::new(),
            waiting: SmallVec::new(),
            made: SmallVec::from_elem(0, seats),
        };
        match session.protocol.fits(&session.table.setting) {
            Ok(()) => session.protocol.begin(&mut session.table),
            Err(_) => session.table.fail(How::Refused),
        }
        session.ask();
        session
    }

    fn ask(&mut self) {
        self.asked.clear();
        self.waiting.clear();
        if self.table.ending.is_none() {
            self.asked = self.protocol.asks(&self.table);
            if self.asked.len() > 1 {
                self.waiting.resize(self.asked.len(), None);
            }
            let spent = |(seat, _): &(usize, Ask)| {
                let most = self.table.clock.moves.get(*seat).copied().flatten();
                most.is_some_and(|most| self.made.get(*seat).is_some_and(|made| *made >= most)).then_some(*seat)
            };
            if let Some(seat) = self.asked.iter().find_map(spent) {
                self.table.fail(How::Left(seat));
                self.asked.clear();
                self.waiting.clear();
            } else if self.asked.is_empty() {
                // Nobody can move any more, so it is over.
                self.table.fail(How::Refused);
            }
        }
    }

    /// Who is asked for what, those who have answered left out. Empty when the session has ended.
    pub fn asks(&self) -> impl Iterator<Item = (usize, &Ask)> {
        let waits = |(at, _): &(usize, &(usize, Ask))| self.waits(*at);
        self.asked.iter().enumerate().filter(waits).map(|(_, (seat, ask))| (*seat, ask))
    }

    /// Whether the move of one of those asked is not in yet.
    fn waits(&self, at: usize) -> bool {
        self.waiting.get(at).is_none_or(Option::is_none)
    }

    /// Whether a seat may do this now, and its position among those who are asked.
    ///
    /// # Errors
    /// Why not.
    pub(super) fn may(&self, seat: usize, what: &Move) -> Result<usize, Illegal> {
        if self.table.ending.is_some() {
            return Err(Illegal("the session is over".to_string()));
        }
        let waits = |(at, (asked, _)): (usize, &(usize, Ask))| *asked == seat && self.waits(at);
        let at = self.asked.iter().enumerate().position(waits);
        let Some(at) = at else { return Err(Illegal(format!("seat {seat} is not asked"))) };
        if let Some((_, ask)) = self.asked.get(at) {
            self.protocol.check(&self.table, seat, ask, what)?;
        }
        if let Move::Offer(outcome) = what {
            self.table.setting.check(outcome)?;
        }
        Ok(at)
    }

    /// Goes on although it had ended: with a clean table, in a later round, or in the next one. The log and the clock go
    /// on; the ending is taken back. The next round may end it again.
    pub(super) fn go_on(&mut self, protocol: &dyn Protocol, round: Option<u32>) {
        if self.table.log.last().is_some_and(|event| matches!(event.what, What::Ended(_))) {
            self.table.log.pop();
        }
        self.table.ending = None;
        self.table.agreed.clear();
        self.asked.clear();
        self.waiting.clear();
        match round {
            Some(round) => self.table.round = self.table.round.max(round),
            None if self.table.next_round() => {}
            None => return,
        }
        self.protocol = protocol.open(self.table.seats);
        self.protocol.begin(&mut self.table);
        self.ask();
    }

    /// Lets rounds pass in which nobody moves: the next move is made in this one.
    pub(super) fn skip_to(&mut self, round: u32) {
        self.table.round = self.table.round.max(round);
    }

    /// A seat moves. Where several are asked, nothing happens until the last of them has moved.
    ///
    /// # Errors
    /// When the move is not legal; the session stays as it was.
    pub fn step(&mut self, seat: usize, what: Move) -> Result<(), Illegal> {
        let at = self.may(seat, &what)?;
        if self.asked.len() == 1 {
            // The way of nearly every move, without a place to wait in.
            if let Some(made) = self.made.get_mut(seat) {
                *made = made.saturating_add(1);
            }
            self.protocol.take(&mut self.table, smallvec![(seat, what)]);
            self.ask();
            return Ok(());
        }
        if let Some(waiting) = self.waiting.get_mut(at) {
            *waiting = Some(what);
        }
        if let Some(made) = self.made.get_mut(seat) {
            *made = made.saturating_add(1);
        }
        if self.waiting.iter().all(Option::is_some) {
            let moves: Moves = self.asked.iter().map(|(seat, _)| *seat).zip(self.waiting.drain(..).flatten()).collect();
            self.protocol.take(&mut self.table, moves);
            self.ask();
        }
        Ok(())
    }

    /// Ends the session because a seat made a move that is not legal.
    pub fn breach(&mut self, seat: usize) {
        self.table.fail(How::Breach(seat));
        self.asked.clear();
        self.waiting.clear();
    }

    /// What is negotiated.
    #[must_use]
    pub fn setting(&self) -> &Setting {
        &self.table.setting
    }

    /// How it ended, if it did.
    #[must_use]
    pub fn ending(&self) -> Option<&Ending> {
        self.table.ending.as_ref()
    }

    /// What happened, in order.
    #[must_use]
    pub fn log(&self) -> &[Event] {
        &self.table.log
    }

    /// The table as all see it.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// Sets what no agreement is worth to a seat by now, in its own units.
    pub fn set_floor(&mut self, seat: usize, floor: Option<i128>) {
        if self.table.floors.len() <= seat {
            self.table.floors.resize(self.table.seats.max(seat + 1), None);
        }
        if let Some(at) = self.table.floors.get_mut(seat) {
            *at = floor;
        }
    }

    /// What a seat may see.
    #[must_use]
    pub fn view<'a>(&'a self, seat: &'a Seat) -> View<'a> {
        View::new(seat, &self.table)
    }
}

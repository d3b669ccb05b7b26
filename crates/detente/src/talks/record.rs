//! A session that is over, and its replay.

use super::{Actor, Clock, Ending, Event, Illegal, Move, Protocol, Session, Setting, What};
use serde::{Deserialize, Serialize};

/// A session that is over: how to open it again, what happened, how it ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The protocol: its name with its parameters.
    pub protocol: String,
    /// The clock.
    pub clock: Clock,
    /// The seed of its chance.
    pub seed: u64,
    /// Its number under that seed.
    pub index: u64,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// How it ended.
    pub ending: Ending,
}

impl Record {
    /// The record of a session that is over; `None` while it goes on.
    #[must_use]
    pub fn of(session: &Session, protocol: &dyn Protocol, seed: u64, index: u64) -> Option<Self> {
        Some(Record {
            protocol: protocol.text(),
            clock: session.table().clock.clone(),
            seed,
            index,
            events: session.log().to_vec(),
            ending: session.ending()?.clone(),
        })
    }
}

/// What replaying a record gave.
#[derive(Debug, Clone, PartialEq)]
pub enum Replayed {
    /// The same events and the same ending.
    Same,
    /// The events part ways at this position.
    Differs(usize),
    /// A move of the record is not legal.
    Illegal(usize, Illegal),
    /// The moves are over and the session is not.
    Unfinished,
}

/// Plays the moves of a record again and compares what happens.
#[must_use]
pub fn replay(record: &Record, setting: &Setting, protocol: &dyn Protocol) -> Replayed {
    let mut session = Session::open(setting, protocol, record.clock.clone(), record.seed, record.index);
    for (at, event) in record.events.iter().enumerate() {
        let (Actor::Seat(seat), What::Move(what)) = (event.by, &event.what) else { continue };
        if let Err(why) = session.step(seat, what.clone()) {
            // A breach is put down as the ending alone: the move itself was refused.
            return Replayed::Illegal(at, why);
        }
    }
    if let (None, super::How::Breach(seat)) = (session.ending(), record.ending.how) {
        session.breach(seat);
    }
    if session.ending().is_none() {
        return Replayed::Unfinished;
    }
    let parts = session.log().iter().zip(&record.events).position(|(a, b)| a != b);
    let short = session.log().len().min(record.events.len());
    match parts {
        Some(at) => Replayed::Differs(at),
        None if session.log().len() != record.events.len() => Replayed::Differs(short),
        None if session.ending() != Some(&record.ending) => Replayed::Differs(short),
        None => Replayed::Same,
    }
}

impl Move {
    /// Whether the move puts an outcome forward.
    #[must_use]
    pub fn is_offer(&self) -> bool {
        matches!(self, Move::Offer(_))
    }
}

//! Talks that are over, and their replay.

use super::{Circumstances, Close, Course, Entry, Happening, Who, Why};
use crate::talks::{Illegal, Move, Protocol, Seat, Setting};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Talks that are over: how to open them again, what happened, how they ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseRecord {
    /// The protocol inside, with its parameters.
    pub protocol: String,
    /// The seed of its chance.
    pub seed: u64,
    /// Its number under that seed.
    pub index: u64,
    /// What happened, in order.
    pub entries: Vec<Entry>,
    /// How it ended.
    pub close: Close,
}

impl CourseRecord {
    /// The record of talks that are over; `None` while they go on.
    #[must_use]
    pub fn of(course: &Course, (seed, index): (u64, u64)) -> Option<Self> {
        let close = course.close()?;
        Some(CourseRecord { protocol: course.protocol(), seed, index, entries: course.log().to_vec(), close })
    }
}

/// What replaying a record gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CourseReplayed {
    /// The same entries, and so the same ending.
    Same,
    /// The entries part ways at this position.
    Differs(usize),
    /// A move or an answer of the record is not legal.
    Illegal(usize, Illegal),
    /// The moves are over and the talks are not.
    Unfinished,
    /// The circumstances do not fit the table.
    Unfit(super::Unfit),
}

/// Takes the moves of delegations and the answers of principals from a record, and reproduces all the rest.
#[must_use]
pub fn replay(
    record: &CourseRecord,
    setting: &Setting,
    seats: &[Arc<Seat>],
    circumstances: Arc<Circumstances>,
    protocol: &dyn Protocol,
) -> CourseReplayed {
    let mut course = match Course::open(setting, seats, circumstances, protocol, (record.seed, record.index)) {
        Ok(course) => course,
        Err(unfit) => return CourseReplayed::Unfit(unfit),
    };
    for (at, entry) in record.entries.iter().enumerate() {
        let done = match (&entry.by, &entry.what) {
            (Who::Delegation(seat), Happening::Referred { outcome, first: true, .. }) => {
                course.step(*seat, Move::Offer(outcome.clone()))
            }
            (Who::Delegation(seat), Happening::Moved { made, instead_of, after_answer: false, .. }) => {
                let wanted = instead_of.as_ref().map_or(made, |(wanted, _)| wanted);
                course.step(*seat, wanted.clone())
            }
            (Who::Principal(seat), Happening::Answered(answer)) => course.answer(*seat, *answer),
            _ => continue,
        };
        if let Err(why) = done {
            return CourseReplayed::Illegal(at, why);
        }
    }
    if let (None, Close::Partial(Why::Breach(seat)) | Close::Nothing(Why::Breach(seat))) =
        (course.close(), record.close)
    {
        // A breach is put down as the ending alone: the move itself was refused.
        course.breach(seat);
    }
    if course.close().is_none() {
        return CourseReplayed::Unfinished;
    }
    let short = course.log().len().min(record.entries.len());
    match course.log().iter().zip(&record.entries).position(|(a, b)| a != b) {
        Some(at) => CourseReplayed::Differs(at),
        None if course.log().len() != record.entries.len() => CourseReplayed::Differs(short),
        None => CourseReplayed::Same,
    }
}

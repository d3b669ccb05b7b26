//! Talks that are over, and their replay.

use super::{Answer, Circumstances, Close, Course, Entry, Unfit};
use crate::talks::{Illegal, Move, Protocol, Seat, Setting};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What came from outside while the talks were held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Input {
    /// What a delegation wanted to do.
    Move(usize, Move),
    /// What a principal answered.
    Answer(usize, Answer),
    /// A seat made a move that is not legal, and the talks were ended.
    Breach(usize),
}

/// Talks that are over: how to open them again, what came from outside, what happened, how they ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseRecord {
    /// The protocol inside, with its parameters.
    pub protocol: String,
    /// The seed of its chance.
    pub seed: u64,
    /// Its number under that seed.
    pub index: u64,
    /// What delegations wanted to do and principals answered, in the order in which it came. Where several are asked at
    /// once, nothing of it is in `entries` before all have moved.
    pub inputs: Vec<Input>,
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
        let inputs = course.inputs().to_vec();
        Some(CourseRecord { protocol: course.protocol(), seed, index, inputs, entries: course.log().to_vec(), close })
    }
}

/// What replaying a record gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CourseReplayed {
    /// The same entries, and so the same ending.
    Same,
    /// The entries part ways at this position.
    Differs(usize),
    /// The move or the answer at this position among the inputs is not legal.
    Illegal(usize, Illegal),
    /// The inputs are over and the talks are not.
    Unfinished,
    /// The circumstances do not fit the table.
    Unfit(Unfit),
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
    for (at, input) in record.inputs.iter().enumerate() {
        let done = match input {
            Input::Move(seat, what) => course.step(*seat, what.clone()),
            Input::Answer(seat, answer) => course.answer(*seat, *answer),
            Input::Breach(seat) => {
                course.breach(*seat);
                Ok(())
            }
        };
        if let Err(why) = done {
            return CourseReplayed::Illegal(at, why);
        }
    }
    if course.close().is_none() {
        return CourseReplayed::Unfinished;
    }
    let short = course.log().len().min(record.entries.len());
    match course.log().iter().zip(&record.entries).position(|(a, b)| a != b) {
        Some(at) => CourseReplayed::Differs(at),
        None if course.log().len() != record.entries.len() => CourseReplayed::Differs(short),
        None if course.close() != Some(record.close) => CourseReplayed::Differs(short),
        None => CourseReplayed::Same,
    }
}

//! What parties and others do of their own accord, and what they put first: whether an agreement would hold.

use crate::case::condition::Condition;
use crate::case::decode::record;
use crate::case::model::grounds::Grounds;
use crate::case::model::substance::ValueList;
use crate::case::scalars::{Name, Share};

record! {
    /// Something that one party or actor does or leaves undone, whatever is agreed: it moves it alone.
    pub struct Conduct {
        /// Short name, for tables; without it, the id.
        name: Option<String>,
        /// The question it answers.
        question: Option<String>,
        /// The possible answers: a list of names, or names with what they mean.
        values: ValueList,
        /// The answer as things are now.
        status_quo: Name,
        /// The party or actor that moves it.
        held_by: Name,
        /// Whether it moves only forward in the list of values, never back. Without it: no.
        irreversible: Option<bool>,
        /// Anything else.
        note: Option<String>,
    }
}

record! {
    /// A state of affairs that makes no sense, among the conduct of all and what is agreed.
    pub struct Infeasible {
        ..grounds: Grounds,
        /// The states that cannot be.
        when: Condition,
        /// Why not, in words.
        says: Option<String>,
    }
}

record! {
    /// What a party or actor would rather have, said as a condition. Statements stand from the most to the least
    /// important: of two states, it prefers the one that meets the first statement on which they differ.
    pub struct Priority {
        ..grounds: Grounds,
        /// Whose priority: a party or actor that holds something.
        of: Name,
        /// What it would rather have so than not.
        holds: Condition,
        /// Its place, 1 the most important; statements of one tier in an order that nobody knows. Without it: after the
        /// one before.
        tier: Option<u32>,
        /// The probability that the statement is a priority at all, a point or a range. Without it: 1.
        firmness: Option<Share>,
        /// The statement in words.
        says: Option<String>,
    }
}

//! What goes on around the talks: the conflict meanwhile, history, signals, odds in words.

use crate::case::condition::Condition;
use crate::case::decode::{record, words};
use crate::case::model::grounds::Grounds;
use crate::case::model::talks::Shock;
use crate::case::scalars::{Name, Range, Share, When};
use indexmap::IndexMap;

words! {
    /// Which way a state of the conflict is going.
    pub enum Trend {
        /// Getting worse or more.
        Rising = "rising",
        /// Staying.
        Steady = "steady",
        /// Getting better or less.
        Falling = "falling",
    }
}

record! {
    /// The conflict that goes on while people talk, and what no-deal means because of it.
    pub struct Meanwhile {
        /// In a sentence.
        says: Option<String>,
        /// Quantities and qualities of the conflict, by name.
        state: IndexMap<String, StateFact>,
        /// What going on without an agreement costs each party.
        cost: Vec<Cost>,
        /// How the status quo moves without an agreement.
        drift: Vec<Drift>,
        /// Escalations and shocks that may come while one talks.
        shocks: Vec<Shock>,
    }
}

record! {
    /// One quantity or quality of the conflict.
    pub struct StateFact {
        ..grounds: Grounds,
        /// What it is.
        name: Option<String>,
        /// How much, as a point or a range.
        value: Option<Range>,
        /// The unit ("share of the territory", "people").
        unit: Option<String>,
        /// What it is like, where it is not a number.
        says: Option<String>,
        /// Which way it goes.
        trend: Option<Trend>,
        /// When it was so.
        date: Option<When>,
    }
}

record! {
    /// What going on without an agreement costs a party.
    pub struct Cost {
        ..grounds: Grounds,
        /// The party.
        party: Name,
        /// How much, 0 to 1 of the distance between the party's worst and best outcome.
        amount: Share,
        /// What would end it, in values of one issue. Without it, any agreement does.
        ends_when: Option<Condition>,
    }
}

record! {
    /// A chance that the status quo of an issue becomes another while there is no agreement on it.
    pub struct Drift {
        ..grounds: Grounds,
        /// The issue.
        issue: Name,
        /// The value it would move to.
        to: Name,
        /// The probability, 0 to 1.
        chance: Share,
    }
}

record! {
    /// An earlier process or event that bears on this one.
    pub struct History {
        ..grounds: Grounds,
        /// What it was.
        name: String,
        /// When, or when it began.
        date: Option<When>,
        /// When it ended.
        until: Option<When>,
        /// What came out of it.
        outcome: Option<String>,
        /// Anything else.
        note: Option<String>,
    }
}

record! {
    /// A sign of how things stand that is not a number: trust, mood, readiness to move.
    pub struct Signal {
        ..grounds: Grounds,
        /// What it is a sign of ("trust", "movement").
        of: String,
        /// What it says, in the analyst's words.
        says: String,
        /// Whom it is about, an actor or party.
        about: Option<Name>,
        /// When.
        date: Option<When>,
    }
}

record! {
    /// A likelihood that a source puts in words.
    pub struct Odds {
        ..grounds: Grounds,
        /// Of what.
        of: String,
        /// The words.
        words: String,
        /// How they were read, 0 to 1.
        range: Option<Share>,
    }
}

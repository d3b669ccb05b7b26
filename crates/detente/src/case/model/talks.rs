//! How the talks would be held: meetings ahead, how parties concede, what may happen on the way.

use crate::case::condition::Condition;
use crate::case::decode::{Definitions, FromNode, Reader, record, words};
use crate::case::model::grounds::Grounds;
use crate::case::scalars::{Name, Range, Share};
use crate::case::tree::Node;
use crate::text::{Code, Diagnostic};
use serde_json::Value as Json;

/// A range of numbers from 0 up: a point, a range or a triangular distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Magnitude(pub Range);

/// The most that a number of meetings, of offers or an exponent may be.
const MOST: f64 = 1000.0;

impl FromNode for Magnitude {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let range = Range::from_node(node, reader)?;
        if range.low < 0.0 || range.high > MOST {
            reader.diagnostics.push(
                Diagnostic::new(Code::BadRange, format!("this lies between 0 and {MOST}"))
                    .at(node.at, format!("{range} does not")),
            );
            return None;
        }
        Some(Magnitude(range))
    }
    fn schema(definitions: &mut Definitions) -> Json {
        Range::schema(definitions)
    }
}

/// A range within -1 and 1: a change of a share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change(pub Range);

impl FromNode for Change {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let range = Range::from_node(node, reader)?;
        if range.low < -1.0 || range.high > 1.0 {
            reader.diagnostics.push(
                Diagnostic::new(Code::BadRange, "this lies between -1 and 1")
                    .at(node.at, format!("{range} does not"))
                    .hint("20 % less is written -0.2"),
            );
            return None;
        }
        Some(Change(range))
    }
    fn schema(definitions: &mut Definitions) -> Json {
        Range::schema(definitions)
    }
}

record! {
    /// How the talks ahead would be held. What is left out is not played, or played as its key says.
    pub struct Talks {
        /// How many meetings are ahead.
        meetings: Option<Amount>,
        /// How many offers each party makes in a meeting.
        offers: Option<Amount>,
        /// Days between two meetings. Shown beside the number of meetings; nothing else hangs on it.
        recess: Option<Amount>,
        /// The chance that the talks break off after a meeting, whatever is on the table.
        breakdown: Option<Chance>,
        /// Whether parts are signed on the way. Without it: an agreement on any part may be signed.
        signing: Option<Signing>,
        /// How the parties give way.
        concedes: Vec<Concession>,
        /// What giving way in front of an audience costs.
        audience: Vec<Audience>,
        /// How principals answer what their delegations refer to them.
        answers: Vec<Answer>,
        /// What may happen on other tracks.
        happens: Vec<Happening>,
        /// Who may undo what was signed.
        spoilers: Vec<Spoiler>,
    }
}

record! {
    /// A number with its grounds.
    pub struct Amount {
        ..grounds: Grounds,
        /// The number, a point or a range.
        value: Magnitude,
    }
}

record! {
    /// A probability with its grounds.
    pub struct Chance {
        ..grounds: Grounds,
        /// The probability, 0 to 1, a point or a range.
        value: Share,
    }
}

words! {
    /// What may be signed.
    pub enum Signed {
        /// A part is signed as soon as all agree on it, and the talks go on about the rest.
        Parts = "parts",
        /// A part is initialled and stands on the table, and nothing is agreed until everything is agreed.
        Initialled = "initialled",
        /// No parts: the first package that all accept is the agreement.
        Whole = "whole",
    }
}

record! {
    /// Whether parts are signed on the way.
    pub struct Signing {
        ..grounds: Grounds,
        /// What may be signed.
        of: Signed,
    }
}

record! {
    /// How a party gives way from meeting to meeting. Either `e`, or `strategies`, of which one is drawn.
    pub struct Concession {
        ..grounds: Grounds,
        /// The party.
        party: Name,
        /// The exponent of Faratin's polynomial: below 1 it holds out to the end, 1 gives way evenly, above 1 gives way
        /// early; 0 never does.
        e: Option<Magnitude>,
        /// Strategies as they are written on the command line, each as likely as the others.
        strategies: Vec<String>,
    }
}

record! {
    /// What it costs a party to give way in public.
    pub struct Audience {
        ..grounds: Grounds,
        /// The party.
        party: Name,
        /// Which share of what it gives up in a meeting before the press it pays for, 0 to 1; less where the meeting is
        /// less public.
        cost: Share,
    }
}

record! {
    /// How a principal answers what its delegation refers to it. Whether it approves follows from its preferences.
    pub struct Answer {
        ..grounds: Grounds,
        /// The party.
        party: Name,
        /// Meetings until the answer comes; 0: at once.
        delay: Option<Magnitude>,
        /// The chance that an approval widens the mandate, so that the like need not be referred again.
        extends: Option<Share>,
        /// The chance that the principal recalls the delegation when it refuses: the talks are over.
        recalls: Option<Share>,
    }
}

record! {
    /// Something that may happen on another track, at any meeting.
    pub struct Happening {
        ..grounds: Grounds,
        /// The step that happens.
        step: Name,
        /// The chance that it happens between one meeting and the next, while it has not.
        chance: Share,
    }
}

record! {
    /// Somebody who may undo what was signed.
    pub struct Spoiler {
        ..grounds: Grounds,
        /// Who, an actor or party; without it, nobody in particular.
        by: Option<Name>,
        /// Which agreements it acts against; without it, all.
        when: Option<Condition>,
        /// The chance that it undoes one of them.
        chance: Share,
        /// What it does, in words.
        says: Option<String>,
    }
}

words! {
    /// What a lever moves.
    pub enum Moves {
        /// What going on without an agreement costs.
        Cost = "cost",
        /// What no agreement is worth.
        Fallback = "fallback",
    }
}

record! {
    /// What pressure does to a party.
    pub struct Effect {
        ..grounds: Grounds,
        /// The party that feels it.
        on: Name,
        /// What it moves.
        moves: Moves,
        /// By how much, as a share of the distance between the party's worst and best outcome; below 0 takes away.
        by: Change,
        /// While this holds of what is agreed so far; without it, always.
        when: Option<Condition>,
    }
}

record! {
    /// An escalation or a shock that the conflict may bring from one meeting to the next.
    pub struct Shock {
        ..grounds: Grounds,
        /// What happens, in a few words.
        name: String,
        /// The chance that it happens between one meeting and the next.
        chance: Share,
        /// Who bears it, parties.
        on: Vec<Name>,
        /// What it costs each of them, 0 to 1 of the distance between its worst and best outcome.
        cost: Share,
    }
}

//! How it is negotiated: tracks, rounds, steps and the order demanded of them, statements, pressure.

use crate::case::condition::Condition;
use crate::case::decode::{Definitions, FromNode, Reader, record, words};
use crate::case::model::grounds::Grounds;
use crate::case::model::talks::Effect;
use crate::case::scalars::{Name, When};
use crate::case::tree::Node;
use serde_json::Value as Json;

words! {
    /// How open a meeting is.
    pub enum Publicity {
        /// The press watches.
        High = "high",
        /// A statement afterwards.
        Medium = "medium",
        /// Confidential.
        Low = "low",
    }
}

record! {
    /// A line of contact: the main table, a summit on the side, consultations with allies.
    pub struct Track {
        ..grounds: Grounds,
        /// Name.
        name: String,
        /// Who meets, actors.
        between: Vec<Name>,
        /// Its state ("possible", "under way", "broken off").
        status: Option<String>,
        /// Anything else.
        note: Option<String>,
    }
}

record! {
    /// A meeting on a track.
    pub struct Round {
        ..grounds: Grounds,
        /// Name ("First round").
        name: Option<String>,
        /// The track; without it, the first track of the case.
        track: Option<Name>,
        /// Its number on the track.
        number: Option<u32>,
        /// When.
        date: Option<When>,
        /// City or country.
        venue: Option<String>,
        /// House or hall.
        site: Option<String>,
        /// Who gives the place, an actor.
        host: Option<Name>,
        /// How they meet ("direct, in person", "proximity", "shuttle", "online").
        format: Option<String>,
        /// How open it is.
        publicity: Option<Publicity>,
        /// Level of the delegations.
        level: Option<String>,
        /// What it is meant to do.
        objective: Option<String>,
        /// What came out of it, if it is over.
        result: Option<String>,
        /// Length, if known ("about two hours").
        duration: Option<String>,
    }
}

record! {
    /// Something that happens on the way: a state of the issues reached, or an event elsewhere.
    pub struct Step {
        /// What happens, in a few words.
        name: String,
        /// The state of the issues that it brings about, where it is one.
        reaches: Option<Condition>,
        /// Who has to take it, actors or parties.
        by: Vec<Name>,
        /// The track it happens on; without it, the main one.
        track: Option<Name>,
        /// A smaller first part of it that could be done alone, as a state of the issues or in words.
        partial: Option<String>,
        /// The agreements that count as it when talks are played, where it reaches no state of the issues itself: while
        /// something else has to come first, none of these is agreed.
        counts_as: Option<Condition>,
        /// Anything else.
        note: Option<String>,
    }
}

words! {
    /// How strongly an order of steps is demanded.
    pub enum Strength {
        /// Not without it.
        Necessary = "necessary",
        /// No movement to speak of without it.
        Vital = "vital",
        /// Rather so.
        Preferred = "preferred",
        /// Hinted at.
        Hinted = "hinted",
    }
}

/// A step named by its id, or a state of the issues written as a condition.
#[derive(Debug, Clone)]
pub enum StepRef {
    /// The id of a step.
    Named(Name),
    /// A state of the issues.
    State(Condition),
}

impl FromNode for StepRef {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let name = Name::from_node(node, reader)?;
        if crate::case::decode::is_name(&name.text) {
            return Some(StepRef::Named(name));
        }
        Condition::from_node(node, reader).map(StepRef::State)
    }
    fn schema(definitions: &mut Definitions) -> Json {
        Name::schema(definitions)
    }
}

record! {
    /// A demand on the order of steps: the first has to come before the second.
    pub struct Precondition {
        ..grounds: Grounds,
        /// Who demands it: a party, an actor, or a law named as an actor.
        claimed_by: Name,
        /// What has to come first: a step, or a state of the issues.
        first: StepRef,
        /// What may only come after it.
        before: StepRef,
        /// How strongly.
        strength: Option<Strength>,
        /// The demand in words.
        says: Option<String>,
    }
}

words! {
    /// What saying it does.
    pub enum Act {
        /// Blames.
        Accuse = "accuse",
        /// Condemns.
        Condemn = "condemn",
        /// Praises or welcomes.
        Welcome = "welcome",
        /// Insists.
        Insist = "insist",
        /// Rules out.
        RuleOut = "rule-out",
        /// Demands.
        Demand = "demand",
        /// Asks for.
        Request = "request",
        /// Offers.
        Offer = "offer",
        /// Accepts.
        Accept = "accept",
        /// Rejects.
        Reject = "reject",
        /// Promises.
        Commit = "commit",
        /// Threatens.
        Threaten = "threaten",
        /// Hints.
        Hint = "hint",
        /// Describes.
        Describe = "describe",
    }
}

record! {
    /// Something somebody said or did in words, attributed.
    pub struct Statement {
        ..grounds: Grounds,
        /// Who, an actor.
        by: Name,
        /// What saying it did.
        act: Act,
        /// To or about whom, an actor.
        to: Option<Name>,
        /// What was said, in the analyst's words.
        says: String,
        /// When.
        date: Option<When>,
        /// Whether the quote is of the speaker's own words or a report of them.
        verbatim: Option<bool>,
    }
}

words! {
    /// How strong something is.
    pub enum Degree {
        /// High.
        High = "high",
        /// Medium.
        Medium = "medium",
        /// Low.
        Low = "low",
    }
}

record! {
    /// Somebody pressing a party.
    pub struct Pressure {
        ..grounds: Grounds,
        /// Who presses, an actor.
        by: Name,
        /// Who is pressed, parties or actors.
        on: Vec<Name>,
        /// With what ("sanctions", "arms supplies", "diplomacy").
        instrument: String,
        /// How strongly.
        strength: Option<Degree>,
        /// On what it depends, in words.
        conditional: Option<String>,
        /// What it does to those pressed, as numbers. Without it, it is shown and not computed with.
        effects: Vec<Effect>,
        /// When.
        date: Option<When>,
    }
}

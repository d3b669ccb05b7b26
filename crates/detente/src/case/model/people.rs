//! Actors, parties, and who speaks and signs for whom.

use crate::case::condition::Condition;
use crate::case::decode::{record, words};
use crate::case::model::grounds::Grounds;
use crate::case::model::substance::{Refusal, Want};
use crate::case::model::talks::Chance;
use crate::case::scalars::{Name, Range};

words! {
    /// What kind of actor it is.
    pub enum ActorKind {
        /// A state.
        State = "state",
        /// A person, in a public role.
        Person = "person",
        /// An organisation, a company, a union, an office.
        Organisation = "organisation",
        /// A group of states or organisations.
        Group = "group",
        /// A public: the people of a country or a place.
        Public = "public",
        /// A law or a treaty, as far as it demands something.
        Law = "law",
    }
}

words! {
    /// What an actor does in the process.
    pub enum RoleKind {
        /// Negotiates for itself or is negotiated for.
        Party = "party",
        /// Decides for a party.
        Principal = "principal",
        /// Leads a delegation.
        Head = "head",
        /// Sits in a delegation.
        Member = "member",
        /// Advises a principal or a delegation.
        Adviser = "adviser",
        /// Gives the talks a place.
        Host = "host",
        /// Carries proposals, drafts, persuades.
        Mediator = "mediator",
        /// Would stand behind an agreement.
        Guarantor = "guarantor",
        /// Presses a party.
        Pressurer = "pressurer",
        /// Supports a party.
        Ally = "ally",
        /// Says what it thinks of it.
        Commentator = "commentator",
        /// Watches.
        Audience = "audience",
    }
}

record! {
    /// Somebody or some body that the case speaks of.
    pub struct Actor {
        /// Full name.
        name: String,
        /// What kind of actor.
        kind: Option<ActorKind>,
        /// Other names it goes by in the sources.
        aliases: Vec<String>,
        /// The actor it belongs to (a person to a state, say).
        of: Option<Name>,
        /// Public office or function.
        office: Option<String>,
        /// What it does in the process.
        roles: Vec<Role>,
        /// Anything else.
        note: Option<String>,
    }
}

record! {
    /// What an actor does, where and when.
    pub struct Role {
        ..grounds: Grounds,
        /// The role.
        role: RoleKind,
        /// For which party, where that is not plain.
        party: Option<Name>,
        /// On which track; without it, everywhere.
        track: Option<Name>,
        /// In which round; without it, in all.
        round: Option<Name>,
        /// Anything else.
        note: Option<String>,
    }
}

record! {
    /// A party to the negotiation.
    pub struct Party {
        /// Name; without it, the name of the actor.
        name: Option<String>,
        /// The actor it is; without it, the actor with the same id, if there is one.
        actor: Option<Name>,
        /// Who decides.
        principal: Option<Principal>,
        /// Who sits at the table, and what they may do.
        delegation: Option<Delegation>,
        /// What the party is said to want: statements on its preferences, never invented points.
        wants: Vec<Want>,
        /// Red lines: what it is said to refuse whatever else is offered.
        refuses: Vec<Refusal>,
        /// What the party can have without an agreement, as a share of its best outcome, where that is known as a number.
        reservation: Option<Reservation>,
        /// What has to happen at home after signing.
        ratification: Vec<Ratification>,
    }
}

record! {
    /// A reservation value given as a number.
    pub struct Reservation {
        ..grounds: Grounds,
        /// The number, 0 to 1 on the scale of the party's own utility.
        value: Range,
    }
}

record! {
    /// Who decides for a party.
    pub struct Principal {
        ..grounds: Grounds,
        /// The actor.
        actor: Option<Name>,
        /// Name, where it is not an actor of the case.
        name: Option<String>,
        /// Whether the principal sits at the table.
        attends: Option<bool>,
        /// Anything else.
        note: Option<String>,
    }
}

record! {
    /// Who sits at the table for a party.
    pub struct Delegation {
        ..grounds: Grounds,
        /// Who leads it, an actor.
        head: Option<Name>,
        /// Its level ("minister", "below the principal").
        level: Option<String>,
        /// Its other members, actors.
        members: Vec<Name>,
        /// What it may do. Several entries are rival claims about one mandate; none is taken for true.
        mandates: Vec<Mandate>,
        /// What its members have at stake themselves.
        stakes: Vec<Stake>,
    }
}

words! {
    /// What a delegation does with what its mandate does not speak of.
    pub enum Otherwise {
        /// It may sign.
        Sign = "sign",
        /// It asks its principal.
        Refer = "refer",
        /// It may not sign.
        Never = "never",
    }
}

record! {
    /// One claim about what a delegation may do.
    pub struct Mandate {
        ..grounds: Grounds,
        /// Who makes the claim, an actor.
        claimed_by: Option<Name>,
        /// The claim in words.
        says: String,
        /// What it may sign: a clause of an agreement is covered when one of these conditions holds and speaks of its issue.
        may_sign: Vec<Condition>,
        /// What it has to refer to its principal.
        must_refer: Vec<Condition>,
        /// What it may never sign.
        never: Vec<Condition>,
        /// What it does with everything else. Without it: refer.
        otherwise: Option<Otherwise>,
    }
}

record! {
    /// An interest of a member of a delegation that may differ from the principal's.
    pub struct Stake {
        ..grounds: Grounds,
        /// Whose, an actor.
        actor: Name,
        /// On which issue, where it is one.
        issue: Option<Name>,
        /// What it is.
        note: String,
    }
}

record! {
    /// What an agreement still needs at home after it is signed.
    pub struct Ratification {
        ..grounds: Grounds,
        /// The body or procedure ("referendum", "parliament").
        route: String,
        /// Which agreements need it; without it, all.
        when: Option<Condition>,
        /// What stands in its way, if anything.
        obstacle: Option<String>,
        /// The chance that it passes. Without it, it is shown and not computed with.
        passes: Option<Chance>,
        /// Anything else.
        note: Option<String>,
    }
}

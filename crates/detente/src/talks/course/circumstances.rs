//! The circumstances of talks: what is known of the meetings, of those who sit there, and of what goes on around them.

use super::Mandate;
use crate::game::Formula;
use crate::talks::Seat;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Under which circumstances talks are held. Everything but the meetings may be left empty: talks then are one plain
/// session that runs over all rounds of all meetings.
///
/// Every name is the reader's own; names of occurrences, incidents, drifts and ratifications also address their random
/// numbers, so that what happens to one of them does not hang on whether another is there. Two things of one kind want
/// two names.
#[derive(Debug, Clone, PartialEq)]
pub struct Circumstances {
    /// The meetings in order. Without one there are no talks.
    pub meetings: Vec<Meeting>,
    /// Whether the delegations know how many rounds there are in all.
    pub known: bool,
    /// The chance that talks break down after a round, 0 to 1.
    pub breakdown: f64,
    /// Whether parts are agreed on the way.
    pub parts: Parts,
    /// What follows when a delegation walks out.
    pub walkout: Pause,
    /// What is to be known of each party, in the order of the seats. A seat beyond the list is as [`Party::default`].
    pub parties: Vec<Party>,
    /// Whether the status quo of the space means anything. Then it is the state of things at the start, an issue left
    /// as it stands is no clause of an agreement, and what leaves everything as it stands is no agreement. Else every
    /// issue is a clause, and any outcome an agreement.
    pub status_quo: bool,
    /// Whether proposals come from a list of packages, in which an issue at its value of the start is left as it stands
    /// by then. Else an outcome says of every issue what becomes of it.
    pub packages: bool,
    /// What may happen on other tracks, or comes about at the table.
    pub occurrences: Vec<Occurrence>,
    /// What has to wait for one of them.
    pub gates: Vec<Gate>,
    /// What others do to a party while something holds.
    pub pressures: Vec<Pressure>,
    /// How the state of things moves by itself.
    pub drifts: Vec<Drift>,
    /// What going on without an agreement costs.
    pub costs: Vec<Cost>,
    /// Escalations, shocks, deeds of those who want no agreement.
    pub incidents: Vec<Incident>,
    /// What an agreement needs at home.
    pub ratifications: Vec<Ratification>,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    /// How many rounds of the protocol it has, 1 at least: under alternating offers, moves of every seat.
    pub rounds: u32,
    /// How public it is, from 0 (confidential) to 1 (before the press).
    pub publicity: f64,
    /// The issues that are on the table; all others stay as they stand, or as initialled. `None`: every issue.
    pub agenda: Option<Vec<usize>>,
}

/// Whether parts are agreed on the way. *Settles*: an agreement that meets this ends the talks; any other is a part,
/// after which the meeting is over, and the next one goes on from there. Parts want a status quo that means something.
#[derive(Debug, Clone, PartialEq)]
pub enum Parts {
    /// No: the first agreement ends the talks.
    None,
    /// A part is in force from its signing (or ratification), and becomes the state of things from which the talks go
    /// on. It is left in force when they fail.
    Signed {
        /// What settles.
        settles: Formula,
    },
    /// Nothing is agreed until everything is agreed. A part is initialled: it stands on the table, the talks go on from
    /// there, and it is void when they end without a settlement.
    Initialled {
        /// What settles.
        settles: Formula,
    },
}

/// How long talks stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// For good.
    Ends,
    /// So many meetings do not take place. 0: the current one is over, and the next takes place.
    Meetings(u32),
}

/// What is to be known of a party, beyond what its seat holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// Rival claims about what its delegation may do, each with a weight. One is drawn. Empty: it may sign anything.
    pub mandates: Vec<(Mandate, f64)>,
    /// Who decides what is referred.
    pub principal: Principal,
    /// What no agreement is worth to it.
    pub no_deal: NoDeal,
    /// Which share of what it gives up in a meeting before the press it pays for; see the module.
    pub audience: f64,
}

/// A principal: answers what is referred.
#[derive(Debug, Clone)]
pub struct Principal {
    /// Its own preferences, in the unit of the delegation's, with red lines and reservation value. `None`: the
    /// delegation's.
    pub seat: Option<Arc<Seat>>,
    /// Its answer comes before the meeting that is so many meetings later; 0: at once, and the meeting goes on.
    pub delay: u32,
    /// When a proposal outside the mandate is referred.
    pub clearance: Clearance,
    /// By habit: the chance that an approval extends the mandate to what was approved, 0 to 1.
    pub extends: f64,
    /// By habit: the chance that a refusal recalls the delegation, 0 to 1.
    pub recalls: f64,
    /// What a recall does.
    pub recall: Pause,
}

impl PartialEq for Principal {
    /// Seats are the same when they are the same one.
    fn eq(&self, other: &Self) -> bool {
        let same_seat = match (&self.seat, &other.seat) {
            (Some(one), Some(two)) => Arc::ptr_eq(one, two),
            (None, None) => true,
            _ => false,
        };
        let rest = |p: &Principal| (p.delay, p.clearance, p.extends.to_bits(), p.recalls.to_bits(), p.recall);
        same_seat && rest(self) == rest(other)
    }
}

/// When a proposal outside the mandate is referred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clearance {
    /// It is made *ad referendum*: referred when all have accepted it.
    AdReferendum,
    /// It is cleared first, then made.
    First,
}

/// What no agreement is worth to a party, before pressure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoDeal {
    /// The reservation value of the seat; nothing is said where it has none.
    Reservation,
    /// What the state of things is worth as it stands.
    State,
    /// The same, less what the recesses up to the last meeting will still cost: what an agreement now would save. Costs
    /// that only some agreements end are left out, as they are part of what these agreements are worth.
    StateAndCosts,
}

/// Something that may come about: a summit on another track, an interim agreement at the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Occurrence {
    /// Its name.
    pub name: String,
    /// How it comes about.
    pub comes: Comes,
    /// Which others (by position) have to have happened before it can. They can happen before the same meeting, when
    /// they stand before it in the list.
    pub needs: Vec<usize>,
}

/// How an occurrence comes about. Once it has, it has for good.
#[derive(Debug, Clone, PartialEq)]
pub enum Comes {
    /// By chance before any meeting from this one on, the first being 1; missed meetings count.
    Hazard {
        /// The chance before each meeting, 0 to 1.
        chance: f64,
        /// The first meeting before which it can happen.
        from: u32,
    },
    /// When the state of things meets a condition: what is signed, and what drifted.
    State(Formula),
    /// Before this meeting.
    Meeting(u32),
}

/// Something that has to wait for an occurrence.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    /// Its name: the demand on the order of steps.
    pub name: String,
    /// The occurrence (by position) that opens it. One that is not there never comes.
    pub until: usize,
    /// What waits.
    pub bars: Bars,
    /// Whether the delegations keep to it in what they propose. Else they propose what cannot be agreed yet, too.
    pub heeded: bool,
}

/// What a closed gate keeps from happening.
#[derive(Debug, Clone, PartialEq)]
pub enum Bars {
    /// *Necessary*: no outcome that meets this is agreed. What things are already is not agreed on: it counts only when a
    /// clause of the outcome is on an issue that this speaks of.
    Agreeing(Formula),
    /// *Vital*: this seat makes no concession. It proposes nothing, and accepts nothing, worth less to itself than the
    /// least it has asked for.
    Conceding(usize),
}

/// An outside party's lever on a party.
#[derive(Debug, Clone, PartialEq)]
pub struct Pressure {
    /// Its name: by whom, with what.
    pub name: String,
    /// The seat it works on.
    pub on: usize,
    /// The first meeting before which it can set in, from 1 on.
    pub from: u32,
    /// While this holds, it is on. Looked at before every meeting.
    pub when: Occasion,
    /// What it moves.
    pub lever: Lever,
}

/// What pressure moves, in the party's own unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lever {
    /// Adds to the cost of each recess.
    Cost(i128),
    /// Adds to what no agreement is worth; below 0, takes from it. Where nothing is said of what it is worth, nothing
    /// changes.
    NoDeal(i128),
}

/// A condition on conduct and on how things stand.
#[derive(Debug, Clone, PartialEq)]
pub enum Occasion {
    /// Always.
    Always,
    /// The state of things meets this.
    State(Formula),
    /// The occurrence of this position has happened.
    Happened(usize),
    /// The delegation of this seat has walked out, or has been made to.
    WalkedOut(usize),
    /// The principal of this seat has refused something, or recalled its delegation.
    Refused(usize),
    /// This seat has made an offer, and none worth less to itself than its first.
    StoodFirm(usize),
    /// Not so.
    Not(Box<Occasion>),
    /// All of these.
    All(Vec<Occasion>),
    /// At least one of these.
    Any(Vec<Occasion>),
}

/// A way in which the state of things moves by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Drift {
    /// Its name.
    pub name: String,
    /// The issue. What is signed of it no longer drifts.
    pub issue: usize,
    /// From which value alone; `None`: from any.
    pub from: Option<u16>,
    /// To which value.
    pub to: u16,
    /// The chance in each recess, 0 to 1.
    pub chance: f64,
    /// When it can.
    pub when: Occasion,
}

/// What going on without an agreement costs a party in every recess.
#[derive(Debug, Clone, PartialEq)]
pub struct Cost {
    /// The seat.
    pub seat: usize,
    /// How much, in its own unit.
    pub amount: i128,
    /// What ends it: the state of things, from a part that is signed. `None`: only the end of the talks.
    pub until: Option<Formula>,
}

/// Something that may happen in a recess: an escalation, a shock, the deed of somebody who wants no agreement.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// Its name.
    pub name: String,
    /// Whose deed, where it is somebody's: a spoiler.
    pub by: Option<String>,
    /// When it may happen.
    pub during: During,
    /// On which condition.
    pub when: Occasion,
    /// Against which agreements, while one waits to be ratified or is being signed; `None`: any.
    pub against: Option<Formula>,
    /// The chance each time, 0 to 1.
    pub chance: f64,
    /// What it costs at once: seats and amounts in their own units.
    pub costs: Vec<(usize, i128)>,
    /// What it adds to the cost of each recess from then on: an escalation.
    pub raises: Vec<(usize, i128)>,
    /// What it does to the talks.
    pub then: Consequence,
}

/// When an incident may happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum During {
    /// In every recess before a meeting.
    Talks,
    /// In every recess in which an agreement waits to be ratified.
    Ratification,
    /// In both.
    Any,
    /// Once, when an agreement has been signed and before anything else becomes of it.
    Signing,
}

/// What an incident does to the talks, or to the agreement that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consequence {
    /// Nothing.
    None,
    /// So many meetings do not take place; ratification takes so many recesses longer.
    Delay(u32),
    /// The delegation of a seat walks out; see [`Circumstances::walkout`]. Of an agreement that waits: it falls.
    WalkOut(usize),
    /// The talks end; an agreement that waits, or is being signed, falls.
    Breaks,
}

/// What an agreement needs at home after it is signed. It is not in force before.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratification {
    /// Its name: the body, the procedure.
    pub name: String,
    /// Whose home.
    pub seat: usize,
    /// Which agreements need it; `None`: all.
    pub when: Option<Formula>,
    /// After how many recesses it is decided. 0: at once.
    pub delay: u32,
    /// How it is decided.
    pub by: Verdict,
}

/// How a body decides.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// By chance: it passes with this probability, 0 to 1.
    Chance(f64),
    /// By a condition of its own: it passes when the agreement meets it.
    Condition(Formula),
}

impl Circumstances {
    /// So many meetings of so many rounds each, and nothing else: a plain session.
    #[must_use]
    pub fn plain(meetings: u32, rounds: u32) -> Self {
        Circumstances {
            meetings: (0..meetings).map(|_| Meeting::of(rounds)).collect(),
            known: true,
            breakdown: 0.0,
            parts: Parts::None,
            walkout: Pause::Ends,
            parties: Vec::new(),
            status_quo: false,
            packages: false,
            occurrences: Vec::new(),
            gates: Vec::new(),
            pressures: Vec::new(),
            drifts: Vec::new(),
            costs: Vec::new(),
            incidents: Vec::new(),
            ratifications: Vec::new(),
        }
    }
}

impl Meeting {
    /// A confidential meeting of so many rounds on every issue. 0 counts as 1.
    #[must_use]
    pub fn of(rounds: u32) -> Self {
        Meeting { rounds: rounds.max(1), publicity: 0.0, agenda: None }
    }
}

impl Default for Party {
    /// Its delegation may sign anything; no agreement is worth the seat's reservation value; no audience.
    fn default() -> Self {
        Party { mandates: Vec::new(), principal: Principal::default(), no_deal: NoDeal::Reservation, audience: 0.0 }
    }
}

impl Default for Principal {
    /// One with the delegation's preferences who answers at once, extends no mandate and recalls nobody.
    fn default() -> Self {
        Principal {
            seat: None,
            delay: 0,
            clearance: Clearance::AdReferendum,
            extends: 0.0,
            recalls: 0.0,
            recall: Pause::Ends,
        }
    }
}

//! What happens in the course of talks: the entries of its log.

use super::{Clause, Lever};
use crate::game::Outcome;
use crate::talks::{Move, StepClass, What};
use serde::{Deserialize, Serialize};

/// When something happened, in the order of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// Before a meeting (the first is 1): in the recess, or before the talks began. After the last meeting the count
    /// goes on, one a recess.
    Before(u32),
    /// In a meeting, in a round. Rounds are counted through all meetings, from 1 on.
    During {
        /// The meeting.
        meeting: u32,
        /// The round.
        round: u32,
    },
}

impl When {
    /// The meeting, or the one it was before.
    #[must_use]
    pub fn meeting(self) -> u32 {
        match self {
            When::Before(meeting) | When::During { meeting, .. } => meeting,
        }
    }

    fn place(self) -> (u32, Option<u32>) {
        match self {
            When::Before(meeting) => (meeting, None),
            When::During { meeting, round } => (meeting, Some(round)),
        }
    }
}

impl Ord for When {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.place().cmp(&other.place())
    }
}

impl PartialOrd for When {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// The delegation at a seat.
    Delegation(usize),
    /// The principal of a seat.
    Principal(usize),
    /// Somebody from outside the talks, or a body at home, by name.
    Outside(String),
    /// The rules of the talks, or chance.
    Course,
}

/// What a principal answers to what is referred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Yes, this once.
    Approve,
    /// Yes, and from now on the delegation may sign the clauses that had to be referred.
    Extend,
    /// No. The delegation does not agree to the outcome any more, unless no agreement has become worth less since.
    Refuse,
    /// No, and the delegation is called back.
    Recall,
}

impl Answer {
    /// Whether it is a yes.
    #[must_use]
    pub fn approves(self) -> bool {
        matches!(self, Answer::Approve | Answer::Extend)
    }
}

/// Why a delegation could not do what it wanted to, or may not accept what is on the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Held {
    /// Its mandate forbids these clauses.
    Mandate(Vec<Clause>),
    /// Its principal has refused the outcome.
    RefusedBefore,
    /// A gate, by its position, is closed.
    Gate(usize),
    /// The outcome moves this issue, which is not on the agenda.
    Agenda(usize),
    /// The outcome leaves everything as it stands.
    Nothing,
}

/// Why an incident, a lever or a pause happened: what stands behind [`Happening::Suspended`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// A principal recalled its delegation.
    Recall(usize),
    /// A delegation walked out.
    WalkOut(usize),
    /// An incident, by its position.
    Incident(usize),
    /// The answer of a principal is awaited.
    Referral(usize),
    /// An agreement waits to be ratified.
    Ratification,
}

/// Why a course ended without a settlement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The last meeting passed.
    Deadline,
    /// A delegation walked out: of its own accord, or made to by an incident.
    WalkedOut(usize),
    /// A principal recalled its delegation.
    Recalled(usize),
    /// Talks broke down by chance.
    Breakdown,
    /// A seat made a move that the protocol does not allow.
    Breach(usize),
    /// Nothing was left to try, or what was on the table was turned down at the end.
    Refused,
    /// What was signed was not ratified, by the ratification of this position.
    NotRatified(usize),
    /// An incident of this position ended the talks, or undid what was signed.
    Broken(usize),
    /// Agreements of several groups of seats; what is said here of agreements is not done with these.
    Groups,
}

/// How a course ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Close {
    /// With a settlement, in force.
    Settled,
    /// Parts are in force, and no settlement.
    Partial(Why),
    /// Nothing is in force.
    Nothing(Why),
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Happening {
    /// This claim, by its position, holds about the mandate of a seat.
    MandateHolds {
        /// The seat.
        seat: usize,
        /// The position of the claim among its claims.
        claim: usize,
        /// Its name.
        name: String,
    },
    /// What no agreement is worth to the delegation of a seat by now, before an audience; told when it changes.
    NoDeal {
        /// The seat.
        seat: usize,
        /// In its own unit; `None`: nothing is said of it.
        worth: Option<i128>,
    },
    /// A meeting opened.
    Opened,
    /// A meeting is over, and the talks go on.
    Adjourned,
    /// A meeting did not take place.
    Missed,
    /// The meetings to come are put off.
    Suspended {
        /// How many of them.
        meetings: u32,
        /// Why.
        cause: Cause,
    },
    /// A delegation moved.
    Moved {
        /// What it did at the table.
        made: Move,
        /// What it wanted to do and was kept from, and why.
        instead_of: Option<(Move, Held)>,
        /// The issues of an offer that its mandate does not cover, so that it is made ad referendum.
        beyond: Vec<usize>,
        /// The class of the step from its offer before.
        step: Option<StepClass>,
        /// Whether the move had been put off until its principal answered, so that nobody asked for it now.
        after_answer: bool,
    },
    /// Something else happened at the table: a draft, a demand opened.
    Table(What),
    /// A concession in public cost the delegation something, to be paid when an agreement is signed.
    Audience {
        /// The cost, in its own unit.
        cost: i128,
        /// All so far.
        total: i128,
    },
    /// A delegation referred an outcome to its principal.
    Referred {
        /// The outcome.
        outcome: Outcome,
        /// What the mandate does not cover.
        clauses: Vec<Clause>,
        /// Before which meeting the answer comes; `None`: at once.
        due: Option<u32>,
        /// Whether it is an offer to be cleared before it is made; else it is what all have accepted.
        first: bool,
    },
    /// A principal answered.
    Answered(Answer),
    /// What was agreed cannot stand, and the talks go on without it.
    Void {
        /// What was agreed.
        outcome: Outcome,
        /// What holds it; `None`: what is told just before, a principal's no or a walk-out.
        held: Option<Held>,
    },
    /// A part was initialled: it stands until everything is agreed.
    Initialled {
        /// The outcome: what is initialled so far, with everything else as it stands.
        outcome: Outcome,
    },
    /// An agreement was signed.
    Signed {
        /// The outcome.
        outcome: Outcome,
        /// Whether it settles, or is a part.
        settles: bool,
    },
    /// What was signed needs ratification.
    AwaitsRatification {
        /// The ratifications, by position.
        needs: Vec<usize>,
    },
    /// A body decided.
    Decided {
        /// The ratification, by position.
        ratification: usize,
        /// Whether it passed.
        passed: bool,
    },
    /// What was signed is in force.
    InForce {
        /// The outcome.
        outcome: Outcome,
    },
    /// Going on cost a party.
    Cost {
        /// The seat.
        seat: usize,
        /// What this recess cost it, in its own unit.
        amount: i128,
        /// All so far.
        total: i128,
    },
    /// The state of things moved by itself.
    Drifted {
        /// The drift, by position.
        drift: usize,
        /// The issue.
        issue: usize,
        /// From which value.
        from: u16,
        /// To which.
        to: u16,
    },
    /// An incident.
    Incident {
        /// The incident, by position.
        incident: usize,
        /// Its name.
        name: String,
    },
    /// A delegation walked out, of its own accord or over the incident told just before.
    WalkedOut,
    /// An occurrence came about.
    Occurred {
        /// The occurrence, by position.
        occurrence: usize,
        /// Its name.
        name: String,
    },
    /// A gate opened.
    GateOpened {
        /// The gate, by position.
        gate: usize,
        /// Its name.
        name: String,
    },
    /// Pressure set in, or ceased.
    Pressed {
        /// The pressure, by position.
        pressure: usize,
        /// The seat it works on.
        on: usize,
        /// What it moves.
        lever: Lever,
        /// Whether it is on from now.
        on_now: bool,
    },
    /// What a seat could propose could not be put in order under what binds it now: it proposes freely and is held
    /// back.
    Unordered {
        /// The seat.
        seat: usize,
    },
    /// The talks ended.
    Ended(Close),
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    pub when: When,
    /// Who did it.
    pub by: Who,
    /// What.
    pub what: Happening,
}

impl Entry {
    /// The offer that it put on the table, with whose.
    #[must_use]
    pub fn offer(&self) -> Option<(usize, &Outcome)> {
        match (&self.by, &self.what) {
            (Who::Delegation(seat), Happening::Moved { made: Move::Offer(outcome), .. }) => Some((*seat, outcome)),
            _ => None,
        }
    }

    /// Whether a delegation gets to know of it. What concerns one party alone (its mandate, what no agreement is worth
    /// to it, its costs, its audience, what it refers and is answered, what it wanted and was kept from) others do not.
    #[must_use]
    pub fn seen_by(&self, seat: usize) -> bool {
        match &self.what {
            Happening::MandateHolds { seat: of, .. }
            | Happening::NoDeal { seat: of, .. }
            | Happening::Cost { seat: of, .. }
            | Happening::Unordered { seat: of } => *of == seat,
            Happening::Audience { .. } | Happening::Answered(_) | Happening::Referred { .. } => match &self.by {
                Who::Delegation(of) | Who::Principal(of) => *of == seat,
                Who::Outside(_) | Who::Course => true,
            },
            _ => true,
        }
    }
}

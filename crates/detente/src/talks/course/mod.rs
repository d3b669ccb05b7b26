//! The course of talks as they are held: meetings with recesses, delegations with mandates and principals at home,
//! other tracks, pressure, a conflict that goes on meanwhile, ratification, those who want no agreement.
//!
//! - [`Circumstances`]: everything that is known of the talks beforehand; all of it optional but the meetings;
//! - [`Course`]: talks being held. One state machine for everybody who drives it: [`Course::requests`] says who is
//!   asked (a delegation for a move, or a principal for an answer), [`Course::step`] and [`Course::answer`] take it;
//! - [`Entry`]: what happened, in order; [`Course::log`]; what a delegation gets to know of it: [`Course::seen_by`];
//! - [`Account`]: what became of it all;
//! - [`CourseRecord`], [`replay`]: a course that is over replays byte for byte from what came from outside.
//!
//! It drives a [`Session`](crate::talks::Session) from above and is no protocol that wraps one: principals have no
//! seat, meetings that do not take place have no moves, and what goes on between meetings is no business of a protocol.
//! So any [`Protocol`](crate::talks::Protocol) serves inside, and strategies see the table they know. With nothing but
//! meetings, the course *is* the session over all their rounds.
//!
//! # Meetings
//!
//! One session runs through all meetings; a recess does not clear the table, and an offer made in one meeting can be
//! accepted in the next. Each meeting has a number of rounds; rounds of meetings that do not take place pass without a
//! move, so that the time of strategies is the time of the calendar. After an agreement on a part, a refusal from home,
//! a recall or a walk-out the table is set afresh. What happens before a meeting happens in this order: costs, drift,
//! incidents, occurrences with the gates they open, pressure, answers and ratifications that are due. Before the first
//! meeting there are only occurrences and pressure. Beyond the last meeting recesses go on while an answer or a
//! ratification is awaited.
//!
//! # Who may agree to what
//!
//! A clause is an issue that an outcome does not leave as it stands. A mandate says of each clause: may sign, must
//! refer, never (in the order never, refer, sign, everything else; see [`Mandate`]). Of rival claims about one mandate,
//! one is drawn. What is *never* allowed is neither proposed nor accepted. What has to be *referred* may be proposed
//! *ad referendum*; when all have accepted, each delegation that has to asks its principal, and the table waits. A
//! principal answers after a number of meetings: it approves, extends the mandate (the clauses in question may be
//! signed from then on), refuses, or recalls its delegation for some meetings or for good. Who answers is the driver's
//! choice; [`Course::habit`] is the answer by the principal's own preferences and by chance. What was refused is not
//! agreed to again unless no agreement has become worth less to the principal since. Under [`Clearance::First`] an
//! offer outside the mandate is cleared before it is made.
//!
//! A delegation that wants what it may not do is held back, and the log says from what, by what ([`Held`]) and what it
//! did instead: its last offer again, or the best of those it may make. Delegations know what binds them:
//! [`Course::seat`] gives seats whose menus keep to it.
//!
//! # What has to wait
//!
//! An [`Occurrence`] comes about by chance before any meeting (a summit on another track), with the state of things (an
//! interim agreement), or on a date. Until then a [`Gate`] is closed. *Necessary* ([`Bars::Agreeing`]): outcomes that
//! meet a condition, by a clause on an issue it speaks of, are not agreed, whoever demanded the order. *Vital* ([`Bars::Conceding`]): the side that demanded
//! it makes no concession: it proposes and accepts nothing worth less to itself than the least it has asked for.
//!
//! # Parts
//!
//! See [`Parts`]. A part that is in force is the state of things from then on: it no longer drifts, is no clause any
//! more, and can be changed by another agreement. What was agreed and is not yet in force says nothing of the issues it
//! left as they stood: these go with the state of things.
//!
//! # What it is worth
//!
//! Everything is in whole numbers of a party's own unit. A floor is what no agreement is worth ([`NoDeal`], plus
//! pressure), and with an audience more. *Audience*: in a meeting of publicity `p`, a party whose share is `a` pays
//! `a·p` of what it gives up, rounded up: by an offer, or an acceptance, of what is worth less to itself than the least
//! it has stood for before the press. Its first offer before the press is free and makes the stand. It pays when
//! something comes into force, and never otherwise, so that agreement is worth that much less to it:
//! [`View::floor`](crate::talks::View::floor) is the least utility at which agreeing now is worth as much as no
//! agreement, what it has run up and would run up by it counted. (The idea is Fearon's, *Domestic Political Audiences
//! and the Escalation of International Disputes*, 1994; the measure is ours.) Costs of recesses, incidents and pressure
//! add up whatever comes of the talks, so that they weigh on no decision by themselves; under [`NoDeal::StateAndCosts`]
//! what an agreement would still save does. At the end a party has what the state of things is worth, or what no
//! agreement is, less all it bore: [`PartyAccount::net`].
//!
//! # After the signature
//!
//! Bodies at home decide after their time, by chance or by a condition; until the last of them has passed it the
//! agreement is not in force, costs and drift go on, and incidents may strike. An [`Incident`] with somebody behind it
//! is the deed of a spoiler: it costs, escalates, delays, drives a delegation out, or undoes what was signed. A
//! settlement falls with the talks; a part falls alone.
//!
//! # Chance
//!
//! Every draw has its own address, by seed, session, kind, name and meeting: what happens to one thing does not hang on
//! what else there is, nor on the way in which talks came to that meeting.
//!
//! # Limits
//!
//! Agreements of several groups of seats at once (protocols of coalitions) end a course as they are ([`Why::Groups`]);
//! a single agreement of some seats counts as theirs. Drift that is still to come is no part of what no agreement is
//! worth before it happens.

mod account;
mod agree;
mod between;
mod chance;
mod circumstances;
mod entry;
mod machine;
mod mandate;
mod record;
mod request;
mod side;
mod table;
mod unfit;
mod worth;

pub use account::{Account, GateAccount, Offered, PartyAccount};
pub use circumstances::{
    Bars, Circumstances, Clearance, Comes, Consequence, Cost, Drift, During, Gate, Incident, Lever, Meeting, NoDeal,
    Occasion, Occurrence, Parts, Party, Pause, Pressure, Principal, Ratification, Verdict,
};
pub use entry::{Answer, Cause, Close, Entry, Happening, Held, When, Who, Why};
pub use machine::Course;
pub use mandate::{Allowed, Clause, Mandate, Term};
pub use record::{CourseRecord, CourseReplayed, Input, replay};
pub use request::{Referral, Request};
pub use unfit::Unfit;

#[cfg(test)]
mod tests;

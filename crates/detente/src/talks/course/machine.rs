//! Talks being held.

use super::chance::{Chance, lane};
use super::side::Side;
use super::unfit::{Unfit, fits};
use super::{
    Account, Answer, Circumstances, Clause, Close, Entry, GateAccount, Happening, Held, Input, Party, Referral,
    Request, When, Who, Why,
};
use crate::game::Outcome;
use crate::talks::{Ask, Clock, Illegal, Move, Protocol, Seat, Session, Setting, View, What};
use std::sync::Arc;

/// After so many recesses beyond the last meeting, an answer or a ratification that is still awaited has not come.
const LONGEST: u32 = 10_000;

/// What was agreed or proposed and waits for principals.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) outcome: Outcome,
    /// The seat whose offer it is, where it is to be cleared first.
    pub(super) offer_of: Option<usize>,
    pub(super) referrals: Vec<Awaited>,
}

/// A referral in [`Pending`].
#[derive(Debug)]
pub(super) struct Awaited {
    pub(super) seat: usize,
    pub(super) clauses: Vec<Clause>,
    /// The meeting before which the answer comes.
    pub(super) due: u32,
    pub(super) answered: bool,
}

/// What was signed and waits to be ratified.
#[derive(Debug)]
pub(super) struct Ratifying {
    pub(super) outcome: Outcome,
    pub(super) settles: bool,
    /// Ratifications by position, with the meeting before which each is decided.
    pub(super) needs: Vec<(usize, u32)>,
}

/// Talks being held: the meetings with their sessions, and everything in between.
///
/// ```
/// use detente::game::{Issue, Profile, Scenario, Space, Utility};
/// use detente::talks::course::{Answer, Circumstances, Close, Course, Mandate, Allowed, Party};
/// use detente::talks::protocols::StackedAlternating;
/// use detente::talks::{Move, Seat, Setting};
/// use std::sync::Arc;
/// let space = Space { issues: vec![Issue::named("bridge", &["closed", "open"])] };
/// let party = |name: &str| Profile::new(name, Utility { unit: 1, worth: vec![vec![0, 1]], ..Utility::default() });
/// let scenario = Scenario::new("a bridge", space, vec![party("north"), party("south")]);
/// let seats = Seat::all(&scenario).unwrap();
/// let south = Party { mandates: vec![(Mandate::all("ask first", Allowed::Refer), 1.0)], ..Party::default() };
/// let circumstances = Circumstances { parties: vec![Party::default(), south], ..Circumstances::plain(2, 3) };
/// let sao = StackedAlternating::default();
/// let mut course = Course::open(&Setting::of(&scenario), &seats, Arc::new(circumstances), &sao, (1, 0)).unwrap();
/// course.step(0, Move::Offer(scenario.outcome("open").unwrap())).unwrap();
/// course.step(1, Move::Accept).unwrap();
/// // The delegation of the south has to ask at home.
/// assert_eq!(course.close(), None);
/// course.answer(1, Answer::Approve).unwrap();
/// assert_eq!(course.close(), Some(Close::Settled));
/// ```
pub struct Course {
    pub(super) setting: Setting,
    pub(super) circumstances: Arc<Circumstances>,
    pub(super) protocol: Box<dyn Protocol>,
    pub(super) session: Session,
    pub(super) chance: Chance,
    pub(super) sides: Vec<Side>,
    /// The last round of each meeting.
    pub(super) ends: Vec<u32>,
    /// The meeting that is held, or the one before which things happen; beyond the last it counts recesses.
    pub(super) meeting: u32,
    /// Whether a meeting is held.
    pub(super) sitting: bool,
    /// Whether the meeting that is held is over.
    pub(super) rises: bool,
    /// Whether the table is to be set afresh at the next meeting.
    pub(super) fresh: bool,
    /// How many meetings from here on are put off.
    pub(super) put_off: u32,
    pub(super) pending: Option<Pending>,
    pub(super) ratifying: Option<Ratifying>,
    /// A move that a principal has answered for.
    pub(super) resumes: Option<(usize, Move)>,
    /// The state of things, with what is in force.
    pub(super) state: Outcome,
    /// The same without anything that was agreed.
    pub(super) status_quo: Outcome,
    pub(super) initialled: Option<Outcome>,
    /// Issues that were signed.
    pub(super) signed: Vec<bool>,
    pub(super) signings: u32,
    pub(super) recesses: u32,
    pub(super) missed: u32,
    pub(super) occurred: Vec<Option<u32>>,
    pub(super) gates: Vec<GateAccount>,
    pub(super) pressing: Vec<bool>,
    pub(super) settlement: Option<Outcome>,
    pub(super) parts: Vec<(u32, Outcome)>,
    pub(super) unratified: Vec<usize>,
    /// Incidents and drifts that happened, in order.
    pub(super) struck: Vec<usize>,
    pub(super) drifted: Vec<usize>,
    /// How much of the session's log is in this one.
    pub(super) heard: usize,
    pub(super) log: Vec<Entry>,
    pub(super) inputs: Vec<Input>,
    pub(super) close: Option<Close>,
}

impl std::fmt::Debug for Course {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Course").field("meeting", &self.meeting).field("log", &self.log).finish_non_exhaustive()
    }
}

impl Course {
    /// Opens the talks: course `index` of a seed. The same address gives the same chance.
    ///
    /// # Errors
    /// When the circumstances do not fit the table.
    pub fn open(
        setting: &Setting,
        seats: &[Arc<Seat>],
        circumstances: Arc<Circumstances>,
        protocol: &dyn Protocol,
        (seed, index): (u64, u64),
    ) -> Result<Self, Unfit> {
        fits(&circumstances, setting, seats)?;
        let mut ends = Vec::with_capacity(circumstances.meetings.len());
        let mut rounds = 0u32;
        for meeting in &circumstances.meetings {
            rounds = rounds.saturating_add(meeting.rounds);
            ends.push(rounds);
        }
        let clock = Clock { known: circumstances.known, ..Clock::rounds(rounds).breaking(circumstances.breakdown) };
        let state = setting.space.status_quo();
        let gate = GateAccount { opened: None, held: 0 };
        let mut course = Course {
            protocol: protocol.open(setting.seats),
            session: Session::open(setting, protocol, clock, seed, index),
            chance: Chance::of(&circumstances, (seed, index)),
            sides: seats.iter().map(Side::new).collect(),
            ends,
            meeting: 1,
            sitting: false,
            rises: false,
            fresh: false,
            put_off: 0,
            pending: None,
            ratifying: None,
            resumes: None,
            status_quo: state.clone(),
            initialled: None,
            signed: vec![false; setting.space.issues.len()],
            signings: 0,
            recesses: 0,
            missed: 0,
            occurred: vec![None; circumstances.occurrences.len()],
            gates: vec![gate; circumstances.gates.len()],
            pressing: vec![false; circumstances.pressures.len()],
            settlement: None,
            parts: Vec::new(),
            unratified: Vec::new(),
            struck: Vec::new(),
            drifted: Vec::new(),
            heard: 0,
            log: Vec::new(),
            inputs: Vec::new(),
            close: None,
            state,
            setting: setting.clone(),
            circumstances,
        };
        course.draw_mandates();
        course.happen();
        course.run();
        Ok(course)
    }

    fn draw_mandates(&mut self) {
        let circumstances = self.circumstances.clone();
        for (seat, party) in circumstances.parties.iter().enumerate() {
            let sum: f64 = party.mandates.iter().map(|(_, weight)| weight).sum();
            let Some(last) = party.mandates.iter().rposition(|(_, weight)| *weight > 0.0) else { continue };
            let mut left = self.chance.draw(lane("mandate", &seat.to_string()), 0) * sum;
            let mut drawn = last;
            for (at, (_, weight)) in party.mandates.iter().enumerate() {
                if left < *weight {
                    drawn = at;
                    break;
                }
                left -= weight;
            }
            let Some(((mandate, _), side)) = party.mandates.get(drawn).zip(self.sides.get_mut(seat)) else { continue };
            side.claim = Some(drawn);
            let name = mandate.name.clone();
            self.tell(Who::Course, Happening::MandateHolds { seat, claim: drawn, name });
        }
    }

    /// Does all that is to be done until somebody is asked, or the talks are over.
    pub(super) fn run(&mut self) {
        while self.close.is_none() {
            if self.pending.as_ref().is_some_and(|p| p.referrals.iter().any(|r| r.waits_at(self.meeting))) {
                return;
            }
            let over = self.meeting as usize > self.ends.len();
            let away = self.pending.is_some() || self.ratifying.is_some() || (self.put_off > 0 && !over);
            if self.sitting {
                if away || self.rises {
                    self.rise();
                } else if self.sit_on() {
                    return;
                }
            } else if away {
                self.miss();
            } else if over {
                self.end(Why::Deadline);
            } else {
                self.sit();
            }
        }
    }

    /// Opens the meeting.
    fn sit(&mut self) {
        self.sitting = true;
        self.rises = false;
        let first = self.first_round();
        if self.fresh {
            self.set_afresh(Some(first));
        } else {
            self.session.skip_to(first);
        }
        self.tell(Who::Course, Happening::Opened);
        for seat in 0..self.sides.len() {
            self.bind(seat);
            self.set_floor(seat);
        }
    }

    /// Goes on with the meeting; says whether somebody is asked.
    fn sit_on(&mut self) -> bool {
        self.listen();
        if self.session.ending().is_some() {
            self.table_ended();
            return false;
        }
        if self.session.table().round > self.last_round() {
            self.rises = true;
            return false;
        }
        if let Some((seat, what)) = self.resumes.take() {
            self.move_on(seat, what);
            return false;
        }
        true
    }

    /// The meeting is over.
    fn rise(&mut self) {
        if self.nothing_ahead() {
            return self.end(Why::Deadline);
        }
        self.tell(Who::Course, Happening::Adjourned);
        self.sitting = false;
        self.rises = false;
        self.pass();
    }

    /// Whether no meeting is ahead and nothing is awaited.
    fn nothing_ahead(&self) -> bool {
        self.meeting as usize >= self.ends.len() && self.pending.is_none() && self.ratifying.is_none()
    }

    /// The meeting does not take place; beyond the last one, a recess goes by.
    fn miss(&mut self) {
        if (self.meeting as usize) <= self.ends.len() {
            self.tell(Who::Course, Happening::Missed);
            self.missed += 1;
        } else if self.meeting as usize > self.ends.len() + LONGEST as usize {
            return self.end(Why::Deadline);
        }
        if self.nothing_ahead() {
            return self.end(Why::Deadline);
        }
        self.put_off = self.put_off.saturating_sub(1);
        self.pass();
    }

    /// Sets the table afresh, in a later round or in the next one. What a mediator had drafted for a round that is not
    /// held is forgotten.
    pub(super) fn set_afresh(&mut self, round: Option<u32>) {
        self.fresh = false;
        let log = self.session.log();
        let ended = log.last().is_some_and(|event| matches!(event.what, What::Ended(_)));
        self.heard = log.len() - usize::from(ended);
        self.session.go_on(self.protocol.as_ref(), round);
    }

    /// The first and the last round of the meeting.
    pub(super) fn first_round(&self) -> u32 {
        self.ends.get((self.meeting as usize).wrapping_sub(2)).copied().unwrap_or(0).saturating_add(1)
    }

    pub(super) fn last_round(&self) -> u32 {
        self.ends.get((self.meeting as usize).wrapping_sub(1)).copied().unwrap_or(0)
    }

    pub(super) fn when(&self) -> When {
        if self.sitting {
            let round = self.session.table().round.min(self.last_round());
            When::During { meeting: self.meeting, round }
        } else {
            When::Before(self.meeting)
        }
    }

    pub(super) fn tell(&mut self, by: Who, what: Happening) {
        self.log.push(Entry { when: self.when(), by, what });
    }

    /// Ends the talks without a settlement.
    pub(super) fn end(&mut self, why: Why) {
        self.pending = None;
        self.ratifying = None;
        let close = if self.parts.is_empty() { Close::Nothing(why) } else { Close::Partial(why) };
        self.shut(close);
    }

    pub(super) fn shut(&mut self, close: Close) {
        if self.close.is_none() {
            self.tell(Who::Course, Happening::Ended(close));
            self.close = Some(close);
        }
    }

    /// What is to be known of a party.
    pub(super) fn party(&self, seat: usize) -> Option<&Party> {
        self.circumstances.parties.get(seat)
    }

    /// Who is asked for what now. Empty when the talks are over, and only then.
    #[must_use]
    pub fn requests(&self) -> Vec<Request<'_>> {
        if self.close.is_some() {
            return Vec::new();
        }
        if let Some(pending) = &self.pending {
            let asked = pending.referrals.iter().filter(|r| r.waits_at(self.meeting));
            return asked
                .map(|r| {
                    let first = pending.offer_of.is_some();
                    Request::Answer(Referral { seat: r.seat, outcome: &pending.outcome, clauses: &r.clauses, first })
                })
                .collect();
        }
        let moves = self.session.asks().map(|(seat, ask)| Request::Move { seat, ask, held: self.held_from(seat, ask) });
        moves.collect()
    }

    fn held_from(&self, seat: usize, ask: &Ask) -> Option<Held> {
        match ask {
            Ask::Answer(outcome) | Ask::Decide(outcome) => self.held(seat, outcome),
            _ => None,
        }
    }

    /// A delegation moves. What its mandate, its principal, the agenda or a gate keeps it from is put down, and it does
    /// instead what is left to it: in place of an offer or of an acceptance, it makes its last offer again, or the best
    /// of those it may make; in place of a yes to a draft it says no.
    ///
    /// # Errors
    /// When it is not asked, or the move is not legal; all stays as it was.
    pub fn step(&mut self, seat: usize, what: Move) -> Result<(), Illegal> {
        if self.close.is_some() {
            return Err(Illegal("the talks are over".to_string()));
        }
        if self.pending.is_some() {
            return Err(Illegal("the table waits for an answer from home".to_string()));
        }
        self.session.may(seat, &what)?;
        self.inputs.push(Input::Move(seat, what.clone()));
        self.wish(seat, what);
        self.run();
        Ok(())
    }

    /// A principal answers what is referred to it.
    ///
    /// # Errors
    /// When it is not asked; all stays as it was.
    pub fn answer(&mut self, seat: usize, answer: Answer) -> Result<(), Illegal> {
        let meeting = self.meeting;
        let referrals = self.pending.iter_mut().filter(|_| self.close.is_none()).flat_map(|p| &mut p.referrals);
        let mut asked = referrals.filter(|r| r.seat == seat && r.waits_at(meeting));
        let Some(referral) = asked.next() else {
            return Err(Illegal(format!("the principal of seat {seat} is not asked")));
        };
        referral.answered = true;
        self.inputs.push(Input::Answer(seat, answer));
        self.take_answer(seat, answer);
        self.run();
        Ok(())
    }

    /// Ends the talks because a seat made a move that is not legal.
    pub fn breach(&mut self, seat: usize) {
        if self.close.is_none() {
            self.inputs.push(Input::Breach(seat));
            self.end(Why::Breach(seat));
        }
    }

    /// What a delegation sees of the table. `None`: there is no such seat.
    #[must_use]
    pub fn view(&self, seat: usize) -> Option<View<'_>> {
        self.sides.get(seat).map(|side| self.session.view(&side.bound))
    }

    /// A seat as it is bound now: with what its mandate forbids, the agenda and the gates it heeds among its red lines.
    #[must_use]
    pub fn seat(&self, seat: usize) -> Option<&Arc<Seat>> {
        self.sides.get(seat).map(|side| &side.bound)
    }

    /// What happened, in order.
    #[must_use]
    pub fn log(&self) -> &[Entry] {
        &self.log
    }

    /// What happened that a delegation gets to know, in order.
    pub fn seen_by(&self, seat: usize) -> impl DoubleEndedIterator<Item = &Entry> {
        self.log.iter().filter(move |entry| entry.seen_by(seat))
    }

    /// What came from outside, in order: what delegations wanted to do and principals answered.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// How it ended, if it did.
    #[must_use]
    pub fn close(&self) -> Option<Close> {
        self.close
    }

    /// The meeting that is held, or the next one where none is; from 1 on.
    #[must_use]
    pub fn meeting(&self) -> u32 {
        self.meeting
    }

    /// The state of things, with what is in force.
    #[must_use]
    pub fn state(&self) -> &Outcome {
        &self.state
    }

    /// The table of the meetings, all rounds in one session.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The name of the protocol inside.
    #[must_use]
    pub fn protocol(&self) -> String {
        self.protocol.text()
    }

    /// What became of it all; `None` while the talks go on.
    #[must_use]
    pub fn account(&self) -> Option<Account> {
        self.close.map(|close| self.account_of(close))
    }
}

impl Awaited {
    pub(super) fn waits_at(&self, meeting: u32) -> bool {
        !self.answered && self.due <= meeting
    }
}

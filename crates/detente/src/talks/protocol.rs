//! What a protocol is: whose move it is, which moves are legal, what a move does, how it ends.

use super::{Actor, Agreed, Clock, Ending, Event, How, Move, Seen, Setting, What};
use crate::game::{Outcome, Stream};
use smallvec::SmallVec;

/// What a seat is asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// A proposal; nothing is on the table that it could accept.
    Propose,
    /// An answer to what is on the table: accept it, or propose something else.
    Answer(Outcome),
    /// Yes (accept) or no (reject) to what is on the table, and no counter-proposal.
    Decide(Outcome),
    /// A vote on each of these proposals.
    Vote(Vec<Outcome>),
    /// How the second draft compares with the first.
    Compare(Outcome, Outcome),
    /// What it would have otherwise in this draft.
    Criticise(Outcome),
}

/// Who is asked for what. Where several are asked, none sees what the others do before all have moved.
pub type Asked = SmallVec<[(usize, Ask); 2]>;

/// What those who were asked do, in the order asked.
pub type Moves = SmallVec<[(usize, Move); 2]>;

/// Why a move is not legal, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Illegal(pub String);

impl std::fmt::Display for Illegal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Illegal {}

/// What is the same under every protocol: the clock, the log, chance.
#[derive(Debug, Clone)]
pub struct Table {
    /// What is negotiated.
    pub setting: Setting,
    /// The number of seats.
    pub seats: usize,
    /// How long the session may take.
    pub clock: Clock,
    /// The round, from 1 on.
    pub round: u32,
    /// What happened, in order.
    pub log: Vec<Event>,
    /// Agreements of some of the seats that hold whatever becomes of the rest; empty but under a protocol of coalitions.
    pub agreed: Vec<Agreed>,
    /// How it ended, if it did.
    pub ending: Option<Ending>,
    /// Chance, for breakdowns and for drafts that are drawn.
    pub chance: Stream,
    /// What no agreement is worth to each seat by now, in its own units, where that is not what it was at the start.
    /// Each seat sees its own alone.
    pub floors: Vec<Option<i128>>,
}

impl Table {
    /// Puts down what happened, for all to see.
    pub fn tell(&mut self, by: Actor, what: What) {
        self.log.push(Event { round: self.round, by, what, seen: Seen::All });
    }

    /// Puts down what a seat did under seal.
    pub fn tell_sealed(&mut self, seat: usize, what: What) {
        self.log.push(Event { round: self.round, by: Actor::Seat(seat), what, seen: Seen::Own });
    }

    /// Ends the session with an agreement of all.
    pub fn agree(&mut self, outcome: Outcome) {
        self.end(Ending::agreed(self.round, self.seats, outcome));
    }

    /// Puts a mediator's draft on the table.
    pub fn draft(&mut self, outcome: &Outcome) {
        self.tell(Actor::Table, What::Draft(outcome.clone()));
    }

    /// Puts down an agreement of some of the seats; the others go on.
    pub fn agree_apart(&mut self, agreed: Agreed) {
        self.tell(Actor::Table, What::Agreed(agreed.clone()));
        self.agreed.push(agreed);
    }

    /// Ends the session without agreement, save those of some of the seats that have been put down.
    pub fn fail(&mut self, how: How) {
        if self.agreed.is_empty() {
            self.end(Ending::without(how, self.round));
        } else {
            let agreements = std::mem::take(&mut self.agreed);
            self.end(Ending { how: How::Agreed, round: self.round, agreements });
        }
    }

    /// Whether this is the last round.
    #[must_use]
    pub fn is_last(&self) -> bool {
        self.round >= self.clock.rounds
    }

    /// Ends the session, if it has not ended.
    pub fn end(&mut self, ending: Ending) {
        if self.ending.is_none() {
            self.tell(Actor::Table, What::Ended(ending.how));
            self.ending = Some(ending);
        }
    }

    /// Goes on to the next round, which may be the end of the session: the deadline, or a breakdown. Says whether it
    /// goes on.
    pub fn next_round(&mut self) -> bool {
        if self.is_last() {
            self.fail(How::Deadline);
            return false;
        }
        if self.clock.breakdown > 0.0 && self.chance.uniform() < self.clock.breakdown {
            self.fail(How::Breakdown);
            return false;
        }
        self.round += 1;
        true
    }
}

/// The rules of a session.
///
/// A protocol keeps its own state and starts afresh with [`Protocol::open`]. It draws what it draws from
/// [`Table::chance`] alone, so that a session replays from its log.
pub trait Protocol: Send + Sync {
    /// Its name, as it is written on the command line.
    fn name(&self) -> &'static str;

    /// Its name with its parameters: the text from which [`super::protocols::named`] gives it again.
    fn text(&self) -> String {
        self.name().to_string()
    }

    /// Whether it can be played over a setting. One that cannot is not opened by a driver; opened none the less, it ends
    /// at once as refused.
    ///
    /// # Errors
    /// Why not.
    fn fits(&self, setting: &Setting) -> Result<(), Illegal> {
        let (least, most) = self.seats();
        if (least..=most).contains(&setting.seats) {
            return Ok(());
        }
        let name = self.name();
        let needs = match most {
            usize::MAX => format!("{least} or more"),
            most if most == least => most.to_string(),
            most => format!("{least} to {most}"),
        };
        Err(Illegal(format!("`{name}` is for {needs} seats, and there are {}", setting.seats)))
    }

    /// The fewest and the most seats it is for.
    fn seats(&self) -> (usize, usize) {
        (2, usize::MAX)
    }

    /// The same rules at the start of a session of so many seats.
    fn open(&self, seats: usize) -> Box<dyn Protocol>;

    /// What happens before anybody is asked: a mediator's first draft, for example.
    fn begin(&mut self, _table: &mut Table) {}

    /// Who is asked for what now. Nobody: nobody can move any more, and the session ends as refused.
    fn asks(&self, table: &Table) -> Asked;

    /// Whether a seat that was asked may do this. Offers have been checked to be outcomes of the space.
    ///
    /// # Errors
    /// Why not.
    fn check(&self, table: &Table, seat: usize, ask: &Ask, what: &Move) -> Result<(), Illegal> {
        let _ = (table, seat);
        plainly(ask, what)
    }

    /// Does what the seats that were asked do, in the order asked. Puts down their moves in the log.
    fn take(&mut self, table: &mut Table, moves: Moves);
}

/// What fits what was asked, where a protocol has no rules of its own. Leaving always does.
///
/// # Errors
/// Why it does not fit.
pub(super) fn plainly(ask: &Ask, what: &Move) -> Result<(), Illegal> {
    let wrong = |needs: &str| Err(Illegal(format!("{needs} is asked for")));
    match (ask, what) {
        (_, Move::Leave)
        | (Ask::Propose, Move::Offer(_))
        | (Ask::Answer(_), Move::Offer(_) | Move::Accept)
        | (Ask::Decide(_), Move::Accept | Move::Reject)
        | (Ask::Compare(..), Move::Compare(_))
        | (Ask::Criticise(_), Move::Criticise(_)) => Ok(()),
        (Ask::Vote(on), Move::Votes(votes)) if votes.len() == on.len() => Ok(()),
        (Ask::Propose, _) => wrong("a proposal"),
        (Ask::Answer(_), _) => wrong("to accept or to propose"),
        (Ask::Decide(_), _) => wrong("yes or no"),
        (Ask::Vote(_), _) => wrong("one vote for each proposal"),
        (Ask::Compare(..), _) => wrong("a comparison"),
        (Ask::Criticise(_), _) => wrong("criticism"),
    }
}

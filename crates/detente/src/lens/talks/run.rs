//! One session of the talks, played to its end.

use super::frame::Session;
use super::inputs::Held;
use super::setup::{Setup, ends, scaled};
use super::{End, Features, Referrals};
use crate::game::{Game, Outcome};
use crate::strategy::{Strategy, play_course};
use crate::talks::course::{Account, Close, Course, Entry, Happening, When, Why};
use crate::talks::protocols::StackedAlternating;
use crate::talks::{Seat, Setting};
use std::sync::Arc;

/// Points in time at which what is asked for is looked at: every tenth, and the start.
pub(super) const TENTHS: usize = 11;

/// The table of one game.
pub(super) struct Laid {
    pub setting: Setting,
    pub seats: Vec<Arc<Seat>>,
    /// What no agreement is worth to each seat at the start.
    pub floors: Vec<i128>,
    /// The ends of each seat's scale.
    pub ends: Vec<(i128, i128)>,
}

/// What a session came to.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Run {
    /// What was signed: the last of it, which holds all before.
    pub signed: Option<Outcome>,
    /// Whether something is in force at the end.
    pub stands: bool,
    pub end: Option<End>,
    /// The seat that ended it, where one did.
    pub by: Option<usize>,
    pub meetings: u32,
    /// By seat, on its own scale: what it ends with, less things as they are, costs not counted.
    pub gain: Vec<f64>,
    /// By seat, on its own scale: what the conflict cost it.
    pub borne: Vec<f64>,
    pub referrals: Vec<Referrals>,
    /// By gate: whether it never opened.
    pub closed: Vec<bool>,
    /// By drift, and by incident of the session.
    pub drifted: Vec<usize>,
    pub incidents: Vec<usize>,
    pub unratified: Vec<usize>,
    /// By seat and tenth of the time: what its last offer by then is worth to itself.
    pub asked: Vec<[Option<f64>; TENTHS]>,
}

/// A session with its log.
pub(super) struct Logged {
    pub run: Run,
    pub log: Vec<Entry>,
}

impl Laid {
    pub(super) fn of(setup: &Setup<'_>, game: &Game) -> Option<Laid> {
        let (setting, seats) = setup.table(game)?;
        let floors = seats.iter().map(|seat| seat.reservation.unwrap_or(0)).collect();
        let ends = seats.iter().map(|seat| ends(&seat.function)).collect();
        Some(Laid { setting, seats, floors, ends })
    }

    /// A utility of a seat on its own scale.
    pub(super) fn scaled(&self, seat: usize, utility: i128) -> f64 {
        self.ends.get(seat).map_or(0.0, |ends| scaled(utility, *ends))
    }

    /// A share of a seat's scale in its own unit.
    #[expect(clippy::cast_possible_truncation, reason = "a share of a scale")]
    pub(super) fn amount(&self, seat: usize, share: f64) -> i128 {
        let (worst, best) = self.ends.get(seat).copied().unwrap_or_default();
        (share * (best - worst) as f64).round() as i128
    }

    /// A difference of utilities of a seat on its own scale.
    pub(super) fn difference(&self, seat: usize, amount: i128) -> f64 {
        let (worst, best) = self.ends.get(seat).copied().unwrap_or_default();
        ((amount as f64 / (best - worst).max(1) as f64) * 1e6).round() / 1e6
    }
}

/// Plays session `address.1`; none where the circumstances do not fit the table.
pub(super) fn run(
    setup: &Setup<'_>,
    laid: &Laid,
    features: Features,
    held: Held,
    address: (u64, u64),
) -> Option<Logged> {
    let meetings = setup.inputs.whole(setup.meetings, address, held);
    let rounds = setup.inputs.whole(setup.offers, address, held);
    let breakdown = setup.breakdown.map_or(0.0, |at| setup.inputs.draw(at, address, held));
    // The chance is one of a meeting; that of a round follows.
    let breakdown = 1.0 - (1.0 - breakdown).powf(1.0 / f64::from(rounds));
    let session = Session { inputs: &setup.inputs, laid, features, held, address, meetings, rounds, breakdown };
    let circumstances = Arc::new(setup.frame.circumstances(&session));
    let sao = StackedAlternating::default();
    let course = Course::open(&laid.setting, &laid.seats, circumstances, &sao, address).ok()?;
    let strategies = setup.strategies(address, held);
    let strategies: Vec<&dyn Strategy> = strategies.iter().map(AsRef::as_ref).collect();
    let course = play_course(course, &strategies, &Course::habit, address);
    let account = course.account()?;
    let run = come_to(setup, laid, course.log(), &account, meetings.saturating_mul(rounds));
    Some(Logged { run, log: course.log().to_vec() })
}

fn come_to(setup: &Setup<'_>, laid: &Laid, log: &[Entry], account: &Account, rounds: u32) -> Run {
    let (mut end, mut by) = ending(account.close);
    let bound = account.parties.iter().enumerate();
    let bound = bound.filter_map(|(seat, party)| setup.frame.may_nothing(seat, party.mandate?).then_some(seat)).next();
    if let (End::Deadline, Some(seat)) = (end, bound) {
        // It held out for nothing: it never had anything to put forward.
        (end, by) = (End::Bound, Some(seat));
    }
    let signed = log.iter().rev().find_map(|entry| match &entry.what {
        Happening::Signed { outcome, .. } => Some(outcome.clone()),
        _ => None,
    });
    let last = log.iter().rev().find_map(|entry| match entry.when {
        When::During { round, .. } => Some(round),
        When::Before(_) => None,
    });
    let start = setup.space.status_quo();
    let mut run = Run {
        // What drifted was not signed.
        signed: signed.map(|outcome| undrifted(outcome, account, &start)),
        stands: !matches!(account.close, Close::Nothing(_)),
        end: Some(end),
        by,
        meetings: account.when.meeting(),
        closed: account.gates.iter().map(|gate| gate.opened.is_none()).collect(),
        drifted: account.drifts.clone(),
        incidents: account.incidents.clone(),
        unratified: account.unratified.clone(),
        asked: asked(laid, account, rounds, last.unwrap_or(1)),
        ..Run::default()
    };
    for (at, (seat, party)) in laid.seats.iter().zip(&account.parties).enumerate() {
        let had = if run.stands { party.worth } else { seat.utility(&account.state) };
        run.gain.push(laid.difference(at, had - seat.utility(&start)));
        run.borne.push(laid.difference(at, party.costs));
        run.referrals.push(Referrals {
            sessions: u64::from(party.referred > 0),
            referred: u64::from(party.referred),
            approved: u64::from(party.approved),
            refused: u64::from(party.refused),
            extended: u64::from(party.extended),
            recalled: u64::from(party.recalled),
            barred: u64::from(party.held),
        });
    }
    run
}

/// An outcome with issues that only drifted at their value of the start.
fn undrifted(outcome: Outcome, account: &Account, start: &Outcome) -> Outcome {
    let mut signed = outcome;
    for issue in 0..start.digits().len() {
        let drifted = account.status_quo.digit(issue);
        if drifted != start.digit(issue) && signed.digit(issue) == drifted {
            signed = signed.with(issue, start.digit(issue));
        }
    }
    signed
}

fn ending(close: Close) -> (End, Option<usize>) {
    let why = match close {
        Close::Settled => return (End::Agreed, None),
        Close::Partial(why) | Close::Nothing(why) => why,
    };
    match why {
        Why::Deadline => (End::Deadline, None),
        Why::WalkedOut(seat) => (End::Left, Some(seat)),
        Why::Recalled(seat) => (End::Recalled, Some(seat)),
        Why::Breakdown => (End::Breakdown, None),
        Why::NotRatified(_) => (End::NotRatified, None),
        Why::Broken(_) => (End::Undone, None),
        Why::Breach(seat) => (End::Stopped, Some(seat)),
        Why::Refused | Why::Groups => (End::Stopped, None),
    }
}

/// What each seat's last offer by each tenth of the time is worth to itself, while the session goes on.
fn asked(laid: &Laid, account: &Account, rounds: u32, last: u32) -> Vec<[Option<f64>; TENTHS]> {
    let mut asked = vec![[None; TENTHS]; laid.seats.len()];
    let tenth = |round: u32| -> usize {
        let passed = u64::from(round.saturating_sub(1)) * (TENTHS as u64 - 1);
        usize::try_from(passed.div_ceil(u64::from(rounds.saturating_sub(1).max(1)))).unwrap_or(0)
    };
    let over = tenth(last) + 1;
    for offered in &account.offers {
        let When::During { round, .. } = offered.when else { continue };
        let (Some(of), Some(row)) = (laid.seats.get(offered.seat), asked.get_mut(offered.seat)) else { continue };
        let worth = laid.scaled(offered.seat, of.utility(&offered.outcome));
        // From the first tenth at which it has been made to the end of the session.
        for slot in row.iter_mut().take(over).skip(tenth(round)) {
            *slot = Some(worth);
        }
    }
    asked
}

//! One session of the talks, played to its end.

use super::inputs::Held;
use super::setup::{Setup, ends, scaled};
use super::{End, Features, Referrals};
use crate::game::{Game, Outcome};
use crate::strategy::play;
use crate::talks::protocols::StackedAlternating;
use crate::talks::{Clock, Event, How, Seat, Setting};
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
    /// What was signed by the end.
    pub signed: Option<Outcome>,
    pub end: Option<End>,
    /// The seat that ended it, where one did.
    pub by: Option<usize>,
    pub meetings: u32,
    /// By seat, on its own scale.
    pub gain: Vec<f64>,
    pub borne: Vec<f64>,
    pub referrals: Vec<Referrals>,
    /// By seat and tenth of the time: what its last offer by then is worth to itself.
    pub asked: Vec<[Option<f64>; TENTHS]>,
}

/// A session with its log.
pub(super) struct Logged {
    pub run: Run,
    pub log: Vec<Event>,
    pub offers_per_meeting: u32,
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
}

/// Plays session `address.1`.
pub(super) fn run(setup: &Setup<'_>, laid: &Laid, _features: Features, held: Held, address: (u64, u64)) -> Logged {
    let meetings = setup.inputs.whole(setup.meetings, address, held);
    let offers = setup.inputs.whole(setup.offers, address, held);
    let breakdown = setup.breakdown.map_or(0.0, |at| setup.inputs.draw(at, address, held));
    let rounds = meetings.saturating_mul(offers);
    // The chance is one of a meeting; that of an offer follows.
    let each = 1.0 - (1.0 - breakdown).powf(1.0 / f64::from(offers));
    let clock = Clock::rounds(rounds).breaking(each);
    let strategies = setup.strategies(address, held);
    let refs: Vec<&dyn crate::strategy::Strategy> = strategies.iter().map(AsRef::as_ref).collect();
    let played = play(&laid.setting, &StackedAlternating::default(), &clock, &laid.seats, &refs, address);
    let ending = played.ending;
    let (end, by) = match ending.how {
        How::Agreed => (End::Agreed, None),
        How::Deadline => (End::Deadline, None),
        How::Left(seat) => (End::Left, Some(seat)),
        How::Breakdown => (End::Breakdown, None),
        How::Breach(seat) => (End::Stopped, Some(seat)),
        How::Refused => (End::Stopped, None),
    };
    let signed = ending.agreement().cloned();
    let log = played.session.log().to_vec();
    let mut run = Run {
        end: Some(end),
        by,
        meetings: ending.round.div_ceil(offers),
        referrals: vec![Referrals::default(); laid.seats.len()],
        asked: asked(laid, &log, rounds, ending.round),
        borne: vec![0.0; laid.seats.len()],
        ..Run::default()
    };
    for (at, seat) in laid.seats.iter().enumerate() {
        let floor = laid.floors.get(at).copied().unwrap_or(0);
        let had = signed.as_ref().map_or(floor, |outcome| seat.utility(outcome));
        run.gain.push(laid.scaled(at, had) - laid.scaled(at, floor));
    }
    run.signed = signed;
    Logged { run, log, offers_per_meeting: offers }
}

/// What each seat's last offer by each tenth of the time is worth to itself, while the session goes on.
fn asked(laid: &Laid, log: &[Event], rounds: u32, last: u32) -> Vec<[Option<f64>; TENTHS]> {
    let mut asked = vec![[None; TENTHS]; laid.seats.len()];
    let tenth = |round: u32| -> usize {
        let passed = u64::from(round.saturating_sub(1)) * (TENTHS as u64 - 1);
        usize::try_from(passed.div_ceil(u64::from(rounds.saturating_sub(1).max(1)))).unwrap_or(0)
    };
    let over = tenth(last) + 1;
    for event in log {
        let Some((seat, outcome)) = event.offer() else { continue };
        let (Some(of), Some(row)) = (laid.seats.get(seat), asked.get_mut(seat)) else { continue };
        let worth = laid.scaled(seat, of.utility(outcome));
        // From the first tenth at which it has been made to the end of the session.
        for slot in row.iter_mut().take(over).skip(tenth(event.round)) {
            *slot = Some(worth);
        }
    }
    asked
}

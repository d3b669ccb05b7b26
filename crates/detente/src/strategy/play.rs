//! Playing a session with a strategy at every seat.

use super::Strategy;
use crate::game::Stream;
use crate::talks::{Ask, Clock, Ending, How, Move, Protocol, Seat, Session, Setting, View};
use std::sync::Arc;

/// What a strategy does when it is asked.
pub fn ask(strategy: &mut dyn Strategy, view: &View<'_>, ask: &Ask) -> Move {
    if strategy.leaves(view) {
        return Move::Leave;
    }
    let propose = |strategy: &mut dyn Strategy| strategy.propose(view).map_or(Move::Leave, Move::Offer);
    match ask {
        Ask::Propose => propose(strategy),
        Ask::Answer(offer) if strategy.accepts(view, offer) => Move::Accept,
        Ask::Answer(_) => propose(strategy),
        Ask::Decide(offer) if strategy.accepts(view, offer) => Move::Accept,
        Ask::Decide(_) => Move::Reject,
        Ask::Vote(offers) => Move::Votes(offers.iter().map(|offer| strategy.vote(view, offer)).collect()),
        Ask::Compare(before, draft) => Move::Compare(strategy.compares(view, before, draft)),
        Ask::Criticise(draft) => Move::Criticise(strategy.criticises(view, draft)),
    }
}

/// A session that was played to its end.
#[derive(Debug)]
pub struct Played {
    /// The session with its log.
    pub session: Session,
    /// How it ended.
    pub ending: Ending,
}

/// Plays session `index` of a seed to its end, with one strategy per seat. A move that is not legal ends it as a breach.
#[must_use]
pub fn play(
    setting: &Setting,
    protocol: &dyn Protocol,
    clock: &Clock,
    seats: &[Arc<Seat>],
    strategies: &[&dyn Strategy],
    (seed, index): (u64, u64),
) -> Played {
    let mut session = Session::open(setting, protocol, clock.clone(), seed, index);
    let open = |(at, strategy): (usize, &&dyn Strategy)| strategy.open(Stream::new(seed, index, at as u64));
    let mut players: Vec<Box<dyn Strategy>> = strategies.iter().enumerate().map(open).collect();
    loop {
        let Some((at, asked)) = session.asks().next() else { break };
        let (Some(seat), Some(player)) = (seats.get(at), players.get_mut(at)) else {
            session.breach(at);
            break;
        };
        let what = ask(player.as_mut(), &session.view(seat), asked);
        if session.step(at, what).is_err() {
            session.breach(at);
        }
    }
    let ending = session.ending().cloned().unwrap_or_else(|| Ending::without(How::Refused, session.table().round));
    Played { session, ending }
}

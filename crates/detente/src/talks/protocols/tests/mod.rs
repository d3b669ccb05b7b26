//! Sessions written by hand with the log they give, and what holds of every protocol.
#![allow(clippy::unwrap_used, clippy::panic)]

mod any_moves;
mod by_hand;
mod theorems;

use crate::game::{Formula, Issue, IssueKind, Outcome, Profile, Scenario, Space, Utility};
use crate::talks::{Actor, Clock, Comparison, Event, Move, Protocol, Session, Setting, Vote, What, replay};

/// A scenario of seats `a`, `b`, … over issues given by their values, and each seat's worth.
pub(super) fn scenario(issues: &[(&str, &[&str])], worth: &[&[&[i128]]]) -> Scenario {
    let space = Space { issues: issues.iter().map(|(id, values)| Issue::named(id, values)).collect() };
    let party = |(at, worth): (usize, &&[&[i128]])| {
        let worth = worth.iter().map(|w| w.to_vec()).collect();
        let name = char::from(b'a' + u8::try_from(at).unwrap()).to_string();
        let mut profile = Profile::new(name, Utility { unit: 1, worth, ..Utility::default() });
        profile.reservation = Some(0);
        profile
    };
    Scenario::new("by hand", space, worth.iter().enumerate().map(party).collect())
}

/// Seats at a space of issues with so many values each, all of them numbered from 0.
pub(super) fn setting(sizes: &[u16], seats: usize, rules: Vec<Formula>) -> Setting {
    let values = |size: u16| (0..size).map(|v| v.to_string()).collect::<Vec<_>>();
    let issue = |(at, size): (usize, &u16)| {
        let values = values(*size);
        let mut issue = Issue::named(&at.to_string(), &values.iter().map(String::as_str).collect::<Vec<_>>());
        issue.kind = IssueKind::Whole;
        issue
    };
    let space = Space { issues: sizes.iter().enumerate().map(issue).collect() };
    Setting { space: space.into(), rules: rules.into(), seats }
}

/// A move in a word or two: `1/0` an offer, `yes`, `no`, `leave`, `+-+` votes, `better`, `same`, `worse`, `wish 0=1`.
pub(super) fn read(text: &str) -> Move {
    let pair = |pair: &str| {
        let (issue, value) = pair.split_once('=').unwrap();
        (issue.parse().unwrap(), value.parse().unwrap())
    };
    match text {
        "yes" => Move::Accept,
        "no" => Move::Reject,
        "leave" => Move::Leave,
        "better" => Move::Compare(Comparison::Better),
        "same" => Move::Compare(Comparison::Same),
        "worse" => Move::Compare(Comparison::Worse),
        "wish" => Move::Criticise(Vec::new()),
        wish if wish.starts_with("wish ") => Move::Criticise(wish[5..].split(' ').map(pair).collect()),
        votes if votes.starts_with(['+', '-']) => Move::Votes(votes.split(' ').map(vote).collect()),
        offer => Move::Offer(Outcome::new(offer.split('/').map(|d| d.parse().unwrap()).collect::<Vec<u16>>())),
    }
}

/// `+`, `-`, or `+2..3`: yes with two or three seats.
fn vote(text: &str) -> Vote {
    match text[1..].split_once("..") {
        None => Vote::plain(text == "+"),
        Some((least, most)) => Vote { yes: true, least: least.parse().unwrap(), most: most.parse().unwrap() },
    }
}

pub(super) fn shown(outcome: &Outcome) -> String {
    outcome.digits().iter().map(ToString::to_string).collect::<Vec<_>>().join("/")
}

/// An event in a line.
pub(super) fn line(event: &Event) -> String {
    let what = match &event.what {
        What::Move(Move::Offer(offer)) => format!("offers {}", shown(offer)),
        What::Move(Move::Accept) => "says yes".to_string(),
        What::Move(Move::Reject) => "says no".to_string(),
        What::Move(Move::Leave) => "leaves".to_string(),
        What::Move(Move::Pass) => "passes".to_string(),
        What::Move(Move::Votes(votes)) => {
            let votes: Vec<&str> = votes.iter().map(|vote| if vote.yes { "+" } else { "-" }).collect();
            format!("votes {}", votes.join(" "))
        }
        What::Move(Move::Compare(how)) => format!("finds it {}", format!("{how:?}").to_lowercase()),
        What::Move(Move::Criticise(wishes)) if wishes.is_empty() => "wishes nothing".to_string(),
        What::Move(Move::Criticise(wishes)) => {
            format!("wishes {}", wishes.iter().map(|(i, v)| format!("{i}={v}")).collect::<Vec<_>>().join(" "))
        }
        What::Draft(draft) => format!("drafts {}", shown(draft)),
        What::Opened(seat, outcome) => format!("opens {} of {seat}", shown(outcome)),
        What::Agreed(agreed) => format!("notes that {:?} agree on {}", agreed.seats, shown(&agreed.outcome)),
        What::Ended(how) => format!("ends: {how:?}"),
        #[allow(unreachable_patterns, reason = "events that no protocol here makes")]
        other => format!("{other:?}"),
    };
    let by = match event.by {
        Actor::Seat(seat) => char::from(b'a' + u8::try_from(seat).unwrap()).to_string(),
        Actor::Table => "table".to_string(),
    };
    let sealed = if event.seen == crate::talks::Seen::Own { " (sealed)" } else { "" };
    format!("{} {by} {what}{sealed}", event.round)
}

/// Plays moves written by hand, each by the first seat that is asked, and gives the log. What is played also replays.
pub(super) fn played(setting: &Setting, protocol: &dyn Protocol, clock: &Clock, seed: u64, moves: &[&str]) -> Session {
    let mut session = Session::open(setting, protocol, clock.clone(), seed, 0);
    for text in moves {
        let seat = session.asks().next().unwrap_or_else(|| panic!("nobody is asked at {text}:\n{}", log(&session))).0;
        session.step(seat, read(text)).unwrap_or_else(|why| panic!("{text}: {why}\n{}", log(&session)));
    }
    if let Some(record) = crate::talks::Record::of(&session, protocol, seed, 0) {
        assert_eq!(replay(&record, setting, protocol), crate::talks::Replayed::Same);
    }
    session
}

pub(super) fn log(session: &Session) -> String {
    session.log().iter().map(line).collect::<Vec<_>>().join("\n")
}

//! Whatever legal moves come, no protocol panics, every session ends in time, and it replays.

use super::setting;
use crate::game::{Formula, Outcome, Stream};
use crate::talks::protocols::{listed, named};
use crate::talks::{Ask, Clock, Comparison, How, Move, Record, Replayed, Session, Setting, Vote, replay};
use proptest::prelude::*;

/// A legal move by chance. Leaving is rare.
fn any(ask: &Ask, setting: &Setting, stream: &mut Stream) -> Move {
    if stream.below(60) == 0 {
        return Move::Leave;
    }
    let offer = |stream: &mut Stream| {
        let sizes: Vec<usize> = setting.space.sizes().collect();
        let draw = |stream: &mut Stream| {
            Outcome::new(sizes.iter().map(|s| u16::try_from(stream.below(*s as u64)).unwrap()).collect::<Vec<_>>())
        };
        loop {
            let outcome = draw(stream);
            if setting.check(&outcome).is_ok() {
                return Move::Offer(outcome);
            }
        }
    };
    match ask {
        Ask::Answer(_) if stream.below(8) == 0 => Move::Accept,
        Ask::Propose | Ask::Answer(_) => offer(stream),
        Ask::Decide(_) => [Move::Accept, Move::Reject][usize::try_from(stream.below(2)).unwrap()].clone(),
        Ask::Vote(on) => {
            let mut vote = || {
                let (a, b) = (u8::try_from(stream.below(5)).unwrap(), u8::try_from(stream.below(5)).unwrap());
                Vote { yes: stream.below(3) == 0, least: a.min(b), most: if a == b { 255 } else { a.max(b) } }
            };
            Move::Votes(on.iter().map(|_| vote()).collect())
        }
        Ask::Compare(..) => Move::Compare(
            [Comparison::Better, Comparison::Same, Comparison::Worse][usize::try_from(stream.below(3)).unwrap()],
        ),
        Ask::Criticise(_) => {
            let wish = |(issue, size)| (issue, u16::try_from(stream.below(size as u64)).unwrap());
            let mut wishes: Vec<(usize, u16)> = setting.space.sizes().enumerate().map(wish).collect();
            wishes.truncate(usize::try_from(stream.below(3)).unwrap());
            Move::Criticise(wishes)
        }
        #[allow(unreachable_patterns, reason = "questions that no protocol here asks")]
        _ => Move::Leave,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn every_session_ends_in_time_and_replays(
        sizes in prop::collection::vec(1u16..5, 0..4), seats in 1usize..5, rounds in 1u32..12, seed: u64,
        breaking in prop::option::of(0.0..0.2f64), ruled: bool, limited: bool,
    ) {
        let rules = if ruled && !sizes.is_empty() { vec![Formula::In(0, vec![0])] } else { vec![] };
        let setting = setting(&sizes, seats, rules);
        let mut clock = Clock::rounds(rounds).breaking(breaking.unwrap_or(0.0));
        if limited {
            clock.moves = vec![None, Some(3)];
        }
        for listed in listed() {
            let text = match listed.name {
                "crossing-demands" | "blind-bidding" => format!("{}(up={})", listed.name, seed % 2),
                "closing" => format!("closing(package={})", vec!["0"; sizes.len().max(1)].join("/")),
                other => other.to_string(),
            };
            let protocol = named(&text).unwrap();
            let mut session = Session::open(&setting, protocol.as_ref(), clock.clone(), seed, 0);
            let mut stream = Stream::new(seed, 1, 0);
            let mut moves = 0u32;
            while session.ending().is_none() {
                let asked: Vec<(usize, Ask)> = session.asks().map(|(seat, ask)| (seat, ask.clone())).collect();
                prop_assert!(!asked.is_empty(), "{}: nobody is asked and it goes on", text);
                // The last of those asked answers first: the order of answers is nobody's business.
                let (seat, ask) = asked.last().unwrap();
                session.step(*seat, any(ask, &setting, &mut stream)).unwrap();
                moves += 1;
                prop_assert!(moves <= rounds * 3 * u32::try_from(seats).unwrap(), "{} goes on and on", text);
            }
            let ending = session.ending().unwrap().clone();
            prop_assert!(ending.round <= rounds);
            prop_assert!(!matches!(ending.how, How::Breach(_)));
            if protocol.fits(&setting).is_err() {
                prop_assert_eq!(ending.how, How::Refused);
            }
            for agreed in &ending.agreements {
                prop_assert!(setting.check(&agreed.outcome).is_ok(), "{}", text);
            }
            let mut bound: Vec<usize> = ending.agreements.iter().flat_map(|a| a.seats.clone()).collect();
            let all = bound.len();
            bound.sort_unstable();
            bound.dedup();
            prop_assert_eq!(all, bound.len(), "nobody is in two agreements");
            let record = Record::of(&session, protocol.as_ref(), seed, 0).unwrap();
            let json = serde_json::to_string(&record).unwrap();
            let again: Record = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(&serde_json::to_string(&again).unwrap(), &json);
            let same = named(&again.protocol).unwrap();
            prop_assert_eq!(replay(&again, &setting, same.as_ref()), Replayed::Same, "{}", text);
        }
    }
}

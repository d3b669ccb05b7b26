//! What holds of a protocol whatever the numbers, by brute force on small instances.

use super::{scenario, setting, shown};
use crate::game::{Outcome, Scenario, Stream};
use crate::talks::protocols::*;
use crate::talks::{Ask, Clock, Comparison, Ending, How, Move, Protocol, Session, Setting, Vote};
use proptest::prelude::*;

const VALUES: [&str; 4] = ["p", "q", "r", "s"];

/// A scenario of so many seats with worths drawn from `0..most`.
fn small(sizes: &[usize], seats: usize, most: u64, seed: u64) -> Scenario {
    let mut stream = Stream::new(seed, 0, 0);
    let mut draw = || i128::from(stream.below(most));
    let worth: Vec<Vec<Vec<i128>>> =
        (0..seats).map(|_| sizes.iter().map(|s| (0..*s).map(|_| draw()).collect()).collect()).collect();
    let worth: Vec<Vec<&[i128]>> = worth.iter().map(|w| w.iter().map(Vec::as_slice).collect()).collect();
    let worth: Vec<&[&[i128]]> = worth.iter().map(Vec::as_slice).collect();
    let issues: Vec<(&str, &[&str])> = sizes.iter().enumerate().map(|(i, s)| (VALUES[i], &VALUES[..*s])).collect();
    scenario(&issues, &worth)
}

/// Plays a protocol with seats that answer by a function.
fn answered(
    setting: &Setting,
    protocol: &dyn Protocol,
    rounds: u32,
    seed: u64,
    mut answer: impl FnMut(usize, &Ask) -> Move,
) -> Session {
    let mut session = Session::open(setting, protocol, Clock::rounds(rounds), seed, 0);
    loop {
        let asked = session.asks().next().map(|(seat, ask)| (seat, ask.clone()));
        let Some((seat, ask)) = asked else { return session };
        session.step(seat, answer(seat, &ask)).unwrap();
    }
}

fn compared(before: i128, after: i128) -> Move {
    Move::Compare(match after.cmp(&before) {
        std::cmp::Ordering::Greater => Comparison::Better,
        std::cmp::Ordering::Equal => Comparison::Same,
        std::cmp::Ordering::Less => Comparison::Worse,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// A mediated hill-climb that all answer truthfully and that has the time ends where no change of one issue is better
    /// to one and worse to none; every text it takes is better for somebody than the one before and worse for nobody.
    #[test]
    fn hill_climbing_ends_in_a_local_optimum(
        sizes in prop::collection::vec(2usize..5, 1..4), seats in 2usize..4, most in 2u64..20, seed: u64,
    ) {
        let scenario = small(&sizes, seats, most, seed);
        let worth = |seat: usize, outcome: &Outcome| scenario.parties[seat].utility.of(outcome);
        let session = answered(&Setting::of(&scenario), &MediatedSearch::climbing(), 100_000, seed, |seat, ask| match ask {
            Ask::Compare(before, draft) => compared(worth(seat, before), worth(seat, draft)),
            _ => Move::Accept,
        });
        let text = session.ending().unwrap().agreement().unwrap();
        for (issue, size) in sizes.iter().enumerate() {
            for value in 0..u16::try_from(*size).unwrap() {
                let other = text.with(issue, value);
                let gains: Vec<i128> = (0..seats).map(|seat| worth(seat, &other) - worth(seat, text)).collect();
                prop_assert!(gains.iter().any(|g| *g < 0) || gains.iter().all(|g| *g == 0), "{} is better", shown(&other));
            }
        }
    }

    /// Threads: when all offer what they find acceptable, each once in its own order, and accept just that, there is an
    /// agreement if and only if there is an outcome that all find acceptable, and it is one ("outcome-perfect").
    #[test]
    fn threads_find_an_agreement_when_there_is_one(
        size in 2u16..6, seats in 2usize..4, acceptable in prop::collection::vec(1u8..32, 3), seed: u64,
    ) {
        let fine = |seat: usize, digit: u16| acceptable[seat] & (1 << digit) != 0 && digit < size;
        let setting = setting(&[size], seats, vec![]);
        let mut stream = Stream::new(seed, 1, 0);
        let mut left: Vec<Vec<u16>> = (0..seats).map(|seat| (0..size).filter(|d| fine(seat, *d)).collect()).collect();
        prop_assume!(left.iter().all(|l| !l.is_empty()));
        let mut last = vec![0; seats];
        let session = answered(&setting, &Threads::new(), 1000, seed, |seat, ask| match ask {
            Ask::Vote(on) => Move::Votes(on.iter().map(|o| Vote::plain(fine(seat, o.digit(0)))).collect()),
            _ => {
                if !left[seat].is_empty() {
                    let at = usize::try_from(stream.below(left[seat].len() as u64)).unwrap();
                    last[seat] = left[seat].swap_remove(at);
                }
                Move::Offer(Outcome::new([last[seat]]))
            }
        });
        let common: Vec<u16> = (0..size).filter(|d| (0..seats).all(|seat| fine(seat, *d))).collect();
        let ending = session.ending().unwrap();
        prop_assert!(ending.round <= u32::from(size) + 1);
        match ending.agreement() {
            Some(outcome) => prop_assert!(common.contains(&outcome.digit(0))),
            None => prop_assert!(common.is_empty(), "{common:?} {ending:?}"),
        }
    }

    /// A mediator who proposes everything finds an agreement if there is one.
    #[test]
    fn a_mediator_with_time_finds_an_agreement_when_there_is_one(
        sizes in prop::collection::vec(1u16..4, 1..4), fine in prop::collection::vec(0u64..8, 2), seed: u64,
    ) {
        let setting = setting(&sizes, 2, vec![]);
        let accepts = |seat: usize, outcome: &Outcome| {
            let place = outcome.digits().iter().fold(0u64, |n, d| n * 4 + u64::from(*d));
            Stream::new(seed, place, seat as u64).below(8) < fine[seat]
        };
        let session = answered(&setting, &MediatorProposes::until_yes(), 1000, seed, |seat, ask| match ask {
            Ask::Decide(draft) if accepts(seat, draft) => Move::Accept,
            _ => Move::Reject,
        });
        let common = setting.space.outcomes().filter(|o| accepts(0, o) && accepts(1, o)).count();
        prop_assert_eq!(session.ending().unwrap().agreement().is_some(), common > 0);
    }

    /// At the deadline a majority's result is the first offer with the most votes of all votes there were.
    #[test]
    fn majority_takes_the_most_supported(rounds in 1u32..7, quota in 1usize..4, seed: u64) {
        let setting = setting(&[9], 3, vec![]);
        let mut stream = Stream::new(seed, 2, 0);
        let mut votes: Vec<(Outcome, usize)> = Vec::new();
        let mut tabled = Vec::new();
        let session = answered(&setting, &MultipleOffers::quota(quota), rounds, seed, |_, ask| match ask {
            Ask::Vote(on) => {
                if tabled != *on || votes.is_empty() {
                    votes.extend(on.iter().map(|o| (o.clone(), 0)));
                    tabled.clone_from(on);
                }
                let first = votes.len() - on.len();
                let cast: Vec<Vote> = on.iter().map(|_| Vote::plain(stream.below(3) == 0)).collect();
                for (count, vote) in votes[first..].iter_mut().zip(&cast) {
                    count.1 += usize::from(vote.yes);
                }
                Move::Votes(cast)
            }
            _ => Move::Offer(Outcome::new([u16::try_from(stream.below(9)).unwrap()])),
        });
        let most = votes.iter().map(|(_, n)| *n).max().unwrap_or(0);
        let first = votes.iter().find(|(_, n)| *n == most);
        let expected = first.filter(|(_, n)| *n >= quota).map(|(o, _)| o);
        prop_assert_eq!(session.ending().unwrap().agreement(), expected, "{:?}", votes);
    }
}

/// What each of two seats gets in one round of sealed demands on an ordered issue of `size` values, the first wanting it up;
/// no agreement is worth a floor each.
fn demand_game(size: u16, split: Split, floors: [i128; 2]) -> Vec<Vec<[i128; 2]>> {
    let setting = setting(&[size], 2, vec![]);
    let payoff = |a: u16, b: u16| {
        let session = answered(&setting, &SealedDemands::crossing(0, split), 1, 0, |seat, _| {
            Move::Offer(Outcome::new([if seat == 0 { a } else { b }]))
        });
        let ending: &Ending = session.ending().unwrap();
        match ending.agreement() {
            Some(outcome) => [i128::from(outcome.digit(0)), i128::from(size - 1 - outcome.digit(0))],
            None => floors,
        }
    };
    (0..size).map(|a| (0..size).map(|b| payoff(a, b)).collect()).collect()
}

/// Nash's demand game: in pure strategies the demands that just meet at no less than the floors are equilibria, and so
/// are demands that are out of reach of each other; no demands that leave something between them are.
#[test]
fn demands_that_just_meet_are_the_equilibria_with_an_agreement() {
    let size = 7u16;
    for split in [Split::Middle, Split::Up, Split::Down] {
        for floors in [[0, 0], [2, 1], [4, 4]] {
            let game = demand_game(size, split, floors);
            let equilibrium = |a: usize, b: usize| {
                let best = |seat: usize, at: i128, other: Vec<i128>| other.iter().all(|o| *o <= at) || seat > 1;
                best(0, game[a][b][0], game.iter().map(|row| row[b][0]).collect())
                    && best(1, game[a][b][1], game[a].iter().map(|cell| cell[1]).collect())
            };
            let all: Vec<(usize, usize)> = (0..usize::from(size))
                .flat_map(|a| (0..usize::from(size)).map(move |b| (a, b)))
                .filter(|(a, b)| equilibrium(*a, *b))
                .collect();
            for a in 0..usize::from(size) {
                let (up, down) = (a as i128, (usize::from(size) - 1 - a) as i128);
                let fine = up >= floors[0] && down >= floors[1];
                assert_eq!(all.contains(&(a, a)), fine, "{split:?} {floors:?} both at {a}");
            }
            // Seat 0 demands a, seat 1 leaves it b: with a < b something lies between them.
            let crossing: Vec<_> = all.iter().filter(|(a, b)| a < b).collect();
            match split {
                Split::Middle => assert!(crossing.is_empty(), "{floors:?} {crossing:?}"),
                // Where one gets just what it demands, it would demand more.
                Split::Up | Split::Down => assert!(crossing.is_empty(), "{split:?} {floors:?} {crossing:?}"),
            }
        }
    }
}

/// A draft that is worse to two of two seats is kept with the chance that the temperature says, at the start and half way.
#[test]
fn annealing_cools_as_it_says() {
    let setting = setting(&[2, 2], 2, vec![]);
    let mut kept = [0.0; 2];
    const TRIES: u64 = 2000;
    for seed in 0..TRIES {
        for (at, rounds) in [(0, 2), (1, 3)] {
            let mut compared = 0;
            let mut draft = None;
            let session = answered(&setting, &MediatedSearch::annealing(2.0), rounds, seed, |_, ask| match ask {
                Ask::Compare(_, to) => {
                    compared += 1;
                    draft = Some(to.clone());
                    // The last comparison is worse to both, an earlier one better.
                    let last = compared > 2 * (rounds - 2);
                    Move::Compare(if last { Comparison::Worse } else { Comparison::Better })
                }
                _ => Move::Accept,
            });
            if session.ending().unwrap().agreement() == draft.as_ref() {
                kept[at] += 1.0 / TRIES as f64;
            }
        }
    }
    // exp(-2 / 2) in the first of two rounds, exp(-2 / 1) in the second of three.
    assert!((kept[0] - (-1.0f64).exp()).abs() < 0.033, "{kept:?}");
    assert!((kept[1] - (-2.0f64).exp()).abs() < 0.024, "{kept:?}");
}

#[test]
fn a_quota_of_all_seats_is_alternating_multiple_offers() {
    let setting = setting(&[5], 3, vec![]);
    for seed in 0..50 {
        let logs = [MultipleOffers::unanimous(), MultipleOffers::quota(3)].map(|protocol| {
            let mut stream = Stream::new(seed, 3, 0);
            let session = answered(&setting, &protocol, 8, seed, |_, ask| match ask {
                Ask::Vote(on) => Move::Votes(on.iter().map(|_| Vote::plain(stream.below(3) > 0)).collect()),
                _ => Move::Offer(Outcome::new([u16::try_from(stream.below(5)).unwrap()])),
            });
            (super::log(&session), session.ending().map(|e| e.how == How::Agreed))
        });
        assert_eq!(logs[0], logs[1]);
    }
}

/// Sessions of NegMAS 0.16 (`TAUMechanism`) between negotiators that go by a list: the number of outcomes; of each
/// negotiator what it offers, in order, the last again and again, and what it accepts; the agreement; the round.
const NEGMAS: &[(u16, &str, Option<u16>, u32)] = &[
    (2, "0 1 | 1; 1 | 0 1", Some(1), 2),
    (5, "3 1 4 0 2 | 0 2 3; 0 3 | 0 1 3 4", Some(3), 2),
    (3, "0 1 2 | 1 2; 0 1 | 1 2", Some(1), 2),
    (3, "1 0 | 0 2; 2 0 | 0 1", Some(0), 2),
    (5, "1 | 1 2 4; 2 1 4 0 | 0 1 2 3", Some(1), 2),
    (4, "3 0 1 2 | 0; 1 3 0 2 | 0 1", Some(0), 3),
    (3, "0 2 1 | 0; 1 2 0 | 0 1", Some(0), 3),
    (2, "1 | 0; 1 | 0 1", None, 2),
    (5, "1 | 0 1 3 4; 0 | 0 1 2 3", None, 2),
    (4, "3 1 | 0 1 2 3; 0 | 0 1 2", None, 3),
    (3, "0 1 2 | 1; 1 | 2", None, 4),
    (3, "2 0 | 1; 1 2 | 1", None, 3),
    (2, "0 | 0 1; 1 0 | 0 1; 0 | 0", Some(0), 2),
    (5, "2 0 3 4 | 0 1 2 3 4; 1 0 3 4 | 0 2 3 4; 0 2 3 4 1 | 0", Some(0), 2),
    (2, "0 1 | 0 1; 1 0 | 0 1; 0 1 | 0", Some(0), 2),
    (5, "3 0 1 4 2 | 2 3 4; 3 0 1 2 4 | 0 2 3 4; 0 3 4 2 1 | 0 1 3 4", Some(3), 2),
    (5, "1 0 4 3 2 | 0 1 2; 2 3 1 0 4 | 1 3; 1 4 3 | 0 1 3 4", Some(1), 3),
    (3, "1 0 | 0; 1 2 0 | 0 2; 2 0 | 0 1", Some(0), 3),
    (3, "2 1 0 | 0 1 2; 2 1 0 | 0 2; 0 2 | 0 2", Some(2), 2),
    (4, "3 | 1 2 3; 1 | 2 3; 0 1 2 | 1 2 3", None, 4),
    (4, "2 1 3 | 3; 1 2 3 0 | ; 2 1 0 3 | 0 2 3", None, 5),
    (5, "1 3 0 | 0 2 3; 0 | 1 2 3 4; 3 4 1 0 | 1 3 4", None, 5),
    (4, "3 1 0 2 | 1 2; 3 0 2 | 0 3; 0 | 0 1", None, 5),
    (4, "0 3 1 | 1 2 3; 0 2 | 1 2 3; 3 1 0 2 | 3", None, 5),
];

#[test]
fn threads_end_as_in_negmas() {
    for (size, negotiators, agreement, round) in NEGMAS {
        let numbers = |text: &str| text.split_whitespace().map(|n| n.parse().unwrap()).collect::<Vec<u16>>();
        let lists: Vec<(Vec<u16>, Vec<u16>)> = negotiators
            .split(';')
            .map(|one| one.split_once('|').map(|(offers, accepts)| (numbers(offers), numbers(accepts))).unwrap())
            .collect();
        let mut made = vec![0; lists.len()];
        let session =
            answered(&setting(&[*size], lists.len(), vec![]), &Threads::new(), 30, 1, |seat, ask| match ask {
                Ask::Vote(on) => {
                    Move::Votes(on.iter().map(|o| Vote::plain(lists[seat].1.contains(&o.digit(0)))).collect())
                }
                _ => {
                    let offer = lists[seat].0[made[seat].min(lists[seat].0.len() - 1)];
                    made[seat] += 1;
                    Move::Offer(Outcome::new([offer]))
                }
            });
        let ending = session.ending().unwrap();
        let ended = (ending.agreement().map(|o| o.digit(0)), ending.round);
        assert_eq!(ended, (*agreement, *round), "{negotiators}\n{}", super::log(&session));
    }
}

//! The policy against all policies there are.

use super::drawn;
use crate::game::{Discount, Outcome, Scenario, Stream};
use crate::strategy::optimal::{Act, BestResponse, Opponents, Others, Policy, Table};
use crate::strategy::{Curve, Known, Pick, Recipe, Strategy, TimeDependent, play};
use crate::talks::protocols::StackedAlternating;
use crate::talks::{Choice, Clock, How, Seat, Setting, View};

/// Types of opponents by tables, drawn.
fn tables(own: &[Choice], rounds: usize, types: usize, stream: &mut Stream) -> Vec<Table> {
    let table = |_| {
        let offers = (0..rounds).map(|_| {
            let at = usize::try_from(stream.below(own.len() as u64 + 1)).unwrap();
            // Now and then one that walks away.
            let stays = stream.below(8) > 0;
            own.get(at.min(own.len() - 1)).filter(|_| stays).map(|choice| choice.outcome.clone())
        });
        let offers: Vec<Option<Outcome>> = offers.collect();
        let accepts = (0..rounds).map(|_| own.iter().map(|_| stream.below(4) == 0).collect()).collect();
        Table { weight: 1 + stream.below(4), offers, accepts }
    };
    (0..types).map(table).collect()
}

/// What a seat knows when it moves: the offers it has received so far.
type Seen = Vec<Outcome>;

/// A policy: what to do after what was seen. It says nothing of what it never meets.
type Rule<'a> = dyn FnMut(&Seen, usize) -> Act + 'a;

/// One session against one type, by hand: the utility and the round of the end.
fn outcome(
    scenario: &Scenario,
    table: &Table,
    own: &[Choice],
    first: bool,
    rule: &mut Rule<'_>,
) -> (Option<i128>, usize) {
    let Table { offers, accepts, .. } = table;
    let rounds = offers.len();
    let worth = |outcome: &Outcome| scenario.parties[usize::from(!first)].utility.of(outcome);
    let taken = |outcome: &Outcome, round: usize| {
        let at = own.iter().position(|choice| choice.outcome == *outcome).unwrap();
        accepts[round - 1][at]
    };
    let mut seen: Seen = Vec::new();
    let mut standing: Option<Outcome> = None;
    for round in 1..=rounds {
        for mine in if first { [true, false] } else { [false, true] } {
            if mine {
                match rule(&seen, round) {
                    Act::Accept => return (Some(worth(seen.last().unwrap())), round),
                    Act::Propose(outcome) => standing = Some(outcome),
                    Act::Leave => return (None, round),
                }
            } else {
                if let Some(proposed) = standing.take().filter(|proposed| taken(proposed, round)) {
                    return (Some(worth(&proposed)), round);
                }
                match &offers[round - 1] {
                    Some(offer) => seen.push(offer.clone()),
                    None => return (None, round),
                }
            }
        }
    }
    (None, rounds)
}

/// What an end is worth: the sums of the policy, made again.
fn worth(scenario: &Scenario, first: bool, rounds: usize, end: (Option<i128>, usize)) -> f64 {
    let party = &scenario.parties[usize::from(!first)];
    let (value, shrinks) = match (end.0, party.discount) {
        (Some(utility), _) => (utility, true),
        (None, Some(Discount::OverDeadline { reservation, .. })) => (party.reservation.unwrap_or(0), reservation),
        (None, _) => (party.reservation.unwrap_or(0), true),
    };
    match party.discount {
        Some(Discount::OverDeadline { factor, .. }) if shrinks => {
            value as f64 * factor.powf((end.1 - 1) as f64 / rounds as f64)
        }
        _ => value as f64,
    }
}

/// The best of all deterministic policies, each written out in full and played against every type.
fn brute(scenario: &Scenario, types: &[Table], own: &[Choice], first: bool) -> f64 {
    let rounds = types[0].offers.len();
    // What may be seen, whatever is done: beginnings of the offers of some type.
    let mut sights: Vec<Seen> = Vec::new();
    for table in types {
        let heard: Seen = table.offers.iter().map_while(Clone::clone).collect();
        for length in usize::from(!first)..=heard.len().min(rounds - usize::from(first)) {
            let seen = heard[..length].to_vec();
            if !sights.contains(&seen) {
                sights.push(seen);
            }
        }
    }
    let acts = |seen: &Seen| {
        let mut acts = vec![Act::Leave];
        acts.extend(own.iter().map(|choice| Act::Propose(choice.outcome.clone())));
        acts.extend((!seen.is_empty()).then_some(Act::Accept));
        acts
    };
    let choices: Vec<Vec<Act>> = sights.iter().map(acts).collect();
    let mut chosen = vec![0usize; sights.len()];
    let mut best = f64::NEG_INFINITY;
    loop {
        let mut rule = |seen: &Seen, _: usize| {
            let at = sights.iter().position(|sight| sight == seen).unwrap();
            choices[at][chosen[at]].clone()
        };
        let sum = types.iter().fold(0.0, |sum, table| {
            let end = outcome(scenario, table, own, first, &mut rule);
            sum + table.weight as f64 * worth(scenario, first, rounds, end)
        });
        best = best.max(sum);
        let Some(at) = (0..chosen.len()).find(|at| chosen[*at] + 1 < choices[*at].len()) else { return best };
        chosen[at] += 1;
        chosen[..at].fill(0);
    }
}

#[test]
fn no_policy_does_better() {
    let (mut walked, mut accepted, mut checked) = (0, 0, 0);
    for seed in 0..600 {
        let mut stream = Stream::new(seed, 31, 0);
        let mut scenario = drawn(3, 20, &mut stream);
        for party in &mut scenario.parties {
            if stream.below(2) == 0 {
                party.reservation = Some(i128::from(stream.below(12)));
            }
            if stream.below(3) == 0 {
                party.discount = Some(Discount::OverDeadline { factor: 0.5, reservation: stream.below(2) == 0 });
            }
        }
        let first = stream.below(2) == 0;
        let seats = Seat::all(&scenario).unwrap();
        let seat = &seats[usize::from(!first)];
        let own = seat.menu().list().unwrap();
        let rounds = 2 + usize::try_from(stream.below(2)).unwrap();
        let types = tables(own, rounds, 1 + usize::try_from(stream.below(3)).unwrap(), &mut stream);
        let opponents = Opponents::of_tables(own, &types).unwrap();
        let policy = Policy::solve(seat, rounds as u32, first, opponents, 1000).unwrap();
        let (sum, weight) = policy.value();
        assert_eq!(weight, types.iter().map(|table| table.weight).sum::<u64>());
        let scale = if scenario.parties[usize::from(!first)].discount.is_some() { 1e6 } else { 1.0 };
        let sights: usize = types.iter().map(|table| table.offers.len()).sum();
        if sights <= 6 {
            let best = brute(&scenario, &types, own, first);
            assert!((sum as f64 / scale - best).abs() < 1e-4, "seed {seed}: {} is not {best}", sum as f64 / scale);
            checked += 1;
        }
        // And what it says to do gains what it says it is worth.
        let mut gained = 0.0;
        for table in &types {
            let (mut left, mut heard, mut mine) = (policy.all(), 0, None::<(Outcome, usize)>);
            let mut rule = |seen: &Seen, round: usize| {
                for offer in &seen[heard..] {
                    heard += 1;
                    if let Some((proposal, _)) = mine.take() {
                        left = policy.after_refusal(left, heard, &proposal);
                    }
                    left = policy.after_offer(left, heard, offer, seat.utility(offer));
                }
                assert_ne!(left, 0);
                let offered = seen.last().map(|offer| seat.utility(offer));
                let act = policy.act(round, left, offered, 1000).unwrap();
                mine = if let Act::Propose(outcome) = &act { Some((outcome.clone(), round)) } else { None };
                walked += usize::from(act == Act::Leave);
                accepted += usize::from(act == Act::Accept);
                act
            };
            let end = outcome(&scenario, table, own, first, &mut rule);
            gained += table.weight as f64 * worth(&scenario, first, rounds, end);
        }
        assert!((gained - sum as f64 / scale).abs() < 1e-4, "seed {seed}: gained {gained}, said {sum}");
    }
    assert!(walked > 10 && accepted > 100 && checked > 200, "{walked} {accepted} {checked}");
}

fn exponents(count: usize) -> Vec<(u64, Box<dyn Strategy>)> {
    let tactic = |at: usize| {
        let e = [0.1, 0.3, 1.0, 3.0][at % 4];
        Box::new(TimeDependent::new(Curve::Polynomial(e), Pick::AtLeast)) as Box<dyn Strategy>
    };
    (0..count).map(|at| (1 + at as u64, tactic(at))).collect()
}

#[test]
fn played_against_its_types_it_gains_what_it_is_worth() {
    for (seed, first) in (0..40).flat_map(|seed| [(seed, true), (seed, false)]) {
        let scenario = drawn(9, 1000, &mut Stream::new(seed, 32, 0));
        let seats = Seat::all(&scenario).unwrap();
        let at = usize::from(!first);
        let types = exponents(4);
        let shown: Vec<(u64, &dyn Strategy)> = types.iter().map(|(w, s)| (*w, s.as_ref())).collect();
        let opponents = Opponents::observed(&seats[at], &seats[1 - at], 8, &shown, 0).unwrap();
        let policy = Policy::solve(&seats[at], 8, first, opponents, 10_000).unwrap();
        let best = BestResponse::new(Others::of(&scenario), exponents(4));
        let gains = |strategy: &dyn Strategy| -> i128 {
            let gain = |(weight, other): &(u64, Box<dyn Strategy>)| {
                let strategies: [&dyn Strategy; 2] =
                    if first { [strategy, other.as_ref()] } else { [other.as_ref(), strategy] };
                let protocol = StackedAlternating::default();
                let played =
                    play(&Setting::of(&scenario), &protocol, &Clock::rounds(8), &seats, &strategies, (seed, 0));
                assert!(!matches!(played.ending.how, How::Breach(_)));
                let agreed = played.ending.agreement().map_or(0, |agreed| seats[at].utility(agreed));
                i128::from(*weight) * agreed
            };
            types.iter().map(gain).sum()
        };
        assert_eq!(gains(&best), policy.value().0, "seed {seed}");
        for name in ["boulware", "linear", "conceder", "tough", "nice", "boulware(e=0.05)"] {
            let other = name.parse::<Recipe>().unwrap().build(&Known::nothing()).unwrap();
            assert!(gains(other.as_ref()) <= policy.value().0, "{name} does better with seed {seed}");
        }
    }
}

#[test]
fn what_no_type_would_do_is_borne() {
    let scenario = drawn(12, 1000, &mut Stream::new(3, 33, 0));
    let seats = Seat::all(&scenario).unwrap();
    let recipe = "best-response(low=0.5, high=2, types=3)".parse::<Recipe>().unwrap();
    assert!(recipe.build(&Known::nothing()).is_err());
    let best = recipe.build(&Known::of(&scenario)).unwrap();
    for name in ["random", "tough", "nice", "conceder", "best-response", "subgame-perfect"] {
        let other = name.parse::<Recipe>().unwrap().build(&Known::of(&scenario)).unwrap();
        for (strategies, clock) in [
            ([best.as_ref(), other.as_ref()], Clock::rounds(20)),
            ([other.as_ref(), best.as_ref()], Clock::rounds(20)),
            ([best.as_ref(), other.as_ref()], Clock::rounds(120).hidden()),
        ] {
            let protocol = StackedAlternating::default();
            let played = play(&Setting::of(&scenario), &protocol, &clock, &seats, &strategies, (1, 0));
            assert!(!matches!(played.ending.how, How::Breach(_)), "{name}");
            let again = play(&Setting::of(&scenario), &protocol, &clock, &seats, &strategies, (1, 0));
            assert_eq!(played.session.log(), again.session.log());
        }
    }
}

/// Counts how often it is asked, and takes nothing.
#[derive(Clone)]
struct Leaves;

impl Strategy for Leaves {
    fn open(&self, _: Stream) -> Box<dyn Strategy> {
        Box::new(Leaves)
    }

    fn propose(&mut self, view: &View<'_>) -> Option<Outcome> {
        (view.round() < 3).then(|| view.seat().menu().best().unwrap().outcome)
    }

    fn accepts(&mut self, _: &View<'_>, _: &Outcome) -> bool {
        false
    }
}

#[test]
fn one_that_will_walk_away_is_taken_at_its_word() {
    let mut scenario = drawn(5, 1000, &mut Stream::new(8, 34, 0));
    scenario.parties[0].reservation = Some(0);
    let seats = Seat::all(&scenario).unwrap();
    let types: [(u64, &dyn Strategy); 1] = [(1, &Leaves)];
    let opponents = Opponents::observed(&seats[0], &seats[1], 10, &types, 0).unwrap();
    let policy = Policy::solve(&seats[0], 10, true, opponents, 100).unwrap();
    // It offers its best in two rounds and is gone in the third: what it offers is all there is to be had.
    let offered = seats[0].utility(&seats[1].menu().best().unwrap().outcome);
    assert_eq!(policy.value(), (offered, 1));
}

#[test]
fn what_cannot_be_made_is_said() {
    let scenario = drawn(3, 20, &mut Stream::new(1, 35, 0));
    let seats = Seat::all(&scenario).unwrap();
    let own = seats[0].menu().list().unwrap();
    assert!(Opponents::of_tables(own, &[]).is_err());
    let table = Table { weight: 1, offers: vec![None, None], accepts: vec![vec![false; 3]; 2] };
    assert!(Opponents::of_tables(own, &vec![table.clone(); 65]).is_err());
    assert!(Opponents::of_tables(own, &[Table { weight: 0, ..table.clone() }]).is_err());
    assert!(Opponents::of_tables(own, &[Table { offers: vec![None], ..table.clone() }]).is_err());
    assert!(Opponents::of_tables(own, &[table]).is_ok());
    // Eight types that part ways in every round reach many states.
    let mut stream = Stream::new(5, 36, 0);
    let types = tables(own, 12, 8, &mut stream);
    let opponents = Opponents::of_tables(own, &types).unwrap();
    assert!(Policy::solve(&seats[0], 12, true, opponents, 3).unwrap_err().0.contains("3 states"));
}

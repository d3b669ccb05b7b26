use super::*;
use crate::analysis::judge::{self, Dice, Shape, random};
use crate::game::{Issue, Outcome, Profile, Space, Stream, Utility};

/// What a round is worth and what is agreed in the end, by the tree of all proposals and answers.
fn tree(scenario: &Scenario, all: &[Point], terms: &Terms, round: usize) -> (Vec<f64>, Option<Vec<i128>>) {
    let parties = scenario.parties.len();
    let shrink = |party: usize| terms.discount.get(party).copied().unwrap_or(1.0);
    let reservation = |party: usize, round: usize| {
        let profile = &scenario.parties[party];
        let plain = profile.reservation.map_or(0.0, |r| profile.utility.real(r));
        let left = (0..round).fold(1.0, |left, _| left * shrink(party));
        if terms.reservation_shrinks { plain } else { plain / left }
    };
    if round == terms.rounds {
        return ((0..parties).map(|p| reservation(p, round)).collect(), None);
    }
    let (next, later) = tree(scenario, all, terms, round + 1);
    let waiting: Vec<f64> = match (&later, terms.reservation_shrinks) {
        (None, false) => (0..parties).map(|p| reservation(p, round)).collect(),
        _ => (0..parties).map(|p| shrink(p) * next[p]).collect(),
    };
    let proposer = (terms.first + round) % parties;
    let worth = |p: &Point| -> Vec<f64> {
        p.utilities.iter().zip(&scenario.parties).map(|(u, party)| party.utility.real(*u)).collect()
    };
    let slack = if terms.discount.is_empty() { 0.0 } else { 1e-9 };
    let mut best: Option<(Vec<f64>, Vec<i128>)> = None;
    for point in all {
        let worth = worth(point);
        if worth.iter().zip(&waiting).any(|(w, v)| *w < *v - slack) {
            continue;
        }
        // Of equals for the proposer: the best for the first party, then the next, as the frontier has them.
        let better = best.as_ref().is_none_or(|(old, utilities)| {
            worth[proposer] > old[proposer] || (worth[proposer] == old[proposer] && point.utilities > *utilities)
        });
        if better {
            best = Some((worth, point.utilities.clone()));
        }
    }
    best.map_or((waiting, later), |(worth, utilities)| (worth, Some(utilities)))
}

fn terms(parties: usize, dice: &mut Dice) -> Terms {
    // Products of these and of fifths or thousandths are either equal or far apart.
    let factors = [1.0, 0.9, 0.5, 0.95];
    let discount = if dice.chance(40) { Vec::new() } else { (0..parties).map(|_| factors[dice.below(4)]).collect() };
    Terms { rounds: dice.below(7), first: dice.below(parties), discount, reservation_shrinks: dice.chance(50) }
}

#[test]
fn backward_induction_over_the_frontier_is_the_tree_over_all_outcomes() {
    let (mut agreed, mut not) = (0, 0);
    for seed in 0..2_000 {
        let parties = 1 + (seed % 4) as usize;
        let shape = Shape { parties, outcomes: 12, rules: true, tables: true, ..Shape::default() };
        let scenario = random(shape, seed);
        let terms = terms(parties, &mut Dice(Stream::new(seed, 20, 0)));
        let (all, frontier) = (judge::all(&scenario), judge::frontier(&scenario));
        let play = subgame_perfect(&scenario, &frontier, &terms, &Limits::default()).answer;
        let (values, right) = tree(&scenario, &all, &terms, 0);
        let found = play.agreement.as_ref().map(|(_, point)| point.utilities.clone());
        assert_eq!(found, right, "{terms:?} {scenario:?}");
        if let Some(first) = play.rounds.first() {
            let near = first.values.iter().zip(&values).all(|(a, b)| (a - b).abs() <= 1e-9 * b.abs().max(1.0));
            assert!(near, "{first:?} {values:?} {terms:?} {scenario:?}");
        }
        *(if right.is_some() { &mut agreed } else { &mut not }) += 1;
    }
    assert!(agreed > 700 && not > 100, "{agreed} {not}");
}

/// A cake in `pieces`, cut between two.
fn cake(pieces: u16) -> (Scenario, Frontier) {
    let labels: Vec<String> = (0..=pieces).map(|v| v.to_string()).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let space = Space { issues: vec![Issue::named("share", &labels)] };
    let unit = i128::from(pieces);
    let party = |worth| Profile::new("p", Utility { unit, worth: vec![worth], ..Utility::default() });
    let shares = || (0..=pieces).map(i128::from);
    let scenario = Scenario::new("cake", space, vec![party(shares().collect()), party(shares().rev().collect())]);
    let point = |v: u16| Point { utilities: vec![i128::from(v), unit - i128::from(v)], outcome: Outcome::new([v]) };
    (scenario, Frontier::of((0..=pieces).map(point).collect()))
}

#[test]
fn a_long_cake_is_cut_as_rubinstein_says() {
    // With factors a and b the proposer gets (1 - b) / (1 - a b) when there is no end (Rubinstein 1982).
    let (scenario, frontier) = cake(50_000);
    for (a, b) in [(0.9, 0.9), (0.8, 0.95), (0.5, 0.7)] {
        let terms = Terms { discount: vec![a, b], ..Terms::plain(301) };
        let play = subgame_perfect(&scenario, &frontier, &terms, &Limits::default()).answer;
        let (round, point) = play.agreement.unwrap();
        let share = scenario.parties[0].utility.real(point.utilities[0]);
        assert_eq!(round, 0);
        // Shares are cut to whole pieces, whose errors add up over the rounds.
        assert!((share - (1.0 - b) / (1.0 - a * b)).abs() < 1e-3, "{share}");
    }
}

#[test]
fn differences_finer_than_floats_count_without_discounting() {
    let (mut scenario, mut frontier) = cake(4);
    let (party, huge) = (&mut scenario.parties[0], 1i128 << 100);
    party.utility_mut().unit = huge;
    frontier.points.iter_mut().for_each(|p| p.utilities[0] += huge);
    party.reservation = Some(huge + 2);
    let found = subgame_perfect(&scenario, &frontier, &Terms { first: 1, ..Terms::plain(1) }, &Limits::default());
    assert_eq!(found.answer.agreement.unwrap().1.utilities, [huge + 2, 2]);
    assert_eq!(found.made.exactness, Exactness::Exact);
}

#[test]
fn it_is_said_when_rounding_may_have_decided() {
    let (scenario, frontier) = cake(10);
    let made = |factor: f64| {
        let terms = Terms { discount: vec![factor, factor], ..Terms::plain(2) };
        subgame_perfect(&scenario, &frontier, &terms, &Limits::default()).made.exactness
    };
    // 0.9 of 10 pieces is 9 pieces, or nearly; 0.85 of them is between two.
    assert!(matches!(made(0.9), Exactness::Within(t) if t <= TOLERANCE));
    assert_eq!(made(0.85), Exactness::Exact);
}

#[test]
fn who_is_last_takes_all_and_terms_that_make_no_sense_are_said() {
    let (scenario, frontier) = cake(10);
    for rounds in 1..9 {
        let play = subgame_perfect(&scenario, &frontier, &Terms::plain(rounds), &Limits::default());
        assert_eq!(play.answer.agreement.unwrap().1.utilities[(rounds - 1) % 2], 10);
        assert_eq!(play.made.exactness, Exactness::Exact);
    }
    let stops = |terms: Terms, steps: u64| {
        let found = subgame_perfect(&scenario, &frontier, &terms, &Limits { points: 10, steps });
        matches!(found.made.exactness, Exactness::CutOff { .. }) && found.answer.agreement.is_none()
    };
    assert!(stops(Terms::plain(1_000), 100));
    assert!(stops(Terms { first: 2, ..Terms::plain(3) }, 1 << 20));
    assert!(stops(Terms { discount: vec![0.5, 1.5], ..Terms::plain(3) }, 1 << 20));
    assert!(stops(Terms { discount: vec![0.5, f64::NAN], ..Terms::plain(3) }, 1 << 20));
    assert!(!stops(Terms::plain(0), 1 << 20));
}

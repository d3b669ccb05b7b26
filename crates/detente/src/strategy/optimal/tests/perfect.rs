//! The equilibrium against the tree of everything that can happen.

use super::drawn;
use crate::analysis::offers::{Terms, subgame_perfect};
use crate::analysis::{Limits, frontier};
use crate::game::{Outcome, Scenario, Stream};
use crate::strategy::optimal::{Others, SubgamePerfect};
use crate::strategy::{Known, Recipe, Strategy, play};
use crate::talks::protocols::StackedAlternating;
use crate::talks::{Clock, Seat, Setting};

/// What a turn is worth to both, over all outcomes: the one whose turn it is answers `standing`, or proposes.
fn tree(scenario: &Scenario, turn: usize, turns: usize, standing: Option<&Outcome>) -> [i128; 2] {
    let worth = |outcome: &Outcome| [0, 1].map(|at: usize| scenario.parties[at].utility.of(outcome));
    let floors = [0, 1].map(|at: usize| scenario.parties[at].reservation.unwrap_or(0));
    if turn == turns {
        return floors;
    }
    let me = turn % 2;
    // Or it walks away.
    let mut going_on = floors;
    for outcome in scenario.space.outcomes() {
        let value = tree(scenario, turn + 1, turns, Some(&outcome));
        // Of equals what is best for the other.
        if (value[me], value[1 - me]) > (going_on[me], going_on[1 - me]) {
            going_on = value;
        }
    }
    match standing.map(worth) {
        Some(taken) if taken[me] >= going_on[me] => taken,
        _ => going_on,
    }
}

fn cases() -> impl Iterator<Item = (u64, Scenario, u32)> {
    (0..120).map(|seed| {
        let mut stream = Stream::new(seed, 41, 0);
        let mut scenario = drawn(2 + (seed % 3) as usize, 60, &mut stream);
        for party in &mut scenario.parties {
            if stream.below(2) == 0 {
                party.reservation = Some(i128::from(stream.below(50)));
            }
        }
        (seed, scenario, 1 + (seed % 2) as u32)
    })
}

fn played(scenario: &Scenario, strategies: [&dyn Strategy; 2], rounds: u32) -> (Option<Outcome>, u32) {
    let seats = Seat::all(scenario).unwrap();
    let protocol = StackedAlternating::default();
    let played = play(&Setting::of(scenario), &protocol, &Clock::rounds(rounds), &seats, &strategies, (1, 0));
    (played.ending.agreement().cloned(), played.ending.round)
}

#[test]
fn two_of_them_agree_on_what_the_tree_says() {
    let mut agreed = 0;
    for (seed, scenario, rounds) in cases() {
        let perfect = SubgamePerfect::new(Others::of(&scenario));
        let (agreement, round) = played(&scenario, [&perfect, &perfect], rounds);
        let expected = tree(&scenario, 0, 2 * rounds as usize, None);
        let worth = |at: usize| {
            let party = &scenario.parties[at];
            agreement.as_ref().map_or(party.reservation.unwrap_or(0), |outcome| party.utility.of(outcome))
        };
        assert_eq!([worth(0), worth(1)], expected, "seed {seed}");
        if agreement.is_some() {
            agreed += 1;
            assert_eq!(round, 1);
        }
    }
    assert!(agreed > 40, "{agreed}");
}

#[test]
fn two_of_them_agree_at_once_on_what_the_analysis_says() {
    for seed in 0..60 {
        let mut stream = Stream::new(seed, 42, 0);
        let scenario = drawn(30, 10_000, &mut stream);
        let rounds = 1 + u32::try_from(stream.below(40)).unwrap();
        let perfect = SubgamePerfect::new(Others::of(&scenario));
        let (agreement, round) = played(&scenario, [&perfect, &perfect], rounds);
        let points = frontier(&scenario, Limits::default()).answer;
        let terms = Terms::plain(2 * rounds as usize - 1);
        let analysed = subgame_perfect(&scenario, &points, &terms, &Limits::default()).answer.agreement.unwrap();
        assert_eq!(analysed.0, 0);
        assert_eq!(agreement.map(|outcome| scenario.utilities(&outcome)), Some(analysed.1.utilities));
        assert_eq!(round, 1);
    }
}

/// Nothing that the other might do instead gains it more: the whole tree against one that plays this.
fn answered(scenario: &Scenario, rounds: u32, at: usize, script: &[Option<usize>]) -> i128 {
    let other = Deviates { script: script.to_vec(), turn: 0 };
    let perfect = SubgamePerfect::new(Others::of(scenario));
    let strategies: [&dyn Strategy; 2] = if at == 0 { [&other, &perfect] } else { [&perfect, &other] };
    let (agreement, _) = played(scenario, strategies, rounds);
    let party = &scenario.parties[at];
    agreement.map_or(party.reservation.unwrap_or(0), |outcome| party.utility.of(&outcome))
}

/// Does what is written: proposes the outcome at a position, or accepts what there is.
#[derive(Clone)]
struct Deviates {
    script: Vec<Option<usize>>,
    turn: usize,
}

impl Strategy for Deviates {
    fn open(&self, _: Stream) -> Box<dyn Strategy> {
        Box::new(self.clone())
    }

    fn propose(&mut self, view: &crate::talks::View<'_>) -> Option<Outcome> {
        let at = self.script.get(self.turn).copied().flatten().unwrap_or(0);
        self.turn += 1;
        view.seat().space.outcomes().nth(at)
    }

    fn accepts(&mut self, _: &crate::talks::View<'_>, _: &Outcome) -> bool {
        self.script.get(self.turn).is_some_and(Option::is_none)
    }
}

#[test]
fn nobody_gains_by_doing_otherwise() {
    for (seed, scenario, _) in cases().filter(|(seed, ..)| seed % 3 == 0) {
        let outcomes = scenario.space.outcomes().count();
        let rounds = 2;
        let value = tree(&scenario, 0, 4, None);
        for at in [0, 1] {
            for first in (0..outcomes).map(Some).chain([None]) {
                for second in (0..outcomes).map(Some).chain([None]) {
                    let gained = answered(&scenario, rounds, at, &[first, second]);
                    // Accepting what is worth less than nothing is the deviator's own loss.
                    assert!(gained <= value[at], "seed {seed}: seat {at} gains {gained} by {first:?}, {second:?}");
                }
            }
        }
    }
}

#[test]
fn it_is_made_of_what_is_known() {
    let scenario = drawn(4, 100, &mut Stream::new(1, 43, 0));
    let recipe = "subgame-perfect".parse::<Recipe>().unwrap();
    assert!(recipe.build(&Known::nothing()).is_err());
    let perfect = recipe.build(&Known::of(&scenario)).unwrap();
    assert_eq!(played(&scenario, [perfect.as_ref(), perfect.as_ref()], 5).1, 1);
}

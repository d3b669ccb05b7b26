//! Playing talks piece by piece with a strategy at every seat.

use super::{Strategy, play};
use crate::game::Scenario;
use crate::talks::{Agenda, AgendaRecord, Clock, Next, Protocol, Record, Seat, Setting, Stages, Unplanned, Unseated};

/// Why talks piece by piece could not be played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unplayed {
    /// The agenda does not fit.
    Agenda(Unplanned),
    /// Nobody can sit at a seat.
    Seat(Unseated),
}

impl std::fmt::Display for Unplayed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unplayed::Agenda(why) => why.fmt(f),
            Unplayed::Seat(why) => why.fmt(f),
        }
    }
}

impl std::error::Error for Unplayed {}

impl From<Unplanned> for Unplayed {
    fn from(why: Unplanned) -> Self {
        Unplayed::Agenda(why)
    }
}

impl From<Unseated> for Unplayed {
    fn from(why: Unseated) -> Self {
        Unplayed::Seat(why)
    }
}

/// Plays talks `index` of a seed to their end: a session under the protocol for each stage of the agenda, each with the
/// clock given, and with strategies that start afresh in each.
///
/// # Errors
/// When the agenda does not fit the scenario, or nobody can sit at a seat.
pub fn play_agenda(
    scenario: &Scenario,
    agenda: &Agenda,
    protocol: &dyn Protocol,
    clock: &Clock,
    strategies: &[&dyn Strategy],
    (seed, index): (u64, u64),
) -> Result<AgendaRecord, Unplayed> {
    let mut stages = Stages::open(scenario, agenda.clone(), seed, index)?;
    loop {
        if let Some(record) = stages.record() {
            return Ok(record);
        }
        let (seed, index) = stages.address();
        let recorded = match stages.next() {
            Some(Next::Stage { scenario, .. }) => {
                let seats = Seat::all(&scenario)?;
                let played = play(&Setting::of(&scenario), protocol, clock, &seats, strategies, (seed, index));
                Record::of(&played.session, protocol, seed, index)
            }
            Some(Next::Closing { protocol, rounds }) => {
                let seats = Seat::all(scenario)?;
                let clock = Clock { known: clock.known, ..Clock::rounds(rounds) };
                let played = play(&Setting::of(scenario), &protocol, &clock, &seats, strategies, (seed, index));
                Record::of(&played.session, &protocol, seed, index)
            }
            None => None,
        };
        match recorded {
            Some(recorded) => stages.close(recorded)?,
            None => return Err(Unplanned("a session did not come to its end".to_string()).into()),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::game::{Formula, Issue, Outcome, Profile, Space, Stream, Utility};
    use crate::strategy::{Curve, Pick, Random, Strategy, TimeDependent, Tough};
    use crate::talks::protocols::{MultipleOffers, StackedAlternating};
    use crate::talks::{Binding, How, Move, Replayed, View, What, replay_agenda};
    use proptest::prelude::*;

    fn scenario(worth: [Vec<Vec<i128>>; 2], floors: [i128; 2], rules: Vec<Formula>) -> Scenario {
        let values = ["p", "q", "r", "s"];
        let issues = worth[0].iter().enumerate().map(|(i, w)| Issue::named(&i.to_string(), &values[..w.len()]));
        let space = Space { issues: issues.collect() };
        let party = |(worth, floor): (Vec<Vec<i128>>, i128)| Profile {
            reservation: Some(floor),
            ..Profile::new("a party", Utility { unit: 10, worth, ..Utility::default() })
        };
        let mut scenario = Scenario::new("two", space, worth.into_iter().zip(floors).map(party).collect());
        scenario.status_quo = true;
        scenario.rules = rules;
        scenario
    }

    fn two_issues() -> Scenario {
        // On the first issue both gain by the second value; on the second issue nothing is worth it to both.
        scenario([vec![vec![0, 3, 5], vec![4, 0]], vec![vec![0, 3, -1], vec![0, 4]]], [4, 0], vec![])
    }

    fn linear() -> TimeDependent {
        TimeDependent::new(Curve::Polynomial(1.0), Pick::AtLeast)
    }

    #[test]
    fn stages_bind_by_themselves_or_all_together() {
        let scenario = two_issues();
        let play = |binding, strategies: &[&dyn Strategy]| {
            let agenda = Agenda::issue_by_issue(&scenario, binding);
            play_agenda(&scenario, &agenda, &StackedAlternating::genius(), &Clock::rounds(40), strategies, (1, 0))
                .unwrap()
        };
        let each = play(Binding::Each, &[&linear(), &linear()]);
        // The second issue stays at the status quo, p, which is best for the first seat.
        assert_eq!((each.ending.how, each.ending.agreement().unwrap().digits()), (How::Agreed, &[1, 0][..]));
        assert_eq!(each.stages.iter().map(|s| s.issues.clone()).collect::<Vec<_>>(), [vec![0], vec![1]]);
        let whole = play(Binding::Whole, &[&linear(), &linear()]);
        assert_eq!(whole.ending.how, How::Deadline, "no agreement on the second issue, none at all");
        assert_eq!(whole.ending.round, 40 + whole.stages[0].record.ending.round);
        // Nobody moves: nothing is agreed in any stage.
        assert_eq!(play(Binding::Each, &[&Tough, &Tough]).ending.how, How::Deadline);
    }

    /// Walks away at once.
    #[derive(Clone)]
    struct Walks;

    impl Strategy for Walks {
        fn open(&self, _: Stream) -> Box<dyn Strategy> {
            Box::new(self.clone())
        }

        fn propose(&mut self, _: &View<'_>) -> Option<Outcome> {
            None
        }

        fn accepts(&mut self, _: &View<'_>, _: &Outcome) -> bool {
            false
        }
    }

    #[test]
    fn walking_away_from_a_stage_is_walking_away_from_the_talks() {
        let scenario = two_issues();
        for binding in [Binding::Each, Binding::Whole] {
            let agenda = Agenda::issue_by_issue(&scenario, binding);
            let (protocol, clock) = (StackedAlternating::genius(), Clock::rounds(9));
            let record = play_agenda(&scenario, &agenda, &protocol, &clock, &[&linear(), &Walks], (1, 0)).unwrap();
            assert_eq!((record.stages.len(), record.ending.how), (1, How::Left(1)), "{binding:?}");
        }
    }

    #[test]
    fn a_whole_package_is_put_to_all_at_the_end() {
        // Each stage has something for both, but all in all it is less than what no agreement is worth to the second.
        let worth = || [vec![vec![0, 3], vec![0, 3]], vec![vec![0, 2], vec![0, 2]]];
        let ended = |floor| {
            let scenario = scenario(worth(), [0, floor], vec![]);
            let agenda = Agenda::issue_by_issue(&scenario, Binding::Whole);
            let (clock, both) = (Clock::rounds(10), linear());
            play_agenda(&scenario, &agenda, &MultipleOffers::unanimous(), &clock, &[&both, &both], (1, 0)).unwrap()
        };
        let agreed = ended(4);
        assert_eq!(agreed.ending.agreement(), Some(&Outcome::new([1, 1])));
        assert_eq!(agreed.stages.len(), 3);
        assert_eq!(agreed.stages[2].record.protocol, "closing(package=1/1)");
        assert_eq!(ended(5).ending.how, How::Refused);
    }

    #[test]
    fn rules_wait_for_the_issues_they_concern_only_where_nothing_is_agreed_until_everything_is() {
        // The issues move together, or not at all.
        let both =
            |digits: [u16; 2]| Formula::And(vec![Formula::In(0, vec![digits[0]]), Formula::In(1, vec![digits[1]])]);
        let rule = Formula::Or(vec![both([0, 0]), both([1, 1])]);
        let scenario = scenario([vec![vec![0, 3], vec![0, 3]], vec![vec![0, 2], vec![0, 2]]], [0, 0], vec![rule]);
        let ended = |binding| {
            let agenda = Agenda::issue_by_issue(&scenario, binding);
            let (clock, both) = (Clock::rounds(10), linear());
            play_agenda(&scenario, &agenda, &StackedAlternating::genius(), &clock, &[&both, &both], (1, 0)).unwrap()
        };
        assert_eq!(ended(Binding::Each).ending.agreement(), Some(&Outcome::new([0, 0])));
        assert_eq!(ended(Binding::Whole).ending.agreement(), Some(&Outcome::new([1, 1])));
    }

    #[test]
    fn an_agenda_has_every_issue_once_and_needs_a_status_quo_to_bind_in_parts() {
        let mut scenario = two_issues();
        let fits = |stages: &[&[usize]], scenario: &Scenario| {
            let stages = stages.iter().map(|s| s.to_vec()).collect();
            Agenda { stages, binding: Binding::Each }.fits(scenario).map_err(|why| why.to_string())
        };
        assert_eq!(fits(&[&[1], &[0]], &scenario), Ok(()));
        assert_eq!(fits(&[&[1, 0]], &scenario), Ok(()));
        assert!(fits(&[&[1]], &scenario).unwrap_err().contains("issue `0`"));
        assert!(fits(&[&[1], &[0, 1]], &scenario).unwrap_err().contains("issue `1`"));
        assert!(fits(&[&[1], &[0], &[2]], &scenario).unwrap_err().contains("there is none"));
        assert!(fits(&[&[1], &[], &[0]], &scenario).unwrap_err().contains("no issue"));
        scenario.status_quo = false;
        assert!(fits(&[&[1], &[0]], &scenario).unwrap_err().contains("status quo"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn stages_move_their_own_issues_and_nobody_ends_worse_off(
            numbers in prop::collection::vec(0i128..20, 18), whole: bool, grouped: bool, kinds in (0usize..3, 0usize..3),
            seed: u64,
        ) {
            let mut numbers = numbers.into_iter();
            let mut worth = || (0..3).map(|_| numbers.by_ref().take(3).collect()).collect::<Vec<Vec<i128>>>();
            let scenario = scenario([worth(), worth()], [0, 0], vec![]);
            let binding = if whole { Binding::Whole } else { Binding::Each };
            let stages = if grouped { vec![vec![2, 0], vec![1]] } else { vec![vec![1], vec![2], vec![0]] };
            let agenda = Agenda { stages, binding };
            let makes: [Box<dyn Strategy>; 3] = [Box::new(linear()), Box::new(Random::new(0.3)), Box::new(Tough)];
            let strategies: [&dyn Strategy; 2] = [makes[kinds.0].as_ref(), makes[kinds.1].as_ref()];
            let (protocol, clock) = (StackedAlternating::genius(), Clock::rounds(15));
            let record = play_agenda(&scenario, &agenda, &protocol, &clock, &strategies, (seed, 3)).unwrap();
            let json = serde_json::to_string(&record).unwrap();
            let again: AgendaRecord = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(replay_agenda(&again, &scenario, &protocol, (seed, 3)), Ok(Replayed::Same));
            let mut stands = scenario.space.status_quo();
            for stage in &record.stages {
                for event in &stage.record.events {
                    if let What::Move(Move::Offer(offer)) = &event.what {
                        let held = (0..3).filter(|issue| !stage.issues.contains(issue));
                        prop_assert!(held.clone().all(|issue| offer.digit(issue) == stands.digit(issue)));
                    }
                }
                if let Some(outcome) = stage.record.ending.agreement() {
                    for party in &scenario.parties {
                        prop_assert!(party.utility.of(outcome) >= party.utility.of(&stands));
                    }
                    stands = outcome.clone();
                }
            }
            let any = record.stages.iter().any(|stage| stage.record.ending.agreement().is_some());
            let all = record.stages.len() > agenda.stages.len()
                && record.stages.iter().all(|stage| stage.record.ending.agreement().is_some());
            prop_assert_eq!(record.ending.agreement().is_some(), if whole { all } else { any });
            if let Some(outcome) = record.ending.agreement() {
                prop_assert_eq!(outcome, &stands);
            }
        }
    }
}

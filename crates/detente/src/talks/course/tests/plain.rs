//! With all features off, a course is a session.

use super::*;
use crate::game::Stream;
use crate::strategy::{Curve, Pick, Strategy, TimeDependent, play, play_course};
use crate::talks::Clock;

#[test]
fn a_plain_course_is_told_as_a_session_is() {
    let table = river();
    let log = table.log(
        &meetings(2, 1),
        "North: open cleared all
         South: closed cleared all
         North: tolled cleared all
         South: accepts",
    );
    assert_log(
        &log,
        "1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers open cleared all
         1.1 | South offers closed cleared all
         1.1 | · the meeting is over
         2.2 | · the meeting opens
         2.2 | North offers tolled cleared all (concession)
         2.2 | South accepts
         2.2 | · signed: tolled cleared all
         2.2 | · in force: tolled cleared all
         2.2 | · the end: Settled",
    );
}

#[test]
fn with_all_features_off_the_course_equals_the_plain_session() {
    let table = river();
    let setting = Setting::of(&table.scenario);
    let sao = StackedAlternating::default();
    for index in 0..200u64 {
        let mut stream = Stream::new(3, index, 99);
        let (count, rounds) = (1 + stream.below(4) as u32, 1 + stream.below(6) as u32);
        let tactic = |stream: &mut Stream| {
            let pick = [Pick::AtLeast, Pick::Nearest, Pick::Random][stream.below(3) as usize];
            TimeDependent::new(Curve::Polynomial([0.1, 0.5, 1.0, 3.0][stream.below(4) as usize]), pick)
        };
        let (one, two) = (tactic(&mut stream), tactic(&mut stream));
        let breakdown = [0.0, 0.1][stream.below(2) as usize];
        let strategies: [&dyn Strategy; 2] = [&one, &two];
        let circumstances = Circumstances { breakdown, ..Circumstances::plain(count, rounds) };
        let clock = Clock::rounds(count * rounds).breaking(breakdown);
        let played = play(&setting, &sao, &clock, &table.seats, &strategies, (5, index));
        let course = play_course(table.open_at(&circumstances, (5, index)), &strategies, &Course::habit, (5, index));
        assert_eq!(course.session().log(), played.session.log());
        assert_eq!(course.session().ending(), Some(&played.ending));
        let agreed = matches!(course.close(), Some(Close::Settled));
        assert_eq!(agreed, played.ending.agreement().is_some());
        assert_eq!(course.account().unwrap().settlement.as_ref(), played.ending.agreement());
        table.replays_at(&circumstances, &course, (5, index));
    }
}

#[test]
fn a_move_that_is_not_legal_changes_nothing() {
    let table = river();
    let mut course = table.open(&meetings(1, 2));
    let before = course.log().to_vec();
    assert!(course.step(1, Move::Accept).is_err());
    assert!(course.step(0, Move::Accept).is_err());
    assert!(course.step(0, Move::Offer(Outcome::new([9, 9, 9]))).is_err());
    assert!(course.answer(0, Answer::Approve).is_err());
    assert!(course.step(7, Move::Leave).is_err());
    assert_eq!(course.log(), before);
    course.breach(0);
    assert_eq!(course.close(), Some(Close::Nothing(Why::Breach(0))));
    table.replays(&meetings(1, 2), &course);
    assert!(course.step(0, Move::Leave).is_err());
}

#[test]
fn what_leaves_everything_as_it_stands_is_no_agreement() {
    let table = river();
    let script = "North: closed
                  South: accepts
                  North: tolled
                  South: leaves";
    let log = table.log(&meetings(1, 3), script);
    assert!(
        log.contains("South offers closed cleared all, and not “accepts”: it leaves everything as it stands"),
        "{log}"
    );
    // Where no status quo is known, any outcome is an agreement.
    let mut course = table.open(&Circumstances::plain(1, 3));
    table.play(&mut course, "North: closed\nSouth: accepts");
    assert_eq!(course.close(), Some(Close::Settled));
}

#[test]
fn circumstances_that_do_not_fit_are_said_to() {
    let table = river();
    let setting = Setting::of(&table.scenario);
    let open = |circumstances: Circumstances| {
        let sao = StackedAlternating::default();
        Course::open(&setting, &table.seats, Arc::new(circumstances), &sao, (1, 1)).map(|_| ()).unwrap_err().0
    };
    assert_eq!(open(Circumstances::plain(0, 1)), "there is no meeting");
    let wild = Occurrence { name: "summit".into(), comes: Comes::Hazard { chance: 1.5, from: 1 }, needs: vec![] };
    let wild = Circumstances { occurrences: vec![wild], ..meetings(1, 1) };
    assert_eq!(open(wild), "the chance of “summit” is 1.5, and not from 0 to 1");
    let cost = Cost { seat: 4, amount: 1, until: None };
    assert_eq!(
        open(Circumstances { costs: vec![cost], ..meetings(1, 1) }),
        "“a cost” speaks of seat 4, and there are 2"
    );
    let party = Party { no_deal: NoDeal::State, ..Party::default() };
    let unknown = Circumstances { parties: vec![party], ..Circumstances::plain(1, 1) };
    assert_eq!(open(unknown), "“North” speaks of how things stand, and no status quo is known");
    let party = Party { mandates: vec![(Mandate::all("none", Allowed::Never), 0.0)], ..Party::default() };
    let unknown = Circumstances { parties: vec![party], ..Circumstances::plain(1, 1) };
    assert_eq!(open(unknown), "the weights of the claims about the mandate of “North” have no sum above 0");
}

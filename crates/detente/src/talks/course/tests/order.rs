//! Occurrences and gates.

use super::*;

fn summit(comes: Comes) -> Occurrence {
    Occurrence { name: "summit".into(), comes, needs: Vec::new() }
}

fn gate(bars: Bars) -> Gate {
    Gate { name: "only after the summit".into(), until: 0, bars, heeded: false }
}

#[test]
fn nothing_is_agreed_that_waits_for_a_summit() {
    let table = river();
    let bars = Bars::Agreeing(table.when("bridge", &["tolled", "open"]));
    let circumstances =
        Circumstances { occurrences: vec![summit(Comes::Meeting(2))], gates: vec![gate(bars)], ..meetings(2, 2) };
    let log = table.log(
        &circumstances,
        "North: tolled cleared all
         South: accepts
         North: cleared
         South: all
         North: tolled cleared all
         South: accepts",
    );
    assert_log(
        &log,
        "1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers tolled cleared all
         1.1 | South offers closed cleared all, and not “accepts”: gate 0 is closed
         1.2 | North offers closed cleared held (concession)
         1.2 | South offers closed there all (unfortunate)
         1.2 | · the meeting is over
         before 2 | · it happens: summit
         before 2 | · gate opens: only after the summit
         2.3 | · the meeting opens
         2.3 | North offers tolled cleared all (selfish)
         2.3 | South accepts
         2.3 | · signed: tolled cleared all
         2.3 | · in force: tolled cleared all
         2.3 | · the end: Settled",
    );
    let mut course = table.open(&circumstances);
    table.play(&mut course, "North: tolled\nSouth: accepts\nNorth: cleared\nSouth: accepts");
    let account = course.account().unwrap();
    assert_eq!(account.gates, [GateAccount { opened: None, held: 1 }]);
    assert_eq!(account.occurred, [None]);
}

#[test]
fn no_concession_before_what_is_vital() {
    let table = river();
    let circumstances = Circumstances {
        occurrences: vec![summit(Comes::Meeting(2))],
        gates: vec![gate(Bars::Conceding(1))],
        ..meetings(2, 2)
    };
    let mut course = table.open(&circumstances);
    table.play(
        &mut course,
        "North: open cleared all
         South: cleared all
         North: cleared
         South: tolled cleared all",
    );
    // The table has let the South know that it is to ask for no less than it did.
    assert_eq!(course.view(1).unwrap().floor(), Some(6));
    table.play(&mut course, "North: tolled\nSouth: tolled all\nNorth: accepts");
    assert_log(
        &told(&table, &course),
        "1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers open cleared all
         1.1 | South offers closed cleared all
         1.2 | North offers closed cleared held (concession)
         1.2 | South offers closed cleared all, and not “offers tolled cleared all”: gate 0 is closed (silent)
         1.2 | · the meeting is over
         before 2 | · it happens: summit
         before 2 | · gate opens: only after the summit
         2.3 | · the meeting opens
         2.3 | North offers tolled there held (selfish)
         2.3 | South offers tolled there all (concession)
         2.4 | North accepts
         2.4 | · signed: tolled there all
         2.4 | · in force: tolled there all
         2.4 | · the end: Settled",
    );
    table.replays(&circumstances, &course);
    // Before the summit it was to ask for the 10 of its offer, and could not accept less.
    let mut course = table.open(&circumstances);
    table.play(&mut course, "North: open cleared all\nSouth: cleared all");
    assert_eq!(course.view(1).unwrap().floor(), Some(10));
    assert_eq!(course.held(1, &table.outcome("cleared some")), Some(Held::Gate(0)));
    assert_eq!(course.held(0, &table.outcome("cleared some")), None);
}

#[test]
fn who_has_asked_for_nothing_yet_concedes_by_accepting_less_than_its_best() {
    let table = river();
    let circumstances = Circumstances {
        occurrences: vec![summit(Comes::Meeting(9))],
        gates: vec![gate(Bars::Conceding(1))],
        ..meetings(1, 1)
    };
    let course = table.open(&circumstances);
    assert_eq!(course.held(1, &table.outcome("cleared some")), Some(Held::Gate(0)));
    assert_eq!(course.held(1, &table.outcome("cleared all")), None);
    assert_eq!(course.held_offer(1, &table.outcome("cleared some")), None);
}

#[test]
fn an_interim_agreement_opens_a_gate() {
    let table = river();
    let cleared = table.when("mines", &["cleared"]);
    let circumstances = Circumstances {
        parts: Parts::Signed { settles: table.when("bridge", &["tolled", "open"]) },
        occurrences: vec![summit(Comes::State(cleared))],
        gates: vec![gate(Bars::Agreeing(table.when("bridge", &["tolled", "open"])))],
        ..meetings(2, 1)
    };
    let log = table.log(
        &circumstances,
        "North: cleared
         South: accepts
         North: tolled cleared
         South: accepts",
    );
    assert_log(
        &log,
        "1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers closed cleared held
         1.1 | South accepts
         1.1 | · signed in part: closed cleared held
         1.1 | · in force: closed cleared held
         1.1 | · it happens: summit
         1.1 | · gate opens: only after the summit
         1.1 | · the meeting is over
         2.2 | · the meeting opens
         2.2 | North offers tolled cleared held (selfish)
         2.2 | South accepts
         2.2 | · signed: tolled cleared held
         2.2 | · in force: tolled cleared held
         2.2 | · the end: Settled",
    );
}

#[test]
fn one_occurrence_waits_for_another() {
    let table = river();
    let second = Occurrence { name: "treaty".into(), comes: Comes::Meeting(1), needs: vec![0] };
    let never = Occurrence { name: "never".into(), comes: Comes::Meeting(1), needs: vec![3] };
    let circumstances = Circumstances {
        occurrences: vec![summit(Comes::Meeting(2)), second, never, summit(Comes::Hazard { chance: 0.0, from: 1 })],
        ..meetings(3, 1)
    };
    let mut course = table.open(&circumstances);
    table.play(&mut course, "North: all\nSouth: all\nNorth: all\nSouth: all\nNorth: all\nSouth: all");
    assert_eq!(course.account().unwrap().occurred, [Some(2), Some(2), None, None]);
    assert_eq!(course.close(), Some(Close::Nothing(Why::Deadline)));
}

#[test]
fn a_gate_that_is_heeded_is_kept_to_in_what_is_proposed() {
    let table = river();
    let bars = Bars::Agreeing(table.when("bridge", &["tolled", "open"]));
    let heeded = Gate { heeded: true, ..gate(bars) };
    let circumstances =
        Circumstances { occurrences: vec![summit(Comes::Meeting(2))], gates: vec![heeded], ..meetings(2, 1) };
    let mut course = table.open(&circumstances);
    assert_eq!(course.seat(0).unwrap().menu().list().unwrap().len(), 6);
    table.play(&mut course, "North: open\nSouth: all");
    assert!(
        told(&table, &course)
            .contains("North offers closed cleared all, and not “offers open there held”: gate 0 is closed")
    );
    assert_eq!(course.seat(0).unwrap().menu().list().unwrap().len(), 18);
}

#[test]
fn what_things_are_already_is_not_agreed_on() {
    let table = river();
    // The toll comes by itself; what waits for the summit is to agree on it.
    let drift = Drift { name: "toll".into(), issue: 0, from: Some(0), to: 1, chance: 1.0, when: Occasion::Always };
    let bars = Bars::Agreeing(table.when("bridge", &["tolled", "open"]));
    let circumstances = Circumstances {
        occurrences: vec![summit(Comes::Meeting(9))],
        gates: vec![Gate { heeded: true, ..gate(bars) }],
        drifts: vec![drift],
        ..meetings(2, 1)
    };
    let mut course = table.open(&circumstances);
    table.play(&mut course, "North: all\nSouth: cleared");
    assert_eq!(course.held(1, &table.outcome("tolled all")), None);
    assert_eq!(course.held(1, &table.outcome("open all")), Some(Held::Gate(0)));
    // Six outcomes leave the toll, six take the bridge back to where it was, six wait.
    assert_eq!(course.seat(1).unwrap().menu().list().unwrap().len(), 12);
    table.play(&mut course, "North: tolled all\nSouth: accepts");
    assert_eq!(course.account().unwrap().settlement, Some(table.outcome("tolled all")));
    table.replays(&circumstances, &course);
}

#[test]
fn a_gate_that_waits_for_what_is_not_there_stays_closed() {
    let table = river();
    let bars = Bars::Agreeing(Formula::Constant(true));
    let circumstances = Circumstances { gates: vec![gate(bars)], ..meetings(1, 1) };
    let log = table.log(&circumstances, "North: all\nSouth: accepts");
    let end = "1.1 | South offers closed cleared all, and not “accepts”: gate 0 is closed\n\
               1.1 | · the end: Nothing(Deadline)";
    assert!(log.ends_with(end), "{log}");
}

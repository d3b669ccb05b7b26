//! What goes on meanwhile: costs, drift, incidents, pressure, audiences.

use super::*;

fn incident(name: &str, then: Consequence) -> Incident {
    Incident {
        name: name.into(),
        by: None,
        during: During::Talks,
        when: Occasion::Always,
        against: None,
        chance: 1.0,
        costs: Vec::new(),
        raises: Vec::new(),
        then,
    }
}

#[test]
fn costs_run_until_what_ends_them_is_signed() {
    let table = river();
    let mines = table.when("mines", &["cleared"]);
    let circumstances = Circumstances {
        parts: Parts::Signed { settles: table.when("bridge", &["tolled", "open"]) },
        costs: vec![
            Cost { seat: 0, amount: 2, until: Some(mines) },
            Cost { seat: 0, amount: 1, until: None },
            Cost { seat: 1, amount: 3, until: None },
        ],
        ..meetings(3, 1)
    };
    let log = table.log(
        &circumstances,
        "North: open
         South: all
         North: cleared
         South: accepts
         North: tolled cleared
         South: leaves",
    );
    assert_log(
        &log,
        "1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers open there held
         1.1 | South offers closed there all
         1.1 | · the meeting is over
         before 2 | · North bears 3, 3 in all
         before 2 | · South bears 3, 3 in all
         2.2 | · the meeting opens
         2.2 | North offers closed cleared held (concession)
         2.2 | South accepts
         2.2 | · signed in part: closed cleared held
         2.2 | · in force: closed cleared held
         2.2 | · the meeting is over
         before 3 | · North bears 1, 4 in all
         before 3 | · South bears 3, 6 in all
         3.3 | · the meeting opens
         3.3 | North offers tolled cleared held (selfish)
         3.3 | South leaves
         3.3 | South walks out
         3.3 | · the end: Partial(WalkedOut(1))",
    );
    let mut course = table.open(&circumstances);
    table.play(&mut course, "North: open\nSouth: all\nNorth: cleared\nSouth: accepts\nNorth: tolled\nSouth: leaves");
    let account = course.account().unwrap();
    // Mines cleared are worth 2 to each, beside the bridge that stays closed; less what they bore.
    assert_eq!((account.parties[0].net(), account.parties[1].net()), (2 - 4, 8 - 6));
}

#[test]
fn no_deal_is_the_state_of_things_by_then_less_the_costs() {
    let table = river();
    let state = Party { no_deal: NoDeal::State, ..Party::default() };
    let ahead = Party { no_deal: NoDeal::StateAndCosts, ..Party::default() };
    let drift = Drift { name: "toll".into(), issue: 0, from: Some(0), to: 1, chance: 1.0, when: Occasion::Always };
    let circumstances = Circumstances {
        parties: vec![state, ahead],
        drifts: vec![drift],
        costs: vec![
            Cost { seat: 0, amount: 2, until: None },
            Cost { seat: 1, amount: 1, until: None },
            Cost { seat: 1, amount: 5, until: Some(table.when("prisoners", &["all"])) },
        ],
        ..meetings(3, 1)
    };
    let log = table.log(&circumstances, "North: open\nSouth: all\nNorth: open\nSouth: all\nNorth: open\nSouth: all");
    assert_log(
        &log,
        "1.1 | · the meeting opens
         1.1 | · no deal is worth 0 to North
         1.1 | · no deal is worth 4 to South
         1.1 | North offers open there held
         1.1 | South offers closed there all
         1.1 | · the meeting is over
         before 2 | · North bears 2, 2 in all
         before 2 | · South bears 6, 6 in all
         before 2 | · drift: closed to tolled
         2.2 | · the meeting opens
         2.2 | · no deal is worth 3 to North
         2.2 | · no deal is worth 2 to South
         2.2 | North offers open there held (silent)
         2.2 | South offers closed there all (silent)
         2.2 | · the meeting is over
         before 3 | · North bears 2, 4 in all
         before 3 | · South bears 6, 12 in all
         3.3 | · the meeting opens
         3.3 | · no deal is worth 3 to South
         3.3 | North offers open there held (silent)
         3.3 | South offers closed there all (silent)
         3.3 | · the end: Nothing(Deadline)",
    );
    let mut course = table.open(&circumstances);
    table.play(&mut course, "North: open\nSouth: all\nNorth: open\nSouth: all\nNorth: open\nSouth: all");
    let account = course.account().unwrap();
    assert_eq!(account.status_quo, table.outcome("tolled"));
    assert_eq!(account.drifts, [0]);
    assert_eq!((account.parties[0].net(), account.parties[1].net()), (3 - 4, 3 - 12));
}

#[test]
fn what_is_signed_no_longer_drifts() {
    let table = river();
    let drift = Drift { name: "mines".into(), issue: 1, from: None, to: 0, chance: 1.0, when: Occasion::Always };
    let other = Drift { name: "prisoners".into(), issue: 2, from: None, to: 1, chance: 1.0, when: Occasion::Always };
    let circumstances = Circumstances {
        parts: Parts::Signed { settles: table.when("bridge", &["tolled", "open"]) },
        drifts: vec![drift, other],
        ..meetings(2, 1)
    };
    let mut course = table.open(&circumstances);
    table.play(&mut course, "North: cleared\nSouth: accepts\nNorth: tolled cleared some\nSouth: leaves");
    let account = course.account().unwrap();
    assert_eq!(account.state, table.outcome("cleared some"));
    assert_eq!(account.status_quo, table.outcome("some"));
    assert_eq!(account.drifts, [1]);
}

#[test]
fn an_escalation_costs_at_once_and_from_then_on_and_puts_a_meeting_off() {
    let table = river();
    let mut escalation = incident("offensive", Consequence::Delay(1));
    escalation.costs = vec![(1, 4)];
    escalation.raises = vec![(0, 1), (1, 2)];
    // Once, while nobody has walked out.
    escalation.when = Occasion::Not(Box::new(Occasion::Happened(0)));
    let after = Occurrence { name: "standstill".into(), comes: Comes::Meeting(2), needs: Vec::new() };
    let circumstances = Circumstances { incidents: vec![escalation], occurrences: vec![after], ..meetings(4, 1) };
    let log = table.log(&circumstances, "North: open\nSouth: all\nNorth: tolled\nSouth: accepts");
    assert_log(
        &log,
        "1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers open there held
         1.1 | South offers closed there all
         1.1 | · the meeting is over
         before 2 | · incident: offensive
         before 2 | · South bears 4, 4 in all
         before 2 | · 1 meetings put off: Incident(0)
         before 2 | · it happens: standstill
         before 2 | · the meeting does not take place
         before 3 | · North bears 1, 1 in all
         before 3 | · South bears 2, 6 in all
         3.3 | · the meeting opens
         3.3 | North offers tolled there held (concession)
         3.3 | South accepts
         3.3 | · signed: tolled there held
         3.3 | · in force: tolled there held
         3.3 | · the end: Settled",
    );
}

#[test]
fn an_incident_drives_a_delegation_out_and_pressure_answers_to_it() {
    let table = river();
    let mut raid = incident("raid", Consequence::WalkOut(1));
    raid.when = Occasion::Not(Box::new(Occasion::WalkedOut(1)));
    let pressure =
        Pressure { name: "sanctions".into(), on: 1, from: 1, when: Occasion::WalkedOut(1), lever: Lever::Cost(2) };
    let circumstances = Circumstances {
        incidents: vec![raid],
        pressures: vec![pressure],
        walkout: Pause::Meetings(1),
        ..meetings(4, 1)
    };
    let log = table.log(&circumstances, "North: open\nSouth: all\nNorth: tolled\nSouth: accepts");
    assert_log(
        &log,
        "1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers open there held
         1.1 | South offers closed there all
         1.1 | · the meeting is over
         before 2 | · incident: raid
         before 2 | South walks out
         before 2 | · 1 meetings put off: WalkOut(1)
         before 2 | sanctions presses South: Cost(2)
         before 2 | · the meeting does not take place
         before 3 | · South bears 2, 2 in all
         3.3 | · the meeting opens
         3.3 | North offers tolled there held (concession)
         3.3 | South accepts
         3.3 | · signed: tolled there held
         3.3 | · in force: tolled there held
         3.3 | · the end: Settled",
    );
}

#[test]
fn a_walk_out_at_the_table_suspends_the_talks_where_that_is_the_custom() {
    let table = river();
    let circumstances = Circumstances { walkout: Pause::Meetings(0), ..meetings(2, 3) };
    let log = table.log(&circumstances, "North: open\nSouth: leaves\nNorth: tolled\nSouth: accepts");
    assert_log(
        &log,
        "1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers open there held
         1.1 | South leaves
         1.1 | South walks out
         1.1 | · the meeting is over
         2.4 | · the meeting opens
         2.4 | North offers tolled there held (concession)
         2.4 | South accepts
         2.4 | · signed: tolled there held
         2.4 | · in force: tolled there held
         2.4 | · the end: Settled",
    );
}

#[test]
fn pressure_on_who_stands_firm_ceases_with_the_first_concession() {
    let table = river();
    let pressure = Pressure {
        name: "deadline for arms".into(),
        on: 0,
        from: 2,
        when: Occasion::StoodFirm(0),
        lever: Lever::NoDeal(-3),
    };
    let circumstances = Circumstances { pressures: vec![pressure], ..meetings(3, 1) };
    let mut course = table.open(&circumstances);
    table.play(&mut course, "North: open\nSouth: all");
    assert_eq!((course.no_deal(0), course.view(0).unwrap().floor()), (Some(-1), Some(-1)));
    table.play(&mut course, "North: tolled\nSouth: all");
    assert_eq!((course.no_deal(0), course.view(0).unwrap().floor()), (Some(2), Some(2)));
    table.play(&mut course, "North: tolled\nSouth: all");
    table.replays(&circumstances, &course);
    // Walking away at the end with the pressure off, North has its reservation value; with it on, less.
    assert_eq!(course.account().unwrap().parties[0].worth, 2);
    let mut course = table.open(&circumstances);
    table.play(&mut course, "North: open\nSouth: all\nNorth: open\nSouth: all\nNorth: open\nSouth: all");
    assert_eq!(course.account().unwrap().parties[0].worth, -1);
}

#[test]
fn giving_way_before_the_press_costs_and_giving_way_in_private_does_not() {
    let table = river();
    let party = Party { audience: 0.5, ..Party::default() };
    let mut circumstances = Circumstances { parties: vec![party], ..meetings(2, 3) };
    circumstances.meetings[1].publicity = 1.0;
    let mut course = table.open(&circumstances);
    table.play(
        &mut course,
        "North: open cleared all
         South: all
         North: open cleared
         South: all
         North: open
         South: all
         North: open cleared
         South: all
         North: tolled cleared
         South: cleared all
         North: accepts",
    );
    assert_log(
        &told(&table, &course),
        "1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers open cleared all
         1.1 | South offers closed there all
         1.2 | North offers open cleared held (unfortunate)
         1.2 | South offers closed there all (silent)
         1.3 | North offers open there held (unfortunate)
         1.3 | South offers closed there all (silent)
         1.3 | · the meeting is over
         2.4 | · the meeting opens
         2.4 | North offers open cleared held (fortunate)
         2.4 | South offers closed there all (silent)
         2.5 | North offers tolled cleared held (concession)
         2.5 | North pays 2 before its audience, 2 in all
         2.5 | South offers closed cleared all (fortunate)
         2.6 | North accepts
         2.6 | North pays 1 before its audience, 3 in all
         2.6 | · signed: closed cleared all
         2.6 | · in force: closed cleared all
         2.6 | · the end: Settled",
    );
    let account = course.account().unwrap();
    assert_eq!((account.parties[0].worth, account.parties[0].audience, account.parties[0].net()), (4, 3, 1));
    table.replays(&circumstances, &course);
}

#[test]
fn the_floor_counts_what_giving_way_would_cost() {
    let table = river();
    let party = Party { audience: 1.0, ..Party::default() };
    let mut circumstances = Circumstances { parties: vec![party], ..meetings(1, 3) };
    circumstances.meetings[0].publicity = 0.5;
    let mut course = table.open(&circumstances);
    assert_eq!(course.view(0).unwrap().floor(), Some(2));
    // It stands at 8: to accept u costs half of 8 - u, rounded up, so that 4 is worth 2 and 3 is worth 0.
    table.play(&mut course, "North: open cleared");
    assert_eq!(course.view(0).unwrap().floor(), Some(4));
    // It gives way to 5 and pays 2: 4 is worth 4 - 1 - 2, and 5 is worth 5 - 2.
    table.play(&mut course, "South: all\nNorth: tolled cleared");
    assert_eq!(course.view(0).unwrap().floor(), Some(5));
    // Without an agreement the audience takes nothing.
    table.play(&mut course, "South: leaves");
    let account = course.account().unwrap();
    assert_eq!((account.parties[0].audience, account.parties[0].net()), (0, 2));
}

#[test]
fn an_incident_can_end_the_talks() {
    let table = river();
    let mut coup = incident("coup", Consequence::Breaks);
    coup.by = Some("the colonels".into());
    let log = table.log(&Circumstances { incidents: vec![coup], ..meetings(3, 1) }, "North: open\nSouth: all");
    assert!(log.ends_with("before 2 | the colonels incident: coup\nbefore 2 | · the end: Nothing(Broken(0))"), "{log}");
}

#[test]
fn talks_that_are_put_off_to_the_end_end_with_the_last_meeting() {
    let table = river();
    let circumstances = Circumstances { incidents: vec![incident("storm", Consequence::Delay(9))], ..meetings(4, 1) };
    let mut course = table.open(&circumstances);
    table.play(&mut course, "North: open\nSouth: all");
    let account = course.account().unwrap();
    assert_eq!((account.close, account.missed, account.recesses), (Close::Nothing(Why::Deadline), 3, 3));
    table.replays(&circumstances, &course);
}

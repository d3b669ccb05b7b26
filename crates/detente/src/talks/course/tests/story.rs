//! Everything at once, in a log that a mediator could read.

use super::*;

#[test]
fn prisoners_first_then_a_summit_then_the_bridge() {
    let table = river();
    let prisoners = Term::any_of("prisoners", vec![table.when("prisoners", &["some", "all"])]);
    let mandate = Mandate { sign: vec![prisoners], ..Mandate::all("prisoners only", Allowed::Refer) };
    let mut south = mandated(mandate);
    south.principal.delay = 1;
    let bridge = || table.when("bridge", &["tolled", "open"]);
    let mut circumstances = Circumstances {
        parties: vec![Party { audience: 0.5, ..Party::default() }, south],
        parts: Parts::Signed { settles: bridge() },
        occurrences: vec![Occurrence { name: "summit".into(), comes: Comes::Meeting(3), needs: Vec::new() }],
        gates: vec![Gate {
            name: "only after the summit".into(),
            until: 0,
            bars: Bars::Agreeing(bridge()),
            heeded: false,
        }],
        pressures: vec![Pressure {
            name: "an ally".into(),
            on: 1,
            from: 2,
            when: Occasion::StoodFirm(1),
            lever: Lever::NoDeal(-1),
        }],
        costs: vec![Cost { seat: 0, amount: 1, until: None }, Cost { seat: 1, amount: 1, until: None }],
        ratifications: vec![Ratification {
            name: "the parliament of the South".into(),
            seat: 1,
            when: Some(bridge()),
            delay: 1,
            by: Verdict::Condition(table.when("mines", &["cleared"])),
        }],
        ..meetings(4, 2)
    };
    circumstances.meetings[2].publicity = 1.0;
    let mut course = table.open(&circumstances);
    table.play(
        &mut course,
        "North: open all
         South: all
         North: accepts
         North: tolled cleared all
         South: accepts
         North: tolled all
         South: cleared all
         North: open cleared all
         South: cleared all
         North: tolled cleared all
         South: accepts
         capital of South: by habit",
    );
    assert_log(
        &told(&table, &course),
        "before 1 | · the mandate of South is “prisoners only”
         1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers open there all
         1.1 | South offers closed there all
         1.2 | North accepts
         1.2 | · signed in part: closed there all
         1.2 | · in force: closed there all
         1.2 | · the meeting is over
         before 2 | · North bears 1, 1 in all
         before 2 | · South bears 1, 1 in all
         before 2 | an ally presses South: NoDeal(-1)
         2.3 | · the meeting opens
         2.3 | · no deal is worth 5 to South
         2.3 | North offers tolled cleared all (concession)
         2.3 | South offers closed there all, and not “accepts”: gate 0 is closed (silent)
         2.4 | North offers tolled there all (unfortunate)
         2.4 | South offers closed cleared all, ad referendum on mines (fortunate)
         2.4 | · the meeting is over
         before 3 | · North bears 1, 2 in all
         before 3 | · South bears 1, 2 in all
         before 3 | · it happens: summit
         before 3 | · gate opens: only after the summit
         3.5 | · the meeting opens
         3.5 | North offers open cleared all (selfish)
         3.5 | South offers closed cleared all, ad referendum on mines (silent)
         3.6 | North offers tolled cleared all (concession)
         3.6 | North pays 2 before its audience, 2 in all
         3.6 | South accepts
         3.6 | South refers tolled cleared all for tolled, cleared; answer before 4
         3.6 | · the meeting is over
         before 4 | · North bears 1, 3 in all
         before 4 | · South bears 1, 3 in all
         before 4 | the capital of South approves
         before 4 | · signed: tolled cleared all
         before 4 | · awaits ratification [0]
         before 4 | · the meeting does not take place
         before 5 | · North bears 1, 4 in all
         before 5 | · South bears 1, 4 in all
         before 5 | the parliament of the South passes it
         before 5 | · in force: tolled cleared all
         before 5 | · the end: Settled",
    );
    table.replays(&circumstances, &course);
    let account = course.account().unwrap();
    assert_eq!(account.parts, [(1, table.outcome("all"))]);
    assert_eq!((account.recesses, account.missed), (4, 1));
    assert_eq!(account.gates, [GateAccount { opened: Some(3), held: 1 }]);
    // Each has 7; both bore 4, and the North gave way before the press.
    assert_eq!((account.parties[0].net(), account.parties[1].net()), (7 - 4 - 2, 7 - 4));
    assert_eq!((account.parties[1].referred, account.parties[1].approved), (1, 1));
    assert_eq!(account.offers.len(), 9);
}

#[test]
fn numbers_at_the_ends_of_their_range_do_no_harm() {
    let table = river();
    let lever = |name: &str, lever| Pressure { name: name.into(), on: 0, from: 0, when: Occasion::Always, lever };
    let state = Party { no_deal: NoDeal::StateAndCosts, audience: f64::MAX, ..Party::default() };
    let bomb = Incident {
        name: "bomb".into(),
        by: None,
        during: During::Any,
        when: Occasion::Always,
        against: None,
        chance: 1.0,
        costs: vec![(0, i128::MAX), (0, i128::MIN), (1, i128::MIN)],
        raises: vec![(0, i128::MAX), (1, i128::MIN)],
        then: Consequence::Delay(u32::MAX),
    };
    let mut circumstances = Circumstances {
        parties: vec![state.clone(), state],
        pressures: vec![
            lever("a", Lever::NoDeal(i128::MAX)),
            lever("b", Lever::NoDeal(i128::MAX)),
            lever("c", Lever::Cost(i128::MIN)),
            lever("d", Lever::Cost(i128::MIN)),
        ],
        costs: vec![Cost { seat: 0, amount: i128::MAX, until: None }, Cost { seat: 1, amount: i128::MIN, until: None }],
        incidents: vec![bomb],
        ..meetings(3, 1)
    };
    circumstances.meetings.iter_mut().for_each(|meeting| meeting.publicity = 1.0);
    let mut course = table.open(&circumstances);
    table.play(&mut course, "North: open\nSouth: all");
    assert_eq!(course.close(), Some(Close::Nothing(Why::Deadline)));
    let account = course.account().unwrap();
    assert_eq!((account.missed, account.incidents.len()), (2, 2));
    let mut course = table.open(&circumstances);
    table.play(&mut course, "North: open cleared all\nSouth: accepts");
    assert_eq!(course.close(), Some(Close::Settled));
}

//! What becomes of a signature: ratification, and those who want no agreement.

use super::*;

fn parliament(delay: u32, by: Verdict) -> Ratification {
    Ratification { name: "the parliament of the South".into(), seat: 1, when: None, delay, by }
}

fn spoiler(during: During, then: Consequence) -> Incident {
    Incident {
        name: "bomb".into(),
        by: Some("the band".into()),
        during,
        when: Occasion::Always,
        against: None,
        chance: 1.0,
        costs: Vec::new(),
        raises: Vec::new(),
        then,
    }
}

const AGREE: &str = "North: tolled cleared\nSouth: accepts";

#[test]
fn the_war_goes_on_while_a_parliament_takes_its_time() {
    let table = river();
    let circumstances = Circumstances {
        ratifications: vec![parliament(2, Verdict::Chance(1.0))],
        costs: vec![Cost { seat: 0, amount: 1, until: None }],
        ..meetings(2, 1)
    };
    let log = table.log(&circumstances, AGREE);
    assert_log(
        &log,
        "1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers tolled cleared held
         1.1 | South accepts
         1.1 | · signed: tolled cleared held
         1.1 | · awaits ratification [0]
         1.1 | · the meeting is over
         before 2 | · North bears 1, 1 in all
         before 2 | · the meeting does not take place
         before 3 | · North bears 1, 2 in all
         before 3 | the parliament of the South passes it
         before 3 | · in force: tolled cleared held
         before 3 | · the end: Settled",
    );
}

#[test]
fn what_is_not_ratified_falls() {
    let table = river();
    let circumstances = Circumstances { ratifications: vec![parliament(0, Verdict::Chance(0.0))], ..meetings(2, 1) };
    let log = table.log(&circumstances, AGREE);
    assert_log(
        &log,
        "1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers tolled cleared held
         1.1 | South accepts
         1.1 | · signed: tolled cleared held
         1.1 | · awaits ratification [0]
         1.1 | the parliament of the South turns it down
         1.1 | · void: tolled cleared held
         1.1 | · the end: Nothing(NotRatified(0))",
    );
}

#[test]
fn a_body_decides_by_a_condition_of_its_own_and_on_some_agreements_only() {
    let table = river();
    let cleared = Verdict::Condition(table.when("mines", &["cleared"]));
    let bridge = Some(table.when("bridge", &["tolled", "open"]));
    let ratification = Ratification { when: bridge, ..parliament(0, cleared) };
    let circumstances = Circumstances { ratifications: vec![ratification], ..meetings(1, 1) };
    let close = |script: &str| {
        let mut course = table.open(&circumstances);
        table.play(&mut course, script);
        course.close().unwrap()
    };
    assert_eq!(close("North: tolled cleared\nSouth: accepts"), Close::Settled);
    assert_eq!(close("North: tolled\nSouth: accepts"), Close::Nothing(Why::NotRatified(0)));
    assert_eq!(close("North: all\nSouth: accepts"), Close::Settled);
}

#[test]
fn a_part_that_is_not_ratified_falls_alone() {
    let table = river();
    let circumstances = Circumstances {
        parts: Parts::Signed { settles: table.when("bridge", &["tolled", "open"]) },
        ratifications: vec![Ratification {
            when: Some(table.when("prisoners", &["all"])),
            ..parliament(1, Verdict::Chance(0.0))
        }],
        ..meetings(3, 1)
    };
    let log = table
        .log(&circumstances, "North: all\nSouth: accepts\nNorth: cleared\nSouth: accepts\nNorth: open\nSouth: leaves");
    assert_log(
        &log,
        "1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers closed there all
         1.1 | South accepts
         1.1 | · signed in part: closed there all
         1.1 | · awaits ratification [0]
         1.1 | · the meeting is over
         before 2 | the parliament of the South turns it down
         before 2 | · void: closed there all
         2.2 | · the meeting opens
         2.2 | North offers closed cleared held (silent)
         2.2 | South accepts
         2.2 | · signed in part: closed cleared held
         2.2 | · in force: closed cleared held
         2.2 | · the meeting is over
         3.3 | · the meeting opens
         3.3 | North offers open there held (selfish)
         3.3 | South leaves
         3.3 | South walks out
         3.3 | · the end: Partial(WalkedOut(1))",
    );
}

#[test]
fn a_spoiler_breaks_what_waits_to_be_ratified() {
    let table = river();
    let circumstances = Circumstances {
        ratifications: vec![parliament(2, Verdict::Chance(1.0))],
        incidents: vec![spoiler(During::Ratification, Consequence::Breaks)],
        ..meetings(3, 1)
    };
    let log = table.log(&circumstances, AGREE);
    assert_log(
        &log,
        "1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers tolled cleared held
         1.1 | South accepts
         1.1 | · signed: tolled cleared held
         1.1 | · awaits ratification [0]
         1.1 | · the meeting is over
         before 2 | the band incident: bomb
         before 2 | · void: tolled cleared held
         before 2 | · the end: Nothing(Broken(0))",
    );
}

#[test]
fn a_spoiler_delays_ratification_and_one_against_other_agreements_does_nothing() {
    let table = river();
    let mut delays = spoiler(During::Ratification, Consequence::Delay(1));
    delays.when = Occasion::Not(Box::new(Occasion::Happened(0)));
    let mut other = spoiler(During::Any, Consequence::Breaks);
    other.against = Some(table.when("bridge", &["open"]));
    other.when = Occasion::Happened(0);
    let occurrences = vec![Occurrence { name: "truce".into(), comes: Comes::Meeting(2), needs: Vec::new() }];
    let circumstances = Circumstances {
        ratifications: vec![parliament(1, Verdict::Chance(1.0))],
        incidents: vec![delays, other],
        occurrences,
        ..meetings(1, 1)
    };
    let log = table.log(&circumstances, AGREE);
    assert!(
        log.ends_with(
            "before 2 | the band incident: bomb\n\
             before 2 | · 1 meetings put off: Incident(0)\n\
             before 2 | · it happens: truce\n\
             before 3 | the parliament of the South passes it\n\
             before 3 | · in force: tolled cleared held\n\
             before 3 | · the end: Settled"
        ),
        "{log}"
    );
}

#[test]
fn a_spoiler_acts_at_the_signing() {
    let table = river();
    let mut bomb = spoiler(During::Signing, Consequence::Breaks);
    bomb.against = Some(table.when("bridge", &["tolled", "open"]));
    let circumstances = Circumstances {
        parts: Parts::Signed { settles: table.when("bridge", &["tolled", "open"]) },
        incidents: vec![bomb],
        ..meetings(2, 1)
    };
    let log = table.log(&circumstances, "North: all\nSouth: accepts\nNorth: tolled all\nSouth: accepts");
    assert!(
        log.ends_with(
            "2.2 | · signed: tolled there all\n\
             2.2 | the band incident: bomb\n\
             2.2 | · void: tolled there all\n\
             2.2 | · the end: Partial(Broken(0))"
        ),
        "{log}"
    );
}

#[test]
fn an_answer_that_never_comes_ends_with_the_last_meeting() {
    let table = river();
    let mut party = mandated(Mandate::all("ask", Allowed::Refer));
    party.principal.delay = u32::MAX;
    let circumstances = Circumstances { parties: vec![Party::default(), party], ..meetings(2, 1) };
    let mut course = table.open(&circumstances);
    table.play(&mut course, AGREE);
    assert_eq!(course.close(), Some(Close::Nothing(Why::Deadline)));
}

//! Agreements on a part.

use super::*;

fn by_agenda(table: &Table, parts: fn(Formula) -> Parts) -> Circumstances {
    let mut circumstances = Circumstances { parts: parts(table.when("bridge", &["tolled", "open"])), ..meetings(3, 1) };
    // Prisoners, then mines, then everything.
    circumstances.meetings[0].agenda = Some(vec![2]);
    circumstances.meetings[1].agenda = Some(vec![1]);
    circumstances
}

const SCRIPT: &str = "North: all
                      South: accepts
                      North: open all
                      South: cleared all
                      North: open cleared all
                      South: leaves";

#[test]
fn parts_that_are_signed_stay_when_the_talks_fail() {
    let table = river();
    let circumstances = by_agenda(&table, |settles| Parts::Signed { settles });
    let log = table.log(&circumstances, SCRIPT);
    assert_log(
        &log,
        "1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers closed there all
         1.1 | South accepts
         1.1 | · signed in part: closed there all
         1.1 | · in force: closed there all
         1.1 | · the meeting is over
         2.2 | · the meeting opens
         2.2 | North offers closed there all, and not “offers open there all”: bridge is not on the agenda (silent)
         2.2 | South offers closed cleared all
         2.2 | · the meeting is over
         3.3 | · the meeting opens
         3.3 | North offers open cleared all (selfish)
         3.3 | South leaves
         3.3 | South walks out
         3.3 | · the end: Partial(WalkedOut(1))",
    );
    let mut course = table.open(&circumstances);
    table.play(&mut course, SCRIPT);
    let account = course.account().unwrap();
    assert_eq!(account.state, table.outcome("all"));
    assert_eq!(account.status_quo, table.outcome(""));
    assert_eq!(account.parts, [(1, table.outcome("all"))]);
    assert_eq!(account.settlement, None);
    // What is in force counts, not the reservation value: 0 + 2 and 6 + 2.
    assert_eq!((account.parties[0].worth, account.parties[1].worth), (2, 8));
}

#[test]
fn nothing_is_agreed_until_everything_is_agreed() {
    let table = river();
    let circumstances = by_agenda(&table, |settles| Parts::Initialled { settles });
    let log = table.log(&circumstances, SCRIPT);
    assert_log(
        &log,
        "1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers closed there all
         1.1 | South accepts
         1.1 | · initialled: closed there all
         1.1 | · the meeting is over
         2.2 | · the meeting opens
         2.2 | North offers closed there all, and not “offers open there all”: bridge is not on the agenda (silent)
         2.2 | South offers closed cleared all
         2.2 | · the meeting is over
         3.3 | · the meeting opens
         3.3 | North offers open cleared all (selfish)
         3.3 | South leaves
         3.3 | South walks out
         3.3 | · the end: Nothing(WalkedOut(1))",
    );
    let mut course = table.open(&circumstances);
    table.play(&mut course, SCRIPT);
    let account = course.account().unwrap();
    assert_eq!((account.state.clone(), account.parts.len()), (table.outcome(""), 0));
    assert_eq!((account.parties[0].worth, account.parties[1].worth), (2, 6));
    // Had they agreed on the bridge, all of it would be in force.
    let mut course = table.open(&circumstances);
    table.play(
        &mut course,
        "North: all\nSouth: accepts\nNorth: cleared all\nSouth: accepts\nNorth: tolled cleared all\nSouth: accepts",
    );
    assert_eq!(course.account().unwrap().settlement, Some(table.outcome("tolled cleared all")));
}

#[test]
fn what_is_signed_changes_what_no_deal_is_worth() {
    let table = river();
    let state = Party { no_deal: NoDeal::State, ..Party::default() };
    let circumstances =
        Circumstances { parties: vec![state.clone(), state], ..by_agenda(&table, |settles| Parts::Signed { settles }) };
    let mut course = table.open(&circumstances);
    assert_eq!((course.no_deal(0), course.no_deal(1)), (Some(0), Some(6)));
    table.play(&mut course, "North: all\nSouth: accepts");
    assert_eq!((course.no_deal(0), course.no_deal(1)), (Some(2), Some(8)));
    assert_eq!(course.view(1).unwrap().floor(), Some(8));
}

#[test]
fn packages_are_read_as_things_stand() {
    let table = river();
    // A list of three packages; after the prisoners are free, each of them keeps that.
    let packages = [table.outcome("all"), table.outcome("cleared"), table.outcome("tolled cleared")];
    let among = |at: usize| Arc::new(Seat::among(&table.scenario, at, Vec::new(), &packages).unwrap());
    let seats = vec![among(0), among(1)];
    let parts = Parts::Signed { settles: table.when("bridge", &["tolled", "open"]) };
    let circumstances = Circumstances { packages: true, parts, ..meetings(2, 1) };
    let listed = Table { scenario: table.scenario.clone(), seats };
    let mut course = listed.open(&circumstances);
    listed.play(&mut course, "North: all\nSouth: accepts");
    let menu = course.seat(1).unwrap().menu().list().unwrap();
    let found: Vec<&Outcome> = menu.iter().map(|choice| &choice.outcome).collect();
    assert_eq!(found, [&table.outcome("cleared all"), &table.outcome("all"), &table.outcome("tolled cleared all")]);
}

#[test]
fn a_part_in_the_last_meeting_ends_the_talks_with_it() {
    let table = river();
    let parts = Parts::Signed { settles: table.when("bridge", &["open"]) };
    let log = table.log(&Circumstances { parts, ..meetings(1, 4) }, "North: all\nSouth: accepts");
    assert!(log.ends_with("1.1 | · in force: closed there all\n1.1 | · the end: Partial(Deadline)"), "{log}");
}

#[test]
fn without_parts_the_first_agreement_ends_the_talks() {
    let table = river();
    let mut course = table.open(&meetings(3, 1));
    table.play(&mut course, "North: all\nSouth: accepts");
    assert_eq!(course.close(), Some(Close::Settled));
}

//! Mandates, referral, principals.

use super::*;
use crate::game::Stream;

/// The South may sign what it likes of mines and prisoners, and has to ask about the bridge.
fn explore(table: &Table) -> Mandate {
    let sign = Term::any_of(
        "mines and prisoners",
        vec![table.when("mines", &["cleared"]), table.when("prisoners", &["some", "all"])],
    );
    Mandate { sign: vec![sign], ..Mandate::all("explore", Allowed::Refer) }
}

fn south(party: Party) -> Vec<Party> {
    vec![Party::default(), party]
}

#[test]
fn what_the_mandate_does_not_cover_is_referred_and_approved_at_once() {
    let table = river();
    let circumstances = Circumstances { parties: south(mandated(explore(&table))), ..meetings(2, 2) };
    let log = table.log(
        &circumstances,
        "North: tolled cleared
         South: accepts
         capital of South: approves",
    );
    assert_log(
        &log,
        "before 1 | · the mandate of South is “explore”
         1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers tolled cleared held
         1.1 | South accepts
         1.1 | South refers tolled cleared held for tolled; answer now
         1.1 | the capital of South approves
         1.1 | · signed: tolled cleared held
         1.1 | · in force: tolled cleared held
         1.1 | · the end: Settled",
    );
}

#[test]
fn what_the_mandate_covers_is_signed_at_the_table() {
    let table = river();
    let circumstances = Circumstances { parties: south(mandated(explore(&table))), ..meetings(2, 2) };
    let mut course = table.open(&circumstances);
    table.play(&mut course, "North: cleared all\nSouth: accepts");
    assert_eq!(course.close(), Some(Close::Settled));
    assert_eq!(course.account().unwrap().parties[1].referred, 0);
}

#[test]
fn a_capital_that_answers_two_meetings_later_refuses_and_the_same_is_not_accepted_again() {
    let table = river();
    let mut party = mandated(explore(&table));
    party.principal.delay = 2;
    let circumstances = Circumstances { parties: south(party), ..meetings(4, 2) };
    let log = table.log(
        &circumstances,
        "North: tolled cleared
         South: accepts
         capital of South: refuses
         North: tolled cleared
         South: accepts
         North: cleared
         South: accepts",
    );
    assert_log(
        &log,
        "before 1 | · the mandate of South is “explore”
         1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers tolled cleared held
         1.1 | South accepts
         1.1 | South refers tolled cleared held for tolled; answer before 3
         1.1 | · 1 meetings put off: Referral(1)
         1.1 | · the meeting is over
         before 2 | · the meeting does not take place
         before 3 | the capital of South refuses
         before 3 | · void: tolled cleared held
         3.5 | · the meeting opens
         3.5 | North offers tolled cleared held (silent)
         3.5 | South offers closed cleared all, and not “accepts”: its capital has refused that
         3.6 | North offers closed cleared held (concession)
         3.6 | South accepts
         3.6 | · signed: closed cleared held
         3.6 | · in force: closed cleared held
         3.6 | · the end: Settled",
    );
}

#[test]
fn an_extended_mandate_covers_the_clause_from_then_on() {
    let table = river();
    let parts = Parts::Signed { settles: table.when("bridge", &["open"]) };
    let circumstances = Circumstances { parties: south(mandated(explore(&table))), parts, ..meetings(3, 1) };
    let mut course = table.open(&circumstances);
    table.play(
        &mut course,
        "North: tolled
         South: accepts
         capital of South: extends
         North: tolled cleared
         South: accepts
         North: open cleared
         South: accepts
         capital of South: approves",
    );
    let account = course.account().unwrap();
    assert_eq!(account.close, Close::Settled);
    // The toll was extended to; the open bridge was not.
    assert_eq!((account.parties[1].referred, account.parties[1].extended), (2, 1));
    table.replays(&circumstances, &course);
}

#[test]
fn a_recalled_delegation_is_away_for_a_meeting_or_for_good() {
    let table = river();
    let mut party = mandated(explore(&table));
    party.principal.recall = Pause::Meetings(1);
    let circumstances = Circumstances { parties: south(party.clone()), ..meetings(3, 2) };
    let script = "North: open
                  South: accepts
                  capital of South: recalls";
    let log = table.log(&circumstances, &format!("{script}\nNorth: cleared\nSouth: accepts"));
    assert_log(
        &log,
        "before 1 | · the mandate of South is “explore”
         1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers open there held
         1.1 | South accepts
         1.1 | South refers open there held for open; answer now
         1.1 | the capital of South recalls its delegation
         1.1 | · void: open there held
         1.1 | · 1 meetings put off: Recall(1)
         1.1 | · the meeting is over
         before 2 | · the meeting does not take place
         3.5 | · the meeting opens
         3.5 | North offers closed cleared held (concession)
         3.5 | South accepts
         3.5 | · signed: closed cleared held
         3.5 | · in force: closed cleared held
         3.5 | · the end: Settled",
    );
    party.principal.recall = Pause::Ends;
    let log = table.log(&Circumstances { parties: south(party), ..meetings(3, 2) }, script);
    assert!(
        log.ends_with("1.1 | the capital of South recalls its delegation\n1.1 | · the end: Nothing(Recalled(1))"),
        "{log}"
    );
}

#[test]
fn what_a_mandate_forbids_is_neither_accepted_nor_offered() {
    let table = river();
    let never = Term::any_of("bridge open", vec![table.when("bridge", &["open"])]);
    let mandate = Mandate { never: vec![never], ..Mandate::all("not the bridge", Allowed::Sign) };
    let circumstances = Circumstances { parties: south(mandated(mandate)), ..meetings(1, 3) };
    let log = table.log(
        &circumstances,
        "North: open all
         South: accepts
         North: open cleared all
         South: open
         North: tolled all
         South: accepts",
    );
    assert_log(
        &log,
        "before 1 | · the mandate of South is “not the bridge”
         1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers open there all
         1.1 | South offers closed cleared all, and not “accepts”: its mandate forbids open
         1.2 | North offers open cleared all (fortunate)
         1.2 | South offers closed cleared all, and not “offers open there held”: its mandate forbids open (silent)
         1.3 | North offers tolled there all (concession)
         1.3 | South accepts
         1.3 | · signed: tolled there all
         1.3 | · in force: tolled there all
         1.3 | · the end: Settled",
    );
    // What it may propose leaves the open bridge out.
    let course = table.open(&circumstances);
    let menu = course.seat(1).unwrap().menu().list().unwrap();
    assert_eq!(menu.len(), 12);
    assert!(menu.iter().all(|choice| choice.outcome.digit(0) != 2));
    assert_eq!(course.seat(0).unwrap().menu().list().unwrap().len(), 18);
}

#[test]
fn a_delegation_that_may_sign_nothing_proposes_things_as_they_are() {
    let table = river();
    let mandate = Mandate::all("no real power", Allowed::Never);
    let circumstances = Circumstances { parties: south(mandated(mandate)), ..meetings(1, 2) };
    let log = table.log(
        &circumstances,
        "North: all
         South: accepts
         North: cleared
         South: all",
    );
    assert!(log.contains("1.1 | South offers closed there held, and not “accepts”: its mandate forbids all"), "{log}");
    assert!(log.ends_with("the end: Nothing(Deadline)"), "{log}");
}

#[test]
fn an_offer_ad_referendum_is_referred_by_both_when_it_is_accepted() {
    let table = river();
    let mut north = mandated(explore(&table));
    north.principal.delay = 1;
    let parties = vec![north, mandated(explore(&table))];
    let circumstances = Circumstances { parties, ..meetings(2, 1) };
    let log = table.log(
        &circumstances,
        "North: tolled cleared
         South: accepts
         capital of South: approves
         capital of North: approves",
    );
    assert_log(
        &log,
        "before 1 | · the mandate of North is “explore”
         before 1 | · the mandate of South is “explore”
         1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers tolled cleared held, ad referendum on bridge
         1.1 | South accepts
         1.1 | North refers tolled cleared held for tolled; answer before 2
         1.1 | South refers tolled cleared held for tolled; answer now
         1.1 | the capital of South approves
         1.1 | · the meeting is over
         before 2 | the capital of North approves
         before 2 | · signed: tolled cleared held
         before 2 | · in force: tolled cleared held
         before 2 | · the end: Settled",
    );
}

#[test]
fn an_offer_may_have_to_be_cleared_before_it_is_made() {
    let table = river();
    let mut north = mandated(explore(&table));
    north.principal = Principal { delay: 1, clearance: Clearance::First, ..Principal::default() };
    let circumstances = Circumstances { parties: vec![north], ..meetings(4, 1) };
    let log = table.log(
        &circumstances,
        "North: open
         capital of North: refuses
         South: cleared
         North: tolled
         capital of North: approves
         South: accepts",
    );
    assert_log(
        &log,
        "before 1 | · the mandate of North is “explore”
         1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North refers open there held first for open; answer before 2
         1.1 | · the meeting is over
         before 2 | the capital of North refuses
         2.2 | · the meeting opens
         2.2 | North offers closed cleared all, and not “offers open there held”: its capital has refused that (after the answer)
         2.2 | South offers closed cleared held
         2.2 | · the meeting is over
         3.3 | · the meeting opens
         3.3 | North refers tolled there held first for tolled; answer before 4
         3.3 | · the meeting is over
         before 4 | the capital of North approves
         4.4 | · the meeting opens
         4.4 | North offers tolled there held (unfortunate) (after the answer)
         4.4 | South accepts
         4.4 | · signed: tolled there held
         4.4 | · in force: tolled there held
         4.4 | · the end: Settled",
    );
}

#[test]
fn a_principal_answers_by_preferences_of_its_own() {
    let table = river();
    // The capital of the South does not care for mines and prisoners, and has 6 without an agreement.
    let mut scenario = table.scenario.clone();
    scenario.parties[1].utility_mut().worth = vec![vec![6, 3, 0], vec![0, 0], vec![0, 0, 0]];
    let capital = Arc::new(Seat::of(&scenario, 1, Vec::new()).unwrap());
    let mut party = mandated(explore(&table));
    party.principal.seat = Some(capital);
    let circumstances = Circumstances { parties: south(party), ..meetings(1, 2) };
    let mut course = table.open(&circumstances);
    // To the delegation it is worth 3 + 2 + 2 = 7, to its capital 3.
    table.play(&mut course, "North: tolled cleared all\nSouth: accepts");
    assert_eq!(course.habit(1), Answer::Refuse);
    table.play(&mut course, "capital of South: by habit\nNorth: cleared all\nSouth: accepts");
    let account = course.account().unwrap();
    assert_eq!(account.close, Close::Settled);
    assert_eq!((account.parties[1].refused, account.parties[1].approved), (1, 0));
    // The account is the capital's.
    assert_eq!((account.parties[0].worth, account.parties[1].worth), (4, 6));
}

#[test]
fn a_refusal_is_asked_about_again_once_no_deal_is_worth_less() {
    let table = river();
    let pressure =
        Pressure { name: "loans".into(), on: 1, from: 2, when: Occasion::Refused(1), lever: Lever::NoDeal(-4) };
    let circumstances =
        Circumstances { parties: south(mandated(explore(&table))), pressures: vec![pressure], ..meetings(2, 1) };
    let log = table.log(
        &circumstances,
        "North: tolled
         South: accepts
         capital of South: by habit
         North: tolled
         South: accepts
         capital of South: by habit",
    );
    assert_log(
        &log,
        "before 1 | · the mandate of South is “explore”
         1.1 | · the meeting opens
         1.1 | · no deal is worth 2 to North
         1.1 | · no deal is worth 6 to South
         1.1 | North offers tolled there held
         1.1 | South accepts
         1.1 | South refers tolled there held for tolled; answer now
         1.1 | the capital of South refuses
         1.1 | · void: tolled there held
         1.1 | · the meeting is over
         before 2 | loans presses South: NoDeal(-4)
         2.2 | · the meeting opens
         2.2 | · no deal is worth 2 to South
         2.2 | North offers tolled there held (silent)
         2.2 | South accepts
         2.2 | South refers tolled there held for tolled; answer now
         2.2 | the capital of South approves
         2.2 | · signed: tolled there held
         2.2 | · in force: tolled there held
         2.2 | · the end: Settled",
    );
}

#[test]
fn rival_claims_hold_as_often_as_their_weights_say() {
    let table = river();
    let claim = |name: &str, allowed| Mandate::all(name, allowed);
    let mandates = vec![
        (claim("none", Allowed::Never), 1.0),
        (claim("full", Allowed::Sign), 2.0),
        (claim("out of the question", Allowed::Sign), 0.0),
        (claim("ask", Allowed::Refer), 1.0),
    ];
    let party = Party { mandates, ..Party::default() };
    let circumstances = Circumstances { parties: south(party), ..meetings(1, 1) };
    let mut counts = [0u32; 4];
    let all = 10_000u64;
    for index in 0..all {
        let mut course = table.open_at(&circumstances, (11, index));
        course.breach(0);
        counts[course.account().unwrap().parties[1].mandate.unwrap()] += 1;
    }
    for (count, share) in counts.iter().zip([0.25, 0.5, 0.0, 0.25]) {
        let sigma = (share * (1.0 - share) * all as f64).sqrt();
        assert!((f64::from(*count) - share * all as f64).abs() <= 4.0 * sigma, "{counts:?}");
    }
}

#[test]
fn only_the_part_of_a_condition_that_speaks_of_a_clause_counts() {
    let table = river();
    let either =
        Term::any_of("mines or prisoners", vec![table.when("mines", &["cleared"]), table.when("prisoners", &["all"])]);
    let mandate = Mandate { sign: vec![either], ..Mandate::all("m", Allowed::Never) };
    let outcome = table.outcome("cleared some");
    assert_eq!(mandate.clause(1, &outcome), Allowed::Sign);
    assert_eq!(mandate.clause(2, &outcome), Allowed::Never);
    assert_eq!(mandate.clause(0, &outcome), Allowed::Never);
}

/// What forbids a clause as a condition agrees with what the mandate says of it, whatever the mandate.
#[test]
fn the_condition_that_forbids_a_clause_is_the_mandates() {
    let table = river();
    let space = &table.scenario.space;
    for index in 0..300 {
        let mut stream = Stream::new(17, index, 0);
        let mandate = super::properties::drawn_mandate(&table, &mut stream);
        for outcome in space.outcomes() {
            for issue in 0..3 {
                let forbidden = mandate.forbids(issue).holds(&outcome);
                assert_eq!(forbidden, mandate.clause(issue, &outcome) == Allowed::Never);
            }
        }
    }
}

//! Sessions written by hand, one or more per protocol.

use super::{log, played, setting, shown};
use crate::game::{Formula, Outcome};
use crate::talks::protocols::*;
use crate::talks::{Clock, How, Move, Protocol, Session, Setting};

fn told(setting: &Setting, protocol: &dyn Protocol, rounds: u32, moves: &[&str]) -> String {
    log(&played(setting, protocol, &Clock::rounds(rounds), 1, moves))
}

#[test]
fn amop_agrees_on_the_first_unanimous_offer() {
    let protocol = MultipleOffers::unanimous();
    let moves = ["0", "1", "2", "+ - -", "- + -", "- - +", "0", "1", "1", "- + +", "- + +", "- + +"];
    insta::assert_snapshot!(told(&setting(&[3], 3, vec![]), &protocol, 10, &moves), @r"
    1 a offers 0
    1 b offers 1
    1 c offers 2
    2 a votes + - -
    2 b votes - + -
    2 c votes - - +
    3 a offers 0
    3 b offers 1
    3 c offers 1
    4 a votes - + +
    4 b votes - + +
    4 c votes - + +
    4 table ends: Agreed
    ");
}

#[test]
fn majority_takes_the_best_supported_at_the_deadline_if_it_meets_the_quota() {
    let moves = ["0", "1", "2", "+ + -", "- + -", "- - +", "0", "0", "2", "- - -", "- - -", "- - +"];
    let three = setting(&[3], 3, vec![]);
    let ended = |protocol: MultipleOffers| {
        let session = played(&three, &protocol, &Clock::rounds(4), 1, &moves);
        let ending = session.ending().unwrap();
        (ending.how, ending.agreement().map(shown), ending.agreements.first().map(|a| a.seats.len()))
    };
    // The offer 1 of the first vote had two votes; nothing later had more.
    assert_eq!(ended(MultipleOffers::majority()), (How::Agreed, Some("1".into()), Some(3)));
    assert_eq!(ended(MultipleOffers::quota(2)), (How::Agreed, Some("1".into()), Some(3)));
    assert_eq!(ended(MultipleOffers::quota(3)), (How::Deadline, None, None));
    assert!(MultipleOffers::quota(4).fits(&three).is_err());
    // One vote of three is no majority.
    let one_each = ["0", "1", "2", "+ - -", "- + -", "- - +"];
    let session = played(&three, &MultipleOffers::majority(), &Clock::rounds(2), 1, &one_each);
    assert_eq!(session.ending().unwrap().how, How::Deadline);
    let session = played(&three, &MultipleOffers::quota(1), &Clock::rounds(2), 1, &one_each);
    assert_eq!(session.ending().unwrap().agreement().map(shown), Some("0".into()));
    // With an odd number of rounds the last round is one of offers, and the best before it counts.
    let session = played(&three, &MultipleOffers::quota(2), &Clock::rounds(3), 1, &moves[..9]);
    assert_eq!(session.ending().unwrap().agreement().map(shown), Some("1".into()));
}

#[test]
fn a_mediator_proposes_until_all_say_yes() {
    let protocol = MediatorProposes::until_yes();
    let moves = ["yes", "no", "no", "no", "yes", "yes"];
    insta::assert_snapshot!(told(&setting(&[2, 2], 2, vec![]), &protocol, 10, &moves), @r"
    1 table drafts 1/1
    1 a says yes
    1 b says no
    2 table drafts 0/0
    2 a says no
    2 b says no
    3 table drafts 1/0
    3 a says yes
    3 b says yes
    3 table ends: Agreed
    ");
    // Four packages are refused, each once, and nothing is left to try.
    let session = played(&setting(&[2, 2], 2, vec![]), &protocol, &Clock::rounds(10), 1, &["no"; 8]);
    assert_eq!(session.ending().unwrap().how, How::Refused);
    // No package keeps the rules.
    let nothing = Session::open(&setting(&[2], 2, vec![Formula::Constant(false)]), &protocol, Clock::rounds(3), 1, 0);
    assert_eq!(nothing.ending().unwrap().how, How::Refused);
}

#[test]
fn a_flipping_mediator_goes_on_from_what_all_accepted() {
    for protocol in [MediatorProposes::flipping(), MediatorProposes::flipping_in_order()] {
        let moves = ["no", "yes", "yes", "yes", "no", "no", "yes", "yes", "no", "no"];
        let session = played(&setting(&[3, 3, 3], 2, vec![]), &protocol, &Clock::rounds(5), 1, &moves);
        let drafts: Vec<&Outcome> = session
            .log()
            .iter()
            .filter_map(|e| if let crate::talks::What::Draft(d) = &e.what { Some(d) } else { None })
            .collect();
        let apart = |a: usize, b: usize| {
            let pairs = drafts[a].digits().iter().zip(drafts[b].digits());
            pairs.enumerate().filter(|(_, (a, b))| a != b).map(|(issue, _)| issue).collect::<Vec<_>>()
        };
        assert_eq!([apart(1, 2).len(), apart(1, 3).len(), apart(3, 4).len()], [1, 1, 1], "{}", log(&session));
        assert_eq!(session.ending().unwrap().agreement(), Some(drafts[3]), "the last that all accepted");
        if protocol.name() == "mediator-flipping-in-order" {
            assert_eq!([apart(1, 2), apart(1, 3), apart(3, 4)], [[0], [1], [2]]);
        }
    }
}

#[test]
fn hill_climbing_keeps_changes_worse_to_nobody_and_asks_at_the_end() {
    let protocol = MediatedSearch::climbing();
    let moves = ["better", "worse", "better", "same", "same", "same", "worse", "better", "yes", "yes"];
    insta::assert_snapshot!(told(&setting(&[2, 2], 2, vec![]), &protocol, 10, &moves), @r"
    1 table drafts 1/1
    1 table drafts 0/1
    1 a finds it better
    1 b finds it worse
    2 table drafts 1/0
    2 a finds it better
    2 b finds it same
    3 table drafts 1/1
    3 a finds it same
    3 b finds it same
    4 table drafts 0/0
    4 a finds it worse
    4 b finds it better
    5 table drafts 1/0
    5 a says yes
    5 b says yes
    5 table ends: Agreed
    ");
}

#[test]
fn feedback_compares_with_the_draft_before_and_annealing_cools_down() {
    let two = setting(&[2, 3], 2, vec![]);
    let feedback = ["worse", "same", "same", "better", "yes", "yes"];
    insta::assert_snapshot!(told(&two, &MediatedSearch::feedback(), 3, &feedback), @r"
    1 table drafts 1/1
    1 table drafts 1/0
    1 a finds it worse
    1 b finds it same
    2 table drafts 0/1
    2 a finds it same
    2 b finds it better
    3 table drafts 0/1
    3 a says yes
    3 b says yes
    3 table ends: Agreed
    ");
    // What is the same to all becomes the text as well: the draft of the first round is the one that all are asked about.
    let same = played(&two, &MediatedSearch::feedback(), &Clock::rounds(2), 1, &["same", "same", "yes", "yes"]);
    assert_eq!(same.ending().unwrap().agreement().map(shown), Some("1/0".into()));
    // A draft that was refused is what the next is compared with.
    let mut refused = played(&two, &MediatedSearch::feedback(), &Clock::rounds(3), 1, &["worse", "same"]);
    let (before, draft) = (Outcome::new([1, 0]), Outcome::new([0, 1]));
    assert_eq!(refused.asks().next().unwrap().1, &crate::talks::Ask::Compare(before, draft));
    refused.breach(0);
    // At temperature 0 nothing that is worse to one is taken; very hot, everything is.
    let text = |start: f64| {
        let protocol = MediatedSearch::annealing(start);
        let moves = ["worse", "better", "worse", "better", "worse", "better", "no", "no"];
        let session = played(&two, &protocol, &Clock::rounds(4), 3, &moves);
        let drafts: Vec<String> = log(&session).lines().filter(|l| l.contains("drafts")).map(str::to_string).collect();
        (drafts[0].clone(), drafts[3].clone(), drafts[4].clone())
    };
    let (first, _, last) = text(0.0);
    assert_eq!(first.split_once("drafts").unwrap().1, last.split_once("drafts").unwrap().1);
    let (_, third, last) = text(1e6);
    assert_eq!(third.split_once("drafts").unwrap().1, last.split_once("drafts").unwrap().1);
}

#[test]
fn one_text_is_redrafted_from_wishes_and_put_to_all() {
    let protocol = OneText::from_status_quo();
    // a wishes issue 0 at 2 first; b wishes issue 1 at 1 first, and agrees with a in the second place.
    let moves = ["wish 0=2", "wish 1=1 0=2", "wish", "wish 1=1", "wish 1=0", "wish", "yes", "yes"];
    insta::assert_snapshot!(told(&setting(&[3, 2], 2, vec![]), &protocol, 10, &moves), @r"
    1 table drafts 0/0
    1 a wishes 0=2
    1 b wishes 1=1 0=2
    2 table drafts 2/0
    2 a wishes nothing
    2 b wishes 1=1
    3 table drafts 2/1
    3 a wishes 1=0
    3 b wishes nothing
    4 table drafts 2/1
    4 a says yes
    4 b says yes
    4 table ends: Agreed
    ");
    // The last round is for yes or no, whatever is wished, and one no ends it.
    let moves = ["wish 0=2", "wish", "yes", "no"];
    insta::assert_snapshot!(told(&setting(&[3, 2], 2, vec![]), &protocol, 2, &moves), @r"
    1 table drafts 0/0
    1 a wishes 0=2
    1 b wishes nothing
    2 table drafts 0/0
    2 a says yes
    2 b says no
    2 table ends: Refused
    ");
    // Of wishes that weigh the same chance takes one, and the next time it is the other seat's turn.
    let first: std::collections::BTreeSet<bool> = (0..20)
        .map(|seed| {
            let square = setting(&[3, 3], 2, vec![]);
            let session = played(&square, &protocol, &Clock::rounds(10), seed, &["wish 0=1", "wish 1=1"]);
            let granted = log(&session).ends_with("drafts 1/0");
            let wishes = if granted { ["wish 0=2", "wish 1=1"] } else { ["wish 0=1", "wish 1=2"] };
            let moves = [&["wish 0=1", "wish 1=1"], &wishes[..]].concat();
            let session = played(&square, &protocol, &Clock::rounds(10), seed, &moves);
            assert!(log(&session).ends_with("3 table drafts 1/1"), "{}", log(&session));
            granted
        })
        .collect();
    assert_eq!(first.len(), 2);
    let mut session = Session::open(&setting(&[3, 2], 2, vec![]), &protocol, Clock::rounds(3), 1, 0);
    assert!(session.step(0, Move::Criticise(vec![(0, 3)])).is_err(), "no such value");
    assert!(session.step(0, Move::Criticise(vec![(2, 0)])).is_err(), "no such issue");
    assert!(session.step(0, Move::Accept).is_err());
}

#[test]
fn tau_agrees_on_what_all_have_offered_and_accepted() {
    let protocol = Threads::new();
    // b takes a's first offer before it offers it itself, and a takes it in b's thread.
    let moves = ["0", "2", "+", "-", "1", "0", "-", "+"];
    let two = setting(&[3], 2, vec![]);
    let said = told(&two, &protocol, 10, &["0", "2", "-", "+", "1", "0", "+", "-"]);
    insta::assert_snapshot!(said, @r"
    1 a offers 0
    1 b offers 2
    1 a votes -
    1 b votes +
    2 a offers 1
    2 b offers 0
    2 a votes +
    2 b votes -
    2 table ends: Agreed
    ");
    // An acceptance of what the other has not accepted in one's own thread is tentative.
    let session = played(&two, &protocol, &Clock::rounds(10), 1, &moves);
    assert!(session.ending().is_none(), "{}", log(&session));
    // Offered by both and accepted by one is not enough.
    let session = played(&two, &protocol, &Clock::rounds(10), 1, &["0", "2", "-", "+", "1", "0", "-", "-"]);
    assert!(session.ending().is_none(), "{}", log(&session));
    // Among three: all have accepted 0 in the second round, and c has not offered it; in the third it has.
    let three = setting(&[4], 3, vec![]);
    let moves = ["0", "1", "2", "- -", "+ -", "+ -", "1", "0", "3", "+ -", "- -", "-", "2", "3", "0"];
    let before = played(&three, &protocol, &Clock::rounds(10), 1, &moves[..12]);
    assert!(before.ending().is_none(), "{}", log(&before));
    let ends = [&moves[..], &["-", "-", "- -"]].concat();
    let after = played(&three, &protocol, &Clock::rounds(10), 1, &ends);
    assert_eq!(after.ending().unwrap().agreement().map(shown), Some("0".into()), "{}", log(&after));
    // A seat that repeats has made its last offer; when all have, it is over.
    let session =
        played(&two, &protocol, &Clock::rounds(10), 1, &["0", "2", "-", "-", "0", "1", "-", "-", "2", "-", "-"]);
    assert_eq!(session.ending().map(|e| (e.how, e.round)), Some((How::Refused, 3)), "{}", log(&session));
}

#[test]
fn monotonic_concession_ends_when_both_stand_still_or_one_takes_the_others_offer() {
    let protocol = MonotonicConcession::new();
    let two = setting(&[5], 2, vec![]);
    insta::assert_snapshot!(told(&two, &protocol, 10, &["0", "4", "no", "no", "1", "4", "yes", "no"]), @r"
    1 a offers 0
    1 b offers 4
    1 a says no
    1 b says no
    2 a offers 1
    2 b offers 4
    2 a says yes
    2 b says no
    2 table ends: Agreed
    ");
    let session = played(&two, &protocol, &Clock::rounds(10), 1, &["0", "4", "no", "no", "0", "4", "no", "no"]);
    assert_eq!(session.ending().unwrap().how, How::Refused);
    let session = played(&two, &protocol, &Clock::rounds(10), 1, &["2", "2"]);
    assert_eq!(session.ending().unwrap().agreement().map(shown), Some("2".into()));
    let session = played(&two, &protocol, &Clock::rounds(10), 1, &["0", "4", "no", "yes"]);
    assert_eq!(session.ending().unwrap().agreement().map(shown), Some("0".into()), "the second takes the first's");
    // Going back to an offer before stands still: what is asked about is the last new one.
    let mut session =
        played(&two, &protocol, &Clock::rounds(10), 1, &["0", "4", "no", "no", "1", "3", "no", "no", "0", "2"]);
    assert_eq!(session.asks().nth(1).unwrap().1, &crate::talks::Ask::Decide(Outcome::new([1])));
    // Both take the other's offer: chance decides, and both happen.
    session.breach(0);
    let both = ["1", "3", "yes", "yes"];
    let drawn = (0..20).map(|seed| played(&two, &protocol, &Clock::rounds(10), seed, &both));
    let drawn: std::collections::BTreeSet<String> =
        drawn.map(|session| shown(session.ending().unwrap().agreement().unwrap())).collect();
    assert_eq!(drawn.len(), 2);
}

#[test]
fn coalitions_agree_apart_and_the_rest_go_on() {
    let protocol = Coalitions::new();
    let four = setting(&[4], 4, vec![]);
    let moves = [
        "0",
        "0",
        "2",
        "3", // a and b table the same; they want to be two, and c and d say no.
        "+2..2 - - -",
        "+2..2 - - -",
        "- - + -",
        "- - - +", //
        "- - - -",
        "- - - -",
        "- - - -",
        "- - - -", // Nobody takes anything back by a no.
        "2",
        "3",
        "+ +",
        "- +",
        "- -",
        "- -",
    ];
    insta::assert_snapshot!(told(&four, &protocol, 10, &moves), @r"
    1 a offers 0
    1 b offers 0
    1 c offers 2
    1 d offers 3
    1 a votes + - - -
    1 b votes + - - -
    1 c votes - - + -
    1 d votes - - - +
    1 a votes - - - -
    1 b votes - - - -
    1 c votes - - - -
    1 d votes - - - -
    1 table notes that [0, 1] agree on 0
    2 c offers 2
    2 d offers 3
    2 c votes + +
    2 d votes - +
    2 c votes - -
    2 d votes - -
    2 table notes that [2, 3] agree on 3
    2 table ends: Agreed
    ");
    let session = played(&four, &protocol, &Clock::rounds(10), 1, &moves);
    let ending = session.ending().unwrap();
    assert_eq!(ending.agreements.len(), 2);
    assert_eq!((ending.of(1).map(shown), ending.of(2).map(shown)), (Some("0".into()), Some("3".into())));
    // What was agreed apart holds at the deadline.
    let session = played(&four, &protocol, &Clock::rounds(1), 1, &moves[..12]);
    let ending = session.ending().unwrap();
    assert_eq!((ending.how, ending.agreements.len()), (How::Agreed, 1));
    // A seat that leaves leaves for itself.
    let moves = ["leave", "1", "1", "1", "+ + +", "+ + +", "+ + +", "- - -", "- - -", "- - -"];
    let session = played(&four, &protocol, &Clock::rounds(1), 1, &moves);
    assert_eq!(session.ending().unwrap().agreements[0].seats, [1, 2, 3]);
    // Having seen the votes, c would be one of three as well.
    let opted = ["1", "1", "2", "+ - -", "+ - -", "+2..2 - -", "- - -", "- - -", "+3..3 - -"];
    let session = played(&setting(&[3], 3, vec![]), &protocol, &Clock::rounds(1), 1, &opted);
    assert_eq!(session.ending().unwrap().agreements[0].seats, [0, 1, 2]);
    // What it said first stands: it is one of two still.
    let opted = ["1", "1", "2", "- - -", "+2..2 - -", "+2..2 - -", "- - -", "- - -", "+3..3 - -"];
    let session = played(&setting(&[3], 3, vec![]), &protocol, &Clock::rounds(1), 1, &opted);
    assert_eq!(session.ending().unwrap().agreements[0].seats, [1, 2]);
    // Three would be two: chance decides who.
    let moves = ["1", "1", "1", "+2..2 - -", "+2..2 - -", "+2..2 - -", "- - -", "- - -", "- - -"];
    let session = played(&setting(&[2], 3, vec![]), &protocol, &Clock::rounds(1), 1, &moves);
    assert_eq!(session.ending().unwrap().agreements[0].seats.len(), 2);
}

#[test]
fn sealed_demands_agree_when_they_are_the_same_or_cross() {
    let two = setting(&[6], 2, vec![]);
    insta::assert_snapshot!(told(&two, &SealedDemands::same(), 5, &["0", "4", "3", "3"]), @r"
    1 a offers 0
    1 b offers 4
    2 a offers 3
    2 b offers 3
    2 table ends: Agreed
    ");
    let ended = |protocol: SealedDemands, moves: &[&str]| {
        let session = played(&two, &protocol, &Clock::rounds(1), 1, moves);
        session.ending().unwrap().agreement().map(shown)
    };
    // Seat 0 wants it up: it demands 1, the other offers 5.
    assert_eq!(ended(SealedDemands::crossing(0, Split::Middle), &["1", "5"]), Some("3".into()));
    assert_eq!(ended(SealedDemands::crossing(0, Split::Up), &["1", "5"]), Some("1".into()));
    assert_eq!(ended(SealedDemands::crossing(0, Split::Down), &["1", "5"]), Some("5".into()));
    assert_eq!(ended(SealedDemands::crossing(1, Split::Middle), &["1", "5"]), None);
    assert_eq!(ended(SealedDemands::crossing(1, Split::Middle), &["2", "2"]), Some("2".into()));
    assert!(SealedDemands::crossing(0, Split::Middle).fits(&setting(&[2, 2], 2, vec![])).is_err());
    assert!(SealedDemands::crossing(0, Split::Middle).fits(&setting(&[2], 3, vec![])).is_err());
    let misfit =
        Session::open(&setting(&[2, 2], 2, vec![]), &SealedDemands::crossing(0, Split::Up), Clock::rounds(3), 1, 0);
    assert_eq!(misfit.ending().unwrap().how, How::Refused);
}

#[test]
fn blind_bids_stay_sealed_and_are_settled_half_way_once_near_enough() {
    let two = setting(&[11], 2, vec![]);
    let protocol = BlindBidding::new(0, 2.0);
    insta::assert_snapshot!(told(&two, &protocol, 5, &["10", "0", "8", "3", "6", "4"]), @r"
    1 a offers 10 (sealed)
    1 b offers 0 (sealed)
    2 a offers 8 (sealed)
    2 b offers 3 (sealed)
    3 a offers 6 (sealed)
    3 b offers 4 (sealed)
    3 table ends: Agreed
    ");
    let mut session = played(&two, &protocol, &Clock::rounds(5), 1, &["10", "0"]);
    let scenario = super::scenario(&[("0", &["0"; 11])], &[&[&[0; 11]], &[&[0; 11]]]);
    let seats = crate::talks::Seat::all(&scenario).unwrap();
    assert_eq!(session.view(&seats[1]).offers().map(|(by, o)| (by, shown(o))).collect::<Vec<_>>(), [(1, "0".into())]);
    session.breach(1);
    // Bids 4 and 5 are as near to the middle.
    let ends = (0..20).map(|seed| played(&two, &protocol, &Clock::rounds(5), seed, &["5", "4"]));
    let ends: std::collections::BTreeSet<String> =
        ends.map(|s| shown(s.ending().unwrap().agreement().unwrap())).collect();
    assert_eq!(ends.into_iter().collect::<Vec<_>>(), ["4", "5"]);
}

#[test]
fn closing_needs_every_yes() {
    let three = setting(&[2, 3], 3, vec![]);
    let protocol = Closing::on(Outcome::new([1, 2]));
    let ended = |moves: &[&str]| played(&three, &protocol, &Clock::rounds(1), 1, moves).ending().unwrap().how;
    assert_eq!(ended(&["yes", "yes", "yes"]), How::Agreed);
    assert_eq!(ended(&["yes", "no", "yes"]), How::Refused);
    assert_eq!(ended(&["yes", "leave", "yes"]), How::Left(1));
    assert!(Closing::on(Outcome::new([1, 3])).fits(&three).is_err());
}

//! Stability of cases: what is read off a case, and shares that can be worked out by hand.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::{PreferenceFrom, Stability, StabilityAnswer};
use crate::analysis::stability::Concept;
use crate::case::{ReadOptions, read};
use crate::game::Belief;
use crate::lens::{Finding, Lens, Question};
use crate::text::Diagnostics;

fn ask(toml: &str, draws: u64) -> Finding<StabilityAnswer> {
    let reading = read("case.toml", &|_| Ok(toml.as_bytes().to_vec()), ReadOptions::default());
    let mut diagnostics = Diagnostics::default();
    let case = reading.case.unwrap_or_else(|| panic!("{:?}", reading.diagnostics));
    assert!(!reading.diagnostics.has_errors(), "{:?}", reading.diagnostics);
    let belief = Belief::of(&case, &mut diagnostics).unwrap();
    Stability.ask(&Question { case: &case, belief: &belief, draws, seed: 1, progress: &|_, _| {} })
}

const GROUNDS: &str = r#"basis = "assumed", why = "example""#;

/// Two that halt their fire or not, each with these priorities.
fn fire(north: &[&str], south: &[&str]) -> String {
    let mut toml = String::from(
        r#"
        title = "Fire over the river"
        issues.truce = { values = ["none", "agreed"], status_quo = "none" }
        [parties.north]
        [parties.south]
        [conduct.north-fire]
        values = ["on", "halted"]
        status_quo = "on"
        held_by = "north"
        [conduct.south-fire]
        values = ["on", "halted"]
        status_quo = "on"
        held_by = "south"
        [states.kept]
        name = "A truce, kept"
        values = { truce = "agreed", north-fire = "halted", south-fire = "halted" }
        basis = "assumed"
        why = "example"
        "#,
    );
    for (of, all) in [("north", north), ("south", south)] {
        for one in all {
            let (holds, more) = one.split_once(" | ").unwrap_or((one, ""));
            toml.push_str(&format!(
                "[[priorities]]\nof = \"{of}\"\nholds = \"{holds}\"\n{more}\nbasis = \"assumed\"\nwhy = \"example\"\n"
            ));
        }
    }
    toml
}

/// Each would rather have the other halt, and after that not be the one that does: the prisoner's dilemma.
const DILEMMA: [[&str; 2]; 2] =
    [["south-fire = halted", "north-fire = on"], ["north-fire = halted", "south-fire = on"]];

#[test]
fn a_dilemma_rests_at_once_in_war_and_against_answers_in_peace() {
    let finding = ask(&fire(&DILEMMA[0], &DILEMMA[1]), 100);
    let answer = &finding.answer;
    assert_eq!(answer.draws, 1, "nothing is left open");
    assert_eq!(answer.situations.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(), ["status-quo", "kept"]);
    let [war, peace] = answer.situations.as_slice() else { panic!() };
    assert_eq!((war.states.as_str(), peace.states.as_str()), ("4", "4"));
    assert_eq!(peace.agreed.get("truce").map(String::as_str), Some("agreed"));
    for (situation, concept, holds) in [
        (war, Concept::Nash, 1),
        (war, Concept::Seq, 1),
        (peace, Concept::Nash, 0),
        (peace, Concept::Gmr, 1),
        (peace, Concept::Smr, 1),
        (peace, Concept::Seq, 1),
    ] {
        assert_eq!(situation.holds[&concept].hits, holds, "{} {concept:?}", situation.id);
    }
    // North would fire again; south fires back, to its own advantage, and north is worse off.
    let [north, _] = peace.makers.as_slice() else { panic!() };
    let [departure] = north.departures.as_slice() else { panic!("{north:?}") };
    assert_eq!(departure.to.get("north-fire").map(String::as_str), Some("on"));
    assert_eq!((departure.share.hits, departure.undeterred.hits), (1, 0));
    assert_eq!(departure.sanction.len(), 1);
    assert_eq!((departure.sanction[0].by.as_str(), departure.sanction[0].to.len()), ("south", 1));
    // Nobody improves away from war; that is where it stays.
    assert!(war.makers.iter().all(|m| m.departures.is_empty()));
    assert_eq!(war.leads_to.len(), 1);
    assert!(war.leads_to[0].changes.is_empty() && war.leads_to[0].path.is_empty());
}

#[test]
fn statements_of_one_tier_are_drawn_in_every_order() {
    // With the first of each order swapped, halting comes first: both orders are as likely.
    let north = ["south-fire = halted | tier = 1", "north-fire = on | tier = 1"];
    let open = ["north-fire = on <=> south-fire = on | tier = 1", "south-fire = on | tier = 1"];
    let finding = ask(&fire(&north, &open), 4000);
    let kept = &finding.answer.situations[1];
    let south = &kept.makers[1].stable[&Concept::Nash];
    assert!((south.share - 0.5).abs() < 0.03, "{south:?}");
    // Whichever statement comes first, north gains by firing: what the other does is not its move.
    assert_eq!(kept.makers[0].stable[&Concept::Nash].hits, 0);
    assert_eq!(finding, ask(&fire(&north, &open), 4000), "the same draws again");
}

#[test]
fn firmness_is_the_share_of_draws_in_which_a_statement_counts() {
    let finding = ask(&fire(&["north-fire = on | firmness = 0.25"], &[]), 4000);
    let north = &finding.answer.situations[1].makers[0].stable[&Concept::Nash];
    assert!((north.share - 0.75).abs() < 0.03, "{north:?}");
    let missing = finding.answer.missing.join(" ");
    assert!(missing.contains("south"), "{missing}");
}

#[test]
fn what_a_party_holds_of_the_issues_goes_by_its_utilities_and_red_lines() {
    let toml = format!(
        r#"
        title = "A bridge"
        issues.bridge = {{ values = ["closed", "open"], status_quo = "closed", held_by = "north" }}
        issues.toll = {{ values = ["none", "high"], status_quo = "none" }}
        packages.crossing = {{ name = "Crossing", values = {{ bridge = "open", toll = "high" }}, {GROUNDS} }}
        packages.free = {{ name = "Free", values = {{ bridge = "open" }}, {GROUNDS} }}
        parties.north.wants = [{{ issue = "bridge", prefers = ["open", "closed"], {GROUNDS} }}]
        parties.north.refuses = [{{ when = "bridge = open and toll = none", {GROUNDS} }}]
        parties.south.wants = [{{ issue = "toll", prefers = ["none", "high"], {GROUNDS} }}]
        "#
    );
    let answer = ask(&toml, 50).answer;
    assert_eq!(answer.decision_makers[0].preference, PreferenceFrom::Utility);
    assert_eq!(answer.decision_makers[0].holds, ["bridge"]);
    let nash: Vec<u64> = answer.situations.iter().map(|s| s.holds[&Concept::Nash].hits).collect();
    // Without a toll north does not open the bridge and would close it again; with one it keeps it open.
    assert_eq!(nash, [50, 50, 0], "status quo, crossing, free");
}

#[test]
fn a_case_in_which_nobody_holds_anything_says_what_is_missing() {
    let toml = r#"
        title = "Talks"
        issues.bridge = { values = ["closed", "open"], status_quo = "closed" }
        [parties.north]
        [parties.south]
    "#;
    let answer = ask(toml, 10).answer;
    assert!(answer.situations.is_empty());
    assert!(answer.missing.join("").contains("held_by"), "{:?}", answer.missing);
}

#[test]
fn a_state_that_cannot_be_is_not_judged_and_irreversible_conduct_stays() {
    let more =
        "\n[[infeasible]]\nwhen = \"truce = agreed and north-fire = halted\"\nbasis = \"assumed\"\nwhy = \"example\"\n";
    let answer = ask(&(fire(&DILEMMA[0], &DILEMMA[1]) + more), 1).answer;
    let kept = &answer.situations[1];
    assert!(!kept.feasible && kept.holds.is_empty());
    assert_eq!(kept.states, "2");
    let toml = fire(&DILEMMA[0], &DILEMMA[1]).replace("held_by =", "irreversible = true\nheld_by =");
    let kept = &ask(&toml, 1).answer.situations[1];
    assert_eq!(kept.holds[&Concept::Nash].hits, 1, "nobody can fire again");
}

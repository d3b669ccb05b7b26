//! Writing and reading again gives the same utilities.

use super::*;
use crate::game::{Discount, Formula, Issue, IssueKind, Part, Stream, Utility, Value};

fn space(sizes: &[(usize, IssueKind)]) -> Space {
    let issue = |(at, (size, kind)): (usize, &(usize, IssueKind))| {
        let values =
            (0..*size).map(|v| if *kind == IssueKind::Whole { (v as i64 - 2).to_string() } else { format!("<v&{v}>") });
        let values = values.map(|id| Value { label: id.clone(), id }).collect();
        let name = format!("issue \"{at}\"");
        Issue { id: name.clone(), name, values, status_quo: 0, kind: *kind }
    };
    Space { issues: sizes.iter().enumerate().map(issue).collect() }
}

fn assert_same(scenario: &Scenario, sheets: &[Sheet]) {
    for (party, sheet) in scenario.parties.iter().zip(sheets) {
        let back = sheet.draft.settle("back");
        for outcome in scenario.space.outcomes() {
            assert_eq!(of(&party.utility, &outcome), of(&back.utility, &outcome), "{party:?}\n{sheet:?}");
        }
        let value = |p: &Profile| p.reservation.map(|r| Exact::new(r.into(), p.utility.unit.into()));
        assert_eq!(value(party), value(&back));
        assert_eq!(party.discount, sheet.discount);
    }
}

fn random(seed: u64, unit: i128, boxes: bool) -> Scenario {
    let mut dice = Stream::new(seed, 0, 0);
    let kinds = [IssueKind::Named, IssueKind::Whole];
    let kind = |dice: &mut Stream| if boxes { IssueKind::Whole } else { kinds[dice.below(2) as usize] };
    let sizes: Vec<_> = (0..1 + dice.below(3)).map(|_| (1 + dice.below(5) as usize, kind(&mut dice))).collect();
    let space = space(&sizes);
    let count = space.issues.len();
    let parties = (0..2).map(|at| {
        let mut worth = Vec::new();
        for (size, kind) in &sizes {
            let line = *kind == IssueKind::Whole && dice.chance();
            let (start, step) = (dice.below(20) as i128, dice.below(5) as i128);
            worth.push(
                (0..*size).map(|v| if line { start + step * v as i128 } else { dice.below(40) as i128 }).collect(),
            );
        }
        let mut utility = Utility { unit, worth, constant: dice.below(2) as i128 * 7, ..Utility::default() };
        for _ in 0..if boxes { 3 } else { 0 } {
            let mut side = || {
                let at = dice.below(count as u64) as usize;
                let side = Formula::In(at, (0..sizes[at].0 as u16).filter(|_| dice.chance()).collect());
                if dice.chance() { side.not() } else { side }
            };
            let (one, two, three) = (side(), side(), side());
            let formula = match dice.below(4) {
                0 => Formula::And(vec![one, two, three]),
                1 => Formula::And(vec![one, two]).not(),
                2 => Formula::Or(vec![Formula::And(vec![one, two]), three]),
                _ => one,
            };
            utility.parts.push(Part::When(formula, dice.below(30) as i128));
        }
        if boxes && count > 1 {
            let (a, b) = (sizes[0].0, sizes[1].0);
            let worth = (0..a * b).map(|_| dice.below(9) as i128).collect();
            utility.parts.push(Part::Table { issues: vec![0, 1], sizes: vec![a, b], worth });
        }
        let mut profile = Profile::new(format!("party {at}"), utility);
        profile.reservation = dice.chance().then(|| dice.below(100) as i128);
        profile.discount = dice.chance().then_some(Discount::OverDeadline { factor: 0.1 + 0.2, reservation: true });
        profile
    });
    let parties = parties.collect();
    Scenario::new("random", space, parties)
}

trait Coin {
    fn chance(&mut self) -> bool;
}

impl Coin for Stream {
    fn chance(&mut self) -> bool {
        self.below(2) == 0
    }
}

#[test]
fn sums_over_issues_come_back_equal() {
    for seed in 0..150 {
        let scenario = random(seed, 1_000, false);
        let (sheets, lost) = there_and_back(&scenario);
        assert!(lost.iter().all(|l| l.contains("names of values")), "{lost:?}");
        assert_same(&scenario, &sheets);
    }
}

#[test]
fn boxes_and_tables_come_back_equal() {
    for seed in 0..150 {
        let scenario = random(seed, 700, true);
        let (sheets, lost) = there_and_back(&scenario);
        // The unit of 700 has no end as a decimal, so a reservation value is rounded.
        assert!(lost.iter().all(|l| l.contains("rounded")), "{lost:?}");
        let mut scenario = scenario;
        let mut sheets = sheets;
        scenario.parties.iter_mut().for_each(|p| p.reservation = None);
        sheets.iter_mut().for_each(|s| s.draft.reservation = None);
        assert_same(&scenario, &sheets);
    }
}

#[test]
fn thirds_are_rounded_and_that_is_said() {
    let mut scenario = random(4, 1_000, false);
    for party in &mut scenario.parties {
        party.utility_mut().unit = 999;
        party.reservation = None;
    }
    let (sheets, lost) = there_and_back(&scenario);
    assert!(lost.iter().any(|l| l.contains("rounded to 40 digits")), "{lost:?}");
    for (party, sheet) in scenario.parties.iter().zip(&sheets) {
        let back = sheet.draft.settle("back").utility;
        for outcome in scenario.space.outcomes() {
            let off = of(&party.utility, &outcome) - of(&back, &outcome);
            assert!(off < number("1e-25") && -off < number("1e-25"));
        }
    }
}

fn lost_of(change: impl Fn(&mut Scenario)) -> (Scenario, Vec<Sheet>, String) {
    let mut scenario = Scenario::new("s", space(&[(2, IssueKind::Named), (3, IssueKind::Named)]), Vec::new());
    let worth = vec![vec![300, 0], vec![0, 200, 700]];
    let utility = Utility { unit: 1_000, worth, ..Utility::default() };
    scenario.parties.push(Profile::new("p", utility));
    change(&mut scenario);
    let (sheets, lost) = there_and_back(&scenario);
    (scenario, sheets, lost.join("\n"))
}

#[test]
fn what_the_format_cannot_hold_is_said() {
    assert_eq!(lost_of(|_| {}).2, "");
    let (_, _, lost) = lost_of(|s| s.rules.push(Formula::Constant(true)));
    assert!(lost.contains("red lines"), "{lost}");
    let (_, _, lost) = lost_of(|s| s.parties[0].discount = Some(Discount::PerStep { factor: 0.5, reservation: false }));
    assert!(lost.contains("by the step"), "{lost}");
    let (_, sheets, lost) = lost_of(|s| s.parties[0].reservation_outcome = Some(Outcome::new([1, 1])));
    assert!(lost.contains("reservation value only"), "{lost}");
    assert_eq!(sheets[0].draft.reservation, Some(number("0.2")));
    let (_, _, lost) = lost_of(|s| s.parties[0].utility_mut().zero_unless.push(Formula::In(0, vec![0])));
    assert!(lost.contains("counts 0"), "{lost}");
    let (_, sheets, lost) = lost_of(|s| s.parties[0].utility_mut().parts.push(Part::When(Formula::In(0, vec![0]), 5)));
    assert!(lost.contains("lose their names"), "{lost}");
    assert_eq!(worth(&sheets[0], &[0, 1]), number("0.505"));
}

#[test]
fn utilities_beyond_zero_to_one_are_moved_and_keep_their_order() {
    let (scenario, sheets, lost) = lost_of(|s| {
        let utility = s.parties[0].utility_mut();
        utility.worth = vec![vec![-500, 100], vec![0, 200, 2_000]];
        utility.cap = Some(1_900);
        s.parties[0].reservation = Some(-100);
    });
    assert!(lost.contains("leaves the order as it is"), "{lost}");
    let back = &sheets[0];
    for outcome in scenario.space.outcomes() {
        let was = of(&scenario.parties[0].utility, &outcome);
        let want = (was + number("0.5")) / number("2.4");
        let off = want - worth(back, outcome.digits());
        assert!(off < number("1e-25") && -off < number("1e-25"));
    }
    let off = back.draft.reservation.clone().unwrap() - number("0.4") / number("2.4");
    assert!(off < number("1e-25") && -off < number("1e-25"));
    // A cap at 1 is what the format does by itself.
    let (scenario, sheets, lost) = lost_of(|s| {
        s.parties[0].utility_mut().worth[1][2] = 900;
        s.parties[0].utility_mut().cap = Some(1_000);
    });
    assert_eq!(lost, "");
    assert_same(&scenario, &sheets);
}

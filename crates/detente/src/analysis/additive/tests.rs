//! Brute force judges: the frontier, the loss of thinning, the counts.

use super::*;
use crate::analysis::judge::{self, Dice, Shape, large, random};
use crate::game::{Formula, Stream};

fn frontier(scenario: &Scenario, limits: Limits) -> Option<Finding<Frontier>> {
    counted(scenario, limits).map(|(finding, _)| finding)
}

fn multiplicities(scenario: &Scenario) -> Option<Vec<BigUint>> {
    counted(scenario, Limits::default()).and_then(|(_, counts)| counts())
}

/// A random additive scenario, with rules over single issues.
fn scenario(shape: Shape, seed: u64) -> Scenario {
    let mut scenario = random(shape, seed);
    let mut dice = Dice(Stream::new(seed, 7, 0));
    for _ in 0..dice.below(3) {
        let issue = dice.below(scenario.space.issues.len());
        let size = scenario.space.issues[issue].values.len();
        let rule = Formula::In(issue, (0..size as u16).filter(|_| dice.chance(80)).collect());
        scenario.rules.push(if dice.chance(20) { rule.not() } else { rule });
    }
    if dice.chance(3) {
        scenario.rules.push(Formula::Constant(dice.chance(50)));
    }
    scenario
}

fn shapes(outcomes: usize) -> impl Iterator<Item = (Shape, u64)> {
    (0..).map(move |seed: u64| {
        let parties = 1 + (seed % 6) as usize;
        let (caps, zero_sum) = (seed.is_multiple_of(5), seed.is_multiple_of(7));
        (Shape { parties, outcomes, caps, zero_sum, ..Shape::default() }, seed)
    })
}

fn exactly(scenario: &Scenario) -> Frontier {
    let found = frontier(scenario, Limits::default()).unwrap();
    assert_eq!(found.made.exactness, Exactness::Exact);
    found.answer
}

/// Asserts that every outcome has a point that loses no more than said, and that points do not dominate each other.
fn assert_within(scenario: &Scenario, found: &Finding<Frontier>) -> f64 {
    let epsilon = match &found.made.exactness {
        Exactness::Exact => 0.0,
        Exactness::Within(epsilon) => *epsilon,
        other => panic!("{other:?}"),
    };
    for right in judge::frontier(scenario).points {
        let near = |p: &Point| {
            let columns = p.utilities.iter().zip(&right.utilities).zip(&scenario.parties);
            columns.into_iter().all(|((u, r), party)| (r - u) as f64 / party.utility.unit as f64 <= epsilon)
        };
        assert!(found.answer.points.iter().any(near), "{right:?} has nothing within {epsilon} in {scenario:?}");
    }
    for point in &found.answer.points {
        assert!(scenario.permits(&point.outcome));
        assert_eq!(scenario.utilities(&point.outcome), point.utilities);
        let better = |q: &Point| judge::dominates(&q.utilities, &point.utilities);
        assert!(!found.answer.points.iter().any(better));
    }
    epsilon
}

#[test]
fn the_judge_agrees() {
    let mut empty = 0;
    for (shape, seed) in shapes(120).take(2400) {
        let scenario = scenario(shape, seed);
        let found = exactly(&scenario);
        judge::assert_frontier(&scenario, &found);
        empty += u32::from(found.points.is_empty());
    }
    assert!(empty > 10, "{empty}");
}

#[test]
fn the_judge_agrees_on_edges() {
    let none = Scenario::new(
        "no parties",
        random(Shape { parties: 1, outcomes: 9, ..Shape::default() }, 3).space.as_ref().clone(),
        vec![],
    );
    judge::assert_frontier(&none, &exactly(&none));
    let mut bare = Scenario::new("no issues", crate::game::Space::default(), Vec::new());
    assert_eq!(exactly(&bare).points.len(), 1);
    bare.rules.push(Formula::Constant(false));
    assert_eq!(exactly(&bare).points.len(), 0);
    let mut tied = random(Shape { parties: 2, outcomes: 60, ..Shape::default() }, 4);
    tied.rules.push(Formula::Or(vec![Formula::In(0, vec![0]), Formula::In(1, vec![0])]));
    assert!(frontier(&tied, Limits::default()).is_none(), "a linkage is no rule over one issue");
}

#[test]
fn parties_that_want_the_same_count_once() {
    for seed in 0..60 {
        let mut scenario = scenario(Shape { parties: 3, outcomes: 60, caps: seed % 2 == 0, ..Shape::default() }, seed);
        for copy in 0..4 {
            let mut again = scenario.parties[copy % 3].clone();
            again.utility_mut().worth.iter_mut().flatten().for_each(|w| *w = *w * 7 - 3);
            again.utility_mut().cap = None;
            scenario.parties.push(again);
        }
        assert!(Reading::of(&scenario).unwrap().columns.len() <= 3);
        judge::assert_frontier(&scenario, &exactly(&scenario));
    }
}

#[test]
fn padded_columns_change_nothing() {
    for seed in 0..40 {
        let scenario = scenario(Shape { parties: 3, outcomes: 80, ..Shape::default() }, seed);
        let reading = Reading::of(&scenario).unwrap();
        let limits = Limits::default();
        let few = find::<i64, 3>(&scenario, &reading, limits, Loss::None).unwrap().0;
        for many in [
            find::<i64, 5>(&scenario, &reading, limits, Loss::None).unwrap().0,
            find::<i64, 12>(&scenario, &reading, limits, Loss::None).unwrap().0,
            find::<i128, 64>(&scenario, &reading, limits, Loss::None).unwrap().0,
        ] {
            assert_eq!(few.answer, many.answer);
        }
    }
}

#[test]
fn both_widths_give_the_same() {
    for parties in 2..=5 {
        for kind in 0..2 {
            let scenario = large(parties, 4, 5, kind, 11);
            let reading = Reading::of(&scenario).unwrap();
            let limits = Limits { points: if kind == 0 { 1 << 20 } else { 40 }, ..Limits::default() };
            let both = if parties == 2 {
                let narrow = find::<i64, 2>(&scenario, &reading, limits, Loss::None).unwrap().0;
                (narrow, find::<i128, 2>(&scenario, &reading, limits, Loss::None).unwrap().0)
            } else {
                let narrow = find::<i64, 8>(&scenario, &reading, limits, Loss::None).unwrap().0;
                (narrow, find::<i128, 8>(&scenario, &reading, limits, Loss::None).unwrap().0)
            };
            assert_eq!(both.0, both.1);
            let own = frontier(&scenario, limits).unwrap();
            if kind == 0 {
                assert_eq!(own.answer, both.0.answer);
            }
        }
    }
}

#[test]
fn large_numbers_stay_exact() {
    for seed in 0..60 {
        let mut scenario = scenario(Shape { parties: 2 + seed as usize % 3, outcomes: 60, ..Shape::default() }, seed);
        for (at, party) in scenario.parties.iter_mut().enumerate() {
            let mut dice = Dice(Stream::new(seed, 9, at as u64));
            // Differences in the last bit decide where the first bits tie.
            for w in party.utility_mut().worth.iter_mut().flatten() {
                *w = (*w % 3) * (1 << 100) + dice.below(3) as i128;
            }
            party.utility_mut().unit = 1 << 102;
        }
        judge::assert_frontier(&scenario, &exactly(&scenario));
    }
    let mut beyond = random(Shape { parties: 2, outcomes: 60, ..Shape::default() }, 1);
    beyond.parties[0].utility_mut().worth[0][0] = i128::MAX;
    assert!(frontier(&beyond, Limits::default()).is_none());
}

#[test]
fn the_loss_is_as_said_when_limits_are_hit() {
    let mut thinned = 0;
    for (shape, seed) in shapes(200).take(1000) {
        let scenario = scenario(shape, seed);
        let mut dice = Dice(Stream::new(seed, 8, 0));
        let points = 1 + dice.below(12);
        let found = frontier(&scenario, Limits { points, ..Limits::default() }).unwrap();
        assert!(found.answer.points.len() <= points);
        thinned += u32::from(assert_within(&scenario, &found) > 0.0);
    }
    assert!(thinned > 200, "{thinned}");
}

#[test]
fn the_loss_is_as_asked() {
    let mut fewer = 0;
    for (shape, seed) in shapes(200).take(600) {
        let scenario = scenario(shape, seed);
        let epsilon = [0.05, 0.3, 1.0][seed as usize % 3];
        let found = within(&scenario, epsilon, Limits::default()).unwrap();
        assert!(assert_within(&scenario, &found) <= epsilon, "{found:?}");
        fewer += u32::from(found.answer.points.len() < exactly(&scenario).points.len());
    }
    assert!(fewer > 25, "{fewer}");
}

#[test]
fn few_steps_end_soon_and_say_so() {
    for parties in [2, 3, 4] {
        let scenario = large(parties, 8, 6, 1, 5);
        for steps in [0, 10, 1_000, 10_000, 100_000] {
            let found = frontier(&scenario, Limits { steps, ..Limits::default() }).unwrap();
            match found.made.exactness {
                Exactness::CutOff { .. } => assert!(steps < 10_000 && found.answer.points.is_empty()),
                Exactness::Within(epsilon) => assert!(epsilon <= 8.0 && !found.answer.points.is_empty()),
                Exactness::Exact => assert!(steps > 1_000),
                other => panic!("{other:?}"),
            }
        }
    }
}

#[test]
fn multiplicities_count_outcomes() {
    for (shape, seed) in shapes(150).filter(|(shape, _)| !shape.caps).take(600) {
        let scenario = scenario(shape, seed);
        let frontier = exactly(&scenario);
        let counts = multiplicities(&scenario).unwrap();
        let all = judge::all(&scenario);
        assert_eq!(counts.len(), frontier.points.len());
        for (point, count) in frontier.points.iter().zip(counts) {
            let same = all.iter().filter(|other| other.utilities == point.utilities).count();
            assert_eq!(count, BigUint::from(same), "{point:?} of {scenario:?}");
        }
    }
}

#[test]
fn multiplicities_grow_beyond_a_word() {
    let mut scenario = large(2, 100, 4, 1, 1);
    for party in &mut scenario.parties {
        party.utility_mut().worth.iter_mut().for_each(|values| values.iter_mut().for_each(|w| *w = 5));
    }
    let counts = multiplicities(&scenario).unwrap();
    assert_eq!(counts, [BigUint::from(4u32).pow(100)]);
    let mut cap = large(2, 3, 3, 1, 1);
    cap.parties[0].utility_mut().cap = Some(1);
    assert_eq!(multiplicities(&cap), None);
    let thinned = counted(&large(2, 6, 10, 1, 1), Limits { points: 20, ..Limits::default() });
    assert_eq!(thinned.and_then(|(_, counts)| counts()), None);
}

#[test]
fn the_order_of_issues_and_parties_does_not_matter() {
    for parties in 2..=5 {
        let scenario = large(parties, 4, 5, 1, 3);
        let utilities = exactly(&scenario).utilities();
        let mut turned = scenario.clone();
        let mut space = (*turned.space).clone();
        space.issues.rotate_left(1);
        turned.space = space.into();
        turned.parties.iter_mut().for_each(|p| p.utility_mut().worth.rotate_left(1));
        assert_eq!(exactly(&turned).utilities(), utilities);
        turned.parties.reverse();
        let mut mirrored: Vec<Vec<i128>> = exactly(&turned).utilities();
        mirrored.iter_mut().for_each(|u| u.reverse());
        mirrored.sort_unstable_by(|a, b| b.cmp(a));
        assert_eq!(mirrored, utilities);
    }
}

#[test]
fn stages_lead_back_to_outcomes() {
    let scenario = large(2, 40, 6, 1, 2);
    let reading = Reading::of(&scenario).unwrap();
    let stages = Stages::<i64, 2>::of(&reading, Limits::default(), Loss::None).unwrap();
    for (at, point) in stages.points().iter().enumerate() {
        let outcome = stages.outcome(at).unwrap();
        let utilities = reading.utilities(&scenario, |column| point[column].into());
        assert_eq!(scenario.utilities(&outcome), utilities);
    }
    assert_eq!(stages.outcome(stages.points().len()), None);
}

#[test]
fn merging_in_halves_is_sorting_and_pruning() {
    let mut long = 0;
    for seed in 0..150 {
        let mut dice = Dice(Stream::new(seed, 6, 0));
        // Few numbers make ties; many make long lists.
        let range = [6, 40, 300][seed as usize % 3];
        let mut list = |length: usize| {
            let draw = (0..length).map(|_| Row {
                point: [dice.below(range) as i64, dice.below(range) as i64],
                choice: 0,
                origin: 0,
            });
            // Half of the lists are of what nothing dominates, the others go down straight.
            let rows: Vec<Row<i64, 2>> = draw.collect();
            let straight = (0..length as i64).map(|x| [length as i64 - x, x]).collect();
            if seed % 2 == 0 {
                many::efficient(rows, &mut Budget(u64::MAX)).unwrap().iter().map(|row| row.point).collect()
            } else {
                straight
            }
        };
        let (before, values): (Vec<[i64; 2]>, Vec<[i64; 2]>) = (list(200), list(1 + seed as usize % 13));
        let mut buffers = two::Buffers::default();
        let most = usize::MAX;
        let found = two::grow(&before, &values, most, &mut Budget(u64::MAX), &mut buffers).unwrap();
        assert_eq!(found, many::grow(&before, &values, most, &mut Budget(u64::MAX)).unwrap());
        long += usize::from(found.len() > 60);
        let length = found.len();
        assert!(two::grow(&before, &values, length - 1, &mut Budget(u64::MAX), &mut buffers).is_none());
    }
    assert!(long > 50, "{long}");
}

#[test]
fn a_tree_of_nothing_dominates_nothing() {
    let row = Row { point: [1i64, 2, 3, 4], choice: 0, origin: 0 };
    assert_eq!(tree::Tree::of(&[]).dominated(&[row], &mut Budget(0)), Some(vec![false]));
}

#[test]
#[ignore = "some 10^5 candidates in a stage, so that there is work for threads: in release"]
fn threads_change_nothing() {
    for (parties, issues, kind) in [(4, 5, 1), (5, 4, 1), (6, 5, 0)] {
        let scenario = large(parties, issues, 10, kind, 1);
        for limits in [Limits::default(), Limits { steps: 3_000_000, ..Limits::default() }] {
            let with = |threads: usize| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                pool.install(|| frontier(&scenario, limits).unwrap())
            };
            let one = with(1);
            for threads in [2, 3, 8] {
                assert_eq!(one, with(threads), "{parties} parties, {threads} threads");
            }
        }
    }
}

#[test]
#[ignore = "some 10^5 outcomes each: in release"]
fn the_judge_agrees_on_larger_spaces() {
    for parties in 2..=6 {
        for kind in 0..2 {
            for seed in 0..3 {
                let scenario = large(parties, 5, if parties > 4 { 6 } else { 10 }, kind, seed);
                let found = exactly(&scenario);
                let all = judge::all(&scenario);
                // Every outcome is covered by a point, and no point dominates another: that makes it the frontier.
                let columns: Vec<Vec<i64>> =
                    found.points.iter().map(|p| p.utilities.iter().map(|u| *u as i64).collect()).collect();
                for point in &all {
                    let u: Vec<i64> = point.utilities.iter().map(|u| *u as i64).collect();
                    assert!(columns.iter().any(|p| p.iter().zip(&u).all(|(p, u)| p >= u)));
                }
                for p in &columns {
                    assert!(!columns.iter().any(|q| q != p && q.iter().zip(p).all(|(q, p)| q >= p)));
                }
                for point in &found.points {
                    assert_eq!(scenario.utilities(&point.outcome), point.utilities);
                }
            }
        }
    }
}

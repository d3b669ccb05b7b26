use super::ForOpponent;
use super::columns::{Columns, check, permitted};
use super::{Answer, Inverse, Structure, Way, halves, index};
use crate::analysis::judge::{Dice, Shape, large, random};
use crate::analysis::{Limits, Point, judge};
use crate::game::{Formula, Outcome, Scenario, Stream, Utility};

const SUMS: Shape = Shape {
    parties: 2,
    outcomes: 120,
    rules: false,
    tables: false,
    boxes: false,
    zeros: false,
    caps: true,
    zero_sum: false,
};

/// Every outcome that keeps the rules, in the order that [`Inverse`] promises.
fn sorted(scenario: &Scenario) -> Vec<(i128, Outcome)> {
    let mut all: Vec<(i128, Outcome)> = judge::all(scenario).into_iter().map(|p| (p.utilities[0], p.outcome)).collect();
    all.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    all
}

fn columns(scenario: &Scenario) -> Columns {
    let utility = &scenario.parties[0].utility;
    check(&scenario.space, utility).unwrap();
    Columns::of(utility, &permitted(&scenario.space, &scenario.rules))
}

/// The inverse built in every way that is exact. The limits make halves unlike in size.
fn every_way(scenario: &Scenario) -> Vec<Inverse> {
    let limits = Limits { points: 4_096, steps: 1 << 20 };
    let ways = [Way::Index, Way::Counts, Way::Reach, Way::Halves];
    let mut all: Vec<Inverse> = ways.map(|way| Inverse::built(columns(scenario), way, &limits)).into();
    let utility = &scenario.parties[0].utility;
    let whole = index::enumerated(&scenario.space, utility, &scenario.rules).unwrap();
    all.push(Inverse { structure: Structure::Ranked(whole), method: "index", most: 4_096 });
    all
}

/// Windows of several sizes: few issues in the halves, the others tried out.
fn windows(scenario: &Scenario) -> Vec<Inverse> {
    let of = |points| Inverse::built(columns(scenario), Way::Window, &Limits { points, steps: 1 << 20 });
    [1, 2, 4].map(of).into()
}

/// A small scenario without linkages: some values forbidden, some caps, sometimes in steps of a coarse grid.
fn small(seed: u64) -> Scenario {
    let mut scenario = random(SUMS, seed);
    let mut dice = Dice(Stream::new(seed, 9, 0));
    let sizes: Vec<usize> = scenario.space.sizes().collect();
    for (issue, size) in sizes.into_iter().enumerate() {
        if dice.chance(15) {
            scenario.rules.push(Formula::In(issue, vec![dice.below(size) as u16]).not());
        }
    }
    let utility = scenario.parties[0].utility_mut();
    utility.constant = dice.below(50) as i128 - 25;
    if dice.chance(30) {
        let by = 1 + dice.below(9) as i128;
        utility.worth.iter_mut().flatten().for_each(|w| *w *= -by);
    }
    if dice.chance(10) {
        // Beyond 64 bits.
        let by = 1i128 << 90;
        utility.worth.iter_mut().flatten().for_each(|w| *w *= by);
        utility.cap = utility.cap.map(|c| c * by);
    }
    scenario
}

/// Targets at, between and beyond the utilities there are.
fn targets(all: &[(i128, Outcome)], dice: &mut Dice) -> Vec<i128> {
    let mut targets = vec![i128::MIN, i128::MAX, 0];
    for _ in 0..6 {
        if let (Some(a), Some(b)) = (all.get(dice.below(all.len())), all.get(dice.below(all.len()))) {
            targets.extend([a.0, a.0 + 1, a.0 - 1, (a.0 + b.0) / 2]);
        }
    }
    targets
}

fn pair(answer: Option<Answer>) -> Option<(i128, Outcome)> {
    answer.map(|a| {
        assert_eq!(a.within, 0);
        (a.utility, a.outcome)
    })
}

#[test]
fn every_structure_answers_as_looking_at_every_outcome() {
    for seed in 0..800 {
        let scenario = small(seed);
        let all = sorted(&scenario);
        let first = |u: i128| all.iter().find(|x| x.0 == u).cloned();
        let mut dice = Dice(Stream::new(seed, 10, 0));
        let targets = targets(&all, &mut dice);
        for inverse in every_way(&scenario) {
            let context = |target: i128| format!("{} {target} {scenario:?}", inverse.method);
            assert_eq!(pair(inverse.best()), all.first().cloned(), "{}", context(0));
            assert_eq!(pair(inverse.worst()), all.last().and_then(|x| first(x.0)), "{}", context(0));
            for target in &targets {
                let target = *target;
                let up = all.iter().rev().find(|x| x.0 >= target).and_then(|x| first(x.0));
                assert_eq!(pair(inverse.at_least(target)), up, "{}", context(target));
                let down = all.iter().find(|x| x.0 <= target).cloned();
                assert_eq!(pair(inverse.at_most(target)), down, "{}", context(target));
                let next = all.iter().find(|x| x.0 < target).cloned();
                assert_eq!(pair(inverse.next_best(target)), next, "{}", context(target));
                let near = all.iter().min_by_key(|x| x.0.abs_diff(target)).cloned();
                assert_eq!(pair(inverse.nearest(target)), near, "{}", context(target));
            }
        }
    }
}

#[test]
fn every_structure_gives_the_same_order_bands_and_counts() {
    for seed in 0..300 {
        let scenario = small(seed);
        let all = sorted(&scenario);
        let mut dice = Dice(Stream::new(seed, 11, 0));
        let targets = targets(&all, &mut dice);
        for inverse in every_way(&scenario) {
            let order: Vec<(i128, Outcome)> = inverse.descending().map(|a| pair(a.ok()).unwrap()).collect();
            assert_eq!(order, all, "{} {scenario:?}", inverse.method);
            let rank = dice.below(all.len() + 3);
            assert_eq!(pair(inverse.kth(rank as u128).unwrap()), all.get(rank).cloned());
            for ends in targets.windows(2) {
                let (low, high) = (ends[0], ends[1]);
                let right: Vec<(i128, Outcome)> = all.iter().filter(|x| (low..=high).contains(&x.0)).cloned().collect();
                let found: Vec<(i128, Outcome)> =
                    inverse.within(low, high).unwrap().map(|a| pair(Some(a)).unwrap()).collect();
                assert_eq!(found, right, "{} {low} {high} {scenario:?}", inverse.method);
                let count = inverse.count(low, high).unwrap();
                assert_eq!((count.at_least, count.at_most), (right.len() as u128, right.len() as u128));
                let drawn = inverse.sample(low, high, &mut dice.0).unwrap();
                assert_eq!(drawn.is_some(), !right.is_empty(), "{} {low} {high} {scenario:?}", inverse.method);
                assert!(pair(drawn).is_none_or(|d| right.contains(&d)));
            }
        }
    }
}

#[test]
fn a_window_is_right_where_it_says_so_and_never_off_by_more_than_it_says() {
    let mut proven = 0;
    for seed in 0..300 {
        let scenario = small(seed);
        let all = sorted(&scenario);
        let mut dice = Dice(Stream::new(seed, 12, 0));
        for inverse in windows(&scenario) {
            for target in targets(&all, &mut dice) {
                let check = |answer: Option<Answer>, right: Option<&(i128, Outcome)>| {
                    assert_eq!(answer.is_some(), right.is_some(), "{target} {scenario:?}");
                    if let (Some(answer), Some(right)) = (answer, right) {
                        assert_eq!(scenario.parties[0].utility.of(&answer.outcome), answer.utility);
                        assert!(scenario.permits(&answer.outcome));
                        // Beyond all utilities distances are not exact numbers of 128 bits.
                        let target = target.clamp(-(1 << 120), 1 << 120);
                        let nearer = answer.utility.abs_diff(target) - right.0.abs_diff(target);
                        assert!(nearer <= answer.within.unsigned_abs(), "{target} {answer:?} {right:?} {scenario:?}");
                        return u32::from(answer.within == 0);
                    }
                    0
                };
                proven += check(inverse.at_least(target), all.iter().rev().find(|x| x.0 >= target));
                proven += check(inverse.at_most(target), all.iter().find(|x| x.0 <= target));
                proven += check(inverse.nearest(target), all.iter().min_by_key(|x| x.0.abs_diff(target)));
            }
        }
    }
    assert!(proven > 5_000, "{proven}");
}

#[test]
fn draws_from_a_band_are_equally_likely() {
    let scenario = large(1, 5, 4, 0, 3);
    let all = sorted(&scenario);
    let (low, high) = (all[700].0, all[640].0);
    for inverse in every_way(&scenario) {
        let mut stream = Stream::new(5, 0, 0);
        let mut hits = vec![0u32; all.len()];
        for _ in 0..61 * 40 {
            let drawn = inverse.sample(low, high, &mut stream).unwrap().unwrap();
            let place = all.iter().position(|x| x.1 == drawn.outcome).unwrap();
            hits[place] += 1;
        }
        assert_eq!(hits.iter().sum::<u32>(), hits[640..=700].iter().sum::<u32>());
        // 61 cells of 40 expected: chi-squared beyond 110 has a chance below 1 in 10,000.
        let chi: f64 = hits[640..=700].iter().map(|n| (f64::from(*n) - 40.0).powi(2) / 40.0).sum();
        assert!(chi < 110.0, "{} {chi}", inverse.method);
    }
}

#[test]
fn rounded_sums_draw_and_bound_what_lies_in_a_band() {
    // Sums are too many for counts of each, so that these come from rounded ones.
    for (issues, values) in [(6, 5), (8, 4)] {
        let mut scenario = large(1, issues, values, 0, 8);
        scenario.parties[0].utility_mut().worth.iter_mut().flatten().for_each(|w| *w = *w * 1_000_003 + 1);
        let all = sorted(&scenario);
        let limits = Limits { points: 4_000, steps: 0 };
        let inverse = Inverse::built(columns(&scenario), Way::Window, &limits);
        let halves = Inverse::built(columns(&scenario), Way::Halves, &limits);
        let (low, high) = (all[9_000].0, all[1_000].0);
        let (bounds, exact) = (inverse.count(low, high).unwrap(), halves.count(low, high).unwrap());
        assert_eq!((exact.at_least, exact.at_most), (8_001, 8_001));
        assert!((7_900..=8_001).contains(&bounds.at_least) && (8_001..8_100).contains(&bounds.at_most), "{bounds:?}");
        let mut stream = Stream::new(1, 2, 3);
        let mut sum = 0;
        for _ in 0..1_000 {
            let drawn = inverse.sample(low, high, &mut stream).unwrap().unwrap();
            assert_eq!(scenario.parties[0].utility.of(&drawn.outcome), drawn.utility);
            sum += all.partition_point(|x| x.0 > drawn.utility);
        }
        // The mean rank of a uniform draw is 5000, with a standard error of 73.
        assert!((4_700..5_300).contains(&(sum / 1_000)), "{sum}");
    }
}

#[test]
fn large_spaces_agree_with_each_other_and_beat_random_outcomes() {
    for seed in 0..3 {
        // 10^12 outcomes, utilities in thousandths of an issue.
        let mut scenario = large(1, 12, 10, 0, seed);
        scenario.parties[0].utility_mut().worth.iter_mut().flatten().for_each(|w| *w /= 1_000);
        let limits = Limits { points: 1 << 12, steps: 1 << 30 };
        let counts = Inverse::built(columns(&scenario), Way::Counts, &Limits::default());
        let reach = Inverse::built(columns(&scenario), Way::Reach, &Limits::default());
        let window = Inverse::built(columns(&scenario), Way::Window, &limits);
        assert_eq!(halves::split(&columns(&scenario), 1 << 12), (6, 9));
        let (low, high) = scenario.parties[0].utility.range();
        let mut stream = Stream::new(seed, 0, 0);
        for _ in 0..20 {
            let target = low + (stream.uniform() * (high - low) as f64) as i128;
            let answers = [&counts, &reach].map(|i| pair(i.nearest(target)).unwrap());
            assert_eq!(answers[0], answers[1]);
            assert_eq!(window.nearest(target).unwrap().utility, answers[0].0);
            assert_eq!(scenario.parties[0].utility.of(&answers[0].1), answers[0].0);
        }
        for rank in 0..300 {
            let right = counts.kth(rank).unwrap().unwrap();
            assert_eq!(reach.kth(rank).unwrap().unwrap(), right);
            assert_eq!(window.kth(rank).unwrap().unwrap(), right);
        }
    }
}

#[test]
fn the_finest_utilities_of_the_largest_spaces_are_answered_within_what_is_said() {
    // 10^20 outcomes, utilities in billionths of billionths.
    let mut scenario = large(1, 20, 10, 0, 4);
    let mut dice = Dice(Stream::new(4, 4, 4));
    scenario.parties[0]
        .utility_mut()
        .worth
        .iter_mut()
        .flatten()
        .for_each(|w| *w = *w * 1_000_000_000_007 + dice.below(1 << 39) as i128);
    let utility = scenario.parties[0].utility.clone();
    let inverse = Inverse::of(&scenario, 0, &Limits { points: 1 << 10, steps: 0 }).unwrap();
    assert_eq!(inverse.method(), "window");
    let (low, high) = utility.range();
    assert_eq!(inverse.best().unwrap().utility, high);
    assert_eq!(inverse.worst().unwrap().utility, low);
    let target = low + (high - low) / 3;
    let answer = inverse.nearest(target).unwrap();
    assert_eq!(utility.of(&answer.outcome), answer.utility);
    for _ in 0..10_000 {
        let digits: Vec<u16> = (0..20).map(|_| dice.below(10) as u16).collect();
        assert!(utility.of(&Outcome::new(digits)).abs_diff(target) >= answer.utility.abs_diff(target));
    }
    assert!(answer.within <= (answer.utility - target).abs());
    let band = (low + (high - low) * 90 / 100, low + (high - low) * 91 / 100);
    let drawn = inverse.sample(band.0, band.1, &mut dice.0).unwrap().unwrap();
    assert!((band.0..=band.1).contains(&utility.of(&drawn.outcome)));
}

#[test]
fn utilities_that_are_no_sums_are_sorted_or_refused() {
    let shape = Shape { tables: true, boxes: true, zeros: true, rules: true, ..SUMS };
    for seed in 0..400 {
        let scenario = random(shape, seed);
        let inverse = Inverse::of(&scenario, 0, &Limits::default()).unwrap();
        let order: Vec<(i128, Outcome)> = inverse.descending().map(|a| pair(a.ok()).unwrap()).collect();
        assert_eq!(order, sorted(&scenario));
    }
    let mut scenario = large(1, 20, 10, 0, 4);
    scenario.parties[0].utility_mut().zero_unless.push(Formula::In(0, vec![1]));
    let refused = Inverse::of(&scenario, 0, &Limits::default()).unwrap_err();
    assert_eq!(refused.to_string(), "stopped by a limit: outcomes of a utility that is not a sum over single issues");
    assert!(Inverse::of(&scenario, 7, &Limits::default()).is_err());
}

#[test]
fn spaces_without_outcomes_or_issues_answer_too() {
    let mut scenario = small(1);
    scenario.rules = vec![Formula::Constant(false)];
    for inverse in every_way(&scenario) {
        assert!(inverse.best().is_none() && inverse.nearest(3).is_none() && inverse.kth(0).unwrap().is_none());
        assert_eq!(inverse.within(i128::MIN, i128::MAX).unwrap().count(), 0);
        assert_eq!(inverse.sample(i128::MIN, i128::MAX, &mut Stream::new(0, 0, 0)).unwrap(), None);
    }
    scenario.rules.clear();
    scenario.space = std::sync::Arc::new(crate::game::Space::default());
    scenario.parties[0].utility = Utility { constant: 7, cap: Some(5), ..Utility::default() }.into();
    for inverse in every_way(&scenario) {
        let only = inverse.nearest(100).unwrap();
        assert_eq!((only.utility, only.outcome.digits().len()), (5, 0));
        assert_eq!(inverse.descending().count(), 1);
    }
}

#[test]
fn a_limit_on_what_is_kept_is_said_and_stays_said() {
    let scenario = large(1, 8, 4, 0, 1);
    let all = sorted(&scenario);
    for points in (1..40).chain([256]) {
        let inverse = Inverse::built(columns(&scenario), Way::Halves, &Limits { points, steps: 0 });
        let given: Vec<Answer> = inverse.descending().map_while(Result::ok).collect();
        assert!(given.len() <= 4 * points && (given.len() > 50 || points < 256), "{points} {}", given.len());
        assert!(given.iter().zip(&all).all(|(a, b)| (a.utility, &a.outcome) == (b.0, &b.1)));
        assert!(inverse.kth(given.len() as u128).is_err() && inverse.kth(60_000).is_err(), "{points}");
        assert!(given.get(3).is_none_or(|fourth| inverse.kth(3).unwrap().as_ref() == Some(fourth)));
    }
    let inverse = Inverse::built(columns(&scenario), Way::Halves, &Limits { points: 256, steps: 0 });
    assert!(inverse.within(i128::MIN, i128::MAX).is_err());
}

#[test]
fn the_best_for_the_other_side_is_that_of_all_outcomes() {
    for seed in 0..250 {
        let scenario = random(Shape { parties: 2 + (seed % 2) as usize, outcomes: 60, ..SUMS }, seed);
        let (all, frontier) = (judge::all(&scenario), judge::frontier(&scenario));
        let mut dice = Dice(Stream::new(seed, 13, 0));
        for (me, other) in [(0, 1), (1, 0)] {
            let trade = ForOpponent::of(&frontier, me, other);
            let two = |p: &Point| [p.utilities[me], p.utilities[other]];
            let efficient = |p: &&Point| !all.iter().any(|q| judge::dominates(&two(q), &two(p)));
            let between: Vec<i128> = all.iter().filter(efficient).map(|p| p.utilities[me]).collect();
            for _ in 0..8 {
                let target = all[dice.below(all.len())].utilities[me] + dice.below(3) as i128 - 1;
                let enough = all.iter().filter(|p| p.utilities[me] >= target);
                let right = enough.map(|p| (p.utilities[other], p.utilities[me])).max();
                let found = trade.best(target);
                assert_eq!(found.map(|p| (p.utilities[other], p.utilities[me])), right, "{target} {scenario:?}");
                let nearest = trade.nearest(target).unwrap().utilities[me].abs_diff(target);
                let right = between.iter().map(|mine| mine.abs_diff(target)).min();
                assert_eq!(Some(nearest), right, "{target} {scenario:?}");
            }
        }
    }
}

use super::*;
use crate::analysis::judge::{self, Dice, Shape, assert_frontier};
use crate::game::Stream;

fn shape(seed: u64) -> Shape {
    let mut dice = Dice(Stream::new(seed, 7, 0));
    Shape {
        parties: 1 + dice.below(5),
        outcomes: 40 + dice.below(160),
        rules: dice.chance(40),
        tables: dice.chance(40),
        boxes: dice.chance(40),
        zeros: dice.chance(30),
        caps: dice.chance(30),
        zero_sum: dice.chance(10),
    }
}

/// The same scenario with utilities that need more than 27 or 64 bits, and no common divisor.
fn stretched(mut scenario: Scenario, factor: i128) -> Scenario {
    for party in &mut scenario.parties {
        let utility = party.utility_mut();
        let mut salt = 0i128;
        for w in utility.worth.iter_mut().flatten() {
            salt = (salt * 31 + 7) % 11;
            *w = *w * factor + salt;
        }
        for part in &mut utility.parts {
            match part {
                crate::game::Part::When(_, w) => *w *= factor,
                crate::game::Part::Table { worth, .. } => worth.iter_mut().for_each(|w| *w = *w * factor - 3),
            }
        }
        utility.cap = utility.cap.map(|c| c * factor + 5);
        party.reservation = party.reservation.map(|r| r * factor + 9);
    }
    scenario
}

/// Pearson's coefficient over all outcomes, by its definition; 0 where one party gets the same from all.
fn correlation_of(all: &[crate::analysis::Point], a: usize, b: usize) -> f64 {
    let n = all.len() as f64;
    // Differences to the first outcome are whole numbers that a float holds better than large sums.
    let of = |party: usize| -> Vec<f64> {
        let first = all.first().map_or(0, |p| p.utilities[party]);
        all.iter().map(|p| (p.utilities[party] - first) as f64).collect()
    };
    let (x, y) = (of(a), of(b));
    let (mean_x, mean_y) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    let covariance =
        |u: &[f64], mu: f64, v: &[f64], mv: f64| u.iter().zip(v).map(|(u, v)| (u - mu) * (v - mv)).sum::<f64>();
    let constant = |u: &[f64]| u.iter().all(|x| *x == 0.0);
    if constant(&x) || constant(&y) {
        return 0.0;
    }
    let spread = (covariance(&x, mean_x, &x, mean_x) * covariance(&y, mean_y, &y, mean_y)).sqrt();
    covariance(&x, mean_x, &y, mean_y) / spread
}

/// How far a correlation may be off: by nothing but the rounding of floats where utilities fit in 27 bits; `None` where
/// they do not and all outcomes are nearly the same to a party.
fn correlation_error(scenario: &Scenario, all: &[crate::analysis::Point], pair: [usize; 2]) -> Option<f64> {
    let mut error: f64 = 1e-9;
    for party in pair {
        let (low, high) = scenario.parties[party].utility.range();
        let size = low.abs().max(high.abs());
        let mine = || all.iter().map(|p| p.utilities[party]);
        let width = mine().max()? - mine().min()?;
        if size >= 1 << 26 {
            error = 1e-3;
            if width < size >> 12 {
                return None;
            }
        }
    }
    Some(error)
}

/// With few entries to a block, so that small spaces have outer issues.
fn check(scenario: &Scenario, seed: u64) {
    let all = judge::all(scenario);
    let block = [Some(1), Some(3), Some(10), Some(40), None][seed as usize % 5];
    for skip in [false, true] {
        let found = look(scenario, Limits::default(), skip, block).unwrap();
        assert_eq!(found.made.exactness, Exactness::Exact);
        assert_frontier(scenario, &found.answer);
    }
    let survey = survey_in(scenario, Limits::default(), block).unwrap().answer;
    assert_frontier(scenario, &survey.frontier);
    assert_eq!(survey.permitted, all.len() as u64);
    let rational = all.iter().filter(|p| judge::rational(scenario, p)).count() as u64;
    assert_eq!(survey.rational, rational, "{scenario:?}");
    assert_eq!(count(scenario, Limits::default()), Some((survey.permitted, rational)));
    let best = survey.frontier.utilities();
    let efficient = all.iter().filter(|p| best.contains(&p.utilities)).count() as u64;
    assert_eq!(survey.efficient, efficient, "{scenario:?}");
    for (party, profile) in scenario.parties.iter().enumerate() {
        let mine = || all.iter().map(|p| p.utilities[party]);
        assert_eq!(survey.range[party], mine().min().zip(mine().max()), "{scenario:?}");
        for (other, correlation) in survey.correlation[party].iter().enumerate() {
            let Some(error) = correlation_error(scenario, &all, [party, other]) else { continue };
            let right = correlation_of(&all, party, other);
            assert!((correlation - right).abs() < error, "{correlation} {right} {scenario:?}");
        }
        if !all.is_empty() {
            let mean = mine().map(|u| profile.utility.real(u)).sum::<f64>() / all.len() as f64;
            let (low, high) = profile.utility.range();
            let size = profile.utility.real(low.abs().max(high.abs()).max(profile.utility.unit));
            assert!((mean - survey.mean[party]).abs() < 1e-6 * size, "{mean} {:?}", survey.mean);
        }
    }
}

#[test]
fn frontiers_and_counts_are_those_of_a_plain_look() {
    for seed in 0..1000 {
        check(&judge::random(shape(seed), seed), seed);
    }
}

#[test]
fn utilities_of_many_bits_lose_nothing() {
    for seed in 0..300 {
        let scenario = judge::random(shape(seed + 10_000), seed);
        check(&stretched(scenario.clone(), 1_000_000_007), seed);
        check(&stretched(scenario, 1_000_000_007i128.pow(3)), seed);
    }
}

#[test]
fn many_parties_are_padded_without_a_trace() {
    for seed in 0..60 {
        let parties = [6, 7, 8, 9, 11, 17][seed as usize % 6];
        let shape = Shape { parties, outcomes: 60, ..shape(seed + 20_000) };
        check(&judge::random(shape, seed), seed);
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let pool = |n| rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap();
    let (one, many) = (pool(1), pool(7));
    for seed in 0..60 {
        // Above the size from which on parts are gone through in parallel.
        let scenario = judge::random(Shape { outcomes: 600, ..shape(seed + 30_000) }, seed);
        let points = [2_000_000, 4][seed as usize % 2];
        let limits = Limits { points, ..Limits::default() };
        let run =
            || (look(&scenario, limits, true, Some(10)).unwrap(), survey_in(&scenario, limits, Some(10)).unwrap());
        let (first, second) = (one.install(run), many.install(run));
        assert_eq!(format!("{first:?}"), format!("{second:?}"), "{scenario:?}");
    }
}

#[test]
fn too_many_points_are_said_to_be_a_part_of_the_frontier() {
    let mut cut = 0;
    for seed in 0..150 {
        let scenario = judge::random(Shape { outcomes: 500, ..shape(seed + 40_000) }, seed);
        let limits = Limits { points: 3, ..Limits::default() };
        let found = look(&scenario, limits, true, Some(10)).unwrap();
        if found.made.exactness == Exactness::Exact {
            assert_frontier(&scenario, &found.answer);
            continue;
        }
        cut += 1;
        assert!(matches!(&found.made.exactness, Exactness::CutOff { limit } if limit == "3 points"));
        for point in &found.answer.points {
            assert!(scenario.permits(&point.outcome) && scenario.utilities(&point.outcome) == point.utilities);
            assert!(!found.answer.points.iter().any(|p| judge::dominates(&p.utilities, &point.utilities)));
        }
    }
    assert!(cut > 25, "{cut}");
}

#[test]
fn a_survey_keeps_the_least_of_outcomes_with_the_same_utilities() {
    for seed in 0..200 {
        let scenario = judge::random(shape(seed + 50_000), seed);
        let found = survey_in(&scenario, Limits::default(), Some(10)).unwrap().answer.frontier;
        assert_eq!(found, judge::frontier(&scenario), "{scenario:?}");
    }
}

#[test]
fn rules_that_name_issues_outside_the_space_are_read_as_the_first_value() {
    use crate::game::Formula;
    for seed in 0..100 {
        let mut scenario = judge::random(shape(seed + 60_000), seed);
        let beyond = scenario.space.issues.len() + 3;
        let outside = Formula::In(beyond, vec![(seed % 2) as u16]);
        let inside = Formula::In(0, vec![0]);
        scenario.rules.push(if seed % 3 == 0 { outside } else { Formula::Or(vec![outside, inside]) });
        check(&scenario, seed);
    }
}

/// Outcomes per second of CPU on one thread. `cargo test --release -p detente --lib -- --ignored --nocapture rate_of`
#[test]
#[ignore = "a measurement: minutes in a debug build"]
fn rate_of_looking() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let limits = Limits { steps: u64::MAX, ..Limits::default() };
    for kind in [0, 1] {
        for parties in [2, 3, 4, 6, 8] {
            let scenario = judge::large(parties, if kind == 1 && parties > 2 { 7 } else { 8 }, 10, kind, 1);
            let count = scenario.space.small_count().unwrap() as f64;
            for skip in [false, true] {
                if kind == 1 && parties > 4 {
                    continue;
                }
                let start = std::time::Instant::now();
                let points = pool.install(|| look(&scenario, limits, skip, None)).unwrap().answer.points.len();
                let seconds = start.elapsed().as_secs_f64();
                println!(
                    "kind {kind}, {parties} parties, skip {skip}: {points} points, {seconds:.3} s, {:.2e}/s",
                    count / seconds
                );
            }
            let start = std::time::Instant::now();
            let (_, rational) = pool.install(|| super::count(&scenario, limits)).unwrap();
            let seconds = start.elapsed().as_secs_f64();
            println!("   counting {rational}: {seconds:.3} s, {:.2e}/s", count / seconds);
        }
    }
}

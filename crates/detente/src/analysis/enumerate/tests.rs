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
        let utility = &mut party.utility;
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

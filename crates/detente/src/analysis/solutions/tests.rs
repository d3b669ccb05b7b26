//! Brute force judges, on small random scenarios.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::analysis::judge::{self, Shape};
use crate::analysis::{Exactness, Limits};
use crate::game::{Draft, Exact, Issue, Profile, Scenario, Space, Utility, decimal};

/// The units of the parties differ, so that no comparison across parties is right by accident.
fn other_units(scenario: &mut Scenario, seed: u64) {
    for (at, party) in scenario.parties.iter_mut().enumerate() {
        party.utility_mut().unit = [5, 7, 1_000, 3, 12][(at + seed as usize) % 5];
    }
}

/// The best point by a literal reading of the definitions, in floating point, with the value of the criterion.
fn literal(scenario: &Scenario, which: Solution) -> Option<f64> {
    let mut all = judge::all(scenario);
    if which.is_rational() {
        all.retain(|p| judge::rational(scenario, p));
    }
    let d: Vec<i128> =
        if which.is_rational() { disagreement(scenario) } else { scenario.parties.iter().map(least).collect() };
    let ideal: Vec<i128> = (0..d.len()).map(|i| all.iter().map(|p| p.utilities[i]).max().unwrap_or(0)).collect();
    let value = |p: &Point| value(scenario, which, &d, &ideal, p);
    all.iter().map(value).reduce(f64::max)
}

/// The value of the criterion.
fn value(scenario: &Scenario, which: Solution, d: &[i128], ideal: &[i128], p: &Point) -> f64 {
    let units: Vec<f64> = scenario.parties.iter().map(|p| p.utility.unit as f64).collect();
    let gains: Vec<f64> = (0..d.len()).map(|i| (p.utilities[i] - d[i]) as f64).collect();
    let real: Vec<f64> = gains.iter().zip(&units).map(|(g, u)| g / u).collect();
    let shares: Vec<f64> =
        (0..d.len()).filter(|i| ideal[*i] > d[*i]).map(|i| gains[i] / (ideal[i] - d[i]) as f64).collect();
    match which {
        Solution::Nash | Solution::LargestProduct => real.iter().product(),
        Solution::KalaiSmorodinsky => shares.into_iter().fold(f64::INFINITY, f64::min),
        Solution::Egalitarian => real.into_iter().fold(f64::INFINITY, f64::min),
        Solution::Utilitarian | Solution::LargestSum => real.iter().sum(),
        Solution::RelativeWelfare => shares.iter().sum(),
        Solution::MinDifference => {
            let u: Vec<f64> = p.utilities.iter().zip(&units).map(|(u, unit)| *u as f64 / unit).collect();
            let mut sum = 0.0;
            for i in 0..u.len() {
                for j in 0..i {
                    sum += (u[i] - u[j]).abs();
                }
            }
            -sum
        }
    }
}

fn shape(seed: u64) -> Shape {
    Shape { parties: 1 + (seed % 6) as usize, outcomes: 50, caps: seed % 4 == 3, ..Shape::default() }
}

#[test]
fn solutions_of_the_frontier_are_those_of_all_outcomes() {
    for seed in 0..200 {
        let shape = Shape { rules: seed % 2 == 0, tables: seed % 3 == 0, boxes: seed % 5 == 0, ..shape(seed) };
        let mut scenario = judge::random(shape, seed);
        other_units(&mut scenario, seed);
        let frontier = judge::frontier(&scenario);
        for which in Solution::ALL.into_iter().filter(|w| *w != Solution::MinDifference) {
            let picked = pick(&scenario, &frontier, which);
            let right = literal(&scenario, which);
            assert_eq!(picked.is_some(), right.is_some());
            let (Some(picked), Some(right)) = (picked, right) else { continue };
            let d = which.measure(&scenario, None).offset;
            let ideal = ideal(&scenario, &frontier).unwrap_or_else(|| d.clone());
            let value = value(&scenario, which, &d, &ideal, picked);
            assert!(
                value == right || (value - right).abs() <= 1e-9 * right.abs().max(1.0),
                "{which:?} {seed}: {value} {right}"
            );
        }
    }
}

#[test]
fn what_is_solved_is_what_the_frontier_says() {
    let mut some = 0;
    let mut none = 0;
    for seed in 0..500 {
        let mut scenario = judge::random(shape(seed), seed);
        other_units(&mut scenario, seed);
        let frontier = judge::frontier(&scenario);
        for which in Solution::ALL {
            let Some(found) = solve(&scenario, which, Limits::default()) else {
                assert_eq!(which, Solution::MinDifference);
                continue;
            };
            assert_eq!(found.made.exactness, Exactness::Exact);
            let right = pick(&scenario, &frontier, which);
            assert_eq!(
                found.answer.as_ref().map(|p| &p.utilities),
                right.map(|p| &p.utilities),
                "{which:?} seed {seed} {scenario:?}"
            );
            if let Some(point) = &found.answer {
                assert_eq!(scenario.utilities(&point.outcome), point.utilities);
                some += 1;
            } else {
                none += 1;
            }
        }
    }
    assert!(some > 1_000 && none > 50, "{some} {none}");
}

#[test]
fn what_is_solved_beats_every_exchange_where_no_frontier_could_be_had() {
    // 10^12 outcomes. Units differ, some reservation values bind.
    for seed in 0..3 {
        let mut scenario = judge::large(3 + seed as usize, 12, 10, 1, seed);
        other_units(&mut scenario, seed);
        let some = solve(&scenario, Solution::Egalitarian, Limits::default()).unwrap().answer.unwrap();
        scenario.parties[0].reservation = Some(some.utilities[0]);
        scenario.parties[1].reservation = Some(some.utilities[1] * 9 / 10);
        for which in [Solution::Nash, Solution::Utilitarian, Solution::LargestSum, Solution::LargestProduct] {
            let found = solve(&scenario, which, Limits::default()).unwrap();
            assert_eq!(found.made.exactness, Exactness::Exact);
            let best = found.answer.unwrap();
            assert!(!which.is_rational() || is_rational(&scenario, &best.utilities));
            let measure = which.measure(&scenario, None);
            for issue in 0..12 {
                for other in 0..12 {
                    for (v, w) in (0..10).flat_map(|v| (0..10).map(move |w| (v, w))) {
                        let u = scenario.utilities(&best.outcome.with(issue, v).with(other, w));
                        let allowed = !which.is_rational() || is_rational(&scenario, &u);
                        assert!(!allowed || measure.compare(&u, &best.utilities) != Ordering::Greater);
                    }
                }
            }
        }
    }
}

#[test]
fn solved_at_ten_thousand_outcomes_is_picked_from_the_frontier() {
    for seed in 0..4 {
        let mut scenario = judge::large(2 + seed as usize % 3, 3, 8, (seed % 2) as u8, seed);
        other_units(&mut scenario, seed);
        let frontier = judge::frontier(&scenario);
        for which in Solution::ALL.into_iter().filter(|w| *w != Solution::MinDifference) {
            let found = solve(&scenario, which, Limits::default()).unwrap();
            assert_eq!(found.answer.as_ref(), pick(&scenario, &frontier, which), "{which:?} {seed}");
        }
    }
}

#[test]
fn a_search_that_is_cut_off_says_so_and_how_far_it_may_be_off() {
    let mut cut = 0;
    for seed in 0..6 {
        let scenario = judge::large(4, 6, 6, 1, seed);
        for which in [Solution::Nash, Solution::KalaiSmorodinsky, Solution::Egalitarian] {
            let right = solve(&scenario, which, Limits::default()).unwrap().answer.unwrap();
            let short = solve(&scenario, which, Limits { steps: 400, ..Limits::default() }).unwrap();
            let Exactness::Within(more) = short.made.exactness else { continue };
            cut += 1;
            let d = vec![0; 4];
            let ideal: Vec<i128> = scenario.parties.iter().map(|p| p.utility.range().1).collect();
            let value = |p: &Point| value(&scenario, which, &d, &ideal, p);
            let (found, right) = (value(&short.answer.unwrap()), value(&right));
            assert!(found <= right + 1e-12 && right <= found + more + 1e-12, "{which:?} {found} {right} {more}");
        }
    }
    assert!(cut > 5, "{cut}");
}

#[test]
fn structure_that_is_not_additive_is_left_to_the_frontier() {
    let mut scenario = judge::large(2, 3, 3, 0, 1);
    scenario.rules.push(crate::game::Formula::Or(vec![
        crate::game::Formula::In(0, vec![0]),
        crate::game::Formula::In(1, vec![0]),
    ]));
    assert!(solve(&scenario, Solution::Nash, Limits::default()).is_none());
}

/// One issue, a package per value, utilities in whole numbers of the unit.
fn packages(unit: i128, list: &[&[i128]]) -> Scenario {
    let names: Vec<String> = (0..list.len()).map(|v| format!("v{v}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let space = Space { issues: vec![Issue::named("package", &names)] };
    let party = |p: usize| {
        let worth = vec![list.iter().map(|u| u[p]).collect()];
        Profile::new(format!("p{p}"), Utility { unit, worth, ..Utility::default() })
    };
    Scenario::new("packages", space, (0..list[0].len()).map(party).collect())
}

#[test]
fn every_solution_has_its_own_mind() {
    let scenario = packages(20, &[&[20, 1], &[19, 5], &[13, 11], &[12, 12], &[8, 16], &[0, 18]]);
    let frontier = judge::frontier(&scenario);
    let at = |which| pick(&scenario, &frontier, which).unwrap().utilities.clone();
    assert_eq!(at(Solution::Nash), [12, 12], "144 beats 13 x 11 and 8 x 16");
    assert_eq!(at(Solution::KalaiSmorodinsky), [13, 11], "min(13/20, 11/18) beats min(12/20, 12/18)");
    assert_eq!(at(Solution::Egalitarian), [12, 12]);
    assert_eq!(at(Solution::Utilitarian), [12, 12], "of four with 24 the one with the largest smallest gain");
    assert_eq!(at(Solution::RelativeWelfare), [8, 16], "8/20 + 16/18 = 1.289 beats 12/20 + 12/18 = 1.267");
    assert_eq!(at(Solution::MinDifference), [12, 12]);
    let weighted = |powers: &[u32]| pick_weighted(&scenario, &frontier, powers).map(|p| p.utilities.clone());
    assert_eq!(weighted(&[3, 1]), Some(vec![19, 5]), "19³ x 5 beats 13³ x 11");
    assert_eq!(weighted(&[0, 1]), Some(vec![0, 18]));
    assert_eq!(weighted(&[1]), None);
}

/// Logarithms decide between powers where they can, whole numbers where they cannot.
#[test]
fn weighted_products_are_compared_exactly() {
    let (mut same, mut far) = (0, 0);
    for seed in 0..600 {
        let shape = Shape { parties: 2 + seed as usize % 3, outcomes: 60, ..Shape::default() };
        let mut scenario = judge::random(shape, seed);
        other_units(&mut scenario, seed);
        let powers: Vec<u32> = (0..scenario.parties.len()).map(|p| (seed as u32 * 7 + p as u32 * 5) % 6).collect();
        let mut measure = Solution::Nash.measure(&scenario, None);
        measure.powers = Some(powers.clone());
        let product = |p: &Point| {
            let gains = p.utilities.iter().zip(&measure.offset).map(|(u, d)| (u - d).max(0).unsigned_abs());
            gains
                .zip(&powers)
                .fold(num_bigint::BigUint::from(1u8), |all, (g, p)| all * num_bigint::BigUint::from(g).pow(*p))
        };
        let all = judge::all(&scenario);
        for (a, b) in all.iter().zip(all.iter().skip(1)) {
            let order = product(a).cmp(&product(b));
            assert_eq!(measure.first(&a.utilities, &b.utilities), order, "{powers:?} {a:?} {b:?}");
            if order.is_eq() { same += 1 } else { far += 1 }
        }
    }
    assert!(same > 50 && far > 5_000, "{same} {far}");
}

#[test]
fn bill_and_jack_barter_as_nash_says() {
    // Nash 1950: book, whip, ball, bat and box are Bill's, pen, toy, knife and hat Jack's. In his solution Bill gives
    // book, whip, ball and bat, Jack pen, toy and knife; Bill gains 12 and Jack 5.
    let bill = [2, 2, 2, 2, 4, 10, 4, 6, 2];
    let jack = [4, 2, 1, 2, 1, 1, 1, 2, 2];
    let space = Space { issues: (0..9).map(|g| Issue::named(&format!("good {g}"), &["Bill", "Jack"])).collect() };
    let mut a = Utility { worth: bill.iter().map(|u| vec![*u, 0]).collect(), ..Utility::default() };
    let mut b = Utility { worth: jack.iter().map(|u| vec![0, *u]).collect(), ..Utility::default() };
    a.unit = 1;
    b.unit = 1;
    let mut parties = vec![Profile::new("Bill", a), Profile::new("Jack", b)];
    parties[0].reservation = Some(12);
    parties[1].reservation = Some(6);
    let scenario = Scenario::new("barter", space, parties);
    let found = solve(&scenario, Solution::Nash, Limits::default()).unwrap().answer.unwrap();
    assert_eq!(found.utilities, [24, 11]);
    assert_eq!(pick(&scenario, &judge::frontier(&scenario), Solution::Nash).unwrap().utilities, [24, 11]);
}

#[test]
fn lotteries_meet_the_axioms() {
    // Splitting a cake of 10 whole pieces where one gets all: by lot, half each.
    let scenario = packages(10, &[&[10, 0], &[0, 10]]);
    let frontier = judge::frontier(&scenario);
    let half = Exact::new(1.into(), 2.into());
    for which in [Solution::Nash, Solution::KalaiSmorodinsky, Solution::Egalitarian] {
        let lot = lottery(&scenario, &frontier, which).unwrap();
        assert_eq!(lot.chance, half, "{which:?}");
        assert_eq!(lot.expected(), vec![Exact::from(num_bigint::BigInt::from(5)); 2]);
    }
    // (4, 4) lies under the line from (10, 0) to (0, 10); (6, 6) does not.
    assert_eq!(hull(&judge::frontier(&packages(10, &[&[10, 0], &[4, 4], &[0, 10]]))).len(), 2);
    assert_eq!(hull(&judge::frontier(&packages(10, &[&[10, 0], &[6, 6], &[0, 10]]))).len(), 3);
}

#[test]
fn no_lottery_over_two_outcomes_is_better() {
    let mut lots = 0;
    for seed in 0..150 {
        let mut scenario = judge::random(Shape { parties: 2, outcomes: 16, rules: true, ..Shape::default() }, seed);
        other_units(&mut scenario, seed);
        let all = judge::all(&scenario);
        let d = disagreement(&scenario);
        let units: Vec<f64> = scenario.parties.iter().map(|p| p.utility.unit as f64).collect();
        let gains = |a: &Point, b: &Point, t: f64| -> Vec<f64> {
            (0..2)
                .map(|i| ((1.0 - t) * a.utilities[i] as f64 + t * b.utilities[i] as f64 - d[i] as f64) / units[i])
                .collect()
        };
        let mut tried = Vec::new();
        for (a, b) in all.iter().flat_map(|a| all.iter().map(move |b| (a, b))) {
            tried.extend((0..=20).map(|k| gains(a, b, f64::from(k) / 20.0)).filter(|g| g.iter().all(|g| *g >= 0.0)));
        }
        let frontier = judge::frontier(&scenario);
        for which in [Solution::Nash, Solution::Egalitarian, Solution::Utilitarian] {
            let value = |g: &Vec<f64>| match which {
                Solution::Nash => g[0] * g[1],
                Solution::Egalitarian => g[0].min(g[1]),
                _ => g[0] + g[1],
            };
            let most = tried.iter().map(value).reduce(f64::max);
            let found = lottery(&scenario, &frontier, which);
            let Some(found) = found else {
                assert!(most.is_none(), "{seed}");
                continue;
            };
            let t = num_traits::ToPrimitive::to_f64(&found.chance).unwrap();
            lots += usize::from(t > 0.0);
            let here = value(&gains(&found.first, &found.second, t));
            assert!(here >= most.unwrap_or(here) - 1e-9, "{which:?} {seed}: {here} {most:?}");
        }
    }
    assert!(lots > 20, "{lots}");
}

#[test]
fn moments_in_closed_form_are_those_of_all_outcomes() {
    for seed in 0..60 {
        let mut scenario =
            judge::random(Shape { parties: 2, outcomes: 60, rules: seed % 2 == 0, ..Shape::default() }, seed);
        other_units(&mut scenario, seed);
        let all: Vec<Vec<f64>> = judge::all(&scenario)
            .iter()
            .map(|p| p.utilities.iter().zip(&scenario.parties).map(|(u, p)| p.utility.real(*u)).collect())
            .collect();
        let found = measures(&scenario, Some(&judge::frontier(&scenario)), Limits::default());
        if all.is_empty() {
            assert_eq!(found, Measures { pairs: found.pairs.clone(), ..Measures::default() });
            continue;
        }
        let count = all.len() as f64;
        let mean = |f: &dyn Fn(&Vec<f64>) -> f64| all.iter().map(f).sum::<f64>() / count;
        let (ma, mb) = (mean(&|u| u[0]), mean(&|u| u[1]));
        assert!((found.balance.unwrap() - (ma - mb)).abs() < 1e-9);
        let (va, vb) = (mean(&|u| (u[0] - ma).powi(2)), mean(&|u| (u[1] - mb).powi(2)));
        let covariance = mean(&|u| (u[0] - ma) * (u[1] - mb));
        match found.pairs[0].correlation {
            Some(r) => assert!((r - covariance / (va * vb).sqrt()).abs() < 1e-9, "{seed}"),
            None => assert!(va * vb < 1e-18),
        }
        let opposed = |(a, b): (&Vec<f64>, &Vec<f64>)| (a[0] - b[0]) * (a[1] - b[1]) < 0.0;
        let pairs = all.iter().flat_map(|a| all.iter().map(move |b| (a, b)));
        let share = pairs.filter(|p| opposed(*p)).count() as f64 / (count * (count - 1.0));
        assert!(found.pairs[0].conflict.is_none_or(|c| (c - share).abs() < 1e-9), "{seed}");
    }
}

/// NegoLog's own figures for its domains.
#[test]
fn negolog_domains_have_the_figures_of_negolog() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/negolog");
    if !root.is_dir() {
        println!("skipped: no ../shared/data/negolog");
        return;
    }
    let mut checked = 0;
    for domain in 0..33 {
        let folder = root.join(format!("domain{domain}"));
        let read = |name: &str| -> serde_json::Value {
            serde_json::from_str(&std::fs::read_to_string(folder.join(name)).unwrap()).unwrap()
        };
        let (a, b, specs) = (read("profileA.json"), read("profileB.json"), read("specs.json"));
        let names = a["issues"].as_object().unwrap();
        let issue = |(name, values): (&String, &serde_json::Value)| {
            let values: Vec<&str> = values.as_object().unwrap().keys().map(String::as_str).collect();
            Issue::named(name, &values)
        };
        let space = Space { issues: names.iter().map(issue).collect() };
        let profile = |json: &serde_json::Value| {
            let mut draft = Draft::over(&space);
            let number = |v: &serde_json::Value| decimal(&v.to_string()).unwrap();
            for (worth, issue) in draft.worth.iter_mut().zip(&space.issues) {
                let weight = number(&json["issueWeights"][&issue.id]);
                let values = &json["issues"][&issue.id];
                *worth = issue.values.iter().map(|v| number(&values[&v.id]) * &weight).collect();
            }
            draft.settle("p")
        };
        let scenario = Scenario::new("negolog", space.clone(), vec![profile(&a), profile(&b)]);
        let near = |x: f64, key: &str| {
            let right = specs[key].as_f64().unwrap();
            assert!((x - right).abs() < 1e-9, "domain {domain} {key}: {x}, not {right}");
        };
        let real = |which| -> Vec<f64> {
            let point = solve(&scenario, which, Limits::default()).unwrap().answer.unwrap();
            point.utilities.iter().zip(&scenario.parties).map(|(u, p)| p.utility.real(*u)).collect()
        };
        let (nash, sum) = (real(Solution::LargestProduct), real(Solution::LargestSum));
        near(nash[0] * nash[1], "Nash Product");
        near(sum[0] + sum[1], "Social Welfare");
        near(measures(&scenario, None, Limits::default()).balance.unwrap(), "BalanceScore");
        let distance = sum.iter().map(|u| (1.0 - u).powi(2)).sum::<f64>().sqrt();
        let others = specs["Kalai_A"].as_f64().zip(specs["Kalai_B"].as_f64()).unwrap();
        if (others.0 - sum[0]).abs() < 1e-9 {
            near(distance, "Opposition");
        } else {
            println!("domain {domain}: {sum:?} here, {others:?} there");
            assert!((others.0 + others.1 - sum[0] - sum[1]).abs() < 1e-9, "another point with the same sum");
        }
        checked += 1;
    }
    assert_eq!(checked, 33);
}

/// Milliseconds of processor time that this thread has used; of the clock where the system does not say.
fn processor(start: std::time::Instant) -> f64 {
    let used = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let used = used.and_then(|s| s.split(' ').next().and_then(|n| n.parse::<f64>().ok()));
    used.map_or_else(|| start.elapsed().as_secs_f64() * 1e3, |nanoseconds| nanoseconds / 1e6)
}

/// Median and largest processor time and nodes over ten seeds, and how many were proven.
fn figure(which: Solution, parties: usize, issues: usize, kind: u8) {
    let clock = std::time::Instant::now();
    let mut times = Vec::new();
    let mut nodes = Vec::new();
    let mut proven = 0;
    for seed in 0..10 {
        let scenario = judge::large(parties, issues, 10, kind, seed);
        let (before, mut runs) = (processor(clock), 0);
        // The system counts in ticks of some milliseconds.
        while runs == 0 || (processor(clock) - before < 40.0 && runs < 50) {
            let found = solve(&scenario, which, Limits { steps: 2_000_000_000, ..Limits::default() }).unwrap();
            runs += 1;
            if runs == 1 {
                proven += u32::from(found.made.exactness == Exactness::Exact);
                let opened = found.made.method.split(", ").nth(1).unwrap().split(' ').next().unwrap();
                nodes.push(opened.parse::<u64>().unwrap());
            }
        }
        times.push((processor(clock) - before) / f64::from(runs));
    }
    times.sort_by(f64::total_cmp);
    nodes.sort_unstable();
    println!(
        "kind {kind} {:<18} n={parties} m={issues} median {:8.3} ms max {:8.3} ms, nodes {} max {}, proven {proven}",
        which.name(),
        times[5],
        times[9],
        nodes[5],
        nodes[9],
    );
}

#[test]
#[ignore = "figures, for release builds"]
fn figures() {
    for kind in 0..2 {
        for which in [Solution::KalaiSmorodinsky, Solution::Egalitarian] {
            for (parties, issues) in [2, 3, 4, 6, 8].into_iter().flat_map(|n| [10, 20, 30].map(|m| (n, m))) {
                figure(which, parties, issues, kind);
            }
        }
        figure(Solution::Nash, 8, 30, kind);
    }
}

#[test]
fn a_score_orders_as_the_criterion_does() {
    let (mut decided, mut beyond) = (0, 0);
    for seed in 0..400 {
        let mut scenario = judge::large(1 + seed as usize % 4, 2, 3, (seed % 2) as u8, seed);
        other_units(&mut scenario, seed);
        // Some numbers with a score and some without.
        if seed % 5 == 0 {
            let times = 1i128 << (30 + seed % 60);
            scenario.parties[0].utility_mut().worth.iter_mut().flatten().for_each(|w| *w *= times);
            scenario.parties[0].utility_mut().unit *= times;
        }
        let all = judge::all(&scenario);
        let frontier = judge::frontier(&scenario);
        let ideal = ideal(&scenario, &frontier);
        for (which, found) in Solution::ALL.into_iter().zip(pick_all(&scenario, &frontier)) {
            assert_eq!(found, pick(&scenario, &frontier, which));
            let measure = which.measure(&scenario, ideal.as_deref().filter(|_| which.needs_ideal()));
            for (a, b) in all.iter().zip(all.iter().skip(1)) {
                let (a, b) = (&a.utilities, &b.utilities);
                let (Some(x), Some(y)) = (measure.score(a), measure.score(b)) else {
                    beyond += 1;
                    continue;
                };
                if x != y {
                    assert_eq!(x.cmp(&y), measure.first(a, b), "{which:?} {a:?} {b:?}");
                    decided += 1;
                }
            }
        }
    }
    assert!(decided > 5_000 && beyond > 500, "{decided} {beyond}");
}

//! What the descriptions say, at marked moments, against values worked out by hand.

use super::super::agent_gg::AgentGg;
use super::super::agent_k::AgentK;
use super::super::atlas3::Atlas3;
use super::super::caduceus::Caduceus;
use super::super::cuhk::Cuhk;
use super::super::fawkes::{Fawkes, coarser};
use super::super::gahboninho::Gahboninho;
use super::super::gaussian::{Kernel, Process, below};
use super::super::hard_headed::HardHeaded;
use super::super::iamhaggler::IamHaggler;
use super::super::nice_tit_for_tat::NiceTitForTat;
use super::super::ponpoko::PonPoko;
use super::{against_script, offers, scenario, session};
use crate::game::Outcome;
use crate::strategy::model::Model;
use std::collections::{BTreeMap, BTreeSet};

fn near(a: f64, b: f64, within: f64) {
    assert!((a - b).abs() <= within, "{a} is not {b}");
}

#[test]
fn agent_k_reads_the_offers() {
    let agent = AgentK::new(2.0);
    // Mean 0.4, variance 0.03: width 0.6, most 0.76; power 1 + 2 + 4 - 1.6 = 5.4; the ratio is cut at 2.
    let half = agent.read(0.5, 0.4, 0.03);
    near(half.most, 0.76, 1e-12);
    near(half.pressure, 0.023_683_071, 1e-9);
    near(half.target, 0.988_632_126, 1e-9);
    near(agent.read(1.0, 0.4, 0.03).target, 0.52, 1e-12);
    // Without spread the ratio is 0.1 / 0.6, so a one-note opponent gets little.
    near(agent.read(1.0, 0.4, 0.0).target, 0.9, 1e-12);
    // 1/5 + (0.9 - 0.76) + (0.9 - 0.52).
    near(AgentK::chance(0.9, agent.read(1.0, 0.4, 0.03)), 0.72, 1e-12);
    near(AgentK::chance(0.5, agent.read(1.0, 0.4, 0.03)), 0.0, 0.0);
}

#[test]
fn hard_headed_goes_down_at_the_end() {
    let agent = HardHeaded::new(0.05, Model::Nothing);
    near(agent.least(0.0, 1.0, 0.0), 0.979_25, 1e-12);
    // 0.9^20 = 0.121577, F = 0.165498.
    near(agent.least(0.9, 1.0, 0.0), 0.931_318, 1e-6);
    near(agent.least(1.0, 1.0, 0.0), 0.585, 1e-12);
    // A discount of 0.9 is none; one of 0.5 ends it at half the time; a floor above 0.585 takes its place.
    near(agent.least(0.9, 0.9, 0.0), 0.931_318, 1e-6);
    near(agent.least(0.5, 0.5, 0.0), 0.585, 1e-12);
    near(agent.least(1.0, 1.0, 0.7), 0.7, 1e-12);
}

#[test]
fn hard_headed_proposes_four_of_a_band_at_most_and_repeats_itself() {
    let scenario = scenario(&[6, 6, 6], 2, 3);
    let played = session(&scenario, &["hard-headed", "tough"], 200, 1);
    let utility = &scenario.parties[0].utility;
    let agent = HardHeaded::new(0.05, Model::Nothing);
    let mut distinct = BTreeSet::new();
    let made = offers(&played, 0);
    for (round, offer) in &made {
        let worth = utility.real(utility.of(offer));
        let time = f64::from(round - 1) / 200.0;
        assert!(worth >= agent.least(time, 1.0, 0.0) - 1e-9, "{worth} in round {round}");
        distinct.insert(offer.clone());
    }
    assert!(distinct.len() < made.len() && distinct.len() > 4);
    // No window of a band's width that starts at a proposal holds more than two bands' worth of them.
    for from in &distinct {
        let top = utility.real(utility.of(from));
        let within = distinct.iter().filter(|o| (top - 0.01..=top).contains(&utility.real(utility.of(o)))).count();
        assert!(within <= 8);
    }
}

#[test]
fn gahboninho_is_polite_and_then_presses() {
    near(Gahboninho::polite(0), 1.0, 0.0);
    near(Gahboninho::polite(20), 0.9625, 1e-12);
    near(Gahboninho::polite(400), 0.925, 1e-12);
    // Three of five values tried in ten offers: two moves of four; an issue of one value says nothing.
    near(Gahboninho::niceness([(3, 5), (1, 1)].into_iter(), 10), 0.5, 1e-12);
    near(Gahboninho::niceness([(1, 5), (5, 5)].into_iter(), 5), 0.5, 1e-12);
    // Half the rest of the time: 0.925 - (0.925 - 0.7125) / 4.
    near(Gahboninho::pressed(0.575, 0.5, 0.5), 0.871_875, 1e-12);
    near(Gahboninho::pressed(1.0, 0.5, 0.0), 0.5, 1e-12);
    near(Gahboninho::pressed(1.0, 0.5, 1.0), 0.925, 1e-12);
}

#[test]
fn gahboninho_offers_the_best_it_had_at_the_end() {
    let scenario = scenario(&[5, 5, 5], 2, 4);
    let played = against_script(&scenario, "gahboninho", 100, 1);
    let worth = |o: &Outcome| scenario.parties[0].utility.of(o);
    let best = offers(&played, 1).iter().filter(|(round, _)| *round < 100).map(|(_, o)| worth(o)).max().unwrap();
    let last = offers(&played, 0).pop().unwrap();
    assert_eq!((last.0, worth(&last.1)), (100, best));
}

#[test]
fn nice_tit_for_tat_mirrors() {
    // 0.7 (1.4 - 0.6 * 0.7).
    near(NiceTitForTat::hope(0.7, 0.3), 0.686, 1e-12);
    near(NiceTitForTat::hope(0.3, 0.0), 0.5, 1e-12);
    near(NiceTitForTat::part(0.2, 0.44, 0.8, 0.5, 1.0), 0.4, 1e-12);
    near(NiceTitForTat::part(0.2, 0.44, 0.8, 0.935, 1.0), 0.9, 1e-9);
    near(NiceTitForTat::part(0.2, 0.44, 0.8, 0.5, 0.5), 0.7, 1e-12);
    near(NiceTitForTat::part(0.2, 0.2, 0.8, 0.97, 1.0), 1.0, 0.0);
    // Two of the last three were better than 0.5, 0.7 on average; one of three to come is with a chance of 26 in 27.
    let received = [0.9, 0.3, 0.6, 0.8];
    near(NiceTitForTat::waiting(&received, 3, 0.5), 26.0 / 27.0 * 0.7, 1e-12);
    near(NiceTitForTat::waiting(&received, 3, 0.8), 0.0, 0.0);
    near(NiceTitForTat::waiting(&received, 0, 0.1), 0.0, 0.0);
}

#[test]
fn nice_tit_for_tat_stays_where_the_other_does() {
    let scenario = scenario(&[5, 5, 5], 2, 4);
    let played = session(&scenario, &["nice-tit-for-tat", "tough"], 100, 1);
    let utility = &scenario.parties[0].utility;
    let before = offers(&played, 0).into_iter().filter(|(round, _)| *round <= 91);
    assert!(before.map(|(_, o)| utility.real(utility.of(&o))).all(|worth| worth >= 1.0 - 1e-9));
}

#[test]
fn a_gaussian_process_is_solved() {
    // With length sqrt(3) the kernel is (1 + d) exp(-d); the line is level at 1/3. Solved apart, by elimination.
    let kernel = Kernel { height: 1.0, length: 3f64.sqrt(), noise: 0.0 };
    let (at, seen) = ([0.0, 1.0, 2.0], [0.0, 1.0, 0.0]);
    let (process, _) = Process::fit(kernel, &at, &seen).unwrap();
    for (place, worth) in at.iter().zip(seen) {
        near(process.at(*place).0, worth, 1e-9);
        near(process.at(*place).1, 0.0, 1e-6);
    }
    near(process.at(0.5).0, 0.611_574_290_8, 1e-9);
    near(process.at(0.5).1, 0.205_719_973_0, 1e-8);
    let noisy = Kernel { noise: 0.5, ..kernel };
    let (process, likelihood) = Process::fit(noisy, &at, &seen).unwrap();
    near(process.at(0.5).0, 0.454_157_520_3, 1e-9);
    near(process.at(0.5).1, 0.644_094_989_1, 1e-9);
    near(likelihood, -3.510_232_153_6, 1e-9);
    // Two points alike make the covariance singular.
    assert!(Process::fit(kernel, &[1.0, 1.0], &[0.0, 1.0]).is_none());
    near(below(1.0, 0.0, 1.0), 0.841_344_746, 2e-7);
    near(below(-1.0, 1.0, 1.0), 0.022_750_132, 2e-7);
}

#[test]
fn iamhaggler_meets_the_other_side_where_that_pays_best() {
    let agent = IamHaggler::new(3.0);
    // Nearly uniform: the mean of u^3 is 1/4, and u^3 (1 - u) is largest at 3/4.
    near(agent.expected((0.5, 100.0)), 0.25, 1e-3);
    near(agent.ask((0.5, 100.0)), 0.75, 1e-9);
    // Somebody who gives way evenly is met at the end without discount, and sooner with one.
    let best: Vec<(u32, f64)> = (0..18).map(|slot| (slot, 0.1 + 0.02 * f64::from(slot))).collect();
    let (when, what) = agent.meet(&best, 0.5, 1.0).unwrap();
    assert!(when > 0.97, "{when}");
    // The line reaches 0.1 + 0.02 * 35 = 0.8 there.
    near(what, 0.8, 0.06);
    let level: Vec<(u32, f64)> = (0..18).map(|slot| (slot, 0.6)).collect();
    let (when, what) = agent.meet(&level, 0.5, 0.5).unwrap();
    assert!(when < 0.55, "{when}");
    near(what, 0.6, 0.05);
}

#[test]
fn cuhk_does_not_let_itself_be_exploited() {
    near(Cuhk::turning(0.5, 0.0), 0.75, 1e-12);
    near(Cuhk::turning(0.5, 1.0), 1.0, 1e-12);
    // 1 - (1 - 0.5^0.25) / 9, and 0.5^0.25 where it turns.
    near(Cuhk::threshold(0.25, 0.5, 0.75, Some(27), false), 0.982_321_8, 1e-6);
    near(Cuhk::threshold(0.75, 0.5, 0.75, Some(27), false), 0.840_896_4, 1e-6);
    near(Cuhk::threshold(0.5, 1.0, 1.0, Some(27), true), 1.0, 0.0);
    near(Cuhk::threshold(0.5, 1.0, 1.0, Some(5_000), true), 0.95, 0.0);
    near(Cuhk::threshold(0.5, 1.0, 1.0, Some(20_000), false), 0.95, 0.0);
    near(Cuhk::threshold(0.99, 1.0, 1.0, Some(20_000), true), 0.75, 0.0);
    near(Cuhk::threshold(0.99, 1.0, 1.0, None, true), 0.75, 0.0);
}

#[test]
fn cuhk_falls_back_on_the_best_it_had() {
    let scenario = scenario(&[5, 5, 5], 2, 6);
    let played = against_script(&scenario, "cuhk-agent", 50, 2);
    let worth = |o: &Outcome| scenario.parties[0].utility.of(o);
    let top = scenario.parties[0].utility.unit;
    for (round, offer) in offers(&played, 0) {
        let heard = offers(&played, 1).into_iter().filter(|(at, _)| *at < round).map(|(_, o)| worth(&o)).max();
        let due = if round >= 49 { heard.unwrap() } else { top };
        assert_eq!(worth(&offer), due, "round {round}");
    }
}

#[test]
fn the_fawkes_forecasts() {
    near(Fawkes::reserve(0.99, 1.0, 0.0), 0.993_430, 1e-6);
    near(Fawkes::reserve(1.0, 1.0, 0.3), 0.3, 1e-12);
    near(Fawkes::reserve(0.0, 0.5, 0.0), 0.870_550_6, 1e-6);
    let (means, dropped) = coarser(&[1.0, 3.0, 5.0]);
    assert_eq!(means, [2.0, 5.0]);
    near(dropped, 2.0, 1e-12);
    // Sixteen intervals of an even rise of 0.01 each: a slope of 1 over the whole time. Blocks of four stand at 0,
    // 0.01, 0.02, 0.03 about their mean: variance 1.25e-4.
    let series: Vec<f64> = (0..16).map(|i| 0.01 * f64::from(i)).collect();
    let forecast = Fawkes::forecast(&series, 15).unwrap();
    near(forecast.slope, 1.0, 1e-9);
    near(forecast.height, -0.005, 1e-9);
    near(forecast.spread, 1.25e-4f64.sqrt(), 1e-9);
    assert!(Fawkes::forecast(&series[..3], 2).is_none());
    // That reaches the reserve only when it falls at the very end, so it gives way in a straight line to there.
    let target = Fawkes::target(forecast, (0.0, 1.0), 0.5, 1.0, 0.0);
    assert!(target > 0.98 && target <= 1.0, "{target}");
    let level = super::super::fawkes::Forecast { height: 0.4, slope: 0.0, spread: 0.0 };
    let pessimistic = Fawkes::target(level, (0.0, 1.0), 0.5, 1.0, 0.0);
    near(pessimistic, 0.8 + 0.2 * 0.4, 1e-9);
}

#[test]
fn atlas3_weighs_the_last_moments() {
    // With 0 for no agreement and 0.5 at best: q = 1/3, and a third of 0.5 and two thirds of 0.75 make 2/3.
    near(Atlas3::end(0.5, 0.0), 2.0 / 3.0, 1e-12);
    near(Atlas3::end(1.0, 0.0), 1.0, 0.0);
    near(Atlas3::end(0.0, 0.0), 0.0, 1e-12);
    near(Atlas3::target(0.5, 1.0, 0.5, 0.0), 2.0 / 3.0 + 1.0 / 6.0, 1e-12);
    // With a discount of 0.5 the way is squared.
    near(Atlas3::target(0.5, 0.5, 0.5, 0.0), 2.0 / 3.0 + 1.0 / 12.0, 1e-12);
}

#[test]
fn atlas3_offers_what_is_popular_at_the_end() {
    let scenario = scenario(&[4, 4, 4], 2, 6);
    let played = against_script(&scenario, "atlas3", 40, 2);
    let heard: BTreeSet<Outcome> = offers(&played, 1).into_iter().map(|(_, o)| o).collect();
    let last: Vec<(u32, Outcome)> = offers(&played, 0).into_iter().filter(|(round, _)| *round > 35).collect();
    assert_eq!(last.len(), 5);
    assert!(last.iter().all(|(_, offer)| heard.contains(offer)));
    let worth: Vec<i128> = last.iter().map(|(_, o)| scenario.parties[0].utility.of(o)).collect();
    assert!(worth.windows(2).all(|pair| pair[0] >= pair[1]), "{worth:?}");
}

#[test]
fn caduceus_counts_votes_issue_by_issue() {
    let votes = [(5, Outcome::new([0, 1, 2])), (4, Outcome::new([1, 1, 0])), (3, Outcome::new([1, 0, 1]))];
    // 7 against 5 on the first issue, 9 against 3 on the second, 5 against 4 and 3 on the last.
    assert_eq!(Caduceus::crossed(&votes), Some(Outcome::new([1, 1, 2])));
    assert_eq!(Caduceus::crossed(&[]), None);
    let scenario = scenario(&[4, 4, 4], 2, 6);
    let played = session(&scenario, &["caduceus", "tough"], 100, 2);
    let top = scenario.parties[0].utility.unit;
    let early = offers(&played, 0).into_iter().filter(|(round, _)| *round <= 83);
    assert!(early.map(|(_, o)| scenario.parties[0].utility.of(&o)).all(|worth| worth == top));
}

#[test]
fn ponpoko_moves_in_waves() {
    let at = |pattern, time, late| PonPoko::thresholds(pattern, time, late);
    let (low, high) = at(0, 0.5, false);
    near(low, 0.95 - 0.091_294_525, 1e-9);
    near(high, 0.95, 1e-12);
    assert_eq!(at(1, 0.5, false), (0.89, 1.0));
    // |sin 10| = 0.544021111.
    near(at(2, 0.5, false).0, 0.95 - 0.15 * 0.544_021_111, 1e-9);
    near(at(3, 0.5, false).0, 0.95, 1e-12);
    near(at(3, 1.0, true).0, 0.7, 1e-12);
    near(at(4, 0.5, false).1, 1.0 - 0.075 * 0.544_021_111, 1e-9);
    near(at(5, 0.5, false).0, 1.0 - 0.2 * 0.912_945_251, 1e-9);
    // Every pattern is drawn by some seed, so that sessions differ.
    let scenario = scenario(&[5, 5, 5], 2, 6);
    let lows: BTreeMap<i128, u32> = (0..40).fold(BTreeMap::new(), |mut lows, seed| {
        let played = session(&scenario, &["ponpoko", "tough"], 60, seed);
        let least = offers(&played, 0).iter().map(|(_, o)| scenario.parties[0].utility.of(o)).min().unwrap();
        *lows.entry(least).or_default() += 1;
        lows
    });
    assert!(lows.len() >= 3, "{lows:?}");
}

#[test]
fn agent_gg_falls_in_pieces() {
    near(AgentGg::nash(0.15), 0.65, 1e-12);
    let expected = [
        (0.0, 0.9999),
        (0.01, 0.99),
        (0.02, 0.99),
        (0.1, 0.95),
        (0.2, 0.9),
        (0.35, 0.775),
        (0.5, 0.65),
        (0.7, 0.6125),
        (0.9, 0.575),
        (0.98, 0.525),
        (0.995, 0.5),
        (1.0, 0.4),
    ];
    for (time, threshold) in expected {
        near(AgentGg::threshold(time, 0.5), threshold, 1e-9);
    }
}

#[test]
fn of_what_is_worth_the_same_the_best_for_the_other_is_proposed() {
    // With the truth as a model, so that what it thinks best for the other is.
    let scenario = scenario(&[4, 4, 4], 2, 12);
    let space: Vec<Outcome> = scenario.space.outcomes().collect();
    let worth = |at: usize, outcome: &Outcome| {
        let utility = &scenario.parties[at].utility;
        utility.real(utility.of(outcome))
    };
    let other = |outcome: &Outcome| scenario.parties[1].utility.of(outcome);
    let mut choices = 0;
    let played = super::session_of_known(&scenario, "agent-gg(model=perfect)", 50);
    let first = offers(&played, 1)[0].1.clone();
    let nash = AgentGg::nash(worth(0, &first));
    for (round, offer) in offers(&played, 0).into_iter().filter(|(round, _)| (2..50).contains(round)) {
        let low = AgentGg::threshold(f64::from(round - 1) / 50.0, nash);
        let band: Vec<&Outcome> = space.iter().filter(|o| (low - 1e-9..=low + 0.05).contains(&worth(0, o))).collect();
        if band.len() > 1 && band.len() <= 32 {
            choices += 1;
            assert_eq!(band.iter().map(|o| other(o)).max(), Some(other(&offer)), "round {round}");
        }
    }
    assert!(choices > 10, "{choices}");
}

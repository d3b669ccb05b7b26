#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;
use crate::game::{Issue, Profile, Scenario};
use crate::strategy::observe::{Observer, accuracy};
use crate::strategy::{Curve, Pick, TimeDependent, play};
use crate::talks::protocols::StackedAlternating;
use crate::talks::{Clock, Seat, Setting};
use std::sync::Arc;

fn space(sizes: &[usize]) -> Space {
    let names: Vec<String> = (0..26u8).map(|at| char::from(b'a' + at).to_string()).collect();
    let issue = |(at, size): (usize, &usize)| {
        let values: Vec<&str> = names[..*size].iter().map(String::as_str).collect();
        Issue::named(&names[at], &values)
    };
    Space { issues: sizes.iter().enumerate().map(issue).collect() }
}

fn utility(worth: &[&[i128]]) -> Utility {
    let worth: Vec<Vec<i128>> = worth.iter().map(|w| w.to_vec()).collect();
    let best: i128 = worth.iter().map(|w| w.iter().max().copied().unwrap_or(0)).sum();
    Utility { unit: best, worth, ..Utility::default() }
}

fn offers(model: &Model, space: &Space, offers: &[&[u16]]) -> Model {
    let mut model = model.open(space, 0);
    // Early enough for all to be learned from.
    let count = 2.0 * offers.len() as f64;
    for (at, digits) in offers.iter().enumerate() {
        model.hear(&Outcome::new(digits), at as f64 / count);
    }
    model
}

/// Worked out by hand. Two issues: g = 0.2 / 2 = 0.1. The second offer keeps the first issue and changes the second:
/// S = 1.1, weights (0.5 + 0.1) / 1.1 and 0.5 / 1.1. Counts of the second issue: 2, 2, 1.
#[test]
fn hardheaded_frequency_by_hand() {
    let space = space(&[2, 3]);
    let model = offers(&Model::Frequency(Frequency::default()), &space, &[&[0, 0], &[0, 1]]);
    let estimate = model.estimate().unwrap();
    let close = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12) && a.len() == b.len();
    assert!(close(&estimate.weights, &[0.6 / 1.1, 0.5 / 1.1]), "{estimate:?}");
    assert!(close(&estimate.values[0], &[1.0, 1.0 / 3.0]), "{estimate:?}");
    assert!(close(&estimate.values[1], &[1.0, 1.0, 0.5]), "{estimate:?}");
    // However long it goes on, the weights add up to 1.
    let all: Vec<&[u16]> = [[0, 0], [0, 1]].iter().cycle().take(1000).map(|d| &d[..]).collect();
    let estimate = offers(&Model::Frequency(Frequency::default()), &space, &all).estimate().unwrap().clone();
    assert!(close(&estimate.weights, &[1.0, 0.0]), "{:?}", estimate.weights);
}

/// Three of four offers ask for the first value of the first issue; the second issue is spread.
#[test]
fn smith_by_hand() {
    let space = space(&[2, 2]);
    let model = offers(&Model::Smith(Smith::default()), &space, &[&[0, 0], &[0, 1], &[0, 0], &[1, 1]]);
    let estimate = model.estimate().unwrap();
    assert_eq!(estimate.values, [vec![0.75, 0.25], vec![0.5, 0.5]]);
    assert_eq!(estimate.weights, [0.6, 0.4]);
}

/// Of one issue with two values: the shapes rise or fall, and an offer of the second value, expected to be worth 1 with a
/// mean weight of m, makes rising likelier by the ratio of the two likelihoods.
#[test]
fn bayesian_by_hand() {
    let space = space(&[2]);
    let model = offers(&Model::Bayesian(Bayesian::default()), &space, &[&[1]]);
    let shares: Vec<f64> = (0..11).map(|j| (1.0 - f64::from(j + 1) / 11.0).powi(3)).collect();
    let mean = (0..11).zip(&shares).map(|(j, s)| f64::from(j) / 10.0 * s).sum::<f64>() / shares.iter().sum::<f64>();
    let likely = |worth: f64| (-((1.0 - worth) / 0.25f64).powi(2) / 2.0).exp();
    let rising = likely(mean) / (likely(mean) + likely(0.0));
    let estimate = model.estimate().unwrap();
    assert!((estimate.values[0][1] - rising).abs() < 1e-12, "{estimate:?} {rising}");
    assert!((estimate.values[0][0] - (1.0 - rising)).abs() < 1e-12);
    // What was heard before teaches nothing.
    let again = offers(&Model::Bayesian(Bayesian::default()), &space, &[&[1], &[1], &[1]]);
    assert_eq!(again.estimate(), model.estimate());
}

/// One issue is kept through both windows, the other moves to a value asked for less often: the first gains weight.
#[test]
fn windows_notice_a_concession() {
    let space = space(&[2, 2]);
    let model = Model::Windowed(Windowed::open(10, &space));
    let all: Vec<&[u16]> = (0..20).map(|at| if at < 10 { &[0, 0][..] } else { &[0, 1][..] }).collect();
    // Within the windows the second value of the second issue is asked for as often as the first: no concession is seen.
    let even = offers(&model, &space, &all);
    assert_eq!(even.estimate().unwrap().weights, [0.5, 0.5]);
    // A long while of the first value before makes the second one worth less.
    let long: Vec<&[u16]> = std::iter::repeat_n(&[0, 0][..], 30).chain(std::iter::repeat_n(&[0, 1][..], 10)).collect();
    let moved = offers(&model, &space, &[&long[..], &[&[0, 1][..]; 40]].concat());
    let weights = &moved.estimate().unwrap().weights;
    assert!(weights[0] > 0.9 && weights[1] > 0.0, "{weights:?}");
}

/// The other gives up the first issue before the second, value by value.
#[test]
fn conflicts_give_orders() {
    let space = space(&[3, 2]);
    let model = offers(&Model::Conflict(Conflict::default()), &space, &[&[2, 1], &[1, 1], &[0, 1], &[2, 0]]);
    let estimate = model.estimate().unwrap();
    assert_eq!(estimate.values[0], [1.0 / 3.0, 2.0 / 3.0, 1.0]);
    assert_eq!(estimate.values[1], [0.5, 1.0]);
    // That it came back to the best of the first issue by giving up the second says that the second matters more.
    assert!(estimate.weights[1] > estimate.weights[0], "{estimate:?}");
}

/// Without any offer, conflicts start from the opposite.
#[test]
fn opposites() {
    let space = space(&[3]);
    let own = utility(&[&[5, 3, 1]]);
    let estimate = |model: &Model| model.open_beside(&space, &own, 1).estimate().cloned().unwrap();
    assert_eq!(estimate(&Model::Opposite(Estimate::default())).values, [vec![0.0, 0.5, 1.0]]);
    assert_eq!(estimate(&Model::Conflict(Conflict::default())).values, [vec![1.0 / 3.0, 2.0 / 3.0, 1.0]]);
}

#[test]
fn the_truth_is_fully_known() {
    let space = space(&[3, 4]);
    let truth = utility(&[&[5, 3, 0], &[-1, 2, 7, 2]]);
    let model = Model::Perfect(Perfect::of(Arc::from([Arc::new(truth.clone())]))).open(&space, 0);
    let found = accuracy(&space, &model, &truth, 0);
    assert!(found.exact && found.outcomes == 12);
    assert!(found.rmse < 1e-8 && found.kendall > Some(0.999) && found.spearman > Some(0.999), "{found:?}");
    let none = accuracy(&space, &Model::Nothing, &truth, 0);
    assert_eq!((none.kendall, none.spearman, none.pearson), (None, None, None));
}

/// Each model that learns knows a party that concedes better than one that knows nothing of it would, over the means of
/// twenty drawn scenarios, and better at the end than at the start.
#[test]
fn models_learn_from_a_party_that_concedes() {
    let learn = [
        Model::Frequency(Frequency::default()),
        Model::Smith(Smith::default()),
        Model::Bayesian(Bayesian::default()),
        Model::Windowed(Windowed::open(10, &Space::default())),
        Model::Conflict(Conflict::default()),
    ];
    let mut sums = [0.0; 5];
    for seed in 0..20 {
        let mut stream = crate::game::Stream::new(seed, 0, 0);
        let space = space(&[5, 5, 5]);
        // Values in order, so that shapes can be learned; weights drawn.
        let mut party = |name: &str, falls: bool| {
            let worth = (0..3).map(|_| {
                let weight = 1 + i128::from(stream.below(9));
                let value = |at: i128| weight * if falls { 4 - at } else { at };
                (0..5).map(value).collect::<Vec<i128>>()
            });
            let worth: Vec<Vec<i128>> = worth.collect();
            let best = worth.iter().map(|w| w.iter().max().copied().unwrap()).sum();
            Profile::new(name, Utility { unit: best, worth, ..Utility::default() })
        };
        let parties = vec![party("a", true), party("b", false)];
        let scenario = Scenario::new("drawn", space.clone(), parties);
        let seats = Seat::all(&scenario).unwrap();
        let watched = TimeDependent::new(Curve::Polynomial(0.2), Pick::Random);
        let tough = crate::strategy::Tough;
        let setting = Setting::of(&scenario);
        let clock = Clock::rounds(60);
        let played = play(&setting, &StackedAlternating::default(), &clock, &seats, &[&tough, &watched], (seed, 0));
        for (model, sum) in learn.iter().zip(&mut sums) {
            let mut observer = Observer::new(model, &space, None, 1);
            observer.watch(played.session.log(), Some(60));
            *sum += accuracy(&space, observer.model(), &scenario.parties[1].utility, 0).spearman.unwrap_or(0.0);
        }
    }
    for (model, sum) in learn.iter().zip(sums) {
        assert!(sum / 20.0 > 0.7, "{} of {model:?}", sum / 20.0);
    }
}

#[test]
fn large_spaces_are_sampled() {
    let space = space(&[10; 8]);
    let truth = utility(&[&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9][..]; 8]);
    let model = Model::Perfect(Perfect::of(Arc::from([Arc::new(truth.clone())]))).open(&space, 0);
    let found = accuracy(&space, &model, &truth, 5);
    assert!(!found.exact && found.outcomes == 10_000 && found.spearman > Some(0.999));
    assert_eq!(found, accuracy(&space, &model, &truth, 5));
}

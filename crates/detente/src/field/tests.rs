//! A plan is played the same however it is split, and summed the same however it is merged.

#![allow(clippy::unwrap_used)]

use super::summary::pair;
use super::*;
use crate::game::{Discount, Issue, Profile, Scenario, Space, Stream, Utility};
use crate::strategy::{self, Known, Played, Recipe, Strategy, Watcher, observe, play_agenda};
use crate::talks::protocols::named;
use crate::talks::{Agenda, Binding, Clock, How, Seat, Setting};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// A scenario of three issues with random utilities.
fn scenario(name: &str, parties: usize, seed: u64) -> Scenario {
    let space = Space { issues: ["a", "b", "c"].map(|id| Issue::named(id, &["w", "x", "y", "z"])).to_vec() };
    let party = |at: usize| {
        let mut stream = Stream::new(seed, at as u64, 0);
        let worth = (0..3).map(|_| (0..4).map(|_| i128::from(stream.below(30))).collect()).collect();
        let mut profile = Profile::new(format!("p{at}"), Utility { unit: 90, worth, ..Utility::default() });
        profile.reservation = (at == 0).then_some(20);
        profile.discount = (at == 1).then_some(Discount::OverDeadline { factor: 0.5, reservation: false });
        profile
    };
    Scenario::new(name, space, (0..parties).map(party).collect())
}

fn recipes(list: &str) -> Vec<Recipe> {
    list.split(' ').map(|text| text.parse().unwrap()).collect()
}

/// Strategies of a plan by their positions, built.
fn built(plan: &Plan, seated: &[usize]) -> Vec<Box<dyn Strategy>> {
    seated.iter().map(|at| plan.strategies[*at].build(&Known::nothing()).unwrap()).collect()
}

/// How the session of a row ends at the table, played apart.
fn at_the_table(ready: &Ready, row: &Row) -> Played {
    let (mut turned, mut seated) = (ready.arena(row.place.scenario).0.clone(), row.place.strategies.clone());
    turned.parties.rotate_left(row.place.opens);
    seated.rotate_left(row.place.opens);
    let (plan, built) = (ready.plan(), built(ready.plan(), &seated));
    let built: Vec<&dyn Strategy> = built.iter().map(AsRef::as_ref).collect();
    let (seats, protocol) = (Seat::all(&turned).unwrap(), named("sao").unwrap());
    let address = (plan.seed, row.index);
    strategy::play(&Setting::of(&turned), protocol.as_ref(), &plan.clock, &seats, &built, address)
}

fn ready(change: impl FnOnce(&mut Plan)) -> Ready {
    let scenarios = vec![scenario("one", 2, 1), scenario("two", 3, 2), scenario("three", 2, 3)];
    let mut plan = Plan::new(&scenarios, recipes("boulware conceder random"), Clock::rounds(12).breaking(0.02));
    plan.repetitions = 2;
    plan.seed = 7;
    change(&mut plan);
    Ready::new(plan, scenarios).unwrap()
}

#[test]
fn a_plan_is_read_as_it_was_written() {
    let ready = ready(|plan| plan.most = 9);
    let text = serde_json::to_string(ready.plan()).unwrap();
    let back: Plan = serde_json::from_str(&text).unwrap();
    assert_eq!((&back, back.digest()), (ready.plan(), ready.plan().digest()));
    assert_ne!(Plan { seed: 8, ..back.clone() }.digest(), back.digest());
}

#[test]
fn a_scenario_that_has_changed_is_not_that_of_the_plan() {
    let plan = ready(|_| {}).plan().clone();
    let changed = vec![scenario("one", 2, 1), scenario("two", 3, 2), scenario("three", 2, 4)];
    assert!(Ready::new(plan.clone(), changed).unwrap_err().0.contains("three"));
    let renamed = vec![scenario("uno", 2, 1), scenario("two", 3, 2), scenario("three", 2, 3)];
    assert!(Ready::new(plan, renamed).is_ok(), "a name is no content");
}

#[test]
fn every_seating_comes_once() {
    for self_play in [true, false] {
        let ready = ready(|plan| plan.self_play = self_play);
        let layout = ready.layout();
        let seatings = |parties: u32| 3_u64.pow(parties) - if self_play { 0 } else { 3 };
        assert_eq!(layout.rows(), 2 * (2 * 2 * seatings(2) + 3 * seatings(3)));
        let places: Vec<Place> = (0..layout.rows()).map(|row| layout.place(row).unwrap()).collect();
        let different: BTreeSet<String> = places.iter().map(|place| format!("{place:?}")).collect();
        assert_eq!(different.len() as u64, layout.rows());
        for place in &places {
            let alone = place.strategies.iter().all(|s| *s == place.strategies[0]);
            assert!(self_play || !alone);
        }
        assert_eq!(layout.place(layout.rows()), None);
    }
}

#[test]
fn few_seatings_of_many_are_spread_evenly() {
    let ready = ready(|plan| plan.most = 12);
    let layout = ready.layout();
    assert_eq!((layout.cells(0), layout.cells(1)), (9, 12));
    let seated: Vec<Vec<usize>> = (0..12).map(|cell| layout.seated(1, cell)).collect();
    assert_eq!(seated.iter().collect::<BTreeSet<_>>().len(), 12);
    for role in 0..3 {
        for strategy in 0..3 {
            assert_eq!(seated.iter().filter(|seated| seated[role] == strategy).count(), 4);
        }
    }
}

#[test]
fn any_split_and_any_order_give_the_same() {
    let ready = ready(|_| {});
    let layout = ready.layout();
    let (rows, whole) = play(&ready, 0..layout.rows());
    assert_eq!(rows.len() as u64, layout.rows());
    assert!(whole.is_whole(layout));
    for seed in 0..20 {
        let mut stream = Stream::new(seed, 0, 0);
        let mut cuts: Vec<u64> = (0..1 + stream.below(9)).map(|_| stream.below(layout.rows() + 1)).collect();
        cuts.extend([0, layout.rows()]);
        cuts.sort_unstable();
        let mut parts: Vec<(Vec<Row>, Summary)> = cuts.windows(2).map(|pair| play(&ready, pair[0]..pair[1])).collect();
        let together: Vec<Row> = parts.iter().flat_map(|(rows, _)| rows.clone()).collect();
        assert_eq!(together, rows);
        // Merged in any order, and in any grouping: two by two, drawn by chance.
        while parts.len() > 1 {
            let one = parts.swap_remove(stream.below(parts.len() as u64) as usize).1;
            let at = stream.below(parts.len() as u64) as usize;
            parts[at].1.merge(one, layout).unwrap();
        }
        assert_eq!(parts[0].1, whole);
    }
}

#[test]
fn a_summary_is_read_as_it_was_written() {
    let ready = ready(|_| {});
    let (_, part) = play(&ready, 3..100);
    let back: Summary = serde_json::from_str(&serde_json::to_string(&part).unwrap()).unwrap();
    assert_eq!(back, part);
}

#[test]
fn rows_are_not_counted_twice() {
    let ready = ready(|_| {});
    let (_, mut summary) = play(&ready, 0..10);
    let before = summary.clone();
    assert_eq!(summary.merge(play(&ready, 9..12).1, ready.layout()), Err(Overlap));
    assert_eq!(summary, before);
    let (rows, _) = play(&ready, 5..6);
    summary.add(&ready, &rows[0]);
    assert_eq!(summary, before);
}

#[test]
fn threads_make_no_difference() {
    let ready = ready(|_| {});
    let of = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| play(&ready, 0..ready.layout().rows()))
    };
    let one = of(1);
    assert_eq!(one, of(2));
    assert_eq!(one, of(4));
}

#[test]
fn rows_are_handed_on_in_order_until_told_to_stop() {
    let ready = ready(|plan| plan.repetitions = 300);
    let mut next = 0;
    let summary = play_into(&ready, 0..ready.layout().rows(), |so_far, rows| {
        assert!(rows.len() <= 64 * 16 * rayon::current_num_threads());
        for row in &rows {
            assert_eq!(row.index, next);
            next += 1;
        }
        assert_eq!(so_far.covered(), [(0, next)]);
        if next > 3_000 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(summary.covered(), [(0, next)]);
    assert!(next < ready.layout().rows());
}

#[test]
fn scores_are_the_means_of_rows() {
    let ready = ready(|_| {});
    let (rows, summary) = play(&ready, 0..ready.layout().rows());
    let scores = Scores::by(&ready, &summary, Measure::Utility);
    for score in &scores.scores {
        let at = ready.names().iter().position(|name| *name == score.strategy).unwrap();
        let mut utilities = Vec::new();
        let mut agreed = 0;
        for row in &rows {
            for (party, strategy) in row.place.strategies.iter().enumerate().filter(|(_, s)| **s == at) {
                let _ = strategy;
                utilities.push(row.utilities[party]);
                agreed += u64::from(row.how == How::Agreed);
            }
        }
        let mean = utilities.iter().sum::<f64>() / utilities.len() as f64;
        assert!((score.utility.unwrap().mean - mean).abs() < 1e-8);
        assert_eq!((score.sessions, score.agreement.hits), (utilities.len() as u64, agreed));
        assert!(score.utility.unwrap().low.unwrap() < mean);
    }
    let means: Vec<f64> = scores.scores.iter().map(|score| score.utility.unwrap().mean).collect();
    assert!(means.windows(2).all(|pair| pair[0] >= pair[1]));
    assert_eq!(scores.endings.values().sum::<u64>(), ready.layout().rows());
}

#[test]
fn strategies_are_compared_where_all_else_is_the_same() {
    let ready = ready(|_| {});
    let (rows, summary) = play(&ready, 0..ready.layout().rows());
    for (first, second) in [(0, 1), (0, 2), (1, 2)] {
        // Every two cells that differ in one seat alone, by looking at all.
        let (mut contexts, mut sum, mut wins, mut losses) = (0, 0.0, 0, 0);
        for row in rows.iter().filter(|row| row.place.repetition == 0) {
            for party in 0..row.place.strategies.len() {
                if row.place.strategies[party] != first {
                    continue;
                }
                let mut swapped = row.place.strategies.clone();
                swapped[party] = second;
                let all = |strategies: &Vec<usize>| -> f64 {
                    let same = |other: &&Row| {
                        let place = &other.place;
                        (place.scenario, place.opens) == (row.place.scenario, row.place.opens)
                            && place.strategies == *strategies
                    };
                    rows.iter().filter(same).map(|row| row.utilities[party]).sum()
                };
                let difference = all(&row.place.strategies) - all(&swapped);
                contexts += 1;
                sum += difference;
                wins += u64::from(difference > 1e-12);
                losses += u64::from(difference < -1e-12);
            }
        }
        let paired = summary.pairs[pair(3, first, second)][0];
        assert_eq!((paired.contexts, paired.wins, paired.losses), (contexts, wins, losses));
        assert!((paired.sum.0 as f64 / 1e9 - sum).abs() < 1e-6);
    }
}

#[test]
fn a_party_has_the_same_whoever_opens_when_that_makes_no_difference() {
    // One outcome is best for both, so that it is agreed at once.
    let space = Space { issues: vec![Issue::named("a", &["x", "y"])] };
    let party = |name: &str, best| Profile::new(name, Utility { worth: vec![vec![0, best]], ..Utility::default() });
    let scenario = Scenario::new("easy", space, vec![party("a", 3), party("b", 5)]);
    let plan = Plan::new(std::slice::from_ref(&scenario), recipes("boulware conceder"), Clock::rounds(5));
    let ready = Ready::new(plan, vec![scenario]).unwrap();
    let (rows, _) = play(&ready, 0..ready.layout().rows());
    for row in &rows {
        assert_eq!((row.utilities.as_slice(), row.to_nash, row.gap), ([3.0, 5.0].as_slice(), Some(0.0), Some(0.0)));
    }
    assert_eq!(rows[0].shown(&ready).opens, "a");
    assert_eq!(rows[7].shown(&ready).opens, "b");
}

/// Sessions of two that look at nothing but time take a shorter way. It has to lead to the same end.
#[test]
fn the_shorter_way_leads_to_the_same_end() {
    let scenarios = vec![scenario("one", 2, 1), scenario("three", 2, 3)];
    let mut plan =
        Plan::new(&scenarios, recipes("boulware conceder random tough linear"), Clock::rounds(12).breaking(0.02));
    plan.repetitions = 3;
    let ready = Ready::new(plan, scenarios.clone()).unwrap();
    let (rows, _) = play(&ready, 0..ready.layout().rows());
    for row in &rows {
        let played = at_the_table(&ready, row);
        assert_eq!((row.outcome.as_ref(), row.rounds), (played.ending.agreement(), played.ending.round), "{row:?}");
    }
}

#[test]
fn what_cannot_be_played_is_said() {
    let scenarios = vec![scenario("one", 2, 1)];
    let plan = Plan::new(&scenarios, recipes("boulware conceder"), Clock::rounds(5));
    let said = |plan: Plan| Ready::new(plan, scenarios.clone()).unwrap_err().0;
    assert!(said(Plan { protocol: "saw".into(), ..plan.clone() }).contains("saw"));
    assert!(said(Plan { strategies: recipes("boulware boulware"), ..plan.clone() }).contains("twice"));
    assert!(said(Plan { strategies: recipes("boulware"), self_play: false, ..plan.clone() }).contains("two"));
    assert!(said(Plan { scenarios: Vec::new(), ..plan }).contains("scenario"));
}

/// Models that ride along change nothing, are measured as an observer of the log is, and sum up in any order.
#[test]
fn models_ride_along_and_change_nothing() {
    let watchers: Vec<Watcher> =
        ["frequency", "perfect", "none", "opposite"].map(|name| name.parse().unwrap()).to_vec();
    let (bare, watched) = (ready(|_| {}), ready(|plan| plan.watchers = watchers.clone()));
    assert_ne!(bare.plan().digest(), watched.plan().digest());
    let all = watched.layout().rows();
    let ((plain, _), (rows, whole)) = (play(&bare, 0..all), play(&watched, 0..all));
    for (plain, row) in plain.iter().zip(&rows) {
        assert_eq!(*plain, Row { watched: Vec::new(), ..row.clone() });
        let parties = row.place.strategies.len();
        assert_eq!(row.watched.len(), 4 * parties);
        for party in 0..parties {
            let of = |model: usize| row.watched[model * parties + party];
            assert_eq!((of(1).spearman, of(1).rmse), (Some(1.0), 0.0), "the truth is known");
            assert_eq!(of(2).spearman, None, "nothing is known");
            assert_eq!(of(3).spearman.is_some(), parties == 2, "only between two is there an opposite");
        }
    }
    // By the log of one session, played again apart.
    let row = &rows[5];
    let (scenario, _) = watched.arena(row.place.scenario);
    assert_eq!(row.place.opens, 0);
    let played = at_the_table(&watched, row);
    let model = watchers[0].build(&Known::nothing()).unwrap();
    let other = &scenario.parties[0].utility;
    let mut observer = observe::Observer::new(&model, &scenario.space, Some(other), 1);
    observer.watch(played.session.log(), Some(12));
    let truth = &scenario.parties[1].utility;
    let known = observe::accuracy(&scenario.space, observer.model(), truth, 0);
    assert_eq!(row.watched[1], known);
    // In parts, in another order.
    let (mut merged, last) = (play(&watched, all / 3..all).1, play(&watched, 0..all / 3).1);
    merged.merge(last, watched.layout()).unwrap();
    assert_eq!(merged, whole);
    let models = Scores::of(&watched, &whole).models;
    assert_eq!((models[0].model.as_str(), models[0].spearman, models[0].rmse), ("perfect", Some(1.0), Some(0.0)));
    let seats: u64 = rows.iter().map(|row| row.place.strategies.len() as u64).sum();
    assert!(models.iter().all(|model| model.watched == seats));
    let mean =
        rows.iter().flat_map(|row| &row.watched[..row.place.strategies.len()]).filter_map(|known| known.spearman);
    let mean: Vec<f64> = mean.collect();
    let frequency = models.iter().find(|model| model.model == "frequency").unwrap();
    assert!((frequency.spearman.unwrap() - mean.iter().sum::<f64>() / mean.len() as f64).abs() < 1e-8);
    assert!(Scores::of(&bare, &play(&bare, 0..all).1).models.is_empty());
}

/// Issue by issue the rows are those of the talks played piece by piece.
#[test]
fn issues_are_negotiated_one_after_the_other() {
    let scenarios = vec![scenario("one", 2, 1), scenario("three", 2, 3)];
    let mut plan = Plan::new(&scenarios, recipes("boulware conceder random"), Clock::rounds(12));
    plan.issue_by_issue = Some(Binding::Whole);
    let ready = Ready::new(plan.clone(), scenarios.clone()).unwrap();
    let (rows, _) = play(&ready, 0..ready.layout().rows());
    for row in &rows {
        let mut turned = scenarios[row.place.scenario].clone();
        turned.parties.rotate_left(row.place.opens);
        let mut seated = row.place.strategies.clone();
        seated.rotate_left(row.place.opens);
        let built = built(&plan, &seated);
        let built: Vec<&dyn Strategy> = built.iter().map(AsRef::as_ref).collect();
        let agenda = Agenda::issue_by_issue(&turned, Binding::Whole);
        let protocol = named("sao").unwrap();
        let address = (plan.seed, row.index);
        let record = play_agenda(&turned, &agenda, protocol.as_ref(), &plan.clock, &built, address).unwrap();
        assert_eq!((row.outcome.as_ref(), row.rounds), (record.ending.agreement(), record.ending.round));
    }
    assert!(rows.iter().any(|row| row.rounds > 12), "more than one issue takes more than one session");
    let said = |plan: Plan| Ready::new(plan, scenarios.clone()).unwrap_err().0;
    assert!(said(Plan { issue_by_issue: Some(Binding::Each), ..plan.clone() }).contains("status quo"));
    assert!(said(Plan { watchers: vec!["frequency".parse().unwrap()], ..plan }).contains("ride along"));
}

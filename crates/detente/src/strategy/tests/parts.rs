//! Conditions for accepting and compositions.

use super::{Script, drawn, made, offers, pie, session_of};
use crate::strategy::Recipe;
use crate::talks::{Clock, Seat};

/// The round in which the second seat accepts, playing a recipe over a pie of ten steps for ten rounds.
fn accepts_in(recipe: &str, offers: &[u16]) -> Option<u32> {
    let scenario = pie(10);
    let strategy = made(recipe, &scenario);
    let ending = session_of(&scenario, &[&Script::of(offers), strategy.as_ref()], &Clock::rounds(10), 1).ending;
    ending.agreement().map(|_| ending.round)
}

#[test]
fn conditions_by_hand() {
    // What is offered in rounds 1 to 10. The share of time passed is 0, 0.1, ... 0.9.
    let rising = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    let with = |accept: &str| accepts_in(&format!("boa(bid=tough, accept={accept})"), &rising);
    assert_eq!(with("next"), Some(10));
    assert_eq!(with("next(a=2)"), Some(5));
    assert_eq!(with("next(b=0.35)"), Some(7));
    assert_eq!(with("previous"), Some(10));
    assert_eq!(with("previous(a=2)"), Some(5));
    assert_eq!(with("gap(c=0.25)"), Some(8));
    assert_eq!(with("const(least=0.6)"), Some(6));
    assert_eq!(with("time(t=0.35)"), Some(5));
    assert_eq!(with("combi(t=0.2, least=0.5)"), Some(5));
    assert_eq!(with("combi(t=0.6, least=0.5)"), Some(7));
    assert_eq!(with("combi-max(t=0.3)"), Some(4));
    assert_eq!(with("always"), Some(1));
    assert_eq!(with("never"), None);
    // Before it has proposed anything, there is nothing to fall short of.
    assert_eq!(accepts_in("boa(bid=tough, accept=previous)", &[10]), Some(2));
}

#[test]
fn windows_by_hand() {
    // The best offer is made in round 2, later ones fall and rise a little.
    let falling = [1, 7, 3, 4, 3, 4, 5, 4, 3, 2];
    let with = |accept: &str| accepts_in(&format!("boa(bid=tough, accept={accept})"), &falling);
    assert_eq!(with("combi-max(t=0.3)"), None);
    // From t = 0.5 on (round 6), within 1 - t: all so far, thus none as good as 7; at 0.6, since 0.2 (round 3): 5 is best.
    assert_eq!(with("combi-max-in-window(t=0.5)"), Some(7));
    // At 0.8 since 0.6: 5, 4, 3 have the mean 4; at 0.9 since 0.8: 3, 2 have 2.5.
    assert_eq!(with("combi-mean-in-window(t=0.75)"), None);
    // At 0.7 since 0.4: 3, 4, 5, 4 have the mean 4.
    assert_eq!(with("combi-mean-in-window(t=0.65)"), Some(8));
}

/// Without a model, and accepting what is worth as much as the next bid, a composition plays as its bids do alone.
#[test]
fn a_plain_composition_plays_as_its_bids_do() {
    for seed in 0..10 {
        let scenario = drawn(&[4, 3, 4], 2, seed);
        for bid in ["boulware", "conceder", "exponential", "tough", "relative-tit-for-tat", "naive-tit-for-tat"] {
            let other = made("conceder(e=1.5)", &scenario);
            let play = |text: &str| {
                let strategy = made(text, &scenario);
                session_of(&scenario, &[other.as_ref(), strategy.as_ref()], &Clock::rounds(30), seed)
            };
            let (plain, composed) = (play(bid), play(&format!("boa(bid={bid})")));
            assert_eq!(plain.session.log(), composed.session.log(), "{bid}");
        }
    }
}

/// With the truth as a model, each bid is the best for the other of those up to a twentieth better than the plain bid.
#[test]
fn the_best_of_n_is_proposed() {
    for seed in 0..20 {
        let scenario = drawn(&[5, 4, 4], 2, seed);
        let seats = Seat::all(&scenario).unwrap();
        let play = |text: &str| {
            let strategy = made(text, &scenario);
            let script = Script(vec![scenario.space.status_quo()], 0);
            let played = session_of(&scenario, &[&script, strategy.as_ref()], &Clock::rounds(20), seed);
            offers(&played, 1)
        };
        let plain = play("boa(bid=boulware, accept=never)");
        let chosen = play("boa(bid=boulware, model=perfect, accept=never, n=1000)");
        let few = play("boa(bid=boulware, model=perfect, accept=never, n=3)");
        let list = seats[1].menu().list().unwrap();
        let width = (list[0].utility - list.last().unwrap().utility) as f64 * 0.05;
        for (((_, bid), (_, best)), (_, near)) in plain.iter().zip(&chosen).zip(&few) {
            let least = seats[1].utility(bid);
            let fits = |o: &&crate::talks::Choice| o.utility >= least && (o.utility - least) as f64 <= width + 1.0;
            let most = list.iter().filter(fits).map(|c| seats[0].utility(&c.outcome)).max().unwrap();
            let real = (seats[1].utility(best) - least) as f64;
            assert!(real >= 0.0 && real <= width + 1.0, "{real} {width}");
            let liked = seats[0].utility(best);
            assert!(liked <= most && liked >= seats[0].utility(near) && liked >= seats[0].utility(bid));
            let strict = |o: &&crate::talks::Choice| fits(o) && (o.utility - least) as f64 <= width;
            assert!(liked >= list.iter().filter(strict).map(|c| seats[0].utility(&c.outcome)).max().unwrap());
        }
    }
}

/// Where the other likes all the same, the plain bid is proposed.
#[test]
fn of_equal_ones_the_bid_itself_is_proposed() {
    let mut scenario = drawn(&[5, 4, 4], 2, 1);
    scenario.parties[0].utility_mut().worth.iter_mut().flatten().for_each(|worth| *worth = 1);
    let made = |text: &str| {
        let strategy = made(text, &scenario);
        let script = Script(vec![scenario.space.status_quo()], 0);
        offers(&session_of(&scenario, &[&script, strategy.as_ref()], &Clock::rounds(20), 1), 1)
    };
    assert_eq!(made("boa(accept=never, model=perfect)"), made("boa(accept=never)"));
}

#[test]
fn what_needs_the_truth_says_so() {
    let recipe = Recipe::parse("boa(model=perfect)").unwrap();
    assert!(recipe.needs_others() && !Recipe::parse("boa").unwrap().needs_others());
    let why = recipe.build(&crate::strategy::Known::nothing()).err().unwrap();
    assert_eq!(why.to_string(), "`perfect` needs the true utilities of the others");
}

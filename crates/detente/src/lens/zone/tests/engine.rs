use super::random::{Dice, formula, game, outcomes, rules, small_space, space};
use crate::game::{Formula, Game, Issue, Outcome, Player, Rule, RuleKind, Space};
use crate::lens::zone::atlas::Atlas;
use crate::lens::zone::exists::{Answer, Ask, Seeker};
use crate::lens::zone::frontier::{self, Frontier};
use crate::lens::zone::gives::{NamedSet, minimal_sets};
use crate::lens::zone::solutions::Named;
use crate::lens::zone::sweep::Stakes;
use crate::lens::zone::zones::{Drawn, Zone};
use std::collections::BTreeSet;
use std::sync::Arc;

struct Small {
    atlas: Atlas,
    game: Game,
    all: Vec<Outcome>,
    seeker: Seeker,
}

fn small(seed: u64) -> Small {
    let mut dice = Dice::new(seed);
    let space = small_space(&mut dice);
    let parties = 1 + dice.below(4);
    let rules = rules(&space, parties, &mut dice);
    let levels = (0..dice.below(4)).map(|l| (format!("level-{l}"), formula(&space, 3, &mut dice))).collect();
    let game = game(&space, &rules, parties, &mut dice);
    Small { atlas: Atlas::of(&space, &rules, levels), game, all: outcomes(&space), seeker: Seeker::default() }
}

fn in_target(atlas: &Atlas, target: usize, outcome: &Outcome) -> bool {
    *outcome != atlas.space.status_quo() && atlas.levels.get(target).is_none_or(|l| l.when.holds(outcome))
}

#[test]
fn a_zone_is_found_exactly_when_there_is_one() {
    let (mut open, mut shut) = (0, 0);
    for seed in 0..3000 {
        let mut s = small(seed);
        let drawn = Drawn::of(&s.atlas, s.game.clone(), &mut s.seeker);
        for target in 0..=s.atlas.levels.len() {
            let fits = |o: &Outcome| in_target(&s.atlas, target, o) && s.game.is_agreement(o);
            let truth = s.all.iter().any(fits);
            match &drawn.zones[target] {
                Zone::Open(w) => {
                    assert!(fits(&w.outcome), "seed {seed}, target {target}: {:?} is no agreement", w.outcome);
                    open += 1;
                }
                Zone::Shut(_) => {
                    assert!(!truth, "seed {seed}, target {target}: a zone was missed");
                    shut += 1;
                }
                Zone::Unknown => panic!("seed {seed}: a limit was hit"),
            }
        }
    }
    assert!(open > 1000 && shut > 1000, "{open} open, {shut} shut");
}

#[test]
fn allowed_values_and_soft_floors_are_kept() {
    let (mut yes, mut no) = (0, 0);
    for seed in 0..2000 {
        let mut s = small(seed);
        let mut dice = Dice::new(seed + 77);
        let stakes = Stakes::of(&s.game, &s.atlas.layout);
        let closed = s.atlas.any.closed(&s.game.binding);
        let allowed: Vec<bool> = (0..s.atlas.layout.values()).map(|_| dice.chance(80)).collect();
        let soft: Vec<bool> = stakes.who.iter().map(|_| dice.chance(40)).collect();
        let ask = Ask { diagram: &s.atlas.any, closed: &closed, allowed: Some(&allowed), stakes: &stakes };
        let fits = |o: &Outcome| {
            let gains = stakes.gains(&s.atlas.layout, o.digits());
            *o != s.atlas.space.status_quo()
                && o.digits().iter().enumerate().all(|(i, d)| allowed[s.atlas.layout.place(i, *d)])
                && s.game.permits(o)
                && gains.iter().zip(&soft).all(|(g, soft)| *soft || *g >= 0)
                && gains.iter().any(|g| *g > 0)
        };
        match s.seeker.exists_soft(&s.atlas.layout, &ask, &soft) {
            Answer::Yes(digits) => {
                assert!(fits(&Outcome::new(digits)), "seed {seed}");
                yes += 1;
            }
            Answer::No(_) => {
                assert!(!s.all.iter().any(fits), "seed {seed}");
                no += 1;
            }
            Answer::Unknown => panic!("seed {seed}: a limit was hit"),
        }
    }
    assert!(yes > 300 && no > 300, "{yes} {no}");
}

fn brute_frontier(s: &Small, target: usize, stakes: &Stakes) -> BTreeSet<Vec<i64>> {
    let points: BTreeSet<Vec<i64>> = s
        .all
        .iter()
        .filter(|o| in_target(&s.atlas, target, o) && s.game.is_agreement(o))
        .map(|o| stakes.who.iter().map(|p| s.game.players[*p].utility(o)).collect())
        .collect();
    let beaten = |p: &Vec<i64>| points.iter().any(|q| q != p && q.iter().zip(p).all(|(a, b)| a >= b));
    points.iter().filter(|p| !beaten(p)).cloned().collect()
}

fn frontier_of(s: &Small, target: usize, stakes: &Stakes) -> Frontier {
    let diagram = s.atlas.target(target);
    let closed = diagram.closed(&s.game.binding);
    frontier::frontier(&s.atlas.layout, &Ask { diagram, closed: &closed, allowed: None, stakes })
}

#[test]
fn the_frontier_is_complete_and_undominated() {
    let mut points = 0;
    for seed in 0..2000 {
        let s = small(seed);
        let stakes = Stakes::of(&s.game, &s.atlas.layout);
        for target in 0..=s.atlas.levels.len() {
            let found = frontier_of(&s, target, &stakes);
            let truth = brute_frontier(&s, target, &stakes);
            assert!(!found.cut);
            assert_eq!(found.points.len(), truth.len(), "seed {seed}");
            for point in &found.points {
                assert!(truth.contains(&point.utility), "seed {seed}");
                let outcome = Outcome::new(point.digits.clone());
                assert!(in_target(&s.atlas, target, &outcome) && s.game.is_agreement(&outcome));
                let utility: Vec<i64> = stakes.who.iter().map(|p| s.game.players[*p].utility(&outcome)).collect();
                assert_eq!(utility, point.utility, "seed {seed}: the outcome is not that of the point");
            }
            points += truth.len();
        }
    }
    assert!(points > 3000, "{points}");
}

#[test]
fn solutions_are_the_best_of_all_agreements() {
    for seed in 0..1000 {
        let s = small(seed);
        let stakes = Stakes::of(&s.game, &s.atlas.layout);
        let found = frontier_of(&s, s.atlas.levels.len(), &stakes);
        let gains: Vec<Vec<i64>> = s
            .all
            .iter()
            .filter(|o| s.game.is_agreement(o))
            .map(|o| stakes.gains(&s.atlas.layout, o.digits()))
            .collect();
        let most: Vec<i64> = (0..stakes.parties()).map(|p| gains.iter().map(|g| g[p]).max().unwrap_or(0)).collect();
        let product = |g: &[i64]| g.iter().map(|x| *x as f64).product::<f64>();
        let smallest_share = |g: &[i64]| {
            let shares = g.iter().zip(&most).filter(|(_, m)| **m > 0).map(|(g, m)| *g as f64 / *m as f64);
            shares.fold(f64::INFINITY, f64::min)
        };
        for named in Named::ALL {
            let Some(at) = named.pick(&found, &stakes.floor) else {
                assert!(gains.is_empty(), "seed {seed}");
                continue;
            };
            let picked: Vec<i64> = found.points[at].utility.iter().zip(&stakes.floor).map(|(u, f)| u - f).collect();
            for g in &gains {
                match named {
                    Named::Nash => assert!(product(&picked) >= product(g) * (1.0 - 1e-12), "seed {seed}"),
                    Named::KalaiSmorodinsky => {
                        assert!(smallest_share(&picked) >= smallest_share(g) - 1e-12, "seed {seed}");
                    }
                    Named::Egalitarian => {
                        let sorted = |g: &[i64]| {
                            let mut g = g.to_vec();
                            g.sort_unstable();
                            g
                        };
                        assert!(sorted(&picked) >= sorted(g), "seed {seed}");
                    }
                    Named::Utilitarian => assert!(picked.iter().sum::<i64>() >= g.iter().sum::<i64>(), "seed {seed}"),
                }
            }
        }
    }
}

#[test]
fn what_must_give_is_every_minimal_set_and_nothing_else() {
    let (mut sets, mut large) = (0, 0);
    for seed in 0..1500 {
        let mut s = small(seed);
        let drawn = Drawn::of(&s.atlas, s.game.clone(), &mut s.seeker);
        let who = &drawn.stakes.who;
        for target in 0..=s.atlas.levels.len() {
            // What each outcome needs softened; an outcome nobody gains from is no agreement.
            let needs: BTreeSet<(BTreeSet<u32>, BTreeSet<usize>)> = s
                .all
                .iter()
                .filter(|o| in_target(&s.atlas, target, o))
                .filter(|o| who.iter().any(|p| s.game.players[*p].utility(o) > s.game.players[*p].fallback))
                .map(|o| {
                    let rules = (0u32..).zip(s.game.rules.iter()).filter(|(_, r)| !r.holds.holds(o)).map(|(at, _)| at);
                    let short = |p: &&usize| s.game.players[**p].utility(o) < s.game.players[**p].fallback;
                    (rules.collect(), who.iter().filter(short).copied().collect())
                })
                .collect();
            let less = |a: &(BTreeSet<u32>, BTreeSet<usize>), b: &(BTreeSet<u32>, BTreeSet<usize>)| {
                a != b && a.0.is_subset(&b.0) && a.1.is_subset(&b.1)
            };
            let mut truth: Vec<(Vec<u32>, Vec<usize>)> = needs
                .iter()
                .filter(|b| !needs.iter().any(|a| less(a, b)))
                .map(|(r, p)| (r.iter().copied().collect(), p.iter().copied().collect()))
                .collect();
            truth.sort();
            let (found, complete) = minimal_sets(&s.atlas, target, &drawn);
            assert!(complete, "seed {seed}");
            assert_eq!(found, truth, "seed {seed}, target {target}");
            sets += truth.len();
            large += usize::from(truth.iter().any(|(r, p)| r.len() + p.len() > 2));
        }
    }
    assert!(sets > 3000 && large > 100, "{sets} {large}");
}

#[test]
fn rules_of_every_shape_are_marked_where_they_break() {
    for seed in 0..500 {
        let mut s = small(seed);
        for (rule, of) in (0..).zip(s.game.rules.iter()) {
            let only: Vec<bool> = (0..s.game.rules.len()).map(|r| r == rule).collect();
            for outcome in &s.all {
                let allowed: Vec<bool> = (0..s.atlas.space.issues.len())
                    .flat_map(|i| (0..s.atlas.layout.size(i)).map(move |d| (i, d)))
                    .map(|(i, d)| outcome.digit(i) == d)
                    .collect();
                let closed = s.atlas.all.closed(&only);
                let open = s.seeker.open(&s.atlas.layout, &s.atlas.all, &closed, Some(&allowed));
                assert_eq!(open, of.holds.holds(outcome), "seed {seed}, rule {rule}, {outcome:?}");
            }
        }
    }
}

/// A permutation of `0..n`.
fn shuffle(n: usize, dice: &mut Dice) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for at in (1..n).rev() {
        order.swap(at, dice.below(at + 1));
    }
    order
}

fn renamed(formula: &Formula, issues: &[usize], values: &[Vec<usize>]) -> Formula {
    let all = |parts: &[Formula]| parts.iter().map(|p| renamed(p, issues, values)).collect();
    match formula {
        Formula::Constant(b) => Formula::Constant(*b),
        Formula::In(issue, digits) => {
            let at = |list: &[usize], of: usize| list.iter().position(|x| *x == of).unwrap();
            let mut digits: Vec<u16> = digits.iter().map(|d| at(&values[*issue], usize::from(*d)) as u16).collect();
            digits.sort_unstable();
            Formula::In(at(issues, *issue), digits)
        }
        Formula::Not(inner) => Formula::Not(Box::new(renamed(inner, issues, values))),
        Formula::And(parts) => Formula::And(all(parts)),
        Formula::Or(parts) => Formula::Or(all(parts)),
    }
}

/// The same game with issues, their values, parties and rules in another order, under other names.
fn shuffled(s: &Small, dice: &mut Dice) -> (Small, Vec<usize>, Vec<usize>) {
    let space = &s.atlas.space;
    let issues = shuffle(space.issues.len(), dice);
    let values: Vec<Vec<usize>> = space.issues.iter().map(|i| shuffle(i.values.len(), dice)).collect();
    let (parties, rules) = (shuffle(s.game.players.len(), dice), shuffle(s.game.rules.len(), dice));
    let new_space = Space {
        issues: issues
            .iter()
            .map(|i| {
                let old = &space.issues[*i];
                Issue {
                    id: format!("other-{i}"),
                    name: format!("Other {i}"),
                    values: values[*i].iter().map(|v| old.values[*v].clone()).collect(),
                    status_quo: values[*i].iter().position(|v| *v == usize::from(old.status_quo)).unwrap() as u16,
                    kind: old.kind,
                }
            })
            .collect(),
    };
    let player = |p: &usize| {
        let old = &s.game.players[*p];
        let worth = issues.iter().map(|i| values[*i].iter().map(|v| old.worth[*i][*v]).collect()).collect();
        Player { worth, ..old.clone() }
    };
    let rule = |r: &usize| {
        let old = &s.game.rules[*r];
        let kind = match old.kind {
            RuleKind::RedLine(p) => RuleKind::RedLine(parties.iter().position(|q| *q == p).unwrap()),
            RuleKind::Linkage => RuleKind::Linkage,
        };
        Rule { claim: format!("other-{r}"), kind, holds: renamed(&old.holds, &issues, &values), ..old.clone() }
    };
    let new_rules: Arc<[Rule]> = rules.iter().map(rule).collect();
    let space = Arc::new(new_space);
    let levels =
        s.atlas.levels.iter().map(|l| (format!("other-{}", l.id), renamed(&l.when, &issues, &values))).collect();
    let game = Game {
        space: space.clone(),
        players: parties.iter().map(player).collect(),
        rules: new_rules.clone(),
        binding: rules.iter().map(|r| s.game.binding[*r]).collect(),
    };
    let small =
        Small { atlas: Atlas::of(&space, &new_rules, levels), game, all: outcomes(&space), seeker: Seeker::default() };
    (small, parties, rules)
}

#[test]
fn names_and_order_do_not_matter() {
    for seed in 0..600 {
        let mut s = small(seed);
        let (mut t, parties, rules) = shuffled(&s, &mut Dice::new(seed ^ 0x0DE5));
        let before = Drawn::of(&s.atlas, s.game.clone(), &mut s.seeker);
        let after = Drawn::of(&t.atlas, t.game.clone(), &mut t.seeker);
        for target in 0..s.atlas.targets() {
            assert_eq!(before.zones[target].open(), after.zones[target].open(), "seed {seed}");
            // Frontier: the same points with the parties in the other order.
            let utilities = |f: Frontier, who: &[usize], to: &dyn Fn(usize) -> usize| -> BTreeSet<Vec<(usize, i64)>> {
                let named = |u: &Vec<i64>| {
                    let mut named: Vec<(usize, i64)> = who.iter().map(|p| to(*p)).zip(u.iter().copied()).collect();
                    named.sort_unstable();
                    named
                };
                f.points.iter().map(|p| named(&p.utility)).collect()
            };
            let f = utilities(frontier_of(&s, target, &before.stakes), &before.stakes.who, &|p| p);
            let g = utilities(frontier_of(&t, target, &after.stakes), &after.stakes.who, &|p| parties[p]);
            assert_eq!(f, g, "seed {seed}");
            let (sets, _) = minimal_sets(&s.atlas, target, &before);
            let (other, _) = minimal_sets(&t.atlas, target, &after);
            let mut back: Vec<NamedSet> = other
                .into_iter()
                .map(|(r, p)| {
                    let mut r: Vec<u32> = r.into_iter().map(|r| rules[r as usize] as u32).collect();
                    let mut p: Vec<usize> = p.into_iter().map(|p| parties[p]).collect();
                    r.sort_unstable();
                    p.sort_unstable();
                    (r, p)
                })
                .collect();
            back.sort();
            assert_eq!(sets, back, "seed {seed}");
        }
    }
}

#[test]
fn wide_conditions_stay_small_and_exact() {
    // Ten to the twelfth outcomes; conditions over all eighteen issues.
    let mut dice = Dice::new(5);
    let space = space(&[5; 18], &mut dice);
    let moved = |i: usize| Formula::In(i, vec![space.issues[i].status_quo]).not();
    let some = Formula::Or((0..18).map(moved).collect());
    let two: Vec<Formula> = (0..18)
        .flat_map(|i| (0..i).map(move |j| (i, j)))
        .map(|(i, j)| Formula::And(vec![moved(i), moved(j)]))
        .collect();
    let levels = vec![("some".to_string(), some), ("two".to_string(), Formula::Or(two))];
    let atlas = Atlas::of(&space, &Arc::from(Vec::new()), levels);
    assert!(!atlas.cut());
    assert!(atlas.target(0).nodes() < 60 && atlas.target(1).nodes() < 80, "{}", atlas.target(1).nodes());
    // Each party gains by one issue only, and loses by any other: alone nobody gains, so two issues have to move.
    let player = |own: usize, other: usize| {
        let worth = |i: usize| {
            let to = if i == own {
                -3
            } else if i == other {
                5
            } else {
                -9
            };
            (0..5).map(|d| if d == space.issues[i].status_quo { 0 } else { to }).collect()
        };
        Player { consents: true, worth: (0..18).map(worth).collect(), fallback: 0 }
    };
    let game = Game {
        space: space.clone(),
        players: vec![player(2, 11), player(11, 2)],
        rules: Arc::from(Vec::new()),
        binding: Vec::new(),
    };
    let drawn = Drawn::of(&atlas, game, &mut Seeker::default());
    for zone in &drawn.zones {
        let Zone::Open(witness) = zone else { panic!("{zone:?}") };
        assert_eq!(space.moved(&witness.outcome), [2, 11]);
    }
}

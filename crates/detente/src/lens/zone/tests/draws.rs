//! The parts that count over draws, against counting every outcome in every game.

use super::random::{Dice, formula, game, outcomes, rules, small_space};
use crate::game::{Game, Outcome, RuleKind};
use crate::lens::zone::atlas::Atlas;
use crate::lens::zone::columns::Columns;
use crate::lens::zone::inquiry::Inquiry;
use crate::lens::zone::verdicts::{Fits, verdicts};
use crate::lens::zone::{Give, bands, effects, gives, partial, robust, terms};
use std::collections::{BTreeMap, BTreeSet};

const GAMES: u64 = 12;

struct Several {
    inquiry: Inquiry,
    games: Vec<Game>,
    all: Vec<Outcome>,
}

fn several(seed: u64) -> Several {
    let mut dice = Dice::new(seed ^ 0xD1CE);
    let space = small_space(&mut dice);
    let parties = 2 + dice.below(2);
    let rules = rules(&space, parties, &mut dice);
    let levels = (0..1 + dice.below(3)).map(|l| (format!("level-{l}"), formula(&space, 2, &mut dice))).collect();
    let first = game(&space, &rules, parties, &mut dice);
    let games: Vec<Game> = (0..GAMES)
        .map(|_| {
            let mut game = game(&space, &rules, parties, &mut dice);
            // Who consents is the same in every game of a case.
            game.players.iter_mut().zip(&first.players).for_each(|(p, q)| p.consents = q.consents);
            game
        })
        .collect();
    let names = (0..parties).map(|p| format!("p{p}")).collect();
    let atlas = Atlas::of(&space, &rules, levels);
    let inquiry = Inquiry::of(atlas, names, GAMES, false, &|i| games[i as usize].clone(), &|| ());
    Several { inquiry, games, all: outcomes(&space) }
}

impl Several {
    fn hits(&self, outcome: &Outcome) -> u64 {
        self.games.iter().filter(|g| g.is_agreement(outcome)).count() as u64
    }

    fn keeps_own(&self, game: &Game, party: usize, outcome: &Outcome, linkages: bool) -> bool {
        let player = &game.players[party];
        let rules = game.rules.iter().zip(&game.binding).filter(|(r, binds)| {
            **binds && (r.kind == RuleKind::RedLine(party) || linkages && r.kind == RuleKind::Linkage)
        });
        player.utility(outcome) >= player.fallback && rules.into_iter().all(|(r, _)| r.holds.holds(outcome))
    }

    fn level(&self, level: usize, outcome: &Outcome) -> bool {
        *outcome != self.inquiry.atlas.space.status_quo() && self.inquiry.atlas.levels[level].when.holds(outcome)
    }
}

#[test]
fn partial_agreements_are_weighed_as_the_games_say() {
    let mut seen = 0;
    for seed in 0..300 {
        let s = several(seed);
        let space = &s.inquiry.atlas.space;
        let found = partial::partials(&s.inquiry, &Columns::of(&s.inquiry));
        let keeps = |o: &Outcome| s.games[0].rules.iter().all(|r| r.kind != RuleKind::Linkage || r.holds.holds(o));
        let few: Vec<&Outcome> = s.all.iter().filter(|o| (1..=3).contains(&space.moved(o).len()) && keeps(o)).collect();
        let best = few.iter().map(|o| s.hits(o)).max().unwrap_or(0);
        assert_eq!(found.listed.first().map_or(0, |(_, r)| r.agreement.hits), best, "seed {seed}");
        let looked_at = s.all.iter().filter(|o| (1..=3).contains(&space.moved(o).len())).count();
        assert_eq!(found.packages, looked_at as u64, "seed {seed}");
        for (at, (outcome, ranked)) in found.listed.iter().enumerate() {
            assert_eq!(ranked.agreement.hits, s.hits(outcome), "seed {seed}");
            assert_eq!(ranked.terms, terms(space, outcome));
            for (party, accepts) in ranked.accepts.iter().enumerate() {
                let truth = s.games.iter().filter(|g| s.keeps_own(g, party, outcome, false)).count();
                assert_eq!(accepts.hits, truth as u64, "seed {seed}");
            }
            let level = s.inquiry.atlas.levels.iter().rev().find(|l| l.when.holds(outcome)).map(|l| l.id.clone());
            assert_eq!(ranked.level, level);
            for (above, better) in &found.listed[..at] {
                assert!(better.agreement.hits >= ranked.agreement.hits, "seed {seed}: the most robust first");
                let within = space.moved(outcome).iter().all(|i| space.moved(above).contains(i));
                assert!(!within, "seed {seed}: {outcome:?} is a variant of {above:?}");
            }
        }
        // Whatever is not listed is no more robust than the list says: nothing that moves other issues beats its head.
        for outcome in few {
            let moved = space.moved(outcome);
            let new = |(o, _): &(Outcome, _)| !moved.iter().all(|i| space.moved(o).contains(i));
            let value = |i: &usize| !found.listed.iter().any(|(o, _)| o.digit(*i) == outcome.digit(*i));
            if found.listed.len() < 10 && found.listed.iter().all(new) && moved.iter().any(value) {
                assert_eq!(s.hits(outcome), 0, "seed {seed}: {outcome:?} should be listed");
            }
        }
        seen += found.listed.len();
    }
    assert!(seen > 500, "{seen}");
}

#[test]
fn verdicts_on_texts_are_those_of_every_fitting_outcome() {
    let (mut agreements, mut crossed) = (0, 0);
    for seed in 0..400 {
        let s = several(seed);
        let mut dice = Dice::new(seed ^ 0xFACE);
        let layout = &s.inquiry.atlas.layout;
        let allowed: Vec<bool> = (0..layout.issues())
            .flat_map(|i| {
                let only = dice.below(usize::from(layout.size(i))) as u16;
                let open = dice.chance(40);
                (0..layout.size(i)).map(move |d| open || d == only).collect::<Vec<_>>()
            })
            .collect();
        let fits = |o: &&Outcome| o.digits().iter().enumerate().all(|(i, d)| allowed[layout.place(i, *d)]);
        let fitting: Vec<&Outcome> = s.all.iter().filter(fits).collect();
        let named = Fits { id: "text".into(), is_text: true, allowed: allowed.clone() };
        let verdict = verdicts(&s.inquiry, &[named]).remove(0);
        let agree = s.games.iter().filter(|g| fitting.iter().any(|o| g.is_agreement(o))).count();
        assert_eq!(verdict.agreement.hits, agree as u64, "seed {seed}");
        for (party, accepts) in verdict.accepts.iter().enumerate() {
            let some = |g: &&Game| fitting.iter().any(|o| s.keeps_own(g, party, o, true));
            assert_eq!(accepts.hits, s.games.iter().filter(some).count() as u64, "seed {seed}");
        }
        let broken = |link: bool| -> Vec<String> {
            let rules = s.games[0].rules.iter().filter(|r| (r.kind == RuleKind::Linkage) == link);
            rules.filter(|r| fitting.iter().all(|o| !r.holds.holds(o))).map(|r| r.claim.clone()).collect()
        };
        assert_eq!((&verdict.crosses, &verdict.breaks), (&broken(false), &broken(true)), "seed {seed}");
        agreements += agree;
        crossed += verdict.crosses.len();
    }
    assert!(agreements > 300 && crossed > 50, "{agreements} {crossed}");
}

#[test]
fn effects_of_rules_are_those_of_switching_them() {
    let mut differ = 0;
    for seed in 0..400 {
        let s = several(seed);
        for (rule, effect) in effects::effects(&s.inquiry, &[]).iter().enumerate() {
            for level in 0..s.inquiry.atlas.levels.len() {
                let count = |binds: bool| {
                    let open = |g: &&Game| {
                        let mut g = (*g).clone();
                        g.binding[rule] = binds;
                        s.all.iter().any(|o| s.level(level, o) && g.is_agreement(o))
                    };
                    s.games.iter().filter(open).count() as u64
                };
                assert_eq!(effect.bound[level].hits, count(true), "seed {seed}");
                assert_eq!(effect.free[level].hits, count(false), "seed {seed}");
                differ += effect.free[level].hits - effect.bound[level].hits;
            }
        }
    }
    assert!(differ > 200, "{differ}");
}

/// What an outcome needs softened when every rule binds, as names.
fn needs(game: &Game, outcome: &Outcome) -> BTreeSet<Give> {
    let rules = game.rules.iter().filter(|r| !r.holds.holds(outcome)).map(|r| match r.kind {
        RuleKind::Linkage => Give::Linkage(r.claim.clone()),
        RuleKind::RedLine(_) => Give::RedLine(r.claim.clone()),
    });
    let short = game.players.iter().enumerate().filter(|(_, p)| p.consents && p.utility(outcome) < p.fallback);
    rules.chain(short.map(|(p, _)| Give::Reservation(format!("p{p}")))).collect()
}

#[test]
fn what_must_give_counts_every_minimal_set_of_every_game() {
    let (mut listed, mut shut) = (0, 0);
    for seed in 0..300 {
        let s = several(seed);
        for level in 0..s.inquiry.atlas.levels.len() {
            let mut truth: BTreeMap<BTreeSet<Give>, u64> = BTreeMap::new();
            for game in &s.games {
                let gains = |o: &&Outcome| game.players.iter().any(|p| p.consents && p.utility(o) > p.fallback);
                let all: BTreeSet<BTreeSet<Give>> =
                    s.all.iter().filter(|o| s.level(level, o)).filter(gains).map(|o| needs(game, o)).collect();
                for set in all.iter().filter(|set| !all.iter().any(|less| less != *set && less.is_subset(set))) {
                    *truth.entry(set.clone()).or_default() += 1;
                }
            }
            let always_open = truth.get(&BTreeSet::new()) == Some(&GAMES);
            truth.remove(&BTreeSet::new());
            let Some(found) = gives::what_must_give(&s.inquiry, level) else {
                assert!(always_open, "seed {seed}");
                continue;
            };
            assert!(found.complete && found.draws == GAMES);
            assert_eq!(found.sets.len(), truth.len(), "seed {seed}");
            for set in &found.sets {
                assert_eq!(truth.get(&set.gives.iter().cloned().collect()), Some(&set.opens.hits), "seed {seed}");
                let opens = |g: &Game| {
                    s.all.iter().any(|o| {
                        let softened: BTreeSet<Give> = set.gives.iter().cloned().collect();
                        terms(&s.inquiry.atlas.space, o) == set.package && needs(g, o).is_subset(&softened)
                    })
                };
                assert!(s.games.iter().any(opens), "seed {seed}: the package is not what the set opens");
                let price = |g: &Give| match g {
                    Give::RedLine(id) => {
                        s.games[0].rules.iter().find(|r| r.claim == *id).map_or(0.0, |r| r.firmness.mean())
                    }
                    _ => 1.0,
                };
                assert!((set.cost - set.gives.iter().map(price).sum::<f64>()).abs() < 1e-5);
            }
            let rank = |set: &crate::lens::zone::GiveSet| (set.opens.hits * 2 < GAMES, (set.cost * 1e6).round() as i64);
            assert!(found.sets.windows(2).all(|w| rank(&w[0]) <= rank(&w[1])), "seed {seed}: order");
            listed += found.sets.len();
            shut += usize::from(found.sets.is_empty());
        }
    }
    assert!(listed > 1000, "{listed} {shut}");
}

#[test]
fn robust_packages_are_agreements_of_their_target_and_counted_right() {
    let mut best = 0;
    for seed in 0..200 {
        let s = several(seed);
        let columns = Columns::of(&s.inquiry);
        let some: BTreeSet<Outcome> = s.all.iter().filter(|o| s.hits(o) > 0).take(3).cloned().collect();
        for (target, tops) in robust::climb(&s.inquiry, &columns, &some).iter().enumerate() {
            for (hits, outcome) in tops {
                assert_eq!(*hits, s.hits(outcome), "seed {seed}");
                assert!(target == s.inquiry.atlas.levels.len() || s.level(target, outcome), "seed {seed}");
            }
            if let Some((hits, _)) = tops.first().filter(|_| target == s.inquiry.atlas.levels.len()) {
                let most = s.all.iter().map(|o| s.hits(o)).max().unwrap_or(0);
                assert!(*hits >= some.iter().map(|o| s.hits(o)).max().unwrap_or(0), "seed {seed}: it never descends");
                best += u64::from(*hits == most);
            }
        }
    }
    assert!(best > 100, "the best of all was found {best} times");
}

#[test]
fn the_band_is_the_best_of_all_agreements() {
    for seed in 0..300 {
        let s = several(seed);
        let efficient = bands::efficient(&s.inquiry);
        let who: Vec<usize> =
            s.games[0].players.iter().enumerate().filter(|(_, p)| p.consents).map(|(at, _)| at).collect();
        let Some(band) = bands::band(&s.inquiry, &efficient) else {
            assert_ne!(who.len(), 2, "seed {seed}");
            continue;
        };
        // Per game, the gains of the two at each agreement, 1 being the most a party gets where no rule is broken.
        let gains: Vec<Vec<[f64; 2]>> = s
            .games
            .iter()
            .map(|game| {
                let gain = |party: usize, o: &Outcome| game.players[party].utility(o) - game.players[party].fallback;
                let permitted: Vec<&Outcome> = s.all.iter().filter(|o| game.permits(o)).collect();
                let most = [0, 1].map(|n| permitted.iter().map(|o| gain(who[n], o)).max().unwrap_or(0));
                let share = |n: usize, o: &Outcome| match most[n] {
                    most if most > 0 => gain(who[n], o) as f64 / most as f64,
                    _ => 0.0,
                };
                s.all.iter().filter(|o| game.is_agreement(o)).map(|o| [share(0, o), share(1, o)]).collect()
            })
            .collect();
        for (step, grid) in band.grid.iter().enumerate() {
            let most =
                |g: &Vec<[f64; 2]>| g.iter().filter(|g| g[0] >= *grid - 1e-12).map(|g| g[1]).max_by(f64::total_cmp);
            let mut best: Vec<Option<f64>> = gains.iter().map(most).collect();
            best.sort_by(|a, b| a.partial_cmp(b).unwrap());
            for (q, at) in [(0, 1), (1, 5), (2, 10)] {
                match (band.band[step][q], best[at]) {
                    (Some(a), Some(b)) => assert!((a - b).abs() < 1e-5, "seed {seed}: {a} {b}"),
                    (a, b) => assert_eq!(a, b, "seed {seed}, grid {grid}, quantile {q}"),
                }
            }
        }
        for (name, solution) in bands::solutions(&s.inquiry, &efficient) {
            let some = s.games.iter().filter(|g| s.all.iter().any(|o| g.is_agreement(o))).count();
            assert_eq!(solution.exists.hits, some as u64, "seed {seed}: {}", name);
        }
    }
}

//! Figures for cases of the flagship's shape: run with `--release --ignored --nocapture`.

use super::random::{Dice, space};
use crate::case::Range;
use crate::game::{Formula, Game, Player, Rule, RuleKind, SCALE, Space};
use crate::lens::zone::atlas::Atlas;
use crate::lens::zone::columns::Columns;
use crate::lens::zone::exists::Seeker;
use crate::lens::zone::inquiry::Inquiry;
use crate::lens::zone::zones::Drawn;
use crate::lens::zone::{bands, effects, gives, partial};
use std::sync::Arc;
use std::time::Instant;

const ISSUES: usize = 18;

type Shape = (Arc<Space>, Arc<[Rule]>, Vec<(String, Formula)>);

fn flagship(dice: &mut Dice) -> Shape {
    let sizes: Vec<usize> = (0..ISSUES).map(|_| 4 + dice.below(3)).collect();
    let space = space(&sizes, dice);
    let moved = |i: usize, space: &Space| Formula::In(i, vec![space.issues[i].status_quo]).not();
    let value = |dice: &mut Dice, space: &Space| {
        let i = dice.below(ISSUES);
        Formula::In(i, vec![dice.below(space.issues[i].values.len()) as u16])
    };
    let mut rules = Vec::new();
    for r in 0..5 {
        let holds = Formula::Or(vec![value(dice, &space).not(), value(dice, &space), value(dice, &space)]);
        rules.push((format!("linkage-{r}"), RuleKind::Linkage, holds, 1.0));
    }
    for r in 0..12 {
        let refused =
            if r % 3 == 0 { vec![value(dice, &space), value(dice, &space)] } else { vec![value(dice, &space)] };
        rules.push((format!("line-{r}"), RuleKind::RedLine(r % 2), Formula::And(refused).not(), 0.85));
    }
    let any = |from: usize, to: usize| Formula::Or((from..to).map(|i| moved(i, &space)).collect());
    let all = |from: usize, to: usize| Formula::And((from..to).map(|i| moved(i, &space)).collect());
    let levels = vec![
        ("one".to_string(), any(0, 3)),
        ("two".to_string(), moved(3, &space)),
        ("three".to_string(), Formula::And(vec![moved(3, &space), any(4, 14)])),
        ("four".to_string(), Formula::And(vec![moved(3, &space), all(4, 8), any(8, 18)])),
        ("five".to_string(), all(3, 15)),
    ];
    let rule = |(claim, kind, holds, firm): (String, RuleKind, Formula, f64)| Rule {
        by_definition: false,
        claim,
        kind,
        words: String::new(),
        holds,
        firmness: Range::point(firm),
    };
    (space, rules.into_iter().map(rule).collect(), levels)
}

/// A game whose parties want opposite things but for `noise` percent.
fn opposed(space: &Arc<Space>, rules: &Arc<[Rule]>, noise: i64, price: i64, dice: &mut Dice) -> Game {
    let unit = SCALE / ISSUES as i64;
    let scale = |value: i64, noise_value: i64| (value * (100 - noise) + noise_value * noise) / 100;
    let random = |dice: &mut Dice| dice.0.below(unit as u64) as i64;
    let first: Vec<Vec<i64>> = space.issues.iter().map(|i| i.values.iter().map(|_| random(dice)).collect()).collect();
    let second = first.iter().map(|v| v.iter().map(|w| scale(unit - w, random(dice))).collect()).collect();
    let status_quo = space.status_quo();
    let player = |worth: Vec<Vec<i64>>| {
        let mut player = Player { consents: true, worth, fallback: 0 };
        player.fallback = player.utility(&status_quo) + SCALE * price / 1000;
        player
    };
    let binding = rules.iter().map(|r| r.kind == RuleKind::Linkage || dice.chance(85)).collect();
    Game { space: space.clone(), players: vec![player(first), player(second)], rules: rules.clone(), binding }
}

#[test]
#[ignore = "figures"]
fn figures() {
    for (noise, price) in [(100, -20), (50, 100), (20, 20), (5, -20), (5, 8), (2, -10), (2, 4), (0, -20), (0, 0)] {
        let mut dice = Dice::new(noise as u64);
        let (space, rules, levels) = flagship(&mut dice);
        let start = Instant::now();
        let atlas = Atlas::of(&space, &rules, levels);
        let made = start.elapsed();
        let sizes: Vec<(usize, usize)> =
            (0..atlas.targets()).map(|t| (atlas.target(t).nodes(), atlas.target(t).arrow_count())).collect();
        let games: Vec<Game> = (0..2000).map(|_| opposed(&space, &rules, noise, price, &mut dice)).collect();
        let mut seeker = Seeker::default();
        let start = Instant::now();
        let open: usize = games
            .iter()
            .map(|g| Drawn::of(&atlas, g.clone(), &mut seeker).zones.iter().filter(|z| z.open()).count())
            .sum();
        let zones = start.elapsed();
        let parties = vec!["a".to_string(), "b".to_string()];
        let inquiry = Inquiry::of(atlas, parties, 2000, false, &|i| games[i as usize].clone(), &|| ());
        println!("noise {noise}, price {price}: atlas {made:?} {sizes:?}; 12000 zones {zones:?}, {open} open");
        let start = Instant::now();
        let efficient = bands::efficient(&inquiry);
        let band = bands::band(&inquiry, &efficient).unwrap();
        println!(
            "  300 frontiers {:?}, sizes {:?}, cut {}",
            start.elapsed(),
            band.size,
            efficient.iter().filter(|e| e.cut).count()
        );
        let start = Instant::now();
        let found = partial::partials(&inquiry, &Columns::of(&inquiry));
        println!("  {} partial packages {:?}", found.packages, start.elapsed());
        let start = Instant::now();
        effects::effects(&inquiry, &[]);
        println!("  effects {:?}", start.elapsed());
        let start = Instant::now();
        let gives: Vec<_> = (0..5).filter_map(|l| gives::what_must_give(&inquiry, l)).collect();
        let sets: Vec<(usize, bool)> = gives.iter().map(|g| (g.sets.len(), g.complete)).collect();
        println!("  what must give {:?} {sets:?}", start.elapsed());
    }
}

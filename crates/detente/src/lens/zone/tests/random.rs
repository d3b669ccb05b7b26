//! Random games.

use crate::case::Range;
use crate::game::{Formula, Game, Issue, IssueKind, Outcome, Player, Rule, RuleKind, SCALE, Space, Stream, Value};
use std::sync::Arc;

/// Dice with a memory of where they are.
pub(super) struct Dice(pub(super) Stream);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Dice(Stream::new(seed, 0, 0))
    }

    pub(super) fn below(&mut self, n: usize) -> usize {
        self.0.below(n as u64) as usize
    }

    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

pub(super) fn space(sizes: &[usize], dice: &mut Dice) -> Arc<Space> {
    let issue = |(i, size): (usize, &usize)| Issue {
        id: format!("i{i}"),
        name: format!("Issue {i}"),
        values: (0..*size).map(|v| Value { id: format!("v{v}"), label: format!("v{v}") }).collect(),
        status_quo: dice.below(*size) as u16,
        kind: IssueKind::Named,
    };
    Arc::new(Space { issues: sizes.iter().enumerate().map(issue).collect() })
}

pub(super) fn small_space(dice: &mut Dice) -> Arc<Space> {
    let mut sizes = Vec::new();
    let mut outcomes = 1;
    for _ in 0..1 + dice.below(6) {
        let size = 2 + dice.below(3);
        if outcomes * size > 500 {
            break;
        }
        outcomes *= size;
        sizes.push(size);
    }
    space(&sizes, dice)
}

/// A random condition of any shape.
pub(super) fn formula(space: &Space, depth: usize, dice: &mut Dice) -> Formula {
    if depth == 0 || dice.chance(30) {
        if dice.chance(3) {
            return Formula::Constant(dice.chance(50));
        }
        let issue = dice.below(space.issues.len());
        let size = space.issues[issue].values.len();
        let digits = (0..size as u16).filter(|_| dice.chance(50)).collect();
        return Formula::In(issue, digits);
    }
    match dice.below(5) {
        0 => Formula::Not(Box::new(formula(space, depth - 1, dice))),
        1 | 2 => Formula::And((0..2 + dice.below(2)).map(|_| formula(space, depth - 1, dice)).collect()),
        _ => Formula::Or((0..2 + dice.below(2)).map(|_| formula(space, depth - 1, dice)).collect()),
    }
}

pub(super) fn rules(space: &Space, parties: usize, dice: &mut Dice) -> Arc<[Rule]> {
    let links = dice.below(3);
    let lines = dice.below(6);
    (0..links + lines)
        .map(|r| Rule {
            claim: format!("rule-{r}"),
            kind: if r < links { RuleKind::Linkage } else { RuleKind::RedLine(dice.below(parties)) },
            words: String::new(),
            // Mostly satisfiable: a disjunction holds more often than not.
            holds: Formula::Or(vec![formula(space, 2, dice), formula(space, 1, dice)]),
            firmness: Range::point(0.5 + dice.below(50) as f64 / 100.0),
            by_definition: false,
        })
        .collect()
}

/// Worth with a scale of 1: the best value of every issue together are worth `SCALE`.
pub(super) fn player(space: &Space, consents: bool, coarse: bool, dice: &mut Dice) -> Player {
    let unit = SCALE / space.issues.len() as i64;
    let value = |dice: &mut Dice| {
        if coarse { dice.below(4) as i64 * (unit / 4) } else { dice.0.below(unit as u64) as i64 }
    };
    let worth: Vec<Vec<i64>> = space.issues.iter().map(|i| i.values.iter().map(|_| value(dice)).collect()).collect();
    let fallback = if coarse { dice.below(8) as i64 * (unit / 4) } else { dice.0.below(SCALE as u64 / 2) as i64 };
    Player { consents, worth, fallback: fallback + if dice.chance(10) { SCALE / 3 } else { 0 } }
}

pub(super) fn game(space: &Arc<Space>, rules: &Arc<[Rule]>, parties: usize, dice: &mut Dice) -> Game {
    let coarse = dice.chance(40);
    let mut players: Vec<Player> = (0..parties).map(|_| player(space, dice.chance(90), coarse, dice)).collect();
    if players.iter().all(|p| !p.consents) {
        players[0].consents = true;
    }
    let binding = rules.iter().map(|r| r.kind == RuleKind::Linkage || dice.chance(70)).collect();
    Game { space: space.clone(), players, rules: rules.clone(), binding }
}

pub(super) fn outcomes(space: &Space) -> Vec<Outcome> {
    space.outcomes().collect()
}

//! A conflict in sets: its states, the preference of each decision maker, and who can change what.

use super::diagram::{Diagrams, Set};
use super::order::{Group, order};
use super::{Full, Refusal, score};
use crate::game::conflict::{Conflict, Fault, Preference};
use crate::game::{Formula, Outcome};
use std::collections::BTreeSet;

/// The digits of issues in bits.
#[derive(Debug)]
pub(in crate::analysis::stability) struct Digits {
    /// The variables of each issue, the most significant first.
    bits: Vec<Vec<u32>>,
    sizes: Vec<usize>,
}

/// A conflict in sets.
#[derive(Debug)]
pub(in crate::analysis::stability) struct Model {
    pub(in crate::analysis::stability) diagrams: Diagrams,
    pub(in crate::analysis::stability) digits: Digits,
    pub(in crate::analysis::stability) feasible: Set,
    /// Whether there are no rules: whatever one can change, one can change at every state.
    pub(in crate::analysis::stability) product: bool,
    pub(in crate::analysis::stability) players: Vec<Player>,
    /// Who can move: first each decision maker alone, in order, then those who move together.
    pub(in crate::analysis::stability) movers: Vec<Mover>,
}

/// A decision maker.
#[derive(Debug)]
pub(in crate::analysis::stability) struct Player {
    /// Its score in binary, the most significant digit first.
    pub(in crate::analysis::stability) score: Vec<Set>,
    /// The feasible states that it sees.
    pub(in crate::analysis::stability) seen: Set,
}

/// One who moves, or several together.
#[derive(Debug, Clone)]
pub(in crate::analysis::stability) struct Mover {
    /// Who, in increasing order.
    pub(in crate::analysis::stability) holders: Vec<usize>,
    /// The bits that it can change as it likes, as a conjunction.
    pub(in crate::analysis::stability) free: Set,
    /// The issues that it can change as it likes.
    pub(in crate::analysis::stability) freely: Vec<usize>,
    /// The issues that it can change only in part.
    pub(in crate::analysis::stability) limited: Vec<Limited>,
    /// The states from and to which it can move at all.
    pub(in crate::analysis::stability) domain: Set,
}

/// An issue with limited changes.
#[derive(Debug, Clone)]
pub(in crate::analysis::stability) struct Limited {
    pub(in crate::analysis::stability) issue: usize,
    /// For each digit, those that it can become, itself included.
    pub(in crate::analysis::stability) to: Vec<Vec<u16>>,
}

impl Digits {
    pub(in crate::analysis::stability) fn issues(&self) -> usize {
        self.sizes.len()
    }

    pub(in crate::analysis::stability) fn size(&self, issue: usize) -> usize {
        self.sizes.get(issue).copied().unwrap_or(0)
    }

    /// The bits of an issue at a digit.
    pub(in crate::analysis::stability) fn literals(&self, issue: usize, digit: u16) -> Vec<(u32, bool)> {
        let bits = self.bits.get(issue).map_or(&[][..], Vec::as_slice);
        bits.iter().rev().enumerate().map(|(place, var)| (*var, digit >> place & 1 == 1)).collect()
    }

    /// How many bits an issue has.
    pub(in crate::analysis::stability) fn bits(&self, issue: usize) -> usize {
        self.bits.get(issue).map_or(0, Vec::len)
    }

    /// Where an issue has a digit.
    pub(in crate::analysis::stability) fn at(
        &self,
        diagrams: &mut Diagrams,
        issue: usize,
        digit: u16,
    ) -> Result<Set, Full> {
        diagrams.cube(&self.literals(issue, digit))
    }

    /// Where an issue has one of these digits.
    pub(in crate::analysis::stability) fn one_of(
        &self,
        diagrams: &mut Diagrams,
        issue: usize,
        digits: &[u16],
    ) -> Result<Set, Full> {
        let there = digits.iter().filter(|digit| usize::from(**digit) < self.size(issue));
        let parts = there.map(|digit| self.at(diagrams, issue, *digit)).collect::<Result<Vec<Set>, Full>>()?;
        diagrams.any_of(parts)
    }

    /// Where a condition holds.
    pub(in crate::analysis::stability) fn formula(
        &self,
        diagrams: &mut Diagrams,
        formula: &Formula,
    ) -> Result<Set, Full> {
        Ok(match formula {
            Formula::Constant(all) => diagrams.constant(*all),
            Formula::In(issue, digits) if *issue < self.issues() => self.one_of(diagrams, *issue, digits)?,
            // An issue that is not there has digit 0.
            Formula::In(_, digits) => diagrams.constant(digits.contains(&0)),
            Formula::Not(inner) => {
                let inner = self.formula(diagrams, inner)?;
                diagrams.not(&inner)
            }
            Formula::And(all) => {
                let parts = all.iter().map(|f| self.formula(diagrams, f)).collect::<Result<Vec<Set>, Full>>()?;
                diagrams.all_of(parts)?
            }
            Formula::Or(all) => {
                let parts = all.iter().map(|f| self.formula(diagrams, f)).collect::<Result<Vec<Set>, Full>>()?;
                diagrams.any_of(parts)?
            }
        })
    }

    /// One outcome; `None` when it is outside the space.
    pub(in crate::analysis::stability) fn state(
        &self,
        diagrams: &mut Diagrams,
        outcome: &Outcome,
    ) -> Result<Option<Set>, Full> {
        let digits = outcome.digits();
        if digits.len() != self.issues() || digits.iter().zip(&self.sizes).any(|(d, size)| usize::from(*d) >= *size) {
            return Ok(None);
        }
        let literals: Vec<(u32, bool)> =
            digits.iter().enumerate().flat_map(|(issue, digit)| self.literals(issue, *digit)).collect();
        diagrams.cube(&literals).map(Some)
    }

    /// All bits of some issues, as a conjunction.
    fn cube(&self, diagrams: &mut Diagrams, issues: &[usize]) -> Result<Set, Full> {
        let bits = issues.iter().filter_map(|issue| self.bits.get(*issue)).flatten();
        diagrams.cube(&bits.map(|var| (*var, true)).collect::<Vec<_>>())
    }
}

/// The most bits that a space may take: operations go as deep as there are bits.
const MOST_BITS: usize = 4096;

impl Model {
    /// The sets of a conflict, with a table of at most so many nodes and steps.
    pub(in crate::analysis::stability) fn new(
        conflict: &Conflict,
        nodes: usize,
        steps: u64,
    ) -> Result<Result<Model, Full>, Refusal> {
        check(conflict)?;
        let sizes: Vec<usize> = conflict.space.sizes().collect();
        let width = |size: usize| (usize::BITS - size.saturating_sub(1).leading_zeros()) as usize;
        if sizes.iter().map(|size| width(*size)).sum::<usize>() > MOST_BITS {
            return Err(Refusal::TooManyBits);
        }
        let mut bits = vec![Vec::new(); sizes.len()];
        let mut next = 0u32;
        for issue in arranged(conflict) {
            for _ in 0..width(sizes[issue]) {
                bits[issue].push(next);
                next += 1;
            }
        }
        let digits = Digits { bits, sizes };
        Ok(Model::build(conflict, digits, Diagrams::new(next, nodes, steps)))
    }

    fn build(conflict: &Conflict, digits: Digits, mut diagrams: Diagrams) -> Result<Model, Full> {
        let mut parts = Vec::new();
        for issue in 0..digits.issues() {
            let size = digits.size(issue);
            if !size.is_power_of_two() {
                let all: Vec<u16> = (0u16..).take(size).collect();
                parts.push(digits.one_of(&mut diagrams, issue, &all)?);
            }
        }
        for rule in &conflict.rules {
            parts.push(digits.formula(&mut diagrams, rule)?);
        }
        let feasible = diagrams.all_of(parts)?;
        let mut players = Vec::new();
        for maker in &conflict.makers {
            let score = score::planes(&mut diagrams, &digits, &maker.preference)?;
            let seen = match &maker.unseen {
                None => feasible.clone(),
                Some(unseen) => {
                    let unseen = digits.formula(&mut diagrams, unseen)?;
                    diagrams.without(&feasible, &unseen)?
                }
            };
            players.push(Player { score, seen });
        }
        let mut groups: BTreeSet<Vec<usize>> = BTreeSet::new();
        groups.extend(conflict.control.iter().filter(|c| c.holders.len() > 1).map(|c| c.holders.clone()));
        let alone = (0..conflict.makers.len()).map(|maker| vec![maker]);
        let mut movers = Vec::new();
        for holders in alone.chain(groups) {
            movers.push(mover(conflict, &digits, &mut diagrams, &players, holders)?);
        }
        Ok(Model { diagrams, digits, feasible, product: conflict.rules.is_empty(), players, movers })
    }

    /// The bits of an outcome of the space.
    pub(in crate::analysis::stability) fn assignment(&self, outcome: &Outcome) -> Vec<bool> {
        let mut bits = vec![false; self.diagrams.bits()];
        for (issue, digit) in outcome.digits().iter().enumerate() {
            for (var, set) in self.digits.literals(issue, *digit) {
                if let Some(bit) = bits.get_mut(var as usize) {
                    *bit = set;
                }
            }
        }
        bits
    }

    /// The movers that go without a decision maker.
    pub(in crate::analysis::stability) fn others(&self, maker: usize) -> Vec<usize> {
        (0..self.movers.len()).filter(|at| !self.movers[*at].holders.contains(&maker)).collect()
    }
}

fn mover(
    conflict: &Conflict,
    digits: &Digits,
    diagrams: &mut Diagrams,
    players: &[Player],
    holders: Vec<usize>,
) -> Result<Mover, Full> {
    let (mut free, mut limited) = (Vec::new(), Vec::new());
    for (issue, control) in conflict.control.iter().enumerate().filter(|(_, c)| c.holders == holders) {
        let all = || (0u16..).take(digits.size(issue));
        let to: Vec<Vec<u16>> =
            all().map(|from| all().filter(|to| *to == from || control.moves.allow(from, *to)).collect()).collect();
        if to.iter().all(|to| to.len() == digits.size(issue)) {
            free.push(issue);
        } else if to.iter().any(|to| to.len() > 1) {
            limited.push(Limited { issue, to });
        }
    }
    let mut domain = diagrams.constant(true);
    for holder in &holders {
        if let Some(player) = players.get(*holder) {
            domain = diagrams.and(&domain, &player.seen)?;
        }
    }
    Ok(Mover { free: digits.cube(diagrams, &free)?, freely: free, limited, holders, domain })
}

/// The issues in the order of their bits.
fn arranged(conflict: &Conflict) -> Vec<usize> {
    let issues = conflict.space.issues.len();
    let scope = |formula: &Formula| -> Vec<usize> {
        let mut scope = formula.scope();
        scope.retain(|issue| *issue < issues);
        scope
    };
    let rules: Group = conflict.rules.iter().map(scope).collect();
    let mut groups: Vec<Group> = Vec::new();
    for maker in &conflict.makers {
        let mut group: Group = match &maker.preference {
            Preference::Statements(all) => all.iter().map(scope).collect(),
            Preference::Sum { terms, .. } => terms.iter().map(|(formula, _)| scope(formula)).collect(),
            Preference::Ranking { .. } => Vec::new(),
        };
        group.extend(maker.unseen.as_ref().map(scope));
        group.extend(rules.iter().cloned());
        groups.push(group);
    }
    let holder = |at: usize| conflict.control.get(at).and_then(|c| c.holders.first()).copied().unwrap_or(usize::MAX);
    let holders: Vec<usize> = (0..issues).map(holder).collect();
    order(issues, &groups, &holders)
}

fn check(conflict: &Conflict) -> Result<(), Refusal> {
    let grave = |fault: &Fault| !matches!(fault, Fault::HoldsNothing(_) | Fault::NoHolder(_));
    match conflict.faults().into_iter().find(grave) {
        Some(fault) => Err(Refusal::Faulty(fault)),
        None => Ok(()),
    }
}

//! The distribution over games that fit a case.
//!
//! A report gives comparisons, not numbers. So nothing is filled in: a belief is the *uniform* distribution
//! over all preferences that keep every statement of the case, as in stochastic multicriteria acceptability
//! analysis (SMAA: Lahdelma, Hokkanen and Salminen 1998; Tervonen and Lahdelma 2007), and
//! [`Belief::draw`] gives one game of it.
//!
//! # What a statement means
//!
//! The utility of an outcome o to a party is additive: u(o) = Σᵢ wᵢ vᵢ(oᵢ). The weight wᵢ is how much it
//! matters to the party whether it gets its best or its worst value on issue i (the *swing*); weights are not
//! negative and add up to 1. vᵢ gives each value of the issue a level between 0 and 1.
//!
//! - `ranks_first`, `ranks_last`, `ranks`, `issue` + `over` compare weights; `weight` bounds one.
//! - `prefers` compares levels, values of one tier have the same level; `best` and `worst` say that no value
//!   beats, or is beaten by, the ones named (several are equal). Values not named are not restricted.
//! - `score` bounds a level. A triangular range multiplies the uniform density by its triangle.
//! - `package` + `over` compares two utilities. Where a package leaves values of an issue open, their average
//!   counts.
//!
//! **Scale.** So that a weight is a swing, the best level of each issue is 1 and the worst is 0: which values
//! these are follows from the statements or varies between draws. Where the scores leave no room for both
//! (a case with all scores given, say), the scores are the scale. An issue on which all values are said to be
//! equal has no swing and weighs nothing.
//!
//! **Uniform** means: weights uniform on the part of the simplex that fits; levels uniform on the set of
//! functions that fit, over all choices of best and worst value. A weak and a strict comparison have the same
//! distribution; whether statements hold together is judged strictly (`a` over `b` over `a` is a contradiction,
//! not a tie), with `best` and `worst` weak.
//!
//! # How it is drawn
//!
//! - Comparisons of weights: exponentials scaled to sum 1 (the Dirichlet distribution with all parameters 1),
//!   given to the issues in the order of a uniform linear extension. Exact.
//! - Comparisons of values: the same with uniform levels, spread to [0, 1]. Exact.
//! - With ranges or comparisons of packages: the same again until they hold, while that succeeds often enough.
//!   Exact.
//! - Otherwise a Markov chain that leaves the uniform distribution as it is: hit-and-run (Smith 1984; for
//!   weights Tervonen, van Valkenhoef, Baştürk and Postmus 2013) along pairs and rankings of weights, Gibbs
//!   steps for levels, and in turns over weights given levels and levels given weights, because their product
//!   in a comparison of packages is not linear. Each draw runs its own chain from a fixed start, so draws are
//!   independent. [`Belief::method`] says where, and how long.
//!
//! Every input has random numbers of its own (a lane named after the party, issue and value, or the claim),
//! so a claim more or less leaves the numbers of all others as they are.
//!
//! # When statements contradict each other
//!
//! The smallest set of them that does is reported; see the module `conflict`. With comparisons of packages the
//! test is a linear program; without, it is circles in an order and bounds.
//!
//! # No-deal and rules
//!
//! No-deal is worth the status quo, with each issue moved by the chance of its `drift`, less the party's
//! `cost` times the distance between its worst and best package; a `reservation` (a share of its best package)
//! takes the place of all that. What drift and costs do to agreements is told in the module `nodeal`. A red
//! line binds with the probability of its firmness, linkages always.

mod claim;
mod classes;
mod conflict;
mod explain;
mod mind;
mod nodeal;
mod order;
mod part_worth;
mod range;
mod rules;
mod totals;
mod values;
mod weights;
mod words;

#[cfg(test)]
mod tests;

pub use claim::BeliefInput;

use super::{Game, Player, Rule, Space};
use crate::case::{Case, ClaimKind, Document};
use crate::text::{Code, Diagnostic, Diagnostics};
use claim::Statement;
use mind::Mind;
use nodeal::NoDeal;
use range::Address;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::Arc;

/// A party as every game of a belief has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BeliefParty {
    /// Its id in the case.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether an agreement needs its consent.
    pub consents: bool,
}

/// The distribution over games that fit a case.
///
/// ```
/// use detente::{case, game::Belief, text::Diagnostics};
/// let toml = r#"
///     title = "Talks on a bridge"
///     issues.bridge = { values = ["open", "tolled", "closed"], status_quo = "closed" }
///     issues.mines = { values = ["cleared", "kept"], status_quo = "kept" }
///     [parties.north]
///     wants = [{ ranks_first = "bridge" }, { issue = "bridge", best = ["open"] }]
///     [parties.south]
/// "#;
/// let reading = case::read("case.toml", &|_| Ok(toml.into()), case::ReadOptions::default());
/// let mut diagnostics = Diagnostics::default();
/// let belief = Belief::of(&reading.case.unwrap(), &mut diagnostics).unwrap();
/// let game = belief.draw(1, 0);
/// let north = &game.players[0].worth;
/// assert!(north[0][0] >= north[1][0].max(north[1][1]), "the bridge matters most, open is best");
/// assert_eq!(belief.draws(1, 0..8)[5].players[0].worth, belief.draw(1, 5).players[0].worth);
/// ```
#[derive(Debug, Clone)]
pub struct Belief {
    space: Arc<Space>,
    rules: Arc<[Rule]>,
    /// The lane of each rule.
    lanes: Arc<[u64]>,
    parties: Vec<BeliefParty>,
    inputs: Vec<BeliefInput>,
    /// By party.
    statements: Vec<Arc<[Statement]>>,
    minds: Vec<Arc<Mind>>,
    no_deal: Arc<[NoDeal]>,
}

impl Belief {
    /// The belief a case gives. `None`, with diagnostics, when there is nothing to negotiate
    /// ([`Code::NoIssues`], [`Code::NoParties`]), a rule is too wide ([`Code::TooLarge`]), or the claims on a
    /// party's preferences contradict each other ([`Code::Contradiction`], with the smallest set of them).
    #[must_use]
    pub fn of(case: &Case, diagnostics: &mut Diagnostics) -> Option<Belief> {
        let document = &case.document;
        let space = Arc::new(Space::of(document));
        let parties = parties(document);
        let playable = playable(&space, &parties, diagnostics);
        let statements: Vec<Arc<[Statement]>> =
            document.parties.values().map(|p| claim::statements(document, &space, &p.wants).into()).collect();
        let mut minds = Vec::new();
        for (party, statements) in parties.iter().zip(&statements) {
            let all: Vec<&Statement> = statements.iter().collect();
            match Mind::of(&space, &party.id, &all, None) {
                Some(mind) => minds.push(Arc::new(mind)),
                None if space.issues.is_empty() => {}
                None => explain::contradictions(&space, party, &all, diagnostics),
            }
        }
        let rules = rules::rules(document, &space, diagnostics);
        let no_deal = nodeal::claims(document, &space, diagnostics);
        if !playable || minds.len() != parties.len() {
            return None;
        }
        let mut inputs = inputs_of(&statements);
        let (rules, of_rules): (Vec<Rule>, Vec<BeliefInput>) = rules?.into_iter().unzip();
        let (no_deal, of_no_deal): (Vec<NoDeal>, Vec<BeliefInput>) = no_deal.into_iter().unzip();
        inputs.extend(of_rules);
        inputs.extend(of_no_deal);
        let lanes = rules.iter().map(rules::lane).collect();
        Some(Belief { space, rules: rules.into(), lanes, parties, inputs, statements, minds, no_deal: no_deal.into() })
    }

    /// The same belief without some claims (by id). A comparison of packages goes with either package.
    /// `None` when the rest cannot hold together, which can only be where a score or a tie that goes brings
    /// back the ends of a scale.
    #[must_use]
    pub fn without(&self, dropped: &dyn Fn(&str) -> bool) -> Option<Belief> {
        let gone = |s: &Statement| dropped(&s.claim) || s.needs.iter().any(|(id, _)| dropped(id));
        let (mut statements, mut minds) = (Vec::new(), Vec::new());
        for ((party, said), mind) in self.parties.iter().zip(&self.statements).zip(&self.minds) {
            if !said.iter().any(gone) {
                statements.push(said.clone());
                minds.push(mind.clone());
                continue;
            }
            let left: Arc<[Statement]> = said.iter().filter(|s| !gone(s)).cloned().collect();
            let all: Vec<&Statement> = left.iter().collect();
            minds.push(Arc::new(Mind::of(&self.space, &party.id, &all, Some(mind))?));
            statements.push(left);
        }
        let kept: Vec<(&Rule, &u64)> =
            self.rules.iter().zip(self.lanes.iter()).filter(|(r, _)| !dropped(&r.claim)).collect();
        let mut inputs = inputs_of(&statements);
        let other = |i: &&BeliefInput| !matches!(i.kind, ClaimKind::Want | ClaimKind::Package) && !dropped(&i.claim);
        inputs.extend(self.inputs.iter().filter(other).cloned());
        Some(Belief {
            space: self.space.clone(),
            rules: kept.iter().map(|(rule, _)| (*rule).clone()).collect(),
            lanes: kept.iter().map(|(_, lane)| **lane).collect(),
            parties: self.parties.clone(),
            inputs,
            statements,
            minds,
            no_deal: self.no_deal.iter().filter(|c| !dropped(&c.claim)).cloned().collect(),
        })
    }

    /// The outcome space.
    #[must_use]
    pub fn space(&self) -> &Arc<Space> {
        &self.space
    }

    /// Linkages and red lines.
    #[must_use]
    pub fn rules(&self) -> &Arc<[Rule]> {
        &self.rules
    }

    /// The parties in file order.
    #[must_use]
    pub fn parties(&self) -> &[BeliefParty] {
        &self.parties
    }

    /// Every claim that the belief rests on: statements on preferences by party with the packages they compare,
    /// linkages, red lines, no-deal.
    #[must_use]
    pub fn inputs(&self) -> &[BeliefInput] {
        &self.inputs
    }

    /// How each party's preferences are drawn, in sentences.
    #[must_use]
    pub fn method(&self) -> String {
        let parties = self.parties.iter().zip(&self.minds).zip(&self.statements);
        let each: Vec<String> =
            parties.map(|((p, mind), said)| words::method(&p.name, mind, said.len(), &self.space)).collect();
        each.join(" ")
    }

    /// Whether every party's preferences are drawn exactly uniformly, without a Markov chain.
    #[must_use]
    pub fn exact_sampling(&self) -> bool {
        self.minds.iter().all(|m| m.exact())
    }

    /// Whether every number is a point, so that there is one game only.
    #[must_use]
    pub fn is_point(&self) -> bool {
        self.minds.iter().all(|m| m.is_point()) && rules::all_sure(&self.rules) && nodeal::all_points(&self.no_deal)
    }

    /// The game at an address. The same address gives the same game, whatever was drawn before.
    #[must_use]
    pub fn draw(&self, seed: u64, index: u64) -> Game {
        self.draw_mixed(seed, index, seed, &|_| false)
    }

    /// The games at a range of indices, drawn in parallel; each is what [`Belief::draw`] gives.
    #[must_use]
    pub fn draws(&self, seed: u64, indices: Range<u64>) -> Vec<Game> {
        indices.into_par_iter().map(|index| self.draw(seed, index)).collect()
    }

    /// The game at an address, with the inputs of the claims that `fresh` picks (by claim id) drawn
    /// from `other` instead of `seed`: the two games share everything else (for variance by input,
    /// Jansen 1999).
    ///
    /// Inputs are the claims with [`BeliefInput::drawn`]. Firmness, costs, drift and reservations are
    /// independent of all else. Weights and scores are not: a fresh one is drawn anew given all the rest (the
    /// other weights keep their proportions), so the second game has the same distribution as the first.
    #[must_use]
    pub fn draw_mixed(&self, seed: u64, index: u64, other: u64, fresh: &dyn Fn(&str) -> bool) -> Game {
        // Without a second seed nothing is fresh: the game is the one of `draw`.
        let fresh = |claim: &str| seed != other && fresh(claim);
        let address = Address { seed, index, other, fresh: &fresh };
        let no_deal = nodeal::draw(&self.no_deal, &address);
        let player = |(at, (party, mind)): (usize, (&BeliefParty, &Arc<Mind>))| {
            let (worth, fallback) = no_deal.settle(at, mind.draw(&address), &self.space);
            Player { consents: party.consents, worth, fallback }
        };
        Game {
            space: self.space.clone(),
            players: self.parties.iter().zip(&self.minds).enumerate().map(player).collect(),
            rules: self.rules.clone(),
            binding: rules::binding(&self.rules, &self.lanes, &address),
        }
    }
}

fn parties(document: &Document) -> Vec<BeliefParty> {
    let named = |id: &String| {
        let party = document.parties.get(id);
        let actor = party.and_then(|p| p.actor.as_ref()).map_or(id.as_str(), |a| a.as_str());
        let name = party.and_then(|p| p.name.clone()).or_else(|| document.actors.get(actor).map(|a| a.name.clone()));
        let consents = document.needs_consent_of(id);
        BeliefParty { id: id.clone(), name: name.unwrap_or_else(|| id.clone()), consents }
    };
    document.parties.keys().map(named).collect()
}

/// Whether there is something to negotiate and somebody to do it; reports what is missing.
fn playable(space: &Space, parties: &[BeliefParty], diagnostics: &mut Diagnostics) -> bool {
    if space.issues.is_empty() {
        diagnostics.push(
            Diagnostic::new(Code::NoIssues, "the case has nothing to negotiate")
                .hint("add `[issues.NAME]` with `values` and `status_quo`"),
        );
    }
    let consenting = parties.iter().filter(|p| p.consents).count();
    if consenting < 2 {
        diagnostics.push(
            Diagnostic::new(
                Code::NoParties,
                format!("an agreement needs two parties that consent; there is {consenting}"),
            )
            .hint("add `[parties.NAME]`, or name the parties in `consent`"),
        );
    }
    consenting >= 2 && !space.issues.is_empty()
}

/// What statements contribute, by party, each with the packages it is the first to compare.
fn inputs_of(statements: &[Arc<[Statement]>]) -> Vec<BeliefInput> {
    let mut inputs: Vec<BeliefInput> = Vec::new();
    for (party, statements) in statements.iter().enumerate() {
        for statement in statements.iter() {
            let range = statement.says.range();
            inputs.push(BeliefInput {
                claim: statement.claim.clone(),
                kind: ClaimKind::Want,
                party: Some(party),
                basis: statement.basis,
                numeric: range.is_some(),
                drawn: range.is_some_and(|r| !r.is_point()),
            });
            for (id, basis) in &statement.needs {
                if !inputs.iter().any(|i| i.kind == ClaimKind::Package && i.claim == *id) {
                    inputs.push(BeliefInput {
                        claim: id.clone(),
                        kind: ClaimKind::Package,
                        party: None,
                        basis: *basis,
                        numeric: false,
                        drawn: false,
                    });
                }
            }
        }
    }
    inputs
}

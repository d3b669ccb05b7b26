//! Alternating offers with an end: what parties agree on that look ahead to it.
//!
//! Parties take turns. The one whose turn it is proposes an outcome; when all others accept, it is agreed; else a round
//! passes. After the last round there is no agreement. Everything is known to everybody, and everybody expects
//! everybody to do the best from there on: the subgame-perfect equilibrium of Ståhl (1972) and Rubinstein (1982), with an
//! end and with outcomes instead of a cake. It is worked out from the last round backwards, over the frontier
//! alone: whatever is accepted and not efficient, the proposer can replace by something efficient that is no worse for
//! anybody.

use super::{Exactness, Finding, Frontier, Limits, Made, Point};
use crate::game::Scenario;

/// Differences of utility below this, relative to the largest utility, count as none when utility shrinks with time:
/// products of rounded numbers.
pub const TOLERANCE: f64 = 1e-12;

/// The terms of alternating offers.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// The number of rounds; one proposal in each.
    pub rounds: usize,
    /// The party that proposes first; the others follow in the order of the scenario.
    pub first: usize,
    /// What utility is multiplied by for each round that passes, party by party: above 0 and at most 1. Empty: nothing.
    pub discount: Vec<f64>,
    /// Whether the reservation value shrinks in the same way. Else it is worth the same whenever talks end.
    pub reservation_shrinks: bool,
}

impl Terms {
    /// So many rounds, opened by the first party, in which utility does not shrink.
    #[must_use]
    pub fn plain(rounds: usize) -> Self {
        Terms { rounds, first: 0, discount: Vec::new(), reservation_shrinks: true }
    }
}

/// What happens in a round if it is reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// The party that proposes.
    pub proposer: usize,
    /// What it proposes and all accept, as a position on the frontier. `None`: whatever they would accept is worth less
    /// to it than waiting.
    pub offer: Option<usize>,
    /// What the round is worth to each party when it is reached, as a real utility at that time.
    pub values: Vec<f64>,
}

/// What parties agree on that look ahead.
#[derive(Debug, Clone, PartialEq)]
pub struct Play {
    /// The rounds in order, whether or not play reaches them.
    pub rounds: Vec<Round>,
    /// The round of the agreement, from 0 on, and what is agreed; `None` when there is none.
    pub agreement: Option<(usize, Point)>,
}

/// The subgame-perfect outcome of alternating offers by backward induction over a frontier.
///
/// A party accepts what is worth as much to it as waiting. A proposer takes, of what the others accept, what is best for
/// it, of equals the first on the frontier (between two parties: the best for the other), and prefers it to waiting
/// when both are worth the same. A party without a reservation value gets 0 when there is no agreement.
///
/// Without discounting utilities are compared as they are; with it, as floating-point numbers within [`TOLERANCE`].
/// Between two parties a round takes two binary searches; among more, a scan from the proposer's best downwards.
///
/// ```
/// use detente::analysis::{Frontier, Limits, Point, Terms, subgame_perfect};
/// use detente::game::{Issue, Outcome, Profile, Scenario, Space, Utility};
/// let space = Space { issues: vec![Issue::named("share", &["all", "half", "none"])] };
/// let party = |worth| Profile::new("party", Utility { unit: 2, worth: vec![worth], ..Utility::default() });
/// let scenario = Scenario::new("a cake", space, vec![party(vec![2, 1, 0]), party(vec![0, 1, 2])]);
/// let shares = [(0, [2, 0]), (1, [1, 1]), (2, [0, 2])];
/// let point = |(digit, utilities): (u16, [i128; 2])| Point { utilities: utilities.to_vec(), outcome: Outcome::new([digit]) };
/// let frontier = Frontier::of(shares.map(point).into());
/// // Who proposes last takes all.
/// let play = subgame_perfect(&scenario, &frontier, &Terms::plain(4), &Limits::default()).answer;
/// assert_eq!(play.agreement.unwrap().1.utilities, [0, 2]);
/// ```
#[must_use]
pub fn subgame_perfect(scenario: &Scenario, frontier: &Frontier, terms: &Terms, limits: &Limits) -> Finding<Play> {
    let nothing = |limit: &str| Finding {
        answer: Play { rounds: Vec::new(), agreement: None },
        made: made(Exactness::CutOff { limit: limit.to_string() }, limits),
    };
    let parties = scenario.parties.len();
    let proper = |factor: &f64| *factor > 0.0 && *factor <= 1.0;
    if parties == 0 || terms.first >= parties || frontier.points.iter().any(|p| p.utilities.len() != parties) {
        return nothing("parties that are not those of the scenario");
    }
    if !(terms.discount.is_empty() || terms.discount.len() == parties && terms.discount.iter().all(proper)) {
        return nothing("discount factors other than one per party above 0 and at most 1");
    }
    let talks = Talks::of(scenario, frontier, terms);
    let Some(rounds) = talks.backwards(limits) else { return nothing("steps of backward induction") };
    let agreed =
        rounds.iter().enumerate().find_map(|(at, round)| Some((at, frontier.points.get(round.offer?)?.clone())));
    let exactness = if terms.discount.is_empty() { Exactness::Exact } else { Exactness::Within(talks.tolerance) };
    Finding { answer: Play { rounds, agreement: agreed }, made: made(exactness, limits) }
}

fn made(exactness: Exactness, limits: &Limits) -> Made {
    Made {
        method: "backward induction over the frontier, from the last round to the first".to_string(),
        exactness,
        limits: vec![format!("{} steps", limits.steps)],
        seed: None,
    }
}

/// The talks in real numbers.
struct Talks<'a> {
    terms: &'a Terms,
    /// Party by party: its utility of every point of the frontier.
    worth: Vec<Vec<f64>>,
    /// Party by party: positions on the frontier, its best first. Only where there are not two parties.
    preferred: Vec<Vec<usize>>,
    reservation: Vec<f64>,
    tolerance: f64,
    /// What a reservation value is worth in the money of a round, where it does not shrink: one over the discount
    /// so far, round by round for each party.
    swollen: Vec<Vec<f64>>,
}

impl<'a> Talks<'a> {
    fn of(scenario: &Scenario, frontier: &Frontier, terms: &'a Terms) -> Self {
        let worth: Vec<Vec<f64>> = scenario
            .parties
            .iter()
            .enumerate()
            .map(|(at, party)| {
                let of = |p: &Point| party.utility.real(p.utilities.get(at).copied().unwrap_or(0));
                frontier.points.iter().map(of).collect()
            })
            .collect();
        let reservation: Vec<f64> =
            scenario.parties.iter().map(|p| p.reservation.map_or(0.0, |r| p.utility.real(r))).collect();
        let order = |own: &Vec<f64>| {
            let mut order: Vec<usize> = (0..own.len()).collect();
            order.sort_by(|a, b| value(own, *b).total_cmp(&value(own, *a)));
            order
        };
        let preferred = if worth.len() == 2 { Vec::new() } else { worth.iter().map(order).collect() };
        let largest = worth.iter().flatten().chain(&reservation).fold(0.0f64, |most, w| most.max(w.abs()));
        let tolerance = if terms.discount.is_empty() { 0.0 } else { largest * TOLERANCE };
        let swollen = if terms.reservation_shrinks || terms.discount.is_empty() {
            Vec::new()
        } else {
            let over = |factor: &f64| {
                let mut left = 1.0f64;
                let mut all = vec![1.0f64];
                for _ in 0..terms.rounds {
                    left *= factor;
                    all.push(1.0 / left.max(f64::MIN_POSITIVE));
                }
                all
            };
            terms.discount.iter().map(over).collect()
        };
        Talks { terms, worth, preferred, reservation, tolerance, swollen }
    }

    /// What no agreement is worth to a party in the money of a round.
    fn nothing(&self, party: usize, round: usize) -> f64 {
        let swollen = self.swollen.get(party).map_or(1.0, |all| value(all, round));
        value(&self.reservation, party) * swollen
    }

    /// The rounds in order; `None` when the limit was hit.
    fn backwards(&self, limits: &Limits) -> Option<Vec<Round>> {
        let parties = self.worth.len();
        let mut rounds: Vec<Round> = Vec::new();
        let mut steps = limits.steps;
        // What the next round is worth, and whether it will end without agreement.
        let mut next: Vec<f64> = (0..parties).map(|p| self.nothing(p, self.terms.rounds)).collect();
        let mut open = true;
        for round in (0..self.terms.rounds).rev() {
            let proposer = (self.terms.first + round % parties) % parties;
            let waiting: Vec<f64> = next
                .iter()
                .enumerate()
                .map(|(party, worth)| {
                    if open && !self.swollen.is_empty() {
                        return self.nothing(party, round);
                    }
                    self.terms.discount.get(party).map_or(*worth, |factor| factor * worth)
                })
                .collect();
            let (offer, taken) = self.best(proposer, &waiting);
            steps = steps.checked_sub(taken)?;
            let values: Vec<f64> = match offer {
                Some(at) => self.worth.iter().map(|own| value(own, at)).collect(),
                None => waiting,
            };
            open &= offer.is_none();
            next.clone_from(&values);
            rounds.push(Round { proposer, offer, values });
        }
        rounds.reverse();
        Some(rounds)
    }

    fn enough(&self, worth: f64, waiting: f64) -> bool {
        worth >= waiting - self.tolerance
    }

    /// The proposer's best point that nobody rejects, and what looking for it took.
    fn best(&self, proposer: usize, waiting: &[f64]) -> (Option<usize>, u64) {
        if let [first, second] = self.worth.as_slice() {
            // Along the frontier the first party gets less and the second more.
            let (good, enough) = (value(waiting, 0), value(waiting, 1));
            let from = second.partition_point(|w| !self.enough(*w, enough));
            let to = first.partition_point(|w| self.enough(*w, good));
            let at = if proposer == 0 { Some(from) } else { to.checked_sub(1) };
            return (at.filter(|_| from < to), 1 + u64::from(usize::BITS - first.len().leading_zeros()) * 2);
        }
        let (Some(order), Some(own)) = (self.preferred.get(proposer), self.worth.get(proposer)) else {
            return (None, 1);
        };
        let mut taken = 1;
        for at in order {
            taken += self.worth.len() as u64;
            if !self.enough(value(own, *at), value(waiting, proposer)) {
                break;
            }
            if self.worth.iter().zip(waiting).all(|(all, waiting)| self.enough(value(all, *at), *waiting)) {
                return (Some(*at), taken);
            }
        }
        (None, taken)
    }
}

fn value(all: &[f64], at: usize) -> f64 {
    all.get(at).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::judge::{self, Dice, Shape, random};
    use crate::game::{Issue, Outcome, Profile, Space, Stream, Utility};

    /// What a round is worth and what is agreed in the end, by the tree of all proposals and answers.
    fn tree(scenario: &Scenario, all: &[Point], terms: &Terms, round: usize) -> (Vec<f64>, Option<Vec<i128>>) {
        let parties = scenario.parties.len();
        let shrink = |party: usize| terms.discount.get(party).copied().unwrap_or(1.0);
        let reservation = |party: usize, round: usize| {
            let profile = &scenario.parties[party];
            let plain = profile.reservation.map_or(0.0, |r| profile.utility.real(r));
            let left = (0..round).fold(1.0, |left, _| left * shrink(party));
            if terms.reservation_shrinks { plain } else { plain / left }
        };
        if round == terms.rounds {
            return ((0..parties).map(|p| reservation(p, round)).collect(), None);
        }
        let (next, later) = tree(scenario, all, terms, round + 1);
        let waiting: Vec<f64> = match (&later, terms.reservation_shrinks) {
            (None, false) => (0..parties).map(|p| reservation(p, round)).collect(),
            _ => (0..parties).map(|p| shrink(p) * next[p]).collect(),
        };
        let proposer = (terms.first + round) % parties;
        let worth = |p: &Point| -> Vec<f64> {
            p.utilities.iter().zip(&scenario.parties).map(|(u, party)| party.utility.real(*u)).collect()
        };
        let slack = if terms.discount.is_empty() { 0.0 } else { 1e-9 };
        let mut best: Option<(Vec<f64>, Vec<i128>)> = None;
        for point in all {
            let worth = worth(point);
            if worth.iter().zip(&waiting).any(|(w, v)| *w < *v - slack) {
                continue;
            }
            // Of equals for the proposer: the best for the first party, then the next, as the frontier has them.
            let better = best.as_ref().is_none_or(|(old, utilities)| {
                worth[proposer] > old[proposer] || (worth[proposer] == old[proposer] && point.utilities > *utilities)
            });
            if better {
                best = Some((worth, point.utilities.clone()));
            }
        }
        best.map_or((waiting, later), |(worth, utilities)| (worth, Some(utilities)))
    }

    fn terms(parties: usize, dice: &mut Dice) -> Terms {
        // Products of these and of fifths or thousandths are either equal or far apart.
        let factors = [1.0, 0.9, 0.5, 0.95];
        let discount =
            if dice.chance(40) { Vec::new() } else { (0..parties).map(|_| factors[dice.below(4)]).collect() };
        Terms { rounds: dice.below(7), first: dice.below(parties), discount, reservation_shrinks: dice.chance(50) }
    }

    #[test]
    fn backward_induction_over_the_frontier_is_the_tree_over_all_outcomes() {
        let (mut agreed, mut not) = (0, 0);
        for seed in 0..3_000 {
            let parties = 1 + (seed % 4) as usize;
            let shape = Shape { parties, outcomes: 12, rules: true, tables: true, ..Shape::default() };
            let scenario = random(shape, seed);
            let terms = terms(parties, &mut Dice(Stream::new(seed, 20, 0)));
            let (all, frontier) = (judge::all(&scenario), judge::frontier(&scenario));
            let play = subgame_perfect(&scenario, &frontier, &terms, &Limits::default()).answer;
            let (values, right) = tree(&scenario, &all, &terms, 0);
            let found = play.agreement.as_ref().map(|(_, point)| point.utilities.clone());
            assert_eq!(found, right, "{terms:?} {scenario:?}");
            if let Some(first) = play.rounds.first() {
                let near = first.values.iter().zip(&values).all(|(a, b)| (a - b).abs() <= 1e-9 * b.abs().max(1.0));
                assert!(near, "{first:?} {values:?} {terms:?} {scenario:?}");
            }
            *(if right.is_some() { &mut agreed } else { &mut not }) += 1;
        }
        assert!(agreed > 1_000 && not > 100, "{agreed} {not}");
    }

    /// A cake in `pieces`, cut between two.
    fn cake(pieces: u16) -> (Scenario, Frontier) {
        let labels: Vec<String> = (0..=pieces).map(|v| v.to_string()).collect();
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        let space = Space { issues: vec![Issue::named("share", &labels)] };
        let unit = i128::from(pieces);
        let party = |worth| Profile::new("p", Utility { unit, worth: vec![worth], ..Utility::default() });
        let shares = || (0..=pieces).map(i128::from);
        let scenario = Scenario::new("cake", space, vec![party(shares().collect()), party(shares().rev().collect())]);
        let point = |v: u16| Point { utilities: vec![i128::from(v), unit - i128::from(v)], outcome: Outcome::new([v]) };
        (scenario, Frontier::of((0..=pieces).map(point).collect()))
    }

    #[test]
    fn a_long_cake_is_cut_as_rubinstein_says() {
        // With factors a and b the proposer gets (1 - b) / (1 - a b) when there is no end (Rubinstein 1982).
        let (scenario, frontier) = cake(50_000);
        for (a, b) in [(0.9, 0.9), (0.8, 0.95), (0.5, 0.7)] {
            let terms = Terms { discount: vec![a, b], ..Terms::plain(301) };
            let play = subgame_perfect(&scenario, &frontier, &terms, &Limits::default()).answer;
            let (round, point) = play.agreement.unwrap();
            let share = scenario.parties[0].utility.real(point.utilities[0]);
            assert_eq!(round, 0);
            // Shares are cut to whole pieces, whose errors add up over the rounds.
            assert!((share - (1.0 - b) / (1.0 - a * b)).abs() < 1e-3, "{share}");
        }
    }

    #[test]
    fn who_is_last_takes_all_and_terms_that_make_no_sense_are_said() {
        let (scenario, frontier) = cake(10);
        for rounds in 1..9 {
            let play = subgame_perfect(&scenario, &frontier, &Terms::plain(rounds), &Limits::default());
            assert_eq!(play.answer.agreement.unwrap().1.utilities[(rounds - 1) % 2], 10);
            assert_eq!(play.made.exactness, Exactness::Exact);
        }
        let stops = |terms: Terms, steps: u64| {
            let found = subgame_perfect(&scenario, &frontier, &terms, &Limits { points: 10, steps });
            matches!(found.made.exactness, Exactness::CutOff { .. }) && found.answer.agreement.is_none()
        };
        assert!(stops(Terms::plain(1_000), 100));
        assert!(stops(Terms { first: 2, ..Terms::plain(3) }, 1 << 20));
        assert!(stops(Terms { discount: vec![0.5, 1.5], ..Terms::plain(3) }, 1 << 20));
        assert!(stops(Terms { discount: vec![0.5, f64::NAN], ..Terms::plain(3) }, 1 << 20));
        assert!(!stops(Terms::plain(0), 1 << 20));
    }
}

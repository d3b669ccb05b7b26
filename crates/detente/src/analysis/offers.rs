//! Alternating offers with an end: what parties agree on that look ahead to it.
//!
//! Parties take turns. The one whose turn it is proposes an outcome; when all others accept, it is agreed; else a round
//! passes. After the last round there is no agreement. Everything is known to everybody, and everybody expects
//! everybody to do the best from there on: the subgame-perfect equilibrium of Ståhl (1972) and Rubinstein (1982), with an
//! end and with outcomes instead of a cake. It is worked out from the last round backwards, over the frontier
//! alone: whatever is accepted and not efficient, the proposer can replace by something efficient that is no worse for
//! anybody.

#[cfg(test)]
mod tests;

use super::{Exactness, Finding, Frontier, Limits, Made, Point};
use crate::game::Scenario;

/// Differences of utility below this, relative to the largest utility, count as none when utility shrinks with time,
/// because products of rounded numbers are compared. Talks of more than 2,000 rounds take a little more.
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
/// Without discounting utilities are compared exactly; with it, as floating-point numbers within [`TOLERANCE`]. The
/// finding says [`Exactness::Exact`] where no decision hinges on that, else [`Exactness::Within`]: nobody gains more than
/// this by deciding otherwise in a round.
/// Between two parties a round takes two binary searches; among more, a scan from the proposer's best downwards.
///
/// ```
/// use detente::analysis::{Frontier, Limits, Point, offers::{Terms, subgame_perfect}};
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
    let Some((rounds, hinges)) = talks.backwards(limits) else { return nothing("steps of backward induction") };
    let agreed =
        rounds.iter().enumerate().find_map(|(at, round)| Some((at, frontier.points.get(round.offer?)?.clone())));
    let exactness = if hinges { Exactness::Within(talks.tolerance) } else { Exactness::Exact };
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

/// The talks in floating-point numbers.
struct Talks<'a> {
    terms: &'a Terms,
    /// Party by party: its utility of every point of the frontier, to be compared. Without discounting these are ranks,
    /// which no rounding touches.
    worth: Vec<Vec<f64>>,
    /// What no agreement is worth to each party, in the same measure.
    reservation: Vec<f64>,
    /// The same two as real utilities.
    shown: Vec<Vec<f64>>,
    shown_reservation: Vec<f64>,
    /// Party by party: positions on the frontier, its best first. Only where there are not two parties.
    preferred: Vec<Vec<usize>>,
    tolerance: f64,
    /// What a reservation value is worth in the money of a round, where it does not shrink: one over the discount
    /// so far, round by round for each party.
    swollen: Vec<Vec<f64>>,
}

/// What a proposer does in a round.
struct Choice {
    offer: Option<usize>,
    /// Whether a difference within the tolerance, and not none, may have decided.
    hinges: bool,
    steps: u64,
}

impl<'a> Talks<'a> {
    fn of(scenario: &Scenario, frontier: &Frontier, terms: &'a Terms) -> Self {
        let parties = || scenario.parties.iter().enumerate();
        let whole = |at: usize| frontier.points.iter().map(move |p| p.utilities.get(at).copied().unwrap_or(0));
        let shown: Vec<Vec<f64>> = parties().map(|(at, p)| whole(at).map(|u| p.utility.real(u)).collect()).collect();
        let shown_reservation: Vec<f64> =
            scenario.parties.iter().map(|p| p.utility.real(p.reservation.unwrap_or(0))).collect();
        let (worth, reservation) = if terms.discount.is_empty() {
            parties().map(|(at, p)| ranks(whole(at).collect(), p.reservation.unwrap_or(0))).unzip()
        } else {
            (shown.clone(), shown_reservation.clone())
        };
        let order = |own: &Vec<f64>| {
            let mut order: Vec<usize> = (0..own.len()).collect();
            order.sort_by(|a, b| value(own, *b).total_cmp(&value(own, *a)));
            order
        };
        let preferred = if worth.len() == 2 { Vec::new() } else { worth.iter().map(order).collect() };
        let largest = shown.iter().flatten().chain(&shown_reservation).fold(0.0f64, |most, w| most.max(w.abs()));
        // A reservation value may be carried through all rounds, and is rounded in each.
        let rounding = TOLERANCE.max(terms.rounds as f64 * 2.0 * f64::EPSILON);
        let tolerance = if terms.discount.is_empty() { 0.0 } else { largest * rounding };
        let swollen = if terms.reservation_shrinks { Vec::new() } else { swollen(terms) };
        Talks { terms, worth, reservation, shown, shown_reservation, preferred, tolerance, swollen }
    }

    /// The rounds in order, and whether a decision hinges on the tolerance; `None` when the limit was hit.
    fn backwards(&self, limits: &Limits) -> Option<(Vec<Round>, bool)> {
        let parties = self.worth.len();
        let (mut rounds, mut steps, mut hinges) = (Vec::new(), limits.steps, false);
        // What the next round is worth, to be compared and to be shown; and whether no agreement is reached from it on.
        let last = |all: &[f64]| (0..parties).map(|p| value(all, p) * self.swelling(p, self.terms.rounds)).collect();
        let (mut next, mut shown): (Vec<f64>, Vec<f64>) = (last(&self.reservation), last(&self.shown_reservation));
        let mut open = true;
        for round in (0..self.terms.rounds).rev() {
            let proposer = (self.terms.first + round % parties) % parties;
            if !self.terms.discount.is_empty() {
                for (party, (worth, factor)) in next.iter_mut().zip(&self.terms.discount).enumerate() {
                    *worth = if open && !self.swollen.is_empty() {
                        value(&self.reservation, party) * self.swelling(party, round)
                    } else {
                        factor * *worth
                    };
                }
                shown.clone_from(&next);
            }
            let choice = self.choose(proposer, &next);
            steps = steps.checked_sub(choice.steps)?;
            hinges |= choice.hinges;
            if let Some(at) = choice.offer {
                next = self.worth.iter().map(|own| value(own, at)).collect();
                shown = self.shown.iter().map(|own| value(own, at)).collect();
                open = false;
            }
            rounds.push(Round { proposer, offer: choice.offer, values: shown.clone() });
        }
        rounds.reverse();
        Some((rounds, hinges))
    }

    fn swelling(&self, party: usize, round: usize) -> f64 {
        self.swollen.get(party).map_or(1.0, |all| value(all, round))
    }

    fn enough(&self, worth: f64, waiting: f64) -> bool {
        worth >= waiting - self.tolerance
    }

    /// Whether acceptance might be decided by rounding.
    fn close(&self, party: usize, worth: f64, waiting: f64) -> bool {
        // A product by 1 or of 0 is not rounded, so what is equal is equal.
        let exact =
            worth == waiting && (waiting == 0.0 || self.terms.discount.get(party).is_none_or(|factor| *factor == 1.0));
        !exact && (worth - waiting).abs() <= self.tolerance
    }

    /// The proposer's best point that nobody rejects.
    fn choose(&self, proposer: usize, waiting: &[f64]) -> Choice {
        if let [first, second] = self.worth.as_slice() {
            // Along the frontier the first party gets less and the second more.
            let (good, enough) = (value(waiting, 0), value(waiting, 1));
            let from = second.partition_point(|w| !self.enough(*w, enough));
            let to = first.partition_point(|w| self.enough(*w, good));
            let at = if proposer == 0 { Some(from) } else { to.checked_sub(1) };
            let hinges = second.get(from).is_some_and(|w| self.close(1, *w, enough))
                || to.checked_sub(1).and_then(|at| first.get(at)).is_some_and(|w| self.close(0, *w, good));
            let steps = 1 + u64::from(usize::BITS - first.len().leading_zeros()) * 2;
            return Choice { offer: at.filter(|_| from < to), hinges, steps };
        }
        let mut choice = Choice { offer: None, hinges: false, steps: 1 };
        let (Some(order), Some(own)) = (self.preferred.get(proposer), self.worth.get(proposer)) else { return choice };
        for at in order {
            choice.steps += self.worth.len() as u64;
            let pairs = || self.worth.iter().map(|all| value(all, *at)).zip(waiting).enumerate();
            choice.hinges |= pairs().any(|(party, (worth, waiting))| self.close(party, worth, *waiting));
            if !self.enough(value(own, *at), value(waiting, proposer)) {
                break;
            }
            if pairs().all(|(_, (worth, waiting))| self.enough(worth, *waiting)) {
                choice.offer = Some(*at);
                break;
            }
        }
        choice
    }
}

/// Utilities and one more as their places among all of them: the same comparisons, in small numbers.
fn ranks(utilities: Vec<i128>, one_more: i128) -> (Vec<f64>, f64) {
    let mut all = utilities.clone();
    all.push(one_more);
    all.sort_unstable();
    all.dedup();
    let rank = |utility: &i128| all.partition_point(|u| u < utility) as f64;
    (utilities.iter().map(rank).collect(), rank(&one_more))
}

/// One over the discount up to each round, party by party; nothing when nothing shrinks.
fn swollen(terms: &Terms) -> Vec<Vec<f64>> {
    let over = |factor: &f64| {
        let lefts = std::iter::successors(Some(1.0f64), |left| Some(left * factor));
        lefts.take(terms.rounds + 1).map(|left| 1.0 / left.max(f64::MIN_POSITIVE)).collect()
    };
    terms.discount.iter().map(over).collect()
}

fn value(all: &[f64], at: usize) -> f64 {
    all.get(at).copied().unwrap_or(0.0)
}

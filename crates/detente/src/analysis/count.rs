//! How many outcomes there are, and how many nobody would refuse, without going through them where that is possible.

use super::{Exactness, Finding, Limits, Made, ShareOf, enumerate};
use crate::game::{Formula, Outcome, Scenario, Stream};
use num_bigint::BigUint;
use num_traits::ToPrimitive;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Random outcomes drawn where no exact method is within the limits.
const DRAWS: u64 = 100_000;

/// The outcomes that keep the rules and give no party less than its reservation value.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Rational {
    /// How many, exactly, in decimal; `None` when the share was estimated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcomes: Option<String>,
    /// Their share of all outcomes of the space, 0 to 1.
    pub share: f64,
    /// Lower end of the 95 % interval of the share; the share where it is exact.
    pub low: f64,
    /// Upper end of it.
    pub high: f64,
}

/// How many outcomes keep the rules, exactly, in decimal. Rules over single issues cost nothing; issues tied together
/// by rules are gone through, `limits.steps` combinations at most for each group of issues so tied, else `None`.
///
/// ```
/// use detente::analysis::{Limits, permitted};
/// use detente::game::{Formula, Issue, Scenario, Space};
/// let issue = |id: &str| Issue::named(id, &["no", "yes"]);
/// let mut scenario = Scenario::new("s", Space { issues: vec![issue("a"), issue("b"), issue("c")] }, vec![]);
/// scenario.rules = vec![Formula::Or(vec![Formula::In(0, vec![0]), Formula::In(2, vec![1])])];
/// assert_eq!(permitted(&scenario, Limits::default()).as_deref(), Some("6"));
/// ```
#[must_use]
pub fn permitted(scenario: &Scenario, limits: Limits) -> Option<String> {
    let sizes: Vec<usize> = scenario.space.sizes().collect();
    // Each issue starts in a group of its own; a rule joins the groups of its issues.
    let mut group: Vec<usize> = (0..sizes.len()).collect();
    for rule in &scenario.rules {
        let scope: Vec<usize> = rule.scope().into_iter().filter(|i| *i < sizes.len()).collect();
        if let Some(first) = scope.first().map(|i| group[*i]) {
            let joined: Vec<usize> = scope.iter().map(|i| group[*i]).collect();
            group.iter_mut().filter(|g| joined.contains(g)).for_each(|g| *g = first);
        }
    }
    let mut total = BigUint::from(1u32);
    for name in 0..sizes.len() {
        let issues: Vec<usize> = (0..sizes.len()).filter(|i| group[*i] == name).collect();
        let rules: Vec<&Formula> =
            scenario.rules.iter().filter(|r| r.scope().iter().any(|i| issues.contains(i))).collect();
        total *= together(&issues, &rules, &sizes, limits.steps)?;
    }
    let nowhere = Outcome::new(vec![0; sizes.len()]);
    let outside = |rule: &&Formula| rule.scope().iter().all(|i| *i >= sizes.len());
    let never = scenario.rules.iter().filter(outside).any(|rule| !rule.holds(&nowhere));
    Some(if never { "0".to_string() } else { total.to_string() })
}

/// The combinations of values of a few issues that rules over them permit.
fn together(issues: &[usize], rules: &[&Formula], sizes: &[usize], steps: u64) -> Option<u64> {
    let count = issues.iter().try_fold(1u64, |n, i| n.checked_mul(sizes[*i] as u64));
    if rules.is_empty() || count == Some(0) {
        return count;
    }
    let count = count.filter(|n| *n <= steps)?;
    let mut digits = vec![0u16; sizes.len()];
    let mut kept = 0;
    for index in 0..count {
        let mut rest = index;
        for issue in issues {
            digits[*issue] = (rest % sizes[*issue] as u64) as u16;
            rest /= sizes[*issue] as u64;
        }
        let outcome = Outcome::new(digits.as_slice());
        kept += u64::from(rules.iter().all(|rule| rule.holds(&outcome)));
    }
    Some(kept)
}

/// How many outcomes keep the rules and give no party less than its reservation value.
///
/// Exact for additive scenarios whose utilities have few distinct sums (issue by issue, sums with their number of
/// outcomes); for one or two parties who could get less than their reservation value, also where the sums of each half
/// of the issues are no more than `limits.points` (the halves matched; Horowitz and Sahni 1974); and for any structure
/// with at most `limits.steps` outcomes. Else a share of 100 000 outcomes drawn at random with its 95 % interval.
#[must_use]
pub fn rational(scenario: &Scenario, limits: Limits, seed: u64) -> Finding<Rational> {
    let exact = |method: &str, count: BigUint| {
        let all: BigUint = scenario.space.count().parse().unwrap_or_default();
        let share = share(&count, &all);
        let answer = Rational { outcomes: Some(count.to_string()), share, low: share, high: share };
        let limits = vec![format!("{} points", limits.points), format!("{} outcomes", limits.steps)];
        Finding { answer, made: Made { method: method.to_string(), exactness: Exactness::Exact, limits, seed: None } }
    };
    if let Some(sums) = Sums::of(scenario) {
        if let Some(count) = sums.issue_by_issue(limits.points) {
            return exact("sums issue by issue, with the number of outcomes that have them", count);
        }
        if let Some(count) = sums.by_halves(limits.points) {
            return exact("the sums of two halves of the issues, matched", count);
        }
    }
    match enumerate::count(scenario, limits) {
        Some((_, rational)) => exact("every outcome, in blocks", BigUint::from(rational)),
        None => sampled(scenario, limits, seed),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share for showing")]
fn share(count: &BigUint, all: &BigUint) -> f64 {
    if *all == BigUint::ZERO {
        return 0.0;
    }
    // Nine digits after the point, whatever the size of the numbers.
    let scaled = count * BigUint::from(1_000_000_000u64) / all;
    scaled.to_u64().unwrap_or(0) as f64 / 1e9
}

fn sampled(scenario: &Scenario, limits: Limits, seed: u64) -> Finding<Rational> {
    let draws = DRAWS.min(limits.steps.max(1));
    let lane = Stream::lane("outcomes drawn for a share");
    let hit = |index: &u64| {
        let mut dice = Stream::new(seed, *index, lane);
        let digits: Vec<u16> = scenario.space.sizes().map(|size| dice.below(size as u64) as u16).collect();
        let outcome = Outcome::new(digits);
        let accepts = || scenario.parties.iter().all(|p| p.reservation.is_none_or(|r| p.utility.of(&outcome) >= r));
        scenario.permits(&outcome) && accepts()
    };
    let found = ShareOf::new((0..draws).filter(hit).count() as u64, draws);
    let answer = Rational { outcomes: None, share: found.share, low: found.low, high: found.high };
    let method = "outcomes drawn at random, each as likely".to_string();
    let exactness = Exactness::Sampled { draws, error: found.error() };
    let limits = vec![format!("{} points", limits.points), format!("{} outcomes", limits.steps)];
    Finding { answer, made: Made { method, exactness, limits, seed: Some(seed) } }
}

/// What each permitted value of each issue counts for the parties that could get less than their reservation value, and
/// how much they need.
#[derive(Debug)]
struct Sums {
    /// Issue, value, party: above the least of the issue.
    issues: Vec<Vec<Vec<i128>>>,
    /// Party: above the sum of the least.
    needs: Vec<i128>,
    /// Whether a party cannot get its reservation value at all.
    hopeless: bool,
}

impl Sums {
    /// `None` when the scenario is not additive or its numbers are too large to add.
    fn of(scenario: &Scenario) -> Option<Self> {
        const MOST: i128 = 1 << 124;
        if !scenario.is_additive() {
            return None;
        }
        let issues = scenario.space.issues.len();
        let at = |issue: usize, digit: u16| Outcome::new(vec![0; issues]).with(issue, digit);
        let keeps = |issue: usize, digit: u16| {
            let rules = scenario.rules.iter().filter(|r| r.scope() == [issue]);
            rules.into_iter().all(|rule| rule.holds(&at(issue, digit)))
        };
        let digits: Vec<Vec<u16>> = scenario
            .space
            .sizes()
            .enumerate()
            .map(|(issue, size)| (0..size as u16).filter(|d| keeps(issue, *d)).collect())
            .collect();
        let elsewhere = |rule: &&Formula| rule.scope().first().is_none_or(|i| *i >= issues);
        let nowhere = at(issues, 0);
        let mut sums = Sums {
            issues: digits.iter().map(|d| vec![Vec::new(); d.len()]).collect(),
            needs: Vec::new(),
            hopeless: scenario.rules.iter().filter(elsewhere).any(|rule| !rule.holds(&nowhere)),
        };
        for party in &scenario.parties {
            let Some(reservation) = party.reservation else { continue };
            let utility = &party.utility;
            let (low, high) = utility.range();
            if low.max(high).max(-low).max(reservation).max(reservation.saturating_neg()) >= MOST {
                return None;
            }
            sums.hopeless |= utility.cap.is_some_and(|cap| cap < reservation);
            let worth = |issue: usize, digit: u16| {
                utility.worth.get(issue).and_then(|v| v.get(usize::from(digit))).copied().unwrap_or(0)
            };
            let column: Vec<Vec<i128>> =
                digits.iter().enumerate().map(|(i, d)| d.iter().map(|d| worth(i, *d)).collect()).collect();
            let least: Vec<i128> = column.iter().map(|c| c.iter().copied().min().unwrap_or(0)).collect();
            let need = reservation - utility.constant - least.iter().sum::<i128>();
            if need <= 0 {
                continue;
            }
            sums.needs.push(need);
            for ((values, column), least) in sums.issues.iter_mut().zip(&column).zip(&least) {
                values.iter_mut().zip(column).for_each(|(value, w)| value.push(w - least));
            }
        }
        Some(sums)
    }

    /// Sums with the number of outcomes that have them, issue by issue. A party that has what it needs already counts as
    /// having just that; sums from which a party cannot get there any more are dropped.
    fn issue_by_issue(&self, most: usize) -> Option<BigUint> {
        if self.hopeless {
            return Some(BigUint::ZERO);
        }
        let parties = self.needs.len();
        // The most that the issues after each one still give.
        let mut ahead = vec![vec![0i128; parties]; self.issues.len() + 1];
        for (issue, values) in self.issues.iter().enumerate().rev() {
            for p in 0..parties {
                ahead[issue][p] = ahead[issue + 1][p] + values.iter().map(|v| v[p]).max().unwrap_or(0);
            }
        }
        let mut states: BTreeMap<Vec<i128>, BigUint> = BTreeMap::new();
        states.insert(vec![0; parties], BigUint::from(1u32));
        for (values, ahead) in self.issues.iter().zip(ahead.iter().skip(1)) {
            let mut next: BTreeMap<Vec<i128>, BigUint> = BTreeMap::new();
            for (sums, count) in &states {
                for value in values {
                    let reached: Vec<i128> =
                        sums.iter().zip(value).zip(&self.needs).map(|((s, v), need)| (s + v).min(*need)).collect();
                    if reached.iter().zip(ahead).zip(&self.needs).all(|((s, more), need)| s + more >= *need) {
                        *next.entry(reached).or_default() += count;
                    }
                }
                if next.len() > most.min(STATES) {
                    return None;
                }
            }
            states = next;
        }
        Some(states.values().sum())
    }

    /// Two halves of the issues, the sums of one matched with those of the other; for one or two parties.
    fn by_halves(&self, most: usize) -> Option<BigUint> {
        if self.needs.len() > 2 {
            return None;
        }
        let mut halves = [vec![Half { sums: [0; 2], count: 1 }], vec![Half { sums: [0; 2], count: 1 }]];
        for values in &self.issues {
            let [first, second] = &mut halves;
            let smaller = if first.len() <= second.len() { first } else { second };
            if smaller.len().checked_mul(values.len())? > most.saturating_mul(4) {
                return None;
            }
            let mut longer = Vec::with_capacity(smaller.len() * values.len());
            for half in smaller.iter() {
                for value in values {
                    let more = |p: usize| half.sums[p] + value.get(p).copied().unwrap_or(0);
                    longer.push(Half { sums: [more(0), more(1)], count: half.count });
                }
            }
            longer.sort_unstable_by_key(|half| half.sums);
            smaller.clear();
            for half in longer {
                match smaller.last_mut() {
                    Some(last) if last.sums == half.sums => last.count = last.count.checked_add(half.count)?,
                    _ => smaller.push(half),
                }
            }
            if smaller.len() > most {
                return None;
            }
        }
        let need = |p: usize| self.needs.get(p).copied().unwrap_or(0);
        let [first, mut second] = halves;
        // The first half from its least sum on; of the second, those that make up for what is missing, from the most on.
        second.sort_unstable_by_key(|half| std::cmp::Reverse(half.sums));
        let mut ranks: Vec<i128> = second.iter().map(|half| half.sums[1]).collect();
        ranks.sort_unstable();
        ranks.dedup();
        let mut tree = vec![0u128; ranks.len() + 1];
        let mut coming = second.iter().peekable();
        let mut total = BigUint::ZERO;
        for half in &first {
            // Sums of the first half grow, so what is needed of the second shrinks: once in, an entry stays in.
            while let Some(other) = coming.next_if(|other| half.sums[0] + other.sums[0] >= need(0)) {
                let mut at = ranks.len() - ranks.partition_point(|r| *r < other.sums[1]);
                while let Some(sum) = tree.get_mut(at) {
                    *sum += u128::from(other.count);
                    at += at & at.wrapping_neg();
                }
            }
            let least = need(1) - half.sums[1];
            let mut at = ranks.len() - ranks.partition_point(|r| *r < least);
            let mut matches = 0u128;
            while at > 0 {
                matches += tree.get(at).copied().unwrap_or(0);
                at &= at - 1;
            }
            if matches > 0 {
                total += BigUint::from(matches) * half.count;
            }
        }
        Some(total)
    }
}

/// Distinct sums beyond which issue by issue gives up and leaves it to halves.
const STATES: usize = 200_000;

/// A sum over half of the issues, and how many combinations have it.
#[derive(Debug, Clone, Copy)]
struct Half {
    sums: [i128; 2],
    count: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::judge::{self, Dice, Shape};

    fn additive(seed: u64) -> Scenario {
        let mut dice = Dice(Stream::new(seed, 11, 0));
        let (parties, caps) = (1 + dice.below(4), dice.chance(30));
        let mut scenario = judge::random(Shape { parties, outcomes: 250, caps, ..Shape::default() }, seed);
        if dice.chance(30) {
            let issue = dice.below(scenario.space.issues.len());
            scenario.rules.push(Formula::In(issue, vec![0, 2]));
        }
        for party in &mut scenario.parties {
            let (low, high) = party.utility.range();
            party.reservation = dice.chance(80).then(|| low + (high - low) * dice.below(11) as i128 / 10);
        }
        scenario
    }

    fn by_hand(scenario: &Scenario) -> usize {
        judge::all(scenario).iter().filter(|point| judge::rational(scenario, point)).count()
    }

    #[test]
    fn the_sums_agree_with_a_plain_count() {
        let mut halves = 0;
        for seed in 0..1500 {
            let scenario = additive(seed);
            let right = BigUint::from(by_hand(&scenario));
            let sums = Sums::of(&scenario).unwrap();
            assert_eq!(sums.issue_by_issue(usize::MAX), Some(right.clone()), "{scenario:?}");
            if !sums.hopeless
                && let Some(count) = sums.by_halves(usize::MAX)
            {
                assert_eq!(count, right, "{scenario:?}");
                halves += 1;
            }
            assert_eq!(rational(&scenario, Limits::default(), 1).answer.outcomes, Some(right.to_string()));
        }
        assert!(halves > 500);
    }

    #[test]
    fn rules_are_counted_by_the_issues_they_tie() {
        for seed in 0..500 {
            let shape = Shape { parties: 1, outcomes: 200, rules: true, zeros: true, ..Shape::default() };
            let scenario = judge::random(shape, seed);
            let right = judge::all(&scenario).len().to_string();
            assert_eq!(permitted(&scenario, Limits::default()), Some(right), "{scenario:?}");
            let count = rational(&scenario, Limits::default(), 1).answer;
            assert_eq!(count.outcomes, Some(by_hand(&scenario).to_string()));
        }
    }

    #[test]
    fn rules_beyond_the_space_are_counted_as_they_hold() {
        for seed in 0..300 {
            let mut scenario = if seed % 2 == 0 {
                additive(seed)
            } else {
                judge::random(Shape { parties: 2, outcomes: 100, rules: true, tables: true, ..Shape::default() }, seed)
            };
            let beyond = scenario.space.issues.len() + (seed % 5) as usize;
            let outside = Formula::In(beyond, vec![(seed / 2 % 2) as u16]);
            let inside = Formula::In(0, vec![0]);
            scenario.rules.push(match seed % 3 {
                0 => outside,
                1 => Formula::Or(vec![outside, inside]),
                _ => Formula::And(vec![outside, inside]),
            });
            assert_eq!(permitted(&scenario, Limits::default()), Some(judge::all(&scenario).len().to_string()));
            let count = rational(&scenario, Limits::default(), 1).answer.outcomes;
            assert_eq!(count, Some(by_hand(&scenario).to_string()), "{scenario:?}");
            let drawn = rational(&scenario, Limits { points: 0, steps: 0 }, 1).answer;
            assert!((0.0..=1.0).contains(&drawn.share));
        }
    }

    #[test]
    fn a_share_that_is_drawn_covers_the_exact_one() {
        let mut scenario = judge::large(3, 8, 10, 0, 5);
        scenario.parties.iter_mut().for_each(|p| p.reservation = Some(p.utility.range().1 / 2));
        let drawn = rational(&scenario, Limits { points: 100, steps: 5_000 }, 3);
        assert!(drawn.answer.outcomes.is_none() && matches!(drawn.made.exactness, Exactness::Sampled { .. }));
        // Two of the parties alone are counted exactly, and are an upper bound.
        scenario.parties.pop();
        let exact = rational(&scenario, Limits::default(), 3).answer;
        assert!(exact.outcomes.is_some() && exact.share > drawn.answer.low, "{exact:?} {drawn:?}");
        let two = rational(&scenario, Limits { points: 100, steps: 5_000 }, 4).answer;
        assert!(two.low <= exact.share && exact.share <= two.high, "{two:?} {exact:?}");
    }
}

//! Which issues vary within a block, which from block to block, and the block that the additive parts give.

use super::scale::Scale;
use super::terms::{Role, Term, holds};
use crate::game::{Formula, Scenario};

/// Outcomes per group: the filter skips a group at a time.
pub(super) const GROUP: usize = 64;
/// 32-bit numbers of a block, all parties together: as many as the nearest cache holds.
const BLOCK_NUMBERS: usize = 8192;
/// A block has no fewer outcomes than this for want of cache, however many parties there are.
const FEWEST_ENTRIES: usize = 1024;
/// Marks an outcome that breaks a rule: taken from every utility.
pub(super) const FORBIDDEN: i32 = 1 << 30;

/// How a space is gone through.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) scales: &'a [Scale],
    /// Parties in a block: the parties, filled up with parties who do not care.
    pub(super) width: usize,
    /// Outer issues, the slowest first, with the digits that rules over the issue alone permit.
    pub(super) levels: Vec<Level>,
    /// Inner issues.
    pub(super) inner: Vec<usize>,
    /// The digits of the inner issues for each entry of a block.
    pub(super) entries: Vec<Vec<u16>>,
    /// What inner issues count, in coarse numbers: group, party, place in the group.
    pub(super) columns: Vec<i32>,
    /// Terms over outer and inner issues or several outer ones.
    pub(super) terms: Vec<Term<'a>>,
    /// Parties with conditions that make their utility 0, in order.
    pub(super) zero_parties: Vec<usize>,
    /// For each of them, all ones where a condition over inner issues fails.
    pub(super) zero: Vec<Vec<i32>>,
    /// By how much a coarse sum may be too high, per party.
    pub(super) rounding: Vec<i32>,
}

/// An outer issue.
#[derive(Debug)]
pub(super) struct Level {
    pub(super) issue: usize,
    pub(super) digits: Vec<u16>,
    /// Terms all of whose outer issues have a value from here on.
    pub(super) terms: Vec<usize>,
}

impl<'a> Plan<'a> {
    /// A plan; `None` when there are too many parties.
    pub(super) fn new(scenario: &'a Scenario, scales: &'a [Scale], block: Option<usize>) -> Option<Self> {
        let width = match scales.len() {
            n @ 0..=8 => n.max(1),
            9..=16 => 16,
            17..=32 => 32,
            33..=64 => 64,
            _ => return None,
        };
        let rules: Vec<&Formula> = scenario.rules.iter().collect();
        let zero_parties: Vec<usize> =
            (0..scales.len()).filter(|p| !scenario.parties[*p].utility.zero_unless.is_empty()).collect();
        let mut terms: Vec<Term<'a>> = Vec::new();
        for (at, (profile, scale)) in scenario.parties.iter().zip(scales).enumerate() {
            terms.extend(profile.utility.parts.iter().map(|part| Term::part(at, part, scale)));
        }
        for (slot, party) in zero_parties.iter().enumerate() {
            let conditions = &scenario.parties[*party].utility.zero_unless;
            terms.extend(conditions.iter().map(|formula| Term::zero(slot, formula)));
        }
        let issues = scenario.space.issues.len();
        let single = |rule: &&&Formula| matches!(rule.scope()[..], [issue] if issue < issues);
        terms.extend(rules.iter().filter(|rule| !single(rule)).map(|rule| Term::rule(rule)));
        let digits = permitted(scenario, &rules);
        let (inner, outer) =
            split(scenario, &terms, block.unwrap_or_else(|| (BLOCK_NUMBERS / width).max(FEWEST_ENTRIES)));
        let rounding = scales.iter().map(|s| if s.shift == 0 { 0 } else { 3 }).collect();
        let levels = outer.iter().map(|i| Level { issue: *i, digits: digits[*i].clone(), terms: Vec::new() }).collect();
        let mut plan = Plan {
            scenario,
            scales,
            width,
            levels,
            inner,
            entries: Vec::new(),
            columns: Vec::new(),
            terms: Vec::new(),
            zero: vec![Vec::new(); zero_parties.len()],
            zero_parties,
            rounding,
        };
        plan.fill(terms, &digits);
        Some(plan)
    }

    /// Issue count of the space.
    pub(super) fn issues(&self) -> usize {
        self.scenario.space.issues.len()
    }

    /// Number of groups of a block.
    pub(super) fn groups(&self) -> usize {
        self.entries.len().div_ceil(GROUP)
    }

    /// Writes the entries of a block, and sorts terms into those that are done with and those that are not.
    fn fill(&mut self, terms: Vec<Term<'a>>, digits: &[Vec<u16>]) {
        let mut at = vec![usize::MAX; self.issues()];
        for (place, issue) in self.inner.iter().enumerate() {
            at[*issue] = place;
        }
        let size = |issue: usize| self.scenario.space.issues.get(issue).map_or(1, |i| i.values.len());
        let known = |issue: &usize| *issue < at.len();
        let outer_of = |term: &Term<'_>| -> Vec<(usize, usize)> {
            term.scope().into_iter().filter(|i| known(i) && at[*i] == usize::MAX).map(|i| (i, size(i))).collect()
        };
        let (inside, mut across): (Vec<_>, Vec<_>) = terms.into_iter().partition(|term| outer_of(term).is_empty());
        let mut scratch = vec![0u16; self.issues()];
        let mut rows: Vec<(Vec<u16>, Vec<i128>)> = Vec::new();
        let mut entry = vec![0usize; self.inner.len()];
        let choices: Vec<&Vec<u16>> = self.inner.iter().map(|i| &digits[*i]).collect();
        if choices.iter().all(|c| !c.is_empty()) {
            loop {
                for ((issue, choice), place) in self.inner.iter().zip(&choices).zip(&entry) {
                    scratch[*issue] = choice[*place];
                }
                let permitted = inside.iter().all(|t| t.role != Role::Rule || t.value(&scratch) == 1);
                if permitted {
                    let digits = self.inner.iter().map(|i| scratch[*i]).collect();
                    rows.push((digits, self.inner_sums(&inside, &scratch)));
                }
                let Some(place) = (0..entry.len()).rev().find(|p| entry[*p] + 1 < choices[*p].len()) else { break };
                entry[place] += 1;
                entry[place + 1..].fill(0);
            }
        }
        let parties = self.scales.len();
        let coarse = |row: u32, party: usize| self.scales[party].up(rows[row as usize].1[party]);
        let mut order: Vec<u32> = (0..rows.len() as u32).collect();
        cluster(&mut order, parties, &coarse);
        let mut columns = vec![0i32; order.len().div_ceil(GROUP) * GROUP * self.width];
        for (place, row) in order.iter().enumerate() {
            for party in 0..parties {
                columns[cell(place, party, self.width)] = coarse(*row, party);
            }
        }
        for place in order.len()..order.len().div_ceil(GROUP) * GROUP {
            (0..self.width).for_each(|party| columns[cell(place, party, self.width)] -= FORBIDDEN);
        }
        self.entries = order.iter().map(|row| rows[*row as usize].0.clone()).collect();
        self.columns = columns;
        for (slot, zero) in self.zero.iter_mut().enumerate() {
            for digits in &self.entries {
                self.inner.iter().zip(digits).for_each(|(issue, digit)| scratch[*issue] = *digit);
                let fails = inside.iter().any(|t| t.role == Role::Zero(slot) && t.value(&scratch) == 0);
                zero.push(-i32::from(fails));
            }
            zero.resize(self.entries.len().div_ceil(GROUP) * GROUP, 0);
        }
        for term in &mut across {
            let outer = outer_of(term);
            let inner = term.scope().into_iter().filter(|i| known(i) && at[*i] != usize::MAX).collect();
            term.place(outer, inner, &self.entries, &at);
            if let Role::Worth(party) = term.role
                && self.scales[party].shift > 0
            {
                self.rounding[party] += 1;
            }
        }
        for (index, term) in across.iter().enumerate() {
            let scope = term.scope();
            if let Some(level) = self.levels.iter_mut().rev().find(|level| scope.contains(&level.issue)) {
                level.terms.push(index);
            }
        }
        self.terms = across;
    }

    /// What the inner issues and the terms over them alone count for each party, in grains.
    fn inner_sums(&self, inside: &[Term<'_>], digits: &[u16]) -> Vec<i128> {
        let mut sums: Vec<i128> = self
            .scales
            .iter()
            .map(|scale| self.inner.iter().map(|i| scale.worth[*i][usize::from(digits[*i])]).sum())
            .collect();
        for term in inside {
            if let Role::Worth(party) = term.role {
                sums[party] += term.value(digits);
            }
        }
        sums
    }
}

/// Where a number of a block is.
pub(super) fn cell(place: usize, party: usize, width: usize) -> usize {
    (place / GROUP * width + party) * GROUP + place % GROUP
}

/// The digits of each issue that the rules over one issue permit.
fn permitted(scenario: &Scenario, rules: &[&Formula]) -> Vec<Vec<u16>> {
    let mut digits: Vec<Vec<u16>> = scenario.space.sizes().map(|size| (0..size).map(|d| d as u16).collect()).collect();
    let mut scratch = vec![0u16; digits.len()];
    for rule in rules {
        if let [issue] = rule.scope()[..]
            && let Some(digits) = digits.get_mut(issue)
        {
            digits.retain(|digit| {
                scratch[issue] = *digit;
                holds(rule, &scratch)
            });
        }
    }
    digits
}

/// The inner issues, in order, and the outer ones, those that most terms speak of first.
fn split(scenario: &Scenario, terms: &[Term<'_>], most: usize) -> (Vec<usize>, Vec<usize>) {
    let sizes: Vec<usize> = scenario.space.sizes().collect();
    let scopes: Vec<Vec<usize>> = terms.iter().map(Term::scope).filter(|s| s.len() > 1).collect();
    let busy = |issue: usize| scopes.iter().filter(|s| s.contains(&issue)).count();
    // Issues with one value do not make a block larger.
    let mut inner: Vec<usize> = (0..sizes.len()).filter(|i| sizes[*i] <= 1).collect();
    let mut left: Vec<usize> = (0..sizes.len()).filter(|i| sizes[*i] > 1).collect();
    let mut entries = 1usize;
    // Terms over inner issues alone are computed once, so issues with terms in common go together.
    let shared = |issue: usize, inner: &[usize]| {
        scopes
            .iter()
            .filter(|s| s.contains(&issue))
            .map(|s| s.iter().filter(|i| inner.contains(i)).count())
            .sum::<usize>()
    };
    loop {
        let fits = |i: &usize| entries * sizes[*i] <= most || entries == 1;
        let best = left.iter().copied().filter(fits).max_by_key(|i| (shared(*i, &inner), busy(*i), sizes[*i], *i));
        let Some(best) = best else { break };
        entries *= sizes[best];
        left.retain(|i| *i != best);
        inner.push(best);
    }
    left.sort_by_key(|i| (usize::MAX - busy(*i), *i));
    (inner, left)
}

/// Orders items so that each group of [`GROUP`] holds items with like utilities: halves again and again along the
/// party whose utilities differ most.
pub(super) fn cluster(items: &mut [u32], parties: usize, value: &dyn Fn(u32, usize) -> i32) {
    if items.len() <= GROUP {
        items.sort_unstable();
        return;
    }
    let spread = |party: &usize| {
        let values = || items.iter().map(|i| i64::from(value(*i, *party)));
        values().max().unwrap_or(0) - values().min().unwrap_or(0)
    };
    let widest = (0..parties).rev().max_by_key(spread).unwrap_or(0);
    let middle = items.len().div_ceil(2 * GROUP) * GROUP;
    let key = |item: &u32| (if parties == 0 { 0 } else { -value(*item, widest) }, *item);
    items.select_nth_unstable_by_key(middle.min(items.len() - 1), key);
    let (first, second) = items.split_at_mut(middle.min(items.len()));
    cluster(first, parties, value);
    cluster(second, parties, value);
}

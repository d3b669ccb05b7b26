//! An additive utility as steps of a grid: what every structure is built from.
//!
//! Every sum is `base + grid * steps` with `steps` from 0 on, where `grid` is the greatest common divisor
//! of the differences between the values of an issue. Coarse utilities thus have small steps whatever
//! their unit.

use super::Stopped;
use crate::game::{Formula, Outcome, Space, Utility};
use num_integer::Integer;

/// Sums beyond this could overflow.
const MOST: i128 = 1 << 125;
/// More issues than this are not searched.
const MOST_ISSUES: usize = 1_000;

/// A value of an issue.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice {
    pub(super) digit: u16,
    /// How much more than the least value of its issue it counts.
    pub(super) steps: i128,
}

/// The values that rules permit, with what they count.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    /// Issue by issue, by digit.
    pub(super) choices: Vec<Vec<Choice>>,
    /// What a step counts.
    pub(super) grid: i128,
    /// The least sum.
    pub(super) base: i128,
    /// The most steps that the issues from this one on can make; one entry more than there are issues.
    pub(super) reach: Vec<i128>,
    /// From this many steps on the cap cuts, to this utility.
    pub(super) ceiling: Option<(i128, i128)>,
}

/// The digits of each issue that rules of one issue permit.
pub(super) fn permitted(space: &Space, rules: &[Formula]) -> Vec<Vec<u16>> {
    let plain = Outcome::new(vec![0; space.issues.len()]);
    let never = rules.iter().any(|r| r.scope().is_empty() && !r.holds(&plain));
    let of = |(issue, size): (usize, usize)| {
        let own: Vec<&Formula> = rules.iter().filter(|r| r.scope() == [issue]).collect();
        let all = (0..size).filter_map(|d| u16::try_from(d).ok());
        all.filter(|d| !never && own.iter().all(|r| r.holds(&plain.with(issue, *d)))).collect()
    };
    let mut digits: Vec<Vec<u16>> = space.sizes().enumerate().map(of).collect();
    if never && digits.is_empty() {
        digits.push(Vec::new());
    }
    digits
}

/// Whether sums of a utility are far from overflowing, and its issues are not too many.
pub(super) fn check(space: &Space, utility: &Utility) -> Result<(), Stopped> {
    let (low, high) = utility.range();
    let size = |w: &i128| w.checked_abs().unwrap_or(i128::MAX);
    let largest = |v: &Vec<i128>| v.iter().map(size).max().unwrap_or(0);
    let total = utility.worth.iter().map(largest).fold(size(&utility.constant), i128::saturating_add);
    let cap = utility.cap.map_or(0, |c| size(&c));
    if [size(&low), size(&high), total, cap].iter().any(|w| *w > MOST) {
        return Err(Stopped::at("utilities beyond 2^125"));
    }
    if space.issues.len() > MOST_ISSUES {
        return Err(Stopped::at(format!("more than {MOST_ISSUES} issues")));
    }
    Ok(())
}

impl Columns {
    /// The columns of an additive utility over digits that [`permitted`] gave, in the range that [`check`] checks.
    pub(super) fn of(utility: &Utility, digits: &[Vec<u16>]) -> Self {
        let worth =
            |issue: usize, d: u16| utility.worth.get(issue).and_then(|v| v.get(usize::from(d))).copied().unwrap_or(0);
        let (mut base, mut grid) = (utility.constant, 0i128);
        let mut choices: Vec<Vec<Choice>> = Vec::with_capacity(digits.len());
        for (issue, digits) in digits.iter().enumerate() {
            let least = digits.iter().map(|d| worth(issue, *d)).min().unwrap_or(0);
            base += least;
            let column: Vec<Choice> =
                digits.iter().map(|d| Choice { digit: *d, steps: worth(issue, *d) - least }).collect();
            grid = column.iter().fold(grid, |grid, c| grid.gcd(&c.steps));
            choices.push(column);
        }
        let grid = grid.max(1);
        for choice in choices.iter_mut().flatten() {
            choice.steps /= grid;
        }
        let mut columns = Columns { choices, grid, base, reach: Vec::new(), ceiling: None };
        columns.measure();
        let cut = utility.cap.map(|cap| (((cap - base).div_ceil_to(grid)).max(0), cap));
        columns.ceiling = cut.filter(|(from, _)| *from <= columns.most());
        columns
    }

    /// The same with steps `coarser` times as large, rounded down. The ceiling is left out.
    pub(super) fn coarsened(&self, coarser: i128) -> Self {
        let mut columns = Columns { ceiling: None, ..self.clone() };
        for choice in columns.choices.iter_mut().flatten() {
            choice.steps /= coarser;
        }
        columns.measure();
        columns
    }

    fn measure(&mut self) {
        self.reach = vec![0; self.choices.len() + 1];
        let mut rest = 0;
        for (at, column) in self.choices.iter().enumerate().rev() {
            rest += column.iter().map(|c| c.steps).max().unwrap_or(0);
            if let Some(reach) = self.reach.get_mut(at) {
                *reach = rest;
            }
        }
    }

    /// The most steps.
    pub(super) fn most(&self) -> i128 {
        self.reach.first().copied().unwrap_or(0)
    }

    /// The most steps that tell outcomes apart: those at which the cap begins to cut, else the most.
    pub(super) fn top(&self) -> i128 {
        self.ceiling.map_or(self.most(), |(from, _)| from)
    }

    /// The number of outcomes.
    pub(super) fn count(&self) -> Option<u128> {
        self.choices.iter().try_fold(1u128, |n, c| n.checked_mul(c.len() as u128))
    }

    /// Whether there is no outcome.
    pub(super) fn none(&self) -> bool {
        self.choices.iter().any(Vec::is_empty)
    }

    /// The utility of so many steps.
    pub(super) fn utility(&self, steps: i128) -> i128 {
        match self.ceiling {
            Some((from, cap)) if steps >= from => cap,
            _ => self.base + self.grid * steps,
        }
    }

    /// The fewest steps with at least this utility, from 0 to one more than [`Columns::top`].
    pub(super) fn steps_from(&self, utility: i128) -> i128 {
        match self.ceiling {
            Some((_, cap)) if utility > cap => self.top() + 1,
            _ => utility.saturating_sub(self.base).div_ceil_to(self.grid).clamp(0, self.top() + 1),
        }
    }

    /// The first outcome in order whose steps are at least this many.
    pub(super) fn first_from(&self, steps: i128) -> Option<Outcome> {
        let mut all = Lexicographic::default();
        all.next(self, |level, sum| sum + self.reach.get(level).copied().unwrap_or(0) >= steps)
    }

    /// The steps of one choice per issue.
    pub(super) fn steps(&self, picks: &[usize]) -> i128 {
        self.choices.iter().zip(picks).map(|(column, pick)| column.get(*pick).map_or(0, |c| c.steps)).sum()
    }

    /// The outcome of one choice per issue.
    pub(super) fn outcome(&self, picks: &[usize]) -> Outcome {
        let digit = |(column, pick): (&Vec<Choice>, &usize)| column.get(*pick).map_or(0, |c| c.digit);
        Outcome::new(self.choices.iter().zip(picks).map(digit).collect::<Vec<u16>>())
    }
}

/// Division that rounds up.
pub(super) trait DivCeil {
    fn div_ceil_to(self, by: Self) -> Self;
}

impl DivCeil for i128 {
    fn div_ceil_to(self, by: i128) -> i128 {
        let down = self.div_euclid(by);
        if self.rem_euclid(by) == 0 { down } else { down + 1 }
    }
}

/// Outcomes in lexicographic order whose beginnings are all feasible.
#[derive(Debug, Clone, Default)]
pub(super) struct Lexicographic {
    picks: Vec<usize>,
    sums: Vec<i128>,
    begun: bool,
}

impl Lexicographic {
    /// The next outcome. `feasible(issue, steps)`: whether the issues before this one may make so many steps;
    /// the same at every call. Where it is true exactly when an outcome completes it, no step is in vain.
    pub(super) fn next(&mut self, columns: &Columns, feasible: impl Fn(usize, i128) -> bool) -> Option<Outcome> {
        let issues = columns.choices.len();
        let (mut level, mut from) = (0, 0);
        if self.begun {
            level = issues.checked_sub(1)?;
            from = self.picks.get(level)? + 1;
        } else {
            self.begun = true;
            if !feasible(0, 0) {
                return None;
            }
            (self.picks, self.sums) = (vec![0; issues], vec![0; issues + 1]);
            if issues == 0 {
                return Some(Outcome::new(Vec::new()));
            }
        }
        loop {
            let so_far = *self.sums.get(level)?;
            let mut rest = columns.choices.get(level)?.iter().enumerate().skip(from);
            match rest.find(|(_, c)| feasible(level + 1, so_far + c.steps)) {
                Some((at, choice)) => {
                    *self.picks.get_mut(level)? = at;
                    level += 1;
                    *self.sums.get_mut(level)? = so_far + choice.steps;
                    from = 0;
                    if level == issues {
                        return Some(columns.outcome(&self.picks));
                    }
                }
                None if level == 0 => {
                    // Exhausted: no call after this one finds anything.
                    self.picks.clear();
                    return None;
                }
                None => {
                    level -= 1;
                    from = self.picks.get(level)? + 1;
                }
            }
        }
    }
}

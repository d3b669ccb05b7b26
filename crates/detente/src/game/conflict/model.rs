//! A conflict in option form: states are outcomes, and each issue is moved by those who hold it.

use super::{Preference, Strength};
use crate::game::{Formula, Outcome, Space};
use std::sync::Arc;

/// A conflict in option form.
///
/// A state is an outcome of the space that keeps every rule. A decision maker moves from a state to any other state
/// that differs only on issues that it alone holds, each changed as its [`Moves`] allow; states in between need not
/// be feasible (Fang, Hipel and Kilgour 1993, after Howard 1971).
///
/// States are numbered with the first issue fastest: with issues of two values this is the decimal code of the field,
/// the first option being the lowest bit. The *ordinal* of a state counts feasible states in that order, from 1.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// Issues with their values; an option of the field is an issue with two values, N and Y.
    pub space: Arc<Space>,
    /// The decision makers.
    pub makers: Vec<Maker>,
    /// Who moves each issue, and how. One per issue of the space.
    pub control: Vec<Control>,
    /// A state is feasible when all of these hold.
    pub rules: Vec<Formula>,
}

/// A decision maker.
#[derive(Debug, Clone)]
pub struct Maker {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it prefers.
    pub preference: Preference,
    /// When it prefers strongly.
    pub strength: Strength,
    /// Which of two states it prefers is not known when one meets the first condition of a pair and the other the second.
    pub unknown: Vec<(Formula, Formula)>,
    /// States that it does not see: it moves neither to nor from them (misperception).
    pub unseen: Option<Formula>,
}

/// Who moves an issue, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// Positions of the decision makers that hold it, in increasing order: one moves it alone; several move it only
    /// together, by consent; nobody leaves it as it is.
    pub holders: Vec<usize>,
    /// Which changes of its value are possible.
    pub moves: Moves,
}

/// Which changes of the value of an issue are possible.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Moves {
    /// All.
    #[default]
    Free,
    /// Only to a later value: an option once taken cannot be taken back.
    Rising,
    /// Only to an earlier value.
    Falling,
    /// Only these, from a digit to a digit, and what follows from them: the list is closed under repetition.
    Only(Vec<(u16, u16)>),
}

/// What keeps a conflict from being studied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// There is no decision maker.
    NoMaker,
    /// A decision maker holds no issue alone, and none together with others.
    HoldsNothing(usize),
    /// An issue has no holder: its position.
    NoHolder(usize),
    /// An issue names a holder that is not there.
    UnknownHolder(usize),
    /// The number of issues and of controls differ.
    Misfit,
    /// More statements than [`Preference::MOST_STATEMENTS`]: the decision maker and their number.
    TooManyStatements(usize, usize),
    /// An issue has no values.
    NoValues(usize),
    /// Changes of an issue given one by one do not hold together: from `a` to `b` and from `b` to `c`, but not from
    /// `a` to `c`. The issue.
    NotClosed(usize),
}

impl Moves {
    /// Whether a change from one digit to another, different one is possible.
    #[must_use]
    pub fn allow(&self, from: u16, to: u16) -> bool {
        from != to
            && match self {
                Moves::Free => true,
                Moves::Rising => to > from,
                Moves::Falling => to < from,
                Moves::Only(pairs) => pairs.contains(&(from, to)),
            }
    }
}

impl Conflict {
    /// Whether the outcome is a state: within the space, and keeping every rule.
    #[must_use]
    pub fn feasible(&self, state: &Outcome) -> bool {
        state.digits().len() == self.space.issues.len()
            && state.digits().iter().zip(self.space.sizes()).all(|(d, size)| usize::from(*d) < size)
            && self.rules.iter().all(|rule| rule.holds(state))
    }

    /// Positions of the issues that a decision maker holds alone.
    pub fn own(&self, maker: usize) -> impl Iterator<Item = usize> + '_ {
        self.control.iter().enumerate().filter(move |(_, c)| c.holders == [maker]).map(|(at, _)| at)
    }

    /// The score that a decision maker gives a state.
    #[must_use]
    pub fn score(&self, maker: usize, state: &Outcome) -> i128 {
        self.makers.get(maker).map_or(0, |m| m.preference.score(state))
    }

    /// Whether a decision maker sees a state.
    #[must_use]
    pub fn sees(&self, maker: usize, state: &Outcome) -> bool {
        self.makers.get(maker).and_then(|m| m.unseen.as_ref()).is_none_or(|unseen| !unseen.holds(state))
    }

    /// The number of a state, the first issue fastest; `None` beyond 64 bits or outside the space.
    #[must_use]
    pub fn index(&self, state: &Outcome) -> Option<u64> {
        let mut index = 0u64;
        for (digit, size) in state.digits().iter().zip(&self.space.issues).rev() {
            let size = size.values.len();
            if usize::from(*digit) >= size {
                return None;
            }
            index = index.checked_mul(size as u64)?.checked_add(u64::from(*digit))?;
        }
        Some(index)
    }

    /// The outcome of a number, the first issue fastest.
    #[must_use]
    pub fn outcome(&self, mut index: u64) -> Outcome {
        let digits = self.space.sizes().map(|size| {
            let size = (size as u64).max(1);
            let digit = index % size;
            index /= size;
            u16::try_from(digit).unwrap_or(u16::MAX)
        });
        Outcome::new(digits.collect::<Vec<u16>>())
    }

    /// Everything that keeps the conflict from being studied; empty when nothing does. That some state is feasible is
    /// not looked at: engines find that out.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.makers.is_empty() {
            faults.push(Fault::NoMaker);
        }
        if self.control.len() != self.space.issues.len() {
            faults.push(Fault::Misfit);
        }
        for (issue, control) in self.control.iter().enumerate() {
            if self.space.issues.get(issue).is_some_and(|i| i.values.is_empty()) {
                faults.push(Fault::NoValues(issue));
            }
            if control.holders.is_empty() {
                faults.push(Fault::NoHolder(issue));
            }
            if control.holders.iter().any(|h| *h >= self.makers.len()) {
                faults.push(Fault::UnknownHolder(issue));
            }
            if let Moves::Only(pairs) = &control.moves {
                let open =
                    |(a, b): &(u16, u16)| pairs.iter().any(|(c, d)| c == b && d != a && !pairs.contains(&(*a, *d)));
                if pairs.iter().any(open) {
                    faults.push(Fault::NotClosed(issue));
                }
            }
        }
        for (at, maker) in self.makers.iter().enumerate() {
            if !self.control.iter().any(|c| c.holders.contains(&at)) {
                faults.push(Fault::HoldsNothing(at));
            }
            if let Preference::Statements(all) = &maker.preference
                && all.len() > Preference::MOST_STATEMENTS
            {
                faults.push(Fault::TooManyStatements(at, all.len()));
            }
        }
        faults
    }
}

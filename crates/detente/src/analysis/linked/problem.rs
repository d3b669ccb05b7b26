//! A scenario as the engines for linked issues see it: values that are left, what each counts by itself, and
//! terms over several issues.

use crate::analysis::number::Whole;
use crate::game::{Formula, Outcome, Part, Scenario};
use std::sync::Arc;

/// What a term does to an outcome when it applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Effect<T, const N: usize> {
    /// What it counts for each party.
    pub(crate) gain: [T; N],
    /// Whose utility becomes 0: a bit per party that has such conditions, in their order.
    pub(crate) zeroes: u32,
    /// Whether the outcome is no agreement at all.
    pub(crate) forbids: bool,
}

/// A condition in which `not` is only at the values.
#[derive(Debug, Clone)]
pub(crate) enum Plain {
    Constant(bool),
    /// The issue has a digit for which the entry is true.
    Literal(usize, Arc<[bool]>),
    All(Vec<Plain>),
    Any(Vec<Plain>),
}

/// One side of a [`Region`].
#[derive(Debug, Clone)]
pub(crate) struct Side {
    pub(crate) issue: usize,
    /// By digit.
    pub(crate) inside: Arc<[bool]>,
}

/// A hyper-rectangle: the effect applies where every issue is inside.
#[derive(Debug, Clone)]
pub(crate) struct Region<T, const N: usize> {
    pub(crate) sides: Vec<Side>,
    pub(crate) effect: Effect<T, N>,
}

/// One effect per combination of the values left, the last issue fastest.
#[derive(Debug, Clone)]
pub(crate) struct Table<T, const N: usize> {
    pub(crate) scope: Vec<usize>,
    pub(crate) sizes: Vec<usize>,
    pub(crate) entries: Vec<Effect<T, N>>,
}

/// A term over too many combinations to write down.
#[derive(Debug, Clone)]
pub(crate) struct Wide<T, const N: usize> {
    pub(crate) scope: Vec<usize>,
    pub(crate) what: What,
    /// The effect where the condition holds.
    pub(crate) effect: Effect<T, N>,
}

/// What a [`Wide`] term looks at.
#[derive(Debug, Clone)]
pub(crate) enum What {
    Condition(Plain),
    /// A table of a party as the scenario has it.
    Table(Arc<Part>, usize),
}

/// The whole.
#[derive(Debug, Clone)]
pub(crate) struct Problem<T, const N: usize> {
    /// What holds for every outcome.
    pub(crate) base: Effect<T, N>,
    /// The digits left of each issue, in increasing order.
    pub(crate) values: Vec<Vec<u16>>,
    /// What each of them counts by itself.
    pub(crate) worth: Vec<Vec<[T; N]>>,
    pub(crate) regions: Vec<Region<T, N>>,
    pub(crate) tables: Vec<Table<T, N>>,
    pub(crate) wide: Vec<Wide<T, N>>,
    /// The parties whose utility can become 0, one bit of [`Effect::zeroes`] each.
    pub(crate) zeroed: Vec<usize>,
    /// Whose utility is 0 for every outcome left.
    pub(crate) nil: [bool; N],
    /// The caps.
    pub(crate) caps: [Option<T>; N],
}

impl<T: Whole, const N: usize> Effect<T, N> {
    pub(crate) fn nothing() -> Self {
        Effect { gain: [T::default(); N], zeroes: 0, forbids: false }
    }

    pub(crate) fn gain(gain: [T; N]) -> Self {
        Effect { gain, ..Self::nothing() }
    }

    pub(crate) fn add(&mut self, other: &Self) {
        plus(&mut self.gain, &other.gain);
        self.zeroes |= other.zeroes;
        self.forbids |= other.forbids;
    }

    pub(crate) fn gains_nothing(&self) -> bool {
        self.gain == [T::default(); N]
    }

    pub(crate) fn is_nothing(&self) -> bool {
        self.gains_nothing() && self.zeroes == 0 && !self.forbids
    }

    pub(crate) fn opposite(&self) -> [T; N] {
        self.gain.map(|g| -g)
    }
}

/// Adds component by component.
#[inline]
pub(crate) fn plus<T: Whole, const N: usize>(to: &mut [T; N], from: &[T; N]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += *from;
    }
}

impl Plain {
    /// Of a formula or of its opposite. An issue that is not there has the digit 0, as [`Formula::holds`] has it.
    pub(crate) fn of(formula: &Formula, opposite: bool, sizes: &[usize]) -> Plain {
        let all = |of: &[Formula]| of.iter().map(|f| Plain::of(f, opposite, sizes)).collect();
        match formula {
            Formula::Constant(holds) => Plain::Constant(*holds != opposite),
            Formula::In(issue, digits) => {
                let has = |digit: u16| digits.binary_search(&digit).is_ok() != opposite;
                match sizes.get(*issue) {
                    Some(size) => Plain::Literal(*issue, (0..=u16::MAX).take(*size).map(has).collect()),
                    None => Plain::Constant(has(0)),
                }
            }
            Formula::Not(inner) => Plain::of(inner, !opposite, sizes),
            Formula::And(of) if opposite => Plain::Any(all(of)),
            Formula::And(of) => Plain::All(all(of)),
            Formula::Or(of) if opposite => Plain::All(all(of)),
            Formula::Or(of) => Plain::Any(all(of)),
        }
    }

    /// The same over the values left, without what is decided and with one literal per issue on each level.
    pub(crate) fn simplified(self, values: &[Vec<u16>]) -> Plain {
        match self {
            Plain::Constant(_) => self,
            Plain::Literal(issue, inside) => {
                let left = values.get(issue).map_or(&[][..], Vec::as_slice);
                match left.iter().filter(|d| at(&inside, **d)).count() {
                    0 => Plain::Constant(false),
                    n if n == left.len() => Plain::Constant(true),
                    _ => Plain::Literal(issue, inside),
                }
            }
            Plain::All(all) => Plain::joined(all, values, true),
            Plain::Any(any) => Plain::joined(any, values, false),
        }
    }

    /// `neutral` is true for all-of and false for any-of.
    fn joined(terms: Vec<Plain>, values: &[Vec<u16>], neutral: bool) -> Plain {
        let mut flat: Vec<Plain> = Vec::with_capacity(terms.len());
        for term in terms {
            match (term.simplified(values), neutral) {
                (Plain::Constant(holds), _) if holds == neutral => {}
                (Plain::Constant(holds), _) => return Plain::Constant(holds),
                (Plain::All(inner), true) | (Plain::Any(inner), false) => flat.extend(inner),
                (other, _) => flat.push(other),
            }
        }
        let mut merged: Vec<Plain> = Vec::with_capacity(flat.len());
        let mut shrunk = false;
        for term in flat {
            if let Plain::Literal(issue, inside) = &term {
                let same = merged.iter_mut().find_map(|m| match m {
                    Plain::Literal(i, has) if i == issue => Some(has),
                    _ => None,
                });
                if let Some(has) = same {
                    let both = |(a, b): (&bool, &bool)| if neutral { *a && *b } else { *a || *b };
                    *has = has.iter().zip(inside.iter()).map(both).collect();
                    shrunk = true;
                    continue;
                }
            }
            merged.push(term);
        }
        if shrunk {
            // A merged literal may have become a constant.
            return Plain::joined(merged, values, neutral);
        }
        match merged.len() {
            0 => Plain::Constant(neutral),
            1 => merged.swap_remove(0),
            _ if neutral => Plain::All(merged),
            _ => Plain::Any(merged),
        }
    }

    fn collect_scope(&self, into: &mut Vec<usize>) {
        match self {
            Plain::Constant(_) => {}
            Plain::Literal(issue, _) => into.push(*issue),
            Plain::All(of) | Plain::Any(of) => of.iter().for_each(|p| p.collect_scope(into)),
        }
    }

    /// The issues it speaks of, sorted, each once.
    pub(crate) fn scope(&self) -> Vec<usize> {
        let mut scope = Vec::new();
        self.collect_scope(&mut scope);
        scope.sort_unstable();
        scope.dedup();
        scope
    }

    /// Whether it holds for digits.
    pub(crate) fn holds(&self, digits: &[u16]) -> bool {
        match self {
            Plain::Constant(holds) => *holds,
            Plain::Literal(issue, inside) => at(inside, digits.get(*issue).copied().unwrap_or(0)),
            Plain::All(all) => all.iter().all(|p| p.holds(digits)),
            Plain::Any(any) => any.iter().any(|p| p.holds(digits)),
        }
    }
}

/// Whether a digit is inside; digits that are not there are outside.
#[inline]
pub(crate) fn at(inside: &[bool], digit: u16) -> bool {
    inside.get(usize::from(digit)).copied().unwrap_or(false)
}

impl<T: Whole, const N: usize> Problem<T, N> {
    /// Of a scenario with at most `N` parties; parties that are missing have the utility 0.
    pub(crate) fn of(scenario: &Scenario) -> Self {
        let sizes: Vec<usize> = scenario.space.sizes().map(|s| s.min(1 << 16)).collect();
        let mut base = Effect::nothing();
        let mut caps = [None; N];
        for ((party, gain), cap) in scenario.parties.iter().zip(&mut base.gain).zip(&mut caps) {
            *gain = T::from_wide(party.utility.constant);
            *cap = party.utility.cap.map(T::from_wide);
        }
        let worth_of = |issue: usize, digit: usize| {
            let mut worth = [T::default(); N];
            for (party, worth) in scenario.parties.iter().zip(&mut worth) {
                *worth =
                    party.utility.worth.get(issue).and_then(|v| v.get(digit)).copied().map_or(*worth, T::from_wide);
            }
            worth
        };
        let worth = sizes.iter().enumerate().map(|(issue, size)| (0..*size).map(|d| worth_of(issue, d)).collect());
        let mut problem = Problem {
            base,
            values: sizes.iter().map(|size| (0..=u16::MAX).take(*size).collect()).collect(),
            worth: worth.collect(),
            regions: Vec::new(),
            tables: Vec::new(),
            wide: Vec::new(),
            zeroed: Vec::new(),
            nil: [false; N],
            caps,
        };
        let forbids = Effect { forbids: true, ..Effect::nothing() };
        for rule in &scenario.rules {
            problem.when(Plain::of(rule, true, &sizes), forbids);
        }
        for (at, party) in scenario.parties.iter().enumerate().take(N) {
            problem.add_party(at, party, &sizes);
        }
        problem
    }

    fn add_party(&mut self, at: usize, party: &crate::game::Profile, sizes: &[usize]) {
        for part in &party.utility.parts {
            match part {
                Part::When(formula, worth) => {
                    let mut effect = Effect::nothing();
                    if let Some(gain) = effect.gain.get_mut(at) {
                        *gain = T::from_wide(*worth);
                    }
                    self.when(Plain::of(formula, false, sizes), effect);
                }
                Part::Table { .. } => {
                    let scope = part.scope().into_iter().filter(|i| *i < sizes.len()).collect();
                    let what = What::Table(Arc::new(part.clone()), at);
                    self.wide.push(Wide { scope, what, effect: Effect::nothing() });
                }
            }
        }
        if !party.utility.zero_unless.is_empty() && self.zeroed.len() < 32 {
            let zeroes = 1u32 << self.zeroed.len();
            self.zeroed.push(at);
            for condition in &party.utility.zero_unless {
                self.when(Plain::of(condition, true, sizes), Effect { zeroes, ..Effect::nothing() });
            }
        }
    }

    /// Adds an effect that applies where a condition holds.
    pub(crate) fn when(&mut self, condition: Plain, effect: Effect<T, N>) {
        if effect.is_nothing() {
            return;
        }
        let side = |p: &Plain, opposite: bool| match p {
            Plain::Literal(issue, inside) => {
                Some(Side { issue: *issue, inside: inside.iter().map(|i| *i != opposite).collect() })
            }
            _ => None,
        };
        let sides = |of: &[Plain], opposite: bool| of.iter().map(|p| side(p, opposite)).collect::<Option<Vec<Side>>>();
        let condition = condition.simplified(&self.values);
        match &condition {
            Plain::Constant(true) => self.base.add(&effect),
            Plain::Constant(false) => {}
            Plain::Literal(..) => {
                self.regions.extend(side(&condition, false).map(|s| Region { sides: vec![s], effect }));
            }
            Plain::Any(any) if effect.gains_nothing() => {
                // Forbidding twice is forbidding once, so alternatives come apart.
                any.iter().for_each(|p| self.when(p.clone(), effect));
            }
            Plain::All(all) => match sides(all, false) {
                Some(sides) => self.regions.push(Region { sides, effect }),
                None => self.push_wide(condition, effect),
            },
            Plain::Any(any) => match sides(any, true) {
                Some(sides) => {
                    // Everywhere, except where none of them holds.
                    plus(&mut self.base.gain, &effect.gain);
                    self.regions.push(Region { sides, effect: Effect::gain(effect.opposite()) });
                }
                None => self.push_wide(condition, effect),
            },
        }
    }

    /// Every effect of the problem.
    pub(crate) fn effects_mut(&mut self) -> impl Iterator<Item = &mut Effect<T, N>> {
        let regions = self.regions.iter_mut().map(|r| &mut r.effect);
        let tables = self.tables.iter_mut().flat_map(|t| &mut t.entries);
        let wide = self.wide.iter_mut().map(|w| &mut w.effect);
        regions.chain(tables).chain(wide).chain(std::iter::once(&mut self.base))
    }

    fn push_wide(&mut self, condition: Plain, effect: Effect<T, N>) {
        self.wide.push(Wide { scope: condition.scope(), what: What::Condition(condition), effect });
    }

    /// Whether there is no agreement: a rule that nothing keeps, or an issue without values.
    pub(crate) fn is_empty(&self) -> bool {
        self.base.forbids || self.values.iter().any(Vec::is_empty)
    }

    /// The utilities of a sum: 0 where it is zeroed, cut at the caps elsewhere.
    pub(crate) fn settle(&self, sum: &[T; N], zeroes: u32) -> [T; N] {
        let mut utilities = *sum;
        for (utility, cap) in utilities.iter_mut().zip(&self.caps) {
            *utility = cap.map_or(*utility, |cap| cap.min(*utility));
        }
        for (bit, party) in self.zeroed.iter().enumerate() {
            if let (true, Some(utility)) = (zeroes >> bit & 1 == 1, utilities.get_mut(*party)) {
                *utility = T::default();
            }
        }
        utilities.iter_mut().zip(&self.nil).filter(|(_, nil)| **nil).for_each(|(u, _)| *u = T::default());
        utilities
    }
}

impl<T: Whole, const N: usize> Wide<T, N> {
    /// The effect for digits.
    pub(crate) fn of(&self, digits: &[u16]) -> Effect<T, N> {
        match &self.what {
            What::Condition(condition) if condition.holds(digits) => self.effect,
            What::Condition(_) => Effect::nothing(),
            What::Table(part, party) => {
                let mut effect = Effect::nothing();
                if let Some(gain) = effect.gain.get_mut(*party) {
                    *gain = T::from_wide(part.of(&Outcome::new(digits)));
                }
                effect
            }
        }
    }
}

//! What a preference gives each state, a row of states at a time.

use super::condition::{Condition, Rows, Truth};
use crate::game::Formula;
use crate::game::conflict::Preference;
use pulp::Arch;

/// A number that scores are added up in, modulo its size.
pub(super) trait Code: Copy + Ord + Default + Send + Sync {
    fn of(number: i128) -> Self;
    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
    fn wide(self) -> u128;
}

macro_rules! code {
    ($($kind:ty),*) => {$(
        impl Code for $kind {
            #[inline(always)]
            fn of(number: i128) -> Self { number as $kind }
            #[inline(always)]
            fn plus(self, other: Self) -> Self { self.wrapping_add(other) }
            #[inline(always)]
            fn minus(self, other: Self) -> Self { self.wrapping_sub(other) }
            #[inline(always)]
            fn wide(self) -> u128 { self as u128 }
        }
    )*};
}
code!(u16, u32, u64, u128);

/// A preference as a sum over conditions: what is preferred has more.
#[derive(Debug)]
pub(super) struct Weighted {
    /// What each condition adds where it holds.
    pub(super) parts: Vec<(Formula, i128)>,
    /// What every state has, so that no sum is below 0.
    base: i128,
    /// How many bits every sum fits in.
    pub(super) bits: u32,
}

impl Weighted {
    /// The sum of a preference; `None` of a ranking, which is a list.
    pub(super) fn of(preference: &Preference, sizes: &[usize]) -> Option<Weighted> {
        match preference {
            Preference::Statements(all) => {
                let used = all.len().min(Preference::MOST_STATEMENTS);
                let parts = all.iter().take(used).enumerate().map(|(at, f)| (f.clone(), 1i128 << (used - 1 - at)));
                Some(Weighted { parts: parts.collect(), base: 0, bits: u32::try_from(used).unwrap_or(u32::MAX) })
            }
            Preference::Sum { worth, terms } => {
                let mut weighted = Weighted { parts: Vec::new(), base: 0, bits: 0 };
                let mut range = 0i128;
                for (issue, (size, worth)) in sizes.iter().zip(worth).enumerate() {
                    let of = |digit: usize| i128::from(worth.get(digit).copied().unwrap_or(0));
                    let least = (0..*size).map(of).min().unwrap_or(0);
                    let most = (0..*size).map(of).max().unwrap_or(0);
                    range += most - least;
                    for digit in (0..*size).filter(|digit| of(*digit) > least) {
                        let values = vec![u16::try_from(digit).unwrap_or(u16::MAX)];
                        weighted.parts.push((Formula::In(issue, values), of(digit) - least));
                    }
                }
                for (formula, weight) in terms {
                    let weight = i128::from(*weight);
                    range += weight.abs();
                    weighted.base += (-weight).max(0);
                    weighted.parts.push((formula.clone(), weight));
                }
                weighted.bits = 128 - range.leading_zeros();
                Some(weighted)
            }
            Preference::Ranking { .. } => None,
        }
    }
}

/// A part of a sum along rows.
#[derive(Debug)]
struct Part<C> {
    condition: Condition,
    weight: C,
    /// What each truth of a tabled condition adds to each state of a row.
    added: Vec<Added<C>>,
}

/// What is added to each state of a row.
#[derive(Debug)]
enum Added<C> {
    Nothing,
    Same(C),
    Each(Vec<C>),
}

impl<C: Code> Added<C> {
    fn of(truth: &Truth, weight: C, len: usize) -> Self {
        match truth {
            Truth::Never => Added::Nothing,
            Truth::Always => Added::Same(weight),
            Truth::Some(bits) => {
                let bit = |at: usize| bits.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1);
                Added::Each((0..len).map(|at| if bit(at) { weight } else { C::default() }).collect())
            }
        }
    }

    fn put(&self, arch: Arch, row: &mut [C]) {
        match self {
            Added::Nothing => {}
            Added::Same(weight) => arch.dispatch(|| row.iter_mut().for_each(|x| *x = x.plus(*weight))),
            Added::Each(all) => arch.dispatch(|| row.iter_mut().zip(all).for_each(|(x, w)| *x = x.plus(*w))),
        }
    }

    fn take(&self, arch: Arch, row: &mut [C]) {
        match self {
            Added::Nothing => {}
            Added::Same(weight) => arch.dispatch(|| row.iter_mut().for_each(|x| *x = x.minus(*weight))),
            Added::Each(all) => arch.dispatch(|| row.iter_mut().zip(all).for_each(|(x, w)| *x = x.minus(*w))),
        }
    }
}

/// A sum made ready for rows.
#[derive(Debug)]
pub(super) struct Scorer<'a, C> {
    rows: &'a Rows,
    parts: Vec<Part<C>>,
    base: C,
}

impl<'a, C: Code> Scorer<'a, C> {
    pub(super) fn new(weighted: &Weighted, rows: &'a Rows) -> Self {
        let part = |(formula, weight): &(Formula, i128)| {
            let condition = Condition::new(formula, rows);
            let weight = C::of(*weight);
            let added = match &condition {
                Condition::Table { truths, .. } => truths.iter().map(|t| Added::of(t, weight, rows.len)).collect(),
                Condition::Whole(_) => Vec::new(),
            };
            Part { condition, weight, added }
        };
        Scorer { rows, parts: weighted.parts.iter().map(part).collect(), base: C::of(weighted.base) }
    }

    /// Starts before a row.
    pub(super) fn at(&self, arch: Arch, row: usize) -> Cursor<'_, C> {
        Cursor {
            scorer: self,
            arch,
            digits: self.rows.digits(row),
            held: self.parts.iter().map(|_| Held::Nothing).collect(),
            row: vec![self.base; self.rows.len],
        }
    }

    /// Writes the scores of rows from `first` on into an array, as many as it has room for.
    pub(super) fn fill(&self, arch: Arch, first: usize, into: &mut [C]) {
        let mut cursor = self.at(arch, first);
        for row in into.chunks_mut(self.rows.len) {
            row.copy_from_slice(cursor.next().get(..row.len()).unwrap_or_default());
        }
    }

    /// For each part of the sum, which truth it has along a row, where that is neither always nor never: rows with the
    /// same signature order their states in the same way. With it, how many signatures there can be, as far as 64 bits
    /// go; `None` where parts are not tabled.
    pub(super) fn signatures(&self) -> Option<Signatures<'_>> {
        let mut parts = Vec::new();
        let mut most = 1u64;
        for part in &self.parts {
            let Condition::Table { .. } = &part.condition else { return None };
            let mut digit = Vec::with_capacity(part.added.len());
            let mut seen = 1u64;
            for added in &part.added {
                digit.push(if matches!(added, Added::Each(_)) { seen } else { 0 });
                seen += u64::from(matches!(added, Added::Each(_)));
            }
            // A part with one truth along every row tells no rows apart.
            if part.added.len() > 1 && seen > 1 {
                parts.push((&part.condition, digit.iter().map(|d| d * most).collect()));
                most = most.checked_mul(seen)?;
            }
        }
        Some(Signatures { parts, most })
    }
}

/// How rows are told apart by the order of their states.
pub(super) struct Signatures<'a> {
    parts: Vec<(&'a Condition, Vec<u64>)>,
    /// All signatures are below this.
    pub(super) most: u64,
}

impl Signatures<'_> {
    #[inline]
    pub(super) fn of(&self, digits: &[u16]) -> u64 {
        let term = |(condition, digit): &(&Condition, Vec<u64>)| {
            condition.id(digits).and_then(|id| digit.get(id as usize)).copied().unwrap_or(0)
        };
        self.parts.iter().map(term).sum()
    }
}

/// What a part last added to the row of a cursor.
enum Held<C> {
    Nothing,
    Tabled(u32),
    Whole(Added<C>),
}

/// Goes from row to row; what has not changed is not added up again.
pub(super) struct Cursor<'a, C> {
    scorer: &'a Scorer<'a, C>,
    arch: Arch,
    digits: Vec<u16>,
    held: Vec<Held<C>>,
    row: Vec<C>,
}

impl<C: Code> Cursor<'_, C> {
    /// Goes to the row with these outer digits.
    pub(super) fn go(&mut self, digits: &[u16]) {
        self.digits.copy_from_slice(digits);
    }

    /// The scores of the next row.
    pub(super) fn next(&mut self) -> &[C] {
        for (part, held) in self.scorer.parts.iter().zip(&mut self.held) {
            let id = part.condition.id(&self.digits);
            match (id, &*held) {
                (Some(id), Held::Tabled(old)) if id == *old => continue,
                (_, Held::Tabled(old)) => {
                    if let Some(added) = part.added.get(*old as usize) {
                        added.take(self.arch, &mut self.row);
                    }
                }
                (_, Held::Whole(added)) => added.take(self.arch, &mut self.row),
                (_, Held::Nothing) => {}
            }
            match id {
                Some(id) => {
                    if let Some(added) = part.added.get(id as usize) {
                        added.put(self.arch, &mut self.row);
                    }
                    *held = Held::Tabled(id);
                }
                None => {
                    let truth = part.condition.along(self.scorer.rows, &self.digits);
                    let added = Added::of(&truth, part.weight, self.row.len());
                    added.put(self.arch, &mut self.row);
                    *held = Held::Whole(added);
                }
            }
        }
        self.scorer.rows.advance(&mut self.digits);
        &self.row
    }
}

//! What an additive scenario says, made small: permitted values, and parties that want the same taken together.

use crate::game::{Outcome, Scenario};
use num_integer::Integer;

/// Sums stay below this, or the engine declines: the room that [`crate::analysis::number::Whole`] leaves.
const MOST: i128 = 1 << 124;
/// Sums below this are kept in 64 bits.
const MOST_IN_64: i128 = 1 << 61;

/// The utilities of a scenario as columns of small whole numbers from 0 on.
pub(super) struct Reading {
    /// The digits that the rules leave, issue by issue.
    pub(super) permitted: Vec<Vec<u16>>,
    /// What to compare: a column for each party, or one for several that want the same.
    pub(super) columns: Vec<Column>,
    /// For every party what the worst permitted values add up to, before the cap.
    base: Vec<i128>,
    /// For every party its column and what one unit of it counts; `None` when all outcomes are the same to it.
    of_party: Vec<Option<(usize, i128)>>,
}

/// What one or several parties want.
pub(super) struct Column {
    /// What each permitted value counts, from 0 on and without a common divisor: issue after issue.
    pub(super) worth: Vec<i128>,
    /// No sum is more than this.
    pub(super) most: i128,
    /// What a utility of 1 is, for the party of the column to which it is least.
    pub(super) unit: f64,
}

impl Reading {
    /// Reads a scenario. `None` when it is not additive, or its sums do not fit in 125 bits.
    ///
    /// Taking the worst value of each issue from all of them, dividing by a common divisor, leaving out a
    /// party to which all is the same, or one that wants exactly what another wants: none of this changes
    /// which outcome dominates which, as long as caps wait.
    pub(super) fn of(scenario: &Scenario) -> Option<Reading> {
        if !scenario.is_additive() {
            return None;
        }
        let permitted = permitted(scenario);
        let mut reading = Reading { permitted, columns: Vec::new(), base: Vec::new(), of_party: Vec::new() };
        for profile in &scenario.parties {
            reading.add(profile.utility.constant, &profile.utility.worth, profile.utility.unit)?;
        }
        Some(reading)
    }

    fn add(&mut self, constant: i128, table: &[Vec<i128>], unit: i128) -> Option<()> {
        let mut worth = Vec::with_capacity(self.permitted.iter().map(Vec::len).sum());
        let (mut base, mut most, mut divisor) = (constant, 0i128, 0i128);
        let mut largest = constant.unsigned_abs();
        for (issue, digits) in self.permitted.iter().enumerate() {
            let row = table.get(issue).map_or(&[][..], Vec::as_slice);
            let values = digits.iter().map(|d| row.get(usize::from(*d)).copied().unwrap_or(0));
            let low = values.clone().min().unwrap_or(0);
            let high = values.clone().max().unwrap_or(0);
            // Whatever the order in which an outcome's utility is summed up, it fits.
            largest = largest.saturating_add(low.unsigned_abs().max(high.unsigned_abs()));
            if largest >= MOST.unsigned_abs() {
                return None;
            }
            for value in values {
                worth.push(value - low);
                if divisor != 1 {
                    divisor = divisor.gcd(&(value - low));
                }
            }
            base += low;
            most += high - low;
        }
        self.base.push(base);
        if most == 0 {
            self.of_party.push(None);
            return Some(());
        }
        if divisor > 1 {
            worth.iter_mut().for_each(|w| *w /= divisor);
        }
        #[expect(clippy::cast_precision_loss, reason = "the size of a box, not a comparison")]
        let unit = unit.max(1) as f64 / divisor as f64;
        let same = self.columns.iter().position(|c| c.worth == worth);
        match same.and_then(|at| self.columns.get_mut(at)) {
            Some(column) => column.unit = column.unit.min(unit),
            None => self.columns.push(Column { worth, most: most / divisor, unit }),
        }
        self.of_party.push(Some((same.unwrap_or(self.columns.len() - 1), divisor)));
        Some(())
    }

    /// Whether the sums of every column fit in 64 bits.
    pub(super) fn fits_in_64_bits(&self) -> bool {
        self.columns.iter().all(|c| c.most < MOST_IN_64)
    }

    /// Whether some outcome keeps the rules.
    pub(super) fn has_outcomes(&self) -> bool {
        self.permitted.iter().all(|digits| !digits.is_empty())
    }

    /// The utilities of every party, capped, from the sums of the columns.
    pub(super) fn utilities(&self, scenario: &Scenario, sums: impl Fn(usize) -> i128) -> Vec<i128> {
        let parties = scenario.parties.iter().zip(self.base.iter().zip(&self.of_party));
        parties
            .map(|(party, (base, column))| {
                party.utility.capped(base + column.map_or(0, |(column, each)| each * sums(column)))
            })
            .collect()
    }

    /// The most that a party loses, in utility, when the columns lose this much; not less than the truth.
    #[expect(clippy::cast_precision_loss, reason = "rounded up afterwards")]
    pub(super) fn lost(&self, scenario: &Scenario, lost: impl Fn(usize) -> i128) -> f64 {
        let parties = scenario.parties.iter().zip(&self.of_party);
        let each = parties.filter_map(|(party, column)| {
            let (column, each) = (*column)?;
            let loss = lost(column).saturating_mul(each);
            (loss > 0).then(|| loss as f64 / party.utility.unit.max(1) as f64 * (1.0 + 4.0 * f64::EPSILON))
        });
        each.fold(0.0, f64::max)
    }

    /// Whether the cap of a party cuts an outcome.
    pub(super) fn is_capped(&self, scenario: &Scenario) -> bool {
        let parties = scenario.parties.iter().zip(self.base.iter().zip(&self.of_party));
        parties.into_iter().any(|(party, (base, column))| {
            let most = column.and_then(|(at, each)| Some(self.columns.get(at)?.most * each)).unwrap_or(0);
            party.utility.cap.is_some_and(|cap| cap < base + most)
        })
    }
}

/// The digits of each issue that no rule forbids; none at all when a rule without issues never holds.
fn permitted(scenario: &Scenario) -> Vec<Vec<u16>> {
    let issues = scenario.space.issues.len();
    let zero = Outcome::new(vec![0; issues]);
    let mut all: Vec<Vec<u16>> = scenario.space.sizes().map(|n| (0..=u16::MAX).take(n).collect()).collect();
    for rule in &scenario.rules {
        match rule.scope().first() {
            Some(issue) if *issue < issues => {
                if let Some(digits) = all.get_mut(*issue) {
                    digits.retain(|d| rule.holds(&zero.with(*issue, *d)));
                }
            }
            // A rule about nothing that varies holds always or never.
            _ if rule.holds(&zero) => {}
            _ => {
                all.iter_mut().for_each(Vec::clear);
                if all.is_empty() {
                    all.push(Vec::new());
                }
            }
        }
    }
    all
}

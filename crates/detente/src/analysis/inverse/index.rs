//! Every outcome of a small space, sorted by utility.

use super::columns::Columns;
use super::{Ranked, Stopped};
use crate::analysis::number::Whole;
use crate::game::{Formula, Outcome, Space, Utility};
use rayon::prelude::*;

/// Utilities in decreasing order, each with the place of its outcome in lexicographic order.
pub(super) struct Index<W> {
    values: Vec<W>,
    places: Vec<u32>,
    /// What digits a place is made of.
    digits: Vec<Vec<u16>>,
}

/// Whether every number fits in 62 bits.
fn narrow(values: &[i128]) -> bool {
    values.iter().all(|v| v.unsigned_abs() < 1 << 61)
}

/// The index of an additive utility, by adding up issue by issue.
pub(super) fn additive(columns: &Columns) -> Box<dyn Ranked> {
    let ends = [columns.base, columns.base + columns.grid * columns.most(), columns.utility(columns.most())];
    let digits = columns.choices.iter().map(|c| c.iter().map(|c| c.digit).collect()).collect();
    if narrow(&ends) {
        Box::new(Index::<i64>::add_up(columns, digits))
    } else {
        Box::new(Index::<i128>::add_up(columns, digits))
    }
}

/// The index of any utility under any rules, by looking at every outcome.
pub(super) fn enumerated(space: &Space, utility: &Utility, rules: &[Formula]) -> Result<Box<dyn Ranked>, Stopped> {
    let mut found: Vec<(i128, u32)> = Vec::new();
    for (outcome, place) in space.outcomes().zip(0u32..) {
        if rules.iter().all(|r| r.holds(&outcome)) {
            found.push((utility.of(&outcome), place));
        }
    }
    let (values, places): (Vec<i128>, Vec<u32>) = found.into_iter().unzip();
    let sizes = space.sizes().map(u16::try_from).collect::<Result<Vec<u16>, _>>();
    let sizes = sizes.map_err(|_| Stopped::at("more than 65,535 values on an issue"))?;
    let digits = sizes.into_iter().map(|size| (0..size).collect()).collect();
    Ok(if narrow(&values) {
        let values = values.into_iter().map(i64::from_wide).collect();
        Box::new(Index::sorted(values, places, digits))
    } else {
        Box::new(Index::sorted(values, places, digits))
    })
}

impl<W: Whole> Index<W> {
    fn add_up(columns: &Columns, digits: Vec<Vec<u16>>) -> Self {
        let cap = columns.ceiling.map_or(W::MOST, |(_, cap)| W::from_wide(cap));
        let mut sums = vec![W::from_wide(columns.base)];
        for column in &columns.choices {
            let worth: Vec<W> = column.iter().map(|c| W::from_wide(c.steps * columns.grid)).collect();
            sums = sums.iter().flat_map(|sum| worth.iter().map(|w| *sum + *w)).collect();
        }
        for sum in &mut sums {
            *sum = (*sum).min(cap);
        }
        let places = (0u32..).take(sums.len()).collect();
        Self::sorted(sums, places, digits)
    }

    fn sorted(values: Vec<W>, places: Vec<u32>, digits: Vec<Vec<u16>>) -> Self {
        // Negated, so that one comparison sorts by utility downwards and by place upwards.
        let mut pairs: Vec<(W, u32)> = values.into_iter().zip(places).map(|(v, p)| (-v, p)).collect();
        pairs.par_sort_unstable();
        let (values, places) = pairs.into_iter().map(|(v, p)| (-v, p)).unzip();
        Index { values, places, digits }
    }
}

impl<W: Whole> Ranked for Index<W> {
    fn above(&self, utility: i128) -> u128 {
        self.values.partition_point(|v| v.wide() >= utility) as u128
    }

    fn utility_at(&self, rank: u128) -> Option<i128> {
        self.values.get(usize::try_from(rank).ok()?).map(|v| v.wide())
    }

    fn outcome_at(&self, rank: u128) -> Option<Outcome> {
        let mut place = *self.places.get(usize::try_from(rank).ok()?)? as usize;
        let mut outcome = vec![0u16; self.digits.len()];
        for (digit, column) in outcome.iter_mut().zip(&self.digits).rev() {
            let size = column.len().max(1);
            *digit = column.get(place % size).copied().unwrap_or(0);
            place /= size;
        }
        Some(Outcome::new(outcome))
    }
}

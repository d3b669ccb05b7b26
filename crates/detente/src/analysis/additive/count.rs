//! How many outcomes have the utilities of each point.

use super::row::plus;
use super::stages::Stages;
use crate::analysis::number::Whole;
use num_bigint::BigUint;
use num_traits::{CheckedAdd, CheckedMul, One, Zero};
use std::cmp::Ordering;

/// The number of outcomes with the sums of each point of the last stage, exactly.
///
/// Only exact stages will do: then every prefix of an outcome on the frontier is a point of its stage, so that
/// adding up over the last value misses none.
pub(super) fn count<T: Whole, const N: usize>(stages: &Stages<T, N>) -> Option<Vec<BigUint>> {
    if stages.lost().iter().any(|lost| *lost != T::default()) {
        return None;
    }
    // Counts nearly always fit in a machine word.
    let small = count_in::<u64, T, N>(stages).map(|counts| counts.into_iter().map(BigUint::from).collect());
    small.or_else(|| count_in::<BigUint, T, N>(stages))
}

fn count_in<C, T: Whole, const N: usize>(stages: &Stages<T, N>) -> Option<Vec<C>>
where
    C: Clone + Zero + One + CheckedAdd + CheckedMul + From<u32>,
{
    let settled = stages.ways().iter().try_fold(C::one(), |product, ways| product.checked_mul(&C::from(*ways)))?;
    let mut points: &[[T; N]] = std::slice::from_ref(stages.start());
    let mut counts = vec![settled];
    for (terms, after) in stages.steps() {
        let mut next = vec![C::zero(); after.len()];
        for (value, (_, same)) in terms.values.iter().zip(&terms.digits) {
            let same = C::from(*same);
            // The stage moved by the value is in the same order as the stage after: one walk along both.
            let mut left = after.iter().zip(&mut next).peekable();
            for (point, count) in points.iter().zip(&counts) {
                let sum = plus(point, value);
                while left.next_if(|(other, _)| **other > sum).is_some() {}
                let Some((other, total)) = left.peek_mut() else { break };
                if sum.cmp(other) == Ordering::Equal {
                    **total = total.checked_add(&count.checked_mul(&same)?)?;
                }
            }
        }
        (points, counts) = (after, next);
    }
    Some(counts)
}

//! How many outcomes have the utilities of each point.

use super::row::minus;
use super::stages::Stages;
use crate::analysis::number::Whole;
use num_bigint::BigUint;
use num_traits::{CheckedAdd, CheckedMul, One, Zero};

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
    for (values, digits, after) in stages.steps() {
        let mut next = Vec::with_capacity(after.len());
        for point in after {
            let mut sum = C::zero();
            for (value, (_, same)) in values.iter().zip(digits) {
                let rest = minus(point, value);
                if let Ok(at) = points.binary_search_by(|other| rest.cmp(other)) {
                    sum = sum.checked_add(&counts.get(at)?.checked_mul(&C::from(*same))?)?;
                }
            }
            next.push(sum);
        }
        (points, counts) = (after, next);
    }
    Some(counts)
}

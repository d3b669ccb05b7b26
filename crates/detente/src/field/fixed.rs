//! Fixed point: fractions as whole numbers of a power of ten, rounded once.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::ToPrimitive;

/// A fraction in units of `1 / scale`, to the nearest, halves away from zero. Exact where the denominator divides the
/// scale. Beyond what fits, the nearest end.
pub(super) fn fraction(above: i128, below: i128, scale: i128) -> i128 {
    let below = below.max(1);
    let negative = above < 0;
    let whole = match above.checked_abs().and_then(|size| size.checked_mul(scale)) {
        Some(product) => {
            let (whole, rest) = product.div_rem(&below);
            // As much as half of it is left, without doubling what might not fit.
            whole + i128::from(rest >= below - rest)
        }
        None => {
            let (whole, rest) = (BigInt::from(above).magnitude() * BigInt::from(scale).magnitude())
                .div_rem(BigInt::from(below).magnitude());
            let up = rest.clone() + rest >= *BigInt::from(below).magnitude();
            whole.to_i128().unwrap_or(i128::MAX / 4).saturating_add(i128::from(up))
        }
    };
    if negative { -whole } else { whole }
}

/// A real number in units of `1 / scale`, to the nearest. What is no number counts 0.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "saturates")]
pub(super) fn real(value: f64, scale: i128) -> i128 {
    if value.is_nan() { 0 } else { (value * scale as f64).round().clamp(-1e30, 1e30) as i128 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_rounded_to_the_nearest() {
        assert_eq!(fraction(1, 4, 1_000), 250);
        assert_eq!([fraction(1, 3, 10), fraction(2, 3, 10), fraction(-2, 3, 10)], [3, 7, -7]);
        assert_eq!([fraction(1, 2, 1), fraction(-1, 2, 1), fraction(5, 2, 1)], [1, -1, 3]);
        // The same over denominators that leave no room for a product.
        let third = i128::MAX / 3;
        assert_eq!(fraction(third, i128::MAX, 1_000_000_000), 333_333_333);
        assert_eq!(fraction(-third, i128::MAX, 1_000_000_000), -333_333_333);
    }
}

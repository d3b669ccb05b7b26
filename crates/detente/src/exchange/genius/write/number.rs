//! Fractions as decimals.

use crate::game::Exact;
use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

/// So many digits after the point are written of a fraction that no decimal is equal to.
const DIGITS: u32 = 40;

/// A fraction as a decimal, and whether it is equal: one of 2s and 5s below the line always is.
pub(in crate::exchange::genius) fn written(number: &Exact) -> (String, bool) {
    let digits = digits_of(number.denom());
    (with_digits(number, digits.unwrap_or(DIGITS)), digits.is_some())
}

/// A fraction to six digits after the point, for a message.
pub(in crate::exchange::genius) fn short(number: &Exact) -> String {
    with_digits(number, digits_of(number.denom()).map_or(6, |digits| digits.min(6)))
}

/// How many digits after the point a denominator in lowest terms needs; `None` when no number of them is enough.
fn digits_of(denominator: &BigInt) -> Option<u32> {
    let twos = denominator.trailing_zeros().unwrap_or(0);
    let mut rest: BigInt = denominator >> twos;
    let five = BigInt::from(5);
    let mut fives = 0u64;
    while !rest.is_one() {
        if !(&rest % &five).is_zero() {
            return None;
        }
        rest /= &five;
        fives += 1;
    }
    u32::try_from(twos.max(fives)).ok()
}

fn with_digits(number: &Exact, digits: u32) -> String {
    let scaled = (number * Exact::from(BigInt::from(10).pow(digits))).round().to_integer();
    let sign = if scaled.is_negative() { "-" } else { "" };
    let places = digits as usize;
    let text = format!("{:0>width$}", scaled.abs().to_string(), width = places + 1);
    let (whole, fraction) = text.split_at(text.len() - places);
    let fraction = fraction.trim_end_matches('0');
    let sign = if whole == "0" && fraction.is_empty() { "" } else { sign };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::decimal;

    #[test]
    fn a_decimal_is_written_as_it_was_and_a_third_with_many_digits() {
        for text in ["0", "1", "-3", "0.25", "-0.125", "100", "12.5", "0.00001", "1234567890.0987654321"] {
            assert_eq!(written(&decimal(text).unwrap()), (text.to_string(), true));
        }
        let third = Exact::new(BigInt::from(-1), BigInt::from(3));
        assert_eq!(written(&third), (format!("-0.{}", "3".repeat(40)), false));
        assert_eq!(short(&third), "-0.333333");
        assert_eq!(short(&decimal("1.000051804171754").unwrap()), "1.000052");
    }
}

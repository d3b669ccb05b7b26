//! Exact fractions as decimals.

use crate::game::Exact;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Decimals that are written at most; what needs more is rounded.
pub(crate) const PLACES: u32 = 30;

/// The decimal of a fraction, rounded to 30 places where it does not end before.
pub(crate) fn text(x: &Exact) -> String {
    decimal_text(x).0
}

/// The decimal of a fraction, and whether it is exactly the fraction.
pub(crate) fn decimal_text(x: &Exact) -> (String, bool) {
    if x.is_integer() {
        return (x.numer().to_string(), true);
    }
    let places = ending_places(x.denom());
    let (digits, places) = match places {
        Some(places) => (x.numer() * BigInt::from(10).pow(places) / x.denom(), places),
        None => ((x * BigInt::from(10).pow(PLACES)).round().to_integer(), PLACES),
    };
    (with_point(&digits, places as usize), is_ending(x))
}

/// Whether a fraction is a decimal of at most 30 places.
pub(crate) fn is_ending(x: &Exact) -> bool {
    ending_places(x.denom()).is_some()
}

/// The number of decimals of a fraction with this denominator, when it ends in time.
fn ending_places(denominator: &BigInt) -> Option<u32> {
    // Anything that ends within 30 places divides 10^30.
    if !BigInt::from(10).pow(PLACES).is_multiple_of(denominator) {
        return None;
    }
    let mut power = BigInt::one();
    for places in 0..=PLACES {
        if power.is_multiple_of(denominator) {
            return Some(places);
        }
        power *= 10;
    }
    None
}

fn with_point(digits: &BigInt, places: usize) -> String {
    let sign = if digits.is_negative() { "-" } else { "" };
    let all = format!("{:0>width$}", digits.abs().to_string(), width = places + 1);
    let (whole, fraction) = all.split_at(all.len() - places);
    let fraction = fraction.trim_end_matches('0');
    if digits.is_zero() {
        "0".into()
    } else if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

/// The product of two fractions: as `*` gives it, and fast where one is long and the other short.
pub(crate) fn times(x: &Exact, y: &Exact) -> Exact {
    // A long number is brought below the short one first; its bits are not taken off one by one.
    let common = |a: &BigInt, b: &BigInt| {
        let (long, short) = if a.bits() < b.bits() { (b, a) } else { (a, b) };
        if short.is_zero() { long.abs() } else { (long % short).gcd(short) }
    };
    let (across, back) = (common(x.numer(), y.denom()), common(y.numer(), x.denom()));
    Exact::new_raw((x.numer() / &across) * (y.numer() / &back), (x.denom() / &back) * (y.denom() / &across))
}

/// A whole number of units as a fraction.
pub(crate) fn of(whole: i128, unit: i128) -> Exact {
    Exact::new(BigInt::from(whole), BigInt::from(unit.max(1)))
}

/// A fraction as a float; infinite when it is too large.
pub(crate) fn float(x: &Exact) -> f64 {
    x.to_f64().unwrap_or(f64::INFINITY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::decimal;

    #[test]
    fn a_decimal_comes_back_as_written_in_its_shortest_form() {
        for (written, shortest) in [
            ("0.10", "0.1"),
            ("-3.00", "-3"),
            ("1e-3", "0.001"),
            ("1200", "1200"),
            ("-0.05", "-0.05"),
            ("0", "0"),
            ("-0.0", "0"),
        ] {
            assert_eq!(text(&decimal(written).unwrap()), shortest);
        }
    }

    #[test]
    fn products_are_in_lowest_terms() {
        let all: Vec<Exact> = [(0, 1), (1, 1), (-1, 1), (6, 35), (-35, 6), (2, 3), (10, 1), (1, 1024), (7, 1000)]
            .into_iter()
            .map(|(n, d)| Exact::new(BigInt::from(n), BigInt::from(d)))
            .chain([decimal("-0.0625e-200").unwrap(), decimal("35e300").unwrap()])
            .collect();
        for (x, y) in all.iter().flat_map(|x| all.iter().map(move |y| (x, y))) {
            let (found, right) = (times(x, y), x * y);
            assert_eq!((found.numer(), found.denom()), (right.numer(), right.denom()), "{x} {y}");
        }
    }

    #[test]
    fn a_third_is_rounded_and_says_so() {
        let (text, exact) = decimal_text(&of(1, 3));
        assert_eq!((text.len(), exact), (32, false));
        assert_eq!(decimal_text(&of(-2, 3)).0.get(..5), Some("-0.66"));
    }
}

//! From decimals and fractions as files have them to whole numbers over one denominator.

use super::{Part, Profile, Utility};
use crate::game::{Formula, Space};
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::Ratio;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// An exact fraction.
pub type Exact = Ratio<BigInt>;

/// More digits than this, before or after the exponent is applied, are no number of a negotiation.
const MOST_DIGITS: usize = 400;
/// Denominators have at most this many bits; beyond, utilities are rounded.
const MOST_BITS: u64 = 118;
/// Sums of utilities stay below 2 to this power.
const SUM_BITS: u64 = 124;
/// What 1 is where exact numbers do not fit: 10^30.
const ROUNDED_UNIT: u32 = 30;

/// A decimal number exactly as written: `0.25`, `-3`, `1.5e-3`. `None` when it is none, not finite, or longer
/// than 400 digits.
///
/// ```
/// use detente::game::decimal;
/// assert_eq!(decimal("0.30").unwrap(), decimal("3e-1").unwrap());
/// assert!(decimal("NaN").is_none() && decimal("1e999999999").is_none());
/// ```
#[must_use]
pub fn decimal(text: &str) -> Option<Exact> {
    let text = text.trim();
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (text.get(..at)?, text.get(at + 1..)?.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (negative, digits) = match mantissa.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all: String = format!("{whole}{fraction}");
    if all.is_empty() || all.len() > MOST_DIGITS || !all.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let shift = i64::from(exponent) - i64::try_from(fraction.len()).ok()?;
    if shift.unsigned_abs() > MOST_DIGITS as u64 {
        return None;
    }
    // Without zeros at the end, the digits have 2s or 5s in common with a power of ten, not both.
    let kept = all.trim_end_matches('0');
    if kept.is_empty() {
        return Some(Exact::zero());
    }
    let shift = shift + i64::try_from(all.len() - kept.len()).ok()?;
    let number: BigInt = kept.parse().ok()?;
    let number = if negative { -number } else { number };
    let power = BigInt::from(10).pow(u32::try_from(shift.unsigned_abs()).ok()?);
    Some(if shift < 0 { lowest(number, power) } else { Exact::from(number * power) })
}

/// A fraction over a power of ten in lowest terms, where the number above is no multiple of ten.
fn lowest(mut above: BigInt, mut below: BigInt) -> Exact {
    let five = BigInt::from(5);
    let twos = above.trailing_zeros().unwrap_or(0).min(below.trailing_zeros().unwrap_or(0));
    above >>= twos;
    below >>= twos;
    while above.is_multiple_of(&five) && below.is_multiple_of(&five) {
        above /= &five;
        below /= &five;
    }
    Exact::new_raw(above, below)
}

/// A fraction in units of `1 / unit`, to the nearest whole number, halves away from zero; and whether it is just that.
fn units(x: &Exact, unit: &BigInt) -> (BigInt, bool) {
    let (whole, rest) = (x.numer().abs() * unit).div_rem(x.denom());
    let exact = rest.is_zero();
    let whole = if rest * 2 >= *x.denom() { whole + 1 } else { whole };
    (if x.is_negative() { -whole } else { whole }, exact)
}

/// A utility function in fractions, before its common denominator is known.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What every outcome counts.
    pub constant: Exact,
    /// What each value of each issue counts: issue, then digit.
    pub worth: Vec<Vec<Exact>>,
    /// What holds when, and what it counts.
    pub when: Vec<(Formula, Exact)>,
    /// Tables over a few issues: the issues, the number of values of each, one entry per combination (last fastest).
    pub tables: Vec<(Vec<usize>, Vec<usize>, Vec<Exact>)>,
    /// No outcome counts more than this.
    pub cap: Option<Exact>,
    /// An outcome for which one of these does not hold counts 0.
    pub zero_unless: Vec<Formula>,
    /// The utility of no agreement.
    pub reservation: Option<Exact>,
    /// How far utilities may be off because points stand for a real range.
    pub slack: Exact,
}

impl Draft {
    /// A utility function for which every outcome of the space counts 0.
    #[must_use]
    pub fn over(space: &Space) -> Self {
        Draft {
            constant: Exact::zero(),
            worth: space.sizes().map(|n| vec![Exact::zero(); n]).collect(),
            when: Vec::new(),
            tables: Vec::new(),
            cap: None,
            zero_unless: Vec::new(),
            reservation: None,
            slack: Exact::zero(),
        }
    }

    fn numbers(&self) -> impl Iterator<Item = &Exact> {
        let one = [Some(&self.constant), self.cap.as_ref(), self.reservation.as_ref(), Some(&self.slack)];
        let tables = self.tables.iter().flat_map(|(_, _, worth)| worth);
        let when = self.when.iter().map(|(_, worth)| worth);
        self.worth.iter().flatten().chain(tables).chain(when).chain(one.into_iter().flatten())
    }

    /// The profile in whole numbers: exact where a common denominator of 118 bits is enough, else rounded to
    /// 30 decimals with the error in [`Utility::slack`].
    #[must_use]
    pub fn settle(&self, name: &str) -> Profile {
        let mut unit = BigInt::one();
        for number in self.numbers() {
            if !number.denom().is_one() && !unit.is_multiple_of(number.denom()) {
                unit = unit.lcm(number.denom());
            }
            if unit.bits() > MOST_BITS {
                break;
            }
        }
        // Without products of fractions, which would be brought to lowest terms again and again.
        let fits = || {
            let above = |x: &Exact| (x.numer().abs() * &unit).div_ceil(x.denom());
            self.numbers().fold(BigInt::zero(), |sum, x| sum + above(x)).bits() < SUM_BITS
        };
        let exact = unit.bits() <= MOST_BITS && fits();
        let mut rounded = 0u32;
        if !exact {
            let above = |x: &Exact| x.numer().abs().div_ceil(x.denom());
            let total: BigInt = self.numbers().fold(BigInt::zero(), |sum, x| sum + above(x));
            // 10^30 unless the numbers are so large that sums would not fit.
            let spare = i64::try_from(SUM_BITS).unwrap_or(0) - i64::try_from(total.bits()).unwrap_or(i64::MAX) - 2;
            let digits = (spare.max(0) * 3 / 10).min(i64::from(ROUNDED_UNIT));
            unit = BigInt::from(10).pow(u32::try_from(digits).unwrap_or(0));
        }
        let limit = BigInt::one() << SUM_BITS;
        let mut whole = |x: &Exact| -> i128 {
            let (value, exact) = units(x, &unit);
            rounded += u32::from(!exact);
            value.clamp(-limit.clone(), limit.clone()).to_i128().unwrap_or(0)
        };
        let mut utility = Utility {
            constant: whole(&self.constant),
            worth: self.worth.iter().map(|values| values.iter().map(&mut whole).collect()).collect(),
            cap: self.cap.as_ref().map(&mut whole),
            zero_unless: self.zero_unless.clone(),
            ..Utility::default()
        };
        utility.parts.extend(self.when.iter().map(|(formula, worth)| Part::When(formula.clone(), whole(worth))));
        utility.parts.extend(self.tables.iter().map(|(issues, sizes, worth)| Part::Table {
            issues: issues.clone(),
            sizes: sizes.clone(),
            worth: worth.iter().map(&mut whole).collect(),
        }));
        let reservation = self.reservation.as_ref().map(&mut whole);
        let grid = (&self.slack * &unit).ceil().to_integer().to_i128().unwrap_or(i128::MAX);
        // One issue gives one number, one part another; each is off by half at the most.
        let terms = self.worth.len() + utility.parts.len() + 1;
        let rounding = if rounded > 0 { i128::try_from(terms).unwrap_or(i128::MAX) } else { 0 };
        utility.slack = grid.saturating_add(rounding);
        utility.unit = unit.to_i128().unwrap_or(1);
        let mut profile = Profile::new(name, utility);
        profile.reservation = reservation;
        profile
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::{Issue, Outcome};

    #[test]
    fn a_decimal_is_what_is_written() {
        assert_eq!(decimal("0.1").unwrap() + decimal("0.2").unwrap(), decimal("0.3").unwrap());
        assert_eq!(decimal(" -2.50 ").unwrap(), Exact::new(BigInt::from(-5), BigInt::from(2)));
        for none in ["", ".", "-", "1.2.3", "0x1", "inf", "1e", "1e401", "--1", "1_0"] {
            assert_eq!(decimal(none), None, "{none}");
        }
    }

    #[test]
    fn decimals_are_in_lowest_terms_and_round_as_fractions_do() {
        for digits in ["0", "00", "1", "25", "500", "1024", "-3125", "99999999999999999999", "-40960000000000", "7"] {
            for exponent in [-320, -21, -5, -4, -2, -1, 0, 1, 3, 30, 320] {
                let number = BigInt::from(10).pow(i32::unsigned_abs(exponent));
                let whole: BigInt = digits.parse().unwrap();
                let right = if exponent < 0 { Exact::new(whole, number) } else { Exact::from(whole * number) };
                let found = decimal(&format!("{digits}e{exponent}")).unwrap();
                assert_eq!((found.numer(), found.denom()), (right.numer(), right.denom()), "{digits}e{exponent}");
                for unit in [1, 2, 7, 1000] {
                    let scaled = &right * BigInt::from(unit);
                    let expected = (scaled.round().to_integer(), scaled.is_integer());
                    assert_eq!(units(&right, &BigInt::from(unit)), expected, "{digits}e{exponent} * {unit}");
                }
            }
        }
    }

    #[test]
    fn thirds_and_sevenths_add_up_exactly() {
        let space = Space { issues: vec![Issue::named("a", &["x", "y"]), Issue::named("b", &["x", "y"])] };
        let mut draft = Draft::over(&space);
        let part = |n: i32, d: i32| Exact::new(BigInt::from(n), BigInt::from(d));
        draft.worth = vec![vec![part(1, 3), part(2, 3)], vec![part(1, 3), part(1, 7)]];
        let utility = draft.settle("p").utility;
        assert_eq!((utility.unit, utility.slack), (21, 0));
        assert_eq!(utility.of(&Outcome::new([0, 0])) * 3, utility.unit * 2);
    }

    #[test]
    fn what_does_not_fit_is_rounded_and_says_so() {
        let space = Space { issues: vec![Issue::named("a", &["x", "y"])] };
        let mut draft = Draft::over(&space);
        draft.worth[0][0] = decimal("1e-300").unwrap();
        draft.worth[0][1] = decimal("1").unwrap();
        let utility = draft.settle("p").utility;
        assert!(utility.slack > 0 && utility.real(utility.of(&Outcome::new([1]))) == 1.0);
        draft.worth[0][1] = decimal("1e399").unwrap();
        let utility = draft.settle("p").utility;
        assert!(utility.of(&Outcome::new([1])) > utility.of(&Outcome::new([0])));
    }
}

//! Which of two outcomes a solution prefers, in whole numbers.

use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};
use std::cmp::Ordering;

/// What is compared first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The product of gains.
    Product,
    /// The smallest share, then the next smallest.
    Smallest,
    /// The sum of shares.
    Sum,
    /// The differences between every two utilities; less is better.
    Difference,
}

/// A criterion over outcomes.
#[derive(Debug, Clone)]
pub(super) struct Measure {
    /// What is compared first.
    pub(super) kind: Kind,
    /// What gains are counted from, per party.
    pub(super) offset: Vec<i128>,
    /// What a share of 1 is, per party; 0 for a party without a say.
    pub(super) scale: Vec<i128>,
    /// What a utility of 1 is, per party.
    units: Vec<i128>,
    /// The power of each party's gain in the product; 1 each when not given.
    pub(super) powers: Option<Vec<u32>>,
    /// A common multiple of the scales that matter over each of them; 0 for a party without a say.
    factors: Vec<BigInt>,
    /// The same, where all of them fit.
    small: Option<Vec<i128>>,
    /// The same, where they fit in 64 bits.
    smaller: Option<Vec<i64>>,
}

impl Measure {
    pub(super) fn new(kind: Kind, offset: Vec<i128>, scale: Vec<i128>, units: Vec<i128>) -> Self {
        let over = if kind == Kind::Difference { &units } else { &scale };
        // Most often a machine word is enough; the same numbers again, as units are, cost nothing.
        let short = over.iter().filter(|s| **s > 0).try_fold(1u64, |all, s| {
            let s = u64::try_from(*s).ok()?;
            if all == s { Some(all) } else { all.checked_mul(s / all.gcd(&s)) }
        });
        let (factors, smaller): (Vec<BigInt>, Option<Vec<i64>>) = match short {
            Some(whole) => {
                let factor = |s: &i128| u64::try_from(*s).ok().filter(|s| *s > 0).map_or(0, |s| whole / s);
                let factors = over.iter().map(factor);
                (factors.clone().map(BigInt::from).collect(), factors.map(|f| i64::try_from(f).ok()).collect())
            }
            None => {
                let whole = over.iter().filter(|s| **s > 0).fold(BigInt::one(), |all, s| all.lcm(&BigInt::from(*s)));
                let factor = |s: &i128| if *s > 0 { &whole / BigInt::from(*s) } else { BigInt::zero() };
                let factors: Vec<BigInt> = over.iter().map(factor).collect();
                let smaller = factors.iter().map(ToPrimitive::to_i64).collect();
                (factors, smaller)
            }
        };
        let small = factors.iter().map(ToPrimitive::to_i128).collect();
        Measure { kind, offset, scale, units, powers: None, factors, small, smaller }
    }

    /// `Greater` when the first utilities are preferred; `Equal` only for equal utilities.
    pub(super) fn compare(&self, a: &[i128], b: &[i128]) -> Ordering {
        self.first(a, b).then_with(|| self.tie(a, b))
    }

    /// The first level of the criterion as one number, where that fits: of two outcomes with a number each, the one
    /// with more is preferred. Equal numbers say nothing.
    ///
    /// Found once for each outcome, it spares nearly all comparisons of two outcomes.
    pub(super) fn score(&self, utilities: &[i128]) -> Option<i128> {
        if self.kind == Kind::Difference {
            return self.difference_score(utilities);
        }
        let gain = |(u, d): (&i128, &i128)| i64::try_from(u.checked_sub(*d)?).ok();
        self.score_of(utilities.iter().zip(&self.offset).map(gain))
    }

    /// The same from gains over the offset, where they fit in 64 bits.
    #[inline]
    pub(super) fn score_of(&self, mut gains: impl Iterator<Item = Option<i64>>) -> Option<i128> {
        match self.kind {
            Kind::Product if self.powers.is_none() => {
                // Two of 63 bits always fit.
                let first = i128::from(gains.next()??.max(0));
                let Some(second) = gains.next() else { return Some(first) };
                let both = first * i128::from(second?.max(0));
                gains.try_fold(both, |product, gain| product.checked_mul(i128::from(gain?.max(0))))
            }
            Kind::Sum => {
                let mut parts = gains.zip(self.smaller.as_ref()?);
                parts.try_fold(0i128, |sum, (gain, factor)| sum.checked_add(i128::from(gain?) * i128::from(*factor)))
            }
            Kind::Smallest => {
                // A share is the gain times the factor, over the common multiple. No factor, no say.
                let mut parts = gains.zip(self.smaller.as_ref()?);
                parts.try_fold(i128::MAX, |least, (gain, factor)| {
                    let share = i128::from(gain?) * i128::from(*factor);
                    Some(if *factor > 0 { least.min(share) } else { least })
                })
            }
            Kind::Product | Kind::Difference => None,
        }
    }

    fn difference_score(&self, utilities: &[i128]) -> Option<i128> {
        let one = |u: i128, factor: i64| Some(i128::from(i64::try_from(u).ok()?) * i128::from(factor));
        match (utilities, self.smaller.as_deref()?) {
            ([a, b], [f, g]) => one(*a, *f)?.checked_sub(one(*b, *g)?)?.checked_abs().map(|d| -d),
            _ => self.difference(utilities).to_i128().and_then(i128::checked_neg),
        }
    }

    /// By the criterion alone, all levels of it.
    pub(super) fn first(&self, a: &[i128], b: &[i128]) -> Ordering {
        match self.kind {
            Kind::Product => self.product(a, b),
            Kind::Smallest => smallest_first(&self.offset, &self.scale, a, b),
            Kind::Sum => self.sum(a, b),
            Kind::Difference => self.difference(a).cmp(&self.difference(b)).reverse(),
        }
    }

    fn tie(&self, a: &[i128], b: &[i128]) -> Ordering {
        smallest_first(&self.offset, &self.units, a, b).then_with(|| a.cmp(b))
    }

    fn gains<'a>(&'a self, utilities: &'a [i128]) -> impl Iterator<Item = i128> + 'a {
        utilities.iter().zip(&self.offset).map(|(u, d)| u.saturating_sub(*d))
    }

    fn product(&self, a: &[i128], b: &[i128]) -> Ordering {
        if self.powers.is_none() {
            let small = |x| self.gains(x).try_fold(1u128, |p, g| p.checked_mul(g.max(0).unsigned_abs()));
            if let (Some(a), Some(b)) = (small(a), small(b)) {
                return a.cmp(&b);
            }
            // Products of a thousand numbers, each off by two parts in 2^53, are off by less than 10^-12.
            let rough =
                |x| self.gains(x).zip(&self.units).map(|(g, unit)| g.max(0) as f64 / *unit as f64).product::<f64>();
            let (ra, rb) = (rough(a), rough(b));
            let trusted = |r: f64| r.is_finite() && r > 1e-250;
            if a.len() < 1000 && trusted(ra) && trusted(rb) && (ra - rb).abs() > 1e-11 * ra.max(rb) {
                return ra.total_cmp(&rb);
            }
        }
        let power = |at: usize| self.powers.as_ref().map_or(1, |p| p.get(at).copied().unwrap_or(1));
        if self.powers.is_some() {
            // Most often logarithms tell: each is off by a few parts in 2^53, and so is every sum of them.
            let logarithms = |x| {
                let terms = self.gains(x).enumerate().filter(|(at, _)| power(*at) > 0);
                terms.fold((0.0, 1.0), |(sum, size), (at, g)| {
                    let term = (g.max(0) as f64).ln() * f64::from(power(at));
                    (sum + term, size + term.abs())
                })
            };
            let (a, b): ((f64, f64), (f64, f64)) = (logarithms(a), logarithms(b));
            let apart = a.0 - b.0;
            if apart.is_finite() && apart.abs() > 1e-12 * (a.1 + b.1) * self.offset.len() as f64 {
                return a.0.total_cmp(&b.0);
            }
        }
        let big = |x| {
            let gains = self.gains(x).enumerate();
            gains.fold(BigUint::one(), |p, (at, g)| p * BigUint::from(g.max(0).unsigned_abs()).pow(power(at)))
        };
        big(a).cmp(&big(b))
    }

    fn sum(&self, a: &[i128], b: &[i128]) -> Ordering {
        let parts = a.iter().zip(b).map(|(a, b)| a.saturating_sub(*b));
        if let Some(small) = &self.small {
            let mut all = parts.clone().zip(small);
            if let Some(sum) = all.try_fold(0i128, |sum, (d, f)| sum.checked_add(d.checked_mul(*f)?)) {
                return sum.cmp(&0);
            }
        }
        let sum: BigInt = parts.zip(&self.factors).map(|(d, f)| BigInt::from(d) * f).sum();
        match sum.sign() {
            Sign::Minus => Ordering::Less,
            Sign::NoSign => Ordering::Equal,
            Sign::Plus => Ordering::Greater,
        }
    }

    /// The differences between every two utilities, added up, over a common unit.
    fn difference(&self, x: &[i128]) -> BigInt {
        let mut all: Vec<BigInt> = x.iter().zip(&self.factors).map(|(u, f)| BigInt::from(*u) * f).collect();
        // In increasing order number k is larger than k others and smaller than the rest.
        all.sort_unstable();
        let n = all.len() as i64;
        all.into_iter().zip(0i64..).map(|(u, k)| u * (2 * k - n + 1)).sum()
    }

    /// One more than nothing in the sum of shares, as a real number; 0 when too small to say.
    pub(super) fn grain(&self) -> f64 {
        let scale = self.scale.iter().zip(&self.factors).find(|(s, _)| **s > 0);
        scale.and_then(|(s, f)| (BigInt::from(*s) * f).to_f64()).map_or(0.0, |whole| 1.0 / whole)
    }
}

/// Compares by the smallest gain over its scale, then the next smallest. Parties of scale 0 have no say.
fn smallest_first(offset: &[i128], scale: &[i128], a: &[i128], b: &[i128]) -> Ordering {
    let gains = |x: &'_ [i128]| -> Vec<(i128, i128)> {
        let gains = x.iter().zip(offset).map(|(u, d)| u.saturating_sub(*d));
        gains.zip(scale.iter().copied()).filter(|(_, s)| *s > 0).collect()
    };
    let (mut a, mut b) = (gains(a), gains(b));
    // Most often the smallest decides.
    let least = |list: &[(i128, i128)]| list.iter().copied().min_by(|x, y| ratio(*x, *y));
    if let (Some(x), Some(y)) = (least(&a), least(&b)) {
        let first = ratio(x, y);
        if first != Ordering::Equal {
            return first;
        }
    }
    a.sort_by(|x, y| ratio(*x, *y));
    b.sort_by(|x, y| ratio(*x, *y));
    a.iter().zip(&b).map(|(x, y)| ratio(*x, *y)).find(|o| *o != Ordering::Equal).unwrap_or(Ordering::Equal)
}

/// Compares two fractions with positive denominators.
pub(super) fn ratio(a: (i128, i128), b: (i128, i128)) -> Ordering {
    match (a.0.checked_mul(b.1), b.0.checked_mul(a.1)) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ => (BigInt::from(a.0) * b.1).cmp(&(BigInt::from(b.0) * a.1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_exact_beyond_a_machine_word() {
        let big = 1_000_000_000_000_000i128;
        let measure = Measure::new(Kind::Product, vec![0; 12], vec![1; 12], vec![big; 12]);
        let a = vec![big; 12];
        let mut b = a.clone();
        b[7] -= 1;
        assert_eq!(measure.compare(&a, &b), Ordering::Greater);
        b[3] += 2;
        assert_eq!(measure.first(&a, &b), Ordering::Less, "(x + 2)(x - 1) beats x²");
    }

    #[test]
    fn fractions_compare_beyond_128_bits() {
        let big = 1i128 << 120;
        assert_eq!(ratio((big, big + 1), (big - 1, big)), Ordering::Greater);
        assert_eq!(ratio((-big, big), (-1, 1)), Ordering::Equal);
    }
}

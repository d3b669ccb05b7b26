//! Intervals and tests from exact sums.

use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::collections::BTreeMap;

/// Nine decimals: the same on every machine.
pub(super) fn rounded(value: f64) -> f64 {
    if value.is_finite() && value.abs() < 1e6 { (value * 1e9).round() / 1e9 } else { value }
}

/// The standard error of a mean of `count` whole numbers with this sum and sum of squares; `None` for fewer than two.
/// Worked out without rounding up to the last step.
pub(super) fn standard_error(count: u64, sum: i128, squares: i128) -> Option<f64> {
    if count < 2 {
        return None;
    }
    let n = BigInt::from(count);
    let spread = BigInt::from(squares) * &n - BigInt::from(sum) * BigInt::from(sum);
    let variance = spread.to_f64()? / (n.to_f64()? * (count - 1) as f64);
    Some((variance.max(0.0) / count as f64).sqrt())
}

/// The quantile of Student's t distribution beyond which 2.5 % lie, kept by degrees of freedom.
#[derive(Debug, Default)]
pub(super) struct Student(BTreeMap<u64, f64>);

impl Student {
    /// For so many degrees of freedom, at least 1.
    pub(super) fn quantile(&mut self, freedom: u64) -> f64 {
        *self.0.entry(freedom).or_insert_with(|| {
            let (mut low, mut high) = (1.9, 13.0);
            for _ in 0..60 {
                let middle = f64::midpoint(low, high);
                if two_sided(middle, freedom) > 0.05 { low = middle } else { high = middle }
            }
            f64::midpoint(low, high)
        })
    }
}

/// The chance that Student's t with so many degrees of freedom is at least as far from 0.
pub(super) fn two_sided(t: f64, freedom: u64) -> f64 {
    let freedom = freedom as f64;
    incomplete_beta(freedom / 2.0, 0.5, freedom / (freedom + t * t))
}

/// The sign test: the chance that of `wins + losses` tosses of a fair coin, one side comes up at least as seldom as the
/// rarer of the two did (two-sided; exact; ties are left out before).
pub(super) fn sign_test(wins: u64, losses: u64) -> f64 {
    let (few, many) = (wins.min(losses) as f64, wins.max(losses) as f64);
    if wins == losses {
        return 1.0;
    }
    // P(X <= few) of a binomial is an incomplete beta.
    (2.0 * incomplete_beta(many, few + 1.0, 0.5)).min(1.0)
}

/// Holm's correction (1979): what each p-value is worth where so many were looked at, in the order given.
pub(super) fn holm(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]).then(a.cmp(b)));
    let mut corrected = vec![1.0; values.len()];
    let mut least = 0.0_f64;
    for (rank, at) in order.into_iter().enumerate() {
        least = least.max(values[at] * (values.len() - rank) as f64).min(1.0);
        corrected[at] = least;
    }
    corrected
}

/// The regularised incomplete beta function, by its continued fraction (Lentz's method).
fn incomplete_beta(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    // The fraction converges fast on one side of the mean; on the other, the function is 1 less its mirror image.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(b, a, 1.0 - x);
    }
    const TINY: f64 = 1e-300;
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (1.0 - x).ln()).exp() / a;
    let mut c = 1.0;
    let mut d = 1.0 - (a + b) * x / (a + 1.0);
    d = 1.0 / if d.abs() < TINY { TINY } else { d };
    let mut fraction = d;
    for m in 1..10_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for step in [even, odd] {
            d = 1.0 + step * d;
            d = 1.0 / if d.abs() < TINY { TINY } else { d };
            c = 1.0 + step / c;
            c = if c.abs() < TINY { TINY } else { c };
            change = c * d;
            fraction *= change;
        }
        if (change - 1.0).abs() < 1e-15 {
            break;
        }
    }
    (front * fraction).clamp(0.0, 1.0)
}

/// The logarithm of the gamma function for positive numbers: Stirling's series, after steps up to where it is exact.
fn ln_gamma(x: f64) -> f64 {
    let (mut x, mut steps) = (x, 0.0);
    while x < 12.0 {
        steps += x.ln();
        x += 1.0;
    }
    let y = 1.0 / (x * x);
    let series = (1.0 / 12.0 - y * (1.0 / 360.0 - y * (1.0 / 1260.0 - y * (1.0 / 1680.0 - y / 1188.0)))) / x;
    (x - 0.5) * x.ln() - x + 0.5 * std::f64::consts::TAU.ln() + series - steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, right: f64) {
        assert!((found - right).abs() < 1e-9 * right.abs().max(1.0), "{found} is not {right}");
    }

    #[test]
    fn gamma_is_a_factorial() {
        let mut product = 1.0_f64;
        for n in 1..30 {
            near(ln_gamma(f64::from(n) + 1.0), {
                product *= f64::from(n);
                product.ln()
            });
        }
        near(ln_gamma(0.5), std::f64::consts::PI.sqrt().ln());
    }

    #[test]
    fn quantiles_are_those_of_the_tables() {
        let mut student = Student::default();
        for (freedom, quantile) in [(1, 12.706_204_736), (2, 4.302_652_730), (10, 2.228_138_852), (30, 2.042_272_456)] {
            near(student.quantile(freedom), quantile);
        }
        // The normal distribution's, and the first term of the correction for 10^6 degrees.
        near(student.quantile(1_000_000), 1.959_963_984_540 + 2.372_27e-6);
        // One degree of freedom is Cauchy's distribution.
        near(two_sided(1.0, 1), 0.5);
        near(two_sided(0.0, 7), 1.0);
    }

    #[test]
    fn the_sign_test_counts_tosses() {
        for wins in 0..12_u64 {
            for losses in 0..12_u64 {
                let n = wins + losses;
                let few = wins.min(losses);
                let mut choose = 1.0;
                let mut below = 0.0;
                for k in 0..=few {
                    below += choose;
                    choose *= (n - k) as f64 / (k + 1) as f64;
                }
                let right = (2.0 * below / 2.0_f64.powi(n as i32)).min(1.0);
                near(sign_test(wins, losses), if wins == losses { 1.0 } else { right });
            }
        }
    }

    #[test]
    fn the_error_of_a_mean() {
        // 2, 4, 4, 4, 5, 5, 7, 9: variance 32 / 7.
        near(standard_error(8, 40, 232).unwrap(), (32.0 / 7.0 / 8.0_f64).sqrt());
        assert_eq!(standard_error(1, 3, 9), None);
    }

    #[test]
    fn holm_never_lets_a_larger_value_pass_a_smaller() {
        assert_eq!(holm(&[0.01, 0.04, 0.03]), [0.03, 0.06, 0.06]);
        assert_eq!(holm(&[0.5, 0.9]), [1.0, 1.0]);
    }
}

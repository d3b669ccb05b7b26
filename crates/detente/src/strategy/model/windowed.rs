//! Frequencies compared between windows of offers, and only where the other conceded.
//!
//! Tunalı, Aydoğan and Sanchez-Anguix, *Rethinking frequency opponent modeling in automated negotiation* (PRIMA 2017).
//! A value is worth the fourth root of its count over the greatest count of its issue. After each window of offers, its
//! values are compared with those of the window before, issue by issue, by a chi-squared test at 0.05; the counts are
//! smoothed by one. Issues that did not change gain weight, less and less with time, if some other issue did change to
//! what is worth less. A window has 25 offers unless it is said otherwise. Late in the talks, from 0.8 of the time on, nothing is learned.

use super::Estimate;
use crate::game::{Outcome, Space};

/// How much weight an issue that is kept gains at the start.
const GAIN: f64 = 10.0;
/// How the gain falls with time: 1 - t^FALL.
const FALL: i32 = 5;
/// The power that flattens counts.
const FLAT: f64 = 0.25;
/// From when on nothing is learned.
const LATE: f64 = 0.8;
/// Below this the two windows are taken to differ.
const SIGNIFICANT: f64 = 0.05;

/// A windowed frequency model.
#[derive(Debug, Clone)]
pub struct Windowed {
    size: usize,
    estimate: Estimate,
    counts: Vec<Vec<f64>>,
    /// Counts within the window before, if there is one, and within the window that is being filled.
    before: Option<Vec<Vec<f64>>>,
    now: Vec<Vec<f64>>,
    filled: usize,
}

impl Windowed {
    /// The model with windows of so many offers, over a space, before any offer.
    #[must_use]
    pub fn open(size: usize, space: &Space) -> Self {
        let estimate = Estimate::flat(space, 1.0);
        let now = Estimate::flat(space, 0.0).values;
        let counts = estimate.values.clone();
        Windowed { size: size.max(1), estimate, counts, before: None, now, filled: 0 }
    }

    /// The number of offers in a window.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// Hears an offer at a time from 0 to 1.
    pub fn hear(&mut self, offer: &Outcome, time: f64) {
        if time > LATE {
            return;
        }
        for (issue, digit) in offer.digits().iter().enumerate() {
            for counts in [&mut self.counts, &mut self.now] {
                if let Some(count) = counts.get_mut(issue).and_then(|counts| counts.get_mut(usize::from(*digit))) {
                    *count += 1.0;
                }
            }
        }
        for (counts, values) in self.counts.iter().zip(&mut self.estimate.values) {
            let most = counts.iter().copied().fold(1.0, f64::max);
            for (value, count) in values.iter_mut().zip(counts) {
                *value = (count / most).powf(FLAT);
            }
        }
        self.filled += 1;
        if self.filled == self.size {
            self.compare(time);
            let empty = self.now.iter().map(|counts| vec![0.0; counts.len()]).collect();
            self.before = Some(std::mem::replace(&mut self.now, empty));
            self.filled = 0;
        }
    }

    /// Compares the window with the one before, and moves weights.
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    fn compare(&mut self, time: f64) {
        let Some(before) = &self.before else { return };
        let smooth = |counts: &Vec<f64>| -> Vec<f64> {
            let sum = self.size as f64 + counts.len() as f64;
            counts.iter().map(|count| (1.0 + count) / sum).collect()
        };
        let mut kept = Vec::new();
        let mut conceded = false;
        for (issue, (before, now)) in before.iter().zip(&self.now).enumerate() {
            let (before, now) = (smooth(before), smooth(now));
            let statistic: f64 = before.iter().zip(&now).map(|(b, n)| (b - n) * (b - n) / n).sum();
            if chi_squared_above(statistic, now.len().saturating_sub(1) as f64) > SIGNIFICANT {
                kept.push(issue);
            } else if let Some(values) = self.estimate.values.get(issue) {
                let worth = |shares: &[f64]| shares.iter().zip(values).map(|(s, v)| s * v).sum::<f64>();
                conceded |= worth(&now) < worth(&before);
            }
        }
        if conceded {
            for issue in kept {
                if let Some(weight) = self.estimate.weights.get_mut(issue) {
                    *weight += GAIN * (1.0 - time.powi(FALL));
                }
            }
            let sum: f64 = self.estimate.weights.iter().sum();
            self.estimate.weights.iter_mut().for_each(|weight| *weight /= sum);
        }
    }

    /// What it has learned.
    #[must_use]
    pub fn estimate(&self) -> &Estimate {
        &self.estimate
    }
}

/// The chance that a chi-squared variable with so many degrees of freedom is above `x`: the upper regularised incomplete
/// gamma function at (freedom / 2, x / 2), by its series or its continued fraction.
fn chi_squared_above(x: f64, freedom: f64) -> f64 {
    let (a, x) = (freedom / 2.0, x / 2.0);
    if x <= 0.0 || a <= 0.0 {
        return 1.0;
    }
    let front = (a * x.ln() - x - log_gamma(a)).exp();
    if x < a + 1.0 {
        let (mut term, mut sum) = (1.0 / a, 1.0 / a);
        for n in 1..500 {
            term *= x / (a + f64::from(n));
            sum += term;
            if term < sum * 1e-15 {
                break;
            }
        }
        return (1.0 - front * sum).clamp(0.0, 1.0);
    }
    let tiny = 1e-300;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / tiny;
    let mut d = 1.0 / b;
    let mut fraction = d;
    for n in 1..500 {
        let n = f64::from(n);
        let step = -n * (n - a);
        b += 2.0;
        d = 1.0 / non_zero(step * d + b, tiny);
        c = non_zero(b + step / c, tiny);
        fraction *= c * d;
        if (c * d - 1.0).abs() < 1e-15 {
            break;
        }
    }
    (front * fraction).clamp(0.0, 1.0)
}

fn non_zero(x: f64, tiny: f64) -> f64 {
    if x.abs() < tiny { tiny } else { x }
}

/// The logarithm of the gamma function of a positive multiple of a half.
fn log_gamma(a: f64) -> f64 {
    let (mut at, mut sum) = if a.fract() == 0.0 { (1.0, 0.0) } else { (0.5, std::f64::consts::PI.ln() / 2.0) };
    while at < a - 0.25 {
        sum += f64::ln(at);
        at += 1.0;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chi_squared_has_the_values_of_the_tables() {
        // Critical values at 0.05 for 1 to 5 and 10 degrees of freedom (any table of the distribution).
        for (freedom, critical) in [
            (1.0, 3.841_459),
            (2.0, 5.991_465),
            (3.0, 7.814_728),
            (4.0, 9.487_729),
            (5.0, 11.070_498),
            (10.0, 18.307_038),
        ] {
            let above = chi_squared_above(critical, freedom);
            assert!((above - 0.05).abs() < 1e-7, "{freedom}: {above}");
        }
        assert!((chi_squared_above(1.0, 2.0) - (-0.5f64).exp()).abs() < 1e-12);
        assert!((chi_squared_above(0.0, 3.0) - 1.0).abs() < 1e-12);
    }
}

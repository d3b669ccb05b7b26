//! The geometric mean, from below.

/// The geometric mean of numbers that are not negative, times the root of a factor, from below by Newton's method:
/// only operations that give the same on every machine.
pub(super) fn mean(terms: &[f64], factor: f64) -> f64 {
    let n = i32::try_from(terms.len()).unwrap_or(i32::MAX);
    let mut above = terms.iter().sum::<f64>() / f64::from(n) * factor;
    if above <= 0.0 || !above.is_finite() {
        return 0.0;
    }
    // Scaled by their mean, so that the product neither vanishes nor overflows.
    let scaled: f64 = terms.iter().map(|t| t / above).product::<f64>() * factor;
    let mut root = 1.0f64;
    for _ in 0..200 {
        let power = root.powi(n - 1);
        let next = root - (power * root - scaled) / (f64::from(n) * power);
        if !next.is_finite() || next >= root || next <= 0.0 {
            break;
        }
        root = next;
    }
    // Newton's steps come from above: go down until the power is not above.
    while root > 0.0 && root.powi(n) > scaled {
        root *= 1.0 - 1e-14 * f64::from(n.max(1));
        if root < 1e-300 {
            return 0.0;
        }
    }
    above *= root;
    above
}

//! Comparisons of packages as sums over issues, and the part of a line on which they hold.

/// What moves within a chain may add to a total by rounding.
const ROUNDING: f64 = 1e-12;

/// Comparisons that are linear in the weights: each total, the sum of weight × part, must not be negative.
#[derive(Debug, Clone, Default)]
pub(super) struct Totals {
    /// By comparison.
    pub(super) total: Vec<f64>,
    /// How much better the first package is, by issue and then comparison.
    parts: Vec<f64>,
    /// The line of a move: issues with the rates at which their weights change, and those of the totals.
    pub(super) line: Vec<(usize, f64)>,
    pub(super) rates: Vec<f64>,
}

impl Totals {
    /// The totals of `comparisons` over `issues`, all 0.
    pub(super) fn new(comparisons: usize, issues: usize) -> Self {
        Totals {
            total: vec![0.0; comparisons],
            parts: vec![0.0; comparisons * issues],
            line: Vec::new(),
            rates: vec![0.0; comparisons],
        }
    }

    /// Adds to one of them.
    pub(super) fn add(&mut self, issue: usize, comparison: usize, change: f64) {
        let n = self.total.len();
        self.parts.get_mut(issue * n + comparison).into_iter().for_each(|p| *p += change);
    }

    /// Sums up anew for some weights.
    pub(super) fn sum(&mut self, weights: &[f64]) {
        let n = self.total.len();
        self.total.fill(0.0);
        for (weight, parts) in weights.iter().zip(self.parts.chunks_exact(n.max(1))) {
            self.total.iter_mut().zip(parts).for_each(|(t, p)| *t += weight * p);
        }
    }

    /// Narrows a span of the current line to where every total stays at least 0.
    pub(super) fn clip(&mut self, span: &mut (f64, f64)) {
        if self.total.is_empty() {
            return;
        }
        self.rates.fill(0.0);
        let n = self.total.len();
        for (issue, rate) in &self.line {
            let parts = self.parts.get(issue * n..(issue + 1) * n).unwrap_or(&[]);
            self.rates.iter_mut().zip(parts).for_each(|(r, p)| *r += rate * p);
        }
        self.total.iter().zip(&self.rates).for_each(|(t, r)| clip(span, *t, *r));
    }
}

/// The part of a line on which `value + rate · t ≥ 0`.
pub(super) fn clip(span: &mut (f64, f64), value: f64, rate: f64) {
    if rate > 0.0 {
        span.0 = span.0.max(-value / rate);
    } else if rate < 0.0 {
        span.1 = span.1.min(-value / rate);
    } else if value < -ROUNDING {
        *span = (0.0, 0.0);
    }
}

//! Regression with Gaussian processes in one dimension.
//!
//! Rasmussen and Williams, *Gaussian Processes for Machine Learning* (MIT Press 2006), algorithm 2.1; the kernel is
//! Matérn's with ν = 3/2, the mean a straight line by least squares.

/// A process fitted to points.
#[derive(Debug, Clone)]
pub(super) struct Process {
    kernel: Kernel,
    at: Vec<f64>,
    /// The lower triangle of the Cholesky factor of the covariance of the points, row by row.
    factor: Vec<Vec<f64>>,
    /// The inverse of the covariance times the residuals.
    weights: Vec<f64>,
    /// The line: its height at 0 and its slope.
    line: (f64, f64),
}

/// Matérn's kernel with noise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Kernel {
    /// The standard deviation of the process.
    pub(super) height: f64,
    /// How far apart points are that have little to do with each other.
    pub(super) length: f64,
    /// The standard deviation of the noise.
    pub(super) noise: f64,
}

impl Kernel {
    /// The covariance of the process between two places.
    pub(super) fn between(self, a: f64, b: f64) -> f64 {
        let far = 3f64.sqrt() * (a - b).abs() / self.length;
        self.height * self.height * (1.0 + far) * (-far).exp()
    }
}

/// The line of least squares through points: its height at 0 and its slope. A level line where there are not two
/// places.
pub(super) fn line(at: &[f64], seen: &[f64]) -> (f64, f64) {
    let count = at.len().max(1) as f64;
    let (x, y) = (at.iter().sum::<f64>() / count, seen.iter().sum::<f64>() / count);
    let spread: f64 = at.iter().map(|a| (a - x) * (a - x)).sum();
    if spread <= 0.0 {
        return (y, 0.0);
    }
    let slope = at.iter().zip(seen).map(|(a, s)| (a - x) * (s - y)).sum::<f64>() / spread;
    (y - slope * x, slope)
}

impl Process {
    /// Fits a process to points, with the likelihood of the residuals (the logarithm of their density). `None` when
    /// there are none, or the covariance is not positive definite.
    pub(super) fn fit(kernel: Kernel, at: &[f64], seen: &[f64]) -> Option<(Self, f64)> {
        if at.is_empty() || at.len() != seen.len() {
            return None;
        }
        let line = line(at, seen);
        let rest: Vec<f64> = at.iter().zip(seen).map(|(a, s)| s - line.0 - line.1 * a).collect();
        let mut factor: Vec<Vec<f64>> = Vec::with_capacity(at.len());
        for (i, a) in at.iter().enumerate() {
            let mut row: Vec<f64> = Vec::with_capacity(i + 1);
            for (b, other) in at.iter().zip(&factor) {
                let left = kernel.between(*a, *b) - dot(&row, other);
                row.push(left / other.last()?);
            }
            let own = kernel.between(*a, *a) + kernel.noise * kernel.noise - dot(&row, &row);
            if own.is_nan() || own <= 0.0 {
                return None;
            }
            row.push(own.sqrt());
            factor.push(row);
        }
        let weights = back(&factor, &forward(&factor, &rest));
        let logs: f64 = factor.iter().filter_map(|row| row.last()).map(|own| own.ln()).sum();
        let count = at.len() as f64;
        let likelihood = -0.5 * dot(&rest, &weights) - logs - 0.5 * count * std::f64::consts::TAU.ln();
        Some((Process { kernel, at: at.to_vec(), factor, weights, line }, likelihood))
    }

    /// The most likely of some kernels. `None` when none can be fitted.
    pub(super) fn likeliest(kernels: impl Iterator<Item = Kernel>, at: &[f64], seen: &[f64]) -> Option<Self> {
        let mut best: Option<(Self, f64)> = None;
        for kernel in kernels {
            let Some((process, likelihood)) = Process::fit(kernel, at, seen) else { continue };
            if best.as_ref().is_none_or(|(_, most)| likelihood > *most) {
                best = Some((process, likelihood));
            }
        }
        best.map(|(process, _)| process)
    }

    /// The mean and the standard deviation of what will be seen at a place, noise included.
    pub(super) fn at(&self, place: f64) -> (f64, f64) {
        let with: Vec<f64> = self.at.iter().map(|a| self.kernel.between(*a, place)).collect();
        let mean = self.line.0 + self.line.1 * place + dot(&with, &self.weights);
        let known = forward(&self.factor, &with);
        let own = self.kernel.between(place, place) + self.kernel.noise * self.kernel.noise;
        (mean, (own - dot(&known, &known)).max(0.0).sqrt())
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Solves `L x = b` for a lower triangle.
fn forward(factor: &[Vec<f64>], b: &[f64]) -> Vec<f64> {
    let mut x: Vec<f64> = Vec::with_capacity(b.len());
    for (row, b) in factor.iter().zip(b) {
        let own = row.last().copied().unwrap_or(1.0);
        let next = (b - dot(row, &x)) / own;
        x.push(next);
    }
    x
}

/// Solves `L' x = b` for a lower triangle.
fn back(factor: &[Vec<f64>], b: &[f64]) -> Vec<f64> {
    let mut left = b.to_vec();
    let mut x = vec![0.0; b.len()];
    for (at, row) in factor.iter().enumerate().rev() {
        let own = row.last().copied().unwrap_or(1.0);
        let now = left.get(at).copied().unwrap_or(0.0) / own;
        for (rest, entry) in left.iter_mut().zip(row) {
            *rest -= entry * now;
        }
        if let Some(x) = x.get_mut(at) {
            *x = now;
        }
    }
    x
}

/// The share of a normal distribution below a point (Abramowitz and Stegun 7.1.26, within 1.5e-7).
pub(super) fn below(point: f64, mean: f64, deviation: f64) -> f64 {
    if deviation <= 0.0 {
        return if point >= mean { 1.0 } else { 0.0 };
    }
    let z = (point - mean) / (deviation * 2f64.sqrt());
    let t = 1.0 / (1.0 + 0.327_591_1 * z.abs());
    let series =
        t * (0.254_829_592 + t * (-0.284_496_736 + t * (1.421_413_741 + t * (-1.453_152_027 + t * 1.061_405_429))));
    let tail = series * (-z * z).exp();
    if z >= 0.0 { 1.0 - 0.5 * tail } else { 0.5 * tail }
}

//! An answer with how it was made.

use schemars::JsonSchema;
use serde::Serialize;

/// How good an answer is.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Exactness {
    /// Proven, in exact arithmetic.
    Exact,
    /// Within this distance of the truth, proven.
    Within(f64),
    /// Estimated from random draws; the largest half-width of a 95 % interval.
    Sampled {
        /// Number of draws.
        draws: u64,
        /// Largest half-width of a 95 % interval over the shares reported.
        error: f64,
    },
    /// A search that found something good and does not claim the best.
    Heuristic,
    /// Stopped by a limit.
    CutOff {
        /// Which.
        limit: String,
    },
}

/// How an answer was made.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Made {
    /// The method, in a sentence.
    pub method: String,
    /// How good the answer is.
    pub exactness: Exactness,
    /// Limits that applied, whether or not they were hit.
    pub limits: Vec<String>,
    /// The seed, where anything was drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
}

/// An answer with how it was made.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Finding<T> {
    /// The answer.
    #[serde(flatten)]
    pub answer: T,
    /// How it was made.
    pub made: Made,
}

/// A share of draws with its 95 % interval (Wilson 1927).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct ShareOf {
    /// In how many draws.
    pub hits: u64,
    /// Of how many.
    pub draws: u64,
    /// The share, 0 to 1.
    pub share: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

impl ShareOf {
    /// The share of `hits` in `draws`, rounded to six decimals so that it prints the same everywhere.
    ///
    /// ```
    /// let half = detente::lens::ShareOf::new(50, 100);
    /// assert!(half.low > 0.40 && half.high < 0.60 && half.share == 0.5);
    /// ```
    #[must_use]
    pub fn new(hits: u64, draws: u64) -> Self {
        const Z: f64 = 1.959_963_984_540_054;
        let round = |x: f64| (x.clamp(0.0, 1.0) * 1e6).round() / 1e6;
        if draws == 0 {
            return ShareOf { hits, draws, share: 0.0, low: 0.0, high: 1.0 };
        }
        let (n, p) = (draws as f64, hits as f64 / draws as f64);
        let centre = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
        let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        ShareOf { hits, draws, share: round(p), low: round(centre - half), high: round(centre + half) }
    }

    /// Half the width of the interval.
    #[must_use]
    pub fn error(&self) -> f64 {
        ((self.high - self.low) / 2.0 * 1e6).round() / 1e6
    }
}

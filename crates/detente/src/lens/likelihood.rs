//! Words for likelihoods.

/// Upper ends of the bands of likelihood, as shares, with their words: Intelligence Community
/// Directive 203 (2015), with the ends of the scale given to its outermost words.
const BANDS: [(f64, &str); 6] = [
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even odds"),
    (0.80, "likely"),
    (0.95, "very likely"),
];

/// The word for a likelihood, 0 to 1. A share on the border of two bands belongs to the upper one.
///
/// ```
/// use detente::lens::likelihood::word;
/// assert_eq!(word(0.12), "very unlikely");
/// assert_eq!(word(0.0), "almost no chance");
/// assert_eq!(word(0.45), "roughly even odds");
/// assert_eq!(word(0.99), "almost certain");
/// ```
#[must_use]
pub fn word(share: f64) -> &'static str {
    BANDS.iter().find(|(end, _)| share < *end).map_or("almost certain", |(_, word)| word)
}

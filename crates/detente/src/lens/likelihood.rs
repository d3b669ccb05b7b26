//! Likelihoods in words, as in ICD 203 (US Office of the Director of National Intelligence, 2015).

/// The word for a likelihood between 0 and 1.
///
/// The bands are 1–5, 5–20, 20–45, 45–55, 55–80, 80–95 and 95–99 %. A share on the border of two
/// bands goes to the one nearer to even odds, so that a share and its opposite get opposite words.
/// Shares below 1 % and above 99 % take the outermost words.
///
/// ```
/// use detente::lens::likelihood::word;
/// assert_eq!(word(0.12), "very unlikely");
/// assert_eq!(word(0.88), "very likely");
/// ```
#[must_use]
pub fn word(share: f64) -> &'static str {
    match share {
        s if s < 0.05 => "almost no chance",
        s if s < 0.20 => "very unlikely",
        s if s < 0.45 => "unlikely",
        s if s <= 0.55 => "roughly even odds",
        s if s <= 0.80 => "likely",
        s if s <= 0.95 => "very likely",
        _ => "almost certain",
    }
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn the_bands_mirror_each_other() {
        let opposite = |w| match w {
            "almost no chance" => "almost certain",
            "very unlikely" => "very likely",
            "unlikely" => "likely",
            other => other,
        };
        for hundredths in 0..50 {
            let share = f64::from(hundredths) / 100.0;
            assert_eq!(opposite(word(share)), word(1.0 - share), "{share}");
        }
        assert_eq!(word(0.5), "roughly even odds");
        assert_eq!((word(0.0), word(1.0)), ("almost no chance", "almost certain"));
    }
}

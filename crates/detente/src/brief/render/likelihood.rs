//! The seven bands of likelihood (ICD 203, 2015), to show where a judgement lies among them.

/// Words of the bands from the least to the most likely.
pub(super) const BANDS: [&str; 7] =
    ["almost no chance", "very unlikely", "unlikely", "roughly even odds", "likely", "very likely", "almost certain"];

/// The band of a likelihood: by its word, or by the number where the word is none of the seven.
pub(super) fn band(word: &str, number: &str) -> Option<usize> {
    let word = word.trim().to_lowercase();
    let by_word = match word.as_str() {
        "almost no chance" | "remote" => Some(0),
        "very unlikely" | "highly improbable" => Some(1),
        "unlikely" | "improbable" => Some(2),
        "roughly even chance" | "roughly even odds" | "even chance" | "even" | "about even" => Some(3),
        "likely" | "probable" => Some(4),
        "very likely" | "highly probable" => Some(5),
        "almost certain" | "almost certainly" | "nearly certain" => Some(6),
        _ => None,
    };
    by_word.or_else(|| percent(number).map(band_of))
}

/// The band of a likelihood in per cent.
fn band_of(percent: f64) -> usize {
    [5.0, 20.0, 45.0, 55.0, 80.0, 95.0].iter().filter(|&&end| percent >= end).count()
}

/// The first number in words like "12 %", "about 12.5 per cent"; none outside 0 to 100.
fn percent(words: &str) -> Option<f64> {
    let start = words.find(|c: char| c.is_ascii_digit())?;
    let digits: String = words.get(start..)?.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    digits.trim_end_matches('.').parse().ok().filter(|percent| (0.0..=100.0).contains(percent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_find_their_band() {
        for (index, word) in BANDS.iter().enumerate() {
            assert_eq!(band(word, ""), Some(index));
        }
        let numbers = ["1 %", "12 %", "30", "50 %", "about 60.5 %", "90 %", "99 %"];
        assert_eq!(numbers.map(|number| band("", number)), [0, 1, 2, 3, 4, 5, 6].map(Some));
        assert_eq!(band("who knows", "no number"), None);
        assert_eq!(band("", "250 %"), None);
    }
}

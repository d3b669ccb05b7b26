//! "Did you mean": the known name nearest to a misspelt one.

/// A longer word is no slip of the pen, and comparing long words takes long.
const LONGEST: usize = 80;

/// The candidate nearest to `word`, if one is near enough to be a likely slip.
#[must_use]
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    if length > LONGEST {
        return None;
    }
    let allowed = if length < 3 { 0 } else { (length / 3).max(1) };
    candidates
        .into_iter()
        .filter(|c| c.len() <= LONGEST * 4)
        .map(|c| (strsim::osa_distance(&word, &c.to_lowercase()), c))
        .filter(|(distance, c)| *distance <= allowed || (word.len() >= 4 && c.to_lowercase().starts_with(&word)))
        .min_by_key(|(distance, c)| (*distance, *c))
        .map(|(_, c)| c)
}

/// A hint for an unknown name: the nearest known one, or the list when it is short.
#[must_use]
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    if let Some(near) = closest(word, candidates.iter().copied()) {
        return Some(format!("did you mean `{near}`?"));
    }
    match candidates.len() {
        0 => None,
        1..=12 if candidates.iter().map(|c| c.len()).sum::<usize>() <= 12 * LONGEST => {
            Some(format!("known here: {}", candidates.iter().map(|c| format!("`{c}`")).collect::<Vec<_>>().join(", ")))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_slip_and_refuses_a_stranger() {
        assert_eq!(closest("ceasfire", ["ceasefire", "status"]), Some("ceasefire"));
        assert_eq!(closest("zebra", ["ceasefire", "status"]), None);
    }

    #[test]
    fn long_words_are_not_compared() {
        let (long, longer) = ("x".repeat(1_000_000), "x".repeat(1_000_001));
        assert_eq!(did_you_mean(&long, [longer.as_str()]), None);
        assert_eq!(did_you_mean("statos", [longer.as_str(), "status"]), Some("did you mean `status`?".into()));
    }
}

//! Numbers as a reader sees them: whole percents, intervals, ranges, amounts.

use crate::case::Range;
use crate::lens::ShareOf;
use crate::lens::likelihood::word;

/// A share in whole percents. `exact` allows 0 % and 100 %; without it they read `<1 %` and `>99 %`,
/// because no number of draws proves never or always.
pub(super) fn percent(share: f64, exact: bool) -> String {
    match (share * 100.0).round() {
        p if p <= 0.0 && !(exact && share <= 0.0) => "<1\u{a0}%".to_string(),
        p if p >= 100.0 && !(exact && share >= 1.0) => ">99\u{a0}%".to_string(),
        p => format!("{p:.0}\u{a0}%"),
    }
}

/// Whether a share comes from one game only, so that it is a yes or a no and not an estimate.
pub(super) fn is_one_game(of: &ShareOf) -> bool {
    of.draws == 1
}

/// A share of draws in whole percents, without its interval.
pub(super) fn share(of: &ShareOf) -> String {
    match of.draws {
        0 => "not computed".to_string(),
        1 => if of.hits > 0 { "yes" } else { "no" }.to_string(),
        _ => percent(of.share, false),
    }
}

/// The 95 % interval of a share of draws: `10–14 %`. Empty for a single game.
pub(super) fn interval(of: &ShareOf) -> String {
    if of.draws <= 1 {
        return String::new();
    }
    let (low, high) = ((of.low * 100.0).round(), (of.high * 100.0).round());
    if low < high { format!("{low:.0}–{high:.0}\u{a0}%") } else { percent(low / 100.0, false) }
}

/// A share of draws with its interval: `12 % (10–14 %)`.
pub(super) fn with_interval(of: &ShareOf) -> String {
    let (share, interval) = (share(of), interval(of));
    if interval.is_empty() || interval == share { share } else { format!("{share} ({interval})") }
}

/// A share with its interval, in a sentence: `in 12 % (10–14 %) of the preference sets that fit the record`.
pub(super) fn in_how_many(of: &ShareOf) -> String {
    match of.draws {
        0 => "in no preference set looked at, because none was drawn".to_string(),
        1 if of.hits > 0 => "in the one preference set that the case gives".to_string(),
        1 => "not in the one preference set that the case gives".to_string(),
        _ => format!("in {} of the preference sets that fit the record", with_interval(of)),
    }
}

/// The likelihood word of a share of draws; none for a single game, which is a yes or a no.
pub(super) fn in_words(of: &ShareOf) -> Option<&'static str> {
    (of.draws > 1).then(|| word(of.share))
}

/// Whether the likelihood word of a share is likely or more.
pub(super) fn is_likely(of: &ShareOf) -> bool {
    of.draws > 0 && matches!(word(of.share), "likely" | "very likely" | "almost certain")
}

/// A share of draws as a bar: the share and the ends of its interval. None when nothing was drawn.
pub(super) fn bar(of: &ShareOf) -> Option<[f64; 3]> {
    match of.draws {
        0 => None,
        1 => Some([of.share; 3]),
        _ => Some([of.share, of.low, of.high]),
    }
}

/// A number between 0 and 1 from the case, as a point or a range in percents.
pub(super) fn range_percent(range: Range) -> String {
    // Two decimals at most, and only where the case has them: its numbers are not rounded away.
    let hundredths = |x: f64| (x * 10_000.0).round() / 100.0;
    match (hundredths(range.low), hundredths(range.high)) {
        (low, high) if low < high => format!("{low}–{high}\u{a0}%"),
        (low, _) => format!("{low}\u{a0}%"),
    }
}

/// A number from the case with its unit left out: a point or a range, with the thousands set apart.
pub(super) fn amount(range: Range) -> String {
    if range.is_point() { grouped(range.low) } else { format!("{} to {}", grouped(range.low), grouped(range.high)) }
}

/// A number with its thousands set apart by commas, from ten thousand on: years stay whole.
fn grouped(number: f64) -> String {
    let plain = format!("{number}");
    let digits = plain.trim_start_matches('-');
    if number.abs() < 10_000.0 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return plain;
    }
    let sign = if number < 0.0 { "−" } else { "" };
    format!("{sign}{}", thousands(digits))
}

/// Digits with the thousands set apart by commas, from ten thousand on; other words as they are.
pub(super) fn thousands(digits: &str) -> String {
    if digits.len() < 5 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return digits.to_string();
    }
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A large number in decimal digits, from a thousand million on with its size:
/// `1,020,600,000,000 (about 10¹²)`.
pub(super) fn large(digits: &str) -> String {
    let all = thousands(digits);
    if digits.len() < 10 || all == digits {
        return all;
    }
    let first: f64 = digits.chars().take(2).collect::<String>().parse().unwrap_or(0.0);
    let (times, power) = match (first / 10.0).round() {
        10.0 => (1.0, digits.len()),
        times => (times, digits.len() - 1),
    };
    let times = if times == 1.0 { String::new() } else { format!("{times}\u{a0}×\u{a0}") };
    let power = power.to_string();
    let power = power.chars().map(|d| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(d as usize - '0' as usize).unwrap_or(d));
    format!("{all} (about {times}10{})", power.collect::<String>())
}

/// A number of things in words: `1 claim`, `3 claims`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_never_claim_certainty_from_draws() {
        assert_eq!(share(&ShareOf::new(0, 1000)), "<1\u{a0}%");
        assert_eq!(share(&ShareOf::new(1000, 1000)), ">99\u{a0}%");
        assert_eq!(share(&ShareOf::new(3, 1000)), "<1\u{a0}%");
        assert_eq!(share(&ShareOf::new(997, 1000)), ">99\u{a0}%");
        assert_eq!(share(&ShareOf::new(6, 1000)), "1\u{a0}%");
        assert_eq!(with_interval(&ShareOf::new(120, 1000)), "12\u{a0}% (10–14\u{a0}%)");
        assert_eq!(with_interval(&ShareOf::new(0, 100_000)), "<1\u{a0}%");
        assert_eq!(with_interval(&ShareOf::new(0, 100)), "<1\u{a0}% (0–4\u{a0}%)");
        assert_eq!((with_interval(&ShareOf::new(1, 1)), with_interval(&ShareOf::new(0, 0))), {
            ("yes".into(), "not computed".into())
        });
        assert_eq!((percent(0.0, true), percent(1.0, true), percent(0.001, true)), {
            ("0\u{a0}%".into(), "100\u{a0}%".into(), "<1\u{a0}%".into())
        });
    }

    #[test]
    fn numbers_of_the_case_read_well() {
        assert_eq!(range_percent(Range { low: 0.85, likely: None, high: 0.99 }), "85–99\u{a0}%");
        assert_eq!(range_percent(Range::point(1.0)), "100\u{a0}%");
        assert_eq!(range_percent(Range { low: 0.0, likely: None, high: 0.005 }), "0–0.5\u{a0}%");
        assert_eq!(range_percent(Range::point(0.29)), "29\u{a0}%");
        assert_eq!(amount(Range { low: 20_000.0, likely: None, high: 1_000_000.0 }), "20,000 to 1,000,000");
        assert_eq!(amount(Range::point(0.5)), "0.5");
        assert_eq!((large("12"), large("2400"), large("none")), ("12".into(), "2400".into(), "none".into()));
        assert_eq!(large("1020600000000"), "1,020,600,000,000 (about 10¹²)");
        assert_eq!(large("9960000000"), "9,960,000,000 (about 10¹⁰)");
        assert_eq!(large("34000000000"), "34,000,000,000 (about 3\u{a0}×\u{a0}10¹⁰)");
        assert_eq!(amount(Range::point(1e300)).len(), 301 + 100);
    }
}

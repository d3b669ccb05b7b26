//! Words and digits for numbers in English.

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
/// From "first" on; "half" and "quarter" are other words for the second and fourth part.
pub(super) const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];
const SCALES: [(&str, f64); 12] = [
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
    ("dozen", 12.0),
    ("k", 1e3),
    ("m", 1e6),
    ("mn", 1e6),
    ("mln", 1e6),
    ("bn", 1e9),
    ("tn", 1e12),
];
/// Other words for a number.
pub(super) const WORDS: [(&str, f64); 19] = [
    ("no", 0.0),
    ("none", 0.0),
    ("nil", 0.0),
    ("nobody", 0.0),
    ("nothing", 0.0),
    ("without", 0.0),
    ("single", 1.0),
    ("once", 1.0),
    ("all", 1.0),
    ("every", 1.0),
    ("entire", 1.0),
    ("whole", 1.0),
    ("both", 2.0),
    ("couple", 2.0),
    ("pair", 2.0),
    ("twice", 2.0),
    ("double", 2.0),
    ("doubled", 2.0),
    ("tripled", 3.0),
];
/// Plurals that name an order of magnitude: the word, the least, the most.
pub(super) const VAGUE: [(&str, f64, f64); 9] = [
    ("dozens", 24.0, 100.0),
    ("scores", 40.0, 100.0),
    ("hundreds", 2e2, 1e3),
    ("thousands", 2e3, 1e6),
    ("millions", 1e6, 1e9),
    ("billions", 1e9, 1e12),
    ("majority", 0.5, 1.0),
    ("most", 0.5, 1.0),
    ("minority", 0.0, 0.5),
];

pub(super) fn small(word: &str) -> Option<f64> {
    SMALL.iter().position(|w| *w == word).map(|i| i as f64)
}

pub(super) fn tens(word: &str) -> Option<f64> {
    TENS.iter().position(|w| *w == word).map(|i| (i + 2) as f64 * 10.0)
}

pub(super) fn scale(word: &str) -> Option<f64> {
    SCALES.iter().find(|(w, _)| *w == word).map(|(_, s)| *s)
}

/// The part that a word names: a third, two thirds.
pub(super) fn part(word: &str) -> Option<f64> {
    let one = word.strip_suffix('s').unwrap_or(word);
    match one {
        "half" | "halve" => Some(0.5),
        "quarter" => Some(0.25),
        "hundredth" => Some(0.01),
        _ => ORDINALS.iter().skip(2).position(|w| *w == one).map(|i| 1.0 / (i + 3) as f64),
    }
}

/// The values that digits can have: with commas or points for thousands or decimals.
pub(super) fn of_digits(digits: &str) -> Vec<f64> {
    let grouped = |sign: char| {
        let mut groups = digits.split(sign);
        let head = groups.next().is_some_and(|g| (1..=3).contains(&g.len()));
        head && digits.contains(sign) && groups.all(|g| g.split(['.', ',']).next().is_some_and(|g| g.len() == 3))
    };
    let mut out = Vec::new();
    let mut add = |text: String| out.extend(text.parse::<f64>().ok().filter(|v| v.is_finite()));
    if grouped(',') {
        add(digits.replace(',', ""));
    } else {
        add(digits.replace(',', "."));
    }
    if grouped('.') {
        add(digits.replace('.', "").replace(',', "."));
    }
    if out.is_empty() {
        // Something like a date: 16.05.2025.
        out.extend(digits.split(['.', ',']).filter_map(|part| part.parse::<f64>().ok()).filter(|v| v.is_finite()));
    }
    out
}

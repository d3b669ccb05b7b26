//! Numbers in running English, in digits and in words.
//!
//! Made for one question: does a quote say this number? So where a passage can be read in two ways
//! ("the third round", "a third of it"), both readings are kept.

use super::number_words::{ORDINALS, VAGUE, WORDS, of_digits, part, scale, small, tens};
use crate::text::fold;
use std::ops::Range;

/// A word, a number in digits, or a sign that matters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    /// As written.
    pub(super) text: String,
    /// In lower case.
    lower: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Digits,
    Percent,
    Hyphen,
    Other,
}

impl Token {
    pub(super) fn is(&self, word: &str) -> bool {
        self.lower == word
    }
}

/// One reading of a number in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Amount {
    /// The least it can be.
    pub(super) low: f64,
    /// The most it can be; the same as `low` unless the words are vague ("tens of thousands").
    pub(super) high: f64,
    /// Where, in tokens.
    pub(super) at: Range<usize>,
}

impl Amount {
    fn point(value: f64, at: Range<usize>) -> Self {
        Amount { low: value, high: value, at }
    }

    pub(super) fn is_vague(&self) -> bool {
        self.low < self.high
    }
}

/// Whether two numbers are the same but for the last digits of their binary fractions, and for their sign.
fn same(a: f64, b: f64) -> bool {
    (a.abs() - b.abs()).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// How well the amounts of a quote support a number of a claim.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Support {
    /// The number itself, at these tokens.
    Stated(Vec<Range<usize>>),
    /// Only words that leave it open, at these tokens.
    Vague(Range<usize>),
    /// Not at all.
    None,
}

/// Looks for a number, or for anything within a range of numbers, among amounts.
pub(super) fn support(amounts: &[Amount], wanted: crate::case::scalars::Range) -> Support {
    let (low, high) = (wanted.low, wanted.high);
    let within = |a: &Amount| {
        a.low <= high && a.high >= low || [low, high].iter().any(|end| same(a.low, *end) || same(a.high, *end))
    };
    let stated: Vec<Range<usize>> =
        amounts.iter().filter(|a| !a.is_vague() && within(a)).map(|a| a.at.clone()).collect();
    if !stated.is_empty() {
        return Support::Stated(stated);
    }
    amounts.iter().find(|a| a.is_vague() && within(a)).map_or(Support::None, |a| Support::Vague(a.at.clone()))
}

/// The words and numbers of a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let text = fold(text);
    let mut out: Vec<Token> = Vec::new();
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let after_digit = |i: usize| rest.get(i + 1..).is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
        let (kind, len) = if first.is_ascii_digit() {
            let inside = |(i, c): &(usize, char)| c.is_ascii_digit() || matches!(c, ',' | '.') && after_digit(*i);
            (Kind::Digits, rest.char_indices().take_while(inside).map(|(_, c)| c.len_utf8()).sum())
        } else if first.is_alphabetic() {
            let inside = |c: &char| c.is_alphabetic() || *c == '\'';
            (Kind::Word, rest.chars().take_while(inside).map(char::len_utf8).sum())
        } else {
            let kind = match first {
                '%' | '٪' => Kind::Percent,
                '-' => Kind::Hyphen,
                _ => Kind::Other,
            };
            (kind, first.len_utf8())
        };
        let (token, after) = rest.split_at_checked(len).unwrap_or((rest, ""));
        if !first.is_whitespace() {
            out.push(Token { text: token.to_string(), lower: token.to_lowercase(), kind });
        }
        rest = after;
    }
    out
}

/// Every number in a text, in every reading.
pub(super) fn amounts(tokens: &[Token]) -> Vec<Amount> {
    let mut out = Vec::new();
    let mut plain = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let before = out.len();
        if let Some(cardinal) = Cardinal::read(tokens, at) {
            at = cardinal.at.end;
            cardinal.readings(tokens, &mut out);
            plain.push(cardinal);
        } else {
            at = vague(tokens, at, &mut out).unwrap_or(at + 1);
        }
        at = out.iter().skip(before).map(|a| a.at.end).max().unwrap_or(at).max(at);
    }
    share_scales(tokens, &plain, &mut out);
    if tokens.iter().enumerate().any(|(i, _)| percent(tokens, i) > 0) {
        // "38 and 52 percent": the sign stands once for all of them.
        let shares = plain.iter().map(|c| Amount::point(c.value / 100.0, c.at.clone())).collect::<Vec<_>>();
        out.extend(shares);
    }
    out
}

/// A whole or decimal number with the words that scale it.
#[derive(Debug, Clone)]
struct Cardinal {
    value: f64,
    /// What it was multiplied by ("million").
    scale: f64,
    /// Other values that the same digits can have ("1.000", a date).
    others: Vec<f64>,
    at: Range<usize>,
}

/// Tokens of a sign or word for "per hundred" at a place: 0 for none.
fn percent(tokens: &[Token], at: usize) -> usize {
    let is = |i: usize, word: &str| tokens.get(i).is_some_and(|t| t.is(word));
    match tokens.get(at) {
        Some(t) if t.kind == Kind::Percent || ["percent", "percentage", "pct"].iter().any(|w| t.is(w)) => 1,
        Some(t) if t.is("per") && is(at + 1, "cent") => 2,
        _ => 0,
    }
}

/// The place after a hyphen, if there is one here.
fn past_hyphen(tokens: &[Token], at: usize) -> usize {
    at + usize::from(tokens.get(at).is_some_and(|t| t.kind == Kind::Hyphen))
}

impl Cardinal {
    /// Reads one that begins at a token.
    fn read(tokens: &[Token], at: usize) -> Option<Cardinal> {
        let first = tokens.get(at)?;
        if first.kind == Kind::Digits {
            let read = of_digits(&first.text);
            let mut cardinal =
                Cardinal { value: *read.first()?, scale: 1.0, others: read.get(1..)?.to_vec(), at: at..at + 1 };
            // "6 000", the groups apart.
            if let Some(group) = tokens.get(at + 1)
                && group.kind == Kind::Digits
                && group.text.len() == 3
                && first.text.len() <= 3
                && let Ok(group) = group.text.parse::<f64>()
            {
                cardinal.others.push(cardinal.value * 1000.0 + group);
            }
            cardinal.take_scales(tokens);
            return Some(cardinal);
        }
        let article = first.is("a") || first.is("an");
        if article && tokens.get(at + 1).and_then(|t| scale(&t.lower)).is_some_and(|s| s >= 12.0) {
            let mut cardinal = Cardinal { value: 1.0, scale: 1.0, others: Vec::new(), at: at..at + 1 };
            cardinal.take_scales(tokens);
            return Some(cardinal);
        }
        Cardinal::read_words(tokens, at)
    }

    /// "twenty-five", "two hundred and six thousand".
    fn read_words(tokens: &[Token], at: usize) -> Option<Cardinal> {
        let word = |i: usize| tokens.get(i).map_or("", |t| t.lower.as_str());
        // The sum so far, the group that a scale will multiply, and the last place read.
        let (mut sum, mut group, mut end) = (0.0, 0.0, at);
        let mut last_scale = 1.0;
        loop {
            let skip = if end == at {
                end
            } else if word(end) == "and" && group >= 100.0 && small(word(end + 1)).or(tens(word(end + 1))).is_some() {
                end + 1
            } else {
                past_hyphen(tokens, end)
            };
            if let Some(ten) = tens(word(skip)).filter(|_| group % 100.0 == 0.0) {
                group += ten;
            } else if let Some(one) = small(word(skip)).filter(|one| {
                group % 100.0 == 0.0 || (group % 10.0 == 0.0 && group % 100.0 >= 20.0 && (1.0..10.0).contains(one))
            }) {
                if end != at && group == 0.0 && sum == 0.0 {
                    break;
                }
                group += one;
            } else if word(skip) == "hundred" && group > 0.0 && group < 100.0 {
                group *= 100.0;
            } else if let Some(s) = scale(word(skip)).filter(|s| *s >= 12.0 && group > 0.0 && word(skip) != "hundred") {
                sum += group * s;
                group = 0.0;
                last_scale = s;
            } else {
                break;
            }
            end = skip + 1;
        }
        (end > at).then(|| Cardinal { value: sum + group, scale: last_scale, others: Vec::new(), at: at..end })
    }

    /// Takes the scales that follow digits: "5 million", "20k".
    fn take_scales(&mut self, tokens: &[Token]) {
        while let Some(s) = tokens.get(past_hyphen(tokens, self.at.end)).and_then(|t| scale(&t.lower)) {
            self.value *= s;
            self.scale *= s;
            self.others.iter_mut().for_each(|v| *v *= s);
            self.at.end = past_hyphen(tokens, self.at.end) + 1;
        }
    }

    /// Every reading of the number with what stands after it.
    fn readings(&self, tokens: &[Token], out: &mut Vec<Amount>) {
        let at = &self.at;
        for value in std::iter::once(self.value).chain(self.others.iter().copied()) {
            out.push(Amount::point(value, at.clone()));
            let hundredths = percent(tokens, past_hyphen(tokens, at.end));
            if hundredths > 0 {
                out.push(Amount::point(value / 100.0, at.start..past_hyphen(tokens, at.end) + hundredths));
            }
        }
        let next = past_hyphen(tokens, at.end);
        let word = |i: usize| tokens.get(i).map_or("", |t| t.lower.as_str());
        if let Some(part) = part(word(next)) {
            out.push(Amount::point(self.value * part, at.start..next + 1));
        }
        if word(at.end) == "s" && self.value % 10.0 == 0.0 && (1000.0..3000.0).contains(&self.value) {
            out.push(Amount { low: self.value, high: self.value + 9.0, at: at.start..at.end + 1 });
        }
        // "one in five", "two out of three".
        let of = match (word(at.end), word(at.end + 1)) {
            ("out", "of") => at.end + 2,
            ("in" | "of", _) => at.end + 1,
            _ => return,
        };
        if let Some(whole) = Cardinal::read(tokens, of).filter(|whole| whole.value > self.value) {
            out.push(Amount::point(self.value / whole.value, at.clone()));
        }
    }
}

/// Words that are a number without being a cardinal; gives the place after them.
fn vague(tokens: &[Token], at: usize, out: &mut Vec<Amount>) -> Option<usize> {
    let word = |i: usize| tokens.get(i).map_or("", |t| t.lower.as_str());
    let here = word(at);
    if here == "tens" || here == "hundreds" {
        let times = if here == "tens" { 10.0 } else { 100.0 };
        if word(at + 1) == "of"
            && let Some(s) = word(at + 2).strip_suffix('s').and_then(scale)
        {
            out.push(Amount { low: 2.0 * times * s, high: 10.0 * times * s, at: at..at + 3 });
            return Some(at + 3);
        }
    }
    if let Some((_, low, high)) = VAGUE.iter().find(|(w, ..)| *w == here) {
        out.push(Amount { low: *low, high: *high, at: at..at + 1 });
    }
    if let "several" | "few" | "some" = here
        && let Some(s) = scale(word(at + 1)).filter(|s| *s >= 12.0)
    {
        out.push(Amount { low: 2.0 * s, high: 10.0 * s, at: at..at + 2 });
        return Some(at + 2);
    }
    let article = matches!(at.checked_sub(1).map(word), Some("a" | "an" | "the" | "-")) || here == "half";
    if let Some(part) = part(here).filter(|_| article) {
        out.push(Amount::point(part, at..at + 1));
        // "half a million", "a quarter of a million".
        let next = at + 1 + usize::from(word(at + 1) == "of");
        if let Some(s) = scale(word(next + usize::from(word(next) == "a"))).filter(|s| *s >= 12.0) {
            out.push(Amount::point(part * s, at..next + 2));
        }
    }
    if let Some(place) = ORDINALS.iter().position(|w| *w == here) {
        out.push(Amount::point((place + 1) as f64, at..at + 1));
    }
    if let Some((_, value)) = WORDS.iter().find(|(w, _)| *w == here) {
        out.push(Amount::point(*value, at..at + 1));
    }
    let signs = [("½", 0.5), ("⅓", 1.0 / 3.0), ("⅔", 2.0 / 3.0), ("¼", 0.25), ("¾", 0.75), ("⅕", 0.2)];
    if let Some((_, value)) = signs.iter().find(|(sign, _)| *sign == here) {
        out.push(Amount::point(*value, at..at + 1));
    }
    None
}

/// "two to three million": the scale of the second number is meant for the first as well.
fn share_scales(tokens: &[Token], plain: &[Cardinal], out: &mut Vec<Amount>) {
    for pair in plain.windows(2) {
        let [a, b] = pair else { continue };
        let joined = tokens.get(a.at.end..b.at.start).is_some_and(
            |between| matches!(between, [t] if t.kind == Kind::Hyphen || ["to", "or", "and"].iter().any(|w| t.is(w))),
        );
        if joined && a.scale == 1.0 && b.scale > 1.0 {
            out.push(Amount::point(a.value * b.scale, a.at.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scalars::Range as Wanted;

    fn says(text: &str, number: f64) -> bool {
        let tokens = tokens(text);
        matches!(support(&amounts(&tokens), Wanted::point(number)), Support::Stated(_))
    }

    #[test]
    fn digits_and_words_say_numbers() {
        for (text, number) in [
            ("1,000 for 1,000 prisoners", 1000.0),
            ("an exchange of 6 000 bodies", 6000.0),
            ("about 1.000 tonnes", 1000.0),
            ("1.5 million people", 1.5e6),
            ("some 20k men", 20_000.0),
            ("a 30-day pause", 30.0),
            ("a thirty-day pause", 30.0),
            ("twenty-five ships", 25.0),
            ("two hundred and six thousand", 206_000.0),
            ("one million two hundred thousand", 1_200_000.0),
            ("38 % agree", 0.38),
            ("38% agree", 38.0),
            ("38 percent and 52 per cent", 0.52),
            ("38 against 52 percent", 0.38),
            ("roughly a fifth of it", 0.2),
            ("two-thirds of it", 2.0 / 3.0),
            ("one third of it", 1.0 / 3.0),
            ("three quarters", 0.75),
            ("half of it", 0.5),
            ("half a million people", 500_000.0),
            ("one in five", 0.2),
            ("3 out of 4 members", 0.75),
            ("two to three million", 2e6),
            ("a hundred ships", 100.0),
            ("five dozen", 60.0),
            ("a dozen ships", 12.0),
            ("the third round", 3.0),
            ("on 16.05.2025", 2025.0),
            ("the talks of 2022", 2022.0),
            ("a loss of -5 points", 5.0),
            ("no ships at all", 0.0),
            ("$5bn", 5e9),
            ("¾ of it", 0.75),
            ("both sides", 2.0),
        ] {
            assert!(says(text, number), "{text}: {number} not in {:?}", amounts(&tokens(text)));
        }
    }

    #[test]
    fn other_numbers_are_not_said() {
        for (text, number) in [
            ("1,000 for 1,000 prisoners", 100.0),
            ("twenty-five ships", 20.0),
            ("twenty-five ships", 5.0),
            ("roughly a fifth of it", 0.25),
            ("38 percent", 0.83),
            ("38 members", 0.38),
            ("tens of thousands of people", 50_000.0),
            ("in 2022", 22.0),
            ("a while ago", 1.0),
            ("", 0.0),
        ] {
            assert!(!says(text, number), "{text}: {number} in {:?}", amounts(&tokens(text)));
        }
    }

    #[test]
    fn vague_words_span_a_range() {
        let of = |text: &str, low, high| support(&amounts(&tokens(text)), Wanted { low, likely: None, high });
        assert!(matches!(of("tens of thousands of lives", 50_000.0, 50_000.0), Support::Vague(_)));
        assert!(matches!(of("tens of thousands of lives", 20_000.0, 100_000.0), Support::Vague(_)));
        assert!(matches!(of("several hundred ships", 600.0, 600.0), Support::Vague(_)));
        assert!(matches!(of("tens of thousands of lives", 5.0, 10.0), Support::None));
        assert!(matches!(of("a fifth of it", 0.18, 0.22), Support::Stated(_)));
        assert!(matches!(of("between 61 and 62 percent", 0.61, 0.62), Support::Stated(_)));
        assert!(matches!(of("a fifth of it", 0.5, 0.6), Support::None));
    }
}

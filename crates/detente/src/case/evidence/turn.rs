//! Whether the sentence turns after the place where a quote stops.

use std::ops::Range;

/// Words that turn a sentence wherever they stand after the quote.
const TURNS: [&str; 8] = ["though", "although", "but", "unless", "except", "provided", "notwithstanding", "albeit"];

/// Words that turn it where a clause begins with them, after a sign or right after the quote.
const CLAUSE: [&str; 5] = ["yet", "while", "whereas", "despite", "nevertheless"];

/// Phrases that set a condition.
const PHRASES: [&[&str]; 5] =
    [&["only", "if"], &["only", "when"], &["only", "after"], &["as", "long", "as"], &["on", "condition"]];

/// Where, in the rest of a sentence after a quote, it turns: the bytes of the word that does it.
///
/// "however" counts between signs only ("however slim" does not turn), "but" not in "but also" and "all but",
/// and "if" only right after the quote.
pub(super) fn turn(rest: &str) -> Option<Range<usize>> {
    let words = words(rest);
    let is = |i: usize, word: &str| words.get(i).is_some_and(|w| w.lower == word);
    words.iter().enumerate().find_map(|(i, word)| {
        let w = word.lower.as_str();
        let before = i.checked_sub(1).and_then(|p| words.get(p)).map_or("", |p| p.lower.as_str());
        let turns = match w {
            "but" => !is(i + 1, "also") && !matches!(before, "all" | "nothing" | "anything" | "last"),
            "however" => word.sign_after,
            "if" => i == 0,
            _ => {
                TURNS.contains(&w)
                    || CLAUSE.contains(&w) && (i == 0 || word.sign_before)
                    || PHRASES.iter().any(|phrase| (0..).zip(phrase.iter()).all(|(k, p)| is(i + k, p)))
            }
        };
        turns.then(|| word.at.clone())
    })
}

struct Word {
    lower: String,
    at: Range<usize>,
    /// Whether a sign (comma, dash, bracket) stands before or after it.
    sign_before: bool,
    sign_after: bool,
}

fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut open = false;
    let mut sign = false;
    for (at, c) in text.char_indices() {
        let inside = c.is_alphanumeric() || open && matches!(c, '\'' | '’');
        if inside {
            let end = at + c.len_utf8();
            match out.last_mut().filter(|_| open) {
                Some(word) => {
                    word.lower.extend(c.to_lowercase());
                    word.at.end = end;
                }
                None => out.push(Word {
                    lower: c.to_lowercase().collect(),
                    at: at..end,
                    sign_before: sign,
                    sign_after: false,
                }),
            }
            sign = false;
        } else if !c.is_whitespace() {
            sign = true;
            if let Some(word) = out.last_mut() {
                word.sign_after = true;
            }
        }
        open = inside;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_word_that_turns() {
        let turns = |rest: &str| turn(rest).map(|at| rest[at].to_string());
        for (rest, word) in [
            (",” though the line was ruled out", "though"),
            (" is open, but only at night", "but"),
            (" unless it rains", "unless"),
            (" at noon, while the other side said no", "while"),
            ("—yet nobody came", "yet"),
            (", however, is closed", "however"),
            (" if the other side agrees", "if"),
            (" will open only if it rains", "only"),
            (" except on Sundays", "except"),
        ] {
            assert_eq!(turns(rest).as_deref(), Some(word), "{rest}");
        }
        for rest in [
            "",
            ".",
            " in a long while, meeting on the island",
            " has not yet begun",
            ", however slim, for both",
            " not only at night but also by day",
            " was all but over",
            " and whether it opens",
            " asked if it opens",
        ] {
            assert_eq!(turns(rest), None, "{rest}");
        }
    }
}

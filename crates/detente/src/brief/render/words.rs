//! Running text as plain words.

use crate::brief::content::{Cell, Inline, Line, Tone};

/// Text without control characters (a terminal would obey them) and without characters that turn
/// the direction of the text around them.
pub(crate) fn clean(text: &str) -> String {
    text.chars()
        .filter(
            |c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{feff}'),
        )
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// The symbol of a tone, and the word for those who cannot see it.
pub(super) fn tone(tone: Tone) -> Option<(&'static str, &'static str)> {
    match tone {
        Tone::Plain | Tone::Faint => None,
        Tone::Open => Some(("●", "yes")),
        Tone::Doubt => Some(("◐", "in doubt")),
        Tone::Shut => Some(("✕", "no")),
    }
}

/// A line as plain words: quotations in quotation marks, `[n]` for evidence, `(basis)`.
pub(super) fn plain(line: &Line) -> String {
    let mut out = String::new();
    for inline in line {
        match inline {
            Inline::Text(text) | Inline::Strong(text) => out.push_str(&clean(text)),
            Inline::Claim { text, .. } | Inline::Section { text, .. } => out.push_str(&clean(text)),
            Inline::Quote(text) => {
                out.push('“');
                out.push_str(&clean(text));
                out.push('”');
            }
            Inline::Evidence { number, .. } => out.push_str(&format!("[{number}]")),
            Inline::Under(text) => out.push_str(&format!(" · {}", clean(text))),
            Inline::Basis(basis) => {
                if !out.is_empty() && !out.ends_with(char::is_whitespace) {
                    out.push(' ');
                }
                out.push_str(&format!("({})", clean(basis)));
            }
        }
    }
    out
}

/// A cell as plain words, its tone as a symbol before them.
pub(super) fn cell(cell: &Cell) -> String {
    let words = plain(&cell.line);
    match tone(cell.tone) {
        Some((symbol, word)) if words.trim().is_empty() => format!("{symbol} {word}"),
        Some((symbol, _)) => format!("{symbol} {words}"),
        None => words,
    }
}

/// A column title and whether the column holds numbers.
pub(super) fn column(title: &str) -> (String, bool) {
    match title.strip_prefix('#') {
        Some(rest) => (clean(rest.trim_start()), true),
        None => (clean(title), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_read_as_sentences() {
        let line = vec![
            Inline::Text("It says ".into()),
            Inline::Quote("no\u{1b}[31m".into()),
            Inline::Evidence { id: "e".into(), number: 3 },
            Inline::Basis("quoted".into()),
        ];
        assert_eq!(plain(&line), "It says “no [31m”[3] (quoted)");
        assert_eq!(clean("a\u{202e}b\u{0}c"), "ab c");
    }

    #[test]
    fn a_tone_is_never_only_a_colour() {
        assert_eq!(cell(&Cell { line: Vec::new(), tone: Tone::Shut }), "✕ no");
        assert_eq!(cell(&Cell { line: vec![Inline::Text("may sign".into())], tone: Tone::Open }), "● may sign");
    }

    #[test]
    fn number_columns_lose_their_sign() {
        assert_eq!(column("# share"), ("share".to_owned(), true));
        assert_eq!(column("Issue"), ("Issue".to_owned(), false));
    }
}

//! Running text put together piece by piece.

use crate::brief::content::{Cell, Inline, Line, Tone};

/// Running text in the making.
#[derive(Default)]
pub(super) struct Prose(Line);

impl Prose {
    pub(super) fn new() -> Self {
        Prose::default()
    }

    pub(super) fn text(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        if let Some(Inline::Text(last)) = self.0.last_mut() {
            last.push_str(&text);
        } else if !text.is_empty() {
            self.0.push(Inline::Text(text));
        }
        self
    }

    pub(super) fn strong(mut self, text: impl Into<String>) -> Self {
        self.0.push(Inline::Strong(text.into()));
        self
    }

    pub(super) fn quote(mut self, text: impl Into<String>) -> Self {
        self.0.push(Inline::Quote(text.into()));
        self
    }

    pub(super) fn piece(mut self, piece: Inline) -> Self {
        self.0.push(piece);
        self
    }

    pub(super) fn line(mut self, line: Line) -> Self {
        self.0.extend(line);
        self
    }

    pub(super) fn done(self) -> Line {
        self.0
    }
}

/// Lines joined as a list in a sentence: `a`, `a and b`, `a, b and c`.
pub(super) fn and_lines(lines: Vec<Line>) -> Line {
    let count = lines.len();
    let mut prose = Prose::new();
    for (i, line) in lines.into_iter().enumerate() {
        let before = match i {
            0 => "",
            _ if i + 1 == count => " and ",
            _ => ", ",
        };
        prose = prose.text(before).line(line);
    }
    prose.done()
}

/// Lines with something between them.
pub(super) fn joined(lines: impl IntoIterator<Item = Line>, between: &str) -> Line {
    let mut prose = Prose::new();
    for (i, line) in lines.into_iter().enumerate() {
        prose = prose.text(if i == 0 { "" } else { between }).line(line);
    }
    prose.done()
}

/// Words joined as a list in a sentence: `a`, `a and b`, `a, b and c`.
pub(super) fn and(words: &[String]) -> String {
    listed(words, " and ")
}

/// Words joined as a choice in a sentence: `a`, `a or b`, `a, b or c`.
pub(super) fn or(words: &[String]) -> String {
    listed(words, " or ")
}

fn listed(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{}{last}{end}", first.join(", ")),
    }
}

/// The words in quotation marks; quotation marks in them become single ones.
pub(super) fn quoted(words: &str) -> String {
    format!("“{}”", words.replace('“', "‘").replace('”', "’"))
}

/// The words with a capital first letter.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The words with one full stop at the end.
pub(super) fn sentence(words: &str) -> String {
    let words = words.trim();
    let ends = words.ends_with(['.', '!', '?', '…', '”']);
    if ends || words.is_empty() { words.to_string() } else { format!("{words}.") }
}

/// The first words, with an ellipsis where something is left out. `most` counts characters.
pub(super) fn short(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_string();
    }
    let cut: String = words.chars().take(most.saturating_sub(1)).collect();
    let whole = cut.rfind(' ').filter(|at| *at > cut.len() / 2).and_then(|at| cut.get(..at)).unwrap_or(&cut);
    format!("{}…", whole.trim_end_matches([' ', ',', ';']))
}

/// The words of a line without its marks and links.
pub(super) fn words(line: &Line) -> String {
    let words = line.iter().filter_map(|piece| match piece {
        Inline::Text(text) | Inline::Strong(text) | Inline::Quote(text) => Some(text.as_str()),
        Inline::Claim { text, .. } | Inline::Section { text, .. } => Some(text.as_str()),
        Inline::Evidence { .. } | Inline::Basis(_) | Inline::Under(_) => None,
    });
    words.collect()
}

/// A cell with a tone.
pub(super) fn toned(line: impl Into<Cell>, tone: Tone) -> Cell {
    Cell { tone, ..line.into() }
}

/// A cell that may have nothing to say.
pub(super) fn maybe(text: Option<impl ToString>) -> Cell {
    text.map_or_else(Cell::default, |t| t.to_string().into())
}

/// A cell with words, empty when there are none.
pub(super) fn filled(text: String) -> Cell {
    if text.is_empty() { Cell::default() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_and_cuts_words() {
        let words = ["a".to_string(), "b".to_string(), "c".to_string()];
        assert_eq!((and(&words), or(&words[..2]), and(&[])), ("a, b and c".into(), "a or b".into(), String::new()));
        assert_eq!(short("the quick brown fox", 12), "the quick…");
        assert_eq!(short("Ünïcödé", 4), "Ünï…");
        assert_eq!((capital("éa"), sentence("It holds"), sentence("It holds.")), {
            ("Éa".into(), "It holds.".into(), "It holds.".into())
        });
    }
}

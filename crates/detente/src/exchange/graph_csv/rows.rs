//! Rows and cells of a table, with their places.

use super::WORDS;
use crate::text::{Code, Diagnostic, FileId, Span};
use std::borrow::Cow;

/// A cell.
#[derive(Debug, Clone)]
pub(crate) struct Cell<'a> {
    /// What is in it, quotes resolved; without the spaces around it where it stood without quotes.
    pub(crate) text: Cow<'a, str>,
    /// Where.
    pub(crate) span: Span,
    quoted: bool,
}

/// Whether a text is a table of this kind, by the first word of its first row.
pub(crate) fn looks_like(text: &str) -> bool {
    first(text).is_some_and(|(word, _)| WORDS.contains(&word.as_str()))
}

/// The first word of the first row, and what divides it from the next.
fn first(text: &str) -> Option<(String, char)> {
    let lines = text.trim_start_matches('\u{feff}').lines();
    let line = lines.map(str::trim_start).find(|l| !l.is_empty() && !l.starts_with('#'))?;
    let (at, divider) = line.char_indices().take(40).find(|(_, c)| matches!(c, ',' | ';' | '\t'))?;
    let word = line.get(..at)?.trim().trim_matches('"').to_ascii_lowercase();
    Some((word, divider))
}

/// Reads rows one after the other.
pub(crate) struct Rows<'a> {
    file: FileId,
    text: &'a str,
    at: usize,
    divider: char,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(file: FileId, text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Rows { file, text, at, divider: first(text).map_or(',', |(_, divider)| divider) }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Goes past the end of a line, where one is.
    fn line_end(&mut self) -> bool {
        let length = match self.rest().as_bytes() {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => return false,
        };
        self.at += length;
        true
    }

    /// A cell, up to what divides it from the next.
    fn cell(&mut self) -> Result<Cell<'a>, Diagnostic> {
        let rest = self.rest();
        let blank = rest.len() - rest.trim_start_matches(|c| c == ' ' || (c == '\t' && self.divider != '\t')).len();
        let start = self.at + blank;
        if self.text.get(start..).is_some_and(|t| t.starts_with('"')) {
            return self.quoted(start);
        }
        let end = rest.find([self.divider, '\n', '\r']).unwrap_or(rest.len());
        let text = rest.get(blank..end.max(blank)).unwrap_or("").trim_end();
        self.at += end;
        let span = Span::new(self.file, start.min(self.at)..(start + text.len()).min(self.at).max(start.min(self.at)));
        Ok(Cell { text: Cow::Borrowed(text), span, quoted: false })
    }

    fn quoted(&mut self, start: usize) -> Result<Cell<'a>, Diagnostic> {
        let mut text = Cow::Borrowed("");
        let mut at = start + 1;
        loop {
            let rest = self.text.get(at..).unwrap_or("");
            let Some(stop) = rest.find('"') else {
                let found = Diagnostic::new(Code::ExchangeSyntax, "a quoted cell does not end");
                return Err(found.at(Span::new(self.file, start..start + 1), "it begins here"));
            };
            let piece = rest.get(..stop).unwrap_or("");
            if text.is_empty() {
                text = Cow::Borrowed(piece);
            } else {
                text.to_mut().push_str(piece);
            }
            at += stop + 1;
            if !self.text.get(at..).is_some_and(|t| t.starts_with('"')) {
                break;
            }
            text.to_mut().push('"');
            at += 1;
        }
        let span = Span::new(self.file, start..at);
        let rest = self.text.get(at..).unwrap_or("");
        let end = rest.find([self.divider, '\n', '\r']).unwrap_or(rest.len());
        self.at = at + end;
        if !rest.get(..end).unwrap_or("").trim().is_empty() {
            let found = Diagnostic::new(Code::ExchangeSyntax, "a cell goes on after its closing quote");
            return Err(found.at(span, "this cell").hint("a quote in a quoted cell is written twice"));
        }
        Ok(Cell { text, span, quoted: true })
    }
}

impl<'a> Iterator for Rows<'a> {
    type Item = Result<Vec<Cell<'a>>, Diagnostic>;

    /// The next row that is neither empty nor a comment; empty cells at its end are left out.
    fn next(&mut self) -> Option<Self::Item> {
        while !self.rest().is_empty() {
            if self.rest().trim_start_matches([' ', '\t']).starts_with('#') {
                let rest = self.rest();
                self.at += rest.find(['\n', '\r']).unwrap_or(rest.len());
                self.line_end();
                continue;
            }
            let mut cells = Vec::new();
            loop {
                match self.cell() {
                    Ok(cell) => cells.push(cell),
                    Err(fault) => {
                        self.at = self.text.len();
                        return Some(Err(fault));
                    }
                }
                if self.rest().starts_with(self.divider) {
                    self.at += self.divider.len_utf8();
                    continue;
                }
                self.line_end();
                break;
            }
            while cells.last().is_some_and(|c| c.text.is_empty() && !c.quoted) {
                cells.pop();
            }
            if !cells.is_empty() {
                return Some(Ok(cells));
            }
        }
        None
    }
}

//! JSON with places: as the standard has it, with the infinities that Python writes.

use super::tree::{DEEPEST, Kind, MOST_NODES, Node, map, too_large};
use crate::text::{Code, Diagnostic, FileId, Span};

/// Reads a whole text.
pub(crate) fn read(file: FileId, text: &str) -> Result<Node, Diagnostic> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut reader = Reader { file, text, at: start, nodes: 0 };
    let node = reader.node(0)?;
    reader.space();
    if reader.at < text.len() { Err(reader.fault("the text goes on after its end")) } else { Ok(node) }
}

struct Reader<'a> {
    file: FileId,
    text: &'a str,
    at: usize,
    nodes: usize,
}

impl Reader<'_> {
    fn fault(&self, message: &str) -> Diagnostic {
        let end = self.text.get(self.at..).and_then(|t| t.chars().next()).map_or(self.at, |c| self.at + c.len_utf8());
        Diagnostic::new(Code::ExchangeSyntax, format!("this is not JSON: {message}"))
            .at(Span::new(self.file, self.at..end), "here")
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        self.space();
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn node(&mut self, depth: usize) -> Result<Node, Diagnostic> {
        self.space();
        let start = self.at;
        let here = |end: usize| Span::new(self.file, start..end);
        self.nodes += 1;
        if depth >= DEEPEST {
            return Err(too_large(format!("the file is nested more than {DEEPEST} deep"), here(start)));
        }
        if self.nodes > MOST_NODES {
            return Err(too_large("the file has more entries than a scenario can", here(start)));
        }
        let kind = match self.peek() {
            Some(b'{') => {
                self.at += 1;
                let entries = self.entries(depth)?;
                return map(entries, Span::new(self.file, start..self.at));
            }
            Some(b'[') => {
                self.at += 1;
                Kind::List(self.items(depth)?)
            }
            Some(b'"') => Kind::Scalar { text: self.string()?, quoted: true },
            Some(_) => self.word()?,
            None => return Err(self.fault("it ends too early")),
        };
        Ok(Node { kind, span: Span::new(self.file, start..self.at) })
    }

    fn entries(&mut self, depth: usize) -> Result<Vec<(Node, Node)>, Diagnostic> {
        let mut entries = Vec::new();
        if self.eat(b'}') {
            return Ok(entries);
        }
        loop {
            self.space();
            if self.peek() != Some(b'"') {
                return Err(self.fault("a key in quotes is expected"));
            }
            let key = self.node(depth + 1)?;
            if !self.eat(b':') {
                return Err(self.fault("`:` is expected after a key"));
            }
            entries.push((key, self.node(depth + 1)?));
            if self.eat(b'}') {
                return Ok(entries);
            }
            if !self.eat(b',') {
                return Err(self.fault("`,` or `}` is expected"));
            }
        }
    }

    fn items(&mut self, depth: usize) -> Result<Vec<Node>, Diagnostic> {
        let mut items = Vec::new();
        if self.eat(b']') {
            return Ok(items);
        }
        loop {
            items.push(self.node(depth + 1)?);
            if self.eat(b']') {
                return Ok(items);
            }
            if !self.eat(b',') {
                return Err(self.fault("`,` or `]` is expected"));
            }
        }
    }

    /// A number, truth value, null, or what Python writes for numbers without bounds.
    fn word(&mut self) -> Result<Kind, Diagnostic> {
        let rest = self.text.get(self.at..).unwrap_or("");
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or("");
        let known = matches!(word, "true" | "false" | "null" | "NaN" | "Infinity" | "-Infinity");
        if !known && !is_number(word) {
            return Err(self.fault("a value is expected"));
        }
        self.at += end;
        Ok(Kind::Scalar { text: word.to_string(), quoted: false })
    }

    fn string(&mut self) -> Result<String, Diagnostic> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or("");
            let Some(stop) = rest.find(|c: char| c == '"' || c == '\\' || c < ' ') else {
                return Err(self.fault("a string does not end"));
            };
            out.push_str(rest.get(..stop).unwrap_or(""));
            self.at += stop;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                _ => return Err(self.fault("a line break or control character stands in a string")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Diagnostic> {
        let letter = self.text.as_bytes().get(self.at + 1).copied();
        let plain = match letter {
            Some(c @ (b'"' | b'\\' | b'/')) => char::from(c),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return Err(self.fault("an unknown escape")),
        };
        self.at += 2;
        Ok(plain)
    }

    fn unicode(&mut self) -> Result<char, Diagnostic> {
        let hex = |at: usize| {
            let digits = self.text.get(at + 2..at + 6).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
            let opens = self.text.get(at..at + 2) == Some("\\u");
            digits.filter(|_| opens).and_then(|d| u32::from_str_radix(d, 16).ok())
        };
        let Some(first) = hex(self.at) else { return Err(self.fault("four hexadecimal digits are expected")) };
        let (code, length) = match (first, hex(self.at + 6)) {
            (0xD800..=0xDBFF, Some(second @ 0xDC00..=0xDFFF)) => {
                (0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00), 12)
            }
            _ => (first, 6),
        };
        self.at += length;
        // Half a pair stands for no character.
        Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
    }
}

fn is_number(word: &str) -> bool {
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    unsigned.starts_with(|c: char| c.is_ascii_digit())
        && unsigned.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Node, Diagnostic> {
        read(FileId(0), text)
    }

    #[test]
    fn a_number_stays_as_written_and_has_its_place() {
        let node = of("{\"a\": [0.10, -Infinity], \"b\\u00e9\": \"x\\n\"}").unwrap();
        let first = &node.get("a").unwrap().items().unwrap()[0];
        assert_eq!((first.text(), first.span.range()), (Some("0.10"), 7..11));
        assert!(node.get("a").unwrap().items().unwrap()[1].is_boundless());
        assert_eq!(node.get("bé").unwrap().text(), Some("x\n"));
    }

    #[test]
    fn what_breaks_the_rules_is_refused() {
        for text in [
            "",
            "{",
            "[1,]",
            "{\"a\":1,}",
            "{a:1}",
            "[1 2]",
            "\"a",
            "[\"\\x\"]",
            "nul",
            "1 2",
            "[+1]",
            "{\"a\":1,\"a\":2}",
            "[\"\\ud8\"]",
        ] {
            assert!(of(text).is_err(), "{text}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        assert!(of(&("[".repeat(128) + &"]".repeat(128))).is_ok());
        assert_eq!(of(&"[".repeat(100_000)).unwrap_err().code, Code::ExchangeLimit);
    }
}

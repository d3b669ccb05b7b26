//! Trees to write, as JSON or as YAML, with numbers as exact decimals.

use super::number;
use crate::game::Exact;
use std::fmt::Write;

/// YAML has keys of 1024 characters at most without a question mark before them.
const LONGEST_KEY: usize = 1_000;

/// Something to write.
#[derive(Debug, Clone)]
pub(crate) enum Out {
    /// Nothing.
    Null,
    /// A number, truth value or other word that stands without quotes.
    Bare(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Out>),
    /// Keys, which are texts, numbers or lists, and values.
    Map(Vec<(Out, Out)>),
}

impl Out {
    /// A number.
    pub(crate) fn number(x: &Exact) -> Out {
        Out::Bare(number::text(x))
    }

    /// A text.
    pub(crate) fn text(text: impl Into<String>) -> Out {
        Out::Text(text.into())
    }

    /// A map with texts as keys.
    pub(crate) fn map<K: Into<String>>(entries: impl IntoIterator<Item = (K, Out)>) -> Out {
        Out::Map(entries.into_iter().map(|(k, v)| (Out::text(k), v)).collect())
    }

    fn is_scalar(&self) -> bool {
        match self {
            Out::List(items) => items.is_empty(),
            Out::Map(entries) => entries.is_empty(),
            _ => true,
        }
    }

    /// The tree as JSON, indented.
    pub(crate) fn json(&self) -> String {
        let mut out = String::new();
        self.json_into(0, &mut out);
        out.push('\n');
        out
    }

    fn json_into(&self, depth: usize, out: &mut String) {
        let line = |out: &mut String, depth: usize| {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", depth));
        };
        match self {
            Out::Null => out.push_str("null"),
            Out::Bare(text) => out.push_str(text),
            Out::Text(text) => out.push_str(&quoted(text)),
            Out::List(items) if items.iter().all(Out::is_scalar) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at > 0 { ", " } else { "" });
                    item.json_into(depth, out);
                }
                out.push(']');
            }
            Out::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at > 0 { "," } else { "" });
                    line(out, depth + 1);
                    item.json_into(depth + 1, out);
                }
                line(out, depth);
                out.push(']');
            }
            Out::Map(entries) if entries.is_empty() => out.push_str("{}"),
            Out::Map(entries) => {
                out.push('{');
                for (at, (key, value)) in entries.iter().enumerate() {
                    out.push_str(if at > 0 { "," } else { "" });
                    line(out, depth + 1);
                    key.json_into(depth + 1, out);
                    out.push_str(": ");
                    value.json_into(depth + 1, out);
                }
                line(out, depth);
                out.push('}');
            }
        }
    }

    /// The tree as YAML, in blocks.
    pub(crate) fn yaml(&self) -> String {
        let mut out = String::new();
        self.yaml_into(0, &mut out);
        out
    }

    /// Writes the block whose lines are indented by `depth`; the first line is already begun.
    fn yaml_into(&self, depth: usize, out: &mut String) {
        let indent = |out: &mut String, first: bool| {
            if !first {
                out.extend(std::iter::repeat_n("  ", depth));
            }
        };
        match self {
            Out::List(items) if !items.is_empty() => {
                for (at, item) in items.iter().enumerate() {
                    indent(out, at == 0);
                    out.push_str("- ");
                    item.yaml_into(depth + 1, out);
                }
            }
            Out::Map(entries) if !entries.is_empty() => {
                for (at, (key, value)) in entries.iter().enumerate() {
                    indent(out, at == 0);
                    let short = key.is_scalar().then(|| key.yaml_scalar()).filter(|k| k.len() <= LONGEST_KEY);
                    if let Some(key) = short {
                        let _ = write!(out, "{key}:");
                    } else {
                        out.push_str("? ");
                        key.yaml_into(depth + 1, out);
                        out.extend(std::iter::repeat_n("  ", depth));
                        out.push(':');
                    }
                    if value.is_scalar() {
                        let _ = writeln!(out, " {}", value.yaml_scalar());
                    } else {
                        out.push('\n');
                        out.extend(std::iter::repeat_n("  ", depth + 1));
                        value.yaml_into(depth + 1, out);
                    }
                }
            }
            scalar => {
                let _ = writeln!(out, "{}", scalar.yaml_scalar());
            }
        }
    }

    fn yaml_scalar(&self) -> String {
        match self {
            Out::Null => "null".into(),
            Out::Bare(text) => text.clone(),
            Out::Text(text) => yaml_text(text),
            Out::List(_) => "[]".into(),
            Out::Map(_) => "{}".into(),
        }
    }
}

/// A text in quotes; what JSON escapes, YAML understands.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            // Controls, and what readers of YAML take for line breaks or refuse.
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A text without quotes where no reader could take it for anything else.
fn yaml_text(text: &str) -> String {
    const WORDS: [&str; 12] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n", "inf", "nan", "infinity"];
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && !text.ends_with(' ')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '(' | ')' | '/'))
        && text.len() < 100
        && !WORDS.contains(&text.to_ascii_lowercase().as_str());
    if plain { text.to_string() } else { quoted(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::tree;
    use crate::text::FileId;

    #[test]
    fn what_is_written_is_read_again() {
        let names = [
            "plain",
            "no",
            "",
            " x",
            "a: b",
            "# c",
            "- d",
            "1.5",
            "é\u{7}\u{85}",
            "\u{fffe}\u{ffff}\u{1ffff}",
            "\"q\"\\",
            "x\ny",
            "~",
            "[a]",
            "a #b",
            &"long ".repeat(300),
            &"\0".repeat(300),
        ];
        let entry =
            |n: &&str| (Out::text(*n), Out::List(vec![Out::text(*n), Out::List(vec![Out::text(*n), Out::Null])]));
        let list = |v: &str| Out::List(vec![Out::text(v), Out::Bare("1".into())]);
        let json = Out::Map(names.iter().map(entry).collect());
        let yaml = Out::map([
            ("a", json.clone()),
            ("b", Out::Map(vec![(list("x"), Out::Bare("0.5".into())), (list("y"), list("z"))])),
        ]);
        let read = |text: &str| tree::read(FileId(0), text).unwrap().unwrap();
        let (from_json, from_yaml) = (read(&json.json()), read(&yaml.yaml()));
        for from in [&from_json, from_yaml.get("a").unwrap()] {
            for name in names {
                let items = from.get(name).unwrap().items().unwrap();
                assert_eq!((items[0].text(), items[0].name().as_deref()), (Some(name), Some(name)));
                assert!(items[1].items().unwrap()[1].is_null());
            }
        }
        let second = &from_yaml.get("b").unwrap().entries()[1];
        assert_eq!((second.0.items().unwrap()[0].text(), second.1.items().unwrap()[0].text()), (Some("y"), Some("z")));
    }
}

//! The attributes of one tag, as leniently as no doubt remains, and the characters in them.

use super::report::{Repair, Report};
use crate::text::Code;
use std::borrow::Cow;
use std::ops::Range;

/// The attributes that mean something; any other is passed over.
const KNOWN: [&str; 23] = [
    "index",
    "name",
    "value",
    "evaluation",
    "type",
    "vtype",
    "etype",
    "ftype",
    "lowerbound",
    "upperbound",
    "slope",
    "offset",
    "parameter",
    "parameter0",
    "parameter1",
    "parameter2",
    "utility",
    "maxutility",
    "weight",
    "aggregation",
    "min",
    "max",
    "cost",
];

/// An attribute of a tag: which one, and where its value stands in the file, without quotation marks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attribute {
    pub(super) name: &'static str,
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Attribute {
    pub(super) fn place(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Reads the attributes of the tag whose name ends at `from` and which ends before `to`. `false` when what is meant
/// cannot be told; the reason is reported.
pub(super) fn attributes(
    text: &str,
    from: usize,
    to: usize,
    report: &mut Report<'_>,
    into: &mut Vec<Attribute>,
) -> bool {
    let first = into.len();
    let mut rest = Rest { text, at: from, to };
    let mut spaced = false;
    loop {
        spaced |= rest.skip_space();
        if rest.at >= rest.to {
            return true;
        }
        let name = rest.take_while(|b| !b.is_ascii_whitespace() && b != b'=');
        let written = text.get(name.clone()).unwrap_or("");
        if written.is_empty() || written.contains(['"', '\'', '<', '&', '/']) {
            report.refuse(Code::ExchangeSyntax, &name, "an attribute cannot be read", "is a quotation mark missing?");
            return false;
        }
        if !spaced {
            report.repair(Repair::NoSpace, name.clone());
        }
        spaced = rest.skip_space();
        if rest.peek() != Some(b'=') {
            report.repair(Repair::NoAssignment, name);
            continue;
        }
        spaced = false;
        rest.at += 1;
        rest.skip_space();
        let Some(value) = rest.value(report) else { return false };
        if !check(text, &value, report) {
            return false;
        }
        let Some(known) = KNOWN.iter().find(|known| known.eq_ignore_ascii_case(written)) else { continue };
        let (Ok(start), Ok(end)) = (u32::try_from(value.start), u32::try_from(value.end)) else { return false };
        let before = into.get(first..).unwrap_or(&[]).iter().find(|a| a.name == *known);
        match before.map(|b| text.get(b.place()) == text.get(value.clone())) {
            None => into.push(Attribute { name: known, start, end }),
            Some(true) => report.repair(Repair::SameAttribute, value),
            Some(false) => {
                let message = format!("`{known}` stands twice in one tag with different values");
                report.refuse(Code::ExchangeSyntax, &value, message, "");
                return false;
            }
        }
    }
}

/// What is left of a tag.
struct Rest<'a> {
    text: &'a str,
    at: usize,
    to: usize,
}

impl Rest<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied().filter(|_| self.at < self.to)
    }

    fn take_while(&mut self, fits: impl Fn(u8) -> bool) -> Range<usize> {
        let start = self.at;
        while self.peek().is_some_and(&fits) {
            self.at += 1;
        }
        start..self.at
    }

    fn skip_space(&mut self) -> bool {
        !self.take_while(|b| b.is_ascii_whitespace()).is_empty()
    }

    fn value(&mut self, report: &mut Report<'_>) -> Option<Range<usize>> {
        let quote = self.peek();
        if let Some(quote @ (b'"' | b'\'')) = quote {
            self.at += 1;
            let value = self.take_while(|b| b != quote);
            if self.peek() != Some(quote) {
                report.refuse(Code::ExchangeSyntax, &value, "a quotation mark is not closed", "");
                return None;
            }
            self.at += 1;
            return Some(value);
        }
        let value = self.take_while(|b| !b.is_ascii_whitespace());
        report.repair(Repair::NoQuotes, value.clone());
        Some(value)
    }
}

/// Looks for characters that XML does not allow in a value. `false` when a tag seems to have been swallowed.
fn check(text: &str, place: &Range<usize>, report: &mut Report<'_>) -> bool {
    let value = text.get(place.clone()).unwrap_or("");
    for (at, _) in value.match_indices('<') {
        let next = value.as_bytes().get(at + 1).copied().unwrap_or(b' ');
        if next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?') {
            report.refuse(
                Code::ExchangeSyntax,
                place,
                "a tag stands inside an attribute",
                "is a quotation mark missing?",
            );
            return false;
        }
        report.repair(Repair::LessThan, place.clone());
    }
    if value.contains('&') {
        for repair in unescape(value).1 {
            report.repair(repair, place.clone());
        }
    }
    true
}

/// The characters that an attribute value stands for: the five entities of XML and references by number are put in
/// place, everything else is kept as written; line ends and tabs are spaces. And the faults in it.
pub(super) fn unescape(value: &str) -> (Cow<'_, str>, Vec<Repair>) {
    if !value.contains(['&', '\n', '\r', '\t']) {
        return (Cow::Borrowed(value), Vec::new());
    }
    let mut out = String::with_capacity(value.len());
    let mut faults = Vec::new();
    let mut rest = value;
    while let Some(at) = rest.find(['&', '\n', '\r', '\t']) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        if let Some(later) = after.strip_prefix("\r\n") {
            out.push(' ');
            rest = later;
            continue;
        }
        let tail = after.get(1..).unwrap_or("");
        if !after.starts_with('&') {
            out.push(' ');
            rest = tail;
            continue;
        }
        // No name of an entity or number of a character is longer than a dozen letters.
        let name = tail.char_indices().take(12).find(|(_, c)| *c == ';').and_then(|(end, _)| tail.get(..end));
        match name.map(|name| (name, character(name))) {
            Some((name, Some(letter))) => {
                out.push(letter);
                rest = tail.get(name.len() + 1..).unwrap_or("");
            }
            other => {
                let named = other.is_some_and(|(n, _)| !n.is_empty() && n.chars().all(char::is_alphanumeric));
                let fault = if named { Repair::Entity } else { Repair::Ampersand };
                if !faults.contains(&fault) {
                    faults.push(fault);
                }
                out.push('&');
                rest = tail;
            }
        }
    }
    out.push_str(rest);
    (Cow::Owned(out), faults)
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'));
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

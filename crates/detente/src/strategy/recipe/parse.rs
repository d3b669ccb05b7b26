//! The text of a recipe as a tree: names with arguments, arguments that are numbers or names again.

use super::{Fault, Faults};
use std::ops::Range;

/// The longest text that is read, in bytes.
const LONGEST: usize = 4096;
/// The deepest nesting of brackets.
const DEEPEST: usize = 8;

/// A name and what it is given.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) name: String,
    pub(super) at: Range<usize>,
    pub(super) arguments: Vec<Argument>,
}

/// `key = value`.
#[derive(Debug)]
pub(super) struct Argument {
    pub(super) key: String,
    pub(super) at: Range<usize>,
    pub(super) value: Value,
}

/// What a key is given.
#[derive(Debug)]
pub(super) enum Value {
    Number(f64, Range<usize>),
    Part(Tree),
}

impl Value {
    pub(super) fn at(&self) -> Range<usize> {
        match self {
            Value::Number(_, at) => at.clone(),
            Value::Part(tree) => tree.at.clone(),
        }
    }
}

/// Reads a recipe; stops at the first fault of its form.
pub(super) fn parse(text: &str) -> Result<Tree, Faults> {
    if text.len() > LONGEST {
        let message = format!("a recipe is at most {LONGEST} bytes long");
        return Err(Faults::of(vec![Fault::new(0..text.len(), message)]));
    }
    let mut reader = Reader { text, at: 0 };
    let tree = reader.tree(0).and_then(|tree| {
        reader.blank();
        if reader.at == text.len() { Ok(tree) } else { Err(reader.unexpected("the end")) }
    });
    tree.map_err(|fault| Faults::of(vec![fault]))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

fn in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn blank(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Takes a sign if it comes next.
    fn sign(&mut self, sign: char) -> bool {
        self.blank();
        let is = self.rest().starts_with(sign);
        self.at += if is { sign.len_utf8() } else { 0 };
        is
    }

    fn unexpected(&self, wanted: &str) -> Fault {
        match self.rest().chars().next() {
            Some(c) => Fault::new(self.at..self.at + c.len_utf8(), format!("{wanted} is expected here, not `{c}`")),
            None => Fault::new(self.at..self.at, format!("{wanted} is expected here, and the text ends")),
        }
    }

    /// Names are lower case with hyphens; `Upper_case` counts as `upper-case`.
    fn name(&mut self, wanted: &str) -> Result<(String, Range<usize>), Fault> {
        self.blank();
        let rest = self.rest();
        let length = rest.find(|c| !in_name(c)).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default();
        if !word.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Err(self.unexpected(wanted));
        }
        let name = word.to_ascii_lowercase().replace('_', "-");
        let at = self.at..self.at + length;
        self.at = at.end;
        Ok((name, at))
    }

    fn tree(&mut self, depth: usize) -> Result<Tree, Fault> {
        let (name, at) = self.name("a name")?;
        let mut arguments = Vec::new();
        if self.sign('(') {
            if depth >= DEEPEST {
                return Err(Fault::new(at, format!("recipes are nested at most {DEEPEST} deep")));
            }
            while !self.sign(')') {
                arguments.push(self.argument(depth)?);
                if !self.sign(',') && !self.rest().starts_with(')') {
                    return Err(self.unexpected("`,` or `)`"));
                }
            }
        }
        Ok(Tree { name, at, arguments })
    }

    fn argument(&mut self, depth: usize) -> Result<Argument, Fault> {
        let (key, at) = self.name("the name of a parameter")?;
        if !self.sign('=') {
            let fault = self.unexpected("`=`");
            return Err(fault.hint(Some(format!("parameters are written `{key}=...`"))));
        }
        self.blank();
        let value = if self.rest().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) {
            self.number()?
        } else {
            Value::Part(self.tree(depth + 1)?)
        };
        Ok(Argument { key, at, value })
    }

    fn number(&mut self) -> Result<Value, Fault> {
        let rest = self.rest();
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '+' | '.'));
        let word = rest.get(..length.unwrap_or(rest.len())).unwrap_or_default();
        let at = self.at..self.at + word.len();
        match word.parse::<f64>() {
            Ok(number) if number.is_finite() => {
                self.at = at.end;
                Ok(Value::Number(number, at))
            }
            _ => Err(Fault::new(at, format!("`{word}` is not a number"))),
        }
    }
}

//! The small language of conditions: `ceasefire = full and not status = ceded`.
//!
//! ```text
//! condition := either ( ( "=>" | "<=>" ) either )?
//! either    := both ( "or" both )*
//! both      := one ( "and" one )*
//! one       := "not" one | "(" condition ")" | "true" | "false"
//!            | issue "=" value | issue "!=" value | issue "in" "[" value, … "]" | issue "moved"
//! ```
//!
//! `issue moved` holds when the issue is not at the status quo.

use super::decode::{Definitions, FromNode, Reader, is_name};
use super::scalars::Name;
use super::tree::{Node, Value};
use crate::text::{Code, Diagnostic, Span};
use serde_json::{Value as Json, json};

/// A condition on outcomes, as written and as understood; its names are not yet looked up.
#[derive(Debug, Clone)]
pub struct Condition {
    /// As written.
    pub text: String,
    /// As understood.
    pub expr: Expr,
    /// Where.
    pub at: Span,
}

/// The shape of a condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// Always or never.
    Constant(bool),
    /// The issue has one of these values.
    In(Name, Vec<Name>),
    /// The issue is not at the status quo.
    Moved(Name),
    /// The other way round.
    Not(Box<Expr>),
    /// All of them.
    And(Vec<Expr>),
    /// At least one of them.
    Or(Vec<Expr>),
    /// If the first, then the second.
    Implies(Box<Expr>, Box<Expr>),
}

impl Expr {
    /// The issues the condition speaks of, in order of mention, with repeats.
    #[must_use]
    pub fn issues(&self) -> Vec<&Name> {
        match self {
            Expr::Constant(_) => Vec::new(),
            Expr::In(issue, _) | Expr::Moved(issue) => vec![issue],
            Expr::Not(inner) => inner.issues(),
            Expr::And(all) | Expr::Or(all) => all.iter().flat_map(Expr::issues).collect(),
            Expr::Implies(a, b) => [a.issues(), b.issues()].concat(),
        }
    }

    /// Every `(issue, value)` the condition names, in order of mention.
    #[must_use]
    pub fn values(&self) -> Vec<(&Name, &Name)> {
        match self {
            Expr::Constant(_) | Expr::Moved(_) => Vec::new(),
            Expr::In(issue, values) => values.iter().map(|v| (issue, v)).collect(),
            Expr::Not(inner) => inner.values(),
            Expr::And(all) | Expr::Or(all) => all.iter().flat_map(Expr::values).collect(),
            Expr::Implies(a, b) => [a.values(), b.values()].concat(),
        }
    }
}

/// A fault in a condition: what is wrong and at which bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionError {
    /// What is wrong.
    pub message: String,
    /// Bytes of the text given.
    pub range: std::ops::Range<usize>,
}

/// Reads a condition whose text begins at `at` in a file.
///
/// # Errors
/// The first fault, with its place in the text.
///
/// ```
/// use detente::case::parse_condition;
/// use detente::text::Span;
/// let condition = parse_condition("bridge = open => mines in [cleared, marked]", Span::default()).unwrap();
/// assert_eq!(condition.expr.issues().len(), 2);
/// assert!(parse_condition("bridge = ", Span::default()).is_err());
/// ```
pub fn parse_condition(text: &str, at: Span) -> Result<Condition, ConditionError> {
    let tokens = lex(text)?;
    let last = text.char_indices().next_back().map_or(0, |(start, _)| start);
    let mut parser = Parser { tokens, next: 0, at, last: last..text.len(), depth: 0 };
    let expr = parser.condition()?;
    if let Some((token, range)) = parser.peek() {
        return Err(ConditionError {
            message: format!("{token} is not expected here; join conditions with `and`, `or`, `=>` or `<=>`"),
            range,
        });
    }
    Ok(Condition { text: text.to_string(), expr, at })
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Sign(&'static str),
}

impl std::fmt::Display for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Token::Word(w) => write!(f, "`{w}`"),
            Token::Sign(s) => write!(f, "`{s}`"),
        }
    }
}

type Placed = (Token, std::ops::Range<usize>);

const SIGNS: [&str; 9] = ["<=>", "=>", "!=", "=", "(", ")", "[", "]", ","];

fn lex(text: &str) -> Result<Vec<Placed>, ConditionError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|r| !r.is_empty()) {
        let Some(first) = rest.chars().next() else { break };
        if first.is_whitespace() {
            at += first.len_utf8();
        } else if let Some(sign) = SIGNS.into_iter().find(|s| rest.starts_with(s)) {
            tokens.push((Token::Sign(sign), at..at + sign.len()));
            at += sign.len();
        } else {
            let word: String =
                rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')).collect();
            if word.is_empty() {
                let hint = match first {
                    '&' => "; write `and`",
                    '|' => "; write `or`",
                    '!' => "; write `not` or `!=`",
                    '<' | '>' => "; values of an issue have no order here, name them",
                    '"' | '\'' => "; names need no quotes",
                    _ => "",
                };
                return Err(ConditionError {
                    message: format!("`{first}` has no meaning in a condition{hint}"),
                    range: at..at + first.len_utf8(),
                });
            }
            let end = at + word.len();
            tokens.push((Token::Word(word), at..end));
            at = end;
        }
    }
    Ok(tokens)
}

/// Brackets and `not` nested deeper than this are refused, so that no input can exhaust the stack.
const DEEPEST: usize = 64;

struct Parser {
    tokens: Vec<Placed>,
    next: usize,
    at: Span,
    /// The last character, where "the end" is shown.
    last: std::ops::Range<usize>,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<Placed> {
        self.tokens.get(self.next).cloned()
    }

    fn take(&mut self, token: &Token) -> bool {
        let found = self.tokens.get(self.next).is_some_and(|(t, _)| t == token);
        self.next += usize::from(found);
        found
    }

    fn word(&mut self, word: &str) -> bool {
        self.take(&Token::Word(word.to_string()))
    }

    fn fail<T>(&self, wanted: &str) -> Result<T, ConditionError> {
        Err(match self.peek() {
            Some((token, range)) => ConditionError { message: format!("expected {wanted}, found {token}"), range },
            None => ConditionError { message: format!("expected {wanted}, found the end"), range: self.last.clone() },
        })
    }

    fn name(&mut self, wanted: &str) -> Result<Name, ConditionError> {
        match self.peek() {
            Some((Token::Word(text), range)) if is_name(&text) => {
                self.next += 1;
                Ok(Name { text, at: self.at.slice(range) })
            }
            _ => self.fail(wanted),
        }
    }

    fn condition(&mut self) -> Result<Expr, ConditionError> {
        let left = self.either()?;
        if self.take(&Token::Sign("=>")) {
            let right = self.either()?;
            return Ok(Expr::Implies(Box::new(left), Box::new(right)));
        }
        if self.take(&Token::Sign("<=>")) {
            let right = self.either()?;
            let there = Expr::Implies(Box::new(left.clone()), Box::new(right.clone()));
            return Ok(Expr::And(vec![there, Expr::Implies(Box::new(right), Box::new(left))]));
        }
        Ok(left)
    }

    fn either(&mut self) -> Result<Expr, ConditionError> {
        let mut all = vec![self.both()?];
        while self.word("or") {
            all.push(self.both()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Expr::Or(all) })
    }

    fn both(&mut self) -> Result<Expr, ConditionError> {
        let mut all = vec![self.one()?];
        while self.word("and") {
            all.push(self.one()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Expr::And(all) })
    }

    fn one(&mut self) -> Result<Expr, ConditionError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(ConditionError {
                message: format!("the condition is nested more than {DEEPEST} deep"),
                range: self.peek().map_or(0..0, |(_, r)| r),
            });
        }
        let expr = self.one_inside();
        self.depth -= 1;
        expr
    }

    fn one_inside(&mut self) -> Result<Expr, ConditionError> {
        if self.word("not") {
            return Ok(Expr::Not(Box::new(self.one()?)));
        }
        if self.word("true") {
            return Ok(Expr::Constant(true));
        }
        if self.word("false") {
            return Ok(Expr::Constant(false));
        }
        if self.take(&Token::Sign("(")) {
            let inner = self.condition()?;
            return if self.take(&Token::Sign(")")) { Ok(inner) } else { self.fail("`)`") };
        }
        let issue = self.name("an issue")?;
        if self.word("moved") {
            return Ok(Expr::Moved(issue));
        }
        if self.take(&Token::Sign("=")) {
            let value = self.name("a value")?;
            return Ok(Expr::In(issue, vec![value]));
        }
        if self.take(&Token::Sign("!=")) {
            let value = self.name("a value")?;
            return Ok(Expr::Not(Box::new(Expr::In(issue, vec![value]))));
        }
        if self.word("in") {
            if !self.take(&Token::Sign("[")) {
                return self.fail("`[` and a list of values");
            }
            let mut values = vec![self.name("a value")?];
            while self.take(&Token::Sign(",")) {
                if self.peek().is_some_and(|(t, _)| t == Token::Sign("]")) {
                    break;
                }
                values.push(self.name("a value")?);
            }
            return if self.take(&Token::Sign("]")) { Ok(Expr::In(issue, values)) } else { self.fail("`,` or `]`") };
        }
        self.fail(&format!("`=`, `!=`, `in` or `moved` after `{issue}`"))
    }
}

impl FromNode for Condition {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Value::Text(text, _) = &node.value else {
            reader.wrong_type(node, "a condition, as a text");
            return None;
        };
        match parse_condition(text, node.inner()) {
            Ok(condition) => Some(condition),
            Err(fault) => {
                // With escapes in the text the offsets do not fit the file; then the whole text is shown.
                let span = if node.inner() == node.at { node.at } else { node.inner().slice(fault.range) };
                reader.diagnostics.push(
                    Diagnostic::new(Code::ConditionSyntax, fault.message)
                        .at(span, "here")
                        .hint("a condition looks like `ceasefire = full and not status = ceded`"),
                );
                None
            }
        }
    }
    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "string", "description": "A condition on outcomes, like `ceasefire = full and not status = ceded`." })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> String {
        fn show(e: &Expr) -> String {
            let list = |all: &[Expr]| all.iter().map(show).collect::<Vec<_>>().join(" ");
            match e {
                Expr::Constant(b) => b.to_string(),
                Expr::In(i, v) => format!("{i}:{}", v.iter().map(Name::as_str).collect::<Vec<_>>().join("|")),
                Expr::Moved(i) => format!("{i}*"),
                Expr::Not(e) => format!("(not {})", show(e)),
                Expr::And(all) => format!("(and {})", list(all)),
                Expr::Or(all) => format!("(or {})", list(all)),
                Expr::Implies(a, b) => format!("(if {} {})", show(a), show(b)),
            }
        }
        match parse_condition(text, Span::default()) {
            Ok(c) => show(&c.expr),
            Err(e) => format!("{} @{:?}", e.message, e.range),
        }
    }

    #[test]
    fn reads_the_language() {
        assert_eq!(shape("a = b and not c = d"), "(and a:b (not c:d))");
        assert_eq!(shape("a = b or c = d and e != f"), "(or a:b (and c:d (not e:f)))");
        assert_eq!(shape("(a = b or c moved) => d in [x, y,]"), "(if (or a:b c*) d:x|y)");
        assert_eq!(shape("a = b <=> c = d"), "(and (if a:b c:d) (if c:d a:b))");
        assert_eq!(shape("true"), "true");
        assert_eq!(shape("lines = post-2022"), "lines:post-2022");
    }

    #[test]
    fn faults_have_places() {
        assert_eq!(shape("a = "), "expected a value, found the end @3..4");
        assert_eq!(shape("a & b"), "`&` has no meaning in a condition; write `and` @2..3");
        assert_eq!(
            shape("a = b c = d"),
            "`c` is not expected here; join conditions with `and`, `or`, `=>` or `<=>` @6..7"
        );
        assert_eq!(shape(""), "expected an issue, found the end @0..0");
        assert!(shape(&"(".repeat(100_000)).contains("nested"));
        assert!(shape(&"not ".repeat(100_000)).contains("nested"));
    }

    #[test]
    fn names_know_their_place() {
        let at = Span { start: 100, end: 120, ..Span::default() };
        let c = parse_condition("a = b and cc = dd", at).unwrap();
        let (issue, value) = c.expr.values()[1];
        assert_eq!((issue.at.start, issue.at.end, value.at.start), (110, 112, 115));
    }
}

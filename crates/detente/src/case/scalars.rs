//! The small values a case is written with: names, ranges and dates.

use super::decode::{Definitions, FromNode, Reader};
use super::tree::{Node, Value};
use crate::text::{Code, Diagnostic, Span};
use serde::Serialize;
use serde_json::{Value as Json, json};

/// A reference to something the case defines elsewhere, with its place.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Name {
    /// The name as written.
    pub text: String,
    /// Where.
    pub at: Span,
}

impl Name {
    /// The name as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.text)
    }
}

impl FromNode for Name {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.value {
            Value::Text(text, _) => Some(Name { text: text.clone(), at: node.inner() }),
            _ => {
                reader.wrong_type(node, "a name");
                None
            }
        }
    }
    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "string" })
    }
}

/// Values that share a rank: one name, or several in brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier(pub Vec<Name>);

impl FromNode for Tier {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.value {
            Value::List(_) => Vec::<Name>::from_node(node, reader).map(Tier),
            _ => Name::from_node(node, reader).map(|n| Tier(vec![n])),
        }
    }
    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [ Name::schema(definitions), { "type": "array", "items": Name::schema(definitions) } ] })
    }
}

/// A number that is known as a point, within a range, or by a triangular distribution.
///
/// Written `0.2`, `[0.18, 0.22]` or `{ low = 0.1, likely = 0.2, high = 0.4 }`. A range is read as
/// uniform, the last as triangular.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Range {
    /// Smallest value.
    pub low: f64,
    /// Most likely value of a triangular distribution, if given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likely: Option<f64>,
    /// Largest value.
    pub high: f64,
}

impl Range {
    /// A single number.
    #[must_use]
    pub const fn point(value: f64) -> Self {
        Range { low: value, likely: None, high: value }
    }

    /// Whether it is a single number.
    #[must_use]
    pub fn is_point(self) -> bool {
        self.low == self.high
    }

    /// The mean of the distribution.
    #[must_use]
    pub fn mean(self) -> f64 {
        match self.likely {
            Some(likely) => (self.low + likely + self.high) / 3.0,
            None => f64::midpoint(self.low, self.high),
        }
    }

    /// The value at quantile `q` (0 to 1).
    ///
    /// ```
    /// use detente::case::Range;
    /// let range = Range { low: 1.0, likely: None, high: 3.0 };
    /// assert_eq!(range.quantile(0.5), 2.0);
    /// ```
    #[must_use]
    pub fn quantile(self, q: f64) -> f64 {
        let width = self.high - self.low;
        match self.likely {
            Some(likely) if width > 0.0 => {
                let cut = (likely - self.low) / width;
                if q < cut {
                    self.low + (q * width * (likely - self.low)).sqrt()
                } else {
                    self.high - ((1.0 - q) * width * (self.high - likely)).sqrt()
                }
            }
            _ => self.low + q * width,
        }
    }
}

impl std::fmt::Display for Range {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_point() { write!(f, "{}", self.low) } else { write!(f, "{} to {}", self.low, self.high) }
    }
}

impl FromNode for Range {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let numbers = |reader: &mut Reader| -> Option<Range> {
            match &node.value {
                Value::Integer(_) | Value::Float(_) => f64::from_node(node, reader).map(Range::point),
                Value::List(items) => match items.as_slice() {
                    [low, high] => {
                        let (low, high) = (f64::from_node(low, reader), f64::from_node(high, reader));
                        Some(Range { low: low?, likely: None, high: high? })
                    }
                    _ => {
                        reader.diagnostics.push(
                            Diagnostic::new(Code::BadRange, "a range has two ends")
                                .at(node.at, format!("{} numbers here", items.len()))
                                .hint("write it as [low, high]"),
                        );
                        None
                    }
                },
                Value::Table(table) => {
                    super::decode::unknown_keys(table, &["low", "likely", "high"], reader);
                    let mut get = |key| super::decode::field::<f64>(table, key, node.at, reader);
                    let (low, likely, high) = (get("low"), get("likely"), get("high"));
                    Some(Range { low: low?, likely: Some(likely?), high: high? })
                }
                _ => {
                    reader.wrong_type(node, "a number or a range [low, high]");
                    None
                }
            }
        };
        let range = numbers(reader)?;
        let likely = range.likely.unwrap_or(range.low);
        if !(range.low <= likely && likely <= range.high) {
            reader.diagnostics.push(
                Diagnostic::new(Code::BadRange, "the ends of the range are the wrong way round")
                    .at(node.at, format!("{} is above {}", range.low, range.high))
                    .hint("write the smaller number first"),
            );
            return None;
        }
        Some(range)
    }
    fn schema(_: &mut Definitions) -> Json {
        json!({ "anyOf": [
            { "type": "number" },
            { "type": "array", "items": { "type": "number" }, "minItems": 2, "maxItems": 2 },
            { "type": "object", "properties": {
                "low": { "type": "number" }, "likely": { "type": "number" }, "high": { "type": "number" } },
              "required": ["low", "likely", "high"], "additionalProperties": false },
        ] })
    }
}

/// A range within 0 and 1: a share, a firmness, a probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share(pub Range);

impl FromNode for Share {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let range = Range::from_node(node, reader)?;
        if range.low < 0.0 || range.high > 1.0 {
            reader.diagnostics.push(
                Diagnostic::new(Code::BadRange, "this lies between 0 and 1")
                    .at(node.at, format!("{range} does not"))
                    .hint("20 % is written 0.2"),
            );
            return None;
        }
        Some(Share(range))
    }
    fn schema(definitions: &mut Definitions) -> Json {
        Range::schema(definitions)
    }
}

/// A date, a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct When {
    /// Year.
    pub year: i16,
    /// Month, 1 to 12, when known.
    pub month: Option<i8>,
    /// Day of the month, when known.
    pub day: Option<i8>,
}

impl When {
    /// Reads `2025-05-16`, `2025-05` or `2025`.
    #[must_use]
    pub fn parse(text: &str) -> Option<When> {
        let mut parts = text.split('-');
        let year: i16 = parts.next().filter(|p| p.len() == 4)?.parse().ok()?;
        let mut two = || parts.next().map(|p| if p.len() == 2 { p.parse::<i8>().ok() } else { None });
        let month = two();
        let day = two();
        let when = When {
            year,
            month: match month {
                None => None,
                Some(m) => Some(m.filter(|m| (1..=12).contains(m))?),
            },
            day: match day {
                None => None,
                Some(d) => Some(d?),
            },
        };
        if parts.next().is_some() {
            return None;
        }
        if let (Some(month), Some(day)) = (when.month, when.day) {
            jiff::civil::Date::new(year, month, day).ok()?;
        }
        Some(when)
    }
}

impl std::fmt::Display for When {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let month = self.month.and_then(|m| MONTHS.get(usize::try_from(m).ok()?.checked_sub(1)?));
        match (self.day, month) {
            (Some(day), Some(month)) => write!(f, "{day} {month} {}", self.year),
            (None, Some(month)) => write!(f, "{month} {}", self.year),
            _ => write!(f, "{}", self.year),
        }
    }
}

impl FromNode for When {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = match &node.value {
            Value::Date(text) | Value::Text(text, _) => text,
            _ => {
                reader.wrong_type(node, "a date");
                return None;
            }
        };
        let when = When::parse(text);
        if when.is_none() {
            reader.diagnostics.push(
                Diagnostic::new(Code::BadDate, format!("`{text}` is not a date"))
                    .at(node.at, "expected like 2025-05-16, \"2025-05\" or \"2025\""),
            );
        }
        when
    }
    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "string", "description": "A date, a month or a year: 2025-05-16, \"2025-05\", \"2022\"." })
    }
}

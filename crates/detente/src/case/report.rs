//! What `detente check` says of a case, for programs.

use super::reading::Reading;
use super::{Basis, Status};
use crate::text::{Diagnostic, Severity, SourceMap, Span};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

/// The result of checking a case.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Report {
    /// Number of errors.
    pub errors: usize,
    /// Number of warnings.
    pub warnings: usize,
    /// Number of notes.
    pub notes: usize,
    /// What the case holds, when it could be read.
    pub summary: Option<Summary>,
    /// Everything found, in the order of the file.
    pub diagnostics: Vec<Item>,
    /// Each piece of evidence by id.
    pub evidence: IndexMap<String, EvidenceItem>,
}

/// What a case holds.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Summary {
    /// Title.
    pub title: String,
    /// Number of parties.
    pub parties: usize,
    /// Number of issues.
    pub issues: usize,
    /// Number of quotes by status.
    pub quotes: IndexMap<Status, usize>,
    /// Number of claims by basis.
    pub claims: IndexMap<Basis, usize>,
}

impl Summary {
    /// The summary in a few lines.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let list = |counts: Vec<(String, usize)>| {
            counts.into_iter().map(|(what, n)| format!("{n} {what}")).collect::<Vec<_>>().join(", ")
        };
        let quotes: usize = self.quotes.values().sum();
        let claims: usize = self.claims.values().sum();
        let mut lines = vec![format!(
            "{}: {}, {}",
            self.title,
            counted(self.parties, "party", "parties"),
            counted(self.issues, "issue", "issues")
        )];
        if claims > 0 {
            lines.push(format!(
                "{claims} claims: {}",
                list(self.claims.iter().map(|(b, n)| (b.to_string(), *n)).collect())
            ));
        }
        if quotes > 0 {
            lines.push(format!(
                "{quotes} quotes: {}",
                list(self.quotes.iter().map(|(s, n)| (s.to_string(), *n)).collect())
            ));
        }
        lines
    }
}

fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// A diagnostic as data.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Item {
    /// Stable code.
    pub code: &'static str,
    /// Severity.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where; the first place is the main one.
    pub places: Vec<PlaceItem>,
    /// What would mend it.
    pub hints: Vec<String>,
    /// Facts that help to judge.
    pub notes: Vec<String>,
}

/// A place as data.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlaceItem {
    /// Name of the file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What is there.
    pub label: String,
}

/// The check of a quote as data.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EvidenceItem {
    /// Id of the source.
    pub source: String,
    /// What the check gave.
    pub status: Status,
    /// First byte in the source, where the quote stands there.
    pub start: Option<usize>,
    /// One past the last byte.
    pub end: Option<usize>,
}

impl Reading {
    /// The findings and the quotes as data.
    #[must_use]
    pub fn report(&self) -> Report {
        let count = |severity| self.diagnostics.count(severity);
        Report {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            summary: self.case.as_ref().map(|case| {
                let mut quotes = IndexMap::new();
                let mut claims = IndexMap::new();
                case.checks.values().for_each(|c| *quotes.entry(c.status).or_insert(0) += 1);
                case.claims.values().for_each(|c| *claims.entry(c.grounds.basis).or_insert(0) += 1);
                quotes.sort_keys();
                claims.sort_keys();
                Summary {
                    title: case.document.title.clone(),
                    parties: case.document.parties.len(),
                    issues: case.document.issues.len(),
                    quotes,
                    claims,
                }
            }),
            diagnostics: self.diagnostics.iter().map(|d| item(d, &self.files)).collect(),
            evidence: self
                .case
                .iter()
                .flat_map(|case| {
                    case.checks.iter().map(|(id, check)| {
                        let source = case.document.evidence.get(id).map(|e| e.source.text.clone()).unwrap_or_default();
                        let (start, end) = (check.range.as_ref().map(|r| r.start), check.range.as_ref().map(|r| r.end));
                        (id.clone(), EvidenceItem { source, status: check.status, start, end })
                    })
                })
                .collect(),
        }
    }
}

fn item(diagnostic: &Diagnostic, files: &SourceMap) -> Item {
    let place = |span: Span, label: &str| {
        let (line, column) = files.line_column(span);
        PlaceItem {
            file: files.name(span.file).to_string(),
            line,
            column,
            start: span.start,
            end: span.end,
            label: label.to_string(),
        }
    };
    Item {
        code: diagnostic.code.as_str(),
        severity: diagnostic.severity,
        message: diagnostic.message.clone(),
        places: diagnostic.labels.iter().map(|l| place(l.span, &l.text)).collect(),
        hints: diagnostic.hints.clone(),
        notes: diagnostic.notes.clone(),
    }
}

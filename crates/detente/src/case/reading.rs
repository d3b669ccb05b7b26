//! From the name of a case file to a case with everything found about it.

use super::claims::{self, Claim};
use super::decode::{FromNode, Reader};
use super::evidence::{self, EvidenceCheck, HeldSource};
use super::model::case::Document;
use super::names;
use super::tree::{self, Node, Table, Value};
use crate::text::{Code, Diagnostic, Diagnostics, SourceMap, SourceText, Span};
use indexmap::IndexMap;
use sha2::{Digest, Sha256};

/// A case: the document, the sources it holds, its claims, and how its quotes were found.
#[derive(Debug, Clone)]
pub struct Case {
    /// What the analyst wrote.
    pub document: Document,
    /// The sources whose text is held, by id.
    pub held: IndexMap<String, HeldSource>,
    /// Every claim, by id, in file order.
    pub claims: IndexMap<String, Claim>,
    /// The check of every piece of evidence, by id, in file order.
    pub checks: IndexMap<String, EvidenceCheck>,
}

/// Why a file could not be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenError {
    /// It is not there.
    Missing,
    /// Its path leads out of the folder of the case.
    Outside,
    /// It is larger than a case or source may be.
    TooLarge,
    /// It is there but cannot be read; the reason.
    Unreadable(String),
}

/// How strictly to read.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReadOptions {
    /// Treat claims without basis, range or reason as errors.
    pub strict: bool,
}

/// What reading gave: a case if one could be made, the findings, and the files they point into.
#[derive(Debug)]
pub struct Reading {
    /// The case, if the document could be read at all. It may still have errors.
    pub case: Option<Case>,
    /// Everything found, sorted by place.
    pub diagnostics: Diagnostics,
    /// The case files.
    pub files: SourceMap,
}

/// Reads a case.
///
/// `name` is the name of the case file and `open` gives the bytes of a file by a name relative to
/// the folder of the case. Nothing else is touched.
///
/// ```
/// use detente::case::{OpenError, ReadOptions, read};
/// let reading = read("case.toml", &|_| Ok(b"title = \"Talks\"".to_vec()), ReadOptions::default());
/// assert!(reading.case.is_some());
/// let reading = read("case.toml", &|_| Err(OpenError::Missing), ReadOptions::default());
/// assert!(reading.diagnostics.has_errors());
/// ```
#[must_use]
pub fn read(name: &str, open: &dyn Fn(&str) -> Result<Vec<u8>, OpenError>, options: ReadOptions) -> Reading {
    let mut files = SourceMap::default();
    let mut reader = Reader::default();
    let document =
        load(name, open, &mut files, &mut reader.diagnostics).and_then(|node| Document::from_node(&node, &mut reader));
    let mut diagnostics = reader.diagnostics;
    let document = document.filter(|document| has_a_size_to_look_at(document, &mut diagnostics));
    let case = document.and_then(|document| {
        let claims = claims::collect(&document, &mut diagnostics);
        if claims.len() > MOST_CLAIMS {
            diagnostics.push(
                Diagnostic::new(
                    Code::CaseTooLarge,
                    format!("the case makes {} claims; {MOST_CLAIMS} are looked at", claims.len()),
                )
                .hint("leave out what the talks are not about"),
            );
            return None;
        }
        names::resolve(&document, &claims, &reader.broken, &mut diagnostics);
        claims::check(&claims, options.strict, &mut diagnostics);
        let held = hold(&document, open, &mut diagnostics);
        let checks = evidence::verify(&document, &held, &mut diagnostics);
        evidence::doubt(&document, &claims, &held, &checks, &mut diagnostics);
        Some(Case { document, held, claims, checks })
    });
    diagnostics.sort();
    Reading { case, diagnostics, files }
}

/// Claims, issues, parties, and values times parties of a case at most: beyond, looking at it takes minutes and gigabytes.
const MOST_CLAIMS: usize = 4_000;
const MOST_ISSUES: usize = 10_000;
const MOST_PARTIES: usize = 1_000;
const MOST_NUMBERS: usize = 1_000_000;

/// Whether there are few enough issues and parties; says so when not.
fn has_a_size_to_look_at(document: &Document, diagnostics: &mut Diagnostics) -> bool {
    let (issues, parties) = (document.issues.len(), document.parties.len());
    let values: usize = document.issues.values().map(|issue| issue.values.values.len()).sum();
    let mut refuse = |what: String| {
        diagnostics.push(Diagnostic::new(Code::CaseTooLarge, what).hint("leave out what the talks are not about"));
    };
    if issues > MOST_ISSUES {
        refuse(format!("the case has {issues} issues; {MOST_ISSUES} are looked at"));
    } else if parties > MOST_PARTIES {
        refuse(format!("the case has {parties} parties; {MOST_PARTIES} are looked at"));
    } else if values.saturating_mul(parties) > MOST_NUMBERS {
        refuse(format!("{values} values of issues for {parties} parties make more than {MOST_NUMBERS} numbers"));
    } else {
        return true;
    }
    false
}

/// Reads a file and the files it extends into one tree.
fn load(
    name: &str,
    open: &dyn Fn(&str) -> Result<Vec<u8>, OpenError>,
    files: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let mut layers: Vec<Table> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    let mut next = Some((name.to_string(), None::<Span>));
    let mut root = None;
    while let Some((name, asked)) = next.take() {
        if seen.contains(&name) {
            diagnostics.push(
                Diagnostic::new(Code::ExtendsLoop, format!("`{name}` extends itself"))
                    .at(asked.unwrap_or_default(), "comes back here"),
            );
            break;
        }
        let text = text_of(&name, asked, open, files, diagnostics);
        seen.push(name.clone());
        let file = files.add(&name, text.clone().unwrap_or_default());
        let whole = Span::new(file, 0..text.as_ref().map_or(0, String::len));
        root = root.or(Some(whole));
        let Some(text) = text else {
            // Without the case itself there is nothing; without a case it extends there is the rest.
            asked?;
            break;
        };
        if !syntax_is_plausible(&text) {
            diagnostics.push(
                Diagnostic::new(Code::Syntax, "this is not a text file").at(Span::new(file, 0..0), "binary data"),
            );
            return None;
        }
        let (table, errors) = tree::from_toml(files, file);
        let broken = !errors.is_empty();
        for (message, span) in errors {
            diagnostics.push(syntax(&message, span, files));
        }
        if broken {
            // What could be recovered would only give rise to faults that are not there.
            return None;
        }
        if table.is_empty() {
            diagnostics.push(
                Diagnostic::new(Code::Empty, format!("`{name}` says nothing"))
                    .at(Span::new(file, 0..0), "no keys")
                    .hint("`detente new NAME` writes a starter case"),
            );
            return None;
        }
        next = extends(&table);
        layers.push(table);
    }
    let merged = layers.into_iter().rev().reduce(tree::overlay)?;
    Some(Node { at: Span { end: root?.start, ..root? }, value: Value::Table(merged) })
}

/// The file a table extends, relative to the folder of the case.
fn extends(table: &Table) -> Option<(String, Option<Span>)> {
    let entry = table.get("extends")?;
    match &entry.node.value {
        Value::Text(text, _) => Some((text.clone(), Some(entry.node.at))),
        _ => None,
    }
}

fn text_of(
    name: &str,
    asked: Option<Span>,
    open: &dyn Fn(&str) -> Result<Vec<u8>, OpenError>,
    files: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    match open(name) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Some(text.strip_prefix('\u{feff}').map(str::to_string).unwrap_or(text)),
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let bytes = error.into_bytes();
                let file = files.add(name, String::from_utf8_lossy(&bytes).into_owned());
                diagnostics.push(not_utf8(name, &bytes, good).at(Span::new(file, good..good), "the first bad byte"));
                None
            }
        },
        Err(error) => {
            diagnostics.push(cannot_open(name, &error, asked));
            None
        }
    }
}

fn not_utf8(name: &str, bytes: &[u8], good: usize) -> Diagnostic {
    let line = bytes.iter().take(good).filter(|b| **b == b'\n').count() + 1;
    Diagnostic::new(Code::FileNotUtf8, format!("`{name}` is not UTF-8 text: byte {good} on line {line}"))
        .hint("save the file as UTF-8; `file NAME` and `iconv` help to find out what it is")
}

fn cannot_open(name: &str, error: &OpenError, asked: Option<Span>) -> Diagnostic {
    let (code, message) = match error {
        OpenError::Missing => (Code::FileMissing, format!("there is no file `{name}`")),
        OpenError::Outside => (Code::FileOutside, format!("`{name}` lies outside the folder of the case")),
        OpenError::TooLarge => (Code::FileTooLarge, format!("`{name}` is too large")),
        OpenError::Unreadable(why) => (Code::FileMissing, format!("`{name}` cannot be read: {why}")),
    };
    let diagnostic = Diagnostic::new(code, message);
    match asked {
        Some(span) => diagnostic.at(span, "named here"),
        None => diagnostic,
    }
}

fn syntax_is_plausible(text: &str) -> bool {
    !text.contains('\0')
}

fn syntax(message: &str, span: Span, files: &SourceMap) -> Diagnostic {
    let message = message.lines().collect::<Vec<_>>().join("; ");
    let message_is_about_quotes = message.contains("must be quoted") || message.starts_with("invalid boolean");
    let mut diagnostic = Diagnostic::new(Code::Syntax, message).at(span, "here");
    let line = files.text(span.file).get(..span.end).and_then(|t| t.rsplit('\n').next()).unwrap_or("");
    if line.contains(['“', '”', '„']) && !line.contains('"') {
        return diagnostic.hint("texts stand between straight quotes: \"…\", not “…”");
    }
    if message_is_about_quotes {
        diagnostic = diagnostic.hint("a text stands between quotes: key = \"some text\"");
    }
    diagnostic
}

/// Reads the sources whose files the document names.
fn hold(
    document: &Document,
    open: &dyn Fn(&str) -> Result<Vec<u8>, OpenError>,
    diagnostics: &mut Diagnostics,
) -> IndexMap<String, HeldSource> {
    let mut held = IndexMap::new();
    for (id, source) in &document.sources {
        let Some(file) = &source.file else { continue };
        match open(&file.text) {
            Err(error) => diagnostics.push(cannot_open(&file.text, &error, Some(file.at))),
            Ok(bytes) => {
                let digest = Sha256::digest(&bytes);
                let sha256 = digest.iter().map(|b| format!("{b:02x}")).collect();
                match String::from_utf8(bytes) {
                    Ok(text) => {
                        held.insert(id.clone(), HeldSource { text: SourceText::new(text), sha256 });
                    }
                    Err(error) => {
                        let good = error.utf8_error().valid_up_to();
                        diagnostics.push(not_utf8(&file.text, error.as_bytes(), good).at(file.at, "named here"));
                    }
                }
            }
        }
    }
    held
}

//! Diagnostics drawn in their source, the way rustc draws them.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Level, Renderer, Snippet};
use detente::text::{Diagnostic, Diagnostics, Label, Severity, SourceMap};
use std::fmt::Write;
use std::io::IsTerminal;

/// More than this many are counted, not drawn.
const MOST: usize = 60;

/// Draws diagnostics from `least` up and a line that counts them.
pub(crate) fn draw(diagnostics: &Diagnostics, files: &SourceMap, least: Severity) -> String {
    let renderer = if std::io::stdout().is_terminal() { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(width());
    let shown: Vec<&Diagnostic> = diagnostics.iter().filter(|d| d.severity >= least).collect();
    let mut out = String::new();
    for diagnostic in shown.iter().take(MOST) {
        let _ = writeln!(out, "{}\n", one(diagnostic, files, &renderer));
    }
    if shown.len() > MOST {
        let _ = writeln!(out, "… and {} more; `--json` lists all of them\n", shown.len() - MOST);
    }
    out
}

/// The width of the terminal, or 100 columns where there is none.
pub(crate) fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).unwrap_or(100).clamp(40, 200)
}

fn one(diagnostic: &Diagnostic, files: &SourceMap, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let snippets = diagnostic.labels.iter().enumerate().map(|(i, label)| Element::from(snippet(label, i == 0, files)));
    let mut group = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.as_str()).elements(snippets);
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    for hint in &diagnostic.hints {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    renderer.render(&[group])
}

/// The lines of one label, cut out of the file so that large files draw as fast as small ones.
fn snippet<'a>(label: &'a Label, main: bool, files: &'a SourceMap) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    const LONGEST: usize = 2_000;
    /// An underline longer than this says no more than where it begins.
    const UNDERLINE: usize = 60;
    let text = files.text(label.span.file);
    let boundary = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(label.span.start);
    let end = boundary(label.span.end).max(start);
    let end = if end - start > UNDERLINE { boundary(start + UNDERLINE / 2).max(start) } else { end };
    let end = start + text.get(start..end).and_then(|t| t.find('\n')).unwrap_or(end - start);
    let before = text.get(..start).unwrap_or("");
    let line_begin = before.rfind('\n').map_or(0, |n| n + 1).max(boundary(start.saturating_sub(LONGEST)));
    let rest = text.get(end..).unwrap_or("");
    let line_end = end + rest.find('\n').unwrap_or(rest.len()).min(LONGEST);
    let line_end = boundary(line_end);
    let kind = if main { AnnotationKind::Primary } else { AnnotationKind::Context };
    let (first_line, _) = files.line_column(label.span);
    Snippet::source(text.get(line_begin..line_end).unwrap_or(""))
        .path(files.name(label.span.file))
        .line_start(first_line)
        .annotation(kind.span(start - line_begin..end - line_begin).label(label.text.as_str()))
}

/// `2 errors, 1 warning` and so on; "no problems" when there are none.
pub(crate) fn tally(diagnostics: &Diagnostics) -> String {
    let count = |severity, one: &str| match diagnostics.count(severity) {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {one}s")),
    };
    let parts: Vec<String> = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")]
        .into_iter()
        .filter_map(|(severity, one)| count(severity, one))
        .collect();
    if parts.is_empty() { "no problems".into() } else { parts.join(", ") }
}

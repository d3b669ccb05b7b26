//! What claims hang on: one source, passages with a problem, and quotes that nothing hangs on.

use super::doubt::Cited;
use crate::case::claims::Claim;
use crate::case::model::case::Document;
use crate::case::model::sources::{Evidence, ProblemKind};
use crate::text::{Code, Diagnostic, Diagnostics, Severity};
use indexmap::{IndexMap, IndexSet};

/// Two or more passages that cannot all be right, as the case itself says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The evidence marked with the problem.
    pub evidence: String,
    /// The evidence that says otherwise.
    pub against: Vec<String>,
    /// What is wrong with the first.
    pub kind: ProblemKind,
    /// What is wrong, in a sentence.
    pub note: Option<String>,
}

/// The contradictions between passages that the case marks, in file order.
#[must_use]
pub fn contradictions(document: &Document) -> Vec<Contradiction> {
    document
        .evidence
        .iter()
        .filter_map(|(id, evidence)| {
            let problem = evidence.problem.as_ref().filter(|p| !p.contradicts.is_empty())?;
            Some(Contradiction {
                evidence: id.clone(),
                against: problem.contradicts.iter().map(|n| n.text.clone()).collect(),
                kind: problem.kind,
                note: problem.note.clone(),
            })
        })
        .collect()
}

/// Reports that a claim cites a passage with a problem.
pub(super) fn known_problem(document: &Document, claim: &Claim, cited: &Cited<'_>, diagnostics: &mut Diagnostics) {
    let Some(problem) = &cited.evidence.problem else { return };
    let (what, severity) = match problem.kind {
        ProblemKind::KnownError => ("is known to be wrong", Severity::Warning),
        ProblemKind::Contradicted => ("is contradicted", Severity::Warning),
        ProblemKind::Anonymous => ("comes from nobody with a name", Severity::Note),
        ProblemKind::Interested => ("comes from a body with a stake in it", Severity::Note),
        ProblemKind::Unclear => ("can be read in more than one way", Severity::Note),
    };
    let mut diagnostic =
        Diagnostic::new(Code::KnownProblem, format!("`{}` rests on a passage that, the case says, {what}", claim.id))
            .severity(severity)
            .at(cited.name.at, format!("{what}: “{}”", shortened(cited.evidence.quote.as_str())))
            .at(cited.evidence.quote.at, "marked with a problem");
    if let Some(note) = &problem.note {
        diagnostic = diagnostic.note(format!("the case says: {note}"));
    }
    for name in &problem.contradicts {
        if let Some(against) = document.evidence.get(name.as_str()) {
            let quote = shortened(against.quote.as_str());
            diagnostic = diagnostic.note(format!("`{name}` says otherwise: “{quote}” ({})", against.source));
        }
    }
    diagnostics.push(diagnostic);
}

/// The first words of a quote, in one line.
fn shortened(text: &str) -> String {
    const MOST: usize = 14;
    let words: Vec<&str> = text.split_whitespace().take(MOST + 1).collect();
    match words.get(..MOST) {
        Some(first) if words.len() > MOST => format!("{} …", first.join(" ")),
        _ => words.join(" "),
    }
}

/// Up to so many claims with one source are reported one by one; more in one note for the case.
const MOST_SINGLE: usize = 5;

/// Claims named in the note for the case, for each source.
const MOST_NAMED: usize = 12;

/// Reports claims whose evidence all comes from one voice: one source, or one origin in a digest.
pub(super) fn single_source(claims: &[(&Claim, Vec<Cited<'_>>)], diagnostics: &mut Diagnostics) {
    let single: Vec<(&Claim, &Cited<'_>, String)> = claims
        .iter()
        .filter_map(|(claim, cited)| {
            let first = cited.first()?;
            let alone = cited.iter().all(|c| voice(c.evidence) == voice(first.evidence));
            alone.then(|| (*claim, first, voice(first.evidence)))
        })
        .collect();
    if single.len() <= MOST_SINGLE {
        for (claim, cited, voice) in single {
            diagnostics.push(
                Diagnostic::new(Code::SingleSource, format!("`{}` hangs on one source, {voice}", claim.id))
                    .at(cited.name.at, "nothing else supports it"),
            );
        }
        return;
    }
    let with_evidence = claims.iter().filter(|(_, cited)| !cited.is_empty()).count();
    let mut by_voice: IndexMap<&str, Vec<&str>> = IndexMap::new();
    for (claim, _, voice) in &single {
        by_voice.entry(voice).or_default().push(&claim.id);
    }
    let mut diagnostic = Diagnostic::new(
        Code::SingleSource,
        format!("{} of {with_evidence} claims with evidence hang on one source each", single.len()),
    );
    for (voice, ids) in by_voice {
        let named = ids.iter().take(MOST_NAMED).map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
        let more = match ids.len().checked_sub(MOST_NAMED) {
            Some(more) if more > 0 => format!(" and {more} more"),
            _ => String::new(),
        };
        diagnostic = diagnostic.note(format!("on {voice} alone, {}: {named}{more}", ids.len()));
    }
    diagnostics.push(diagnostic);
}

/// Who is behind a quote: its source, or its origin where the source is a digest of others.
fn voice(evidence: &Evidence) -> String {
    match &evidence.origin {
        Some(origin) => format!("“{origin}” in `{}`", evidence.source),
        None => format!("`{}`", evidence.source),
    }
}

/// Reports evidence that no claim cites. Passages that mark a problem of a source, or are set against one, have a use.
pub(super) fn unused(document: &Document, claims: &[(&Claim, Vec<Cited<'_>>)], diagnostics: &mut Diagnostics) {
    let cited = claims.iter().flat_map(|(_, cited)| cited.iter().map(|c| c.name.as_str()));
    let problems = document.evidence.values().filter_map(|e| e.problem.as_ref());
    let against = problems.flat_map(|p| p.contradicts.iter().map(|n| n.as_str()));
    let used: IndexSet<&str> = cited.chain(against).collect();
    for (id, evidence) in &document.evidence {
        if evidence.problem.is_none() && !used.contains(id.as_str()) {
            diagnostics.push(
                Diagnostic::new(Code::Unused, format!("no claim uses the evidence `{id}`"))
                    .at(evidence.quote.at, "checked, but nothing rests on it"),
            );
        }
    }
}

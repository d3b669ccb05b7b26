//! The ledger: every claim, every piece of evidence, every source.

use super::grid::Grid;
use super::numbers::count;
use super::prose::{Prose, filled, joined, maybe, toned};
use super::reader;
use super::section;
use super::view::{View, readable};
use crate::brief::content::{Block, Cell, Inline, Line, Section, Tone, plain};
use crate::case::model::sources::Evidence;
use crate::case::{Claim, ClaimKind, Name, Status};

/// The section, unless the case has neither claims nor sources.
pub(super) fn write(view: &View<'_>) -> Option<Section> {
    let mut blocks = Vec::new();
    blocks.extend(claims(view));
    blocks.extend(evidence(view));
    blocks.extend(sources(view));
    blocks.extend(reader::write(view));
    section("ledger", "Claims, evidence and sources", blocks)
}

fn claims(view: &View<'_>) -> Vec<Block> {
    let (context, computed): (Vec<&Claim>, Vec<&Claim>) = view.case.claims.values().partition(|c| is_context(c.kind));
    let mut blocks: Vec<Block> =
        claim_table(view, "Claims the answers are computed from, in the order of the case", &computed)
            .into_iter()
            .collect();
    if let Some(table) = claim_table(view, "Claims that are shown and not computed with", &context) {
        let title = format!("{} that no answer is computed from", count(context.len(), "claim", "claims"));
        blocks.push(Block::Fold(plain(title), vec![table]));
    }
    blocks
}

/// Whether claims of a kind are shown and no lens computes with them.
fn is_context(kind: ClaimKind) -> bool {
    matches!(kind, ClaimKind::Position | ClaimKind::State | ClaimKind::Context)
}

fn claim_table(view: &View<'_>, caption: &str, claims: &[&Claim]) -> Option<Block> {
    let mut grid = Grid::new(caption, &["Claim", "Kind", "Basis", "Evidence", "Reasoning"]);
    for claim in claims {
        let about = claim.party.as_ref().or(claim.speaker.as_ref()).map(|id| view.who(id));
        let about = about.map(|who| format!(": {who}")).unwrap_or_default();
        grid.anchored(
            format!("claim-{}", claim.id),
            vec![
                vec![Inline::Text(view.claim_words(&claim.id)), Inline::Under(claim.id.clone())].into(),
                format!("{}{about}", kind(claim.kind)).into(),
                vec![Inline::Basis(claim.grounds.basis.to_string())].into(),
                view.because(&claim.grounds).into(),
                reasoning(view, claim).into(),
            ],
        );
    }
    grid.block()
}

fn kind(kind: ClaimKind) -> &'static str {
    match kind {
        ClaimKind::Want => "preference",
        ClaimKind::RedLine => "red line",
        ClaimKind::Linkage => "rule between issues",
        ClaimKind::Mandate => "mandate",
        ClaimKind::Precondition => "demand on the order",
        ClaimKind::Package => "package or text",
        ClaimKind::Position => "position",
        ClaimKind::NoDeal => "no-deal",
        ClaimKind::Priority => "priority in conduct",
        ClaimKind::Talks => "course of the talks",
        ClaimKind::State => "state of the conflict",
        ClaimKind::Context => "context",
    }
}

/// Why, how a vague word was read, what it derives from, who was asked, when and how.
fn reasoning(view: &View<'_>, claim: &Claim) -> Line {
    let grounds = &claim.grounds;
    let said = |before: &str, text: &Option<String>| text.as_ref().map(|t| plain(format!("{before}{t}")));
    let from: Vec<Line> = grounds.from.iter().map(|id| vec![view.claim_in_words(id.as_str())]).collect();
    let asked = grounds.who.as_ref().map(|who| {
        let when = grounds.when.map(|w| format!(", {w}")).unwrap_or_default();
        let method = grounds.method.as_ref().map(|m| format!(" ({m})")).unwrap_or_default();
        plain(format!("asked: {}{when}{method}", view.who_or_words(who)))
    });
    let parts = [
        said("", &grounds.why),
        said("read as: ", &grounds.reading),
        (!from.is_empty()).then(|| Prose::new().text("from ").line(joined(from, "; ")).done()),
        asked.or_else(|| said("method: ", &grounds.method)),
    ];
    joined(parts.into_iter().flatten(), " · ")
}

fn evidence(view: &View<'_>) -> Option<Block> {
    let mut grid = Grid::new(
        "Evidence, in the order of the case",
        &[
            "#No.",
            "Quote",
            "Said by",
            "First said in",
            "Source",
            "Date",
            "Grade",
            "In the source",
            "Problem",
            "Carries",
            "Note",
        ],
    );
    for (at, (id, evidence)) in view.document().evidence.iter().enumerate() {
        let (status, tone) = status(view, id);
        grid.anchored(
            format!("evidence-{id}"),
            vec![
                (at + 1).to_string().into(),
                vec![Inline::Quote(evidence.quote.text.clone())].into(),
                evidence.speaker.as_ref().map_or("the source".to_string(), |s| view.who(s.as_str())).into(),
                maybe(evidence.origin.clone()),
                source_name(view, evidence.source.as_str()).into(),
                maybe(evidence.date),
                grade(view, evidence).into(),
                toned(status, tone),
                evidence.problem.as_ref().map_or_else(Cell::default, |p| {
                    let note = p.note.as_ref().map(|n| format!(": {n}")).unwrap_or_default();
                    toned(format!("{}{note}", readable(p.kind.as_str())), Tone::Doubt)
                }),
                carries(view, id).into(),
                maybe(evidence.note.clone()),
            ],
        );
    }
    grid.block()
}

fn carries(view: &View<'_>, id: &str) -> String {
    let number = view.case.claims.values().filter(|c| c.grounds.because.iter().any(|e| e.as_str() == id)).count();
    count(number, "claim", "claims")
}

/// The Admiralty grade of a piece of evidence: its own where given, else its source's.
pub(super) fn grade(view: &View<'_>, evidence: &Evidence) -> String {
    let source = view.document().sources.get(evidence.source.as_str());
    let reliability = evidence.reliability.or(source.and_then(|s| s.reliability));
    let credibility = evidence.credibility.or(source.and_then(|s| s.credibility));
    match (reliability, credibility) {
        (None, None) => "not graded".to_string(),
        (reliability, credibility) => format!(
            "{}{}",
            reliability.map_or("–", |r| r.as_str()),
            credibility.map_or("–".to_string(), |c| c.to_string())
        ),
    }
}

/// How a quote was found in its source, in words.
pub(super) fn status(view: &View<'_>, id: &str) -> (&'static str, Tone) {
    match view.case.checks.get(id).map(|c| c.status) {
        Some(Status::Exact) => ("letter for letter", Tone::Open),
        Some(Status::Normalised) => ("but for quotation marks, dashes or spaces", Tone::Open),
        Some(Status::Drifted) => ("near, not the same", Tone::Doubt),
        Some(Status::Ambiguous) => ("in several places", Tone::Doubt),
        Some(Status::Missing) => ("not found", Tone::Shut),
        Some(Status::SourceChanged) => ("found; the source is not the one cited", Tone::Doubt),
        Some(Status::Unverifiable) => ("source not held", Tone::Faint),
        None => ("not checked", Tone::Faint),
    }
}

fn source_name(view: &View<'_>, id: &str) -> String {
    view.document().sources.get(id).and_then(|s| s.title.clone()).unwrap_or_else(|| readable(id))
}

fn sources(view: &View<'_>) -> Option<Block> {
    let mut grid = Grid::new(
        "Sources (reliability A best to F cannot be judged; credibility 1 best to 6 cannot be judged)",
        &["Source", "Kind", "Publisher", "Published", "Grade", "Where", "Held", "Note"],
    );
    for (id, source) in &view.document().sources {
        let grade = [source.reliability.map(|r| r.to_string()), source.credibility.map(|c| c.to_string())];
        let grade: String = grade.into_iter().flatten().collect();
        let held = match view.case.held.get(id) {
            Some(held) => format!("yes, SHA-256 {}", held.sha256),
            None => "no".to_string(),
        };
        grid.row(vec![
            source_name(view, id).into(),
            maybe(source.kind),
            maybe(source.publisher.clone()),
            maybe(source.published),
            maybe((!grade.is_empty()).then_some(grade)),
            filled(
                [source.url.clone(), source.file.as_ref().map(Name::to_string)]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join("; "),
            ),
            held.into(),
            maybe(source.note.clone()),
        ]);
    }
    grid.block()
}

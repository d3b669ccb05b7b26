//! What the words of the quotes do not support in the claims that cite them.

use super::amounts::{Support, Token, amounts, support, tokens};
use super::{EvidenceCheck, HeldSource, hedge, reliance, speaker, turn};
use crate::case::claims::Claim;
use crate::case::model::case::Document;
use crate::case::model::grounds::Basis;
use crate::case::model::sources::Evidence;
use crate::case::scalars::{Name, Range as Number};
use crate::text::{Code, Diagnostic, Diagnostics};
use indexmap::IndexMap;
use std::ops::Range;

/// A piece of evidence as a claim cites it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cited<'a> {
    /// The name in `because`.
    pub(super) name: &'a Name,
    pub(super) evidence: &'a Evidence,
}

/// Looks for what the words of the quotes do not support in the claims that cite them: numbers, speakers, hedges,
/// sentences cut short, single sources, known problems, evidence without a use.
///
/// None of this judges what is true. A `reading` on the claim answers the questions about numbers, hedges and cuts.
pub(crate) fn doubt(
    document: &Document,
    claims: &IndexMap<String, Claim>,
    held: &IndexMap<String, HeldSource>,
    checks: &IndexMap<String, EvidenceCheck>,
    diagnostics: &mut Diagnostics,
) {
    let claims: Vec<(&Claim, Vec<Cited<'_>>)> = claims.values().map(|c| (c, cited(document, c))).collect();
    for (claim, cited) in &claims {
        numbers(claim, cited, diagnostics);
        speakers(document, claim, cited, diagnostics);
        for cited in cited {
            reliance::known_problem(document, claim, cited, diagnostics);
        }
    }
    cuts(document, &claims, held, checks, diagnostics);
    reliance::single_source(&claims, diagnostics);
    reliance::unused(document, &claims, diagnostics);
}

/// The evidence of a claim that the case defines, each once.
fn cited<'a>(document: &'a Document, claim: &'a Claim) -> Vec<Cited<'a>> {
    let mut out: Vec<Cited<'a>> = Vec::new();
    for name in &claim.grounds.because {
        if let Some(evidence) = document.evidence.get(name.as_str())
            && out.iter().all(|c| c.name.text != name.text)
        {
            out.push(Cited { name, evidence });
        }
    }
    out
}

/// Numbers of a quoted claim that stand in none of its quotes, and points made of what the quote hedges.
fn numbers(claim: &Claim, cited: &[Cited<'_>], diagnostics: &mut Diagnostics) {
    let Some(first) = cited.first() else { return };
    if claim.grounds.basis != Basis::Quoted || claim.grounds.reading.is_some() || claim.numbers.is_empty() {
        return;
    }
    let quotes: Vec<(Vec<Token>, Cited<'_>)> = cited.iter().map(|c| (tokens(c.evidence.quote.as_str()), *c)).collect();
    for number in &claim.numbers {
        let supports: Vec<(&Vec<Token>, &Cited<'_>, Support)> =
            quotes.iter().map(|(t, c)| (t, c, support(&amounts(t), *number))).collect();
        if supports.iter().all(|(.., s)| *s == Support::None) {
            let which = if cited.len() == 1 { "its quote" } else { "any of its quotes" };
            let message = format!("`{}` says {number}, which is not in {which}", claim.id);
            let mut diagnostic = Diagnostic::new(Code::NumberNotInQuote, message)
                .at(first.name.at, format!("no {number} in this quote"))
                .hint("cite the sentence that has the number, or say in `reading` how the words were read")
                .hint("a number that follows from the quote has `basis = \"derived\"`, and `why` says how");
            for cited in cited {
                diagnostic = diagnostic.at(cited.evidence.quote.at, "");
            }
            diagnostics.push(diagnostic);
        } else if number.is_point() {
            hedges(claim, *number, &supports, diagnostics);
        }
    }
}

/// A point number that every quote with the number hedges.
fn hedges(
    claim: &Claim,
    number: Number,
    supports: &[(&Vec<Token>, &Cited<'_>, Support)],
    diagnostics: &mut Diagnostics,
) {
    let mut found: Option<(String, &Cited<'_>)> = None;
    for (tokens, cited, support) in supports.iter().filter(|(.., s)| *s != Support::None) {
        match hedge::hedge(tokens, support) {
            Some(words) => found = found.or(Some((words, cited))),
            None => return,
        }
    }
    if let Some((words, cited)) = found {
        diagnostics.push(
            Diagnostic::new(
                Code::HedgeDropped,
                format!("`{}` says {number}, where its quote says “{words}”", claim.id),
            )
            .at(cited.name.at, format!("“{words}” is lost"))
            .at(cited.evidence.quote.at, "the quote")
            .hint("give a range, or say in `reading` how the words were read"),
        );
    }
}

/// A claim about what one actor says whose quotes are all spoken by others.
fn speakers(document: &Document, claim: &Claim, cited: &[Cited<'_>], diagnostics: &mut Diagnostics) {
    let Some(speaker) = &claim.speaker else { return };
    let mut strangers = Vec::new();
    for cited in cited {
        match &cited.evidence.speaker {
            // Without a speaker it is the source that reports, of whomever.
            None => return,
            Some(said) if speaker::same_voice(document, speaker, said.as_str()) => return,
            Some(said) => strangers.push((cited, said)),
        }
    }
    let Some((first, said)) = strangers.first() else { return };
    let mut diagnostic = Diagnostic::new(
        Code::WrongSpeaker,
        format!("`{}` is about what `{speaker}` says, its quote is spoken by `{said}`", claim.id),
    )
    .at(first.name.at, format!("`{said}` says this"))
    .hint(format!("cite words of `{speaker}`, or say on the actor whom it belongs to with `of`"));
    for (_, said) in &strangers {
        diagnostic = diagnostic.at(said.at, "the speaker");
    }
    diagnostics.push(diagnostic);
}

/// Words of the rest of a sentence that are shown.
const MOST_WORDS: usize = 16;

/// Quotes that stop before their sentence turns, when a claim that cites them leaves the rest out.
fn cuts(
    document: &Document,
    claims: &[(&Claim, Vec<Cited<'_>>)],
    held: &IndexMap<String, HeldSource>,
    checks: &IndexMap<String, EvidenceCheck>,
    diagnostics: &mut Diagnostics,
) {
    for (id, evidence) in &document.evidence {
        let Some(rest) = rest_after_turn(evidence, checks.get(id), held) else { continue };
        let covered = |cited: &Cited<'_>| {
            cited.evidence.source.text == evidence.source.text
                && checks
                    .get(cited.name.as_str())
                    .and_then(|check| check.range.clone())
                    .is_some_and(|range| range.start < rest.end && rest.start < range.end)
        };
        let mut by = claims
            .iter()
            .filter(|(claim, cited)| claim.grounds.reading.is_none() && !cited.iter().any(covered))
            .filter_map(|(_, cited)| cited.iter().find(|c| c.name.text == *id))
            .peekable();
        if by.peek().is_none() {
            continue;
        }
        let words: Vec<&str> =
            held.get(evidence.source.as_str()).map_or("", |h| h.text.slice(rest.clone())).split_whitespace().collect();
        let shown = words.get(..MOST_WORDS).unwrap_or(&words).join(" ");
        let end = if words.len() > MOST_WORDS { " …" } else { "" };
        let turn = words.first().map_or("", |w| w.trim_end_matches(|c: char| !c.is_alphanumeric()));
        let mut diagnostic = Diagnostic::new(Code::QuoteCut, format!("the quote `{id}` stops before “{turn}”"))
            .at(evidence.quote.at, "the sentence goes on")
            .note(format!("after it: … {shown}{end}"))
            .hint("cite the rest as well, or say in the claim's `reading` why it does not matter");
        for cited in by.take(3) {
            diagnostic = diagnostic.at(cited.name.at, "cited here");
        }
        diagnostics.push(diagnostic);
    }
}

/// The rest of the sentence of a quote from where it turns, in bytes of the source.
fn rest_after_turn(
    evidence: &Evidence,
    check: Option<&EvidenceCheck>,
    held: &IndexMap<String, HeldSource>,
) -> Option<Range<usize>> {
    let (check, held) = (check?, held.get(evidence.source.as_str())?);
    let (quote, sentence) = (check.range.as_ref()?, check.sentence.as_ref()?);
    let turn = turn::turn(held.text.slice(quote.end..sentence.end))?;
    Some(quote.end + turn.start..sentence.end)
}

//! Who may sign what: each claim about each mandate against each package.

use super::grid::Grid;
use super::numbers::count;
use super::prose::{Prose, and, filled, toned};
use super::section;
use super::view::View;
use crate::brief::content::{Block, Cell, Line, Section, Tone, plain};
use crate::case::model::people::Mandate;
use crate::case::parse_condition;
use crate::lens::Finding;
use crate::lens::mandate::{Allowed, Clause, Light, MandateAnswer};
use crate::text::Span;
use indexmap::IndexSet;

/// Deciding clauses named in a cell at most.
const MOST_CLAUSES: usize = 3;

/// The section, unless the case makes no claim about any mandate.
pub(super) fn write(view: &View<'_>, mandate: &Finding<MandateAnswer>) -> Option<Section> {
    let answer = &mandate.answer;
    if answer.lights.is_empty() && answer.contested.is_empty() {
        return None;
    }
    let mut blocks = Vec::new();
    blocks.extend(contested(view, answer));
    if !answer.lights.is_empty() {
        blocks.push(Block::Paragraph(plain(reading(answer))));
        blocks.extend(lights(view, answer));
        blocks.extend(clauses(view, answer));
    }
    section("mandates", "Who may sign what", blocks)
}

fn reading(answer: &MandateAnswer) -> String {
    let number = |allowed: Allowed| answer.lights.iter().filter(|l| l.overall == allowed).count();
    format!(
        "Of {} of a package and a claim about a mandate, the delegation may sign {}, must refer {} and may never sign {}. \
         The strictest clause decides for the whole package.",
        count(answer.lights.len(), "pair", "pairs"),
        number(Allowed::Sign),
        number(Allowed::Refer),
        number(Allowed::Never),
    )
}

fn contested(view: &View<'_>, answer: &MandateAnswer) -> Option<Block> {
    let contested = answer.contested.iter();
    let each: Vec<String> =
        contested.map(|c| format!("{} ({})", view.party(&c.party), count(c.claims.len(), "claim", "claims"))).collect();
    (!each.is_empty()).then(|| {
        Block::Note(plain(format!(
            "What the delegation may sign is contested for {}. No claim is taken for true; the table shows each.",
            and(&each)
        )))
    })
}

fn mandate<'a>(view: &View<'a>, party: &str, id: &str) -> Option<&'a Mandate> {
    let delegation = view.document().parties.get(party).and_then(|p| p.delegation.as_ref())?;
    delegation.mandates.iter().find(|m| m.grounds.id == id)
}

/// A claim about a mandate with who makes it.
fn claim(view: &View<'_>, party: &str, id: &str) -> Line {
    let mandate = mandate(view, party, id);
    let words = mandate.map_or_else(|| view.claim_words(id), |m| m.says.clone());
    let marks = mandate.map(|m| view.because(&m.grounds)).unwrap_or_default();
    let by = claimant(view, party, id);
    Prose::new().text(format!("{by} says ")).piece(view.claim(id, format!("“{words}”"))).line(marks).done()
}

/// What a mandate allows, as a sign with its word.
pub(super) fn sign(allowed: Allowed) -> (&'static str, Tone) {
    match allowed {
        Allowed::Sign => ("● sign", Tone::Open),
        Allowed::Refer => ("◐ refer", Tone::Doubt),
        Allowed::Never => ("○ never", Tone::Shut),
    }
}

/// Who makes a claim about a mandate.
pub(super) fn claimant(view: &View<'_>, party: &str, id: &str) -> String {
    let by = mandate(view, party, id).and_then(|m| m.claimed_by.as_ref());
    by.map_or("the analyst".to_string(), |by| view.who(by.as_str()))
}

fn lights(view: &View<'_>, answer: &MandateAnswer) -> Vec<Block> {
    let packages: IndexSet<&str> = answer.lights.iter().map(|l| l.package.as_str()).collect();
    let claims: IndexSet<(&str, &str)> = answer.lights.iter().map(|l| (l.party.as_str(), l.claim.as_str())).collect();
    // A column per claim: there are fewer claims than packages. Who claims what stands above the table.
    let legend = claims.iter().enumerate().map(|(at, (party, id))| {
        let name = format!("{}. {}", at + 1, view.party(party));
        Prose::new().strong(name).text(": ").line(claim(view, party, id)).done()
    });
    let mut blocks = vec![Block::List(legend.collect())];
    let mut columns = vec!["Text or package".to_string()];
    columns.extend(
        claims.iter().enumerate().map(|(at, (party, id))| {
            format!("{}. {}, as {} says", at + 1, view.party(party), claimant(view, party, id))
        }),
    );
    let mut grid = Grid::with("Who may sign what, claim by claim, with the clauses that decide", columns);
    for package in packages {
        let lights: Vec<&Light> = answer.lights.iter().filter(|l| l.package == package).collect();
        let mut row: Vec<Cell> = vec![name(view, package, lights.first().copied()).into()];
        row.extend(claims.iter().map(|(party, id)| {
            let light = lights.iter().find(|l| (l.party.as_str(), l.claim.as_str()) == (*party, *id));
            light.map_or_else(Cell::default, |light| light_cell(view, light))
        }));
        grid.row(row);
    }
    blocks.extend(grid.block());
    blocks
}

/// The name of a package; a partial agreement with what it moves.
fn name(view: &View<'_>, package: &str, light: Option<&Light>) -> String {
    let name = view.package(package);
    let Some(light) = light.filter(|l| package.starts_with("partial-") && !l.clauses.is_empty()) else { return name };
    let clause = |c: &Clause| format!("{}: {}", view.issue(&c.issue), meanings(view, c));
    format!("{name} ({})", light.clauses.iter().map(clause).collect::<Vec<_>>().join("; "))
}

fn meanings(view: &View<'_>, clause: &Clause) -> String {
    clause.values.iter().map(|v| view.meaning(&clause.issue, v)).collect::<Vec<_>>().join("; or ")
}

/// The light of a package, with the clauses that decide.
fn light_cell(view: &View<'_>, light: &Light) -> Cell {
    let (word, tone) = sign(light.overall);
    let deciding = light.clauses.iter().filter(|c| c.allowed == light.overall && light.overall != Allowed::Sign);
    let mut deciding: Vec<String> = deciding.map(|c| view.issue(&c.issue)).collect();
    let more = deciding.len().saturating_sub(MOST_CLAUSES);
    if deciding.len() > 1 && deciding.len() == light.clauses.len() {
        deciding = vec!["every clause".to_string()];
    } else if more > 1 {
        deciding.truncate(MOST_CLAUSES);
        deciding.push(format!("{more} more"));
    }
    let because = if deciding.is_empty() { String::new() } else { format!(": {}", and(&deciding)) };
    toned(format!("{word}{because}"), tone)
}

fn clauses(view: &View<'_>, answer: &MandateAnswer) -> Option<Block> {
    let mut grid = Grid::new(
        "Clause by clause",
        &["Delegation of", "Claim", "Package", "Issue", "Clause", "Allowed", "Rule that decides"],
    );
    for light in &answer.lights {
        for clause in &light.clauses {
            grid.row(clause_row(view, light, clause));
        }
    }
    let table = grid.block()?;
    Some(Block::Fold(plain("Every clause under every claim"), vec![table]))
}

fn clause_row(view: &View<'_>, light: &Light, clause: &Clause) -> Vec<Cell> {
    let (word, tone) = sign(clause.allowed);
    vec![
        view.party(&light.party).into(),
        vec![view.claim_in_words(&light.claim)].into(),
        view.package(&light.package).into(),
        view.issue(&clause.issue).into(),
        filled(meanings(view, clause)),
        toned(word, tone),
        rule(view, clause).into(),
    ]
}

/// The condition that decides, in words.
fn rule(view: &View<'_>, clause: &Clause) -> String {
    match &clause.rule {
        Some(text) => parse_condition(text, Span::default()).map_or_else(|_| text.clone(), |c| view.condition(&c.expr)),
        None => "the rule for everything else".to_string(),
    }
}

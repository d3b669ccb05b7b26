//! Who may sign what: each claim about each mandate against each package.

use super::grid::Grid;
use super::numbers::count;
use super::prose::{Prose, and, and_lines, filled, or, toned};
use super::section;
use super::view::View;
use crate::brief::content::{Block, Cell, Line, Section, Tone, plain};
use crate::case::Name;
use crate::lens::Finding;
use crate::lens::mandate::{Allowed, Clause, Light, MandateAnswer};
use indexmap::IndexSet;

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

fn contested(view: &View<'_>, answer: &MandateAnswer) -> Vec<Block> {
    let note = |contested: &crate::lens::mandate::Contested| {
        let claims = contested.claims.iter().map(|id| claim(view, &contested.party, id)).collect();
        Block::Note(
            Prose::new()
                .text(format!("The mandate of the delegation of {} is contested: ", view.party(&contested.party)))
                .line(and_lines(claims))
                .text(". None of these claims is taken for true; the table shows each.")
                .done(),
        )
    };
    answer.contested.iter().map(note).collect()
}

/// A claim about a mandate with who makes it.
pub(super) fn claim(view: &View<'_>, party: &str, id: &str) -> Line {
    let delegation = view.document().parties.get(party).and_then(|p| p.delegation.as_ref());
    let mandate = delegation.and_then(|d| d.mandates.iter().find(|m| m.grounds.id == id));
    let by = mandate.and_then(|m| m.claimed_by.as_ref()).map(Name::as_str);
    let by = by.map_or("the analyst".to_string(), |by| view.who(by));
    let words = mandate.map_or_else(|| view.claim_words(id), |m| m.says.clone());
    let marks = mandate.map(|m| view.because(&m.grounds)).unwrap_or_default();
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

fn lights(view: &View<'_>, answer: &MandateAnswer) -> Option<Block> {
    let packages: IndexSet<&str> = answer.lights.iter().map(|l| l.package.as_str()).collect();
    let claims: IndexSet<(&str, &str)> = answer.lights.iter().map(|l| (l.party.as_str(), l.claim.as_str())).collect();
    let mut columns = vec!["Delegation of".to_string(), "If this claim holds".to_string()];
    columns.extend(packages.iter().map(|id| view.package(id)));
    let mut grid = Grid::with("Who may sign what, claim by claim, with the clause that decides", columns);
    for (party, id) in claims {
        let mut row: Vec<Cell> = vec![view.party(party).into(), claim(view, party, id).into()];
        row.extend(packages.iter().map(|package| {
            let light = answer
                .lights
                .iter()
                .find(|l| (l.party.as_str(), l.claim.as_str(), l.package.as_str()) == (party, id, *package));
            light.map_or_else(Cell::default, |light| light_cell(view, light))
        }));
        grid.row(row);
    }
    grid.block()
}

fn light_cell(view: &View<'_>, light: &Light) -> Cell {
    let (word, tone) = sign(light.overall);
    let deciding: Vec<String> = light
        .clauses
        .iter()
        .filter(|c| c.allowed == light.overall && light.overall != Allowed::Sign)
        .map(|c| view.issue(&c.issue))
        .collect();
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
    let values: Vec<String> = clause.values.iter().map(|v| view.meaning(&clause.issue, v)).collect();
    vec![
        view.party(&light.party).into(),
        vec![view.claim_in_words(&light.claim)].into(),
        view.package(&light.package).into(),
        view.issue(&clause.issue).into(),
        filled(or(&values)),
        toned(word, tone),
        clause.rule.clone().unwrap_or_else(|| "the rule for everything else".to_string()).into(),
    ]
}

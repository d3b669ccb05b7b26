//! Who may sign what: each claim about each mandate against each package.

use super::grid::Grid;
use super::numbers::count;
use super::prose::{Prose, and, capital, filled, quoted, toned};
use super::section;
use super::view::View;
use crate::brief::content::{Block, Cell, Line, Section, Tone, plain};
use crate::case::model::people::Mandate;
use crate::case::parse_condition;
use crate::lens::Finding;
use crate::lens::mandate::{Allowed, Clause, Light, MandateAnswer};
use crate::text::Span;
use indexmap::{IndexMap, IndexSet};

/// Deciding clauses named in a cell at most.
const MOST_CLAUSES: usize = 3;
/// What the names of partial agreements begin with.
const PARTIAL: &str = "Partial agreement ";

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
    Prose::new().text(format!("{by} says ")).piece(view.claim(id, quoted(&words))).line(marks).done()
}

/// What a mandate allows, in a word.
pub(super) fn sign(allowed: Allowed) -> (&'static str, Tone) {
    match allowed {
        Allowed::Sign => ("sign", Tone::Open),
        Allowed::Refer => ("refer", Tone::Doubt),
        Allowed::Never => ("never", Tone::Shut),
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
    columns.extend(headings(view, &claims));
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
    let clause = |c: &Clause| format!("{}: {}", view.issue(&c.issue), meanings(view, &c.issue, &c.values));
    format!("{name} ({})", light.clauses.iter().map(clause).collect::<Vec<_>>().join("; "))
}

fn meanings(view: &View<'_>, issue: &str, values: &[String]) -> String {
    values.iter().map(|v| view.meaning(issue, v)).collect::<Vec<_>>().join("; or ")
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

/// Every clause once, with what each claim allows. Packages whose clause comes to the same share a row.
fn clauses(view: &View<'_>, answer: &MandateAnswer) -> Option<Block> {
    let claims: IndexSet<(&str, &str)> = answer.lights.iter().map(|l| (l.party.as_str(), l.claim.as_str())).collect();
    // Issue and values, and per claim what it allows and by which rule, to the packages with that clause.
    type Key<'k> = (&'k str, &'k [String]);
    type Verdict = Option<(Allowed, String)>;
    let mut by_package: IndexMap<(&str, Key<'_>), Vec<Verdict>> = IndexMap::new();
    for light in &answer.lights {
        let Some(at) = claims.get_index_of(&(light.party.as_str(), light.claim.as_str())) else { continue };
        for clause in &light.clauses {
            let key = (light.package.as_str(), (clause.issue.as_str(), clause.values.as_slice()));
            let row = by_package.entry(key).or_insert_with(|| vec![None; claims.len()]);
            if let Some(cell) = row.get_mut(at) {
                *cell = Some((clause.allowed, rule(view, clause)));
            }
        }
    }
    let mut rows: IndexMap<(Key<'_>, Vec<Verdict>), Vec<String>> = IndexMap::new();
    for ((package, key), verdicts) in by_package {
        rows.entry((key, verdicts)).or_default().push(view.package(package));
    }
    let order = |issue: &str| view.document().issues.get_index_of(issue).unwrap_or(usize::MAX);
    rows.sort_by(|((a, ..), _), _, ((b, ..), _), _| order(a).cmp(&order(b)));
    let mut columns = vec!["Issue".to_string(), "Clause".to_string()];
    columns.extend(headings(view, &claims));
    columns.push("In".into());
    let mut grid = Grid::with("Clause by clause: what each claim allows, and the rule that decides", columns);
    for (((issue, values), verdicts), packages) in rows {
        let mut row: Vec<Cell> = vec![view.issue(issue).into(), filled(meanings(view, issue, values))];
        row.extend(verdicts.into_iter().map(|verdict| match verdict {
            Some((allowed, rule)) => {
                let (word, tone) = sign(allowed);
                toned(if rule.is_empty() { word.to_string() } else { format!("{word}: {rule}") }, tone)
            }
            None => Cell::default(),
        }));
        row.push(in_packages(packages).into());
        grid.row(row);
    }
    let table = grid.block()?;
    Some(Block::Fold(plain("Every clause under every claim"), vec![table]))
}

/// The names of packages; partial agreements by their numbers.
fn in_packages(packages: Vec<String>) -> String {
    let (partial, mut named): (Vec<String>, Vec<String>) =
        packages.into_iter().partition(|name| name.starts_with(PARTIAL));
    let numbers: Vec<&str> = partial.iter().filter_map(|name| name.strip_prefix(PARTIAL)).map(str::trim).collect();
    match numbers.as_slice() {
        [] => {}
        [one] => named.push(format!("partial agreement {one}")),
        many => named.push(format!("partial agreements {}", many.join(", "))),
    }
    capital(&named.join("; "))
}

/// Column titles: one per claim about a mandate.
fn headings(view: &View<'_>, claims: &IndexSet<(&str, &str)>) -> Vec<String> {
    let heading = |(at, (party, id)): (usize, &(&str, &str))| {
        format!("{}. {}, as {} says", at + 1, view.party(party), claimant(view, party, id))
    };
    claims.iter().enumerate().map(heading).collect()
}

/// The condition that decides, in words; nothing for the rule for everything else.
fn rule(view: &View<'_>, clause: &Clause) -> String {
    match &clause.rule {
        Some(text) => parse_condition(text, Span::default()).map_or_else(|_| text.clone(), |c| view.condition(&c.expr)),
        None => String::new(),
    }
}

//! Who negotiates: parties, principals, delegations, mandates, stakes, actors.

use super::actor_map;
use super::grid::Grid;
use super::numbers::count;
use super::prose::{Prose, and, filled, joined, maybe};
use super::view::View;
use super::{paragraph, section};
use crate::brief::content::{Block, Cell, Line, Section, Tone, plain};
use crate::case::model::people::{Delegation, Mandate, Party, Role};
use crate::case::{Condition, Name};

/// The section, unless the case names neither party nor actor.
pub(super) fn write(view: &View<'_>) -> Option<Section> {
    let document = view.document();
    let mut blocks: Vec<Block> = document.summary.iter().map(|s| paragraph(s.clone())).collect();
    blocks.extend(parties(view));
    blocks.extend(actor_map::write(view).map(|figure| Block::Figure(Box::new(figure))));
    blocks.extend(mandates(view));
    blocks.extend(stakes(view));
    blocks.extend(actors(view));
    section("parties", "Parties, principals, delegations", blocks)
}

fn parties(view: &View<'_>) -> Option<Block> {
    let document = view.document();
    let mut grid = Grid::new(
        "Parties, in the order of the case",
        &["Party", "Principal", "At the table", "Delegation", "Members", "Consent needed", "Basis and evidence"],
    );
    for (id, party) in &document.parties {
        let consents = document.needs_consent_of(id);
        grid.row(vec![
            view.party(id).into(),
            principal(view, party).into(),
            attends(party),
            party.delegation.as_ref().map_or_else(Line::new, |d| delegation(view, d)).into(),
            party.delegation.as_ref().map_or_else(Cell::default, |d| members(view, d)),
            if consents { "yes" } else { "no" }.into(),
            grounds(view, party).into(),
        ]);
    }
    grid.block()
}

fn principal(view: &View<'_>, party: &Party) -> Line {
    let Some(principal) = &party.principal else { return Line::new() };
    let name = match (&principal.actor, &principal.name) {
        (Some(actor), _) => view.who(actor.as_str()),
        (None, Some(name)) => name.clone(),
        (None, None) => "not named".to_string(),
    };
    let note = principal.note.as_ref().map(|n| format!(" ({n})")).unwrap_or_default();
    Prose::new().piece(view.claim(&principal.grounds.id, name)).text(note).done()
}

fn attends(party: &Party) -> Cell {
    match party.principal.as_ref().and_then(|p| p.attends) {
        Some(true) => "the principal attends".into(),
        Some(false) => "the principal does not attend".into(),
        None => Cell::default(),
    }
}

fn delegation(view: &View<'_>, delegation: &Delegation) -> Line {
    let head = delegation.head.as_ref().map_or("no head named".to_string(), |h| view.who(h.as_str()));
    let level = delegation.level.as_ref().map(|l| format!(", level: {l}")).unwrap_or_default();
    Prose::new().piece(view.claim(&delegation.grounds.id, head)).text(level).done()
}

fn members(view: &View<'_>, delegation: &Delegation) -> Cell {
    filled(view.everyone(&delegation.members))
}

fn grounds(view: &View<'_>, party: &Party) -> Line {
    let each = [party.principal.as_ref().map(|p| &p.grounds), party.delegation.as_ref().map(|d| &d.grounds)];
    joined(each.into_iter().flatten().map(|g| view.basis(g).line), " ")
}

fn mandates(view: &View<'_>) -> Vec<Block> {
    let mut grid = Grid::new(
        "What is claimed about each mandate",
        &[
            "Delegation of",
            "Claimed by",
            "Claim",
            "May sign",
            "Must refer",
            "Never",
            "Everything else",
            "Basis and evidence",
        ],
    );
    let mut rivals = Vec::new();
    for (id, party) in &view.document().parties {
        let Some(delegation) = &party.delegation else { continue };
        if delegation.mandates.len() > 1 {
            rivals.push(format!("{} ({})", view.party(id), count(delegation.mandates.len(), "claim", "claims")));
        }
        for mandate in &delegation.mandates {
            grid.row(mandate_row(view, id, mandate));
        }
    }
    let mut blocks: Vec<Block> = grid.block().into_iter().collect();
    if !rivals.is_empty() {
        blocks.push(Block::Note(plain(format!(
            "Rival claims about one mandate stand side by side for: {}. None is taken for true.",
            and(&rivals)
        ))));
    }
    blocks
}

fn mandate_row(view: &View<'_>, party: &str, mandate: &Mandate) -> Vec<Cell> {
    let conditions = |all: &[Condition]| -> Cell {
        filled(all.iter().map(|c| view.condition(&c.expr)).collect::<Vec<_>>().join("; "))
    };
    let otherwise = match mandate.otherwise {
        Some(word) => word.as_str().to_string(),
        None => "refer (not said)".to_string(),
    };
    vec![
        view.party(party).into(),
        mandate.claimed_by.as_ref().map_or("the analyst".to_string(), |who| view.who(who.as_str())).into(),
        view.claim_cell(&mandate.grounds, mandate.says.clone()),
        conditions(&mandate.may_sign),
        conditions(&mandate.must_refer),
        conditions(&mandate.never),
        otherwise.into(),
        view.basis(&mandate.grounds),
    ]
}

fn stakes(view: &View<'_>) -> Option<Block> {
    let mut grid = Grid::new(
        "What members of delegations have at stake themselves, as the case says",
        &["Delegation of", "Who", "Issue", "What", "Basis and evidence"],
    );
    for (id, party) in &view.document().parties {
        for stake in party.delegation.iter().flat_map(|d| &d.stakes) {
            grid.row(vec![
                view.party(id).into(),
                view.who(stake.actor.as_str()).into(),
                maybe(stake.issue.as_ref().map(|i| view.issue(i.as_str()))),
                view.claim_cell(&stake.grounds, stake.note.clone()),
                view.basis(&stake.grounds),
            ]);
        }
    }
    grid.block()
}

fn actors(view: &View<'_>) -> Option<Block> {
    let actors = &view.document().actors;
    let mut grid =
        Grid::new("Everybody the case speaks of", &["Name", "Kind", "Of", "Office", "Also called", "Roles", "Note"]);
    for actor in actors.values() {
        grid.row(vec![
            actor.name.clone().into(),
            maybe(actor.kind),
            maybe(actor.of.as_ref().map(|of| view.who(of.as_str()))),
            maybe(actor.office.clone()),
            filled(actor.aliases.join(", ")),
            joined(actor.roles.iter().map(|role| role_line(view, role)), "; ").into(),
            maybe(actor.note.clone()),
        ]);
    }
    let table = grid.block()?;
    let title = format!("All {} of the case", count(actors.len(), "actor", "actors"));
    Some(Block::Fold(plain(title), vec![table]))
}

fn role_line(view: &View<'_>, role: &Role) -> Line {
    let name = |name: &Option<Name>, before: &str, word: &dyn Fn(&str) -> String| {
        name.as_ref().map(|n| format!(" {before} {}", word(n.as_str()))).unwrap_or_default()
    };
    let rest = [
        name(&role.party, "for", &|id| view.party(id)),
        name(&role.track, "on", &|id| view.track(id)),
        name(&role.round, "in", &|id| view.round(id)),
        role.note.as_ref().map(|n| format!(" ({n})")).unwrap_or_default(),
    ];
    Prose::new()
        .piece(view.claim(&role.grounds.id, format!("{}{}", role.role, rest.concat())))
        .line(view.because(&role.grounds))
        .done()
}

/// The tone of a principal that stays away, so that the actor map does not show it at the table.
pub(super) fn tone_of_absence(party: &Party) -> Tone {
    match party.principal.as_ref().and_then(|p| p.attends) {
        Some(false) => Tone::Faint,
        _ => Tone::Plain,
    }
}

//! The actor map: who decides for whom, who sits at the table, who presses, hosts, mediates.

use super::grid::Grid;
use super::numbers::count;
use super::parties::tone_of_absence;
use super::prose::and;
use super::view::View;
use crate::brief::content::{Cell, Figure, Graph, Plot, Tone, plain};
use crate::case::Grounds;
use crate::case::model::people::{Party, RoleKind};
use indexmap::IndexMap;

/// Layers of the map, outside in; also the groups of its nodes.
const PRINCIPALS: &str = "Principals";
const DELEGATIONS: &str = "Delegations";
const AROUND: &str = "Around the table";

/// An arrow of the map in the making, with what it rests on.
struct Arrow<'a> {
    from: usize,
    to: usize,
    label: String,
    tone: Tone,
    grounds: &'a Grounds,
}

#[derive(Default)]
struct Map<'a> {
    /// Key of a node to its label, layer and tone, in the order they are met.
    nodes: IndexMap<String, (String, &'static str, Tone)>,
    arrows: Vec<Arrow<'a>>,
}

impl<'a> Map<'a> {
    fn node(&mut self, key: String, label: String, layer: &'static str, tone: Tone) -> usize {
        let entry = self.nodes.entry(key);
        let at = entry.index();
        entry.or_insert((label, layer, tone));
        at
    }

    fn arrow(&mut self, from: usize, to: usize, label: impl Into<String>, tone: Tone, grounds: &'a Grounds) {
        let label = label.into();
        if from != to && !self.arrows.iter().any(|a| (a.from, a.to, &a.label) == (from, to, &label)) {
            self.arrows.push(Arrow { from, to, label, tone, grounds });
        }
    }
}

/// The figure, unless there are no arrows to draw.
pub(super) fn write(view: &View<'_>) -> Option<Figure> {
    let mut map = Map::default();
    let document = view.document();
    for (id, party) in &document.parties {
        delegations(view, &mut map, id, party);
    }
    let own = map.arrows.len();
    pressure(view, &mut map);
    let pressing = map.arrows.len() - own;
    hosts(view, &mut map);
    roles(view, &mut map);
    if map.arrows.is_empty() {
        return None;
    }
    let mut twin = Grid::new("The arrows of the actor map", &["From", "What", "To", "Basis and evidence"]);
    let name =
        |at: usize| -> Cell { map.nodes.get_index(at).map_or_else(Cell::default, |(_, (l, ..))| l.clone().into()) };
    for arrow in &map.arrows {
        twin.row(vec![
            name(arrow.from),
            view.claim_cell(arrow.grounds, arrow.label.clone()),
            name(arrow.to),
            view.basis(arrow.grounds),
        ]);
    }
    Some(Figure {
        id: "actor-map".into(),
        title: "Actor map".into(),
        description: "Principals with arrows to the delegations that act for them, and around them those who press, \
                      host, mediate or support."
            .into(),
        reading: plain(reading(view, pressing)),
        plot: Plot::Graph(Graph {
            nodes: map
                .nodes
                .values()
                .map(|(label, layer, tone)| (label.clone(), (*layer).to_string(), *tone))
                .collect(),
            edges: map.arrows.iter().map(|a| (a.from, a.to, a.label.clone(), a.tone)).collect(),
        }),
        twin: twin.table(),
    })
}

fn reading(view: &View<'_>, pressing: usize) -> String {
    let parties = &view.document().parties;
    let away: Vec<String> = parties
        .iter()
        .filter(|(_, p)| p.principal.as_ref().and_then(|p| p.attends) == Some(false))
        .map(|(id, _)| view.party(id))
        .collect();
    let table = match away.as_slice() {
        [] => "the case reports no principal as absent".to_string(),
        [one] => format!("the principal of {one} is reported as absent"),
        many => format!("the principals of {} are reported as absent", and(many)),
    };
    let pressure = match pressing {
        0 => "no pressure from outside is reported".to_string(),
        n => format!("{} reported", count(n, "line of pressure is", "lines of pressure are")),
    };
    format!("Of {}, {table}; {pressure}.", count(parties.len(), "party", "parties"))
}

fn delegations<'a>(view: &View<'a>, map: &mut Map<'a>, id: &str, party: &'a Party) {
    let delegation = party.delegation.as_ref().map(|delegation| {
        let head = delegation.head.as_ref().map(|h| format!(" (led by {})", view.who(h.as_str()))).unwrap_or_default();
        let label = format!("Delegation of {}{head}", view.party(id));
        let at = map.node(format!("delegation {id}"), label, DELEGATIONS, Tone::Plain);
        (at, &delegation.grounds)
    });
    let Some(principal) = &party.principal else { return };
    let (key, label) = match (&principal.actor, &principal.name) {
        (Some(actor), _) => (actor.text.clone(), view.who(actor.as_str())),
        (None, Some(name)) => (format!("principal {id}"), name.clone()),
        (None, None) => return,
    };
    let at = map.node(key, format!("{label} ({})", view.party(id)), PRINCIPALS, tone_of_absence(party));
    if let Some((delegation, _)) = delegation {
        map.arrow(at, delegation, "decides for", Tone::Plain, &principal.grounds);
    }
}

/// The node that stands for a party or actor where others act on it: its principal or its delegation.
fn target<'a>(view: &View<'a>, map: &mut Map<'a>, id: &str) -> usize {
    let party = view.document().parties.get(id);
    let principal = party.and_then(|p| p.principal.as_ref()).and_then(|p| p.actor.as_ref());
    let keys = [principal.map(|p| p.text.clone()), Some(format!("principal {id}")), Some(format!("delegation {id}"))];
    let known = keys.into_iter().flatten().find_map(|key| map.nodes.get_index_of(&key));
    known.unwrap_or_else(|| map.node(id.to_string(), view.who(id), AROUND, Tone::Plain))
}

fn pressure<'a>(view: &View<'a>, map: &mut Map<'a>) {
    for pressure in &view.document().pressure {
        let from = target(view, map, pressure.by.as_str());
        for on in &pressure.on {
            let to = target(view, map, on.as_str());
            let label = format!("presses: {}", pressure.instrument);
            map.arrow(from, to, label, Tone::Doubt, &pressure.grounds);
        }
    }
}

fn hosts<'a>(view: &View<'a>, map: &mut Map<'a>) {
    for round in view.document().rounds.values() {
        let Some(host) = &round.host else { continue };
        let from = target(view, map, host.as_str());
        at_the_table(view, map, from, "hosts", &round.grounds);
    }
}

fn at_the_table<'a>(view: &View<'a>, map: &mut Map<'a>, from: usize, label: &str, grounds: &'a Grounds) {
    for id in view.document().parties.keys() {
        if let Some(to) = map.nodes.get_index_of(&format!("delegation {id}")) {
            map.arrow(from, to, label, Tone::Faint, grounds);
        }
    }
}

fn roles<'a>(view: &View<'a>, map: &mut Map<'a>) {
    for (id, actor) in &view.document().actors {
        for role in &actor.roles {
            let word = match role.role {
                RoleKind::Host => "hosts",
                RoleKind::Mediator => "mediates",
                RoleKind::Guarantor => "would guarantee",
                RoleKind::Pressurer => "presses",
                RoleKind::Ally => "supports",
                RoleKind::Adviser => "advises",
                _ => continue,
            };
            let from = target(view, map, id);
            let drawn = map.arrows.iter().any(|a| a.from == from && a.label.starts_with(word));
            match (&role.party, role.role) {
                // The pressure that the case describes says more than the bare role.
                _ if drawn && role.role == RoleKind::Pressurer => {}
                (Some(party), _) => {
                    let to = target(view, map, party.as_str());
                    map.arrow(from, to, word, Tone::Faint, &role.grounds);
                }
                (None, RoleKind::Host | RoleKind::Mediator | RoleKind::Guarantor | RoleKind::Pressurer) => {
                    at_the_table(view, map, from, word, &role.grounds);
                }
                (None, _) => {}
            }
        }
    }
}

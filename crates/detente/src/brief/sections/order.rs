//! The order demanded: who demands what before what, which demands wait for each other, ways out, an order that works.

use super::grid::Grid;
use super::numbers::count;
use super::prose::{Prose, and, and_lines, filled, joined, maybe, sentence, toned};
use super::view::{View, readable};
use super::{paragraph, section};
use crate::brief::content::{Block, Cell, Figure, Graph, Line, Plot, Section, Table, Tone, plain};
use crate::lens::Finding;
use crate::lens::order::{Choreography, Cycle, Demand, OrderAnswer, Way, WayKind};

/// The section, unless the case names neither steps nor demands on their order.
pub(super) fn write(view: &View<'_>, order: &Finding<OrderAnswer>) -> Option<Section> {
    let answer = &order.answer;
    let mut blocks = Vec::new();
    blocks.extend(steps(view));
    if !answer.demands.is_empty() {
        blocks.push(Block::Figure(Box::new(demands(view, answer))));
        blocks.extend(cycles(view, answer));
        blocks.extend(cuts(view, answer));
        blocks.extend(elsewhere(view, answer));
    }
    blocks.extend(untouched(view, answer));
    if let Some(choreography) = answer.choreography.as_ref().filter(|c| !c.stages.is_empty()) {
        blocks.push(Block::Heading("An order that can be walked".into()));
        blocks.push(relaxed(view, answer, choreography));
        blocks.push(Block::Figure(Box::new(walk(view, answer, choreography))));
    }
    section("order", "Order of steps", blocks)
}

fn steps(view: &View<'_>) -> Option<Block> {
    let mut grid = Grid::new(
        "Steps the case names",
        &["Step", "Who takes it", "Track", "Brings about", "A smaller first part", "Note"],
    );
    for step in view.document().steps.values() {
        grid.row(vec![
            step.name.clone().into(),
            filled(view.everyone(&step.by)),
            maybe(step.track.as_ref().map(|t| view.track(t.as_str()))),
            maybe(step.reaches.as_ref().map(|r| view.condition(&r.expr))),
            maybe(step.partial.clone()),
            maybe(step.note.clone()),
        ]);
    }
    grid.block()
}

/// The name of a step of the answer: of the case, or the state of the issues it stands for.
pub(super) fn step(view: &View<'_>, answer: &OrderAnswer, at: usize) -> String {
    let Some(step) = answer.steps.get(at) else { return "a step".to_string() };
    let named = view.document().steps.get(&step.id).map(|s| s.name.clone());
    named.unwrap_or_else(|| if step.name.is_empty() { step.id.clone() } else { step.name.clone() })
}

fn in_a_cycle(answer: &OrderAnswer, demand: usize) -> bool {
    answer.cycles.iter().any(|cycle| cycle.demands.contains(&demand))
}

fn demands(view: &View<'_>, answer: &OrderAnswer) -> Figure {
    let tone_of_step = |at: usize| {
        let circled = answer
            .demands
            .iter()
            .enumerate()
            .any(|(d, demand)| in_a_cycle(answer, d) && (demand.first == at || demand.before == at));
        if circled { Tone::Shut } else { Tone::Plain }
    };
    let nodes = answer.steps.iter().enumerate().map(|(at, s)| {
        let track = s.track.as_ref().map_or("Main track".to_string(), |t| view.track(t));
        (step(view, answer, at), track, tone_of_step(at))
    });
    let edge = |(at, demand): (usize, &Demand)| {
        let tone = if in_a_cycle(answer, at) { Tone::Shut } else { Tone::Plain };
        (demand.first, demand.before, view.who(&demand.claimed_by), tone)
    };
    let mut edges: Vec<(usize, usize, String, Tone)> = answer.demands.iter().enumerate().map(edge).collect();
    for (reached, implied) in answer.cycles.iter().flat_map(|c| &c.implied) {
        let edge = (*reached, *implied, "brings about".to_string(), Tone::Faint);
        if reached != implied && !edges.contains(&edge) {
            edges.push(edge);
        }
    }
    edges.retain(|(from, to, ..)| *from < answer.steps.len() && *to < answer.steps.len());
    Figure {
        id: "order".into(),
        title: "Who demands what before what".into(),
        description:
            "Steps with an arrow from what is demanded first to what may only come after it, labelled with who \
                      demands it. Arrows of demands that wait for each other in a circle are marked."
                .into(),
        reading: reading(answer),
        plot: Plot::Graph(Graph { nodes: nodes.collect(), edges }),
        twin: demand_table(view, answer),
    }
}

fn reading(answer: &OrderAnswer) -> Line {
    let demands = count(answer.demands.len(), "demand", "demands");
    plain(match answer.cycles.len() {
        0 if answer.complete => format!("{demands} on the order, and all can be met together."),
        0 => format!("{demands} on the order; no circle was found, but the search was cut off."),
        n => {
            let least = if answer.complete { "" } else { "at least " };
            format!("{demands} on the order wait for each other in {least}{}.", count(n, "circle", "circles"))
        }
    })
}

fn demand_table(view: &View<'_>, answer: &OrderAnswer) -> Table {
    let mut grid = Grid::new(
        "Demands on the order, as reported",
        &["#No.", "Who demands", "First", "Only then", "How strongly", "In words", "In a circle", "Basis and evidence"],
    );
    for (at, demand) in answer.demands.iter().enumerate() {
        let record = view.document().preconditions.iter().find(|p| p.grounds.id == demand.claim);
        let circle = if in_a_cycle(answer, at) { toned("yes", Tone::Shut) } else { "no".into() };
        grid.row(vec![
            (at + 1).to_string().into(),
            view.who(&demand.claimed_by).into(),
            vec![view.claim(&demand.claim, step(view, answer, demand.first))].into(),
            step(view, answer, demand.before).into(),
            demand.strength.clone().into(),
            maybe(record.and_then(|r| r.says.clone())),
            circle,
            record.map_or_else(
                || view.marks(demand.because.iter().map(String::as_str)).into(),
                |r| view.basis(&r.grounds),
            ),
        ]);
    }
    grid.table()
}

fn cycles(view: &View<'_>, answer: &OrderAnswer) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (at, cycle) in answer.cycles.iter().enumerate() {
        blocks.push(Block::Heading(format!("Circle {}", at + 1)));
        blocks.push(paragraph(sentence(&cycle.words)));
        blocks.push(Block::List(cycle.demands.iter().filter_map(|d| demand_line(view, answer, *d)).collect()));
        if !cycle.implied.is_empty() {
            let bridge = |(reached, implied): &(usize, usize)| {
                format!("“{}” brings about “{}”", step(view, answer, *reached), step(view, answer, *implied))
            };
            blocks.push(paragraph(sentence(&and(&cycle.implied.iter().map(bridge).collect::<Vec<_>>()))));
        }
        blocks.extend(ways(view, cycle));
    }
    blocks
}

/// A demand with who makes it, how strongly, and the words of its evidence.
pub(super) fn demand_line(view: &View<'_>, answer: &OrderAnswer, at: usize) -> Option<Line> {
    let demand = answer.demands.get(at)?;
    let words = format!("“{}” before “{}”", step(view, answer, demand.first), step(view, answer, demand.before));
    let mut prose = Prose::new()
        .strong(view.who(&demand.claimed_by))
        .text(": ")
        .piece(view.claim(&demand.claim, words))
        .text(format!(" ({})", demand.strength));
    for id in &demand.because {
        if let Some(evidence) = view.evidence(id) {
            prose = prose.text(" ").quote(evidence.quote.text.clone()).line(view.marks([id.as_str()]));
        }
    }
    Some(prose.done())
}

fn ways(view: &View<'_>, cycle: &Cycle) -> Option<Block> {
    let mut grid =
        Grid::new("Ways to cut this circle", &["Way", "What it would take", "Who would take less than demanded"]);
    for way in &cycle.ways {
        grid.row(vec![way_word(way).into(), sentence(&way.takes).into(), from(view, way).into()]);
    }
    grid.block()
}

fn from(view: &View<'_>, way: &Way) -> String {
    if way.from.is_empty() {
        "nobody".to_string()
    } else {
        and(&way.from.iter().map(|id| view.who(id)).collect::<Vec<_>>())
    }
}

fn way_word(way: &Way) -> &'static str {
    match way.kind {
        WayKind::Simultaneity => "At once",
        WayKind::Partial => "A smaller first step",
        WayKind::Guarantee => "A guarantee",
        WayKind::Drop => "One demand less",
    }
}

fn cuts(view: &View<'_>, answer: &OrderAnswer) -> Option<Block> {
    let mut grid = Grid::new(
        "Smallest sets of demands without which no circle is left, cheapest first",
        &["#No.", "Demands relaxed", "#Cost"],
    );
    for (at, cut) in answer.cuts.iter().enumerate() {
        let demands = cut.demands.iter().filter_map(|d| demand_short(view, answer, *d)).collect();
        grid.row(vec![(at + 1).to_string().into(), and_lines(demands).into(), format!("{:.2}", cut.cost).into()]);
    }
    grid.block()
}

/// A demand in few words, leading to its claim.
pub(super) fn demand_short(view: &View<'_>, answer: &OrderAnswer, at: usize) -> Option<Line> {
    let demand = answer.demands.get(at)?;
    let words = format!("“{}” before “{}”", step(view, answer, demand.first), step(view, answer, demand.before));
    let line = Prose::new().text(format!("{}: ", view.who(&demand.claimed_by))).piece(view.claim(&demand.claim, words));
    Some(line.done())
}

fn elsewhere(view: &View<'_>, answer: &OrderAnswer) -> Vec<Block> {
    if answer.elsewhere.is_empty() {
        return Vec::new();
    }
    let lines = answer.elsewhere.iter().map(|waits| {
        let marks = answer.demands.get(waits.demand).map(|d| view.marks(d.because.iter().map(String::as_str)));
        Prose::new()
            .strong(view.track(&waits.track))
            .text(format!(": {}", sentence(&waits.words)))
            .line(marks.unwrap_or_default())
            .done()
    });
    vec![Block::Heading("Demands that wait for another track".into()), Block::List(lines.collect())]
}

fn relaxed(view: &View<'_>, answer: &OrderAnswer, choreography: &Choreography) -> Block {
    let lines: Vec<Line> = choreography.relaxed.iter().filter_map(|d| demand_short(view, answer, *d)).collect();
    if lines.is_empty() {
        return paragraph("This order meets every demand. Steps of one stage can go in any order or together.");
    }
    let prose = Prose::new()
        .text("Steps of one stage can go in any order or together. This order does not meet ")
        .line(and_lines(lines))
        .text(".");
    Block::Paragraph(prose.done())
}

fn walk(view: &View<'_>, answer: &OrderAnswer, choreography: &Choreography) -> Figure {
    // Only steps of the choreography are drawn; edges speak of their places among the nodes.
    let order: Vec<(usize, usize)> = choreography
        .stages
        .iter()
        .enumerate()
        .flat_map(|(stage, steps)| steps.iter().map(move |s| (stage, *s)))
        .filter(|(_, s)| *s < answer.steps.len())
        .collect();
    let place = |at: usize| order.iter().position(|(_, s)| *s == at);
    let edges = choreography
        .waits
        .iter()
        .filter_map(|(earlier, later)| Some((place(*earlier)?, place(*later)?, String::new(), Tone::Plain)));
    let mut twin = Grid::new("The order, stage by stage", &["#Stage", "Step", "Who takes it", "Track", "Waits for"]);
    for (stage, at) in &order {
        let Some(record) = answer.steps.get(*at) else { continue };
        let waits = choreography.waits.iter().filter(|(_, later)| later == at);
        let waits: Vec<Line> = waits.map(|(earlier, _)| plain(step(view, answer, *earlier))).collect();
        let by: Vec<String> = record.by.iter().map(|id| view.who(id)).collect();
        let by: Cell = filled(and(&by));
        twin.row(vec![
            (stage + 1).to_string().into(),
            step(view, answer, *at).into(),
            by,
            maybe(record.track.as_ref().map(|t| view.track(t))),
            joined(waits, "; ").into(),
        ]);
    }
    let steps = count(order.len(), "step", "steps");
    let stages = count(choreography.stages.len(), "stage", "stages");
    Figure {
        id: "choreography".into(),
        title: "An order of steps".into(),
        description: "Steps by stage, with arrows from each step to those that wait for it directly.".into(),
        reading: plain(format!("{steps} in {stages}; {} not met.", not_met(choreography.relaxed.len()))),
        plot: Plot::Graph(Graph {
            nodes: order
                .iter()
                .map(|(stage, at)| (step(view, answer, *at), format!("Stage {}", stage + 1), Tone::Plain))
                .collect(),
            edges: edges.collect(),
        }),
        twin: twin.table(),
    }
}

fn not_met(relaxed: usize) -> String {
    match relaxed {
        0 => "no demand is".to_string(),
        n => count(n, "demand is", "demands are"),
    }
}

/// Demands of the case that the lens did not take up, so that nothing is lost.
fn untouched(view: &View<'_>, answer: &OrderAnswer) -> Option<Block> {
    let mut grid =
        Grid::new("Further demands on the order", &["Who demands", "In words", "How strongly", "Basis and evidence"]);
    for demand in &view.document().preconditions {
        if answer.demands.iter().any(|d| d.claim == demand.grounds.id) {
            continue;
        }
        let words = demand.says.clone().unwrap_or_else(|| readable(&demand.grounds.id));
        grid.row(vec![
            view.who(demand.claimed_by.as_str()).into(),
            view.claim_cell(&demand.grounds, words),
            maybe(demand.strength),
            view.basis(&demand.grounds),
        ]);
    }
    grid.block()
}

//! Nodes and arrows, laid out in layers; circles of arrows stand out.

use super::canvas::{At, Canvas, FAINT, LABEL, SMALL, Type, num};
use super::layers::{self, Shape};
use super::legend::{Swatch, legend, stand_mark};
use super::ranks::{self, Placed};
use super::{Drawing, WIDTH};
use crate::brief::content::{Graph, Stand, Tone};
use std::fmt::Write as _;

/// More than this is no picture any more.
const MOST_NODES: usize = 80;
const MOST_EDGES: usize = 240;
const MOST_PASSES: usize = 4000;
/// Length of an arrowhead.
const HEAD: f64 = 8.0;
/// Room of the mark in the corner of a node.
const MARK: f64 = 16.0;
/// No node is wider.
const WIDEST: f64 = 190.0;
/// Room between nodes that stand alone.
const ALONE: f64 = 16.0;

/// A node made ready to be drawn.
struct Shown<'a> {
    group: Vec<String>,
    lines: Vec<String>,
    label: &'a str,
    tone: Tone,
    round: f64,
    size: (f64, f64),
}

/// Draws a graph.
pub(super) fn draw(graph: &Graph) -> Drawing {
    let count = graph.nodes.len();
    let edges: Vec<&(usize, usize, String, Tone)> =
        graph.edges.iter().filter(|edge| edge.0 < count && edge.1 < count).collect();
    let linked = |node: usize| edges.iter().any(|edge| edge.0 == node || edge.1 == node);
    let (inside, alone): (Vec<usize>, Vec<usize>) = (0..count).partition(|&node| linked(node));
    let index = |node: usize| inside.iter().position(|&other| other == node).unwrap_or(0);
    let between: Vec<&(usize, usize, String, Tone)> = edges.iter().copied().filter(|edge| edge.0 != edge.1).collect();
    let shape =
        Shape { nodes: inside.len(), edges: between.iter().map(|edge| (index(edge.0), index(edge.1))).collect() };
    if count > MOST_NODES || edges.len() > MOST_EDGES {
        return too_large(count, edges.len());
    }
    let layering = layers::layers(&shape);
    if layers::passes(&shape, &layering) > MOST_PASSES {
        return too_large(count, edges.len());
    }
    let widest = (0..=shape.nodes)
        .map(|layer| layering.layer.iter().filter(|&&other| other == layer).count())
        .max()
        .unwrap_or(1);
    let room = (WIDTH / widest.max(1) as f64 - 22.0).max(longest_word(graph)).clamp(104.0, WIDEST);
    let boxes = boxes(graph, room);
    let sketch = Sketch { graph, boxes, inside, alone, between, shape };
    sketch.draw(&layering)
}

fn too_large(nodes: usize, edges: usize) -> Drawing {
    let mut canvas = Canvas::default();
    let words = format!("{nodes} nodes and {edges} arrows are too many for a picture; the table has them all.");
    canvas.text(FAINT, At::Start, (0.0, 16.0), &words);
    Drawing { width: WIDTH, height: 26.0, body: canvas.into_body() }
}

/// Room of a node in which no word of any node is broken.
fn longest_word(graph: &Graph) -> f64 {
    let words = |text: &str, style: Type| text.split_whitespace().map(|word| style.width(word)).fold(0.0, f64::max);
    let node = |(label, group, tone): &(String, String, Tone)| {
        let mark = if matches!(tone, Tone::Plain | Tone::Faint) { 0.0 } else { MARK };
        let (label, group) = (words(label, LABEL), words(group, FAINT));
        20.0 + if group > 0.0 { label.max(group + mark) } else { label + mark }
    };
    // A hair more than the words, so that adding up in another order does not break one.
    graph.nodes.iter().map(node).fold(0.0, f64::max) + 0.5
}

fn boxes(graph: &Graph, room: f64) -> Vec<Shown<'_>> {
    let mut groups: Vec<&str> = Vec::new();
    let mut boxes = Vec::with_capacity(graph.nodes.len());
    for (label, group, tone) in &graph.nodes {
        let place = groups.iter().position(|other| other == group).unwrap_or_else(|| {
            groups.push(group);
            groups.len() - 1
        });
        let mark = if matches!(tone, Tone::Plain | Tone::Faint) { 0.0 } else { MARK };
        let group = if group.is_empty() { Vec::new() } else { FAINT.wrap(group, room - 20.0 - mark, 6) };
        let lines = LABEL.wrap(label, room - 20.0 - if group.is_empty() { mark } else { 0.0 }, 6);
        let width = (FAINT.widest(&group) + mark).max(LABEL.widest(&lines) + if group.is_empty() { mark } else { 0.0 });
        let height = FAINT.height(group.len()) + LABEL.height(lines.len()) + 14.0;
        let round = [3.0, 11.0, 0.0, 20.0].get(place % 4).copied().unwrap_or(3.0);
        boxes.push(Shown { group, lines, label, tone: *tone, round, size: ((width + 20.0).max(60.0), height) });
    }
    boxes
}

/// Everything about a graph that its drawing needs.
struct Sketch<'a> {
    graph: &'a Graph,
    boxes: Vec<Shown<'a>>,
    /// Nodes with arrows.
    inside: Vec<usize>,
    /// Nodes without.
    alone: Vec<usize>,
    /// Arrows between different nodes.
    between: Vec<&'a (usize, usize, String, Tone)>,
    /// Nodes with arrows and the arrows, counted anew.
    shape: Shape,
}

impl Sketch<'_> {
    fn draw(&self, layering: &layers::Layers) -> Drawing {
        let mut canvas = Canvas::default();
        let words: Vec<Vec<String>> = self
            .between
            .iter()
            .map(|(_, _, label, _)| if label.trim().is_empty() { Vec::new() } else { SMALL.wrap(label, 150.0, 4) })
            .collect();
        let label_sizes: Vec<Option<(f64, f64)>> = words
            .iter()
            .map(|lines| (!lines.is_empty()).then(|| (SMALL.widest(lines) + 8.0, SMALL.height(lines.len()) + 4.0)))
            .collect();
        let loops: Vec<(usize, Vec<String>)> = self.loops();
        let sizes: Vec<(f64, f64)> = self.inside.iter().map(|&node| self.outer(node, &loops)).collect();
        let placed = ranks::place(&self.shape, layering, &sizes, &label_sizes);
        let component = layers::components(&self.shape);
        let circle: Vec<bool> = self.shape.edges.iter().map(|&(a, b)| component.get(a) == component.get(b)).collect();
        let width = WIDTH.max(placed.size.0 + 4.0);
        let top = 4.0 + self.key(&mut canvas, circle.contains(&true) || !loops.is_empty()) + 8.0;
        let left = (width - placed.size.0) / 2.0;
        let shift = |(x, y): (f64, f64)| (x + left, y + top);
        // A node's box is at the left of its room; a loop takes the rest.
        let centres: Vec<(f64, f64)> = self
            .inside
            .iter()
            .zip(&placed.nodes)
            .zip(&sizes)
            .map(|((&node, &centre), outer)| {
                let (x, y) = shift(centre);
                (x - (outer.0 - self.boxes[node].size.0) / 2.0, y)
            })
            .collect();
        self.draw_edges(&mut canvas, layering, &placed, &centres, &circle, (left, top));
        for (lines, centre) in words.iter().zip(&placed.labels) {
            if let Some(centre) = centre.map(shift) {
                let (w, h) = (SMALL.widest(lines) + 6.0, SMALL.height(lines.len()) + 2.0);
                canvas.rect("paper", [centre.0 - w / 2.0, centre.1 - h / 2.0, w, h], 2.0);
                let all = lines.join(" ");
                canvas.lines(SMALL, At::Middle, (centre.0, centre.1 - h / 2.0 + 1.0), lines, &all);
            }
        }
        for (&node, &centre) in self.inside.iter().zip(&centres) {
            draw_box(&mut canvas, &self.boxes[node], centre);
        }
        for (node, lines) in &loops {
            if let Some(place) = self.inside.iter().position(|other| other == node) {
                draw_loop(&mut canvas, &self.boxes[*node], centres[place], lines);
            }
        }
        let bottom = top + placed.size.1;
        let bottom = self.draw_alone(&mut canvas, if self.inside.is_empty() { top } else { bottom + 18.0 });
        Drawing { width, height: bottom + 4.0, body: canvas.into_body() }
    }

    /// Nodes with arrows to themselves, with the words of all of these.
    fn loops(&self) -> Vec<(usize, Vec<String>)> {
        let mut words: std::collections::BTreeMap<usize, Vec<&str>> = std::collections::BTreeMap::new();
        for (from, to, label, _) in &self.graph.edges {
            if from == to && *from < self.boxes.len() {
                words.entry(*from).or_default().push(label);
            }
        }
        words.into_iter().map(|(node, labels)| (node, SMALL.wrap(&labels.join("; "), 110.0, 6))).collect()
    }

    /// Room a node takes with its loop.
    fn outer(&self, node: usize, loops: &[(usize, Vec<String>)]) -> (f64, f64) {
        let (w, h) = self.boxes[node].size;
        let extra = loops.iter().filter(|(other, _)| *other == node).map(|(_, lines)| SMALL.widest(lines) + 34.0);
        let tall = loops.iter().filter(|(other, _)| *other == node).map(|(_, lines)| SMALL.height(lines.len()));
        (w + extra.fold(0.0, f64::max), tall.fold(h, f64::max))
    }

    fn key(&self, canvas: &mut Canvas, circles: bool) -> f64 {
        let used = |tone: Tone| {
            self.graph.nodes.iter().any(|node| node.2 == tone) || self.graph.edges.iter().any(|edge| edge.3 == tone)
        };
        let mut entries = Vec::new();
        if used(Tone::Open) {
            entries.push((Swatch::Stand(Stand::States), "open".to_owned()));
        }
        if used(Tone::Doubt) {
            entries.push((Swatch::Stand(Stand::Conditional), "in doubt (dashed)".to_owned()));
        }
        if used(Tone::Shut) {
            entries.push((Swatch::Stand(Stand::Refuses), "blocked (thick)".to_owned()));
        }
        if circles {
            entries.push((Swatch::Line("edge alarm"), "part of a circle".to_owned()));
        }
        legend(canvas, (0.0, 4.0), WIDTH, &entries)
    }

    fn draw_edges(
        &self,
        canvas: &mut Canvas,
        layering: &layers::Layers,
        placed: &Placed,
        centres: &[(f64, f64)],
        circle: &[bool],
        (left, top): (f64, f64),
    ) {
        let ends = ports(&self.shape, layering, placed);
        for (edge, way) in placed.ways.iter().enumerate() {
            let (Some(&(from, to)), Some(source)) = (self.shape.edges.get(edge), self.between.get(edge)) else {
                continue;
            };
            let turned = layering.turned.get(edge).copied().unwrap_or(false);
            let (upper, lower) = if turned { (to, from) } else { (from, to) };
            let class = edge_class(source.3, circle.get(edge).copied().unwrap_or(false));
            let half = |node: usize| self.boxes[self.inside[node]].size.1 / 2.0;
            let room = |node: usize| self.boxes[self.inside[node]].size.0;
            let port = |node: usize, (place, of): (usize, usize)| {
                let step = ((room(node) - 24.0) / of.max(1) as f64).min(16.0);
                centres[node].0 + (place as f64 - (of as f64 - 1.0) / 2.0) * step
            };
            let start = (port(upper, ends[edge].0), centres[upper].1 + half(upper) + if turned { HEAD } else { 0.0 });
            let end = (port(lower, ends[edge].1), centres[lower].1 - half(lower) - if turned { 0.0 } else { HEAD });
            let mut data = format!("M{} {}", num(start.0), num(start.1));
            let mut here = start;
            for (step, &(x, [band_top, band_bottom])) in way.iter().enumerate() {
                let (x, band_top, band_bottom) = (x + left, band_top + top, band_bottom + top);
                if step == 0 {
                    here = (here.0, band_bottom.max(here.1));
                    let _ = write!(data, "V{}", num(here.1));
                    continue;
                }
                let last = step + 1 == way.len();
                let to = if last { (end.0, band_top.min(end.1)) } else { (x, band_top) };
                let middle = num(f64::midpoint(here.1, to.1));
                let _ = write!(data, "C{} {middle} {} {middle} {} {}", num(here.0), num(to.0), num(to.0), num(to.1));
                here = if last { end } else { (x, band_bottom) };
                let _ = write!(data, "V{}", num(here.1));
            }
            canvas.path(class, &data);
            let (tip, back) = if turned { (start.1 - HEAD, start.1) } else { (end.1 + HEAD, end.1) };
            let x = if turned { start.0 } else { end.0 };
            canvas.polygon(&class.replace("edge", "head"), &[(x, tip), (x - 4.2, back), (x + 4.2, back)]);
        }
    }

    /// Nodes without arrows, in rows below.
    fn draw_alone(&self, canvas: &mut Canvas, top: f64) -> f64 {
        let (mut x, mut y, mut tall) = (0.0, top, 0.0_f64);
        for &node in &self.alone {
            let (w, h) = self.boxes[node].size;
            if x > 0.0 && x + w > WIDTH {
                (x, y, tall) = (0.0, y + tall + ALONE, 0.0);
            }
            draw_box(canvas, &self.boxes[node], (x + w / 2.0, y + h / 2.0));
            x += w + ALONE;
            tall = tall.max(h);
        }
        y + tall
    }
}

/// A port of a node: its place among how many.
type Port = (usize, usize);

/// Per arrow its ports at the upper and the lower node, in the order of where the arrows go.
fn ports(shape: &Shape, layering: &layers::Layers, placed: &Placed) -> Vec<(Port, Port)> {
    let mut ports = vec![((0, 1), (0, 1)); shape.edges.len()];
    for node in 0..shape.nodes {
        for below in [true, false] {
            let mut touching: Vec<(f64, usize)> = Vec::new();
            for (edge, &(from, to)) in shape.edges.iter().enumerate() {
                let turned = layering.turned.get(edge).copied().unwrap_or(false);
                let (upper, lower) = if turned { (to, from) } else { (from, to) };
                let way = placed.ways.get(edge).map_or(&[][..], Vec::as_slice);
                let next = if below { way.get(1) } else { way.len().checked_sub(2).and_then(|at| way.get(at)) };
                if node == if below { upper } else { lower } {
                    touching.push((next.map_or(0.0, |next| next.0), edge));
                }
            }
            touching.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            for (place, &(_, edge)) in touching.iter().enumerate() {
                let port = (place, touching.len());
                if below { ports[edge].0 = port } else { ports[edge].1 = port }
            }
        }
    }
    ports
}

fn edge_class(tone: Tone, circle: bool) -> &'static str {
    match (tone, circle) {
        (Tone::Doubt, true) => "edge alarm dashed",
        (_, true) => "edge alarm",
        (Tone::Doubt, false) => "edge dashed",
        (Tone::Shut, false) => "edge thick",
        (Tone::Faint, false) => "edge faint",
        (Tone::Plain | Tone::Open, false) => "edge",
    }
}

fn draw_box(canvas: &mut Canvas, node: &Shown<'_>, (x, y): (f64, f64)) {
    let (w, h) = node.size;
    let (left, top) = (x - w / 2.0, y - h / 2.0);
    let class = match node.tone {
        Tone::Doubt => "node dashed",
        Tone::Shut => "node thick",
        Tone::Faint => "node faint",
        Tone::Plain | Tone::Open => "node",
    };
    canvas.rect(class, [left, top, w, h], node.round);
    let corner = (left + w - 14.0, top + 14.0);
    match node.tone {
        Tone::Open => stand_mark(canvas, Stand::States, corner, 4.5),
        Tone::Doubt => stand_mark(canvas, Stand::Conditional, corner, 4.5),
        Tone::Shut => stand_mark(canvas, Stand::Refuses, corner, 4.5),
        Tone::Plain | Tone::Faint => {}
    }
    let all = node.group.join(" ");
    canvas.lines(FAINT, At::Start, (left + 10.0, top + 6.0), &node.group, &all);
    let below = top + 6.0 + FAINT.height(node.group.len());
    canvas.lines(LABEL, At::Start, (left + 10.0, below), &node.lines, node.label);
}

/// An arrow from the right side of a node back to it, its words to the right.
fn draw_loop(canvas: &mut Canvas, node: &Shown<'_>, (x, y): (f64, f64), lines: &[String]) {
    let right = x + node.size.0 / 2.0;
    let (up, down) = (y - 8.0, y + 8.0);
    let data = format!(
        "M{} {}C{} {} {} {} {} {}",
        num(right),
        num(up),
        num(right + 28.0),
        num(up - 4.0),
        num(right + 28.0),
        num(down + 4.0),
        num(right + HEAD),
        num(down)
    );
    canvas.path("edge alarm", &data);
    canvas.polygon("head alarm", &[(right, down), (right + HEAD, down - 4.2), (right + HEAD, down + 4.2)]);
    let top = y - SMALL.height(lines.len()) / 2.0;
    canvas.lines(SMALL, At::Start, (right + 28.0, top), lines, &lines.join(" "));
}

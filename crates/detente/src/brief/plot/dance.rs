//! The offers of a session: a panel for each party, with what every offer is worth to it.

use super::axis::Scale;
use super::canvas::{At, Canvas, FAINT, NAME, SMALL, num};
use super::legend::{Swatch, hue, legend, step_mark};
use super::{Drawing, WIDTH};
use crate::brief::content::{Dance, DanceStep, Panel};
use std::fmt::Write as _;

/// Height of a panel.
const HIGH: f64 = 150.0;
/// Space between panels, with the name of the party.
const BETWEEN: f64 = 30.0;
/// Where the panels start from the left.
const LEFT: f64 = 70.0;
/// More offers than this have marks at most.
const MARKED: usize = 120;

/// Draws the offers.
pub(super) fn draw(dance: &Dance) -> Drawing {
    let mut canvas = Canvas::default();
    let mut top = 4.0 + legend(&mut canvas, (LEFT, 4.0), WIDTH - LEFT, &entries(dance)) + 6.0;
    // A hundredth on each side, so that no mark lies on the axis.
    let x = Scale { from: LEFT + 8.0, to: WIDTH - 14.0 };
    let of = |number: usize| x.at(number as f64 / dance.offers.saturating_sub(1).max(1) as f64);
    for (index, panel) in dance.panels.iter().enumerate() {
        canvas.text(NAME, At::Start, (LEFT, top + 16.0), &panel.party);
        top += BETWEEN - 6.0;
        let y = Scale { from: top + HIGH, to: top };
        frame(&mut canvas, dance, y, &of);
        draw_panel(&mut canvas, panel, index, y, &of);
        top += HIGH + 8.0;
    }
    top = names(&mut canvas, dance, top, &of);
    canvas.text(NAME, At::Middle, (f64::midpoint(LEFT, WIDTH), top + 14.0), &dance.x);
    Drawing { width: WIDTH, height: top + 24.0, body: canvas.into_body() }
}

fn entries(dance: &Dance) -> Vec<(Swatch, String)> {
    let words = [
        (DanceStep::First, "first offer"),
        (DanceStep::Concession, "concession"),
        (DanceStep::Selfish, "selfish"),
        (DanceStep::Fortunate, "fortunate"),
        (DanceStep::Unfortunate, "unfortunate"),
        (DanceStep::Nice, "nice"),
        (DanceStep::Silent, "silent"),
    ];
    let made = |step: &DanceStep| dance.panels.iter().flat_map(|panel| &panel.own).any(|(_, _, of)| of == step);
    let steps = words.into_iter().filter(|(step, _)| made(step));
    let mut entries: Vec<(Swatch, String)> =
        steps.map(|(step, words)| (Swatch::Step(step), words.to_string())).collect();
    if dance.panels.iter().any(|panel| !panel.others.is_empty()) {
        entries.push((Swatch::Dot("hollow"), "offer of another party".to_string()));
    }
    if dance.panels.iter().any(|panel| panel.floor.is_some()) {
        entries.push((Swatch::Line("floor"), "no agreement, at the start".to_string()));
    }
    entries
}

fn frame(canvas: &mut Canvas, dance: &Dance, y: Scale, of: &dyn Fn(usize) -> f64) {
    for (share, words) in [(0.0, "0"), (0.5, "0.5"), (1.0, "1")] {
        canvas.line("grid", (LEFT, y.at(share)), (WIDTH - 6.0, y.at(share)));
        canvas.text(FAINT, At::End, (LEFT - 7.0, y.at(share) + 4.0), words);
    }
    for (first, _) in &dance.meetings {
        // Between the last offer before and this one.
        let at = if *first == 0 { LEFT } else { f64::midpoint(of(first - 1), of(*first)) };
        canvas.line("grid", (at, y.from), (at, y.to));
    }
    canvas.line("axis", (LEFT, y.from), (LEFT, y.to));
    let middle = f64::midpoint(y.from, y.to);
    for (index, words) in SMALL.wrap(&dance.y, HIGH, 2).iter().enumerate() {
        canvas.turned(SMALL, (12.0 + SMALL.height(index), middle), words);
    }
}

fn draw_panel(canvas: &mut Canvas, panel: &Panel, index: usize, y: Scale, of: &dyn Fn(usize) -> f64) {
    if let Some(floor) = panel.floor {
        canvas.line("floor", (LEFT, y.at(floor)), (WIDTH - 6.0, y.at(floor)));
    }
    for (number, worth) in &panel.others {
        canvas.circle("hollow", (of(*number), y.at(*worth)), 2.2);
    }
    let mut data = String::new();
    for (at, (number, worth, _)) in panel.own.iter().enumerate() {
        let _ = write!(data, "{}{} {}", if at == 0 { "M" } else { "L" }, num(of(*number)), num(y.at(*worth)));
    }
    canvas.path(&format!("h-{}", hue(index)), &data);
    let class = format!("f-{}", hue(index));
    // Of very many offers, as many have marks as can be told apart.
    let every = panel.own.len().div_ceil(MARKED).max(1);
    for (number, worth, step) in panel.own.iter().step_by(every) {
        step_mark(canvas, &class, *step, (of(*number), y.at(*worth)), 4.5);
    }
}

/// The names of the meetings, as many as there is room for.
fn names(canvas: &mut Canvas, dance: &Dance, top: f64, of: &dyn Fn(usize) -> f64) -> f64 {
    let mut free = LEFT;
    for (first, words) in &dance.meetings {
        let at = of(*first).max(LEFT);
        if at >= free && at + FAINT.width(words) <= WIDTH {
            canvas.text(FAINT, At::Start, (at, top + 8.0), words);
            free = at + FAINT.width(words) + 8.0;
        }
    }
    top + 16.0
}

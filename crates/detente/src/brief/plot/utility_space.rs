//! Outcomes by their utility to two parties: all of them or their density, the frontier, reservation values,
//! named points.

use super::axis::Scale;
use super::canvas::{At, Canvas, FAINT, NAME, num};
use super::legend::{Swatch, legend};
use super::marks::{Mark, named_points};
use super::place::Frame;
use super::{Drawing, WIDTH};
use crate::brief::content::UtilitySpace;
use std::fmt::Write as _;

/// Side of the square that the axes span.
const SIDE: f64 = 430.0;
/// Where the square starts from the left.
const LEFT: f64 = 76.0;
/// Frontier points drawn as points; more are drawn as a line only.
const MOST_POINTS: usize = 400;
/// Steps of shade for the density.
const SHADES: [&str; 4] = ["dense-1", "dense-2", "dense-3", "dense-4"];

/// The square with its two scales.
struct Axes {
    range: [f64; 4],
    x: Scale,
    y: Scale,
}

impl Axes {
    fn at(&self, (u, v): (f64, f64)) -> (f64, f64) {
        let [left, right, bottom, top] = self.range;
        let share = |value: f64, low: f64, high: f64| if high > low { (value - low) / (high - low) } else { 0.5 };
        (self.x.at(share(u, left, right)), self.y.at(share(v, bottom, top)))
    }
}

/// Draws a utility space.
pub(super) fn draw(space: &UtilitySpace) -> Drawing {
    let mut canvas = Canvas::default();
    let mut entries = Vec::new();
    if !space.frontier.is_empty() {
        let swatch = if space.line { Swatch::Line("median") } else { Swatch::Dot("efficient") };
        entries.push((swatch, "frontier".to_owned()));
    }
    if space.columns > 0 {
        entries.push((Swatch::Area("dense-3"), "outcomes: the darker, the more".to_owned()));
    } else if !space.outcomes.is_empty() {
        entries.push((Swatch::Dot("outcome"), "outcome".to_owned()));
    }
    if space.reservation.iter().any(Option::is_some) {
        entries.push((Swatch::Line("floor"), "reservation value".to_owned()));
    }
    let top = 4.0 + legend(&mut canvas, (LEFT, 4.0), WIDTH - LEFT, &entries) + 10.0;
    let (x, y) = (Scale { from: LEFT, to: LEFT + SIDE }, Scale { from: top + SIDE, to: top });
    let axes = Axes { range: space.range, x, y };
    draw_axes(&mut canvas, space, &axes);
    draw_outcomes(&mut canvas, space, &axes);
    draw_reservations(&mut canvas, space, &axes);
    let lines = draw_frontier(&mut canvas, space, &axes);
    let marks: Vec<Mark<'_>> = space.marks.iter().map(|(label, u, v)| (label.as_str(), axes.at((*u, *v)))).collect();
    let bottom = named_points(&mut canvas, &marks, [x.from, top, SIDE, SIDE], &lines);
    Drawing { width: WIDTH, height: (top + SIDE + 60.0).max(bottom), body: canvas.into_body() }
}

fn draw_axes(canvas: &mut Canvas, space: &UtilitySpace, axes: &Axes) {
    let [left, right, bottom, top] = space.range;
    let (x, y) = (axes.x, axes.y);
    for (tick, words) in ticks(left, right) {
        let (at, _) = axes.at((tick, bottom));
        canvas.line("grid", (at, y.from), (at, y.to));
        canvas.text(FAINT, At::Middle, (at, y.from + 15.0), &words);
    }
    for (tick, words) in ticks(bottom, top) {
        let (_, at) = axes.at((left, tick));
        canvas.line("grid", (x.from, at), (x.to, at));
        canvas.text(FAINT, At::End, (x.from - 7.0, at + 4.0), &words);
    }
    canvas.line("axis", (x.from, y.from), (x.to, y.from));
    canvas.line("axis", (x.from, y.from), (x.from, y.to));
    let title = NAME.wrap(&space.x, SIDE, 2);
    canvas.lines(NAME, At::Middle, (f64::midpoint(x.from, x.to), y.from + 22.0), &title, &space.x);
    // The vertical title reads upwards beside its axis.
    for (index, words) in NAME.wrap(&space.y, SIDE, 2).iter().enumerate() {
        canvas.turned(NAME, (14.0 + NAME.height(index), f64::midpoint(y.from, y.to)), words);
    }
}

/// Round numbers along an axis, four to eight of them, with their words.
fn ticks(low: f64, high: f64) -> Vec<(f64, String)> {
    let span = high - low;
    if !(span.is_finite() && span > 0.0) {
        return if low.is_finite() { vec![(low, num(low))] } else { Vec::new() };
    }
    let power = 10f64.powf((span / 4.0).log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].map(|m| m * power).into_iter().find(|s| span / s <= 6.5).unwrap_or(span);
    let decimals = (2.0 - step.log10()).ceil().clamp(0.0, 12.0) as usize;
    let words = |tick: f64| {
        let text = format!("{tick:.decimals$}");
        let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_string() } else { text };
        if text == "-0" { "0".to_string() } else { text }
    };
    let first = (low / step).ceil();
    (0..9)
        .map(|n| (first + f64::from(n)) * step)
        .take_while(|t| *t <= high + step * 1e-6)
        .map(|t| (t, words(t)))
        .collect()
}

fn draw_outcomes(canvas: &mut Canvas, space: &UtilitySpace, axes: &Axes) {
    if let Some(rows) = space.density.len().checked_div(space.columns) {
        let most = space.density.iter().copied().fold(0.0, f64::max);
        if rows == 0 || most <= 0.0 {
            return;
        }
        let (wide, high) = (SIDE / space.columns as f64, SIDE / rows as f64);
        // One path per shade: thousands of cells would be thousands of elements.
        let mut paths = SHADES.map(|_| String::new());
        for (at, share) in space.density.iter().enumerate().filter(|(_, share)| **share > 0.0) {
            let shade = ((share / most).sqrt() * SHADES.len() as f64).ceil() as usize;
            let left = axes.x.from + (at % space.columns) as f64 * wide;
            let top = axes.y.from - (at / space.columns + 1) as f64 * high;
            if let Some(path) = paths.get_mut(shade.clamp(1, SHADES.len()) - 1) {
                let (wide, high) = (num(wide), num(high));
                let _ = write!(path, "M{} {}h{wide}v{high}h-{wide}z", num(left), num(top));
            }
        }
        for (class, path) in SHADES.iter().zip(&paths).filter(|(_, path)| !path.is_empty()) {
            canvas.path(class, path);
        }
        return;
    }
    for outcome in &space.outcomes {
        canvas.circle("outcome", axes.at(*outcome), 1.6);
    }
}

fn draw_reservations(canvas: &mut Canvas, space: &UtilitySpace, axes: &Axes) {
    let [left, right, bottom, top] = space.range;
    if let Some(floor) = space.reservation[0].filter(|f| *f >= left && *f <= right) {
        canvas.line("floor", axes.at((floor, bottom)), axes.at((floor, top)));
    }
    if let Some(floor) = space.reservation[1].filter(|f| *f >= bottom && *f <= top) {
        canvas.line("floor", axes.at((left, floor)), axes.at((right, floor)));
    }
}

/// The frontier; returns small boxes along it, for names to keep clear of.
fn draw_frontier(canvas: &mut Canvas, space: &UtilitySpace, axes: &Axes) -> Vec<Frame> {
    let points: Vec<(f64, f64)> = space.frontier.iter().map(|p| axes.at(*p)).collect();
    if points.len() > 1 && space.line {
        let mut data = String::new();
        let mut last: Option<(String, String)> = None;
        for (u, v) in &points {
            let here = (num(*u), num(*v));
            // Points that print the same say nothing new.
            if last.as_ref() != Some(&here) {
                let _ = write!(data, "{}{} {}", if last.is_none() { "M" } else { "L" }, here.0, here.1);
                last = Some(here);
            }
        }
        canvas.path("median", &data);
    }
    if points.len() <= MOST_POINTS || !space.line {
        points.iter().for_each(|p| canvas.circle("efficient", *p, 2.6));
    }
    let step = points.len().div_ceil(200).max(1);
    points.iter().step_by(step).map(|(u, v)| [u - 2.5, v - 2.5, 5.0, 5.0]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_few() {
        let words = |low, high| ticks(low, high).into_iter().map(|(_, w)| w).collect::<Vec<_>>();
        assert_eq!(words(0.0, 1.0), ["0", "0.2", "0.4", "0.6", "0.8", "1"]);
        assert_eq!(words(-3.0, 312.0), ["0", "50", "100", "150", "200", "250", "300"]);
        assert_eq!(words(0.5, 0.5), ["0.5"]);
        assert_eq!(words(0.0, f64::INFINITY), ["0"]);
        for (low, high) in [(0.0, 1e-9), (0.99, 1.0), (-1e12, 1e12), (3.0, 3.1)] {
            let count = ticks(low, high).len();
            assert!((3..=8).contains(&count), "{low} {high}: {count}");
        }
    }
}

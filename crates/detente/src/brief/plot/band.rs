//! A band over two axes, with its middle line and named points.

use super::axis::Scale;
use super::canvas::{At, Canvas, FAINT, NAME, num};
use super::legend::{Swatch, legend};
use super::marks::{Mark, named_points};
use super::place::Frame;
use super::{Drawing, WIDTH};
use crate::brief::content::Band;
use std::fmt::Write as _;

/// Side of the square that the axes span.
const SIDE: f64 = 400.0;
/// Where the square starts from the left.
const LEFT: f64 = 76.0;

/// Draws a band.
pub(super) fn draw(band: &Band) -> Drawing {
    let mut canvas = Canvas::default();
    let mut entries = vec![
        (Swatch::Line("median"), "middle of the draws".to_owned()),
        (Swatch::Area("band"), "10 to 90 % of the draws".to_owned()),
    ];
    if band.points.iter().all(|(_, ends)| ends.is_none()) {
        entries.clear();
    }
    let top = 4.0 + legend(&mut canvas, (LEFT, 4.0), WIDTH - LEFT, &entries) + 10.0;
    let (x, y) = (Scale { from: LEFT, to: LEFT + SIDE }, Scale { from: top + SIDE, to: top });
    draw_axes(&mut canvas, band, x, y);
    draw_band(&mut canvas, band, x, y);
    let marks: Vec<Mark<'_>> = band.marks.iter().map(|(label, u, v)| (label.as_str(), (x.at(*u), y.at(*v)))).collect();
    let bottom = named_points(&mut canvas, &marks, [x.from, top, SIDE, SIDE], &along(band, x, y));
    let height = (top + SIDE + 56.0).max(bottom);
    Drawing { width: WIDTH, height, body: canvas.into_body() }
}

fn draw_axes(canvas: &mut Canvas, band: &Band, x: Scale, y: Scale) {
    for (share, words) in [(0.0, "0"), (0.25, "0.25"), (0.5, "0.5"), (0.75, "0.75"), (1.0, "1")] {
        canvas.line("grid", (x.at(share), y.from), (x.at(share), y.to));
        canvas.line("grid", (x.from, y.at(share)), (x.to, y.at(share)));
        canvas.text(FAINT, At::Middle, (x.at(share), y.from + 15.0), words);
        canvas.text(FAINT, At::End, (x.from - 7.0, y.at(share) + 4.0), words);
    }
    canvas.line("axis", (x.from, y.from), (x.to, y.from));
    canvas.line("axis", (x.from, y.from), (x.from, y.to));
    let title = NAME.wrap(&band.x, SIDE, 2);
    canvas.lines(NAME, At::Middle, (f64::midpoint(x.from, x.to), y.from + 22.0), &title, &band.x);
    // The vertical title reads upwards beside its axis.
    for (index, words) in NAME.wrap(&band.y, SIDE, 2).iter().enumerate() {
        canvas.turned(NAME, (14.0 + NAME.height(index), f64::midpoint(y.from, y.to)), words);
    }
}

/// The band and its middle, in runs of neighbours that have one.
fn draw_band(canvas: &mut Canvas, band: &Band, x: Scale, y: Scale) {
    let mut points = band.points.clone();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    for run in points.split(|(_, ends)| ends.is_none()) {
        let run: Vec<(f64, [f64; 3])> =
            run.iter().filter_map(|&(at, ends)| Some((x.at(at), ends?.map(|end| y.at(end))))).collect();
        if let [(at, [low, middle, high])] = run.as_slice() {
            canvas.rect("band", [at - 3.0, *high, 6.0, low - high], 0.0);
            canvas.line("median", (at - 3.0, *middle), (at + 3.0, *middle));
            continue;
        }
        if run.is_empty() {
            continue;
        }
        let upper = run.iter().map(|&(at, ends)| (at, ends[2]));
        let lower = run.iter().rev().map(|&(at, ends)| (at, ends[0]));
        let outline: Vec<(f64, f64)> = upper.chain(lower).collect();
        canvas.polygon("band", &outline);
        let mut data = String::new();
        for (index, (at, ends)) in run.iter().enumerate() {
            let _ = write!(data, "{}{} {}", if index == 0 { "M" } else { "L" }, num(*at), num(ends[1]));
        }
        canvas.path("median", &data);
    }
}

/// Small boxes along the lines of the band, for labels to keep clear of.
fn along(band: &Band, x: Scale, y: Scale) -> Vec<Frame> {
    let mut points: Vec<(f64, [f64; 3])> = band.points.iter().filter_map(|&(at, ends)| Some((at, ends?))).collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut boxes = Vec::new();
    for pair in points.windows(2) {
        if let [(left, from), (right, to)] = pair {
            for step in 0..=8 {
                let part = f64::from(step) / 8.0;
                let at = x.at(left + part * (right - left));
                let high = |(from, to): (&f64, &f64)| y.at(from + part * (to - from));
                boxes.extend(from.iter().zip(to).map(high).map(|up| [at - 1.5, up - 1.5, 3.0, 3.0]));
            }
        }
    }
    boxes
}

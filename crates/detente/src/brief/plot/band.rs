//! A band over two axes, with its middle line and named points.

use super::axis::Scale;
use super::canvas::{At, Canvas, FAINT, KEY_OVER, LABEL, LABEL_OVER, NAME, num};
use super::legend::{Swatch, legend};
use super::place::{Frame, beside};
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
    let bottom = draw_marks(&mut canvas, band, x, y, top);
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

/// Named points: words beside them where there is room for all, else numbers and a list.
fn draw_marks(canvas: &mut Canvas, band: &Band, x: Scale, y: Scale, top: f64) -> f64 {
    let bounds = [x.from + 2.0, top + 2.0, WIDTH - x.from - 2.0, SIDE - 4.0];
    let points: Vec<(f64, f64)> = band.marks.iter().map(|&(_, u, v)| (x.at(u), y.at(v))).collect();
    let dots: Vec<Frame> = points.iter().map(|&(u, v)| [u - 6.0, v - 6.0, 12.0, 12.0]).collect();
    let labels: Vec<Vec<String>> = band.marks.iter().map(|(label, ..)| LABEL.wrap(label, 150.0, 4)).collect();
    let sizes: Vec<(f64, f64)> =
        labels.iter().map(|lines| (LABEL.widest(lines) + 4.0, LABEL.height(lines.len()) + 2.0)).collect();
    // Clear of the band's lines if that can be, else only of each other.
    let lines: Vec<Frame> = dots.iter().copied().chain(along(band, x, y)).collect();
    let near = [8.0, 14.0, 22.0];
    let direct =
        places(&points, &sizes, bounds, &lines, &near).or_else(|| places(&points, &sizes, bounds, &dots, &near));
    for &(u, v) in &points {
        canvas.rect("mark", [u - 4.0, v - 4.0, 8.0, 8.0], 0.0);
    }
    if let Some(frames) = direct {
        for (((frame, lines), point), (label, ..)) in frames.iter().zip(&labels).zip(&points).zip(&band.marks) {
            lead(canvas, *point, *frame);
            // Words to the right of a point begin near it, words to the left end near it.
            let (at, x) = match (frame[0] > point.0, frame[0] + frame[2] < point.0) {
                (true, _) => (At::Start, frame[0] + 2.0),
                (_, true) => (At::End, frame[0] + frame[2] - 2.0),
                _ => (At::Middle, frame[0] + frame[2] / 2.0),
            };
            canvas.lines(LABEL_OVER, at, (x, frame[1] + 1.0), lines, label);
        }
        return 0.0;
    }
    draw_numbered(canvas, band, &points, &dots, bounds, top)
}

/// Numbers beside the points and their names in a list on the right.
fn draw_numbered(
    canvas: &mut Canvas,
    band: &Band,
    points: &[(f64, f64)],
    dots: &[Frame],
    bounds: Frame,
    top: f64,
) -> f64 {
    let list = LEFT + SIDE + 24.0;
    let bounds = [bounds[0], bounds[1], SIDE, bounds[3]];
    let numbers: Vec<String> = (1..=points.len()).map(|number| number.to_string()).collect();
    let sizes: Vec<(f64, f64)> = numbers.iter().map(|number| (LABEL.width(number) + 4.0, 15.0)).collect();
    let radii = [7.0, 12.0, 20.0, 30.0, 44.0, 60.0, 80.0, 110.0, 150.0];
    let frames = places(points, &sizes, bounds, dots, &radii);
    let mut row = top + 4.0;
    for (index, (label, ..)) in band.marks.iter().enumerate() {
        let number = numbers.get(index).map_or("", String::as_str);
        let frame = frames.as_ref().and_then(|frames| frames.get(index));
        if let (Some(&frame), Some(&point)) = (frame, points.get(index)) {
            lead(canvas, point, frame);
            let at = (frame[0] + frame[2] / 2.0, frame[1]);
            canvas.lines(KEY_OVER, At::Middle, at, &[number.to_owned()], number);
        }
        canvas.lines(NAME, At::End, (list + 14.0, row), &[number.to_owned()], number);
        let lines = LABEL.wrap(label, WIDTH - list - 22.0, 4);
        canvas.lines(LABEL, At::Start, (list + 22.0, row), &lines, label);
        row += LABEL.height(lines.len()) + 5.0;
    }
    row
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

/// Places for all labels, or none if one of them finds no room.
fn places(
    points: &[(f64, f64)],
    sizes: &[(f64, f64)],
    bounds: Frame,
    dots: &[Frame],
    radii: &[f64],
) -> Option<Vec<Frame>> {
    let mut taken = dots.to_vec();
    let mut frames = Vec::with_capacity(points.len());
    for (point, size) in points.iter().zip(sizes) {
        let frame = beside(*point, *size, bounds, &taken, radii)?;
        taken.push(frame);
        frames.push(frame);
    }
    Some(frames)
}

/// A thin line from a point to its label where they stand apart.
fn lead(canvas: &mut Canvas, point: (f64, f64), [x, y, w, h]: Frame) {
    let near = (point.0.clamp(x, x + w), point.1.clamp(y, y + h));
    let distance = (near.0 - point.0).hypot(near.1 - point.1);
    if distance > 10.0 {
        canvas.line("lead", point, near);
    }
}

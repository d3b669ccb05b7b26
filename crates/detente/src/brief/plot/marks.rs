//! Named points in a square: words beside them where there is room for all, else numbers and a list.

use super::WIDTH;
use super::canvas::{At, Canvas, KEY_OVER, LABEL, LABEL_OVER, NAME};
use super::place::{Frame, beside};

/// A name and where it belongs.
pub(super) type Mark<'a> = (&'a str, (f64, f64));

/// Draws named points in a square that starts at `frame`, their names clear of `lines` if that can be, else only
/// of each other. Returns how far down the list of names goes, 0 without one.
pub(super) fn named_points(canvas: &mut Canvas, marks: &[Mark<'_>], frame: Frame, lines: &[Frame]) -> f64 {
    let [left, top, side, _] = frame;
    let bounds = [left + 2.0, top + 2.0, WIDTH - left - 2.0, side - 4.0];
    let points: Vec<(f64, f64)> = marks.iter().map(|(_, at)| *at).collect();
    let dots: Vec<Frame> = points.iter().map(|&(u, v)| [u - 6.0, v - 6.0, 12.0, 12.0]).collect();
    let labels: Vec<Vec<String>> = marks.iter().map(|(label, _)| LABEL.wrap(label, 150.0, 4)).collect();
    let sizes: Vec<(f64, f64)> =
        labels.iter().map(|lines| (LABEL.widest(lines) + 4.0, LABEL.height(lines.len()) + 2.0)).collect();
    let taken: Vec<Frame> = dots.iter().chain(lines).copied().collect();
    let near = [8.0, 14.0, 22.0];
    let direct =
        places(&points, &sizes, bounds, &taken, &near).or_else(|| places(&points, &sizes, bounds, &dots, &near));
    for &(u, v) in &points {
        canvas.rect("mark", [u - 4.0, v - 4.0, 8.0, 8.0], 0.0);
    }
    if let Some(frames) = direct {
        for (((frame, lines), point), (label, _)) in frames.iter().zip(&labels).zip(&points).zip(marks) {
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
    numbered(canvas, marks, frame, &dots)
}

/// Numbers beside the points and their names in a list on the right.
fn numbered(canvas: &mut Canvas, marks: &[Mark<'_>], [left, top, side, _]: Frame, dots: &[Frame]) -> f64 {
    let list = left + side + 24.0;
    let bounds = [left + 2.0, top + 2.0, side, side - 4.0];
    let points: Vec<(f64, f64)> = marks.iter().map(|(_, at)| *at).collect();
    let numbers: Vec<String> = (1..=points.len()).map(|number| number.to_string()).collect();
    let sizes: Vec<(f64, f64)> = numbers.iter().map(|number| (LABEL.width(number) + 4.0, 15.0)).collect();
    let radii = [7.0, 12.0, 20.0, 30.0, 44.0, 60.0, 80.0, 110.0, 150.0];
    let frames = places(&points, &sizes, bounds, dots, &radii);
    let mut row = top + 4.0;
    for (index, (label, point)) in marks.iter().enumerate() {
        let number = numbers.get(index).map_or("", String::as_str);
        if let Some(&frame) = frames.as_ref().and_then(|frames| frames.get(index)) {
            lead(canvas, *point, frame);
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

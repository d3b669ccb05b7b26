//! Shares as horizontal bars with their intervals.

use super::axis::{self, Scale};
use super::canvas::{At, Canvas, FAINT, LABEL, SMALL};
use super::legend::{Swatch, bar, legend};
use super::{Drawing, WIDTH};
use crate::brief::content::Bars;

/// Height of a bar.
const BAR: f64 = 13.0;
/// Space between the bars of a row.
const GAP: f64 = 4.0;
/// Space between rows.
const BETWEEN: f64 = 14.0;

/// Draws bars.
pub(super) fn draw(bars: &Bars) -> Drawing {
    let mut canvas = Canvas::default();
    let labels: Vec<Vec<String>> = bars.rows.iter().map(|(label, _)| LABEL.wrap(label, 230.0, 4)).collect();
    let gutter = labels.iter().map(|lines| LABEL.widest(lines)).fold(60.0, f64::max);
    let values = bars.rows.iter().flat_map(|row| &row.1).map(|share| SMALL.width(&words(*share))).fold(30.0, f64::max);
    let scale = Scale { from: gutter + 12.0, to: WIDTH - values - 10.0 };
    let mut y = 4.0;
    if bars.series.len() > 1 {
        let entries: Vec<_> =
            bars.series.iter().enumerate().map(|(index, name)| (Swatch::Bar(index), name.clone())).collect();
        y += legend(&mut canvas, (0.0, y), WIDTH, &entries) + 8.0;
    }
    let top = y;
    let heights: Vec<f64> = bars
        .rows
        .iter()
        .zip(&labels)
        .map(|((_, shares), lines)| {
            let stack = shares.len().max(1) as f64 * (BAR + GAP) - GAP;
            stack.max(LABEL.height(lines.len())) + BETWEEN
        })
        .collect();
    let bottom = top + heights.iter().sum::<f64>();
    axis::shares_below(&mut canvas, scale, top, bottom, &bars.axis);
    for (((label, shares), lines), height) in bars.rows.iter().zip(&labels).zip(&heights) {
        let middle = y + height / 2.0;
        let text_top = middle - LABEL.height(lines.len()) / 2.0;
        canvas.lines(LABEL, At::End, (gutter, text_top), lines, label);
        let stack = shares.len().max(1) as f64 * (BAR + GAP) - GAP;
        for (index, share) in shares.iter().enumerate() {
            let line = middle - stack / 2.0 + index as f64 * (BAR + GAP);
            draw_share(&mut canvas, scale, index, line, *share);
        }
        y += height;
    }
    canvas.line("axis", (scale.from, top), (scale.from, bottom));
    Drawing { width: WIDTH, height: bottom + axis::BELOW, body: canvas.into_body() }
}

/// One bar with its whisker and value.
fn draw_share(canvas: &mut Canvas, scale: Scale, index: usize, y: f64, share: Option<[f64; 3]>) {
    let baseline = y + BAR - 2.5;
    let Some([share, low, high]) = share.map(ordered) else {
        canvas.text(FAINT, At::Start, (scale.from + 6.0, baseline), "–");
        return;
    };
    bar(canvas, index, [scale.from, y, scale.at(share) - scale.from, BAR]);
    let middle = y + BAR / 2.0;
    if high > low {
        let (low, high) = (scale.at(low), scale.at(high));
        for class in ["halo", "whisker"] {
            canvas.line(class, (low, middle), (high, middle));
            canvas.line(class, (low, middle - 3.5), (low, middle + 3.5));
            canvas.line(class, (high, middle - 3.5), (high, middle + 3.5));
        }
    }
    canvas.text(SMALL, At::Start, (scale.to + 10.0, baseline), &words(Some([share, low, high])));
}

/// The value of a bar: "12 % (10–14)". A share with an interval comes from a sample.
fn words(share: Option<[f64; 3]>) -> String {
    let Some([share, low, high]) = share.map(ordered) else { return String::new() };
    let sampled = high > low;
    match axis::interval(low, high).filter(|_| sampled) {
        Some(interval) => format!("{} ({interval})", axis::percent(share, sampled)),
        None => axis::percent(share, sampled),
    }
}

/// A share and its ends, each within 0 to 1 and in order.
fn ordered(share: [f64; 3]) -> [f64; 3] {
    let [share, low, high] = share.map(|x| if x.is_finite() { x.clamp(0.0, 1.0) } else { 0.0 });
    [share, low.min(high), high.max(low)]
}

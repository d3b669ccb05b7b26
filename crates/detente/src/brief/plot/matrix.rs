//! Issues by values: a symbol per party for how it stands to each value.

use super::canvas::{At, Canvas, KEY, LABEL, NAME};
use super::legend::{Swatch, legend, short_names, stand_mark};
use super::{Drawing, WIDTH};
use crate::brief::content::{IssueStands, Matrix, Stand};

/// Width of the column of issue names.
const NAMES: f64 = 150.0;
/// Most values beside each other; more go on in the next line.
const ABREAST: usize = 6;
/// Height of a row of symbols.
const SYMBOLS: f64 = 20.0;
/// Space after an issue.
const AFTER: f64 = 10.0;

/// Draws a matrix, with or without the key to its symbols.
pub(super) fn draw(matrix: &Matrix, with_key: bool) -> Drawing {
    let mut canvas = Canvas::default();
    let shorts = short_names(&matrix.parties);
    let mut entries: Vec<(Swatch, String)> =
        matrix.parties.iter().zip(&shorts).map(|(name, short)| (Swatch::Short(short.clone()), name.clone())).collect();
    for (stand, words) in [
        (Stand::States, "puts it forward"),
        (Stand::Refuses, "refuses it"),
        (Stand::Conditional, "refuses it together with others"),
        (Stand::Unknown, "not said"),
    ] {
        entries.push((Swatch::Stand(stand), words.to_owned()));
    }
    let mut y = if with_key { 4.0 + legend(&mut canvas, (0.0, 4.0), WIDTH, &entries) + 10.0 } else { 4.0 };
    for issue in &matrix.issues {
        y += draw_issue(&mut canvas, &shorts, issue, y) + AFTER;
    }
    Drawing { width: WIDTH, height: y, body: canvas.into_body() }
}

/// Height an issue will take, to cut a long figure into pieces that fit a page.
pub(super) fn height(matrix: &Matrix, issue: &IssueStands) -> f64 {
    draw_issue(&mut Canvas::default(), &short_names(&matrix.parties), issue, 0.0) + AFTER
}

/// Draws an issue from `y` on; returns its height.
fn draw_issue(canvas: &mut Canvas, shorts: &[String], (name, values): &IssueStands, y: f64) -> f64 {
    let lines = NAME.wrap(name, NAMES - 12.0, 6);
    canvas.lines(NAME, At::Start, (0.0, y + 5.0), &lines, name);
    let rows = values.len().div_ceil(ABREAST).max(1);
    let abreast = values.len().div_ceil(rows).max(1);
    let cell = (WIDTH - NAMES - 2.0) / abreast as f64;
    let mut bottom = y;
    for (row, chunk) in values.chunks(abreast).enumerate() {
        if row > 0 {
            bottom += 4.0;
        }
        bottom = draw_values(canvas, shorts, chunk, cell, bottom);
    }
    bottom.max(y + 5.0 + NAME.height(lines.len())) - y
}

fn draw_values(canvas: &mut Canvas, shorts: &[String], values: &[(String, Vec<Stand>)], cell: f64, y: f64) -> f64 {
    let labels: Vec<Vec<String>> = values.iter().map(|(label, _)| LABEL.wrap(label, cell - 12.0, 6)).collect();
    let words = LABEL.height(labels.iter().map(Vec::len).max().unwrap_or(1)) + 6.0;
    // Short name and symbol of each party, as many beside each other as fit.
    let pair = shorts.iter().map(|short| KEY.width(short)).fold(0.0, f64::max) + 20.0;
    let abreast = (((cell - 6.0) / pair).floor().max(1.0) as usize).min(shorts.len().max(1));
    let height = words + shorts.len().div_ceil(abreast) as f64 * SYMBOLS + 4.0;
    for (place, ((label, stands), lines)) in values.iter().zip(&labels).enumerate() {
        let x = NAMES + place as f64 * cell;
        canvas.rect("box", [x + 0.5, y + 0.5, cell - 1.0, height - 1.0], 0.0);
        canvas.lines(LABEL, At::Middle, (x + cell / 2.0, y + 5.0), lines, label);
        let start = x + (cell - abreast as f64 * pair) / 2.0;
        for (party, short) in shorts.iter().enumerate() {
            let stand = stands.get(party).copied().unwrap_or(Stand::Unknown);
            let left = start + (party % abreast) as f64 * pair;
            let middle = y + words + (party / abreast) as f64 * SYMBOLS + SYMBOLS / 2.0;
            canvas.text(KEY, At::Start, (left + 2.0, middle + 4.0), short);
            stand_mark(canvas, stand, (left + pair - 10.0, middle), 5.0);
        }
    }
    y + height
}

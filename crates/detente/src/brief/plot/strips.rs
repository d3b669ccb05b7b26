//! Issues as strips of values: who stands where, what is refused, where things are now.

use super::canvas::{At, Canvas, LABEL, NAME};
use super::legend::{Swatch, legend, letter, letter_mark, party_mark, refused};
use super::{Drawing, WIDTH};
use crate::brief::content::{Strip, Strips};

/// Width of the column of issue names.
const NAMES: f64 = 150.0;
/// Height of a party's row above or below the values.
const LANE: f64 = 15.0;
/// Most values beside each other; more go on in the next line.
const ABREAST: usize = 6;
/// Height of a row of letters.
const LETTERS: f64 = 18.0;
/// Space after a strip.
const AFTER: f64 = 16.0;

/// Draws strips, with or without the key to their marks.
pub(super) fn draw(strips: &Strips, with_key: bool) -> Drawing {
    let mut canvas = Canvas::default();
    let mut y = if with_key { 4.0 + key(&mut canvas, strips) + 10.0 } else { 4.0 };
    for strip in &strips.strips {
        y += draw_strip(&mut canvas, strips, strip, y) + AFTER;
    }
    Drawing { width: WIDTH, height: y, body: canvas.into_body() }
}

/// Height a strip will take, to cut a long figure into pieces that fit a page.
pub(super) fn height(strips: &Strips, strip: &Strip) -> f64 {
    draw_strip(&mut Canvas::default(), strips, strip, 0.0) + AFTER
}

fn key(canvas: &mut Canvas, strips: &Strips) -> f64 {
    let mut entries = Vec::new();
    let parties = strips.markers.iter().take(strips.parties).enumerate();
    for (index, name) in parties.clone() {
        entries.push((Swatch::Party(index), name.clone()));
    }
    for (index, name) in parties {
        if strips.strips.iter().any(|strip| strip.refused.get(index).is_some_and(|values| !values.is_empty())) {
            entries.push((Swatch::Hatch(index), format!("refused by {name}")));
        }
    }
    entries.push((Swatch::StatusQuo, "status quo".to_owned()));
    let height = legend(canvas, (0.0, 4.0), WIDTH, &entries);
    let texts = strips.markers.iter().skip(strips.parties).enumerate();
    let entries: Vec<_> = texts.map(|(index, name)| (Swatch::Letter(letter(index)), name.clone())).collect();
    height + legend(canvas, (0.0, 4.0 + height), WIDTH, &entries)
}

/// Draws one strip from `y` on; returns its height.
fn draw_strip(canvas: &mut Canvas, strips: &Strips, strip: &Strip, y: f64) -> f64 {
    let name = NAME.wrap(&strip.issue, NAMES - 12.0, 6);
    let parties = strips.parties.min(strips.markers.len());
    // Parties stand above and below in turn, so that two of them are on either side.
    let above = parties.div_ceil(2);
    let mut bottom = y;
    let rows = strip.values.len().div_ceil(ABREAST).max(1);
    let abreast = strip.values.len().div_ceil(rows).max(1);
    for row in 0..rows {
        let first = row * abreast;
        let cells: Vec<usize> = (first..strip.values.len().min(first + abreast)).collect();
        let line = Line { strips, strip, parties, above, cells, cell: (WIDTH - NAMES - 2.0) / abreast as f64 };
        bottom = line.draw(canvas, bottom) + if row + 1 < rows { 8.0 } else { 0.0 };
    }
    let names_top = y + above as f64 * LANE + 5.0;
    canvas.lines(NAME, At::Start, (0.0, names_top), &name, &strip.issue);
    bottom.max(names_top + NAME.height(name.len())) - y
}

/// Values of a strip that stand beside each other.
struct Line<'a> {
    strips: &'a Strips,
    strip: &'a Strip,
    parties: usize,
    above: usize,
    cells: Vec<usize>,
    cell: f64,
}

impl Line<'_> {
    /// Draws the line from `y` on; returns where it ends.
    fn draw(&self, canvas: &mut Canvas, y: f64) -> f64 {
        let labels: Vec<Vec<String>> = self
            .cells
            .iter()
            .filter_map(|&value| self.strip.values.get(value))
            .map(|label| LABEL.wrap(label, self.cell - 12.0, 6))
            .collect();
        let lines = labels.iter().map(Vec::len).max().unwrap_or(1);
        let boxes = y + self.above as f64 * LANE;
        let height = LABEL.height(lines) + 10.0;
        let below = boxes + height;
        let mut letters = 0.0_f64;
        for (place, (&value, lines)) in self.cells.iter().zip(&labels).enumerate() {
            let x = NAMES + place as f64 * self.cell;
            let inset = if value == self.strip.status_quo { 1.2 } else { 0.5 };
            let class = if value == self.strip.status_quo { "box now" } else { "box" };
            canvas.rect(class, [x + inset, boxes + inset, self.cell - 2.0 * inset, height - 2.0 * inset], 0.0);
            let label = self.strip.values.get(value).map_or("", String::as_str);
            let top = boxes + (height - LABEL.height(lines.len())) / 2.0;
            canvas.lines(LABEL, At::Middle, (x + self.cell / 2.0, top), lines, label);
            for party in 0..self.parties {
                let lane = if party % 2 == 0 {
                    boxes - (party / 2 + 1) as f64 * LANE
                } else {
                    below + (party / 2) as f64 * LANE
                };
                self.draw_party(canvas, party, value, x, lane);
            }
            let under = below + (self.parties - self.above) as f64 * LANE;
            letters = letters.max(self.draw_letters(canvas, value, x, under));
        }
        below + (self.parties - self.above) as f64 * LANE + letters
    }

    /// What a party says to a value: its mark where it stands, hatching where it refuses.
    fn draw_party(&self, canvas: &mut Canvas, party: usize, value: usize, x: f64, lane: f64) {
        let on = |list: &[Vec<usize>]| list.get(party).is_some_and(|values| values.contains(&value));
        let stands = on(&self.strip.stands);
        if on(&self.strip.refused) {
            // A party can put forward what it also refuses only if the case contradicts itself: show both.
            let start = if stands { x + self.cell / 2.0 + 10.0 } else { x + 3.0 };
            refused(canvas, party, [start, lane + 3.0, x + self.cell - 3.0 - start, LANE - 6.0]);
        }
        if stands {
            party_mark(canvas, party, (x + self.cell / 2.0, lane + LANE / 2.0), 5.5);
        }
    }

    /// The letters of the texts that hold a value; returns the height used.
    fn draw_letters(&self, canvas: &mut Canvas, value: usize, x: f64, y: f64) -> f64 {
        let texts: Vec<usize> = (self.parties..self.strips.markers.len())
            .filter(|&marker| self.strip.stands.get(marker).is_some_and(|values| values.contains(&value)))
            .collect();
        if texts.is_empty() {
            return 0.0;
        }
        let abreast = ((self.cell - 4.0) / LETTERS).floor().max(1.0) as usize;
        for (place, marker) in texts.iter().enumerate() {
            let row_length = abreast.min(texts.len() - place / abreast * abreast);
            let start = x + self.cell / 2.0 - (row_length as f64 - 1.0) * LETTERS / 2.0;
            let centre = (start + (place % abreast) as f64 * LETTERS, y + 11.0 + (place / abreast) as f64 * LETTERS);
            letter_mark(canvas, &letter(marker - self.parties), centre);
        }
        texts.len().div_ceil(abreast) as f64 * LETTERS + 2.0
    }
}

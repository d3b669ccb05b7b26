//! Legends, and the marks that stand for parties, texts, stances and series in every plot.

use super::canvas::{At, Canvas, LABEL, NAME, SMALL};
use crate::brief::content::{DanceStep, Stand};

/// What a legend entry shows before its words.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Swatch {
    /// The mark of a party.
    Party(usize),
    /// The letter of a text.
    Letter(String),
    /// What a party's red line refuses.
    Hatch(usize),
    /// The outline of the status quo.
    StatusQuo,
    /// A stance.
    Stand(Stand),
    /// The bar of a series.
    Bar(usize),
    /// The short name of a party.
    Short(String),
    /// A line of this class.
    Line(&'static str),
    /// A band.
    Area(&'static str),
    /// A dot of this class.
    Dot(&'static str),
    /// The mark of a step.
    Step(DanceStep),
}

/// Room a swatch takes.
const SWATCH: f64 = 18.0;
/// Height of a legend row.
const ROW: f64 = 20.0;

/// Draws entries from left to right, wrapping at `room`; returns the height used.
pub(super) fn legend(canvas: &mut Canvas, (x, y): (f64, f64), room: f64, entries: &[(Swatch, String)]) -> f64 {
    let (mut left, mut top) = (0.0, 0.0);
    for (swatch, words) in entries {
        let lead = match swatch {
            Swatch::Short(short) => NAME.width(short) + 6.0,
            Swatch::Line(_) => 32.0,
            _ => SWATCH + 6.0,
        };
        let lines = LABEL.wrap(words, room - lead, 3);
        let wide = lead + LABEL.widest(&lines);
        if left > 0.0 && left + wide > room {
            (left, top) = (0.0, top + ROW);
        }
        let at = (x + left, y + top);
        draw_swatch(canvas, at, swatch);
        canvas.lines(LABEL, At::Start, (at.0 + lead, at.1 + 1.0), &lines, words);
        left += wide + 18.0;
        if lines.len() > 1 {
            (left, top) = (0.0, top + LABEL.height(lines.len() - 1) + ROW);
        }
    }
    if left > 0.0 { top + ROW } else { top }
}

fn draw_swatch(canvas: &mut Canvas, (x, y): (f64, f64), swatch: &Swatch) {
    let centre = (x + SWATCH / 2.0, y + 8.0);
    let frame = [x, y + 2.0, SWATCH, 12.0];
    match swatch {
        Swatch::Party(index) => party_mark(canvas, *index, centre, 5.5),
        Swatch::Letter(letter) => letter_mark(canvas, letter, centre),
        Swatch::Hatch(index) => refused(canvas, *index, frame),
        Swatch::StatusQuo => canvas.rect("box now", frame, 2.0),
        Swatch::Stand(stand) => stand_mark(canvas, *stand, centre, 5.0),
        Swatch::Bar(index) => bar(canvas, *index, frame),
        Swatch::Short(short) => canvas.text(NAME, At::Start, (x, y + 12.6), short),
        Swatch::Line(class) => canvas.line(class, (x, y + 8.0), (x + 26.0, y + 8.0)),
        Swatch::Area(class) => canvas.rect(class, frame, 0.0),
        Swatch::Dot(class) => canvas.circle(class, centre, 2.5),
        Swatch::Step(step) => step_mark(canvas, "f-ink", *step, centre, 5.0),
    }
}

/// Class suffix of a party or series: two hues, neutral beyond.
pub(super) fn hue(index: usize) -> &'static str {
    match index {
        0 => "k0",
        1 => "k1",
        _ => "k2",
    }
}

/// The mark of a party: a hue and a shape of its own, so that the hue is never needed to tell them apart.
pub(super) fn party_mark(canvas: &mut Canvas, index: usize, (x, y): (f64, f64), r: f64) {
    let class = format!("f-{}", hue(index));
    let polygon =
        |points: &[(f64, f64)]| -> Vec<(f64, f64)> { points.iter().map(|&(u, v)| (x + u * r, y + v * r)).collect() };
    match index % 6 {
        0 => canvas.circle(&class, (x, y), r),
        1 => canvas.polygon(&class, &polygon(&[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)])),
        2 => canvas.polygon(&class, &polygon(&[(0.0, -1.1), (1.1, 0.9), (-1.1, 0.9)])),
        3 => canvas.rect(&class, [x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8], 0.0),
        4 => canvas.polygon(&class, &polygon(&[(0.0, 1.1), (1.1, -0.9), (-1.1, -0.9)])),
        _ => {
            canvas.circle("hollow", (x, y), r);
            canvas.circle(&class, (x, y), r * 0.45);
        }
    }
}

/// The letter of a text in a small square.
pub(super) fn letter_mark(canvas: &mut Canvas, letter: &str, (x, y): (f64, f64)) {
    canvas.rect("chip", [x - 7.5, y - 7.5, 15.0, 15.0], 3.0);
    canvas.text(SMALL, At::Middle, (x, y + 4.0), letter);
}

/// What a red line of a party refuses: hatched, each party in its own direction.
pub(super) fn refused(canvas: &mut Canvas, index: usize, frame: [f64; 4]) {
    canvas.rect(&format!("o-{}", hue(index)), frame, 0.0);
    canvas.hatch(&format!("h-{}", hue(index)), frame, index.is_multiple_of(2));
}

/// A stance: ● states, ✕ refuses, ◐ refuses together with others, · not said.
pub(super) fn stand_mark(canvas: &mut Canvas, stand: Stand, (x, y): (f64, f64), r: f64) {
    use super::canvas::num;
    match stand {
        Stand::States => canvas.circle("f-ink", (x, y), r),
        Stand::Refuses => {
            let s = r * 0.9;
            let data = format!(
                "M{} {}L{} {}M{} {}L{} {}",
                num(x - s),
                num(y - s),
                num(x + s),
                num(y + s),
                num(x - s),
                num(y + s),
                num(x + s),
                num(y - s)
            );
            canvas.path("cross", &data);
        }
        Stand::Conditional => {
            canvas.circle("hollow", (x, y), r - 0.6);
            let data = format!("M{} {}A{r} {r} 0 0 0 {} {}Z", num(x), num(y - r), num(x), num(y + r), r = num(r));
            canvas.path("f-ink", &data);
        }
        Stand::Unknown => canvas.circle("f-faint", (x, y), 1.6),
    }
}

/// The mark of a step from one offer to the next: ▼ concession, ▲ selfish, ◆ fortunate, ✕ unfortunate, ● nice, · silent,
/// □ the first offer.
pub(super) fn step_mark(canvas: &mut Canvas, class: &str, step: DanceStep, (x, y): (f64, f64), r: f64) {
    let polygon =
        |points: &[(f64, f64)]| -> Vec<(f64, f64)> { points.iter().map(|&(u, v)| (x + u * r, y + v * r)).collect() };
    match step {
        DanceStep::First => canvas.rect("hollow", [x - r * 0.8, y - r * 0.8, r * 1.6, r * 1.6], 0.0),
        DanceStep::Concession => canvas.polygon(class, &polygon(&[(0.0, 1.0), (1.0, -0.8), (-1.0, -0.8)])),
        DanceStep::Selfish => canvas.polygon(class, &polygon(&[(0.0, -1.0), (1.0, 0.8), (-1.0, 0.8)])),
        DanceStep::Fortunate => {
            canvas.polygon(class, &polygon(&[(0.0, -1.1), (1.1, 0.0), (0.0, 1.1), (-1.1, 0.0)]));
        }
        DanceStep::Unfortunate => stand_mark(canvas, Stand::Refuses, (x, y), r),
        DanceStep::Nice => canvas.circle(class, (x, y), r * 0.85),
        DanceStep::Silent => canvas.circle(class, (x, y), r * 0.35),
    }
}

/// The bar of a series: solid, hatched, hollow.
pub(super) fn bar(canvas: &mut Canvas, index: usize, frame: [f64; 4]) {
    match index % 3 {
        0 => canvas.rect(&format!("f-{}", hue(index)), frame, 0.0),
        1 => refused(canvas, index, frame),
        _ => canvas.rect("hollow", frame, 0.0),
    }
}

/// A, B, …, Z, AA, AB, …: the letter of the text with this index.
pub(super) fn letter(index: usize) -> String {
    let last = char::from(b'A' + u8::try_from(index % 26).unwrap_or(0));
    match index / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letter(more - 1)),
    }
}

/// The shortest beginnings of `names` that tell them apart, at most six characters.
pub(super) fn short_names(names: &[String]) -> Vec<String> {
    let start = |name: &str, length: usize| -> String { name.chars().take(length).collect() };
    for length in 1..=6 {
        let shorts: Vec<String> = names.iter().map(|name| start(name.trim(), length).trim_end().to_owned()).collect();
        let distinct: std::collections::BTreeSet<&String> = shorts.iter().collect();
        if distinct.len() == names.len() && shorts.iter().all(|short| !short.is_empty()) {
            return shorts;
        }
    }
    (1..=names.len()).map(|number| number.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 25, 26, 27, 52].map(letter), ["A", "Z", "AA", "AB", "BA"]);
    }

    #[test]
    fn short_names_are_the_shortest_that_differ() {
        let names = ["North", "South"].map(str::to_owned);
        assert_eq!(short_names(&names), ["N", "S"]);
        let names = ["Northern Army", "North"].map(str::to_owned);
        assert_eq!(short_names(&names), ["Northe", "North"]);
        let names = ["Same", "Same"].map(str::to_owned);
        assert_eq!(short_names(&names), ["1", "2"]);
    }
}

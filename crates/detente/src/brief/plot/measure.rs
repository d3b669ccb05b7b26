//! How wide words are, so that labels neither overlap nor run out of the picture.
//!
//! The fonts of the reader are unknown. The table holds, per character, the wider of DejaVu Sans
//! and Liberation Sans (which has Arial's widths), so a label that fits here fits elsewhere.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// Advance widths of the printable ASCII characters, in thousandths of the font size.
const ASCII: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636,
    636, 636, 636, 337, 337, 838, 838, 838, 556, 1015, 684, 686, 722, 770, 667, 611, 778, 752, 295, 500, 667, 557, 863,
    748, 787, 667, 787, 722, 667, 611, 732, 684, 989, 685, 667, 685, 390, 337, 390, 838, 556, 500, 613, 635, 550, 635,
    615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636,
    337, 636, 838,
];

/// How much wider bold words are.
pub(super) const BOLD: f64 = 1.13;

/// Width of `text` at font size `size`, in the same unit.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let thousandths: u32 = text.chars().map(advance).sum();
    f64::from(thousandths) / 1000.0 * size
}

fn advance(character: char) -> u32 {
    let ascii = u32::from(character).checked_sub(32).and_then(|index| ASCII.get(index as usize));
    match (ascii, character.width()) {
        (Some(&width), _) => u32::from(width),
        (None, None | Some(0)) => 0,
        (None, Some(1)) if character.is_whitespace() => 318,
        (None, Some(1)) if character.is_alphabetic() && !character.is_uppercase() => 750,
        (None, Some(1)) if character.is_alphabetic() => 900,
        (None, Some(_)) => 1000,
    }
}

/// `text` broken into at most `limit` lines no wider than `room`; the last one ends in "…" where
/// words are left out. Words wider than `room` are broken between characters.
pub(super) fn wrap(text: &str, size: f64, room: f64, limit: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        for piece in pieces(word, size, room) {
            let joined = if line.is_empty() { piece.clone() } else { format!("{line} {piece}") };
            if line.is_empty() || width(&joined, size) <= room {
                line = joined;
            } else {
                lines.push(std::mem::replace(&mut line, piece));
            }
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    if lines.len() > limit {
        lines.truncate(limit.max(1));
        if let Some(last) = lines.last_mut() {
            *last = shortened(last, size, room);
        }
    }
    lines
}

/// A word in pieces no wider than `room` (a piece holds at least one character).
fn pieces(word: &str, size: f64, room: f64) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for grapheme in word.graphemes(true) {
        let longer = format!("{piece}{grapheme}");
        if !piece.is_empty() && width(&longer, size) > room {
            // Break after a hyphen or slash rather than in the middle of a word part, where that makes room.
            let after = piece.rfind(['-', '–', '/', '_']).and_then(|at| {
                let end = at + piece.get(at..)?.chars().next()?.len_utf8();
                let rest = piece.get(end..)?;
                (width(&format!("{rest}{grapheme}"), size) <= room).then_some(end)
            });
            let rest = after.map_or(String::new(), |end| piece.split_off(end));
            pieces.push(std::mem::replace(&mut piece, format!("{rest}{grapheme}")));
        } else {
            piece = longer;
        }
    }
    pieces.push(piece);
    pieces
}

/// A line with "…" at its end, characters dropped until it fits.
fn shortened(line: &str, size: f64, room: f64) -> String {
    let mut graphemes: Vec<&str> = line.graphemes(true).collect();
    while graphemes.len() > 1 && width(&graphemes.concat(), size) + size > room {
        graphemes.pop();
    }
    format!("{}…", graphemes.concat().trim_end())
}

/// Width of the widest line.
pub(super) fn widest(lines: &[String], size: f64) -> f64 {
    lines.iter().map(|line| width(line, size)).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn widths_follow_the_letters() {
        assert!(width("iii", 10.0) < width("mmm", 10.0));
        assert!((width("a", 10.0) - 6.13).abs() < 1e-9);
        assert!(width("\u{301}", 10.0).abs() < 1e-9);
    }

    #[test]
    fn long_labels_wrap_and_end_in_an_ellipsis() {
        assert_eq!(wrap("a ceasefire without conditions", 10.0, 70.0, 9), ["a ceasefire", "without", "conditions"]);
        let short = wrap("a ceasefire without conditions", 10.0, 70.0, 2);
        assert_eq!(short, ["a ceasefire", "without…"]);
        assert_eq!(wrap("", 10.0, 70.0, 2), [""]);
        assert_eq!(wrap("Kaiser-Wilhelm-Kanal", 10.0, 80.0, 3), ["Kaiser-Wilhelm-", "Kanal"]);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_room(text in "\\PC{0,80}", room in 30.0..200.0f64) {
            for line in wrap(&text, 10.0, room, 5) {
                // One character may be wider than the room only where the room is narrower than it.
                prop_assert!(width(&line, 10.0) <= room.max(20.0) + 1e-9, "{line:?}");
            }
        }
    }
}

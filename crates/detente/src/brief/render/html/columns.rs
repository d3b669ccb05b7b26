//! How wide the columns of a table are, from the words in them.

use unicode_width::UnicodeWidthStr;

/// Characters that stand beside each other in the text column, in the type of tables.
const COLUMN: f64 = 104.0;
/// Characters in a table that takes more than the text column: as many as paper has in small type.
const WIDE: f64 = 126.0;
/// Space between columns, in characters.
const GUTTER: f64 = 2.5;
/// A row this many lines tall (on average) asks for more than the text column.
const TALL: f64 = 2.5;
/// A word longer than this may be broken.
const LONG_WORD: usize = 22;

/// Widths of the columns of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Columns {
    /// Per column its share of the table in per mille; empty where every cell fits on one line.
    pub(super) shares: Vec<u32>,
    /// Whether the table is better off with more than the text column.
    pub(super) wide: bool,
    /// Whether paper is too narrow for its longest words beside each other.
    pub(super) dense: bool,
}

/// Widths for columns of these titles (with whether they hold numbers) and rows of plain words.
pub(super) fn columns(titles: &[(String, bool)], rows: &[Vec<String>]) -> Columns {
    let lengths: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().map(|cell| cell.width() as f64).collect()).collect();
    let longest = |place: usize| lengths.iter().filter_map(|row| row.get(place)).copied().fold(0.0, f64::max);
    let least: Vec<f64> = titles.iter().enumerate().map(|(place, title)| least(place, title, rows)).collect();
    let most: f64 = least.iter().enumerate().map(|(place, least)| least.max(longest(place) + GUTTER)).sum();
    if most <= COLUMN {
        return Columns::default();
    }
    let total: f64 = least.iter().sum();
    let narrow = share_out(&least, &lengths, COLUMN);
    let wide = total > COLUMN || lines(&lengths, &narrow) > TALL;
    let widths = if wide { share_out(&least, &lengths, WIDE.max(1.2 * total)) } else { narrow };
    let sum: f64 = widths.iter().sum();
    let shares = widths.iter().map(|width| (1000.0 * width / sum).round() as u32).collect();
    Columns { shares, wide, dense: total > WIDE }
}

/// The least width of a column: its longest word, or number.
fn least(place: usize, (title, number): &(String, bool), rows: &[Vec<String>]) -> f64 {
    let cells = || rows.iter().filter_map(|row| row.get(place)).map(String::as_str);
    let word = |text: &str| {
        let words = text.split(|c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}'));
        words.map(UnicodeWidthStr::width).max().unwrap_or(0).min(LONG_WORD)
    };
    let longest = cells().map(UnicodeWidthStr::width).max().unwrap_or(0);
    let words = cells().map(word).max().unwrap_or(0);
    // Titles are bold: a tenth wider.
    let title_word = (word(title) as f64 * 1.1).ceil();
    title_word.max(if *number { longest } else { words } as f64) + GUTTER
}

/// Gives what is left of `room`, one character after the other, to the column where it makes the
/// rows shorter the most.
///
/// A row is as tall as its tallest cell; the 4-norm of the heights of its cells stands for it, because
/// it has a slope where two cells are equally tall.
fn share_out(least: &[f64], lengths: &[Vec<f64>], room: f64) -> Vec<f64> {
    let mut widths = least.to_vec();
    // A few hundred rows say what the others would.
    let step = lengths.len() / 300 + 1;
    let left = (room - least.iter().sum::<f64>()).floor().max(0.0) as usize;
    for _ in 0..left {
        let mut gains = vec![0.0; widths.len()];
        for row in lengths.iter().step_by(step) {
            let tall = |(length, width): (&f64, &f64)| (length / (width - GUTTER).max(1.0)).max(1.0);
            let norm = row.iter().zip(&widths).map(|cell| tall(cell).powi(4)).sum::<f64>().powf(0.75);
            for ((gain, cell), width) in gains.iter_mut().zip(row.iter().zip(&widths)).zip(&widths) {
                let tall = tall(cell);
                if tall > 1.0 && norm > 0.0 {
                    *gain += tall.powi(4) / norm / (width - GUTTER).max(1.0);
                }
            }
        }
        let mut best: Option<(usize, f64)> = None;
        for (place, &gain) in gains.iter().enumerate() {
            if gain > best.map_or(0.0, |best| best.1) {
                best = Some((place, gain));
            }
        }
        let Some(width) = best.and_then(|(place, _)| widths.get_mut(place)) else { break };
        *width += 1.0;
    }
    widths
}

/// Mean number of lines of a row.
fn lines(lengths: &[Vec<f64>], widths: &[f64]) -> f64 {
    let tall = |row: &Vec<f64>| {
        row.iter().zip(widths).map(|(length, width)| (length / (width - GUTTER).max(1.0)).ceil()).fold(1.0, f64::max)
    };
    lengths.iter().map(tall).sum::<f64>() / lengths.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn titles(names: &[&str]) -> Vec<(String, bool)> {
        names.iter().map(|name| ((*name).to_owned(), false)).collect()
    }

    #[test]
    fn short_tables_are_left_alone() {
        let rows = vec![vec!["one".to_owned(), "two words".to_owned()]];
        assert_eq!(columns(&titles(&["A", "B"]), &rows), Columns::default());
    }

    #[test]
    fn long_words_of_a_column_get_more_room_but_not_all() {
        let row = vec!["Party".to_owned(), "word ".repeat(12), "word ".repeat(48), String::new()];
        let shares = columns(&titles(&["A", "B", "C", "Empty"]), &vec![row; 5]).shares;
        assert!(shares[2] > shares[1] && shares[1] > shares[0] && shares[1] * 6 > shares[2], "{shares:?}");
        assert!(shares[3] < 100, "{shares:?}");
    }

    #[test]
    fn tall_rows_ask_for_a_wide_table() {
        let rows = vec![vec!["word ".repeat(40); 4]; 3];
        assert!(columns(&titles(&["A", "B", "C", "D"]), &rows).wide);
    }

    proptest! {
        #[test]
        fn shares_make_a_whole_and_hold_the_longest_words(
            cells in prop::collection::vec(prop::collection::vec("[a-z]{1,9}( [a-z]{1,9}){0,30}", 4), 1..6)
        ) {
            let found = columns(&titles(&["A", "B", "C", "D"]), &cells);
            if !found.shares.is_empty() {
                let total: u32 = found.shares.iter().sum();
                prop_assert!((995..=1005).contains(&total));
                let room = if found.wide { WIDE } else { COLUMN };
                prop_assert!(!found.dense);
                for (place, share) in found.shares.iter().enumerate() {
                    let word = cells.iter().flat_map(|row| row[place].split(' ')).map(str::len).max().unwrap_or(0);
                    prop_assert!(f64::from(*share) / 1000.0 * room + 0.2 >= word as f64);
                }
            }
        }
    }
}

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

/// What a column needs, in characters.
struct Need {
    least: f64,
    most: f64,
    weight: f64,
}

/// Widths for columns of these titles (with whether they hold numbers) and rows of plain words.
pub(super) fn columns(titles: &[(String, bool)], rows: &[Vec<String>]) -> Columns {
    let needs: Vec<Need> = titles.iter().enumerate().map(|(place, title)| need(place, title, rows)).collect();
    let most: f64 = needs.iter().map(|need| need.most).sum();
    if most <= COLUMN {
        return Columns::default();
    }
    let narrow = share_out(&needs, COLUMN);
    let least: f64 = needs.iter().map(|need| need.least).sum();
    let wide = least > COLUMN || lines(rows, &narrow) > TALL;
    let widths = if wide { share_out(&needs, WIDE.max(least)) } else { narrow };
    let total: f64 = widths.iter().sum();
    Columns { shares: widths.iter().map(|width| (1000.0 * width / total).round() as u32).collect(), wide, dense: least > WIDE }
}

fn need(place: usize, (title, number): &(String, bool), rows: &[Vec<String>]) -> Need {
    let cells = || rows.iter().filter_map(|row| row.get(place)).map(String::as_str);
    let word = |text: &str| {
        let words = text.split(|c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}'));
        words.map(UnicodeWidthStr::width).max().unwrap_or(0).min(LONG_WORD)
    };
    let longest = cells().map(UnicodeWidthStr::width).max().unwrap_or(0);
    let words = cells().map(word).max().unwrap_or(0);
    // Titles are bold: a tenth wider.
    let title_word = (word(title) as f64 * 1.1).ceil();
    let least = title_word.max(if *number { longest } else { words } as f64) + GUTTER;
    let squares: f64 = cells().chain([title.as_str()]).map(|cell| (cell.width() as f64).powi(2)).sum();
    let mean = squares / (rows.len() + 1) as f64;
    // A cell of length n in a column of width w is about n / w lines tall. The sum of the squared
    // heights is least where the widths go with the cube root of the mean squared lengths.
    Need { least, most: least.max(longest as f64 + GUTTER), weight: mean.cbrt().max(1.0) }
}

/// Widths that go with the weights, none below its least or above its most, `room` together where that is possible.
fn share_out(needs: &[Need], room: f64) -> Vec<f64> {
    let widths = |scale: f64| -> Vec<f64> {
        needs.iter().map(|need| (need.weight * scale).clamp(need.least, need.most)).collect()
    };
    let (mut low, mut high) = (0.0, room);
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        if widths(middle).iter().sum::<f64>() > room { high = middle } else { low = middle }
    }
    widths(low)
}

/// Mean number of lines of a row.
fn lines(rows: &[Vec<String>], widths: &[f64]) -> f64 {
    let tall = |row: &Vec<String>| {
        let cells = row.iter().zip(widths);
        cells.map(|(cell, width)| (cell.width() as f64 / (width - GUTTER).max(1.0)).ceil()).fold(1.0, f64::max)
    };
    rows.iter().map(tall).sum::<f64>() / rows.len().max(1) as f64
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
        assert!(shares[2] > shares[1] && shares[1] > shares[0] && shares[1] * 4 > shares[2], "{shares:?}");
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

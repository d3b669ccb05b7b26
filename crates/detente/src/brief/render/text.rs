//! A brief as text for a terminal, wrapped to a width; no colour.

use super::words::{cell, clean, column, plain};
use crate::brief::content::{Block, Brief, Judgement, Line, Reader, Section, Table};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Narrower than this, wrapping serves nobody.
const NARROWEST: usize = 24;
/// Space between columns.
const GUTTER: usize = 2;
/// A column of words is not squeezed below this.
const SQUEEZED: usize = 9;

/// A brief as text no wider than `width` columns (at least 24).
///
/// Words are measured in terminal columns (Unicode width). Tables are fitted to the width with
/// wrapped cells; a table with too many columns is written as one small list per row.
#[must_use]
pub fn text(brief: &Brief, width: usize) -> String {
    let mut page = Page::new(width);
    page.rule(&brief.title, '═');
    page.paragraph("", &brief.subtitle);
    page.blank();
    page.heading("Bottom line");
    if brief.judgements.is_empty() {
        page.paragraph("", super::NO_JUDGEMENT);
    }
    for (index, judgement) in brief.judgements.iter().enumerate() {
        page.judgement(index + 1, judgement);
    }
    if !brief.load.is_empty() {
        page.heading("What this leans on");
        for line in &brief.load {
            page.paragraph("", &plain(line));
            page.blank();
        }
    }
    if !brief.changes.is_empty() {
        page.heading("What would change it");
        page.list(&brief.changes);
    }
    for section in &brief.sections {
        page.section(section);
    }
    if !brief.colophon.is_empty() {
        page.heading("How this was made");
        for line in &brief.colophon {
            page.paragraph("", line);
        }
    }
    page.finish()
}

/// One section as text, as [`text`] writes it.
#[must_use]
pub fn section_text(section: &Section, width: usize) -> String {
    let mut page = Page::new(width);
    page.section(section);
    page.finish()
}

/// Lines in the making.
struct Page {
    width: usize,
    indent: usize,
    out: String,
}

impl Page {
    fn new(width: usize) -> Self {
        Page { width: width.max(NARROWEST), indent: 0, out: String::new() }
    }

    fn room(&self) -> usize {
        self.width.saturating_sub(self.indent).max(NARROWEST / 2)
    }

    fn line(&mut self, words: &str) {
        if !words.trim_end().is_empty() {
            self.out.push_str(&" ".repeat(self.indent));
            self.out.push_str(words.trim_end());
        }
        self.out.push('\n');
    }

    /// An empty line, never two.
    fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn rule(&mut self, words: &str, stroke: char) {
        let lines = wrap(&clean(words), self.room());
        let widest = lines.iter().map(|line| line.width()).max().unwrap_or(0);
        for line in &lines {
            self.line(line);
        }
        self.line(&stroke.to_string().repeat(widest));
    }

    fn heading(&mut self, words: &str) {
        self.blank();
        self.rule(words, '─');
        self.blank();
    }

    /// Words behind a lead; further lines stand under the words, not under the lead.
    fn paragraph(&mut self, lead: &str, words: &str) {
        let hang = lead.width();
        for (index, line) in wrap(&clean(words), self.room().saturating_sub(hang)).iter().enumerate() {
            let start = if index == 0 { lead.to_owned() } else { " ".repeat(hang) };
            self.line(&format!("{start}{line}"));
        }
    }

    fn list(&mut self, lines: &[Line]) {
        for line in lines {
            self.paragraph("- ", &plain(line));
        }
        self.blank();
    }

    fn judgement(&mut self, number: usize, judgement: &Judgement) {
        let lead = format!("{number}. ");
        self.paragraph(&lead, &plain(&judgement.says));
        let indent = lead.width();
        self.indent += indent;
        if let Some((word, share)) = &judgement.likelihood {
            self.paragraph("Likelihood: ", &format!("{word} ({share})"));
        }
        self.paragraph("Confidence: ", &format!("{}. {}", judgement.confidence, plain(&judgement.because)));
        self.indent -= indent;
        self.blank();
    }

    fn section(&mut self, section: &Section) {
        self.heading(&section.title);
        self.blocks(&section.blocks);
        self.blank();
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(line) => {
                self.paragraph("", &plain(line));
                self.blank();
            }
            Block::Heading(words) => {
                self.blank();
                self.rule(words, '╌');
                self.blank();
            }
            Block::List(lines) => self.list(lines),
            Block::Note(line) => {
                self.paragraph("Note: ", &plain(line));
                self.blank();
            }
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => {
                self.paragraph("", &figure.title);
                self.paragraph("", &plain(&figure.reading));
                self.blank();
                self.table(&figure.twin);
            }
            Block::Fold(line, blocks) => {
                self.paragraph("", &plain(line));
                self.blank();
                // A bounded step to the right: folds in folds must not squeeze the words to nothing.
                let step = if self.room() > 2 * NARROWEST { 2 } else { 0 };
                self.indent += step;
                self.blocks(blocks);
                self.indent -= step;
            }
            Block::Reader(reader) => self.reader(reader),
        }
    }

    fn reader(&mut self, reader: &Reader) {
        self.rule(&reader.title, '·');
        self.paragraph("", &plain(&reader.about));
        self.blank();
        for paragraph in &reader.paragraphs {
            let mut words = String::new();
            for run in paragraph {
                let numbers: String = run.evidence.iter().map(|(_, number)| format!("[{number}]")).collect();
                let problem = if run.problem { "(!)" } else { "" };
                if numbers.is_empty() && problem.is_empty() {
                    words.push_str(&run.text);
                } else {
                    words.push_str(&format!("«{}»{numbers}{problem}", run.text));
                }
            }
            self.paragraph("  ", &words);
            self.blank();
        }
    }

    fn table(&mut self, table: &Table) {
        let titles: Vec<(String, bool)> = table.columns.iter().map(|title| column(title)).collect();
        let rows: Vec<Vec<String>> = table
            .rows
            .iter()
            .map(|row| (0..titles.len()).map(|place| row.cells.get(place).map_or(String::new(), cell)).collect())
            .collect();
        if !table.caption.trim().is_empty() {
            self.paragraph("", &table.caption);
        }
        match fit(&titles, &rows, self.room()) {
            _ if titles.is_empty() => {}
            Some(widths) => self.grid(&titles, &rows, &widths),
            None => self.stack(&titles, &rows),
        }
        self.blank();
    }

    fn grid(&mut self, titles: &[(String, bool)], rows: &[Vec<String>], widths: &[usize]) {
        let head: Vec<String> = titles.iter().map(|(title, _)| title.clone()).collect();
        let tall = |cells: &[String]| cells.iter().zip(widths).any(|(cell, &width)| wrap(cell, width).len() > 1);
        self.row(titles, &head, widths);
        let rule: Vec<String> = widths.iter().map(|&width| "─".repeat(width)).collect();
        self.line(&rule.join(&" ".repeat(GUTTER)));
        let airy = rows.iter().any(|row| tall(row));
        for (index, row) in rows.iter().enumerate() {
            if airy && index > 0 {
                self.blank();
            }
            self.row(titles, row, widths);
        }
    }

    fn row(&mut self, titles: &[(String, bool)], cells: &[String], widths: &[usize]) {
        let wrapped: Vec<Vec<String>> = cells.iter().zip(widths).map(|(cell, &width)| wrap(cell, width)).collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for index in 0..height {
            let mut line = String::new();
            for (place, ((lines, &width), (_, number))) in wrapped.iter().zip(widths).zip(titles).enumerate() {
                let words = lines.get(index).map_or("", String::as_str);
                let pad = " ".repeat(width.saturating_sub(words.width()));
                if place > 0 {
                    line.push_str(&" ".repeat(GUTTER));
                }
                let parts = if *number { [pad.as_str(), words] } else { [words, pad.as_str()] };
                line.push_str(&parts.concat());
            }
            self.line(&line);
        }
    }

    /// A table as one small list per row, where its columns do not fit beside each other.
    fn stack(&mut self, titles: &[(String, bool)], rows: &[Vec<String>]) {
        for row in rows {
            for (index, ((title, _), cell)) in titles.iter().zip(row).enumerate() {
                if cell.trim().is_empty() {
                    continue;
                }
                let lead = if index == 0 { "• " } else { "  " };
                let words = if title.trim().is_empty() { cell.clone() } else { format!("{title}: {cell}") };
                self.paragraph(lead, &words);
            }
        }
    }

    fn finish(mut self) -> String {
        while self.out.ends_with("\n\n") {
            self.out.pop();
        }
        self.out
    }
}

/// Widths of columns that fit into `room` together, or none if some would be too narrow to read.
fn fit(titles: &[(String, bool)], rows: &[Vec<String>], room: usize) -> Option<Vec<usize>> {
    let gutters = GUTTER * titles.len().saturating_sub(1);
    let room = room.checked_sub(gutters)?;
    let mut natural = Vec::with_capacity(titles.len());
    let mut least = Vec::with_capacity(titles.len());
    for (place, (title, number)) in titles.iter().enumerate() {
        let cells = || rows.iter().filter_map(|row| row.get(place)).map(String::as_str);
        let full = cells().chain([title.as_str()]).map(UnicodeWidthStr::width).max().unwrap_or(1).max(1);
        let word = |text: &str| text.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(1);
        let longest = cells().chain([title.as_str()]).map(word).max().unwrap_or(1).max(1);
        let numbers = cells().map(UnicodeWidthStr::width).max().unwrap_or(1).max(1);
        // Numbers are not broken; their titles may be.
        least.push(if *number {
            numbers.max(longest.min(SQUEEZED))
        } else {
            longest.clamp(1, SQUEEZED).max(full.min(SQUEEZED))
        });
        natural.push(full);
    }
    if natural.iter().sum::<usize>() <= room {
        return Some(natural);
    }
    if least.iter().sum::<usize>() > room {
        return None;
    }
    // Columns that need less than an even share of what is left get what they need; the others share the rest.
    let mut widths: Vec<Option<usize>> = vec![None; natural.len()];
    loop {
        let open: Vec<usize> = (0..widths.len()).filter(|&place| widths[place].is_none()).collect();
        let used: usize = widths.iter().flatten().sum();
        let Some(share) = room.saturating_sub(used).checked_div(open.len()) else { break };
        let small = open.iter().find(|&&place| natural[place] <= share);
        let large = open.iter().find(|&&place| least[place] > share);
        match (large, small) {
            (Some(&place), _) => widths[place] = Some(least[place]),
            (None, Some(&place)) => widths[place] = Some(natural[place]),
            (None, None) => {
                let mut left = room.saturating_sub(used);
                for (count, &place) in open.iter().enumerate() {
                    let part = left / (open.len() - count);
                    widths[place] = Some(part);
                    left -= part;
                }
                break;
            }
        }
    }
    Some(widths.into_iter().map(|width| width.unwrap_or(1).max(1)).collect())
}

/// Words in lines of at most `room` columns. No-break spaces hold words together; a word wider than
/// a line is broken after a bracket or a sign within it, else between characters.
fn wrap(text: &str, room: usize) -> Vec<String> {
    let room = room.max(2);
    let breaks = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}');
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(breaks).filter(|word| !word.is_empty()) {
        if !line.is_empty() && line.width() + 1 + word.width() <= room {
            line.push(' ');
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for grapheme in word.graphemes(true) {
            if !line.is_empty() && line.width() + grapheme.width() > room {
                let sign = line.rfind(['(', ',', '-', '/', '_', '=']).map(|at| at + 1).filter(|at| *at < line.len());
                let rest = sign.map(|at| line.split_off(at)).unwrap_or_default();
                lines.push(std::mem::replace(&mut line, rest));
            }
            line.push_str(grapheme);
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::content::Row;
    use proptest::prelude::*;

    fn table(columns: &[&str], rows: &[&[&str]]) -> Table {
        let rows =
            rows.iter().map(|cells| Row { anchor: None, cells: cells.iter().map(|&cell| cell.into()).collect() });
        Table { caption: String::new(), columns: columns.iter().map(|&c| c.to_owned()).collect(), rows: rows.collect() }
    }

    fn shown(table: Table, width: usize) -> String {
        section_text(&Section { id: "s".into(), title: "T".into(), blocks: vec![Block::Table(table)] }, width)
    }

    #[test]
    fn cells_wrap_and_numbers_stand_right() {
        let table = table(&["Issue", "#Share"], &[&["the crossing of the river by night", "12 %"], &["tolls", "7 %"]]);
        let expected = "T\n─\n\nIssue                Share\n──────────────────  ──────\nthe crossing of      12 %\nthe river by night\n\ntolls                 7 %\n";
        let shown = shown(table, 26);
        assert!(shown.lines().all(|line| line.width() <= 26), "{shown}");
        assert!(shown.contains("   7 %\n") && shown.contains("  12 %\n"), "{shown}\n{expected}");
    }

    #[test]
    fn too_many_columns_become_lists() {
        let columns = ["One", "Two", "Three", "Four", "Five"];
        let cells = ["something long", "something long", "something long", "something long", "something long"];
        let shown = shown(table(&columns, &[&cells]), 30);
        assert!(shown.contains("• One: something long\n  Two: something long"), "{shown}");
    }

    #[test]
    fn no_break_spaces_hold() {
        assert_eq!(wrap("about 12\u{a0}% of them", 10), ["about 12\u{a0}%", "of them"]);
        assert_eq!(wrap("協議協議協議", 5), ["協議", "協議", "協議"]);
        assert_eq!(wrap("conceder(e=3)", 10), ["conceder(", "e=3)"]);
        assert_eq!(wrap("half-hearted", 10), ["half-", "hearted"]);
        assert_eq!(wrap("(abcdefgh", 4), ["(", "abcd", "efgh"]);
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_asked(
            cells in prop::collection::vec(prop::collection::vec("\\PC{0,30}", 4), 0..6), width in 24_usize..120
        ) {
            let rows: Vec<Vec<&str>> = cells.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
            let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
            for line in shown(table(&["A", "#B", "C c c", "D"], &rows), width).lines() {
                prop_assert!(line.width() <= width, "{line:?}");
            }
        }
    }
}

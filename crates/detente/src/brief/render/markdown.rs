//! A brief as Markdown (GitHub's flavour), with anchors that its links lead to.

use super::links::Links;
use super::words::{clean, column, tone};
use super::{anchor, words};
use crate::brief::content::{Block, Brief, Cell, Inline, Judgement, Line, Reader, Run, Section, Table};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A brief as Markdown. Figures stand as their tables; folds and anchors are the two places where
/// HTML is used, as Markdown allows.
#[must_use]
pub fn markdown(brief: &Brief) -> String {
    let mut page = Page { out: String::new(), anchors: BTreeSet::new(), links: Links::of(brief) };
    page.line(&format!("# {}", escaped(&brief.title)));
    page.line(&escaped(&brief.subtitle));
    page.line("## Bottom line");
    if brief.judgements.is_empty() {
        page.line(super::NO_JUDGEMENT);
    }
    for (index, judgement) in brief.judgements.iter().enumerate() {
        page.judgement(index + 1, judgement);
    }
    if !brief.load.is_empty() {
        page.line("## What this leans on");
        brief.load.iter().for_each(|line| page.paragraph(line));
    }
    if !brief.changes.is_empty() {
        page.line("## What would change it");
        page.list(&brief.changes);
    }
    for section in &brief.sections {
        page.section(section);
    }
    if !brief.colophon.is_empty() {
        page.line("## How this was made");
        let lines: Vec<Line> = brief.colophon.iter().map(|line| vec![Inline::Text(line.clone())]).collect();
        page.list(&lines);
    }
    page.out
}

/// Paragraphs in the making.
struct Page<'a> {
    out: String,
    anchors: BTreeSet<String>,
    links: Links<'a>,
}

impl Page<'_> {
    /// A paragraph: lines with an empty one before them.
    fn line(&mut self, words: &str) {
        if words.trim().is_empty() {
            return;
        }
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(words.trim_end());
        self.out.push('\n');
    }

    fn paragraph(&mut self, line: &Line) {
        let words = at_start(self.inline(line));
        self.line(&words);
    }

    fn list(&mut self, lines: &[Line]) {
        let items: Vec<String> = lines.iter().map(|line| format!("- {}", at_start(self.inline(line)))).collect();
        self.line(&items.join("\n"));
    }

    /// An anchor, the first time it is wanted.
    fn anchor(&mut self, id: String) -> String {
        if self.anchors.contains(&id) {
            return String::new();
        }
        let anchor = format!("<a id=\"{id}\"></a>");
        self.anchors.insert(id);
        anchor
    }

    fn judgement(&mut self, number: usize, judgement: &Judgement) {
        let mut words = format!("{number}. {}\n", self.inline(&judgement.says));
        if let Some((word, share)) = &judgement.likelihood {
            let _ = write!(words, "\n   Likelihood: **{} ({})**\n", escaped(word), escaped(share));
        }
        let _ = write!(
            words,
            "\n   Confidence: **{}**. {}",
            escaped(&judgement.confidence),
            self.inline(&judgement.because)
        );
        if let Some(place) = self.links.section(&judgement.section) {
            let _ = write!(words, " [How this came about](#{place})");
        }
        self.line(&words);
    }

    fn section(&mut self, section: &Section) {
        let anchor = self.anchor(anchor::safe(&section.id));
        self.line(&anchor);
        self.line(&format!("## {}", escaped(&section.title)));
        self.blocks(&section.blocks);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(line) => self.paragraph(line),
            Block::Heading(words) => self.line(&format!("### {}", escaped(words))),
            Block::List(lines) => self.list(lines),
            Block::Note(line) => {
                let words = self.inline(line);
                self.line(&format!("> **Note:** {words}"));
            }
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => {
                let anchor = self.anchor(anchor::figure(&figure.id));
                self.line(&format!("{anchor}**{}**", escaped(&figure.title)));
                self.paragraph(&figure.reading);
                self.table(&figure.twin);
            }
            Block::Fold(line, blocks) => {
                // A summary is HTML: no Markdown is read inside it.
                let summary = html_escaped(&words::plain(line));
                self.line(&format!("<details>\n<summary>{summary}</summary>"));
                self.blocks(blocks);
                self.line("</details>");
            }
            Block::Reader(reader) => self.reader(reader),
        }
    }

    fn table(&mut self, table: &Table) {
        if !table.caption.trim().is_empty() {
            self.line(&format!("*{}*", escaped(table.caption.trim())));
        }
        if table.columns.is_empty() {
            return;
        }
        let mut lines = String::new();
        let titles: Vec<(String, bool)> = table.columns.iter().map(|title| column(title)).collect();
        for (title, _) in &titles {
            let _ = write!(lines, "| {} ", escaped(title));
        }
        lines.push_str("|\n");
        for (_, number) in &titles {
            lines.push_str(if *number { "| ---: " } else { "| --- " });
        }
        lines.push_str("|\n");
        for row in &table.rows {
            let id = row.anchor.as_deref().map(anchor::safe);
            let mark = id.as_deref().and_then(|id| self.links.mark_of(id));
            let back = mark.map_or(String::new(), |mark| format!(" [see it in the source](#{mark})"));
            let anchor = id.map_or(String::new(), |id| self.anchor(id));
            for place in 0..titles.len() {
                let words = row.cells.get(place).map_or(String::new(), |cell| self.cell(cell));
                let back = if place + 1 == titles.len() { back.as_str() } else { "" };
                let _ = write!(lines, "| {}{words}{back} ", if place == 0 { &anchor } else { "" });
            }
            lines.push_str("|\n");
        }
        self.line(&lines);
    }

    fn reader(&mut self, reader: &Reader) {
        let anchor = self.anchor(anchor::source(&reader.source));
        self.line(&format!("### {anchor}{}", escaped(&reader.title)));
        self.paragraph(&reader.about);
        for paragraph in &reader.paragraphs {
            let words: String = paragraph.iter().map(|run| self.run(run)).collect();
            self.line(&format!("> {}", words.trim()));
        }
    }

    fn run(&mut self, run: &Run) -> String {
        let text = escaped(&run.text);
        if run.evidence.is_empty() && !run.problem {
            return text;
        }
        let anchors: String = run.evidence.iter().map(|(id, _)| self.anchor(anchor::mark(id))).collect();
        let numbers: String = run.evidence.iter().map(|(id, number)| self.evidence(id, *number)).collect();
        let problem = if run.problem { " ⚠" } else { "" };
        // As HTML: stars beside punctuation would not always be read as stress.
        format!("{anchors}<b>{text}</b>{numbers}{problem}")
    }

    fn cell(&self, cell: &Cell) -> String {
        let words = self.inline(&cell.line);
        match tone(cell.tone) {
            Some((symbol, word)) if words.trim().is_empty() => format!("{symbol} {word}"),
            Some((symbol, _)) => format!("{symbol} {words}"),
            None => words,
        }
    }

    fn inline(&self, line: &Line) -> String {
        let mut out = String::new();
        for inline in line {
            match inline {
                Inline::Text(text) => out.push_str(&escaped(text)),
                Inline::Strong(text) if text.trim().is_empty() => {}
                Inline::Strong(text) => {
                    let _ = write!(out, "**{}**", escaped(text.trim()));
                }
                Inline::Quote(text) => {
                    let _ = write!(out, "“{}”", escaped(text));
                }
                Inline::Claim { text, id } => {
                    let place = Some(anchor::claim(id)).filter(|place| self.links.has(place));
                    out.push_str(&link(text, place));
                }
                Inline::Evidence { id, number } => out.push_str(&self.evidence(id, *number)),
                Inline::Section { text, id } => out.push_str(&link(text, self.links.section(id))),
                Inline::Under(text) => {
                    let _ = write!(out, " · {}", escaped(text));
                }
                Inline::Basis(basis) => {
                    let space = if out.is_empty() || out.ends_with(char::is_whitespace) { "" } else { " " };
                    let _ = write!(out, "{space}({})", escaped(basis));
                }
            }
        }
        out
    }

    fn evidence(&self, id: &str, number: usize) -> String {
        let place = anchor::evidence(id);
        if self.links.has(&place) { format!("[\\[{number}\\]](#{place})") } else { format!("\\[{number}\\]") }
    }
}

/// A link where its end exists; the words alone where it does not.
fn link(words: &str, place: Option<String>) -> String {
    match place {
        Some(place) => format!("[{}](#{place})", escaped(words)),
        None => escaped(words),
    }
}

/// Text in which nothing is read as Markdown or HTML, on one line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in clean(text).chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(character);
            }
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            other => out.push(other),
        }
    }
    out
}

fn html_escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A paragraph whose first characters would otherwise make it a heading or a list.
fn at_start(words: String) -> String {
    let digits = words.chars().take_while(char::is_ascii_digit).count();
    match words.chars().nth(digits) {
        Some(mark @ ('#' | '+' | '-' | '=')) if digits == 0 => words.replacen(mark, &format!("\\{mark}"), 1),
        Some(mark @ ('.' | ')')) if digits > 0 => words.replacen(mark, &format!("\\{mark}"), 1),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_read_as_markup() {
        assert_eq!(escaped("*a* [b](c) | <d> & `e`"), "\\*a\\* \\[b\\](c) \\| &lt;d&gt; &amp; \\`e\\`");
        assert_eq!(at_start("2. May".into()), "2\\. May");
        assert_eq!(at_start("- a".into()), "\\- a");
        assert_eq!(at_start("plain".into()), "plain");
    }
}

//! Tables: side by side where there is room, rows as small cards on a phone, or scrolling on their own.

use super::super::anchor;
use super::super::words::{clean, column, plain, tone};
use super::Writer;
use crate::brief::content::{Cell, Row, Table, Tone};
use maud::{Markup, html};
use unicode_width::UnicodeWidthStr;

/// Cells wider than this make a table of words rather than of numbers.
const WORDY: usize = 34;

impl Writer<'_> {
    /// A table in its own scroll container. Tables of words turn into cards on a narrow screen.
    pub(super) fn table(&mut self, table: &Table) -> Markup {
        if table.columns.is_empty() {
            return html! {};
        }
        let columns: Vec<(String, bool)> = table.columns.iter().map(|title| column(title)).collect();
        let wordy = table.rows.iter().flat_map(|row| &row.cells).any(|cell| plain(&cell.line).width() > WORDY);
        let label = if table.caption.is_empty() { "Table" } else { table.caption.as_str() };
        html! {
            div.table.cards[wordy] role="region" aria-label=(clean(label)) tabindex=[(!wordy).then_some("0")] {
                // Display rules for cards take the table's roles away: they are named again.
                table role="table" {
                    @if !table.caption.is_empty() { caption { (clean(&table.caption)) } }
                    thead role="rowgroup" {
                        tr role="row" {
                            @for (title, number) in &columns { th class=[number.then_some("num")] scope="col" role="columnheader" { (title) } }
                        }
                    }
                    tbody role="rowgroup" { @for row in &table.rows { (self.row(row, &columns)) } }
                }
            }
        }
    }

    fn row(&mut self, row: &Row, columns: &[(String, bool)]) -> Markup {
        let place = row.anchor.as_deref().map(anchor::safe);
        let mark = place.as_deref().and_then(|place| self.links.mark_of(place)).map(str::to_owned);
        let id = place.and_then(|place| self.take(place));
        let empty = Cell::default();
        html! {
            tr role="row" id=[id] tabindex=[row.anchor.is_some().then_some("-1")] {
                @for (index, (title, number)) in columns.iter().enumerate() {
                    @let cell = row.cells.get(index).unwrap_or(&empty);
                    @let class = class_of(cell.tone, *number);
                    @if index == 0 {
                        th scope="row" role="rowheader" class=[class] data-title=(title) { (self.cell(cell)) }
                    } @else {
                        td role="cell" class=[class] data-title=(title) {
                            (self.cell(cell))
                            @if let (true, Some(mark)) = (index + 1 == columns.len(), &mark) {
                                " " a.back href={ "#" (mark) } { "see it in the source" }
                            }
                        }
                    }
                }
            }
        }
    }

    fn cell(&mut self, cell: &Cell) -> Markup {
        let words = !cell.line.is_empty();
        html! {
            @if let Some((symbol, word)) = tone(cell.tone) {
                span.tone aria-hidden="true" { (symbol) } " "
                @if !words { span.unseen { (word) } }
            }
            @if words { span { (self.line(&cell.line)) } }
        }
    }
}

fn class_of(tone: Tone, number: bool) -> Option<String> {
    let tone = match tone {
        Tone::Plain => "",
        Tone::Open => "open",
        Tone::Doubt => "doubt",
        Tone::Shut => "shut",
        Tone::Faint => "faint",
    };
    let classes: Vec<&str> = [tone, if number { "num" } else { "" }].into_iter().filter(|c| !c.is_empty()).collect();
    (!classes.is_empty()).then(|| classes.join(" "))
}

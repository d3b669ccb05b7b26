//! Tables: side by side where there is room, rows as small cards on a phone, or scrolling on their own.

use super::super::anchor;
use super::super::words::{self, clean, column, plain, tone};
use super::columns::{Columns, columns};
use super::{Writer, css_string};
use crate::brief::content::{Cell, Inline, Row, Table, Tone};
use maud::{Markup, html};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// Cells wider than this make a table of words rather than of numbers.
const WORDY: usize = 34;
/// A table of more rows runs on as entries on paper.
const LONG: usize = 30;

/// A row with a longer cell may go on on the next page.
const TALL: usize = 700;

/// How a table is shown.
struct Look {
    /// Titles, and whether a column holds numbers.
    titles: Vec<(String, bool)>,
    columns: Columns,
    /// Rows of words become cards on a phone.
    wordy: bool,
    long: bool,
}

impl Look {
    fn of(table: &Table) -> Self {
        let titles: Vec<(String, bool)> = table.columns.iter().map(|title| column(title)).collect();
        let wordy = table.rows.iter().flat_map(|row| &row.cells).any(|cell| plain(&cell.line).width() > WORDY);
        let long = table.rows.len() > LONG;
        let mut above: Option<&Row> = None;
        let mut rows = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let same = if long { above.map_or(0, |above| repeated(row, above)) } else { 0 };
            above = Some(row);
            // What paper does not say again needs no room.
            rows.push(row.cells.iter().enumerate().map(|(place, cell)| room(cell, place < same)).collect());
        }
        let columns = columns(&titles, &rows);
        Look { titles, columns, wordy, long }
    }

    fn class(&self) -> String {
        let names = [
            (true, "table"),
            (self.wordy, "cards"),
            (self.columns.wide, "wide"),
            (self.columns.dense, "dense"),
            (self.long, "long"),
        ];
        names.iter().filter(|name| name.0).map(|name| name.1).collect::<Vec<_>>().join(" ")
    }

    /// Rules of the style sheet for the table with this id: widths of columns, titles on cards. They
    /// stand there once instead of in every cell.
    fn rules(&self, id: &str, out: &mut String) {
        for (place, share) in self.columns.shares.iter().enumerate() {
            let _ = writeln!(out, "#{id} col:nth-child({}) {{ width: {}.{}% }}", place + 1, share / 10, share % 10);
        }
        // Long tables run on as entries on paper: their cells need their titles there too.
        let media = match (self.wordy, self.long) {
            (true, true) => "screen and (max-width: 40rem), print",
            (true, false) => "screen and (max-width: 40rem)",
            (false, true) => "print",
            (false, false) => return,
        };
        let _ = writeln!(out, "@media {media} {{");
        for (place, (title, _)) in self.titles.iter().enumerate().skip(1).filter(|(_, title)| !title.0.is_empty()) {
            let title = css_string(&format!("{title}: "));
            let _ = writeln!(out, "#{id} td:nth-child({})::before {{ content: \"{title}\" }}", place + 1);
        }
        out.push_str("}\n");
    }
}

impl Writer<'_> {
    /// A table in its own scroll container. Tables of words turn into cards on a narrow screen.
    pub(super) fn table(&mut self, table: &Table) -> Markup {
        if table.columns.is_empty() {
            return html! {};
        }
        let look = Look::of(table);
        self.tables += 1;
        let id = format!("page-t{}", self.tables);
        look.rules(&id, &mut self.rules);
        let label = if table.caption.is_empty() { "Table" } else { table.caption.as_str() };
        let mut above: Option<&Row> = None;
        html! {
            div class=(look.class()) role="region" aria-label=(clean(label)) tabindex="0" {
                table id=(id) {
                    @if !table.caption.is_empty() { caption { (clean(&table.caption)) } }
                    @if !look.columns.shares.is_empty() { colgroup { @for _ in &look.titles { col; } } }
                    thead {
                        tr {
                            @for (title, number) in &look.titles {
                                th class=[number.then_some("num")] scope="col" { (title) }
                            }
                        }
                    }
                    tbody { @for row in &table.rows { (self.row(row, above.replace(row), &look)) } }
                }
            }
        }
    }

    fn row(&mut self, row: &Row, above: Option<&Row>, look: &Look) -> Markup {
        let place = row.anchor.as_deref().map(anchor::safe);
        let mark = place.as_deref().and_then(|place| self.links.mark_of(place)).map(str::to_owned);
        let id = place.and_then(|place| self.take(place));
        let empty = Cell::default();
        // How many cells from the left say what the row above says: paper does not repeat them in long tables.
        let same = if look.long { above.map_or(0, |above| repeated(row, above)) } else { 0 };
        let tall = row.cells.iter().any(|cell| plain(&cell.line).width() > TALL);
        html! {
            tr id=[id] class=[tall.then_some("tall")] tabindex=[row.anchor.is_some().then_some("-1")] {
                @for (index, (_, number)) in look.titles.iter().enumerate() {
                    @let cell = row.cells.get(index).unwrap_or(&empty);
                    @let class = class_of(cell.tone, *number, index < same);
                    @if index == 0 {
                        th scope="row" class=[class] { (self.cell(cell)) }
                    } @else {
                        td class=[class] {
                            (self.cell(cell))
                            @if let (true, Some(mark)) = (index + 1 == look.titles.len(), &mark) {
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
            (self.line(&cell.line))
        }
    }
}

/// Words as long as those of a cell are on the page: marks of evidence are small and stand apart.
fn room(cell: &Cell, same: bool) -> String {
    if same {
        return String::new();
    }
    let mut line = Vec::with_capacity(cell.line.len());
    for inline in &cell.line {
        match inline {
            Inline::Evidence { number, .. } => {
                line.push(Inline::Text(if *number > 9 { " [0]" } else { " []" }.to_owned()));
            }
            Inline::Basis(basis) => line.push(Inline::Text(format!(" {basis}"))),
            other => line.push(other.clone()),
        }
    }
    words::cell(&Cell { line, tone: cell.tone })
}

/// How many cells from the left are the same in both rows.
fn repeated(row: &Row, above: &Row) -> usize {
    row.cells.iter().zip(&above.cells).take_while(|(a, b)| a == b && !a.line.is_empty()).count()
}

fn class_of(tone: Tone, number: bool, same: bool) -> Option<String> {
    let tone = match tone {
        Tone::Plain => "",
        Tone::Open => "open",
        Tone::Doubt => "doubt",
        Tone::Shut => "shut",
        Tone::Faint => "faint",
    };
    let names = [tone, if number { "num" } else { "" }, if same { "same" } else { "" }];
    let classes: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
    (!classes.is_empty()).then(|| classes.join(" "))
}

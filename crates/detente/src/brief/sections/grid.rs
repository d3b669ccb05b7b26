//! Tables in the making: rows are collected, columns that nothing fills are left out.

use crate::brief::content::{Block, Cell, Row, Table};

/// A table in the making.
pub(super) struct Grid {
    caption: String,
    columns: Vec<String>,
    rows: Vec<Row>,
}

impl Grid {
    pub(super) fn new(caption: impl Into<String>, columns: &[&str]) -> Self {
        Grid::with(caption, columns.iter().map(ToString::to_string).collect())
    }

    pub(super) fn with(caption: impl Into<String>, columns: Vec<String>) -> Self {
        Grid { caption: caption.into(), columns, rows: Vec::new() }
    }

    /// Adds a row; missing cells stay empty.
    pub(super) fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(Row { anchor: None, cells });
    }

    /// Adds a row that links can lead to.
    pub(super) fn anchored(&mut self, anchor: String, cells: Vec<Cell>) {
        self.rows.push(Row { anchor: Some(anchor), cells });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table without the columns that are empty in every row.
    pub(super) fn table(self) -> Table {
        let Grid { caption, columns, mut rows } = self;
        for row in &mut rows {
            row.cells.resize(columns.len(), Cell::default());
        }
        let filled: Vec<bool> = (0..columns.len())
            .map(|c| rows.iter().any(|row| row.cells.get(c).is_some_and(|cell| !cell.line.is_empty())))
            .collect();
        let keep = |c: usize| filled.get(c).copied().unwrap_or(false);
        let rows = rows.into_iter().map(|row| Row {
            cells: row.cells.into_iter().enumerate().filter(|(c, _)| keep(*c)).map(|(_, cell)| cell).collect(),
            ..row
        });
        Table {
            caption,
            rows: rows.collect(),
            columns: columns.into_iter().enumerate().filter(|(c, _)| keep(*c)).map(|(_, column)| column).collect(),
        }
    }

    /// The table as a block, unless it has no rows.
    pub(super) fn block(self) -> Option<Block> {
        (!self.is_empty()).then(|| Block::Table(self.table()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_columns_and_tables_are_left_out() {
        assert!(Grid::new("none", &["a", "b"]).block().is_none());
        let mut grid = Grid::new("some", &["a", "b", "c"]);
        grid.row(vec!["1".into(), Cell::default(), "3".into()]);
        grid.row(vec!["4".into()]);
        let table = grid.table();
        assert_eq!(table.columns, ["a", "c"]);
        assert!(table.rows.iter().all(|row| row.cells.len() == 2));
    }
}

//! Which places of a brief exist, so that no link leads nowhere.

use super::anchor;
use crate::brief::content::{Block, Brief, Reader, Table};
use std::collections::{BTreeMap, BTreeSet};

/// Places of a brief.
#[derive(Debug, Default)]
pub(super) struct Links<'a> {
    anchors: BTreeSet<String>,
    /// Per anchor of a piece of evidence in the ledger, the anchor of its words in the reader.
    marks: BTreeMap<String, String>,
    /// Per evidence of the readers, in how many runs it is and in which the last is (counted over the brief).
    last_run: BTreeMap<&'a str, usize>,
    runs: usize,
}

impl<'a> Links<'a> {
    /// Collects the places of a brief.
    pub(super) fn of(brief: &'a Brief) -> Self {
        let mut links = Links::default();
        for section in &brief.sections {
            links.anchors.insert(anchor::safe(&section.id));
            links.blocks(&section.blocks);
        }
        links
    }

    /// Whether there is such a place.
    pub(super) fn has(&self, anchor: &str) -> bool {
        self.anchors.contains(anchor)
    }

    /// Where words that name a section lead: to the section, else to the figure of that id, else nowhere.
    pub(super) fn section(&self, id: &str) -> Option<String> {
        [anchor::safe(id), anchor::figure(id)].into_iter().find(|anchor| self.has(anchor))
    }

    /// The place in the reader that a ledger row with this anchor is quoted from.
    pub(super) fn mark_of(&self, anchor: &str) -> Option<&str> {
        self.marks.get(anchor).map(String::as_str)
    }

    /// Whether the run with this number (over the brief, from 0) is the last of the evidence.
    pub(super) fn ends(&self, evidence: &str, run: usize) -> bool {
        self.last_run.get(evidence) == Some(&run)
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            match block {
                Block::Table(table) => self.table(table),
                Block::Figure(figure) => {
                    self.anchors.insert(anchor::figure(&figure.id));
                    self.table(&figure.twin);
                }
                Block::Fold(_, blocks) => self.blocks(blocks),
                Block::Reader(reader) => self.reader(reader),
                Block::Paragraph(_) | Block::Heading(_) | Block::List(_) | Block::Note(_) => {}
            }
        }
    }

    fn table(&mut self, table: &Table) {
        self.anchors.extend(table.rows.iter().filter_map(|row| row.anchor.as_deref()).map(anchor::safe));
    }

    fn reader(&mut self, reader: &'a Reader) {
        self.anchors.insert(anchor::source(&reader.source));
        for run in reader.paragraphs.iter().flatten() {
            for (id, _) in &run.evidence {
                self.anchors.insert(anchor::mark(id));
                self.marks.insert(anchor::evidence(id), anchor::mark(id));
                self.last_run.insert(id, self.runs);
            }
            self.runs += 1;
        }
    }
}

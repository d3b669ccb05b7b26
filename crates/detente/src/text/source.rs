//! Case files held in memory and spans into them.

use std::ops::Range;

/// Which file of a [`SourceMap`] a [`Span`] points into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u32);

/// A half-open range of bytes in one file of a [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span in `file` over `range`.
    #[must_use]
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Span { file, start: range.start, end: range.end.max(range.start) }
    }

    /// The part of this span that starts `range.start` bytes into it.
    #[must_use]
    pub fn slice(self, range: Range<usize>) -> Self {
        let start = self.start.saturating_add(range.start).min(self.end);
        let end = self.start.saturating_add(range.end).clamp(start, self.end);
        Span { file: self.file, start, end }
    }

    /// The bytes as a range.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// A file with its name, as the reader saw it.
#[derive(Debug, Clone)]
struct File {
    name: String,
    text: String,
    /// The first byte of each line, as far as 32 bits reach.
    lines: Vec<u32>,
}

/// The texts that spans point into, in the order they were added.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<File>,
}

impl SourceMap {
    /// Adds a text under a name and returns its id.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        let text = text.into();
        let mut lines = Vec::with_capacity(text.bytes().filter(|b| *b == b'\n').count() + 1);
        lines.push(0);
        lines.extend(text.match_indices('\n').filter_map(|(at, _)| u32::try_from(at + 1).ok()));
        self.files.push(File { name: name.into(), text, lines });
        id
    }

    /// Every file with its text, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|f| (f.name.as_str(), f.text.as_str()))
    }

    /// The name a file was added under, or an empty string for an unknown id.
    #[must_use]
    pub fn name(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |f| f.name.as_str())
    }

    /// The text of a file, or an empty string for an unknown id.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |f| f.text.as_str())
    }

    /// The characters a span covers; empty when it points nowhere.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).get(span.range()).unwrap_or("")
    }

    /// Line and column (both from 1, the column in characters) of a span's first byte.
    #[must_use]
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        let Some(file) = self.files.get(span.file.0 as usize) else { return (1, 1) };
        let mut start = span.start.min(file.text.len());
        while !file.text.is_char_boundary(start) {
            start -= 1;
        }
        let line = file.lines.partition_point(|begin| *begin as usize <= start).max(1);
        let begin = file.lines.get(line - 1).map_or(0, |begin| *begin as usize);
        let column = file.text.get(begin..start).unwrap_or("").chars().count() + 1;
        (line, column)
    }
}

//! Findings as something a person can hand over: sections of words, tables and figures, and the
//! renderers that turn them into HTML, Markdown, text for a terminal, or JSON.
//!
//! [`content`] is what a brief is made of; it knows no format. `sections` (one file per section)
//! writes it from a case and its findings. `render` turns it into bytes. `plot` draws figures.

pub mod compose;
pub mod content;
pub mod plot;
pub mod render;
pub mod sections;

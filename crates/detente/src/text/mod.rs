//! Texts and places in them: sources, spans, diagnostics, sentences and the anchoring of quotes.
//!
//! Nothing here knows what a negotiation is.

mod anchor;
mod code;
mod diagnostic;
mod sentence;
mod source;
mod suggest;
mod wrap;

pub use anchor::{Anchor, Difference, Quote, SourceText, anchor};
pub use code::Code;
pub use diagnostic::{Checked, Diagnostic, Diagnostics, Label, Severity};
pub use sentence::{Sentence, sentences};
pub use source::{FileId, SourceMap, Span};
pub use suggest::{closest, did_you_mean};
pub use wrap::wrap;

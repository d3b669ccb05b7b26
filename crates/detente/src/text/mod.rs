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

pub use anchor::{
    Anchor, Beside, Difference, LONGEST_NEAR, Quote, SourceText, anchor, difference_text, fold, tell_apart,
};
pub use code::Code;
pub use diagnostic::{Checked, Diagnostic, Diagnostics, Label, Severity};
pub use sentence::{Sentence, sentences, sentences_around};
pub use source::{FileId, SourceMap, Span};
pub use suggest::{closest, did_you_mean};
pub use wrap::wrap;

//! A brief as bytes: HTML, Markdown, text for a terminal, JSON.
//!
//! Every renderer takes the same content and leaves nothing out; where a format cannot draw, the
//! figure's table stands for it.

pub mod anchor;
mod html;
mod json;
mod likelihood;
mod links;
mod markdown;
mod text;
mod words;

/// Said where a brief has no judgement.
const NO_JUDGEMENT: &str = "The case gives no material for a judgement.";

pub use html::{html, page};
pub use json::json;
pub use markdown::markdown;
pub use text::{section_text, text};
pub(crate) use words::clean;

/// Colours of the light and the dark theme, as custom properties.
pub(super) const PALETTE: &str = include_str!("css/palette.css");
/// Style of the drawings.
pub(super) const PLOT_STYLE: &str = include_str!("css/plot.css");

#[cfg(test)]
pub(super) mod sample;
#[cfg(test)]
mod tests;

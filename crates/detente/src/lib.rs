//! From what was *reported* about a negotiation to what can be *defended* about it.
//!
//! The pipeline is one line:
//!
//! ```text
//! report ──quotes──▶ Case ──draws──▶ Game ──▶ Lens ──▶ Finding ──▶ Brief
//! ```
//!
//! - [`text`]: sources, spans, diagnostics, sentences, anchoring of quotes;
//! - [`case`]: what an analyst wrote, read and checked, with its evidence and claims;
//! - [`game`]: the belief over games that fit the case, and one fully specified game;
//! - [`lens`]: one question asked of games, answered with how the answer was made;
//! - [`brief`]: findings as sections of words, tables and figures, and their renderers.
//!
//! The library is pure: it opens no file, reads no clock, prints nothing and has no global
//! random numbers. The same input and seed give the same bytes on any number of threads.

pub mod analysis;
pub mod brief;
pub mod case;
pub mod exchange;
pub mod field;
pub mod game;
pub mod lens;
pub mod strategy;
pub mod talks;
pub mod text;

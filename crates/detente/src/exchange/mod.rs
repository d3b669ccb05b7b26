//! The file formats of other programs, read into a [`Scenario`](crate::game::Scenario) and written from one.
//!
//! One folder or file per format. Readers take bytes and never trust them: what is broken without doubt about
//! what is meant is read with a warning; what would change the preferences is refused with a reason.

mod content;
mod genius;

pub use content::Format;

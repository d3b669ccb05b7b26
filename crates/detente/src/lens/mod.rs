//! Lenses: one question each, asked of a case and the games that fit it.
//!
//! A lens is one file or folder here; it implements [`Lens`], and its answer says how it was made.

mod decide;
pub mod likelihood;
pub mod mandate;
pub mod order;
pub mod stability;
pub mod talks;
pub mod zone;

pub use crate::analysis::{Exactness, Finding, Made, ShareOf};

use crate::case::Case;
use crate::game::Belief;

/// What a lens is asked about.
pub struct Question<'a> {
    /// The case.
    pub case: &'a Case,
    /// The games that fit it, when there is anything to negotiate.
    pub belief: &'a Belief,
    /// How many games to draw. A belief of points needs one.
    pub draws: u64,
    /// The seed of the draws.
    pub seed: u64,
    /// Told about progress: done and total. Called from any thread, for display only.
    pub progress: &'a (dyn Fn(u64, u64) + Sync),
}

/// One question about a negotiation.
pub trait Lens {
    /// What it answers.
    type Answer: serde::Serialize + schemars::JsonSchema;
    /// The name of the command.
    const NAME: &'static str;
    /// Asks it.
    fn ask(&self, question: &Question<'_>) -> Finding<Self::Answer>;
}

//! GeniusWeb profiles, JSON: additive utilities, sums over groups of issues, and orders over listed outcomes.

mod read;
mod write;

pub(crate) use read::{domain, profile};
pub(crate) use write::write;

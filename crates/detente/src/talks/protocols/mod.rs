//! The protocols, one file each.

mod stacked;

pub use stacked::{Breach, StackedAlternating};
